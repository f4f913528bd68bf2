"""The service and the command as a user has them: from the installed package."""

from __future__ import annotations

import shlex
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def installed(missing: Callable[[str], NoReturn]) -> Path:
    """The ``cls-graph`` of this environment."""
    script = Path(sysconfig.get_path("scripts")) / "cls-graph"
    if not script.exists():
        missing(f"cls-graph is not installed in {script.parent}: pip install .")
    return script


@pytest.fixture(scope="session")
def programs(installed: Path, warm: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with a ``cls-graph`` that is the installed one, but for the second that it takes to start."""
    folder = tmp_path_factory.mktemp("programs")
    program = folder / installed.name
    program.write_text(f'#!/bin/sh\nexec {shlex.join(warm)} -m cls_graph "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return str(folder)


@pytest.fixture(scope="session")
def answers(missing: Callable[[str], NoReturn]) -> ModuleType:
    """``scripts/readme_answers.py``, which asks what the README asks."""
    for program in ("bash", "curl"):
        if shutil.which(program) is None:
            missing(f"{program} is not installed")
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import readme_answers
    finally:
        sys.path.pop(0)
    return readme_answers


@pytest.fixture(scope="session")
def tutorials() -> ModuleType:
    """``scripts/tutorials.py``, which walks a page."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import tutorials
    finally:
        sys.path.pop(0)
    return tutorials


@contextmanager
def served(
    installed: Path,
    folder: Path,
    options: Sequence[str] = (),
    cache: Path | None = None,
) -> Iterator[str]:
    """The address of ``cls-graph serve``, started as a user does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                str(installed),
                "serve",
                "--port",
                str(port),
                "--cache",
                str(cache or folder / "cache"),
                *options,
            ],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1200):
            if server.poll() is not None:
                break
            try:
                with urllib.request.urlopen(url + "/healthz"):
                    break
            except OSError:
                time.sleep(0.1)
        else:
            server.kill()
        assert server.poll() is None, (folder / "log").read_text()
        yield url
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture(scope="session")
def oxigraph_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty Oxigraph server, for the pages that load a release into one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    home = f"http://127.0.0.1:{port}"
    with (tmp_path_factory.mktemp("oxigraph") / "log").open("wb") as log:
        words = [str(program), "serve", "--bind", f"127.0.0.1:{port}"]
        server = subprocess.Popen(words, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{home}/query?query=ASK%20%7B%7D", timeout=5):
                    break
            except OSError:
                assert server.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.1)
        yield home
    finally:
        server.kill()
        server.wait(30)


@pytest.fixture(scope="session")
def address(installed: Path, bundled_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service on the bundled data."""
    with served(installed, tmp_path_factory.mktemp("serve"), cache=bundled_cache) as url:
        yield url


@pytest.fixture
def writable(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty service that is written to; its token is in the environment."""
    monkeypatch.setenv("CLS_WRITE_TOKEN", "un-jeton-d-essai")
    with served(installed, tmp_path, ["--writable", "--empty", "--store", "my-store"]) as url:
        yield url
