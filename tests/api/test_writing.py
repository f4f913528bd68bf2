"""A writable service over HTTP: who may write, what a write does, what a kill leaves."""

from __future__ import annotations

import re
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

TOKEN = "a token for the tests"
COMMAND = ("-m", "cls_graph", "serve", "--lang", "en")
START = "INSERT DATA {{ <urn:s> <urn:p> {0} . <urn:t> <urn:p> {0} }}"
Service = tuple["subprocess.Popen[str]", httpx.Client]
Serve = Callable[[Path], Service]


@pytest.fixture(scope="module")
def serve(warm: list[str], environment: dict[str, str]) -> Iterator[Serve]:
    """Start an empty writable service on a folder; its client carries the token."""
    started: list[Service] = []

    def run(folder: Path) -> Service:
        options = ["--writable", "--empty", "--store", str(folder), "--port", "0", "--workers", "1"]
        env = {**environment, "CLS_WRITE_TOKEN": TOKEN}
        line = [*warm, *COMMAND, *options]
        process = subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=env)
        assert process.stderr is not None
        welcome = process.stderr.readline()
        address = re.match(r"http://127\.0\.0\.1:\d+", welcome)
        assert address, welcome + process.stderr.read()
        # What it says later must not fill the pipe.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        headers = {"Authorization": f"Bearer {TOKEN}"}
        started.append(
            (process, httpx.Client(base_url=address[0], headers=headers, timeout=20, verify=False))
        )
        return started[-1]

    yield run
    for process, client in started:
        client.close()
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def client(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> httpx.Client:
    return serve(tmp_path_factory.mktemp("writing") / "store")[1]


@pytest.fixture(autouse=True)
def _empty(request: pytest.FixtureRequest) -> None:
    if "client" in request.fixturenames:
        update(request.getfixturevalue("client"), "CLEAR ALL")


def update(client: httpx.Client, text: str, **headers: str) -> httpx.Response:
    return client.post(
        "/update", content=text, headers={"Content-Type": "application/sparql-update", **headers}
    )


def values(client: httpx.Client, pattern: str = "<urn:s> <urn:p> ?v") -> list[str]:
    query = f"SELECT ?v {{ {{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }} }}"
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split()[1:])


def test_a_write_is_there_for_the_next_request(client: httpx.Client) -> None:
    for number in range(20):
        assert update(client, START.format(number)).status_code in (200, 204)
        assert str(number) in values(client)


@pytest.mark.parametrize("authorization", [None, "Bearer no", "Basic YTpi", f"Bearer {TOKEN}x", "Bearer"])
def test_nobody_writes_without_the_token(client: httpx.Client, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    with httpx.Client(base_url=client.base_url, verify=False) as stranger:
        refusals = [
            stranger.post("/update", data={"update": START.format(1)}, headers=headers),
            stranger.put("/store?default", content="<urn:s> <urn:p> 1 .", headers=headers),
            stranger.delete("/store?graph=urn:g", headers=headers),
        ]
    for refusal in refusals:
        assert refusal.status_code == 401
        assert refusal.headers["WWW-Authenticate"].startswith("Bearer")
    assert values(client) == []


def test_an_update_is_whole_or_not_at_all(client: httpx.Client) -> None:
    broken = START.format(1) + " ; LOAD <urn:nowhere> ; " + START.format(2)
    assert update(client, broken).status_code == 403
    malformed = update(client, START.format(1) + " ;\n INSERT DATA { <urn:s> <urn:p> }")
    assert malformed.status_code == 400
    assert malformed.json()["line"] == 2
    assert values(client) == []


def test_an_update_fetches_nothing(client: httpx.Client) -> None:
    hits: list[str] = []

    class Canary(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            hits.append("hit")

    with socketserver.TCPServer(("127.0.0.1", 0), Canary) as canary:
        threading.Thread(target=canary.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{canary.server_address[1]}/x"
        for text in (
            f"LOAD <{address}>",
            "LOAD <file:///etc/passwd>",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        ):
            assert update(client, text).status_code == 403, text
        # SILENT asks for a failed LOAD to pass for done (SPARQL 1.1 Update, section 3.1.4).
        assert update(client, f"LOAD SILENT <{address}> INTO GRAPH <urn:g>").status_code == 204
        canary.shutdown()
    assert hits == []


def test_a_graph_is_put_read_added_to_and_deleted(client: httpx.Client) -> None:
    graph, turtle = "/store?graph=urn:g", {"Content-Type": "text/turtle"}
    assert client.get(graph).status_code == 404
    assert client.put(graph, content="<urn:s> <urn:p> 1 .", headers=turtle).status_code == 201
    assert client.put(graph, content="<urn:s> <urn:p> 2 .", headers=turtle).status_code in (200, 204)
    assert client.post(graph, content="<urn:s> <urn:p> 3 .", headers=turtle).status_code in (200, 204)
    assert values(client) == ["2", "3"]
    read = client.get(graph, headers={"Accept": "application/n-triples"})
    assert read.headers["Content-Type"].startswith("application/n-triples")
    assert len(read.text.splitlines()) == 2
    assert client.delete(graph).status_code in (200, 204)
    assert client.get(graph).status_code == 404


def test_rdf_that_does_not_parse_changes_nothing(client: httpx.Client) -> None:
    graph, turtle = "/store?graph=urn:g", {"Content-Type": "text/turtle"}
    client.put(graph, content="<urn:s> <urn:p> 1 .", headers=turtle)
    assert client.put(graph, content="<urn:s> <urn:p> 2 . oops", headers=turtle).status_code == 400
    assert values(client) == ["1"]
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    bomb += ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:">'
    bomb += '<rdf:Description rdf:about="urn:s"><e:p>&j;</e:p></rdf:Description></rdf:RDF>'
    refused = client.put(graph, content=bomb, headers={"Content-Type": "application/rdf+xml"})
    assert 400 <= refused.status_code < 600
    assert values(client) == ["1"]


def test_shapes_decide_where_the_client_asks_for_it(client: httpx.Client) -> None:
    bad = (
        "INSERT DATA { GRAPH <urn:g> { <https://w3id.org/cls-sante/id/contract/1-1> a "
        "<https://w3id.org/cls-sante/ontology#LocalHealthContract> } }"
    )
    refused = update(client, bad, Prefer="handling=strict")
    assert refused.status_code == 422
    assert refused.json()["findings"]
    assert values(client, "?v a ?c") == []
    assert update(client, bad).status_code in (200, 204)
    assert len(values(client, "?v a ?c")) == 1


def test_one_folder_has_one_service(
    serve: Serve, tmp_path: Path, warm: list[str], environment: dict[str, str]
) -> None:
    serve(tmp_path / "store")
    options = ["--writable", "--empty", "--store", str(tmp_path / "store"), "--port", "0"]
    env = {**environment, "CLS_WRITE_TOKEN": TOKEN}
    second = subprocess.run([*warm, *COMMAND, *options], capture_output=True, text=True, env=env, timeout=60)
    assert second.returncode == 2
    assert "store" in second.stderr


def test_without_a_token_it_does_not_start(
    tmp_path: Path, warm: list[str], environment: dict[str, str]
) -> None:
    env = {k: v for k, v in environment.items() if k != "CLS_WRITE_TOKEN"}
    options = ["--writable", "--empty", "--store", str(tmp_path / "store"), "--port", "0"]
    refused = subprocess.run([*warm, *COMMAND, *options], capture_output=True, text=True, env=env, timeout=60)
    assert refused.returncode == 2
    assert "CLS_WRITE_TOKEN" in refused.stderr
