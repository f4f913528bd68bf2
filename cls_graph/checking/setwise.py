"""Asks a SPARQL constraint once for all nodes, to know which ones it can have something to say about.

A node that the query over all nodes does not return has no result; one that it returns is asked about
again by the reference engine, which alone makes results. The screen may therefore let too many through,
never too few: it keeps to queries where ``$this`` is bound by the outermost pattern, so that binding it
beforehand (SHACL section 5.3.1) or not gives the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
from rdflib import URIRef, Variable
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query

from cls_graph.store import EmbeddedStore

THIS = Variable("this")
_WRAPPERS = frozenset(["SelectQuery", "Project", "Distinct", "Filter", "Extend", "OrderBy"])
"""Around the outermost pattern, none of these binds ``$this`` or looks at it before it is bound."""


class Screen:
    """The nodes that each query over some data returns, found when first asked for."""

    def __init__(self, data: bytes) -> None:
        """``data``: N-Triples."""
        self._data = data
        self._store: EmbeddedStore | None = None
        self._returned: dict[str, frozenset[str] | None] = {}

    def clears(self, text: str, query: Query, bindings: Mapping[str, Any] | None) -> bool:
        """Whether the query surely returns nothing with these bindings."""
        if not bindings or set(bindings) != {"this"} or not isinstance(bindings["this"], URIRef):
            return False
        if text not in self._returned:
            self._returned[text] = self._ask(text) if binds_this(query) else None
        returned = self._returned[text]
        return returned is not None and str(bindings["this"]) not in returned

    def _ask(self, text: str) -> frozenset[str] | None:
        if self._store is None:
            self._store = EmbeddedStore.from_quads(ox.parse(self._data, format=ox.RdfFormat.N_TRIPLES))
        try:
            rows = self._store.query(text.replace("$this", "?this"))
            if not isinstance(rows, ox.QuerySolutions):
                return None
            return frozenset(getattr(row["this"], "value", "") for row in rows)
        except (SyntaxError, KeyError, OSError, RuntimeError):
            return None  # the reference engine decides


def binds_this(query: Query) -> bool:
    """Whether the outermost pattern of a SELECT query binds ``$this`` in a triple."""
    part: Any = query.algebra
    while isinstance(part, CompValue) and part.name in _WRAPPERS:
        part = part.p
        if isinstance(part, CompValue) and part.name == "AggregateJoin":
            part = part.p
            if THIS not in (part.expr or ()):
                return False
            part = part.p
    while isinstance(part, CompValue) and part.name in ("Filter", "Join", "LeftJoin"):
        part = part.p if part.name == "Filter" else part.p1
    if not isinstance(part, CompValue) or part.name != "BGP":
        return False
    return any(THIS in (subject, obj) for subject, _, obj in part.triples)
