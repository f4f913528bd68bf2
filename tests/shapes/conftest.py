"""The shapes, the vocabularies and the examples, read once for the tests of this folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from cls_graph.checking.pyshacl_engine import PreparedShapes
from cls_graph.corpus import Corpus

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples"
SHAPES = "https://w3id.org/cls-sante/shapes#"
ANYTHING = URIRef("urn:anything")
DIRECTIVE = re.compile(r"^# (include|remove|expect): (.+)$", re.MULTILINE)

Result = tuple[str, str, str]


@dataclass(frozen=True)
class Example:
    """The graph of an example and the results it announces (shape, severity, focus node)."""

    graph: Graph
    expected: Counter[Result]


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """Core, profile and cross together, as the checks use them."""
    graph = Graph()
    for name in ("core", "profile", "cross"):
        graph.parse(ROOT / "shapes" / f"{name}.ttl")
    return graph


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    """Every code list of the ontology."""
    graph = Graph()
    for path in sorted((ROOT / "ontology" / "vocab").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def code_lists(vocabularies: Graph) -> Graph:
    """What the shapes of contracts need of the code lists; without types, so that concepts are no focus."""
    graph = Graph()
    for predicate in (SKOS.inScheme, SKOS.broader):
        for triple in vocabularies.triples((None, predicate, None)):
            graph.add(triple)
    return graph


@pytest.fixture(scope="session")
def load() -> Callable[[Path], Example]:
    """Reads an example file by the conventions of ``tests/examples/README.md``."""
    return read_example


@cache
def read_example(path: Path) -> Example:
    """The graph of an example: what it includes, less what it removes, plus its own triples."""
    text = path.read_text(encoding="utf-8")
    directives = DIRECTIVE.findall(text)
    graph = Graph()
    for kind, value in directives:
        if kind == "include":
            graph += read_example((path.parent / value).resolve()).graph
    removed = " .\n".join(value.replace("*", ANYTHING.n3()) for kind, value in directives if kind == "remove")
    own_head = "\n".join(line for line in text.splitlines() if line.startswith(("@base", "@prefix")))
    for pattern in Graph().parse(data=f"{own_head}\n{removed} .\n" if removed else "", format="turtle"):
        before = len(graph)
        graph.remove(tuple(None if term == ANYTHING else term for term in pattern))  # type: ignore[arg-type]
        assert len(graph) < before, f"{path.name} removes what is not there: {pattern}"
    graph.parse(data=text, format="turtle")
    base = re.search(r"^@base <(.+)> \.$", text, re.MULTILINE)
    expected = Counter(
        _expectation(value, base.group(1) if base else "") for kind, value in directives if kind == "expect"
    )
    return Example(graph, expected)


def _expectation(line: str, base: str) -> Result:
    shape, severity, focus = line.split(" ")
    iri = focus.strip("<>")
    return shape.removeprefix("clssh:"), severity, iri if ":" in iri else base + iri


@pytest.fixture(scope="session")
def results() -> Callable[[Graph], Counter[Result]]:
    """Validates a graph with the reference engine; its results as (shape, severity, focus node)."""
    prepared = PreparedShapes(Corpus.open().shapes)

    def validate(data: Graph) -> Counter[Result]:
        found = prepared.validate(data.serialize(format="nt").encode())
        return Counter(
            (str(r.shape).removeprefix(SHAPES), r.severity.capitalize(), str(r.focus)) for r in found
        )

    return validate
