"""Headers that every answer carries: cross-origin reads, and what a browser may do with a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
VARY = "Accept, Accept-Language, Accept-Encoding"
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    # Anyone's page may read public data; without credentials, so nothing of a user goes with it.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, CLS-Inference, CLS-Release, CLS-Truncated, Content-Location, Content-Range, ETag, "
        "Link, Location, Repr-Digest, Retry-After"
    ),
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_VARY = VARY.encode()
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Query-Request-Id",
    "Access-Control-Max-Age": "86400",
}
_RUNNING = "/sparql/running/"
_WRITES = ("/update", "/store")
_READS = "GET, HEAD, OPTIONS"


class CommonHeaders:
    """ASGI middleware that sets ``ALWAYS`` and the release, and answers CORS preflight requests.

    Pages of any site may read, and stop a query whose identifier they know; they may not write.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name for name, _ in message["headers"]}
                added = [*_ALWAYS, (b"vary", _VARY), (b"cls-release", _release(scope).encode())]
                message["headers"] = [*message["headers"], *(row for row in added if row[0] not in there)]
            await send(message)

        if scope["method"] == "OPTIONS" and _asks_leave(scope):
            rows = [(k.lower().encode(), v.encode()) for k, v in _preflight(scope["path"]).items()]
            await send_with_headers({"type": "http.response.start", "status": 204, "headers": rows})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, send_with_headers)


def _release(scope: Scope) -> str:
    """The release that the answer is of."""
    site = scope.get("state", {}).get("site") or scope["app"].state.site
    return release_header(site.manifest)


def release_header(manifest: Mapping[str, Any]) -> str:
    """A release, or a state of a writable store, by its version and digest."""
    return f"{manifest['version']}; digest={manifest['digest']}"


def licence_links(manifest: Mapping[str, Any]) -> list[str]:
    """The licence of a release, as a link (RFC 4946); none where it has none."""
    # An address in a header is ASCII, and ends nowhere but at its end.
    licence = quote(str(manifest.get("licence") or ""), safe=":/?#[]@!$&'()*+,;=%~")
    return [f'<{licence}>; rel="license"'] if licence else []


def licence_header(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The same as the header of an answer that has no other links."""
    return {"Link": links[0]} if (links := licence_links(manifest)) else {}


def _preflight(path: str) -> dict[str, str]:
    """What a page of another site may send to ``path`` (Fetch, 3.2.2)."""
    if _RUNNING in path:
        return {**_PREFLIGHT, "Access-Control-Allow-Methods": "DELETE, OPTIONS"}
    if path.rstrip("/").endswith(_WRITES) or "/store/" in path:
        return {**_PREFLIGHT, "Access-Control-Allow-Methods": _READS}
    return _PREFLIGHT


def _asks_leave(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])
