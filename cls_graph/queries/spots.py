"""The geometry that a value stands for on a map, what is said of it beside, and why one has none.

Points that the data do not state come from ``cls_graph.geo.points``: they are inferred, and say from what.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from cls_graph.errors import Text
from cls_graph.geo.codes import codes
from cls_graph.geo.geometries import LONGEST, Check, GeometryError
from cls_graph.geo.points import Position, geometry, points, territory_key
from cls_graph.geo.rings import Geometry, box_of, wound
from cls_graph.namespaces import CLS, DCTERMS
from cls_graph.queries.placing import READERS, Way, way_of
from cls_graph.store.base import Term

_AT_ONCE = 500
_NOTED: Text = {"fr": "{name} ({key}) : {note}", "en": "{name} ({key}): {note}"}
_MISSING: dict[str, Text] = {
    "value": {"fr": "pas de valeur dans la colonne {column}", "en": "no value in the column {column}"},
    "kind": {"fr": "cette valeur ne désigne pas de lieu", "en": "this value names no place"},
    "empty": {"fr": "la géométrie est vide", "en": "the geometry is empty"},
    "territory": {"fr": "son territoire n'est pas connu", "en": "its territory is not known"},
    "point": {"fr": "aucun point n'est connu pour {keys}", "en": "no point is known of {keys}"},
}


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
    """Finds the spot of a value, each once. ``territories``: the keys of those of things, looked up;
    ``check`` is called while geometries are read, and ends that by what it raises.
    """

    def __init__(
        self,
        way: Way,
        territories: Mapping[str, Iterable[str]] | None = None,
        lang: str = "fr",
        check: Check = lambda: None,
    ) -> None:
        self.way, self.lang, self._check = way, lang, check
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
            found = READERS[term.datatype.value](term.value, self._check)
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
