"""Where the nodes of a small network go: forces between them, the same places each time.

Linked nodes pull each other, near ones push each other away (Fruchterman and Reingold, 1991, with the
grid that they propose so that distant pairs cost nothing). Parts that nothing links are laid out apart
and set side by side. No chance in it: the start is a spiral, in an order that the links give.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache

Point = tuple[float, float]
_ROUNDS = 110
_REACH = 2.4
"""How far nodes push, in lengths of a link; in a part of ``_FEW`` nodes at most, all push all."""
_FEW = 60
_TURN = math.pi * (3 - math.sqrt(5))
_APART = 1.4


def layout(nodes: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """The place of each node; the length of a link is about 1, and the least coordinates are 0.

    A few hundred nodes take less than a second; a picture that is drawn again, in the other language, takes
    its places from the last one.
    """
    return dict(_laid_out(tuple(nodes), tuple(links)))


@lru_cache(maxsize=32)
def _laid_out(nodes: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> dict[str, Point]:
    near: dict[str, set[str]] = {node: set() for node in nodes}
    for one, other in links:
        if one != other and one in near and other in near:
            near[one].add(other)
            near[other].add(one)
    parts = [_placed(part, near) for part in _parts(near)]
    return _side_by_side(parts)


def _parts(near: dict[str, set[str]]) -> list[list[str]]:
    """The connected parts, largest first; in each, the nodes outwards from the one with most links."""
    found, seen = [], set[str]()
    for start in sorted(near, key=lambda node: (-len(near[node]), node)):
        if start in seen:
            continue
        part, waiting = [], deque([start])
        seen.add(start)
        while waiting:
            node = waiting.popleft()
            part.append(node)
            for other in sorted(near[node] - seen, key=lambda n: (-len(near[n]), n)):
                seen.add(other)
                waiting.append(other)
        found.append(part)
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _placed(part: list[str], near: dict[str, set[str]]) -> dict[str, Point]:
    """The places of the nodes of one part."""
    index = {node: i for i, node in enumerate(part)}
    pulls = [(index[a], index[b]) for a in part for b in near[a] if index[a] < index[b]]
    return dict(zip(part, _settled(len(part), tuple(sorted(pulls))), strict=True))


@lru_cache(maxsize=1024)
def _settled(size: int, pulls: tuple[tuple[int, int], ...]) -> list[Point]:
    """The places of nodes that are known by number. Many small networks have the same form."""
    xs = [0.9 * math.sqrt(i) * math.cos(i * _TURN) for i in range(size)]
    ys = [0.9 * math.sqrt(i) * math.sin(i * _TURN) for i in range(size)]
    hot = 0.35 * math.sqrt(size)
    for round_ in range(_ROUNDS if size > 1 else 0):
        dx, dy = [0.0] * size, [0.0] * size
        _push(xs, ys, dx, dy)
        for a, b in pulls:
            x, y = xs[a] - xs[b], ys[a] - ys[b]
            force = math.sqrt(x * x + y * y)
            dx[a] -= x * force
            dy[a] -= y * force
            dx[b] += x * force
            dy[b] += y * force
        step = hot * (1 - round_ / _ROUNDS) + 0.01
        for i in range(size):
            # A light pull to the middle, so that long chains do not run off.
            x, y = dx[i] - 0.03 * xs[i], dy[i] - 0.03 * ys[i]
            length = math.sqrt(x * x + y * y) or 1.0
            xs[i] += x / length * min(step, length)
            ys[i] += y / length * min(step, length)
    return list(zip(xs, ys, strict=True))


def _push(xs: list[float], ys: list[float], dx: list[float], dy: list[float]) -> None:
    """Add to ``dx`` and ``dy`` how nodes push each other away."""
    if len(xs) <= _FEW:
        _push_all(xs, ys, dx, dy)
        return
    cells: dict[tuple[int, int], list[int]] = {}
    for i in range(len(xs)):
        cells.setdefault((int(xs[i] // _REACH), int(ys[i] // _REACH)), []).append(i)
    for (column, row), inside in cells.items():
        around = [
            j
            for c in (column - 1, column, column + 1)
            for r in (row - 1, row, row + 1)
            for j in cells.get((c, r), ())
        ]
        for i in inside:
            x0, y0, fx, fy = xs[i], ys[i], 0.0, 0.0
            for j in around:
                if i != j:
                    x, y = x0 - xs[j], y0 - ys[j]
                    near = x * x + y * y
                    if near < 1e-6:
                        # Two in one place part in a direction of their own.
                        x, y, near = math.cos(i), math.sin(i), 1.0
                    if near < _REACH * _REACH:
                        fx += x / near
                        fy += y / near
            dx[i] += fx
            dy[i] += fy


def _push_all(xs: list[float], ys: list[float], dx: list[float], dy: list[float]) -> None:
    """The same where all push all: what one gives another it gets back."""
    for i, (x0, y0) in enumerate(zip(xs, ys, strict=True)):
        fx, fy = dx[i], dy[i]
        for j in range(i + 1, len(xs)):
            x, y = x0 - xs[j], y0 - ys[j]
            near = x * x + y * y
            if near < 1e-6:
                fx += math.cos(i)
                fy += math.sin(i)
                dx[j] += math.cos(j)
                dy[j] += math.sin(j)
                continue
            x /= near
            y /= near
            fx += x
            fy += y
            dx[j] -= x
            dy[j] -= y
        dx[i], dy[i] = fx, fy


def _side_by_side(parts: list[dict[str, Point]]) -> dict[str, Point]:
    """All parts in rows, about half as wide again as high."""
    boxes = []
    for part in parts:
        xs, ys = [x for x, _ in part.values()], [y for _, y in part.values()]
        boxes.append((min(xs), min(ys), max(xs) - min(xs) + _APART, max(ys) - min(ys) + _APART))
    area = sum(width * height for _, _, width, height in boxes)
    limit = max([math.sqrt(area * 1.6), *(width for _, _, width, _ in boxes)])
    places: dict[str, Point] = {}
    left = top = tallest = 0.0
    for part, (x0, y0, width, height) in zip(parts, boxes, strict=True):
        if left and left + width > limit:
            left, top, tallest = 0.0, top + tallest, 0.0
        for node, (x, y) in part.items():
            places[node] = (round(x - x0 + left, 3), round(y - y0 + top, 3))
        left, tallest = left + width, max(tallest, height)
    return places
