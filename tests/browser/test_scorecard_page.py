"""The page of a scorecard, as a file that anyone opens: nothing fetched, usable by all, wide and narrow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

import httpx
import pytest

from cls_graph.scoring.checks import VERDICTS, Outcome
from cls_graph.scoring.report import as_html
from cls_graph.scoring.running import Result, Scorecard
from cls_graph.scoring.table import checks


@pytest.fixture(scope="module")
def reports() -> Iterator[httpx.Client]:
    """A host of one page: a scorecard with every verdict in it, in the language of the visitor."""
    long = {"fr": "vu " * 60 + "x" * 200, "en": "seen " * 60 + "x" * 200}
    results = tuple(
        Result(check, Outcome(verdict, long))
        for check, verdict in zip(checks(), cycle(VERDICTS), strict=False)
    )
    card = Scorecard("https://example.org/" + "sparql/" * 20, "A server/1.0", 99, results)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            lang = "fr" if self.headers.get("accept-language", "").startswith("fr") else "en"
            body = as_html(card, lang).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    with httpx.Client(base_url=f"http://127.0.0.1:{server.server_address[1]}") as client:
        yield client
    server.shutdown()
    server.server_close()


def test_the_page_of_a_scorecard_is_sound(sound: Callable[..., None], reports: httpx.Client) -> None:
    sound("/", at=reports)


def test_a_check_can_be_linked_to(visit: Callable[..., Any], reports: httpx.Client) -> None:
    seen = visit("/", at=reports, lang="en")
    seen.page.get_by_role("link", name="doors.from", exact=True).click()
    assert seen.page.url.endswith("#doors.from")
    assert seen.page.locator("li:target").get_by_text("FROM does not fetch an address.").is_visible()
