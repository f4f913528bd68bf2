"""The départements as a grid of squares of one size, overseas included: no geometry, no small one lost."""

from __future__ import annotations

import math
from collections.abc import Mapping

from cls_graph.geo.codes import codes
from cls_graph.pictures.svg import INK, LINE, PAPER, SOFT, Picture, fitted, framed, link, number, tag, text

_GRID = """
.  .  .  .  .  .  .  62 59 .  .  .
.  .  .  .  .  .  76 80 02 08 .  .
.  .  .  50 14 27 95 60 51 55 57 67
29 22 35 53 61 78 92 93 77 52 54 68
.  56 44 49 72 28 75 94 10 70 88 90
.  .  85 79 37 41 91 45 89 21 25 .
.  .  17 16 86 36 18 58 71 39 .  .
.  .  33 24 87 23 03 42 69 01 74 .
.  .  40 47 19 15 63 43 38 73 .  .
.  .  64 32 46 12 48 07 26 05 .  .
.  .  .  65 82 81 30 84 04 06 .  .
.  .  .  .  31 11 34 13 83 .  2B .
.  .  .  .  09 66 .  .  .  .  2A .
.  .  .  .  .  .  .  .  .  .  .  .
971 972 973 974 976 .  975 977 978 986 987 988
.  .  .  .  .  .  984 989 .  .  .  .
"""
"""One letter a column, one line a row; the line without codes parts what is overseas from the rest."""

