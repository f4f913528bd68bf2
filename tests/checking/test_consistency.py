"""Every kind of contradiction is found, and says which thing, which facts, and where they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import Quad, Triple

from cls_graph.checking.consistency import Consistency
from cls_graph.checking.literals import ill_typed, literal_faults
from cls_graph.checking.prototypes import impossible, prototypes
from cls_graph.corpus import Corpus
from cls_graph.entailment import compile_rules
from cls_graph.entailment.loading import rules_of
from cls_graph.findings import Finding
from cls_graph.rdf import in_graph, parse_graph
from cls_graph.rules import RULES

EX = "https://example.org/"
HEAD = """
@prefix : <https://example.org/> .
@prefix cls: <https://w3id.org/cls-sante/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NOTHING_WITH_P = "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 0 ]"

# A small graph for each way to contradict oneself, the rule that tells, and the thing at fault.
CASES = {
    "disjoint classes": (":A owl:disjointWith :B . :x a :A, :B .", "owl-disjoint-classes", "x"),
    "disjoint through a subclass": (
        ":A owl:disjointWith :B . :C rdfs:subClassOf :B . :x a :A, :C .",
        "owl-disjoint-classes",
        "x",
    ),
    "all disjoint classes": (
        "[] a owl:AllDisjointClasses ; owl:members (:A :B :C) . :x a :A, :C .",
        "owl-disjoint-classes",
        "x",
    ),
    "nothing": (":x a owl:Nothing .", "owl-nothing", "x"),
    "complement": (":A owl:complementOf :B . :x a :A, :B .", "owl-complement", "x"),
    "irreflexive": (":p a owl:IrreflexiveProperty . :x :p :x .", "owl-irreflexive", "x"),
    "asymmetric": (":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .", "owl-asymmetric", "x"),
    "disjoint properties": (
        ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .",
        "owl-disjoint-properties",
        "x",
    ),
    "negative assertion": (
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; "
        "owl:targetIndividual :y . :x :p :y .",
        "owl-negative",
        "x",
    ),
    "same and different": (":x owl:sameAs :y . :x owl:differentFrom :y .", "owl-same-different", "x"),
    "functional, said to be different": (
        ":p a owl:FunctionalProperty . :x :p :a, :b . :a owl:differentFrom :b .",
        "owl-functional",
        "x",
    ),
    "functional, two literals": (
        ":p a owl:FunctionalProperty, owl:DatatypeProperty . :x :p 1, 2 .",
        "owl-functional-literal",
        "x",
    ),
    "no value allowed": (
        f":A rdfs:subClassOf {NOTHING_WITH_P} . :x a :A ; :p :y .",
        "owl-max-zero",
        "x",
    ),
    "no such date": (':x :p "2023-13-45"^^xsd:date .', "owl-ill-typed", "x"),
    "no such number": (':x :p "abc"^^xsd:integer .', "owl-ill-typed", "x"),
    "outside the datatype of the range": (
        ':p rdfs:range xsd:integer . :x :p "abc" .',
        "owl-range-datatype",
        "x",
    ),
    "a class that must be empty": (
        ":A owl:disjointWith :B . :C rdfs:subClassOf :A, :B . :C a owl:Class .",
        "owl-empty-class",
        "C",
    ),
    "an individual of a class that must be empty": (
        ":A owl:disjointWith :B . :C rdfs:subClassOf :A, :B . :C a owl:Class . :x a :C .",
        "owl-disjoint-classes",
        "x",
    ),
    # Beyond those of the comparison of engines.
    "negative assertion of a literal": (
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue 3 . :x :p 3 .",
        "owl-negative",
        "x",
    ),
    "all disjoint properties": (
        "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :p :y ; :r :y .",
        "owl-disjoint-properties",
        "x",
    ),
    "all different": (
        "[] a owl:AllDifferent ; owl:distinctMembers (:x :y :z) . :z owl:sameAs :w . :w owl:sameAs :x .",
        "owl-same-different",
        "x",
    ),
    "different from itself": (":x owl:differentFrom :x .", "owl-same-different", "x"),
    "inverse functional": (
        ":p a owl:InverseFunctionalProperty . :x :p 1 . :y :p 1 . :x owl:differentFrom :y .",
        "owl-functional",
        "x",
    ),
    "two names of one value": (
        ":p a owl:FunctionalProperty . :x :p :a, :b .",
        "owl-functional-twice",
        "x",
    ),
    "one key, two things": (
        ":p a owl:InverseFunctionalProperty . :x :p 1 . :y :p 1 .",
        "owl-functional-twice",
        "x",
    ),
    "a complement above": (
        ":A rdfs:subClassOf [ owl:complementOf :B ] . :C rdfs:subClassOf :A . :x a :C, :B .",
        "owl-complement",
        "x",
    ),
    "no such year": (':x :p "20x5"^^xsd:gYear .', "owl-ill-typed", "x"),
    "a property that can relate nothing": (
        ":A owl:disjointWith :B . :p a owl:ObjectProperty ; rdfs:domain :A, :B .",
        "owl-empty-property",
        "p",
    ),
    "symmetric and asymmetric": (
        ":p a owl:ObjectProperty, owl:SymmetricProperty, owl:AsymmetricProperty .",
        "owl-empty-property",
        "p",
    ),
    "a kind of nothing": (":A a owl:Class ; rdfs:subClassOf owl:Nothing .", "owl-empty-class", "A"),
}


