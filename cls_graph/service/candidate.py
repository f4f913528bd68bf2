"""A candidate: a fork of the keeper that does one write on its copy of the store.

If the write fails, or takes too long or too much memory, the candidate dies and nothing
has changed. If it is recorded, the candidate becomes the keeper of the store as it is
from then on, and workers are forked from it.
"""

from __future__ import annotations

import os
import signal
import socket
from typing import Any, cast

from cls_graph.errors import ClsGraphError
from cls_graph.service import sandbox
from cls_graph.service.applying import apply
from cls_graph.service.frames import BLOCK, Inbox, Kind, pack
from cls_graph.service.operations import Operation
from cls_graph.settings import Settings
from cls_graph.store.writable import WritableStore


def run(sock: socket.socket, store: WritableStore, settings: Settings, keeper: int) -> bool:
    """Do the write that comes over ``sock``; true when this process is to be the keeper now."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandbox.die_with_parent(keeper)
    confinement = sandbox.Confinement(settings.query_memory)
    sock.sendall(pack(Kind.READY, {"pid": os.getpid(), "sandbox": ["candidate"]}))
    inbox = Inbox(sock)
    frame = inbox.receive()
    if frame is None or frame.kind is not Kind.WRITE:
        return False
    try:
        _write(sock, store, settings, frame.payload)
    except ClsGraphError as error:
        _fail(sock, "problem", str(error), type=type(error).__name__, detail=error.detail, extra=error.extra)
        return False
    except SyntaxError as error:
        _fail(sock, "syntax", str(error))
        return False
    except MemoryError:
        _fail(sock, "memory", "")
        return False
    except BaseException as error:
        # Also a panic of the engine, which is no ordinary exception.
        _fail(sock, "panic", str(error))
        return False
    frame = inbox.receive()
    if frame is None or frame.kind is not Kind.PROMOTE:
        return False
    confinement.lift()
    sandbox.live_alone()
    return True


def _write(sock: socket.socket, store: WritableStore, settings: Settings, payload: bytes) -> None:
    """Do the write, send the dataset on if it is asked for or needed, and say what came of it."""
    operation, notes = Operation.unpack(payload)
    outcome = apply(store, operation, settings)
    if notes.get("dump") or not outcome.replayable:
        out = _Out(sock)
        store.dump(cast(Any, out))
        out.flush()
    sock.sendall(pack(Kind.END, outcome.as_json()))


def _fail(sock: socket.socket, kind: str, message: str, **more: Any) -> None:
    sock.sendall(pack(Kind.ERROR, {"kind": kind, "message": message[:2000], **more}))


class _Out:
    """The file that the dataset is written to: sends it on in blocks."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        self._data += data
        if len(self._data) >= BLOCK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what there is."""
        if self._data:
            self._sock.sendall(pack(Kind.DATA, bytes(self._data)))
            self._data.clear()
