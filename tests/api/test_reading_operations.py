"""What is read of a request before any work is given to those who answer queries."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from cls_graph.errors import QueryTooComplex
from cls_graph.settings import Settings
from cls_graph_api.protocol import read_operation

LONG = "ASK { " + "( " * 60


def request(method: str, query: str = "", body: str = "", kind: str = "") -> Request:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    headers = [(b"content-type", kind.encode())] if kind else []
    scope = {"type": "http", "method": method, "path": "/sparql", "headers": headers}
    return Request({**scope, "query_string": query.encode()}, receive)


@pytest.mark.parametrize(
    "asked",
    [
        request("GET", urlencode({"query": LONG})),
        request("POST", body=LONG, kind="application/sparql-query"),
        request("POST", body=urlencode({"query": LONG}), kind="application/x-www-form-urlencoded"),
    ],
)
def test_a_query_over_the_limit_is_refused_before_anything_looks_into_it(asked: Request) -> None:
    settings = Settings(max_query_length=100)
    with pytest.raises(QueryTooComplex, match="126"):
        asyncio.run(read_operation(asked, settings))
