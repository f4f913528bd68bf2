"""Integrity of the code lists: the conditions of the SKOS reference and those of the project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def ancestors(graph: Graph, concept: Node) -> set[Node]:
    """Everything reached from a concept by ``skos:broader``, stated either way."""
    reached: set[Node] = set()
    todo = [concept]
    while todo:
        node = todo.pop()
        up = {*graph.objects(node, SKOS.broader), *graph.subjects(SKOS.narrower, node)}
        todo += up - reached
        reached |= up
    return reached


def s9_concept_and_scheme(graph: Graph) -> list[str]:
    """S9 and S37: concepts, schemes and collections are disjoint."""
    kinds = [set(graph.subjects(RDF.type, k)) for k in (SKOS.Concept, SKOS.ConceptScheme, SKOS.Collection)]
    return sorted(f"S9 {s}" for s, n in Counter(s for kind in kinds for s in kind).items() if n > 1)


def s13_label_properties(graph: Graph) -> list[str]:
    """S13: no thing has one literal as two kinds of label."""
    seen = Counter((s, o) for p in LABELS for s, o in set(graph.subject_objects(p)))
    return sorted(f"S13 {s} {o.n3()}" for (s, o), n in seen.items() if n > 1)


def s14_one_preferred_label(graph: Graph) -> list[str]:
    """S14: one preferred label at most in each language."""
    pairs = [(s, o.language) for s, o in graph.subject_objects(SKOS.prefLabel) if isinstance(o, Literal)]
    return sorted(f"S14 {s} @{lang}" for (s, lang), n in Counter(pairs).items() if n > 1)


def s27_related(graph: Graph) -> list[str]:
    """S27: what is related to a concept is not above or below it."""
    pairs = graph.subject_objects(SKOS.related)
    return sorted(f"S27 {s}" for s, o in pairs if o in ancestors(graph, s) or s in ancestors(graph, o))


def own_integrity(graph: Graph) -> list[str]:
    """Hierarchy without a circle, a scheme for each concept, a way to its top, notations once each."""
    faults = []
    for concept in set(graph.subjects(RDF.type, SKOS.Concept)):
        (scheme, *others) = [*graph.objects(concept, SKOS.inScheme), None]
        up = ancestors(graph, concept)
        tops = set(graph.subjects(SKOS.topConceptOf, scheme))
        if scheme is None or others != [None]:
            faults.append(f"scheme {concept}")
        if concept in up:
            faults.append(f"circle {concept}")
        if not ({concept} | up) & tops or (concept in tops and up):
            faults.append(f"top {concept}")
        if any((b, SKOS.inScheme, scheme) not in graph for b in up):
            faults.append(f"broader elsewhere {concept}")
    stated = {(s, o) for s, o in graph.subject_objects(SKOS.topConceptOf)}
    faults += [
        f"top one way {c} (skos:topConceptOf needs skos:hasTopConcept of {s}, and back)"
        for c, s in stated ^ {(o, s) for s, o in graph.subject_objects(SKOS.hasTopConcept)}
    ]
    codes = Counter((graph.value(s, SKOS.inScheme), o) for s, o in graph.subject_objects(SKOS.notation))
    faults += [f"notation {o}" for (_, o), n in codes.items() if n > 1]
    return sorted(faults)


CHECKS = [s9_concept_and_scheme, s13_label_properties, s14_one_preferred_label, s27_related, own_integrity]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_integrity(check: Callable[[Graph], list[str]], vocab: Graph) -> None:
    assert check(vocab) == []


@pytest.mark.parametrize(
    ("check", "faulty"),
    [
        (s9_concept_and_scheme, "ex:a a skos:Concept , skos:ConceptScheme ."),
        (s9_concept_and_scheme, "ex:a a skos:Concept , skos:Collection ."),
        (s13_label_properties, 'ex:a skos:prefLabel "air"@fr ; skos:altLabel "air"@fr .'),
        (s14_one_preferred_label, 'ex:a skos:prefLabel "air"@fr , "vent"@fr .'),
        (
            s27_related,
            "ex:a skos:broader ex:b . ex:b skos:broader ex:c ; skos:related ex:d . ex:c skos:related ex:a .",
        ),
        (own_integrity, "ex:a a skos:Concept ; skos:inScheme ex:s ; skos:broader ex:b ."),
        (own_integrity, "ex:a a skos:Concept ; skos:inScheme ex:s ; skos:broader ex:a ."),
        (own_integrity, "ex:a a skos:Concept ; skos:inScheme ex:s ; skos:topConceptOf ex:s ."),
        (
            own_integrity,
            'ex:a skos:inScheme ex:s ; skos:notation "1" . ex:b skos:inScheme ex:s ; skos:notation "1" .',
        ),
    ],
)
def test_a_breach_is_seen(
    check: Callable[[Graph], list[str]], faulty: str, turtle: Callable[[str], Graph]
) -> None:
    assert check(turtle(faulty)) != []


def test_every_concept_is_named_and_defined_in_both_languages(vocab: Graph) -> None:
    concepts = set(vocab.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 150
    for concept in concepts:
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = [o.language for o in vocab.objects(concept, predicate) if isinstance(o, Literal)]
            given = sorted(str(x) for x in languages)
            assert given == ["en", "fr"], f"{concept} needs {predicate} in French and English: {given}"
        notes = [str(o.language) for o in vocab.objects(concept, SKOS.scopeNote) if isinstance(o, Literal)]
        assert sorted(notes) in ([], ["en", "fr"]), concept


def test_no_two_concepts_of_a_list_share_a_label(schemes: dict[str, Graph]) -> None:
    for slug, graph in schemes.items():
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        used = Counter(o.n3().lower() for c in concepts for p in LABELS for o in graph.objects(c, p))
        assert [label for label, n in used.items() if n > 1] == [], slug


def test_addresses_follow_the_pattern(schemes: dict[str, Graph]) -> None:
    for slug, graph in schemes.items():
        scheme = URIRef(f"https://w3id.org/cls-sante/vocab/{slug}")
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            assert graph.value(concept, SKOS.inScheme, any=False) == scheme
            last = str(concept).removeprefix(f"{scheme}/")
            assert last
            assert last == last.lower()
            assert "/" not in last
            if slug != "determinant":
                assert graph.value(concept, SKOS.notation, any=False) == Literal(last)


def test_roles_serve_dcat_and_signatories_are_one_family(schemes: dict[str, Graph]) -> None:
    graph = schemes["party-role"]
    role = URIRef("http://www.w3.org/ns/dcat#Role")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert set(graph.subjects(RDF.type, role)) == concepts
    base = "https://w3id.org/cls-sante/vocab/party-role/"
    narrower = {str(s).removeprefix(base) for s in graph.subjects(SKOS.broader, URIRef(base + "signatory"))}
    assert narrower == {"lead-signatory", "associated-signatory"}


def test_terms_and_code_lists_keep_apart(cls_graph_ttl: Graph, vocab: Graph) -> None:
    assert set(cls_graph_ttl.subjects(RDFS.label)) & set(vocab.subjects(SKOS.prefLabel)) == set()
