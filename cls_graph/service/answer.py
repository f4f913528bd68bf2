"""The answer to one query: decided before its first byte, then streamed or visibly broken."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from cls_graph import errors
from cls_graph.errors import (
    AnswerCut,
    BadRequest,
    ClsGraphError,
    QueryOutOfMemory,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    ServiceError,
    TooManyRequests,
    WorkerLost,
)
from cls_graph.service.frames import BLOCK, LAST, Frame, Kind
from cls_graph.service.processes import Worker
from cls_graph.service.rows import Cut, headed
from cls_graph.service.ticket import Ticket
from cls_graph.store.syntax import not_evaluated, syntax_error

HOLD = 4 * BLOCK
"""Bytes held back before an answer is promised: what ends within them is whole or refused."""
BUFFER = 8 << 20
"""Bytes read ahead of a slow client, so that it does not hold a worker."""
DEMOTE_SECONDS = 1.0
_EXIT_SECONDS = 2.0


class KeeperLost(WorkerLost):
    """The worker went down with its keeper: the query may be tried again."""


class Stream:
    """A request given to a worker, and what comes back of it."""

    def __init__(
        self,
        worker: Worker,
        seconds: float,
        done: Callable[[Worker, bool], None],
        ticket: Ticket | None = None,
    ) -> None:
        self.ended = False
        self.cut: Cut | None = None
        """Where a limit ended the answer, when that is known before its first byte is promised."""
        self._ticket = ticket or Ticket()
        self._promised = False
        self._abandoned = False
        self._stopped: ClsGraphError | None = None
        self._worker = worker
        self._seconds = seconds
        self._done = done
        self._failure: ClsGraphError | None = None
        self._complaint = ""
        """What the engine says of a query that it cannot read, until it is told in words."""
        self._blocks: deque[bytes] = deque()
        self._held = 0
        self._expired = False
        self._request: dict[str, Any] = {}
        self._full = False
        self._timers: list[asyncio.TimerHandle] = []
        self._news: asyncio.Future[None] | None = None
        self._grave: asyncio.Task[None] | None = None

    async def begin(self, request: dict[str, Any]) -> None:
        """Send the request and wait until the answer is whole, or ``HOLD`` bytes of it are there.

        Raises the error that the request ends in before that. Cancelling kills the worker.
        """
        if self._ticket.error is not None:
            # Stopped while it waited for its turn.
            self._done(self._worker, True)
            raise self._ticket.error
        self._ticket.begun(self)
        self._request = request
        loop = asyncio.get_running_loop()
        self._timers = [
            loop.call_later(self._seconds, self._expire),
            loop.call_later(DEMOTE_SECONDS, self._long),
        ]
        self._worker.link.listen(self._take)
        self._worker.send(request)
        try:
            while not self.ended and self._held < HOLD:
                await self._wait()
        except asyncio.CancelledError:
            self.abandon()
            raise
        if self.ended and self._failure is not None:
            raise await self._told(self._failure)
        self._promised = True

    def whole(self) -> bytes | None:
        """All of the answer, when it has ended well; ``None`` while it still comes."""
        return b"".join(self._blocks) if self.ended and self._failure is None else None

    async def blocks(self) -> AsyncIterator[bytes]:
        """The bytes, in order; raises if the answer breaks off. Leaving early kills the worker."""
        try:
            while True:
                while self._blocks:
                    block = self._blocks.popleft()
                    self._held -= len(block)
                    if self._full and self._held <= BUFFER:
                        self._full = False
                        self._worker.link.hold(False)
                    yield block
                if self.ended:
                    break
                await self._wait()
        finally:
            self.abandon()
        if self._failure is not None:
            raise await self._told(self._failure)

    async def _told(self, failure: ClsGraphError) -> ClsGraphError:
        """The failure in words. To find out what is wrong with a long query takes a while: in a thread."""
        if not self._complaint:
            return failure
        return await asyncio.to_thread(syntax_error, self._request.get("text", ""), self._complaint)

    def abandon(self) -> None:
        """Nobody waits for the rest: kill the worker if it still works on it."""
        if not self.ended:
            self._abandoned = True
            self._end_early()

    def stop(self, error: ClsGraphError) -> None:
        """End the request with ``error``: refused, or broken off if its answer has begun."""
        if not self.ended:
            self._stopped = error
            self._end_early()

    def _end_early(self) -> None:
        self._worker.kill()
        self._read_on()

    def _read_on(self) -> None:
        """However much is held: only who reads sees the end."""
        self._expired = True
        if self._full:
            self._full = False
            self._worker.link.hold(False)

    async def _wait(self) -> None:
        """Until a frame has come."""
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def _notify(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def _take(self, frame: Frame | None) -> None:
        """What the worker says next; ``None`` when it is gone."""
        if frame is None:
            self._worker.link.listen(None)
            self._grave = asyncio.get_running_loop().create_task(self._bury())
        elif frame.kind is Kind.DATA:
            self._blocks.append(frame.payload)
            self._held += len(frame.payload)
            if self._held > BUFFER and not self._full and not self._expired:
                self._full = True
                self._worker.link.hold(True)
            if self._held >= HOLD or self._promised:
                self._notify()
        elif frame.kind is Kind.END:
            self._finish(reusable=True)
        elif frame.kind is Kind.ERROR:
            said = frame.json()
            self._complaint = said["message"] if said["kind"] == "syntax" else ""
            self._failure = failure(said)
            self._finish(reusable=said["kind"] not in LAST)
        elif frame.kind is Kind.CUT:
            self._cut_short(Cut(**frame.json()), self._request["format"])

    async def _bury(self) -> None:
        self._failure = await self._death()
        self._finish(reusable=False)

    def _finish(self, *, reusable: bool) -> None:
        for timer in self._timers:
            timer.cancel()
        self._worker.link.listen(None)
        self.ended = True
        self._notify()
        self._done(self._worker, reusable)
        self._ticket.ended(self._cause())

    def _cut_short(self, cut: Cut, fmt: str) -> None:
        """A limit ends the answer: its head says so, or the connection breaks after the last row."""
        if not self._promised:
            self.cut = cut
            self._blocks[0] = headed(cut, fmt, self._blocks[0])
            return
        self._failure = AnswerCut(
            f"La réponse a été coupée après {cut.rows} lignes ({cut.limit}).",
            f"The answer was cut after {cut.rows} rows ({cut.limit}).",
        )

    def _long(self) -> None:
        self._worker.demote()
        self._ticket.long()

    def _cause(self) -> str:
        """How it ended, in a word for the figures of the service."""
        if self._stopped is not None:
            return "budget" if isinstance(self._stopped, TooManyRequests) else "cancelled"
        for kind, cause in _CAUSES:
            if isinstance(self._failure, kind):
                return "client" if cause == "crash" and self._abandoned else cause
        return "cut" if self.cut else "done"

    def _expire(self) -> None:
        self._worker.kill(late=True)
        self._read_on()

    async def _death(self) -> ClsGraphError:
        """The error for a worker that died before it ended."""
        if self._stopped is not None:
            return self._stopped
        if self._worker.late:
            return QueryTimeout(
                f"La requête a été arrêtée après {self._seconds:g} s.",
                f"The query was stopped after {self._seconds:g} s.",
                seconds=self._seconds,
            )
        try:
            code = await asyncio.wait_for(asyncio.shield(self._worker.exit_code), _EXIT_SECONDS)
        except TimeoutError:
            code = None
        if code is None:
            return KeeperLost(*_LOST, retry_after=1)
        if code in (-signal.SIGSEGV, -signal.SIGBUS):
            return QueryTooComplex(
                "La requête enchaîne trop d'éléments pour le moteur.",
                "The query chains more parts than the engine can take.",
            )
        if code == -signal.SIGABRT:
            return QueryOutOfMemory(*_MEMORY)
        return WorkerLost(*_LOST, retry_after=1)


_CAUSES: tuple[tuple[type[ClsGraphError], str], ...] = (
    (QueryTimeout, "timeout"),
    (QueryOutOfMemory, "memory"),
    (AnswerCut, "cut"),
    (WorkerLost, "crash"),
    (QueryTooComplex, "crash"),
    (ClsGraphError, "error"),
)
_LOST = (
    "Le processus qui traitait la requête s'est arrêté.",
    "The process that ran the query stopped.",
)
_MEMORY = (
    "La requête a demandé plus de mémoire qu'il ne lui en est accordé.",
    "The query asked for more memory than it is allowed.",
)


def problem(said: dict[str, Any]) -> ClsGraphError:
    """The error of the tree that a process of ours ended with."""
    error: ClsGraphError = getattr(errors, said["type"], ServiceError)(**said["detail"], **said["extra"])
    return error


def failure(said: dict[str, Any]) -> ClsGraphError:
    """The error that a worker's ERROR frame stands for; where the query cannot be read, without its place."""
    kind, message = said["kind"], said["message"]
    if kind == "syntax":
        return QuerySyntaxError(message, message)
    if kind == "memory":
        return QueryOutOfMemory(*_MEMORY)
    if kind == "problem":
        return problem(said)
    if kind == "engine":
        return BadRequest(f"Le moteur dit : {message}", f"The engine says: {message}")
    if kind == "evaluation":
        return not_evaluated(message)
    return ServiceError("Le moteur a échoué sur cette requête.", "The engine failed on this query.")
