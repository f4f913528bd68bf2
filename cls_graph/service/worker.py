"""A worker: answers one query at a time over its socket, in a process that can be killed.

It is forked from the keeper, whose store it shares, and shuts itself in before the
first query. Queries are started, evaluated, serialised and finished on its only
thread: the engine's results must not change threads.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping
from typing import Any, Protocol, cast

import pyoxigraph as ox

from cls_graph import media
from cls_graph.errors import ClsGraphError
from cls_graph.service import guard, reading, sandbox
from cls_graph.service.frames import BLOCK, Inbox, Kind, pack
from cls_graph.service.rows import Cut, Rows, Stop, Triples
from cls_graph.settings import Settings
from cls_graph.store import Store
from cls_graph.store.base import GraphResults, Results
from cls_graph.store.failing import malformed
from cls_graph.store.writing import formats_for, write_graph, write_results, write_triples

HOLD = 8 << 20
"""Bytes that are kept back while a small limit may still cut the answer, so that its head can say so."""
SMALL_ROWS = 100_000


def run(sock: socket.socket, store: Store, settings: Settings, keeper: int) -> None:
    """Serve ``sock`` until its other end closes; does not return to the caller's work.

    ``keeper`` is the process to die with.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandbox.die_with_parent(keeper)
    _silence()
    sandbox.limit_memory(settings.query_memory)
    # A store over the network needs sockets. Our engine, which could open others, evaluates nothing then.
    protections = sandbox.enter_with_network() if store.may_cut else sandbox.enter()
    sock.sendall(pack(Kind.READY, {"pid": os.getpid(), "sandbox": protections}))
    inbox = Inbox(sock)
    while (frame := inbox.receive()) is not None:
        answer(sock, store, settings, frame.json())


def answer(sock: socket.socket, store: Store, settings: Settings, request: Mapping[str, Any]) -> None:
    """Answer one request: blocks of data and END, or ERROR with a kind that the pool understands."""
    out = _Blocks(sock, _hold(settings, store) if request["op"] == "query" else 0)
    try:
        perform(out, store, settings, request)
        out.finish()
    except (BrokenPipeError, ConnectionError):
        os._exit(0)
    except ClsGraphError as error:
        _fail(sock, "problem", str(error), type=type(error).__name__, detail=error.detail, extra=error.extra)
    except SyntaxError as error:
        _fail(sock, "syntax", str(error))
    except MemoryError:
        _fail(sock, "memory", "")
        os._exit(0)
    except RuntimeError as error:
        _fail(sock, "evaluation", str(error))
    except Exception as error:
        _fail(sock, "engine", str(error))
    except BaseException as error:
        # A panic of the engine: what it leaves behind is not to be trusted.
        _fail(sock, "panic", str(error))
        os._exit(0)


class Out(Protocol):
    """What an answer is written to. ``cut`` is where a limit ended it."""

    cut: Cut | None

    def write(self, data: bytes, /) -> int: ...

    def written(self) -> int:
        """Bytes written so far."""
        ...


def perform(out: Out, store: Store, settings: Settings, request: Mapping[str, Any]) -> None:
    """Write the answer of a request to ``out``. Raises what the guard and the engine raise."""
    if request["op"] == "query":
        _query(out, store, settings, request)
    elif request["op"] in reading.OPERATIONS:
        reading.answer(cast(Any, out), store, request)
    else:
        _describe(out, store, request)


def _query(out: Out, store: Store, settings: Settings, request: Mapping[str, Any]) -> None:
    if not guard.harmless(request["text"], settings):
        guard.inspect(request["text"], settings)
    results = store.query(
        request["text"],
        default_graphs=request["default_graphs"],
        named_graphs=request["named_graphs"],
        base=request["base"],
        infer=request["infer"],
    )
    fmt = media.choose(None, formats_for(results), request["format"])
    try:
        _write(results, fmt, store, settings, out)
    except SyntaxError as error:
        # Not of the query, which has been read, but of a remote store's answer to it.
        raise malformed(error) from error


def _write(results: Results, fmt: media.Format, store: Store, settings: Settings, out: Out) -> None:
    """Write an answer within the limits on rows and bytes, and note where the store may have cut it."""
    if isinstance(results, GraphResults):
        triples = Triples(results, settings, out.written)
        write_triples(triples, fmt, cast(Any, out))
        if triples.cut is None and store.ceiling(triples.count):
            triples.cut = Cut(triples.count, "store_rows")
        out.write(triples.close(fmt.name))
        out.cut = triples.cut
    elif isinstance(results, ox.QueryBoolean) or not (
        settings.max_rows or settings.max_bytes or store.may_cut
    ):
        write_results(results, fmt, cast(Any, out))
    else:
        rows = Rows(fmt.name, settings, out.write)
        try:
            write_results(results, fmt, cast(Any, rows))
            rows.finish()
            if store.ceiling(rows.rows):
                out.cut = Cut(rows.rows, "store_rows")
        except Stop:
            out.cut = rows.cut


def _hold(settings: Settings, store: Store) -> int:
    """What to keep back: all that the limits let through, where that is little or not for us to say."""
    if store.may_cut or 0 < settings.max_bytes <= HOLD or 0 < settings.max_rows <= SMALL_ROWS:
        return HOLD
    return 0


def _describe(out: Out, store: Store, request: Mapping[str, Any]) -> None:
    look = store.describe_with_context if request["context"] else store.describe
    fmt = media.choose(None, media.GRAPHS, request["format"])
    triples = look(request["iri"], infer=request["infer"])
    if triples:
        out.write(write_graph(triples, fmt))


def _fail(sock: socket.socket, kind: str, message: str, **more: Any) -> None:
    sock.sendall(pack(Kind.ERROR, {"kind": kind, "message": message[:2000], **more}))


def _silence() -> None:
    """Send what the engine prints as it aborts nowhere: the pool reports the death."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


class _Blocks:
    """The file that an answer is written to: sends it on in blocks, once there are more than ``hold``."""

    def __init__(self, sock: socket.socket, hold: int = 0) -> None:
        self.cut: Cut | None = None
        self._sock = sock
        self._data = bytearray()
        self._sent = 0
        self._enough = max(hold, BLOCK)

    def written(self) -> int:
        """Bytes written so far."""
        return self._sent + len(self._data)

    def write(self, data: bytes) -> int:
        self._data += data
        if len(self._data) >= self._enough:
            self._enough = BLOCK
            self._send(len(self._data) // BLOCK * BLOCK)
        return len(data)

    def flush(self) -> None:
        """Nothing: a block goes out when it is full or last."""

    def finish(self) -> None:
        if self.cut is not None:
            self._send(min(BLOCK, len(self._data)))
            self._sock.sendall(pack(Kind.CUT, self.cut.__dict__))
        self._send(len(self._data), pack(Kind.END))

    def _send(self, size: int, last: bytes = b"") -> None:
        frames = [
            pack(Kind.DATA, bytes(self._data[start : min(size, start + BLOCK)]))
            for start in range(0, size, BLOCK)
        ]
        # What is short goes out in one piece.
        self._sock.sendall(b"".join([*frames, last]))
        del self._data[:size]
        self._sent += size
