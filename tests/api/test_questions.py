"""The ready questions over HTTP: forms that need no script, typed operations, tables for people."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pyoxigraph as ox
import pytest

from cls_graph.media import XLSX
from cls_graph.namespaces import CLS, DCTERMS, RDF, RDFS, SKOS
from cls_graph.queries import library
from cls_graph.queries.tables import Names, csv_table, workbook

HTML = {"Accept": "text/html"}


def sheets(response: httpx.Response) -> dict[str, list[list[Any]]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == XLSX.media_type
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book}


def test_every_question_is_on_the_list_and_answers(bundled: httpx.Client) -> None:
    for lang in ("fr", "en"):
        page = html.unescape(bundled.get("/queries", params={"lang": lang}, headers=HTML).text)
        for name, question in library().items():
            assert question.title[lang] in page
            assert f'"/queries/{name}?lang={lang}"' in page
    for name, question in library().items():
        page = html.unescape(bundled.get(f"/queries/{name}?view=table", headers=HTML).text)
        assert question.title["fr"] in page
        assert (
            all(
                f">{question.label(c, 'fr')}</th>" in page
                for c in question.columns
                if c not in question.programs
            )
            or "aucune ligne" in page
        )
        assert all(f'name="{p.name}"' in page for p in question.parameters if p.type != "language")
    assert [said["name"] for said in bundled.get("/queries.json").json()] == list(library())


def test_a_form_that_is_sent_gives_its_answer_with_names_and_links(bundled: httpx.Client) -> None:
    page = bundled.get("/queries/contracts-by-determinant", headers=HTML).text
    options = re.findall(r'<option value="([^"]+)"( selected)?>', page)
    assert ("sante-mentale", " selected") in options
    assert len(options) > 30
    page = bundled.get("/queries/contracts-by-determinant?determinant=logement&lang=fr", headers=HTML).text
    assert 'href="/id/contract/26362-3?lang=fr">26362-3</a>' in page
    # The downloads are of the same answer.
    link = re.search(r'href="(/queries/contracts-by-determinant\.csv\?[^"]*)"', page)
    assert link
    rows = list(csv.reader(io.StringIO(bundled.get(html.unescape(link[1])).text)))
    assert rows[0] == ["\ufeffClé du contrat", "Titre", "Élément de programme", "Nœud"]
    assert {row[0] for row in rows[1:]} == {"26362-3"}


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/queries/programme?contract=26362", 400, "26362-3"),
        ("/queries/programme?contrat=26362-3", 400, "contract"),
        ("/queries/programme?contract=26362-3&contract=42218-a", 400, "contract"),
        ("/queries/in-force?date=hier", 400, "2026-01-31"),
        ("/queries/in-force?headers=all", 400, "names"),
        ("/queries/in-forse", 404, "in-force"),
        ("/queries/in-force.docx", 404, "in-force.docx"),
        ("/queries/in-force?format=ttl", 406, "text/csv"),
    ],
)
def test_what_is_wrong_is_told(bundled: httpx.Client, path: str, status: int, said: str) -> None:
    response = bundled.get(path, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.text
    assert bundled.get(path, headers=HTML).status_code == status


def test_the_description_has_the_parameters_with_their_types(bundled: httpx.Client) -> None:
    paths = bundled.get("/openapi.json").json()["paths"]
    assert {path.removeprefix("/queries/") for path in paths if path.startswith("/queries/")} == set(
        library()
    )
    said = {p["name"]: p["schema"] for p in paths["/queries/in-force"]["get"]["parameters"]}
    assert said["date"] == {"type": "string", "format": "date", "default": "2026-01-01"}
    said = {p["name"]: p["schema"] for p in paths["/queries/similar-contracts"]["get"]["parameters"]}
    assert said["minimum"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1}


def test_a_workbook_says_what_it_is_an_answer_to(bundled: httpx.Client) -> None:
    response = bundled.get("/queries/funding.xlsx", params={"lang": "en"})
    found = sheets(response)
    assert list(found) == ["Answer", "About"]
    assert found["Answer"][0][:3] == ["Contract key", "Funder", "Amount"]
    assert [row[2] for row in found["Answer"][1:]] == [15816, 35000]
    about = {row[0]: row[1] for row in found["About"][1:]}
    assert about["Question"] == library()["funding"].title["en"]
    assert about["Licence"].startswith("https://")
    assert about["Address"] == f"{bundled.base_url}/queries/funding?lang=en"
    assert "SELECT" in about["SPARQL query"]
    again = bundled.get("/queries/funding.xlsx", params={"lang": "en"})
    assert again.content == response.content
    tag = {"If-None-Match": response.headers["etag"]}
    assert bundled.get("/queries/funding.xlsx", params={"lang": "en"}, headers=tag).status_code == 304


def test_a_workbook_links_things_and_types_values_and_runs_no_formula(bundled: httpx.Client) -> None:
    query = (
        'SELECT * { VALUES (?date ?number ?truth ?text ?thing) { ("2025-04-16"^^<http://www.w3.org/2001/'
        'XMLSchema#date> 12.50 true "=1+1" <https://w3id.org/cls-sante/id/organisation/ars-84>) } }'
    )
    for asked in ({"format": "xlsx"}, {}):
        response = bundled.get(
            "/sparql", params={"query": query, **asked}, headers={} if asked else {"Accept": XLSX.media_type}
        )
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        head, row = book["Réponse"].iter_rows()
        found = {name.value: cell for name, cell in zip(head, row, strict=True)}
        assert found["date"].value.isoformat()[:10] == "2025-04-16"
        assert found["number"].value == 12.5
        assert found["truth"].value == "oui"
        assert (found["text"].value, found["text"].data_type) == ("=1+1", "s")
        assert found["thing"].value == "Agence régionale de santé Auvergne-Rhône-Alpes"
        assert found["thing"].hyperlink.target == "https://w3id.org/cls-sante/id/organisation/ars-84"
    assert bundled.get("/sparql", params={"query": "ASK {}", "format": "xlsx"}).status_code == 406


def test_what_is_cut_says_so_on_both_sheets_and_in_csv() -> None:
    rows = [[ox.Literal(1)], [ox.Literal(2)]]
    names = Names("en")
    book = openpyxl.load_workbook(io.BytesIO(workbook(["n"], rows, names, [("Question", "?")], cut=True)))
    answer = [cell.value for cell in book["Answer"]["A"]]
    assert answer[1].startswith("INCOMPLETE: only the first 2 rows")
    assert answer[-1] == answer[1]
    assert book["About"]["B2"].value == answer[1]
    assert "INCOMPLETE" in csv_table(["n"], rows, names, cut=True).decode().splitlines()[-1]


def test_an_answer_is_first_shown_as_its_question_says(bundled: httpx.Client) -> None:
    drawn = {name: q.view for name, q in library().items() if q.view != "table"}
    assert set(drawn.values()) == {"chart", "network", "tiles"}
    for name, view in drawn.items():
        page = bundled.get(f"/queries/{name}?lang=en", headers=HTML).text
        figure = re.search(r'<figure class="picture">.*?</figure>', page, re.DOTALL)
        assert figure, name
        shown = page[figure.start() :]
        assert f'tabindex="0" role="group" aria-label="{WORDS[view]}"' in shown, name
        # What is measured stands above the picture, for everybody and on paper.
        assert re.search(r"<figcaption>[^<]{9,}</figcaption>", figure[0]), name
        assert "<svg" in shown
        table = re.search(r'href="(/queries/[^"]*view=table[^"]*)"', page)
        assert table
        assert "<th scope" in bundled.get(html.unescape(table[1]).partition("#")[0], headers=HTML).text


def test_an_empty_answer_says_what_it_means(bundled: httpx.Client) -> None:
    page = html.unescape(bundled.get("/queries/quotes-with?text=xyzzy&lang=en", headers=HTML).text)
    assert "No quote holds these words one after the other" in page
    page = html.unescape(bundled.get("/queries/period-conflicts?lang=fr", headers=HTML).text)
    assert "c'est ce que l'on attend" in page
    page = html.unescape(bundled.get("/queries/quotes-with?lang=en", headers=HTML).text)
    assert "No quote holds these words" not in page


def test_a_value_that_is_refused_stays_in_the_form_with_the_reason(bundled: httpx.Client) -> None:
    answer = bundled.get("/queries/in-force?date=2025-02-30&lang=en", headers=HTML)
    assert answer.status_code == 400
    field = re.search(r"<input id=\"p-date\"[^>]*>", answer.text)
    assert field
    for said in ('type="text" value="2025-02-30"', 'aria-invalid="true"', 'aria-describedby="e-date"'):
        assert said in field[0]
    assert re.search(r'id="e-date">[^<]*is not a date', answer.text)
    # A list to choose from is there too, and programs get the problem as before.
    other = bundled.get("/queries/coverage?departement=nowhere&lang=en", headers=HTML)
    assert other.status_code == 400
    assert '<option value="departement/38">' in other.text
    assert bundled.get("/queries/in-force.json?date=2025-02-30").json()["parameter"] == "date"


def test_codes_are_for_programs_and_words_for_people(bundled: httpx.Client) -> None:
    role = "https://w3id.org/cls-sante/vocab/party-role/signatory"
    for row in bundled.get("/queries/cpam.json?lang=en").json()["results"]["bindings"][:1]:
        assert (row["role"]["value"], row["roleCode"]["value"]) == ("signatory", role)
    page = bundled.get("/queries/cpam?lang=fr", headers=HTML).text
    assert ">signataire<" in page
    assert role not in page[: page.index("<pre")]
    assert role not in bundled.get("/queries/cpam.csv?lang=fr").text
    assert role in bundled.get("/queries/cpam.csv?lang=fr&headers=names").text
    book = sheets(bundled.get("/queries/funding.xlsx?lang=fr"))["Réponse"]
    head, *rows = book
    said = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["Durée"] for row in said} == {None, "5 ans"}
    assert {row["Fréquence"] for row in said} == {None, "annuel"}
    assert {row["Année"] for row in said} == {None, 2024}
    head, *rows = sheets(bundled.get("/queries/milestones.xlsx?lang=fr"))["Réponse"]
    inferred = {dict(zip(head, row, strict=True))["Date inférée"] for row in rows}
    assert {d for d in inferred if d} == {datetime(2025, 4, 2), datetime(2025, 4, 16), datetime(2023, 3, 28)}


def test_a_network_of_an_answer_is_a_picture_a_table_and_files(bundled: httpx.Client) -> None:
    page = html.unescape(bundled.get("/queries/similar-contracts?lang=en", headers=HTML).text)
    # Contracts are written by their territories, under one shape; the table beside holds each.
    written = re.findall(r"<text[^>]*>([^<]+)</text>", page)
    assert {"Valence", "Saint-Étienne", "Saint-Égrève", "CC Plaine Limagne", "contract"} <= set(written)
    assert "Contract key" not in written
    assert len(re.findall("<tr data-node=", page)) == 5
    links = dict(re.findall(r'<a href="([^"]*network=(?:json|csv|graphml|svg))">(\w+)</a>', page))
    files = {form.lower(): bundled.get(url) for url, form in links.items()}
    assert {form: found.status_code for form, found in files.items()} == dict.fromkeys(
        ("json", "csv", "graphml", "svg"), 200
    )
    found = files["json"].json()
    assert {node["brief"] for node in found["nodes"]} >= {"Valence", "CC Plaine Limagne"}
    weights = {link["weight"] for link in found["links"]}
    assert len(list(csv.reader(io.StringIO(files["csv"].text)))) == 1 + len(found["links"])
    assert weights <= {1, 2}
    assert files["graphml"].text.count("<node ") == 5
    assert files["svg"].headers["content-type"].startswith("image/svg+xml")
    assert bundled.get("/queries/similar-contracts?network=gexf").status_code == 400
    refused = bundled.get("/queries/funding?network=svg&lang=en")
    assert refused.status_code == 400
    assert "two columns of things" in refused.text


def test_the_co_signatories_of_a_body_are_a_network_around_it(bundled: httpx.Client) -> None:
    found = bundled.get("/queries/co-signatories?network=json&lang=en").json()
    agency = "https://w3id.org/cls-sante/id/organisation/ars-84"
    assert {link["source"] for link in found["links"]} == {agency}
    assert len(found["nodes"]) == 1 + len(found["links"])
    assert agency not in bundled.get("/queries/co-signatories.csv?lang=en").text


def test_the_network_of_a_query_of_ones_own_links_things(bundled: httpx.Client) -> None:
    triples = {"query": "SELECT ?s ?p ?o { ?s ?p ?o FILTER (isIRI(?o)) }", "network": "json"}
    found = bundled.get("/sparql", params=triples).json()
    names = {node["id"] for node in found["nodes"]}
    assert not [name for name in names if name.startswith(CLS)]
    pair = f"SELECT ?a ?c ?b {{ ?c <{CLS}signatory> ?a , ?b FILTER (STR(?a) < STR(?b)) }}"
    found = bundled.get("/sparql", params={"query": pair, "network": "json"}).json()
    assert {node["id"].split("/")[-2] for node in found["nodes"]} == {"organisation"}
    page = bundled.get("/sparql", params={"query": pair, "view": "network"}, headers=HTML).text
    assert "network=graphml" in page
    assert "<tr data-node=" in page


PREFIX = "urn:cls:made:"


@pytest.fixture(scope="module")
def made(
    serve: Callable[..., httpx.Client], bundled_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> httpx.Client:
    """A client of a service with a chain of 700 named things, and a contract of an agency and 350 others."""
    folder = shutil.copytree(bundled_release, tmp_path_factory.mktemp("made") / "release")
    name, next_ = f"<{RDFS}label>", f"<{PREFIX}next>"
    with (folder / "graph.nq").open("a", encoding="utf-8") as file:
        for n in range(700):
            file.write(f'<{PREFIX}{n}> {name} "Thing {n}" <https://w3id.org/cls-sante/graph/made> .\n')
            file.write(f"<{PREFIX}{n}> {next_} <{PREFIX}{n + 1}> <https://w3id.org/cls-sante/graph/made> .\n")
        thing = "<https://w3id.org/cls-sante/id/"
        contract = f"{thing}contract/made-1>"
        said = [f'<{DCTERMS}identifier> "made-1"', f"<{RDF}type> <{CLS}LocalHealthContract>"]
        others = [f"made-{n}" for n in range(350)]
        said += [f"<{CLS}signatory> {thing}organisation/{key}>" for key in ("ars-84", *others)]
        lines = [f"{contract} {one}" for one in said]
        lines += [f'{thing}organisation/{key}> <{DCTERMS}identifier> "{key}"' for key in others]
        kind = f"<http://www.w3.org/ns/org#classification> <{PREFIX}kind>"
        lines += [f'{thing}organisation/{key}> <{SKOS}prefLabel> "Body {key}"@fr' for key in others]
        lines += [f"{thing}organisation/{key}> {kind}" for key in others]
        lines += [f'<{PREFIX}kind> <{SKOS}prefLabel> "{lang}"@{lang}' for lang in ("fr", "en")]
        file.write("".join(f"{line} <https://w3id.org/cls-sante/graph/made> .\n" for line in lines))
    return serve(folder)


def test_the_file_of_a_network_is_of_the_whole_answer_with_all_names(made: httpx.Client) -> None:
    chain = f"?a <{PREFIX}next> ?b"
    for query in (f"SELECT ?a ?b {{ {chain} }}", f"CONSTRUCT {{ {chain} }} WHERE {{ {chain} }}"):
        answer = made.get("/sparql", params={"query": query, "network": "json"})
        assert "CLS-Truncated" not in answer.headers
        found = answer.json()
        assert len(found["links"]) == 700
        labels = {node["id"]: node["label"] for node in found["nodes"]}
        assert [labels[f"{PREFIX}{n}"] for n in range(700)] == [f"Thing {n}" for n in range(700)]
        # The page weaves all of the answer too, of which it lists 500 rows at most.
        page = made.get(
            "/sparql", params={"query": query, "view": "network", "lang": "en"}, headers=HTML
        ).text
        assert "Incomplete answer" not in page
        assert "401 of the least linked nodes are not shown" in page
        assert len(embedded(page)["nodes"]) == 300
        listed = made.get(
            "/sparql", params={"query": query, "view": "tiles", "lang": "en"}, headers=HTML
        ).text
        assert "Only the first 500 rows are shown" in listed or "Only the beginning of the graph" in listed


def embedded(page: str) -> Any:
    """The network that a page has for its script."""
    found = re.search(r'<script type="application/json">(.*)</script>\n<figure', page)
    assert found
    return json.loads(found[1])


def test_what_a_network_is_told_with_cannot_leave_its_script(made: httpx.Client) -> None:
    evil = "</script><script>alert(1)</script>"
    query = f'SELECT ?a ?aLabel ?b {{ VALUES (?a ?aLabel ?b) {{ (<urn:a> "{evil}" <urn:b>) }} }}'
    page = made.get("/sparql", params={"query": query, "view": "network"}, headers=HTML).text
    assert "<script>alert" not in page
    assert evil in [node["label"] for node in embedded(page)["nodes"]]


def test_the_limit_that_cuts_the_file_of_a_network_is_named(
    made: httpx.Client, serve: Callable[..., httpx.Client], bundled_release: Path
) -> None:
    every = f"?a <{PREFIX}next> ?b . ?c <{PREFIX}next> ?d"
    many = f"CONSTRUCT {{ ?a ?c ?d }} WHERE {{ {every} }}"
    answer = made.get("/sparql", params={"query": many, "network": "csv"})
    assert answer.headers["CLS-Truncated"] == "rows=50000; limit=sheet_rows"
    few = serve(bundled_release, max_rows=3)
    query = f"SELECT ?a ?b {{ ?a <{CLS}signatory> ?b }}"
    answer = few.get("/sparql", params={"query": query, "network": "csv"})
    assert answer.headers["CLS-Truncated"] == "rows=3; limit=max_rows"


def test_the_script_of_a_page_draws_the_network_of_its_table(made: httpx.Client) -> None:
    page = made.get("/queries/co-signatories?view=network&lang=en", headers=HTML).text
    table = set(re.findall('<tr data-node="([^"]+)"', page))
    assert len(table) == 300
    found = embedded(page)
    assert {node["id"] for node in found["nodes"]} == table
    assert f"{found['left_out']} of the least linked nodes are not shown" in page
    every = made.get("/queries/co-signatories?network=json").json()
    assert len(every["nodes"]) == 300 + found["left_out"]


def test_a_node_that_leads_nowhere_is_no_link(made: httpx.Client) -> None:
    query = f"SELECT ?a ?b {{ ?a <{PREFIX}next> ?b }} LIMIT 3"
    page = made.get("/sparql", params={"query": query, "view": "network"}, headers=HTML).text
    rows = re.findall(r"<tr data-node=.*?</th>", page)
    assert len(rows) >= 3
    assert not [row for row in rows if "<a" in row]


@pytest.mark.parametrize("name", sorted(n for n, q in library().items() if q.computed))
def test_a_computed_answer_says_how_wherever_its_query_is(bundled: httpx.Client, name: str) -> None:
    how = library()[name].how
    page = html.unescape(bundled.get(f"/queries/{name}?lang=en", headers=HTML).text)
    assert how["en"] in page[page.index('id="computed"') : page.index('aria-describedby="computed"')]
    link = re.search(r'href="(/sparql[?][^"]*)" aria-describedby="computed"', page)
    assert link
    assert f"# {how['en']}" in html.unescape(bundled.get(link[1], headers=HTML).text)
    for form in ("rq", "ttl"):
        example = bundled.get(f"/.well-known/sparql-examples/{name}.{form}").text
        assert how["fr"] in example
        assert how["en"] in example
    about = {row[0]: row[1] for row in sheets(bundled.get(f"/queries/{name}.xlsx?lang=en"))["About"]}
    assert about["Computation"] == how["en"]
    assert f"# {how['en']}" in about["SPARQL query"]


def bars(page: str) -> list[tuple[str, str]]:
    """The labels of the bars of a chart, each with what stands beside its bars."""
    figure = re.search(r'<figure class="picture">.*?</figure>', page, re.DOTALL)
    assert figure
    groups = re.findall(r"<title>([^<]+)</title>", figure[0])
    return [(label, said) for label, _, said in (html.unescape(g).partition(": ") for g in groups)]


def test_a_chart_shows_what_its_question_is_about(bundled: httpx.Client) -> None:
    def chart(name: str) -> dict[str, str]:
        return dict(bars(bundled.get(f"/queries/{name}?lang=en&view=chart", headers=HTML).text))

    # The total, not the year.
    agency = "Agence régionale de santé Auvergne-Rhône-Alpes"
    assert chart("funding-by-year") == {
        f"{agency} · EUR": "2024: 15,816",
        f"{agency} · EUR · annual": "–: 35,000",
    }
    assert chart("betweenness")[agency] == "0.675"
    assert chart("statements-by-status")["framework reference"] == "stated: 3; inferred: 1"
    assert "strategic: 2" in chart("determinants-by-axis-type")["Access to health care"]
    assert "announced: 30; recorded: 0" in " ".join(chart("announced").values()).lower()


def test_a_person_chooses_the_columns_of_a_picture(bundled: httpx.Client) -> None:
    address = "/queries/organisations-by-kind?lang=en&view=chart"
    page = bundled.get(address, headers=HTML).text
    assert ">Number of contracts by kind</figcaption>" in page
    fields = dict(re.findall(r'<select id="c-(\w+)" name="(\w+)"', page))
    assert set(fields) == {"label", "value", "series"}
    page = bundled.get(f"{address}&value=organisations", headers=HTML).text
    assert '<option value="organisations" selected>' in page
    assert ">Organisations by kind</figcaption>" in page
    both = bundled.get(f"{address}&value=organisations,contracts", headers=HTML).text
    assert dict(bars(both))["regional health agency"] == "Organisations: 1; Number of contracts: 5"
    # A link to another view leaves the columns out, which are those of this one.
    assert "value=organisations" not in " ".join(re.findall('href="([^"]*view=table[^"]*)"', both))


def test_a_page_that_tells_its_seconds_has_no_strong_tag(bundled: httpx.Client) -> None:
    address = "/queries/contracts?lang=fr"
    tag = bundled.get(address, headers=HTML).headers["etag"]
    assert tag.startswith('W/"')
    assert bundled.get(address, headers={**HTML, "If-None-Match": tag}).status_code == 304
    # Files have the same bytes each time.
    assert bundled.get("/queries/contracts.csv?lang=fr").headers["etag"].startswith('"')
    address = "/queries/similar-contracts?lang=fr&network=json"
    assert bundled.get(address, headers=HTML).headers["etag"].startswith('"')


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "organisations-by-kind?value=label",
            "value: the column 'label' does not do; possible columns: organ",
        ),
        ("organisations-by-kind?label=nope", "label: the column 'nope' does not do; possible columns: kind"),
        ("funding-by-year?value=year", "possible columns: facts (Number of facts), total (Computed total)"),
        ("similar-contracts?source=title", "possible columns: key (Contract key), otherKey"),
    ],
)
def test_a_column_that_does_not_do_is_refused_with_the_choices(
    bundled: httpx.Client, address: str, said: str
) -> None:
    answer = bundled.get(f"/queries/{address}&lang=en", headers=HTML)
    assert answer.status_code == 400
    assert said in html.unescape(answer.text)


def test_the_sparql_page_too_lets_one_choose(bundled: httpx.Client) -> None:
    query = "SELECT ?y ?label ?n { VALUES (?y ?label ?n) { (2024 'Air' 7) (2025 'Air' 8) } }"
    asked = {"query": query, "view": "chart", "lang": "en"}
    page = bundled.get("/sparql", params=asked, headers=HTML).text
    assert '<select id="c-value" name="value" form="sparql-form">' in page
    # What tells the two rows apart is found without being asked for.
    assert dict(bars(page))["Air"] == "2024: 7; 2025: 8"
    page = bundled.get("/sparql", params={**asked, "label": "y", "series": "-"}, headers=HTML).text
    assert bars(page) == [("2024", "7"), ("2025", "8")]
    page = bundled.get("/sparql", params={**asked, "value": "label"}, headers=HTML)
    assert page.status_code == 400
    assert "possible columns: n, y" in page.text
    # A view that is asked for is checked alike on both pages, a table too.
    for view in ("table", "chart"):
        bogus = {"view": view, "label": "bogus", "lang": "en"}
        for path, more in (("/sparql", {"query": query}), ("/queries/organisations-by-kind", {})):
            assert bundled.get(path, params={**bogus, **more}, headers=HTML).status_code == 400, (path, view)
    # The form sends the columns of the last picture with any query: they are nothing to its table.
    assert bundled.get("/sparql", params={"query": query, "value": "label"}, headers=HTML).status_code == 200


WORDS = {"chart": "Chart", "network": "Picture of the network", "tiles": "Grid of départements"}


def test_a_view_that_does_not_fit_says_why_and_one_that_is_none_is_refused(bundled: httpx.Client) -> None:
    page = bundled.get("/queries/funding?view=network&lang=en", headers=HTML)
    assert "two columns of things" in page.text
    assert "<th scope" in page.text
    assert '<input type="hidden" name="view" value="network">' in page.text
    assert bundled.get("/queries/funding?view=globe", headers=HTML).status_code == 400


def test_a_computed_answer_that_is_long_is_sent_whole(
    serve: Callable[..., httpx.Client], bundled_release: Path, tmp_path: Path
) -> None:
    many = 330
    folder = shutil.copytree(bundled_release, tmp_path / "release")
    with (folder / "graph.nq").open("a", encoding="utf-8") as file:
        for n in range(many):
            one = f"<https://w3id.org/cls-sante/id/contract/made-{n:03d}>"
            for said in (
                f"<{RDF}type> <{CLS}LocalHealthContract>",
                f'<{DCTERMS}identifier> "made-{n:03d}"',
                f'<{DCTERMS}title> "Made\\tup {n}"',
                f"<{CLS}signatory> <https://w3id.org/cls-sante/id/organisation/made>",
            ):
                file.write(f"{one} {said} <https://w3id.org/cls-sante/graph/made> .\n")
    client = serve(folder)
    expected = many * (many - 1) // 2
    found = client.get("/queries/similar-contracts.json").json()["results"]["bindings"]
    made = [row for row in found if row["key"]["value"].startswith("made-")]
    assert len(made) == expected > 50_000
    assert made[0]["title"]["value"] == "Made\tup 0"
    lines = client.get("/queries/similar-contracts.tsv").text.splitlines()
    assert len(lines) == len(found) + 1
    cut = client.get("/queries/similar-contracts.csv")
    assert "INCOMPLET" in cut.text.splitlines()[-1]


def test_a_computed_question_answers_in_every_format(bundled: httpx.Client) -> None:
    for suffix in ("json", "xml", "tsv", "csv", "xlsx"):
        response = bundled.get(f"/queries/betweenness.{suffix}")
        assert response.status_code == 200
        assert suffix == "xlsx" or "0.675269" in response.text


@pytest.fixture(scope="module")
def elsewhere(
    release: Path, start: Callable[..., httpx.Client], tmp_path_factory: pytest.TempPathFactory
) -> httpx.Client:
    """A client of a service over another corpus: a contract of its own, and no body."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in ("graph.nq", "manifest.json"):
        text = (release / name).read_text(encoding="utf-8").replace("26362-3", "99001-1")
        text = "".join(line for line in text.splitlines(True) if "/ns/org#classification" not in line)
        (folder / name).write_text(text, encoding="utf-8")
    return start(folder=folder)


