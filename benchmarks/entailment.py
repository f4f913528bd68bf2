"""Measures entailment: against owlrl where that is bearable, and how time and memory grow.

``python benchmarks/entailment.py [--sizes 10k 100k 1M] [--oracle 10k 100k] [--out FILE.json]``

Each measurement is a process of its own: seconds of processor time and the most memory that it held. The
triples are those of ``generate.py``; before anything is compared, owlrl's own and ours must be the same set
(without what owlrl says of terms and literals, see docs/entailment.md). Last, one contract of the largest
corpus is edited and inferred again, the others left alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pyoxigraph import Quad, Triple

from benchmarks.generate import BASE, SIZES, Generator
from benchmarks.machine import load, machine
from cls_graph.corpus import Corpus
from cls_graph.entailment import Rule
from cls_graph.entailment.executor import inferred, run
from cls_graph.entailment.incremental import Closure
from cls_graph.entailment.loading import rules_of
from cls_graph.store.workbench import Workbench

RESULTS = Path(__file__).parent / "results" / "entailment.json"
AIMS = {"times faster than owlrl": 20, "growth from 100k to 1M": 15}
_EDITS = 20


def graphs(size: str) -> dict[str, list[Triple]]:
    """The graphs of a made-up corpus of about ``size`` triples, with the code lists."""
    found: dict[str, list[Triple]] = {f"{BASE}graph/vocab": Corpus.open().vocabularies}
    for name, triples in Generator(SIZES[size]).graphs():
        found.setdefault(name, []).extend(triples)
    return found


def measure_ours(size: str) -> dict[str, Any]:
    """The rules on Oxigraph: time to load, to infer, and what was inferred."""
    rules = rules_of(Corpus.open())
    triples = {t for part in graphs(size).values() for t in part}
    started = time.process_time()
    bench = Workbench(triples)
    loaded = time.process_time()
    runs = run(bench, rules, BASE)
    ended = time.process_time()
    quads = inferred(bench, rules, BASE)
    # Shortcuts are stated to owlrl, which does not make them.
    own = [q for q in quads if "/graph/inferred/" in str(q.graph_name)]
    return {
        "stated": len(triples),
        "inferred": len(quads),
        "seconds": round(ended - started, 2),
        "of_which_loading": round(loaded - started, 2),
        "rules": len(rules),
        "runs_of_rules": runs,
        "set": _digest(str(q.triple) for q in own),
    }


def measure_owlrl(size: str) -> dict[str, Any]:
    """owlrl on the same triples, the shortcuts and the ontology, in memory."""
    import owlrl
    import rdflib
    from rdflib import OWL, RDF, RDFS

    corpus = Corpus.open()
    triples = {t for part in graphs(size).values() for t in part}
    shortcuts = _shortcuts(rules_of(corpus), triples)
    graph = rdflib.Graph()
    lines = sorted({f"{t} .\n" for t in (*triples, *(q.triple for q in shortcuts), *corpus.ontology)})
    graph.parse(data="".join(lines), format="nt")
    before = set(graph)
    started = time.process_time()
    owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False).closure()
    seconds = time.process_time() - started
    terms = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith}
    terms |= {OWL.equivalentClass, OWL.equivalentProperty}
    kinds = {OWL.Class, OWL.AnnotationProperty, RDFS.Datatype, OWL.Thing, RDFS.Resource}
    new = set(graph) - before
    useful = [
        (s, p, o)
        for s, p, o in new
        if not isinstance(s, rdflib.Literal)
        and p not in terms
        and not (p == OWL.sameAs and s == o)
        and not (p == RDF.type and o in kinds)
    ]
    return {
        "seconds": round(seconds, 2),
        "inferred": len(new),
        "useful": len(useful),
        "set": _digest(" ".join(term.n3() for term in t) for t in useful),
    }


def _shortcuts(rules: Iterable[Rule], triples: set[Triple]) -> list[Quad]:
    made = [rule for rule in rules if rule.shortcut]
    bench = Workbench(triples)
    run(bench, made, BASE)
    return inferred(bench, made, BASE)


def measure_edit(size: str) -> dict[str, Any]:
    """One contract edited at a time, and what follows kept right."""
    rules = rules_of(Corpus.open())
    stated = graphs(size)
    started = time.process_time()
    closure = Closure(rules, stated, BASE)
    whole = time.process_time() - started
    contracts = sorted(name for name in stated if "/contract/" in name)
    times = []
    for number in range(_EDITS):
        name = contracts[number * len(contracts) // _EDITS]
        kept = sorted(stated[name], key=str)
        started = time.process_time()
        closure.replace(name, kept[: len(kept) * 9 // 10])
        times.append(time.process_time() - started)
    return {
        "contracts": len(contracts),
        "whole_seconds": round(whole, 2),
        "edit_ms_median": round(statistics.median(times) * 1000, 2),
        "edit_ms_most": round(max(times) * 1000, 2),
        "whole_by_edit": round(whole / statistics.median(times)),
    }


def _digest(lines: Iterable[str]) -> str:
    """A digest of a set of triples."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


MEASURES = {"ours": measure_ours, "owlrl": measure_owlrl, "edit": measure_edit}


def in_process(kind: str, size: str) -> dict[str, Any]:
    """One measurement in a process of its own, with the memory that it held at most."""
    command = [sys.executable, str(Path(__file__).resolve()), "--measure", kind, size]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def compare(sizes: list[str], oracle: list[str]) -> dict[str, Any]:
    """All measurements, with what they come to."""
    found: dict[str, Any] = {"machine": machine(["pyoxigraph", "owlrl", "rdflib"]), "load_before": load()}
    found["sizes"] = {}
    for size in sizes:
        row = found["sizes"][size] = {"ours": in_process("ours", size)}
        print(f"{size}: {row['ours']}", file=sys.stderr)
        if size in oracle:
            row["owlrl"] = in_process("owlrl", size)
            row["equal_sets"] = row["owlrl"]["set"] == row["ours"]["set"]
            row["times_faster"] = round(row["owlrl"]["seconds"] / row["ours"]["seconds"], 1)
            print(f"{size}: owlrl {row['owlrl']}", file=sys.stderr)
    if {"100k", "1M"} <= found["sizes"].keys():
        small, large = (found["sizes"][size]["ours"]["seconds"] for size in ("100k", "1M"))
        found["growth_100k_to_1M"] = round(large / small, 1)
    largest = "100k" if "100k" in sizes else sizes[-1]
    found["edit"] = {"size": largest, **in_process("edit", largest)}
    return {**found, "load_after": load(), "aims": AIMS}


def main() -> int:
    """Measure and write the results; 1 where the sets differ."""
    parser = argparse.ArgumentParser(description="Measure entailment.")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["10k", "100k", "1M"])
    parser.add_argument("--oracle", nargs="*", choices=SIZES, default=["10k", "100k"])
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "SIZE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        what, size = args.measure
        found = MEASURES[what](size)
        found["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(found))
        return 0
    found = compare(args.sizes, args.oracle)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2, sort_keys=True))
    return 0 if all(row.get("equal_sets", True) for row in found["sizes"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
