"""Who asks, what it cost, and how it ended: the address of the client, the figures, the log."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cls_graph_api.budgets import client_address
from cls_graph_api.metrics import kind
from cls_graph_api.site import Site, request_path


class Access:
    """ASGI middleware around everything: sets the client's address, counts and logs each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        site: Site = scope["app"].state.site
        if site.settings.proxies:
            _believe(scope, site.settings.proxies)
        watch = _Watch(scope)
        metrics = site.desk.metrics
        metrics.in_flight += 1
        try:
            await self._app(scope, receive, watch.through(send))
        finally:
            metrics.in_flight -= 1
            seconds = time.monotonic() - watch.begun
            path = request_path(Request(scope))
            metrics.request(kind(path), scope["method"], watch.status, seconds)
            if site.settings.access_log != "off":
                _log(watch.line(path, seconds, full=site.settings.access_log == "full"))


class _Watch:
    """One request, from its head to the end of its answer."""

    def __init__(self, scope: Scope) -> None:
        self.begun = time.monotonic()
        # What stays so has failed before there was a status.
        self.status = 500
        self._scope = scope
        self._sent = 0
        self._whole = False

    def through(self, send: Send) -> Send:
        """``send``, watched."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            elif message["type"] == "http.response.body":
                self._sent += len(message.get("body", b""))
                self._whole = not message.get("more_body", False)
            await send(message)

        return watched

    def line(self, path: str, seconds: float, *, full: bool) -> dict[str, Any]:
        """The line of the log. What was asked is in it only if ``full``."""
        said: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "client": (self._scope.get("client") or ("",))[0],
            "method": self._scope["method"],
            "path": path,
            "kind": kind(path),
            "status": self.status,
            "bytes": self._sent,
            "seconds": round(seconds, 4),
            "whole": self._whole,
        }
        if full:
            said["parameters"] = self._scope.get("query_string", b"").decode("latin-1")
            said["query"] = self._scope.get("state", {}).get("query")
        return said


def _log(line: dict[str, Any]) -> None:
    # One line whatever is in it: JSON escapes the ends of lines, and all that is not ASCII.
    print(json.dumps(line), file=sys.stderr, flush=True)


def _believe(scope: Scope, proxies: int) -> None:
    """Take the client's address and scheme from what the proxies in front say."""
    port = (scope.get("client") or ("", 0))[1]
    scope["client"] = (client_address(scope, proxies), port)
    schemes = [v for k, v in scope["headers"] if k == b"x-forwarded-proto"]
    if schemes and (scheme := schemes[-1].split(b",")[-1].strip().lower()) in (b"http", b"https"):
        scope["scheme"] = scheme.decode()
