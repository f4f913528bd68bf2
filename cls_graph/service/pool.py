"""The pool of query workers: hands out requests, enforces deadlines, replaces what dies."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cls_graph import media
from cls_graph.errors import Busy, ClsGraphError
from cls_graph.service import guard
from cls_graph.service.answer import KeeperLost, Stream
from cls_graph.service.processes import Keeper, Worker
from cls_graph.settings import Settings

_log = logging.getLogger(__name__)
_MAX_WAITING = 256
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True)
class Answer:
    """A decided answer. ``whole`` is all of it when it was short; ``body`` gives it in any case.

    ``body`` raises if the answer breaks off. ``close`` says that the rest is not wanted, and kills
    the query if it still runs: call it unless ``body`` was read to its end. ``volatile`` is true when
    another run may answer differently (``NOW()``, ``RAND()``).
    """

    format: media.Format
    media_type: str
    whole: bytes | None
    body: AsyncIterator[bytes]
    close: Callable[[], None]
    volatile: bool


class QueryPool:
    """Workers over one release file. ``start`` and ``stop`` on the event loop that queries."""

    def __init__(self, nquads: Path, settings: Settings) -> None:
        self._nquads = nquads
        self._settings = settings
        self._size = max(1, settings.workers)
        self._keeper: Keeper | None = None
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._missing = asyncio.Event()
        self._supervisor: asyncio.Task[None] | None = None
        self._protections: list[str] = []

    @property
    def quads(self) -> int:
        """Quads in the store."""
        return self._keeper.quads if self._keeper else 0

    @property
    def workers(self) -> int:
        """Workers alive."""
        return len(self._workers)

    @property
    def sandbox(self) -> list[str]:
        """The protections that the workers report (see ``sandbox``)."""
        return list(self._protections)

    async def start(self) -> None:
        """Load the release and fork the workers; does nothing when already started.

        Raises ``CorpusError`` for a file that cannot be loaded, ``ServiceError`` when processes cannot
        be started; nothing is left running then.
        """
        if self._supervisor is not None:
            return
        try:
            self._keeper = await Keeper.start(self._nquads, self._settings, self._ended)
            await self._fill()
        except BaseException:
            await self.stop()
            raise
        self._supervisor = asyncio.create_task(self._supervise())

    async def stop(self) -> None:
        """Kill every process and wait until they are gone; does nothing when already stopped."""
        if self._supervisor is not None:
            self._supervisor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._supervisor
            self._supervisor = None
        if self._keeper is not None:
            await self._keeper.stop()
        self._workers.clear()
        self._idle.clear()
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(_busy())

    async def query(
        self,
        text: str,
        *,
        accept: str | None = None,
        asked: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> Answer:
        """Evaluate a query; returns once its answer is whole or safely under way.

        The format is ``asked`` (a short name or media type) or chosen by ``accept``. A dataset in the
        arguments replaces the query's. ``timeout`` can only shorten the configured one. Raises
        ``QueryRefused``, ``QueryTooComplex``, ``QuerySyntaxError``, ``NotAcceptable``,
        ``Busy``, ``QueryTimeout``, ``QueryOutOfMemory``, ``WorkerLost``.
        """
        found = guard.inspect(text, self._settings)
        among = media.GRAPHS if guard.wants_graph(found) else media.SOLUTIONS
        if found.form is None:
            # Not a query at all: where it goes wrong matters more than the format.
            accept = asked = None
        fmt = media.choose(accept, among, asked)
        request = {
            "op": "query",
            "text": text,
            "format": fmt.name,
            "default_graphs": _list(default_graphs),
            "named_graphs": _list(named_graphs),
        }
        stream = await self._run(request, timeout)
        return Answer(
            fmt,
            _spelled(fmt, accept, asked),
            stream.whole(),
            stream.blocks(),
            stream.abandon,
            found.volatile,
        )

    async def describe(self, iri: str, fmt: media.Format, *, context: bool = False) -> bytes:
        """The bounded description of a thing; empty when nothing is said of it.

        With ``context``: also what points to it, and the labels of all that is named.
        Raises ``BadRequest`` when ``iri`` is not an IRI, and as ``query``.
        """
        request = {"op": "describe", "iri": iri, "format": fmt.name, "context": context}
        stream = await self._run(request, None)
        return b"".join([block async for block in stream.blocks()])

    async def _run(self, request: dict[str, Any], timeout: float | None) -> Stream:
        limit = self._settings.query_timeout
        seconds = limit if timeout is None else min(limit, timeout)
        try:
            return await self._attempt(request, seconds)
        except KeeperLost:
            # Not the query's fault, and asking twice changes nothing.
            return await self._attempt(request, seconds)

    async def _attempt(self, request: dict[str, Any], seconds: float) -> Stream:
        stream = Stream(await self._acquire(), seconds, self._release)
        await stream.begin(request)
        return stream

    async def _acquire(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.exit_code.done():
                return worker
        if self._supervisor is None or len(self._waiting) >= _MAX_WAITING:
            raise _busy()
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait({turn}, timeout=self._settings.queue_timeout)
        except asyncio.CancelledError:
            self._give_back(turn)
            raise
        if not turn.done():
            turn.cancel()
            self._waiting.remove(turn)
            raise _busy()
        return turn.result()

    def _give_back(self, turn: asyncio.Future[Worker]) -> None:
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self._offer(turn.result())
        elif turn in self._waiting:
            self._waiting.remove(turn)

    def _offer(self, worker: Worker) -> None:
        """Give a free worker to whoever has waited longest."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def _release(self, worker: Worker, reusable: bool) -> None:
        """Take a worker back, or replace it: one that worked long has copied most of the store."""
        if reusable and not worker.demoted and worker in self._workers:
            self._offer(worker)
        else:
            worker.kill()
            self._forget(worker)

    def _ended(self, worker: Worker | None) -> None:
        """A worker has died, or with ``None`` the keeper and all of them."""
        for gone in [worker] if worker else list(self._workers):
            self._forget(gone)

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        self._missing.set()

    async def _fill(self) -> None:
        """Bring the keeper and the workers to their number."""
        if self._keeper is None or self._keeper.lost:
            if self._keeper is not None:
                await self._keeper.stop()
                _log.warning("the keeper died; loading the release again")
            self._keeper = await Keeper.start(self._nquads, self._settings, self._ended)
        while len(self._workers) < self._size:
            worker = await self._keeper.spawn()
            self._protections = worker.protections
            self._workers.add(worker)
            self._offer(worker)

    async def _supervise(self) -> None:
        pause = 0.0
        while True:
            await self._missing.wait()
            self._missing.clear()
            try:
                await self._fill()
                pause = 0.0
            except (ClsGraphError, OSError) as error:
                _log.error("query processes could not be restarted: %s", error)
                pause = min(_LONGEST_PAUSE, pause * 2 or 0.1)
                await asyncio.sleep(pause)
                self._missing.set()


def _list(graphs: Sequence[str] | None) -> list[str] | None:
    return None if graphs is None else list(graphs)


def _spelled(fmt: media.Format, accept: str | None, asked: str | None) -> str:
    """The media type of a format in the client's words: its usual one, or an alias that was asked for."""
    if asked:
        return fmt.media_type
    return media.negotiate(accept, (fmt.media_type, *fmt.aliases)) or fmt.media_type


def _busy() -> Busy:
    return Busy(
        "Toutes les requêtes possibles sont en cours.",
        "As many queries as possible are running.",
        retry_after=2,
    )
