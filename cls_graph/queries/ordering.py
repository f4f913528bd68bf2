"""Rows in the order that their question gives, names as people look them up.

The engine has put the rows in order by ``ORDER BY``, texts by code points. Here the same terms are sorted
again, texts as ``collation`` has them; what the clause says beyond the columns of the answer, and ties, stay
as the engine has put them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyoxigraph as ox

from cls_graph.collation import by_words
from cls_graph.pictures.columns import is_number
from cls_graph.store.base import Term

_ITEM = re.compile(r"\s*(?:(DESC)\s*\(\s*\?(\w+)\s*\)|(?:ASC\s*\(\s*\?(\w+)\s*\))|\?(\w+))", re.IGNORECASE)
_CLAUSE = "ORDER BY"
Row = tuple[Term | None, ...]


def order_of(query: str, columns: Sequence[str]) -> list[tuple[int, bool]]:
    """What the rows are sorted by: places of columns, and whether downwards; up to what is no column.

    >>> order_of("SELECT ?a ?b { } ORDER BY DESC(?b) ?a ?hidden ?b", ["a", "b"])
    [(1, True), (0, False)]
    """
    found: list[tuple[int, bool]] = []
    at = query.rindex(_CLAUSE) + len(_CLAUSE)
    while item := _ITEM.match(query, at):
        name = item[2] or item[3] or item[4]
        if name not in columns:
            break
        found.append((columns.index(name), bool(item[1])))
        at = item.end()
    return found


def in_order(rows: Sequence[Row], order: Sequence[tuple[int, bool]]) -> list[Row]:
    """The rows, names in the order of words; they are in that of the engine."""
    sorted_rows = list(rows)
    for place, down in reversed(order):
        sorted_rows.sort(key=lambda row: _key(row[place]), reverse=down)
    return sorted_rows


def _key(term: Term | None) -> tuple[int, float, tuple[str, str]]:
    """Nothing, then things, then numbers, then texts: one order for terms of every kind."""
    if term is None:
        return 0, 0.0, ("", "")
    if not isinstance(term, ox.Literal):
        return 1, 0.0, (str(getattr(term, "value", term)), "")
    if is_number(term):
        return 2, float(term.value), ("", "")
    return 3, 0.0, by_words(term.value)
