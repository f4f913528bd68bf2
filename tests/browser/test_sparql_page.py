"""The SPARQL page in Chromium: editor, errors, views, cancelling, history; and the page without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Page, expect

CLS = "PREFIX cls: <https://w3id.org/cls-sante/ontology#>\n"
BY_PLACE = CLS + (
    "SELECT ?dep (COUNT(DISTINCT ?c) AS ?contrats) WHERE { ?c cls:inDepartement ?dep }\n"
    "GROUP BY ?dep ORDER BY ?dep"
)
PAIRS = CLS + "SELECT ?contrat ?organisme WHERE { ?contrat cls:signatory ?organisme }"
WRONG = CLS + "SELECT ?x WHERE {\n  ?x a cls:Foo .\n  ?x ?y }\n}"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERYTHING = "SELECT * WHERE { ?s ?p ?o }"
GRAPH = CLS + "CONSTRUCT { ?c cls:signatory ?o } WHERE { ?c cls:signatory ?o }"


def address(query: str, view: str = "") -> str:
    return f"/sparql?query={quote(query)}" + (f"&view={view}" if view else "")


def write(page: Page, query: str) -> None:
    """Write a query into the editor, by the keyboard alone."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(query[0])
    page.keyboard.insert_text(query[1:])


def write_and_run(page: Page, query: str) -> None:
    write(page, query)
    page.keyboard.press("Control+Enter")


def edited(page: Page) -> None:
    """Wait for the editor."""
    expect(page.locator(".cm-content")).to_be_visible()


PICTURES = {
    "": "/sparql",
    "table": address(PAIRS),
    "chart": address(BY_PLACE, "chart"),
    "tiles": address(BY_PLACE, "tiles"),
    "network": address(PAIRS, "network"),
    "cut": address(EVERYTHING),
    "graph": address(GRAPH),
    "yes": address("ASK {}"),
    "wrong": address(WRONG),
}


@pytest.mark.parametrize("state", PICTURES)
def test_the_page_is_sound_in_every_state(sound: Callable[..., None], state: str) -> None:
    sound(PICTURES[state], ready=drawn if state == "network" else edited)


def drawn(page: Page) -> None:
    """Wait for the editor, and for the network that can be moved."""
    edited(page)
    expect(page.locator("#web[data-ready]")).to_be_attached()


