"""The protocol for reading, to the letter: methods, formats, codings, cross-origin rules, description."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable

import httpx
import pyoxigraph as ox
import pytest

from cls_graph_api.columns import COLUMNS

BASE = "https://w3id.org/cls-sante/"
SD = "http://www.w3.org/ns/sparql-service-description#"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
ANSWER = b"n\r\n20\r\n"
ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DIRECT = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}


def get(client: httpx.Client, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("method", ["GET", "POST", "QUERY", "HEAD"])
def test_every_method_at_both_addresses(client: httpx.Client, path: str, method: str) -> None:
    if method in ("GET", "HEAD"):
        response = client.request(method, path, params={"query": COUNT}, headers={"Accept": "text/csv"})
    else:
        response = client.request(method, path, content=COUNT, headers=DIRECT)
    assert response.status_code == 200
    assert response.content == (b"" if method == "HEAD" else ANSWER)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-length"] == str(len(ANSWER))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("query=ASK{?é ?p ?o}", "encoded, as %C3%A9"),
        ("query=ASK%7B%7D%20%23%FF", "not UTF-8"),
        ("query=ASK%7B%7D" + "&default-graph-uri=urn:g" * 1000, "1000"),
        ("query=ASK%7B%7D&query=ASK%7B%7D", "query is given more than once"),
        ("query=ASK%7B%7D&sparql=1", "Unknown parameter: sparql"),
    ],
)
def test_a_form_that_is_badly_written_is_told_why(client: httpx.Client, form: str, said: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "en"}
    response = client.post("/sparql", content=form.encode(), headers=headers)
    assert (response.status_code, said in response.json()["detail"]) == (400, True), response.text


def test_query_is_as_post_and_can_be_conditional(client: httpx.Client) -> None:
    form = client.request(
        "QUERY", "/sparql", data={"query": COUNT, "format": "csv"}, headers={"Accept": "text/csv"}
    )
    assert form.content == ANSWER
    direct = client.request("QUERY", "/sparql", content=COUNT, headers=DIRECT)
    again = client.request(
        "QUERY", "/sparql", content=COUNT, headers={**DIRECT, "If-None-Match": direct.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    # What answered a POST is not what a client may have kept of the address (RFC 9110, 13.1.2).
    sent = client.post("/sparql", content=COUNT, headers={**DIRECT, "If-None-Match": direct.headers["etag"]})
    assert (sent.status_code, sent.content) == (200, direct.content)
    untyped = client.request("QUERY", "/sparql", content=COUNT.encode())
    assert untyped.status_code == 400
    wrong = client.request("QUERY", "/sparql", content=COUNT, headers={"Content-Type": "application/sql"})
    assert wrong.status_code == 415
    assert wrong.json()["accepted"] == ["application/sparql-query", "application/x-www-form-urlencoded"]


def test_what_may_be_sent_is_said(client: httpx.Client) -> None:
    for path in ("/sparql", "/sparql/"):
        said = client.options(path)
        assert said.status_code == 204
        assert said.headers["allow"] == "GET, HEAD, POST, QUERY, OPTIONS"
        for name in ("accept-query", "accept-post"):
            assert said.headers[name] == "application/sparql-query, application/x-www-form-urlencoded"
    for method in ("PUT", "DELETE", "PATCH"):
        refused = client.request(method, "/sparql", params={"query": "ASK {}"})
        assert refused.status_code == 405
        assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
        assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ([("query", COUNT), ("output", "csv")], 200),
        ([("query", COUNT), ("format", "csv"), ("output", "csv"), ("results", "csv")], 200),
        ([("query", COUNT), ("format", "csv"), ("output", "json")], 400),
        ([("query", COUNT), ("format", "csv"), ("format", "text/csv"), ("results", "")], 200),
        ([("query", COUNT), ("format", "csv"), ("format", "json")], 400),
        ([("query", COUNT), ("format", "csv"), ("format", "html")], 400),
        ([("query", COUNT), ("query", "ASK {}")], 400),
        ([("query", COUNT), ("infinite", "yes")], 400),
    ],
)
def test_a_format_has_many_names(client: httpx.Client, params: list[tuple[str, str]], status: int) -> None:
    response = client.get("/sparql", params=params)
    assert response.status_code == status
    assert status != 200 or response.content == ANSWER


@pytest.mark.parametrize(
    ("asked", "media_type"),
    [
        ("ttl", "text/turtle; charset=utf-8"),
        ("turtle", "text/turtle; charset=utf-8"),
        ("nt", "application/n-triples"),
        ("rdf", "application/rdf+xml"),
        ("rdf+xml", "application/rdf+xml"),
        ("xml", "application/rdf+xml"),
        ("jsonld", "application/ld+json"),
        ("json-ld", "application/ld+json"),
        ("trig", "application/trig"),
        ("nq", "application/n-quads"),
        ("application/trig", "application/trig"),
    ],
)
def test_a_graph_by_its_short_name(client: httpx.Client, asked: str, media_type: str) -> None:
    response = client.get("/sparql", params={"query": ALL, "format": asked})
    assert response.headers["content-type"] == media_type
    fmt = ox.RdfFormat.from_media_type(media_type.split(";")[0])
    assert fmt is not None
    quads = set(ox.parse(response.content, fmt))
    assert len(quads) == len(set(ox.parse(get(client, ALL, format="nt").content, ox.RdfFormat.N_TRIPLES)))
    by_accept = get(client, ALL, media_type.split(";")[0])
    assert set(ox.parse(by_accept.content, fmt)) == quads


def test_a_body_in_a_coding_is_not_read(client: httpx.Client) -> None:
    packed = gzip.compress(COUNT.encode())
    response = client.post("/sparql", content=packed, headers={**DIRECT, "Content-Encoding": "gzip"})
    assert response.status_code == 415


def raw_get(client: httpx.Client, query: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer and its bytes as they travel."""
    request = client.build_request("GET", "/sparql", params={"query": query, "format": "csv"})
    request.headers.update({"Accept-Encoding": "identity", **headers})
    response = client.send(request, stream=True)
    body = b"".join(response.iter_raw())
    return response, body


