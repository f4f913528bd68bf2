"""Parts together are the whole: bundled and made-up data, sound, faulty, and while they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from cls_graph.checking.engines import choose
from cls_graph.checking.results import ntriples
from cls_graph.checking.shacl import slices
from cls_graph.checking.slices import Slices
from cls_graph.corpus import Corpus
from cls_graph.graphs import data_graphs
from cls_graph.namespaces import CLS

Keys = set[tuple[str, ...]]


def whole(quads: Sequence[Quad], corpus: Corpus, engine: str = "pyshifty") -> Keys:
    data = ntriples([*quads, *corpus.ontology, *corpus.vocabularies])
    return {result.key for result in choose(engine).prepare(corpus.shapes).validate(data)}


def parts(quads: Sequence[Quad], corpus: Corpus, contracts: str, engine: str = "pyshifty") -> Slices:
    background = [*corpus.ontology, *corpus.vocabularies]
    return Slices(quads, background, corpus.shapes, corpus.shapes_across, choose(engine), contracts)


def together(cut: Slices) -> Keys:
    found = [result.key for result in cut.everything()]
    assert len(found) == len(set(found)), "each result once"
    return set(found)


@pytest.mark.slow
def test_the_bundled_data(shapes_corpus: Corpus) -> None:
    graphs = data_graphs(shapes_corpus)
    cut = slices(graphs, (), choose("pyshifty"))
    assert len(cut.contracts) >= 8
    assert together(cut) == whole(graphs.stated, shapes_corpus)


@pytest.mark.slow
def test_every_kind_of_fault(faulty: Any, shapes_corpus: Corpus, contract_graphs: str) -> None:
    assert together(parts(faulty.quads, shapes_corpus, contract_graphs)) == whole(faulty.quads, shapes_corpus)


@pytest.mark.slow
def test_the_reference_engine(entangled: Any, shapes_corpus: Corpus, contract_graphs: str) -> None:
    cut = parts(entangled.quads, shapes_corpus, contract_graphs, "pyshacl")
    assert together(cut) == whole(entangled.quads, shapes_corpus)


@pytest.mark.slow
def test_edits_one_after_another(entangled: Any, shapes_corpus: Corpus, contract_graphs: str) -> None:
    quads = list(entangled.quads)
    cut = parts(quads, shapes_corpus, contract_graphs)
    names = cut.contracts
    cut.contract(names[0])
    edits = [
        ("a contract loses its title", names[0], lambda q: not q.predicate.value.endswith("terms/title")),
        ("one that others succeed is gone", names[2], lambda q: False),
        ("one loses its engagements' link", names[3], lambda q: q.predicate.value != CLS + "hasEngagement"),
        ("one loses its evidence", names[4], lambda q: q.predicate.value != CLS + "hasEvidence"),
    ]
    for what, name, keep in edits:
        changed = [q for q in quads if q.graph_name.value == name and keep(q)]
        quads = [q for q in quads if q.graph_name.value != name] + changed
        cut.replace(name, changed)
        assert together(cut) == whole(quads, shapes_corpus), what


@pytest.mark.slow
def test_an_edit_is_seen_in_its_slice(entangled: Any, shapes_corpus: Corpus, contract_graphs: str) -> None:
    cut = parts(entangled.quads, shapes_corpus, contract_graphs)
    name = cut.contracts[0]
    graph = [q for q in entangled.quads if q.graph_name.value == name]
    before = {result.key for result in cut.contract(name)}
    root = next(q.subject for q in graph if q.predicate.value == CLS + "territory")
    wrong = Quad(root, NamedNode(CLS + "ordinal"), Literal("deux"), NamedNode(name))
    cut.replace(name, [*graph, wrong])
    fresh = {result.key for result in cut.contract(name)} - before
    assert {key[1].rpartition("#")[2].rstrip(">") for key in fresh} >= {"LocalHealthContract-ordinal"}
    cut.replace(name, graph)
    assert {result.key for result in cut.contract(name)} == before


def test_only_a_contract_can_be_replaced(shapes_corpus: Corpus, contract_graphs: str) -> None:
    cut = parts([], shapes_corpus, contract_graphs)
    with pytest.raises(ValueError, match="registry"):
        cut.replace("https://example.org/cls/graph/registry", [])
