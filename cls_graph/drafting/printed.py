"""The text of the pages of a PDF: a blank line where the page leaves room, wrapped lines joined.

A PDF keeps no paragraphs, only where each letter stands. Two lines are one paragraph where they are as near
as lines are, in letters of one size, and the first word of the second had no room on the first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from cls_graph.drafting.furniture import without_contents, without_notes, without_running_heads
from cls_graph.drafting.layout import BULLET, KEYWORD, LABELLED, NUMBER, WRAPPED, fold
from cls_graph.drafting.regions import ordered
from cls_graph.drafting.typeset import Dot, Letters, Line, rows_of, segments

WIDER = 1.2
"""How much more room than between lines stands between paragraphs."""
SAME = 0.06
SPACE = 0.28
"""The width of a space, in sizes of the type."""
NARROW = 0.94
"""The part of its column that a line of a sentence takes at least: one line may stand out of the column."""
SLACK = 0.1
LEAST = 24
"""Letters of the shortest line that may run on: what is shorter is a label."""
EVEN = 0.4
"""The part of the long lines that ends at the edge of their column, where they are set to end there."""
ENDLESS = 1e6
"""No line of a page ends so far: the edge of a row of a table."""
STEP = 0.7
"""How far items of lists of two depths are apart at least, in sizes of the type."""
SOFT = "\u00ad\u2010"
"""The hyphens of a cut word; others may be part of it."""
TAILS = frozenset(
    "t il elle ils elles on ce là ci même mêmes vous nous moi toi lui leur eux je tu y en".split()
)
"""What stands behind a hyphen of its own: "a-t-il", "celle-ci"."""


LINKS = frozenset("les lès la le l en sur sous de du des d et aux à au saint sainte".split())
"""What joins the parts of a name: "Fleury-les-Aubrais"."""
ARTICLE = re.compile(r"(?:L[ae]s?|Une?|Des|Et)\b|L['’]")
"""What no sentence goes on with behind a comma."""
PREFIXES = frozenset("bucco médico socio psycho sous mi demi semi vice ex non avant après contre".split())
"""What stands before a hyphen of its own: "médico-social"."""


@dataclass
class Sheet:
    """A page: its height, its pieces of text, and the dots that are drawn on it."""

    height: float
    pieces: list[Letters]
    dots: list[Dot]


def text_of(sheets: list[Sheet]) -> str:
    """The text of pages."""
    pages = [
        [line for row in rows_of(sheet.pieces, sheet.dots) for line in segments(row)] for sheet in sheets
    ]
    pages = without_running_heads(pages, [sheet.height for sheet in sheets])
    without_contents(pages)
    pages, notes = without_notes(pages)
    lines: list[Line] = []
    for number, page in enumerate(pages):
        found = ordered(page) if page else []
        for line in found:
            line.page = number
        lines += found
    _widened(lines)
    return _written(lines, _leading(lines)) + "".join(f"\n{line.text}\n" for line in notes)


def _widened(lines: list[Line]) -> None:
    """Columns that begin at one place end at one: what one page has there of short lines tells nothing."""
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        if line.edge < ENDLESS:
            edges[_start(line)] = max(edges.get(_start(line), 0.0), line.edge)
    long: dict[float, list[bool]] = {}
    for line in lines:
        line.edge = max(line.edge, edges.get(_start(line), 0.0))
        start = line.inner - line.indent
        if start + 0.6 * (line.edge - start) < line.right and line.edge < ENDLESS:
            long.setdefault(round(line.size), []).append(line.edge - line.right < 0.1 * line.size)
    for line in lines:
        ends = long.get(round(line.size), [])
        line.even = sum(ends) >= max(4, EVEN * len(ends))


def _start(line: Line) -> tuple[int, int]:
    return line.depth, round((line.inner - line.indent) / 4)


def _leading(lines: list[Line]) -> float:
    """The room between the lines of a paragraph, in sizes of the type: the least that is not rare."""
    rooms = [
        room for above, line in pairwise(lines) if not line.apart and 0.8 < (room := _room(above, line)) < 3
    ]
    counted = Counter(round(room, 1) for room in rooms)
    often = [room for room, count in counted.items() if count >= max(2, 0.08 * len(rooms))]
    return min(often, default=1.2)


def _room(above: Line, below: Line) -> float:
    """The room that a line leaves under the one above, in sizes of its type; negative in a new column."""
    return (above.base - below.base) / max(above.size, below.size, 1.0)


def _written(lines: list[Line], leading: float) -> str:
    """The lines as text."""
    depths = _depths(lines)
    spelt = _spelt(lines)
    parts: list[str] = []
    above: Line | None = None
    for line in lines:
        shown = "  " * depths[round(line.indent)] + line.text if line.mark else line.text
        gone = 0 if above is None else _gap(above, line, leading)
        if gone is None:
            parts[-1] = _joined(parts[-1], line.text, spelt)
        else:
            parts.append("\n" * gone + shown)
        above = line
    out = "".join(parts)
    return out + "\n" if out else ""


def _spelt(lines: list[Line]) -> Counter[str]:
    """The words of the text, without those that are cut at the end of a line."""
    told = "\n".join(line.text.lower() for line in lines)
    whole = re.sub(r"[^\s-]+[-\u00ad\u2010]\n\S+", " ", told)
    return Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))


def paragraphs(lines: list[Line]) -> list[str]:
    """The paragraphs of a cell of a table."""
    return [part for part in _written(lines, _leading(lines)).split("\n") if part.strip()]


def _gap(above: Line, line: Line, leading: float) -> int | None:
    """The line breaks before a line; None where it goes on from the one above."""
    room = _room(above, line)
    turned = above.page != line.page or (line.apart and room < 0)
    wide = not turned and (room > leading * WIDER + 0.05 or room < 0)
    if not wide and (not line.apart or turned) and _runs_on(above, line):
        return None
    if (turned and above.mark and line.mark) or above.edge == line.edge > ENDLESS:
        return 1
    return 2 if wide or line.apart or abs(above.size - line.size) > 2 * SAME * above.size else 1


def _runs_on(above: Line, line: Line) -> bool:
    """Whether a line goes on from the one above."""
    words, last = line.text.strip(), above.text.rstrip()
    if abs(above.size - line.size) > SAME * above.size or " | " in last:
        return False
    if line.mark:
        return _is_dash(above, line)
    if last[-1] in SOFT:
        return True
    if words[0] in "»)":
        return True
    if BULLET.match(line.text) or NUMBER.match(line.text) or re.search(r"\S {3,}\S", f"{last}\n{words}"):
        return False
    if last[-1] == "-" and last[-2:-1].isalnum() and words[0].isalnum():
        return True
    if LABELLED.match(fold(words)) and words[0].isupper():
        return False
    if above.cell:
        return words[0].islower() or bool(WRAPPED.search(fold(last)))
    if len(last) < LEAST:
        return False
    if above.even:
        return above.edge - above.right < 0.15 * above.size
    if last[-1] in ":;" or (last[-1] == "," and ARTICLE.match(words)):
        return False
    if words[0].isupper() and KEYWORD.match(fold(words)):
        return False
    start = above.inner - above.indent
    most = above.edge if last[-1] in ".!?" else start + NARROW * (above.edge - start)
    return above.right + (SPACE + SLACK) * above.size + line.first > most


def _is_dash(above: Line, line: Line) -> bool:
    """Whether the mark of a line is a dash of the sentence that fills the line above."""
    words = line.text[len(line.mark) :].strip()
    full = above.edge - above.right < 2 * above.size
    inside = full and above.text[-1] not in ".:;,!?" and not above.mark and words[:1].islower()
    return inside and line.mark in "-–—" and abs(line.left - above.left) < 2


def _joined(out: str, words: str, spelt: Counter[str]) -> str:
    """A paragraph with a line that goes on; a word cut at its end is joined."""
    end = out[out.rfind(" ") + 1 :]
    if re.search(r"\d-$", end) and words[0].isdigit():
        return out + words
    cut = re.search(r"(-?)([^\W\d_]*)[-\u00ad\u2010]$", end)
    tail = re.match(r"([^\W\d_]+)(-?)", words)
    if cut is None or tail is None:
        return f"{out} {words}"
    left, right = cut.group(2).lower(), tail.group(1).lower()
    named = words[0].isupper() and not (len(left) > 1 and cut.group(2).isupper() and tail.group(1).isupper())
    if out[-1] == "\u00ad":
        return out[:-1] + words
    if named or right in TAILS or spelt[f"{left}-{right}"]:
        return f"{out[:-1]}-{words}"
    if out[-1] in SOFT or spelt[left + right]:
        return out[:-1] + words
    linked = (left in LINKS and cut.group(1)) or (right in LINKS and tail.group(2))
    compound = linked or left in PREFIXES or (spelt[left] and spelt[right])
    return f"{out[:-1]}-{words}" if compound else out[:-1] + words


def _depths(lines: list[Line]) -> dict[int, int]:
    """How deep items are that stand so far in, from 0."""
    size = max((line.size for line in lines), default=1.0)
    found: dict[int, int] = {}
    before, depth = None, -1
    for indent in sorted({round(line.indent) for line in lines}):
        if before is None or indent - before > STEP * min(size, 11):
            depth, before = depth + 1, indent
        found[indent] = depth
    return found
