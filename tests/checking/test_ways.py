"""From a focus node to what shapes look at: paths, patterns of queries, and what cannot be followed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from pyoxigraph import NamedNode, Triple

from cls_graph.checking.affected import Landscape, Ways
from cls_graph.checking.ways import Unfollowed, of_query, ways

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <urn:e:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = """
@prefix e: <urn:e:> .
e:a e:p e:b . e:b e:q e:c . e:c e:r e:d . e:d e:r e:f . e:x e:p e:c . e:y e:z e:a .
"""


def statements(turtle: str) -> list[Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def touched(shape: str, change: str) -> set[str]:
    """The nodes that a shape may say something else of once a statement has come."""
    (changed,) = statements(change)
    shapes = statements(shape)
    found = Ways(ways(shapes, shapes)).affected([changed], Landscape(statements(DATA)))
    return {node.value.removeprefix("urn:e:") for node in found}


@pytest.mark.parametrize(
    ("path", "change", "nodes"),
    [
        ("e:p", "e:a e:p e:new .", {"a"}),
        ("e:p", "e:a e:q e:new .", set()),
        ("[ sh:inversePath e:p ]", "e:new e:p e:b .", {"b"}),
        ("( e:p e:q )", "e:b e:q e:new .", {"a"}),
        ("( e:p [ sh:inversePath e:p ] )", "e:new e:p e:b .", {"a", "new"}),
        ("[ sh:alternativePath ( e:p e:z ) ]", "e:y e:z e:new .", {"y"}),
        ("( e:q [ sh:zeroOrMorePath e:r ] )", "e:f e:r e:new .", {"b"}),
        ("( e:q [ sh:oneOrMorePath e:r ] )", "e:c e:r e:new .", {"b"}),
        ("( e:p [ sh:zeroOrOnePath e:q ] e:r )", "e:c e:r e:new .", {"a", "x"}),
    ],
)
def test_paths(path: str, change: str, nodes: set[str]) -> None:
    shape = f"e:Shape sh:targetSubjectsOf e:never ; sh:property [ sh:path {path} ; sh:minCount 1 ] ."
    assert touched(shape, change) == nodes


@pytest.mark.parametrize(
    ("constraint", "change", "nodes"),
    [
        ("sh:class e:C", "e:b a e:C .", {"a"}),
        ("sh:node [ sh:property [ sh:path e:q ; sh:minCount 1 ] ]", "e:b e:q e:new .", {"a"}),
        ("sh:not [ sh:property [ sh:path e:q ; sh:minCount 1 ] ]", "e:b e:q e:new .", {"a"}),
        ("sh:or ( [ sh:property [ sh:path e:q ; sh:minCount 1 ] ] )", "e:b e:q e:new .", {"a"}),
        ("sh:equals e:other", "e:a e:other e:b .", {"a"}),
        ("sh:maxCount 1", "e:b e:q e:new .", set()),
    ],
)
def test_constraints(constraint: str, change: str, nodes: set[str]) -> None:
    shape = f"e:Shape sh:targetSubjectsOf e:never ; sh:property [ sh:path e:p ; {constraint} ] ."
    assert touched(shape, change) == nodes


def test_the_class_of_a_node_makes_it_a_focus() -> None:
    assert touched("e:Shape sh:targetClass e:C ; sh:nodeKind sh:IRI .", "e:a a e:C .") == {"a"}


@pytest.mark.parametrize(
    ("body", "change", "nodes"),
    [
        ("$this e:p ?b . ?b e:q ?c", "e:b e:q e:new .", {"a"}),
        ("$this e:p ?b . FILTER NOT EXISTS { ?b e:q ?c }", "e:b e:q e:new .", {"a"}),
        ("$this e:p ?b . OPTIONAL { ?b e:q ?c . ?c e:r+ ?d }", "e:d e:r e:new .", {"a"}),
        ("$this e:p ?b . ?other e:p ?b . FILTER (?other != $this)", "e:new e:p e:b .", {"a", "new"}),
        ("$this ?any ?b", "e:a e:whatever e:b .", {"a"}),
        ("?above ^e:p/e:q $this", "e:b e:q e:new .", {"new"}),
    ],
)
def test_queries(body: str, change: str, nodes: set[str]) -> None:
    shape = f"""
    e:Shape sh:targetSubjectsOf e:never ; sh:sparql [ sh:select "SELECT $this WHERE {{ {body} }}" ] .
    e:on sh:declare [ sh:prefix "e" ; sh:namespace "urn:e:" ] .
    """
    assert touched(shape, change) == nodes


@pytest.mark.parametrize(
    "body",
    [
        "$this <urn:e:p> ?b . ?c <urn:e:q> ?d",
        "{ $this <urn:e:p> ?b } UNION { $this <urn:e:q> ?b }",
        "$this <urn:e:p> ?b . MINUS { ?b <urn:e:q> ?c }",
        "{ SELECT $this WHERE { $this <urn:e:p> ?b } }",
        "$this (<urn:e:p>/<urn:e:q>)+ ?b",
        "$this <urn:e:p> ?b . OPTIONAL { $this <urn:e:q> ?v } ?w <urn:e:r> ?v",
    ],
)
def test_what_no_way_leads_to_is_not_followed(body: str) -> None:
    with pytest.raises(Unfollowed):
        of_query(f"SELECT $this WHERE {{ {body} }}", {})


def test_a_component_that_is_not_known_is_not_followed() -> None:
    shapes = statements("e:Shape sh:targetClass e:C ; sh:somethingNew e:x .")
    with pytest.raises(Unfollowed, match="somethingNew"):
        ways(shapes, shapes)


def test_a_node_needs_the_statements_on_its_ways() -> None:
    shape = statements(
        "e:S sh:targetSubjectsOf e:never ; sh:property [ sh:path ( e:p e:q [ sh:zeroOrMorePath e:r ] ) ] ."
    )
    seen = Ways(ways(shape, shape)).seen_from([NamedNode("urn:e:a")], Landscape(statements(DATA)))
    assert {str(t.subject) for t in seen} == {f"<urn:e:{name}>" for name in "abcd"}
