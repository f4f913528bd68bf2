"""Answers as GeoJSON over HTTP: who is given it, what it holds, where it is refused, and no cut unsaid."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from cls_graph.media import XLSX
from tests import rfc7946

TYPE = "application/geo+json"
HTML = {"Accept": "text/html"}
ID = "https://w3id.org/cls-sante/id/"
CLS = "https://w3id.org/cls-sante/ontology#"
CONTRACTS = f"SELECT ?contract WHERE {{ ?contract a <{CLS}LocalHealthContract> }} ORDER BY ?contract"
NOWHERE = "SELECT (1 AS ?one) {}"


def ask(client: httpx.Client, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


def found(response: httpx.Response) -> dict[str, Any]:
    """The collection that an answer holds, which keeps the rules of RFC 7946."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == TYPE
    return rfc7946.collection(response.content)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (TYPE, TYPE),
        ("application/vnd.geo+json", TYPE),
        (f"{TYPE};q=0.5, text/csv;q=0.4", TYPE),
        (f"{TYPE};q=0.4, text/csv;q=0.5", "text/csv"),
        ("*/*", "application/sparql-results+json"),
        ("application/*", "application/sparql-results+json"),
        # All else that could be given is refused: GeoJSON has to be named.
        (
            "*/*, text/html;q=0, application/sparql-results+json;q=0, application/json;q=0, "
            "application/sparql-results+xml;q=0, application/xml;q=0, text/xml;q=0, text/csv;q=0, "
            "text/tab-separated-values;q=0, "
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;q=0",
            "application/problem+json",
        ),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "text/html"),
    ],
)
def test_it_is_given_to_who_names_it(bundled: httpx.Client, accept: str, given: str) -> None:
    for answer in (
        ask(bundled, CONTRACTS, accept),
        bundled.get("/queries/contracts", headers={"Accept": accept}),
    ):
        assert answer.headers["content-type"].partition(";")[0] == given


@pytest.mark.parametrize("path", ["/contracts", "/organisations", "/territories"])
def test_a_list_is_a_map_for_who_names_it(bundled: httpx.Client, path: str) -> None:
    listed = bundled.get(path, headers={"Accept": "application/*"})
    assert listed.headers["content-type"] == "application/json"
    made = found(bundled.get(path, headers={"Accept": TYPE}))
    assert made == found(bundled.get(f"{path}.geojson")) | {"address": made["address"]}
    items = listed.json()["items"]
    assert [f["properties"]["iri"] for f in made["features"]] == [item["iri"] for item in items]
    assert made["count"] == len(items)
    assert "GeoNames" in made["attribution"]
    assert f'href="{path}.geojson' in bundled.get(path, headers=HTML).text
    narrowed = found(bundled.get(f"{path}.geojson", params={"q": "valence", "lang": "en"}))
    assert 0 < narrowed["count"] < made["count"]
    assert narrowed["parameters"] == {"q": ["valence"]}
    assert found(bundled.get(f"{path}.geojson?q=zzz"))["features"] == []
    some = found(bundled.get(f"{path}.geojson?size=2"))
    assert (some["count"], some["total"]) == (2, len(items))


def test_a_thing_of_a_list_has_its_cells(bundled: httpx.Client) -> None:
    made = found(bundled.get("/contracts.geojson?lang=en&q=valence"))
    (valence,) = made["features"]
    assert valence["geometry"] == {"type": "Point", "coordinates": [4.9096, 44.9256]}
    there = valence["properties"]
    assert there["territory"] == [f"{ID}territory/commune/26362"]
    assert there["territoryLabel"] == ["Valence"]
    assert there["period"] == "2025–2027"
    assert len(there["signatories"]) == len(there["signatoriesLabel"]) == 15
    assert there["geometry:note"] == "Valence (commune/26362): point of the commune"
    assert made["columns"]["label"] == "Contract"


def test_a_list_without_places_is_no_map(bundled: httpx.Client) -> None:
    assert bundled.get("/determinants.geojson").status_code == 404
    assert bundled.get("/determinants", headers={"Accept": TYPE}).status_code == 406
    assert ".geojson" not in bundled.get("/determinants", headers=HTML).text


