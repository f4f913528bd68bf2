"""Measures validation: three engines on made-up corpora of several sizes, and the edit of one contract.

``python benchmarks/validation.py --sizes 10k 100k --engines stock pyshacl pyshifty --edit 1000``

Each run is a process of its own, so that its peak of memory is its own. Seconds are of the processor and of
the clock: the first say what the work costs, the second also how busy the machine was. ``stock`` is pyshacl
as it comes. A run adds its figures to those that the file already holds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyoxigraph import Quad, Triple

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.faults import FAULTS
from benchmarks.generate import BASE, NATURAL, SIZES, Generator, write_expected, write_nquads
from benchmarks.machine import load, machine
from cls_graph.checking.engines import Prepared, choose
from cls_graph.checking.results import ntriples
from cls_graph.checking.slices import Slices
from cls_graph.corpus import Corpus
from cls_graph.entailment.incremental import Closure
from cls_graph.entailment.loading import rules_of

PACKAGES = ("pyoxigraph", "pyshacl", "pyshifty", "rdflib")
ENGINES = ("stock", "pyshacl", "pyshifty")
OUT = Path(__file__).parent / "results" / "validation.json"
FAULTS_EACH = {"10k": 0, "100k": 1, "1M": 10, "10M": 100}
"""Faults of each kind; the smallest corpus has room for some kinds only."""
SMALL = ("no-title", "wrong-kind", "no-evidence", "title-in-english", "empty-name")
EDITS = 25
CLOCKS = ("cpu_s", "wall_s")


def prepare(engine: str, corpus: Corpus) -> Prepared:
    """The shapes of the project, read by one of ``ENGINES``."""
    if engine == "stock":
        from cls_graph.checking.pyshacl_engine import PreparedShapes

        return PreparedShapes(corpus.shapes, stock=True)
    return choose(engine).prepare(corpus.shapes)


def measure(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What some work gives, and its seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    given = work()
    seconds = {"cpu_s": time.process_time() - cpu, "wall_s": time.perf_counter() - wall}
    return given, {name: round(value, 3) for name, value in seconds.items()}


def whole(engine: str, corpus_file: Path, expected_file: Path) -> dict[str, Any]:
    """Validate a corpus whole: time, peak of memory, faults found, false positives."""
    corpus, quads = Corpus.open(), _read(corpus_file)
    data = ntriples([*quads, *corpus.ontology, *corpus.vocabularies])
    triples = len(quads)
    del quads
    prepared, preparing = measure(lambda: prepare(engine, corpus))
    results, seconds = measure(lambda: prepared.validate(data))
    found = {
        (str(r.focus), str(r.shape), r.component, r.severity)
        for r in results
        if str(r.focus).startswith(BASE)
    }
    expected = {
        (e["focus"], e["shape"], e["component"], e["severity"].rpartition("#")[2].lower()): e["kind"]
        for e in json.loads(expected_file.read_text(encoding="utf-8"))
    }
    injected = {key for key, kind in expected.items() if kind != NATURAL}
    return {
        "triples": triples,
        **seconds,
        "prepare_cpu_s": preparing["cpu_s"],
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "injected": len(injected),
        "found": len(found & injected),
        "false_positives": len(found - set(expected)),
    }


def edit(engine: str, corpus_file: Path) -> dict[str, Any]:
    """Change contracts one by one; validate each again, and infer again: seconds of one edit."""
    corpus, quads = Corpus.open(), _read(corpus_file)
    background = [*corpus.ontology, *corpus.vocabularies]
    chosen, contracts = choose(engine), f"{BASE}graph/contract/"

    def cut() -> Slices:
        return Slices(quads, background, corpus.shapes, corpus.shapes_across, chosen, contracts)

    slices, indexing = measure(cut)
    names = slices.contracts
    chosen_names = names[:: max(1, len(names) // EDITS)][:EDITS]
    first = [measure(lambda name=name: slices.contract(name))[1] for name in chosen_names][1:]  # type: ignore[misc]
    stated: dict[str, list[Triple]] = {}
    for quad in quads:
        stated.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad.triple)
    stated["background"] = background
    closure, closing = measure(lambda: Closure(rules_of(corpus), stated, BASE))
    seconds = []
    for name in chosen_names:
        graph = [q for q in quads if q.graph_name.value == name]  # type: ignore[union-attr]
        for gone in (graph[-1], graph[len(graph) // 2]):
            changed = [q for q in graph if q != gone]

            def again(name: str = name, changed: list[Quad] = changed) -> None:
                slices.replace(name, changed)
                slices.contract(name)

            def infer(name: str = name, changed: list[Quad] = changed) -> None:
                closure.replace(name, [q.triple for q in changed])

            seconds.append({"validated": measure(again)[1], "inferred": measure(infer)[1]})
            slices.replace(name, graph)
            slices.contract(name)
            closure.replace(name, [q.triple for q in graph])
    both = [{clock: s["validated"][clock] + s["inferred"][clock] for clock in CLOCKS} for s in seconds]
    return {
        "contracts": len(names),
        "triples": len(quads),
        "index_cpu_s": indexing["cpu_s"],
        "closure_cpu_s": closing["cpu_s"],
        "edits": len(seconds),
        "first_time": {f"median_{clock}": statistics.median(s[clock] for s in first) for clock in CLOCKS},
        **{f"median_{clock}": round(statistics.median(s[clock] for s in both), 4) for clock in CLOCKS},
        "median_validated_cpu_s": statistics.median(s["validated"]["cpu_s"] for s in seconds),
        "median_inferred_cpu_s": statistics.median(s["inferred"]["cpu_s"] for s in seconds),
        "max_cpu_s": round(max(s["cpu_s"] for s in both), 4),
    }


def _read(path: Path) -> list[Quad]:
    return list(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))


def _made(contracts: int, size: str, folder: Path) -> tuple[Path, Path]:
    each = FAULTS_EACH.get(size, 0)
    faults = dict.fromkeys(FAULTS, each) if each else dict.fromkeys(SMALL, 1)
    generator = Generator(contracts, faults=faults)
    out, expected = folder / f"{size}.nq", folder / f"{size}.json"
    write_nquads(generator, out)
    write_expected(generator, expected)
    return out, expected


def _run(*words: str, limit: float) -> dict[str, Any]:
    """One measurement in a process of its own; what went wrong where it gave none."""
    argv = [sys.executable, __file__, "--one", *words]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return {"stopped_after_s": limit}
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1:]}
    given: dict[str, Any] = json.loads(done.stdout)
    return given


def main(argv: list[str] | None = None) -> int:
    """Command line; 0."""
    parser = argparse.ArgumentParser(description="Measure validation.")
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=["10k"])
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--edit", type=int, default=0, metavar="N", help="edits in a corpus of N contracts")
    parser.add_argument("--limit", type=float, default=3600, metavar="S", help="stop a run after S seconds")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.one:
        what, engine, *files = args.one
        work = {"whole": whole, "edit": edit}[what]
        print(json.dumps(work(engine, *map(Path, files))))  # type: ignore[operator]
        return 0
    report = json.loads(args.out.read_text(encoding="utf-8")) if args.out.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        for size in args.sizes:
            files = _made(SIZES[size], size, Path(folder))
            for engine in args.engines:
                figures = _run("whole", engine, *map(str, files), limit=args.limit)
                _keep(report, args.out, "whole", size, engine, figures)
        if args.edit:
            file, _ = _made(args.edit, "edit", Path(folder))
            for engine in (name for name in args.engines if name != "stock"):
                figures = _run("edit", engine, str(file), limit=args.limit)
                _keep(report, args.out, "edit", str(args.edit), engine, figures)
    return 0


def _keep(
    report: dict[str, Any], out: Path, what: str, size: str, engine: str, figures: dict[str, Any]
) -> None:
    """Add figures to the file, with the machine as it was."""
    report["machine"] = machine(PACKAGES)
    figures["load"] = load()
    report.setdefault(what, {}).setdefault(size, {})[engine] = figures
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(out.name + ".part")
    part.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    os.replace(part, out)
    print(f"{what} {size} {engine}: {json.dumps(figures)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
