"""Processes that validate side by side: each has the shapes, and gets data as N-Triples, a part at a time.

They are started anew and not forked, so that nothing of the engines or of this process is shared with them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from pyoxigraph import Triple

from cls_graph.checking.engines import Engine, Prepared, choose
from cls_graph.checking.results import Result
from cls_graph.errors import CorpusError

AHEAD = 4
"""Parts of data that wait for each process: enough to keep it busy, few enough to hold in memory."""
T = TypeVar("T")


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Some processes with an engine, to be used as a context; ``shapes`` are asked for by their number."""

    def __init__(self, engine: Engine, workers: int, shapes: Sequence[Sequence[Triple]]) -> None:
        self._ahead = AHEAD * workers
        self._pool = ProcessPoolExecutor(
            workers,
            multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(engine.name, shapes),
        )

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def ask(self, number: int, data: bytes) -> Future[list[Result]]:
        """The results of shapes over data, to come. Raises ``CorpusError`` where a process was killed."""
        try:
            return self._pool.submit(_validate, number, data)
        except BrokenProcessPool as error:
            raise _killed() from error

    def in_turn(self, number: int, parts: Iterable[tuple[T, bytes]]) -> Iterator[tuple[T, list[Result]]]:
        """The results of the same shapes over many parts, in their order; without data there are none."""
        waiting: deque[tuple[T, Future[list[Result]] | None]] = deque()
        for part, data in parts:
            waiting.append((part, self.ask(number, data) if data else None))
            if len(waiting) >= self._ahead:
                first, found = waiting.popleft()
                yield first, self.settled(found)
        for part, found in waiting:
            yield part, self.settled(found)

    @staticmethod
    def settled(asked: Future[list[Result]] | None) -> list[Result]:
        """Results, once they are there. Raises what the process raised; ``CorpusError`` for a killed one."""
        try:
            return asked.result() if asked is not None else []
        except BrokenProcessPool as error:
            raise _killed() from error


def _killed() -> CorpusError:
    return CorpusError(
        "Un processus de validation s'est arrêté, sans doute faute de mémoire. Essayez --workers 1.",
        "A validating process has ended, most likely for want of memory. Try --workers 1.",
    )


_engine: Engine
_shapes: Sequence[Sequence[Triple]]
_prepared: dict[int, Prepared] = {}


def _begin(engine: str, shapes: Sequence[Sequence[Triple]]) -> None:
    """In a new process: note what it needs. Ctrl-C is for the process that asks."""
    global _engine, _shapes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _engine, _shapes = choose(engine), shapes


def _validate(number: int, data: bytes) -> list[Result]:
    if number not in _prepared:
        _prepared[number] = _engine.prepare(_shapes[number])
    return _prepared[number].validate(data)
