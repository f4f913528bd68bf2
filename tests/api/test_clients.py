"""Programs that our users already have, on the service as it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
import SPARQLWrapper
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

BASE = "https://w3id.org/cls-sante/"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
CONSTRUCT = "CONSTRUCT { ?s a ?t } WHERE { ?s a ?t }"
Curl = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def endpoint(client: httpx.Client) -> str:
    return f"{client.base_url}/sparql"


@pytest.fixture
def curl(missing: Callable[[str], NoReturn]) -> Curl:
    program = shutil.which("curl")
    if program is None:
        missing("curl is not installed")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        line = [str(program), "--silent", "--show-error", "--max-time", "20", *words]
        return subprocess.run(line, capture_output=True, text=True, check=False)

    return run


def test_curl_by_every_way(endpoint: str, curl: Curl, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text(COUNT)
    csv = ("-H", "Accept: text/csv")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{query}")
    for words in (
        ("-G", "--data-urlencode", f"query={COUNT}", *csv),
        ("--data-urlencode", f"query={COUNT}", *csv),
        (*direct, *csv),
        ("-X", "QUERY", *direct, *csv),
        ("--compressed", "-G", "--data-urlencode", f"query@{query}", "-d", "format=csv"),
    ):
        assert curl(endpoint, *words).stdout == "n\n20\n"
    assert '"detail"' in curl(endpoint, "-G", "-d", "query=SELECT").stdout
    failed = curl("--fail", endpoint, "-G", "-d", "query=SELECT")
    assert failed.returncode == 22
    assert "sd:Service" in curl(endpoint).stdout or "sparql-service-description#" in curl(endpoint).stdout


def test_curl_notices_an_answer_that_breaks_off(start: Callable[..., httpx.Client], curl: Curl) -> None:
    client = start(query_timeout=1.5)
    chained = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    words = ("-G", "--data-urlencode", f"query={chained}", "-d", "format=csv", "-o", "/dev/null")
    assert curl(f"{client.base_url}/sparql", *words).returncode == 18
    assert curl("--compressed", f"{client.base_url}/sparql", *words).returncode != 0


def test_sparqlwrapper_in_every_format(endpoint: str) -> None:
    sparql = SPARQLWrapper.SPARQLWrapper(endpoint)
    sparql.setQuery(COUNT)
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        sparql.setMethod(method)
        sparql.setReturnFormat(SPARQLWrapper.JSON)
        found = sparql.queryAndConvert()
        assert found["results"]["bindings"][0]["n"]["value"] == "20"
        sparql.setReturnFormat(SPARQLWrapper.CSV)
        assert sparql.queryAndConvert() == b"n\r\n20\r\n"
        sparql.setReturnFormat(SPARQLWrapper.XML)
        assert "20" in sparql.queryAndConvert().toxml()
    sparql.setQuery("ASK { ?s a ?t }")
    sparql.setReturnFormat(SPARQLWrapper.JSON)
    assert sparql.queryAndConvert()["boolean"] is True
    sparql.setQuery(CONSTRUCT)
    sizes = set()
    for name in (
        SPARQLWrapper.TURTLE,
        SPARQLWrapper.RDFXML,
        SPARQLWrapper.XML,
        SPARQLWrapper.JSONLD,
        SPARQLWrapper.N3,
    ):
        sparql.setReturnFormat(name)
        graph = sparql.queryAndConvert()
        if isinstance(graph, bytes):
            graph = Graph().parse(data=graph, format="turtle")
        sizes.add(len(graph))
    assert sizes == {20}
    sparql.setRequestMethod(SPARQLWrapper.POSTDIRECTLY)
    sparql.setMethod(SPARQLWrapper.POST)
    sparql.setQuery(COUNT)
    sparql.setReturnFormat(SPARQLWrapper.JSON)
    assert sparql.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "20"


def test_sparqlwrapper_reads_our_errors(endpoint: str) -> None:
    sparql = SPARQLWrapper.SPARQLWrapper(endpoint)
    sparql.setReturnFormat(SPARQLWrapper.JSON)
    sparql.setQuery("SELECT * WHERE { ?s ?p } ")
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="query-syntax"):
        sparql.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_as_a_remote_store(endpoint: str, method: str) -> None:
    store = SPARQLStore(endpoint, method=method)
    graph = Graph(store)
    assert [int(row.n) for row in graph.query(COUNT)] == [20]  # type: ignore[union-attr]
    subject, predicate, value = next(iter(graph.triples((None, None, None))))
    assert (subject, predicate, value) in graph
    assert len(Graph(store).query(CONSTRUCT).graph) == 20  # type: ignore[arg-type]
    named = Graph(store, identifier=URIRef(BASE + "graph/contract/38382-a"))
    assert [int(row.n) for row in named.query(COUNT)] == [2]  # type: ignore[union-attr]


def test_a_browser_of_another_site_reads_errors_too(client: httpx.Client) -> None:
    """What ``fetch`` needs: leave on the preflight, and on the answer whatever it is."""
    origin = {"Origin": "https://yasgui.example"}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = client.options("/sparql", headers={**origin, **asked})
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    for query in (COUNT, "SELECT", "ASK { SERVICE <http://127.0.0.1:9/> {} }"):
        response = client.post("/sparql", data={"query": query}, headers=origin)
        assert response.headers["access-control-allow-origin"] == "*"
        assert json.loads(response.content)


def test_rdflib_writes_and_reads_back(writable: httpx.Client) -> None:
    """rdflib's update store keeps a name for each blank node, and sends additions in one update."""
    endpoint = f"{writable.base_url}"
    token = {"Authorization": writable.headers["authorization"]}
    store = SPARQLUpdateStore(f"{endpoint}/sparql", f"{endpoint}/update", headers=token, autocommit=False)
    notes = Dataset(store=store).graph(URIRef("urn:notes"))
    written = {
        (URIRef("urn:a"), URIRef("urn:says"), Literal(word, lang="fr")) for word in ("un", "deux", "l'été")
    }
    for triple in written:
        notes.add(triple)
    store.commit()
    assert set(notes) == written
    notes.remove((URIRef("urn:a"), None, Literal("un", lang="fr")))
    store.commit()
    assert len(notes) == 2
    store.update("DELETE WHERE { GRAPH <urn:notes> { ?s ?p ?o } }")
    store.commit()
    assert len(notes) == 0
