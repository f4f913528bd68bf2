"""No constraint is there for nothing: without any one of them, some example comes out otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Graph

from cls_graph.checking import scopes
from cls_graph.checking.engines import choose
from cls_graph.corpus import Corpus
from cls_graph.namespaces import RDF, SH, SHAPES

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PARTS = 6
NOT_CONSTRAINTS = {
    *(SH + name for name in ("name", "description", "message", "order", "group", "severity", "path")),
    *scopes.TARGETS,
    SHAPES + "remedy",
    RDF + "type",
}
"""What a shape says that is nothing to check."""

Subject = NamedNode | BlankNode


class Mutants:
    """The shapes without one constraint each, and the examples that could tell."""

    def __init__(self, load: Callable[[Path], Any], code_lists: Graph) -> None:
        self.shapes = Corpus.open().shapes
        self.engine = choose("pyshifty")
        self.said: dict[object, set[str]] = {}
        self.referrers: dict[object, set[Subject]] = {}
        for t in self.shapes:
            self.said.setdefault(t.subject, set()).add(t.predicate.value)
            self.referrers.setdefault(t.object, set()).add(t.subject)  # type: ignore[arg-type]
        self.codes = code_lists.serialize(format="nt").encode()
        self.expecting: dict[str, list[Path]] = {}
        for path in sorted((EXAMPLES / "invalid").glob("*.ttl")):
            for shape, _, _ in load(path).expected:
                self.expecting.setdefault(SHAPES + shape, []).append(path)
        self.valid = sorted((EXAMPLES / "valid").glob("*.ttl"))
        self.original = cache(self._whole)
        self.data = cache(lambda path: load(path).graph.serialize(format="nt").encode())

    def constraints(self) -> list[Triple]:
        """Every constraint of every shape, in an order that stays."""
        paths = {t.object for t in self.shapes if t.predicate.value == SH + "path"}
        found = [
            t
            for t in self.shapes
            if t.predicate.value.startswith(SH)
            and t.predicate.value not in NOT_CONSTRAINTS
            and self._is_shape(t.subject)  # type: ignore[arg-type]
            and t.subject not in paths
        ]
        return sorted(found, key=str)

    def _is_shape(self, node: Subject) -> bool:
        """Neither a query, nor a prefix, nor a group, nor a part of a path."""
        own = self.said[node]
        unlike = ("select", "prefix", "declare", "alternativePath", "inversePath", "zeroOrMorePath")
        return not own & {SH + name for name in unlike}

    def above(self, node: object) -> set[object]:
        """The shapes that a node is part of, itself included."""
        found, todo = {node}, [node]
        while todo:
            near = self.referrers.get(todo.pop(), set()) - found
            found |= near
            todo += near
        return found

    def survives(self, constraint: Triple) -> bool:
        """Whether every example that concerns a constraint comes out the same without it."""
        above = self.above(constraint.subject)
        original = self.original(frozenset(above))
        if original is None:
            return True  # No shape with a target leads here.
        rest = [t for t in self.shapes if t != constraint]
        mutant = self.engine.prepare(
            scopes.reachable(scopes.with_targets(rest, lambda t: t.subject in above))
        )
        # A property shape is reported under its own name, not under that of the shape that it is in.
        names = {getattr(node, "value", "") for node in {*above, constraint.object}}
        paths = sorted({path for name in names for path in self.expecting.get(name, [])})
        return all(
            keys(mutant, self.data(path) + self.codes) == original(path) for path in [*paths, *self.valid]
        )

    def _whole(self, above: frozenset[object]) -> Callable[[Path], list[tuple[str, ...]]] | None:
        """What the shapes of which some are part say of an example, found once for each."""
        before = scopes.reachable(scopes.with_targets(self.shapes, lambda t: t.subject in above))
        if not before:
            return None
        prepared = self.engine.prepare(before)
        return cache(lambda path: keys(prepared, self.data(path) + self.codes))


def keys(prepared: Any, data: bytes) -> list[tuple[str, ...]]:
    return sorted(result.key for result in prepared.validate(data))


def shown(constraint: Triple) -> str:
    value = constraint.object
    told = value.value if isinstance(value, NamedNode | Literal) else "…"
    parts = (getattr(constraint.subject, "value", "…"), constraint.predicate.value, told)
    return " ".join(part.rpartition("#")[2] for part in parts)


@pytest.fixture(scope="module")
def mutants(load: Callable[[Path], Any], code_lists: Graph) -> Mutants:
    pytest.importorskip("shifty")
    return Mutants(load, code_lists)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_constraint_can_go_unnoticed(mutants: Mutants, part: int) -> None:
    constraints = mutants.constraints()
    assert len(constraints) > 400
    survivors = [shown(c) for c in constraints[part::PARTS] if mutants.survives(c)]
    assert not survivors, "\n".join(survivors)
