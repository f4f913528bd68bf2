"""Rows as a FeatureCollection of GeoJSON (RFC 7946): a feature a row, its cells as properties.

What the collection is an answer to, and how the rows were placed, is said in members beside the features
(section 6.1). Nothing is asked of a store here.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

import pyoxigraph as ox

from cls_graph.errors import Text
from cls_graph.geo.points import points
from cls_graph.geo.rings import joined
from cls_graph.namespaces import XSD
from cls_graph.queries.spots import Placer, Spot
from cls_graph.queries.tables import Names, Rows, plain, unnamed
from cls_graph.queries.words import ABOUT
from cls_graph.store.base import Term

Properties = Mapping[str, object]
_AS_IS = Names()
_EXACT = 2**53
"""Beyond it a reader that holds numbers as doubles loses digits (RFC 7493, section 2.2)."""
_DIGITS = 15
"""Those that a double keeps of a decimal number."""

MEMBERS = {
    "question": "title",
    "definition": "description",
    "data_set": "dataset",
    "release": "release",
    "licence": "licence",
    "web_address": "address",
    "query_label": "query",
    "computation": "computation",
}
"""What the items of a workbook are called as members of a collection."""
WORDS: dict[str, Text] = {
    "inferred": {
        "fr": "Là où geometry:status vaut inferred, les données n'énoncent pas de coordonnées : le point est "
        "celui d'une commune, d'un chef-lieu ou des communes d'un groupement, sans valeur officielle ; "
        "geometry:note dit lequel.",
        "en": "Where geometry:status is inferred, the data state no coordinates: the point is that of a "
        "commune, of a seat or of the communes of a group, of no official standing; geometry:note says "
        "which.",
    },
    "unplaced": {
        "fr": "Lignes sans lieu : leur géométrie est nulle, et geometry:note dit pourquoi.",
        "en": "Rows without a place: their geometry is null, and geometry:note says why.",
    },
    "cut": {
        "fr": "INCOMPLET : seules les {n} premières lignes sont ici.",
        "en": "INCOMPLETE: only the first {n} rows are here.",
    },
}
"""What a collection says of itself."""


def members(
    about: Iterable[tuple[str, object]], columns: Mapping[str, str], placer: Placer | None
) -> dict[str, object]:
    """The members that say what a collection answers. ``about``: what a workbook says too, by its keys in
    ``queries.words.ABOUT``, and parameters by their names; ``columns``: what each is called.
    """
    found: dict[str, object] = {}
    given: dict[str, object] = {}
    for name, said in about:
        if name in MEMBERS:
            found[MEMBERS[name]] = said
        elif name not in ABOUT:
            given[name] = said
    ordered = {name: found[name] for name in MEMBERS.values() if name in found}
    placed = {"placedBy": placer.way.name} if placer else {}
    return {**ordered, **({"parameters": given} if given else {}), "columns": dict(columns), **placed}


@dataclass(frozen=True)
class Feature:
    """A row: where it is, and its properties."""

    spot: Spot
    properties: Properties


@dataclass(frozen=True)
class Collection:
    """A FeatureCollection as it is sent; ``full`` where there was no room for all of its features."""

    body: bytes
    count: int
    unplaced: int
    full: bool = False


def features(columns: Sequence[str], rows: Rows, placer: Placer | None, names: Names) -> Iterator[Feature]:
    """The features of rows. Without a ``placer`` there are none; a geometry is no property of its feature.

    Beside a column of things that no other one names are their names, where ``names`` has any.
    """
    if placer is None:
        return
    told = [place for place in range(len(columns)) if unnamed(columns, place)]
    beside = {
        place: f"{columns[place]}Label"
        for place in told
        if any(isinstance(t := row[place], ox.NamedNode) and t.value in names.labels for row in rows)
    }
    for row in rows:
        term = row[placer.way.column]
        found: dict[str, object] = {}
        for place, name in enumerate(columns):
            if place == placer.way.column and placer.way.kind(term) == "geometry":
                continue
            found[name] = value(row[place])
            if place in beside:
                found[beside[place]] = names.labels.get(getattr(row[place], "value", ""))
        yield Feature(placer.of(term), found)


def value(term: Term | None) -> object:
    """A term as a value of JSON: a number, a truth, or a text as the data write it."""
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(term.value, term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "duration":
        return term.value
    if isinstance(term, ox.NamedNode):
        return term.value
    found = plain(term, _AS_IS)
    if isinstance(found, datetime.date):
        return getattr(term, "value", str(term))
    if isinstance(found, int | float | Decimal) and not isinstance(found, bool):
        return _number(found, str(getattr(term, "value", found)))
    return found


def _number(found: int | float | Decimal, written: str) -> object:
    """A number where JSON and its readers have room for it, else as it is written."""
    if isinstance(found, int):
        return found if abs(found) < _EXACT else written
    if isinstance(found, Decimal) and (not found.is_finite() or len(found.as_tuple().digits) > _DIGITS):
        return written
    return float(found) if math.isfinite(float(found)) else written


def collection(
    found: Iterable[Feature],
    about: Mapping[str, object],
    *,
    lang: str = "fr",
    most: int = 0,
    cut: bool = False,
    enough: Callable[[], bool] = lambda: False,
) -> Collection:
    """Features as a FeatureCollection, up to ``most`` bytes of them (0: all); ``about`` are members beside.

    It ends before the feature of which ``enough`` is true. One that holds not all rows, because it is
    ``cut`` or they did not fit, says so.
    """
    lines: list[bytes] = []
    boxes: dict[tuple[float, ...], None] = {}
    size, unplaced, inferred, full = 0, 0, False, False
    for feature in found:
        properties = json.dumps({**feature.properties, **feature.spot.said}, ensure_ascii=False)
        line = (f'{{"type":"Feature","geometry":{feature.spot.geometry},"properties":{properties}}}').encode()
        size += len(line) + 2
        if (most and size > most) or enough():
            full = True
            break
        lines.append(line)
        if feature.spot.box:
            boxes[feature.spot.box] = None
        else:
            unplaced += 1
        inferred = inferred or "geometry:status" in feature.spot.said
    head: dict[str, object] = {"type": "FeatureCollection"}
    if boxes:
        head["bbox"] = joined(map(list, boxes))
    head |= {name: said for name, said in about.items() if said not in ("", None)}
    head["language"] = lang
    if inferred:
        head |= {"inferred": WORDS["inferred"][lang], "attribution": points().attribution[lang]}
    head["count"] = len(lines)
    if unplaced:
        head["unplaced"] = {"count": unplaced, "note": WORDS["unplaced"][lang]}
    if cut or full:
        head["incomplete"] = WORDS["cut"][lang].format(n=len(lines))
    opened = json.dumps(head, ensure_ascii=False).encode()[:-1] + b', "features": ['
    body = b"".join(chain([opened, b"\n" if lines else b""], [b",\n".join(lines)], [b"\n]}\n"]))
    return Collection(body, len(lines), unplaced, full)
