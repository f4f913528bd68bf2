"""The kernel's part: with the guard out of the way, a worker still cannot reach anything."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.service import QueryPool, sandbox, worker
from cls_graph.service.frames import Inbox, Kind, pack
from cls_graph.settings import Settings
from cls_graph.store import EmbeddedStore

SERVICE = "SELECT * {{ SERVICE {silent} <{url}> {{ ?a ?b ?c }} }}"


def in_a_closed_process(work: Callable[[], str]) -> str:
    """What ``work`` returns in a forked process that has entered the sandbox."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        try:
            sandbox.enter()
            theirs.sendall(work().encode())
        finally:
            os._exit(0)
    theirs.close()
    os.waitpid(pid, 0)
    with ours:
        return ours.recv(65536).decode()


def attempt(action: Callable[[], Any]) -> str:
    try:
        return f"did {action()!r}"
    except Exception as error:
        return f"refused: {type(error).__name__}"


def test_the_engine_itself_cannot_reach_a_host(canary: Any) -> None:
    store = ox.Store()
    reached = attempt(lambda: list(store.query(SERVICE.format(silent="", url=canary.url))))
    assert canary.hits == 1, f"the canary must be reachable without a sandbox ({reached})"
    for silent in ("", "SILENT"):
        query = SERVICE.format(silent=silent, url=canary.url)
        in_a_closed_process(lambda query=query: attempt(lambda: list(store.query(query))))  # type: ignore[misc]
    assert canary.hits == 1


@pytest.mark.parametrize(
    "action",
    [
        lambda: socket.socket(socket.AF_INET),
        lambda: socket.socket(socket.AF_INET6),
        lambda: socket.socketpair(),
        lambda: os.open("/etc/passwd", os.O_RDONLY),
        lambda: Path("/tmp/cls-graph-sandbox").write_text("x"),
        lambda: os.execv("/bin/true", ["true"]),
        lambda: os.fork(),
    ],
    ids=["inet", "inet6", "socketpair", "read", "write", "exec", "fork"],
)
def test_a_closed_process_is_closed(action: Callable[[], Any]) -> None:
    if sys.platform != "linux":
        pytest.skip("the system-call filter is Linux's")
    assert in_a_closed_process(lambda: attempt(action)).startswith("refused")


def test_a_worker_checks_again_what_the_pool_let_through(canary: Any) -> None:
    store = EmbeddedStore.from_bytes(b"<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    ours, theirs = socket.socketpair()
    request = {"text": SERVICE.format(silent="", url=canary.url), "format": "json", "op": "query"}
    theirs_request = {**request, "default_graphs": None, "named_graphs": None}
    worker.answer(theirs, store, Settings(), theirs_request)
    frame = Inbox(ours).receive()
    assert frame is not None
    assert (frame.kind, frame.json()["type"]) == (Kind.ERROR, "QueryRefused")
    assert canary.hits == 0
    ours.close()
    theirs.close()


def test_workers_say_what_protects_them(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> list[str]:
        return pool.sandbox

    assert with_pool(use) == (["seccomp", "nofile"] if sys.platform == "linux" else ["nofile"])


def test_frames_carry_what_was_packed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(pack(Kind.DATA, b"\x00" * 70_000) + pack(Kind.END))
        inbox = Inbox(ours)
        first, second = inbox.receive(), inbox.receive()
        assert first is not None
        assert second is not None
        assert (len(first.payload), second.kind) == (70_000, Kind.END)
        theirs.close()
        assert inbox.receive() is None
