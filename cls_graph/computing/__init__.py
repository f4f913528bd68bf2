"""What SPARQL cannot compute, or not in time: functions over the rows of a query, by name.

A question with ``computed: NAME`` in its head asks for rows, and answers with what
``COMPUTATIONS[NAME]`` makes of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cls_graph.computing.betweenness import betweenness_rows
from cls_graph.computing.missing import missing_rows
from cls_graph.computing.similarity import similarity_rows
from cls_graph.store.base import Term

Rows = Sequence[Sequence[Term | None]]


@dataclass(frozen=True)
class Computation:
    """A function from the rows of a query to others: the columns that it takes and those that it gives."""

    takes: tuple[str, ...]
    columns: tuple[str, ...]
    run: Callable[[Rows], list[list[Term | None]]]


COMPUTATIONS: dict[str, Computation] = {
    "betweenness": Computation(
        ("organisation", "label", "contract"),
        ("organisation", "label", "contracts", "partners", "betweenness"),
        betweenness_rows,
    ),
    "missing": Computation(
        ("key", "title", "place", "determinant", "label", "population", "minimum", "contractKey"),
        ("key", "title", "determinant", "label", "neighbours", "similar"),
        missing_rows,
    ),
    "similarity": Computation(
        ("key", "title", "organisation", "minimum"),
        ("key", "title", "otherKey", "otherTitle", "common", "similarity"),
        similarity_rows,
    ),
}
"""Every computation by name."""

__all__ = ["COMPUTATIONS", "Computation", "Rows"]
