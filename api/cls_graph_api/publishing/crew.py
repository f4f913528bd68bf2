"""Work that is cut into numbered parts, done by a few processes that share what this one has in memory."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.reduction
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, ForkProcess
from typing import Any

from cls_graph.errors import CorpusError
from cls_graph.service.sandbox import die_with_parent

_LOOK_SECONDS = 0.2
Work = Callable[[Iterator[int]], None]
"""Does the parts whose numbers it is given, one after the other."""


def share(total: int, work: Work, processes: int, told: Callable[[int, int], None]) -> None:
    """Have ``work`` do all parts from 0 to ``total``, each once, in so many processes.

    They are forked, so that nothing is copied or read again; each takes the next part when it has done one.
    Where there is no fork, or nothing to share, it is done here. Raises what the work raises, and
    ``CorpusError`` for a process that was killed; then the others are stopped.
    """
    if processes < 2 or total < 2 or "fork" not in multiprocessing.get_all_start_methods():
        work(_counted(total, told))
        return
    _Crew(total, work, min(processes, total)).run(told)


def _counted(total: int, told: Callable[[int, int], None]) -> Iterator[int]:
    for number in range(total):
        told(number, total)
        yield number
    told(total, total)


class _Crew:
    def __init__(self, total: int, work: Work, processes: int) -> None:
        context: ForkContext = multiprocessing.get_context("fork")
        self._total, self._work = total, work
        self._taken = context.Value("q", 0)
        self._processes: dict[Connection, ForkProcess] = {}
        # What is there outlives the fork: the collector must not touch it, page by page.
        gc.collect()
        gc.freeze()
        try:
            for _ in range(processes):
                mine, its = context.Pipe(duplex=False)
                process = context.Process(target=self._child, args=(its, os.getpid()), daemon=True)
                process.start()
                its.close()
                self._processes[mine] = process
        finally:
            gc.unfreeze()

    def run(self, told: Callable[[int, int], None]) -> None:
        waiting = dict(self._processes)
        try:
            while waiting:
                for ready in wait(list(waiting), _LOOK_SECONDS):
                    assert isinstance(ready, Connection)
                    self._end(ready, waiting.pop(ready))
                told(min(self._total, max(0, self._taken.value - len(waiting))), self._total)
        finally:
            for process in self._processes.values():
                process.kill()
                process.join()

    @staticmethod
    def _end(connection: Connection, process: ForkProcess) -> None:
        try:
            error = connection.recv()
        except EOFError:
            process.join()
            error = CorpusError(
                f"Un processus s'est arrêté (code {process.exitcode}), sans doute faute de mémoire. "
                "Essayez --workers 1.",
                f"A process has ended (code {process.exitcode}), most likely for want of memory. "
                "Try --workers 1.",
            )
        if error is not None:
            raise error

    def _child(self, out: Connection, parent: int) -> None:
        """In a new process: work, then say how it ended. Ctrl-C is for the process that waits."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        die_with_parent(parent)
        try:
            self._work(self._numbers())
        except Exception as error:
            out.send(_portable(error))
        else:
            out.send(None)

    def _numbers(self) -> Iterator[int]:
        while True:
            with self._taken.get_lock():
                number: Any = self._taken.value
                self._taken.value += 1
            if number >= self._total:
                return
            yield number


def _portable(error: Exception) -> Exception:
    """An error that another process can read, whatever it holds."""
    try:
        multiprocessing.reduction.ForkingPickler.dumps(error)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
