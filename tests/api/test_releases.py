"""Old releases stay answerable: over HTTP, after a newer one was published, and after a restart."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from cls_graph.namespaces import LDES, TREE
from tests.api.test_swap import point, until, version, write_release
from tests.store.test_same_bytes import QUERIES
from tests.warm.pids import own_pid

Command = Callable[..., Any]
QUERY = "SELECT * { ?s <urn:release> ?n } ORDER BY ?s"


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A folder of three releases; ``current`` is the first."""
    folder = tmp_path / "releases"
    for number in (1, 2, 3):
        write_release(folder / f"{number}.0.0", number)
    point(folder, "1.0.0")
    return folder


def ask(address: str, **parameters: str) -> httpx.Response:
    return httpx.get(f"{address}/sparql", params={"query": QUERY, "format": "csv", **parameters}, timeout=60)


def processes(parent: int) -> list[str]:
    """The keepers of a service."""
    found = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(parent)], capture_output=True, text=True, check=True
    )
    return [line for line in found.stdout.splitlines() if "cls_graph.service.keeper" in line]


def test_a_cited_query_gives_the_same_bytes(command_line: Command, releases: Path) -> None:
    process, address = command_line("--store", releases)
    cited = ask(address)
    assert cited.status_code == 200
    assert '1"' not in cited.text
    point(releases, "2.0.0")
    until(lambda: version(address) == "2.0.0")
    now, then = ask(address), ask(address, release="1.0.0")
    assert now.content != cited.content
    assert then.content == cited.content
    assert then.headers["cls-release"] == cited.headers["cls-release"]
    assert then.headers["etag"] == cited.headers["etag"]
    form = httpx.post(
        f"{address}/sparql", data={"query": QUERY, "format": "csv", "release": "1.0.0"}, timeout=60
    )
    assert form.content == cited.content
    digest = cited.headers["cls-release"].partition("digest=")[2]
    assert ask(address, release=digest).content == cited.content
    assert ask(address, release="2.0.0").content == now.content
    process.terminate()
    process.wait(20)
    _, address = command_line("--store", releases)
    again = ask(address, release="1.0.0")
    # Its tag is another: it says at which address (here another port) it was asked.
    assert (again.content, again.headers["cls-release"]) == (cited.content, cited.headers["cls-release"])


CITED = {
    **{f"/sparql {name}": {"query": text} for name, text in QUERIES.items()},
    "/queries/signatories.csv": {},
    "/contracts.json": {},
    "/data/contract/26362-3.ttl": {},
}


def cite(address: str) -> dict[str, tuple[bytes, str]]:
    """What is cited of version 1.0.0, each with its ETag."""
    found = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for name, query in CITED.items():
            answer = client.get(name.partition(" ")[0], params={**query, "release": "1.0.0"})
            assert answer.status_code == 200, name
            assert answer.headers["etag"].startswith('"')
            # A list has another tag once its release is old, as its page has.
            lasting = name.startswith(("/sparql", "/data"))
            found[name] = answer.content, answer.headers["etag"] if lasting else ""
    return found


def test_cited_answers_without_an_order_have_the_same_bytes(
    command_line: Command, bundled_release: Path, tmp_path: Path
) -> None:
    releases = tmp_path / "releases"
    said = json.loads((bundled_release / "manifest.json").read_text())
    lines = (bundled_release / "graph.nq").read_bytes().splitlines(True)
    for number in (1, 2):
        folder = releases / f"{number}.0.0"
        folder.mkdir(parents=True)
        data = b"".join(lines[number:])
        (folder / "graph.nq").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        counts = {**said["counts"], "quads": len(lines) - number}
        graphs = Counter(quad.graph_name.value for quad in ox.parse(data, ox.RdfFormat.N_QUADS))
        manifest = {**said, "version": folder.name, "digest": digest, "files": {}, "counts": counts}
        (folder / "manifest.json").write_text(json.dumps({**manifest, "graphs": graphs}))
    point(releases, "1.0.0")
    process, address = command_line("--store", releases, "--cache-bytes", 0)
    first = cite(address)
    point(releases, "2.0.0")
    until(lambda: version(address) == "2.0.0")
    assert cite(address) == first
    process.terminate()
    process.wait(20)
    # At the same address: it is a part of what the tags are made from.
    port = address.rpartition(":")[2]
    _, address = command_line("--store", releases, "--cache-bytes", 0, "--port", port)
    assert cite(address) == first


