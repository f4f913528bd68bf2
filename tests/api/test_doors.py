"""Every door that a reader could try, tried over HTTP; canaries listen on loopback only."""

from __future__ import annotations

import csv
import io
import math
import re
import socket
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from cls_graph.settings import SETTINGS, Settings

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o"


@pytest.fixture(scope="module")
def strict(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A service with small limits of every kind."""
    return start(
        query_timeout=2.0,
        query_memory=64,
        max_body=200_000,
        body_timeout=1.0,
        header_timeout=1.0,
        send_timeout=1.0,
        max_connections=20,
        client_long=0,
    )


def ask(client: httpx.Client, query: str, accept: str = "text/csv", **more: str) -> httpx.Response:
    return client.post("/sparql", data={"query": query, **more}, headers={"Accept": accept})


def still_answers(client: httpx.Client) -> bool:
    return ask(client, "SELECT (1 AS ?n) {}").content == b"n\r\n1\r\n"


SERVICES = [
    "SERVICE <{url}> {{ ?a ?b ?c }}",
    "SERVICE SILENT <{url}> {{ ?a ?b ?c }}",
    "service<{url}>{{?a ?b ?c}}",
    "SeRvIcE silent<{url}>{{}}",
    "VALUES ?g {{ <{url}> }} SERVICE ?g {{ ?a ?b ?c }}",
    "BIND(IRI('{url}') AS ?g) SERVICE SILENT ?g {{ ?a ?b ?c }}",
    "OPTIONAL {{ SERVICE <{url}> {{ ?a ?b ?c }} }}",
    "FILTER EXISTS {{ SERVICE <{url}> {{ ?a ?b ?c }} }}",
    "{{ SELECT * {{ SERVICE <{url}> {{ ?a ?b ?c }} }} }}",
    "?s ?p ?o.SERVICE#comment\n<{url}> {{ ?a ?b ?c }}",
    "?s ?p 1SERVICE<{url}>{{?a ?b ?c}}",
    "FILTER(?a<?b)SERVICE<{url}>{{?a ?b ?c}}#>",
    "\\u0053ERVICE <{url}> {{ ?a ?b ?c }}",
    "SERVICE ex:x {{ ?a ?b ?c }}",
]


@pytest.mark.parametrize("clause", SERVICES)
def test_service_never_leaves(client: httpx.Client, canary: Any, clause: str) -> None:
    query = f"PREFIX ex: <{canary.url}> SELECT * {{ {clause.format(url=canary.url)} }}"
    for method in ("POST", "QUERY"):
        response = client.request(method, "/sparql", data={"query": query})
        assert response.status_code in (400, 403)
        assert response.json()["detail"]
    assert client.get("/sparql", params={"query": query}, headers={"Accept": BROWSER}).status_code in (
        400,
        403,
    )
    assert canary.hits == 0


@pytest.mark.parametrize("scheme", ["canary", "file", "missing"])
def test_graph_names_are_never_fetched(client: httpx.Client, canary: Any, scheme: str) -> None:
    graph = {"canary": canary.url + "g.ttl", "file": "file:///etc/passwd", "missing": "urn:none"}[scheme]
    for query in (
        f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{graph}>",
    ):
        accept = "application/n-triples" if "DESCRIBE" in query else "text/csv"
        response = ask(client, query, accept)
        assert response.status_code == 200
        assert response.text.count("\n") == (accept == "text/csv")
    for name in ("default-graph-uri", "named-graph-uri"):
        for query in ("SELECT * { ?s ?p ?o }", "SELECT * { GRAPH ?g { ?s ?p ?o } }"):
            response = ask(client, query, **{name: graph})
            assert response.status_code == 200
            assert response.text.count("\n") == 1
    assert canary.hits == 0


@pytest.mark.parametrize("update", ["LOAD <{url}>", "LOAD SILENT <{url}> INTO GRAPH <urn:g>", "DROP ALL"])
def test_nothing_is_loaded_or_changed(client: httpx.Client, canary: Any, update: str) -> None:
    text = update.format(url=canary.url)
    for data in ({"query": text}, {"update": text}):
        assert client.post("/sparql", data=data).status_code == 403
    direct = {"Content-Type": "application/sparql-update"}
    assert client.post("/sparql", content=text, headers=direct).status_code == 403
    assert canary.hits == 0


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("application/ld+json", '{{"@context": "{url}c.jsonld", "@id": "urn:x", "name": "x"}}'),
        ("text/turtle", "<urn:s> <http://www.w3.org/2002/07/owl#imports> <{url}> ."),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY x SYSTEM "{url}">]><r>&x;</r>'),
        ("application/xml", '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'),
        ("multipart/form-data; boundary=x", "--x--"),
    ],
)
def test_data_is_not_taken_where_it_is_read(
    client: httpx.Client, canary: Any, media_type: str, body: str
) -> None:
    content = body.format(url=canary.url)
    response = client.post("/sparql", content=content, headers={"Content-Type": media_type})
    assert response.status_code == 415
    assert canary.hits == 0


DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
RUNAWAY = {
    "cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "sort": f"SELECT * {{ {CROSS} }} ORDER BY ?o ?k ?c",
    "distinct": f"SELECT DISTINCT * {{ {CROSS} }}",
    "group": f"SELECT (GROUP_CONCAT(?x) AS ?y) {{ {CROSS} BIND(CONCAT(STR(?a), STR(?o)) AS ?x) }}",
    "doubling": f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('xxxxxxxx' AS ?x0) {DOUBLING} }}",
    "regex": "ASK { BIND('" + "a" * 5000 + "!' AS ?x) FILTER(REGEX(?x, '^(a+)+$')) }",
    "counted regex": "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((((a{99}){99}){99}){99})')) }",
    "replace": "SELECT (REPLACE('" + "a" * 9000 + "', 'a', '" + "b" * 9000 + "') AS ?x) {}",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^(!<urn:x>))* ?b ."
    " ?c (!<urn:y>)* ?d . ?e (!<urn:z>)* ?f }",
    "self": f"SELECT (COUNT(*) AS ?n) {{ ?x ?p ?x . {CROSS} FILTER(?a = ?c || ?x = ?x) }}",
    "values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {'1 ' * 200} }}" for n in range(8))
    + " }",
    "exists": f"SELECT * {{ {CROSS} FILTER NOT EXISTS {{ {CROSS} FILTER(?a != ?o) }} }}",
}


@pytest.mark.parametrize("name", RUNAWAY)
def test_runaway_work_is_stopped(strict: httpx.Client, name: str) -> None:
    begin = time.monotonic()
    try:
        status = ask(strict, RUNAWAY[name], timeout="1").status_code
    except httpx.RemoteProtocolError:
        status = 0  # the answer had begun: it is broken off, and seen to be
    assert status in (0, 200, 504, 507)
    assert time.monotonic() - begin < 6
    if name in ("cross product", "sort", "distinct", "group", "values", "paths", "exists"):
        assert status != 200
    assert still_answers(strict)


NESTED = {
    "braces": "ASK " + "{" * 100_000,
    "closed braces": "ASK " + "{" * 40_000 + "}" * 40_000,
    "parentheses": "SELECT (" + "(" * 60_000 + "1" + ")" * 60_000 + " AS ?x) {}",
    "brackets": "ASK { " + "[ <urn:p> " * 9_000 + "1" + "]" * 9_000 + " }",
    "triple terms": "ASK { ?s ?p " + "<<( ?s ?p " * 9_000 + "1" + " )>>" * 9_000 + " }",
    "not": "ASK { FILTER(" + "!" * 60_000 + "true) }",
    "minus": "SELECT (" + "- " * 40_000 + "1 AS ?x) {}",
    "plus": "SELECT (1" + "+1" * 40_000 + " AS ?x) {}",
    "or": "ASK { FILTER(false" + "||false" * 12_000 + ") }",
    "unions": "ASK { {} " + "UNION {} " * 10_000 + "}",
    "sequence": "ASK { ?s <urn:p>" + "/<urn:p>" * 10_000 + " ?o }",
    "long": "ASK { ?s ?p '" + "x" * 150_000 + "' }",
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_and_long_queries_cost_one_refusal(strict: httpx.Client, name: str) -> None:
    response = strict.post(
        "/sparql", content=NESTED[name], headers={"Content-Type": "application/sparql-query"}
    )
    assert response.status_code in (200, 400, 504, 507), response.text[:200]
    if name in ("braces", "closed braces", "parentheses", "brackets", "triple terms", "long"):
        assert response.json()["type"].endswith("/query-too-complex")
    assert still_answers(strict)


def connect(client: httpx.Client) -> socket.socket:
    raw = socket.create_connection((client.base_url.host, client.base_url.port or 80))
    raw.settimeout(10)
    return raw


def received(raw: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    data = bytearray()
    try:
        while part := raw.recv(65536):
            data += part
    except ConnectionError:
        pass
    return bytes(data)


def test_a_body_that_drips_is_given_up(strict: httpx.Client) -> None:
    with connect(strict) as raw:
        raw.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000\r\n\r\nASK"
        )
        begin = time.monotonic()
        answer = received(raw)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"slow-request" in answer
    assert time.monotonic() - begin < 5
    assert still_answers(strict)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_a_head_that_drips_is_given_up(strict: httpx.Client, sent: bytes) -> None:
    with connect(strict) as raw:
        raw.sendall(sent)
        begin = time.monotonic()
        answer = received(raw)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - begin < 5


def test_a_head_that_drips_after_a_request_is_given_up(strict: httpx.Client) -> None:
    with connect(strict) as raw:
        raw.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert raw.recv(9) == b"HTTP/1.1 "
        raw.sendall(b"GET /healthz HTTP/1.1\r\nX-Drip: ")
        assert b"HTTP/1.1 408 " in received(raw)


@pytest.mark.parametrize("size", [b"0", b"1000"], ids=["empty line", "body"])
def test_a_connection_that_drips_between_requests_is_given_up(strict: httpx.Client, size: bytes) -> None:
    """Neither an empty line nor the rest of a body that nobody waits for holds a connection."""
    with connect(strict) as raw:
        raw.sendall(b"PUT /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + b"\r\n\r\n")
        answer = b""
        while not answer.endswith(b"}"):
            answer += raw.recv(65536)
        assert answer.startswith(b"HTTP/1.1 405 ")
        raw.sendall(b"\r\n")
        assert received(raw) == b""


def test_a_client_that_does_not_read_is_dropped(strict: httpx.Client) -> None:
    path = httpx.URL("/sparql", params={"query": f"SELECT * {{ {CROSS} }}", "format": "csv"})
    with connect(strict) as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        end = time.monotonic() + 10
        while strict.get("/metrics").text.count("cls_requests_in_flight 1\n") == 0:
            assert time.monotonic() < end
            time.sleep(0.2)
    assert still_answers(strict)


def test_connections_are_bounded(strict: httpx.Client) -> None:
    held = [connect(strict) for _ in range(25)]
    try:
        refused = [raw for raw in held[20:] if received(raw).startswith(b"HTTP/1.1 503 ")]
        assert len(refused) >= 4
    finally:
        for raw in held:
            raw.close()
    time.sleep(0.2)
    assert still_answers(strict)


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(40_000)),
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 1_000_000,
        b"GET /sparql?query=" + b"A" * 1_000_000,
        b"\x00\xff\xfe\r\n\r\n",
    ],
    ids=["many", "long", "address", "noise"],
)
def test_header_bombs_are_one_refusal(strict: httpx.Client, head: bytes) -> None:
    with connect(strict) as raw:
        try:
            raw.sendall(head)
            answer = received(raw)
        except ConnectionError:
            answer = b""
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))
    assert still_answers(strict)


def test_large_bodies_are_refused(strict: httpx.Client) -> None:
    response = ask(strict, "#" * 300_000)
    assert response.status_code == 413


HOSTILE = (
    "SELECT ?x { VALUES ?x { '<script>alert(1)</script>' '\"><img src=x onerror=alert(1)>' '=1+1' '@SUM(A1)'"
    " '+1' '-1' '{{ 7*7 }}' <javascript:alert(1)> <data:text/html,x> 'a\\r\\nSet-Cookie: x=1' 'a,b\"c' } }"
)


def test_hostile_values_are_text_in_a_page(client: httpx.Client) -> None:
    page = client.get("/sparql", params={"query": HOSTILE}, headers={"Accept": BROWSER})
    assert page.status_code == 200
    # The scripts of the page are files of its own, each held to its digest, and words for them, as data.
    own = (
        r'<script type="module" src="/static/vendor/[\w.-]+" integrity="sha384-[^"]+"></script>'
        r'|<script type="application/json" id="words">[^<]*</script>'
    )
    text = re.sub(own, "", page.text)
    assert not re.search(r"<script|<img|javascript:[^<]*\"", text)
    assert 'href="javascript' not in page.text
    assert 'href="data' not in page.text
    assert "{{ 7*7 }}" in page.text
    assert "set-cookie" not in page.headers


def test_the_csv_of_the_protocol_is_exact(client: httpx.Client) -> None:
    response = ask(client, HOSTILE)
    rows = [row[0] for row in csv.reader(io.StringIO(response.text, newline=""))]
    assert "=1+1" in rows
    assert 'a,b"c' in rows
    assert "a\r\nSet-Cookie: x=1" in rows
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/sparql", "/docs", "/none", "/static/style.css", "/sparql?query=x"])
def test_pages_may_load_nothing_from_elsewhere(client: httpx.Client, path: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER})
    policy = dict(
        part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in policy.values())
    assert response.headers["x-content-type-options"] == "nosniff"


NO_LIMITS = {"catalogue_page", "port", "proxies", "store_check", "store_rows"}
"""Numbers that limit nothing by being small, or whose right value only the operator knows."""


def test_every_limit_has_a_default_that_limits() -> None:
    numbers = {row.name for row in SETTINGS if row.kind in (int, float)}
    assert numbers >= NO_LIMITS
    limits = {name: getattr(Settings(), name) for name in numbers - NO_LIMITS}
    assert len(limits) > 20
    assert {name for name, value in limits.items() if not 0 < value < math.inf} == set()
    assert Settings().proxies == 0
