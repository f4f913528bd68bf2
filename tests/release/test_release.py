"""What a release holds: the same bytes every time, its digests, its graphs, nothing lost in any format."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from cls_graph.checking import Checked
from cls_graph.corpus import Corpus
from cls_graph.entailment.loading import rules_of
from cls_graph.namespaces import CLS, DCTERMS, OA, RDFS, SKOS, VOCAB, VOID
from cls_graph.rdf import RDF_TYPE
from cls_graph.release import compose
from cls_graph.release.build import write_release
from cls_graph.release.cache import intact

BASE = "https://w3id.org/cls-sante/"
SHORTCUTS = f"{BASE}graph/shortcuts"


def parsed(path: Path) -> list[Quad]:
    formats = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
    return list(ox.parse(path.read_bytes(), format=formats[path.suffix]))


def canonical(quads: list[Quad]) -> set[str]:
    """The quads with their blank nodes named from the content alone."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def files_of(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_composing_again_gives_the_same_bytes(
    bundled_release: Path, bundled_check: Checked, tmp_path: Path
) -> None:
    corpus = Corpus.open()
    write_release(corpus, compose(corpus), tmp_path / "again", bundled_check.findings)
    files = files_of(bundled_release)
    assert files >= {"graph.jsonld", "graph.nq", "graph.trig", "manifest.json", "registry.ttl"}
    assert files == files_of(tmp_path / "again")
    for name in files:
        assert (tmp_path / "again" / name).read_bytes() == (bundled_release / name).read_bytes(), name


