"""Old releases, held in memory while they are asked: few at a time, the one asked least lately goes first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace

from cls_graph.errors import Busy, ClsGraphError, ReleaseDamaged
from cls_graph.release.archive import Kept
from cls_graph.release.build import NQUADS
from cls_graph.service.asking import Tickets, View
from cls_graph.service.pool import QueryPool
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings

_WORKERS = 2
_MOST_WAITING = 16


class Shelf:
    """Pools over old releases, each loaded when it is first asked. On the event loop that queries."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, workers=min(_WORKERS, settings.workers))
        self._pools: OrderedDict[str, QueryPool] = OrderedDict()
        self._loading = asyncio.Lock()
        self._waiting = 0

    @property
    def held(self) -> list[str]:
        """The digests of the releases in memory, the one asked last at the end."""
        return list(self._pools)

    async def view(self, kept: Kept, tickets: Tickets = Ticket) -> View:
        """A release to ask, held until the view is closed (see ``QueryPool.view``).

        Raises ``ReleaseDamaged``, and ``Busy`` where too many wait for an old release to be loaded.
        """
        pool = self._pools.get(kept.digest)
        if pool is None:
            if self._waiting >= _MOST_WAITING:
                raise Busy(
                    "D'autres versions anciennes sont en cours de chargement.",
                    "Other old versions are being loaded.",
                    retry_after=10,
                )
            self._waiting += 1
            try:
                async with self._loading:
                    pool = self._pools.get(kept.digest) or await self._load(kept)
            finally:
                self._waiting -= 1
        self._pools.move_to_end(kept.digest)
        return pool.view(tickets)

    async def _load(self, kept: Kept) -> QueryPool:
        if not await asyncio.to_thread(lambda: kept.intact):
            raise _damaged(kept)
        while len(self._pools) >= self._settings.old_releases:
            # Gone before the next is loaded: memory is what is bounded.
            _, oldest = self._pools.popitem(last=False)
            await oldest.leave()
        pool = QueryPool(kept.folder / NQUADS, self._settings, dict(kept.manifest))
        try:
            await pool.start()
        except ClsGraphError as error:
            raise _damaged(kept) from error
        self._pools[kept.digest] = pool
        return pool

    async def stop(self) -> None:
        """Kill every process of old releases."""
        async with self._loading:
            while self._pools:
                _, pool = self._pools.popitem()
                await pool.stop()


def _damaged(kept: Kept) -> ReleaseDamaged:
    return ReleaseDamaged(
        f"Les fichiers de la version {kept.version} n'ont plus l'empreinte de leur manifeste.",
        f"The files of version {kept.version} no longer have the digest of their manifest.",
    )
