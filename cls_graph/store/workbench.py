"""A store to work things out in: what is stated, all that holds, and what each rule gives.

Three kinds of graph of one Oxigraph store, in memory: the unnamed one holds all that holds, ``STATED``
what was put in, and each rule's graph what that rule gives and nobody stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

STATED = NamedNode("urn:x-cls-graph:stated")
_ALL = DefaultGraph()
Subject = NamedNode | ox.BlankNode | Triple
Object = Subject | Literal


class Workbench:
    """Triples that hold, and by what right. Stated ones are never removed or moved by a rule."""

    def __init__(self, stated: Iterable[Triple] = ()) -> None:
        self._engine = ox.Store()
        self._engine.bulk_extend(
            Quad(t.subject, t.predicate, t.object, graph) for t in stated for graph in (_ALL, STATED)
        )

    def derive(self, graph: str, head: str, body: str) -> bool:
        """Put into ``graph`` every ``head`` for which ``body`` holds and that is not stated; set-wise.

        Both are SPARQL patterns without prefixes. Returns whether there was anything new. A head
        whose subject would be a literal is not made (SPARQL 1.1 Update, section 3.1.3).
        """
        name = head.split()[0]
        subject = f"FILTER (!isLiteral({name}))" if name.startswith(("?", "$")) else ""
        where = (
            f"{{ {body} FILTER NOT EXISTS {{ GRAPH {STATED} {{ {head} }} }} "
            f"FILTER NOT EXISTS {{ GRAPH <{graph}> {{ {head} }} }} {subject} }}"
        )
        # The engine counts its quads one by one: asking first is the cheaper way to know.
        if not self._engine.query(f"ASK {where}"):
            return False
        self._engine.update(f"INSERT {{ {head} . GRAPH <{graph}> {{ {head} }} }} WHERE {where}")
        return True

    def select(self, text: str) -> list[dict[str, Object]]:
        """The rows of a SELECT query over all that holds."""
        found = self._engine.query(text)
        assert isinstance(found, ox.QuerySolutions)
        names = [v.value for v in found.variables]
        return [{n: value for n in names if (value := row[n]) is not None} for row in found]

    def match(
        self, subject: Object | None, predicate: NamedNode | None, value: Object | None
    ) -> Iterator[Triple]:
        """The triples that hold and fit; ``None`` fits all."""
        if isinstance(subject, Literal):
            return iter(())
        return (q.triple for q in self._engine.quads_for_pattern(subject, predicate, value, _ALL))

    def quads(
        self, subject: Object | None, predicate: NamedNode | None, value: Object | None
    ) -> Iterator[Quad]:
        """The same, each as often as there are reasons for it."""
        if isinstance(subject, Literal):
            return iter(())
        return self._engine.quads_for_pattern(subject, predicate, value, None)

    def holds(self, t: Triple) -> bool:
        """Whether a triple holds."""
        return _quad(t, _ALL) in self._engine

    def stated(self, t: Triple) -> bool:
        """Whether a triple was put in."""
        return _quad(t, STATED) in self._engine

    def given(self, t: Triple, graph: str) -> bool:
        """Whether the rule of ``graph`` gives a triple."""
        return _quad(t, NamedNode(graph)) in self._engine

    def give(self, t: Triple, graph: str) -> None:
        """Let a triple hold because the rule of ``graph`` gives it."""
        self._engine.add(_quad(t, NamedNode(graph)))
        self._engine.add(_quad(t, _ALL))

    def state(self, t: Triple) -> None:
        """Let a triple hold because it is stated: no rule is needed for it any more."""
        for quad in list(self._engine.quads_for_pattern(t.subject, t.predicate, t.object, None)):
            self._engine.remove(quad)
        self._engine.add(_quad(t, STATED))
        self._engine.add(_quad(t, _ALL))

    def withdraw(self, t: Triple, graph: str | None = None) -> None:
        """Take back that the rule of ``graph`` gives a triple; without one, that it is stated and holds."""
        if graph is not None:
            self._engine.remove(_quad(t, NamedNode(graph)))
            return
        self._engine.remove(_quad(t, STATED))
        self._engine.remove(_quad(t, _ALL))

    def given_by(self, graphs: Iterable[str]) -> list[Quad]:
        """All that rules give, in their graphs."""
        return [
            quad
            for graph in graphs
            for quad in self._engine.quads_for_pattern(None, None, None, NamedNode(graph))
        ]


def _quad(t: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(t.subject, t.predicate, t.object, graph)
