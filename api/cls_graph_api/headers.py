"""Headers that every answer carries: cross-origin reads, and what a browser may do with a page."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

VARY = "Accept, Accept-Language, Accept-Encoding"
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    # Anyone's page may read public data; without credentials, so nothing of a user goes with it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class CommonHeaders:
    """ASGI middleware that sets ``ALWAYS`` and answers CORS preflight requests (Fetch, 3.2.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers[name] = value
                headers.setdefault("Vary", VARY)
            await send(message)

        if scope["method"] == "OPTIONS" and _asks_leave(scope):
            rows = [(k.lower().encode(), v.encode()) for k, v in _PREFLIGHT.items()]
            await send_with_headers({"type": "http.response.start", "status": 204, "headers": rows})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, send_with_headers)


def _asks_leave(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])
