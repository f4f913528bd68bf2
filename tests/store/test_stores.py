"""What every store must do, whichever engine is behind it; and where each is known not to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.errors import BadRequest, ClsGraphError
from cls_graph.media import by_name
from cls_graph.namespaces import VOCAB, XSD
from cls_graph.queries import bind, library
from cls_graph.store import EmbeddedStore, Store
from cls_graph.store.deviations import DEVIATIONS, OXIGRAPH, VIRTUOSO, probe
from cls_graph.store.remote import RemoteStore
from cls_graph.store.writing import write_results

BASE = "https://example.org/stores/"
MAKE = {"memory": OXIGRAPH, "disk": OXIGRAPH, "oxigraph": OXIGRAPH, "virtuoso": VIRTUOSO}
Values = Callable[..., list[str]]


def test_the_default_graph_is_the_union_of_the_stated_graphs(store: Store, values: Values) -> None:
    assert values(store, "SELECT ?v { :a :next ?v . :values :number ?n }") == [BASE + "b"]
    assert values(store, "SELECT ?v { ?s :says ?v }") == []
    assert values(store, f"SELECT ?v FROM <{BASE}graph/inferred/rule> {{ ?s :says ?v }}") == ["entailed"]
    assert values(store, "SELECT ?v { GRAPH ?v { ?s :says ?o } }") == []


def test_what_is_inferred_is_asked_for(store: Store, values: Values) -> None:
    assert values(store, "SELECT ?v { ?s :says ?v }", infer=True) == ["entailed"]
    graphs = values(store, "SELECT ?v { GRAPH ?v { ?s :says ?o } }", infer=True)
    assert graphs == [BASE + "graph/inferred/rule"]
    assert values(store, "SELECT ?v { :a :next ?v . :values :number ?n }", infer=True) == [BASE + "b"]


def test_from_names_the_dataset(store: Store, values: Values) -> None:
    one, two = BASE + "graph/one", BASE + "graph/two"
    assert values(store, f"SELECT ?v FROM <{two}> {{ :a :next ?v }}") == []
    assert values(store, f"SELECT ?v FROM <{one}> {{ GRAPH ?v {{ ?s :in ?o }} }}") == []
    assert values(store, f"SELECT ?v FROM NAMED <{one}> {{ GRAPH ?v {{ ?s :in ?o }} }}") == [one]
    assert values(store, f"SELECT ?v FROM NAMED <{one}> {{ ?s :in ?v }}") == []
    assert values(store, "SELECT ?v FROM <urn:unknown> { ?s ?p ?v }") == []


def test_a_dataset_in_the_request_replaces_that_of_the_query(store: Store, values: Values) -> None:
    one, two = BASE + "graph/one", BASE + "graph/two"
    text = f"SELECT ?v FROM <{one}> {{ ?v :next|:number ?o }}"
    assert values(store, text, default_graphs=[two]) == [BASE + "values"]
    graphs = "SELECT DISTINCT ?v { GRAPH ?v { ?s ?p ?o } }"
    assert values(store, graphs, default_graphs=[one]) == []
    assert values(store, graphs, named_graphs=[two]) == [two]
    assert values(store, "SELECT ?v { ?s :next ?v }", named_graphs=[one]) == []
    assert values(store, "SELECT ?v { ?s ?p ?v }", default_graphs=["urn:unknown"]) == []


def test_relative_names_are_resolved(store: Store) -> None:
    found = store.query("SELECT ?o { <a> <next> ?o }", base=BASE)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["o"] for row in found] == [ox.NamedNode(BASE + "b")]


def test_terms_come_as_they_were_written(store: Store, small: Path) -> None:
    asked = store.query(f"SELECT ?p ?o {{ <{BASE}values> ?p ?o }}")
    assert isinstance(asked, ox.QuerySolutions)
    shown = {(row["p"], row["o"]) for row in asked}
    built = store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{BASE}values>) }}")
    assert not isinstance(built, ox.QuerySolutions | ox.QueryBoolean)
    stated = {
        (q.predicate, q.object)
        for q in ox.parse(path=small / "graph.nq", format=ox.RdfFormat.N_QUADS)
        if q.subject == ox.NamedNode(BASE + "values")
    }
    assert same_but_for_case(shown) == same_but_for_case(stated)
    assert same_but_for_case({(t.predicate, t.object) for t in built}) == same_but_for_case(stated)


def same_but_for_case(pairs: set[Any]) -> set[str]:
    """Language tags are compared without regard to case (RDF 1.1 Concepts, 3.3)."""
    return {f"{p} {o}".replace("@fr-FR", "@fr-fr") for p, o in pairs}


def test_blank_nodes_hold_together(store: Store, values: Values) -> None:
    assert values(store, "SELECT ?v { :tree :holds/:name ?v }") == ["branch"]
    assert values(store, "SELECT ?v { :tree :holds/:holds/:name ?v }") == ["leaf"]
    assert values(store, "SELECT ?v { ?n :name ?v FILTER(isBlank(?n)) }") == ["branch", "leaf"]
    found = store.query(f"SELECT ?n {{ ?n <{BASE}name> 'leaf' }}")
    assert isinstance(found, ox.QuerySolutions)
    assert [type(row["n"]) for row in found] == [ox.BlankNode]


def test_booleans_are_known_in_any_case(store: Store) -> None:
    assert written(store, f"ASK {{ <{BASE}values> <{BASE}truth> ?t FILTER(?t = TRUE) }}", "csv") == b"true"


def test_every_form_has_its_kind_of_answer(store: Store) -> None:
    assert written(store, f"ASK {{ <{BASE}a> ?p ?o }}", "csv") == b"true"
    assert json.loads(written(store, "ASK { <urn:nothing> ?p ?o }", "json"))["boolean"] is False
    assert b"a>" in written(store, f"CONSTRUCT WHERE {{ <{BASE}a> ?p ?o }}", "nt")
    assert b"b>" in written(store, f"DESCRIBE <{BASE}a>", "nt")
    assert written(store, f"SELECT ?o {{ <{BASE}values> <{BASE}number> ?o }}", "tsv") == b"?o\n12\n"


def written(store: Store, text: str, fmt: str) -> bytes:
    out, found = io.BytesIO(), by_name(fmt)
    assert found is not None
    write_results(store.query(text), found, out)
    return out.getvalue()


def test_a_mistake_is_told_with_its_place(store: Store) -> None:
    with pytest.raises(SyntaxError, match="error at 2:4"):
        store.query("SELECT *\n{ ;")
    with pytest.raises(RuntimeError, match="urn:nothing"):
        store.query("SELECT (<urn:nothing>(1) AS ?v) {}")


def test_descriptions_are_the_same_everywhere(store: Store, small: Path) -> None:
    embedded = EmbeddedStore.from_file(small / "graph.nq")
    for name in ("id/thing/1", "id/thing/2", "id/thing/1/part/1", "id/none"):
        assert store.describe(BASE + name) == embedded.describe(BASE + name)
        near = store.describe_with_context(BASE + name)
        assert set(near) == set(embedded.describe_with_context(BASE + name))
    assert len(store.describe(BASE + "id/thing/1")) == 8
    assert any("Another thing" in str(t) for t in store.describe_with_context(BASE + "id/thing/1"))


def test_graphs_can_be_had_whole(store: Store, small: Path) -> None:
    quads = list(ox.parse(path=small / "graph.nq", format=ox.RdfFormat.N_QUADS))
    assert len(store) == len(quads)
    assert store.exists("")
    assert store.exists(BASE + "graph/one")
    assert not store.exists(BASE + "graph/none")
    with pytest.raises(BadRequest):
        store.exists("no name")
    one = [q.triple for q in quads if q.graph_name == ox.NamedNode(BASE + "graph/one")]
    assert set(store.triples(BASE + "graph/one")) == set(one)
    assert list(store.triples(BASE + "graph/none")) == []
    out, nq = io.BytesIO(), by_name("nq")
    assert nq is not None
    store.dump_dataset(nq, out)
    graphs = [q.graph_name for q in ox.parse(out.getvalue(), ox.RdfFormat.N_QUADS)]
    assert sorted(map(str, graphs)) == sorted(str(q.graph_name) for q in quads)


# --- where stores differ

SEEN_IN_DATA = {
    "alternative-paths-once": ("SELECT (COUNT(*) AS ?v) { :a :next|:next ?o }", ["2"]),
    "cycles-without-start": ("SELECT ?v { :a :next+ ?v }", [BASE + name for name in "abc"]),
    "union-with-duplicates": ("SELECT (COUNT(*) AS ?v) { :shared :in ?o }", ["1"]),
    "regex-accents": (
        'SELECT (COUNT(*) AS ?v) { ?s :label ?l FILTER(REGEX(STR(?l), "évry", "i")) }',
        ["2"],
    ),
}


def test_every_deviation_is_probed_or_seen_in_data() -> None:
    assert {row.name for row in DEVIATIONS if not row.probe} == set(SEEN_IN_DATA)


def test_a_store_deviates_where_the_table_says_and_nowhere_else(
    store: Store, kind: str, values: Values
) -> None:
    def ask(text: str) -> list[str]:
        try:
            return values(store, text)
        except (ClsGraphError, RuntimeError):
            return ["refused"]

    shown = set(probe(ask))
    if isinstance(store, RemoteStore):
        assert set(store.about.deviations) == shown
    shown |= {name for name, (text, expected) in SEEN_IN_DATA.items() if ask(text) != expected}
    assert shown == {row.name for row in DEVIATIONS if MAKE[kind] in row.seen}


# --- the bundled data


@pytest.fixture(scope="module")
def bundled(opened: Callable[[Path], Store], bundled_release: Path) -> Store:
    return opened(bundled_release)


def thing(value: str) -> dict[str, Any]:
    return {"contract": ox.Literal(value)}


GIVEN: dict[str, tuple[dict[str, Any], ...]] = {
    "missing-determinants": (thing("38382-a"),),
    "milestones": (thing("42218-a"), {"milestone": ox.NamedNode(VOCAB + "milestone-type/signature")}),
    "kinds-by-contract": ({"kind": ox.NamedNode(VOCAB + "organisation-kind/cpam")},),
    "organisations": ({"kind": ox.NamedNode(VOCAB + "organisation-kind/cpam"), "minimum": ox.Literal(1)},),
    "coverage": ({"departement": ox.Literal("departement/38")},),
    "territories": ({"departement": ox.Literal("departement/38")},),
    "contracts-by-territory": ({"region": ox.Literal("region/84")},),
    "approaches": ({"determinant": ox.NamedNode(VOCAB + "determinant/logement"), "lang": ox.Literal("en")},),
    "quotes-with": tuple(
        {"text": ox.Literal(text)}
        for text in ('"}', "l’accès", "l'acces", "SANTE mentale", "\\", "\n\"'{?x}", "%s")
    ),
    "in-force": ({"date": ox.Literal("2028-06-01", datatype=ox.NamedNode(XSD + "date"))},),
}
"""Values for the parameters of questions, among them what quotes, braces and backslashes could upset."""


@pytest.fixture(scope="session")
def bundled_rows(bundled_release: Path) -> Callable[[str], list[list[str]]]:
    """The rows of a query in the embedded store, asked once."""
    embedded = EmbeddedStore.from_file(bundled_release / "graph.nq")
    return cache(lambda text: rows(written(embedded, text, "csv")))


@pytest.mark.parametrize("name", sorted(library()))
def test_the_ready_questions_have_the_same_rows(
    bundled: Store, bundled_rows: Callable[[str], list[list[str]]], name: str
) -> None:
    for text in (
        bind(library()[name], {}),
        *(bind(library()[name], values) for values in GIVEN.get(name, ())),
    ):
        assert rows(written(bundled, text, "csv")) == bundled_rows(text)


@pytest.fixture(scope="session")
def made_up_rows(made_up_release: Path) -> list[tuple[str, str, list[list[str]]]]:
    """Each question, and ``facts`` of each contract, with its rows in the embedded store."""
    embedded = EmbeddedStore.from_file(made_up_release / "graph.nq")

    def of(text: str) -> list[list[str]]:
        return rows(written(embedded, text, "csv"))

    texts = [(name, bind(question, {})) for name, question in library().items()]
    keys = [row[0] for row in of(bind(library()["contracts"], {})) if row[0] != "key"]
    assert len(keys) == 14
    texts += [("facts", bind(library()["facts"], thing(key))) for key in keys]
    return [(name, text, of(text)) for name, text in texts]


@pytest.mark.slow
def test_the_ready_questions_have_the_same_rows_on_a_made_up_corpus(
    opened: Callable[[Path], Store], made_up_release: Path, made_up_rows: list[tuple[str, str, Any]]
) -> None:
    store = opened(made_up_release)
    for name, text, expected in made_up_rows:
        assert rows(written(store, text, "csv")) == expected, name


def rows(text: bytes) -> list[list[str]]:
    """The rows; of a list of spellings, whose order SPARQL leaves open (18.5.1.7), the members in order."""
    return sorted(
        [" | ".join(sorted(cell.split(" | "))) for cell in row]
        for row in csv.reader(io.StringIO(text.decode()))
    )
