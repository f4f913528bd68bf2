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
from cls_graph.errors import Text
from cls_graph.store.base import Term

Rows = Sequence[Sequence[Term | None]]


@dataclass(frozen=True)
class Computation:
    """A function from the rows of a query to others: the columns that it takes and those that it gives."""

    takes: tuple[str, ...]
    columns: tuple[str, ...]
    run: Callable[[Rows], list[tuple[Term | None, ...]]]
    how: Text
    """What the query gives, and how the answer is made of it."""


COMPUTATIONS: dict[str, Computation] = {
    "betweenness": Computation(
        ("organisation", "label", "contract"),
        ("organisation", "label", "contracts", "partners", "betweenness"),
        betweenness_rows,
        {
            "fr": "La requête donne qui signe quoi ; l'intermédiarité en est calculée hors de SPARQL : "
            "la part des paires d'autres organismes que les plus courts chemins joignent en "
            "passant par celui-ci.",
            "en": "The query gives who signs what; the betweenness is computed from it outside SPARQL: "
            "the share of pairs of other organisations that shortest ways join through this one.",
        },
    ),
    "missing": Computation(
        ("key", "title", "place", "determinant", "label", "population", "minimum", "contractKey"),
        ("key", "title", "determinant", "label", "neighbours", "similar"),
        missing_rows,
        {
            "fr": "La requête donne les déterminants, les départements et la population de chaque "
            "contrat ; le calcul des contrats comparables, et de ce que ce contrat ne mentionne pas, "
            "se fait hors de SPARQL.",
            "en": "The query gives the determinants, the départements and the population of each "
            "contract; the comparable contracts, and what this one does not mention, are computed"
            " from it outside SPARQL.",
        },
    ),
    "similarity": Computation(
        ("key", "title", "organisation", "minimum"),
        ("key", "title", "otherKey", "otherTitle", "common", "similarity"),
        similarity_rows,
        {
            "fr": "La requête donne qui signe quoi ; le calcul des paires de contrats se fait hors de "
            "SPARQL : les signataires communs, sur les signataires des deux ensemble (indice de "
            "Jaccard, en pour cent).",
            "en": "The query gives who signs what; the pairs of contracts are computed from it outside "
            "SPARQL: the signatories of both, over those of either (Jaccard index, in per cent).",
        },
    ),
}
"""Every computation by name."""

__all__ = ["COMPUTATIONS", "Computation", "Rows"]
