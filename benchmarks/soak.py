"""Minutes of mixed load with kills: ``python benchmarks/soak.py --release DIR|FILE.nq --minutes 10``.

Every answer must be right, byte for byte as the first one was, or visibly failed: a status that says so, or a
connection that breaks. No request may hang, and the memory of the last minute may be a tenth over that of
the first. Workers are killed every few seconds, the keeper every minute. Exits 1 when any of this is not so.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import hashlib
import json
import os
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus, urlencode

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import questions
from benchmarks.client import CSV, BrokenAnswer, Connection
from benchmarks.machine import family, machine, memory_of
from benchmarks.peers import ClsGraph, Server
from benchmarks.service import PACKAGES, column, prepare

RESULT = Path(__file__).parent / "results" / "soak.json"
HANG_SECONDS = 60.0
DEADLINE = 2.0
_MINUTE = 60.0
VISIBLE = {429, 503, 504, 507}
Request = tuple[str, str]
"""A path with its query string, and what is accepted."""


@dataclass
class Record:
    """What happened."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Seconds from the start, and MiB."""
    slowest: float = 0.0


def sparql(query: str, accept: str = CSV) -> Request:
    """A query of the service."""
    return f"/sparql?{urlencode({'query': query})}", accept


async def requests_of(connection: Connection) -> list[Request]:
    """The requests of the load: cheap and long queries, in several formats, things as data and as pages."""
    parties = (await column(connection, questions.PARTIES))[:40]
    contract = (await column(connection, questions.BUSIEST))[0].split(",")[0]
    thing = contract.partition("/id/")[2]
    found = [sparql(questions.CONTRACTS_OF.format(party=party)) for party in parties]
    found += [sparql(questions.analysis(name, contract)) for name in questions.ANALYSES]
    found += [sparql(questions.ROWS), sparql(questions.EXPORT), sparql(questions.EXPORT, "application/json")]
    found.append(sparql(f"CONSTRUCT {{ <{contract}> ?p ?o }} WHERE {{ <{contract}> ?p ?o }}", "text/turtle"))
    found += [
        (f"/data/{thing}", kind) for kind in ("text/turtle", "application/n-triples", "application/ld+json")
    ]
    return [*found, (f"/page/{thing}", "text/html"), ("/", "text/html"), ("/docs", "text/html")]


async def reader(
    server: Server, plan: list[Request], right: list[str], record: Record, stop: asyncio.Event
) -> None:
    """One client of the load."""
    chance = random.Random(os.urandom(8))
    connection = Connection(server.port, server.path)
    while not stop.is_set():
        number = chance.randrange(len(plan))
        outcome = await outcome_of(connection, plan[number], right[number], record)
        record.outcomes[outcome] += 1
        if outcome in ("wrong", "hung"):
            record.wrong.append(f"{outcome}: {unquote_plus(plan[number][0])[-300:]}")
    connection.close()


async def outcome_of(connection: Connection, request: Request, right: str, record: Record) -> str:
    """What became of one request, in a word."""
    try:
        answer = await asyncio.wait_for(connection.get(*request), HANG_SECONDS)
    except TimeoutError:
        return "hung"
    except (BrokenAnswer, OSError):
        return "broken"
    record.slowest = max(record.slowest, answer.seconds)
    if answer.status == 200 and digest(answer.body) == right:
        return "right"
    if answer.status in VISIBLE:
        return str(answer.status)
    record.wrong.append(f"HTTP {answer.status}, {len(answer.body)} bytes: {answer.body[:200]!r}")
    return "wrong"


async def runaway(server: Server, record: Record, stop: asyncio.Event) -> None:
    """Queries that do not end: each must be refused or killed."""
    connection = Connection(server.port, server.path)
    while not stop.is_set():
        for query in (questions.CROSS, questions.SORT):
            try:
                answer = await asyncio.wait_for(connection.ask(query), HANG_SECONDS)
                said = f"runaway {answer.status}"
                if answer.status not in VISIBLE:
                    record.wrong.append(said)
            except TimeoutError:
                said = "runaway hung"
                record.wrong.append(said)
            except (BrokenAnswer, OSError):
                said = "runaway broken"
            record.outcomes[said] += 1
            await asyncio.sleep(1)


