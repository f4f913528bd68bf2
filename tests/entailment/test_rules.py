"""Rules made from axioms: the committed file, every kind of axiom, and axioms that are refused by name."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.checking.pyshacl_engine import to_rdflib
from cls_graph.cli import main
from cls_graph.corpus import Corpus
from cls_graph.entailment import Rule, compile_rules, read_rules
from cls_graph.entailment import turtle as written
from cls_graph.entailment.axioms import RULE_CLASSES, RULE_PROPERTIES
from cls_graph.entailment.executor import infer
from cls_graph.entailment.loading import stale
from cls_graph.errors import CorpusError
from cls_graph.namespaces import RULES, SH
from cls_graph.rdf import parse_graph

Parse = Callable[[str], list[Triple]]


def entailed(ontology: list[Triple], data: list[Triple]) -> set[str]:
    """What follows from data by the rules of an ontology, in short."""
    short = {"https://example.org/": "", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "a"}
    found = set()
    for quad in infer(compile_rules(ontology), data):
        text = f"{quad.subject} {quad.predicate} {quad.object}"
        for long, brief in short.items():
            text = text.replace(long, brief)
        found.add(text.replace("<", "").replace(">", ""))
    return found


def test_compiling_gives_the_committed_bytes() -> None:
    corpus = Corpus.open()
    committed = (corpus.folder("ontology") / "rules.ttl").read_bytes()
    assert written(compile_rules(corpus.ontology)).encode() == committed


def test_what_is_read_back_is_what_was_compiled() -> None:
    rules = compile_rules(Corpus.open().ontology)
    assert read_rules(parse_graph(written(rules).encode(), ".ttl", "x")) == rules


def test_every_axiom_that_entails_something_has_its_rule() -> None:
    ontology = Corpus.open().ontology
    names = {rule.name for rule in compile_rules(ontology)}
    for t in ontology:
        kind = RULE_PROPERTIES.get(t.predicate.value) or RULE_CLASSES.get(getattr(t.object, "value", ""))
        if kind is not None and "XMLSchema" not in str(t.object) and "langString" not in str(t.object):
            local = str(getattr(t.subject, "value", "")).rpartition("#")[2]
            assert any(name.startswith(f"{kind}-cls-{local}-") for name in names), str(t)


def test_every_rule_says_what_it_does_in_both_languages(bundled_rules: tuple[Rule, ...]) -> None:
    for rule in bundled_rules:
        assert set(rule.meaning) == {"fr", "en"}
        assert rule.meaning["fr"] != rule.meaning["en"]
        assert all(text.endswith(".") and "{" not in text for text in rule.meaning.values())
        assert rule.iri.startswith(RULES)


@pytest.mark.parametrize(
    ("axiom", "data", "expected"),
    [
        (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":x a :A .", {"x a B", "x a C"}),
        (":p rdfs:subPropertyOf :q .", ':x :p :y , "z" .', {"x q y", 'x q "z"'}),
        (":A owl:equivalentClass :B .", ":x a :A . :y a :B .", {"x a B", "y a A"}),
        (":p owl:equivalentProperty :q .", ":x :q :y .", {"x p y"}),
        (":p rdfs:domain :A .", ':x :p "v" .', {"x a A"}),
        (":p rdfs:range :A .", ':x :p :y , "v" .', {"y a A"}),
        (":p rdfs:range xsd:date .", ":x :p :y .", set()),
        (":p rdfs:range :D . :D a rdfs:Datatype .", ":x :p :y .", set()),
        (":p owl:inverseOf :q .", ':x :p :y , "v" . :z :q :w .', {"y q x", "w p z"}),
        (":p a owl:SymmetricProperty .", ":x :p :y .", {"y p x"}),
        (
            ":p a owl:TransitiveProperty .",
            ":a :p :b . :b :p :c . :c :p :d .",
            {"a p c", "b p d", "a p d"},
        ),
        (":q owl:propertyChainAxiom ( :p ) .", ":x :p :y .", {"x q y"}),
        (":g owl:propertyChainAxiom ( :p :p ) .", ":x :p :y . :y :p :z .", {"x g z"}),
        (
            ":q owl:propertyChainAxiom ( :a :b :c :d :e ) .",
            ":1 :a :2 . :2 :b :3 . :3 :c :4 . :4 :d :5 . :5 :e :6 , :7 .",
            {"1 q 6", "1 q 7"},
        ),
        (":A rdfs:subClassOf owl:Nothing .", ":x a :A .", {"x a http://www.w3.org/2002/07/owl#Nothing"}),
        (":p rdfs:domain owl:Thing .", ":x :p :y .", set()),
    ],
)
def test_each_kind_of_axiom(turtle: Parse, axiom: str, data: str, expected: set[str]) -> None:
    assert entailed(turtle(axiom), turtle(data)) == expected


@pytest.mark.parametrize(
    ("axiom", "named"),
    [
        (":A owl:oneOf ( :x ) .", "oneOf"),
        (":p owl:hasKey ( :q ) .", "hasKey"),
        (":A owl:equivalentClass [ owl:unionOf ( :B :C ) ] .", "equivalentClass"),
        (":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .", "<https"),
        ("[ owl:onProperty :p ; owl:maxCardinality 1 ] a owl:Restriction .", "maxCardinality"),
        ("[] rdfs:subClassOf :B .", "subClassOf"),
        (":p rdfs:domain [ owl:unionOf ( :B :C ) ] .", "domain"),
        (":p a owl:ReflexiveProperty .", "ReflexiveProperty"),
        (":q owl:propertyChainAxiom ( [ owl:inverseOf :p ] :p ) .", "owl:"),
        (":q owl:propertyChainAxiom () .", "propertyChainAxiom"),
        (":o owl:imports <https://example.org/other> .", "imports"),
        (":A owl:disjointUnionOf ( :B :C ) .", "disjointUnionOf"),
    ],
)
def test_an_axiom_that_is_not_covered_is_an_error_that_names_it(
    turtle: Parse, axiom: str, named: str
) -> None:
    with pytest.raises(CorpusError) as caught:
        compile_rules(turtle(axiom))
    for text in caught.value.detail.values():
        assert named in text


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { $this a cls:A . $this a cls:B } WHERE { $this cls:p ?o }",
        "CONSTRUCT { $this a ?nowhere } WHERE { $this cls:p ?o }",
        "CONSTRUCT { $this a cls:A } WHERE { $this cls:p ?o OPTIONAL { ?o cls:q ?z } }",
        "CONSTRUCT { $this a cls:A } WHERE { $this unknown:p ?o }",
        "CONSTRUCT { $this a cls:A } WHERE { }",
        "SELECT $this WHERE { $this cls:p ?o }",
    ],
)
def test_a_rule_of_another_form_is_an_error_that_names_it(query: str) -> None:
    broken = Triple(NamedNode(RULES + "broken"), NamedNode(SH + "construct"), Literal(query))
    with pytest.raises(CorpusError, match="broken"):
        read_rules([broken])


def test_another_shacl_engine_infers_the_same(turtle: Parse) -> None:
    """The rules are SHACL as it is written down, not only as we read it."""
    ontology = turtle(
        """:A rdfs:subClassOf :B . :p rdfs:domain :A ; rdfs:range :C ; owl:inverseOf :q .
           :g owl:propertyChainAxiom ( :p :r ) . :s rdfs:subPropertyOf :p ."""
    )
    data = turtle(":x :s :y . :y :r :z . :w :q :y .")
    rules = compile_rules(ontology)
    expected = {f"{quad.triple} ." for quad in infer(rules, data)}
    graph = to_rdflib(data)
    before = set(graph)
    shapes = rdflib.Graph().parse(data=written(rules), format="turtle")
    size = 0
    while len(graph) > size:  # that engine runs each rule once
        size = len(graph)
        pyshacl.validate(graph, shacl_graph=shapes, advanced=True, inplace=True)
    found = {" ".join(term.n3() for term in t) + " ." for t in set(graph) - before}
    assert found == expected
    assert len(found) > 8


def test_the_command_writes_checks_and_prints(
    tiny: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tiny.root / "ontology"
    folder.mkdir(exist_ok=True)
    (folder / "own.ttl").write_text(
        "@prefix : <https://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        ":A rdfs:subClassOf :B .\n"
    )
    corpus = ["--corpus", str(tiny.root)]
    assert main(["rules", "--check", "--lang", "en", *corpus]) == 1
    assert "rules --write" in capsys.readouterr().err
    assert main(["rules", "--write", *corpus]) == 0
    assert main(["rules", "--check", *corpus]) == 0
    capsys.readouterr()
    assert main(["rules", *corpus]) == 0
    assert capsys.readouterr().out == (folder / "rules.ttl").read_text(encoding="utf-8")
    with (folder / "own.ttl").open("a") as file:
        file.write(":B rdfs:subClassOf :C .\n")
    assert "rules-stale" in {f.rule for f in tiny.check().findings}
    with (folder / "own.ttl").open("a") as file:
        file.write(":B <http://www.w3.org/2002/07/owl#oneOf> () .\n")
    assert main(["rules", "--write", "--lang", "en", *corpus]) == 2
    assert "owl:oneOf" in capsys.readouterr().err


KIND = """contract_kind:
  fr: {singular: contrat local de santé mentale, plural: contrats locaux de santé mentale}
  en: {singular: local mental health contract, plural: local mental health contracts}
