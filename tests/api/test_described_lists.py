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
