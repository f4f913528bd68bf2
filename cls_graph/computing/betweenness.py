"""Betweenness of organisations in the network of co-signature: two are tied where a contract has both.

Brandes (2001), *A faster algorithm for betweenness centrality*, over classes of twins: bodies that sign
exactly the same contracts have the same neighbours, so one search from the class does for all of them. Most
bodies sign one contract only, which makes the graph of classes several times smaller than that of bodies.
The searches themselves are in ``searches``, many at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import add
from typing import TypeVar

import pyoxigraph as ox

from cls_graph.collation import by_words
from cls_graph.computing.searches import FIELD, TOGETHER, Searches
from cls_graph.namespaces import XSD
from cls_graph.store.base import Term

_Node = TypeVar("_Node", bound=Hashable)
_DECIMAL = ox.NamedNode(XSD + "decimal")
PLACES = 6
"""Decimal places of a share: sums of floats in another order agree that far."""


def betweenness_rows(rows: Sequence[Sequence[Term | None]]) -> list[tuple[Term | None, ...]]:
    """Organisation, label, contracts, partners and betweenness, from organisation, label and contract.

    The betweenness is the share, of all pairs of the others, that shortest ways join through the body.
    """
    labels = {row[0]: row[1] for row in rows}
    shares = betweenness((row[0], row[2]) for row in rows)
    found: list[tuple[Decimal, tuple[Term | None, ...]]] = []
    for body, (contracts, partners, share) in shares.items():
        shown = Decimal(share).quantize(Decimal(1).scaleb(-PLACES)).normalize()
        numbers = [ox.Literal(contracts), ox.Literal(partners), ox.Literal(f"{shown:f}", datatype=_DECIMAL)]
        found.append((shown, (body, labels[body], *numbers)))
    found.sort(key=lambda item: (-item[0], by_words(getattr(item[1][1], "value", "")), str(item[1][0])))
    return [row for _, row in found]


def betweenness(pairs: Iterable[tuple[_Node, Hashable]]) -> dict[_Node, tuple[int, int, float]]:
    """For each body of (body, contract) pairs: its contracts, its partners, its betweenness from 0 to 1."""
    signed: dict[_Node, set[Hashable]] = defaultdict(set)
    for body, contract in pairs:
        signed[body].add(contract)
    classes: dict[frozenset[Hashable], list[_Node]] = defaultdict(list)
    for body, contracts in signed.items():
        classes[frozenset(contracts)].append(body)
    members = list(classes.values())
    sizes = [len(bodies) for bodies in members]
    near = _neighbours(list(classes))
    scores = _scores(near, sizes, [len(contracts) == 1 for contracts in classes])
    total = (len(signed) - 1) * (len(signed) - 2) / 2
    return {
        body: (
            len(contracts),
            sizes[index] - 1 + sum(sizes[other] for other in near[index]),
            # Each pair was counted from both of its ends.
            scores[index] / 2 / total if total > 0 else 0.0,
        )
        for index, (contracts, bodies) in enumerate(classes.items())
        for body in bodies
    }


def _neighbours(classes: Sequence[frozenset[Hashable]]) -> list[list[int]]:
    """The classes that share a contract with each class, itself left out."""
    inside: Mapping[Hashable, list[int]] = defaultdict(list)
    for index, contracts in enumerate(classes):
        for contract in contracts:
            inside[contract].append(index)
    return [
        sorted({other for contract in contracts for other in inside[contract]} - {index})
        for index, contracts in enumerate(classes)
    ]


def _scores(near: Sequence[Sequence[int]], sizes: Sequence[int], ends: Sequence[bool]) -> list[float]:
    """Betweenness of one member of each class, each pair counted twice.

    ``ends`` are the classes whose neighbours all know each other: no shortest way leads through them.
    """
    scores = [0.0] * len(near)
    for start in range(0, len(near), TOGETHER):
        sources = range(start, min(start + TOGETHER, len(near)))
        width = FIELD
        while (found := Searches(near, sizes, ends, sources, width).scores()) is None:
            width *= 2
        scores = list(map(add, scores, found))
    return scores
