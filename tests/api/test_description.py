"""The OpenAPI description: true, and a map for whoever means harm."""

from __future__ import annotations

import http.client
import itertools
import urllib.parse
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    status_code_conformance,
)

TOKEN = "un-jeton-d-essai"
FAILURES = {503, 504, 507}
"""The failures that the description tells of."""
MEDIA_TYPES = "text/turtle", "application/sparql-query", "application/x-www-form-urlencoded", "text/html"


@pytest.fixture(scope="module")
def described(start: Callable[..., httpx.Client]) -> Any:
    """The description of a service that reads, as Schemathesis understands it."""
    client = start(query_timeout=2.0)
    return schemathesis.openapi.from_url(f"{client.base_url}/openapi.json")


ALIKE = "/queries/"
SOME_ALIKE = ("quotes-with", "in-force", "milestones", "similar-contracts")
"""Of the ready questions, which are served alike, some that have every type of parameter."""


def looked_at(path: str) -> bool:
    return not path.startswith(ALIKE) or path.removeprefix(ALIKE) in SOME_ALIKE


VERSION = "release"
"""The parameter that comes before all others: where there is no such version, nothing else is looked at."""
CONFORMANCE = [status_code_conformance, content_type_conformance, response_headers_conformance]


def test_an_answer_is_one_that_is_described(described: Any) -> None:
    operations = [found.ok() for found in described.get_all_operations()]
    operations = [operation for operation in operations if looked_at(operation.path)]
    assert len(operations) > 20
    session = requests.Session()
    session.trust_env = False
    turn = itertools.count()
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def answers(case: schemathesis.Case) -> None:
            if next(turn) % 5:
                case.query.pop(VERSION, None)
            response = case.call(session=session)
            assert response.status_code < 500 or response.status_code in FAILURES, response.text
            case.validate_response(response, checks=CONFORMANCE)

        answers()


def test_hostile_strings_in_every_place(writable: httpx.Client, naughty_strings: list[str]) -> None:
    """Each string in the path, in all parameters, in the body and in the headers of each operation."""
    paths = writable.get("/openapi.json").json()["paths"]
    operations = [
        (path, method, said)
        for path, methods in paths.items()
        for method, said in methods.items()
        if looked_at(path)
    ]
    assert len(operations) > 25
    address = writable.base_url
    # Thousands of requests: httpx takes longer to send one than the service to answer it.
    with closing(http.client.HTTPConnection(address.host, address.port, timeout=20)) as connection:
        for number, text in enumerate(naughty_strings):
            sent = text.encode("utf-8", "replace")
            for path, method, said in operations[number % 4 :: 4]:
                names = [p["name"] for p in said.get("parameters", ()) if p["in"] == "query"]
                if number % 5:
                    names = [name for name in names if name != VERSION]
                where = path.replace("{", "").replace("}", "") if "{" not in path else _filled(path, text)
                types = list(said.get("requestBody", {}).get("content", MEDIA_TYPES))
                connection.request(
                    method.upper(),
                    f"{where}?{urllib.parse.urlencode([(name, sent) for name in names])}",
                    body=sent if "requestBody" in said else None,
                    headers={
                        "Content-Type": types[number % len(types)],
                        "Accept": _header(text),
                        "Authorization": writable.headers["authorization"],
                    },
                )
                response = connection.getresponse()
                response.read()
                assert response.status < 500 or response.status in FAILURES, (method, where, text)
                if response.status >= 400:
                    kind = response.headers["content-type"]
                    assert kind.startswith(("application/problem+json", "text/html"))
    assert writable.get("/readyz").status_code == 200


def _filled(path: str, text: str) -> str:
    """``path`` with its variables replaced by ``text``."""
    quoted = urllib.parse.quote(text.encode("utf-8", "replace"), safe="")
    return "".join(quoted if i % 2 else piece for i, piece in enumerate(path.replace("}", "{").split("{")))


def _header(text: str) -> str:
    """As much of ``text`` as HTTP lets into a header."""
    return "".join(c for c in text if " " <= c <= "~").strip()
