"""Noticing that another release is to be served: a link that was moved, or a signal."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from cls_graph.errors import ClsGraphError
from cls_graph_api.site import NQUADS, Site

_log = logging.getLogger(__name__)
CURRENT = "current"
_SECONDS = 1.0

Marker = tuple[object, ...] | None


def release_in(folder: Path) -> Path:
    """The release that ``folder`` means now: what its link ``current`` leads to, else itself."""
    link = folder / CURRENT
    return (link if link.exists() else folder).resolve()


async def follow(site: Site, say: Callable[[str], None]) -> None:
    """Look at the remote store again and again, until cancelled; serve the release that is loaded into it."""
    told = False
    while True:
        await asyncio.sleep(site.settings.store_check)
        try:
            if await site.look():
                say(str(site.manifest["version"]))
            told = False
        except ClsGraphError as error:
            if not told:
                _log.error("%s", error)
            told = True


class Watch:
    """Follows the release that ``locate`` finds, for a site that serves it already.

    ``locate`` may take long (it may build the release), and is then only called after ``ask``: with
    ``look`` it is called every second, and cheap.
    """

    def __init__(
        self, site: Site, locate: Callable[[], Path], say: Callable[[str], None], *, look: bool
    ) -> None:
        self._site = site
        self._locate = locate
        self._say = say
        self._look = look
        self._asked = asyncio.Event()
        # What is there by now need not be what was loaded: the first look compares them.
        self._marker: Marker = None

    def ask(self) -> None:
        """Look now, and try a release again that could not be loaded."""
        self._asked.set()

    async def run(self) -> None:
        """Until cancelled. Whatever goes wrong, what is served stays, and the log says why."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SECONDS if self._look else None):
                    await self._asked.wait()
            asked = self._asked.is_set()
            self._asked.clear()
            marker = self._mark() if self._look else None
            if asked or (marker is not None and marker != self._marker):
                self._marker = marker
                await self._swap()

    async def _swap(self) -> None:
        try:
            folder = await asyncio.to_thread(self._locate)
            if await self._site.swap(folder):
                self._say(str(self._site.manifest["version"]))
        except ClsGraphError as error:
            _log.error("the new release is not served: %s", error)
        except OSError as error:
            _log.error("the new release is not served: %s", error)

    def _mark(self) -> Marker:
        """What changes when the release does; ``None`` while there is none."""
        try:
            folder = self._locate()
            stats = [(folder / name).stat() for name in ("manifest.json", NQUADS)]
        except (OSError, ClsGraphError):
            return None
        return (folder, *((s.st_ino, s.st_mtime_ns, s.st_size) for s in stats))
