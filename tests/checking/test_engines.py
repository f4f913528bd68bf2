"""Both engines find every fault and nothing else, and the reference runs as it comes after us."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent

from benchmarks.generate import BASE
from cls_graph.checking.engines import choose
from cls_graph.checking.pyshacl_engine import PreparedShapes
from cls_graph.checking.results import Result, ntriples
from cls_graph.corpus import Corpus
from cls_graph.errors import CorpusError, UsageError
from cls_graph.rdf import parse_graph

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {
    "pyshacl": {"core": ["core/property/uniqueLang-002"], "sparql": ["sparql/pre-binding/shapesGraph-001"]},
    "pyshifty": {"core": ["core/property/uniqueLang-002"], "sparql": []},
}


def everything(made: Any, corpus: Corpus) -> bytes:
    return ntriples([*made.quads, *corpus.ontology, *corpus.vocabularies])


def found(results: list[Result]) -> list[tuple[str, str, str, str]]:
    """Those on made-up nodes: the code lists have results of their own."""
    told = [(str(r.focus), str(r.shape), r.component, r.severity) for r in results]
    return sorted(result for result in told if result[0].startswith(BASE))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pyshifty", "pyshacl"])
def test_every_fault_is_found_and_nothing_else(name: str, faulty: Any, shapes_corpus: Corpus) -> None:
    prepared = choose(name).prepare(shapes_corpus.shapes)
    assert found(prepared.validate(everything(faulty, shapes_corpus))) == sorted(faulty.results)


@pytest.mark.slow
def test_the_quick_reference_finds_what_the_stock_one_finds(entangled: Any, shapes_corpus: Corpus) -> None:
    name = f"{BASE}graph/registry"
    graphs = sorted({q.graph_name.value for q in entangled.quads} - {name})
    data = ntriples(q for q in entangled.quads if q.graph_name.value in graphs[:2])
    quick, stock = (
        sorted(result.key for result in PreparedShapes(shapes_corpus.shapes, stock=stock).validate(data))
        for stock in (False, True)
    )
    assert quick == stock
    assert quick


def test_pyshacl_is_as_it_was_afterwards(shapes_corpus: Corpus) -> None:
    before = (
        PropertyConstraintComponent._evaluate_property_shape,
        ConstraintComponent.make_v_result_description,
    )
    PreparedShapes(shapes_corpus.shapes).validate(b"")
    after = (
        PropertyConstraintComponent._evaluate_property_shape,
        ConstraintComponent.make_v_result_description,
    )
    assert after == before


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_w3c_suite_passes_but_for_what_is_known(name: str) -> None:
    spec = importlib.util.spec_from_file_location("shacl_suite", ROOT / "scripts" / "shacl_suite.py")
    assert spec is not None
    assert spec.loader is not None
    suite = importlib.util.module_from_spec(spec)
    sys.modules["shacl_suite"] = suite
    spec.loader.exec_module(suite)
    assert len(list(suite.cases(suite.SUITE))) == 120
    assert suite.failing(suite.SUITE, choose(name)) == KNOWN[name]


def test_without_the_fast_engine_auto_is_the_reference_and_asking_for_it_says_how(
    monkeypatch: pytest.MonkeyPatch, tiny: Any, cli: Callable[..., Any]
) -> None:
    monkeypatch.setitem(sys.modules, "shifty", None)  # as Python sees a package that is not there
    assert choose("auto").name == "pyshacl"
    with pytest.raises(UsageError):
        choose("pyshifty")
    run = cli("check", "--corpus", tiny.root, "--engine", "pyshifty", "--lang", "en")
    assert run.code == 2
    assert "pip install 'cls-graph[fast]'" in run.err
    assert "(pyshacl " in cli("check", "--corpus", tiny.root).out


def test_auto_is_the_fast_engine_where_it_is_installed() -> None:
    pytest.importorskip("shifty")
    assert choose("auto").name == "pyshifty"


def test_a_construct_that_the_fast_engine_does_not_know_is_refused_not_passed_over() -> None:
    turtle = b"""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <https://example.org/S> a sh:NodeShape ; sh:target [ a sh:JSTarget ] ; sh:nodeKind sh:Literal .
    """
    shapes = parse_graph(turtle, ".ttl", "t")
    with pytest.raises(CorpusError, match="--engine pyshacl"):
        choose("pyshifty").prepare(shapes).validate(b"")
