"""Which columns of a table a picture is made of: those that are asked for, else those that are likely.

A chart takes labels, quantities and perhaps a series, a tile grid départements and perhaps a quantity, a
network two columns of things and perhaps a weight. Years, ranks and positions are numbers, never quantities.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph.errors import BadRequest, Text
from cls_graph.namespaces import PREFIXES, VOCAB, XSD
from cls_graph.pictures.tiles import PLACES

Term = NamedNode | BlankNode | Literal | Triple | None
Rows = Sequence[Sequence[Term]]
Chosen = Mapping[str, tuple[str, ...]]
"""Columns by the part that they play in a picture (``ROLES``)."""

ROLES: dict[str, tuple[str, ...]] = {
    "chart": ("label", "value", "series"),
    "tiles": ("place", "value"),
    "network": ("source", "target", "weight"),
}
"""The parts that columns play in each kind of picture."""
SEVERAL = ("label", "value")
"""Parts that more than one column can play in a chart: labels side by side, values as series."""
MOST = 6
"""Columns that can play one part together: as many as series have colours."""
OPTIONAL = {"chart": ("series",), "tiles": ("value",), "network": ("weight",)}
"""Parts that no column need play in each kind; tiles without a quantity count rows."""
NONE = "-"
"""What is asked for in place of an optional column where there is to be none."""

_NUMBERS = {
    XSD + name
    for name in "integer decimal double float int long short byte nonNegativeInteger positiveInteger "
    "unsignedInt unsignedLong unsignedShort unsignedByte negativeInteger nonPositiveInteger".split()
}
_DEPARTEMENT = re.compile(r"/territory/departement/([0-9][0-9AB][0-9]?)$")
_CODES = re.compile("dep|dép|code", re.IGNORECASE)
_WORDS_OF = re.compile("label|libell|name|nom|title|titre", re.IGNORECASE)
_NO_QUANTITY = re.compile(
    r"(?:^|_)(?:year|ann[ée]e|vintage|mill[ée]sime|begin|d[ée]but|start|end|fin|position|rang|rank|ordinal)$"
    r"|(?:Year|Begin|Start|End)$"
)
_CODE_LISTS = ("ev", "mesh", "freq")
_VOCABULARIES = tuple(
    space for name, space in PREFIXES.items() if not space.startswith(VOCAB) and name not in _CODE_LISTS
)
_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Table:
    """A table of terms, and what is known of its columns."""

    variables: Sequence[str]
    rows: Rows
    quiet: frozenset[str] = frozenset()
    """Columns that are taken where they are named, and offered to nobody."""
    _known: dict[tuple[int, str], bool] = field(default_factory=dict, repr=False)
    _held: dict[int, list[Term]] = field(default_factory=dict, repr=False)

    def _values(self, column: int) -> list[Term]:
        """What a column holds, each once: of many rows, most say again what another one does."""
        if column not in self._held:
            there = dict.fromkeys(row[column] for row in self.rows)
            self._held[column] = [term for term in there if term is not None]
        return self._held[column]

    def _all(self, column: int, kind: str, holds: Callable[[Term], object]) -> bool:
        """Whether a column has values, and all of them are of a kind."""
        if (column, kind) not in self._known:
            there = self._values(column)
            self._known[column, kind] = bool(there) and all(holds(term) for term in there)
        return self._known[column, kind]

    def quantity(self, column: int) -> bool:
        """Whether a column holds numbers that measure something."""
        return self._all(column, "number", is_number) and not _NO_QUANTITY.search(self.variables[column])

    def literal(self, column: int) -> bool:
        """Whether a column holds literals only."""
        return self._all(column, "literal", lambda term: isinstance(term, Literal))

    def things(self, column: int) -> bool:
        """Whether a column holds things only: no literals, and no terms of a vocabulary."""
        return self._all(column, "thing", is_thing)

    def some_things(self, column: int) -> bool:
        """Whether things are among what a column holds."""
        return any(map(is_thing, self._values(column)))

    def sorts(self, column: int) -> set[str]:
        """The sorts of the things in a column (see ``sort_of``)."""
        return set(map(sort_of, self._values(column)))

    def years(self, column: int) -> bool:
        """Whether all numbers of a column can be years, whatever it is called."""
        return self._all(column, "year", lambda term: as_float(term) in _YEARS)

    def place(self, column: int) -> bool:
        """Whether a column holds départements only."""
        coded = bool(_CODES.search(self.variables[column]))
        return self._all(column, "place", partial(departement, coded=coded))

    def filled(self, column: int) -> bool:
        """Whether a column has values."""
        return self._all(column, "any", lambda _: True)

    def beside(self, place: int) -> int | None:
        """The column with the names of the things in another: next to it, or named after it."""
        name = self.variables[place].lower()
        for i, other in enumerate(self.variables):
            said = other.lower()
            own = said.startswith(name) and said != name and _WORDS_OF.search(said)
            following = i == place + 1 and _WORDS_OF.search(said)
            if (own or following) and self.literal(i):
                return i
        return None

    def named_by(self, label: int) -> int | None:
        """The column of things of which another one gives the names."""
        found = (i for i in range(len(self.variables)) if self.things(i) and self.beside(i) == label)
        return next(found, None)

    def choices(self, role: str, *, quiet: bool = False) -> list[int]:
        """The columns that can play a part; those that are offered to nobody only with ``quiet``."""
        every = [i for i, name in enumerate(self.variables) if quiet or name not in self.quiet]
        if role in ("value", "weight"):
            return sorted((i for i in every if self.quantity(i)), key=lambda i: (self.years(i), i))
        if role in ("source", "target"):
            found = [i for i in every if self.some_things(i)]
            # A query of a vocabulary links its terms.
            found = found or [i for i in every if self._all(i, "node", is_node)]
            return sorted(found, key=lambda i: (not self.things(i), i))
        if role == "place":
            return [i for i in every if self.place(i)]
        return [i for i in every if self.filled(i) and (self.years(i) or not self.quantity(i))]


def asked_for(table: Table, kind: str, chosen: Chosen, heads: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The places of the columns that a person has chosen for a picture.

    Raises ``BadRequest`` for one that the table does not have or that cannot play its part, with the choices.
    """
    found: dict[str, tuple[int, ...]] = {}
    for role in ROLES[kind]:
        names = tuple(dict.fromkeys(chosen.get(role, ())))
        if not names:
            continue
        if role in OPTIONAL[kind] and names == (NONE,):
            found[role] = ()
            continue
        fitting = table.choices(role) if table.rows else list(range(len(table.variables)))
        known = {table.variables[i]: i for i in fitting}
        if len(names) > 1 and role not in SEVERAL:
            _refuse(role, ",".join(names), known, heads)
        if len(names) > MOST:
            raise BadRequest(
                f"{role} : {MOST} colonnes au plus, pas {len(names)}.",
                f"{role}: {MOST} columns at most, not {len(names)}.",
                parameter=role,
            )
        for name in names:
            if name not in known:
                _refuse(role, name, known, heads)
        found[role] = tuple(known[name] for name in names)
    return found


