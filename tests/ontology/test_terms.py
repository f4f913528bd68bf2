"""Every own term is typed, named and defined in French and English, and follows the naming rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

CLS = "https://w3id.org/cls-sante/ontology#"
HOME = URIRef("https://w3id.org/cls-sante/ontology")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

CLASSES = """LocalHealthContract Engagement ProgrammeElement Axis Objective ActionSheet Measure Milestone
FundingCommitment StatedCount PolicyFramework RegionalHealthProject SourceDocument Evidence TerritoryScope
FrameworkReference QualifiedStatement ContractRevision CommuneList Indicator Budget""".split()


def own_terms(graph: Graph) -> list[URIRef]:
    """Every IRI of the namespace that the graph mentions anywhere, sorted."""
    nodes = {n for triple in graph for n in triple if isinstance(n, URIRef)}
    return sorted(n for n in nodes if str(n).startswith(CLS))


def faults_of_text(graph: Graph, term: URIRef) -> list[str]:
    """What is missing or doubled in the label, definition and notes of a term."""
    faults = []
    for predicate in (RDFS.label, SKOS.definition, SKOS.scopeNote, SKOS.example):
        values = list(graph.objects(term, predicate))
        found = sorted(str(v.language) for v in values if isinstance(v, Literal))
        needed = predicate in (RDFS.label, SKOS.definition)
        if len(found) != len(values) or (found != ["en", "fr"] and (needed or values)):
            faults.append(f"{term}: {predicate} {found}")
    return faults


def faults_of_type(graph: Graph, term: URIRef) -> list[str]:
    """A term has exactly one kind and is defined by the ontology."""
    kinds = [k for k in graph.objects(term, RDF.type) if k in KINDS]
    faults = [] if len(kinds) == 1 else [f"{term}: kinds {kinds}"]
    if list(graph.objects(term, RDFS.isDefinedBy)) != [HOME]:
        faults.append(f"{term}: isDefinedBy")
    return faults


def faults_of_name(graph: Graph, term: URIRef) -> list[str]:
    """Classes are in CamelCase, properties in lowerCamelCase; acronyms only where they are the name."""
    name = str(term).removeprefix(CLS)
    first = "A-Z" if (term, RDF.type, OWL.Class) in graph else "a-z"
    return [] if re.fullmatch(rf"[{first}](?:[a-z0-9]|[A-Z](?![A-Z]))*", name) else [f"{term}: name"]


def same_label_twice(graph: Graph, kinds: tuple[URIRef, ...]) -> list[str]:
    """Labels that several terms of the kinds given share in one language."""
    subjects = {s for kind in kinds for s in graph.subjects(RDF.type, kind)}
    labels = Counter(o.n3() for s in subjects for o in graph.objects(s, RDFS.label))
    return sorted(label for label, times in labels.items() if times > 1)


def test_every_term_has_one_label_and_definition_in_each_language(cls_graph_ttl: Graph) -> None:
    assert [f for t in own_terms(cls_graph_ttl) for f in faults_of_text(cls_graph_ttl, t)] == []


def test_every_term_has_one_kind_and_its_home(cls_graph_ttl: Graph) -> None:
    assert [f for t in own_terms(cls_graph_ttl) for f in faults_of_type(cls_graph_ttl, t)] == []


def test_names_follow_the_convention(cls_graph_ttl: Graph) -> None:
    assert [f for t in own_terms(cls_graph_ttl) for f in faults_of_name(cls_graph_ttl, t)] == []


def test_no_two_classes_and_no_two_properties_share_a_label(cls_graph_ttl: Graph) -> None:
    assert same_label_twice(cls_graph_ttl, KINDS[:1]) == []
    assert same_label_twice(cls_graph_ttl, KINDS[1:]) == []


def test_one_lexicalisation_for_terms_and_one_for_concepts(cls_graph_ttl: Graph, vocab: Graph) -> None:
    assert list(cls_graph_ttl.subject_objects(SKOS.prefLabel)) == []
    assert list(vocab.subject_objects(RDFS.label)) == []


def test_faulty_terms_are_seen(turtle: Callable[[str], Graph]) -> None:
    graph = turtle(
        """cls:bad_name a owl:Class , owl:ObjectProperty ; rdfs:label "un"@fr , "deux"@fr , "one"@en ;
             skos:definition "Une chose."@fr ; skos:scopeNote "Seule en français."@fr .
           cls:Twin a owl:Class ; rdfs:label "one"@en ."""
    )
    term = URIRef(CLS + "bad_name")
    assert len(faults_of_text(graph, term)) == 3
    assert len(faults_of_type(graph, term)) == 2
    assert len(faults_of_name(graph, term)) == 1
    assert same_label_twice(graph, KINDS[:1]) == ['"one"@en']


def test_the_classes_are_those_of_the_design(cls_graph_ttl: Graph) -> None:
    found = {str(c).removeprefix(CLS) for c in cls_graph_ttl.subjects(RDF.type, OWL.Class)}
    assert found == set(CLASSES)


def test_every_term_of_the_mapping_is_declared(cls_graph_ttl: Graph, repo: Path) -> None:
    text = (repo / "docs" / "modelling.md").read_text(encoding="utf-8")
    used = set(re.findall(r"\bcls:([A-Za-z][A-Za-z0-9]*)", text))
    declared = {str(t).removeprefix(CLS) for k in KINDS for t in cls_graph_ttl.subjects(RDF.type, k)}
    assert len(used) > 70
    assert used - declared == set()


def test_alignments_speak_of_declared_terms_only(cls_graph_ttl: Graph, alignments: Graph) -> None:
    assert set(own_terms(alignments)) - set(own_terms(cls_graph_ttl)) == set()
