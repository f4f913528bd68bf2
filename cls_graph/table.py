"""Rows of a query as a table for a terminal: aligned columns, prefixed names, nothing cut silently."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

MIN_COLUMN = 8


def table(names: Sequence[str], rows: Sequence[Mapping[str, object]], prefixes: Mapping[str, str]) -> str:
    """The rows under their names. Cells are wrapped, never cut, where the terminal is narrow."""
    cells = [[_cell(row.get(name), prefixes) for name in names] for row in rows]
    widths = [max([_width(name), *(_width(line[i]) for line in cells)]) for i, name in enumerate(names)]
    widths = _fit(widths, shutil.get_terminal_size((160, 24)).columns - 3 * max(len(names) - 1, 0))
    lines = [_line(names, widths), "─┼─".join("─" * w for w in widths)]
    for line in cells:
        lines += _wrapped(line, widths)
    return "\n".join(text.rstrip() for text in lines) + "\n"


def _cell(term: object, prefixes: Mapping[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in sorted(prefixes.items(), key=lambda p: -len(p[1])):
            if term.value.startswith(namespace) and "/" not in term.value[len(namespace) :]:
                return f"{prefix}:{term.value[len(namespace) :]}"
        return term.value
    return one_line(str(getattr(term, "value", term)))


def one_line(text: str, most: int | None = None) -> str:
    """A text on one line, without what would steer a terminal; cut where it is longer than ``most``.

    >>> one_line("a\\n\\x1b[31m b", 4)
    'a […'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if most is None or len(line) <= most else line[: most - 1] + "…"


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _fit(widths: list[int], room: int) -> list[int]:
    """Narrow the widest columns until the line fits, or no column can be narrowed."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > MIN_COLUMN:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return " │ ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [_pieces(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max((len(c) for c in columns), default=1)
    return [_line([c[i] if i < len(c) else "" for c in columns], widths) for i in range(height)]


def _pieces(text: str, width: int) -> list[str]:
    """Lines of at most ``width``, broken at spaces where there are some."""
    lines, line = [], ""
    for word in text.split(" "):
        while _width(word) > width:
            room = width - _width(line) - (1 if line else 0)
            if room < 1:
                lines.append(line)
                line = ""
                continue
            line += (" " if line else "") + word[:room]
            word = word[room:]
            lines.append(line)
            line = ""
        if _width(line) + _width(word) + (1 if line else 0) > width:
            lines.append(line)
            line = word
        else:
            line += (" " if line else "") + word
    return [*lines, line] if line or not lines else lines
