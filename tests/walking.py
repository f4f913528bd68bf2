"""A static publication as a visitor meets it: Python's own web server, and a walk along every link."""

from __future__ import annotations

import functools
import http.client
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are sent one by one: the second would wait 40 ms until the first is acknowledged.
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: http.server.ThreadingHTTPServer) -> Iterator[None]:
    """The server, running."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def server_of(folder: Path) -> http.server.ThreadingHTTPServer:
    """A server of a folder on a free port, bound but not running yet."""
    handler = functools.partial(_Quiet, directory=str(folder))
    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)


class Links(HTMLParser):
    """The links of a page, its anchors, and what a page that stands alone has not."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self.forbidden: list[str] = []
        self.headings = 0
        self.lang = ""

    def updatepos(self, _: int, j: int) -> int:
        """Lines are not counted: nobody asks for one."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.found += [v for k, v in attrs if k in ("href", "src", "action") and v]
        if said.get("id"):
            self.anchors.add(str(said["id"]))
        if tag in ("script", "form", "iframe"):
            self.forbidden.append(tag)
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = str(said.get("lang", ""))


@dataclass
class Walk:
    """Every address that was reached with its media type; pages that were read; links that lead elsewhere."""

    reached: dict[str, str] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)
    pages: dict[str, Links] = field(default_factory=dict)
    outside: set[str] = field(default_factory=set)


@functools.cache
def _joined(base: str, link: str) -> tuple[str, str]:
    """The address and the fragment that a link leads to; pages of one folder have many in common."""
    target, _, fragment = urljoin(base, link).partition("#")
    return target, fragment


def walk(start: str) -> Walk:
    """Follow every link from ``start`` that stays under it."""
    found, waiting = Walk(), [(start, "")]
    # Thousands of requests over one connection, for which the library beneath the usual clients is enough.
    there = http.client.HTTPConnection(urlsplit(start).netloc, timeout=20)
    anchors: list[tuple[str, str, str]] = []
    while waiting:
        url, source = waiting.pop()
        if url in found.reached:
            continue
        there.request("GET", urlsplit(url)._replace(scheme="", netloc="").geturl())
        answer = there.getresponse()
        body = answer.read()
        kind = answer.headers.get_content_type()
        found.reached[url] = kind
        if answer.status != 200:
            found.broken.append((source, url))
            continue
        if kind != "text/html":
            continue
        page = found.pages[url] = Links()
        page.feed(body.decode())
        folder = url.rpartition("/")[0] + "/"
        for link in dict.fromkeys(page.found):
            target, fragment = _joined(url if link[0] in "#?" else folder, link)
            if target.startswith(start):
                waiting.append((target, url))
                if fragment:
                    anchors.append((url, target, fragment))
            elif urlsplit(target).scheme in ("http", "https"):
                found.outside.add(target)
    for source, target, fragment in anchors:
        if target in found.pages and fragment not in found.pages[target].anchors:
            found.broken.append((source, f"{target}#{fragment}"))
    there.close()
    return found
