"""Kills at random moments under concurrent writes: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from tests.warm.pids import own_pid

TOKEN = "un-jeton-d-essai"
WRITERS = 4
SIZE = 5
"""Triples of one write."""


@dataclass
class Book:
    """What one writer was told, and what it was waiting to be told."""

    name: str
    inserted: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    counter: set[int] = field(default_factory=lambda: {0})
    version: set[int] = field(default_factory=lambda: {0})
    """Each of these may be the state of the counter, or of the graph that is replaced."""


async def write(client: httpx.AsyncClient, book: Book, turn: int, chance: random.Random) -> None:
    """One write of some kind; the book says before and after what must be true."""
    kind = chance.choice(("insert", "insert", "volatile", "count", "put"))
    values = ", ".join(map(str, range(SIZE)))
    if kind in ("insert", "volatile"):
        name = f"urn:{book.name}:{turn}"
        book.doubtful.add(name)
        text = f"INSERT DATA {{ <{name}> <urn:item> {values} }}"
        if kind == "volatile":
            text = (
                f"INSERT {{ <{name}> <urn:item> ?n ; <urn:rand> ?r }} WHERE "
                f"{{ VALUES ?n {{ {values.replace(',', '')} }} BIND(RAND() AS ?r) }}"
            )
        answer = await client.post("/update", data={"update": text})
        if answer.status_code == 204:
            book.inserted.add(name)
            book.doubtful.discard(name)
    elif kind == "count":
        book.counter.add(turn)
        text = (
            f"PREFIX c: <urn:counter:> DELETE {{ c:{book.name} <urn:at> ?o }} "
            f"INSERT {{ c:{book.name} <urn:at> {turn} }} WHERE {{ OPTIONAL {{ c:{book.name} <urn:at> ?o }} }}"
        )
        answer = await client.post("/update", data={"update": text})
        if answer.status_code == 204:
            book.counter = {turn}
    else:
        book.version.add(turn)
        body = "".join(f"<urn:x{n}> <urn:version> {turn} .\n" for n in range(SIZE))
        answer = await client.put(
            "/store",
            params={"graph": f"urn:graph:{book.name}"},
            content=body,
            headers={"Content-Type": "text/turtle"},
        )
        if answer.status_code in (201, 204):
            book.version = {turn}
    assert answer.status_code in (201, 204, 503), answer.text


def check(body: bytes, books: list[Book]) -> None:
    """Hold a whole dataset against the books, and note in them what turned out."""
    items: Counter[str] = Counter()
    counters: dict[str, list[int]] = defaultdict(list)
    versions: dict[str, list[int]] = defaultdict(list)
    for quad in ox.parse(body, ox.RdfFormat.N_QUADS):
        subject, value = quad.subject.value, quad.object.value
        if quad.predicate.value == "urn:item":
            items[subject] += 1
        elif quad.predicate.value == "urn:at":
            counters[subject.removeprefix("urn:counter:")].append(int(value))
        elif quad.predicate.value == "urn:version":
            versions[quad.graph_name.value.removeprefix("urn:graph:")].append(int(value))
    assert set(items.values()) <= {SIZE}, "half a write"
    for book in books:
        lost = book.inserted - set(items)
        assert not lost, f"acknowledged, and not there: {sorted(lost)}"
        book.inserted |= book.doubtful & set(items)
        book.doubtful.clear()
        assert len(counters[book.name]) <= 1, "half a write"
        assert (counters[book.name] or [0])[0] in book.counter
        book.counter = set(counters[book.name]) or {0}
        found = versions[book.name]
        assert len(found) in (0, SIZE), "half a write"
        assert len(set(found)) <= 1, "half a write"
        assert (found or [0])[0] in book.version
        book.version = set(found) or {0}


def family(folder: Path) -> list[int]:
    """The keepers, candidates and workers of a store."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes()
            if b"cls_graph.service.keeper" in command and str(folder).encode() in command:
                found.append(int(entry.name))
    return found


def kill(pids: list[int]) -> None:
    """Kill processes, some of which may be gone."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextlib.contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """No process of the store is there at the end."""
    yield
    for _ in range(400):
        if not family(folder):
            return
        asyncio.run(asyncio.sleep(0.05))
    raise AssertionError("processes outlived their service")


@pytest.mark.slow
def test_no_acknowledged_write_is_lost(command_line: Callable[..., Any], tmp_path: Path) -> None:
    rounds = 200
    folder = tmp_path / "store"
    options = ("--writable", "--empty", "--store", folder, "--journal-size", 8_000)
    chance = random.Random(rounds)
    books = [Book(f"w{number}") for number in range(WRITERS)]
    turn = 0

    async def one_round(process: Any, address: str) -> bool:
        """Write until something is killed; whether the service was."""
        stop = asyncio.Event()

        async def writer(client: httpx.AsyncClient, book: Book) -> None:
            nonlocal turn
            while not stop.is_set():
                turn += 1
                with contextlib.suppress(httpx.TransportError):
                    await write(client, book, turn, chance)

        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60, verify=False) as client:
            writers = [asyncio.create_task(writer(client, book)) for book in books]
            await asyncio.sleep(chance.uniform(0.02, 0.15))
            victim = chance.choice(("all", "service", "service", "family", "one", "one"))
            if victim in ("family", "one"):
                there = family(folder)
                kill(there if victim == "family" else chance.sample(there, min(1, len(there))))
                await asyncio.sleep(chance.uniform(0.02, 0.1))
            else:
                kill([own_pid(process), *(family(folder) if victim == "all" else [])])
            stop.set()
            await asyncio.gather(*writers)
            return victim in ("all", "service")

    with nothing_left(folder):
        process, address = command_line(*options)
        for _ in range(rounds):
            if asyncio.run(one_round(process, address)):
                process.wait(20)
                process, address = command_line(*options)
            check(whole(address), books)
        process.kill()
        process.wait(20)
    assert sum(len(book.inserted) for book in books) > rounds


def whole(address: str) -> bytes:
    """The whole dataset, once the service answers again."""
    for _ in range(200):
        answer = httpx.get(
            f"{address}/store", headers={"Accept": "application/n-quads"}, timeout=60, verify=False
        )
        if answer.status_code != 503:
            break
        asyncio.run(asyncio.sleep(0.1))
    assert answer.status_code == 200
    return answer.content
