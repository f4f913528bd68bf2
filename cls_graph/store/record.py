"""What a remote store says of the release in it: a graph of its own, kept by ``cls-graph load``.

It names the graphs that were loaded, so that those that are gone from the next release can be told
from graphs of somebody else, and it holds the manifest, so that the service can be run from the store.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from cls_graph.errors import CorpusError
from cls_graph.namespaces import VOID

SPACE = "urn:x-cls-graph:"
MANIFEST, STATE, HOLDS, DIGEST = (SPACE + name for name in ("manifest", "state", "holds", "digest"))
TRIPLES = VOID + "triples"
_UNION = f"{SPACE}stated:"
COMPLETE, LOADING = "complete", "loading"
MOST_NAMED = 500
"""Graphs that a query names, at most: past that it names one, the union of those that state something."""
_PAGE = 2000

Select = Callable[[str], list[dict[str, str]]]
"""The rows of a SELECT query, the values as text."""


def record_graph(base: str) -> str:
    """The graph of the record for the corpus of a base IRI."""
    return f"{SPACE}loaded:{base}"


def union_graph(base: str) -> str:
    """The graph that holds the stated triples of all graphs of a release, where these are many."""
    return f"{_UNION}{base}"


@dataclass(frozen=True)
class Entry:
    """A graph that was loaded; ``triples`` and ``digest`` are known once it is whole."""

    triples: int | None = None
    digest: str = ""


@dataclass(frozen=True)
class Record:
    """What a record says."""

    graph: str
    state: str = ""
    manifest: dict[str, Any] | None = None
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether the release that it describes is all there."""
        return self.state == COMPLETE and self.manifest is not None

    def described(self) -> dict[str, Any]:
        """The manifest, with the graphs and their sizes."""
        graphs = {n: size for n, size in self.sizes().items() if not n.startswith(_UNION)}
        return {**(self.manifest or {}), "graphs": graphs}

    def sizes(self) -> dict[str, int]:
        """The triples of each graph that was loaded, the union among them."""
        return {name: entry.triples or 0 for name, entry in sorted(self.entries.items())}

    @property
    def union(self) -> str:
        """The graph that holds what all others state; empty where there is none."""
        return next((name for name in self.entries if name.startswith(_UNION)), "")


def find(select: Select) -> str:
    """The graph of the record of a store; empty where there is none. Raises ``CorpusError`` for several."""
    found = select(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g <{STATE}> ?state }} }}")
    names = sorted(row["g"] for row in found)
    if len(names) > 1:
        shown = ", ".join(name.removeprefix(record_graph("")) for name in names)
        raise CorpusError(
            f"Ce magasin contient plusieurs publications ({shown}) : indiquez la vôtre avec --store-base.",
            f"This store holds several releases ({shown}): say which one is yours with --store-base.",
        )
    return names[0] if names else ""


def state_of(select: Select, graph: str) -> tuple[str, dict[str, Any] | None]:
    """The state of a record and its manifest; empty and ``None`` where there is none."""
    query = (
        f"SELECT ?state ?manifest WHERE {{ GRAPH <{graph}> "
        f"{{ <{graph}> <{STATE}> ?state OPTIONAL {{ <{graph}> <{MANIFEST}> ?manifest }} }} }}"
    )
    rows = select(query)
    states = {row["state"] for row in rows}
    texts = {row["manifest"] for row in rows if row.get("manifest")}
    # Two of either: a load is between its last steps.
    state = LOADING if len(states) > 1 or len(texts) > 1 else next(iter(states), "")
    try:
        return state, json.loads(next(iter(texts))) if len(texts) == 1 else None
    except ValueError:
        return LOADING, None


def read(select: Select, graph: str) -> Record:
    """The record in a graph; an empty one where there is none."""
    state, manifest = state_of(select, graph)
    entries: dict[str, Entry] = {}
    for offset in range(0, 10**9, _PAGE):
        rows = select(
            f"SELECT ?g ?n ?d WHERE {{ GRAPH <{graph}> {{ <{graph}> <{HOLDS}> ?g "
            f"OPTIONAL {{ ?g <{TRIPLES}> ?n ; <{DIGEST}> ?d }} }} }} ORDER BY ?g "
            f"LIMIT {_PAGE} OFFSET {offset}"
        )
        for row in rows:
            entries[row["g"]] = Entry(int(row["n"]) if row.get("n") else None, row.get("d", ""))
        if len(rows) < _PAGE:
            break
    return Record(graph, state, manifest, entries)


def insert(graph: str, triples: Iterable[tuple[str, str, str | int]]) -> str:
    """The update that adds to a record; an object is an IRI where its property is ``HOLDS``."""
    lines = " ".join(f"<{s}> <{p}> {_object(p, o)} ." for s, p, o in triples)
    return f"INSERT DATA {{ GRAPH <{graph}> {{ {lines} }} }}"


def forget(graph: str, subject: str, name: str) -> str:
    """The update that removes what a record says of ``subject`` by one property."""
    return f"DELETE WHERE {{ GRAPH <{graph}> {{ <{subject}> <{name}> ?old }} }}"


def _object(name: str, value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return f"<{value}>" if name == HOLDS else str(ox.Literal(value))
