"""A query of a release has the same bytes in every process that loads it, also where it asks for no order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from cls_graph.store import EmbeddedStore
from cls_graph.store.base import GraphResults
from cls_graph.store.per_graph import lists_graphs
from cls_graph.store.writing import formats_for, write_graph, write_results

CORE = "http://www.w3.org/2004/02/skos/core#"
QUERIES = {
    "no order": "SELECT * { ?s a ?t }",
    "named graphs": "SELECT * { GRAPH ?g { ?s a ?t } }",
    "limit": "SELECT * { ?s ?p ?o } LIMIT 300",
    "limit and offset": "SELECT * { ?s a ?t } OFFSET 100 LIMIT 50",
    "order with ties": "SELECT * { ?s a ?t } ORDER BY ?t",
    "distinct": "SELECT DISTINCT ?p ?t { ?s ?p ?o . ?o a ?t }",
    "group_concat": "SELECT ?p (GROUP_CONCAT(?o; separator='|') AS ?x) { ?s ?p ?o } GROUP BY ?p",
    "sample": "SELECT ?p (SAMPLE(?o) AS ?x) { ?s ?p ?o } GROUP BY ?p",
    "join": f"SELECT * {{ ?s a ?t OPTIONAL {{ ?s <{CORE}prefLabel> ?l }} FILTER NOT EXISTS {{ ?s ?p 1 }} }}",
    "path": f"SELECT * {{ ?s <{CORE}broader>+ ?o }}",
    "path in graphs": f"SELECT * {{ GRAPH ?g {{ ?s <{CORE}broader>* ?o }} }} LIMIT 1000",
    "union": f"SELECT * {{ {{ ?s a ?t }} UNION {{ ?s <{CORE}notation> ?n }} }}",
    "subquery": "SELECT * { ?s a ?t { SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t } }",
    "graphs": "SELECT ?g { GRAPH ?g {} }",
    "graphs, optional": f"SELECT * {{ GRAPH ?g {{ OPTIONAL {{ ?s <{CORE}prefLabel> ?o }} }} }}",
    "graphs, bound": "SELECT * { GRAPH ?g { BIND(1 AS ?x) } }",
    "graphs, joined": "SELECT * { GRAPH ?g { ?s a ?t { BIND(1 AS ?x) } } }",
    "graphs, either": "SELECT * { GRAPH ?g { {} UNION { ?s a ?t } } }",
    "dataset": "SELECT * FROM NAMED <https://w3id.org/cls-sante/graph/registry> { GRAPH ?g { ?s a ?t } }",
    "ask": "ASK { ?s a ?t }",
    "construct": "CONSTRUCT { ?s a ?t } { ?s a ?t }",
    "construct, short": "CONSTRUCT { ?s a ?t } { ?s a ?t } LIMIT 50",
    "construct, new nodes": "CONSTRUCT { [] <urn:of> ?s ; <urn:kind> _:k . _:k <urn:t> ?t } { ?s a ?t }",
    "construct, new list": "CONSTRUCT { ?s <urn:list> (?t ?t) } { ?s a ?t } LIMIT 50",
    "describe": f"DESCRIBE ?s {{ ?s a <{CORE}ConceptScheme> }}",
    "blank nodes": "SELECT * { ?s ?p ?o FILTER(isBlank(?s)) }",
}
ELSEWHERE = """
import json, os, sys
from tests.store.test_same_bytes import answers
if sys.argv[2] and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
json.dump(dict(answers(sys.argv[1])), sys.stdout)
"""


def answers(path: str) -> Iterator[tuple[str, str]]:
    """Each query of a release in each format, in each way that the service may ask it."""
    for apart in (True, False):
        store = EmbeddedStore.from_file(path, apart=apart)
        for name, text in QUERIES.items():
            for infer in (False, True):
                for fmt in formats_for(store.query(text, infer=infer)):
                    out = BytesIO()
                    write_results(store.query(text, infer=infer), fmt, out)
                    yield f"{name}, {fmt.name}, {apart=}, {infer=}", out.getvalue().decode()


def in_another_process(path: Path, *, one_core: bool) -> dict[str, str]:
    words = [sys.executable, "-c", ELSEWHERE, str(path), "1" if one_core else ""]
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(words, capture_output=True, check=True, cwd=root, timeout=300)
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_process_gives_the_same_bytes(bundled_release: Path) -> None:
    path = bundled_release / "graph.nq"
    first, second = (in_another_process(path, one_core=one) for one in (False, True))
    assert len(first) > 300
    assert all(first.values())
    assert [name for name in first if first[name] != second[name]] == []


def test_a_file_in_another_order_gives_another_order(bundled_release: Path, tmp_path: Path) -> None:
    """The order is that of the file: were it the engine's own, the test above could say nothing of it."""
    turned = tmp_path / "graph.nq"
    turned.write_bytes(b"".join(reversed((bundled_release / "graph.nq").read_bytes().splitlines(True))))
    rows = [
        EmbeddedStore.from_file(path).select(QUERIES["no order"])
        for path in (bundled_release / "graph.nq", turned)
    ]
    assert rows[0] != rows[1]
    assert sorted(map(str, rows[0])) == sorted(map(str, rows[1]))


@pytest.mark.parametrize(
    "store_of",
    [EmbeddedStore.from_bytes, lambda data: EmbeddedStore.from_quads(ox.parse(data, ox.RdfFormat.N_QUADS))],
)
def test_nodes_that_a_template_makes_keep_their_links(store_of: object) -> None:
    data = b"_:abcdefabcdefabcdefabcdef <urn:p> <urn:o> <urn:g> .\n<urn:s> <urn:p> <urn:o> <urn:g> .\n"
    store = store_of(data)  # type: ignore[operator]
    found = store.query(
        "CONSTRUCT { ?s <urn:by> _:x . _:x <urn:of> ?s } { ?s <urn:p> ?o } ORDER BY isIRI(?s)"
    )
    assert isinstance(found, GraphResults)
    lines = write_graph(found, formats_for(found)[0]).decode()
    assert lines.count("made") == 4  # each of the two nodes twice
    assert lines.count("abcdefabcdefabcdefabcdef") == 2, "the node of the data keeps its name"
    assert "<urn:s> <urn:by> _:made2" in lines


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("SELECT ?g { GRAPH ?g {} }", True),
        ("select?g{graph?g{}}", True),
        ("SELECT ?g { GRAPH $g { # all of them }\n } }", True),
        ("SELECT * { GRAPH ?g { FILTER(?g = <urn:x>) } }", True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o { BIND(1 AS ?x) } } }", True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o { SELECT * { OPTIONAL { ?s ?p ?o } } } } }", True),
        ("SELECT * { GRAPH ?g { { GRAPH <urn:x> { ?s ?p ?o } } MINUS { } } }", True),
        ("SELECT * { GRAPH ?g { ?s ?p ?o } OPTIONAL { } }", False),
        ("SELECT * { GRAPH <urn:g> {} }", False),
        ("SELECT * { {} ?s ?p '{ GRAPH ?g {} }' }", False),
        ("SELECT * { GRAPH ?g { ?s ?p ?o BIND(1 AS ?x) OPTIONAL { ?s a ?t } } }", False),
        ("PREFIX graph: <urn:x> SELECT * { graph:a ?g {} }", False),
        ("SELECT ?graph { OPTIONAL { ?graph a ?t } }", False),
    ],
)
def test_which_queries_list_the_graphs(text: str, wanted: bool) -> None:
    assert lists_graphs(text) is wanted
