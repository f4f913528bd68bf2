"""The service over HTTP, as users meet it: a process of its own on a free loopback port."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

DATA = Path(__file__).parent.parent / "service" / "data" / "graph.trig"
RUNNER = """
import json, socket, sys
from pathlib import Path
import uvicorn
from cls_graph.settings import Settings
from cls_graph_api import create_app
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
app = create_app(Path(sys.argv[1]), Settings(**json.loads(sys.argv[2])))
config = uvicorn.Config(app, log_level="error", root_path=sys.argv[3])
uvicorn.Server(config).run(sockets=[listener])
"""


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
def environment() -> dict[str, str]:
    """Where a child process finds the same code as the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)}


@pytest.fixture(scope="session")
def start(release: Path, environment: dict[str, str]) -> Iterator[Callable[..., httpx.Client]]:
    """Start a service; keywords are settings. Gives a client of it."""
    running: list[tuple[subprocess.Popen[str], httpx.Client]] = []

    def serve(root_path: str = "", **settings: Any) -> httpx.Client:
        values = {"workers": 2, "query_timeout": 5.0, **settings}
        command = [sys.executable, "-c", RUNNER, str(release), json.dumps(values), root_path]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert process.stdout is not None
        port = int(process.stdout.readline())
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)
        running.append((process, client))
        # The port takes connections from the start; they are answered once the release is loaded.
        assert client.get("/healthz").status_code == 200
        return client

    yield serve
    for process, client in running:
        client.close()
        process.terminate()
    for process, _ in running:
        process.wait(10)


@pytest.fixture(scope="session")
def client(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A client of the service with its usual settings."""
    return start()
