"""The lines of a page of a PDF, from the pieces of text and where they stand."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WORD = 0.15
"""The least room between two words, in sizes of the type."""
GAP = 1.1
"""Room that is no space between two words: a column, a cell, or the tabulator, begins."""
FAR = 2.5
"""Room that no justified line has."""
SAME_LINE = 0.4
"""How far base lines of one line may be apart: a foot note's number is raised."""
SIGNS = {
    **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf076\uf0d8\uf0fc\uf0e8\uf0f0\uf02d\uf0bf", "•"),
    **dict.fromkeys("\uf06e\uf071\uf072\uf075\uf0de", "•"),
    **dict.fromkeys("\u25cf\u25aa\u25a0\u2981\u25cb\u25e6\u25fc\u2b24\ue00c\ue003\ue000", "•"),
}  # fmt: skip
"""The signs of lists in the fonts of symbols, by their place in the font."""
MARK = re.compile(
    r"(?:[•◦‣▪▫►▶➢➔➤✓✔❖·∙*●○■□–—-]|[oO§]|[\ue000-\uf8ff]|\(?\d{1,2} ?[.)°/]-?|\(?[a-hA-H][.)]"
    r"|[ivxIVX]{1,4}[.)])"
)
"""What stands before an item, apart from it."""
RAISED = re.compile(r"\(?\d{1,2}\)?|\*{1,2}")
"""The sign of a foot note."""


