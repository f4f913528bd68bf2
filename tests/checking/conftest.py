"""A made-up corpus with one fault of each kind, made once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pyoxigraph import NamedNode, Quad

from benchmarks.faults import FAULTS
from benchmarks.generate import BASE, Expected, Generator
from cls_graph.corpus import Corpus

Found = tuple[str, str, str, str]


@dataclass(frozen=True)
class Made:
    """Quads, and the results that must be found on their nodes: focus, shape, component, severity."""

    quads: list[Quad]
    expected: list[Expected]

    @property
    def results(self) -> set[Found]:
        return {(e.focus, e.shape, e.component, e.severity.rpartition("#")[2].lower()) for e in self.expected}


def make(contracts: int, faults: dict[str, int], seed: int = 1) -> Made:
    generator = Generator(contracts, seed, faults, scale=0.4)
    quads = [
        Quad(t.subject, t.predicate, t.object, NamedNode(name))
        for name, triples in generator.graphs()
        for t in triples
    ]
    return Made(quads, generator.expected)


@pytest.fixture(scope="session")
def faulty() -> Made:
    """One fault of each kind."""
    return make(60, dict.fromkeys(FAULTS, 1), seed=3)


@pytest.fixture(scope="session")
def entangled() -> Made:
    """Few contracts, which have wrong what only several can."""
    return make(6, {"succession-cycle": 1, "shared-engagement": 1, "parent-elsewhere": 1}, seed=28)


@pytest.fixture(scope="session")
def shapes_corpus() -> Corpus:
    """The corpus whose ontology and shapes are used."""
    return Corpus.open()


@pytest.fixture(scope="session")
def contract_graphs() -> str:
    """How the names of the graphs of made-up contracts begin."""
    return f"{BASE}graph/contract/"
