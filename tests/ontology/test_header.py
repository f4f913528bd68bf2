"""What FOOPS! asks of the head of an ontology, and the like for the code lists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, OWL, RDF, SKOS, VANN, Graph, Literal, Namespace, URIRef

BIBO = Namespace("http://purl.org/ontology/bibo/")
CC_BY = URIRef("https://creativecommons.org/licenses/by/4.0/")
AGENT = URIRef("https://w3id.org/cls-sante/id/agent/cls-graph")
ONTOLOGY = URIRef("https://w3id.org/cls-sante/ontology")
ALIGNMENTS = URIRef("https://w3id.org/cls-sante/ontology/alignments")

# OM1 (minimum), OM2 and OM3 (recommended), OM4 (licence), VER (version IRI).
HEADER = {
    "OM1": [DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator],
    "OM2": [OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation],
    "OM3": [DCTERMS.publisher, BIBO.status, DCTERMS.source, DCTERMS.issued],
}
BILINGUAL = [DCTERMS.title, DCTERMS.description, DCTERMS.bibliographicCitation]


def languages(graph: Graph, subject: URIRef, predicate: URIRef) -> list[str | None]:
    """The languages of the values of a property, one entry for each value, sorted."""
    found = [o.language for o in graph.objects(subject, predicate) if isinstance(o, Literal)]
    return sorted(found, key=str)


@pytest.fixture(params=[ONTOLOGY, ALIGNMENTS], ids=["cls", "alignments"])
def head(request: pytest.FixtureRequest, cls_graph_ttl: Graph, alignments: Graph) -> tuple[Graph, URIRef]:
    """Each ontology file with the IRI it must declare."""
    return (cls_graph_ttl if request.param == ONTOLOGY else alignments), request.param


def test_one_ontology_with_the_right_iri(head: tuple[Graph, URIRef]) -> None:
    graph, iri = head
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [iri]
    assert list(graph.objects(None, OWL.imports)) == []


@pytest.mark.parametrize("level", HEADER)
def test_foops_metadata(head: tuple[Graph, URIRef], level: str) -> None:
    graph, iri = head
    assert [str(p) for p in HEADER[level] if graph.value(iri, p) is None] == []


def test_texts_of_the_header_are_french_and_english(head: tuple[Graph, URIRef]) -> None:
    graph, iri = head
    for predicate in BILINGUAL:
        assert languages(graph, iri, predicate) == ["en", "fr"]


def test_version_iri_carries_the_version(head: tuple[Graph, URIRef]) -> None:
    graph, iri = head
    version = graph.value(iri, OWL.versionInfo, any=False)
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", str(version))
    assert graph.value(iri, OWL.versionIRI, any=False) == URIRef(f"{iri}/{version}")
    assert str(graph.value(iri, DCTERMS.bibliographicCitation)).endswith(f"{iri}/{version}")


def test_licence_is_one_iri(head: tuple[Graph, URIRef]) -> None:
    graph, iri = head
    assert list(graph.objects(iri, DCTERMS.license)) == [CC_BY]


def test_prefix_and_namespace_are_stated(cls_graph_ttl: Graph) -> None:
    assert cls_graph_ttl.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("cls")
    assert cls_graph_ttl.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(f"{ONTOLOGY}#")


def test_creator_and_publisher_are_the_described_agent(
    cls_graph_ttl: Graph, head: tuple[Graph, URIRef]
) -> None:
    graph, iri = head
    assert {graph.value(iri, DCTERMS.creator), graph.value(iri, DCTERMS.publisher)} == {AGENT}
    assert (AGENT, RDF.type, FOAF.Organization) in cls_graph_ttl
    assert cls_graph_ttl.value(AGENT, FOAF.name) == Literal("cls-graph")


def test_everything_is_released_under_one_version(
    cls_graph_ttl: Graph, alignments: Graph, schemes: dict[str, Graph], repo: Path
) -> None:
    version = str(cls_graph_ttl.value(ONTOLOGY, OWL.versionInfo))
    graphs = [cls_graph_ttl, alignments, *schemes.values()]
    assert {str(v) for g in graphs for v in g.objects(None, OWL.versionInfo)} == {version}
    changelog = (repo / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## ([0-9]\S*)", changelog, re.MULTILINE)
    assert latest is not None
    assert latest.group(1) == version


def test_each_code_list_says_who_when_and_under_which_licence(schemes: dict[str, Graph]) -> None:
    for slug, graph in schemes.items():
        iri = URIRef(f"https://w3id.org/cls-sante/vocab/{slug}")
        assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [iri]
        for text in (DCTERMS.title, SKOS.prefLabel, SKOS.definition):
            assert languages(graph, iri, text) == ["en", "fr"], (slug, text)
        assert graph.value(iri, DCTERMS.creator) == graph.value(iri, DCTERMS.publisher) == AGENT
        assert graph.value(iri, DCTERMS.license) == CC_BY
        assert graph.value(iri, DCTERMS.created)
        assert graph.value(iri, DCTERMS.modified)