def test_an_answer_that_is_a_network_is_one_that_can_be_moved(visit: Callable[..., Any]) -> None:
    seen = visit("/sparql")
    page, loaded = seen.page, []
    page.on("request", lambda request: loaded.append(request.url))

    def scripts() -> list[str]:
        return [url for url in loaded if "/vendor/network" in url]

    write_and_run(page, PAIRS)
    page.locator("#result").get_by_role("link", name="Réseau").wait_for()
    assert scripts() == [], "the script of networks is loaded once there is one"
    page.locator("#result").get_by_role("link", name="Réseau").click()
    drawn(page)
    assert len(scripts()) == 1
    expect(page.locator("#web .still")).to_be_hidden()
    for number, body in enumerate(["Centre Hospitalier Alpes Isère", "Ville de Valence"]):
        row = page.locator("tr[data-node]", has_text=body).last
        row.get_by_role("button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_have_text(re.compile(rf"{body}.* : [1-9] voisin"))
        if not number:
            # The next answer, of statements, is as live as the first.
            write_and_run(page, GRAPH)
            expect(page.locator("#result").get_by_text("Texte (Turtle)")).to_be_visible()
            page.locator("#result").get_by_role("link", name="Réseau").click()
            drawn(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="PNG").click()
    assert got.value.path().read_bytes().startswith(b"\x89PNG")
    for form, begins in {"SVG": "<svg", "GraphML": "<?xml", "CSV": "\ufeffsource"}.items():
        link = page.locator("#result .files").last.get_by_role("link", name=form, exact=True)
        answer = page.request.get(seen.origin + (link.get_attribute("href") or ""))
        assert answer.text().startswith(begins)
    assert len(scripts()) == 1
    seen.accessible()
    seen.clean()


def test_the_network_of_a_posted_query_can_be_moved_and_had_as_files(visit: Callable[..., Any]) -> None:
    seen = visit("/sparql")
    page = seen.page
    write_and_run(page, PAIRS + "\n" + "# a long comment\n" * 500)
    page.locator("#result").get_by_role("button", name="Réseau").click()
    drawn(page)
    with page.expect_download() as got:
        page.locator("#result .files").get_by_role("button", name="GraphML").click()
    assert b"<graphml" in got.value.path().read_bytes()
    seen.clean()


def test_without_a_script_a_network_is_a_still_picture_beside_its_table(visit: Callable[..., Any]) -> None:
    page = visit(PICTURES["network"], javascript=False).page
    assert page.locator("#web svg.picture").first.is_visible()
    assert page.locator("#web .live").is_hidden()
    assert page.locator("tr[data-node]").count() > 20


def test_a_query_is_written_and_run_by_the_keyboard(visit: Callable[..., Any]) -> None:
    seen = visit("/sparql")
    page = seen.page
    write_and_run(page, BY_PLACE)
    expect(page.locator("#result tbody tr")).to_have_count(4)
    expect(page.locator("#result h2")).to_be_focused()
    expect(page.locator("#status")).to_have_text("4 lignes")
    # The address is that of the result, and shows it to whoever opens it.
    again = visit(page.url.removeprefix(seen.origin), javascript=False).page
    assert again.locator("#result tbody tr").count() == 4
    assert again.locator("#query").input_value() == BY_PLACE
    seen.clean()


def test_an_empty_query_is_told_of(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Lancer").click()
    expect(page.locator("#status")).to_have_text("Écrivez d'abord une requête.")
    expect(page.locator(".cm-content")).to_be_focused()


def test_escape_then_tab_leaves_the_editor(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    help_text = page.locator("#editor-help").first
    expect(help_text).to_contain_text("Échap puis Tab")
    expect(help_text).to_be_visible()
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=infer]")).to_be_focused()


def test_the_editor_proposes_the_terms_of_the_endpoint(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write(page, "SELECT * WHERE {\n  ?c ")
    page.keyboard.type("signat")
    option = page.locator(".cm-tooltip-autocomplete li", has_text="cls:signatory").first
    expect(option).to_contain_text("signataire")
    option.click()
    # The prefix that the query lacked is there now.
    assert page.locator("#query").input_value().startswith(CLS + "SELECT")
    assert page.locator("#query").input_value().endswith("?c cls:signatory")
    page.keyboard.type(" ?o . ?c cls:territory Valence")
    expect(page.locator(".cm-tooltip-autocomplete li", has_text="/commune/26362")).to_be_visible()


def proposals(page: Page, query: str, typed: str) -> list[str]:
    """What the editor proposes once ``typed`` stands behind ``query``."""
    write(page, query)
    if typed:
        page.keyboard.type(typed)
    else:
        page.keyboard.press("Control+Space")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options.first).to_be_visible()
    return options.all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("skos:pref", "skos:prefLabel"),
        ("dcterms:ti", "dcterms:title"),
        ("rdfs:lab", "rdfs:label"),
        ("skos:broa", "skos:broader"),
    ],
)
def test_the_editor_proposes_the_properties_of_all_things(
    visit: Callable[..., Any], typed: str, name: str
) -> None:
    first = proposals(visit("/sparql").page, "SELECT * WHERE { ?c ", typed)[0]
    assert re.match(rf"{name}.*\(\d+\)", first, re.DOTALL), first


