"""The service over HTTP, as users meet it: a process of its own on a free loopback port."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

DATA = Path(__file__).parent.parent / "service" / "data" / "graph.trig"


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small release."""
    folder = tmp_path_factory.mktemp("release")
    quads = list(ox.parse(path=DATA, format=ox.RdfFormat.TRIG))
    nquads = b"".join(sorted(ox.serialize(quads, format=ox.RdfFormat.N_QUADS).splitlines(True)))
    (folder / "graph.nq").write_bytes(nquads)
    graphs = [q.graph_name.value for q in quads]
    manifest = {
        "title": {"fr": "Graphe d'essai", "en": "Test graph"},
        "version": "1.2.3",
        "date": "2026-01-01",
        "licence": "https://spdx.org/licenses/etalab-2.0",
        "base_iri": "https://w3id.org/cls-sante/",
        "digest": hashlib.sha256(nquads).hexdigest(),
        "graphs": {g: graphs.count(g) for g in sorted(set(graphs))},
        "counts": {"quads": len(quads), "contracts": 2},
        "files": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session")
def start(release: Path, serve: Callable[..., httpx.Client]) -> Callable[..., httpx.Client]:
    """Start a service, on the small release if no ``folder`` is given; keywords are settings."""

    def begin(root_path: str = "", folder: Path | None = None, **settings: Any) -> httpx.Client:
        return serve(folder or release, root_path, **settings)

    return begin


@pytest.fixture
def launch(
    environment: dict[str, str], service_words: Callable[..., list[str]]
) -> Iterator[Callable[..., tuple[subprocess.Popen[str], httpx.Client]]]:
    """Start a service on a folder, to look at its process too: what it says, how it ends."""
    running: list[tuple[subprocess.Popen[str], httpx.Client]] = []

    def serve(folder: Path, **settings: Any) -> tuple[subprocess.Popen[str], httpx.Client]:
        pipe = subprocess.PIPE
        command = service_words(folder, **settings)
        process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)
        assert process.stdout is not None
        port = int(process.stdout.readline())
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20, verify=False)
        running.append((process, client))
        assert client.get("/readyz").status_code == 200
        return process, client

    yield serve
    for process, client in running:
        client.close()
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def client(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A client of the service with its usual settings."""
    return start()


TOKEN = "un-jeton-d-essai"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}
SERVE = ("-m", "cls_graph", "serve", "--port", "0", "--lang", "en", "--workers", "2")


@contextmanager
def commands(
    warm: list[str], environment: dict[str, str]
) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Runs ``serve`` as a user does, on a free port; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*options: object, **variables: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [*warm, *SERVE, *map(str, options)],
            stderr=subprocess.PIPE,
            text=True,
            env={**environment, "CLS_WRITE_TOKEN": TOKEN, **variables},
        )
        started.append(process)
        assert process.stderr is not None
        said = ""
        for text in process.stderr:
            said += text
            if text.startswith("http://"):
                return process, text.split(": ")[0].rstrip("/")
        raise AssertionError(said)

    try:
        yield run
    finally:
        for process in started:
            process.kill()
            process.communicate()


@pytest.fixture
def command_line(
    warm: list[str], environment: dict[str, str]
) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Run ``serve`` with options; gives the process and its address once it is ready."""
    with commands(warm, environment) as run:
        yield run


@pytest.fixture(scope="session")
def refusing(
    warm: list[str], environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A client of a writable endpoint of a million bytes at once, for what it is to refuse."""
    folder = tmp_path_factory.mktemp("refusing") / "store"
    with commands(warm, environment) as run:
        _, address = run("--writable", "--empty", "--store", folder, "--max-upload", 1_000_000)
        with httpx.Client(base_url=address, headers=AUTHORISED, verify=False) as client:
            yield client


@pytest.fixture(scope="session")
def shared_writable(
    warm: list[str], environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A bare writable endpoint for many tests: its process and its address."""
    folder = tmp_path_factory.mktemp("writable") / "store"
    with commands(warm, environment) as run:
        yield run("--writable", "--empty", "--store", folder)


@pytest.fixture
def writable(shared_writable: tuple[subprocess.Popen[str], str]) -> Iterator[httpx.Client]:
    """A client of a bare writable endpoint, which sends the token; it is emptied before each test."""
    process, address = shared_writable
    assert process.poll() is None, "the endpoint that the tests share has ended"
    with httpx.Client(base_url=address, headers=AUTHORISED, timeout=20, verify=False) as client:
        assert client.post("/update", data={"update": "DROP ALL"}).status_code == 204
        yield client


@pytest.fixture
def fresh(command_line: Callable[..., Any], tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a bare writable endpoint of its own, in the folder ``store``."""
    _, address = command_line("--writable", "--empty", "--store", tmp_path / "store")
    with httpx.Client(base_url=address, headers=AUTHORISED, timeout=20, verify=False) as client:
        yield client
