"""``/sparql`` over HTTP: the protocol, its errors, and its limits."""

from __future__ import annotations

import html
import json
import re
import socket
import threading
import time
from collections.abc import Callable

import httpx
import pyoxigraph as ox
import pytest

from cls_graph import media

BASE = "https://w3id.org/cls-sante/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ANSWER = b"n\r\n20\r\n"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def get(client: httpx.Client, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9, */*;q=0.1", "text/tab-separated-values"),
        ("text/csv;q=0, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_solutions_by_accept(client: httpx.Client, accept: str, media_type: str) -> None:
    response = get(client, COUNT, accept)
    assert response.headers["content-type"].split(";")[0] == media_type
    assert re.search(r"\b20\b", response.text)
    assert response.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"


@pytest.mark.parametrize(
    ("accept", "fmt"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_graphs_by_accept(client: httpx.Client, accept: str, fmt: ox.RdfFormat) -> None:
    response = get(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", accept)
    assert response.headers["content-type"].split(";")[0] == accept
    by_suffix = get(client, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", format="nt")
    assert set(ox.parse(response.content, fmt)) == set(ox.parse(by_suffix.content, ox.RdfFormat.N_TRIPLES))


def test_format_wins_over_accept(client: httpx.Client) -> None:
    assert get(client, COUNT, "text/turtle", format="csv").content == ANSWER


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "GET", "params": {"query": COUNT}},
        {"method": "POST", "data": {"query": COUNT}},
        {
            "method": "POST",
            "content": COUNT,
            "headers": {"Content-Type": "application/sparql-query; charset=UTF-8"},
        },
    ],
    ids=["get", "form", "direct"],
)
def test_the_three_ways_to_send_a_query(client: httpx.Client, request_: dict[str, object]) -> None:
    headers = {**request_.pop("headers", {}), "Accept": "text/csv"}  # type: ignore[dict-item]
    response = client.request(url="/sparql", headers=headers, **request_)  # type: ignore[arg-type]
    assert (response.status_code, response.content) == (200, ANSWER)


def test_head_and_options(client: httpx.Client) -> None:
    head = client.head("/sparql", params={"query": COUNT, "format": "csv"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(ANSWER))
    assert client.head("/sparql", params={"query": LONG, "format": "csv"}).status_code == 200
    assert client.options("/sparql").headers["allow"] == "GET, HEAD, POST, QUERY, OPTIONS"


def test_the_dataset_of_the_request(client: httpx.Client) -> None:
    graph = BASE + "graph/contract/38382-a"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?t } }"
    assert get(client, COUNT, format="csv", **{"default-graph-uri": graph}).text == "n\r\n2\r\n"
    assert get(client, named, format="csv", **{"named-graph-uri": graph}).text == "n\r\n2\r\n"
    assert get(client, named, format="csv", **{"default-graph-uri": graph}).text == "n\r\n0\r\n"
    both = client.post(
        "/sparql",
        data={"query": COUNT, "format": "csv", "default-graph-uri": [graph, BASE + "graph/vocab"]},
    )
    assert both.text == "n\r\n4\r\n"


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"format": "csv"}, 400),
        ({"query": COUNT, "qeury": "x"}, 400),
        ({"query": [COUNT, COUNT]}, 400),
        ({"query": COUNT, "format": ["csv", "json"]}, 400),
        ({"query": COUNT, "timeout": "soon"}, 400),
        ({"query": COUNT, "timeout": "nan"}, 400),
        ({"query": COUNT, "default-graph-uri": "not an iri"}, 400),
        ({"query": COUNT, "format": "ttl"}, 406),
        ({"query": COUNT, "format": "pdf"}, 406),
        ({"query": "ASK " + "{" * 9_000}, 400),
        ({"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}, 403),
        ({"update": "DROP ALL"}, 403),
    ],
)
def test_what_get_refuses(client: httpx.Client, params: dict[str, object], status: int) -> None:
    response = client.get("/sparql", params=params)  # type: ignore[arg-type]
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"ASK {}", 415),
        ("application/json", b"{}", 415),
        ("application/sparql-query; charset=latin-1", b"ASK {}", 415),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/x-www-form-urlencoded", b"query=ASK%20%7B%7D%FF", 400),
        ("application/x-www-form-urlencoded", b"", 400),
        ("application/sparql-update", b"DROP ALL", 403),
        ("application/sparql-query", b"ASK " + b"{" * 100_000, 400),
        ("application/sparql-query", b"#" * 1_100_000, 413),
    ],
)
def test_what_post_refuses(client: httpx.Client, content_type: str, body: bytes, status: int) -> None:
    response = client.post("/sparql", content=body, headers={"Content-Type": content_type})
    assert response.status_code == status
    assert response.json()["status"] == status


