"""A release served: start, memory, first byte of pages, every ready question; one repeated to any size."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks import questions
from benchmarks.machine import family, memory_of
from benchmarks.peers import free_port
from cls_graph.queries import library

PATIENCE = 60.0
"""Seconds that a query may take here; by default the service gives it ten."""
PAGES = (
    "",
    "contracts",
    "organisations",
    "territories",
    "determinants",
    "matrix",
    "timeline",
    "map",
    "network",
    "search?q=sante",
    "queries",
    "sparql",
    "about",
    "validation",
    "catalog",
)
WORLD = "https://example.org/cls/"


@dataclass(frozen=True)
class Service:
    """A service that runs: a client of it, its process, what its start took."""

    client: httpx.Client
    process: subprocess.Popen[bytes]
    started: float
    processor: float

    @property
    def memory(self) -> float:
        """MiB of all its processes, shared pages counted once."""
        return memory_of(self.process.pid)


@contextmanager
def service(store: str, *options: str) -> Iterator[Service]:
    """``cls-graph serve --store``, until the context ends."""
    port, begun = free_port(), time.perf_counter()
    words = [sys.executable, "-m", "cls_graph", "serve", "--store", store, "--port", str(port)]
    words += ["--query-timeout", str(PATIENCE), "--client-burst", "0", "--client-long", "0", *options]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600, trust_env=False) as client:
            while not _ready(client):
                if process.poll() is not None:
                    raise RuntimeError("the service did not start")
                time.sleep(0.05)
            yield Service(client, process, time.perf_counter() - begun, _processor(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def _processor(pid: int) -> float:
    ticks = 0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return round(ticks / os.sysconf("SC_CLK_TCK"), 1)


def measure(release: Path) -> dict[str, Any]:
    """Start, memory before and after, pages (their first visit and the next), every ready question once."""
    with service(str(release)) as there:
        found: dict[str, Any] = {
            "ready_seconds": round(there.started, 1),
            "ready_processor_seconds": there.processor,
            "memory_mib": there.memory,
        }
        pages = [*PAGES, *_things(there.client)]
        found["pages"] = {
            page or "home": [first_byte(there.client, page), first_byte(there.client, page)] for page in pages
        }
        found["questions"] = {name: ask(there.client, name) for name in sorted(library())}
        found["memory_after_mib"] = there.memory
        return found


def _things(client: httpx.Client) -> list[str]:
    """The pages of a contract and of the body that signs most."""
    rows = client.get("/sparql", params={"query": questions.BUSIEST}, headers={"Accept": "text/csv"}).text
    contract = rows.splitlines()[1].split(",")[0].strip('"')
    return [contract.replace(f"{WORLD}id/", "page/")] if contract.startswith(WORLD) else []


def first_byte(client: httpx.Client, page: str) -> dict[str, Any]:
    """Milliseconds until a page begins to come, its status, and its KiB."""
    begun = time.perf_counter()
    with client.stream("GET", f"/{page}", headers={"Accept": "text/html"}) as answer:
        chunks = answer.iter_raw()
        size = len(next(chunks, b""))
        came = time.perf_counter() - begun
        size += sum(map(len, chunks))
    return {"ms": round(came * 1000), "status": answer.status_code, "kib": round(size / 1024, 1)}


def ask(client: httpx.Client, name: str) -> dict[str, Any]:
    """Seconds of a ready question as CSV, with its rows; only the status where it has no answer."""
    begun = time.perf_counter()
    try:
        answer = client.get(f"/queries/{name}.csv")
    except httpx.RemoteProtocolError:
        return {"seconds": round(time.perf_counter() - begun, 2), "status": "broken off"}
    seconds = round(time.perf_counter() - begun, 2)
    if answer.status_code != 200:
        return {"seconds": seconds, "status": answer.status_code}
    return {"seconds": seconds, "rows": max(0, answer.text.count("\n") - 1)}


# --- many worlds


def repeated(release: Path, folder: Path, quads: int) -> dict[str, Any]:
    """A release of at least so many quads: the contracts and registry of another, again and again.

    In each copy all things have names of their own; what describes the data is there once.
    """
    begun = time.perf_counter()
    folder.mkdir(exist_ok=True)
    things, graphs = re.compile(rb"<%sid/" % WORLD.encode()), Counter[str]()
    own = (f"{WORLD}graph/contract/", f"{WORLD}graph/registry", f"{WORLD}graph/shortcuts")
    digest, count, world = hashlib.sha256(), 0, 0
    with (folder / "graph.nq").open("wb") as out:
        while count < quads:
            with (release / "graph.nq").open("rb") as source:
                for line in source:
                    name = line.rsplit(b"<", 1)[1].split(b">")[0].decode()
                    if name.startswith(own) and world:
                        line = things.sub(b"<%sid/w%d-" % (WORLD.encode(), world), line)
                        if name.startswith(own[0]):
                            renamed = name.replace("contract/", f"contract/w{world}-")
                            line = line.replace(name.encode(), renamed.encode())
                            name = renamed
                    elif world:
                        continue
                    out.write(line)
                    digest.update(line)
                    graphs[name] += 1
                    count += 1
            world += 1
    manifest = json.loads((release / "manifest.json").read_text()) | {
        "digest": digest.hexdigest(),
        "graphs": dict(sorted(graphs.items())),
        "files": {},
    }
    manifest["counts"] |= {"quads": count}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    size = round((folder / "graph.nq").stat().st_size / 2**20)
    return {"seconds": round(time.perf_counter() - begun, 1), "quads": count, "worlds": world, "mib": size}


LARGE_QUESTIONS = (
    "contracts",
    "organisations",
    "determinants",
    "funding",
    "coverage",
    "co-signatories",
    "facts",
)


def large(folder: Path) -> dict[str, Any]:
    """A large release served by two workers, with the second copy that keeps what is inferred apart."""
    with service(str(folder), "--workers", "2", "--query-memory", "8192") as there:
        found: dict[str, Any] = {
            "ready_seconds": round(there.started, 1),
            "ready_processor_seconds": there.processor,
            "memory_mib": there.memory,
        }
        asked = {
            "count": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
            "busiest": questions.BUSIEST,
            "rows": questions.ROWS,
        }
        found["queries"] = {name: _sparql(there.client, text) for name, text in asked.items()}
        found["questions"] = {name: ask(there.client, name) for name in LARGE_QUESTIONS}
        found["memory_after_mib"] = there.memory
        return found


def _sparql(client: httpx.Client, text: str) -> dict[str, Any]:
    begun = time.perf_counter()
    try:
        status: int | str = client.get(
            "/sparql", params={"query": text}, headers={"Accept": "text/csv"}
        ).status_code
    except httpx.RemoteProtocolError:
        status = "broken off"
    return {"seconds": round(time.perf_counter() - begun, 2), "status": status}
