"""A release in an external store: ``cls-graph load`` into it, then the same service over it."""

from __future__ import annotations

import json
import os
import resource
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks import serving
from benchmarks.machine import memory_of
from benchmarks.peers import free_port

STORES = ("oxigraph-server", "virtuoso")
LIMIT = 12 << 30
"""Bytes of memory that a store may have: one that would take the whole machine ends first."""

_VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
DisableUnixSocket = 1
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 12
MaxClientConnections = 12
[SPARQL]
ResultSetMaxRows = 1048576
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class External:
    """A store that runs."""

    query: str
    update: str
    graphs: str
    process: subprocess.Popen[bytes]
    env: dict[str, str] = field(default_factory=dict)


@contextmanager
def running(name: str, folder: Path) -> Iterator[External]:
    """A store with nothing in it, its files in ``folder``, until the context ends."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    make = {"oxigraph-server": _oxigraph, "virtuoso": _virtuoso}[name]
    store = make(folder)
    try:
        _wait(store)
        yield store
    finally:
        store.process.kill()
        store.process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _started(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "output").open("wb") as said:
        process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    resource.prlimit(process.pid, resource.RLIMIT_AS, (LIMIT, LIMIT))
    return process


def _oxigraph(folder: Path) -> External:
    home = f"127.0.0.1:{free_port()}"
    words = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", home]
    process = _started([*words, "--location", str(folder / "data")], folder)
    return External(f"http://{home}/query", f"http://{home}/update", f"http://{home}/store", process)


def _virtuoso(folder: Path) -> External:
    http = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=http))
    words = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    password = secrets.token_hex(8)
    change = ["+pwdold", "dba", "+pwddba", password, "+pwddav", password]
    subprocess.run([*words, *change], cwd=folder, capture_output=True, timeout=120, check=True)
    home = f"http://127.0.0.1:{http}"
    env = {"CLS_STORE_USER": "dba", "CLS_STORE_PASSWORD": password}
    return External(
        f"{home}/sparql",
        f"{home}/sparql-auth",
        f"{home}/sparql-graph-crud-auth",
        _started(words, folder),
        env,
    )


def _wait(store: External) -> None:
    for _ in range(1200):
        try:
            if httpx.get(store.query, params={"query": "ASK {}"}, timeout=10, trust_env=False).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise RuntimeError(f"{store.query} does not answer")


def measure(name: str, release: Path, work: Path) -> dict[str, Any]:
    """Load a release into a store, then serve it from there: time, memory, some ready questions."""
    with running(name, work / name) as store:
        begun = time.perf_counter()
        words = ["load", store.query, "--store-update", store.update, "--store-graphs", store.graphs]
        done = subprocess.run(
            [sys.executable, "-m", "cls_graph", *words, "--release", str(release), "--json"],
            env={**os.environ, **store.env, "CLS_STORE_TIMEOUT": "3600"},
            capture_output=True,
            text=True,
            check=True,
        )
        loaded = round(time.perf_counter() - begun, 1)
        found: dict[str, Any] = {
            "load_seconds": loaded,
            "triples": json.loads(done.stdout).get("triples"),
            "store_memory_mib": memory_of(store.process.pid),
            "store_disk_mib": round(sum(f.stat().st_size for f in folder_files(work / name)) / 2**20),
        }
        with serving.service(store.query) as there:
            found |= {"ready_seconds": round(there.started, 1), "service_memory_mib": there.memory}
            found["questions"] = {one: serving.ask(there.client, one) for one in serving.LARGE_QUESTIONS}
        return found


def folder_files(folder: Path) -> list[Path]:
    """The files of a store."""
    return [path for path in folder.rglob("*") if path.is_file()]
