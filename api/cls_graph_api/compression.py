"""Answers compressed for clients that ask for it (RFC 9110, 8.4 and 12.5.3), as they stream."""

from __future__ import annotations

import asyncio
import re
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 1000
"""Bytes below which a body is not worth it."""
_LARGE = 32 << 10
"""Bytes from which compressing goes to a thread, so that other requests go on meanwhile."""
_LEVEL = 4
_GZIP = 31
_MARK = "-gzip"
_TYPES = re.compile(
    r"text/|application/(?:.*\+(?:json|xml)|json|xml|javascript|n-triples|n-quads|trig|openmetrics)|image/svg"
)


class Compression:
    """ASGI middleware: gzip for answers that are text. Each coding has its own strong ``ETag``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not accepts_gzip(Headers(scope=scope).get("accept-encoding", "")):
            await self._app(scope, receive, send)
            return
        # The handlers know the answer's tag without its coding.
        known = Headers(scope=scope).get("if-none-match", "")
        if _MARK in known:
            plain = known.replace(_MARK + '"', '"').encode("latin-1")
            others = [(k, v) for k, v in scope["headers"] if k != b"if-none-match"]
            scope = {**scope, "headers": [*others, (b"if-none-match", plain)]}
        await self._app(scope, receive, _Coder(send, scope["method"], known).send)


def accepts_gzip(header: str) -> bool:
    """Whether gzip is accepted, and liked no less than no coding at all.

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip("identity, gzip;q=0.1")
    (True, False, False)
    """
    if "gzip" not in header and "*" not in header:
        return False
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        try:
            found[name.strip()] = float(parameter.replace(" ", "").removeprefix("q=") or 1)
        except ValueError:
            found[name.strip()] = 0.0
    quality = found.get("gzip", found.get("*", 0.0))
    return quality > 0 and quality >= found.get("identity", 0.0)


class _Coder:
    """The way of one answer to its client."""

    def __init__(self, send: Send, method: str, known: str) -> None:
        self._send = send
        self._method = method
        self._known = known
        self._start: Message | None = None
        self._gzip: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        """Pass a message of the application on, compressed if that is to be."""
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] != "http.response.body" or self._gzip is None:
            await self._send(message)
        else:
            await self._body(message.get("body", b""), message.get("more_body", False))

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        tag = headers.get("etag", "")
        if message["status"] == 304:
            if _marked(tag) in self._known:
                headers["etag"] = _marked(tag)
        elif _worth(message["status"], headers):
            headers["content-encoding"] = "gzip"
            if tag.startswith('"'):
                headers["etag"] = _marked(tag)
            del headers["content-length"]
            if self._method != "HEAD":
                self._gzip = zlib.compressobj(_LEVEL, wbits=_GZIP)
                # The length is known if the body turns out to come in one piece.
                self._start = message
                return
        await self._send(message)

    async def _body(self, data: bytes, more: bool) -> None:
        assert self._gzip is not None
        if len(data) >= _LARGE:
            coded = await asyncio.to_thread(self._gzip.compress, data)
        else:
            coded = self._gzip.compress(data)
        if not more:
            coded += self._gzip.flush()
        if self._start is not None:
            if not more:
                MutableHeaders(scope=self._start)["content-length"] = str(len(coded))
            await self._send(self._start)
            self._start = None
        if coded or not more:
            await self._send({"type": "http.response.body", "body": coded, "more_body": more})


def _marked(tag: str) -> str:
    return tag[:-1] + _MARK + '"' if tag.endswith('"') else tag


def _worth(status: int, headers: MutableHeaders) -> bool:
    if status in (204, 206) or status < 200 or "content-encoding" in headers:
        return False
    if int(headers.get("content-length", SMALLEST)) < SMALLEST:
        return False
    if "no-transform" in headers.get("cache-control", ""):
        return False
    return _TYPES.match(headers.get("content-type", "")) is not None
