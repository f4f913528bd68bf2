"""Terms as values of Python, and columns of one type: what a table for analysis is made of."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from cls_graph.namespaces import XSD
from cls_graph.queries.tables import Names, plain
from cls_graph.store.base import Term

_AS_IS = Names()
_LARGEST = 2**63


class Thing(str):
    """The IRI of a thing, which knows what the thing is called."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, iri: str, label: str = "") -> Thing:
        """``label``: its name; without one, the end of the IRI."""
        made = super().__new__(cls, iri)
        made.label = label or iri.rstrip("/").rpartition("/")[2].rpartition("#")[2] or iri
        return made


class Later(Sequence[Any]):
    """Values that are made when the first of them is looked at: names that perhaps nobody reads."""

    def __init__(self, make: Callable[[], Sequence[Any]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Sequence[Any]:
        return self._make()

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, place: Any) -> Any:
        return self._made[place]


@dataclass(frozen=True)
class Column:
    """A column: its name, its type, and its values, ``None`` where there is none.

    ``kind`` is one of ``integer decimal double boolean date datetime instant thing text`` (an instant has
    a time zone). With ``codes``, the value of a row is the one of ``held`` at its code.
    """

    name: str
    kind: str
    held: Sequence[Any]
    codes: Any = None
    """An array of NumPy, where there is one."""
    names: str = ""
    """The column whose things it only names, where it is such a one."""

    def __len__(self) -> int:
        return len(self.held if self.codes is None else self.codes)

    @cached_property
    def values(self) -> list[Any]:
        """The values, row by row."""
        if self.codes is not None:
            return [self.held[code] for code in self.codes.tolist()]
        return self.held.tolist() if hasattr(self.held, "tolist") else list(self.held)

    def things(self) -> Iterator[str]:
        """The IRIs in it, where it is a column of things."""
        if self.kind == "thing":
            yield from (value for value in self.held if value is not None)

    def named(self, labels: Mapping[str, str]) -> Column:
        """The same column of things, each with its label."""
        made = [None if v is None else Thing(v, labels.get(v, "")) for v in self.held]
        return Column(self.name, self.kind, made, self.codes)


def column_of(name: str, terms: Sequence[Term | None], usual: str = "text") -> Column:
    """The column of these terms: of one type where all its values fit, else of text as it is written.

    ``usual`` is its type where there is no value, and where whole numbers stand for decimals.

    >>> column_of("n", [ox.Literal(2), None]).kind
    'integer'
    """
    values = [_value(term) for term in terms]
    kinds = {_kind(value) for value in values if value is not None}
    if not kinds:
        return Column(name, usual, values)
    if kinds <= {"integer", "decimal"} and (len(kinds) == 2 or usual == "decimal"):
        return Column(name, "decimal", [None if v is None else Decimal(v) for v in values])
    if "double" in kinds and kinds <= {"integer", "decimal", "double"}:
        return Column(name, "double", [None if v is None else float(v) for v in values])
    if len(kinds) == 1 and (kind := kinds.pop()) != "text":
        return Column(name, kind, values)
    return Column(name, "text", [None if t is None else str(getattr(t, "value", t)) for t in terms])


def _value(term: Term | None) -> Any:
    if isinstance(term, ox.NamedNode):
        return Thing(term.value)
    if isinstance(term, ox.Literal) and term.datatype.value == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(term.value, term.value)
    return plain(term, _AS_IS)


def _kind(value: Any) -> str:
    if isinstance(value, Thing):
        return "thing"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -_LARGEST <= value < _LARGEST else "text"
    if isinstance(value, datetime.datetime):
        # One column has no room for times with a zone and times without.
        return "datetime" if value.tzinfo is None else "instant"
    kinds = {float: "double", Decimal: "decimal", datetime.date: "date"}
    if isinstance(value, Decimal) and not value.is_finite():
        return "text"
    return kinds.get(type(value), "text")


def term_of(value: Any) -> Term | None:
    """The term of a value of a column."""
    if value is None or isinstance(value, ox.NamedNode | ox.Literal):
        return value
    if isinstance(value, Thing):
        return ox.NamedNode(str(value))
    if isinstance(value, Decimal):
        return ox.Literal(f"{value:f}", datatype=ox.NamedNode(XSD + "decimal"))
    if isinstance(value, datetime.datetime):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "dateTime"))
    if isinstance(value, datetime.date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    return ox.Literal(value)
