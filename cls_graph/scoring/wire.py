"""The client of the scorecard: each request has a limit of time and of size, and goes to known hosts only.

Nothing is raised for what a server does: that is what is to be looked at. Redirects are not followed, no
proxy of the environment is used, and no address but those of the same origin as the ones given is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from cls_graph.tls import certificates

LARGEST = 64 << 20
"""Bytes that are read of an answer at most."""
AGENT = "cls-graph score"


@dataclass(frozen=True)
class Reply:
    """What came. ``trouble`` is empty, or why there is no whole answer (see ``TROUBLES``)."""

    status: int = 0
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes = b""
    trouble: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """A whole answer with a status of success."""
        return 200 <= self.status < 300 and not self.trouble

    @property
    def refused(self) -> bool:
        """A whole answer that says that the request is wrong."""
        return 400 <= self.status < 500 and not self.trouble

    @property
    def kind(self) -> str:
        """Its media type, without parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """Its body as text, whatever is in it."""
        return self.body.decode("utf-8", "replace")

    def told(self, lang: str) -> str:
        """Status, type and trouble in a few words."""
        parts = [str(self.status)] if self.status else []
        parts += [self.kind] if self.kind and self.status else []
        parts += [TROUBLES[self.trouble][lang]] if self.trouble else []
        return " ".join(parts)


TROUBLES = {
    "timeout": {"fr": "pas de réponse entière dans le délai", "en": "no whole answer within the time limit"},
    "broken": {"fr": "réponse interrompue", "en": "answer broken off"},
    "unreachable": {"fr": "injoignable", "en": "cannot be reached"},
    "large": {"fr": "réponse trop longue pour être lue en entier", "en": "answer too long to be read whole"},
    "elsewhere": {"fr": "autre hôte, non demandé", "en": "another host, not asked"},
    "late": {"fr": "temps total épuisé", "en": "total time used up"},
}


class Wire:
    """Sends requests, one at a time. ``limit`` is in seconds for one of them, ``total`` for all."""

    def __init__(self, addresses: Sequence[str], limit: float, total: float) -> None:
        self.limit, self.requests = limit, 0
        self._origins = {origin(url) for url in addresses if url}
        self._end = time.monotonic() + total
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(
            headers={"User-Agent": AGENT},
            follow_redirects=False,
            trust_env=False,
            timeout=limit,
            verify=certificates(addresses),
        )
        # A client that says nothing of formats is another one than a client that takes any.
        del self._client.headers["accept"]

    def close(self) -> None:
        """Let the connections go."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    @property
    def late(self) -> bool:
        """Whether the total time is used up."""
        return time.monotonic() >= self._end

    def reaches(self, url: str) -> bool:
        """Whether an address is at one of the hosts that were given."""
        return origin(url) in self._origins

    def send(self, method: str, url: str, *, limit: float | None = None, **request: Any) -> Reply:
        """The reply to one request (arguments of ``httpx.Client.request``); never raises for it."""
        if not self.reaches(url):
            return Reply(trouble="elsewhere")
        left = self._end - time.monotonic()
        if left <= 0:
            return Reply(trouble="late")
        self.requests += 1
        return self._runner.run(self._send(method, url, min(limit or self.limit, left), request))

    async def _send(self, method: str, url: str, limit: float, request: Mapping[str, Any]) -> Reply:
        begin = time.monotonic()
        got: list[Any] = [0, httpx.Headers(), bytearray()]
        trouble = ""
        try:
            async with asyncio.timeout(limit):
                trouble = await self._read(method, url, request, got)
        except (TimeoutError, httpx.TimeoutException):
            trouble = "timeout"
        except httpx.ConnectError:
            trouble = "unreachable"
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, ValueError, RuntimeError, OSError):
            trouble = "broken"
        return Reply(got[0], got[1], bytes(got[2]), trouble, time.monotonic() - begin)

    async def _read(self, method: str, url: str, request: Mapping[str, Any], got: list[Any]) -> str:
        auth = request.get("auth")
        rest = {name: value for name, value in request.items() if name != "auth"}
        built = self._client.build_request(method, url, **rest)
        response = await self._client.send(built, stream=True, auth=auth)
        try:
            got[0], got[1] = response.status_code, response.headers
            async for part in response.aiter_bytes():
                got[2] += part
                if len(got[2]) > LARGEST:
                    return "large"
        finally:
            await response.aclose()
        return ""


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address; empty for what is none.

    >>> origin("HTTP://Example.org/x") == origin("http://example.org:80/")
    True
    """
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        return "", "", 0
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return parts.scheme, parts.host, port
