"""The service beside its peers, on the same release: ``python benchmarks/service.py --release DIR|FILE.nq``.

Servers run one at a time on one core, the client on the other, in rounds (A B C, A B C) so that a noisy
moment falls on all. The result goes to ``benchmarks/results/service.json``; ratios count, seconds are this
machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import questions
from benchmarks.client import BrokenAnswer, Connection, hammer
from benchmarks.machine import family, load, machine, memory_of
from benchmarks.peers import PEERS, ClsGraph, ClsGraphKept, Peer, Server, release_of
from cls_graph.roots import bundled_root

RESULT = Path(__file__).parent / "results" / "service.json"
PACKAGES = (
    "cls-graph",
    "pyoxigraph",
    "oxigraph",
    "rdflib",
    "rdflib-endpoint",
    "oxrdflib",
    "uvicorn",
    "fastapi",
)
PATIENCE = 10.0
"""Seconds after which a client gives up."""


async def measure(peer: Peer, server: Server, seconds: float) -> dict[str, Any]:
    """Every figure of one server in one round."""
    one = Connection(server.port, server.path)
    rng = random.Random(7)
    parties = [line for line in await column(one, questions.PARTIES) if line.startswith("http")]
    rng.shuffle(parties)
    contract = (await column(one, questions.BUSIEST))[0].split(",")[0]
    found: dict[str, Any] = {
        "start_s": round(server.started, 2),
        "memory_idle_mib": memory_of(server.process.pid),
    }

    def cheap(number: int) -> str:
        return questions.CONTRACTS_OF.format(party=parties[number % len(parties)])

    many = [Connection(server.port, server.path) for _ in range(8)]
    # A fork copies each page that it touches first: measured is a service that has been up for a while.
    await hammer(many, cheap, 2 * seconds)
    found["cheap"] = await hammer(many, cheap, seconds)
    if not isinstance(peer, ClsGraphKept):
        found["rows_50k_s"] = await timed(one, questions.ROWS, 3)
        found["export_s"] = await timed(one, questions.EXPORT, 3)
        found["analyses_s"] = {
            name: await timed(one, questions.analysis(name, contract), 3) for name in questions.ANALYSES
        }
        found["memory_after_analyses_mib"] = memory_of(server.process.pid)
        if isinstance(peer, ClsGraph):
            found["respawn_ms"] = await respawn(server)
        # Last: some peers do not come back from it.
        found["overrun"] = await overruns(server, peer.deadline)
        for runaways in (1, 3):
            found[f"cheap_with_{runaways}_runaways"] = await beside(server, cheap, runaways, seconds)
    found["memory_end_mib"] = memory_of(server.process.pid)
    return found


async def column(connection: Connection, query: str) -> list[str]:
    """The lines of a CSV answer, without the first and without quotes."""
    answer = await connection.ask(query)
    return [line.strip().replace('"', "") for line in answer.body.decode().splitlines()[1:]]


async def timed(connection: Connection, query: str, times: int) -> float | str:
    """The median of the seconds of a query, or what went wrong."""
    seconds = []
    for _ in range(times):
        try:
            answer = await asyncio.wait_for(connection.ask(query), PATIENCE)
        except (TimeoutError, BrokenAnswer, OSError) as error:
            return type(error).__name__
        if answer.status != 200:
            return f"HTTP {answer.status}"
        seconds.append(answer.seconds)
        if seconds[0] > PATIENCE / times:
            break
    return round(statistics.median(seconds), 4)


async def respawn(server: Server, times: int = 5) -> float:
    """The median of the milliseconds from the death of a worker to the next one being there."""
    connection, taken = Connection(server.port, server.path), []
    for _ in range(times):
        before = set(family(server.process.pid))
        victim = max(before)
        os.kill(victim, signal.SIGKILL)
        begun = time.perf_counter()
        while not set(family(server.process.pid)) - before:
            await asyncio.sleep(0.001)
        taken.append((time.perf_counter() - begun) * 1000)
        await connection.get("/healthz", "application/json")
        await asyncio.sleep(0.2)
    return round(statistics.median(taken), 1)


async def overruns(server: Server, deadline: float) -> dict[str, Any]:
    """How long after the deadline two runaway queries end, and how they do."""
    found: dict[str, Any] = {}
    for name, query in (("cross product", questions.CROSS), ("sort", questions.SORT)):
        connection = Connection(server.port, server.path)
        begun = time.perf_counter()
        try:
            answer = await asyncio.wait_for(connection.ask(query), PATIENCE)
            how = f"HTTP {answer.status}"
        except (TimeoutError, BrokenAnswer, OSError) as error:
            how = type(error).__name__
        over = round((time.perf_counter() - begun - deadline) * 1000)
        found[name] = {"after_deadline_ms": over, "ended": how}
        connection.close()
    return found


async def beside(server: Server, cheap: Any, runaways: int, seconds: float) -> dict[str, Any]:
    """Cheap queries by four connections while cross products are always in flight."""
    stop = asyncio.Event()

    async def runaway() -> None:
        connection = Connection(server.port, server.path)
        while not stop.is_set():
            try:
                answer = await connection.ask(questions.CROSS)
                if answer.status in (429, 503):
                    await asyncio.sleep(0.1)
            except (BrokenAnswer, OSError):
                await asyncio.sleep(0.1)
            finally:
                connection.close()

    tasks = [asyncio.create_task(runaway()) for _ in range(runaways)]
    await asyncio.sleep(0.5)
    connections = [Connection(server.port, server.path) for _ in range(4)]
    try:
        async with asyncio.timeout(seconds + PATIENCE):
            return await hammer(connections, cheap, seconds)
    except TimeoutError:
        return {"per_second": 0.0, "p50_ms": "none", "p99_ms": "none", "failed": 4}
    finally:
        stop.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for connection in connections:
            connection.close()


def prepare(source: Path, work: Path) -> tuple[Path, int]:
    """The release folder to serve, with the project's vocabularies added to a file of quads."""
    if source.is_dir():
        return source, int(json.loads((source / "manifest.json").read_text())["counts"]["quads"])
    quads = work / "all.nq"
    shutil.copyfile(source, quads)
    graph = ox.NamedNode("https://w3id.org/cls-sante/graph/vocab")
    with quads.open("ab") as out:
        for file in sorted((bundled_root() / "ontology" / "vocab").glob("*.ttl")):
            triples = ox.parse(path=file, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
            found = (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)
            ox.serialize(found, out, format=ox.RdfFormat.N_QUADS)
    return work / "release", release_of(quads, work / "release")


def ratios(peers: dict[str, Any]) -> dict[str, Any]:
    """What the aims are about, from the medians of all rounds."""
    ours, kept = peers[ClsGraph.name]["median"], peers[ClsGraphKept.name]["median"]
    found: dict[str, Any] = {}
    for name, peer in peers.items():
        if name in (ClsGraph.name, ClsGraphKept.name):
            continue
        theirs = peer["median"]
        found[f"over {name}"] = {
            "cheap, uncached": over(ours["cheap"]["per_second"], theirs["cheap"]["per_second"]),
            "cheap, cached": over(kept["cheap"]["per_second"], theirs["cheap"]["per_second"]),
            "p99 of cheap": over(ours["cheap"]["p99_ms"], theirs["cheap"]["p99_ms"]),
            "50,000 rows faster": over(theirs["rows_50k_s"], ours["rows_50k_s"]),
        }
    alone = ours["cheap"]["per_second"]
    for runaways in (1, 3):
        there = ours[f"cheap_with_{runaways}_runaways"]
        found[f"rate kept with {runaways} runaways"] = over(there["per_second"], alone)
    return found


def over(one: Any, two: Any) -> float | None:
    """A quotient, or nothing where one of the two was not measured."""
    if isinstance(one, (int, float)) and isinstance(two, (int, float)) and two:
        return round(one / two, 2)
    return None


def median(rounds: list[Any]) -> Any:
    """The median of figures that have the same place in each round; a word wins over figures."""
    first = rounds[0]
    if isinstance(first, dict):
        return {key: median([one[key] for one in rounds]) for key in first}
    if all(isinstance(one, (int, float)) for one in rounds):
        return round(statistics.median(rounds), 4)
    return next(one for one in rounds if not isinstance(one, (int, float)))


def main() -> None:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(description="Measure the service beside its peers.")
    parser.add_argument("--release", type=Path, required=True, help="a release folder, or N-Quads")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each load")
    parser.add_argument("--deadline", type=float, default=5.0, help="seconds of a query")
    parser.add_argument("--only", nargs="+", choices=[p.__name__ for p in PEERS])
    parser.add_argument("--out", type=Path, default=RESULT)
    given = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    peers: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        release, quads = prepare(given.release, work)
        for number in range(given.rounds):
            for kind in PEERS:
                if given.only and kind.__name__ not in given.only:
                    continue
                peer = kind(release, work, given.deadline)
                peer.prepare()
                with peer.running() as server:
                    figures = asyncio.run(measure(peer, server, given.seconds))
                figures["load"] = load()
                peers.setdefault(peer.name, {"rounds": []})["rounds"].append(figures)
                print(number + 1, peer.name, json.dumps(figures), file=sys.stderr)
    for peer_figures in peers.values():
        peer_figures["median"] = median(peer_figures["rounds"])
    result = {"machine": machine(PACKAGES), "quads": quads, "peers": peers}
    result["ratios"] = ratios(peers)
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(result["ratios"], indent=1))


if __name__ == "__main__":
    main()
