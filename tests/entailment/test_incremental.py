"""A change worked in alone gives what a full run gives."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from cls_graph.entailment import Rule, compile_rules
from cls_graph.entailment.executor import infer
from cls_graph.entailment.incremental import Closure

Parse = Callable[[str], list[Triple]]
ONTOLOGY = """
:A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :A .
:p rdfs:domain :A ; rdfs:range :B ; rdfs:subPropertyOf :q ; owl:inverseOf :r .
:q a owl:TransitiveProperty . :s a owl:SymmetricProperty . :t owl:propertyChainAxiom ( :p :s :q ) .
"""
_NODE = st.integers(0, 3).map(lambda n: f":n{n}")
_FACT = st.one_of(
    st.tuples(_NODE, st.sampled_from([":p", ":q", ":r", ":s", ":t"]), _NODE),
    st.tuples(_NODE, st.just("a"), st.sampled_from([":A", ":B", ":C"])),
).map(lambda fact: " ".join(fact) + " .")
_EDIT = st.tuples(st.sampled_from("xyz"), st.sets(_FACT, max_size=6))


def everything(graphs: dict[str, frozenset[Triple]]) -> set[Triple]:
    return {t for triples in graphs.values() for t in triples}


@given(edits=st.lists(_EDIT, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_any_edits_of_a_small_graph_full_of_circles(edits: list[tuple[str, set[str]]], own: Parse) -> None:
    rules = compile_rules(own(ONTOLOGY))
    graphs: dict[str, frozenset[Triple]] = {}
    closure = Closure(rules, graphs)
    for name, facts in edits:
        graphs[name] = frozenset(own("\n".join(sorted(facts))))
        closure.replace(name, graphs[name])
    assert closure.inferred() == infer(rules, everything(graphs))


@pytest.fixture(scope="module")
def own(turtle: Parse) -> Parse:
    """``turtle``, for a test that Hypothesis runs many times."""
    return turtle


@pytest.mark.slow
def test_edits_of_the_bundled_contracts(
    bundled_rules: tuple[Rule, ...], stated_graphs: dict[str, frozenset[Triple]]
) -> None:
    chance = random.Random(7)
    graphs = dict(stated_graphs)
    closure = Closure(bundled_rules, graphs)
    everywhere = sorted(everything(graphs), key=str)
    inferred = [quad.triple for quad in closure.inferred()]
    for _ in range(6):
        name = chance.choice(sorted(graphs))
        kept = sorted(graphs[name], key=str)
        kept = chance.sample(kept, len(kept) * chance.randint(0, 10) // 10)
        # Also facts of other graphs, and some that follow already.
        graphs[name] = frozenset([*kept, *chance.sample(everywhere, 20), *chance.sample(inferred, 5)])
        closure.replace(name, graphs[name])
        assert closure.inferred() == infer(bundled_rules, everything(graphs))


def test_what_rests_on_two_statements_stays_until_both_are_gone(turtle: Parse) -> None:
    rules = compile_rules(turtle(":p rdfs:domain :A . :q rdfs:domain :A ."))
    closure = Closure(rules, {"one": turtle(":x :p 1 ."), "two": turtle(":x :q 2 .")})
    assert len(closure.inferred()) == 1
    closure.replace("one", [])
    assert len(closure.inferred()) == 1
    closure.replace("two", [])
    assert closure.inferred() == []


def test_a_statement_of_two_graphs_is_gone_only_from_both(turtle: Parse) -> None:
    fact = turtle(":x :p :y .")
    closure = Closure(compile_rules(turtle(":p rdfs:domain :A .")), {"one": fact, "two": fact})
    closure.replace("one", [])
    assert len(closure.inferred()) == 1


def test_what_comes_to_be_stated_is_no_longer_inferred(turtle: Parse) -> None:
    closure = Closure(compile_rules(turtle(":p rdfs:domain :A .")), {"one": turtle(":x :p :y .")})
    closure.replace("two", turtle(":x a :A ."))
    assert closure.inferred() == []
    closure.replace("two", [])
    assert len(closure.inferred()) == 1
