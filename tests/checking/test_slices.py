"""Parts together are the whole: bundled and made-up data, sound, faulty, and while they change."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Sequence
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.checking.crew import Crew
from cls_graph.checking.engines import Engine, choose
from cls_graph.checking.foci import MARK
from cls_graph.checking.results import Result, ntriples
from cls_graph.checking.shacl import slices, validate
from cls_graph.checking.slices import Slices
from cls_graph.corpus import Corpus
from cls_graph.errors import CorpusError
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
def test_a_large_corpus_is_told_as_the_whole(shapes_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus on disk, once with the limit above which it is cut, once below."""
    graphs = data_graphs(shapes_corpus)
    told = []
    for many in (1, 1000):
        monkeypatch.setattr("cls_graph.checking.shacl.MANY", many)
        told.append([str(found) for found in validate(graphs, (), choose("pyshifty"))])
    assert told[0] == told[1]
    assert told[0]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pyshifty", "pyshacl"])
def test_processes_side_by_side_tell_the_same(
    engine: str, entangled: Any, shapes_corpus: Corpus, contract_graphs: str
) -> None:
    """What was found so is also what an edit is held against afterwards."""
    alone = parts(entangled.quads, shapes_corpus, contract_graphs, engine)
    shared = parts(entangled.quads, shapes_corpus, contract_graphs, engine)
    expected = together(alone)
    told: list[tuple[int, int]] = []
    found = [result.key for result in shared.everything(lambda done, of: told.append((done, of)), workers=2)]
    assert sorted(found) == sorted(expected), "each once"
    assert told == [(done, len(shared.contracts)) for done in range(len(shared.contracts) + 1)]
    name = shared.contracts[0]
    fewer = [q for q in entangled.quads if q.graph_name.value == name and q.predicate.value != CLS + "period"]
    for cut in (alone, shared):
        cut.replace(name, fewer)
    assert {r.key for r in shared.contract(name)} == {r.key for r in alone.contract(name)}


@pytest.mark.slow
def test_a_killed_process_is_said_and_leaves_nothing_waiting(shapes_corpus: Corpus) -> None:
    with Crew(choose("pyshifty"), 1, [shapes_corpus.shapes]) as crew:
        assert crew.settled(crew.ask(0, b"")) == []
        (process,) = multiprocessing.active_children()
        process.kill()
        for _ in range(2):  # the pool notices at the first, and takes nothing more at the second
            with pytest.raises(CorpusError, match="--workers 1"):
                crew.settled(crew.ask(0, b""))


@pytest.mark.slow
def test_what_an_engine_refuses_is_told_as_by_itself(shapes_corpus: Corpus) -> None:
    with Crew(choose("pyshifty"), 1, [shapes_corpus.shapes]) as crew, pytest.raises(CorpusError) as told:
        crew.settled(crew.ask(0, b"not RDF"))
    assert "--engine pyshacl" in told.value.detail["fr"]


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


@pytest.mark.slow
@pytest.mark.parametrize("corpus", ["entangled", "faulty"])
def test_edits_at_random_give_what_a_fresh_look_gives(
    corpus: str, request: pytest.FixtureRequest, shapes_corpus: Corpus, contract_graphs: str
) -> None:
    """Statements go, come back, change their object or move to another node."""
    chance = random.Random(7)
    quads: list[Quad] = list(request.getfixturevalue(corpus).quads)
    kept = parts(quads, shapes_corpus, contract_graphs)
    names = chance.sample(kept.contracts, min(4, len(kept.contracts)))
    for name in names:
        kept.contract(name)
    for _ in range(12):
        name = chance.choice(names)
        graph = [q for q in quads if q.graph_name.value == name]  # type: ignore[union-attr]
        changed = dict.fromkeys(graph)
        for quad in chance.sample(graph, chance.randint(1, 3)):
            changed.pop(quad, None)
            other = chance.choice(graph)
            edit = chance.choice(["gone", "object", "subject", "property"])
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if edit == "object":
                value = other.object
            elif edit == "subject":
                subject = other.subject
            elif edit == "property":
                predicate = other.predicate
            if edit != "gone":
                changed[Quad(subject, predicate, value, quad.graph_name)] = None
        quads = [q for q in quads if q.graph_name.value != name] + list(changed)  # type: ignore[union-attr]
        kept.replace(name, list(changed))
        again = {result.key for result in kept.contract(name)}
        fresh = {result.key for result in parts(quads, shapes_corpus, contract_graphs).contract(name)}
        assert again == fresh


def test_an_edit_asks_about_the_nodes_that_it_touches_only(
    entangled: Any, shapes_corpus: Corpus, contract_graphs: str
) -> None:
    asked: list[int] = []

    class Counting:
        def __init__(self, shapes: Sequence[Triple]) -> None:
            self._prepared = choose("pyshifty").prepare(shapes)

        def validate(self, data: bytes) -> list[Result]:
            asked.append(data.count(MARK.encode()))
            return self._prepared.validate(data)

    engine = Engine("counting", "1", Counting)
    background = [*shapes_corpus.ontology, *shapes_corpus.vocabularies]
    cut = Slices(
        entangled.quads,
        background,
        shapes_corpus.shapes,
        shapes_corpus.shapes_across,
        engine,
        contract_graphs,
    )
    name = cut.contracts[0]
    graph = [q for q in entangled.quads if q.graph_name.value == name]
    cut.contract(name)
    quote = next(q for q in graph if q.predicate.value.endswith("oa#exact"))
    cut.replace(name, [q for q in graph if q != quote])
    cut.contract(name)
    assert 0 < asked[1] < asked[0] / 20


def test_only_a_contract_can_be_replaced(shapes_corpus: Corpus, contract_graphs: str) -> None:
    cut = parts([], shapes_corpus, contract_graphs)
    with pytest.raises(ValueError, match="registry"):
        cut.replace("https://example.org/cls/graph/registry", [])
