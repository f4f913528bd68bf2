"""Mappings to EuroVoc and MeSH: those that were checked, neither doubled nor chained."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import DCTERMS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

OWN = "https://w3id.org/cls-sante/vocab/"
HOMES = ("http://eurovoc.europa.eu/", "http://id.nlm.nih.gov/mesh/")
NOT_EXACT = (SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
RELATIONS = (SKOS.exactMatch, SKOS.closeMatch, *NOT_EXACT)

# Code lists other than the determinants: (concept, relation, target).
OTHERS = {
    ("approach/outreach", "relatedMatch", "mesh/D003159"),
    ("target-population/carers", "closeMatch", "mesh/D017028"),
    ("target-population/children-and-youth", "narrowMatch", "eurovoc/1528"),
    ("target-population/children-and-youth", "narrowMatch", "mesh/D000293"),
    ("target-population/disabled-people", "closeMatch", "eurovoc/1231"),
    ("target-population/disabled-people", "closeMatch", "mesh/D006233"),
    ("target-population/health-professionals", "relatedMatch", "eurovoc/2789"),
    ("target-population/home-dependent-people", "relatedMatch", "eurovoc/6542"),
    ("target-population/older-people", "closeMatch", "mesh/D000368"),
    ("target-population/older-people", "exactMatch", "eurovoc/2333"),
    ("target-population/parents", "exactMatch", "mesh/D010290"),
    ("target-population/people-in-precarity", "closeMatch", "mesh/D035862"),
}


def mappings(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Every mapping statement of a graph."""
    return {(s, p, o) for p in RELATIONS for s, o in graph.subject_objects(p)}


def exact_cluster(graph: Graph, start: Node) -> set[Node]:
    """Everything that is exactly the same as ``start``, exactMatch being symmetric and transitive."""
    cluster, todo = {start}, [start]
    while todo:
        node = todo.pop()
        near = {*graph.objects(node, SKOS.exactMatch), *graph.subjects(SKOS.exactMatch, node)}
        todo += near - cluster
        cluster |= near
    return cluster


def shared_exact_targets(graph: Graph) -> list[str]:
    """Pairs of own concepts that exact matches make one and the same (doubled or chained)."""
    concepts = {s for s in graph.subjects(SKOS.exactMatch) if str(s).startswith(OWN)}
    return sorted(
        str(c) for c in concepts if any(str(o).startswith(OWN) for o in exact_cluster(graph, c) - {c})
    )


def exact_and_something_else(graph: Graph) -> list[str]:
    """S46: targets that a concept reaches by an exact match and by a broad, narrow or related one."""
    found = []
    for concept in set(graph.subjects(SKOS.exactMatch)):
        other = {
            o for p in NOT_EXACT for same in exact_cluster(graph, concept) for o in graph.objects(same, p)
        }
        found += [f"{concept} {o}" for o in other & exact_cluster(graph, concept)]
    return sorted(found)


def doubled(graph: Graph) -> list[str]:
    """Targets that one concept is mapped to by two relations."""
    pairs = [(s, o) for s, _, o in mappings(graph)]
    return sorted(f"{s} {o}" for s, o in set(pairs) if pairs.count((s, o)) > 1)


CHECKS = [shared_exact_targets, exact_and_something_else, doubled]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_mappings_are_sound(check: Callable[[Graph], list[str]], vocab: Graph) -> None:
    assert check(vocab) == []


@pytest.mark.parametrize(
    ("check", "faulty"),
    [
        (shared_exact_targets, "det:a skos:exactMatch ev:1 . det:b skos:exactMatch ev:1 ."),
        (
            shared_exact_targets,
            "det:a skos:exactMatch ev:1 . ev:1 skos:exactMatch mesh:D1 . det:b skos:exactMatch mesh:D1 .",
        ),
        (exact_and_something_else, "det:a skos:exactMatch ev:1 ; skos:narrowMatch ev:1 ."),
        (exact_and_something_else, "det:a skos:exactMatch ev:1 . ev:1 skos:relatedMatch det:a ."),
        (doubled, "det:a skos:closeMatch ev:1 ; skos:relatedMatch ev:1 ."),
    ],
)
def test_an_unsound_mapping_is_seen(
    check: Callable[[Graph], list[str]], faulty: str, turtle: Callable[[str], Graph]
) -> None:
    assert check(turtle(f"@prefix det: <{OWN}determinant/> . {faulty}")) != []


def test_an_exact_match_to_eurovoc_and_to_mesh_at_once_is_allowed(turtle: Callable[[str], Graph]) -> None:
    graph = turtle(f"@prefix det: <{OWN}determinant/> . det:a skos:exactMatch ev:1 , mesh:D1 .")
    assert [fault for check in CHECKS for fault in check(graph)] == []


def test_mappings_go_out_to_eurovoc_and_mesh_only(vocab: Graph) -> None:
    for concept, _, target in mappings(vocab):
        assert str(concept).startswith(OWN)
        assert str(target).startswith(HOMES)
    assert list(vocab.subject_objects(SKOS.mappingRelation)) == []


def test_determinants_are_mapped_as_checked(schemes: dict[str, Graph]) -> None:
    graph = schemes["determinant"]
    with (Path(__file__).parent / "determinant_mappings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    by_code = {r["code"]: URIRef(OWN + "determinant/" + r["slug"]) for r in rows}
    assert len(by_code) == 41
    expected = {(by_code[r["code"]], SKOS[r["relation"]], URIRef(r["target"])) for r in rows if r["relation"]}
    assert len(expected) == 88
    assert mappings(graph) == expected
    for row in rows:
        concept = by_code[row["code"]]
        assert graph.value(concept, SKOS.notation, any=False) == Literal(row["code"])
        assert graph.value(concept, SKOS.broader, any=False) == by_code.get(row["broader"])


def test_a_sample_of_determinants(schemes: dict[str, Graph]) -> None:
    graph = schemes["determinant"]
    housing = URIRef(OWN + "determinant/logement")
    assert (housing, SKOS.exactMatch, URIRef("http://eurovoc.europa.eu/1690")) in graph
    assert (housing, SKOS.exactMatch, URIRef("http://id.nlm.nih.gov/mesh/D006798")) in graph
    care = URIRef(OWN + "determinant/acces-aux-soins")
    assert (care, SKOS.closeMatch, URIRef("http://eurovoc.europa.eu/6628")) in graph
    assert Literal("Accès aux soins", lang="fr") in set(graph.objects(care, SKOS.prefLabel))


def test_the_other_code_lists_are_mapped_as_checked(vocab: Graph) -> None:
    def short(node: Node) -> str:
        text = str(node).removeprefix(OWN)
        return text.replace(HOMES[0], "eurovoc/").replace(HOMES[1], "mesh/")

    found = {(short(s), str(p).split("#")[1], short(o)) for s, p, o in mappings(vocab)}
    assert {m for m in found if not m[0].startswith("determinant/")} == OTHERS


def test_the_scheme_of_determinants_is_anchored(schemes: dict[str, Graph]) -> None:
    graph, scheme = schemes["determinant"], URIRef(OWN + "determinant")
    anchors = {URIRef(HOMES[0] + "c_058697c2"), URIRef(HOMES[1] + "D064890")}
    assert set(graph.objects(scheme, DCTERMS.subject)) == anchors
    assert any("Dahlgren" in str(o) for o in graph.objects(scheme, DCTERMS.source))
