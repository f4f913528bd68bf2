"""``/sparql/completions``: what an editor may propose."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cls_graph.namespaces import CLS, DCTERMS, RDFS, SKOS


def proposed(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/sparql/completions", params={"lang": "en"}).json()
    return found


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {iri: count for iri, _, _, kind, count in found["terms"] if kind == "property"}


@pytest.mark.slow
def test_the_commonest_properties_come_first_with_their_counts(bundled: httpx.Client) -> None:
    found = proposed(bundled)
    usual = [SKOS + "prefLabel", RDFS + "label", DCTERMS + "identifier", DCTERMS + "title", SKOS + "broader"]
    assert [iri for iri in counts(found) if iri in usual] == usual
    assert min(counts(found)[iri] for iri in usual) > 10
    listed = list(counts(found).values())
    assert listed == sorted(listed, reverse=True)
    assert CLS + "signatory" in found["uses"][CLS + "LocalHealthContract"]
    assert SKOS + "broader" not in found["uses"][CLS + "LocalHealthContract"]


def test_data_that_do_not_describe_themselves_are_counted(client: httpx.Client) -> None:
    """The small release has no VoID description."""
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p"
    rows = client.get("/sparql", params={"query": query, "format": "json"}).json()["results"]["bindings"]
    real = {row["p"]["value"]: int(row["n"]["value"]) for row in rows}
    assert len(real) > 3
    assert {iri: n for iri, n in counts(proposed(client)).items() if n} == real