def test_a_ready_question_says_what_it_is_an_answer_to(bundled: httpx.Client) -> None:
    address = "/queries/co-signatories.geojson"
    answer = bundled.get(address, params={"organisation": "cpam-38", "lang": "en"})
    made = found(answer)
    assert made["title"] == "With whom does an organisation sign?"
    assert made["parameters"] == {"organisation": "cpam-38"}
    assert made["address"] == f"{bundled.base_url}/queries/co-signatories?organisation=cpam-38&lang=en"
    assert made["inference"] is False
    assert made["licence"] in answer.headers["link"]
    assert made["release"].partition(" ")[0] in answer.headers["cls-release"]
    rows = bundled.get("/queries/co-signatories.json", params={"organisation": "cpam-38"}).json()["results"]
    assert len(rows["bindings"]) == made["count"]
    kept = {"If-None-Match": answer.headers["etag"]}
    again = bundled.get(address, params={"organisation": "cpam-38", "lang": "en"}, headers=kept)
    assert again.status_code == 304
    other = bundled.get(
        address, params={"organisation": "cpam-38", "lang": "en", "place": "one"}, headers=kept
    )
    assert found(other)["placedBy"] == "one"


@pytest.mark.parametrize(("lang", "words"), [("fr", "Aucune colonne ne dit"), ("en", "No column says")])
def test_without_a_place_it_is_refused_with_the_reason(bundled: httpx.Client, lang: str, words: str) -> None:
    for answer in (
        ask(bundled, NOWHERE, lang=lang, format="geojson"),
        ask(bundled, NOWHERE, TYPE, lang=lang),
        bundled.get(f"/queries/determinants.geojson?lang={lang}"),
        bundled.get(f"/queries/determinants?lang={lang}", headers={"Accept": TYPE}),
    ):
        assert answer.status_code == 406
        assert answer.json()["detail"].startswith(words)
    asked = {"lang": lang, "format": "geojson", "place": "nothing"}
    assert ask(bundled, CONTRACTS, **asked).status_code == 400


