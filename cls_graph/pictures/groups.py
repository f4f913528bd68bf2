"""A bar chart of series: under each label a bar for each of its series, which is named beside it.

Up to six series have a colour and a hatching of their own too, with a legend; more of them are one chart a
label, in one colour. No meaning is in colour alone: the name stands at every bar.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cls_graph.pictures.network import COLOURS
from cls_graph.pictures.svg import (
    LINE,
    MARK,
    PAPER,
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

WIDTH, LIMIT = 640, 80
_SIZE, _SMALL, _BAR, _STEP, _HEAD, _GAP, _EDGE = 13, 12, 12, 17, 20, 10, 8
_WORDS = {
    "more": {"fr": "{n} autres barres ne sont pas montrées", "en": "{n} other bars are not shown"},
    "all": {
        "fr": "{n} valeurs de {series} séries sous {labels} libellés, de {low} à {high}.",
        "en": "{n} values of {series} series under {labels} labels, from {low} to {high}.",
    },
    "none": {"fr": "Aucune valeur.", "en": "No value."},
}
_HATCHES = (
    "",
    "M-1 7L7 -1M-1 1L1 -1M5 7L7 5",
    "M0 3H6",
    "M3 0V6",
    "M0 3H6M3 0V6",
    "M-1 -1L7 7M-1 5L1 7M5 -1L7 1",
)
"""What is drawn over a bar of each series, in squares of six: nothing, lines one way or the other, a grid."""


@dataclass(frozen=True)
class Group:
    """A label, where it leads, and its bars: the name of a series and a value."""

    label: str
    href: str
    bars: list[tuple[str, float]]


def groups(
    found: Sequence[Group],
    series: Sequence[str],
    *,
    title: str,
    limit: int = LIMIT,
    lang: str = "fr",
    name: str = "groups",
) -> Picture:
    """The groups in the order given, the bars of each in that of ``series``.

    Bars past ``limit`` are counted on the picture, not drawn; what is no number is left out.
    """
    order = {one: place for place, one in enumerate(series)}
    usable = [
        Group(
            g.label,
            g.href,
            sorted(((s, v) for s, v in g.bars if math.isfinite(v)), key=lambda b: order[b[0]]),
        )
        for g in found
    ]
    usable = [group for group in usable if group.bars]
    shown: list[Group] = []
    count = 0
    for group in usable:
        # A group that does not fit whole is left out, unless it is the first.
        kept = group if shown else replace(group, bars=group.bars[:limit])
        if count + len(kept.bars) > limit:
            break
        shown.append(kept)
        count += len(kept.bars)
    values = [value for group in usable for _, value in group.bars]
    low, high = min([0.0, *values]), max([0.0, *values])
    marked = len(series) if 1 < len(series) <= len(COLOURS) else 0
    said = {
        (s, v): fitted(f"{number(v, lang)} · {s}", WIDTH * 0.5, _SMALL)
        for group in shown
        for s, v in group.bars
    }
    room = max([0.0, *(width_of(words, _SMALL) for words in said.values())]) + _EDGE
    scale = (WIDTH - 2 * _EDGE - room * (2 if low < 0 else 1)) / ((high - low) or 1)
    zero = _EDGE + (room if low < 0 else 0) - low * scale
    drawn = [_hatchings(marked, name)] if marked else []
    top = float(_EDGE)
    if marked:
        legend, top = _legend(series, name)
        drawn += legend
    for group in shown:
        parts = [
            text(fitted(group.label, WIDTH - 2 * _EDGE, _SIZE), _EDGE, top + 13, _SIZE, font_weight="600")
        ]
        below = top + _HEAD + _STEP * len(group.bars) - 2
        style = {"stroke": LINE, "class_": "line"}
        parts.append(tag("line", x1=round(zero, 1), x2=round(zero, 1), y1=top + _HEAD - 2, y2=below, **style))
        for i, (one, value) in enumerate(group.bars):
            kind = order[one] if marked else None
            parts.append(_bar(value, said[one, value], kind, zero, scale, top + _HEAD + i * _STEP, name))
        told = "; ".join(f"{one}: {number(value, lang)}" for one, value in group.bars)
        drawn.append(link("".join(parts), group.href, f"{group.label}: {told}"))
        top += _HEAD + _STEP * len(group.bars) + _GAP
    left = len(values) - count
    if left or not shown:
        words = _WORDS["more"][lang].format(n=left) if left else _WORDS["none"][lang]
        drawn.append(text(words, _EDGE, top + 10, fill=SOFT, class_="soft"))
        top += 18
    description = _WORDS["none"][lang]
    if values:
        description = _WORDS["all"][lang].format(
            n=number(len(values), lang), series=number(len(series), lang), labels=number(len(usable), lang),
            low=number(min(values), lang), high=number(max(values), lang),
        )  # fmt: skip
    some = any(group.href for group in shown)
    return framed(drawn, WIDTH, math.ceil(top), title=title, description=description, name=name, links=some)


def _bar(value: float, said: str, kind: int | None, zero: float, scale: float, top: float, name: str) -> str:
    length = value * scale
    left, right = min(zero, zero + length), max(zero, zero + length)
    beside = {"x": right + 5} if value >= 0 else {"x": left - 5, "text_anchor": "end"}
    return _swatch(kind, left, top, max(right - left, 1), _BAR, name) + text(
        said,
        y=top + 10,
        size=_SMALL,
        fill=SOFT,
        class_="soft",
        **beside,
    )


def _swatch(kind: int | None, x: float, y: float, width: float, height: float, name: str) -> str:
    """A piece of a bar in the colour and the hatching of its series."""
    place = {"x": round(x, 1), "y": round(y, 1), "width": round(width, 1), "height": height}
    if kind is None:
        return tag("rect", **place, fill=MARK, class_="bar")
    drawn = tag("rect", **place, fill=COLOURS[kind], class_=f"bar kind-{kind}")
    return drawn + (tag("rect", **place, fill=f"url(#{name}-hatch-{kind})") if _HATCHES[kind] else "")


def _hatchings(count: int, name: str) -> str:
    style = {"fill": "none", "stroke": PAPER, "stroke_width": 1.4, "class_": "hatch"}
    return tag(
        "defs",
        *(
            tag(
                "pattern", tag("path", d=_HATCHES[kind], **style),
                id=f"{name}-hatch-{kind}", width=6, height=6, patternUnits="userSpaceOnUse",
            )
            for kind in range(count)
            if _HATCHES[kind]
        ),
    )  # fmt: skip


def _legend(series: Sequence[str], name: str) -> tuple[list[str], float]:
    """The colour and hatching of each series with its name, in lines; and where they end."""
    drawn: list[str] = []
    left, top = float(_EDGE), float(_EDGE)
    for kind, said in enumerate(series):
        words = fitted(said, WIDTH - 60, _SMALL)
        room = 36 + width_of(words, _SMALL)
        if left > _EDGE and left + room > WIDTH - _EDGE:
            left, top = float(_EDGE), top + 20
        drawn.append(_swatch(kind, left, top + 1, 18, _BAR, name))
        drawn.append(text(words, left + 23, top + 11, _SMALL))
        left += room
    return drawn, top + 28
