"""Where the rows of a table are: which column says it, and the geometry that a value of it stands for.

A geometry literal of GeoSPARQL says it itself. A territory, a code of one, and a contract, body or framework
of the graph through its territory, stand at points that the data do not state (``cls_graph.geo.points``):
these are inferred, and each says from what.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from cls_graph.errors import BadRequest, NotAcceptable, Text
from cls_graph.geo.codes import codes
from cls_graph.geo.geometries import LONGEST, Geometry, GeometryError, read_geojson, read_wkt
from cls_graph.geo.points import Position, geometry, points, territory_key
from cls_graph.geo.rings import box_of, wound
from cls_graph.namespaces import CLS, DCTERMS, XSD
from cls_graph.records.lexical import CONTRACT_KEY
from cls_graph.store.base import Term

CONTRACT_KEYS = ("key", "otherKey", "previous")
"""Columns that hold the key of a contract."""
_GEO = "http://www.opengis.net/ont/geosparql#"
_READERS = {_GEO + "wktLiteral": read_wkt, _GEO + "geoJSONLiteral": read_geojson}
_TEXTS = (XSD + "string", XSD + "token", XSD + "normalizedString")
_KEY = re.compile(CONTRACT_KEY)
_THING = re.compile(r"id/(?P<sort>contract|organisation|framework)/[\w.-]+(?P<part>/.+)?", re.ASCII)
_LEVELS = {
    "commune": re.compile("commune", re.IGNORECASE),
    "departement": re.compile("d[ée]p", re.IGNORECASE),
    "epci": re.compile("epci", re.IGNORECASE),
    "region": re.compile("r[ée]gion", re.IGNORECASE),
}
"""What says in the name of a column that it holds the codes of a level."""
_CODE = re.compile("(?!.*(?:post|zip)).*(?:code|insee|cog)", re.IGNORECASE)
_LENGTHS = {2: "departement", 3: "departement", 5: "commune", 9: "epci"}
"""The level of a code by how long it is, where only that tells it."""
_AT_ONCE = 500
_KINDS = ("geometry", "territory", "code", "thing", "part")
"""What a value can be on a map, the surest first; a part of a contract stands where the contract does."""

_NO_COLUMN: Text = {
    "fr": "Aucune colonne ne dit où placer les lignes. Il faut une géométrie (geo:wktLiteral ou "
    "geo:geoJSONLiteral), un territoire, un contrat, un organisme ou un cadre de ce graphe, la clé d'un "
    "contrat (colonne key), ou un code dans une colonne dont le nom le dit (commune, departement, code…).",
    "en": "No column says where the rows are. It takes a geometry (geo:wktLiteral or geo:geoJSONLiteral), a "
    "territory, contract, body or framework of this graph, the key of a contract (column key), or a code in "
    "a column whose name says so (commune, departement, code…).",
}
_NOTED: Text = {"fr": "{name} ({key}) : {note}", "en": "{name} ({key}): {note}"}
_MISSING: dict[str, Text] = {
    "value": {"fr": "pas de valeur dans la colonne {column}", "en": "no value in the column {column}"},
    "kind": {"fr": "cette valeur ne désigne pas de lieu", "en": "this value names no place"},
    "empty": {"fr": "la géométrie est vide", "en": "the geometry is empty"},
    "territory": {"fr": "son territoire n'est pas connu", "en": "its territory is not known"},
    "point": {"fr": "aucun point n'est connu pour {keys}", "en": "no point is known of {keys}"},
}


@dataclass(frozen=True)
class Way:
    """The column that says where rows are."""

    name: str
    column: int
    base: str
    """What the identifiers of the graph begin with."""

    def kind(self, term: Term | None) -> str:
        """What a value of the column is on a map (see ``_KINDS``), or nothing."""
        if isinstance(term, ox.NamedNode):
            if not term.value.startswith(self.base):
                return ""
            if territory_key(term.value):
                return "territory"
            found = _THING.fullmatch(term.value, len(self.base))
            if found is None or (found["part"] and found["sort"] != "contract"):
                return ""
            return "part" if found["part"] else "thing"
        if not isinstance(term, ox.Literal):
            return ""
        if term.datatype.value in _READERS:
            return "geometry"
        if term.datatype.value not in _TEXTS:
            return ""
        if self.name in CONTRACT_KEYS and _KEY.fullmatch(term.value):
            return "thing"
        return "code" if self.coded(term.value) else ""

    @property
    def level(self) -> str:
        """The level of which the column holds codes, where its name says it."""
        return next((name for name, said in _LEVELS.items() if said.search(self.name)), "")

    def coded(self, code: str) -> str:
        """The key of the territory that a code means in this column, or nothing.

        >>> Way("codeDep", 0, "").coded("26")
        'departement/26'
        """
        level = self.level
        if not level and _CODE.match(self.name):
            level = _LENGTHS.get(len(code), "")
        return f"{level}/{code}" if level and codes().by_code(level, code) else ""

    def thing(self, term: Term | None) -> str:
        """The identifier of the thing whose territory is to be looked up, or nothing."""
        kind = self.kind(term)
        if kind not in ("thing", "part"):
            return ""
        if isinstance(term, ox.Literal):
            return f"{self.base}id/contract/{term.value}"
        assert isinstance(term, ox.NamedNode)
        path = term.value[len(self.base) :].split("/")
        return self.base + "/".join(path[:3])

    def things(self, rows: Iterable[Sequence[Term | None]]) -> list[str]:
        """The things of the rows whose territories are to be looked up, each once."""
        terms = dict.fromkeys(row[self.column] for row in rows)
        return [iri for iri in dict.fromkeys(map(self.thing, terms)) if iri]


def ways(columns: Sequence[str], rows: Sequence[Sequence[Term | None]], base: str) -> list[Way]:
    """The columns that say where rows are, the likeliest first."""
    found = []
    for place, name in enumerate(columns):
        way = Way(name, place, base)
        kinds = {way.kind(term) for term in {row[place] for row in rows} if term is not None}
        if "" in kinds and not way.level:
            # Some numbers of any list are codes by chance.
            kinds.discard("code")
        if kinds := kinds - {""}:
            found.append((min(map(_KINDS.index, kinds)), place, way))
    return [way for _, _, way in sorted(found, key=lambda row: row[:2])]


def way_of(
    columns: Sequence[str], rows: Sequence[Sequence[Term | None]], base: str, asked: str = ""
) -> Way | None:
    """The column that is ``asked`` for, else the likeliest; ``None`` where there is no row to place.

    Raises ``NotAcceptable`` where no column says where rows are, and ``BadRequest`` where the one that is
    asked for does not.
    """
    found = ways(columns, rows, base) if rows else []
    if asked and asked not in (columns if not rows else [way.name for way in found]):
        names = ", ".join(way.name for way in found) if rows else ", ".join(columns)
        raise BadRequest(
            f"place : la colonne « {asked} » ne place pas les lignes ; possibles : {names or 'aucune'}.",
            f"place: the column '{asked}' does not place the rows; possible: {names or 'none'}.",
            parameter="place",
        )
    if rows and not found:
        raise NotAcceptable(_NO_COLUMN["fr"], _NO_COLUMN["en"])
    return next((way for way in found if asked in ("", way.name)), None)


def territory_queries(things: Sequence[str]) -> Iterator[str]:
    """The queries for the territories of things, in pieces that a service takes."""
    for start in range(0, len(things), _AT_ONCE):
        # Each was made of characters that end no IRI.
        some = " ".join(f"<{iri}>" for iri in things[start : start + _AT_ONCE])
        yield (
            f"SELECT DISTINCT ?thing ?place WHERE {{ VALUES ?thing {{ {some} }} "
            f"?thing <{CLS}territory>|<{DCTERMS}spatial> ?place }}"
        )


def territories_in(rows: Iterable[Sequence[Term | None]]) -> dict[str, set[str]]:
    """By thing, the keys of its territories, from the answers to those queries."""
    found: dict[str, set[str]] = {}
    for thing, place in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(place, ox.NamedNode) and territory_key(place.value):
            found.setdefault(thing.value, set()).add(territory_key(place.value))
    return found


@dataclass(frozen=True)
class Spot:
    """Where a row is: its geometry as JSON, the box around that, and what is said of it beside the row."""

    geometry: str = "null"
    box: tuple[float, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)


class Placer:
    """Finds the spot of a value, each once. ``territories``: the keys of those of things, looked up."""

    def __init__(
        self, way: Way, territories: Mapping[str, Iterable[str]] | None = None, lang: str = "fr"
    ) -> None:
        self.way, self.lang = way, lang
        self._territories = territories or {}
        self.spent = 0
        """Characters of geometries that have been read."""
        self._terms: dict[Term | None, Spot] = {}
        self._keys: dict[tuple[str, ...], Spot] = {}

    def of(self, term: Term | None) -> Spot:
        """The spot of a value of the column."""
        if term not in self._terms:
            self._terms[term] = self._of(term)
        return self._terms[term]

    def _of(self, term: Term | None) -> Spot:
        kind = self.way.kind(term)
        if kind == "geometry":
            assert isinstance(term, ox.Literal)
            return self._literal(term)
        if not kind:
            return self._none("value" if term is None else "kind", column=self.way.name)
        assert isinstance(term, ox.NamedNode | ox.Literal)
        if kind == "territory":
            return self.at([territory_key(term.value)])
        if kind == "code":
            return self.at([self.way.coded(term.value)])
        return self.at(self._territories.get(self.way.thing(term), ()))

    def at(self, keys: Iterable[str]) -> Spot:
        """The spot of territories by their keys: the points of all of them."""
        wanted = tuple(sorted(set(keys)))
        if wanted not in self._keys:
            self._keys[wanted] = self._located(wanted)
        return self._keys[wanted]

    def _located(self, keys: tuple[str, ...]) -> Spot:
        if not keys:
            return self._none("territory")
        there: list[Position] = []
        notes = []
        for key in keys:
            found, place = points().of(key), codes().by_code(*key.split("/", 1))
            if found is not None and place is not None:
                there += found.positions
                note = found.note[self.lang]
                notes.append(_NOTED[self.lang].format(name=place.name, key=key, note=note))
        if not there:
            return self._none("point", keys=", ".join(keys))
        said = {
            "geometry:status": "inferred",
            "geometry:territory": ", ".join(keys),
            "geometry:note": " ; ".join(notes) if self.lang == "fr" else "; ".join(notes),
        }
        return _spot(geometry(there), said)

    def _literal(self, term: ox.Literal) -> Spot:
        self.spent += min(len(term.value), LONGEST)
        try:
            found = _READERS[term.datatype.value](term.value)
        except GeometryError as error:
            return Spot(said={"geometry:note": error.text[self.lang]})
        return _spot(wound(found), {}) if found else self._none("empty")

    def _none(self, why: str, **values: str) -> Spot:
        return Spot(said={"geometry:note": _MISSING[why][self.lang].format(**values)})


def _spot(made: Geometry, said: Mapping[str, str]) -> Spot:
    return Spot(json.dumps(made, separators=(",", ":")), tuple(box_of(made)), said)


@dataclass(frozen=True)
class Atlas:
    """What places rows of one store: its base, and the territories of things, which ``look_up`` asks for."""

    base: str = ""
    look_up: Callable[[Sequence[str]], Mapping[str, Iterable[str]]] = lambda _: {}

    def placer(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Term | None]],
        lang: str = "fr",
        asked: str = "",
    ) -> Placer | None:
        """What finds the spots of these rows; ``None`` where there is none. Raises as ``way_of``."""
        way = way_of(columns, rows, self.base, asked)
        return Placer(way, self.look_up(way.things(rows)), lang) if way else None
