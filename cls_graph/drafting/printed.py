"""The lines of a PDF, laid as the page shows them: a blank line where it leaves room, wrapped lines joined.

A PDF keeps no paragraphs, only where each line stands. Two lines are one paragraph where they are as near
as lines are, in letters of one size, and the first word of the second had no room on the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf import PageObject

from cls_graph.drafting.layout import BULLET, KEYWORD, NUMBER, fold

LETTER = 0.5
"""The width of a letter, in sizes of its type: near enough to know whether a word had room."""
NARROW = 0.9
"""The part of a column that a full line takes at least, letters being of different widths."""
WIDER = 1.2
"""How much more room than between lines stands between paragraphs."""
SAME = 0.06
LEAST = 24
"""Letters of the shortest line that may run on: what is shorter is a label."""


@dataclass
class Line:
    """A line of a page: its words, where it stands, and the size of its letters."""

    text: str = ""
    left: float = 0.0
    base: float = 0.0
    size: float = 0.0

    @property
    def right(self) -> float:
        return self.left + len(self.text.strip()) * self.size * LETTER


def texts_of(pages: Iterable[PageObject], enough: int) -> list[str]:
    """The text of each page, to the one with which they have ``enough`` characters."""
    laid: list[list[Line] | str] = []
    length = 0
    for page in pages:
        laid.append(lines := _lines(page))
        length += len(lines) if isinstance(lines, str) else sum(len(line.text) for line in lines)
        if length > enough:
            break
    leading = _leading([lines for lines in laid if isinstance(lines, list)])
    return [lines if isinstance(lines, str) else _joined(lines, leading) for lines in laid]


def _lines(page: PageObject) -> list[Line] | str:
    """The lines of a page with their places; its bare text where pieces and text are not the same."""
    lines = [Line()]

    def seen(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        for at, part in enumerate(text.split("\n")):
            if at:
                lines.append(Line())
            line = lines[-1]
            if part.strip() and not line.text.strip():
                line.left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                line.base = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                line.size = abs(size) * max(abs(tm[3] * cm[3]), abs(tm[1] * cm[2])) or 1.0
            line.text += part

    text = page.extract_text(visitor_text=seen)
    return lines if "\n".join(line.text for line in lines) == text else text


def _leading(pages: list[list[Line]]) -> float:
    """The room between the lines of a paragraph, in sizes of the type: the least that is not rare."""
    rooms = [room for lines in pages for pair in pairwise(_filled(lines)) if 0.8 < (room := _room(*pair)) < 3]
    counted = Counter(round(room, 1) for room in rooms)
    often = [room for room, count in counted.items() if count >= max(2, 0.08 * len(rooms))]
    return min(often, default=1.2)


def _filled(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip()]


def _room(above: Line, below: Line) -> float:
    """The room that a line leaves under the one above, in sizes of its type; negative in a new column."""
    return (above.base - below.base) / max(above.size, below.size, 1.0)


def _joined(lines: list[Line], leading: float) -> str:
    """The lines of a page as text."""
    filled = _filled(lines)
    edges = {
        id(line): max((o.right for o in filled if abs(o.left - line.left) < 60), default=0) for line in filled
    }
    out = ""
    above: Line | None = None
    for line in lines:
        if not line.text.strip():
            out += "\n"
            continue
        if above is not None:
            room = _room(above, line)
            if out.endswith("\n\n"):
                pass
            elif room > leading * WIDER + 0.05:
                out = out.rstrip("\n") + "\n\n"
            elif out.endswith("\n") and _runs_on(above, line, edges[id(above)], room):
                out = out[:-1].rstrip(" ") + " "
        out += line.text + "\n"
        above = line
    return out


def _runs_on(above: Line, line: Line, edge: float, room: float) -> bool:
    """Whether a line goes on from the one above."""
    words = line.text.strip()
    if room <= 0 or abs(above.size - line.size) > SAME * above.size or len(above.text.strip()) < LEAST:
        return False
    if above.text.rstrip()[-1] in ":;-" or BULLET.match(line.text) or NUMBER.match(line.text):
        return False
    if (words[0].isupper() and KEYWORD.match(fold(words))) or re.search(
        r"\S {3,}\S", f"{above.text}\n{line.text}"
    ):
        return False
    first = len(words.split(" ", 1)[0]) + 1
    return above.right + first * above.size * LETTER > above.left + (edge - above.left) * NARROW
