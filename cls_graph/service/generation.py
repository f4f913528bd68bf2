"""One state of the data and the workers that answer from it: a release, or a store between two writes."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cls_graph.errors import Busy, ClsGraphError, CorpusError
from cls_graph.service.answer import KeeperLost, Stream
from cls_graph.service.keepers import Keeper
from cls_graph.service.processes import Child, Worker
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings

_log = logging.getLogger(__name__)
_LONGEST_PAUSE = 5.0
_WARM_SECONDS = 0.01
_CALM_SECONDS = 0.1

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where a generation comes from: what its keeper loads, and what is said of the data then.

    ``manifest`` makes the description of the data from a loaded keeper. ``changing``: the next
    generation may come at any time, so that workers are forked as they are needed.
    """

    path: Path | str
    manifest: Callable[[Keeper], Manifest] = field(default=lambda _: {})
    changing: bool = False
    digest: str = ""
    """SHA-256 of the file, when it is known: what is loaded again must be what was loaded first."""


class Generation:
    """A keeper and its workers; hands out requests, enforces deadlines, replaces what dies.

    Retired, it goes once nobody is pinned to it and its last query has ended.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        self.manifest: Manifest = {}
        self.pins = 0
        self.retired = False
        self.protections: list[str] = []
        self._source = source
        self._settings = settings
        self._size = max(1, settings.workers)
        self._keeper: Keeper | None = None
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._missing = asyncio.Event()
        self._supervisor: asyncio.Task[None] | None = None
        # How many workers there are beyond those that are needed: none, one, or all that may be.
        self._spare = 0 if source.changing else self._size
        self._gone: Callable[[Generation], None] = lambda _: None

    @property
    def keeper(self) -> Keeper:
        """The keeper; raises ``Busy`` while there is none."""
        if self._keeper is None or self._keeper.lost:
            raise busy()
        return self._keeper

    @property
    def changing(self) -> bool:
        """Whether the data is written to."""
        return self._source.changing

    @property
    def about(self) -> dict[str, Any]:
        """What is known of the remote store behind it; empty where there is none."""
        return self._keeper.about if self._keeper else {}

    @property
    def quads(self) -> int:
        """Quads in the store."""
        return self._keeper.quads if self._keeper else 0

    @property
    def workers(self) -> int:
        """Workers alive."""
        return len(self._workers)

    @property
    def ready(self) -> bool:
        """Whether there are workers, or can be at once."""
        alive = self._keeper is not None and not self._keeper.lost
        return bool(self._workers) or (alive and self._source.changing)

    @property
    def idle(self) -> int:
        """Workers that have nothing to do."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """Queries that wait for a worker."""
        return len(self._waiting)

    async def begin(self, keeper: Keeper | None = None) -> None:
        """Load the data, or take it over from a candidate, and fork the workers.

        Where the next write may come at any time, they are forked when a query asks for one, or when
        none has come for a while.

        Raises ``CorpusError`` for data that cannot be loaded, ``ServiceError`` when processes cannot
        be started; nothing is left running then.
        """
        try:
            if keeper is None:
                self._spare = self._size
            else:
                keeper.on_end = self._ended
                self._keeper = keeper
            await self._fill()
        except BaseException:
            await self.stop()
            raise
        self._supervisor = asyncio.create_task(self._supervise())
        if not self._spare:
            loop = asyncio.get_running_loop()
            loop.call_later(_WARM_SECONDS, self._grow, 1)
            loop.call_later(_CALM_SECONDS, self._grow, self._size)

    def retire(self, gone: Callable[[Generation], None]) -> None:
        """Take no new callers; ``gone`` is called when nobody needs it any more."""
        self.retired = True
        self._gone = gone
        self._settle()

    def pin(self) -> None:
        """Somebody may ask again: stay until ``unpin``."""
        self.pins += 1

    def unpin(self) -> None:
        """Undo ``pin``."""
        self.pins -= 1
        self._settle()

    async def stop(self) -> None:
        """Kill every process and wait until they are gone; does nothing when already stopped."""
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await supervisor
        if self._keeper is not None:
            await self._keeper.stop()
        self._workers.clear()
        self._idle.clear()
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(busy())

    async def run(self, request: dict[str, Any], seconds: float, ticket: Ticket | None = None) -> Stream:
        """Give a request to a worker; returns once its answer is whole or safely under way."""
        try:
            return await self._attempt(request, seconds, ticket)
        except KeeperLost:
            # Not the query's fault, and asking twice changes nothing.
            return await self._attempt(request, seconds, ticket)

    async def _attempt(self, request: dict[str, Any], seconds: float, ticket: Ticket | None) -> Stream:
        stream = Stream(await self._acquire(), seconds, self._release, ticket)
        await stream.begin(request)
        return stream

    async def _acquire(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.exit_code.done():
                return worker
        if self._supervisor is None or len(self._waiting) >= self._settings.queue_size:
            raise busy()
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._missing.set()
        try:
            await asyncio.wait({turn}, timeout=self._settings.queue_timeout)
        except asyncio.CancelledError:
            self._give_back(turn)
            raise
        if not turn.done():
            turn.cancel()
            self._waiting.remove(turn)
            raise busy()
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
        self._settle()

    def _release(self, worker: Worker, reusable: bool) -> None:
        """Take a worker back, or replace it: one that worked long has copied most of the store."""
        if reusable and not worker.demoted and worker in self._workers:
            self._offer(worker)
        else:
            worker.kill()
            self._forget(worker)

    def _ended(self, child: Child | None) -> None:
        """A child has died, or with ``None`` the keeper and all of them."""
        for gone in [child] if child else list(self._workers):
            if isinstance(gone, Worker):
                self._forget(gone)

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        self._missing.set()
        self._settle()

    def _settle(self) -> None:
        """Once retired: go, unless somebody is still served or may yet ask."""
        if self.retired and not self.pins and not self._waiting and len(self._workers) == len(self._idle):
            gone, self._gone = self._gone, lambda _: None
            gone(self)

    def _grow(self, spare: int) -> None:
        """No write has come for a while: fork more workers."""
        self._spare = spare
        if not self.retired:
            self._missing.set()

    def _wanted(self) -> int:
        """How many workers there should be now."""
        spare = 0 if self.retired else self._spare
        needed = len(self._workers) - len(self._idle) + len(self._waiting)
        return min(self._size, needed + spare)

    async def _fill(self) -> None:
        """Bring the keeper and the workers to their number."""
        if self._keeper is None or self._keeper.lost:
            if self.retired:
                # What it held cannot be had again: a store has gone on since.
                raise busy()
            if self._keeper is not None:
                await self._keeper.stop()
                _log.warning("the keeper died; loading the data again")
                await asyncio.to_thread(_same, self._source)
            self._keeper = await Keeper.start(self._source.path, self._settings, self._ended)
        self.manifest = self._source.manifest(self._keeper)
        while len(self._workers) < self._wanted():
            worker = await self._keeper.spawn()
            self.protections = worker.protections
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
                if self.retired:
                    return
                _log.error("query processes could not be restarted: %s", error)
                pause = min(_LONGEST_PAUSE, pause * 2 or 0.1)
                await asyncio.sleep(pause)
                self._missing.set()


def _same(source: Source) -> None:
    """Raise ``CorpusError`` when another release has come in the place of the one that is served."""
    if not source.digest:
        return
    assert isinstance(source.path, Path)
    try:
        with source.path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CorpusError(str(error), str(error)) from error
    if digest != source.digest:
        raise CorpusError(
            f"{source.path} n'est plus le fichier qui était servi.",
            f"{source.path} is no longer the file that was served.",
        )


def busy() -> Busy:
    """The error for a request that nobody is free to answer."""
    return Busy(
        "Toutes les requêtes possibles sont en cours.",
        "As many queries as possible are running.",
        retry_after=2,
    )
