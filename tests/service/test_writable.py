"""Writing, on real processes: whole or not at all, seen at once, there after a restart, and killable."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph import media
from cls_graph.errors import (
    BadRequest,
    Busy,
    ClsGraphError,
    GraphMissing,
    QueryOutOfMemory,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    ShapesBroken,
    StorageFailed,
    UpdateFailed,
    WorkerLost,
)
from cls_graph.namespaces import DEFAULT_BASE
from cls_graph.service.folder import create
from cls_graph.service.journal import Journal
from cls_graph.service.operations import DEFAULT_GRAPH, Operation, Part, Verb
from cls_graph.service.strict import StrictCheck
from cls_graph.service.writer import WritablePool
from cls_graph.settings import Settings

MANIFEST = {"title": {"fr": "Essai", "en": "Test"}, "base_iri": "https://example.org/", "version": "1.0"}
ENDLESS = "INSERT { ?a ?b ?o } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
NQUADS = next(f for f in media.DATASETS if f.name == "nq")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
    + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="urn:a"><p xmlns="urn:">&i;</p></rdf:Description></rdf:RDF>'
)

Use = Callable[[WritablePool], Awaitable[Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new, empty store."""
    create(tmp_path / "store", None, MANIFEST, union=False)
    return tmp_path / "store"


def session(folder: Path, use: Use, check: StrictCheck | None = None, **settings: Any) -> Any:
    """Run ``use`` on a pool over ``folder``; keywords are settings."""

    async def run() -> Any:
        values = {"workers": 2, "query_timeout": 5.0, "write_timeout": 5.0, **settings}
        pool = WritablePool(folder, Settings(**values), check)
        await pool.start()
        try:
            return await asyncio.wait_for(use(pool), 60)
        finally:
            await pool.stop()

    return asyncio.run(run())


async def update(pool: WritablePool, text: str, **more: Any) -> int:
    outcome, _ = await pool.write(Operation(Verb.UPDATE, text, **more))
    return outcome.quads


async def ask(pool: Any, text: str) -> bool:
    return bool((await pool.query(text, asked="csv")).whole == b"true")


