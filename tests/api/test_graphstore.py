"""``/store``: the Graph Store HTTP Protocol, whole datasets, and uploads that mean harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

TURTLE = "text/turtle"
ONE = "<#me> <urn:p> 'x', _:n ."


def put(client: httpx.Client, where: str, body: str | bytes, kind: str = TURTLE) -> httpx.Response:
    """A PUT to the store."""
    return client.put(f"/store{where}", content=body, headers={"Content-Type": kind})


def quads(answer: httpx.Response, base: str = "urn:base") -> set[str]:
    """What an answer holds, with its blank nodes named alike."""
    fmt = ox.RdfFormat.from_media_type(answer.headers["content-type"].split(";")[0])
    data = ox.Dataset(ox.parse(answer.content, fmt, base_iri=base))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in data}


def test_a_graph_lives_and_dies(writable: httpx.Client) -> None:
    where = "/store?graph=http%3A%2F%2Fexample.org%2Fg"
    assert writable.get(where).status_code == 404
    assert put(writable, "?graph=http://example.org/g", ONE).status_code == 201
    assert put(writable, "?graph=http://example.org/g", ONE).status_code == 204
    got = writable.get(where, headers={"Accept": TURTLE})
    assert "http://example.org/g#me" in got.text
    head = writable.head(where, headers={"Accept": TURTLE})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert writable.get(where, headers={"If-None-Match": got.headers["etag"]}).status_code == 304
    assert writable.post(where, content=ONE, headers={"Content-Type": TURTLE}).status_code == 204
    assert writable.delete(where).status_code == 204
    assert writable.delete(where).status_code == 404
    assert writable.get(where).status_code == 404


@pytest.mark.parametrize(
    "kind",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/json",
    ],
)
def test_a_graph_is_read_and_written_in_each_format(writable: httpx.Client, kind: str) -> None:
    put(writable, "?graph=urn:g", "<urn:a> <urn:b> 'é'@fr, 1.5 .")
    got = writable.get("/store?graph=urn:g", headers={"Accept": kind})
    assert got.headers["content-type"].split(";")[0] == kind
    assert put(writable, "?graph=urn:h", got.content, kind).status_code == 201
    there = writable.get("/store?graph=urn:h&format=nt")
    assert quads(there) == {'<urn:a> <urn:b> "é"@fr', f'<urn:a> <urn:b> "1.5"^^<{ox_decimal()}>'}


def test_xml_literals_are_canonical(writable: httpx.Client) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    body = f'''<rdf:RDF xmlns:rdf="{rdf}" xmlns:e="urn:"><rdf:Description rdf:about="urn:a">
        <e:b rdf:parseType="Literal">1 &lt; 2 <e:c z="1" y="2"/></e:b></rdf:Description></rdf:RDF>'''
    assert put(writable, "?graph=urn:xml", body, "application/rdf+xml").status_code == 201
    there = writable.get("/store?graph=urn:xml&format=nt")
    value = '1 &lt; 2 <e:c xmlns:e=\\"urn:\\" y=\\"2\\" z=\\"1\\"></e:c>'
    assert quads(there) == {f'<urn:a> <urn:b> "{value}"^^<{rdf}XMLLiteral>'}


def ox_decimal() -> str:
    return "http://www.w3.org/2001/XMLSchema#decimal"


@pytest.mark.parametrize("kind", ["application/n-quads", "application/trig", "application/ld+json"])
def test_the_whole_dataset_is_read_and_written(writable: httpx.Client, kind: str) -> None:
    trig = "<urn:a> <urn:b> 1 . <urn:g> { <urn:c> <urn:d> _:n } <urn:h> { _:n <urn:e> 'x' }"
    assert (
        writable.post("/store", content=trig, headers={"Content-Type": "application/trig"}).status_code == 204
    )
    whole = writable.get("/store", headers={"Accept": kind})
    assert whole.headers["content-type"].split(";")[0] == kind
    writable.post("/store", content="<urn:more> {}", headers={"Content-Type": "application/trig"})
    assert put(writable, "?graph=urn:gone", ONE).status_code == 201
    assert put(writable, "", whole.content, kind).status_code == 204
    assert quads(writable.get("/store")) == quads(whole)
    assert len(quads(whole)) == 3
    assert writable.get("/store?graph=urn:gone").status_code == 404
    assert writable.delete("/store").status_code == 204
    assert writable.get("/store").content == b""


def test_the_default_graph(writable: httpx.Client) -> None:
    assert writable.get("/store?default").status_code == 200
    assert put(writable, "?default", "<urn:a> <urn:b> 1 .").status_code == 204
    put(writable, "?graph=urn:g", "<urn:c> <urn:d> 1 .")
    assert "urn:c" not in writable.get("/store?default&format=nt").text
    assert writable.delete("/store?default").status_code == 204
    assert writable.get("/store?default&format=nt").text == ""
    assert writable.get("/store?graph=urn:g").status_code == 200


def test_a_graph_named_by_its_own_address(writable: httpx.Client) -> None:
    assert put(writable, "/people/1", "<> <urn:p> 'x' .").status_code == 201
    address = f"{writable.base_url}/store/people/1"
    assert f"<{address}> <urn:p>" in writable.get("/store/people/1?format=nt").text
    assert writable.get("/store", params={"graph": address}).status_code == 200
    assert writable.delete("/store/people/1").status_code == 204


def test_a_graph_without_a_name_gets_one(writable: httpx.Client) -> None:
    made = writable.post("/store", content="<#x> <urn:p> 1 .", headers={"Content-Type": TURTLE})
    assert made.status_code == 201
    location = made.headers["location"]
    assert f"<{location}#x>" in httpx.get(location, params={"format": "nt"}).text
    assert writable.get("/store", params={"graph": location}).status_code == 200


def test_several_files_are_sent_in_a_form(writable: httpx.Client) -> None:
    files = [
        ("a", ("a.ttl", b"<urn:a> <urn:p> 'one\r\n--not a boundary' .", TURTLE)),
        ("b", ("b.nt", b'<urn:b> <urn:p> "two" .', "application/n-triples")),
        (
            "c",
            (
                "c.rdf",
                b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
                "application/rdf+xml",
            ),
        ),
    ]
    assert writable.post("/store?graph=urn:g", files=files).status_code == 400, (
        "a line break in a short string"
    )
    files[0] = ("a", ("a.ttl", b"<urn:a> <urn:p> '''one\r\n--not a boundary''' .", TURTLE))
    assert writable.post("/store?graph=urn:g", files=files).status_code == 201
    got = writable.get("/store?graph=urn:g&format=nt").text
    assert '<urn:b> <urn:p> "two"' in got
    assert "--not a boundary" in got
    unknown = [("a", ("a.exe", b"MZ", "application/octet-stream"))]
    assert writable.post("/store?graph=urn:g", files=unknown).status_code == 415
    torn = {"Content-Type": "multipart/form-data; boundary=x"}
    assert writable.post("/store?graph=urn:g", content=b"--x\r\n\r\nno end", headers=torn).status_code == 400


def test_an_empty_graph_exists_also_after_a_restart(command_line: Callable[..., Any], tmp_path: Path) -> None:
    options = ("--writable", "--empty", "--store", tmp_path / "store")
    for turn in range(2):
        process, address = command_line(*options)
        with httpx.Client(base_url=address, headers={"Authorization": "Bearer un-jeton-d-essai"}) as client:
            if not turn:
                assert put(client, "?graph=urn:empty", "").status_code == 201
                assert client.put("/store?graph=urn:bare").status_code == 201
            for graph in ("urn:empty", "urn:bare"):
                got = client.get("/store", params={"graph": graph, "format": "nt"})
                assert (got.status_code, got.content) == (200, b"")
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize(
    ("method", "where", "kind", "body", "status"),
    [
        ("GET", "?graph=urn:g&default", "", "", 400),
        ("GET", "?graph=urn:g&graph=urn:h", "", "", 400),
        ("GET", "?graph=relative", "", "", 400),
        ("GET", "?graph=", "", "", 400),
        ("GET", "?other", "", "", 400),
        ("GET", "/direct?graph=urn:g", "", "", 400),
        ("GET", "?default&format=pdf", "", "", 406),
        ("GET", "?format=ttl", "", "", 406),
        ("PUT", "?graph=urn:g", "application/pdf", "x", 415),
        ("PUT", "?graph=urn:g", "", "x", 415),
        ("PUT", "?graph=urn:g", "text/turtle; charset=latin-1", "x", 415),
        ("PUT", "", TURTLE, ONE, 415),
        ("PUT", "?graph=urn:g", TURTLE, "<urn:a> <urn:b>", 400),
        ("PUT", "?graph=urn:g", "application/n-quads", "<urn:a> <urn:b> <urn:c> <urn:other> .", 400),
        ("PUT", "?graph=urn:g", TURTLE, "x" * 1_200_000, 413),
        ("PATCH", "?graph=urn:g", "application/sparql-update", "CLEAR ALL", 405),
    ],
)
def test_what_the_store_refuses(
    refusing: httpx.Client, method: str, where: str, kind: str, body: str, status: int
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = refusing.request(method, f"/store{where}", content=body.encode() or None, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert refusing.get("/readyz").json()["quads"] == 0


def test_a_document_that_is_malformed_says_where(writable: httpx.Client) -> None:
    problem = put(writable, "?graph=urn:g", "<urn:a> <urn:b> 1 .\n<urn:c> <urn:d> ; .").json()
    assert (problem["status"], problem["line"]) == (400, 2)
    assert writable.get("/store?graph=urn:g").status_code == 404


def test_a_gzipped_body_is_not_read_as_what_it_is_not(writable: httpx.Client) -> None:
    headers = {"Content-Type": TURTLE, "Content-Encoding": "gzip"}
    assert writable.put("/store?graph=urn:g", content=b"\x1f\x8b", headers=headers).status_code == 415


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 30}">' for n in range(8))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="urn:a"><p xmlns="urn:">&i;</p></rdf:Description></rdf:RDF>'
)


def test_an_upload_that_means_harm_costs_only_itself(
    command_line: Callable[..., Any], tmp_path: Path
) -> None:
    _, address = command_line(
        *("--writable", "--empty", "--store", tmp_path / "s"),
        *("--query-memory", "256", "--write-timeout", "10"),
    )
    deep = "<urn:a> <urn:b> " + "[ <urn:c> " * 200_000 + "1" + " ]" * 200_000 + " ."
    nested = '{"@id": "urn:a", "urn:p": ' * 50_000 + "1" + "}" * 50_000
    lists = "<urn:a> <urn:b> " + "(" * 300_000 + ")" * 300_000 + " ."
    triples = "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * 20_000 + "1" + " )>>" * 20_000 + " ."
    with httpx.Client(
        base_url=address, timeout=60, headers={"Authorization": "Bearer un-jeton-d-essai"}
    ) as client:
        for kind, body in (
            ("application/rdf+xml", BOMB),
            (TURTLE, deep),
            ("application/ld+json", nested),
            (TURTLE, lists),
            (TURTLE, triples),
        ):
            answer = put(client, "?graph=urn:g", body, kind)
            assert answer.status_code in (201, 204, 400, 504, 507), kind
            assert client.get("/sparql", params={"query": "ASK {}", "format": "csv"}).text == "true"
            assert put(client, "?graph=urn:ok", "<urn:a> <urn:b> 1 .").status_code in (201, 204)


def test_a_release_can_be_read_as_a_graph_store(client: httpx.Client) -> None:
    graph = "https://w3id.org/cls-sante/graph/registry"
    names = client.get(
        "/sparql", params={"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "format": "csv"}
    ).text.split()[1:]
    graph = names[0]
    assert len(quads(client.get("/store", params={"graph": graph, "format": "nt"}))) > 0
    assert (
        len(quads(client.get("/store", headers={"Accept": "application/trig"})))
        == client.get("/readyz").json()["quads"]
    )
    assert client.get("/store?graph=urn:none").status_code == 404
    assert client.options("/store").headers["allow"] == "GET, HEAD, OPTIONS"
