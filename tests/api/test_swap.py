"""Releases swapped while they are served: nobody notices but by what the answers say."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.warm.pids import own_pid

Command = Callable[..., Any]
GRAPHS = 3
THINGS = 400
HTTP = httpx.Client(timeout=20, verify=False)
"""One for all: each new one reads certificates."""


def write_release(folder: Path, number: int, **wrong: Any) -> Path:
    """A release in which everything says its number; keywords replace parts of its manifest."""
    base = "https://w3id.org/cls-sante/"
    release = f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    lines = sorted(
        f"<{base}id/thing/{thing}> <urn:release> {release} <{base}graph/{thing % GRAPHS}> .\n"
        for thing in range(THINGS)
    )
    nquads = "".join(lines).encode()
    folder.mkdir(parents=True)
    (folder / "graph.nq").write_bytes(nquads)
    digest = hashlib.sha256(nquads).hexdigest()
    manifest = {
        "title": {"fr": "Graphe d'essai", "en": "Test graph"},
        "version": f"{number}.0.0",
        "date": "2026-01-01",
        "licence": "https://spdx.org/licenses/etalab-2.0",
        "base_iri": base,
        "digest": digest,
        "graphs": {f"{base}graph/{g}": len(range(g, THINGS, GRAPHS)) for g in range(GRAPHS)},
        "counts": {"quads": THINGS},
        "files": {"graph.nq": {"sha256": digest, "bytes": len(nquads)}},
        **wrong,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def point(releases: Path, name: str) -> None:
    """Have ``current`` lead to another release, in one step."""
    link = releases / "new-link"
    link.symlink_to(name)
    os.replace(link, releases / "current")


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A folder of two releases; ``current`` is the first."""
    for number in (1, 2):
        write_release(tmp_path / "releases" / str(number), number)
    point(tmp_path / "releases", "1")
    return tmp_path / "releases"


def version(address: str) -> str:
    return str(HTTP.get(f"{address}/readyz").json()["version"])


