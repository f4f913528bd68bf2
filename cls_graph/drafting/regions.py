"""The order in which a page is read: columns one after the other, tables row by row, boxes apart."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cls_graph.drafting.columns import is_table
from cls_graph.drafting.typeset import SAME_LINE, Line

BETWEEN = 0.7
"""The least room between two columns, in sizes of the type."""
BESIDE = 0.9
"""How far the base lines of two lines may be apart that stand side by side."""
ROOM = 1.2
"""Room between rows of a table, in the room between the lines of a paragraph."""
LONG_CELL = 5
"""Lines of a cell, above which columns are read one after the other."""
FAR = 3.2
"""Room between a running head and the text, in sizes of the type."""
BOX = 0.4
"""The part of the width of the text that a box beside it takes at most."""
DEEPEST = 6


def ordered(lines: list[Line], depth: int = 0) -> list[Line]:
    """The lines of a page, or of a part of it, as they are read."""
    lines = sorted(lines, key=lambda li: (-li.base, li.left))
    if not depth and (parts := _framed(lines)):
        return [line for part in parts if part for line in _apart(ordered(part, 1))]
    gutter = _gutter(lines) if depth < DEEPEST else 0.0
    if not gutter:
        return measured(rows_joined(lines), depth)
    out: list[Line] = []
    late: list[Line] = []
    plain: list[Line] = []
    bands = list(_bands(lines, gutter))
    for at, (band, double) in enumerate(bands):
        if not double:
            joined = rows_joined(band)
            plain += joined
            out += joined
            continue
        left, right = _sides(band, gutter)
        if rows := table(left, right):
            out += _apart(rows)
            continue
        below = bands[at + 1][0][0] if at + 1 < len(bands) else None
        out += _apart(ordered(left, depth + 1))
        if below and (_goes_on(left[-1], below) or _is_box(right, lines)):
            late += _apart(ordered(right, depth + 1))
        else:
            out += _apart(ordered(right, depth + 1))
            if below:
                below.apart = True
    measured(plain, depth)
    return out + late


def _framed(lines: list[Line]) -> list[list[Line]]:
    """The first and the last row and what is between, where wide room parts them; empty where none is so."""
    head = next((at for at, (a, b) in enumerate(pairwise(lines), 1) if a.base - b.base > 2), 0)
    foot = next((at for at in range(len(lines) - 1, 0, -1) if lines[at - 1].base - lines[at].base > 2), 0)
    above = head if head and lines[head - 1].base - lines[head].base > FAR * lines[head].size else 0
    below = foot if foot and lines[foot - 1].base - lines[foot].base > FAR * lines[foot].size else len(lines)
    if (not above and below == len(lines)) or above >= below:
        return []
    return [lines[:above], lines[above:below], lines[below:]]


def _apart(lines: list[Line]) -> list[Line]:
    lines[0].apart = True
    return lines


def _goes_on(line: Line, below: Line) -> bool:
    """Whether a column goes on below the box beside it, as one paragraph."""
    near = line.base - below.base < 1.7 * line.size
    return near and abs(line.size - below.size) < 0.06 * line.size and abs(line.left - below.left) < 3


def _is_box(right: list[Line], lines: list[Line]) -> bool:
    """Whether the right side is a box beside the text, and no column of it."""
    begin, end = min(li.left for li in right), max(li.right for li in right)
    return end - begin < BOX * (max(li.right for li in lines) - min(li.left for li in lines))


def measured(lines: list[Line], depth: int) -> list[Line]:
    """The lines of a column, told where it begins and ends."""
    if not lines:
        return lines
    start, edge = min(li.left for li in lines), max(li.right for li in lines)
    for line in lines:
        line.edge, line.indent, line.depth = edge, line.inner - start, depth
    return lines


def rows_joined(lines: list[Line]) -> list[Line]:
    """Lines of one base line as one, with the room of a table between them, or that of a stretched line."""
    out: list[Line] = []
    edge = max(line.right for line in lines)
    lefts = Counter(round(line.left) for line in lines)
    for line in lines:
        if out and abs(out[-1].base - line.base) < SAME_LINE * line.size and line.left > out[-1].right:
            stretched = edge - line.right < 1 and lefts[round(line.left)] == 1
            room = " " if stretched else "    "
            out[-1] = replace(out[-1], text=f"{out[-1].text}{room}{line.text}", right=line.right)
        else:
            out.append(line)
    return out


def _gutter(lines: list[Line]) -> float:
    """The left edge of what stands beside something else, on most lines; 0 where nothing does."""
    best, found = 1, 0.0
    edges = sorted({round(li.left, 0) for li in lines})
    for edge in edges[1:]:
        pairs = sum(len(_beside(*_sides(band, edge))) for band, double in _bands(lines, edge) if double)
        if pairs > best:
            best, found = pairs, edge
    return found


def _bands(lines: list[Line], gutter: float) -> Iterator[tuple[list[Line], bool]]:
    """The lines in runs of those that cross a place and those that stand at both of its sides."""
    band: list[Line] = []
    for line in lines:
        if line.left < gutter - 1 and line.right > gutter - BETWEEN * line.size:
            yield from _parted(band, gutter)
            yield [line], False
            band = []
        else:
            band.append(line)
    yield from _parted(band, gutter)


def _parted(band: list[Line], gutter: float) -> Iterator[tuple[list[Line], bool]]:
    """A run without what stands above the other side, or far below it."""
    left, right = _sides(band, gutter)
    pairs = _beside(left, right)
    if len(pairs) < 2:
        yield from [(band, False)] if band else []
        return
    top = max(a.base for a, _ in pairs) + 0.5
    above = [li for li in band if li.base > top + 1 and li.left < gutter - 1]
    rest = [li for li in band if li not in above]
    foot = min(li.base for li in _sides(rest, gutter)[1])
    lower = [li for li in rest if li.base < foot - 1]
    low = [li for li in rest if li.base <= foot + 1 and li.left < gutter - 1]
    far = (b.base for a, b in pairwise(low) if b.base < foot - 1 and a.base - b.base > 1.9 * a.size)
    cut = next(far, None)
    after = [li for li in lower if cut is not None and li.base <= cut]
    if above:
        yield above, False
    yield [li for li in rest if li not in after], True
    if after:
        yield after, False


def _sides(band: list[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    return [li for li in band if li.left < gutter - 1], [li for li in band if li.left >= gutter - 1]


def _beside(left: list[Line], right: list[Line]) -> list[tuple[Line, Line]]:
    """Lines of the left side with one that stands beside them."""
    return [
        (line, other)
        for line in left
        if (other := next((o for o in right if abs(o.base - line.base) < BESIDE * line.size), None))
    ]


def table(left: list[Line], right: list[Line]) -> list[Line]:
    """The rows of a table of which these are the first column and the others; empty where it is none."""
    columns = _columns(left, right)
    groups = _groups(columns)
    starts = [[column[0].base for column in group if column] for group in groups]
    level = [len(s) > 1 and max(s) - min(s) < 0.35 * left[0].size for s in starts]
    if len(groups) > 1 and not any(map(_is_prose, columns)) and sum(level) >= 0.7 * len(groups):
        cells = [column for group in groups for column in group if column]
        if statistics.mean(len(cell) for cell in cells) > LONG_CELL:
            return []
        return [line for group in groups for line in _row(group)]
    pairs = _beside(left, right)
    if len(pairs) == max(len(left), len(right)) and len(columns) == 2:
        halves = [(a.text, b.text) for a, b in pairs]
        if is_table(halves):
            return measured(rows_joined(sorted([*left, *right], key=lambda li: (-li.base, li.left))), 1)
    return []


def _is_prose(column: list[Line]) -> bool:
    """Whether the lines of a column are set to end at one place, as those of a table are not."""
    edge = max((li.right for li in column), default=0.0)
    return sum(edge - li.right < 1 for li in column) >= max(4, 0.35 * len(column))


def _columns(left: list[Line], right: list[Line]) -> list[list[Line]]:
    """The columns, from the left."""
    gutter = _gutter(right)
    if gutter and all(double for _, double in _bands(right, gutter)):
        return [left, *_columns(*_sides(right, gutter))]
    return [left, right]


def _groups(columns: list[list[Line]]) -> list[list[list[Line]]]:
    """The lines of the columns in rows, where room runs across all of them."""
    every = sorted((li for column in columns for li in column), key=lambda li: -li.base)
    steps = [
        a.base - b.base for column in columns for a, b in pairwise(column) if a.base - b.base > 0.8 * a.size
    ]
    leading = min([*steps, 1.6 * every[0].size])
    cuts = [b.base for a, b in pairwise(every) if a.base - b.base > leading * ROOM]
    bounds = [float("inf"), *(cut + 0.5 for cut in cuts), float("-inf")]
    return [
        [[li for li in column if low <= li.base < high] for column in columns]
        for high, low in pairwise(bounds)
    ]


def _row(group: list[list[Line]]) -> list[Line]:
    """A row: a line with bars between its cells; where a cell has several paragraphs, cell after cell."""
    from cls_graph.drafting.printed import paragraphs

    for column in group:
        for line in measured(column, 1):
            line.cell = True
    cells = [paragraphs(column) for column in group]
    if all(len(cell) <= 1 for cell in cells):
        first = next(column[0] for column in group if column)
        words = " | ".join(cell[0] if cell else "" for cell in cells)
        return [replace(first, text=words, mark="", edge=1e9, cell=False)]
    return [line for column in group if column for line in _apart(column)]
