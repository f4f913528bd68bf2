"""Measures co-signatory pairs and similar contracts: the Python API, and the same in SPARQL on two engines.

``python benchmarks/analysis.py [--sizes 100k 1M] [--limit SECONDS] [--out FILE.json]``

Each measurement is a process of its own, over a store that is loaded before the clock starts; the API's time
holds its own queries. Answers are compared as sets. maplib is measured where it is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyoxigraph as ox

from benchmarks.generate import BASE, SIZES, Generator
from benchmarks.machine import load, machine
from cls_graph.corpus import Corpus
from cls_graph.entailment import rules_of
from cls_graph.entailment.executor import inferred, run
from cls_graph.namespaces import CLS, DCTERMS
from cls_graph.store.workbench import Workbench

RESULTS = Path(__file__).parent / "results" / "analysis.json"
AIMS = {"times faster than Oxigraph": 20, "times faster than maplib": 1}
QUERIES = {
    "co-signatories": f"""SELECT ?one ?other (COUNT(DISTINCT ?contract) AS ?n) WHERE {{
  ?contract <{CLS}signatory> ?one , ?other . FILTER (STR(?one) < STR(?other)) }} GROUP BY ?one ?other""",
    "similar contracts": f"""SELECT ?key ?otherKey ?common WHERE {{
  {{ SELECT ?one ?other (COUNT(DISTINCT ?party) AS ?common) WHERE {{
    ?one <{CLS}signatory> ?party . ?other <{CLS}signatory> ?party . FILTER (STR(?one) < STR(?other)) }}
    GROUP BY ?one ?other }}
  ?one <{DCTERMS}identifier> ?key . ?other <{DCTERMS}identifier> ?otherKey }}""",
}
_KEPT = {"co-signatories": ("one", "other", "n"), "similar contracts": ("key", "otherKey", "common")}
_API = {"co-signatories": (0, 2, 4), "similar contracts": (0, 2, 4)}


def triples(size: str) -> set[ox.Triple]:
    """A made-up corpus with its code lists and shortcuts."""
    stated = {t for _, part in Generator(SIZES[size]).graphs() for t in part}
    stated.update(Corpus.open().vocabularies)
    made = [rule for rule in rules_of(Corpus.open()) if rule.shortcut]
    bench = Workbench(stated)
    run(bench, made, BASE)
    return stated | {quad.triple for quad in inferred(bench, made, BASE)}


def measure(engine: str, what: str, size: str) -> dict[str, Any]:
    """Seconds, rows and a digest of the answer."""
    data = triples(size)
    if engine == "maplib":
        import maplib

        model: Any = maplib.Model()
        model.reads("".join(f"{t} .\n" for t in data), "ntriples")
        started = time.perf_counter()
        frame = model.query(QUERIES[what])
        seconds = time.perf_counter() - started
        rows = list(getattr(frame, "mappings", frame).select(_KEPT[what]).iter_rows())
    else:
        graph = ox.NamedNode(BASE + "graph/all")
        store = ox.Store()
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, graph) for t in data)
        started = time.perf_counter()
        if engine == "oxigraph":
            solutions = store.query(QUERIES[what], use_default_graph_as_union=True)
            assert isinstance(solutions, ox.QuerySolutions)
            rows = [tuple(s[name].value for name in _KEPT[what]) for s in solutions]
            seconds = time.perf_counter() - started
        else:
            from cls_graph.analysis.extras import need
            from cls_graph.analysis.opened import Graph
            from cls_graph.analysis.places import Source
            from cls_graph.store import EmbeddedStore

            for module in ("numpy", "scipy.sparse", "polars"):
                need(module)
            g = Graph(Source(EmbeddedStore(store), "benchmark"))
            started = time.perf_counter()
            table = g.co_signatories() if what == "co-signatories" else g.similarity()
            frame = table.to_polars(labels=False)
            seconds = time.perf_counter() - started
            rows = [tuple(row[i] for i in _API[what]) for row in frame.iter_rows()]
    lines = sorted(" ".join(str(value).strip("<>") for value in row) for row in rows)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
    return {"seconds": round(seconds, 3), "rows": len(rows), "set": digest}


def in_process(engine: str, what: str, size: str, limit: float) -> dict[str, Any]:
    """One measurement in a process of its own; what went wrong, where it did."""
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", engine, what, size]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"over_seconds": limit, "note": "with loading"}
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["ended"])[-1][:300]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Measure and write the results; 1 where the answers differ."""
    parser = argparse.ArgumentParser(description="Measure the Python API.")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["100k", "1M"])
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--measure", nargs=3, metavar=("ENGINE", "WHAT", "SIZE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(*args.measure)))
        return 0
    packages = ["pyoxigraph", "maplib", "numpy", "scipy", "polars"]
    found: dict[str, Any] = {"machine": machine(packages), "load_before": load(), "aims": AIMS, "sizes": {}}
    equal = True
    for size in args.sizes:
        for what in QUERIES:
            engines = ("ours", "oxigraph", "maplib")
            row: dict[str, Any] = {e: in_process(e, what, size, args.limit) for e in engines}
            for peer in engines[1:]:
                if "seconds" in row[peer] and "seconds" in row["ours"]:
                    row[f"times_faster_than_{peer}"] = round(row[peer]["seconds"] / row["ours"]["seconds"], 1)
                    row[f"same_as_{peer}"] = row[peer]["set"] == row["ours"]["set"]
                    equal = equal and row[f"same_as_{peer}"]
            found["sizes"].setdefault(size, {})[what] = row
            print(f"{size} {what}: {row}", file=sys.stderr)
    found["load_after"] = load()
    args.out.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
