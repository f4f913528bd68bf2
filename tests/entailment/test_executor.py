"""What the rules infer: nothing of what is stated is touched, and the same as owlrl infers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl import OWLRL_Semantics
from pyoxigraph import NamedNode, Quad, Triple
from rdflib import OWL, RDF, RDFS

from cls_graph.corpus import Corpus
from cls_graph.entailment import Rule, compile_rules
from cls_graph.entailment.executor import infer, run
from cls_graph.entailment.loading import entail
from cls_graph.graphs import data_graphs
from cls_graph.rdf import nquads_lines, parse_graph
from cls_graph.release import compose
from cls_graph.store.workbench import Workbench

Parse = Callable[[str], list[Triple]]
BASE = "https://w3id.org/cls-sante/"

# Statements about the terms themselves, which rules about things do not make.
SCHEMA = {
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.equivalentClass,
    OWL.equivalentProperty,
    OWL.disjointWith,
}
KINDS = {OWL.Class, OWL.AnnotationProperty, RDFS.Datatype, OWL.Thing, RDFS.Resource}


def useful(t: tuple[rdflib.term.Node, ...]) -> bool:
    """Whether a triple says something: not the known noise of owlrl.

    That is: a literal as subject, a thing that is itself or just a thing, statements about terms.
    """
    s, p, o = t
    if isinstance(s, rdflib.Literal) or p in SCHEMA:
        return False
    return not (p == OWL.sameAs and s == o) and not (p == RDF.type and o in KINDS)


def by_owlrl(triples: Iterable[Triple], ontology: Iterable[Triple]) -> set[str]:
    """What owlrl infers, without its noise, as N-Triples."""
    graph = rdflib.Graph()
    given = sorted({f"{t} .\n" for t in (*triples, *ontology)})
    graph.parse(data="".join(given), format="nt")
    before = set(graph)
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    semantics.closure()
    assert list(semantics.error_messages) == []
    return {" ".join(term.n3() for term in t) for t in set(graph) - before if useful(t)}


def by_rules(quads: Iterable[Quad]) -> set[str]:
    """The inferred triples, written as rdflib writes them."""
    lines = "".join(f"{q.triple} .\n" for q in quads)
    return {" ".join(term.n3() for term in t) for t in rdflib.Graph().parse(data=lines, format="nt")}


def without_shortcuts(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if not rule.shortcut)


@pytest.mark.slow
def test_the_bundled_data_entails_what_owlrl_says(
    bundled_rules: tuple[Rule, ...], stated: frozenset[Triple]
) -> None:
    shortcuts = [q.triple for q in infer([r for r in bundled_rules if r.shortcut], stated)]
    found = infer(without_shortcuts(bundled_rules), {*stated, *shortcuts})
    assert by_rules(found) == by_owlrl({*stated, *shortcuts}, Corpus.open().ontology)
    assert len(found) > 1500


SAMPLE = """
:Local rdfs:subClassOf :Plan . :Plan rdfs:subClassOf :Entity . :Kin owl:equivalentClass :Family .
:has rdfs:domain :Local ; rdfs:range :Part ; owl:inverseOf :of ; rdfs:subPropertyOf :related .
:related a owl:SymmetricProperty . :below a owl:TransitiveProperty ; rdfs:subPropertyOf :related .
:reach owl:propertyChainAxiom ( :has :below ) . :far owl:propertyChainAxiom ( :has :of :below ) .
:name rdfs:range xsd:string ; rdfs:domain :Named .
"""
_THINGS = st.sampled_from([f":t{n}" for n in range(5)])
_FACTS = st.one_of(
    st.tuples(_THINGS, st.sampled_from([":has", ":of", ":below", ":related", ":reach"]), _THINGS),
    st.tuples(_THINGS, st.just("a"), st.sampled_from([":Local", ":Plan", ":Kin", ":Family", ":Part"])),
    st.tuples(_THINGS, st.just(":name"), st.sampled_from(['"n"', '"m"'])),
).map(lambda fact: " ".join(fact) + " .")


@pytest.mark.slow
@given(facts=st.lists(_FACTS, max_size=10))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_samples_of_every_kind_of_axiom_entail_what_owlrl_says(
    facts: list[str], sample: tuple[list[Triple], Parse]
) -> None:
    ontology, parse = sample
    data = parse("\n".join(facts))
    rules = without_shortcuts(compile_rules(ontology))
    assert by_rules(infer(rules, data)) == by_owlrl(data, ontology)


@pytest.fixture(scope="module")
def sample(turtle: Parse) -> tuple[list[Triple], Parse]:
    """The axioms of ``SAMPLE``, and the way to read facts."""
    return turtle(SAMPLE), turtle


@pytest.mark.slow
def test_what_is_stated_is_not_touched() -> None:
    def digest(quads: Iterable[Quad]) -> str:
        return hashlib.sha256("".join(nquads_lines(quads)).encode()).hexdigest()

    corpus = Corpus.open()
    stated = data_graphs(corpus).stated
    names = {quad.graph_name for quad in stated}
    released = compose(corpus)
    assert digest(q for q in released if q.graph_name in names) == digest(stated)
    own = {q.triple for q in stated} | set(corpus.vocabularies)
    computed = entail(corpus, stated)
    assert not own & {q.triple for q in computed}
    assert len({q.triple for q in computed}) == len(computed)


def test_each_inferred_triple_stands_in_the_graph_of_a_rule_that_gives_it(
    bundled_rules: tuple[Rule, ...], stated: frozenset[Triple]
) -> None:
    graphs = {rule.graph(BASE): {} for rule in bundled_rules}  # type: dict[str, dict[str, str]]
    for rule in bundled_rules:
        graphs[rule.graph(BASE)][str(rule.head[1])] = rule.name
    for quad in infer(bundled_rules, stated):
        assert str(quad.predicate) in graphs[str(getattr(quad.graph_name, "value", ""))]


def test_the_order_of_rules_and_facts_changes_nothing(
    bundled_rules: tuple[Rule, ...], stated: frozenset[Triple]
) -> None:
    forth = infer(bundled_rules, sorted(stated, key=str))
    back = infer(bundled_rules[::-1], sorted(stated, key=str, reverse=True))
    assert forth == back


def test_a_rule_runs_again_only_when_what_it_reads_has_changed(turtle: Parse) -> None:
    chain = " ".join(f":C{n} rdfs:subClassOf :C{n + 1} ." for n in range(20))
    rules = without_shortcuts(compile_rules(turtle(chain)))
    bench = Workbench(turtle(":x a :C0 ."))
    assert run(bench, rules, BASE) == len(rules)
    assert bench.holds(turtle(":x a :C20 .")[0])


def test_shortcuts_have_their_own_graph_and_feed_other_rules(
    bundled_rules: tuple[Rule, ...], stated: frozenset[Triple]
) -> None:
    found = infer(bundled_rules, stated)
    shortcuts = {q.triple for q in found if q.graph_name == NamedNode(f"{BASE}graph/shortcuts")}
    assert len(shortcuts) > 50
    attributed = {(q.subject, q.object) for q in found if q.predicate.value.endswith("#wasAttributedTo")}
    signed = {(t.subject, t.object) for t in shortcuts if t.predicate.value.endswith("#signatory")}
    assert signed <= attributed


def test_nothing_follows_from_nothing() -> None:
    assert infer(compile_rules(parse_graph(b"", ".ttl", "x")), []) == []
