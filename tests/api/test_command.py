"""``serve``: its options, its line of welcome, its end."""

from __future__ import annotations

import argparse
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from cls_graph.settings import SETTINGS
from cls_graph_api import command
from tests.warm.pids import own_pid

Serve = Callable[..., "subprocess.Popen[str]"]
RUNNER = """
import argparse, sys
from pathlib import Path
import cls_graph.release
from cls_graph.errors import ClsGraphError
from cls_graph_api import command
from tests.warm.pids import own_pid
release = Path(sys.argv.pop(1))
cls_graph.release.ensure_release = lambda *_args, **_more: release
parser = argparse.ArgumentParser()
command.configure(parser, "en")
args = parser.parse_args()
args.lang = "en"
try:
    sys.exit(command.run(args))
except ClsGraphError as error:
    print(error.detail["en"], file=sys.stderr)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def serve(release: Path, warm: list[str], environment: dict[str, str]) -> Iterator[Serve]:
    """Run the command on the small release, or on ``folder``; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*options: str, folder: Path = release) -> subprocess.Popen[str]:
        line = [*warm, "-c", RUNNER, str(folder), "--workers", "2", *options]
        started.append(subprocess.Popen(line, stderr=subprocess.PIPE, text=True, env=environment))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.communicate()


def parents() -> dict[int, int]:
    """The parent of each living process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if state != "Z":
                found[int(entry.name)] = int(parent)
    return found


def descendants(pid: int) -> set[int]:
    """The processes below ``pid``, at any depth."""
    of = parents()
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        children = {child for child, parent in of.items() if parent == waiting[-1]}
        waiting.pop()
        found |= children
        waiting += children
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_says_where_it_is_and_leaves_nothing_behind(serve: Serve, number: signal.Signals) -> None:
    process = serve("--port", "0")
    assert process.stderr is not None
    welcome = process.stderr.readline()
    address = re.fullmatch(
        r"(http://127\.0\.0\.1:\d+/): release 1\.2\.3, \d+ quads, 2 processes, sandbox: (.+)\.\n", welcome
    )
    assert address, welcome
    state = httpx.get(address[1] + "readyz").json()
    assert state["status"] == "ok"
    assert address[2] == ", ".join(state["sandbox"])
    assert sys.platform != "linux" or "seccomp" in state["sandbox"]
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    with socket.create_connection(("127.0.0.1", int(address[1].rsplit(":", 1)[1].strip("/")))) as busy:
        path = httpx.URL("/sparql", params={"query": endless})
        busy.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.2)
        below = descendants(own_pid(process))
        assert len(below) == 3
        process.send_signal(number)
        code = process.wait(10)
    assert code == (-signal.SIGKILL if number == signal.SIGKILL else 0)
    end = time.monotonic() + 3
    while below & parents().keys() and time.monotonic() < end:
        time.sleep(0.05)
    assert not below & parents().keys()


def test_a_taken_port_is_one_clear_error(serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = serve("--port", str(taken.getsockname()[1]))
        _, said = process.communicate(timeout=15)
    assert process.returncode == 2
    assert "--port" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("option", [["--port", "many"], ["--query-timeout", "-1"], ["--port", "99999"]])
def test_a_wrong_setting_is_one_clear_error(serve: Serve, option: list[str]) -> None:
    process = serve(*option)
    _, said = process.communicate(timeout=15)
    assert process.returncode == 2
    assert "Traceback" not in said
    assert said.strip()


def test_a_folder_that_is_no_release_is_one_clear_error(tmp_path: Path, serve: Serve) -> None:
    (tmp_path / "manifest.json").write_text("[]")
    process = serve("--port", "0", folder=tmp_path)
    _, said = process.communicate(timeout=15)
    assert process.returncode == 2
    assert str(tmp_path) in said
    assert "Traceback" not in said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_there_is_an_option_for_every_setting(lang: str) -> None:
    parser = argparse.ArgumentParser()
    command.configure(parser, lang)
    text = parser.format_help()
    for row in SETTINGS:
        if "serve" not in row.commands:
            assert "--" + row.name.replace("_", "-") not in text
            continue
        assert "--" + row.name.replace("_", "-") in text
        assert row.env in text
    assert command.HELP[lang]
