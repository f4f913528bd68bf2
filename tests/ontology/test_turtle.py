"""The files themselves: read by two parsers alike, no stray blank node, canonical literals."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, BNode, Graph

from cls_graph.namespaces import PREFIXES

FILES = sorted((Path(__file__).parents[2] / "ontology").rglob("*.ttl"))

XSD = "http://www.w3.org/2001/XMLSchema#"
CANONICAL = {
    XSD + "string": r"(?s:.*)",
    XSD + "integer": r"0|-?[1-9][0-9]*",
    XSD + "boolean": r"true|false",
    XSD + "date": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
    XSD + "gYear": r"[0-9]{4}",
    XSD + "anyURI": r"[a-z]+:[!-~]+",
}


def literals_out_of_form(turtle: str) -> list[str]:
    """Literals whose datatype is not in ``CANONICAL`` or whose text is not its canonical form.

    Read with the engine's parser, which keeps what is written: rdflib would normalise it first.
    """
    found = [q.object for q in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)]
    typed = [o for o in found if isinstance(o, pyoxigraph.Literal) and not o.language]
    return [str(o) for o in typed if not re.fullmatch(CANONICAL.get(o.datatype.value, r"(?!)"), o.value)]


def blank_nodes_outside_expressions(graph: Graph) -> list[BNode]:
    """Blank nodes that are neither an ``owl:AllDisjointClasses`` nor a cell of a list."""
    nodes = {n for n in graph.all_nodes() if isinstance(n, BNode)}
    fine = set(graph.subjects(RDF.type, OWL.AllDisjointClasses)) | set(graph.subjects(RDF.first))
    return sorted(nodes - fine)


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_two_parsers_read_the_same_triples(file: Path) -> None:
    quads = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    named = {str(q.triple) for q in quads if "_:" not in str(q.triple)}
    graph = Graph().parse(file)
    assert named
    assert len(named) == sum(1 for s, _, o in graph if not {type(s), type(o)} & {BNode})


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_literals_are_canonical_and_blank_nodes_stay_in_expressions(file: Path) -> None:
    graph = Graph().parse(file)
    assert literals_out_of_form(file.read_text(encoding="utf-8")) == []
    assert blank_nodes_outside_expressions(graph) == []


@pytest.mark.parametrize(
    "value", ['"01"^^xsd:integer', '"2026-1-2"^^xsd:date', '"1"^^xsd:boolean', '"3"^^xsd:positiveInteger']
)
def test_a_literal_out_of_form_is_seen(value: str) -> None:
    text = value.replace("xsd:", f"<{XSD}").rstrip() + ">"
    assert literals_out_of_form(f"<urn:a> <urn:b> {text} .") == [text]


def test_a_stray_blank_node_is_seen(turtle: Callable[[str], Graph]) -> None:
    assert len(blank_nodes_outside_expressions(turtle("ex:a ex:b [ ex:c ex:d ] ."))) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_prefixes_are_those_of_the_project_and_all_are_used(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("@prefix"))
    for prefix, namespace in re.findall(r"^@prefix (\w*): +<([^>]+)> \.$", text, re.MULTILINE):
        assert namespace == PREFIXES.get(prefix, f"https://w3id.org/cls-sante/vocab/{file.stem}/")
        assert re.search(rf"(?<![\w]){prefix}:[\w]", body), f"{prefix}: is declared and never used"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_schema_org_is_https_everywhere(file: Path) -> None:
    assert "http://schema.org" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_no_own_iri_ends_in_a_file_extension(file: Path) -> None:
    graph = Graph().parse(file)
    own = [str(n) for n in graph.all_nodes() if str(n).startswith("https://w3id.org/cls-sante/")]
    assert own
    assert [i for i in own if re.search(r"\.(ttl|owl|rdf|xml|n3|nt|jsonld|html?)$", i)] == []
