"""Determinants that a contract does not mention, and that comparable contracts address.

Comparable are neighbours (of the same département), and contracts of similar population: from half of its
population to twice as much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from cls_graph.computing.similarity import text
from cls_graph.store.base import Term

FACTOR = 2


@dataclass
class Contract:
    """What is compared of a contract. ``population`` is 0 where it is not known."""

    title: Term | None
    population: int
    places: set[Term] = field(default_factory=set)
    addressed: set[Term] = field(default_factory=set)


def missing_rows(rows: Sequence[Sequence[Term | None]]) -> list[tuple[Term | None, ...]]:
    """What contracts lack with the number of comparable ones that have it, ``minimum`` of either sort."""
    contracts, labels = _read(rows)
    near, like = _by_place(contracts), _by_population(contracts)
    minimum = int(text(rows[0][6])) if rows else 1
    wanted = {text(row[7]) for row in rows if row[7] is not None} or set(contracts)
    found: list[tuple[tuple[int, int, str, str], tuple[Term | None, ...]]] = []
    for key in sorted(wanted & contracts.keys()):
        contract = contracts[key]
        for determinant, label in labels.items():
            if determinant in contract.addressed:
                continue
            neighbours = len(set().union(*(near[p, determinant] for p in contract.places)))
            similar = _between(like[determinant], contract.population)
            if max(neighbours, similar) >= minimum:
                number = ox.Literal(similar) if contract.population else None
                row = (ox.Literal(key), contract.title, determinant, label, ox.Literal(neighbours), number)
                found.append(((-neighbours, -similar, key, str(determinant)), row))
    found.sort(key=lambda item: item[0])
    return [row for _, row in found]


def _read(rows: Sequence[Sequence[Term | None]]) -> tuple[dict[str, Contract], dict[Term, Term | None]]:
    """Contracts by key, and the determinants with their labels."""
    contracts: dict[str, Contract] = {}
    labels: dict[Term, Term | None] = {}
    for key, title, place, determinant, label, population, _, _ in rows:
        assert determinant is not None
        people = int(text(population)) if population is not None else 0
        contract = contracts.setdefault(text(key), Contract(title, people))
        contract.addressed.add(determinant)
        labels[determinant] = label
        if place is not None:
            contract.places.add(place)
    return contracts, labels


def _by_place(contracts: dict[str, Contract]) -> dict[tuple[Term, Term], set[str]]:
    """The contracts of a département that address a determinant."""
    found: dict[tuple[Term, Term], set[str]] = defaultdict(set)
    for key, contract in contracts.items():
        for place in contract.places:
            for determinant in contract.addressed:
                found[place, determinant].add(key)
    return found


def _by_population(contracts: dict[str, Contract]) -> dict[Term, list[int]]:
    """The populations of the contracts that address a determinant, sorted."""
    found: dict[Term, list[int]] = defaultdict(list)
    for contract in sorted(contracts.values(), key=lambda c: c.population):
        if contract.population:
            for determinant in contract.addressed:
                found[determinant].append(contract.population)
    return found


def _between(populations: list[int], population: int) -> int:
    """How many are within the factor of a population."""
    if not population:
        return 0
    least, most = -(-population // FACTOR), population * FACTOR
    return bisect_right(populations, most) - bisect_left(populations, least)
