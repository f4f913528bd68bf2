"""The rules of the bundled ontology, its data, and small ontologies of the tests' own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pyoxigraph import Triple

from cls_graph.corpus import Corpus
from cls_graph.entailment import Rule
from cls_graph.entailment.loading import rules_of
from cls_graph.graphs import data_graphs
from cls_graph.rdf import parse_graph

EX = "https://example.org/"
HEAD = """
@prefix : <https://example.org/> .
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="session")
def turtle() -> Callable[[str], list[Triple]]:
    """Triples of a Turtle text that may use the prefixes of ``HEAD``."""
    return lambda text: parse_graph((HEAD + text).encode(), ".ttl", "test-")


@pytest.fixture(scope="session")
def bundled_rules() -> tuple[Rule, ...]:
    """The rules of the bundled corpus."""
    return rules_of(Corpus.open())


@pytest.fixture(scope="session")
def stated_graphs() -> dict[str, frozenset[Triple]]:
    """The bundled graphs that rules read, by name."""
    corpus = Corpus.open()
    found: dict[str, set[Triple]] = {corpus.iris.graph("vocab"): set(corpus.vocabularies)}
    for quad in data_graphs(corpus).stated:
        found.setdefault(str(getattr(quad.graph_name, "value", "")), set()).add(quad.triple)
    return {name: frozenset(triples) for name, triples in found.items()}


@pytest.fixture(scope="session")
def stated(stated_graphs: dict[str, frozenset[Triple]]) -> frozenset[Triple]:
    """All of their triples."""
    return frozenset().union(*stated_graphs.values())
