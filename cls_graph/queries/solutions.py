"""Rows in memory as a query that answers with them, so that the engine writes them in every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cls_graph.store.base import Term


def solutions(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> str:
    """A query of ``VALUES`` alone, with these columns and rows, in this order.

    >>> from pyoxigraph import Literal
    >>> solutions(["a"], [[Literal(1)], [None]])
    'SELECT ?a WHERE { VALUES (?a) { ("1"^^<http://www.w3.org/2001/XMLSchema#integer>) (UNDEF) } }'
    """
    names = " ".join(f"?{column}" for column in columns)
    lines = " ".join(f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in rows)
    return f"SELECT {names} WHERE {{ VALUES ({names}) {{ {lines} }} }}"
