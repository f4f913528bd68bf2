"""Every page, in both languages and colour schemes: nothing from outside, nothing refused, usable by all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph_api.app import described_app
from tests.browser import test_network_page, test_reading_pages, test_sparql_page

PAGES = (
    "/",
    "/queries",
    "/queries/co-signatories",
    "/queries/similar-contracts",
    "/queries/in-force?date=2025-02-30",
    "/ontology",
    "/docs",
    "/dumps/",
    "/vocab",
    "/page/contract/26362-3",
    "/page/nobody",
    "/organisations",
    "/explain?s=id:contract/26362-3&p=prov:wasAttributedTo&o=id:organisation/ars-84",
    "/catalog",
    "/releases",
)
TOLD = (Path(__file__).parents[2] / "docs" / "pages.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_sound(sound: Callable[..., None], path: str) -> None:
    sound(path)


def test_every_page_of_the_service_is_visited_and_told() -> None:
    pages = set()
    for path, methods in described_app(writable=False).openapi()["paths"].items():
        answer = methods.get("get", {}).get("responses", {}).get("200", {})
        if "text/html" in answer.get("content", {}) and not re.search(
            r"[{]|^/queries/|^/[.]well-known", path
        ):
            pages.add(path)
    assert len(pages) > 20
    lists = (PAGES, test_reading_pages.PAGES, test_network_page.PAGES, test_sparql_page.PICTURES.values())
    visited = {address.partition("?")[0].rstrip("/") or "/" for addresses in lists for address in addresses}
    assert pages <= visited, f"add to PAGES in {Path(__file__).name}: {sorted(pages - visited)}"
    untold = sorted(path for path in pages if not re.search(rf"`{path}[`?]", TOLD))
    assert not untold, f"give a row in docs/pages.md to {untold}"


BROKEN = f"""
<!doctype html><html><head><title>x</title>
<link rel="stylesheet" href="https://example.org/a.css"></head>
<body><h1>x</h1><div style="color: red">{"w" * 200}</div><img src="/static/style.css"></body></html>
"""


@pytest.mark.parametrize("wrong", ["clean", "accessible", "fits"])
def test_what_is_wrong_is_found(visit: Callable[..., Any], wrong: str) -> None:
    seen = visit("/docs")
    seen.page.set_content(BROKEN)
    with pytest.raises(AssertionError):
        getattr(seen, wrong)()


PLAIN = """
<!doctype html><html lang="en"><title>x</title>
<style>html { background: #fff; color: #222 }</style><main><h1>x</h1>
"""
MANY = "".join(f'<p class="told">Text {number} of many that look the same.</p>' for number in range(60))
ODD = {
    "one of many": f"{MANY}<p class=told id=odd style='color: #bbb'>Text</p>{MANY}{MANY}",
    "behind one of many": f"{MANY}<div style='background: #444'><p class=told id=odd>Text</p></div>",
    "in the dark": "<style>@media (prefers-color-scheme: dark) { p { color: #ddd } }</style><p id=odd>Text",
    "in a component": "<div><template shadowrootmode=open><p id=odd style='color: #bbb'>Text</template>",
}
"""Colours that cannot be read, where a quick look might miss them."""


@pytest.mark.parametrize("where", ODD)
def test_a_colour_that_cannot_be_read_is_found(visit: Callable[..., Any], where: str) -> None:
    seen = visit("about:blank", scheme="dark" if where == "in the dark" else "light")
    seen.page.set_content(f"{PLAIN}{ODD[where]}</main>")
    with pytest.raises(AssertionError, match=r'color-contrast: <p[^>]* id="odd"'):
        seen.accessible()