PLACES: dict[str, tuple[int, int]] = {
    code: (column, row)
    for row, line in enumerate(_GRID.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != "."
}
"""Column and row of each code."""

SHADES = (("#d3e9e4", INK), ("#9fd0c6", INK), ("#5fb0a2", INK), ("#247a6a", PAPER), ("#0c5446", PAPER))
"""Fill and text of each class, from few to many."""

_SIDE, _GAP, _EDGE = 44, 3, 6
_COLUMNS = max(column for column, _ in PLACES.values()) + 1
_ROWS = max(row for _, row in PLACES.values()) + 1
_WORDS = {
    "fr": {
        "all": "{n} départements ont une valeur, de {low} à {high} ; {left} n'en ont pas.",
        "one": "Un seul département a une valeur, {low} ; {left} n'en ont pas.",
        "none": "Aucun département n'a de valeur.",
        "absent": "pas de valeur",
        "other": "Hors de la grille : {codes}",
    },
    "en": {
        "all": "{n} départements have a value, from {low} to {high}; {left} have none.",
        "one": "One département has a value, {low}; {left} have none.",
        "none": "No département has a value.",
        "absent": "no value",
        "other": "Not on the grid: {codes}",
    },
}


def tiles(
    values: Mapping[str, float],
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    links: Mapping[str, str] | None = None,
    unit: str = "",
    lang: str = "fr",
    name: str = "tiles",
) -> Picture:
    """The grid. Keys of the mappings are codes of départements (``07``, ``2A``, ``974``).

    ``names`` stand in for those of the official codes. A département without a value is drawn as
    such, which is not the same as zero; codes that are on no tile are named below.
    """
    usable = {code: value for code, value in values.items() if math.isfinite(value)}
    known = {**_official(), **(names or {})}
    edges = classes([value for code, value in usable.items() if code in PLACES])
    words = _WORDS[lang]
    drawn = [
        _tile(code, known.get(code, code), usable.get(code), edges, (links or {}).get(code, ""), unit, lang)
        for code in PLACES
    ]
    width = 2 * _EDGE + _COLUMNS * _SIDE
    height = 2 * _EDGE + _ROWS * _SIDE
    each = len(set(usable.values())) <= len(edges)
    drawn += _legend(edges, height + 4, unit, lang, each=each)
    height += 34
    if strangers := sorted(set(usable) - set(PLACES)):
        said = fitted(words["other"].format(codes=", ".join(strangers)), width - 2 * _EDGE, 12)
        drawn.append(text(said, _EDGE, height + 8, 12, fill=SOFT, class_="soft"))
        height += 18
    on_grid = [value for code, value in usable.items() if code in PLACES]
    description = (
        words["one" if len(on_grid) == 1 else "all"].format(
            n=len(on_grid),
            left=len(PLACES) - len(on_grid),
            low=number(min(on_grid), lang),
            high=number(max(on_grid), lang),
        )
        if on_grid
        else words["none"]
    )
    return framed(drawn, width, height, title=title, description=description, name=name, links=bool(links))


def classes(values: list[float]) -> list[float]:
    """The lower edge of each class, five at most: every value its own class, or about as many in each.

    >>> classes([1, 1, 2, 3])
    [1, 2, 3]
    """
    distinct = sorted(set(values))
    if len(distinct) <= len(SHADES):
        return distinct
    ordered = sorted(values)
    edges = [ordered[len(ordered) * i // len(SHADES)] for i in range(len(SHADES))]
    return sorted(set(edges))


def _shade(value: float, edges: list[float]) -> int:
    """Which of the shades a value has."""
    return _shade_of(sum(edge <= value for edge in edges) - 1, len(edges))


def _shade_of(place: int, count: int) -> int:
    return place + (len(SHADES) - count) // 2 if count < len(SHADES) else place


def _brief(value: float, lang: str) -> str:
    """A number that fits a tile: in thousands or millions where it is long. The whole is in its title.

    >>> [_brief(n, "fr") for n in (9999, 64483, 173089, 1_749_500, -25000, 12.25)]
    ['9\u202f999', '64\u202fk', '173\u202fk', '1,7\u202fM', '-25\u202fk', '12,25']
    """
    size = abs(value)
    if size < 10_000:
        return number(value, lang)
    power, mark = (1_000_000, "M") if size >= 999_500 else (1_000, "k")
    return (
        number(round(value / power, 1 if size < 9_950_000 and power > 1_000 else 0), lang) + f"\u202f{mark}"
    )


def _tile(
    code: str, label: str, value: float | None, edges: list[float], href: str, unit: str, lang: str
) -> str:
    column, row = PLACES[code]
    x, y, side = _EDGE + column * _SIDE, _EDGE + row * _SIDE, _SIDE - _GAP
    middle = x + side / 2
    if value is None:
        drawn = [
            tag(
                "rect", x=x + 0.5, y=y + 0.5, width=side - 1, height=side - 1, rx=3,
                fill=PAPER, stroke=LINE, stroke_dasharray="3 2", class_="none",
            ),
            text(code, middle, y + side / 2 + 4, 11, fill=SOFT, class_="soft", text_anchor="middle"),
        ]  # fmt: skip
        return link("".join(drawn), href, f"{label} ({code}): {_WORDS[lang]['absent']}")
    shade = _shade(value, edges)
    fill, ink = SHADES[shade]
    said, inside = number(value, lang), _brief(value, lang)
    drawn = [
        tag("rect", x=x, y=y, width=side, height=side, rx=3, fill=fill, class_=f"shade-{shade}"),
        text(code, middle, y + 15, 10.5, fill=ink, class_=f"on-{shade}", text_anchor="middle"),
        text(
            fitted(inside, side + 6, 11), middle, y + 32, 14 if len(inside) < 5 else 11,
            fill=ink, class_=f"on-{shade}", font_weight="600", text_anchor="middle",
        ),
    ]  # fmt: skip
    return link("".join(drawn), href, f"{label} ({code}): {said}" + (f" {unit}" if unit else ""))


def _legend(edges: list[float], top: float, unit: str, lang: str, *, each: bool) -> list[str]:
    """Which shade stands for which values; with ``each``, every value has its own."""
    drawn, x = [], float(_EDGE)
    for place, edge in enumerate(edges):
        shade = _shade_of(place, len(edges))
        said = number(edge, lang)
        following = edges[place + 1] if place + 1 < len(edges) else None
        if not each and following is None:
            said = f"≥ {said}"
        elif not each and following is not None:
            said = f"{said} – < {number(following, lang)}"
        drawn.append(
            tag(
                "rect",
                x=round(x, 1),
                y=top,
                width=14,
                height=14,
                rx=2,
                fill=SHADES[shade][0],
                class_=f"shade-{shade}",
            )
        )
        drawn.append(text(said, x + 19, top + 11.5, 12))
        x += 32 + len(said) * 7
    if unit and edges:
        drawn.append(text(unit, x, top + 11.5, 12, fill=SOFT, class_="soft"))
    return drawn


def _official() -> dict[str, str]:
    return {p.code: p.name for p in codes().places.values() if p.level == "departement"}
