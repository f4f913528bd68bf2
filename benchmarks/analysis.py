"""Measures co-signatory pairs and similar contracts: the Python API, and the same in SPARQL on two engines.

``python benchmarks/analysis.py [--cases 100k 1M dense] [--limit SECONDS] [--out FILE.json]``

Each measurement is a process of its own, over a store that is loaded before the clock starts, after an
answer over another store of nine signatures. It ends with the answer in a data frame (maplib, the API) or in
Python's hands (Oxigraph). Four times are given:

* ``reading``: what it takes to open the graph once its store is loaded. The API reads then who signs
  what; the engines have all that they need from loading, which is not counted for anybody.
* ``first``: the first answer of a process. That of the API holds its reading of the keys, for similar
  contracts.
* ``whole``: both together.
* ``again``: the median of the answers that follow in the same process. The API has kept what it read, and
  computes again; the engines evaluate the query again.

Each is the least of ``ROUNDS`` processes, the engines in turn: other work on the machine only ever adds to a
time. What each process took is in the results.

Answers are compared as sets of rows. maplib is measured where it is installed. ``dense`` is the corpus of 1M
triples in which 20 more bodies, as if national, each sign 500 contracts that a seed chose: the made-up corpus
itself has few pairs. What is printed is the table of ``docs/python.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph as ox

from benchmarks.generate import BASE, SIZES, Generator
from benchmarks.machine import load, machine
from cls_graph.corpus import Corpus
from cls_graph.entailment.executor import inferred, run
from cls_graph.entailment.loading import rules_of
from cls_graph.namespaces import CLS, DCTERMS, RDF
from cls_graph.store.workbench import Workbench

RESULTS = Path(__file__).parent / "results" / "analysis.json"
AIMS = {"oxigraph": 20, "maplib": 1}
"""Times faster than each engine."""

CASES = ("100k", "1M", "dense")
NATIONAL, SIGNED = 20, 500
"""Bodies that the dense corpus has more, and the contracts that each of them signs."""

AGAIN = (5, 20.0)
"""Answers after the first, at most, and seconds after which there are no more of them."""

TIMES = ("reading", "first", "whole", "again")

ROUNDS, LONG = 5, 20.0
"""Processes of each engine, and seconds of a first answer after which one is enough."""

QUERIES = {
    "co-signatories": f"""SELECT ?one ?other (COUNT(DISTINCT ?contract) AS ?n) WHERE {{
  ?contract <{CLS}signatory> ?one , ?other . FILTER (STR(?one) < STR(?other)) }} GROUP BY ?one ?other""",
    "similar contracts": f"""SELECT ?key ?otherKey ?common WHERE {{
  {{ SELECT ?one ?other (COUNT(DISTINCT ?party) AS ?common) WHERE {{
    ?one <{CLS}signatory> ?party . ?other <{CLS}signatory> ?party . FILTER (STR(?one) < STR(?other)) }}
    GROUP BY ?one ?other }}
  ?one <{DCTERMS}identifier> ?key . ?other <{DCTERMS}identifier> ?otherKey }}""",
}
_SMALL = "".join(
    f'<urn:c{c}> <{CLS}signatory> <urn:b{b}> .\n<urn:c{c}> <{DCTERMS}identifier> "c{c}" .\n'
    for c in range(3)
    for b in range(3)
)
"""What each process answers over before: its libraries are loaded, and their threads started."""

_KEPT = {"co-signatories": ("one", "other", "n"), "similar contracts": ("key", "otherKey", "common")}
_API = {
    "co-signatories": ("organisation", "other", "contracts"),
    "similar contracts": _KEPT["similar contracts"],
}


def triples(case: str) -> set[ox.Triple]:
    """A made-up corpus with its code lists and shortcuts."""
    size = "1M" if case == "dense" else case
    stated = {t for _, part in Generator(SIZES[size]).graphs() for t in part}
    stated.update(Corpus.open().vocabularies)
    made = [rule for rule in rules_of(Corpus.open()) if rule.shortcut]
    bench = Workbench(stated)
    run(bench, made, BASE)
    found = stated | {quad.triple for quad in inferred(bench, made, BASE)}
    return found | set(national(found)) if case == "dense" else found


def national(stated: set[ox.Triple]) -> Iterator[ox.Triple]:
    """The signatures that a dense corpus has more."""
    kind, contract = ox.NamedNode(RDF + "type"), ox.NamedNode(CLS + "LocalHealthContract")
    contracts = sorted((t.subject for t in stated if t.predicate == kind and t.object == contract), key=str)
    for body in range(NATIONAL):
        node = ox.NamedNode(f"{BASE}id/organisation/national-{body:02d}")
        for one in Random(body).sample(contracts, SIGNED):
            yield ox.Triple(one, ox.NamedNode(CLS + "signatory"), node)


def measure(engine: str, what: str, file: str) -> dict[str, Any]:
    """Seconds, rows and a digest of the answer over a file of N-Triples."""
    made = {"ours": _api, "oxigraph": _oxigraph, "maplib": _maplib}[engine]
    with tempfile.NamedTemporaryFile("w", suffix=".nt") as small:
        small.write(_SMALL)
        small.flush()
        made(what, small.name)[0]()
    ask, rows_of, reading = made(what, file)
    begun, most = time.perf_counter(), 1 + AGAIN[0]
    times: list[float] = []
    answer = None
    while len(times) < most and (len(times) < 2 or time.perf_counter() - begun < AGAIN[1]):
        started = time.perf_counter()
        answer = ask()
        times.append(time.perf_counter() - started)
    lines = sorted(" ".join(str(value).strip("<>") for value in row) for row in rows_of(answer))
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    seconds = (reading, times[0], reading + times[0], statistics.median(times[1:]))
    return {
        **{when: round(took, 4) for when, took in zip(TIMES, seconds, strict=True)},
        "rows": len(lines),
        "set": digest,
    }


Measured = tuple[Callable[[], Any], Callable[[Any], list[tuple[Any, ...]]], float]
"""What answers, what makes rows of its answer, and what was read before (see ``TIMES``)."""


def _maplib(what: str, file: str) -> Measured:
    import maplib

    model: Any = maplib.Model()
    model.read(file)

    def rows(frame: Any) -> list[tuple[Any, ...]]:
        return list(getattr(frame, "mappings", frame).select(_KEPT[what]).iter_rows())

    return lambda: model.query(QUERIES[what]), rows, 0.0


def _store(file: str) -> ox.Store:
    store = ox.Store()
    store.bulk_load(
        path=file, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(BASE + "graph/all"), lenient=True
    )
    return store


def _oxigraph(what: str, file: str) -> Measured:
    store = _store(file)

    def ask() -> list[tuple[Any, ...]]:
        solutions = store.query(QUERIES[what], use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        return [tuple(s[name].value for name in _KEPT[what]) for s in solutions]

    return ask, list, 0.0


def _api(what: str, file: str) -> Measured:
    from cls_graph.analysis.extras import need
    from cls_graph.analysis.opened import Graph
    from cls_graph.analysis.places import Source
    from cls_graph.store import EmbeddedStore

    for module in ("numpy", "scipy.sparse", "polars"):
        need(module)
    source = Source(EmbeddedStore(_store(file)), "benchmark")
    begun = time.perf_counter()
    g = Graph(source)
    reading = time.perf_counter() - begun

    def ask() -> Any:
        table = g.co_signatories() if what == "co-signatories" else g.similarity()
        return table.to_polars(labels=False)

    return ask, lambda frame: list(frame.select(_API[what]).iter_rows()), reading


def in_process(engine: str, what: str, file: Path, limit: float) -> dict[str, Any]:
    """One measurement in a process of its own; what went wrong, where it did."""
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", engine, what, str(file)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"over_seconds": limit, "note": "with loading"}
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["ended"])[-1][:300]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def in_turn(what: str, file: Path, limit: float) -> dict[str, dict[str, Any]]:
    """The measurements of each engine: processes take turns, so that all see one machine."""
    found: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ("ours", *AIMS)}
    for _ in range(ROUNDS):
        for engine, rows in found.items():
            if not rows or rows[-1].get("first", LONG) < LONG:
                rows.append(in_process(engine, what, file, limit))
    return {engine: least_of(rows) for engine, rows in found.items()}


def least_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One row of several: the least times; what went wrong, or answers that differ, where there are any."""
    wrong = [row for row in rows if "first" not in row]
    if wrong or len({row["set"] for row in rows}) > 1:
        return wrong[0] if wrong else {"error": "answers differ from one process to the next"}
    every = {when: [row[when] for row in rows] for when in TIMES}
    return {**rows[0], **{when: min(times) for when, times in every.items()}, "processes": every}


