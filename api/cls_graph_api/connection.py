"""Connections that cannot be held open for nothing: the limits below HTTP, and the server's configuration.

uvicorn waits for the head of a request, and for a client to read, as long as it
takes. Here both have a deadline, and there is a number of connections.
"""

from __future__ import annotations

import asyncio
import math
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from cls_graph.settings import Settings

HEAD_BYTES = 1 << 17
"""Most bytes of the head of a request: a query in an address is in it."""


def server_config(app: ASGIApp, settings: Settings, **more: Any) -> uvicorn.Config:
    """How uvicorn serves ``app`` under the limits of ``settings``; ``more`` are options of uvicorn."""
    options: dict[str, Any] = {
        "http": guarded(settings),
        "ws": "none",
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        # Whom to believe about the client's address is for CLS_PROXIES to say.
        "proxy_headers": False,
        "timeout_graceful_shutdown": math.ceil(settings.stop_timeout),
        "h11_max_incomplete_event_size": HEAD_BYTES,
    }
    return uvicorn.Config(app, **{**options, **more})


def guarded(settings: Settings) -> type[H11Protocol]:
    """The protocol class of the server, with the limits of ``settings``."""

    class Guarded(H11Protocol):
        """One connection: a deadline for each head, another for a client that stops reading."""

        _head: asyncio.TimerHandle | None = None
        _stalled: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > settings.max_connections:
                self._refuse(b"503 Service Unavailable", b"Retry-After: 5\r\n")
            else:
                self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.conn.their_state is not h11.IDLE:
                self._head_came()
            elif self._head is None:
                self._wait_for_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._head_came()
            self._moved_on()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._stalled is None:
                self._stalled = self.loop.call_later(settings.send_timeout, self.transport.abort)

        def resume_writing(self) -> None:
            self._moved_on()
            super().resume_writing()

        def _wait_for_head(self) -> None:
            self._head = self.loop.call_later(settings.header_timeout, self._too_slow)

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
            if self.conn.their_state is h11.IDLE:
                self._refuse(b"408 Request Timeout")

        def _refuse(self, status: bytes, headers: bytes = b"") -> None:
            self.transport.write(
                b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n"
                b"Access-Control-Allow-Origin: *\r\n" + headers + b"\r\n"
            )
            self.transport.close()

    return Guarded
