"""Endpoints that are bad on purpose, each in one way, and a command line that scores them."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
import pytest

JSON = "application/sparql-results+json"


@dataclass
class Said:
    """An answer: status, type, body and more headers."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def evaluated(query: str) -> Said:
    """The answer of a real engine over no data, in JSON or N-Triples; 400 for what it cannot read."""
    if "SERVICE" in query:
        return Said(403, "text/plain", b"no federation")
    try:
        found = ox.Store().query(query)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return Said(400, "text/plain", str(error).encode())
    if isinstance(found, ox.QueryTriples):
        return Said(200, "application/n-triples", ox.serialize(found, format=ox.RdfFormat.N_TRIPLES))
    return Said(200, JSON, found.serialize(format=ox.QueryResultsFormat.JSON))


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that leave."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Silent."""


Answer = Callable[[str, dict[str, str]], Said]


@pytest.fixture
def endpoint() -> Iterator[Callable[[Answer], str]]:
    """Starts an endpoint that answers as a function of the query and its parameters says; its address."""
    servers: list[Quiet] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                self._answer(dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode("utf-8", "replace")
                direct = self.headers.get("content-type", "").startswith("application/sparql-query")
                self._answer({"query": body} if direct else dict(parse_qsl(body)))

            def _answer(self, given: dict[str, str]) -> None:
                try:
                    said = answer(given.get("query", ""), given)
                except Drop:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(said.status)
                for name, value in {"Content-Type": said.kind, **said.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(said.body)))
                self.end_headers()
                self.wfile.write(said.body)

            def log_message(self, *_: Any) -> None:
                pass

        server = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/sparql"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Drop(Exception):
    """The endpoint hangs up."""


@dataclass
class Card:
    """What the command said: its exit code, the scorecard, and what it announced."""

    code: int
    card: dict[str, Any]
    announced: str

    def verdict(self, check: str) -> str:
        """The verdict on a check."""
        return str(self.row(check)["verdict"])

    def row(self, check: str) -> dict[str, Any]:
        """All of a check."""
        return next(row for row in self.card["checks"] if row["id"] == check)

    def failing(self, *levels: str) -> set[str]:
        """The checks that fail, of some levels."""
        return {
            row["id"] for row in self.card["checks"] if row["verdict"] == "fail" and row["level"] in levels
        }


@pytest.fixture
def scored(cli: Callable[..., Any]) -> Callable[..., Card]:
    """Scores an endpoint by the command."""

    def score(url: str, *options: str) -> Card:
        run = cli("score", url, "--json", "--lang", "en", *options)
        return Card(run.code, json.loads(run.out), run.err)

    return score