def _refuse(role: str, name: str, known: Mapping[str, int], heads: Sequence[str]) -> None:
    those: Text = {
        lang: ", ".join(v if heads[i] == v else f"{v} ({heads[i]})" for v, i in known.items()) or nothing
        for lang, nothing in (("fr", "aucune"), ("en", "none"))
    }
    raise BadRequest(
        f"{role} : la colonne « {name} » ne convient pas ; colonnes possibles : {those['fr']}.",
        f"{role}: the column '{name}' does not do; possible columns: {those['en']}.",
        parameter=role,
    )


def chart_columns(table: Table, given: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Labels, values and series of a chart; what is not given is found. Without a value: none fits."""
    numbers = table.choices("value")
    values = given.get("value") or tuple(numbers[:1])
    if not values:
        return {}
    words = [i for i in table.choices("label") if i not in values]
    texts = [i for i in words if table.literal(i)]
    named = [i for i in texts if _WORDS_OF.search(table.variables[i])]
    first = next(iter([*named, *texts, *words, *(n for n in numbers if n not in values)]), values[0])
    labels = given.get("label") or (first,)
    series = given["series"] if "series" in given else _series(table, labels, values)
    return {"label": labels, "value": values, "series": series}


def _series(table: Table, labels: tuple[int, ...], values: tuple[int, ...]) -> tuple[int, ...]:
    """The column that tells rows with the same labels apart."""

    def distinct(columns: Sequence[int]) -> bool:
        keys = {tuple(str(row[i]) for i in columns) for row in table.rows}
        return len(keys) == len(table.rows)

    things = [place for i in labels if (place := table.named_by(i)) is not None]
    if len(values) > 1 or distinct([*labels, *things]):
        return ()
    others = [i for i in table.choices("series") if i not in (*labels, *things)]
    told = [i for i in others if table.literal(i)]
    return next(((i,) for i in [*told, *others] if distinct([*labels, *things, i])), ())


def network_columns(table: Table, given: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The two columns that a network links: two with things of one sort, else the first two of things."""
    things = table.choices("source")
    source = given.get("source", ())
    target = given.get("target", ())
    others = [i for i in things if i not in (*source, *target)]
    if len({*things, *source, *target}) < 2:
        return {}
    if not source and not target:
        sorts = {i: _sort(table, i) for i in things}
        alike = [(a, b) for a in things for b in things if a < b and sorts[a] and sorts[a] == sorts[b]]
        pair = next(iter(alike), tuple(things[:2]))
        source, target = pair[:1], pair[1:]
    source, target = source or tuple(others[:1]), target or tuple(others[:1])
    if not source or not target:
        return {}
    numbers = table.choices("weight")
    return {"source": source, "target": target, "weight": given.get("weight", tuple(numbers[:1]))}


def _sort(table: Table, column: int) -> str:
    """The sort of the things in a column, where it is one."""
    sorts = table.sorts(column)
    return sorts.pop() if len(sorts) == 1 else ""


def sort_of(term: Term) -> str:
    """What sort of thing an identifier of ours names, by its path: ``contract``, ``organisation``.

    >>> sort_of(NamedNode("https://w3id.org/cls-sante/id/contract/26362-3"))
    'contract'
    """
    found = re.search(r"/(?:id|vocab)/([^/]+)/[^/]+", term.value) if isinstance(term, NamedNode) else None
    return found.group(1) if found else ""


def is_number(term: Term) -> bool:
    """Whether a term is a literal with the datatype and the form of a number."""
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS and as_float(term) is not None


def is_node(term: Term) -> bool:
    """Whether a term names something."""
    return isinstance(term, NamedNode | BlankNode)


def is_thing(term: Term) -> bool:
    """Whether a term names a thing of the data, and not a class or property of a vocabulary."""
    return is_node(term) and not (isinstance(term, NamedNode) and term.value.startswith(_VOCABULARIES))


def departement(term: Term, *, coded: bool = False) -> str:
    """The code of the département that a term is, or nothing; with ``coded`` also a literal code."""
    if isinstance(term, NamedNode):
        found = _DEPARTEMENT.search(term.value)
        return found.group(1) if found else ""
    if coded and isinstance(term, Literal) and term.value in PLACES and term.datatype.value not in _NUMBERS:
        return term.value
    return ""


def as_float(term: Term) -> float | None:
    """The number that a term is, or nothing."""
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None
