"""The pool of a writable store: one write at a time, recorded before it is acknowledged or seen.

A write is done by a fork of the keeper. While queries go on, the fork says what came of
it; then the write goes into the journal, and the fork takes over as the keeper. So a
write is whole or not at all, can be killed, and is there for the very next request.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from cls_graph.errors import ClsGraphError, ServiceError, StorageFailed, WorkerLost
from cls_graph.reasons import reason
from cls_graph.service.applying import Outcome
from cls_graph.service.folder import description
from cls_graph.service.generation import Generation, Manifest, Source, busy
from cls_graph.service.journal import Journal
from cls_graph.service.keepers import Keeper
from cls_graph.service.operations import Operation, Verb
from cls_graph.service.pool import QueryPool
from cls_graph.service.snapshots import Snapshot
from cls_graph.service.trial import Trial
from cls_graph.settings import Settings

_log = logging.getLogger(__name__)
_MOST_WAITING = 64
_MOST_ENTRIES = 5000
"""Writes in a journal. Reading a snapshot is quicker, and sheds what the engine keeps of deletions."""

Check = Callable[[Path], Awaitable[None]]
"""Holds a dump of a store against the shapes; raises ``ShapesBroken``."""


class WritablePool(QueryPool):
    """Workers over the store in ``folder``, which no other service may open meanwhile."""

    def __init__(self, folder: Path, settings: Settings, check: Check | None = None) -> None:
        self._description = description(folder)
        super().__init__(folder, settings)
        self._source = Source(folder, self._manifest_of, changing=True)
        self._folder = folder
        self._check = check
        self._journal: Journal | None = None
        self._writing = asyncio.Lock()
        self._writers = 0

    async def start(self) -> None:
        """As ``QueryPool.start``; takes the folder first. Raises ``OutputError`` when it cannot be had."""
        if self._journal is None:
            self._journal = await asyncio.to_thread(Journal, self._folder)
        try:
            await super().start()
        except BaseException:
            self._close()
            raise

    async def stop(self) -> None:
        await super().stop()
        self._close()

    async def write(
        self, operation: Operation, *, strict: bool = False, timeout: float | None = None
    ) -> tuple[Outcome, Manifest]:
        """Do a write; it is on disk, and the next query sees it, when this returns.

        ``strict`` refuses a write after which the store breaks the shapes. Raises what ``apply`` does,
        ``QuerySyntaxError``, ``QueryTimeout``, ``QueryOutOfMemory``, ``ShapesBroken``, ``StorageFailed``,
        ``Busy`` and ``WorkerLost``; nothing has changed then.
        """
        if self._writers >= _MOST_WAITING or self._journal is None:
            raise busy()
        self._writers += 1
        try:
            limit = self._settings.write_timeout
            seconds = limit if timeout is None else min(limit, timeout)
            try:
                async with asyncio.timeout(limit):
                    await self._writing.acquire()
            except TimeoutError:
                raise busy() from None
            return await self._turn(operation, seconds, strict)
        finally:
            self._writers -= 1

    async def _turn(self, operation: Operation, seconds: float, strict: bool) -> tuple[Outcome, Manifest]:
        """One write, holding the lock, which is given back when it is over."""
        dump: Snapshot | None = None
        try:
            journal = self._held()
            dump = journal.snapshot(journal.number + 1)
            trial = await self._forked()
            outcome = await trial.run(operation, seconds, dump, always=strict)
            try:
                if strict and self._check is not None:
                    dump.flush()
                    await self._check(dump.path)
            except BaseException:
                trial.drop()
                raise
        except OSError as error:
            self._writing.release()
            _abandon(dump)
            raise _not_recorded(error) from error
        except BaseException:
            self._writing.release()
            _abandon(dump)
            raise
        # From here on a client that goes away changes nothing.
        task = self._background(self._commit(trial, operation, outcome, dump))
        task.add_done_callback(lambda _: self._writing.release())
        manifest = await asyncio.shield(task)
        return outcome, manifest

    async def _commit(self, trial: Trial, operation: Operation, outcome: Outcome, dump: Snapshot) -> Manifest:
        """Record the write and let its candidate take over; both are begun at once."""
        recorded, promoted = await asyncio.gather(
            asyncio.to_thread(self._record, operation, outcome, dump),
            self._promoted(trial),
            return_exceptions=True,
        )
        if isinstance(recorded, BaseException):
            if isinstance(promoted, Generation):
                await promoted.stop()
            raise _not_recorded(recorded) from recorded
        if isinstance(promoted, BaseException):
            _log.warning("the process of a write died after it was recorded; loading the store again")
            promoted = await self._reloaded()
        self._take_over(promoted)
        journal = self._held()
        size, entries = journal.pending
        if size > self._settings.journal_size or entries > _MOST_ENTRIES:
            self._background(self._compact())
        return promoted.manifest

    def _record(self, operation: Operation, outcome: Outcome, dump: Snapshot) -> None:
        if outcome.replayable:
            dump.abandon()
            self._held().append(operation.pack(quads=outcome.quads))
        else:
            dump.commit()

    async def _promoted(self, trial: Trial) -> Generation:
        generation = Generation(self._source, self._settings)
        await generation.begin(await trial.promote())
        return generation

    async def _reloaded(self) -> Generation:
        """A generation from what is on disk. Raises ``WorkerLost`` when it cannot be had."""
        try:
            return await self._loaded(self._source)
        except ClsGraphError as error:
            # What is served now is behind what is recorded: better nothing than that.
            if self._current is not None:
                self._current.keeper.kill()
            raise WorkerLost(
                "L'écriture est enregistrée, mais le service doit relire son dossier.",
                "The write is recorded, but the service has to read its folder again.",
                retry_after=2,
            ) from error

    async def _compact(self) -> None:
        """Write a snapshot in place of the journal, and begin again from it."""
        async with self._writing:
            journal = self._held()
            if not journal.pending[1]:
                return
            dump: Snapshot | None = None
            try:
                dump = journal.snapshot(journal.number)
                trial = await self._forked()
                await trial.run(Operation(Verb.NOTHING), self._settings.write_timeout, dump, always=True)
                trial.drop()
                await asyncio.to_thread(dump.commit)
                # The engine keeps what was deleted until it is loaded anew.
                self._take_over(await self._loaded(self._source))
            except (ClsGraphError, OSError) as error:
                _abandon(dump)
                _log.error("the journal could not be made a snapshot: %s", error)

    async def _forked(self) -> Trial:
        """A candidate; waits while the keeper is being started again. Raises ``ServiceError``."""
        end = asyncio.get_running_loop().time() + self._settings.queue_timeout
        while True:
            try:
                return await Trial.begin(self.generation.keeper)
            except ServiceError:
                # Nothing has been done yet.
                if asyncio.get_running_loop().time() > end:
                    raise
            await asyncio.sleep(0.05)

    def _held(self) -> Journal:
        if self._journal is None:
            raise busy()
        return self._journal

    def _close(self) -> None:
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close()

    def _manifest_of(self, keeper: Keeper) -> Manifest:
        """What the store began as, with the number of its last write as version and digest."""
        manifest: Manifest = dict(self._description["manifest"])
        version = manifest.get("version")
        manifest["version"] = f"{version}+{keeper.number}" if version else str(keeper.number)
        manifest["digest"] = f"{self._description['id']}-{keeper.number}"
        manifest["counts"] = {"quads": keeper.quads}
        return manifest


def _abandon(dump: Snapshot | None) -> None:
    if dump is not None:
        with contextlib.suppress(OSError):
            dump.abandon()


def _not_recorded(error: BaseException) -> StorageFailed:
    said = reason(error)
    return StorageFailed(
        f"L'écriture n'a pas pu être enregistrée ({said['fr']}) ; rien n'a changé.",
        f"The write could not be recorded ({said['en']}); nothing has changed.",
    )