def main() -> int:
    """Measure and write the results; 1 where the answers differ."""
    parser = argparse.ArgumentParser(description="Measure the Python API.")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--measure", nargs=3, metavar=("ENGINE", "WHAT", "FILE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(*args.measure)))
        return 0
    packages = ["pyoxigraph", "maplib", "numpy", "scipy", "polars"]
    found: dict[str, Any] = {"machine": machine(packages), "load_before": load(), "cases": {}}
    found["aims"] = {f"times_faster_than_{peer}": aim for peer, aim in AIMS.items()}
    equal = True
    with tempfile.TemporaryDirectory() as folder:
        for case in args.cases:
            file = Path(folder) / f"{case}.nt"
            with file.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(f"{triple} .\n" for triple in triples(case))
            for what in QUERIES:
                row = in_turn(what, file, args.limit)
                equal = compare(row) and equal
                found["cases"].setdefault(case, {})[what] = row
                print(f"{case} {what}: {row}", file=sys.stderr)
            file.unlink()
    found["load_after"] = load()
    args.out.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print("\n".join(table(found["cases"])))
    return 0 if equal else 1


def compare(row: dict[str, Any]) -> bool:
    """Put beside the measurements how many times faster ours is; false where the answers differ."""
    equal = True
    for peer in AIMS:
        if "first" not in row[peer] or "first" not in row["ours"]:
            continue
        for when in TIMES[1:]:
            times = row[peer][when] / row["ours"][when]
            row[f"{when}_times_faster_than_{peer}"] = round(times, 1)
            row[f"{when}_aim_met_{peer}"] = times >= AIMS[peer]
        row[f"same_as_{peer}"] = row[peer]["set"] == row["ours"]["set"]
        equal = equal and row[f"same_as_{peer}"]
    return equal


def table(cases: dict[str, Any]) -> Iterator[str]:
    """The results as the table of ``docs/python.md``: our milliseconds; times as fast as each peer."""
    peers, told, times = " / ".join(AIMS), ("reading", "first", "again"), ("first", "whole", "again")
    heads = [f"{when}, ms" for when in told] + [f"{when}, {peers}" for when in times]
    yield f"| | {' | '.join(heads)} |"
    yield "|---|" + "---:|" * len(heads)
    for case, asked in cases.items():
        for what, row in asked.items():
            cells = [_told(row["ours"].get(when), 1000) for when in told]
            for when in times:
                cells.append(" / ".join(_told(row.get(f"{when}_times_faster_than_{peer}")) for peer in AIMS))
            yield f"| {case}: {what} ({row['ours'].get('rows', 0):,}) | {' | '.join(cells)} |"


def _told(number: float | None, scale: int = 1) -> str:
    if number is None:
        return "–"
    return f"{number * scale:.1f}" if number * scale < 10 else f"{number * scale:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
