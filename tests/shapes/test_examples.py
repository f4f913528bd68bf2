"""Each example is found right, or wrong in exactly the way it says; and no shape goes without examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
SHAPES = "https://w3id.org/cls-sante/shapes#"
VALID = sorted((EXAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.ttl"))

# What a shape carries beside its constraints: everything else is something it can find wrong.
DESCRIPTION = {
    RDF.type,
    SH.name,
    SH.description,
    SH.message,
    SH.order,
    SH.group,
    SH.severity,
    SH.path,
    SH.property,
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    URIRef(SHAPES + "remedy"),
}


def with_code_lists(graph: Graph, code_lists: Graph) -> Graph:
    """Examples of code lists bring their own concepts; the others need ours to check values."""
    return graph if (None, RDF.type, SKOS.ConceptScheme) in graph else graph + code_lists


def reporting(shapes: Graph) -> dict[Node, set[Node]]:
    """Every shape that can itself appear in a report, with the node shapes whose targets are its focus."""
    found: dict[Node, set[Node]] = {}
    for target in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
        for node_shape in shapes.subjects(target):
            for shape in [node_shape, *shapes.objects(node_shape, SH.property)]:
                if set(shapes.predicates(shape)) - DESCRIPTION:
                    found.setdefault(shape, set()).add(node_shape)
    return found


def focus_nodes(shapes: Graph, node_shape: Node, data: Graph) -> set[Node]:
    """The nodes a node shape is about."""
    nodes: set[Node] = set()
    for name in shapes.objects(node_shape, SH.targetClass):
        nodes |= set(data.subjects(RDF.type, name))
    for name in shapes.objects(node_shape, SH.targetSubjectsOf):
        nodes |= set(data.subjects(name))
    for name in shapes.objects(node_shape, SH.targetObjectsOf):
        nodes |= set(data.objects(None, name))
    return nodes


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_has_nothing_to_report(
    path: Path, load: Callable[[Path], Any], results: Callable[[Graph], Counter[Any]], code_lists: Graph
) -> None:
    example = load(path)
    assert not example.expected, "a valid example expects nothing"
    assert results(with_code_lists(example.graph, code_lists)) == Counter()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_fails_as_it_says(
    path: Path, load: Callable[[Path], Any], results: Callable[[Graph], Counter[Any]], code_lists: Graph
) -> None:
    example = load(path)
    assert example.expected, "an invalid example says what it expects"
    assert results(with_code_lists(example.graph, code_lists)) == example.expected


def test_every_shape_has_an_example_that_fails(shapes: Graph, load: Callable[[Path], Any]) -> None:
    expected = {URIRef(SHAPES + shape) for path in INVALID for shape, _, _ in load(path).expected}
    without = sorted(str(shape).removeprefix(SHAPES) for shape in set(reporting(shapes)) - expected)
    assert not without, f"add a file to tests/examples/invalid for each of {without}"
    unknown = sorted(str(shape).removeprefix(SHAPES) for shape in expected - set(reporting(shapes)))
    assert not unknown, f"examples expect results of shapes that there are not: {unknown}"


def test_every_shape_has_an_example_that_passes(shapes: Graph, load: Callable[[Path], Any]) -> None:
    graphs = [load(path).graph for path in VALID]
    for shape, node_shapes in reporting(shapes).items():
        path = shapes.value(shape, SH.path)
        nodes = [
            (graph, node) for graph in graphs for s in node_shapes for node in focus_nodes(shapes, s, graph)
        ]
        assert nodes, f"no file of tests/examples/valid is about {shape}"
        if isinstance(path, URIRef):
            there = any((node, path, None) in graph for graph, node in nodes)
            assert there, f"no file of tests/examples/valid has a value of {path}, for {shape}"


def test_every_helper_shape_is_used(shapes: Graph) -> None:
    """A shape without target must be reached from one with a target, or it checks nothing."""
    reached: set[Node] = {
        s for t in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf) for s in shapes.subjects(t)
    }
    todo = list(reached)
    while todo:
        for value in shapes.objects(todo.pop()):
            if not isinstance(value, URIRef) and (value, None, None) not in shapes:
                continue
            if value not in reached:
                reached.add(value)
                todo.append(value)
    named = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))
    lost = sorted(map(str, named - reached))
    assert not lost, f"these check nothing: name them under sh:property of a shape with a target: {lost}"


def test_code_lists_break_no_rule(vocabularies: Graph, results: Callable[[Graph], Counter[Any]]) -> None:
    found = {result for result in results(vocabularies) if result[1] != "Info"}
    assert found == set()
