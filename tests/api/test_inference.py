"""``infer=true`` and ``/explain`` over HTTP, on the release of the bundled data."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import openpyxl
import pyoxigraph as ox
import pytest

from cls_graph.queries import library

BASE = "https://w3id.org/cls-sante/"
CONTRACT = f"{BASE}id/contract/26362-3"
ENGAGEMENT = f"{CONTRACT}/engagement/01"
PREFIXES = """
PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
ATTRIBUTIONS = PREFIXES + "SELECT (COUNT(*) AS ?n) { ?e a prov:Attribution }"
# No source of the bundled data disagrees with another on a period.
EMPTY = {"period-conflicts"}
BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module", params=["fast", "small"])
def service(start: Callable[..., httpx.Client], bundled_release: Any, request: Any) -> httpx.Client:
    """The bundled data, with either way to keep it in memory, of which one is slow."""
    return start(folder=bundled_release, inference=request.param, query_timeout=20.0)


def rows(client: httpx.Client, query: str, **more: str | list[str]) -> list[list[str]]:
    """The rows of a query."""
    response = client.get("/sparql", params={"query": query, "format": "csv", **more})
    assert response.status_code == 200, response.text
    return list(csv.reader(io.StringIO(response.text)))[1:]


def test_nothing_is_inferred_unless_it_is_asked_for(service: httpx.Client) -> None:
    assert rows(service, ATTRIBUTIONS) == [["0"]]
    assert rows(service, ATTRIBUTIONS, infer="false") == [["0"]]
    engagements = rows(service, PREFIXES + "SELECT (COUNT(*) AS ?n) { ?e a cls:Engagement }")
    assert rows(service, ATTRIBUTIONS, infer="true") == engagements
    assert int(engagements[0][0]) > 50


def test_named_graphs_show_what_is_inferred_only_with_infer(service: httpx.Client) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    without = [g for (g,) in rows(service, query)]
    both = [g for (g,) in rows(service, query, infer="true")]
    assert not [g for g in without if "/graph/inferred/" in g]
    inferred = [g for g in both if "/graph/inferred/" in g]
    assert len(inferred) > 30
    assert sorted([*without, *inferred]) == both
    mixed = PREFIXES + "SELECT (COUNT(*) AS ?n) { ?e a prov:Attribution . GRAPH ?g { ?e a cls:Engagement } }"
    assert rows(service, mixed, infer="true") == rows(service, ATTRIBUTIONS, infer="true")


@pytest.mark.parametrize("name", sorted(library()))
def test_the_ready_questions_give_the_same_rows_with_and_without(service: httpx.Client, name: str) -> None:
    without = rows(service, library()[name].text)
    assert bool(without) == (name not in EMPTY)
    assert rows(service, library()[name].text, infer="true") == without


def test_a_workbook_says_the_same(service: httpx.Client) -> None:
    graph = f"{BASE}graph/contract/26362-3"
    for query, said, header in (
        ("SELECT * { ?s ?p ?o } LIMIT 1", "yes", "true"),
        (f"SELECT * FROM <{graph}> {{ ?s ?p ?o }} LIMIT 1", "no", "ignored; the request names its dataset"),
    ):
        params = {"query": query, "format": "xlsx", "infer": "true", "lang": "en"}
        response = service.get("/sparql", params=params)
        about = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[1]
        rows = {row[0]: row[1] for row in about.iter_rows(values_only=True)}
        assert rows["What the rules infer"] == said
        assert response.headers["cls-inference"] == header
        assert 'rel="license"' in response.headers["link"]


def test_a_dataset_that_is_named_wins_and_the_answer_says_so(service: httpx.Client) -> None:
    graph = f"{BASE}graph/contract/26362-3"
    asked = {"query": ATTRIBUTIONS, "format": "csv", "infer": "true"}
    for params in (
        {**asked, "default-graph-uri": graph},
        {**asked, "query": ATTRIBUTIONS.replace("{", f"FROM <{graph}> {{")},
    ):
        response = service.get("/sparql", params=params)
        assert response.text.split() == ["n", "0"]
        assert response.headers["cls-inference"].startswith("ignored")
    assert service.get("/sparql", params=asked).headers["cls-inference"] == "true"
    assert "cls-inference" not in service.get("/sparql", params={**asked, "infer": ""}).headers
    inferred = f"{BASE}graph/inferred/subclass-cls-Engagement-prov-Attribution"
    assert rows(service, ATTRIBUTIONS, **{"default-graph-uri": inferred}) != [["0"]]


def test_by_post_too_and_another_word_is_refused(service: httpx.Client) -> None:
    sent = {"query": ATTRIBUTIONS, "infer": "true", "format": "csv"}
    assert service.post("/sparql", data=sent).text.split()[1] != "0"
    for path in ("/sparql", "/data/contract/26362-3", "/page/contract/26362-3"):
        refused = service.get(path, params={"query": ATTRIBUTIONS, "infer": "maybe"})
        assert refused.status_code == 400
        assert "infer" in refused.json()["detail"]


def test_the_service_description_says_how_it_is(service: httpx.Client) -> None:
    described = service.get("/sparql", headers={"Accept": "text/turtle"})
    store = ox.Store()
    store.bulk_load(described.content, ox.RdfFormat.TURTLE)
    sd = "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
    texts = store.query("SELECT ?t { ?s <http://www.w3.org/2000/01/rdf-schema#comment> ?t }")
    assert {r["t"].language for r in texts if "infer=true" in r["t"].value} == {"fr", "en"}  # type: ignore[union-attr]
    inferred = 'FILTER CONTAINS(STR(?n), "/graph/inferred/")'
    named = "sd:namedGraph/sd:name ?n"
    assert not store.query(f"{sd} ASK {{ ?s sd:defaultDataset/{named} {inferred} }}")
    assert store.query(f"{sd} ASK {{ ?s sd:availableGraphs/{named} {inferred} }}")


