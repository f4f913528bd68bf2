"""Geometries of literals (WKT of GeoSPARQL 1.1, or GeoJSON) as those of GeoJSON (RFC 7946).

Positions are longitude and latitude in degrees, WGS 84: that is CRS84, which WKT means where it names none;
EPSG:4326 has the latitude first, and is turned round. Nothing is projected: another system is an error. Rings
are read in the order that they have; ``cls_graph.geo.rings`` turns them as RFC 7946 wants them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from cls_graph.geo.points import Text
from cls_graph.geo.rings import Geometry

LONGEST = 4 << 20
"""Characters of a literal that is read."""
_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How deep the lists of positions of each type are nested."""
_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
"""The fewest positions of a line, and of a ring."""
_NAMES = {name.upper(): name for name in (*_DEPTH, "GeometryCollection")}
_HIGHEST = 1e9
"""An altitude in metres that no thing has; what is beyond it is no number of a position."""
_NESTED = 8
"""Collections within collections that are read."""
_CRS = re.compile(r"\s*<(?P<iri>[^>]*)>\s*")
_CRS84 = re.compile(r"https?://www\.opengis\.net/def/crs/OGC/[^/]+/CRS84h?")
_EPSG_4326 = re.compile(r"https?://www\.opengis\.net/def/crs/EPSG/[^/]+/(?:4326|4979)")
_TOKEN = re.compile(
    r"\s*(?:(?P<word>[A-Za-z]+)"
    r"|(?P<number>(?>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?![^\s(),]))"
    r"|([(),]))"
)
_RUN = re.compile(r"[-+.0-9eE,\s]+")
"""Positions and nothing else."""

Check = Callable[[], None]
"""Called while a long literal is read; what it raises ends that."""
_TOO_DEEP = ("des collections trop imbriquées", "collections too deep in each other")
_WANTED = {
    "word": {"fr": "le nom d'une géométrie", "en": "the name of a geometry"},
    "number": {"fr": "un nombre", "en": "a number"},
}


class GeometryError(ValueError):
    """A literal that holds no geometry that can be given as GeoJSON, and why: ``text``, by language."""

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(en)
        self.text: Text = {"fr": fr, "en": en}


def read_wkt(text: str, check: Check = lambda: None) -> Geometry | None:
    """The geometry of a ``geo:wktLiteral``; ``None`` of an empty one. Raises ``GeometryError``.

    >>> read_wkt("POINT (4.89 44.93)")
    {'type': 'Point', 'coordinates': [4.89, 44.93]}
    >>> read_wkt("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (44.93 4.89)")
    {'type': 'Point', 'coordinates': [4.89, 44.93]}
    """
    _measure(text)
    found = _CRS.match(text)
    iri = found["iri"] if found else ""
    turned = bool(_EPSG_4326.fullmatch(iri))
    if iri and not turned and not _CRS84.fullmatch(iri):
        raise GeometryError(
            f"le système de coordonnées {_brief(iri)} n'est pas lu : CRS84 ou EPSG:4326",
            f"the coordinate reference system {_brief(iri)} is not read: CRS84 or EPSG:4326",
        )
    reader = _Reader(text, found.end() if found else 0, check, turned=turned)
    geometry = reader.geometry(0)
    if reader.kind:
        raise GeometryError("du texte suit la géométrie", "there is text after the geometry")
    return geometry


def read_geojson(text: str, check: Check = lambda: None) -> Geometry | None:
    """The geometry of a ``geo:geoJSONLiteral``; ``None`` of an empty one. Raises ``GeometryError``."""
    _measure(text)
    check()
    try:
        return _checked(json.loads(text), 0)
    except GeometryError:
        raise
    except (ValueError, RecursionError) as error:
        raise GeometryError("ce n'est pas du JSON lisible", "this is no JSON that can be read") from error


