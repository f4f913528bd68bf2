"""The servers that are measured side by side: how each is loaded, started and stopped."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

SERVER_CPU = {0}
READY_SECONDS = 600
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
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = 2
MaxQueryMem = 2G
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 20
MaxClientConnections = 20
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = {seconds}
"""
_RDFLIB = """\
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(store="Oxigraph", default_union=True)
data.store._inner.bulk_load(path=sys.argv[1], format=__import__("pyoxigraph").RdfFormat.N_QUADS)
uvicorn.run(SparqlEndpoint(graph=data, path="/"), port=int(sys.argv[2]), log_level="error")
"""


@dataclass
class Server:
    """A server that runs: where its SPARQL endpoint is, its process, seconds until it first answered."""

    port: int
    path: str
    process: subprocess.Popen[bytes]
    started: float


@dataclass
class Peer:
    """A program that can serve a release. ``deadline`` is the seconds that a query may take."""

    release: Path
    work: Path
    deadline: float
    name: ClassVar[str]
    path: ClassVar[str] = "/"

    def prepare(self) -> None:
        """Load the data, where that is done before the server starts."""

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """The command line, and what it needs in the environment."""
        raise NotImplementedError

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Start the server on one core; it is stopped at the end, with all its processes."""
        port = free_port()
        words, more = self.command(port)
        begun = time.perf_counter()
        with (self.work / f"{type(self).__name__}.log").open("wb") as log:
            process = subprocess.Popen(
                words,
                cwd=self.work,
                env={**os.environ, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: os.sched_setaffinity(0, SERVER_CPU & os.sched_getaffinity(0) or {0}),
            )
        try:
            _wait(process, port, self.path)
            yield Server(port, self.path, process, time.perf_counter() - begun)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class ClsGraph(Peer):
    """This project, without its cache of answers."""

    name = "cls-graph"
    path = "/sparql"
    cache: ClassVar[str] = "0"

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """The command as anybody runs it; budgets of one client are off, as all the load is one client's."""
        settings = {
            "CLS_QUERY_TIMEOUT": str(self.deadline),
            "CLS_CACHE_BYTES": self.cache,
            "CLS_CLIENT_BURST": "0",
            "CLS_CLIENT_LONG": "0",
            "CLS_WORKERS": "8",
        }
        line = [sys.executable, "-m", "cls_graph", "serve", "--store", str(self.release), "--port", str(port)]
        return line, settings


class ClsGraphKept(ClsGraph):
    """This project, with its cache of answers."""

    name = "cls-graph, cached"
    cache = "67108864"


class OxigraphServer(Peer):
    """The native server of the engine that the project embeds."""

    name = "Oxigraph server"
    path = "/query"

    def prepare(self) -> None:
        """Load the file into a store on disk: the server has no other."""
        store = self.work / "oxigraph"
        if not store.exists():
            file = str(self.release / "graph.nq")
            subprocess.run(
                [_oxigraph(), "load", "-l", str(store), "-f", file], check=True, capture_output=True
            )

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """Read-only, over the union of the graphs, with its own deadline."""
        where = ["-l", str(self.work / "oxigraph"), "-b", f"127.0.0.1:{port}"]
        limits = ["--union-default-graph", "--timeout-s", str(max(1, round(self.deadline)))]
        return [_oxigraph(), "serve-read-only", *where, *limits], {}


class RdflibEndpoint(Peer):
    """rdflib-endpoint over an Oxigraph store in memory, its fastest."""

    name = "rdflib-endpoint"

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """It has no deadline to set."""
        return [sys.executable, "-c", _RDFLIB, str(self.release / "graph.nq"), str(port)], {}


class Virtuoso(Peer):
    """Virtuoso 7, with all its files in a folder of its own."""

    name = "Virtuoso"
    path = "/sparql"
    buffers: ClassVar[int] = 340_000
    rows: ClassVar[int] = 1_000_000

    def prepare(self) -> None:
        """Load the file with its bulk loader, once."""
        folder = self.work / "virtuoso"
        if folder.exists():
            return
        folder.mkdir()
        (folder / "graph.nq").symlink_to(self.release / "graph.nq")
        sql = free_port()
        self._configure(folder, sql, free_port())
        process = subprocess.Popen(
            self._line(), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _until(lambda: self._say(sql, "select 1;") == 0, process)
            load = f"ld_dir('{folder}', 'graph.nq', 'urn:x'); rdf_loader_run(); checkpoint;"
            assert self._say(sql, load) == 0
        finally:
            self._say(sql, "shutdown;")
            process.wait(READY_SECONDS)

    def command(self, port: int) -> tuple[list[str], dict[str, str]]:
        """The loaded database."""
        folder = self.work / "virtuoso"
        self._configure(folder, free_port(), port)
        return ["sh", "-c", f"cd '{folder}' && exec {' '.join(self._line())}"], {}

    def _configure(self, folder: Path, sql: int, port: int) -> None:
        text = _VIRTUOSO.format(
            sql=sql,
            port=port,
            folder=folder,
            seconds=max(1, round(self.deadline)),
            rows=self.rows,
            buffers=self.buffers,
            dirty=self.buffers * 3 // 4,
        )
        (folder / "virtuoso.ini").write_text(text)

    def _line(self) -> list[str]:
        return [str(shutil.which("virtuoso-t")), "+foreground", "+configfile", "virtuoso.ini"]

    def _say(self, sql: int, text: str) -> int:
        line = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={text}"]
        return subprocess.run(line, capture_output=True).returncode


PEERS: tuple[type[Peer], ...] = (ClsGraph, ClsGraphKept, OxigraphServer, RdflibEndpoint, Virtuoso)


def release_of(nquads: Path, folder: Path, base: str = "https://example.org/cls/") -> int:
    """Make a release folder of an N-Quads file, whose things are under ``base``; its number of quads."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = sorted(set(nquads.read_bytes().splitlines(keepends=True)))
    (folder / "graph.nq").write_bytes(b"".join(lines))
    graphs = Counter(line.rsplit(b"<", 1)[1].split(b">")[0].decode() for line in lines)
    manifest = {
        "title": {"fr": "Mesures", "en": "Measurements"},
        "version": "0.0.0",
        "date": "2026-01-01",
        "licence": "https://spdx.org/licenses/etalab-2.0",
        "base_iri": base,
        "digest": hashlib.sha256(b"".join(lines)).hexdigest(),
        "graphs": dict(sorted(graphs.items())),
        "counts": {"quads": len(lines)},
        "files": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return len(lines)


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _oxigraph() -> str:
    return str(Path(sys.executable).with_name("oxigraph"))


def _wait(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Until the endpoint answers a query."""
    request = f"GET {path}?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()

    def answers() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as there:
                there.settimeout(READY_SECONDS)
                there.sendall(request)
                return b" 200 " in there.recv(100)
        except OSError:
            return False

    _until(answers, process)


def _until(true: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.perf_counter() + READY_SECONDS
    while not true():
        if process.poll() is not None or time.perf_counter() > end:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.05)
