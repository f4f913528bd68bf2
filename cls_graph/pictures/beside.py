"""Where the names of nodes stand in a still picture: by their nodes, as long as fits, on no other name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cls_graph.pictures.svg import fitted, width_of

SIZE = 11.5
"""The height of the letters."""
_SHORT = (150, 80)
"""How wide a name is at first, so that it leaves room for others; it grows where there is some."""
_FEW = 8
"""The names that matter so much that they may cover nodes where there is no other room."""
_EDGE = 2
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a name is before its anchor."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Placed:
    """A name, cut where there is no room for all of it, and where it stands.

    ``anchor`` says which part of it is at ``x``: ``start``, ``middle`` or ``end``.
    """

    said: str
    anchor: str
    x: float
    base: float

    @property
    def box(self) -> Box:
        """What it covers."""
        wide = width_of(self.said, SIZE)
        left = self.x - _BEFORE[self.anchor] * wide
        return (left, self.base - SIZE, left + wide, self.base + 3)


def beside(
    names: Mapping[str, tuple[str, str]], nodes: Mapping[str, Box], room: tuple[float, float], hubs: int
) -> list[Placed]:
    """The ``names`` that find a place, those that matter most first: each brief, and in full.

    ``nodes`` are the boxes of all nodes, by id; ``room`` is the width and height of the place. The first
    ``hubs`` names are cut short, so that as many as can be have a place, and then have what room is left, in
    full where it fits; after them the others. Only the very first may cover nodes.
    """
    found: dict[str, Placed] = {}
    order = list(names)
    bold = frozenset(order[: min(hubs, _FEW)])
    for part in (order[:hubs], order[hubs:]):
        placed = [node for node in part if _place(node, names[node][0], nodes, found, room, node in bold)]
        for node in placed:
            if found[node].said != names[node][1]:
                taken = [one.box for other, one in found.items() if other != node]
                taken += [box for box in nodes.values() if not _meet(box, found[node].box)]
                found[node] = _grown(names[node], found[node], nodes[node], taken, room)
    return list(found.values())


def _place(
    node: str,
    name: str,
    nodes: Mapping[str, Box],
    found: dict[str, Placed],
    room: tuple[float, float],
    bold: bool,
) -> bool:
    """Whether a place is found for a name, cut short; where it is ``bold``, it may cover nodes."""
    taken = [one.box for one in found.values()]
    shorter = [fitted(name, wide, SIZE) for wide in _SHORT]
    spots = [one for said in shorter for one in _spots(said, nodes[node])]
    spots += [one for said in shorter for one in _corners(said, nodes[node])]
    free = [one for one in spots if _inside(one.box, room) and not _covers(one.box, taken)]
    clear = (one for one in free if not _covers(one.box, nodes.values()))
    place = next(clear, free[0] if free and bold else None)
    if place:
        found[node] = place
    return place is not None


def _spots(said: str, node: Box) -> list[Placed]:
    """To the right of the node, to its left, above and below."""
    x, y = (node[0] + node[2]) / 2, (node[1] + node[3]) / 2
    return [
        Placed(said, "start", x + 13, y + 4),
        Placed(said, "end", x - 13, y + 4),
        Placed(said, "middle", x, y - 14),
        Placed(said, "middle", x, y + 22),
    ]


def _corners(said: str, node: Box) -> list[Placed]:
    """Beside the node and above or below it."""
    left, top, right, bottom = node
    return [
        Placed(said, anchor, x, base)
        for anchor, x in (("start", right + 2), ("end", left - 2))
        for base in (top, bottom + SIZE - 2)
    ]


def _grown(
    name: tuple[str, str], place: Placed, node: Box, taken: Sequence[Box], room: tuple[float, float]
) -> Placed:
    """The name as long as there is room for, at the spot that has most; ``place`` where none has more."""
    best = place
    for spot, wide in enumerate(_rooms(node, taken, room)):
        brief, full = name
        said = full if width_of(full, SIZE) <= wide else fitted(brief, wide, SIZE)
        if len(said) > len(best.said) and width_of(said, SIZE) <= wide:
            best = _spots(said, node)[spot]
    return best


def _rooms(node: Box, taken: Sequence[Box], room: tuple[float, float]) -> list[float]:
    """How wide a name may be at each of the spots."""
    right, left, above, below = _spots("", node)
    x, width = above.x, room[0]

    def around(spot: Placed) -> list[Box]:
        _, top, _, bottom = spot.box
        return [box for box in taken if box[1] < bottom and top < box[3]]

    def half(spot: Placed) -> float:
        ends = [x - _EDGE, width - _EDGE - x, *(max(b[0] - x, x - b[2]) for b in around(spot))]
        return min(ends) if _inside(spot.box, room) else 0.0

    return [
        min([width - _EDGE, *(b[0] for b in around(right) if b[2] > right.x)]) - right.x,
        left.x - max([_EDGE, *(b[2] for b in around(left) if b[0] < left.x)]),
        2 * half(above),
        2 * half(below),
    ]


def _inside(box: Box, room: tuple[float, float]) -> bool:
    return min(box[0], box[1], room[0] - box[2], room[1] - box[3]) >= _EDGE


def _covers(box: Box, others: Iterable[Box]) -> bool:
    return any(_meet(box, other) for other in others)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
