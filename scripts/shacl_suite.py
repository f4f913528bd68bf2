"""Runs the W3C SHACL test suite with the engines of the checks, and writes its part of docs/conformance.md.

Usage: python scripts/shacl_suite.py [SUITE] [--write]

SUITE is the folder ``data-shapes-test-suite`` of the W3C repository data-shapes, by default the one in
``tests/suites``. Results are compared
by focus node, path, value, constraint component and severity; blank nodes as one. Without ``--write``
the counts are printed only.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Triple
from rdflib import RDF, BNode, Graph, Namespace
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Identifier, Node

from cls_graph.checking.engines import Engine, choose
from cls_graph.checking.results import Result, ntriples, results_of

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "conformance.md"
SUITE = ROOT / "tests" / "suites" / "w3c-data-shapes" / "data-shapes-test-suite"
MARK = "<!-- Made by scripts/shacl_suite.py, from here on: do not edit. -->\n"
MEANING = {
    "core/property/uniqueLang-002": '`sh:uniqueLang "1"^^xsd:boolean` should be passed over and is not. '
    "No shape of ours writes it so.",
    "sparql/pre-binding/shapesGraph-001": "`$shapesGraph` is not bound. No query of ours uses it.",
}


@dataclass(frozen=True)
class Case:
    """A test: the graphs to validate with, and the report that is expected (``None``: a failure)."""

    name: str
    data: Path
    shapes: Path
    expected: Graph | None

    @property
    def group(self) -> str:
        """``core`` or ``sparql``."""
        return self.name.partition("/")[0]


def cases(suite: Path) -> Iterator[Case]:
    """The tests of a suite, in the order of its manifests."""
    root = (suite / "tests").resolve()
    todo, seen = [root / "manifest.ttl"], set()
    while todo:
        file = todo.pop(0)
        if file in seen:
            continue
        seen.add(file)
        graph = Graph().parse(file, format="turtle", publicID=file.as_uri())
        todo += sorted(_file(node) for node in graph.objects(None, MF.include))
        for manifest, entries in graph.subject_objects(MF.entries):
            del manifest
            for entry in Collection(graph, entries):
                if (entry, RDF.type, SHT.Validate) in graph:
                    yield _case(graph, entry, file.relative_to(root).with_suffix("").as_posix())


def _case(graph: Graph, entry: Node, name: str) -> Case:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    data, shapes = (_file(graph.value(action, prop)) for prop in (SHT.dataGraph, SHT.shapesGraph))
    return Case(name, data, shapes, None if result == SHT.Failure else _report(graph, result))


def _report(graph: Graph, report: Node | None) -> Graph:
    """The report alone: the file may hold other results."""
    alone = Graph()
    for result in graph.objects(report, SH.result):
        alone.add((BNode("report"), SH.result, result))
        for triple in graph.triples((result, None, None)):
            alone.add(triple)
    return alone


def _file(node: Node | None) -> Path:
    return Path(str(node).removeprefix("file://"))


def _triples(file: Path) -> list[Triple]:
    return [q.triple for q in ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=file.as_uri())]


def passes(case: Case, engine: Engine) -> bool:
    """Whether an engine gives exactly the results that are expected."""
    try:
        shapes = _triples(case.shapes)
        data = shapes if case.data == case.shapes else _triples(case.data)
        found = engine.prepare(shapes).validate(ntriples(data))
    except Exception:  # the suite asks for a failure of any kind
        return case.expected is None
    if case.expected is None:
        return False
    return Counter(map(_key, found)) == Counter(map(_key, results_of(case.expected)))


def _key(result: Result) -> tuple[str, ...]:
    nodes = (result.focus, result.path, result.value)
    return (*map(_term, nodes), result.component, result.severity)


def _term(node: Node | None) -> str:
    if node is None or isinstance(node, BNode):
        return "" if node is None else "_"
    assert isinstance(node, Identifier)
    return node.n3().replace("^^<http://www.w3.org/2001/XMLSchema#string>", "")


def failing(suite: Path, engine: Engine) -> dict[str, list[str]]:
    """The names of the tests of each group, those that fail first told apart: ``{group: [failed…]}``."""
    failed: dict[str, list[str]] = {"core": [], "sparql": []}
    for case in cases(suite):
        if not passes(case, engine):
            failed.setdefault(case.group, []).append(case.name)
    return failed


def section(suite: Path, engines: list[Engine]) -> str:
    """The part of the page about SHACL, in Markdown."""
    totals = Counter(case.group for case in cases(suite))
    rows, deviations = [], {}
    for engine in engines:
        failed = failing(suite, engine)
        cells = [f"{totals[group] - len(failed[group])} of {totals[group]}" for group in ("core", "sparql")]
        rows.append(f"| {engine} | {' | '.join(cells)} |")
        for name in (name for names in failed.values() for name in names):
            deviations.setdefault(name, []).append(engine.name)
    told = [
        f"* `{name}` ({', '.join(names)}): {MEANING.get(name, 'not known')}"
        for name, names in sorted(deviations.items())
    ]
    lines = [
        "",
        "## SHACL",
        "",
        "The W3C SHACL suite (data-shapes), with the engines of `cls-graph check` as the checks run them.",
        "",
        "| engine | core | SPARQL |",
        "|---|---|---|",
        *rows,
        "",
        *told,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run the suite; the exit code."""
    parser = argparse.ArgumentParser(description="Run the W3C SHACL suite.")
    parser.add_argument("suite", type=Path, nargs="?", default=SUITE, metavar="SUITE")
    parser.add_argument("--write", action="store_true", help="write docs/conformance.md")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    text = section(args.suite, [choose("pyshacl"), choose("pyshifty")])
    print(text)
    if args.write:
        before = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
        PAGE.write_text(f"{before.rstrip()}\n\n{MARK}{text}", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