@dataclass
class Line:
    """A line of a column: its words, and where they stand.

    ``left`` is where its mark begins, ``inner`` where the words begin after it; ``first`` the width of the
    first word; ``edge`` where the lines of its column end; ``even`` tells that they all end there.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    mark: str = ""
    inner: float = 0.0
    first: float = 0.0
    edge: float = 0.0
    even: bool = False
    apart: bool = False
    """Whether a new part of the page begins with this line: another column, cell or box."""

    indent: float = 0.0
    """How far the words stand from where those of the column begin."""

    page: int = 0
    depth: int = 0
    """How many columns and boxes it stands in."""

    cell: bool = False
    """Whether it stands in a cell of a table."""

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass
class Letters:
    """A piece of text: letters that follow one another."""

    text: str
    left: float
    right: float
    base: float
    size: float
    space: bool


Dot = tuple[float, float, float]


def rows_of(pieces: Sequence[Letters], dots: Sequence[Dot] = ()) -> list[list[Letters]]:
    """The pieces that stand on one base line, from the left to the right; rows from the top down.

    A dot (its left and right edge, and its middle) drawn before the words of a row is the mark of an item.
    """
    rows: list[list[Letters]] = []
    bases: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.left)):
        for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            base, size = bases[at]
            if abs(base - piece.base) < SAME_LINE * min(size, piece.size):
                rows[at].append(piece)
                if piece.size > size * 1.2:
                    bases[at] = piece.base, piece.size
                break
        else:
            rows.append([piece])
            bases.append((piece.base, piece.size))
    for above, row in pairwise(rows):
        if _raised(above, row):
            row += above
            above.clear()
    rows = [sorted(row, key=lambda p: p.left) for row in rows if row]
    for dot in dots:
        _mark(rows, dot)
    return rows


def _mark(rows: list[list[Letters]], dot: Dot) -> None:
    """Put a dot before the words that it stands before."""
    left, right, middle = dot
    for row in rows:
        at = next((i for i, piece in enumerate(row) if piece.left > right - 0.5), len(row))
        if at == len(row):
            continue
        size = row[at].size
        before = row[at - 1].right if at else float("-inf")
        beside = 0 < middle - row[at].base < 0.75 * size and row[at].left - right < 3 * size
        if beside and left - before > 0.8 * size:
            row.insert(at, Letters("•", left, right, row[at].base, row[at].size, True))
            return


def _raised(above: list[Letters], row: list[Letters]) -> bool:
    """Whether small letters are raised above the words of the row: "1er", the number of a foot note."""
    return all(
        any(
            small.size < 0.85 * piece.size
            and small.base - piece.base < 0.5 * piece.size
            and (
                abs(small.left - piece.right) < 0.3 * piece.size
                or abs(piece.left - small.right) < 0.3 * piece.size
            )
            for piece in row
        )
        for small in above
    )


def segments(row: list[Letters]) -> list[Line]:
    """The parts of a row with wide room between them, a mark together with what it marks."""
    row = _once(row)
    found: list[Line] = []
    for run in _cut(row, FAR, 0.0):
        gaps = [b.left - a.right for a, b in pairwise(run)]
        spaced = _spacing(run, gaps)
        usual = statistics.median(gaps) if len(gaps) > 3 else 0.0
        least = max(1.5 * usual, 4.5 * spaced)
        found += [_line(group, spaced) for group in _cut(run, GAP, least)]
    return found


def _cut(row: list[Letters], sizes: float, least: float) -> list[list[Letters]]:
    """The pieces in groups with room between them of so many sizes of the type, and so many points."""
    groups = [row[:1]]
    gaps = [piece.left - before.right for before, piece in pairwise(row)]
    even = {at for at, (a, b) in enumerate(pairwise(gaps), 1) if abs(a - b) < 0.03 * min(a, b)}
    for at, (before, piece) in enumerate(pairwise(row)):
        room = max(sizes * max(before.size, piece.size), least)
        stretched = at + 1 in even or at in even
        if piece.left - before.right > room and not stretched and not _marks(groups[-1], piece):
            groups.append([])
        groups[-1].append(piece)
    return groups


def _once(row: list[Letters]) -> list[Letters]:
    """Without pieces that are drawn twice at one place, to look bold."""
    out: list[Letters] = []
    for piece in row:
        if out and piece.text == out[-1].text and abs(piece.left - out[-1].left) < 0.15 * piece.size:
            continue
        out.append(piece)
    return out


def _spacing(row: list[Letters], gaps: list[float]) -> float:
    """The room between the letters of a spaced line, 0 where words are set as usual."""
    single = sum(len(piece.text) == 1 and piece.text.isalnum() for piece in row)
    few = sum(len(piece.text) <= 2 for piece in row)
    close = [gap for gap in gaps if gap > 0]
    if len(row) < 6 or single < 0.6 * len(row) or few < 0.75 * len(row) or not close:
        return 0.0
    usual = statistics.median_low(sorted(close)[: max(1, len(close) * 2 // 3)])
    return usual if usual < 0.8 * row[0].size else 0.0


def _marks(group: list[Letters], following: Letters) -> bool:
    """Whether a group is but the mark of the item that follows it."""
    mark = "".join(piece.text for piece in group)
    size = max(group[0].size, following.size)
    return bool(len(mark) < 6 and MARK.fullmatch(mark) and following.left - group[-1].right < 5 * size)


def _line(group: list[Letters], spaced: float) -> Line:
    """The words of a group of pieces."""
    size = max(group, key=lambda p: len(p.text) * (p.size**0.01)).size
    size = max((p.size for p in group if len(p.text) > 1), default=size)
    base = max(group, key=lambda p: len(p.text)).base
    words: list[tuple[str, float, float]] = []
    before: Letters | None = None
    for piece in group:
        text = piece.text
        raised = piece.base > base + 0.15 * size and piece.size < 0.85 * size
        if raised and before and RAISED.fullmatch(text):
            continue  # the number of a foot note
        if before and not _new_word(before, piece, spaced, raised=raised):
            old, left, _ = words[-1]
            words[-1] = (old + text, left, piece.right)
        else:
            words.append((text, piece.left, piece.right))
        before = piece
    mark, inner = "", group[0].left
    first = SIGNS.get(words[0][0], words[0][0])
    if len(words) > 1 and MARK.fullmatch(first):
        first = "•" if "\ue000" <= first <= "\uf8ff" or first == "§" else first
        mark, inner = first, words[1][1]
    elif len(words[0][0]) > 1 and words[0][0][0] in SIGNS:
        mark, first = "•", f"• {words[0][0][1:]}"
    texts = [first, *(word for word, _, _ in words[1:])]
    width = words[bool(inner > group[0].left)]
    return Line(" ".join(texts), group[0].left, group[-1].right, base, size, mark, inner, width[2] - width[1])


def _new_word(before: Letters, piece: Letters, spaced: float, *, raised: bool) -> bool:
    gap = piece.left - before.right
    if raised:
        return False  # "1er", "2ème"
    if spaced:
        return gap > max(1.7 * spaced, spaced + 0.12 * piece.size)
    return piece.space or gap > WORD * min(before.size, piece.size)
