"""A text as the body of a page of HTML, with the elements that an editor makes of it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from benchmarks.forms.structure import Part, cut, grouped, parts

SOFT = "\u00ad"


def body(text: str, *, cuts: bool = False, inline: Callable[[str], str] = str) -> str:
    """The text in HTML; ``cuts`` marks where words may be cut, ``inline`` is put on the words."""

    def shown(words: str) -> str:
        return inline(cut(words, SOFT, escape) if cuts else escape(words, quote=False))

    return "\n".join(_group(group, shown) for group in grouped(parts(text)))


def _group(group: list[Part], shown: Callable[[str], str]) -> str:
    first = group[0]
    if first.kind == "heading":
        return f"<h{first.level}>{shown(first.lines[0])}</h{first.level}>"
    if first.kind == "as-is":
        return f"<pre>{escape(chr(10).join(first.lines), quote=False)}</pre>"
    if first.kind == "item":
        return _list(group, shown)
    if first.kind == "row":
        rows = ("".join(f"<td>{shown(cell)}</td>" for cell in part.cells) for part in group)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f"<p>{'<br>'.join(shown(part.lines[0]) for part in group)}</p>"


def _list(items: list[Part], shown: Callable[[str], str]) -> str:
    """A list with the lists inside its items."""
    out, open_lists = "", []  # type: tuple[str, list[str]]
    for item in items:
        tag = "ol" if item.mark[0].isdigit() else "ul"
        while len(open_lists) > item.level + 1:
            out += f"</li></{open_lists.pop()}>"
        if len(open_lists) == item.level + 1 and open_lists[-1] != tag:
            out += f"</li></{open_lists.pop()}>"
        elif len(open_lists) == item.level + 1:
            out += "</li>"
        if len(open_lists) < item.level + 1:
            start = f' start="{item.mark[:-1]}"' if tag == "ol" else ""
            out += f"<{tag}{start}>"
            open_lists.append(tag)
        out += f"<li>{shown(item.lines[0])}"
    while open_lists:
        out += f"</li></{open_lists.pop()}>"
    return out