async def killer(server: Server, record: Record, stop: asyncio.Event) -> None:
    """Kill a worker every two seconds or so, and the keeper every minute."""
    chance, begun, keepers = random.Random(1), time.monotonic(), 0
    while not stop.is_set():
        await asyncio.sleep(chance.uniform(1, 3))
        keeper, *workers = family(server.process.pid)[1:] or [0]
        if time.monotonic() - begun > _MINUTE * (keepers + 1):
            keepers += 1
            victim, kind = keeper, "keeper"
        elif workers:
            victim, kind = chance.choice(workers), "worker"
        else:
            continue
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            record.kills[kind] += 1


async def weigher(server: Server, record: Record, stop: asyncio.Event) -> None:
    """Weigh the service every few seconds."""
    begun = time.monotonic()
    while not stop.is_set():
        record.memory.append((time.monotonic() - begun, memory_of(server.process.pid)))
        await asyncio.sleep(3)


def digest(body: bytes) -> str:
    """What an answer is known by; the order of its lines is the engine's to choose."""
    return hashlib.sha256(b"\n".join(sorted(body.splitlines()))).hexdigest()


async def soak(server: Server, seconds: float, clients: int) -> Record:
    """The load, and what came of it."""
    one = Connection(server.port, server.path)
    plan = await requests_of(one)
    right = []
    for request in plan:
        answer = await one.get(*request)
        assert answer.status == 200, (answer.status, request)
        right.append(digest(answer.body))
    record, stop = Record(), asyncio.Event()
    work = [reader(server, plan, right, record, stop) for _ in range(clients)]
    work += [other(server, record, stop) for other in (runaway, killer, weigher)]
    tasks = [asyncio.create_task(one) for one in work]
    await asyncio.sleep(seconds)
    stop.set()
    await asyncio.wait(tasks, timeout=2 * HANG_SECONDS)
    for task in tasks:
        if not task.done():
            record.wrong.append("a client hangs")
            task.cancel()
    for task in tasks:
        if task.done() and not task.cancelled():
            task.result()
    return record


def verdict(record: Record, seconds: float) -> dict[str, Any]:
    """The figures, and whether all is as it must be."""
    first = statistics.median(
        mib for at, mib in record.memory if seconds * 0.05 < at <= max(60.0, seconds / 8)
    )
    last = statistics.median(mib for at, mib in record.memory if at > seconds - max(60.0, seconds / 8))
    return {
        "seconds": seconds,
        "outcomes": dict(sorted(record.outcomes.items())),
        "kills": dict(record.kills),
        "slowest_s": round(record.slowest, 2),
        "memory_first_minute_mib": first,
        "memory_last_minute_mib": last,
        "wrong": record.wrong[:20],
        "well": not record.wrong and last <= 1.1 * first,
    }


def main() -> int:
    """Run, write the result, say whether all was well."""
    parser = argparse.ArgumentParser(description="Soak the service.")
    parser.add_argument("--release", type=Path, required=True, help="a release folder, or N-Quads")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--out", type=Path, default=RESULT)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        release, quads = prepare(given.release, work)
        with ClsGraph(release, work, DEADLINE).running() as server:
            seconds = given.minutes * 60
            record = asyncio.run(soak(server, seconds, given.clients))
        if record.wrong:
            print((work / "ClsGraph.log").read_text()[-5000:], file=sys.stderr)
    result = {"machine": machine(PACKAGES), "quads": quads, **verdict(record, seconds)}
    given.out.parent.mkdir(exist_ok=True)
    given.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))
    return 0 if result["well"] else 1


if __name__ == "__main__":
    sys.exit(main())
