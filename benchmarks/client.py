"""A small HTTP/1.1 client that costs little, so that what is measured is the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

CSV = "text/csv"
_STALE_SECONDS = 3.0


class BrokenAnswer(Exception):
    """The connection ended before the answer did."""


@dataclass
class Answer:
    """A status, a body, and the seconds until its end."""

    status: int
    body: bytes
    seconds: float


@dataclass
class Tally:
    """What became of many requests: seconds of each that was answered in full, and how many were not."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def summary(self, lasted: float) -> dict[str, float]:
        """Requests a second, and milliseconds of the middle and of the slowest hundredth."""
        times = sorted(self.seconds) or [float("nan")]
        return {
            "per_second": round(len(self.seconds) / lasted, 1),
            "p50_ms": round(times[len(times) // 2] * 1000, 2),
            "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 2),
            "failed": self.failed,
        }


class Connection:
    """One connection, kept alive, opened again when it broke."""

    def __init__(self, port: int, path: str) -> None:
        self._port = port
        self._path = path
        self._used = time.monotonic()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str, accept: str = CSV) -> Answer:
        """Put a query by GET. Raises ``BrokenAnswer``, ``OSError``."""
        return await self.get(f"{self._path}?{urlencode({'query': query})}", accept)

    async def get(self, target: str, accept: str = CSV) -> Answer:
        """GET a path with its query string. Raises ``BrokenAnswer``, ``OSError``."""
        begun = time.perf_counter()
        if self._streams is not None and time.monotonic() - self._used > _STALE_SECONDS:
            # A server hangs up on a connection that was quiet for long.
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
        reader, writer = self._streams
        writer.write(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n\r\n".encode())
        try:
            status, headers = _head(await reader.readuntil(b"\r\n\r\n"))
            body = await _body(reader, headers)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self.close()
            raise BrokenAnswer(str(error)) from error
        except asyncio.CancelledError:
            self.close()
            raise
        if headers.get("connection", "").lower() == "close":
            self.close()
        self._used = time.monotonic()
        return Answer(status, body, time.perf_counter() - begun)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _head(raw: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = raw.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    pieces = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(pieces)


async def hammer(
    connections: list[Connection], query: Callable[[int], str], seconds: float
) -> dict[str, float]:
    """Keep every connection busy for ``seconds`` with ``query(0)``, ``query(1)``…; see ``Tally.summary``."""
    tally, number = Tally(), 0
    begun = time.perf_counter()

    async def work(connection: Connection) -> None:
        nonlocal number
        while time.perf_counter() - begun < seconds:
            number += 1
            try:
                answer = await connection.ask(query(number))
            except (BrokenAnswer, OSError):
                tally.failed += 1
                continue
            if answer.status == 200:
                tally.seconds.append(answer.seconds)
            else:
                tally.failed += 1

    await asyncio.gather(*(work(connection) for connection in connections))
    return tally.summary(time.perf_counter() - begun)