def test_an_unacceptable_type_and_an_unsized_body(client: httpx.Client) -> None:
    assert get(client, COUNT, "image/png").json()["available"]
    refused = get(client, COUNT, "image/png")
    assert refused.status_code == 406
    offered = set(refused.json()["available"])
    assert {media.XLSX.media_type, media.GEOJSON.media_type, "text/csv"} <= offered
    assert media.XLSX.media_type not in get(client, "ASK {}", "image/png").json()["available"]

    def endless() -> object:
        while True:
            yield b"#" * 65_536

    try:
        response = client.post(
            "/sparql",
            content=endless(),  # type: ignore[arg-type]
            headers={"Content-Type": "application/sparql-query"},
        )
        assert response.status_code == 413
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # the service may hang up before the body ends, which it never does


def test_a_syntax_error_is_located(client: httpx.Client) -> None:
    response = get(client, "SELECT *\nWHERE { ?s ?p ?o } LIMT 3", lang="en")
    problem = response.json()
    assert response.status_code == 400
    assert (problem["line"], problem["column"]) == (2, 20)
    assert problem["excerpt"] == "WHERE { ?s ?p ?o } LIMT 3"
    assert response.headers["content-language"] == "en"
    french = get(client, "SELECT *\nWHERE { ?s ?p ?o } LIMT 3").json()
    assert french["detail"].startswith("Ligne 2, colonne 20. « LIMT »")


