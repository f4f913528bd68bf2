"""Domains, ranges, inverses, hierarchy and disjointness of the own terms."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

CLS = Namespace("https://w3id.org/cls-sante/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("https://schema.org/")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)

INVERSES = {
    "hasEngagement": "isEngagementIn",
    "hasProgrammeElement": "isElementOf",
    "hasSubElement": "isSubElementOf",
    "succeeds": "isSucceededBy",
    "hasMilestone": "isMilestoneOf",
    "hasStatedCount": "countOf",
    "hasFunding": "isFundingOf",
    "hasRevision": "isRevisionOf",
    "hasCommuneList": "isCommuneListOf",
    "hasIndicator": "isIndicatorOf",
    "hasBudget": "isBudgetOf",
    "hasFrameworkReference": "isFrameworkReferenceOf",
    "hasEvidence": "isEvidenceFor",
    "hasStatement": "isStatementOf",
}


def own(node: Node) -> bool:
    """Whether a node is a term of the own namespace."""
    return str(node).startswith(str(CLS))


def own_properties(graph: Graph) -> list[Node]:
    """The own object and datatype properties that a graph declares."""
    return [p for k in PROPERTY_KINDS for p in graph.subjects(RDF.type, k) if own(p)]


def faults_of_domain_and_range(graph: Graph) -> list[str]:
    """One domain at most and it is an own class; a range only beside a domain, and only one."""
    faults = []
    for prop in sorted(own_properties(graph), key=str):
        domains, ranges = list(graph.objects(prop, RDFS.domain)), list(graph.objects(prop, RDFS.range))
        included = list(graph.objects(prop, SCHEMA.domainIncludes))
        if len(domains) > 1 or len(ranges) > 1:
            faults.append(f"{prop}: several domains or ranges")
        if any((d, RDF.type, OWL.Class) not in graph or not own(d) for d in domains):
            faults.append(f"{prop}: domain is not an own class")
        if ranges and not domains:
            faults.append(f"{prop}: range without domain")
        if domains and included:
            faults.append(f"{prop}: rdfs:domain and schema:domainIncludes")
    return faults


def faults_of_range_kind(graph: Graph) -> list[str]:
    """Object properties lead to things, datatype properties to literals."""
    faults = []
    for kind in PROPERTY_KINDS:
        for prop in filter(own, graph.subjects(RDF.type, kind)):
            values = [*graph.objects(prop, RDFS.range), *graph.objects(prop, SCHEMA.rangeIncludes)]
            literal = [str(v).startswith(str(XSD)) or v == RDF.langString for v in values]
            if any(is_literal != (kind == OWL.DatatypeProperty) for is_literal in literal):
                faults.append(f"{prop}: {values}")
    return sorted(faults)


def inverse_faults(graph: Graph) -> list[str]:
    """Inverses that one side forgets, or whose domain and range do not cross over."""
    faults = []
    for one, other in graph.subject_objects(OWL.inverseOf):
        if (other, OWL.inverseOf, one) not in graph:
            faults.append(f"{one}: {other} does not say it back")
        from_here = {*graph.objects(one, RDFS.domain), *graph.objects(one, SCHEMA.domainIncludes)}
        to_there = {*graph.objects(other, RDFS.range), *graph.objects(other, SCHEMA.rangeIncludes)}
        if from_here != to_there:
            faults.append(f"{one}: starts where {other} does not end")
    return sorted(faults)


def circular_classes(graph: Graph, predicate: URIRef = RDFS.subClassOf) -> list[Node]:
    """Terms that are reached again by going up the hierarchy."""
    starts = set(graph.subjects(predicate))
    return [
        s
        for s in starts
        if any(s in graph.transitive_objects(o, predicate) for o in graph.objects(s, predicate))
    ]


def unconnected_classes(graph: Graph) -> list[Node]:
    """Classes that no property and no other class speaks of."""
    links = (RDFS.domain, RDFS.range, SCHEMA.domainIncludes, SCHEMA.rangeIncludes, RDFS.subClassOf)
    spoken_of = {o for link in links for o in graph.objects(None, link)}
    spoken_of |= set(graph.subjects(RDFS.subClassOf))
    classes = graph.subjects(RDF.type, OWL.Class)
    return sorted((c for c in classes if own(c) and c not in spoken_of), key=str)


def disjoint_pairs(graph: Graph) -> set[frozenset[Node]]:
    """Every pair of classes that one of the axioms declares disjoint."""
    pairs: set[frozenset[Node]] = set()
    for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = graph.value(axiom, OWL.members)
        assert members is not None
        pairs |= {frozenset(p) for p in combinations(Collection(graph, members), 2)}
    return pairs


def test_domains_and_ranges(terms: Graph) -> None:
    assert faults_of_domain_and_range(terms) == []
    assert faults_of_range_kind(terms) == []


def test_every_property_says_where_it_goes_from_and_to(terms: Graph) -> None:
    silent = []
    for prop in own_properties(terms):
        start = terms.value(prop, RDFS.domain) or terms.value(prop, SCHEMA.domainIncludes)
        end = terms.value(prop, RDFS.range) or terms.value(prop, SCHEMA.rangeIncludes)
        if end is None or (start is None and prop != CLS.inferenceNote):
            silent.append(str(prop))
    assert silent == [], (
        "rdfs:domain and rdfs:range (or schema:domainIncludes, schema:rangeIncludes) are missing"
    )


def test_the_rulings_on_domain_and_range_hold(terms: Graph) -> None:
    for name in ("inferenceNote", "siren", "siret", "finess", "rna"):
        assert terms.value(CLS[name], RDFS.domain) is None
    assert terms.value(CLS.territory, RDFS.range) is None
    assert XSD.positiveInteger not in set(terms.objects())
    for name in ("listPosition", "position", "ordinal", "countValue"):
        assert terms.value(CLS[name], RDFS.range) == XSD.integer


def test_faulty_domains_are_seen(turtle: Callable[[str], Graph]) -> None:
    graph = turtle(
        """cls:A a owl:Class . cls:B a owl:Class .
           cls:two a owl:ObjectProperty ; rdfs:domain cls:A , cls:B .
           cls:foreign a owl:ObjectProperty ; rdfs:domain org:Organization .
           cls:ranged a owl:ObjectProperty ; rdfs:range cls:A .
           cls:both a owl:ObjectProperty ; rdfs:domain cls:A ; schema:domainIncludes cls:B .
           cls:literal a owl:ObjectProperty ; rdfs:domain cls:A ; rdfs:range xsd:string ."""
    )
    assert [f.split("#")[1].split(":")[0] for f in faults_of_domain_and_range(graph)] == [
        "both",
        "foreign",
        "ranged",
        "two",
    ]
    assert len(faults_of_range_kind(graph)) == 1


def test_inverses_are_declared_on_both_sides(cls_graph_ttl: Graph) -> None:
    assert inverse_faults(cls_graph_ttl) == []
    for one, other in INVERSES.items():
        assert (CLS[one], OWL.inverseOf, CLS[other]) in cls_graph_ttl


def test_every_part_of_a_contract_leads_back_to_it(cls_graph_ttl: Graph) -> None:
    composing = [p for p in cls_graph_ttl.subjects(RDF.type, OWL.ObjectProperty) if "#has" in str(p)]
    assert len(composing) >= 9
    assert [p for p in composing if cls_graph_ttl.value(p, OWL.inverseOf) is None] == []


def test_faulty_inverses_are_seen(turtle: Callable[[str], Graph]) -> None:
    graph = turtle(
        """cls:a rdfs:domain cls:A ; rdfs:range cls:B ; owl:inverseOf cls:b .
           cls:b rdfs:domain cls:C ; rdfs:range cls:A ."""
    )
    assert any("does not say it back" in f for f in inverse_faults(graph))
    graph += turtle("cls:b owl:inverseOf cls:a .")
    assert any("does not end" in f for f in inverse_faults(graph))


def test_hierarchies_have_no_circle(terms: Graph) -> None:
    assert circular_classes(terms) == []
    assert circular_classes(terms, RDFS.subPropertyOf) == []


def test_no_class_stands_alone(cls_graph_ttl: Graph) -> None:
    assert unconnected_classes(cls_graph_ttl) == []


def test_circles_and_lonely_classes_are_seen(turtle: Callable[[str], Graph]) -> None:
    graph = turtle("cls:A rdfs:subClassOf cls:B . cls:B rdfs:subClassOf cls:A . cls:C a owl:Class .")
    assert len(circular_classes(graph)) == 2
    assert unconnected_classes(graph) == [CLS.C]


def test_own_classes_stand_on_own_classes_only(cls_graph_ttl: Graph) -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        assert [o for o in cls_graph_ttl.objects(None, predicate) if not own(o)] == []


@pytest.mark.parametrize(
    "group",
    [
        [CLS.LocalHealthContract, CLS.Engagement, CLS.Milestone, CLS.FundingCommitment, ORG.Organization],
        [CLS.Axis, CLS.Objective, CLS.ActionSheet, CLS.Measure],
    ],
    ids=["contract", "programme"],
)
def test_what_must_be_disjoint_is(terms: Graph, group: list[URIRef]) -> None:
    assert {frozenset(p) for p in combinations(group, 2)} - disjoint_pairs(terms) == set()


def test_no_class_is_disjoint_from_its_own_ancestor(terms: Graph) -> None:
    for pair in disjoint_pairs(terms):
        one, other = tuple(pair)
        assert other not in set(terms.transitive_objects(one, RDFS.subClassOf))
        assert one not in set(terms.transitive_objects(other, RDFS.subClassOf))


def test_nothing_is_made_transitive(terms: Graph) -> None:
    assert list(terms.subjects(RDF.type, OWL.TransitiveProperty)) == []
