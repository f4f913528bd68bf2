"""What is made of a query before it goes to a store of another make."""

from __future__ import annotations

import pytest

from cls_graph.errors import QueryRefused
from cls_graph.store.portable import Dataset, looks_into_graphs, portable, split_dataset

BASE = "https://example.org/base/sparql"


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX bif: <bif:> SELECT ?s { ?s bif:contains 'x' }",
        "SELECT ?s { ?s <sql:anything> 'x' }",
        "SELECT (1 AS ?x) { FILTER(false) BIND(<\\u0062if:now>() AS ?y) }",
        "PREFIX b: <b> SELECT * { ?s b:if ?o }",
        "PREFIXb:<b> SELECT * { ?s b:if ?o }",
        "BASE <b> SELECT * { ?s <if> ?o }",
        "PREFIX x: <urn:x:> ASK FROMx:b { ?s ?p ?o }",
        "PREFIX x: <urn:x:> ASK FROM NAMEDx:b { ?s ?p ?o }",
        "PREFIX x: <urn:x:> ASK { GRAPHx:b { ?s ?p ?o } }",
    ],
)
def test_a_stores_own_functions_and_names_that_could_hide_them_are_not_sent(text: str) -> None:
    with pytest.raises(QueryRefused):
        portable(text, BASE)


@pytest.mark.parametrize(
    "text",
    ["DEFINE input:inference 'x' ASK {}", "SELECT * WHERE { ?s ?p ?o } OPTION (any)", "ASK { ?s `x` ?o }"],
)
def test_what_is_not_sparql_is_not_sent(text: str) -> None:
    with pytest.raises(SyntaxError):
        portable(text, BASE)


def test_relative_names_go_with_their_base() -> None:
    assert portable("ASK { <x> ?p ?o }", BASE) == f"BASE <{BASE}> ASK {{ <x> ?p ?o }}"
    plain = "ASK { <urn:x> ?p 'bif: and <sql:x>' } # <bif:x>"
    assert portable(plain, BASE) == plain


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> { ?s ?p ?o }", ["urn:a"], ["urn:b"]),
        (
            "PREFIX : <urn:e:> PREFIX x: <urn:x:> ASK FROM :a from x:b { ?s ?p ?o }",
            ["urn:e:a", "urn:x:b"],
            [],
        ),
        ("BASE <urn:o:> PREFIX x: <urn:x:> ASK FROM x:a\\,b { ?s ?p ?o }", ["urn:x:a,b"], []),
        ("SELECT * FROM <graph/a> FROM <\\u0061> { ?s ?p ?o }", ["graph/a", "a"], []),
        ("SELECT * # FROM <urn:no>\n FROM # two\n NAMED <urn:c> { ?s ?p 'FROM <urn:d>' }", [], ["urn:c"]),
    ],
)
def test_from_clauses_become_parameters(text: str, default: list[str], named: list[str]) -> None:
    rest, dataset = split_dataset(text, BASE)
    assert dataset is not None or (not default and not named)
    if dataset is not None:
        expected = [f"https://example.org/base/{g}" if ":" not in g else g for g in default]
        assert dataset == Dataset(tuple(expected), tuple(named))
        assert "FROM" not in rest.partition("{")[0].upper().replace("# FROM", "")
        portable(rest, BASE)


def test_a_query_without_from_stays_as_it_is() -> None:
    text = "SELECT ?from { ?from ?p ?o . { SELECT * { ?o ?q <urn:from> } } }"
    assert split_dataset(text, BASE) == (text, None)


def test_graph_is_found_as_a_word_and_not_in_names() -> None:
    assert looks_into_graphs("SELECT * { graph?g{ ?s ?p ?o } }")
    assert not looks_into_graphs("SELECT * { <urn:graph/a> ?p 'GRAPH ?g' } # GRAPH")