def until(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def number_of(answer: httpx.Response) -> str:
    """The release that the header of an answer names."""
    return answer.headers["cls-release"].split(".")[0]


def test_a_steady_load_sees_no_failure_and_no_mixture(command_line: Command, releases: Path) -> None:
    process, address = command_line("--store", releases, "--query-timeout", 20, "--cache-bytes", 0)
    query = "SELECT DISTINCT ?n { ?s <urn:release> ?n }"
    slow = "SELECT DISTINCT ?n { ?a <urn:release> ?n . ?b <urn:release> ?m FILTER(?n = ?m) }"
    seen: list[str] = []

    async def one(client: httpx.AsyncClient, turn: int) -> None:
        if turn % 4 == 3:
            page = await client.get("/page/thing/7", headers={"Accept": "text/html"})
            assert page.status_code == 200
            assert f"{number_of(page)}.0.0" in page.text
            assert f">{number_of(page)}<" in page.text.replace("\n", "").replace(" ", "")
            return
        if turn % 4 == 2:
            dump = await client.get("/dumps/graph.nq")
            assert dump.status_code == 200
            assert f'"{number_of(dump)}"^^' in dump.text
            return
        text = slow if turn % 20 == 1 else query
        answer = await client.get("/sparql", params={"query": text, "format": "csv"})
        assert answer.status_code == 200, answer.text
        assert answer.text.split() == ["n", number_of(answer)]
        seen.append(number_of(answer))

    async def load(client: httpx.AsyncClient, stop: asyncio.Event) -> None:
        turn = 0
        while not stop.is_set():
            await one(client, turn)
            turn += 1

    async def session() -> None:
        stop = asyncio.Event()
        async with httpx.AsyncClient(base_url=address, timeout=60, verify=False) as client:
            callers = [asyncio.create_task(load(client, stop)) for _ in range(4)]
            for swap in range(5):
                number = 2 - swap % 2
                point(releases, str(number))
                if swap % 2:
                    process.send_signal(signal.SIGHUP)
                async with asyncio.timeout(30):
                    while (await client.get("/readyz")).json()["version"] != f"{number}.0.0":
                        await asyncio.sleep(0.02)
                await asyncio.sleep(0.2)
            stop.set()
            await asyncio.gather(*callers)

    asyncio.run(session())
    assert set(seen) == {"1", "2"}
    until(lambda: len(keepers(own_pid(process))) == 1)


def keepers(service: int) -> set[int]:
    """The keepers that a service started."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == service and b"cls_graph.service.keeper" in command:
            found.add(int(entry.name))
    return found


@pytest.fixture
def watched(command_line: Command, releases: Path) -> tuple[Any, str, Path]:
    """A service that follows a folder of releases."""
    return (*command_line("--store", releases), releases)


@pytest.mark.parametrize("fault", ["nonsense", "too few quads", "other graphs", "nothing there"])
def test_a_release_that_cannot_be_loaded_leaves_the_one_before(
    watched: tuple[Any, str, Path], fault: str
) -> None:
    _, address, releases = watched
    wrong: dict[str, Any] = {}
    if fault == "too few quads":
        wrong = {"counts": {"quads": THINGS + 1}}
    elif fault == "other graphs":
        wrong = {"graphs": {"https://w3id.org/cls-sante/graph/0": THINGS}}
    bad = write_release(releases / "3", 3, **wrong)
    if fault == "nonsense":
        (bad / "graph.nq").write_text("nonsense\n")
    elif fault == "nothing there":
        (bad / "graph.nq").unlink()
        (bad / "graph.nq").mkdir()
    point(releases, "3")
    until(lambda: HTTP.get(f"{address}/readyz").json()["trouble"] is not None)
    state = HTTP.get(f"{address}/readyz")
    assert (state.status_code, state.json()["version"]) == (200, "1.0.0")
    query = {"query": "ASK { ?s <urn:release> 1 }", "format": "csv"}
    assert HTTP.get(f"{address}/sparql", params=query).text == "true"
    point(releases, "2")
    until(lambda: HTTP.get(f"{address}/readyz").json()["trouble"] is None)
    assert version(address) == "2.0.0"


def test_a_release_that_is_replaced_in_its_place_is_noticed(command_line: Command, releases: Path) -> None:
    _, address = command_line("--store", releases / "1")
    assert version(address) == "1.0.0"
    (releases / "1").rename(releases / "old")
    (releases / "2").rename(releases / "1")
    until(lambda: version(address) == "2.0.0")


def test_a_missing_release_is_waited_for(watched: tuple[Any, str, Path]) -> None:
    _, address, releases = watched
    (releases / "current").unlink()
    time.sleep(1.5)
    assert version(address) == "1.0.0"
    point(releases, "2")
    until(lambda: version(address) == "2.0.0")


def test_an_answer_under_way_ends_on_the_release_that_it_began_with(
    command_line: Command, releases: Path
) -> None:
    _, address = command_line("--store", releases, "--query-timeout", 30)
    product = "SELECT ?n { ?a <urn:release> ?n . ?b <urn:release> ?m . ?c <urn:release> ?o } LIMIT 900000"
    with HTTP.stream(
        "GET", f"{address}/sparql", params={"query": product, "format": "csv"}, timeout=60
    ) as answer:
        assert number_of(answer) == "1"
        point(releases, "2")
        until(lambda: version(address) == "2.0.0")
        lines = "".join(answer.iter_text()).split()
    assert lines[0] == "n"
    assert set(lines[1:]) == {"1"}
    assert len(lines) == 900_001


def test_a_corpus_that_was_edited_is_served_after_a_signal(
    command_line: Command, tiny: Any, tmp_path: Path
) -> None:
    process, address = command_line("--corpus", tiny.root, CLS_CACHE=str(tmp_path / "cache"))
    assert version(address) == "1.2.3"
    tiny.edit('version: "1.2.3"', 'version: "1.2.4"', "dataset.yaml")
    process.send_signal(signal.SIGHUP)
    until(lambda: version(address) == "1.2.4")


def test_a_folder_without_a_release_is_one_error(command_line: Command, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="manifest"):
        command_line("--store", tmp_path)


def test_a_keeper_that_dies_does_not_bring_another_release_in(command_line: Command, releases: Path) -> None:
    process, address = command_line("--store", releases)
    nquads = releases / "1" / "graph.nq"
    first = nquads.read_bytes()
    # The bytes of another release, while the watch is told nothing.
    stamp = nquads.stat()
    nquads.write_bytes(first.replace(b'"1"', b'"9"'))
    os.utime(nquads, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    [keeper] = keepers(own_pid(process))
    os.kill(keeper, signal.SIGKILL)
    until(lambda: HTTP.get(f"{address}/readyz").status_code == 503)
    time.sleep(1)
    assert HTTP.get(f"{address}/readyz").status_code == 503
    nquads.write_bytes(first)
    os.utime(nquads, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    until(lambda: HTTP.get(f"{address}/readyz").status_code == 200)
    assert version(address) == "1.0.0"