def test_the_manifest_tells_the_truth(bundled_release: Path) -> None:
    manifest = json.loads((bundled_release / "manifest.json").read_bytes())
    for name, entry in manifest["files"].items():
        data = (bundled_release / name).read_bytes()
        assert entry == {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    assert {*manifest["files"], "manifest.json"} == files_of(bundled_release)
    quads = parsed(bundled_release / "graph.nq")
    assert manifest["digest"] == manifest["files"]["graph.nq"]["sha256"]
    assert manifest["counts"]["quads"] == len(quads)
    assert manifest["graphs"] == dict(Counter(q.graph_name.value for q in quads))
    contracts = {
        q.subject
        for q in quads
        if q.object == NamedNode(CLS + "LocalHealthContract") and q.predicate == RDF_TYPE
    }
    assert manifest["counts"]["contracts"] == len(contracts) >= 8
    dataset = Corpus.open().registry.dataset
    assert dataset is not None
    assert (manifest["version"], manifest["date"]) == (dataset.version, dataset.date)
    assert manifest["licence"] == dataset.licence
    assert intact(bundled_release)


def test_the_graphs_are_those_of_the_documentation(bundled_quads: list[Quad]) -> None:
    names = {q.graph_name.value.removeprefix(f"{BASE}graph/") for q in bundled_quads}
    keys = {r.value.contract.key for r in Corpus.open().records if r.value is not None}
    described = {"registry", "ontology", "vocab", "shapes", "rules", "catalogue", "shortcuts", "territories"}
    rules = {f"inferred/{rule.name}" for rule in rules_of(Corpus.open()) if not rule.shortcut}
    assert described | {f"contract/{key}" for key in keys} <= names
    assert names - described - {f"contract/{key}" for key in keys} <= rules


def test_lines_of_the_n_quads_are_sorted_and_given_once(bundled_release: Path) -> None:
    lines = (bundled_release / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.slow
def test_the_three_formats_hold_the_same_quads(bundled_release: Path) -> None:
    expected = canonical(parsed(bundled_release / "graph.nq"))
    assert canonical(parsed(bundled_release / "graph.trig")) == expected
    assert canonical(parsed(bundled_release / "graph.jsonld")) == expected


def test_a_store_gives_back_the_very_literals(bundled_release: Path) -> None:
    quads = parsed(bundled_release / "graph.nq")
    store = ox.Store()
    store.bulk_load(path=str(bundled_release / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    named = [q for q in quads if not has_blank(q)]
    assert {str(q) for q in store if not has_blank(q)} == {str(q) for q in named}
    assert len(store) == len(quads)


def has_blank(quad: Quad) -> bool:
    return any(isinstance(t, BlankNode) for t in (quad.subject, quad.object, quad.graph_name))


def test_blank_nodes_are_only_in_owl_and_shacl_expressions(bundled_quads: list[Quad]) -> None:
    graphs = {q.graph_name.value.removeprefix(f"{BASE}graph/") for q in bundled_quads if has_blank(q)}
    assert graphs <= {"ontology", "shapes"}


def test_every_thing_that_is_named_has_a_label(bundled_quads: list[Quad]) -> None:
    labels = {q.subject for q in bundled_quads if q.predicate.value in (RDFS + "label", SKOS + "prefLabel")}
    kinds = ("contract", "organisation", "person", "framework", "document", "territory")
    for q in bundled_quads:
        if isinstance(q.object, NamedNode):
            kind, _, key = q.object.value.removeprefix(f"{BASE}id/").partition("/")
            depth = 1 if kind == "territory" else 0
            if q.object.value.startswith(f"{BASE}id/") and kind in kinds and key.count("/") == depth:
                assert q.object in labels, str(q)


def test_every_reference_among_our_things_arrives(bundled_quads: list[Quad]) -> None:
    """No triple of the data points to a node of ours that has no triple."""
    subjects = {q.subject for q in bundled_quads}
    data = [q for q in bundled_quads if "/graph/catalogue" not in q.graph_name.value]
    ours = (f"{BASE}id/", f"{BASE}vocab/", f"{BASE}ontology#")
    missing = {
        str(q.object)
        for q in data
        if isinstance(q.object, NamedNode) and q.object.value.startswith(ours) and q.object not in subjects
    }
    assert missing == set()


def test_without_quotes_the_words_go_and_the_positions_stay(bundled_quads: list[Quad]) -> None:
    bare = compose(Corpus.open(), quotes=False)
    words = {NamedNode(OA + name) for name in ("exact", "prefix", "suffix")}
    stated = [q for q in bundled_quads if "/graph/contract/" in q.graph_name.value]
    kept = [q for q in bare if "/graph/contract/" in q.graph_name.value]
    assert {str(q) for q in kept} == {str(q) for q in stated if q.predicate not in words}
    assert len(kept) < len(stated)
    assert not any(q.predicate in words for q in bare if "/graph/ontology" not in q.graph_name.value)


# --- computed graphs


def engaged(quads: list[Quad], role: str) -> set[tuple[str, str]]:
    """(contract, organisation) of the engagements of a role, worked out by hand."""
    value = {(q.subject, q.predicate.value): q.object for q in quads}
    roles = {
        q.subject
        for q in quads
        if q.predicate.value == CLS + "partyRole" and q.object.value == f"{VOCAB}party-role/{role}"
    }
    return {
        (q.subject.value, value[q.object, CLS + "party"].value)
        for q in quads
        if q.predicate.value == CLS + "hasEngagement"
        and q.object in roles
        and (q.object, CLS + "party") in value
    }


def shortcut(quads: list[Quad], name: str) -> set[tuple[str, str]]:
    return {
        (q.subject.value, q.object.value)
        for q in quads
        if q.graph_name.value == SHORTCUTS and q.predicate.value == CLS + name
    }


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("signatory", "signatory"),
        ("carrier", "carrier"),
        ("coPilot", "co-pilot"),
        ("implementingActor", "implementing-actor"),
    ],
)
def test_shortcuts_say_what_the_engagements_say(bundled_quads: list[Quad], name: str, role: str) -> None:
    assert shortcut(bundled_quads, name) == engaged(bundled_quads, role)


def test_shortcuts_are_only_in_their_own_graph(bundled_quads: list[Quad]) -> None:
    names = {q.predicate.value for q in bundled_quads if q.graph_name.value == SHORTCUTS}
    assert {CLS + "signatory", CLS + "inDepartement", CLS + "inRegion", CLS + "implementsFramework"} <= names
    data = [q for q in bundled_quads if "/graph/contract/" in q.graph_name.value]
    assert not any(q.predicate.value in names for q in data)


def test_contracts_are_placed_in_their_departement_and_region(bundled_quads: list[Quad]) -> None:
    places = {c.rpartition("/")[2]: p.rpartition("/")[2] for c, p in shortcut(bundled_quads, "inDepartement")}
    assert places == {
        "26362-3": "26",
        "42218-a": "42",
        "200071199-2025": "63",
        "243800984-2": "38",
        "243800984-2017": "38",
        "38382-a": "38",
        "38151-a": "38",
        "38317-a": "38",
    }
    regions = shortcut(bundled_quads, "inRegion")
    assert {c.rpartition("/")[2] for c, _ in regions} == set(places)
    assert {r.rpartition("/")[2] for _, r in regions} == {"84"}


def test_a_lead_signatory_is_a_signatory(tiny_release: list[Quad]) -> None:
    signatories = {o.rpartition("/")[2] for _, o in shortcut(tiny_release, "signatory")}
    assert signatories == {"ars-84", "commune-01999"}


@pytest.fixture
def tiny_release(tiny: object) -> list[Quad]:
    tiny.edit("role: signatory", "role: lead-signatory")  # type: ignore[attr-defined]
    return compose(tiny.corpus())  # type: ignore[attr-defined]


def test_the_catalogue_counts_what_there_is(bundled_quads: list[Quad]) -> None:
    about = [q for q in bundled_quads if q.graph_name.value == f"{BASE}graph/catalogue"]
    assert {q.object.value for q in about if q.predicate.value == f"{DCTERMS}license"}
    names = {q.object.value for q in about if q.predicate.value.endswith("service-description#name")}
    assert names == {q.graph_name.value for q in bundled_quads} - {f"{BASE}graph/catalogue"}
    sizes = {
        q.subject.value: int(q.object.value)
        for q in about
        if q.predicate.value == VOID + "triples" and isinstance(q.object, Literal)
    }
    (registry,) = [n for s, n in sizes.items() if s.endswith("graph/registry/content")]
    assert registry == sum(q.graph_name.value == f"{BASE}graph/registry" for q in bundled_quads)
