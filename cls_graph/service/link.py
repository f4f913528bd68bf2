"""The pool's end of a worker's socket: frames are handed on as they come, and no task waits for them."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import cast

from cls_graph.service.frames import HEADER_SIZE, Frame, unpack_header

Listener = Callable[[Frame | None], None]


class Link(asyncio.Protocol):
    """One connection. ``listen`` says who gets the frames, and ``None`` once the other end is gone."""

    def __init__(self) -> None:
        self._data = b""
        self._unheard: deque[Frame | None] = deque()
        self._listener: Listener | None = None
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def over(cls, sock: socket.socket) -> Link:
        """A link over a connected socket, which it owns from now on."""
        _, link = await asyncio.get_running_loop().create_connection(cls, sock=sock)
        return link

    def listen(self, listener: Listener | None) -> None:
        """Hand frames to ``listener`` from now on, and those that came while there was none."""
        self._listener = listener
        while self._unheard and self._listener is not None:
            self._listener(self._unheard.popleft())

    async def first(self) -> Frame | None:
        """The next frame, for who waits for one only."""
        came: asyncio.Future[Frame | None] = asyncio.get_running_loop().create_future()

        def take(frame: Frame | None) -> None:
            self.listen(None)
            if not came.done():
                came.set_result(frame)

        self.listen(take)
        return await came

    def send(self, frame: bytes) -> None:
        """Send a packed frame; nothing happens where the other end is gone, of which the listener hears."""
        if self._open():
            cast(asyncio.Transport, self._transport).write(frame)

    def hold(self, wait: bool) -> None:
        """Read no more for now, so that the other end waits; or read on."""
        if self._open():
            transport = cast(asyncio.Transport, self._transport)
            (transport.pause_reading if wait else transport.resume_reading)()

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def _open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        data = self._data + data
        begin = HEADER_SIZE
        while len(data) >= begin:
            kind, size = unpack_header(data[begin - HEADER_SIZE : begin])
            end = begin + size
            if len(data) < end:
                break
            self._hand(Frame(kind, data[begin:end]))
            begin = end + HEADER_SIZE
        self._data = data[begin - HEADER_SIZE :]

    def connection_lost(self, exc: Exception | None) -> None:
        self._hand(None)

    def _hand(self, frame: Frame | None) -> None:
        if self._listener is not None:
            self._listener(frame)
        else:
            self._unheard.append(frame)
