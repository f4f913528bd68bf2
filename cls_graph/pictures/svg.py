"""What the pictures share: elements, text that fits, numbers, and the frame with its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from cls_graph.plainly import figured

INK, SOFT, PAPER, LINE, MARK = "#1b1f24", "#4d5761", "#ffffff", "#cfd6dc", "#14695a"
"""Text, lesser text, ground, lines, and what is shown."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE = 0.58
"""The width of an average letter of a sans serif, to its size; on the safe side."""


@dataclass(frozen=True)
class Picture:
    """An SVG document, shown as such by notebooks and templates."""

    svg: str
    title: str = ""

    def _repr_svg_(self) -> str:
        return self.svg

    def __html__(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<SVG picture of {len(self.svg)} characters>"


def tag(name: str, *inside: str, **attributes: object) -> str:
    """An element. An underscore in the name of an attribute is a dash; ``class_`` is ``class``.

    ``inside`` is written as it is (see ``words``); attributes are escaped, and left out where ``None``.

    >>> tag("rect", x=1.50, fill_opacity=0.5)
    '<rect x="1.5" fill-opacity="0.5"/>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def _value(value: object) -> str:
    """A number in as few digits as a picture needs; text that XML can hold."""
    if isinstance(value, float):
        return f"{value + 0.0:g}"
    return _FORBIDDEN.sub("\ufffd", str(value))


def words(text: str) -> str:
    """Text as the content of an element."""
    return escape(_FORBIDDEN.sub("\ufffd", text), quote=False)


def text(said: str, x: float, y: float, size: float = 13, **attributes: object) -> str:
    """A line of text."""
    attributes.setdefault("fill", INK)
    attributes.setdefault("class_", "ink")
    return tag("text", words(said), x=round(x, 1), y=round(y, 1), font_size=size, **attributes)


def width_of(said: str, size: float) -> float:
    """About how wide a text is; never much less than it turns out to be."""
    return len(said) * size * _WIDE


def fitted(said: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis where it would be wider than ``width``."""
    room = max(1, int(width / (size * _WIDE)))
    return said if len(said) <= room else said[: max(1, room - 1)].rstrip() + "…"


def number(value: float, lang: str = "fr") -> str:
    """A number as the language writes it, with three decimals at most.

    >>> number(1234.5, "en")
    '1,234.5'
    """
    whole = float(value).is_integer()
    return figured(f"{int(value)}" if whole else f"{value:.3f}".rstrip("0").rstrip("."), lang)


def link(inside: str, href: str, label: str) -> str:
    """``inside`` as a link, where there is a ``href``; its ``label`` is what is read out."""
    if not href:
        return tag("g", tag("title", words(label)), inside)
    return tag("a", tag("title", words(label)), inside, href=href, aria_label=label)


def framed(
    content: Iterable[str],
    width: float,
    height: float,
    *,
    title: str,
    description: str,
    name: str,
    links: bool,
) -> Picture:
    """The picture: a title and a description for who cannot see it, a ground, the content.

    ``name`` begins the ids, which must be alone on a page. A picture with ``links`` in it is a group
    whose parts are read; one without is a single image.
    """
    return Picture(
        tag(
            "svg",
            tag("title", words(title), id=f"{name}-title"),
            tag("desc", words(description), id=f"{name}-desc"),
            tag("rect", class_="ground", width=width, height=height, fill=PAPER),
            *content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width:g} {height:g}",
            width=width,
            height=height,
            role="group" if links else "img",
            aria_labelledby=f"{name}-title",
            aria_describedby=f"{name}-desc",
            class_="picture",
            font_family="system-ui, sans-serif",
        ),
        title,
    )
