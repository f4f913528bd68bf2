"""Text that stands in two columns side by side, and what a page repeats at its head and foot.

Both are laid anew, one line after the other, before anything is read: positions count in that text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

GUTTER = re.compile(r"(?<=\S)[ \t]{3,}(?=\S)")
SLACK = 4
"""A column's lines may be set in by so many characters: what goes on from a bullet."""
NARROW = 16
LONGEST = 120
"""Lines of a page."""
OWN = re.compile(r"(?:axe|priorit|orientation|objectif|enjeu|fiche|article)")
"""Lines that pages begin with for what they say: "Axe 1", "Axe 2"."""
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
        if both > 1 and edge >= NARROW and not _is_table(halved):
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


def _is_table(halves: list[tuple[str, str]]) -> bool:
    """Whether the left side is labels of rows: short, each a beginning; and nothing runs on in it."""
    labels = [left.strip() for left, _ in halves if left.strip()]
    begun = all(not label[0].islower() and not BULLET.match(label) for label in labels)
    short = all(len(label.split()) <= 4 for label in labels)
    runs_on = any(right[:1].islower() or BULLET.match(right) for _, right in halves)
    return begun and short and not runs_on


def without_running_heads(pages: list[str]) -> str:
    """The pages as one text, without page numbers and the lines that most pages repeat at their edges."""
    laid = [[line.rstrip() for line in page.split("\n")] for page in pages]
    edges = Counter(key for lines in laid for key in {_key(line) for line in _edges(lines) if line.strip()})
    often = {
        key for key, count in edges.items() if count >= 3 and count * 2 > len(pages) and not OWN.match(key)
    }
    kept = []
    for lines in laid:
        drop = {
            id(line) for line in _edges(lines) if _key(line) in often or (len(pages) > 1 and _is_number(line))
        }
        kept.append("\n".join(line for line in lines if id(line) not in drop))
    return "\n".join(kept)


def _edges(lines: list[str]) -> list[str]:
    """The first and last lines of a page that hold something."""
    filled = [line for line in lines if line.strip()]
    return [*filled[:2], *filled[-2:]] if len(filled) > 4 else []


def _key(line: str) -> str:
    """What a running head is known by: its words, without the number of the page."""
    return re.sub(r"^\d{1,3}\b[ |–-]*|[ |–-]*\b\d{1,3}(?: ?(?:/|sur) ?\d{1,3})?$", "", line.strip().lower())


def _is_number(line: str) -> bool:
    return bool(
        re.fullmatch(r"\s*(?:page )?[-–]? ?\d{1,3}(?: ?(?:/|sur) ?\d{1,3})? ?[-–]?\s*", line, re.IGNORECASE)
    )