async def dump(pool: Any) -> set[str]:
    """The dataset, with blank nodes named by what is said of them."""
    answer = await pool.graph(None, NQUADS, NQUADS.media_type)
    body = b"".join([block async for block in answer.body])
    data = ox.Dataset(ox.parse(body, ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in data}


def processes(folder: Path) -> dict[int, str]:
    """The processes of a store and their states."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_text()
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(folder) in command and "cls_graph.service.keeper" in command and state != "Z":
                found[int(entry.name)] = state
    return found


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        await asyncio.sleep(0.02)


def test_the_next_query_sees_a_write(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        for number in range(30):
            assert await update(pool, f"INSERT DATA {{ <urn:s> <urn:p> {number} }}") == number + 1
            assert await ask(pool, f"ASK {{ <urn:s> <urn:p> {number} }}")
        assert pool.manifest["version"] == "1.0+30"

    session(folder, use)


def test_a_failed_write_changes_nothing(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { <urn:s> <urn:p> 1 }")
        before, digest = await dump(pool), pool.manifest["digest"]
        for text, kind in (
            ("INSERT DATA { <urn:s> <urn:p> 2 } ; DROP GRAPH <urn:none>", UpdateFailed),
            ("INSERT DATA { <urn:s> <urn:p> 2 } ; INSERT DATA { <urn:s> }", QuerySyntaxError),
            ("DELETE WHERE { ?s ?p ?o } ; LOAD <http://127.0.0.1:9/>", QueryRefused),
            ("INSERT DATA { <urn:a> <urn:b> " + "(" * 200 + ")" * 200 + " }", QueryTooComplex),
        ):
            with pytest.raises(kind):
                await update(pool, text)
        bad = Operation(Verb.PUT, graph="urn:g", parts=(Part("ttl", b"<urn:a> <urn:b> 1, 2 .\n<urn:c> d ."),))
        with pytest.raises(BadRequest) as caught:
            await pool.write(bad)
        assert (caught.value.extra["line"], caught.value.status) == (2, 400)
        assert (await dump(pool), pool.manifest["digest"]) == (before, digest)
        assert not await pool.exists("urn:g")

    session(folder, use)


def test_a_malformed_update_says_where(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        for text, line in (("INSERT DATA {\n <urn:a> <urn:b> }", 2), ("CLEAR ALL ;\nLOAD <urn:x> INTO y", 2)):
            with pytest.raises(QuerySyntaxError) as caught:
                await update(pool, text)
            assert caught.value.extra["line"] == line

    session(folder, use)


def test_nothing_is_fetched(folder: Path, canary: Any) -> None:
    async def use(pool: WritablePool) -> None:
        for text in (
            f"LOAD <{canary.url}>",
            f"PREFIX x: <{canary.url}> LOAD x:y INTO GRAPH <urn:g>",
            f"CLEAR ALL;LOAD<{canary.url}>",
            f"INSERT {{ ?a ?b ?c }} WHERE {{ SERVICE SILENT <{canary.url}> {{ ?a ?b ?c }} }}",
            f"PREFIX load: <{canary.url}> LOADload:x",
        ):
            with pytest.raises((QueryRefused, QuerySyntaxError)):
                await update(pool, text)
        # What may fail unseen does.
        assert await update(pool, f"LOAD SILENT <{canary.url}>") == 0
        context = b'{"@context": "%s", "@id": "urn:a", "p": "x"}' % canary.url.encode()
        entity = b'<!DOCTYPE r [<!ENTITY x SYSTEM "%s">]><rdf:RDF>&x;</rdf:RDF>' % canary.url.encode()
        for name, body in (("jsonld", context), ("rdf", entity)):
            with pytest.raises(BadRequest):
                await pool.write(Operation(Verb.POST, graph="urn:g", parts=(Part(name, body),)))

    session(folder, use)
    assert canary.hits == 0


def test_a_prefix_called_load_is_a_prefix(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        text = (
            "PREFIX load: <urn:l:> PREFIX payload: <urn:p:> INSERT DATA { load:a payload:b 'LOAD <urn:x>' }"
        )
        assert await update(pool, text) == 1

    session(folder, use)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", {"<urn:two> <urn:p> 1", "<urn:one> <urn:p> 1"}),
        ("DELETE { GRAPH <urn:g1> { ?s ?p ?o } } WHERE { ?s ?p ?o }", {"<urn:two> <urn:p> 1"}),
        ("INSERT { <urn:n> <urn:p> ?o } # WHERE {\nWHERE { ?s ?p ?o }", {"<urn:n> <urn:p> 1"}),
        ("DELETE WHERE { ?s <urn:q> ?o } ; DELETE\nWHERE { <urn:d> ?p ?o }", set()),
        ("INSERT { <urn:w> <urn:p> 'WHERE {' } WHERE { ?s ?p ?o }", {"<urn:w> <urn:p> 'WHERE {'"}),
    ],
)
def test_the_request_can_name_the_dataset_of_an_update(folder: Path, text: str, left: set[str]) -> None:
    begin = (
        "INSERT DATA { <urn:d> <urn:p> 1 . GRAPH <urn:g1> { <urn:one> <urn:p> 1 } "
        "GRAPH <urn:g2> { <urn:two> <urn:p> 1 } }"
    )

    async def use(pool: WritablePool) -> None:
        await update(pool, begin)
        await update(pool, text, using=("urn:g1",), using_named=())
        for triple in left:
            assert await ask(pool, f"ASK {{ {{ {triple} }} UNION {{ GRAPH ?g {{ {triple} }} }} }}")
        if "DELETE { GRAPH" in text:
            assert not await ask(pool, "ASK { GRAPH <urn:g1> { ?s ?p ?o } }")

    session(folder, use)


def test_a_dataset_named_twice_is_refused(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        for text in (
            "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "INSERT { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
        ):
            with pytest.raises(BadRequest):
                await update(pool, text, using=("urn:g",))
        with pytest.raises(BadRequest):
            await update(pool, "DELETE WHERE { ?s ?p ?o }", using=("urn:g> { ?s ?p ?o } #",))

    session(folder, use)


def test_the_operations_of_the_graph_store(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        async def do(verb: Verb, graph: str | None, *documents: tuple[str, bytes]) -> bool:
            parts = tuple(Part(*document) for document in documents)
            outcome, _ = await pool.write(Operation(verb, graph=graph, base="http://e/base", parts=parts))
            return outcome.created

        turtle = b"<a> <b> 'x', _:n ."
        assert await do(Verb.PUT, "http://e/g", ("ttl", turtle))
        assert not await do(Verb.PUT, "http://e/g", ("ttl", turtle))
        assert await ask(pool, "ASK { GRAPH <http://e/g> { <http://e/a> <http://e/b> 'x' } }")
        assert not await do(Verb.POST, "http://e/g", ("ttl", turtle), ("nt", b'<urn:n> <urn:t> "y" .'))
        # The blank node of the second document is another one.
        assert await ask(
            pool, "ASK { GRAPH ?g { ?s ?p ?x, ?y FILTER(isBlank(?x) && isBlank(?y) && ?x != ?y) } }"
        )
        assert not await do(Verb.PUT, DEFAULT_GRAPH, ("ttl", turtle))
        assert await do(Verb.PUT, "http://e/empty")
        assert await pool.exists("http://e/empty")
        with pytest.raises(BadRequest):
            await do(Verb.PUT, "http://e/g", ("trig", b"<urn:other> { <urn:a> <urn:b> 1 }"))
        await do(Verb.DELETE, "http://e/g")
        with pytest.raises(GraphMissing):
            await do(Verb.DELETE, "http://e/g")
        await do(Verb.POST, None, ("trig", b"<urn:t> { <urn:a> <urn:b> 1 }"))
        assert await ask(pool, "ASK { GRAPH <urn:t> { ?s ?p ?o } . <http://e/a> ?b 'x' }")
        await do(Verb.PUT, None, ("nq", b"<urn:a> <urn:b> <urn:c> <urn:u> ."))
        assert await dump(pool) == {"<urn:a> <urn:b> <urn:c> <urn:u>"}
        assert not await pool.exists("http://e/empty")
        await do(Verb.DELETE, None)
        assert await dump(pool) == set()

    session(folder, use)


HISTORY = [
    "INSERT DATA { <urn:a> <urn:b> _:x, _:y . _:x <urn:c> _:y }",
    "INSERT DATA { GRAPH <urn:g> { _:x <urn:d> 01, 2.50, 'é'@fr } }",
    "INSERT { ?s <urn:when> ?now ; <urn:id> ?id } "
    "WHERE { ?s <urn:b> ?o BIND(NOW() AS ?now) BIND(UUID() AS ?id) }",
    "CREATE GRAPH <urn:empty>",
    "INSERT { GRAPH <urn:h> { ?o <urn:rand> ?r } } WHERE { <urn:a> <urn:b> ?o BIND(RAND() AS ?r) }",
    "DELETE { ?s <urn:c> ?o } INSERT { ?o <urn:e> ?s, [] } WHERE { ?s <urn:c> ?o }",
    "COPY <urn:h> TO <urn:i> ; MOVE SILENT <urn:none> TO <urn:j>",
    "ADD <urn:g> TO DEFAULT ; CLEAR GRAPH <urn:h>",
    "INSERT { <urn:first> <urn:is> ?o } WHERE { { SELECT ?o { ?s ?p ?o } LIMIT 1 } }",
    "DELETE DATA { GRAPH <urn:g> { <urn:nobody> <urn:d> 1 } }",
    "INSERT DATA { <urn:t> <urn:p> <<( <urn:a> <urn:b> 'quoted' )>> }",
    "DROP GRAPH <urn:empty> ; CREATE GRAPH <urn:void>",
]


@pytest.mark.slow
@pytest.mark.parametrize("compacting", [False, True])
def test_a_restart_gives_the_same_dataset(folder: Path, compacting: bool) -> None:
    settings = {"journal_size": 600} if compacting else {}

    async def build(pool: WritablePool) -> tuple[set[str], list[bool]]:
        for text in HISTORY:
            await update(pool, text)
            parts = (Part("ttl", b"[] <urn:in> 'a graph' ."),)
            await pool.write(Operation(Verb.POST, graph="urn:posted", parts=parts))
        if compacting:
            await until(lambda: len(list(folder.glob("*.nq"))) == 1 and not list(folder.glob("*.tmp")))
        return await look(pool)

    async def look(pool: WritablePool) -> tuple[set[str], list[bool]]:
        graphs = ("urn:empty", "urn:void", "urn:h", "urn:i", "urn:posted", "urn:j")
        return await dump(pool), [await pool.exists(graph) for graph in graphs]

    first = session(folder, build, **settings)
    assert first[1] == [False, True, True, True, True, False]
    assert len(first[0]) > 25
    for _ in range(2):
        assert session(folder, look, **settings) == first


@pytest.mark.slow
def test_a_long_journal_becomes_a_snapshot(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        for number in range(40):
            await update(pool, f"INSERT DATA {{ <urn:s{number}> <urn:p> '{'x' * 100}' }}")
            assert await ask(pool, f"ASK {{ <urn:s{number}> <urn:p> ?o }}")

    session(folder, use, journal_size=1000)
    # Weighed once the session has ended: while it runs, a journal may give way at any moment.
    assert sum(path.stat().st_size for path in folder.glob("*.log")) < 4000
    [snapshot] = folder.glob("*.nq")
    assert snapshot.stat().st_size > 2000

    async def again(pool: WritablePool) -> int:
        return pool.quads

    assert session(folder, again) == 40


def test_a_runaway_write_is_killed_and_others_go_on(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { " + " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(60)) + " }")
        begun = time.monotonic()
        running = asyncio.create_task(update(pool, ENDLESS))
        answered = 0
        while not running.done():
            assert await ask(pool, "ASK { <urn:s1> ?p ?o }")
            answered += 1
        with pytest.raises(QueryTimeout):
            await running
        assert time.monotonic() - begun < 4
        assert answered > 2
        assert await update(pool, "INSERT DATA { <urn:after> <urn:p> 1 }") == 61

    session(folder, use, write_timeout=1.0)


def test_a_write_has_only_so_much_memory(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        grow = "INSERT DATA { <urn:s> <urn:p> 'xxxxxxxxxxxxxxxx' }"
        await update(pool, grow)
        double = "DELETE { ?s ?p ?o } INSERT { ?s ?p ?t } WHERE { ?s ?p ?o BIND(CONCAT(?o, ?o) AS ?t) }"
        with pytest.raises(QueryOutOfMemory):
            await update(pool, " ; ".join([double] * 30))
        with pytest.raises(ClsGraphError) as caught:
            await pool.write(Operation(Verb.POST, graph="urn:g", parts=(Part("rdf", BOMB),)))
        assert isinstance(caught.value, QueryOutOfMemory | BadRequest | QueryTimeout)
        assert await update(pool, "INSERT DATA { <urn:after> <urn:p> 1 }") == 2

    session(folder, use, query_memory=128, write_timeout=20.0)


def test_a_query_that_runs_ends_on_the_data_that_it_began_with(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(
            pool, "INSERT DATA { " + " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(150)) + " }"
        )
        slow = asyncio.create_task(
            pool.query(
                "SELECT (COUNT(*) AS ?n) { ?a <urn:p> ?x . ?b <urn:p> ?y . ?c <urn:p> ?z }", asked="csv"
            )
        )
        await asyncio.sleep(0.1)
        assert not slow.done()
        for number in range(5):
            await update(pool, f"INSERT DATA {{ <urn:more> <urn:p> {-1 - number} }}")
        assert (await slow).whole == b"n\r\n%d\r\n" % 150**3

    session(folder, use, query_timeout=20.0)


def test_a_view_is_of_one_state(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { <urn:s> <urn:p> 1 }")
        view = pool.view()
        await update(pool, "DELETE DATA { <urn:s> <urn:p> 1 }")
        assert await ask(view, "ASK { <urn:s> <urn:p> 1 }")
        assert not await ask(pool, "ASK { <urn:s> <urn:p> 1 }")
        assert (view.manifest["version"], pool.manifest["version"]) == ("1.0+1", "1.0+2")
        view.close()
        await until(lambda: len(processes(folder)) == 3)

    session(folder, use)


def test_many_writes_leave_one_keeper_and_its_workers(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await asyncio.gather(*(update(pool, f"INSERT DATA {{ <urn:s{n}> <urn:p> 1 }}") for n in range(40)))
        assert pool.quads == 40
        await until(lambda: len(processes(folder)) == 3 and pool.workers == 2)

    session(folder, use)
    # Killed processes are gone a moment later, on a busy machine.
    deadline = time.monotonic() + 20
    while processes(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes(folder) == {}


@pytest.mark.slow
def test_a_killed_process_costs_no_acknowledged_write(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        done = 0
        for number in range(12):
            victims = list(processes(folder))
            task = asyncio.create_task(update(pool, f"INSERT DATA {{ <urn:s{number}> <urn:p> 1 }}"))
            await asyncio.sleep(0.003 * number)
            for pid in victims:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            try:
                await task
                done += 1
                assert await ask(pool, f"ASK {{ <urn:s{number}> <urn:p> 1 }}")
            except (WorkerLost, Busy):
                # Told to come back, and nothing of it is there, or all.
                continue
        assert await update(pool, "INSERT DATA { <urn:last> <urn:p> 1 }") >= done + 1

    session(folder, use, queue_timeout=10.0)


def test_a_client_that_leaves_before_the_write_is_recorded_takes_it_with_it(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { " + " ".join(f"<urn:s{n}> <urn:p> {n} ." for n in range(60)) + " }")
        task = asyncio.create_task(update(pool, ENDLESS))
        await asyncio.sleep(0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert await update(pool, "INSERT DATA { <urn:after> <urn:p> 1 }") == 61

    session(folder, use)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file of this process may grow past ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_disk_does_not_take_is_not_there(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { <urn:s> <urn:p> 1 }")
        size = next(folder.glob("*.log")).stat().st_size
        for text, room in (
            ("INSERT DATA { <urn:s> <urn:p> 2 }", size + 20),
            ("INSERT { ?s ?p ?r } WHERE { ?s ?p ?o BIND(RAND() AS ?r) }", 20),
        ):
            with file_size_limit(room), pytest.raises(StorageFailed):
                await update(pool, text)
        assert pool.quads == 1
        assert not await ask(pool, "ASK { <urn:s> <urn:p> 2 }")
        assert await update(pool, "INSERT DATA { <urn:s> <urn:p> 3 }") == 2

    session(folder, use)

    async def again(pool: WritablePool) -> None:
        assert await ask(pool, "ASK { <urn:s> <urn:p> 3 MINUS { <urn:s> <urn:p> 2 } }")

    session(folder, again)


@pytest.mark.slow
def test_a_strict_write_holds_to_the_shapes(folder: Path, tiny: Any) -> None:
    # Named as if it were a graph of shapes, which it is not: those are under the base of the data.
    graph = "https://example.org/graph/shapes"
    cls = "https://w3id.org/cls-sante/ontology#"
    contract = f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:c> a <{cls}LocalHealthContract> }} }}"
    title = f'INSERT DATA {{ GRAPH <{graph}> {{ <urn:c> <http://purl.org/dc/terms/title> "CLS"@fr }} }}'

    async def use(pool: WritablePool) -> None:
        with pytest.raises(ShapesBroken) as caught:
            await pool.write(Operation(Verb.UPDATE, contract), strict=True)
        [finding] = caught.value.extra["findings"]
        assert (finding["node"], finding["message"]["en"]) == ("urn:c", "No title.")
        assert pool.quads == 0
        await pool.write(Operation(Verb.UPDATE, f"{contract} ; {title}"), strict=True)
        assert pool.quads == 2
        await pool.write(Operation(Verb.UPDATE, "CLEAR ALL"))
        await pool.write(Operation(Verb.UPDATE, contract))
        assert pool.quads == 1

    session(folder, use, StrictCheck(tiny.root, DEFAULT_BASE, 60.0), write_timeout=60.0)
    assert not list(folder.glob("*.tmp"))


SERVICE = """
import asyncio, ctypes, os, sys
from pathlib import Path
from cls_graph.service.operations import Operation, Verb
from cls_graph.service.writer import WritablePool
from cls_graph.settings import Settings
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # orphans come to us, as to the first process of a container
async def main():
    pool = WritablePool(Path(sys.argv[1]), Settings(workers=2))
    await pool.start()
    for n in range(30):
        await pool.write(Operation(Verb.UPDATE, f"INSERT DATA {{ <urn:s{n}> <urn:p> 1 }}"))
        await pool.query("ASK {}", asked="csv")
    await asyncio.sleep(3)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    states = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] for pid in children]
    print("ready", states.count("Z"), flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.mark.slow
def test_no_process_outlives_the_service_and_none_is_left_unburied(folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p or os.getcwd() for p in sys.path)}
    service = subprocess.Popen(
        [sys.executable, "-c", SERVICE, str(folder)], stdout=subprocess.PIPE, text=True, env=env
    )
    try:
        assert service.stdout is not None
        assert service.stdout.readline() == "ready 0\n"
        assert len(processes(folder)) == 3
    finally:
        service.kill()
        service.wait(10)
    asyncio.run(until(lambda: not processes(folder)))


def test_a_store_that_cannot_be_replayed_is_one_error(folder: Path) -> None:
    async def use(pool: WritablePool) -> None:
        await update(pool, "INSERT DATA { <urn:s> <urn:p> 1 }")

    session(folder, use)
    [journal] = folder.glob("*.log")
    payload = Operation(Verb.UPDATE, "INSERT DATA { <urn:s> <urn:p> 1, 2 }").pack(quads=17)
    held = Journal(folder)
    held.append(payload)
    held.close()
    with pytest.raises(ClsGraphError, match=r"again|refaite"):
        session(folder, use)
    assert processes(folder) == {}
    assert journal.exists()
