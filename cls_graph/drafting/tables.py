"""Tables of a page: rows of cells under a head, as lines with a bar between the cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cls_graph.drafting.layout import Page

BAR = re.compile(r" ?\| ?|\t+")
MOST = 60
"""Rows of a table that are read."""

Cell = tuple[int, int]


@dataclass
class Table:
    """The cells of a table as spans of the page; ``head`` are those of its first row."""

    head: list[Cell]
    rows: list[list[Cell]] = field(default_factory=list)

    def column(self, index: int) -> list[Cell]:
        """The cells of a column, without those of rows that have fewer cells than the head."""
        return [
            row[index] for row in self.rows if len(row) == len(self.head) and row[index][0] < row[index][1]
        ]


def tables_of(page: Page) -> list[Table]:
    """The tables of two columns or more and two rows or more below the head."""
    found: list[Table] = []
    current: Table | None = None
    last = -9
    for index, block in enumerate(page.blocks):
        cells = _cells(page, block.start, block.end)
        if len(cells) < 2:
            continue
        if current is None or index != last + 1 or len(current.rows) >= MOST:
            current = Table(cells)
            found.append(current)
        else:
            current.rows.append(cells)
        last = index
    return [t for t in found if len(t.rows) > 1]


def _cells(page: Page, start: int, end: int) -> list[Cell]:
    if not re.search(r" \| |\t", page.source[start:end]):
        return []
    # The number in the first cell is read as the mark of an item: the row begins where its line does.
    start = page.text.rfind("\n", 0, start) + 1
    cells, at = [], start
    for bar in BAR.finditer(page.source, start, end):
        if bar.start() > start:
            cells.append(page.trim(at, bar.start()))
        at = bar.end()
    if at < end:
        cells.append(page.trim(at, end))
    return cells
