"""Breadth-first searches from many nodes at once, and what of the shortest ways leads through each node.

A whole number stands for one quantity in all searches: search ``i`` has the bits from ``i * width`` on (its
field). To add two such numbers adds in every field, which is some hundred times as fast as search by search.
No field ever runs over into the next: see ``Searches.scores``.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence

TOGETHER = 512
"""Searches at once: more take more memory and no less time."""

FIELD = 64
"""Bits of a field, enough for any number of shortest ways that is likely."""

_QUICK = 8 if sys.byteorder == "little" else 0
"""Bytes of a field that an array reads at once."""


class Searches:
    """Searches from ``sources`` in a graph of classes: ``near`` are the neighbours, ``sizes`` the members."""

    def __init__(
        self,
        near: Sequence[Sequence[int]],
        sizes: Sequence[int],
        ends: Sequence[bool],
        sources: Sequence[int],
        width: int = FIELD,
    ) -> None:
        """No way leads on through ``ends``. ``width``: see ``FIELD``."""
        self._near, self._sizes, self._ends, self._sources, self._width = near, sizes, ends, sources, width
        self._through = [[other for other in row if not ends[other]] for row in near]
        self._ones = sum(1 << (width * i) for i in range(len(sources)))
        self._tops = self._ones << (width - 1)

    def scores(self) -> list[float] | None:
        """What leads through a member of each class, over all pairs of a source and another node.

        ``None`` where a number of shortest ways may be too large for a field. Shares of ways are whole
        numbers of ``unit``: all that a level passes on is at most that of all members, which has room.
        """
        if not self._search():
            return None
        unit = 1 << (self._width - 2 - sum(self._sizes).bit_length())
        parts = [self._packed([unit // n if n else 0 for n in self._unpacked(ways)]) for ways in self._ways]
        onward = [0] * len(self._near)
        below = [0] * len(self._near)
        for depth in range(len(self._levels) - 1, 0, -1):
            level = self._levels[depth]
            passed = [0] * len(self._near)
            for here, mask in enumerate(level):
                if mask:
                    more = 0
                    if not self._ends[here]:
                        more = sum(map(below.__getitem__, self._near[here])) & mask
                        onward[here] |= more
                    passed[here] = self._sizes[here] * ((parts[here] & mask) + more)
            below = passed
        members = [self._sizes[source] for source in self._sources]
        return [
            sum(map(_product, members, self._unpacked(ways), self._unpacked(more))) / unit if more else 0.0
            for ways, more in zip(self._ways, onward, strict=True)
        ]

    def _search(self) -> bool:
        """Find levels and the number of shortest ways to each class; false where a field may be too small."""
        full = (self._ones << self._width) - self._ones
        front = [0] * len(self._near)
        for place, source in enumerate(self._sources):
            front[source] = 1 << (self._width * place)
        unseen = [full ^ self._filled(start) for start in front]
        self._ways, self._levels = list(front), [[0] * len(self._near)]
        most, starting = 1, True
        while any(front):
            # What comes into a node is at most so many times what any of its neighbours has.
            widest = max(sum(1 if starting else self._sizes[other] for other in row) for row in self._near)
            if self._full(most * widest):
                most = max(max(self._unpacked(ways)) for ways in front)
                if self._full(most * widest):
                    return False
            most *= widest
            near = self._near if starting else self._through
            passing = front if starting else [n * size for n, size in zip(front, self._sizes, strict=True)]
            front, level = [0] * len(front), [0] * len(front)
            for here, row in enumerate(near):
                ways = sum(map(passing.__getitem__, row)) & unseen[here]
                if ways:
                    level[here] = self._filled(ways)
                    unseen[here] ^= level[here]
                    self._ways[here] |= ways
                    front[here] = ways
            self._levels.append(level)
            starting = False
        return True

    def _full(self, number: int) -> bool:
        """Whether a number may be too large for a field."""
        return bool(number >> (self._width - 2))

    def _filled(self, number: int) -> int:
        """All bits of the fields that are not zero, none of the others; the top bit of each must be free."""
        tops = (number + (self._tops - self._ones)) & self._tops
        return (tops << 1) - (tops >> (self._width - 1))

    def _unpacked(self, number: int) -> Sequence[int]:
        """The fields, search by search."""
        step = self._width // 8
        body = number.to_bytes(step * len(self._sources), "little")
        if step == _QUICK:
            return array("Q", body)
        return [int.from_bytes(body[i : i + step], "little") for i in range(0, len(body), step)]

    def _packed(self, fields: Sequence[int]) -> int:
        step = self._width // 8
        if step == _QUICK:
            return int.from_bytes(array("Q", fields).tobytes(), "little")
        return int.from_bytes(b"".join([field.to_bytes(step, "little") for field in fields]), "little")


def _product(members: int, ways: int, more: int) -> int:
    return members * ways * more
