"""Where a territory is: the point of a commune, that of a seat, or those of the communes of a group.

The file beside this module says its source, vintage and licence; ``scripts/make_points.py`` writes it. A
point is that of the principal place of a commune, of no official standing: what comes of it is inferred.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import accumulate
from typing import Any

from cls_graph.geo.codes import Codes, codes

Text = dict[str, str]
"""A sentence by language."""
Position = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84), as GeoJSON has them."""

TERRITORY = re.compile(r"/territory/(?P<level>commune|epci|arrondissement|departement|region)/(?P<code>\w+)$")
"""The end of a territory's identifier."""
_OWN: Text = {"fr": "point de la commune", "en": "point of the commune"}
_SEAT: Text = {"fr": "point du chef-lieu : {name} ({code})", "en": "point of its seat: {name} ({code})"}
_MEMBERS: Text = {
    "fr": "points de {n} de ses {all} communes",
    "en": "points of {n} of its {all} communes",
}


@dataclass(frozen=True)
class Located:
    """The positions that stand for a place, and in words what they are."""

    positions: tuple[Position, ...]
    note: Text

    def geometry(self) -> dict[str, Any]:
        """A Point or MultiPoint of GeoJSON (RFC 7946)."""
        return geometry(self.positions)


@dataclass(frozen=True)
class Points:
    """The points of one vintage."""

    source: str
    vintage: str
    places_vintage: str
    licence: str
    communes: Mapping[str, Position] = field(repr=False)
    seats: Mapping[str, str] = field(repr=False)
    """The commune that is the seat of a département, arrondissement or region, by the key of that."""

    def of(self, key: str, known: Codes | None = None) -> Located | None:
        """Where the territory of a key (``epci/200071199``) is; ``None`` where that is not known.

        >>> points().of("commune/26362").positions
        ((4.9096, 44.9256),)
        """
        known = known or codes()
        level, _, code = key.partition("/")
        place = known.by_code(level, code)
        if place is None:
            return None
        if level == "commune":
            return self._at([place.code], _OWN)
        if level == "epci":
            members = known.members.get(code, [])
            there = [member for member in sorted(members) if member in self.communes]
            return self._at(there, _filled(_MEMBERS, n=len(there), all=len(members)))
        seat = known.by_code("commune", self.seats.get(key, ""))
        return self._at([seat.code], _filled(_SEAT, name=seat.name, code=seat.code)) if seat else None

    def _at(self, communes: Iterable[str], note: Text) -> Located | None:
        found = tuple(self.communes[code] for code in communes if code in self.communes)
        return Located(found, note) if found else None

    @property
    def attribution(self) -> Text:
        """Who is to be named where a point is shown, and under which licence."""
        return {
            "fr": f"Points des communes : {self.source}, {self.vintage}, {self.licence}",
            "en": f"Points of communes: {self.source}, {self.vintage}, {self.licence}",
        }


def _filled(text: Text, **values: object) -> Text:
    return {"fr": text["fr"].format(**values), "en": text["en"].format(**values)}


def territory_key(iri: str) -> str:
    """The key of the territory that an identifier names (``commune/26362``), or nothing.

    >>> territory_key("https://w3id.org/cls-sante/id/territory/commune/26362")
    'commune/26362'
    """
    found = TERRITORY.search(iri)
    return f"{found['level']}/{found['code']}" if found else ""


def geometry(positions: Iterable[Position]) -> dict[str, Any]:
    """The geometry of positions, each once: a Point of one, a MultiPoint of several."""
    there = list(dict.fromkeys(positions))
    if len(there) == 1:
        return {"type": "Point", "coordinates": list(there[0])}
    return {"type": "MultiPoint", "coordinates": [list(position) for position in there]}


@lru_cache(maxsize=1)
def points() -> Points:
    """The points that come with the package."""
    data = resources.files("cls_graph.geo").joinpath("points.json.gz").read_bytes()
    content = json.loads(gzip.decompress(data))
    scale = content["scale"]
    columns = (accumulate(content[name]) for name in ("longitudes", "latitudes"))
    positions = zip(*columns, strict=True)
    communes = {
        code: (longitude / scale, latitude / scale)
        for code, (longitude, latitude) in zip(content["codes"].split(), positions, strict=True)
    }
    return Points(
        content["source"],
        content["vintage"],
        content["places_vintage"],
        content["licence"],
        communes,
        content["seats"],
    )
