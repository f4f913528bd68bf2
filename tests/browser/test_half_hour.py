"""An analyst's half hour, from the home page to the same numbers in Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import openpyxl
from playwright.sync_api import Page, expect

import cls_graph

SEVERAL = "HAVING (COUNT(DISTINCT ?contract) > 1)\n"


def test_from_the_home_page_to_the_same_numbers_in_python(
    visit: Callable[..., Any], bundled: httpx.Client, tmp_path: Path
) -> None:
    seen = visit("/")
    page = seen.page
    several = institutions_that_sign_several_contracts(page)
    evidence_of_one(page)
    two_contracts_side_by_side(page)
    query = a_ready_question_changed(page)
    rows = the_workbook(page, tmp_path / "answer.xlsx")
    seen.clean()

    g = cls_graph.open(str(bundled.base_url))
    again = g.query(query)
    assert [(label, contracts) for _, label, _, contracts, *_ in again.rows] == rows
    together = [(r[1], r[3]) for r in g.co_signatories("ars-84").rows if r[3] > 1]
    assert together == rows
    assert sum(contracts > 1 for contracts in g.organisations["contracts"]) == several


def institutions_that_sign_several_contracts(page: Page) -> int:
    """Found from the home page; how many there are."""
    page.get_by_role("link", name="Toutes les questions").click()
    page.get_by_role("link", name=re.compile("plusieurs contrats")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("plusieurs contrats")
    page.get_by_role("navigation", name="Montrer comme").get_by_text("Tableau").click()
    found = page.locator("table tbody tr")
    expect(found.filter(has_text="Agence régionale de santé Auvergne-Rhône-Alpes")).to_have_count(1)
    return found.count()


def evidence_of_one(page: Page) -> None:
    """From an institution to one of its contracts, and to the words that say so."""
    page.get_by_role("link", name="Agence régionale de santé Auvergne-Rhône-Alpes").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agence régionale de santé")
    page.get_by_role("link", name="3e Contrat local de santé de la Ville de Valence").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3e Contrat local de santé")
    quoted = page.locator("details:has(blockquote)").first
    quoted.locator("summary").click()
    expect(quoted.locator("blockquote p")).to_contain_text("«")
    expect(quoted.locator("cite a")).to_have_attribute("href", re.compile("/id/document/"))


def two_contracts_side_by_side(page: Page) -> None:
    """Picked on the list of contracts, compared: what they share, what is only here."""
    page.get_by_role("navigation").get_by_role("link", name="Contrats", exact=True).first.click()
    picks = page.locator("td.pick input")
    picks.nth(0).check()
    picks.nth(1).check()
    page.get_by_role("button", name="Comparer").click()
    expect(page).to_have_url(re.compile(r"/compare\?.*c=.*c="))
    signing = page.get_by_role("region", name="Signataires, par type")
    expect(signing.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_text("ici seulement").first).to_be_visible()


def a_ready_question_changed(page: Page) -> str:
    """A condition more in the editor; the query as it was run."""
    page.get_by_role("navigation").get_by_role("link", name="Questions").first.click()
    page.get_by_role("link", name="Avec qui un organisme signe-t-il ?").click()
    page.get_by_role("link", name="Ouvrir dans l'éditeur").click()
    editor = page.locator(".cm-content")
    expect(editor).to_be_visible()
    query = page.locator("#query").input_value().replace("ORDER BY", SEVERAL + "ORDER BY")
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")
    expect(page).to_have_url(re.compile("HAVING"))
    expect(page.locator("#result tbody tr").first).to_be_visible()
    return query


def the_workbook(page: Page, path: Path) -> list[tuple[str, int]]:
    """The answer downloaded: names and numbers of contracts."""
    with page.expect_download() as download:
        page.locator("#result .files").first.get_by_role("link", name="XLSX").click()
    download.value.save_as(path)
    answer, about = openpyxl.load_workbook(path).worksheets
    heads = [cell.value for cell in answer[1]]
    told = {row[0].value: row[1].value for row in about.iter_rows(min_row=2)}
    assert told["Licence"].startswith("https://")
    assert "HAVING" in told["Requête SPARQL"]
    label, contracts = heads.index("label") + 1, heads.index("contracts") + 1
    rows = range(2, answer.max_row + 1)
    return [(answer.cell(row, label).value, answer.cell(row, contracts).value) for row in rows]