def test_answers_are_compressed_for_those_who_ask(client: httpx.Client) -> None:
    query = LONG + " LIMIT 2000"
    plain, body = raw_get(client, query)
    assert "content-encoding" not in plain.headers
    for accepted in ("gzip", "br, gzip;q=0.5, *;q=0", "*"):
        packed, coded = raw_get(client, query, **{"Accept-Encoding": accepted})
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["vary"]
        assert gzip.decompress(coded) == body
        assert len(coded) < len(body) / 4
        assert packed.headers["etag"] != plain.headers["etag"]
    for accepted in ("identity", "br", "gzip;q=0", "identity, gzip;q=0.5", "gzip;q=x"):
        assert raw_get(client, query, **{"Accept-Encoding": accepted})[1] == body
    small, body = raw_get(client, COUNT, **{"Accept-Encoding": "gzip"})
    assert ("content-encoding" in small.headers, body) == (False, ANSWER)


def test_a_long_answer_is_compressed_as_it_streams(client: httpx.Client) -> None:
    response, coded = raw_get(client, LONG + " LIMIT 60000", **{"Accept-Encoding": "gzip"})
    assert response.headers["transfer-encoding"] == "chunked"
    assert gzip.decompress(coded).count(b"\n") == 60_001


def test_a_broken_answer_is_broken_in_a_coding_too(start: Callable[..., httpx.Client]) -> None:
    client = start(max_rows=100_001, query_timeout=20.0)
    request = client.build_request("GET", "/sparql", params={"query": LONG, "format": "csv"})
    request.headers["Accept-Encoding"] = "gzip"
    unpack = zlib.decompressobj(31)
    parts = client.send(request, stream=True).iter_raw()
    with pytest.raises(httpx.RemoteProtocolError):
        b"".join(map(unpack.decompress, parts))
    assert not unpack.eof


def test_each_coding_has_its_tag(client: httpx.Client) -> None:
    query = LONG + " LIMIT 500"
    tags = {}
    for coding in ("identity", "gzip"):
        tags[coding] = raw_get(client, query, **{"Accept-Encoding": coding})[0].headers["etag"]
        assert not tags[coding].startswith("W/")
        again, body = raw_get(
            client, query, **{"Accept-Encoding": coding, "If-None-Match": f'"x", {tags[coding]}'}
        )
        assert (again.status_code, body, again.headers["etag"]) == (304, b"", tags[coding])
    assert tags["identity"] != tags["gzip"]
    other, _ = raw_get(client, query, **{"If-None-Match": tags["gzip"]})
    assert other.status_code == 200
    head = client.head("/sparql", params={"query": query, "format": "csv"})
    assert head.headers["etag"] == tags["gzip"], "httpx accepts gzip"


def test_every_answer_says_its_release_and_may_be_read_by_any_page(client: httpx.Client) -> None:
    for path, status in (
        ("/sparql?query=ASK{}", 200),
        ("/sparql?query=ASK", 400),
        ("/none", 404),
        ("/", 200),
    ):
        response = client.get(path, headers={"Origin": "https://example.org", "Accept": "application/json"})
        if path == "/":
            response = client.get(path)
        assert response.status_code == status
        assert re.fullmatch(r"1\.2\.3; digest=[0-9a-f]{64}", response.headers["cls-release"])
        assert response.headers["access-control-allow-origin"] == "*"
        assert "CLS-Release" in response.headers["access-control-expose-headers"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}),
        ("/sparql/running/abcdefgh", {"DELETE", "OPTIONS"}),
        ("/update", {"GET", "HEAD", "OPTIONS"}),
        ("/store", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_pages_of_other_sites_may_read_and_not_write(
    client: httpx.Client, path: str, methods: set[str]
) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "PUT"}
    preflight = client.options(path, headers=asked)
    assert set(preflight.headers["access-control-allow-methods"].split(", ")) == methods
    assert "authorization" not in preflight.headers["access-control-allow-headers"].lower()


