"""Shapes fitted to the contracts there are: those that can be about one, and what they look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from pyoxigraph import Triple

from cls_graph.checking import scopes
from cls_graph.checking.affected import Ways
from cls_graph.checking.engines import Engine, Prepared
from cls_graph.checking.foci import Marks
from cls_graph.checking.ways import Unfollowed, ways
from cls_graph.namespaces import RDFS, SKOS

UPWARD = frozenset([RDFS + "subClassOf", SKOS + "broader"])
"""From a class or a concept, the only ways that shapes go further."""


class Fitted:
    """Shapes with only the targets that some kinds of things can hit."""

    def __init__(
        self, kinds: frozenset[str], shapes: Sequence[Triple], declared: Sequence[Triple], engine: Engine
    ) -> None:
        """``kinds``: the properties and classes in use; ``declared`` declares the prefixes of queries."""
        self.kinds = kinds
        aimed = scopes.with_targets(shapes, lambda t: getattr(t.object, "value", "") in kinds)
        self._shapes, self._declared, self._engine = scopes.reachable(aimed), declared, engine
        self.marks = Marks(self._shapes)
        self.looked_at = scopes.looks(self._shapes, declared).properties | UPWARD

    @cached_property
    def engine(self) -> Prepared:
        """The shapes, whose targets are marks, read by the engine."""
        return self._engine.prepare(self.marks.shapes)

    @cached_property
    def ways(self) -> Ways | None:
        """The ways of the shapes where each can be followed; otherwise slices are validated whole."""
        try:
            return Ways(ways(self._shapes, self._declared))
        except Unfollowed:
            return None
