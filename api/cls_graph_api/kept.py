"""Answers kept in memory: a query of a release has one answer, so it is worked out once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

Key = tuple[object, ...]
_OVERHEAD = 1024
"""Bytes that an entry takes besides its body and its query, roughly and on the safe side."""


@dataclass(frozen=True)
class Kept:
    """A whole answer with the headers that belong to it."""

    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...]


class Cache:
    """The answers used last, as many as fit in ``limit`` bytes; 0 keeps none."""

    def __init__(self, limit: int) -> None:
        self.hits = 0
        self.misses = 0
        self.bytes = 0
        self._limit = limit
        self._entries: OrderedDict[Key, tuple[Kept, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Kept | None:
        """The answer for ``key``, if it is here."""
        found = self._entries.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._entries.move_to_end(key)
        return found[0]

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer, and let go of the oldest ones if there is no room."""
        size = len(kept.body) + _OVERHEAD + sum(len(part) * 4 for part in key if isinstance(part, str))
        # One answer does not push out all the others.
        if size > self._limit // 8 or key in self._entries:
            return
        self._entries[key] = (kept, size)
        self.bytes += size
        while self.bytes > self._limit:
            _, (_, freed) = self._entries.popitem(last=False)
            self.bytes -= freed
