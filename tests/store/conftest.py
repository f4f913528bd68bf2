"""The stores that the shared tests run over: embedded in memory and on disk, Oxigraph server, Virtuoso.

The servers are real: their own programs, on free loopback ports, in folders of their own, for the
session. Both are filled by ``cls-graph load``'s own code.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from benchmarks.generate import Generator, write_records
from benchmarks.places import with_populations
from cls_graph.corpus import Corpus
from cls_graph.progress import Progress, silent
from cls_graph.release import compose
from cls_graph.release.publish import Published, publish
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore, Store
from cls_graph.store.address import Address, Credentials
from cls_graph.store.remote import RemoteStore
from cls_graph.store.wire import Wire

BASE = "https://example.org/stores/"
CEILING = 10_000
"""Rows at which the Virtuoso of the tests cuts its answers: fewer than the bundled release has."""
CONFIGURATION = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 12
MaxClientConnections = 12
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Server:
    """A store that runs: where it is, what lets one in, and how ``cls-graph load`` is told both."""

    make: str
    address: Address
    env: dict[str, str] = field(default_factory=dict)

    @property
    def options(self) -> list[str]:
        """The command line of ``cls-graph load``, but for the release."""
        words = [self.address.query, "--store-update", self.address.update]
        return [*words, "--store-graphs", self.address.graphs] if self.address.graphs else words

    def wire(self) -> Wire:
        """A client of it."""
        return Wire(self.address, Credentials.of(self.env), 120)

    def load(self, folder: Path, progress: Progress = silent) -> Published:
        """Load a release."""
        manifest = json.loads((folder / "manifest.json").read_text())
        wire = self.wire()
        try:
            return publish(folder, manifest, wire, progress=progress)
        finally:
            wire.close()

    def connect(self, base: str = BASE, **settings: Any) -> RemoteStore:
        """The release of a base in it."""
        return RemoteStore.connect(self.address.query, Settings(store_base=base, **settings), self.env)

    def update(self, text: str) -> None:
        """Write to it behind everyone's back."""
        wire = self.wire()
        try:
            wire.update(text)
        finally:
            wire.close()


def port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
        return number


@contextmanager
def running(words: list[str], url: str, folder: Path) -> Iterator[None]:
    """A server, once it answers at ``url``; killed at the end."""
    with (folder / "output").open("wb") as said:
        process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + 120
        client = httpx.Client(trust_env=False, verify=False)
        while True:
            try:
                if client.get(url, params={"query": "ASK {}"}, timeout=10).is_success:
                    break
            except httpx.HTTPError:
                pass
            told = (folder / "output").read_text(errors="replace")[-2000:]
            assert process.poll() is None, f"{words[0]} ended: {told}"
            assert time.monotonic() < deadline, f"{words[0]} does not answer: {told}"
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait(30)


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[Server]:
    """An Oxigraph server, in memory."""
    beside = Path(sys.executable).parent / "oxigraph"
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    assert program, "the package oxigraph is part of the test extra"
    home = f"http://127.0.0.1:{(number := port())}"
    words = [program, "serve", "--bind", f"127.0.0.1:{number}", *options]
    with running(words, f"{home}/query", folder):
        yield Server("oxigraph", Address.of(f"{home}/query", f"{home}/update", f"{home}/store"))


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Oxigraph server of the session."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def own_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Starts Oxigraph servers of a test's own: a context manager."""
    return lambda *options: oxigraph(tmp_path_factory.mktemp("own"), *options)


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Virtuoso of the session, with a password of its own. Absent: skipped, but never in CI."""
    program = shutil.which("virtuoso-t")
    if program is None:
        reason = "virtuoso-t is not there: install Debian's virtuoso-opensource-7-bin"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder, http = tmp_path_factory.mktemp("virtuoso"), port()
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(sql=port(), http=http, rows=CEILING))
    password = secrets.token_hex(8)
    words = [program, "+foreground", "+configfile", "virtuoso.ini"]
    change = ["+pwdold", "dba", "+pwddba", password, "+pwddav", password]
    # Makes the database, and ends.
    subprocess.run([*words, *change], cwd=folder, capture_output=True, timeout=120, check=True)
    home = f"http://127.0.0.1:{http}"
    with running(words, f"{home}/sparql", folder):
        address = Address.of(f"{home}/sparql", f"{home}/sparql-auth", f"{home}/sparql-graph-crud-auth")
        yield Server("virtuoso", address, {"CLS_STORE_USER": "dba", "CLS_STORE_PASSWORD": password})


@pytest.fixture(params=["oxigraph", "virtuoso"], scope="session")
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the servers."""
    found: Server = request.getfixturevalue(f"{request.param}_server")
    return found