"""


@pytest.mark.parametrize("kind", ["", KIND])
def test_the_rules_of_the_package_are_not_written(
    tiny: Any, cli: Callable[..., Any], bundle: Corpus, kind: str, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    shutil.copytree(tiny.root / "data", new / "data")
    with (new / "data" / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write(kind)
    theirs = bundle.root / "ontology" / "rules.ttl"
    before = theirs.read_bytes(), theirs.stat().st_mtime_ns
    assert cli("rules", "--check", "--corpus", new).code == 0
    for lang, words in (("fr", "n'est pas à vous"), ("en", "is not yours")):
        run = cli("rules", "--write", "--corpus", new, "--lang", lang)
        assert (run.code, words in run.err) == (2, True)
    assert (theirs.read_bytes(), theirs.stat().st_mtime_ns) == before
    shutil.copytree(theirs.parent, new / "ontology")
    assert cli("rules", "--check", "--corpus", new).code == 0
    assert cli("rules", "--write", "--corpus", new).code == 0
    assert (new / "ontology" / "rules.ttl").read_bytes() == before[0], "in no kind's words but its own"
    assert not stale(Corpus.open(new))


def test_nothing_is_written_into_an_installed_package(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "_corpus"
    shutil.copytree(tiny.root, package)
    monkeypatch.setattr("cls_graph.corpus.bundled_root", lambda: package)
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    for words in (["rules", "--write"], ["verify", "--write", "--sources", tiny.sources]):
        run = cli(*words, "--corpus", package, "--lang", "en")
        assert (run.code, "--corpus DIR" in run.err) == (2, True), run.err
    assert {path: path.read_bytes() for path in package.rglob("*") if path.is_file()} == before
