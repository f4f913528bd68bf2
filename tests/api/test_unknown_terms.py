"""What the SPARQL page says of the terms of a query that found nothing."""

from __future__ import annotations

import asyncio
import html
import re
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from cls_graph.errors import Busy, ClsGraphError, QueryTimeout
from cls_graph_api.unknown_terms import unknown_terms

NAMES = (
    "PREFIX cls: <https://w3id.org/cls-sante/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
    "PREFIX g: <https://w3id.org/cls-sante/graph/>\n"
)
NOTHING = "FILTER(?s = 1)"


def hint(client: httpx.Client, query: str) -> str:
    """The sentence on terms that are nowhere, or nothing."""
    asked = {"query": NAMES + query, "lang": "en"}
    page = client.get("/sparql", params=asked, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "no row" in page.text.lower()
    found = re.search(r'<p class="warn">(Nowhere in the data.*?)</p>', page.text, re.DOTALL)
    return html.unescape(re.sub("<[^>]+>", "", found.group(1))) if found else ""


@pytest.mark.parametrize(
    "where",
    [
        "GRAPH <https://w3id.org/cls-sante/graph/catalogue> { ?s ?p ?o FILTER(?s = 1) }",
        "GRAPH g:catalogue { ?s ?p ?o FILTER(?s = 1) }",
        "?s ?p ?o FILTER(DATATYPE(?o) = xsd:anyURI) " + NOTHING,
        "?s ?p ?o FILTER(DATATYPE(?o) = <http://www.w3.org/2001/XMLSchema#gYearMonth>) " + NOTHING,
        "?s ?p ?o FILTER(xsd:float(?o) > 1) " + NOTHING,
        "?s ?p ?o FILTER(<http://www.w3.org/2001/XMLSchema#float>(?o) > 1) " + NOTHING,
    ],
)
def test_what_is_there_or_is_no_datum_is_not_said_to_be_nowhere(bundled: httpx.Client, where: str) -> None:
    assert hint(bundled, f"SELECT * {{ {where} }}") == ""


def test_a_slip_is_told_with_what_may_be_meant(bundled: httpx.Client) -> None:
    assert "cls:signatori (Did you mean 'cls:signatory'" in hint(bundled, "SELECT * { ?s cls:signatori ?o }")
    whole = hint(bundled, "SELECT * { ?s <https://w3id.org/cls-sante/ontology#signatori> ?o }")
    assert "'<https://w3id.org/cls-sante/ontology#signatory>'" in whole


@pytest.mark.parametrize("iri", ["https://w3id.org/cls-sante/graph/catalog", "http://purl.org/dc/terms/titl"])
def test_an_iri_of_no_vocabulary_of_ours_is_told_without_guesses(bundled: httpx.Client, iri: str) -> None:
    told = hint(bundled, f"SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")
    assert iri in told
    assert "Did you mean" not in told


@pytest.mark.parametrize("error", [QueryTimeout("trop long", "too long"), Busy("occupé", "busy")])
def test_an_answer_stands_where_its_hint_cannot_be_had(error: ClsGraphError) -> None:
    async def refuse(*_: Any, **__: Any) -> None:
        raise error

    site = cast(Any, SimpleNamespace(pool=SimpleNamespace(query=refuse)))
    assert asyncio.run(unknown_terms(site, "SELECT * { ?s <urn:none> ?o }", "en")) == []
