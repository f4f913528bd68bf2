"""The pages that people read, in Chromium: sound, and usable by keyboard and without a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

PAGES = (
    "/contracts",
    "/contracts?determinant=cadre-de-vie&status=signed",
    "/territories",
    "/determinants",
    "/matrix",
    "/matrix?by=kinds",
    "/compare?c=26362-3&c=42218-a&c=243800984-2",
    "/timeline",
    "/map",
    "/search?q=valence",
    "/validation",
    "/about",
    "/accessibility",
    "/licences",
    "/page/organisation/ars-84",
    "/page/territory/commune/26362",
    "/vocab/determinant.html",
    "/vocab/determinant/logement.html",
    "/shapes",
)


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_sound(sound: Callable[..., None], path: str) -> None:
    sound(path)


def test_the_theme_that_is_asked_for_wins_over_the_system(visit: Callable[..., Any]) -> None:
    seen = visit("/contracts?theme=dark", scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = seen.page.evaluate(ground)
    seen.accessible()
    seen.page.get_by_role("link", name="Chronologie").click()
    seen.page.wait_for_url("**/timeline**", wait_until="load")
    assert seen.page.evaluate(ground) == dark
    assert visit("/contracts").page.evaluate(ground) != dark


def test_what_goes_on_beside_a_narrow_screen_is_told_and_its_caption_is_whole(
    visit: Callable[..., Any],
) -> None:
    page = visit("/compare?c=26362-3&c=38382-a").page
    page.set_viewport_size({"width": 320, "height": 700})
    edges = page.evaluate("""() => [...document.querySelectorAll(".scroll")].flatMap(box => {
      const words = document.createRange();
      words.selectNodeContents(box.querySelector("caption:not(.hidden)") ?? box.querySelector("th"));
      return [[words.getBoundingClientRect().right, box.getBoundingClientRect().right,
        getComputedStyle(box).backgroundImage]];
    })""")
    assert len(edges) > 2
    assert all(words <= box and "gradient" in shade for words, box, shade in edges)


def test_heads_of_numbers_stand_over_them(visit: Callable[..., Any]) -> None:
    page = visit("/queries/contracts?lang=en").page
    head = page.get_by_role("columnheader", name="Known signatories")
    assert head.evaluate("e => getComputedStyle(e).textAlign") == "right"
    left = page.get_by_role("columnheader", name="Begin")
    assert left.evaluate("e => getComputedStyle(e).textAlign") != "right"


def test_facets_by_keyboard_and_without_a_script(visit: Callable[..., Any]) -> None:
    page = visit("/contracts", javascript=False).page
    page.get_by_role("checkbox", name="Drôme").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Appliquer").press("Enter")
    assert "departement=departement%2F26" in page.url
    assert page.get_by_role("heading", name="1 résultat").is_visible()
    page.get_by_role("link", name="Retirer Département").press("Enter")
    assert page.get_by_role("heading", name="8 résultats").is_visible()


def test_contracts_are_ticked_and_compared_without_a_script(visit: Callable[..., Any]) -> None:
    page = visit("/contracts", javascript=False).page
    for box in page.get_by_role("checkbox", name="Comparer").all()[:2]:
        box.check()
    page.get_by_role("button", name="Comparer les contrats cochés").click()
    assert page.get_by_role("heading", name="Signataires, par type").is_visible()
    assert page.get_by_text("commun à tous").count() > 1


FORMS = {
    "/": ("form.hero", {"#home-q": "valence"}, "q=valence", "3e Contrat local"),
    "/about": ("form.seek", {"#seek": "212603625"}, "q=212603625", "Ville de Valence"),
    "/search": ("main form", {"#q": "26362-3"}, "q=26362-3", "3e Contrat local"),
    "/queries/programme": ("main form", {"#p-contract": "42218-a"}, "contract=42218-a", "aller-vers"),
    "/compare": ("main form", {"[value='26362-3']": None, "[value='42218-a']": None}, "c=42218-a", "by all"),
    "/matrix": (".facets", {"[name=status][value=launched]": None}, "status=launched", "1 result"),
    "/timeline": (".facets", {"[name=departement][value$='/26']": None}, "departement%2F26", "1 result"),
    "/map": (".facets", {"#q": "valence"}, "q=valence", "1 result"),
}
"""By page: a form, what is filled in or ticked, and what the address and the page are to have then."""


def test_every_form_does_without_a_script_what_it_says(visit: Callable[..., Any]) -> None:
    page = visit("/", javascript=False).page
    for path, (form, fields, address, said) in FORMS.items():
        page.goto(f"{path}?lang=en&theme=dark")
        for field, value in fields.items():
            place = page.locator(form).locator(field)
            if value is None:
                place.check()
            elif path.startswith("/queries/"):
                place.select_option(value)
            else:
                place.fill(value)
        page.locator(form).get_by_role("button").first.click()
        asked = page.url.partition("?")[2]
        for part in (address, "lang=en", "theme=dark"):
            assert part in asked, (path, part)
        assert said in page.locator("main").inner_text(), path
        assert page.locator("html").get_attribute("data-theme") == "dark", path


def test_a_quote_opens_at_a_click_without_a_script(visit: Callable[..., Any]) -> None:
    page = visit("/page/contract/26362-3", javascript=False).page
    quote = page.get_by_text("« la période 2025-2027 »")
    assert not quote.is_visible()
    quote.locator("xpath=ancestor::details").locator("summary").click()
    assert quote.is_visible()


def test_the_skip_link_leads_past_the_head(visit: Callable[..., Any]) -> None:
    page = visit("/contracts").page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("by", ["determinants", "kinds"])
def test_a_printed_matrix_has_all_its_columns(visit: Callable[..., Any], by: str) -> None:
    """On the width of a sheet of A4, upright, which is narrower than the one that the page asks for."""
    page = visit(f"/matrix?by={by}&lang=fr").page
    columns = page.locator(".matrix thead th").count()
    assert columns > 15
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    places = page.locator(".matrix thead th").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().right)"
    )
    assert len(places) == columns
    assert max(places) <= 718
    printed = page.locator(".matrix thead .tall").evaluate_all(
        "all => all.every(e => e.checkVisibility() && e.getBoundingClientRect().width > 4)"
    )
    assert printed


def test_a_cell_of_the_matrix_leads_to_the_words_of_the_source(visit: Callable[..., Any]) -> None:
    for by, head, quoted in (("determinants", "Logement", "logement"), ("kinds", "agence", "régionale")):
        page = visit(f"/matrix?by={by}&q=valence&lang=fr").page
        heads = [text.casefold() for text in page.locator(".matrix thead th").all_text_contents()]
        place = next(n for n, text in enumerate(heads) if head.casefold() in text)
        page.locator(".matrix tbody tr").first.locator("th, td").nth(place).get_by_role("link").click()
        node = page.locator(":target")
        expect(node).to_be_in_viewport()
        assert quoted.casefold() in (node.locator("blockquote").first.text_content() or "").casefold()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_rules_are_folded_and_an_address_opens_them(visit: Callable[..., Any], javascript: bool) -> None:
    page = visit("/shapes", javascript=javascript).page
    rule = page.locator("#LocalHealthContract-status")
    head = page.get_by_role("heading", name="Étape", exact=True)
    expect(head).to_be_visible()
    expect(rule).to_be_hidden()
    # A rule, then the shape of a class, each where it is linked to.
    page.goto("/shapes#LocalHealthContract-status")
    expect(rule).to_be_visible()
    milestone = page.locator("#Milestone")
    expect(milestone).to_be_hidden()
    page.get_by_role("navigation").get_by_role("link", name="Étape", exact=True).click()
    expect(milestone).to_be_in_viewport()
    expect(head).to_be_in_viewport()


def test_a_comparison_has_its_columns_under_each_other(visit: Callable[..., Any]) -> None:
    page = visit("/compare?c=26362-3&c=42218-a").page
    lefts = {
        round(head.bounding_box()["x"])
        for table in page.locator("table.side").all()
        for head in [table.locator("thead th").nth(1)]
    }
    assert page.locator("table.side").count() > 3
    assert max(lefts) - min(lefts) <= 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tile_of_more_stands_out_more(visit: Callable[..., Any], scheme: str) -> None:
    page = visit("/map", scheme=scheme).page
    fill = "e => getComputedStyle(e).fill.match(/[0-9]+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"
    few, many = (page.locator(f"svg.picture .shade-{n}").first.evaluate(fill) for n in (1, 2))
    assert (few > many) == (scheme == "light")