def test_a_thing_as_data_with_what_is_inferred(service: httpx.Client) -> None:
    attribution = "http://www.w3.org/ns/prov#Attribution"
    for suffix in ("nt", "trig", "jsonld", "csv"):
        plain = service.get(f"/data/contract/26362-3.{suffix}")
        more = service.get(f"/data/contract/26362-3.{suffix}", params={"infer": "true"})
        assert "Attribution" not in plain.text
        assert "Attribution" in more.text, suffix
        assert plain.headers["etag"] != more.headers["etag"]
        assert more.headers["content-location"].endswith("?infer=true")
    quads = ox.parse(
        service.get("/data/contract/26362-3.nq", params={"infer": "true"}).content, ox.RdfFormat.N_QUADS
    )
    graphs = {q.graph_name.value for q in quads if str(q.object) == f"<{attribution}>"}  # type: ignore[union-attr]
    assert graphs == {f"{BASE}graph/inferred/subclass-cls-Engagement-prov-Attribution"}


def test_an_identifier_hands_the_wish_on(service: httpx.Client) -> None:
    for accept in ("text/turtle", BROWSER):
        moved = service.get("/id/contract/26362-3", params={"infer": "true"}, headers={"Accept": accept})
        assert moved.status_code == 303
        assert moved.headers["location"].endswith("?infer=true")


def test_a_page_shows_what_is_inferred_apart_with_its_rule(service: httpx.Client) -> None:
    path = "/page/contract/26362-3/engagement/01"
    plain = service.get(path, params={"lang": "en"}).text
    assert "Every instance of" not in plain
    assert "infer=true" in plain
    shown = service.get(path, params={"lang": "en", "infer": "true"}).text
    assert "Every instance of" in shown
    assert "/explain?" in shown


def explained(client: httpx.Client, s: str, p: str, o: str, **more: str) -> httpx.Response:
    return client.get("/explain", params={"s": s, "p": p, "o": o, **more})


def test_an_inferred_statement_is_explained_down_to_quotes(service: httpx.Client) -> None:
    answer = explained(service, "id:contract/26362-3", "prov:wasAttributedTo", "id:organisation/ars-84")
    found = answer.json()
    assert answer.headers["content-type"].startswith("application/json")
    assert found["kind"] == "inferred"
    assert set(found["rule"]["sentence"]) == {"fr", "en"}
    (shortcut,) = found["premises"]
    assert shortcut["kind"] == "computed"
    assert {p["kind"] for p in shortcut["premises"]} == {"stated"}
    for premise in shortcut["premises"]:
        (passage,) = premise["evidence"]
        assert passage["quote"]
        assert passage["document"] == f"{BASE}id/document/valence"
        assert 0 <= passage["start"] < passage["end"]


def test_the_page_says_what_is_inferred_in_words(service: httpx.Client) -> None:
    """Terms of code lists have their names, and properties words, where others would have a code."""
    for path in ("contract/26362-3", "contract/26362-3/engagement/01"):
        page = service.get(f"/page/{path}", params={"infer": "true", "lang": "en"}).text
        said = page.partition("<h2>What the rules infer</h2>")[2].partition("</dl>")[0]
        words = [html.unescape(text) for text in re.findall(r"<a href=[^>]*>([^<]*)</a>", said)]
        assert words
        assert [text for text in words if re.fullmatch(r"(vocab/.*|[a-z]+:\w+)", text)] == []


def test_iris_and_values_and_every_form(service: httpx.Client) -> None:
    short = explained(service, "id:contract/26362-3", "cls:ordinal", "3").json()
    long = explained(
        service, CONTRACT, "https://w3id.org/cls-sante/ontology#ordinal", short["object"]["term"]
    )
    assert long.json() == short
    assert short["evidence"][0]["quote"] == "leur 3e CLS"
    text = explained(service, CONTRACT, "cls:ordinal", "3", format="text", lang="en")
    assert text.headers["content-type"].startswith("text/plain")
    assert "leur 3e CLS" in text.text
    page = service.get(
        "/explain", params={"s": CONTRACT, "p": "cls:ordinal", "o": "3"}, headers={"Accept": BROWSER}
    )
    assert page.headers["content-type"].startswith("text/html")
    assert "leur 3e CLS" in page.text
    again = service.get(page.url, headers={"Accept": BROWSER, "If-None-Match": page.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("id:contract/none", "a", "cls:Engagement"), 404),
        (("id:contract/26362-3", "a", "cls:Engagement"), 404),
        (("not an iri", "a", "cls:Engagement"), 400),
        (("id:contract/26362-3", "a", ""), 400),
        ((f"{CONTRACT}> ?p ?o }} #", "a", "cls:Engagement"), 400),
    ],
)
def test_what_cannot_be_explained_says_why(
    service: httpx.Client, words: tuple[str, str, str], status: int
) -> None:
    answer = explained(service, *words, lang="fr")
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert service.get("/explain", params={"s": CONTRACT}).status_code == 400


def test_explain_in_no_known_format_is_refused(service: httpx.Client) -> None:
    assert explained(service, CONTRACT, "cls:ordinal", "3", format="pdf").status_code == 406


def test_explanations_survive_hostile_words(service: httpx.Client) -> None:
    hostile = json.loads('"\\"><script>alert(1)</script>"')
    page = service.get(
        "/explain", params={"s": CONTRACT, "p": "cls:ordinal", "o": hostile}, headers={"Accept": BROWSER}
    )
    assert page.status_code == 404
    assert "<script" not in page.text