def read(text: str) -> tuple[list[Triple], list[Quad]]:
    """A case: its axioms and its facts are in one graph."""
    triples = parse_graph((HEAD + text).encode(), ".ttl", "case-")
    return triples, in_graph(triples, "https://w3id.org/cls-sante/graph/contract/x")


def found_in(text: str) -> set[tuple[str, str]]:
    """The rules that are broken, each with the thing at fault."""
    ontology, quads = read(text)
    rules = compile_rules(ontology)
    contradictions = Consistency(quads, ontology, rules).contradictions() + impossible(ontology, rules)
    found = {(c.code, str(c.thing)) for c in contradictions}
    found |= {(f.code, str(f.thing)) for f in [*ill_typed(quads), *literal_faults(quads, ontology)]}
    return {(code, thing.strip("<>").removeprefix(EX)) for code, thing in found}


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_contradiction_is_found(name: str) -> None:
    text, rule, thing = CASES[name]
    found = found_in(text)
    assert (rule, thing) in found
    assert {code for code, _ in found} <= {rule, "owl-empty-class", "owl-empty-property"}


def test_every_rule_about_contradictions_is_broken_above() -> None:
    assert {rule for _, rule, _ in CASES.values()} == {rule for rule in RULES if rule.startswith("owl-")}


@pytest.mark.parametrize(
    "text",
    [
        ":A owl:disjointWith :B . :x a :A . :y a :B .",
        ":p a owl:AsymmetricProperty . :x :p :y .",
        ":p a owl:FunctionalProperty, owl:DatatypeProperty ; rdfs:range xsd:integer . :x :p 1 . :y :p 2 .",
        f":A rdfs:subClassOf {NOTHING_WITH_P} . :x a :A . :y :p :z .",
        ':x :p "2025"^^xsd:gYear, "--04-16"^^xsd:gMonthDay, "2025-04"^^xsd:gYearMonth .',
        "[] a owl:AllDifferent ; owl:members (:x :y) . :x owl:sameAs :z .",
        ":A a owl:Class ; rdfs:subClassOf :B . :p a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :B .",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :z .",
    ],
)
def test_what_is_consistent_is_left_alone(text: str) -> None:
    assert found_in(text) == set()


def test_the_bundled_data_and_ontology_contradict_nothing(bundled_check: Any) -> None:
    assert [f for f in bundled_check.findings if f.rule.startswith("owl-")] == []
    corpus = Corpus.open()
    assert impossible(corpus.ontology, rules_of(corpus)) == []
    # The check is made on every class and property of the ontology.
    own = {t.subject for t in corpus.ontology if str(t.object).endswith(("owl#Class>", "#ObjectProperty>"))}
    assert {str(getattr(term, "value", "")) for term in own} <= prototypes(corpus.ontology).keys()


def ours(findings: list[Finding]) -> list[Finding]:
    return [f for f in findings if f.rule.startswith("owl-")]


WRONG: dict[str, tuple[str, Callable[[Finding], bool]]] = {
    "disjoint by inference": (
        "@prefix cls: <https://w3id.org/cls-sante/ontology#> .\n"
        "<https://w3id.org/cls-sante/id/contract/01999-2/engagement/01> cls:hasMilestone "
        "<https://w3id.org/cls-sante/id/contract/01999-2/engagement/02> .\n",
        lambda f: "domain-cls-hasMilestone-cls-LocalHealthContract" in f.message["en"],
    ),
    "disjoint as stated": (
        "@prefix cls: <https://w3id.org/cls-sante/ontology#> .\n"
        "<https://w3id.org/cls-sante/id/contract/01999-2/engagement/01> a cls:Milestone .\n",
        lambda f: "stated in contract/01999-2" in f.message["en"],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_finding_names_thing_facts_graphs_and_passages(tiny_with_shapes: Any, name: str) -> None:
    text, expected = WRONG[name]
    (tiny_with_shapes.root / "data" / "extra.ttl").write_text(text)
    found = [f for f in ours(tiny_with_shapes.check().findings) if f.node.endswith("/engagement/01")]
    assert found
    for f in found:
        assert f.rule == "owl-disjoint-classes"
        assert f.place.file.endswith("01999-2.yaml")
        assert f.place.line == tiny_with_shapes.line('id: "01"')
        assert f.subject == "la Ville d’Exemple"
        assert "contract/01999-2" in f.message["fr"]
        assert f.message["fr"] != f.message["en"]
    assert any(expected(f) for f in found)
    assert any("la Ville d’Exemple" in f.message["en"].partition(":")[2] for f in found)
