"""The pages that people read, on the bundled corpus: lists, matrix, comparison, search, checks."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from typing import Any

import httpx
import openpyxl
import pytest

from cls_graph.checking import Checked
from cls_graph.collation import by_words
from cls_graph_api.pages import answering
from cls_graph_api.pages.comparison import OFFERED, offered
from cls_graph_api.pages.details import Details
from cls_graph_api.pages.model import Contract, Index, Names
from cls_graph_api.pages.noted import noted
from cls_graph_api.pages.side_by_side import Comparison
from cls_graph_api.shown import Basis, Link, Node

HTML = {"Accept": "text/html"}
VALENCE = "3e Contrat local de santé de la Ville de Valence"
LISTS = ("contracts", "organisations", "territories", "determinants")


def rows(client: httpx.Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


def text_of(page: str) -> str:
    """A page as it is read: without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_list_of_several_pages_tells_where_one_is(bundled: httpx.Client) -> None:
    page = bundled.get("/organisations?size=10&page=2", headers={**HTML, "Accept-Language": "en"}).text
    assert "page 2 of 5" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


def test_links_of_the_network_have_heads_in_one_language(bundled: httpx.Client) -> None:
    links = rows(bundled, "/network.csv?lang=fr")
    assert list(links[0]) == ["source", "nom de la source", "cible", "nom de la cible", "poids"]
    assert all(link["poids"].isdecimal() for link in links)


def test_past_the_last_page_nothing_comes(bundled: httpx.Client) -> None:
    """Who pages until nothing comes reads each thing once; a page for people says where the end is."""
    read: list[str] = []
    for number in range(1, 10):
        answer = bundled.get(f"/organisations.json?size=10&page={number}")
        if not answer.json()["items"]:
            break
        read += [item["iri"] for item in answer.json()["items"]]
    assert (number, answer.json()["page"], answer.json()["total"]) == (6, 6, len(read))
    assert len(read) == len(set(read)) > 40
    assert 'page=5>; rel="last"' in answer.headers["link"]
    assert 'rel="next"' not in answer.headers["link"]
    assert rows(bundled, "/contracts.csv?page=9") == []
    page = html.unescape(bundled.get("/organisations?size=10&page=99&lang=en", headers=HTML).text)
    assert "There is no page 99: the list ends at page 5." in page
    assert "Nothing meets these choices" not in page


@pytest.mark.parametrize("signs", ["***", "%", "\x00", "’"])
def test_signs_alone_name_nothing(bundled: httpx.Client, signs: str) -> None:
    for path in ("/contracts", "/search"):
        assert bundled.get(f"{path}.json", params={"q": signs}).json()["total"] == 0, path
    page = bundled.get("/contracts", params={"q": signs, "lang": "fr"}, headers=HTML).text
    assert "Rien ne répond à ces choix." in page


@pytest.mark.parametrize("name", LISTS)
def test_a_choice_leaves_as_many_as_it_says(bundled: httpx.Client, name: str) -> None:
    whole = bundled.get(f"/{name}.json").json()
    assert whole["total"] == len(whole["items"]) > 5
    tried = 0
    for facet, choices in whole["facets"].items():
        for choice in choices[:3]:
            narrowed = bundled.get(f"/{name}.json", params={facet: choice["value"]}).json()
            assert narrowed["total"] == choice["count"], (facet, choice)
            tried += 1
    assert tried > 3


@pytest.mark.parametrize("name", LISTS)
def test_page_json_and_csv_list_the_same(bundled: httpx.Client, name: str) -> None:
    items = bundled.get(f"/{name}", headers={"Accept": "application/json"}).json()["items"]
    lines = rows(bundled, f"/{name}.csv")
    assert [line["IRI"] for line in lines] == [item["iri"] for item in items]
    page = bundled.get(f"/{name}", headers=HTML, params={"size": "500"}).text
    assert page.count('<th scope="row">') + page.count("<td><code>") >= len(items)