def test_the_properties_of_the_class_of_the_subject_come_first(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    usual = proposals(page, "SELECT * WHERE { ?c ", "")
    page.keyboard.press("Escape")
    first = proposals(page, CLS + "SELECT * WHERE { ?c a cls:LocalHealthContract ; ", "")[:20]
    known = httpx.get(page.url + "/completions", headers={"Accept": "application/json"}).json()
    own = known["uses"]["https://w3id.org/cls-sante/ontology#LocalHealthContract"]
    names = {name or f"<{iri}>" for iri, name, *_ in known["terms"] if iri in own}
    assert all(said.startswith(tuple(names)) for said in first), first
    assert not all(said.startswith(tuple(names)) for said in usual[:20])


@pytest.mark.parametrize(
    ("before", "own"),
    [
        ("?c a cls:LocalHealthContract ; cls:party [ a cls:Engagement ; ", "Engagement"),
        ("?c a cls:LocalHealthContract ; cls:party [ a cls:Engagement ] ; ", "LocalHealthContract"),
        ("[ a cls:Engagement ] ", "Engagement"),
    ],
)
def test_a_node_in_brackets_is_a_subject_of_its_own(visit: Callable[..., Any], before: str, own: str) -> None:
    page = visit("/sparql").page
    first = proposals(page, CLS + "SELECT * WHERE { " + before, "")[:5]
    known = httpx.get(page.url + "/completions", headers={"Accept": "application/json"}).json()
    uses = known["uses"][f"https://w3id.org/cls-sante/ontology#{own}"]
    names = {name or f"<{iri}>" for iri, name, *_ in known["terms"] if iri in uses}
    assert len(first) == 5
    assert all(said.startswith(tuple(names)) for said in first), first


def test_nothing_is_proposed_in_a_language_tag(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write(page, 'SELECT * WHERE { ?c ?p "x"')
    page.keyboard.type("@f")
    page.wait_for_timeout(600)
    expect(page.locator(".cm-tooltip-autocomplete")).to_have_count(0)


def test_an_error_is_shown_at_its_line(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write_and_run(page, WRONG)
    expect(page.locator("#result .problem")).to_contain_text("Ligne 4, colonne 9")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    page.get_by_role("button", name="Aller à la ligne 4").click()
    expect(page.locator(".cm-activeLine")).to_have_text("  ?x ?y }")
    # A right query takes the mark away.
    write_and_run(page, BY_PLACE)
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)


def until_told(page: Page, service: httpx.Client, figure: str) -> None:
    """Wait until the service has a figure: it counts a query once its worker has ended."""
    for _ in range(100):
        if re.search(figure, service.get("/metrics").text):
            return
        page.wait_for_timeout(100)
    raise AssertionError(service.get("/metrics").text)


def test_stopping_stops_the_query_itself(visit: Callable[..., Any], serve: Any, bundled_release: Any) -> None:
    service: httpx.Client = serve(bundled_release, query_timeout=60.0)
    seen = visit("/sparql", at=service)
    page = seen.page
    until_told(page, service, r"cls_workers_idle 2\b")
    with page.expect_request(lambda request: "query=" in request.url) as sent:
        write_and_run(page, ENDLESS)
    stop = page.get_by_role("button", name="Arrêter la requête")
    expect(stop).to_be_visible()
    identifier = sent.value.headers["query-request-id"]
    until_told(page, service, r"cls_workers_idle 1\b")
    stop.click()
    # A wish that was fulfilled is no fault: neither in red, nor on the console.
    expect(page.locator("#status")).to_have_text("La requête a été arrêtée.")
    expect(page.locator("#result .problem")).to_have_count(0)
    expect(stop).to_be_hidden()
    seen.clean()
    assert service.delete(f"/sparql/running/{identifier}").status_code == 404
    until_told(page, service, r'cancel[^\n]*"} 1\b')


@pytest.mark.parametrize("javascript", [True, False])
def test_views_fit_or_say_why_not(visit: Callable[..., Any], javascript: bool) -> None:
    page = visit(address(BY_PLACE), javascript=javascript).page
    views = page.get_by_role("navigation", name="Montrer comme")
    expect(views).to_contain_text("deux colonnes de choses")
    views.get_by_role("link", name="Grille des départements").click()
    expect(page.locator("svg.picture")).to_contain_text("contrats par département")
    expect(page.locator("svg.picture a")).to_have_count(4)
    views.get_by_role("link", name="Diagramme").click()
    expect(page.locator("svg.picture .bar")).to_have_count(4)
    assert "view=chart" in page.url
    page.go_back()
    expect(page.locator("svg.picture a").first).to_be_visible()
    expect(page.locator("svg.picture .bar")).to_have_count(0)


def test_a_view_that_does_not_fit_is_not_a_blank(visit: Callable[..., Any]) -> None:
    page = visit(address(PAIRS, "tiles")).page
    expect(page.locator("#result .warn")).to_contain_text("Grille des départements")
    expect(page.locator("#result tbody tr")).not_to_have_count(0)


def test_a_cut_answer_says_so_where_it_is_counted(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write_and_run(page, EVERYTHING)
    expect(page.locator("#status")).to_have_text("Réponse incomplète : 500 lignes")
    expect(page.locator("#result .cut")).to_contain_text("Seules les 500 premières lignes")
    with page.expect_download() as got:
        page.locator("#result .cut").get_by_role("link", name="CSV").click()
    assert len(got.value.path().read_bytes().splitlines()) > 501


def test_history_stays_in_the_browser_and_is_cleared(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write_and_run(page, BY_PLACE)
    expect(page.locator("#result tbody tr")).to_have_count(4)
    write_and_run(page, "ASK {}")
    expect(page.locator(".truth")).to_have_text("oui")
    page.reload()
    page.get_by_text("Vos requêtes passées").click()
    past = page.locator("#history li button")
    expect(past).to_have_count(2)
    past.nth(1).click()
    assert page.locator("#query").input_value() == BY_PLACE
    page.get_by_role("button", name="Effacer l'historique").click()
    expect(past).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_hostile_history_is_only_text(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    evil = '[{"query": "<img src=x onerror=alert(1)>", "when": "x"}, 3, null]'
    page.evaluate("text => localStorage.setItem('cls-graph:sparql:history', text)", evil)
    page.reload()
    page.get_by_text("Vos requêtes passées").click()
    expect(page.locator("#history li")).to_have_count(1)
    assert page.locator("#history img").count() == 0


def test_a_long_query_is_posted(visit: Callable[..., Any]) -> None:
    page = visit("/sparql").page
    write_and_run(page, BY_PLACE + "\n" + "# a long comment\n" * 500)
    expect(page.locator("#result tbody tr")).to_have_count(4)
    expect(page.locator("#status")).to_have_text("4 lignes")
    page.locator("#result").get_by_role("button", name="Diagramme").click()
    expect(page.locator("svg.picture .bar")).to_have_count(4)


def test_without_a_script_the_form_does_all_it_says(visit: Callable[..., Any]) -> None:
    page = visit("/sparql", javascript=False).page
    assert page.locator("#history").is_hidden()
    assert page.locator("#stop").is_hidden()
    page.locator("#query").fill(BY_PLACE)
    page.get_by_role("button", name="Lancer").click()
    assert page.locator("#result tbody tr").count() == 4
    page.locator("#query").fill(WRONG)
    page.get_by_role("button", name="Lancer").click()
    assert "Ligne 4, colonne 9" in page.locator(".problem").inner_text()
    assert page.locator("#query").input_value().splitlines() == WRONG.splitlines()
    page.get_by_text("Exemples", exact=True).click()
    page.locator(".examples-menu a").first.click()
    assert page.locator("#query").input_value().startswith("PREFIX")
    page.get_by_role("button", name="Lancer").click()
    assert page.locator("#result tbody tr").count() > 0


def test_the_language_and_theme_of_the_address_are_kept(visit: Callable[..., Any]) -> None:
    page = visit("/sparql?lang=en&theme=dark").page
    write_and_run(page, BY_PLACE)
    expect(page.locator("#status")).to_have_text("4 rows")
    assert "lang=en" in page.url
    assert "theme=dark" in page.url


def test_an_empty_answer_names_what_the_data_do_not_have(visit: Callable[..., Any]) -> None:
    wrong = CLS + "SELECT * WHERE { ?c cls:signatori ?o ; a cls:LocalHealthContract }"
    for javascript in (True, False):
        page = visit(address(wrong), javascript=javascript).page
        hint = page.locator("#result .warn")
        expect(hint).to_contain_text(
            "Nulle part dans les données : cls:signatori (Vouliez-vous dire « cls:signatory »"
        )
        expect(hint).not_to_contain_text("LocalHealthContract")
    page = visit(address(CLS + "SELECT * WHERE { ?c cls:signatory ?o FILTER(false) }")).page
    expect(page.locator("#result h2")).to_be_visible()
    assert page.locator("#result .warn").count() == 0


def test_a_result_is_sorted_by_its_heads_with_the_keyboard(visit: Callable[..., Any]) -> None:
    values = "SELECT * WHERE { VALUES (?n ?t) { (10 'b') (9 'É') (100 'a') (UNDEF 'z') } }"
    seen = visit(address(values))
    page = seen.page
    edited(page)

    def column(place: int) -> list[str]:
        return [t.strip() for t in page.locator(f"#result tbody td:nth-child({place})").all_text_contents()]

    head = page.locator("#result thead th").first
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert column(1) == ["9", "10", "100", ""]
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")
    assert column(1) == ["100", "10", "9", ""]
    page.locator("#result thead th").nth(1).get_by_role("button").click()
    assert column(2) == ["a", "b", "É", "z"]
    expect(head).not_to_have_attribute("aria-sort", "descending")
    expect(page.locator("#status")).to_contain_text("Lignes triées par")
    seen.accessible()
    seen.clean()
    page = visit(address(EVERYTHING)).page
    edited(page)
    page.locator("#result thead th button").first.click()
    expect(page.locator("#status")).to_contain_text("Seules les lignes montrées sont triées")