def test_an_old_page_is_another_than_it_was_while_it_was_new(command_line: Command, releases: Path) -> None:
    _, address = command_line("--store", releases)
    page = "/page/thing/7?release=1.0.0&lang=en"
    client = httpx.Client(base_url=address, timeout=60)
    new = client.get(page)
    point(releases, "2.0.0")
    until(lambda: version(address) == "2.0.0")
    old = client.get(page, headers={"If-None-Match": new.headers["etag"]})
    assert old.status_code == 200
    assert "You are reading version 1.0.0" in old.text
    assert "You are reading" not in new.text
    again = client.get(page, headers={"If-None-Match": old.headers["etag"]})
    assert again.status_code == 304


def test_linked_data_of_an_old_release(command_line: Command, releases: Path) -> None:
    point(releases, "2.0.0")
    _, address = command_line("--store", releases)
    client = httpx.Client(base_url=address, timeout=60)
    moved = client.get("/id/thing/7?release=1.0.0", headers={"Accept": "text/turtle"})
    assert moved.status_code == 303
    assert moved.headers["location"].endswith("release=1.0.0")
    data = client.get(moved.headers["location"], headers={"Accept": "text/turtle"})
    assert data.headers["cls-release"].startswith("1.0.0;")
    assert "release> 1" in data.text
    page = client.get("/page/thing/7?release=1.0.0&lang=en", headers={"Accept": "text/html"})
    assert "You are reading version 1.0.0" in page.text
    assert "release=1.0.0" in page.text
    assert "You are reading" not in client.get("/page/thing/7?lang=en", headers={"Accept": "text/html"}).text
    assert "You are reading" not in client.get("/page/thing/7?lang=en&release=2.0.0").text
    dump = client.get("/dumps/graph.nq?release=1.0.0")
    assert hashlib.sha256(dump.content).hexdigest() == data.headers["cls-release"].partition("digest=")[2]


