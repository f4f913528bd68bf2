"""The index of the release that is served, read once and kept: the pages' only memory."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from cls_graph.errors import ClsGraphError
from cls_graph_api.pages.model import Index
from cls_graph_api.pages.reading import read_index

if TYPE_CHECKING:
    from cls_graph_api.site import Site

KEPT = 2
"""Releases of which an index is kept: the one that is served, and the one before while it drains."""

LARGE = 100_000
"""Quads from which the index is read as the service starts."""

UNKNOWN_SECONDS = 30.0
"""How long an index stands where nobody says when the data changes."""


class Indexes:
    """The indexes of the last releases, by digest. Those who ask while one is read wait for it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[asyncio.Task[Index], float]] = OrderedDict()

    async def of(self, site: Site) -> Index:
        """The index of what ``site`` serves now. Raises as ``QueryPool.query``."""
        digest = str(site.manifest["digest"])
        task, since = self._kept.get(digest, (None, 0.0))
        old = not digest and self._clock() - since > UNKNOWN_SECONDS
        if task is None or old or (task.done() and (task.cancelled() or task.exception())):
            task = asyncio.get_running_loop().create_task(read_index(site.pool))
            self._kept[digest] = (task, self._clock())
            self._kept.move_to_end(digest)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        # Whoever asks may leave; the others still want it.
        return await asyncio.shield(task)


async def warm(site: Site) -> None:
    """Read the index of a large release before anybody asks for it; of a small one it takes no time."""
    if site.pool.quads >= LARGE:
        with contextlib.suppress(ClsGraphError):
            await index_of(site)


async def index_of(site: Site) -> Index:
    """The index of the release that ``site`` serves. Raises as ``QueryPool.query``."""
    return await site.indexes.of(site)