def test_a_syntax_error_far_down_is_located(client: httpx.Client) -> None:
    lines = ["SELECT * WHERE {", *(f"  ?s{n} ?p{n} 'é{n}' ." for n in range(50)), "  ?x ?y", "}"]
    problem = get(client, "\n".join(lines), lang="en").json()
    assert (problem["line"], problem["excerpt"]) == (53, "}")
    assert problem["column"] in (1, 2)
    assert problem["type"].endswith("/query-syntax")
    long = "SELECT * { " + "?s ?p 'x' . " * 200 + "} }"
    problem = get(client, long).json()
    assert len(problem["excerpt"]) <= 200
    assert problem["excerpt"].endswith("} }")


def store_of(triples: Iterable[ox.Triple | ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def test_the_service_describes_itself(client: httpx.Client) -> None:
    for accept in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/trig", "*/*"):
        response = client.get("/sparql", headers={"Accept": accept})
        assert response.status_code == 200
        fmt = ox.RdfFormat.from_media_type(response.headers["content-type"].split(";")[0])
        assert fmt is not None
        store = store_of(ox.parse(response.content, fmt))
        said = {
            row["p"].value.removeprefix(SD): row["n"].value
            for row in store.query(  # type: ignore[union-attr]
                f"PREFIX sd: <{SD}> SELECT ?p (COUNT(*) AS ?n)"
                " { ?s a sd:Service . ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(sd:))) } GROUP BY ?p"
            )
        }
        assert said == {
            "endpoint": "1",
            "supportedLanguage": "1",
            "feature": "1",
            "resultFormat": "10",
            "defaultEntailmentRegime": "1",
            "defaultDataset": "1",
            "availableGraphs": "1",
        }
    size = "SELECT ?n { ?g sd:name <%s> ; sd:graph/void:triples ?n ; sd:entailmentRegime ?regime }"
    for graph in (BASE + "graph/registry", BASE + "graph/vocab"):
        query = f"PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> " + size % graph
        [row] = store.query(query)  # type: ignore[union-attr]
        counted = json.loads(
            get(client, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}").content
        )
        assert row["n"].value == counted["results"]["bindings"][0]["n"]["value"]


def test_graphs_that_are_computed_or_inferred_are_marked() -> None:
    from cls_graph_api.description import service_description

    manifest = {
        "base_iri": BASE,
        "graphs": {BASE + "graph/shortcuts": 3, BASE + "graph/inferred/x": 5, BASE + "graph/a": 7},
    }
    store = store_of(service_description("http://x/sparql", manifest, writable=True))
    prefixes = f"PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> "
    marked = "SELECT ?n { ?g sd:name ?n ; sd:graph/<https://w3id.org/cls-sante/ontology#assertionStatus> ?s }"
    assert [r["n"].value for r in store.query(prefixes + marked)] == [BASE + "graph/shortcuts"]  # type: ignore[union-attr]
    inferred = "SELECT ?n { ?g sd:name ?n ; sd:supportedEntailmentProfile ?p }"
    assert [r["n"].value for r in store.query(prefixes + inferred)] == [BASE + "graph/inferred/x"]  # type: ignore[union-attr]
    union = "SELECT ?n { ?d sd:defaultGraph/void:triples ?n }"
    assert [r["n"].value for r in store.query(prefixes + union)] == ["10"]  # type: ignore[union-attr]
    assert store.query(prefixes + "ASK { ?s sd:supportedLanguage sd:SPARQL11Update ; sd:inputFormat ?f }")


def test_openapi_says_what_sparql_takes_and_gives(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()["paths"]
    read, sent = described["/sparql"]["get"], described["/sparql"]["post"]
    assert {p["name"] for p in read["parameters"]} == {
        "query",
        "default-graph-uri",
        "named-graph-uri",
        "format",
        "timeout",
        "infer",
        "lang",
        "release",
        "theme",
        "view",
        "network",
        *COLUMNS,
        "example",
        "query-request-id",
    }
    assert set(sent["requestBody"]["content"]) == {
        "application/sparql-query",
        "application/x-www-form-urlencoded",
    }
    for operation in (read, sent):
        assert {"200", "400", "403", "406", "413", "415", "429", "503", "504", "507"} <= set(
            operation["responses"]
        )
        assert "application/sparql-results+json" in operation["responses"]["200"]["content"]
        assert "application/problem+json" in operation["responses"]["504"]["content"]
    assert "delete" in described["/sparql/running/{identifier}"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_manual_is_a_page_of_our_own(client: httpx.Client, lang: str) -> None:
    page = client.get("/docs", params={"lang": lang})
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!w3id|spdx)', page.text)
    for word in ("CLS_QUERY_TIMEOUT", "CLS_MAX_ROWS", "/sparql/running/{identifier}", "CLS-Truncated", "429"):
        assert word in page.text
    assert ("Adresses" in page.text) is (lang == "fr")
    again = client.get("/docs", params={"lang": lang}, headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
