"""The pool on real processes: limits that kill, and recovery from every death."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph.errors import (
    Busy,
    CorpusError,
    NotAcceptable,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    WorkerLost,
)
from cls_graph.service import QueryPool, answer
from cls_graph.settings import Settings

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def processes() -> set[int]:
    """The keepers that this test process started, and their workers."""
    children: dict[int, set[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            if state != "Z" and "cls_graph.service.keeper" in command:
                children.setdefault(int(parent), set()).add(int(entry.name))
    keepers = children.get(os.getpid(), set())
    return keepers.union(*(children.get(k, set()) for k in keepers))


def parent_of(pid: int) -> int:
    """The parent of a process; 0 when it has just ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.02)


async def drain(body: AsyncIterator[bytes], received: list[bytes]) -> None:
    async for block in body:
        received.append(block)


def keeper_pid() -> int:
    [pid] = [p for p in processes() if parent_of(p) == os.getpid()]
    return pid


def worker_pids() -> set[int]:
    return {p for p in processes() if parent_of(p) not in (0, os.getpid())}


def test_an_answer_comes_in_the_negotiated_format(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        csv = await pool.query(COUNT, accept="text/csv;q=0.5, application/json;q=0.1")
        assert (csv.media_type, await read(csv)) == ("text/csv", b"n\r\n20\r\n")
        alias = await pool.query("ASK {}", accept="text/xml")
        assert alias.media_type == "text/xml"
        assert b"<boolean>true</boolean>" in await read(alias)
        with pytest.raises(NotAcceptable):
            await pool.query(COUNT, accept="text/turtle")
        with pytest.raises(QuerySyntaxError):
            await pool.query("SELEC ?x { ?x ?y ?z }", accept="text/turtle")

    with_pool(use)


def test_a_long_answer_is_streamed_whole(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        answer = await pool.query(LONG + " LIMIT 60000", asked="csv")
        assert answer.whole is None
        assert (await read(answer)).count(b"\n") == 60001

    with_pool(use)


def test_the_deadline_kills_and_others_go_on(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        victims = worker_pids()
        endless = asyncio.create_task(pool.query(ENDLESS))
        start, answered = time.monotonic(), 0
        while not endless.done():
            assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"
            answered += 1
        with pytest.raises(QueryTimeout):
            await endless
        assert 0.9 < time.monotonic() - start < 2
        assert answered > 2
        await until(lambda: pool.workers == 2)
        assert len(worker_pids() - victims) == 1, "only the worker that ran it was replaced"

    with_pool(use, query_timeout=1.0)


def test_a_caller_can_only_shorten_the_deadline(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> None:
        for asked in (0.3, 60.0):
            start = time.monotonic()
            with pytest.raises(QueryTimeout):
                await pool.query(ENDLESS, timeout=asked)
            assert time.monotonic() - start < 1.5

    with_pool(use, query_timeout=0.8)


def test_an_answer_cut_by_the_deadline_ends_in_an_error(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        answer = await pool.query(LONG, asked="csv")
        received: list[bytes] = []
        await asyncio.sleep(0.9)
        with pytest.raises(QueryTimeout):
            await drain(answer.body, received)
        assert received

    with_pool(use, query_timeout=0.7)


def test_memory_is_limited(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        with pytest.raises(QueryOutOfMemory):
            await pool.query("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f")
        assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"

    with_pool(use, query_memory=64, query_timeout=15.0)


def test_a_worker_that_ran_out_of_memory_is_given_no_other_query(with_pool: Any, read: Any) -> None:
    """The engine has room for a text of this length, and no one has for a copy of it."""
    doubling = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(20))

    async def use(pool: QueryPool) -> None:
        for _ in range(3):
            with pytest.raises(QueryOutOfMemory):
                await pool.query(f"SELECT ?x20 {{ BIND('xxxxxxxx' AS ?x0) {doubling} }}", asked="tsv")
            assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"

    with_pool(use, workers=1, query_memory=64)


@pytest.mark.parametrize(
    "query",
    ["ASK " + "{" * 100_000, "ASK {" * 1000, "SELECT (" + "(" * 5000 + "1", "ASK {} #" + "x" * 200_000],
)
def test_deep_or_long_queries_are_refused_before_parsing(with_pool: Any, query: str) -> None:
    async def use(pool: QueryPool) -> None:
        before = worker_pids()
        with pytest.raises(QueryTooComplex):
            await pool.query(query)
        assert worker_pids() == before

    with_pool(use, max_query_length=150_000)


def test_a_query_that_overflows_the_engine_is_one_refused_query(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        with pytest.raises(QueryTooComplex):
            await pool.query("SELECT * {{}" + "UNION{}" * 13_000 + "}", timeout=20)
        assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"

    with_pool(use, query_timeout=20.0)


def test_others_are_answered_while_a_long_wrong_query_is_read(
    with_pool: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To say what is wrong with 100,000 characters takes long: not in the thread that answers."""
    work, threads = answer.syntax_error, []

    def watched(*args: Any) -> Any:
        threads.append(threading.current_thread())
        return work(*args)

    monkeypatch.setattr(answer, "syntax_error", watched)
    lines = "?x rdfs:label ?name .\n" * 4000

    async def use(pool: QueryPool) -> None:
        with pytest.raises(QuerySyntaxError) as refused:
            await pool.query(f"PREFIX rdfs: <urn:x>\nSELECT * WHERE {{\n{lines}}}}}")
        assert refused.value.extra["line"] == 4003
        assert "ne ferme rien" in refused.value.detail["fr"]

    with_pool(use)
    assert len(threads) == 1
    assert threading.main_thread() not in threads


def test_service_and_updates_are_refused(with_pool: Any, canary: Any) -> None:
    async def use(pool: QueryPool) -> None:
        for word in ("SERVICE", "service silent", "SERVICE SILENT"):
            with pytest.raises(QueryRefused):
                await pool.query(f"SELECT * {{ {word} <{canary.url}> {{ ?a ?b ?c }} }}")
        for update in (f"LOAD <{canary.url}>", "DELETE WHERE { ?s ?p ?o }", "DROP ALL"):
            with pytest.raises(QueryRefused):
                await pool.query(update)
        with pytest.raises(QuerySyntaxError):
            await pool.query(f"SELECT * {{ \\u0053ERVICE <{canary.url}> {{ ?a ?b ?c }} }}")

    with_pool(use)
    assert canary.hits == 0


def test_graphs_named_by_address_are_never_fetched(with_pool: Any, canary: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        for graph in (canary.url, "file:///etc/passwd"):
            for text in (f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}", "SELECT * { ?s ?p ?o }"):
                graphs = None if "FROM" in text else [graph]
                answer = await pool.query(text, asked="csv", default_graphs=graphs)
                assert (await read(answer)).count(b"\n") == 1

    with_pool(use)
    assert canary.hits == 0


def test_a_killed_worker_costs_one_query_and_is_replaced(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        first = worker_pids()
        running = asyncio.create_task(pool.query(ENDLESS))
        await asyncio.sleep(0.3)
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(WorkerLost):
            await running
        await until(lambda: pool.workers == 2)
        assert not worker_pids() & first
        assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"

    with_pool(use)


def test_a_killed_keeper_is_replaced_and_its_queries_run_again(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i > ?f) }"
        running = asyncio.create_task(pool.query(slow, asked="csv"))
        await asyncio.sleep(0.05)
        old = keeper_pid()
        assert not running.done()
        os.kill(old, signal.SIGKILL)
        assert (await read(await running)).startswith(b"n\r\n")
        await until(lambda: pool.workers == 2)
        assert keeper_pid() != old
        assert await read(await pool.query(COUNT, asked="csv")) == b"n\r\n20\r\n"

    with_pool(use, query_timeout=15.0)


def test_more_queries_than_workers_wait_then_are_told_to_come_back(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> None:
        running = [asyncio.create_task(pool.query(ENDLESS)) for _ in range(2)]
        await asyncio.sleep(0.1)
        with pytest.raises(Busy) as caught:
            await pool.query(COUNT)
        assert caught.value.extra["retry_after"] > 0
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    with_pool(use, queue_timeout=0.3)


def test_nobody_loses_a_turn_under_load(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        async def one(number: int) -> bytes:
            if number % 10 == 0:
                task = asyncio.create_task(pool.query(ENDLESS))
                await asyncio.sleep(0.05)
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                return b""
            return bytes(await read(await pool.query(COUNT, asked="csv")))

        answers = await asyncio.gather(*(one(n) for n in range(200)))
        assert answers.count(b"n\r\n20\r\n") == 180
        await until(lambda: pool.workers == 2)

    with_pool(use)


def test_a_cancelled_query_is_killed(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> None:
        before = worker_pids()
        task = asyncio.create_task(pool.query(ENDLESS))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await until(lambda: pool.workers == 2 and len(worker_pids() & before) == 1)

    with_pool(use)


def test_nothing_is_left_running_after_stop(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> None:
        assert len(processes()) == 3
        asyncio.get_running_loop().create_task(pool.query(ENDLESS))
        await asyncio.sleep(0.1)

    with_pool(use)
    assert processes() == set()


@pytest.mark.slow
def test_stopping_while_a_worker_is_replaced_ends(nquads: Path) -> None:
    async def session(pause: float) -> None:
        pool = QueryPool(nquads, Settings(workers=2))
        await pool.start()
        os.kill(min(worker_pids()), signal.SIGKILL)
        await asyncio.sleep(pause)
        await asyncio.wait_for(asyncio.shield(pool.stop()), 10)

    for millisecond in range(0, 30, 2):
        asyncio.run(session(millisecond / 1000))
    assert processes() == set()


def test_a_file_that_cannot_be_loaded_is_one_error(tmp_path: Path) -> None:
    broken = tmp_path / "graph.nq"
    broken.write_text("nonsense\n")
    with pytest.raises(CorpusError, match=r"graph\.nq"):
        asyncio.run(QueryPool(broken, Settings()).start())
    assert processes() == set()
