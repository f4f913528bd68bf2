"""What a page has around its text: running heads, numbers of pages, foot notes, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from cls_graph.drafting.dates import PRINTED
from cls_graph.drafting.layout import fold
from cls_graph.drafting.typeset import Line

EDGE = 0.13
"""The part of the height of a page, from its head and its foot, where running heads stand."""
NEAR = 4
"""Points that a running head may stand higher or lower from page to page."""
PAGE = re.compile(
    r"(?:page|p\.|folio|n°)? ?[-–|•]? ?\d{1,3}(?: ?(?:/|sur|of|de|\|) ?\d{1,3})? ?[-–|•]?", re.IGNORECASE
)
NUMBERED = re.compile(
    r"^(?:page )?\d{1,3}(?: ?(?:/|sur) ?\d{1,3})?\b[ |–•-]*|"
    r"(?:(?<![ |–•-])[ |–•-]++)?(?:\bpage |\bp\. ?)?\b\d{1,3}(?: ?(?:/|sur) ?\d{1,3})?$",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"(?:https?|file)://\S+(?: \d{1,3} ?(?:/|sur|of) ?\d{1,3})?")
OWN = re.compile(r"(?:axe|priorit|orientation|objectif|enjeu|fiche|article)")
"""Lines that pages begin with for what they say: "Axe 1", "Axe 2"."""
NOTE = re.compile(r"\(?(?:\d{1,2}|\*{1,2})\)? ?(?=[^\W\d]|[«\"(])")
SMALLER = 0.93
"""The size of foot notes, at most, in that of the text."""
LEADER = re.compile(
    r" ?(?<!\.)(?<!\. )(?:\. ?){4,}+ ?\d{0,3}$"
    r"| ?(?<!…)(?<!… )(?:… ?){2,}+\.? ?\d{0,3}$"
    r"| ?(?<!_)_{5,}+ ?\d{1,3}$"
)
""" "Axe 1 ….. 12": a line of a table of contents. A row of marks is looked at once, from its beginning."""


def body_size(pages: Iterable[list[Line]]) -> float:
    """The size that most letters have."""
    sizes = Counter[float]()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)


def without_running_heads(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """The pages without the numbers of pages and the lines that several of them repeat at one place.

    Nor have they what a browser prints around a page: day, title of the window, address.
    """
    seen = Counter[tuple[str, int]]()
    for lines, height in zip(pages, heights, strict=True):
        keys = {(_key(li.text), step) for li in _edges(lines, height) for step in _steps(li)}
        seen.update(keys)
    least = max(2, 0.3 * len(pages))
    kept = []
    for lines, height in zip(pages, heights, strict=True):
        drop = {
            id(li)
            for li in _edges(lines, height)
            if PAGE.fullmatch(li.text) or any(seen[(_key(li.text), s)] >= least for s in _steps(li))
        }
        drop |= _printed(_edges(lines, height))
        kept.append([li for li in lines if id(li) not in drop])
    return kept


def _steps(line: Line) -> tuple[int, int]:
    """Where a line stands, in steps that overlap."""
    return round(line.base / NEAR), round(line.base / NEAR + 0.5) + 100_000


def _edges(lines: list[Line], height: float) -> list[Line]:
    """The lines at the head and the foot of a page, at most three rows of each."""
    rows = [
        list(row) for _, row in groupby(sorted(lines, key=lambda li: -li.base), lambda li: round(li.base))
    ]
    head = [li for row in rows[:3] for li in row if li.base > height * (1 - EDGE)]
    foot = [li for row in rows[-3:] for li in row if li.base < height * EDGE]
    return head + foot


def _printed(edges: list[Line]) -> set[int]:
    """The lines that stand in one row with the day and hour of printing, and the addresses at such edges."""
    rows = {round(li.base / NEAR) for li in edges if PRINTED.match(li.text)}
    return {id(li) for li in edges if rows and (round(li.base / NEAR) in rows or ADDRESS.fullmatch(li.text))}


def _key(text: str) -> str:
    """What a running head is known by: its words, without the number of the page."""
    words = fold(text).strip()
    return words if OWN.match(words) else NUMBERED.sub("", words) or words


def without_notes(pages: list[list[Line]]) -> tuple[list[list[Line]], list[Line]]:
    """The pages without their foot notes, and the notes."""
    size = body_size(pages)
    kept, notes = [], []
    for lines in pages:
        rows = sorted(lines, key=lambda li: (-li.base, li.left))
        at = len(rows)
        while at and rows[at - 1].size <= SMALLER * size:
            at -= 1
        begun = next((i for i in range(at, len(rows)) if NOTE.match(rows[i].text)), len(rows))
        below = rows[begun:] if begun and begun < len(rows) else []
        if below and any(li.base < below[0].base for li in rows[:begun]):
            below = []
        notes += below
        kept.append([li for li in rows if all(li is not one for one in below)])
    return kept, notes


def without_contents(pages: list[list[Line]]) -> None:
    """Take the leaders out of a table of contents, and its lines where the text has them as headings."""
    words = Counter(_bare(li.text) for lines in pages for li in lines if not LEADER.search(li.text))
    for lines in pages:
        drop = set()
        for line in lines:
            if not (leader := LEADER.search(line.text)) or not leader.start():
                continue
            line.text = line.text[: leader.start()].rstrip()
            bare = _bare(line.text)
            if words[bare] or _begins(bare, words):
                drop.add(id(line))
        lines[:] = [li for li in lines if id(li) not in drop]


def _begins(bare: str, words: Counter[str]) -> bool:
    """Whether a line of the text begins so, or is the beginning: a title that runs over two lines."""
    return len(bare) > 8 and any(
        key.startswith(bare) or (len(key) > 20 and bare.startswith(key)) for key in words
    )


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))
