"""Periods as bars on a scale of years, one line each; open where an end is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cls_graph.pictures.svg import LINE, MARK, PAPER, SOFT, Picture, fitted, framed, link, tag, text

_NAME, _YEAR_LEAST, _ROW, _TOP, _EDGE = 250, 26, 26, 26, 8
_WIDE = 620
_WORDS = {
    "fr": {"all": "{n} périodes, de {begin} à {end}.", "none": "Aucune période.", "open": "non connu"},
    "en": {"all": "{n} periods, from {begin} to {end}.", "none": "No period.", "open": "not known"},
}


@dataclass(frozen=True)
class Span:
    """A period by its years, the last one included; ``None`` where one is not known."""

    label: str
    begin: int | None
    end: int | None
    href: str = ""


def timeline(spans: Sequence[Span], *, title: str, lang: str = "fr", name: str = "timeline") -> Picture:
    """The bars, in the order given. A span of which neither year is known is left out."""
    words = _WORDS[lang]
    shown = [s for s in spans if s.begin is not None or s.end is not None]
    years = [year for s in shown for year in (s.begin, s.end) if year is not None]
    first, last = (min(years), max(years)) if years else (0, 0)
    each = max(_YEAR_LEAST, _WIDE / (last - first + 1))
    width = 2 * _EDGE + _NAME + each * (last - first + 1)
    height = _TOP + _ROW * max(1, len(shown)) + _EDGE
    left = _EDGE + _NAME
    drawn = _scale(first, last, left, each, height) if years else []
    for row, span in enumerate(shown):
        drawn.append(_bar(span, _TOP + row * _ROW, left, each, first, words["open"]))
    description = words["all"].format(n=len(shown), begin=first, end=last) if shown else words["none"]
    linked = any(s.href for s in shown)
    return framed(drawn, width, height, title=title, description=description, name=name, links=linked)


def _scale(first: int, last: int, left: float, each: float, height: float) -> list[str]:
    """A line for each year, with its number where there is room."""
    step = 1 if each >= 36 else 2 if last - first < 40 else 5
    drawn = []
    for year in range(first, last + 2):
        x = left + (year - first) * each
        drawn.append(tag("line", x1=x, x2=x, y1=_TOP - 4, y2=height - _EDGE, stroke=LINE, class_="line"))
        if year <= last and (year - first) % step == 0:
            drawn.append(text(str(year), x + 3, _TOP - 10, 12, fill=SOFT, class_="soft"))
    return drawn


def _bar(span: Span, y: float, left: float, each: float, first: int, unknown: str) -> str:
    begin = span.begin if span.begin is not None else span.end
    end = span.end if span.end is not None else span.begin
    assert begin is not None
    assert end is not None
    x = left + (max(begin, first) - first) * each
    wide = max(each * (end - begin + 1), 4) - 2
    whole = span.begin is not None and span.end is not None
    box = tag(
        "rect",
        x=round(x + 1, 1),
        y=y + 4,
        width=round(wide, 1),
        height=_ROW - 10,
        rx=3,
        fill=MARK if whole else PAPER,
        stroke=MARK,
        stroke_dasharray=None if whole else "4 3",
        class_="bar" if whole else "unsure",
    )
    label = text(fitted(span.label, _NAME - 12, 13), _EDGE, y + 18, 13)
    said = f"{span.label}: {span.begin or unknown} – {span.end or unknown}"
    # The whole line is the target, so that it is large enough to be hit.
    ground = tag(
        "rect", x=0, y=y, width=round(x + wide + 4, 1), height=_ROW, fill="none", pointer_events="all"
    )
    return link(ground + label + box, span.href, said)
