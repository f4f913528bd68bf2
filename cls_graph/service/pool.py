"""The pool: one generation answers, the next is made ready beside it, and takes over between two requests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from cls_graph.service.asking import Answer, Asking, Tickets, View
from cls_graph.service.generation import Generation, Manifest, Source, busy
from cls_graph.service.smoke import checked
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings

__all__ = ["Answer", "QueryPool", "View"]

_MOST_RETIRED = 16
"""Generations that may wait for their last query; past it the oldest is ended."""
_GRACE_SECONDS = 10.0


class QueryPool(Asking):
    """Workers over one release, then another. ``start`` and ``stop`` on the event loop that queries."""

    def __init__(self, nquads: Path | str, settings: Settings, manifest: Manifest | None = None) -> None:
        """``nquads`` is the file of a release with its ``manifest``, or the address of a remote store."""
        self._settings = settings
        self._source = _remote(nquads) if isinstance(nquads, str) else _release(nquads, manifest or {})
        self._current: Generation | None = None
        self._retired: list[Generation] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._changing = asyncio.Lock()

    @property
    def generation(self) -> Generation:
        if self._current is None:
            raise busy()
        return self._current

    @property
    def started(self) -> bool:
        """Whether there is data to answer from."""
        return self._current is not None

    @property
    def quads(self) -> int:
        return self._current.quads if self._current else 0

    @property
    def about(self) -> dict[str, Any]:
        return self._current.about if self._current else {}

    @property
    def workers(self) -> int:
        return self._current.workers if self._current else 0

    @property
    def ready(self) -> bool:
        return self._current is not None and self._current.ready

    @property
    def idle(self) -> int:
        return self._current.idle if self._current else 0

    @property
    def waiting(self) -> int:
        return self._current.waiting if self._current else 0

    @property
    def sandbox(self) -> list[str]:
        return list(self._current.protections) if self._current else []

    def view(self, tickets: Tickets = Ticket) -> View:
        """The generation that answers now, held until the view is closed.

        ``tickets`` makes those of the queries that are asked of the view without one.
        """
        return View(self.generation, self._settings, tickets)

    async def start(self) -> None:
        """Load the data and fork the workers; does nothing when already started.

        Raises ``CorpusError`` for data that cannot be loaded, ``ServiceError`` when processes cannot
        be started; nothing is left running then.
        """
        async with self._changing:
            if self._current is None:
                self._current = await self._loaded(self._source)

    async def stop(self) -> None:
        """Kill every process and wait until they are gone; does nothing when already stopped."""
        for task in list(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task
        current, self._current = self._current, None
        for generation in [*self._retired, *([current] if current else [])]:
            await generation.stop()
        self._retired.clear()

    async def leave(self) -> None:
        """Take no new callers, let those that are there end for a while, then stop."""
        before, self._current = self._current, None
        if before is not None:
            gone = asyncio.Event()
            before.retire(lambda _: gone.set())
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.query_timeout + _GRACE_SECONDS):
                    await gone.wait()
            await before.stop()
        await self.stop()

    async def swap(self, nquads: Path, manifest: Manifest) -> None:
        """Load a release beside the one that is served, check it, and let it take over.

        Nobody waits meanwhile, and queries that run end where they began. Raises ``CorpusError``
        for a release that cannot be loaded or is not what its manifest says; nothing changes then.
        """
        async with self._changing:
            source = _release(nquads, manifest)
            generation = await self._loaded(source)
            try:
                await checked(generation, manifest, self._settings)
            except BaseException:
                await generation.stop()
                raise
            self._source = source
            self._take_over(generation)

    async def renew(self) -> None:
        """Look at the remote store anew, with new workers. Raises as ``start``; nothing changes then."""
        async with self._changing:
            self._take_over(await self._loaded(self._source))

    async def _loaded(self, source: Source) -> Generation:
        generation = Generation(source, self._settings)
        await generation.begin()
        return generation

    def _take_over(self, generation: Generation) -> None:
        """From now on ``generation`` answers; the one before goes when its last query has ended."""
        before, self._current = self._current, generation
        if before is None:
            return
        self._retired.append(before)
        before.retire(self._end)
        if before in self._retired:
            seconds = self._settings.query_timeout + _GRACE_SECONDS
            asyncio.get_running_loop().call_later(seconds, self._end, before)
        while len(self._retired) > _MOST_RETIRED:
            self._end(self._retired[0])

    def _end(self, generation: Generation) -> None:
        if generation in self._retired:
            self._retired.remove(generation)
            self._background(generation.stop())

    def _background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _remote(url: str) -> Source:
    return Source(url, lambda keeper: dict(keeper.about.get("manifest", {})))


def _release(nquads: Path, manifest: Manifest) -> Source:
    return Source(nquads, lambda _: manifest, digest=str(manifest.get("digest", "")))
