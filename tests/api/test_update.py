"""``/update``: the protocol, the token, and what stays after a restart."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.warm.pids import own_pid

UPDATE = "application/sparql-update"
INSERT = "INSERT DATA { <urn:s> <urn:p> 1 }"


def send(client: httpx.Client, text: str, query: str = "", **headers: str) -> httpx.Response:
    """An update sent directly."""
    return client.post(f"/update{query}", content=text, headers={"Content-Type": UPDATE, **headers})


def ask(client: httpx.Client, text: str) -> bool:
    """An ASK query."""
    return client.get("/sparql", params={"query": text, "format": "csv"}).text == "true"


def test_an_update_is_seen_by_the_next_query(fresh: httpx.Client) -> None:
    for number, answer in enumerate(
        (
            send(fresh, "INSERT DATA { <urn:s> <urn:p> 0 }"),
            fresh.post("/update", data={"update": "INSERT DATA { <urn:s> <urn:p> 1 }"}),
            fresh.post("/update/", data={"update": "INSERT DATA { <urn:s> <urn:p> 2 }"}),
        )
    ):
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["cls-release"].startswith(f"{number + 1}; digest=")
        assert ask(fresh, f"ASK {{ <urn:s> <urn:p> {number} }}")


def test_tags_and_kept_answers_change_with_the_data(writable: httpx.Client) -> None:
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    tags = set()
    for number in range(3):
        first, again = (writable.get("/sparql", params=query) for _ in range(2))
        assert first.text == again.text == f"n\r\n{number}\r\n"
        tag = first.headers["etag"]
        assert writable.get("/sparql", params=query, headers={"If-None-Match": tag}).status_code == 304
        tags.add(tag)
        send(writable, f"INSERT DATA {{ <urn:s> <urn:p> {number} }}")
    assert len(tags) == 3


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer wrong", "Basic dW46amV0b24=", "Bearer un-jeton-d-essai2"],
)
def test_a_write_needs_the_token(writable: httpx.Client, authorization: str) -> None:
    del writable.headers["authorization"]
    headers = {"Authorization": authorization} if authorization else {}
    for method, path in (("POST", "/update"), ("PUT", "/store?graph=urn:g"), ("DELETE", "/store?default")):
        answer = writable.request(method, path, content=INSERT, headers={"Content-Type": UPDATE, **headers})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer realm=")
        assert answer.json()["title"] == "Jeton requis"
    assert writable.get("/readyz").json()["quads"] == 0


@pytest.mark.parametrize(
    ("query", "text", "kind", "status"),
    [
        ("?update=CLEAR+ALL", INSERT, UPDATE, 400),
        ("?other=1", INSERT, UPDATE, 400),
        ("?lang=fr&lang=en", INSERT, UPDATE, 400),
        ("?using-graph-uri=urn:g", "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", UPDATE, 400),
        ("?using-graph-uri=relative", "DELETE WHERE { ?s ?p ?o }", UPDATE, 400),
        ("", "INSERT DATA { <urn:s> }", UPDATE, 400),
        ("", "", "application/x-www-form-urlencoded", 400),
        ("", "update=CLEAR+ALL&update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
        ("", "\udcff", UPDATE, 400),
        ("", INSERT, "text/plain", 415),
        ("", INSERT, f"{UPDATE}; charset=utf-16", 415),
        ("", "LOAD <http://127.0.0.1:9/>", UPDATE, 403),
        ("", "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", UPDATE, 403),
        ("", "DROP GRAPH <urn:none>", UPDATE, 409),
        ("", "INSERT DATA { <urn:s> <urn:p> 1 } #" + "x" * 1_200_000, UPDATE, 413),
    ],
)
def test_what_an_update_is_refused_for(
    refusing: httpx.Client, query: str, text: str, kind: str, status: int
) -> None:
    body = text.encode("utf-8", "surrogateescape")
    answer = refusing.post(f"/update{query}", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert refusing.get("/readyz").json()["quads"] == 0


def test_a_malformed_update_says_where(writable: httpx.Client) -> None:
    problem = send(writable, "INSERT DATA {\n  <urn:s> <urn:p> }").json()
    assert (problem["line"], problem["excerpt"]) == (2, "  <urn:s> <urn:p> }")


def test_the_dataset_of_the_where_clauses_comes_with_the_request(writable: httpx.Client) -> None:
    send(writable, "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } GRAPH <urn:h> { <urn:b> <urn:p> 1 } }")
    copy = "INSERT { ?s <urn:was> 1 } WHERE { ?s ?p ?o }"
    assert send(writable, copy, "?using-graph-uri=urn%3Ag").status_code == 204
    assert ask(writable, "ASK { <urn:a> <urn:was> 1 MINUS { <urn:b> <urn:was> 1 } }")
    named = "INSERT { ?s <urn:named> 1 } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert send(writable, named, "?using-named-graph-uri=urn%3Ah").status_code == 204
    assert ask(writable, "ASK { <urn:b> <urn:named> 1 FILTER NOT EXISTS { <urn:a> <urn:named> 1 } }")


def test_relative_iris_are_resolved_against_the_address(writable: httpx.Client) -> None:
    send(writable, "INSERT DATA { <thing> <urn:p> 1 }")
    assert ask(writable, f"ASK {{ <{writable.base_url}/thing> <urn:p> 1 }}")


def test_an_update_at_the_query_address_is_told_where_to_go(writable: httpx.Client) -> None:
    answer = writable.post(
        "/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-query"}
    )
    assert answer.status_code == 400
    assert "/update" in answer.json()["detail"]


def test_only_post_updates(writable: httpx.Client) -> None:
    assert writable.options("/update").headers["allow"] == "POST, OPTIONS"
    assert writable.get("/update", params={"update": INSERT}).status_code == 405
    assert writable.put("/update", content=INSERT, headers={"Content-Type": UPDATE}).status_code == 405


def test_a_page_of_another_site_may_not_write(writable: httpx.Client) -> None:
    for path in ("/update", "/store", "/store/x"):
        asked = {
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type",
        }
        allowed = writable.options(path, headers=asked).headers
        assert "authorization" not in allowed["access-control-allow-headers"].lower()
        assert "POST" not in allowed["access-control-allow-methods"]


def test_a_service_without_writable_takes_no_writes(client: httpx.Client) -> None:
    headers = {"Authorization": "Bearer un-jeton-d-essai", "Content-Type": UPDATE}
    assert client.post("/update", content=INSERT, headers=headers).status_code == 404
    for method in ("PUT", "POST", "DELETE"):
        assert client.request(method, "/store?graph=urn:g", headers=headers).status_code == 403


def test_strict_handling_has_the_shapes_decide(writable: httpx.Client) -> None:
    cls = "https://w3id.org/cls-sante/ontology#"
    contract = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:c> a <{cls}LocalHealthContract> }} }}"
    refused = send(writable, contract, Prefer="respond-async, handling=strict")
    assert refused.status_code == 422
    assert any(finding["node"] == "urn:c" for finding in refused.json()["findings"])
    assert not ask(writable, "ASK { GRAPH ?g { ?s ?p ?o } }")
    harmless = send(writable, INSERT, Prefer="handling=strict")
    assert (harmless.status_code, harmless.headers["preference-applied"]) == (204, "handling=strict")
    lenient = send(writable, contract, Prefer="handling=lenient")
    assert (lenient.status_code, lenient.headers.get("preference-applied")) == (204, None)


def test_a_restart_finds_everything_again(command_line: Callable[..., Any], tmp_path: Path) -> None:
    options = ("--writable", "--empty", "--store", tmp_path / "store")
    process, address = command_line(*options)
    headers = {"Authorization": "Bearer un-jeton-d-essai"}
    for number in range(5):
        text = f"INSERT DATA {{ GRAPH <urn:g{number}> {{ <urn:s> <urn:p> {number}, [] }} }}"
        assert httpx.post(f"{address}/update", data={"update": text}, headers=headers).status_code == 204
    process.terminate()
    process.wait(10)
    _, address = command_line(*options)
    state = httpx.get(f"{address}/readyz").json()
    assert (state["quads"], state["version"], state["writable"]) == (10, "5", True)


def test_a_store_of_the_corpus_answers_as_its_release_does(
    command_line: Callable[..., Any], tmp_path: Path, tiny: Any
) -> None:
    options = ("--writable", "--store", tmp_path / "store", "--corpus", tiny.root)
    process, address = command_line(*options, CLS_CACHE=str(tmp_path / "cache"))
    page = f"{address}/id/contract/01999-2"
    assert httpx.get(page, headers={"Accept": "text/turtle"}, follow_redirects=True).status_code == 200
    headers = {"Authorization": "Bearer un-jeton-d-essai"}
    title = "SELECT ?t { ?c a <https://w3id.org/cls-sante/ontology#LocalHealthContract> ; ?p ?t }"
    before = httpx.get(f"{address}/sparql", params={"query": title, "format": "csv"}).text
    text = (
        "INSERT { GRAPH ?g { ?c <urn:p> 'new' } } WHERE { GRAPH ?g { ?c a "
        "<https://w3id.org/cls-sante/ontology#LocalHealthContract> } }"
    )
    assert httpx.post(f"{address}/update", data={"update": text}, headers=headers).status_code == 204
    after = httpx.get(f"{address}/sparql", params={"query": title, "format": "csv"}).text
    assert set(after.split()) - set(before.split()) == {"new"}
    assert httpx.get(f"{address}/readyz").json()["version"] == "1.2.3+1"
    process.terminate()
    process.wait(10)
    with pytest.raises(AssertionError, match="--empty"):
        command_line(*options, "--empty")


@pytest.mark.parametrize(
    ("options", "token", "said"),
    [
        (["--writable", "--empty"], "", "CLS_WRITE_TOKEN"),
        (["--writable", "--empty"], "  ", "CLS_WRITE_TOKEN"),
        (["--empty"], "x", "--writable"),
    ],
)
def test_what_serve_refuses_to_start_with(
    warm: list[str],
    environment: dict[str, str],
    tmp_path: Path,
    options: list[str],
    token: str,
    said: str,
) -> None:
    line = [*warm, "-m", "cls_graph", "serve", "--port", "0", "--store", str(tmp_path / "s"), *options]
    env = {**environment, "CLS_WRITE_TOKEN": token}
    done = subprocess.run(line, capture_output=True, text=True, env=env, timeout=60)
    assert (done.returncode, said in done.stderr) == (2, True)
    assert not (tmp_path / "s").exists()


def test_two_services_cannot_write_to_one_folder(command_line: Callable[..., Any], tmp_path: Path) -> None:
    options = ("--writable", "--empty", "--store", tmp_path / "store")
    command_line(*options)
    with pytest.raises(AssertionError, match="service"):
        command_line(*options)


def test_the_token_is_in_no_process_of_a_query(command_line: Callable[..., Any], tmp_path: Path) -> None:
    process, _ = command_line("--writable", "--empty", "--store", tmp_path / "store")
    service = str(own_pid(process)).encode()
    keepers = [
        path.parent
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"cls_graph.service.keeper" in read(path) and service in read(path).split(b"\0")
    ]
    assert keepers
    for keeper in keepers:
        assert b"un-jeton-d-essai" not in read(keeper / "environ") + read(keeper / "cmdline")


def test_the_token_is_in_no_log_and_no_answer(command_line: Callable[..., Any], tmp_path: Path) -> None:
    options = ("--writable", "--empty", "--store", tmp_path / "store", "--access-log", "full")
    process, address = command_line(*options)
    token = "un-jeton-d-essai"
    answers = []
    with httpx.Client(base_url=address) as client:
        for bearer in (token, f"{token}x", f"Bearer {token}"):
            headers = {"Authorization": f"Bearer {bearer}"}
            for text in (INSERT, "INSERT DATA {", "LOAD <urn:x>"):
                answers.append(send(client, text, **headers))
            for path in ("/store?graph=urn:g", "/sparql?query=x", "/none", "/update"):
                answers += [client.request(method, path, headers=headers) for method in ("GET", "PUT")]
    process.terminate()
    _, log = process.communicate(timeout=20)
    assert {204, 400, 401, 403, 404, 405} <= {answer.status_code for answer in answers}
    assert log.count('"path"') >= len(answers)
    shown = [*(answer.text + str(answer.headers) for answer in answers), log]
    assert [text for text in shown if token in text] == []


def read(path: Path) -> bytes:
    """A file of ``/proc``, empty when its process is gone."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
