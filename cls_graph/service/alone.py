"""Questions answered in this process: for a program that has the data for itself and asks what it knows.

There is no deadline and no sandbox here. What a stranger asks goes to ``QueryPool``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pyoxigraph as ox

from cls_graph.service.asking import Asking, Tickets
from cls_graph.service.generation import Manifest
from cls_graph.service.rows import Cut
from cls_graph.service.ticket import Ticket
from cls_graph.service.worker import perform
from cls_graph.settings import Settings
from cls_graph.store import Store


class Alone(Asking):
    """One release and whoever asks of it, in one process. It is its own view, and needs no start."""

    started = True
    changing = False
    about: dict[str, Any] = {}
    ready = True
    workers = idle = waiting = 0

    def __init__(self, store: Store, settings: Settings, manifest: Manifest) -> None:
        self._store, self._settings, self._manifest = store, settings, manifest

    @property
    def manifest(self) -> Manifest:
        return self._manifest

    @property
    def quads(self) -> int:
        return len(self._store)

    @property
    def sandbox(self) -> list[str]:
        return []

    def view(self, tickets: Tickets = Ticket) -> Alone:
        """Itself: what it answers from does not change, and nobody's share is counted."""
        return self

    def close(self) -> None:
        """Nothing to let go of."""

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def statements(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        return self.known(iri, infer=infer)

    def known(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The same without an event loop."""
        return sorted(set(self._store.describe_with_context(iri, infer=infer)), key=str)

    async def _run(
        self, request: dict[str, Any], timeout: float | None, ticket: Ticket | None = None
    ) -> _Whole:
        out = _Whole()
        perform(out, self._store, self._settings, request)
        return out


class _Whole:
    """An answer, all of which is there."""

    def __init__(self) -> None:
        self.cut: Cut | None = None
        self._data = bytearray()

    def write(self, data: bytes, /) -> int:
        self._data += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def written(self) -> int:
        return len(self._data)

    def whole(self) -> bytes:
        return bytes(self._data)

    async def blocks(self) -> AsyncIterator[bytes]:
        if self._data:
            yield bytes(self._data)

    def abandon(self) -> None:
        """It has ended already."""