def release_in(folder: Path, quads: list[ox.Quad], base: str = BASE, version: str = "1.0") -> Path:
    """A release of some quads, in a folder."""
    nquads = b"".join(sorted(ox.serialize(quads, format=ox.RdfFormat.N_QUADS).splitlines(True)))
    (folder / "graph.nq").write_bytes(nquads)
    digest = hashlib.sha256(nquads).hexdigest()
    graphs = [q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)]
    manifest = {
        "title": {"fr": "Graphe d'essai", "en": "Test graph"},
        "version": version,
        "base_iri": base,
        "digest": digest,
        "graphs": {g: graphs.count(g) for g in sorted(set(graphs))},
        "counts": {"quads": len(quads)},
        "files": {"graph.nq": {"sha256": digest, "bytes": len(nquads)}},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session")
def release_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes the folder of a release of some TriG."""

    def make(trig: str, base: str = BASE, version: str = "1.0") -> Path:
        quads = list(ox.parse(trig, ox.RdfFormat.TRIG, base_iri=base))
        return release_in(tmp_path_factory.mktemp("release"), quads, base, version)

    return make


@pytest.fixture(scope="session")
def made_up_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of a few made-up contracts."""
    folder = tmp_path_factory.mktemp("made-up")
    write_records(Generator(14, scale=0.4), folder / "corpus")
    corpus = Corpus.open(folder / "corpus")
    with with_populations(corpus.registry):
        return release_in(folder, compose(corpus), corpus.iris.base)


@pytest.fixture(scope="session")
def small(release_of: Callable[..., Path]) -> Path:
    """The release that the shared tests ask about."""
    return release_of((Path(__file__).parent / "small.trig").read_text(encoding="utf-8"))


KINDS = ("memory", "disk", "oxigraph", "virtuoso")


@pytest.fixture(params=KINDS, scope="session")
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of store."""
    return str(request.param)


@pytest.fixture(scope="session")
def opened(
    request: pytest.FixtureRequest, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Store]:
    """Opens a store of the kind with a release in it."""

    def open_(folder: Path) -> Store:
        if kind == "memory":
            return EmbeddedStore.from_file(folder / "graph.nq")
        if kind == "disk":
            place = tmp_path_factory.mktemp("disk") / "store"
            filled = ox.Store(place)
            filled.bulk_load(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
            filled.flush()
            del filled
            return EmbeddedStore(ox.Store.read_only(str(place)))
        server: Server = request.getfixturevalue(f"{kind}_server")
        server.load(folder)
        return server.connect(json.loads((folder / "manifest.json").read_text())["base_iri"])

    return open_


@pytest.fixture(scope="session")
def store(opened: Callable[[Path], Store], small: Path) -> Store:
    """A store of each kind with the small release in it."""
    return opened(small)


@pytest.fixture(scope="session")
def values() -> Callable[..., list[str]]:
    """The values of the variable ``?v`` in an answer, sorted; what the store says where it refuses."""

    def ask(store: Store, text: str, infer: bool = False, **dataset: Iterable[str]) -> list[str]:
        prologue = f"PREFIX : <{BASE}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
        found = store.query(prologue + text, infer=infer, **{k: list(v) for k, v in dataset.items()})
        assert isinstance(found, ox.QuerySolutions)
        return sorted(getattr(row["v"], "value", "") for row in found)

    return ask
