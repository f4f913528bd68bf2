"""The type of each column of a ready question, which holds also where no row has a value."""

from __future__ import annotations

TYPES_OF_COLUMNS = ("text", "integer", "decimal", "boolean", "date", "thing")
"""Text is also what may be a day, a month or a year, as a source says it."""


def _table(rows: str) -> dict[str, str]:
    """``type: columns`` on each line."""
    lines = [row.split(":") for row in rows.strip().splitlines()]
    return {column: kind.strip() for kind, columns in lines for column in columns.split()}


COLUMN_TYPES = _table("""
    integer: amount announced axes begin common communes contracts difference elements end facts gap known
    integer: neighbours organisations otherBegin otherEnd partners percent position previousEnd recorded
    integer: signatories similar similarity start statements total vintage year
    decimal: betweenness
    boolean: cofunded
    date: inferredDate
    thing: determinant document framework funder node organisation person population source territory type
""")
"""Those that are not text. A question whose column is otherwise says so in its head (``types``)."""
