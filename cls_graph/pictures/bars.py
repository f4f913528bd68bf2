"""A bar chart: a horizontal bar for each value, its label above, its number beside."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cls_graph.pictures.svg import (
    LINE,
    MARK,
    SOFT,
    Picture,
    fitted,
    framed,
    link,
    number,
    tag,
    text,
    width_of,
)

WIDTH = 640
LIMIT = 40
_ROW, _SIZE, _BAR, _EDGE = 38, 13, 14, 8
_MORE = {"fr": "{n} autres ne sont pas montrées", "en": "{n} others are not shown"}
_ALL = {"fr": "{n} valeurs, de {low} à {high}.", "en": "{n} values, from {low} to {high}."}
_NONE = {"fr": "Aucune valeur.", "en": "No value."}


@dataclass(frozen=True)
class Bar:
    """A label and its value; ``href`` is where the bar leads."""

    label: str
    value: float
    href: str = ""


def bars(
    values: Sequence[Bar],
    *,
    title: str,
    unit: str = "",
    limit: int = LIMIT,
    lang: str = "fr",
    name: str = "bars",
) -> Picture:
    """The bars in the order given. Those past ``limit`` are counted on the picture, not drawn.

    Values that are no number (NaN, infinite) are left out; below zero a bar goes to the left.
    """
    usable = [bar for bar in values if math.isfinite(bar.value)]
    shown = usable[:limit]
    low, high = (min([0.0, *(b.value for b in shown)]), max([0.0, *(b.value for b in shown)]))
    numbers = [number(bar.value, lang) + (f" {unit}" if unit else "") for bar in shown]
    room = max([0.0, *(width_of(said, _SIZE) for said in numbers)]) + _EDGE
    scale = (WIDTH - 2 * _EDGE - room * (2 if low < 0 else 1)) / ((high - low) or 1)
    zero = _EDGE + (room if low < 0 else 0) - low * scale
    rows = [
        _row(bar, said, zero, scale, _EDGE + i * _ROW)
        for i, (bar, said) in enumerate(zip(shown, numbers, strict=True))
    ]
    height = 2 * _EDGE + _ROW * len(shown)
    left = len(usable) - len(shown)
    if left or not shown:
        height += 18
        said = _MORE[lang].format(n=left) if left else _NONE[lang]
        rows.append(text(said, _EDGE, height - 12, fill=SOFT, class_="soft"))
    description = (
        _ALL[lang].format(
            n=number(len(usable), lang),
            low=number(min(b.value for b in usable), lang),
            high=number(max(b.value for b in usable), lang),
        )
        if usable
        else _NONE[lang]
    )
    some = any(bar.href for bar in shown)
    return framed(rows, WIDTH, height, title=title, description=description, name=name, links=some)


def _row(bar: Bar, said: str, zero: float, scale: float, top: float) -> str:
    length = bar.value * scale
    left, right = min(zero, zero + length), max(zero, zero + length)
    drawn = [
        tag(
            "line", x1=round(zero, 1), x2=round(zero, 1), y1=top + 16, y2=top + 34, stroke=LINE, class_="line"
        ),
        text(fitted(bar.label, WIDTH - 2 * _EDGE, _SIZE), _EDGE, top + 13, _SIZE),
        tag(
            "rect",
            x=round(left, 1),
            y=top + 18,
            width=round(max(right - left, 1), 1),
            height=_BAR,
            fill=MARK,
            class_="bar",
        ),
    ]
    beside = (
        text(said, right + 5, top + 29, _SIZE, fill=SOFT, class_="soft")
        if bar.value >= 0
        else text(said, left - 5, top + 29, _SIZE, fill=SOFT, class_="soft", text_anchor="end")
    )
    return link("".join([*drawn, beside]), bar.href, f"{bar.label}: {said}")