@pytest.mark.parametrize("name", ["facts", "programme", "co-signatories", "spellings"])
def test_a_question_of_another_corpus_begins_with_what_is_in_it(elsewhere: httpx.Client, name: str) -> None:
    page = elsewhere.get(f"/queries/{name}", headers=HTML)
    assert page.status_code == 200, page.text
    csv = elsewhere.get(f"/queries/{name}.csv")
    assert csv.status_code == 200, csv.text
    form = page.text[page.text.index("<form") : page.text.index('id="answer"')]
    editor = elsewhere.get(f"/sparql?example={name}", headers=HTML).text
    text = elsewhere.get(f"/.well-known/sparql-examples/{name}.rq").text
    for said in (form, editor, text):
        assert "26362-3" not in said
        assert "ars-84" not in said
    if library()[name].parameter("contract"):
        assert 'value="99001-1" selected' in form
        assert '"99001-1"' in text
    else:
        assert "VALUES ?organisationKey { UNDEF }" in text


def test_the_description_names_no_thing_of_one_corpus(elsewhere: httpx.Client) -> None:
    for path in ("/queries.json", "/openapi.json"):
        text = elsewhere.get(path, headers={"Accept": "application/json"}).text
        assert '"default": "26362-3"' not in text.replace('":"', '": "')
        assert "ars-84" not in text


def test_numbers_of_a_question_are_written_as_the_language_does(bundled: httpx.Client) -> None:
    for lang, shape in (("fr", r"\b\d{1,3}\u202f\d{3}\b"), ("en", r"\b\d{1,3},\d{3}\b")):
        cells = re.findall(
            r"<td[^>]*>([^<]*)", bundled.get(f"/queries/coverage?view=table&lang={lang}", headers=HTML).text
        )
        assert any(re.fullmatch(shape, html.unescape(cell).strip()) for cell in cells)
        assert not any(re.fullmatch(r"\d{5,}", cell.strip()) for cell in cells)
