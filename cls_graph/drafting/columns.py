"""Text that stands in two columns side by side.

It is laid anew, one line after the other, before anything is read: positions count in that text.
"""

from __future__ import annotations

import re
from itertools import islice

GUTTER = re.compile(r"(?<=\S)[ \t]{3,}(?=\S)")
SLACK = 4
"""A column's lines may be set in by so many characters: what goes on from a bullet."""
NARROW = 16
LONGEST = 120
"""Lines of a page."""
BULLET = re.compile(r"[•◦▪‣●*–-] ")


def one_column(text: str) -> str:
    """The text with the left column before the right one, wherever two stand side by side."""
    if not GUTTER.search(text):
        return text
    lines = text.split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        if run is None:
            out.append(lines[at])
            at += 1
            continue
        stop, edge = run
        if not edge:
            out += lines[at:stop]
            at = stop
            continue
        halves = [_halves(line, edge) for line in lines[at:stop]]
        out += [left for left, _ in halves]
        out += ["", *(right for _, right in halves), ""]
        at = stop
    return "\n".join(out)


def _run(lines: list[str], at: int) -> tuple[int, int] | None:
    """Where columns that begin on a line end, and the place of the right one, 0 for a table; else None."""
    for gap in islice(GUTTER.finditer(lines[at]), 3):
        edge, stop, both = gap.end(), at, 0
        for index in range(at, min(at + LONGEST, len(lines))):
            line = lines[index].rstrip()
            halves = _divided(line, edge)
            if halves is None:
                break
            both += bool(halves[0].strip() and halves[1])
            stop = index + 1
        halved = [_halves(line, edge) for line in lines[at:stop] if line.strip()]
        if both > 1 and edge >= NARROW and not is_table(halved):
            return stop, edge
        if both > 1:
            return stop, 0
    return None


def _divided(line: str, edge: int) -> tuple[str, str] | None:
    """The halves of a line, None where it runs across the place of the right column."""
    if len(line) <= edge - 2:
        return line, ""
    if len(line) - len(line.lstrip()) >= edge - 1:
        return "", line.strip()
    for gap in GUTTER.finditer(line):
        if edge - 1 <= gap.end() <= edge + SLACK:
            return line[: gap.start()], line[gap.end() :]
    return None


def _halves(line: str, edge: int) -> tuple[str, str]:
    left, right = _divided(line.rstrip(), edge) or (line, "")
    return left.rstrip(), right.strip()


def is_table(halves: list[tuple[str, str]]) -> bool:
    """Whether the left side is labels of rows: short, each a beginning; and nothing runs on in it."""
    labels = [left.strip() for left, _ in halves if left.strip()]
    begun = all(not label[0].islower() and not BULLET.match(label) for label in labels)
    short = all(len(label.split()) <= 4 for label in labels)
    runs_on = any(right[:1].islower() or BULLET.match(right) for _, right in halves)
    return begun and short and not runs_on
