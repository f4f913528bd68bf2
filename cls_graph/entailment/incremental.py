"""What follows, kept up to date while the graphs that it follows from change.

A change is worked in as in delete and rederive (Gupta, Mumick, Subrahmanian 1993): what rested on a
statement that is gone is taken back, then put back where it rests on something else too, then what
is new is followed forwards. The outcome is the one of a full run.

For programs that hold a corpus and edit it (docs/entailment.md): no command does, and a release is made by
a run of all rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Quad, Triple

from cls_graph.entailment.executor import inferred, run
from cls_graph.entailment.matching import backwards, forwards
from cls_graph.entailment.rule import Key, Rule, keys_of
from cls_graph.namespaces import DEFAULT_BASE
from cls_graph.store.workbench import Workbench


class Closure:
    """The stated graphs by name, and what follows from all of them together."""

    def __init__(
        self, rules: Sequence[Rule], stated: Mapping[str, Iterable[Triple]], base: str = DEFAULT_BASE
    ) -> None:
        self._rules, self._base = rules, base
        self._stated = {name: frozenset(triples) for name, triples in stated.items()}
        self._bench = Workbench({t for triples in self._stated.values() for t in triples})
        self._readers: dict[Key, list[Rule]] = defaultdict(list)
        self._writers: dict[Key, list[Rule]] = defaultdict(list)
        for rule in rules:
            for key in rule.reads:
                self._readers[key].append(rule)
            self._writers[rule.writes].append(rule)
        run(self._bench, rules, base)

    def inferred(self) -> list[Quad]:
        """What the rules give now, in their graphs; sorted."""
        return inferred(self._bench, self._rules, self._base)

    def replace(self, name: str, triples: Iterable[Triple]) -> None:
        """Give a stated graph new content, or none. Only what hangs on the change is redone."""
        before, after = self._stated.get(name, frozenset()), frozenset(triples)
        self._stated[name] = after
        others = [graph for other, graph in self._stated.items() if other != name]
        gone = [t for t in before - after if not any(t in graph for graph in others)]
        come = [t for t in after - before if not self._bench.stated(t)]
        self._retract(sorted(gone, key=str))
        self._extend(sorted(come, key=str))

    def _retract(self, gone: list[Triple]) -> None:
        """Take back what rested on ``gone``, as far as it rests on nothing else."""
        bench, match = self._bench, self._bench.match
        doubtful = dict.fromkeys(gone)
        reasons: dict[tuple[str, Triple], Rule] = {}
        waiting = list(gone)
        while waiting:
            t = waiting.pop()
            for rule in self._reading(t):
                for head in forwards(rule, t, match):
                    reasons[rule.iri, head] = rule
                    if head not in doubtful and (head in gone or not bench.stated(head)):
                        doubtful[head] = None
                        waiting.append(head)
        for t in doubtful:
            bench.withdraw(t)
        for (_, head), rule in reasons.items():
            bench.withdraw(head, rule.graph(self._base))
        # Each may follow by other rules too, and what was stated by rules that had nothing to add then.
        for t in doubtful:
            for rule in (rule for key in keys_of(t) for rule in self._writers[key]):
                if any(True for _ in backwards(rule, t, match)):
                    self._give(rule, t)

    def _extend(self, come: list[Triple]) -> None:
        """Follow newly stated triples forwards."""
        for t in come:
            known = self._bench.holds(t)
            self._bench.state(t)
            if not known:
                self._follow(t)

    def _give(self, rule: Rule, head: Triple) -> None:
        known = self._bench.holds(head)
        self._bench.give(head, rule.graph(self._base))
        if not known:
            self._follow(head)

    def _follow(self, start: Triple) -> None:
        """All that follows from a triple that has just come to hold."""
        bench, waiting = self._bench, [start]
        while waiting:
            t = waiting.pop()
            for rule in self._reading(t):
                # Listed first: what is given must not disturb the look-up.
                for head in list(forwards(rule, t, bench.match)):
                    if bench.stated(head):
                        continue
                    if not bench.holds(head):
                        waiting.append(head)
                    bench.give(head, rule.graph(self._base))

    def _reading(self, t: Triple) -> list[Rule]:
        """The rules that have a pattern about what ``t`` is about."""
        return [rule for key in keys_of(t) for rule in self._readers[key]]
