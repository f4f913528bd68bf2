"""Where the rows of a table are: which column says it, and what a value of it is on a map.

A geometry literal of GeoSPARQL says it itself; a territory, a code of one, and a contract, body or framework
of the graph through its territory, stand at points (``cls_graph.queries.spots``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from cls_graph.errors import BadRequest, NotAcceptable, Text
from cls_graph.geo.codes import codes
from cls_graph.geo.geometries import read_geojson, read_wkt
from cls_graph.geo.points import territory_key
from cls_graph.namespaces import XSD
from cls_graph.records.lexical import CONTRACT_KEY
from cls_graph.store.base import Term

CONTRACT_KEYS = ("key", "otherKey", "previous")
"""Columns that hold the key of a contract."""
_GEO = "http://www.opengis.net/ont/geosparql#"
READERS = {_GEO + "wktLiteral": read_wkt, _GEO + "geoJSONLiteral": read_geojson}
_TEXTS = (XSD + "string", XSD + "token", XSD + "normalizedString")
_KEY = re.compile(CONTRACT_KEY)
_THING = re.compile(r"id/(?P<sort>contract|organisation|framework)/[\w.-]+(?P<part>/.+)?", re.ASCII)
_WORD = re.compile("[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]+")
_LEVELS = {
    "commune": re.compile("communes?"),
    "departement": re.compile("d[ée]p(?:t|artements?)?"),
    "epci": re.compile("epci"),
    "region": re.compile("r[ée]gions?"),
}
"""The words that say in the name of a column that it holds the codes of a level."""
_CODE = re.compile("code.*|insee|cog")
_NO_CODE = re.compile(".*(?:post|zip).*")
_LONGEST_NAME = 100
"""Characters of the name of a column in which such words are looked for."""
_JUDGED = 500
"""Rows by which a column of texts is judged to hold codes: as many for a link to a map as for the map."""
_LENGTHS = {2: "departement", 3: "departement", 5: "commune", 9: "epci"}
"""The level of a code by how long it is, where only that tells it."""
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
        if term.datatype.value in READERS:
            return "geometry"
        if term.datatype.value not in _TEXTS:
            return ""
        if self.name in CONTRACT_KEYS and _KEY.fullmatch(term.value):
            return "thing"
        return "code" if self.coded(term.value) else ""

    @cached_property
    def level(self) -> str:
        """The level of which the column holds codes, where its name says it."""
        return next((name for name, said in _LEVELS.items() if self._says(said)), "")

    @cached_property
    def _by_length(self) -> bool:
        """Whether the name says that there are codes, and not of which level."""
        return not self.level and self._says(_CODE) and not self._says(_NO_CODE)

    @cached_property
    def _words(self) -> list[str]:
        """The words that the name is made of."""
        return [word.lower() for word in _WORD.findall(self.name)] if len(self.name) <= _LONGEST_NAME else []

    def _says(self, said: re.Pattern[str]) -> bool:
        """Whether one of these words is meant."""
        return any(said.fullmatch(word) for word in self._words)

    def coded(self, code: str) -> str:
        """The key of the territory that a code means in this column, or nothing.

        >>> Way("codeDep", 0, "").coded("26")
        'departement/26'
        """
        level = _LENGTHS.get(len(code), "") if self._by_length else self.level
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
        terms = dict.fromkeys(row[place] for row in rows)
        kinds = {way.kind(term) for term in terms if term is not None}
        if not way.level and any(
            row[place] is not None and not way.kind(row[place]) for row in rows[:_JUDGED]
        ):
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
