"""Connections that cannot be held open for nothing: the limits below HTTP, and the server's configuration.

uvicorn waits for the head of a request, and for a client to read, as long as it
takes, and takes a head of any length. Here all three have a limit, and there is a number
of connections.
"""

from __future__ import annotations

import asyncio
import math
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from cls_graph.settings import Settings

HEAD_BYTES = 1 << 17
"""Most bytes of the head of a request: a query in an address is in it."""
_TOO_LONG = b"431 Request Header Fields Too Large"


def server_config(app: ASGIApp, settings: Settings, **more: Any) -> uvicorn.Config:
    """How uvicorn serves ``app`` under the limits of ``settings``; ``more`` are options of uvicorn."""
    options: dict[str, Any] = {
        "http": type("Guarded", (Guarded,), {"settings": settings}),
        "ws": "none",
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        # Whom to believe about the client's address is for CLS_PROXIES to say.
        "proxy_headers": False,
        "timeout_graceful_shutdown": math.ceil(settings.stop_timeout),
    }
    return uvicorn.Config(app, **{**options, **more})


class Guarded(HttpToolsProtocol):
    """One connection: a deadline and a size for each head, a deadline for a client that stops reading."""

    settings: Settings
    """Its limits; a server has a class of its own (see ``server_config``)."""

    _head_bytes = 0
    _in_head = True
    _refused = False
    _head: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > self.settings.max_connections:
            self._refuse(b"503 Service Unavailable", b"Retry-After: 5\r\n")
        else:
            self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        super().data_received(data)
        if self._refused:
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES:
                self._refuse(_TOO_LONG)
                return
        elif self.cycle is None or not self.cycle.response_complete:
            return
        # Between two requests too: any byte, an empty line say, ends uvicorn's own wait for the next one.
        if self._head is None:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        self._moved_on()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(self.settings.send_timeout, self.transport.abort)

    def resume_writing(self) -> None:
        self._moved_on()
        super().resume_writing()

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._head_bytes = False, 0
        self._head_came()
        # However few pieces it came in.
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > HEAD_BYTES:
            self._refuse(_TOO_LONG)
        elif not self._refused:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._refused:
            super().on_message_complete()

    def _wait_for_head(self) -> None:
        self._head = self.loop.call_later(self.settings.header_timeout, self._too_slow)

    def _head_came(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _moved_on(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _too_slow(self) -> None:
        self._head = None
        if self._in_head:
            self._refuse(b"408 Request Timeout")
        else:
            self.transport.close()

    def _refuse(self, status: bytes, headers: bytes = b"") -> None:
        self._refused = True
        self.transport.write(
            b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n"
            b"Access-Control-Allow-Origin: *\r\n" + headers + b"\r\n"
        )
        self.transport.close()
