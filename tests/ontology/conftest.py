"""The Turtle files of the ontology, read once for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def cls_graph_ttl() -> Graph:
    """``ontology/cls.ttl``: the own terms, by themselves."""
    return Graph().parse(ROOT / "ontology" / "cls.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """``ontology/alignments.ttl``: what ties them to other vocabularies."""
    return Graph().parse(ROOT / "ontology" / "alignments.ttl")


@pytest.fixture(scope="session")
def schemes() -> dict[str, Graph]:
    """Every code list, by its slug (the name of its file)."""
    return {f.stem: Graph().parse(f) for f in sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))}


@pytest.fixture(scope="session")
def vocab(schemes: dict[str, Graph]) -> Graph:
    """All code lists in one graph."""
    union = Graph()
    for graph in schemes.values():
        union += graph
    return union


@pytest.fixture(scope="session")
def terms(cls_graph_ttl: Graph, alignments: Graph) -> Graph:
    """The ontology with its alignments, as it is published."""
    return cls_graph_ttl + alignments


PREFIXES = """
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ev: <http://eurovoc.europa.eu/> .
@prefix ex: <https://example.org/> .
@prefix mesh: <http://id.nlm.nih.gov/mesh/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="session")
def turtle() -> Callable[[str], Graph]:
    """A reader for the faulty examples that show each test able to fail."""
    return lambda text: Graph().parse(data=PREFIXES + text, format="turtle")