def test_who_takes_something_else_too_gets_that_where_there_is_no_place(bundled: httpx.Client) -> None:
    accept = f"{TYPE}, application/json;q=0.5"
    for answer in (
        ask(bundled, NOWHERE, accept),
        bundled.get("/queries/determinants", headers={"Accept": accept}),
    ):
        assert answer.status_code == 200
        assert "bindings" in answer.json()["results"]
    graph = ask(
        bundled, f"CONSTRUCT {{ ?c a ?c }} {{ ?c a <{CLS}LocalHealthContract> }}", f"{TYPE}, text/turtle"
    )
    assert graph.headers["content-type"].startswith("text/turtle")
    assert ask(bundled, "CONSTRUCT WHERE { ?s ?p ?o }", format="geojson").status_code == 406
    assert ask(bundled, "ASK {}", format="geojson").status_code == 406
    truth = ask(bundled, "ASK {}", f"{TYPE}, application/sparql-results+json;q=0.9")
    assert truth.json()["boolean"] is True
    for answer in (
        ask(bundled, NOWHERE, f"{TYPE}, text/html;q=0.5"),
        bundled.get("/queries/determinants", headers={"Accept": f"{TYPE}, text/html;q=0.5"}),
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
    sheet = ask(bundled, NOWHERE, f"{TYPE}, {XLSX.media_type};q=0.5, text/csv;q=0.1")
    assert sheet.headers["content-type"] == XLSX.media_type


def test_an_answer_without_rows_is_a_collection_without_features(bundled: httpx.Client) -> None:
    made = found(ask(bundled, "SELECT ?a { ?a <http://example.org/none> ?b }", format="geojson"))
    assert made["features"] == []


def test_thousands_of_rows_by_post(bundled: httpx.Client) -> None:
    query = (
        "SELECT ?org (CONCAT(STR(?a), '-', STR(?b)) AS ?n) { ?org a <http://www.w3.org/ns/org#Organization> "
        "VALUES ?a { 1 2 3 4 5 6 7 8 9 10 11 12 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 11 12 } }"
    )
    made = found(bundled.post("/sparql", data={"query": query, "format": "geojson", "lang": "en"}))
    assert made["count"] > 5000
    assert made["count"] % 144 == 0
    placed = [f for f in made["features"] if f["geometry"]]
    assert made["unplaced"]["count"] == made["count"] - len(placed) < made["count"] / 5
    assert placed[0]["properties"]["orgLabel"]


@pytest.fixture(scope="module")
def few(
    serve: Callable[..., httpx.Client], bundled_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> httpx.Client:
    """A client of a service of three rows an answer, whose first contract has four territories."""
    folder = shutil.copytree(bundled_release, tmp_path_factory.mktemp("few") / "release")
    with (folder / "graph.nq").open("a", encoding="utf-8") as file:
        for code in ("38185", "38151", "38317"):
            file.write(
                f"<{ID}contract/200071199-2025> <{CLS}territory> <{ID}territory/commune/{code}> "
                "<https://w3id.org/cls-sante/graph/made> .\n"
            )
    return serve(folder, max_rows=3)


def test_what_a_limit_cuts_is_said(few: httpx.Client) -> None:
    answer = ask(few, CONTRACTS, format="geojson", lang="en")
    made = found(answer)
    assert answer.headers["cls-truncated"] == "rows=3; limit=max_rows"
    assert made["incomplete"] == "INCOMPLETE: only the first 3 rows are here."
    # The limit cuts what is asked to place the rows, too: nothing is lost by that but time.
    territories = [f["properties"].get("geometry:territory") for f in made["features"]]
    assert territories[1:] == ["epci/243800984", "epci/243800984"]
    assert territories[0] is not None
    listed = few.get("/contracts.geojson")
    count = found(listed)["count"]
    assert listed.headers["cls-truncated"] == f"rows={count}; limit=max_rows"
    assert "incomplete" in found(listed)


def test_what_a_query_blows_up_is_read_up_to_a_limit(bundled: httpx.Client) -> None:
    doubled = "".join(f" BIND (CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(19))
    kind = "<http://www.opengis.net/ont/geosparql#geoJSONLiteral>"
    # Two megabytes each, of a geometry that is none at its end: read, and worth no bytes.
    made = f"STRDT(CONCAT('[', ?x19, STR(?n)), {kind})"
    query = f"SELECT ?w {{ BIND ('123,' AS ?x0){doubled} VALUES ?n {{ 1 2 3 4 5 6 }} BIND ({made} AS ?w) }}"
    answer = ask(bundled, query, format="geojson")
    assert answer.headers["cls-truncated"] == "rows=3; limit=sheet_bytes"
    made = found(answer)
    assert made["count"] == 3
    assert "incomplete" in made


def test_one_that_breaks_off_at_its_end_is_read_in_time(bundled: httpx.Client) -> None:
    kind = "<http://www.opengis.net/ont/geosparql#wktLiteral>"
    doubled = "".join(f" BIND (CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(15))
    made = f"STRDT(CONCAT('LINESTRING (', ?x15, '0-0)'), {kind})"
    query = f"SELECT ?w {{ BIND ('0 0, ' AS ?x0){doubled} BIND ({made} AS ?w) }}"
    (feature,) = found(ask(bundled, query, format="geojson"))["features"]
    assert feature["geometry"] is None
    assert "geometry:note" in feature["properties"]


def test_no_word_is_looked_for_in_a_long_name_of_a_column(bundled: httpx.Client) -> None:
    for more, offered in ((0, True), (200, False)):
        query = f"SELECT (STR('26362') AS ?codeInsee{'o' * more}) {{}}"
        assert (">GeoJSON</a>" in ask(bundled, query, "text/html").text) is offered


def test_pages_offer_it_where_rows_have_a_place(bundled: httpx.Client) -> None:
    def page(query: str) -> str:
        return ask(bundled, query, "text/html", lang="en").text

    assert ">GeoJSON</a>" in page(CONTRACTS)
    assert ">GeoJSON</a>" not in page(NOWHERE)
    assert ">GeoJSON</a>" in bundled.get("/queries/contracts", headers=HTML).text
    assert "geojson" not in bundled.get("/queries/determinants", headers=HTML).text.lower()
    about = bundled.get("/about?lang=en", headers=HTML).text
    assert "GeoNames" in about
    assert "CC BY 4.0" in about


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        ("/queries/similar-contracts?lang=en", ("Contract key", "Key of the other contract")),
        (f"/sparql?format=html&query=SELECT+*+{{+VALUES+(?a+?b)+{{+(<{ID}territory/commune/26362>+<{ID}contract/38382-a>)+}}+}}",
         ("?a", "?b")),
    ],
)  # fmt: skip
def test_a_page_offers_it_by_each_column_that_has_places(
    bundled: httpx.Client, page: str, labels: tuple[str, str]
) -> None:
    text = bundled.get(page, headers=HTML).text
    offered = [re.search(rf'href="([^"]*)">GeoJSON \({re.escape(label)}\)<', text) for label in labels]
    first, second = (found(bundled.get(unescape(one[1]))) for one in offered if one)
    assert [f["geometry"] for f in first["features"]] != [f["geometry"] for f in second["features"]]
    assert ">GeoJSON<" not in text


def test_the_description_tells_of_it(bundled: httpx.Client) -> None:
    paths = bundled.get("/openapi.json").json()["paths"]
    for path in ("/sparql", "/queries/contracts", "/contracts", "/organisations", "/territories"):
        told = paths[path]["get"]
        assert TYPE in told["responses"]["200"]["content"], path
        (form,) = (p["schema"]["enum"] for p in told["parameters"] if p["name"] == "format")
        assert "geojson" in form, path
    assert TYPE not in paths["/determinants"]["get"]["responses"]["200"]["content"]