def test_service_is_refused_with_the_reason(client: httpx.Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        url = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        for clause in (f"SERVICE <{url}>", f"SERVICE SILENT <{url}>", f"?s ?p ?o.service<{url}>"):
            response = get(client, f"SELECT * {{ {clause} {{ ?a ?b ?c }} }}")
            assert response.status_code == 403
            assert "SERVICE" in response.json()["detail"]
        assert get(client, f"SELECT * FROM <{url}> {{ ?s ?p ?o }}", format="csv").status_code == 200
        with pytest.raises(TimeoutError):
            canary.accept()
    assert get(client, "ASK { ?s ?p 'SERVICE <http://x/> {}' } # SERVICE").status_code == 200


def test_the_deadline_is_a_504_and_others_are_answered_meanwhile(client: httpx.Client) -> None:
    results: list[httpx.Response] = []
    thread = threading.Thread(target=lambda: results.append(get(client, ENDLESS, timeout="1")))
    thread.start()
    answered = 0
    while thread.is_alive():
        assert get(client, f"{COUNT} #{answered}", format="csv").content == ANSWER
        answered += 1
    assert results[0].status_code == 504
    assert answered > 2


def test_a_long_answer_is_streamed_and_a_broken_one_is_seen(client: httpx.Client) -> None:
    whole = get(client, LONG + " LIMIT 50000", format="csv")
    assert whole.headers["transfer-encoding"] == "chunked"
    assert whole.text.count("\n") == 50_001
    chained = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    with pytest.raises(httpx.RemoteProtocolError):
        get(client, chained, format="csv", timeout="1")


def test_http_1_0_gets_a_whole_answer(client: httpx.Client) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as raw:
        path = httpx.URL("/sparql", params={"query": LONG + " LIMIT 30000", "format": "csv"})
        raw.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        received = b""
        while block := raw.recv(65_536):
            received += block
    head, _, body = received.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head
    assert body.count(b"\n") == 30_001


def test_too_many_queries_are_told_when_to_come_back(start: Callable[..., httpx.Client]) -> None:
    client = start(workers=1, queue_timeout=0.3, query_timeout=2.0)
    thread = threading.Thread(target=lambda: get(client, ENDLESS))
    thread.start()
    time.sleep(0.3)
    response = get(client, COUNT)
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    thread.join()


def test_a_client_that_leaves_frees_its_worker(start: Callable[..., httpx.Client]) -> None:
    client = start(workers=1, query_timeout=30.0)
    for query in (ENDLESS, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"):
        with socket.create_connection((client.base_url.host, client.base_url.port or 80)) as raw:
            path = httpx.URL("/sparql", params={"query": query, "format": "csv"})
            raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.3)
        begin = time.monotonic()
        assert get(client, COUNT, format="csv").content == ANSWER
        assert time.monotonic() - begin < 3


def test_an_unchanged_answer_is_not_sent_again(client: httpx.Client) -> None:
    first = get(client, COUNT, "text/csv")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = client.get(
        "/sparql", params={"query": COUNT}, headers={"Accept": "text/csv", "If-None-Match": f'"x", {tag}'}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/sparql", params={"query": COUNT}, headers={"Accept": "application/json", "If-None-Match": tag}
    )
    assert other.status_code == 200
    assert "etag" not in get(client, "SELECT (RAND() AS ?x) {}").headers


def test_a_page_of_any_site_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in preflight.headers


def test_a_program_without_a_query_gets_the_service_description(client: httpx.Client) -> None:
    response = client.get("/sparql")
    described = set(ox.parse(response.content, ox.RdfFormat.TURTLE))
    names = {q.object.value for q in described if q.predicate.value.endswith("#name")}
    assert BASE + "graph/registry" in names
    assert any(q.predicate.value.endswith("#endpoint") for q in described)
    refused = client.get("/sparql", headers={"Accept": "application/sparql-results+json"})
    assert refused.status_code == 400


def test_a_browser_gets_a_form_then_a_table(client: httpx.Client) -> None:
    form = client.get("/sparql", headers={"Accept": BROWSER})
    assert "<textarea" in form.text
    # Data, and one file of the service whose digest the page gives: no script that runs is in the page.
    scripts = re.findall(r"<script ([^>]*)>", form.text)
    assert [s.split()[0] for s in scripts] == ['type="application/json"', 'type="module"']
    assert re.search(r'src="/static/vendor/sparql\.[0-9a-f]{8}\.js" integrity="sha384-', scripts[1])
    query = "SELECT ?s ?name { ?s <https://w3id.org/cls-sante/ontology#nameAsStated> ?name }"
    page = get(client, query, BROWSER, lang="en")
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>" in page.text
    assert '<a href="/id/contract/26362-3/engagement/01?lang=en">' in page.text
    assert "1 row" in page.text
    cut = get(client, LONG, BROWSER)
    assert cut.text.count("<tr>") == 501
    assert "500 lignes" in cut.text
    # Each file says how far it goes, none that it is whole.
    plain = html.unescape(cut.text).replace("\u202f", " ").replace("\u00a0", " ")
    assert "CSV, TSV, JSON, XML : 1 000 000 lignes au plus" in plain
    assert "XLSX, GeoJSON : 50 000 lignes au plus ; un fichier coupé le dit." in plain
    assert "La réponse entière" not in plain
    assert "oui" in get(client, "ASK {}", BROWSER).text
    assert "@prefix" in get(client, "DESCRIBE ?s { ?s a ?t }", BROWSER).text


def test_a_browser_reads_errors_as_pages(client: httpx.Client) -> None:
    page = get(client, "SELECT <script>alert(1)</script>", BROWSER)
    assert page.status_code == 400
    assert page.headers["content-type"].startswith("text/html")
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text


def test_json_answers_are_json(client: httpx.Client) -> None:
    rows = json.loads(
        get(client, "SELECT ?n { ?s <https://w3id.org/cls-sante/ontology#ordinal> ?n }").content
    )
    assert rows["results"]["bindings"][0]["n"]["value"] == "3"
