"""Runs rules set-wise to a fixpoint.

While they run, a rule's graph holds every triple that the rule gives and nobody stated, also where another
rule gives it too: so the outcome does not depend on the order in which they run, and a change can be worked
in alone. What is published has each triple once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pyoxigraph import Quad, Triple

from cls_graph.entailment.rule import Key, Rule
from cls_graph.namespaces import DEFAULT_BASE
from cls_graph.rdf import RDF_TYPE
from cls_graph.store.workbench import Workbench

_ROUNDS = 64


def infer(rules: Sequence[Rule], stated: Iterable[Triple], base: str = DEFAULT_BASE) -> list[Quad]:
    """What follows from ``stated`` by ``rules``, in the graphs of the rules; sorted."""
    bench = Workbench(stated)
    run(bench, rules, base)
    return inferred(bench, rules, base)


def inferred(bench: Workbench, rules: Iterable[Rule], base: str) -> list[Quad]:
    """What the rules gave, each triple once: in the graph of the first rule that gives it, by IRI; sorted.

    Shortcuts are part of the default graph, so they go before.
    """
    seen: set[Triple] = set()
    found: list[Quad] = []
    graphs = {rule.graph(base): (not rule.shortcut, rule.iri) for rule in rules}
    for graph in sorted(graphs, key=lambda name: graphs[name]):
        new = [quad for quad in bench.given_by([graph]) if quad.triple not in seen]
        seen.update(quad.triple for quad in new)
        found += new
    return sorted(found, key=str)


def run(bench: Workbench, rules: Sequence[Rule], base: str) -> int:
    """Run the rules on ``bench`` until nothing new follows; how many runs of single rules it took.

    A rule runs first when all that feed it have run, and again only when what it reads has changed.
    """
    readers: dict[Key, list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in rule.reads:
            readers[key].append(rule)
    ordered = in_order(rules)
    waiting = {rule.iri for rule in rules}
    runs = 0
    while waiting:
        for rule in ordered:
            if rule.iri not in waiting:
                continue
            waiting.discard(rule.iri)
            runs += 1
            if bench.derive(rule.graph(base), *rule.patterns()):
                waiting.update(reader.iri for key in written(rule) for reader in readers[key])
    return runs


def written(rule: Rule) -> tuple[Key, ...]:
    """The keys of the patterns that a rule's output may fit."""
    kind, name = rule.writes
    if kind == "class":
        return (rule.writes, ("property", RDF_TYPE.value))
    return ((kind, name),)


def in_order(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, those that feed others first (as far as circles let them)."""
    level = {rule.iri: 0 for rule in rules}
    writers: dict[Key, list[Rule]] = defaultdict(list)
    for rule in rules:
        for key in written(rule):
            writers[key].append(rule)
    for _ in range(_ROUNDS):
        before = dict(level)
        for rule in rules:
            fed_by = [level[w.iri] for key in rule.reads for w in writers[key] if w.iri != rule.iri]
            level[rule.iri] = min(_ROUNDS, max(fed_by, default=-1) + 1)
        if level == before:
            break
    return sorted(rules, key=lambda rule: (level[rule.iri], rule.iri))
