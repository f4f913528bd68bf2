"""The embedded store: datasets, formats, descriptions."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from cls_graph import media
from cls_graph.errors import CorpusError, QuerySyntaxError, UsageError
from cls_graph.store import EmbeddedStore
from cls_graph.store.writing import write_graph

BASE = "https://w3id.org/cls-sante/"
CONTRACT = BASE + "id/contract/26362-3"


@pytest.fixture(scope="module")
def store(nquads: Path) -> EmbeddedStore:
    return EmbeddedStore.from_file(nquads)


def test_the_default_graph_is_the_union_of_the_stated_graphs(store: EmbeddedStore) -> None:
    kind = "<http://www.w3.org/ns/org#Organization>"
    assert store.ask(f"ASK {{ <{CONTRACT}> ?p ?engagement . ?engagement ?q ?party . ?party a {kind} }}")
    assert not store.ask("ASK { ?s ?p 'entailed' }")
    assert store.ask(f"ASK FROM <{BASE}graph/inferred/test> {{ ?s ?p 'entailed' }}")


def test_from_in_the_query_names_the_dataset(store: EmbeddedStore) -> None:
    [row] = store.select(f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/contract/38382-a> {{ ?s a ?type }}")
    assert row["n"] == ox.Literal(2)


def test_a_dataset_in_the_request_replaces_that_of_the_query(store: EmbeddedStore) -> None:
    text = f"ASK FROM <{BASE}graph/registry> {{ ?s a <https://w3id.org/cls-sante/ontology#Engagement> }}"
    assert not store.query(text)
    assert store.query(text, default_graphs=[BASE + "graph/contract/38382-a"])
    assert not store.query("ASK { GRAPH ?g { ?s ?p ?o } }", default_graphs=[BASE + "graph/registry"])
    assert not store.query("ASK { ?s ?p ?o }", default_graphs=["urn:unknown"])


def test_a_description_holds_the_things_own_nodes_and_no_other(store: EmbeddedStore) -> None:
    subjects = {t.subject.value for t in store.describe(CONTRACT) if isinstance(t.subject, ox.NamedNode)}
    assert CONTRACT + "/evidence/valence-252-263/quote" in subjects
    assert CONTRACT + "/record" in subjects, "a node that only points to the thing"
    assert all(s == CONTRACT or s.startswith(CONTRACT + "/") for s in subjects)
    assert store.describe(BASE + "id/contract/2636") == []


def test_graph_answers_are_sorted_and_declare_what_they_use(store: EmbeddedStore) -> None:
    turtle = write_graph(
        store.construct(f"DESCRIBE <{CONTRACT}>"), media.choose(None, media.GRAPHS, "ttl")
    ).decode()
    assert "@prefix cls:" in turtle
    assert "@prefix mesh:" not in turtle
    rows = store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . <{CONTRACT}> ?x ?s }}")
    assert rows == sorted(rows, key=str)
    assert rows


def test_a_query_of_another_form_is_refused(store: EmbeddedStore) -> None:
    query = f"SELECT ?n {{ <{CONTRACT}> <https://w3id.org/cls-sante/ontology#ordinal> ?n }}"
    assert [row["n"] for row in store.select(query)] == [ox.Literal(3)]
    with pytest.raises(UsageError):
        store.construct(query)


def test_a_syntax_error_says_where_and_which_prefix_is_missing(store: EmbeddedStore) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.select("SELECT *\nWHERE { ?s skos:broader ?o }")
    problem = caught.value.describe("en")
    assert (problem["line"], problem["excerpt"]) == (2, "WHERE { ?s skos:broader ?o }")
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in problem["detail"]


def test_booleans_have_no_case(store: EmbeddedStore) -> None:
    assert store.ask("ASK { FILTER(TRUE && !False) }")
    assert store.ask(
        "PREFIX TRUE: <urn:> ASK { BIND('TRUE' AS ?TRUE) FILTER(?TRUE = 'TRUE' && TRUE:x = <urn:x>) }"
    )
    places = []
    for word in ("TRUE", "true"):
        with pytest.raises(QuerySyntaxError) as caught:
            store.ask(f"ASK {{ FILTER({word}) nonsense }}")
        places.append(caught.value.extra["column"])
    assert places[0] == places[1]


def test_a_broken_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.nq"
    broken.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\nnonsense\n")
    with pytest.raises(CorpusError, match=r"broken\.nq"):
        EmbeddedStore.from_file(broken)
    with pytest.raises(CorpusError, match=r"absent\.nq"):
        EmbeddedStore.from_file(tmp_path / "absent.nq")
