"""Canaries: an address on loopback and a file, which no endpoint has a reason to look at.

A door is open where a query makes the endpoint fetch the one or read the other. The web canary sees who
comes; the file has a secret word, which is looked for in what the endpoint answers, and a time of last
access, which is looked at where the file system keeps it.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any

_TYPES = {
    ".jsonld": "application/ld+json",
    ".dtd": "application/xml-dtd",
    ".empty": "application/n-triples",
}
_OLD = 1_000_000_000


@dataclass
class Canaries:
    """Both canaries. ``web`` ends with a slash; what follows it says which check sent the visitor."""

    web: str
    file: Path
    empty: Path
    secret: str
    accessed: bool
    """Whether the file system tells when a file was last read."""
    visits: list[str] = field(default_factory=list)

    @property
    def file_iri(self) -> str:
        """The address of the file."""
        return self.file.as_uri()

    @property
    def empty_iri(self) -> str:
        """The address of a file of no statement: to load it changes nothing."""
        return self.empty.as_uri()

    def set(self) -> None:
        """Forget who came."""
        self.visits.clear()
        for file in (self.file, self.empty):
            os.utime(file, (_OLD, file.stat().st_mtime))

    def seen(self, said: str = "") -> list[str]:
        """Who came since ``set``: paths of the web canary, names of the files. ``said`` is the answer."""
        found = sorted(set(self.visits))
        if self.secret in said:
            found.append("secret word")
        if self.accessed:
            found += [file.name for file in (self.file, self.empty) if _read_since(file)]
        return found


def _read_since(file: Path) -> bool:
    return file.stat().st_atime > _OLD + 1


@contextmanager
def opened() -> Iterator[Canaries]:
    """The canaries, until the end of the block."""
    secret = "canary-" + secrets.token_hex(12)
    visits: list[str] = []
    document = f'<urn:x-cls-graph:canary> <urn:x-cls-graph:says> "{secret}" .\n'
    server = _Server(("127.0.0.1", 0), _handler(visits, document))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with tempfile.TemporaryDirectory(prefix="cls-graph-canary-") as folder:
            file, empty = Path(folder, "canary.ttl"), Path(folder, "empty.nt")
            file.write_text(document, encoding="utf-8")
            empty.write_bytes(b"")
            # A service of another account could read it.
            Path(folder).chmod(0o755)
            web = f"http://127.0.0.1:{server.server_address[1]}/"
            canaries = Canaries(web, file, empty, secret, False, visits)
            canaries.set()
            file.read_bytes()
            canaries.accessed = _read_since(file)
            canaries.set()
            yield canaries
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """As any server: that of HTTP looks its own name up, which takes seconds where no one knows it."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, *_: Any) -> None:
        """Silent: a visitor that leaves is no error."""


def _handler(visits: list[str], document: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def _answer(self) -> None:
            path = self.path.partition("?")[0][:100]
            visits.append(path)
            suffix = "." + path.rpartition(".")[2]
            said = {".jsonld": '{"@context": {"name": "urn:x-cls-graph:name"}}', ".dtd": "", ".empty": ""}
            body = said.get(suffix, document).encode()
            self.send_response(200)
            self.send_header("Content-Type", _TYPES.get(suffix, "text/turtle"))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_POST = do_HEAD = do_PUT = _answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Silent."""

    return Handler