def test_versions_and_their_files(command_line: Command, releases: Path) -> None:
    _, address = command_line("--store", releases)
    client = httpx.Client(base_url=address, timeout=60)
    listed = client.get("/releases", headers={"Accept": "application/json"}).json()["releases"]
    assert [row["version"] for row in listed] == ["3.0.0", "2.0.0", "1.0.0"]
    assert [row["current"] for row in listed] == [False, False, True]
    page = client.get("/releases", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert "2.0.0" in page.text
    one = client.get("/releases/2.0.0", headers={"Accept": "application/json"}).json()
    (file,) = one["files"]
    answer = client.get(file["url"])
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
    assert "immutable" in answer.headers["cache-control"]
    assert "max-age=31536000" in answer.headers["cache-control"]
    same = client.get(file["url"], headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    for sent in (answer, same):
        assert sent.headers["cls-release"] == f"2.0.0; digest={one['digest']}"
    assert client.get("/releases/2.0.0/manifest.json").json()["version"] == "2.0.0"
    for path in (
        "/releases/2.0.0/nothing",
        "/releases/2.0.0/..%2f1.0.0%2fgraph.nq",
        "/releases/2.0.0//etc/passwd",
    ):
        assert client.get(path).status_code == 404
    fresh = write_release(releases / "4.0.0", 4)
    assert fresh.is_dir()
    assert len(client.get("/releases", headers={"Accept": "application/json"}).json()["releases"]) == 4


@pytest.mark.parametrize("name", ["9.9.9", "", "../1.0.0", "current", "1.0.0'"])
def test_an_unknown_version_is_told_with_those_there_are(
    name: str, command_line: Command, releases: Path
) -> None:
    _, address = command_line("--store", releases)
    for path in (f"/sparql?query=ASK%7B%7D&release={name}", f"/page/thing/7?release={name}"):
        answer = httpx.get(f"{address}{path}", headers={"Accept": "application/json"})
        if not name:
            assert answer.status_code in (200, 404, 406)
            continue
        assert answer.status_code == 404
        problem = answer.json()
        assert problem["type"].endswith("/release-missing")
        assert problem["available"] == ["3.0.0", "2.0.0", "1.0.0"]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_memory_is_bounded_and_nothing_stays(command_line: Command, releases: Path) -> None:
    process, address = command_line("--store", releases, "--old-releases", 1)
    assert len(processes(own_pid(process))) == 1
    for _ in range(2):
        for number in ("2", "3"):
            answer = ask(address, release=f"{number}.0.0")
            assert answer.headers["cls-release"].startswith(number)
            until(lambda: len(processes(own_pid(process))) == 2, 30)
    keepers = processes(own_pid(process))
    process.terminate()
    process.wait(20)
    time.sleep(0.5)
    left = subprocess.run(
        ["ps", "-eo", "args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert not {*keepers} & {*left}


def test_damaged_and_pruned_releases(command_line: Command, releases: Path) -> None:
    with (releases / "2.0.0" / "graph.nq").open("ab") as file:
        file.write(b"<urn:s> <urn:p> <urn:o> <urn:g> .\n")
    os.remove(releases / "3.0.0" / "graph.nq")
    _, address = command_line("--store", releases)
    damaged = ask(address, release="2.0.0")
    assert damaged.status_code == 500
    assert damaged.json()["type"].endswith("/release-damaged")
    assert httpx.get(f"{address}/releases/2.0.0/graph.nq").status_code == 404
    pruned = ask(address, release="3.0.0")
    assert pruned.status_code == 303
    assert pruned.headers["location"].endswith("/releases/3.0.0")
    assert httpx.get(f"{address}/releases/3.0.0/manifest.json").status_code == 200
    assert ask(address).status_code == 200


def test_a_writable_store_keeps_no_versions(writable: httpx.Client) -> None:
    answer = writable.get("/sparql", params={"query": "ASK {}", "release": "1.0.0"})
    assert answer.status_code == 404
    assert answer.json()["available"] == []
    assert writable.post("/update?release=1.0.0", data={"update": "CLEAR ALL"}).status_code == 400
    assert writable.get("/releases", headers={"Accept": "application/json"}).json() == {"releases": []}
    assert writable.get("/feed", headers={"Accept": "text/turtle"}).status_code in (200, 404)


def test_the_feed_over_http(command_line: Command, releases: Path) -> None:
    base = "https://w3id.org/cls-sante/"
    for number in (1, 2, 3):
        folder = releases / f"{number}.0.0"
        lines = [
            f'<{base}id/organisation/{body}> <urn:release> "{number if body < 50 else 0}" '
            f"<{base}graph/registry> .\n"
            for body in range(40 * number)
        ]
        data = "".join(sorted(lines)).encode()
        (folder / "graph.nq").write_bytes(data)
        manifest = json.loads((folder / "manifest.json").read_text())
        digest = hashlib.sha256(data).hexdigest()
        manifest |= {"digest": digest, "graphs": {f"{base}graph/registry": len(lines)}}
        manifest |= {
            "counts": {"quads": len(lines)},
            "files": {"graph.nq": {"sha256": digest, "bytes": len(data)}},
        }
        (folder / "manifest.json").write_text(json.dumps(manifest))
    _, address = command_line("--store", releases)
    client = httpx.Client(base_url=address, timeout=120)
    queue, seen, members = [f"{address}/feed"], [], set()
    while queue:
        answer = client.get(queue.pop(), headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, answer.text
        seen.append(answer)
        for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == TREE + "node":
                queue.append(quad.object.value)
            if quad.predicate.value == TREE + "member":
                members.add(quad.object.value)
    assert LDES + "EventStream" in {
        q.object.value for q in ox.parse(seen[0].content, format=ox.RdfFormat.TURTLE)
    }
    caches = [answer.headers["cache-control"] for answer in seen]
    assert ["immutable" in cache for cache in caches] == [False, *[True] * (len(seen) - 2), False]
    assert all("etag" in answer.headers for answer in seen)
    same = client.get(
        str(seen[1].url), headers={"Accept": "text/turtle", "If-None-Match": seen[1].headers["etag"]}
    )
    assert same.status_code == 304
    for suffix, kind in (("jsonld", "application/ld+json"), ("trig", "application/trig")):
        assert client.get(f"{seen[1].url}.{suffix}").headers["content-type"].startswith(kind)
    assert client.get("/feed", headers={"Accept": "image/png"}).status_code == 406
    for path in ("/feed/9.9.9/1", "/feed/..%2f..%2fetc/passwd", "/feed/last", "/feed/%00"):
        assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404
    # 40 bodies; the same changed and 40 came; 50 changed and 40 came.
    assert len(members) == 40 + 80 + 90
