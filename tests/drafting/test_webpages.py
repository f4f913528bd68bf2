"""Pages as sites make them: what a page is about is read, what its site puts around it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.forms.sites import SITES
from cls_graph.corpus import Corpus
from cls_graph.drafting import draft, read_bytes

from .conftest import Read

TEXT = """Contrat local de santé de Pau

Mardi 12 mars, la Ville de Pau, l'ARS Nouvelle-Aquitaine et la CPAM de Pau-Pyrénées ont signé le contrat \
local de santé.

Les axes du contrat

• Accès aux soins
• Santé mentale
• Environnement

Un comité se réunit chaque année."""


def read(page: str) -> str:
    return read_bytes("page.html", page.encode()).text


@pytest.mark.parametrize("site", SITES)
def test_a_page_of_a_site_says_what_its_text_says(site: Callable[[str], str]) -> None:
    page = site(TEXT)
    text = read(page)
    found = Read(draft(read_bytes("page.html", page.encode()), Corpus.open()))
    assert found.axes() == ["Accès aux soins", "Santé mentale", "Environnement"]
    assert [line.split(" ", 1)[0] for line in found.signatories()] == ["commune", "ars", "cpam"]
    for around in ("cookies", "Facebook", "crèches", "Mentions légales", "Signataires et partenaires"):
        assert around not in text


def test_lists_of_terms_spanned_cells_and_numbers_of_lists() -> None:
    terms = (
        "<dl><dt>Territoire :</dt><dd>Pau</dd><dt>Axes</dt><dd><ul><li>un</li><li>deux</li></ul></dd></dl>"
    )
    assert read(terms.join(("<html><body>", "</body></html>"))).split("\n")[:4] == [
        "Territoire : Pau", "Axes", "  • un", "  • deux",
    ]  # fmt: skip
    table = "<table><tr><td rowspan=2>Axe 1<td>a<tr><td>b<tr><td>Axe 2<td>c</table>"
    assert read(f"<html>{table}</html>").split("\n")[:3] == ["Axe 1 | a", "Axe 1 | b", "Axe 2 | c"]
    assert read("<html><ol start=4><li>quatre<li>cinq</ol></html>") == "  4. quatre\n  5. cinq\n"


def test_what_is_hidden_is_left_out_and_what_a_click_unfolds_is_read() -> None:
    page = (
        '<html><body><h1>CLS</h1><p class="sr-only">Lien</p><p style="display: none">Brouillon</p>'
        '<h3><button aria-controls="a">Axe 1</button></h3><div id="a" hidden>Soins</div>'
        "<details><summary>Axe 2</summary>Air</details><button>Partager</button></body></html>"
    )
    assert read(page).split() == ["CLS", "Axe", "1", "Soins", "Axe", "2", "Air"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-13T08:00:00+01:00">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-13"}</script>',
    ],
)
def test_the_day_that_a_page_states_for_programs_gives_a_day_its_year(head: str) -> None:
    page = f"<html><head>{head}</head><body><p>{TEXT}</p></body></html>"
    record = draft(read_bytes("page.html", page.encode()), Corpus.open())[0].record
    signed = next(m for m in record["milestones"] if m["type"] == "signature" or "inferred_date" in m)
    assert "2024-03-12" in str(signed["inferred_date"])
    assert "2024-03-13" in str(signed)
    two = page.replace("</head>", '<meta name="date" content="2019-01-01"></head>')
    assert not read_bytes("page.html", two.encode()).published


def test_a_page_that_is_damaged_or_deep_is_read() -> None:
    assert "Pau" in read("<html>" + "<div>" * 30_000 + "Pau")
    assert read("<html><body><p>Ville <b>de<p>Pau</body>").split() == ["Ville", "de", "Pau"]


def test_words_outside_the_terms_and_the_rows_of_a_page_are_kept() -> None:
    terms = "<dl>Le contrat de Pau<dt>Durée</dt><dd>5 ans</dd>puis un bilan<div>Axes : 3</div></dl>"
    assert read(f"<html><body>{terms}</body></html>").split() == (
        "Le contrat de Pau Durée : 5 ans puis un bilan Axes : 3".split()
    )
    table = "<table><caption>Les axes du contrat</caption><tr><td>Axe 1<td>Eau<tr><td>Axe 2<td>Air</table>"
    assert read(f"<html>{table}</html>").split("\n")[:3] == [
        "Les axes du contrat", "Axe 1 | Eau", "Axe 2 | Air",
    ]  # fmt: skip


def test_a_cell_over_several_columns_leaves_those_below_in_their_places() -> None:
    rows = (
        "<tr><td colspan=2>Axe 1<td rowspan=2>Ville<td>Eau<tr><td>a<td>b<td>Air",
        "<tr><td>Axe 1<td rowspan=2 colspan=2>Ville<td>Eau<tr><td>a<td>Air",
    )
    first, second = (read(f"<html><table>{row}</table></html>").split("\n")[:2] for row in rows)
    assert first == ["Axe 1 |  | Ville | Eau", "a | b | Ville | Air"]
    assert second == ["Axe 1 | Ville |  | Eau", "a | Ville |  | Air"]