def _brief(text: str) -> str:
    """A text as a message shows it: its beginning, without halves of characters (which JSON can hold)."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return short.encode(errors="replace").decode()


def _measure(text: str) -> None:
    if len(text) > LONGEST:
        raise GeometryError(f"plus de {LONGEST} caractères", f"over {LONGEST} characters")


class _Reader:
    """Reads well-known text, one token after another; ``kind`` is empty at its end."""

    def __init__(self, text: str, start: int, check: Check, *, turned: bool) -> None:
        self._text, self._check, self._turned = text, check, turned
        self._start = self._at = start
        self._end = len(text.rstrip())
        self.kind, self._value = "", ""
        self._next()

    def _next(self) -> None:
        self._check()
        self.kind, self._value, self._start = "", "", self._at
        if self._at >= self._end:
            return
        found = _TOKEN.match(self._text, self._at, self._end)
        if found is None:
            raise GeometryError(
                f"illisible après le caractère {self._at}", f"not readable after character {self._at}"
            )
        self._at = found.end()
        self.kind, self._value = found.lastgroup or found.group(3), found.group().strip()

    def _take(self, kind: str) -> str:
        value = self._value
        if self.kind != kind:
            wanted = _WANTED.get(kind, {"fr": f"« {kind} »", "en": f"'{kind}'"})
            raise GeometryError(
                f"il faut {wanted['fr']}, pas {_brief(value) or 'la fin'}",
                f"{wanted['en']} is needed, not {_brief(value) or 'the end'}",
            )
        self._next()
        return value

    def geometry(self, depth: int) -> Geometry | None:
        """A geometry by its word, and what follows it."""
        word = self._take("word").upper()
        name, axes = _NAMES.get(word), ""
        if name is None and (found := re.fullmatch(r"(.+?)(ZM|Z|M)", word)):
            name, axes = _NAMES.get(found[1]), found[2]
        if name is None:
            raise GeometryError(
                f"« {_brief(word)} » n'est pas une géométrie", f"'{_brief(word)}' is no geometry"
            )
        if not axes and self.kind == "word" and self._value.upper() in ("Z", "M", "ZM"):
            axes = self._take("word").upper()
        if self.kind == "word" and self._value.upper() == "EMPTY":
            self._next()
            return None
        if name == "GeometryCollection":
            return self._collection(depth + 1)
        coordinates = self._lists(
            _DEPTH[name], axes, loose=name == "MultiPoint", members=name.startswith("Multi")
        )
        return _checked({"type": name, "coordinates": coordinates}, depth)

    def _collection(self, depth: int) -> Geometry | None:
        if depth > _NESTED:
            raise GeometryError(*_TOO_DEEP)
        self._take("(")
        found = [self.geometry(depth)]
        while self.kind == ",":
            self._next()
            found.append(self.geometry(depth))
        self._take(")")
        there = [geometry for geometry in found if geometry]
        return {"type": "GeometryCollection", "geometries": there} if there else None

    def _lists(self, depth: int, axes: str, *, loose: bool = False, members: bool = False) -> list[Any]:
        """Lists of positions, so deep; a ``loose`` one may leave out the brackets round each position, and
        one of ``members`` has empty ones, which are left out."""
        self._take("(")
        found: list[Any] = []
        whole = True
        while True:
            if members and self._value.upper() == "EMPTY":
                self._next()
            elif depth > 1 or (loose and self.kind == "("):
                inner = self._lists(depth - 1, axes)
                found.append(inner)
            elif whole and (run := self._run()):
                found += [self._position(numbers, axes) for numbers in run]
            else:
                # Looked for once a list: what follows is as long again at every position of it.
                whole = False
                found.append(self._position(self._numbers(), axes))
            if depth == 0 or self.kind != ",":
                break
            self._next()
        self._take(")")
        return found if depth or len(found) != 1 else found[0]

    def _run(self) -> list[list[float]]:
        """The numbers of all positions up to the next bracket, at once; none where these are to be read one
        by one, which says what is wrong with them."""
        close = self._text.find(")", self._start, self._end)
        run = self._text[self._start : max(close, self._start)]
        if not _RUN.fullmatch(run):
            return []
        try:
            found = [[float(number) for number in position.split()] for position in run.split(",")]
        except ValueError:
            return []
        self._at = close
        self._next()
        return found

    def _numbers(self) -> list[float]:
        numbers = [float(self._take("number"))]
        while self.kind == "number":
            numbers.append(float(self._take("number")))
        return numbers

    def _position(self, numbers: list[float], axes: str) -> list[float]:
        if len(numbers) != (2 + len(axes) if axes else min(len(numbers), 3)):
            raise GeometryError(
                f"une position de {len(numbers)} nombres", f"a position of {len(numbers)} numbers"
            )
        # A measure is no altitude, and has no place in GeoJSON.
        kept = numbers[: 2 if axes == "M" else 3]
        return [kept[1], kept[0], *kept[2:]] if self._turned and len(kept) > 1 else kept


def _checked(value: Any, depth: int) -> Geometry | None:
    """A geometry of GeoJSON with no more in it than that. Raises ``GeometryError``."""
    if depth > _NESTED:
        raise GeometryError(*_TOO_DEEP)
    if not isinstance(value, dict):
        raise GeometryError("ce n'est pas une géométrie", "this is no geometry")
    name = value.get("type")
    if name == "GeometryCollection":
        inner = value.get("geometries")
        if not isinstance(inner, list):
            raise GeometryError("une collection sans géométries", "a collection without geometries")
        there = [geometry for one in inner if (geometry := _checked(one, depth + 1))]
        return {"type": name, "geometries": there} if there else None
    if not isinstance(name, str) or name not in _DEPTH:
        told = _brief(str(name))
        raise GeometryError(f"« {told} » n'est pas une géométrie", f"'{told}' is no geometry")
    coordinates = value.get("coordinates")
    if coordinates == []:
        return None
    _check(coordinates, _DEPTH[name], name)
    return {"type": name, "coordinates": coordinates}


def _check(value: Any, depth: int, name: str) -> None:
    """Whether lists of positions are as deep and as long as the type asks for, and the numbers degrees."""
    if not isinstance(value, list) or not value:
        raise GeometryError("une liste de positions manque", "a list of positions is missing")
    if depth:
        if depth == 1 and len(value) < _LEAST.get(name, 1):
            raise GeometryError(
                f"une ligne ou un anneau de {len(value)} positions",
                f"a line or ring of {len(value)} positions",
            )
        for one in value:
            _check(one, depth - 1, name)
        if depth == 1 and name.endswith("Polygon") and value[0] != value[-1]:
            raise GeometryError("un anneau n'est pas fermé", "a ring is not closed")
        return
    if not 2 <= len(value) <= 3 or not all(_is_number(n) for n in value):
        raise GeometryError("une position n'en est pas une", "a position is none")
    if abs(value[0]) > 180 or abs(value[1]) > 90:
        raise GeometryError(
            "longitude ou latitude hors limites (des degrés, la longitude d'abord)",
            "longitude or latitude out of range (degrees, the longitude first)",
        )


def _is_number(value: object) -> bool:
    # Of what is no number at all in the end (NaN, infinity) this is not true either.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HIGHEST