@pytest.mark.parametrize(
    "name", [*LISTS, "matrix", "timeline", "map", "network", "compare", "search", "validation"]
)
def test_a_list_can_be_had_of_a_release(bundled: httpx.Client, name: str) -> None:
    version = bundled.get("/dumps", headers={"Accept": "application/json"}).json()["digest"]
    page = bundled.get(f"/{name}", params={"release": version, "lang": "fr"}, headers=HTML)
    assert page.status_code == 200, page.text
    assert f"/contracts?lang=fr&amp;release={version}" in page.text
    assert bundled.get(f"/{name}.csv", params={"release": version}).status_code == 200


@pytest.mark.parametrize("said", ["lead", "rows", "terms", "method", "run", "sparql"])
def test_a_word_that_is_looked_for_is_said_as_it_was_written(bundled: httpx.Client, said: str) -> None:
    page = bundled.get("/contracts", params={"q": said, "lang": "fr"}, headers=HTML)
    assert page.status_code == 200
    assert f"Mots ou code : {said} ×" in text_of(page.text)


def test_a_level_is_told_in_words_everywhere(bundled: httpx.Client) -> None:
    page = text_of(bundled.get("/territories?level=epci&lang=fr", headers=HTML).text)
    assert "Niveau : intercommunalité ×" in page
    assert {row["Niveau"] for row in rows(bundled, "/territories.csv?level=epci&lang=fr")} == {
        "intercommunalité"
    }
    found = bundled.get("/territories.json?level=epci&lang=fr").json()
    assert {item["level"] for item in found["items"]} == {"epci"}
    assert "intercommunalité" in {choice["label"] for choice in found["facets"]["level"]}


def test_a_region_is_not_said_to_lack_what_it_is_part_of(bundled: httpx.Client) -> None:
    page = text_of(bundled.get("/territories?level=region&lang=fr", headers=HTML).text)
    assert "Auvergne-Rhône-Alpes" in page
    assert "non mentionné" not in page


def test_files_are_called_as_people_call_them_on_every_page(bundled: httpx.Client) -> None:
    for path, names in (
        ("/territories", ("JSON", "CSV", "XLSX", "GeoJSON")),
        ("/network", ("JSON", "CSV", "GraphML", "SVG")),
        (
            "/explain?s=id:contract/26362-3&p=prov:wasAttributedTo&o=id:organisation/ars-84&lang=fr",
            ("JSON", "texte"),
        ),
        (
            "/vocab/determinant",
            ("Turtle", "JSON", "CSV", "JSON-LD", "N-Triples", "RDF/XML", "TriG", "N-Quads"),
        ),
    ):
        page = bundled.get(path, headers=HTML).text
        assert tuple(re.findall(r'<a href="[^"]*" type="[^"]*">([^<]*)</a>', page)) == names, path


def test_checks_are_counted_in_words_that_agree(bundled: httpx.Client) -> None:
    page = text_of(bundled.get("/validation?lang=en", headers=HTML).text)
    assert re.search(r"0 errors \d\d+ warnings", page)


def test_choices_of_one_facet_add_up_and_those_of_two_narrow(bundled: httpx.Client) -> None:
    def total(**asked: Any) -> int:
        return int(bundled.get("/contracts.json", params=asked).json()["total"])

    either = total(status=["signed", "launched"])
    assert either == total(status="signed") + total(status="launched")
    both = total(status=["signed", "launched"], departement="departement/26")
    assert 0 < both < either


def test_a_broader_determinant_finds_contracts_on_a_narrower_one(bundled: httpx.Client) -> None:
    narrow = bundled.get("/contracts.json?determinant=logement").json()["items"]
    broad = bundled.get("/contracts.json?determinant=cadre-de-vie").json()["items"]
    assert [item["label"] for item in narrow] == [VALENCE]
    assert VALENCE in {item["label"] for item in broad}
    assert len(broad) > 1


