"""Rows of answers as tables for people: real numbers and dates, names instead of identifiers, CSV and XLSX.

What the columns are called, what the identifiers are called and where they lead is given; nothing is asked
of a store here. No text becomes a formula (``cls_graph.workbooks``).
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from cls_graph.errors import Text
from cls_graph.namespaces import XSD
from cls_graph.plainly import IN_WORDS
from cls_graph.store.base import Term

Rows = Sequence[Sequence[Term | None]]
_INTEGERS = {
    XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
}
_FLOATS = {XSD + "double", XSD + "float"}
_TOLD = re.compile(r"label|title|name$", re.IGNORECASE)
SHEETS: dict[str, Text] = {
    "rows": {"fr": "Réponse", "en": "Answer"},
    "about": {"fr": "À propos", "en": "About"},
    "what": {"fr": "Rubrique", "en": "Item"},
    "value": {"fr": "Valeur", "en": "Value"},
    "cut": {
        "fr": "INCOMPLET : seules les {n} premières lignes sont ici.",
        "en": "INCOMPLETE: only the first {n} rows are here.",
    },
}
"""The words of a workbook."""


@dataclass(frozen=True)
class Names:
    """What things are called, and where they lead: labels by identifier, and a function to an address."""

    lang: str = "fr"
    labels: Mapping[str, str] = field(default_factory=dict)
    link: Callable[[str], str] = str
    short: Callable[[str], str] = str

    def of(self, iri: str) -> str:
        """The name of a thing: its label, or a short form of its identifier."""
        return self.labels.get(iri) or self.short(iri)


def plain(term: Term | None, names: Names) -> object:
    """A term as a value of Python: numbers, dates and truths as such, a thing by its name."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return names.of(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    kind, text = term.datatype.value, term.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind == XSD + "decimal":
            return Decimal(text)
        if kind in _FLOATS:
            return float(text)
        if kind == XSD + "gYear" and text.isascii() and text.isdigit():
            return int(text)
        if kind == XSD + "date":
            return datetime.date.fromisoformat(text)
        if kind == XSD + "dateTime":
            return datetime.datetime.fromisoformat(text)
    except (ValueError, InvalidOperation):
        return text
    in_words = IN_WORDS.get(kind)
    return in_words(text, names.lang) if in_words else text


def unnamed(columns: Sequence[str], place: int) -> bool:
    """Whether no column gives the names of the things in one: the one after it, or one named after it.

    >>> unnamed(["org", "label", "place"], 0), unnamed(["org", "label", "place"], 2)
    (False, True)
    """
    following = columns[place + 1] if place + 1 < len(columns) else ""
    return not _TOLD.search(following) and f"{columns[place]}Label" not in columns


def named(rows: Rows) -> list[str]:
    """The identifiers in the rows, each once, in order."""
    return list(dict.fromkeys(t.value for row in rows for t in row if isinstance(t, ox.NamedNode)))


def csv_table(heads: Sequence[str], rows: Rows, names: Names, cut: bool = False) -> bytes:
    """CSV for spreadsheets: UTF-8 with its mark, no formula. A cut one says so in a last line.

    A thing has its identifier: the questions give its label in a column of its own.
    """
    from cls_graph.workbooks import csv_safe  # which takes long to load

    out = io.StringIO()
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(map(csv_safe, heads))
    for row in rows:
        values = (t.value if isinstance(t, ox.NamedNode) else plain(t, names) for t in row)
        table.writerow(csv_safe(v) if isinstance(v, str) else "" if v is None else v for v in values)
    if cut:
        table.writerow([SHEETS["cut"][names.lang].format(n=len(rows))])
    return out.getvalue().encode()


def workbook(
    heads: Sequence[str],
    rows: Rows,
    names: Names,
    about: Iterable[tuple[str, object]],
    *,
    title: str = "",
    cut: bool = False,
) -> bytes:
    """A workbook of two sheets: the rows, and what they answer (``about``: item and value).

    Things are links. Where the rows were cut both sheets say so, the first in a line above and below.
    """
    from cls_graph.workbooks import Heading, Link, Table, tables_bytes

    lang = names.lang
    warning = SHEETS["cut"][lang].format(n=len(rows))

    def cell(term: Term | None) -> object:
        value = plain(term, names)
        target = names.link(term.value) if isinstance(term, ox.NamedNode) else ""
        return Link(str(value), target) if target else value

    def lines() -> Iterable[Sequence[object]]:
        if cut:
            yield [warning]
        for row in rows:
            yield [cell(term) for term in row]
        if cut:
            yield [warning]

    said = [(SHEETS["rows"][lang], warning)] if cut else []
    return tables_bytes(
        [
            Table(SHEETS["rows"][lang], [Heading(head) for head in heads], lines()),
            Table(
                SHEETS["about"][lang],
                [Heading(SHEETS["what"][lang], width=24), Heading(SHEETS["value"][lang], width=90)],
                [*said, *about],
            ),
        ],
        title,
    )
