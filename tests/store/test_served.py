"""``serve --store URL``: the service over real remote stores, as users meet it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

Serve = Callable[..., httpx.Client]
SITE = "https://w3id.org/cls-sante/"
CEILING = 10_000


@pytest.fixture(scope="module")
def serve(warm: list[str], command: tuple[list[str], dict[str, str]]) -> Iterator[Serve]:
    """Starts the command on a store; gives a client of it, once it is ready."""
    started: list[tuple[subprocess.Popen[bytes], httpx.Client]] = []

    def start(store: str, *options: str, env: dict[str, str] | None = None) -> httpx.Client:
        _, base = command
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        line = ["serve", "--store", store, "--port", str(port), "--workers", "2", *options]
        process = subprocess.Popen(
            [*warm, "-m", "cls_graph", *line], stderr=subprocess.DEVNULL, env={**base, **(env or {})}
        )
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False, verify=False)
        started.append((process, client))
        until(lambda: client.get("/readyz").status_code == 200 or process.poll() is not None)
        assert process.poll() is None
        return client

    yield start
    for process, client in started:
        client.close()
        process.terminate()
    for process, _ in started:
        process.wait(30)


LISTED = (
    "/contracts.json?determinant=cadre-de-vie",
    "/organisations.csv",
    "/determinants.json",
    "/matrix.csv?by=kinds",
    "/compare.json?c=26362-3&c=243800984-2",
    "/timeline.json",
    "/map.json",
    "/search.json?q=CPAM drome",
)


def until(done: Callable[[], bool]) -> None:
    """Wait, for long if need be."""
    deadline = time.monotonic() + 120
    while True:
        try:
            if done():
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def embedded(serve: Serve, bundled_release: Path, tmp_path_factory: pytest.TempPathFactory) -> httpx.Client:
    """The service over the release itself, to compare with; without the report, which no store holds."""
    folder = tmp_path_factory.mktemp("embedded") / "release"
    shutil.copytree(bundled_release, folder, ignore=shutil.ignore_patterns("findings.json"))
    return serve(str(folder))


@pytest.fixture(scope="module")
def client_of(
    serve: Serve, request: pytest.FixtureRequest, bundled_release: Path
) -> Callable[[str], httpx.Client]:
    """The service over one of the servers, with the bundled release in it; started once."""
    started: dict[str, httpx.Client] = {}

    def of(make: str) -> httpx.Client:
        if make not in started:
            server = request.getfixturevalue(f"{make}_server")
            server.load(bundled_release)
            options = ("--store-base", SITE, "--query-timeout", "30")
            started[make] = serve(server.address.query, *options, env=server.env)
        return started[make]

    return of


@pytest.fixture(scope="module")
def client(client_of: Callable[[str], httpx.Client], server: Any) -> httpx.Client:
    """The service over each of the servers."""
    return client_of(server.make)


PAGES = (
    "/",
    "/ontology",
    "/shapes",
    "/vocab",
    "/page/contract/26362-3",
    "/page/organisation/ars-84",
    "/page/contract/26362-3/engagement/01",
    "/vocab/determinant",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_the_same_as_over_the_release(
    client: httpx.Client, embedded: httpx.Client, path: str
) -> None:
    answers = [c.get(path, headers={"Accept": "text/html"}) for c in (client, embedded)]
    texts = [a.text.replace(str(c.base_url), "") for a, c in zip(answers, (client, embedded), strict=True)]
    assert [a.status_code for a in answers] == [200, 200]
    assert sorted(texts[0].split()) == sorted(texts[1].split())


@pytest.mark.parametrize("path", ["/data/contract/26362-3", "/vocab/determinant", "/data/document/valence"])
def test_linked_data_is_the_same_as_over_the_release(
    client: httpx.Client, embedded: httpx.Client, path: str
) -> None:
    for kind in (".nt", ".nq"):
        lines = []
        for c in (client, embedded):
            answer = c.get(path + kind)
            assert answer.status_code == 200
            lines.append(set(answer.text.replace(str(c.base_url), "").splitlines()))
        assert lines[0] == lines[1]
    assert client.get("/id/contract/26362-3", headers={"Accept": "text/turtle"}).status_code == 303
    assert client.get("/data/contract/none.ttl").status_code == 404


def test_graphs_are_given_whole(client: httpx.Client, bundled_release: Path) -> None:
    dataset = client.get("/store", headers={"Accept": "application/n-quads"})
    manifest = json.loads((bundled_release / "manifest.json").read_text())
    graphs: dict[str, int] = {}
    for quad in ox.parse(dataset.content, ox.RdfFormat.N_QUADS):
        name = quad.graph_name.value  # type: ignore[union-attr]
        graphs[name] = graphs.get(name, 0) + 1
    assert graphs == manifest["graphs"]
    assert client.get("/store", params={"graph": "urn:nothing"}).status_code == 404
    assert client.get("/dumps/graph.nq").status_code == 404
    assert client.get("/dumps/manifest.json").status_code == 404


def test_every_format_holds_the_same_rows(client: httpx.Client) -> None:
    query = (
        "SELECT ?c ?l { ?c a <https://w3id.org/cls-sante/ontology#LocalHealthContract> ; ?p ?l } ORDER BY ?c"
    )
    counts = set()
    for fmt in ("json", "xml", "tsv"):
        answer = client.get("/sparql", params={"query": query, "format": fmt})
        assert answer.status_code == 200
        form = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML}
        parsed = ox.parse_query_results(answer.content, format=form.get(fmt, ox.QueryResultsFormat.TSV))
        assert isinstance(parsed, ox.QuerySolutions)
        counts.add(sum(1 for _ in parsed))
    rows = list(csv.reader(io.StringIO(client.get("/sparql", params={"query": query, "format": "csv"}).text)))
    assert counts == {len(rows) - 1}


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("PREFIX bif: <bif:> SELECT ?s { ?s bif:contains 'x' }", 403, "bif:"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403, "read-only"),
        ("SELECT *\n{ ;", 400, "Line 2"),
        ("ASK " + "{" * 200 + "}" * 200, 400, "nest"),
        ("ASK { FILTER(<urn:nothing>(1)) }", 422, "urn:nothing"),
    ],
)
def test_what_is_refused_never_reaches_the_store(
    client: httpx.Client, query: str, status: int, told: str
) -> None:
    answer = client.get("/sparql", params={"query": query, "lang": "en"})
    assert answer.status_code == status
    assert told in answer.json()["detail"]


def test_an_answer_that_the_store_cut_says_so(client_of: Callable[[str], httpx.Client]) -> None:
    client = client_of("virtuoso")
    assert client.get("/readyz").json()["store"]["rows"] == [CEILING, 1 << 20]
    every = "SELECT * { ?s ?p ?o }"
    cut = client.get("/sparql", params={"query": every, "format": "csv"})
    assert cut.headers["CLS-Truncated"] == f"rows={CEILING}; limit=store_rows"
    assert len(list(csv.reader(io.StringIO(cut.text)))) == CEILING + 1
    built = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    graph = client.get("/sparql", params={"query": built, "format": "nt"})
    count = len([line for line in graph.text.splitlines() if line.startswith(("<", "_"))])
    assert CEILING <= count <= CEILING + 2
    assert graph.headers["CLS-Truncated"] == f"rows={count}; limit=store_rows"
    assert graph.text.rstrip().endswith(f"# truncated: rows={count}; limit=store_rows")
    whole = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 1000", "format": "csv"})
    assert "CLS-Truncated" not in whole.headers


def test_deviations_are_told_where_people_look(client: httpx.Client, server: Any) -> None:
    store = client.get("/readyz").json()["store"]
    assert store["server"].lower().startswith(server.make)
    assert "literals-by-value" in store["deviations"]
    said = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "Numbers are kept by value" in said
    assert "Les nombres sont gardés par leur valeur" in said


def test_answers_have_tags_of_the_release(client: httpx.Client, embedded: httpx.Client) -> None:
    first = client.get("/data/contract/26362-3.ttl")
    assert first.headers["CLS-Release"] == embedded.get("/healthz").headers["CLS-Release"]
    again = client.get("/data/contract/26362-3.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


SMALL = "@base <https://example.org/following/> . <graph/a> {{ <id/x> <urn:p> {} . }}"


def test_the_next_release_is_served_once_it_is_loaded_and_an_absent_store_is_told(
    serve: Serve, own_oxigraph: Callable[..., Any], release_of: Callable[..., Path]
) -> None:
    base = "https://example.org/following/"
    ask = {"query": f"SELECT ?o {{ <{base}id/x> <urn:p> ?o }}", "format": "csv"}
    with own_oxigraph() as server:
        server.load(release_of(SMALL.format(1), base, "1.0"))
        client = serve(server.address.query, "--store-check", "0.1")
        assert client.get("/sparql", params=ask).text == "o\r\n1\r\n"
        server.load(release_of(SMALL.format(2), base, "2.0"))
        until(lambda: client.get("/readyz").json()["version"] == "2.0")
        assert client.get("/sparql", params=ask).text == "o\r\n2\r\n"
    until(lambda: client.get("/readyz").status_code == 503)
    assert client.get("/readyz").json()["trouble"]
    lost = client.get("/sparql", params={"query": "SELECT (NOW() AS ?n) { ?s ?p ?o }"})
    assert lost.status_code == 502
    assert client.get("/healthz").status_code == 200


def test_a_store_of_somebody_elses_is_served_without_a_cache_and_within_our_limits(
    serve: Serve, own_oxigraph: Callable[..., Any]
) -> None:
    ask = {"query": "SELECT ?o { <urn:s> <urn:p> ?o } ORDER BY ?o", "format": "csv"}
    limits = ("--query-timeout", "2", "--max-rows", "50")
    with own_oxigraph("--union-default-graph") as server:
        server.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")
        client = serve(server.address.query, "--store-dataset", "store", *limits)
        first = client.get("/sparql", params=ask)
        assert (first.text, "ETag" in first.headers) == ("o\r\n1\r\n", False)
        many = " ".join(f"<urn:t{i}> <urn:q> {i} ." for i in range(1500))
        server.update(f"INSERT DATA {{ GRAPH <urn:new> {{ <urn:s> <urn:p> 2 . {many} }} }}")
        assert client.get("/sparql", params=ask).text == "o\r\n1\r\n2\r\n"
        page = client.get("/", headers={"Accept": "text/html"})
        known = {"Accept": "text/html", "If-None-Match": page.headers["ETag"]}
        assert client.get("/", headers=known).status_code == 200
        cut = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "format": "csv"})
        assert cut.headers["CLS-Truncated"] == "rows=50; limit=max_rows"
        assert len(list(csv.reader(io.StringIO(cut.text)))) == 51
        # The store goes on with it; it is this test's own, and killed.
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        assert client.get("/sparql", params={"query": endless}).status_code == 504
        assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code == 200


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--writable"], "read"),
        (["--empty"], "read"),
        (["--store-dataset", "all"], "--store-dataset"),
        ([], "127.0.0.1:1"),
    ],
)
def test_what_cannot_be_served_is_one_clear_error(
    cli: Callable[..., Any], words: list[str], told: str
) -> None:
    said = cli("serve", "--store", "http://127.0.0.1:1/query", "--port", "0", "--lang", "en", *words)
    assert said.code == 2
    assert told in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("path", LISTED)
def test_lists_are_those_of_the_release(client: httpx.Client, embedded: httpx.Client, path: str) -> None:
    there, here = client.get(path), embedded.get(path)
    assert there.status_code == 200, there.text
    assert there.content == here.content


@pytest.mark.parametrize("path", ["/ontology", "/validation", "/about"])
def test_pages_are_served_from_a_remote_store(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert page.status_code == 200, page.text
    assert "<h1" in page.text
