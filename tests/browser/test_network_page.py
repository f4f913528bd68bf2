"""The network page in Chromium: picture, table, files; and without a script."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

PAGES = ("/network", "/network?mode=organisations&centre=all")


def drawn(page: Page) -> None:
    """Wait for the picture."""
    expect(page.locator("#web[data-ready]")).to_be_attached()


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_sound(sound: Callable[..., None], path: str) -> None:
    sound(path, ready=drawn)


def test_a_node_is_chosen_from_the_table_by_the_keyboard(visit: Callable[..., Any]) -> None:
    seen = visit("/network")
    page = seen.page
    drawn(page)
    row = page.locator("tr[data-node]", has_text="Centre Hospitalier Alpes Isère")
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text(re.compile(r"Centre Hospitalier Alpes Isère : [2-9] voisins"))
    page.get_by_role("button", name="Tout voir").click()
    expect(page.locator("#told")).to_be_empty()
    seen.clean()


_WRITTEN = """
window.written = [];
for (const pen of [CanvasRenderingContext2D.prototype, OffscreenCanvasRenderingContext2D.prototype]) {
  const write = pen.fillText;
  pen.fillText = function (said, ...at) {
    window.written.push(said);
    write.call(this, said, ...at);
  };
}
"""


_SEEN = "() => new Promise(done => setTimeout(() => requestAnimationFrame(() => done(window.written)), 200))"
"""What was written, once what follows a move (after 120 ms) is drawn."""


def test_names_are_as_long_as_there_is_room_for(visit: Callable[..., Any]) -> None:
    """What the script writes on its canvas: whole names where it is wide, their beginnings where not."""
    page = visit("/network?centre=commune-38382").page
    page.add_init_script(_WRITTEN)

    def written(width: int) -> set[str]:
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        drawn(page)
        return set(page.evaluate(_SEEN))

    agency = "Agence régionale de santé Auvergne-Rhône-Alpes"
    whole, cut = written(1280), written(320)
    assert agency in whole
    assert "Communauté Professionnelle Territoriale de Santé Néron Chartreuse" in whole
    assert agency not in cut
    # What is chosen is named with its neighbours.
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("window.written = []")
    page.get_by_role("button", name=": Ville de Saint-Égrève").click()
    named = page.evaluate(_SEEN)
    assert "Ville de Saint-Égrève" in named
    assert agency not in named
    expect(page.locator("#told")).to_have_text("Ville de Saint-Égrève : 1 voisin")


def test_the_picture_is_a_file_too(visit: Callable[..., Any]) -> None:
    page = visit("/network").page
    drawn(page)
    with page.expect_download() as got:
        page.get_by_role("button", name="PNG").click()
    assert got.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_a_script_there_is_a_picture_and_a_choice(visit: Callable[..., Any]) -> None:
    page = visit("/network", javascript=False).page
    assert page.locator("svg.picture").first.is_visible()
    assert page.locator("#web .live").is_hidden()
    page.locator("#centre").select_option("commune-26362")
    page.get_by_role("button", name="Montrer", exact=True).click()
    assert "Ville de Valence" in page.locator("#results").inner_text()
    assert page.locator("tr[data-node]").count() > 5
    page.get_by_role("link", name="Organismes qui partagent").click()
    assert "Ville de Valence" in page.locator("#results").inner_text()


def test_the_files_hold_the_same_network(bundled: httpx.Client) -> None:
    path = "/network.{}?centre=all"
    data = bundled.get(path.format("json")).json()
    ids = {node["id"] for node in data["nodes"]}
    assert {end for link in data["links"] for end in (link["source"], link["target"])} <= ids
    contracts = {node["brief"] for node in data["nodes"] if node["kind"] == "contrat"}
    assert "Valence" in contracts
    assert not [name for name in contracts if name.startswith("Contrat")]
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graph = ET.fromstring(bundled.get(path.format("graphml")).content)
    assert {node.attrib["id"] for node in graph.iter(space + "node")} == ids
    assert len(list(graph.iter(space + "edge"))) == len(data["links"])
    rows = bundled.get(path.format("csv")).text.splitlines()
    assert len(rows) == len(data["links"]) + 1
    picture = bundled.get(path.format("svg"))
    assert picture.headers["content-type"] == "image/svg+xml"
    drawn = "".join(ET.fromstring(picture.content).itertext())
    assert "Valence" in drawn


def test_bodies_are_linked_by_what_they_share(bundled: httpx.Client) -> None:
    data = bundled.get("/network.json?mode=organisations&centre=all").json()
    contracts = bundled.get("/network.json?centre=all").json()
    members: dict[str, set[str]] = {}
    for link in contracts["links"]:
        members.setdefault(link["target"], set()).add(link["source"])
    assert data["links"]
    for link in data["links"]:
        assert link["weight"] == len(members[link["source"]] & members[link["target"]])


def test_a_limit_says_what_it_leaves_out(bundled: httpx.Client) -> None:
    whole = bundled.get("/network.json?centre=all").json()
    page = bundled.get("/network?centre=all&limit=5&lang=en", headers={"Accept": "text/html"}).text
    assert f"{len(whole['nodes']) - 5} of the least linked nodes are not shown" in page
    assert page.count("<tr data-node") == 5
    few = bundled.get("/network?centre=all&links=3&lang=en", headers={"Accept": "text/html"}).text
    data = bundled.get("/network.json?centre=all&links=3").json()
    assert data["links_left_out"] == len(whole["links"]) - len(data["links"]) > 0
    assert f"{data['links_left_out']} of the weakest links are not shown" in few


@pytest.mark.parametrize("query", ["limit=5", "centre=all&limit=8&links=9", "mode=organisations&limit=12"])
def test_text_table_and_pictures_are_of_the_same_network(visit: Callable[..., Any], query: str) -> None:
    """``?limit=`` and ``?links=`` hold for the picture of the script too."""
    still = visit(f"/network?{query}", javascript=False).page
    page = visit(f"/network?{query}").page
    drawn(page)
    shown = page.locator("tr[data-node]").count()
    assert (
        int(page.locator("#web").get_attribute("data-ready") or 0)
        == shown
        == still.locator("tr[data-node]").count()
    )
    data = json.loads(page.locator('#web script[type="application/json"]').text_content() or "")
    assert {node["label"] for node in data["nodes"]} == set(
        page.locator("tr[data-node] th").all_inner_texts()
    )
    assert f"{len(data['links'])} lien" in page.locator("p.meta").first.inner_text()
    # What the legend names is in the picture, and no more.
    legend = [said.strip() for said in page.locator(".live .legend li").all_text_contents()]
    assert set(legend) == {node["group"] for node in data["nodes"]}
    assert set(legend) <= set(still.locator(".still text").all_text_contents())


def test_a_kind_has_the_same_shape_in_both_languages_and_under_every_facet(bundled: httpx.Client) -> None:
    places: dict[str, set[int]] = {}
    for query in ("lang=fr&centre=all", "lang=en", "lang=en&departement=26", "lang=fr&mode=organisations"):
        for node in bundled.get(f"/network.json?{query}").json()["nodes"]:
            places.setdefault(node["id"], set()).add(node["place"])
    assert {len(seen) for seen in places.values()} == {1}
    assert {place for (iri, seen) in places.items() for place in seen if "/contract/" in iri} == {0}
    shapes = []
    for lang, of_all in (("fr", "Ville de Valence (commune)"), ("en", "Ville de Valence (commune)")):
        svg = bundled.get(f"/network.svg?centre=all&lang={lang}").text
        root = ET.fromstring(svg)
        space = "{http://www.w3.org/2000/svg}"
        links = [a for a in root.iter(space + "a") if of_all.split(" (")[0] in "".join(a.itertext())]
        shapes.append(
            [(e.tag, e.get("class")) for a in links for e in a if "kind-" in (e.get("class") or "")]
        )
    assert shapes[0] == shapes[1] != []


@pytest.mark.parametrize("query", ["centre=nobody", "mode=x", "limit=0", "what=1", "centre=a&centre=b"])
def test_what_means_nothing_is_refused(bundled: httpx.Client, query: str) -> None:
    answer = bundled.get(f"/network?{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert bundled.get("/network.exe").status_code == 404
