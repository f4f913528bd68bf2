"""What the API description says that a list takes is what it takes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

LISTS = (
    *("/contracts", "/organisations", "/territories", "/determinants"),
    *("/matrix", "/map", "/timeline", "/network", "/search", "/compare", "/validation"),
)


@pytest.fixture(scope="module")
def described(bundled: httpx.Client) -> Any:
    return bundled.get("/openapi.json").json()["paths"]


@pytest.mark.parametrize("path", LISTS)
def test_each_parameter_of_a_list_is_described(bundled: httpx.Client, described: Any, path: str) -> None:
    told = {p["name"] for p in described[path]["get"]["parameters"] if p["in"] == "query"}
    refused = bundled.get(path, params={"nothing-of-the-kind": "1", "lang": "en"})
    assert refused.status_code == 400
    taken = refused.json()["detail"].partition("Possible parameters: ")[2].rstrip(".").split(", ")
    assert told - {"format", "release", "lang", "theme"} == set(taken)


@pytest.mark.parametrize(
    "path", ["/contracts", "/matrix", "/territories", "/organisations", "/determinants", "/compare"]
)
def test_a_workbook_of_a_list_is_described(bundled: httpx.Client, described: Any, path: str) -> None:
    told = described[path]["get"]
    given = bundled.get(path, params={"format": "xlsx"}).headers["content-type"]
    assert given in told["responses"]["200"]["content"]
    (form,) = (p["schema"] for p in told["parameters"] if p["name"] == "format")
    assert form["enum"][:4] == ["html", "json", "csv", "xlsx"]


def test_the_files_of_a_network_are_described(bundled: httpx.Client, described: Any) -> None:
    query = "SELECT ?c ?o { ?c <https://w3id.org/cls-sante/ontology#signatory> ?o }"
    for path, more in (("/sparql", {"query": query, "format": "html"}), ("/queries/similar-contracts", {})):
        told = described[path]["get"]
        (network,) = (p["schema"] for p in told["parameters"] if p["name"] == "network")
        assert network["enum"] == ["json", "csv", "graphml", "svg"]
        for form in network["enum"]:
            answer = bundled.get(path, params={**more, "network": form}, headers={"Accept": "text/html"})
            assert answer.status_code == 200, (path, form, answer.text)
            assert answer.headers["content-type"].partition(";")[0] in told["responses"]["200"]["content"]
    told = described["/network"]["get"]
    (form,) = (p["schema"] for p in told["parameters"] if p["name"] == "format")
    assert form["enum"] == ["html", "json", "csv", "graphml", "svg"]
    assert "image/svg+xml" in told["responses"]["200"]["content"]