def test_lists_are_sorted_and_paged_with_links(bundled: httpx.Client) -> None:
    first = bundled.get("/organisations.json?sort=name&size=10")
    labels = [item["label"] for item in first.json()["items"]]
    assert labels == sorted(labels, key=by_words)
    assert 'page=2>; rel="next"' in first.headers["link"]
    second = bundled.get("/organisations.json?sort=name&size=10&page=2").json()["items"]
    assert not {item["iri"] for item in second} & {item["iri"] for item in first.json()["items"]}
    down = bundled.get("/organisations.json?sort=-name").json()["items"]
    up = bundled.get("/organisations.json?sort=name").json()["items"]
    assert [i["label"] for i in down] == [i["label"] for i in reversed(up)]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/contracts?statut=signed", "statut"),
        ("/contracts?page=0", "page"),
        ("/contracts?sort=colour", "sort"),
        ("/contracts?q=a&q=b", "q"),
        ("/matrix?by=colour", "by"),
        ("/compare?" + "&".join(f"c=x{n}" for n in range(9)), "8"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_means_nothing_is_refused_by_name(
    bundled: httpx.Client, address: str, said: str, lang: str
) -> None:
    response = bundled.get(address, headers={"Accept": "application/json", "Accept-Language": lang})
    assert response.status_code == 400
    problem = response.json()
    assert said in problem["detail"]
    assert response.headers["content-language"] == lang


@pytest.mark.parametrize("path", ["/contracts", "/contracts.csv", "/matrix", "/timeline", "/network"])
def test_a_value_that_is_no_choice_of_a_facet_is_refused_with_the_choices(
    bundled: httpx.Client, path: str
) -> None:
    response = bundled.get(
        path, params={"determinant": "logment", "lang": "fr"}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 400
    problem = response.json()
    assert problem["parameter"] == "determinant"
    assert problem["choices"][0] == "logement"
    assert "logement (Logement)" in problem["detail"]
    page = bundled.get("/contracts", params={"year": "abc", "lang": "en"}, headers=HTML)
    assert page.status_code == 400
    assert "is not a choice of this facet. Choices: 20" in text_of(page.text)


def test_a_facet_takes_a_code_alone_and_what_nothing_has(bundled: httpx.Client) -> None:
    def items(path: str, **asked: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = bundled.get(path, params=asked).json()["items"]
        return found

    whole = items("/contracts.json", departement="departement/38")
    assert len(whole) == 5
    assert items("/contracts.json", departement="38") == whole
    assert (
        items("/contracts.json", departement="https://w3id.org/cls-sante/id/territory/departement/38")
        == whole
    )
    assert items("/contracts.json", year="1950") == []
    # A term of the list that no contract has yet.
    assert items("/contracts.json", determinant="activite-physique") == []
    page = bundled.get("/contracts", params={"departement": "38", "lang": "fr"}, headers=HTML)
    assert "Département : Isère ×" in text_of(page.text)


def test_a_key_that_no_contract_has_is_not_found(bundled: httpx.Client) -> None:
    response = bundled.get("/compare?c=26362-3&c=99999-9", headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert "99999-9" in response.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("saint etienne", "Saint-Étienne"),
        ("SAINT-ÉTIENNE", "Saint-Étienne"),
        ("St Étienne", "Saint-Étienne"),
        ("CPAM drome", "Caisse primaire d’assurance maladie de la Drôme"),
        ("Auvergne-Rhône-AAlpes", "Agence régionale de santé Auvergne-Rhône-Alpes"),
        ("212603625", "Ville de Valence"),
        ("26362-3", VALENCE),
        ("habitat indigne", "Logement"),
        ("valnece", "Valence"),
        ("logment", "Logement"),
        ("prs", "Projet régional de santé 2018-2028"),
    ],
)
def test_search_finds(bundled: httpx.Client, asked: str, found: str) -> None:
    items = bundled.get("/search.json", params={"q": asked, "lang": "fr"}).json()["items"]
    assert items[0]["label"] == found, [item["label"] for item in items]


def test_data_of_a_search_have_all_hits_unless_a_page_is_asked_for(bundled: httpx.Client) -> None:
    whole = bundled.get("/search.json?q=sant%C3%A9").json()
    assert whole["total"] == len(whole["items"]) > 30
    assert len(rows(bundled, "/search.csv?q=sant%C3%A9")) == whole["total"]
    second = bundled.get("/search.json?q=sant%C3%A9&page=2&size=20").json()
    assert [item["iri"] for item in second["items"]] == [item["iri"] for item in whole["items"][20:40]]
    assert (whole["page"], whole["size"]) == (1, whole["total"])
    assert (second["page"], second["size"]) == (2, 20)
    past = bundled.get("/search.json?q=sant%C3%A9&page=99").json()
    assert (past["items"], past["total"], past["page"]) == ([], whole["total"], 99)
    page = text_of(bundled.get("/search?q=sant%C3%A9&page=99&lang=fr", headers=HTML).text)
    assert f"{whole['total']} résultats" in page
    assert "Il n'y a pas de page 99" in html.unescape(page)
    assert "Rien ne porte ce nom" not in page


RDF_FIRST = (
    "application/rdf+xml", "application/ld+json", "application/n-triples", "application/n-quads",
    "text/turtle", "application/trig",
)  # fmt: skip


@pytest.mark.parametrize("accept", RDF_FIRST)
@pytest.mark.parametrize(
    "path",
    ["/id/contract/26362-3", "/vocab/determinant", "/ontology", "/sparql?query=DESCRIBE%20%3Curn:x%3E"],
)
def test_who_prefers_rdf_is_given_rdf(bundled: httpx.Client, path: str, accept: str) -> None:
    both = f"{accept}, text/html;q=0.5"
    found = bundled.get(path, headers={"Accept": both}, follow_redirects=True)
    assert found.headers["content-type"].partition(";")[0] == accept, found.text[:200]
    assert (
        bundled.get("/nowhere", headers={"Accept": both}).headers["content-type"]
        == "application/problem+json"
    )


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/contracts", "application/rdf+xml, text/html;q=0.5"),
        ("/sparql?query=SELECT%20*%20%7B%7D", "application/rdf+xml, text/html;q=0.5"),
        ("/ontology", "application/sparql-results+json, text/html;q=0.5"),
        ("/ontology", "text/html, text/plain, text/sgml, */*;q=0.01"),
        ("/id/contract/26362-3", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ],
)
def test_a_page_is_given_where_nothing_else_would_do(bundled: httpx.Client, path: str, accept: str) -> None:
    found = bundled.get(path, headers={"Accept": accept}, follow_redirects=True)
    assert found.status_code == 200
    assert found.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/dumps", "/queries", "/contracts", "/search", "/releases"])
def test_the_form_that_is_asked_for_is_given_or_refused(bundled: httpx.Client, path: str) -> None:
    for form, kind in (("html", "text/html"), ("json", "application/json")):
        for accept in ("text/html", "application/json"):
            found = bundled.get(path, params={"format": form}, headers={"Accept": accept})
            assert found.headers["content-type"].partition(";")[0] == kind, (form, accept)
    assert bundled.get(path, params={"format": "ttl"}).status_code == 406


def test_search_says_when_it_forgave_a_slip_and_when_there_is_nothing(bundled: httpx.Client) -> None:
    near = bundled.get("/search.json?q=valnece").json()
    exact = bundled.get("/search.json?q=valence").json()
    assert not any(item["exact"] for item in near["items"])
    assert all(item["exact"] for item in exact["items"])
    page = bundled.get("/search", params={"q": '"><script>x', "lang": "en"}, headers=HTML)
    assert "<script>x" not in page.text
    assert "Nothing has this name" in page.text


def test_the_matrix_says_on_which_axis(bundled: httpx.Client) -> None:
    by_label = {row["Contrat"]: row for row in rows(bundled, "/matrix.csv?lang=fr")}
    assert by_label[VALENCE]["Logement"] == "stratégique"
    assert by_label["Contrat local de santé d’Échirolles"]["Logement"] == ""
    table = bundled.get("/matrix.json?by=kinds").json()
    for place, column in enumerate(table["columns"]):
        assert column["contracts"] == sum(row["cells"][place] is not None for row in table["rows"])
    assert sum(c["contracts"] for c in table["columns"]) > 20


@pytest.mark.parametrize("by", ["determinants", "themes", "kinds"])
def test_each_cell_of_the_matrix_leads_to_a_place_on_the_page(bundled: httpx.Client, by: str) -> None:
    page = bundled.get(f"/matrix?by={by}&lang=fr", headers=HTML).text
    places = {html.unescape(place) for place in re.findall(r'<td class="yes"><a href="([^"]*)"', page)}
    assert len(places) > 5
    pages: dict[str, str] = {}
    for place in places:
        path, _, anchor = place.partition("#")
        if path not in pages:
            pages[path] = bundled.get(path, headers=HTML, follow_redirects=True).text
        assert anchor, place
        assert f'id="{anchor}"' in pages[path], place


@pytest.mark.parametrize("path", ["matrix", *LISTS])
def test_a_table_can_be_had_as_a_workbook(bundled: httpx.Client, path: str) -> None:
    answer = bundled.get(f"/{path}.xlsx?lang=fr&q=a")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    lines = [["" if v is None else str(v) for v in row] for row in book.worksheets[0].values]
    written = list(csv.reader(io.StringIO(bundled.get(f"/{path}.csv?lang=fr&q=a").text.lstrip("\ufeff"))))
    assert lines == written
    told = {row[0]: row[1] for row in book.worksheets[1].values}
    assert told["Mots ou code"] == "a"
    assert f"/{path}.xlsx" in told["Adresse"]
    assert "lang=fr" in told["Adresse"]
    assert told["Nombre de lignes"] == len(lines) - 1
    assert f'href="/{path}.xlsx' in bundled.get(f"/{path}", headers=HTML).text


def test_a_workbook_of_a_list_says_what_was_chosen_in_words(bundled: httpx.Client) -> None:
    answer = bundled.get("/contracts.xlsx", params={"lang": "en", "departement": "departement/38"})
    about = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[1]
    told = {row[0]: row[1] for row in about.values}
    assert "Isère" in told.values()
    assert not [value for value in told.values() if str(value) == "departement/38"]


def test_side_by_side_tells_what_is_shared_and_what_is_only_here(bundled: httpx.Client) -> None:
    found = bundled.get("/compare.json?c=26362-3&c=42218-a&lang=fr").json()
    sections = {s["name"]: {row["label"]: row for row in s["rows"]} for s in found["sections"]}
    agency = sections["signing"]["agence régionale de santé"]
    assert agency["shared"] == "all"
    assert sections["determinants_title"]["Logement"]["shared"] == "only"
    assert sections["determinants_title"]["Logement"]["cells"][1] is None
    page = text_of(
        bundled.get("/compare?c=26362-3&c=42218-a", headers={**HTML, "Accept-Language": "en"}).text
    )
    assert "not mentioned in the sources we have" in page


def test_a_comparison_is_had_as_a_workbook_that_says_what_it_is(bundled: httpx.Client) -> None:
    asked = "c=42218-a&c=26362-3&lang=fr"
    answer = bundled.get(f"/compare.xlsx?{asked}")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    table, about = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    heads, *lines = [list(row) for row in table.values]
    assert heads == [
        *("Partie", "Propriété"),
        "Contrat local de santé de la Ville de Saint-Étienne · …–2028 · 42218-a",
        f"{VALENCE} · 2025–2027 · 26362-3",
        "En commun",
    ]
    written = list(csv.reader(io.StringIO(bundled.get(f"/compare.csv?{asked}").text.lstrip("\ufeff"))))
    assert [heads, *([str(v or "") for v in line] for line in lines)] == written
    by_head = {line[1]: line[2:] for line in lines}
    assert [iri.rpartition("/")[2] for iri in by_head["IRI"][:2]] == ["42218-a", "26362-3"]
    # A figure is a number, and what is not mentioned is nothing, neither zero nor a dash.
    assert by_head["axe stratégique"] == [4, 3, None]
    assert by_head["signataire"][:2] == [None, 16]
    told = {row[0]: row[1] for row in about.values}
    digest = bundled.get("/dumps", headers={"Accept": "application/json"}).json()["digest"]
    assert f"({digest[:12]})" in told["Publication"]
    assert told["Licence"] == "https://spdx.org/licenses/etalab-2.0"
    assert told["Adresse"].endswith("/compare.xlsx?c=42218-a&c=26362-3&lang=fr")
    assert "Ville de Valence (26362-3)" in told["contrat"]
    page = html.unescape(bundled.get(f"/compare?{asked}", headers=HTML).text)
    for form in ("json", "csv", "xlsx"):
        assert f'href="/compare.{form}?c=42218-a&c=26362-3&lang=fr"' in page


def test_contracts_of_one_name_are_told_apart_side_by_side() -> None:
    index = Index()
    for key, begin in (("die-1", 2018), ("die-2", 2018), ("=die", None)):
        index.contracts[key] = Contract(key, key=key, begin=begin)
        index.names[key] = Names({"fr": "=Contrat de Die"})
    compared = Comparison(list(index.contracts.values()), index, Details(), "fr", str)
    heads, lines = compared.table()
    assert heads[2:5] == [
        f"=Contrat de Die · {rest}" for rest in ("2018–… · die-1", "2018–… · die-2", "=die")
    ]
    assert lines[0][2:5] == ["die-1", "die-2", "=die"]
    told = compared.as_json()["contracts"]
    assert [(c["key"], c["period"]) for c in told] == [
        ("die-1", "2018–…"),
        ("die-2", "2018–…"),
        ("=die", None),
    ]
    # A spreadsheet runs none of it.
    first = answering.as_csv(heads, lines).decode("utf-8-sig").splitlines()[0]
    assert first.split(",")[2:5] == [f"'{head}" for head in heads[2:5]]


def test_contracts_to_compare_are_searched_and_told_apart(bundled: httpx.Client) -> None:
    page = bundled.get("/compare?c=26362-3&q=echirolles&lang=fr", headers=HTML).text
    ticks = re.findall(r'name="c" value="([^"]+)"( checked)?', page)
    assert ticks == [
        ("26362-3", " checked"),
        ("38151-a", ""),
    ]
    index = Index()
    for key, begin in (("a", 2018), ("b", 2022), ("c", None), ("d", 2022)):
        index.contracts[key] = Contract(key, key=key, begin=begin)
        index.names[key] = Names({"fr": "Contrat de Die"})
    names = [name for _, (name, _), _ in offered([], index, "fr", "die")]
    told = ("c", "2018–… · a", "2022–… · b", "2022–… · d")
    assert names == [f"Contrat de Die · {marks}" for marks in told]


def test_no_match_among_contracts_to_compare_is_said_in_words(bundled: httpx.Client) -> None:
    page = bundled.get("/compare?q=zzz&lang=fr", headers=HTML).text
    assert "Aucun contrat n'a « zzz » dans son nom ou sa clé." in html.unescape(text_of(page))
    page = bundled.get("/compare?c=26362-3&q=zzz&lang=en", headers=HTML).text
    assert "No other contract has 'zzz' in its name or key." in html.unescape(text_of(page))
    assert "in its name or key" not in bundled.get("/compare?q=valence&lang=en", headers=HTML).text
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_chosen_contract_is_among_those_offered() -> None:
    index = Index(contracts={f"c/{n:04}": Contract(f"c/{n:04}", f"{n:04}") for n in range(OFFERED + 9)})
    chosen = index.contracts[f"c/{OFFERED + 8:04}"]
    found = offered([chosen], index, "fr")
    assert len(found) == OFFERED
    assert found[0] == (chosen.key, (chosen.key, ""), True)
    assert [ticked for _, _, ticked in found].count(True) == 1


def test_how_many_can_be_compared_is_said_beside_the_button(bundled: httpx.Client) -> None:
    for path in ("/compare", "/contracts"):
        page = text_of(bundled.get(path, headers={**HTML, "Accept-Language": "en"}).text)
        assert "Compare the ticked contracts at most 8" in page


def test_the_start_page_asks_what_it_shows(bundled: httpx.Client) -> None:
    page = bundled.get("/?release=0&theme=dark&lang=en", headers=HTML)
    assert page.status_code == 404
    digest = bundled.get("/dumps", headers={"Accept": "application/json"}).json()["digest"]
    page = bundled.get(f"/?release={digest}&theme=dark&lang=en", headers=HTML)
    form = page.text[page.text.index('id="own"') :]
    for name, value in (("release", digest), ("theme", "dark"), ("lang", "en")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form[: form.index("</form>")]


def test_a_period_without_a_beginning_is_not_made_whole(bundled: httpx.Client) -> None:
    found = {row["IRI"].rpartition("/")[2]: row for row in rows(bundled, "/timeline.csv?lang=en")}
    assert (found["42218-a"]["Begins"], found["42218-a"]["Ends"]) == ("", "2028")
    page = bundled.get("/timeline", headers=HTML).text
    kinds = re.findall(r'<rect [^>]*class="(bar|unsure)"', page)
    assert sorted(kinds) == ["bar", "bar", "unsure"]


def test_a_duration_without_dates_is_told(bundled: httpx.Client) -> None:
    """What a text does say of a period is never 'not mentioned'."""
    for path in ("/contracts?lang=fr", "/compare?c=243800984-2&c=26362-3&lang=fr"):
        page = bundled.get(path, headers=HTML).text
        assert "5 ans, dates non mentionnées" in page, path
    listed = {row["IRI"].rpartition("/")[2]: row for row in rows(bundled, "/contracts.csv?lang=en")}
    assert listed["243800984-2"]["Period"] == "5 years, dates not mentioned"
    assert (listed["26362-3"]["Period"], listed["38151-a"]["Period"]) == ("2025–2027", "")
    found = {row["IRI"].rpartition("/")[2]: row for row in rows(bundled, "/timeline.csv?lang=en")}
    assert (found["243800984-2"]["Stated duration"], found["243800984-2"]["Begins"]) == ("5 years", "")
    assert "<td>5 ans</td>" in bundled.get("/timeline?lang=fr", headers=HTML).text
    items = {item["iri"].rpartition("/")[2]: item for item in bundled.get("/timeline.json").json()["items"]}
    assert items["243800984-2"]["duration"] == "P5Y"


def test_the_tile_grid_counts_as_the_list_does(bundled: httpx.Client) -> None:
    for item in bundled.get("/map.json").json()["items"]:
        listed = bundled.get("/contracts.json", params={"departement": f"departement/{item['code']}"}).json()
        assert listed["total"] == item["contracts"]


def test_the_report_of_the_checks_is_the_one_of_the_build(
    bundled: httpx.Client, bundled_check: Checked
) -> None:
    report = bundled.get("/validation.json").json()
    expected = Counter(finding.severity for finding in bundled_check.findings)
    assert {k: v for k, v in report["counts"].items() if v} == dict(expected)
    only = bundled.get("/validation.json?severity=warning").json()["findings"]
    assert len(only) == expected["warning"]
    assert not any(finding["file"].startswith("/") for finding in report["findings"])


def test_a_release_without_a_report_says_so(client: httpx.Client) -> None:
    page = client.get("/validation", headers={**HTML, "Accept-Language": "en"})
    assert "carries no report" in page.text.replace("\n", " ")
    assert client.get("/validation.json").json()["known"] is False


def test_every_fact_of_a_contract_has_its_quote_at_a_click(bundled: httpx.Client) -> None:
    page = bundled.get("/page/contract/26362-3", headers={**HTML, "Accept-Language": "fr"}).text
    assert page.count("<details") > 40
    for quote in ("la période 2025-2027", "lancé leur 3e CLS"):
        at = page.index(quote)
        opened = page.rfind("<details", 0, at)
        assert page.index("</details>", opened) > at
    assert "Ouvrir comme requête" in page
    assert "26362-3" in page[page.index('id="cite"') :]


def test_a_node_is_headed_by_what_tells_it_from_its_like(bundled: httpx.Client) -> None:
    page = bundled.get("/page/contract/26362-3", headers={**HTML, "Accept-Language": "fr"}).text
    heads = [text_of(head).strip() for head in re.findall(r"<h3>(.*?)</h3>", page, re.DOTALL)]
    assert "signataire – Ville de Valence" in heads
    assert "fiche action – 30" in heads


def test_links_to_a_thing_come_in_pages(bundled: httpx.Client) -> None:
    first = bundled.get("/page/document/valence", headers=HTML)
    assert first.status_code == 200
    assert bundled.get("/page/document/valence?incoming=0", headers=HTML).status_code == 400
    pages = re.search(r"incoming=2", first.text)
    if pages:
        second = bundled.get("/page/document/valence?incoming=2", headers=HTML)
        assert second.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", ["/about", "/accessibility"])
def test_pages_name_the_publisher_and_say_where_no_contact_is_set(bundled: httpx.Client, path: str) -> None:
    page = html.unescape(bundled.get(f"{path}?lang=fr", headers=HTML).text)
    assert "<dt>Éditeur</dt><dd>cls-graph</dd>" in page
    assert "Ces données ne disent pas à qui écrire" in page


def test_the_start_page_counts_facts_as_the_question_does(bundled: httpx.Client) -> None:
    rows = bundled.get("/queries/statements-by-status.json?lang=fr").json()["results"]["bindings"]
    facts = sum(int(row["facts"]["value"]) for row in rows)
    page = bundled.get("/?lang=fr", headers=HTML).text
    counts = page.partition('<ul class="counts"')[2].partition("</ul>")[0]
    assert f"<strong>{facts}</strong> faits" in counts
    assert "énoncé" not in counts


@pytest.mark.parametrize("path", ["/", "/contracts", "/matrix", "/search?q=valence", "/validation", "/about"])
def test_pages_are_conditional_and_differ_by_language_and_theme(bundled: httpx.Client, path: str) -> None:
    french = bundled.get(path, headers={**HTML, "Accept-Language": "fr"})
    english = bundled.get(path, headers={**HTML, "Accept-Language": "en"})
    assert french.headers["etag"] != english.headers["etag"]
    assert not french.headers["etag"].startswith("W/")
    again = bundled.get(
        path, headers={**HTML, "Accept-Language": "fr", "If-None-Match": french.headers["etag"]}
    )
    assert again.status_code == 304
    dark = bundled.get(path + ("&" if "?" in path else "?") + "theme=dark", headers=HTML)
    assert 'data-theme="dark"' in dark.text
    assert "/contracts?theme=dark" in dark.text


def test_the_page_of_a_contract_says_first_what_the_lists_say(bundled: httpx.Client) -> None:
    listed = bundled.get("/contracts.json?q=26362-3&lang=fr").json()["items"][0]
    page = bundled.get("/page/contract/26362-3?lang=fr", headers=HTML).text
    text = text_of(page)
    brief = page[page.index("En bref") : page.index("Identité")]
    assert f"Déterminants ({len(listed['determinants'])})" in text
    assert [d["label"] for d in listed["determinants"]] == re.findall(r'<a href="#[^"]+">([^<]+)</a>', brief)
    assert listed["period"] in text_of(brief)
    # What each determinant leads to is on the page.
    anchors = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors
    for doubled in ("période period", "liste de communes communes", "a pour engagement (", "autres choix"):
        assert doubled not in text
    assert "Engagements (18)" in text


def test_computed_facts_say_so_and_lead_to_why(bundled: httpx.Client) -> None:
    page = bundled.get("/page/contract/26362-3?lang=en", headers=HTML).text
    ways = re.findall(r'<a class="served" href="(/explain[^"]+)"', page)
    assert len(ways) > 20
    asked = html.unescape(next(way for way in ways if "signatory" in way))
    answer = bundled.get(asked, headers=HTML)
    assert answer.status_code == 200
    assert "26362-3" in answer.text
    assert page.count(">computed</span>") == len(ways)


def test_what_the_checks_say_alike_is_one_line_with_its_facts(bundled: httpx.Client) -> None:
    page = bundled.get("/page/contract/26362-3?lang=fr", headers=HTML).text
    checks = page[page.index('id="checks"') : page.index('id="data"')]
    assert checks.count("La citation n’a pas de mots avant ni après elle.") == 1
    facts = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', checks)
    assert ("engagement-04", "signataire – Préfecture de la Drôme") in facts
    assert "/validation?rule=" in checks


def test_the_facts_of_a_rule_are_listed_up_to_a_number() -> None:
    check: dict[str, Any] = {"severity": "info", "rule": "r", "message": {"fr": "Trop."}}
    many = [{**check, "node": f"x/{n}", "subject": n} for n in range(25)]
    about = Node("x", Link("x"), [], Basis())
    (one,) = noted(many, about, "x", "fr", lambda rule: f"/validation?rule={rule}")
    assert (len(one.facts), one.more, one.all) == (20, 5, "/validation?rule=r")
    (few,) = noted(many[:20], about, "x", "fr", str)
    assert (len(few.facts), few.more) == (20, 0)


@pytest.mark.parametrize("path", ["/about", "/licences", "/"])
def test_the_licence_of_the_data_is_called_by_its_name(bundled: httpx.Client, path: str) -> None:
    page = bundled.get(path, headers=HTML).text
    name = "Licence Ouverte / Open Licence version 2.0"
    assert f'<a href="https://spdx.org/licenses/etalab-2.0" rel="license">{name}</a>' in page
