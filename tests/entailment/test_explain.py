"""Every statement can be explained, down to what is stated and the passages that carry it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, Triple

from cls_graph.entailment import compile_rules, turtle
from cls_graph.entailment.executor import infer
from cls_graph.entailment.explaining import Explainer, Explanation
from cls_graph.entailment.telling import tell
from cls_graph.errors import NotFound, UsageError
from cls_graph.rdf import in_graph, parse_graph
from cls_graph.store import EmbeddedStore

BASE = "https://w3id.org/cls-sante/"
EX = "https://example.org/"
Parse = Callable[[str], list[Triple]]
CONTRACT = "id:contract/26362-3"


@pytest.fixture(scope="module")
def explainer(bundled_quads: list[Quad]) -> Explainer:
    """Explains the bundled release, in English."""
    return Explainer(EmbeddedStore.from_quads(bundled_quads), BASE, "en")


def is_computed(quad: Quad) -> bool:
    """Whether rules put a statement there."""
    name = str(getattr(quad.graph_name, "value", ""))
    return "/graph/inferred/" in name or name.endswith("/graph/shortcuts")


def walk(e: Explanation, above: tuple[Triple, ...] = ()) -> Iterator[Explanation]:
    """An explanation and all below it; none may lead back to itself."""
    assert e.triple not in above, f"{e.triple} explains itself"
    yield e
    for premise in e.premises:
        yield from walk(premise, (*above, e.triple))


def test_every_inferred_statement_comes_down_to_what_is_stated(
    explainer: Explainer, bundled_quads: list[Quad]
) -> None:
    computed = [q for q in bundled_quads if is_computed(q)]
    held = {q.triple for q in bundled_quads if not is_computed(q)}
    assert len(computed) > 1900
    for quad in computed:
        explanation = explainer.explain(quad.triple)
        assert explanation.kind in ("inferred", "computed")
        for step in walk(explanation):
            if step.kind == "stated":
                assert step.triple in held
                if any("/graph/contract/" in graph for graph in step.graphs):
                    assert step.basis.passages or step.basis.notes, str(step.triple)
            else:
                assert step.rule is not None
                assert len(step.premises) == len(step.rule.body)


def test_every_statement_of_a_contract_says_what_it_rests_on(
    explainer: Explainer, bundled_quads: list[Quad]
) -> None:
    graph = NamedNode(f"{BASE}graph/contract/26362-3")
    silent = set()
    for quad in bundled_quads:
        if quad.graph_name == graph:
            found = explainer.explain(quad.triple)
            assert found.kind == "stated"
            if not found.basis.passages and not found.basis.notes:
                silent.add(quad.predicate.value.rpartition("/")[2].rpartition("#")[2])
    # What the record says of the contract as a record, and not from a text.
    assert silent <= {
        "type",
        "identifier",
        "title",
        "label",
        "primaryTopic",
        "reviewState",
        "reviewedBy",
        "reviewedOn",
    }


def test_a_fact_of_a_contract_has_the_passage_about_it_and_no_other(explainer: Explainer) -> None:
    found = explainer.explain(explainer.find(CONTRACT, "cls:ordinal", "3"))
    (passage,) = found.basis.passages
    assert (passage.quote, passage.start, passage.end) == ("leur 3e CLS", 252, 263)
    assert passage.document == f"{BASE}id/document/valence"
    assert found.basis.status.endswith("/stated")


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (CONTRACT, "cls:ordinal", "3"),
        (f"<{BASE}id/contract/26362-3>", "cls:ordinal", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (f"{BASE}id/contract/26362-3", "https://w3id.org/cls-sante/ontology#ordinal", "3"),
        (CONTRACT, "a", "cls:LocalHealthContract"),
        (CONTRACT, "rdf:type", "<https://w3id.org/cls-sante/ontology#LocalHealthContract>"),
    ],
)
def test_the_ways_to_name_a_statement(explainer: Explainer, subject: str, predicate: str, value: str) -> None:
    assert explainer.explain(explainer.find(subject, predicate, value)).kind == "stated"


def test_what_is_not_there_or_means_nothing(explainer: Explainer) -> None:
    with pytest.raises(NotFound):
        explainer.find(CONTRACT, "cls:ordinal", "4")
    with pytest.raises(NotFound):
        explainer.explain(Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    with pytest.raises(UsageError, match="unknown"):
        explainer.find("unknown thing", "a", "cls:Engagement")


def own_release(ontology: list[Triple], data: list[Triple]) -> tuple[Explainer, list[Quad]]:
    """Data, its rules and what they infer."""
    rules = compile_rules(ontology)
    inferred = infer(rules, data)
    graphs = [*in_graph(data, f"{BASE}graph/contract/x"), *inferred]
    graphs += in_graph(parse_graph(turtle(rules).encode(), ".ttl", "r"), f"{BASE}graph/rules")
    return Explainer(EmbeddedStore.from_quads(graphs), BASE), inferred


def test_circles_of_rules_do_not_explain_themselves(turtle: Parse) -> None:
    ontology = """
        :A owl:equivalentClass :B . :B owl:equivalentClass :C . :C rdfs:subClassOf :A .
        :p owl:inverseOf :q . :q rdfs:subPropertyOf :r . :r a owl:SymmetricProperty ; rdfs:subPropertyOf :p .
        :p a owl:TransitiveProperty ; rdfs:domain :C .
    """
    facts = ":x :q :y . :y :r :z . :z :p :w . :v a :B ."
    explainer, inferred = own_release(turtle(ontology), turtle(facts))
    stated = set(turtle(facts))
    assert len(inferred) > 40
    for quad in inferred:
        leaves = [step for step in walk(explainer.explain(quad.triple)) if step.kind == "stated"]
        assert leaves
        assert {step.triple for step in leaves} <= stated


def test_long_chains_are_explained_step_by_step(turtle: Parse) -> None:
    ontology = turtle(" ".join(f":C{n} rdfs:subClassOf :C{n + 1} ." for n in range(60)))
    explainer, _ = own_release(ontology, turtle(":x a :C0 ."))
    found = explainer.explain(explainer.find(f"{EX}x", "a", f"{EX}C60"))
    assert len(list(walk(found))) == 61


@pytest.mark.slow
def test_the_command_in_text_and_json(
    cli: Callable[..., Any], bundled_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    words = ("explain", CONTRACT, "prov:wasAttributedTo", "id:organisation/ars-84")
    for lang, expected in (("fr", "inféré, règle"), ("en", "inferred, rule")):
        run = cli(*words, "--lang", lang)
        assert run.code == 0
        assert expected in run.out
        assert "Co-piloté par la Ville de Valence" in run.out
    found = json.loads(cli(*words, "--json").out)
    assert found["premises"][0]["premises"][0]["evidence"][0]["quote"]
    missing = cli("explain", CONTRACT, "a", "cls:Engagement", "--lang", "en")
    assert (missing.code, "does not hold" in missing.err) == (2, True)


def test_text_and_structure_tell_the_same(explainer: Explainer) -> None:
    found = explainer.explain(explainer.find(CONTRACT, "cls:inRegion", "id:territory/region/84"))
    text, structure = tell(found, "en"), found.as_json()
    assert structure["kind"] == "computed"
    assert structure["rule"]["sentence"]["en"] in text
    assert len(structure["premises"]) == text.count("stated in")
