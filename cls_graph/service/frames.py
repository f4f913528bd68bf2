"""The messages between the pool, the keeper and the workers.

A frame is one byte of kind, four bytes of length (big-endian) and the payload, JSON
but for ``DATA``. Over a worker's socket: ``READY`` once, then for each ``QUERY``
either ``ERROR``, or ``DATA`` any number of times and ``END``, or ``DATA`` and ``ERROR``.
``CUT`` after the first ``DATA`` says that a limit ends the answer early.
Over the keeper's: ``READY`` or ``ERROR`` once, then ``SPAWN`` (with the worker's
end of a socket pair attached) one way and ``EXITED`` the other. ``CANDIDATE`` is a
``SPAWN`` for a write: over its socket go ``READY``, then ``WRITE`` one way and ``DATA``,
``END`` or ``ERROR`` the other; ``PROMOTE`` makes it a keeper, and its socket a keeper's.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

_HEADER = struct.Struct("!cI")
HEADER_SIZE = _HEADER.size
BLOCK = 65536
"""Bytes of an answer in one ``DATA`` frame, at most (the last may be shorter)."""
LAST = frozenset({"memory", "panic"})
"""The kinds of ``ERROR`` after which a worker ends itself: it takes no other query."""


class Kind(Enum):
    """The kinds of frame; the value is the byte on the wire."""

    READY = b"R"
    SPAWN = b"S"
    EXITED = b"X"
    QUERY = b"Q"
    DATA = b"D"
    END = b"Z"
    ERROR = b"E"
    CUT = b"C"
    CANDIDATE = b"F"
    WRITE = b"W"
    PROMOTE = b"P"


@dataclass(frozen=True)
class Frame:
    """One message."""

    kind: Kind
    payload: bytes = b""

    def json(self) -> dict[str, Any]:
        """The payload as a mapping."""
        value: dict[str, Any] = json.loads(self.payload)
        return value


def pack(kind: Kind, payload: bytes | dict[str, Any] = b"") -> bytes:
    """A frame as bytes."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return _HEADER.pack(kind.value, len(body)) + body


def unpack_header(data: bytes) -> tuple[Kind, int]:
    """The kind of a frame and the size of its payload."""
    kind, size = _HEADER.unpack(data)
    return Kind(kind), size


class Inbox:
    """The frames of a blocking socket. What has come is read at once: a short frame costs one call."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._data = b""

    def receive(self) -> Frame | None:
        """The next frame; ``None`` when the other end is closed."""
        if not self._fill(HEADER_SIZE):
            return None
        kind, size = unpack_header(self._data[:HEADER_SIZE])
        end = HEADER_SIZE + size
        if not self._fill(end):
            return None
        payload, self._data = self._data[HEADER_SIZE:end], self._data[end:]
        return Frame(kind, payload)

    def _fill(self, size: int) -> bool:
        """Read until ``size`` bytes are there; false when they never will be."""
        if len(self._data) >= size:
            return True
        parts, there = [self._data], len(self._data)
        while there < size:
            part = self._sock.recv(max(BLOCK, size - there))
            if not part:
                return False
            parts.append(part)
            there += len(part)
        self._data = b"".join(parts)
        return True


async def read(reader: asyncio.StreamReader) -> Frame | None:
    """The next frame of a stream; ``None`` when the other end is closed, in a frame or between two."""
    try:
        kind, size = unpack_header(await reader.readexactly(HEADER_SIZE))
        return Frame(kind, await reader.readexactly(size))
    except (EOFError, ConnectionError):  # asyncio's IncompleteReadError is an EOFError
        return None


def send(writer: asyncio.StreamWriter, frame: bytes) -> None:
    """Send a packed frame; where the other end is gone nothing happens, and ``read`` tells of it."""
    if not writer.is_closing():
        writer.write(frame)
