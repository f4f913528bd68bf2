"""Nothing is said about the terms of others that only their owners may say."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, Graph, URIRef
from rdflib.term import Node

from cls_graph.namespaces import PREFIXES

OWN = "https://w3id.org/cls-sante/"
CLS = "https://w3id.org/cls-sante/ontology#"
# The language itself is not "reused": its terms need no declaration.
BUILT_IN = (str(RDFS), str(OWL), "http://www.w3.org/2001/XMLSchema#")
BUILT_IN_TERMS = {RDF.type, RDF.first, RDF.rest, RDF.nil, RDF.langString}
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def foreign(node: Node) -> bool:
    """Whether a node is an IRI outside the project."""
    return isinstance(node, URIRef) and not str(node).startswith(OWN)


def hijacked(graph: Graph) -> list[tuple[Node, Node]]:
    """Statements about a foreign thing other than its kind and its home."""
    found = []
    for s, p, o in graph:
        harmless = p == RDFS.isDefinedBy or (p == RDF.type and o in KINDS)
        if foreign(s) and not harmless:
            found.append((s, p))
    return sorted(found)


def undeclared(graph: Graph) -> list[URIRef]:
    """Foreign terms in an axiom or as a predicate that are not given a kind."""
    axioms = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range}
    axioms |= {URIRef(PREFIXES["schema"] + n) for n in ("domainIncludes", "rangeIncludes")}
    used = set(graph.predicates()) | {o for p in axioms for o in graph.objects(None, p)}
    used |= set(graph.objects(None, RDF.type))
    names = {t for t in used if foreign(t) and not str(t).startswith(BUILT_IN)} - BUILT_IN_TERMS
    return sorted(URIRef(str(t)) for t in names if not KINDS & set(graph.objects(t, RDF.type)))


def test_cls_ttl_says_nothing_of_foreign_terms(cls_graph_ttl: Graph) -> None:
    assert [s for s in cls_graph_ttl.subjects() if foreign(s)] == []


def test_cls_ttl_describes_its_terms_its_header_and_its_agent_only(cls_graph_ttl: Graph) -> None:
    others = {s for s in cls_graph_ttl.subjects() if isinstance(s, URIRef) and not str(s).startswith(CLS)}
    assert others == {URIRef(OWN + "ontology"), URIRef(OWN + "id/agent/cls-graph")}


def test_alignments_only_type_foreign_terms_and_name_their_home(alignments: Graph) -> None:
    assert hijacked(alignments) == []


def test_code_lists_say_nothing_of_foreign_concepts(vocab: Graph) -> None:
    assert hijacked(vocab) == []


def test_a_hijacked_term_is_seen(turtle: Callable[[str], Graph]) -> None:
    graph = turtle('org:Organization a owl:Class ; rdfs:label "corps"@fr ; rdfs:subClassOf cls:Engagement .')
    assert len(hijacked(graph)) == 2


def test_reused_terms_are_declared(terms: Graph) -> None:
    assert undeclared(terms) == []


def test_an_undeclared_term_is_seen(turtle: Callable[[str], Graph]) -> None:
    assert undeclared(turtle("cls:A a owl:Class ; rdfs:subClassOf prov:Plan .")) == [
        URIRef("http://www.w3.org/ns/prov#Plan")
    ]


def test_reused_terms_have_one_kind_and_their_namespace_as_home(alignments: Graph) -> None:
    reused = {s for s in alignments.subjects(RDF.type) if foreign(s)}
    assert len(reused) > 80
    for term in reused:
        home = alignments.value(term, RDFS.isDefinedBy, any=False)
        assert len(set(alignments.objects(term, RDF.type))) == 1
        assert str(home) in PREFIXES.values(), term
        assert str(term).startswith(str(home)), term
        assert "#" not in str(term).removeprefix(str(home))
        assert "/" not in str(term).removeprefix(str(home))


def test_the_properties_that_turn_a_contract_into_something_else_are_not_used(terms: Graph) -> None:
    """``cv:role`` would make an engagement a power of attorney; ``igeo`` axioms break territories."""
    nodes = {str(n) for triple in terms for n in triple}
    assert PREFIXES["cv"] + "role" not in nodes
    assert PREFIXES["igeo"] + "subdivisionDirecteDe" not in nodes
    assert list(terms.objects(None, OWL.imports)) == []
    assert list(terms.subject_objects(OWL.sameAs)) == []


def test_the_agent_is_an_organisation_and_not_a_person(cls_graph_ttl: Graph) -> None:
    agents = set(cls_graph_ttl.objects(None, DCTERMS.creator))
    assert {t for a in agents for t in cls_graph_ttl.objects(a, RDF.type)} == {FOAF.Organization}
