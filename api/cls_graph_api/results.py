"""The beginning of an answer, read for a page: its rows, its statements, or yes and no."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from cls_graph import media
from cls_graph.namespaces import PREFIXES
from cls_graph.pictures.columns import Term
from cls_graph.service import Answer
from cls_graph.store.writing import write_graph

MAX_ROWS = 500
"""Rows, or statements of a graph, that a page shows."""


@dataclass(frozen=True)
class Bounds:
    """How much of an answer is read; ``name`` begins the names of the limits."""

    name: str
    rows: int
    bytes: int


PAGE = Bounds("page", MAX_ROWS, 2 << 20)
_TURTLE = next(f for f in media.GRAPHS if f.name == "ttl")

STARTER = """PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?contract ?label WHERE {
  ?contract a cls:LocalHealthContract ; rdfs:label ?label .
}
ORDER BY ?label
"""


@dataclass(frozen=True)
class Found:
    """What was read of an answer: a table of terms, a graph, or a truth value."""

    variables: list[str] = field(default_factory=list)
    rows: list[list[Term]] = field(default_factory=list)
    triples: list[ox.Triple] | None = None
    truth: bool | None = None
    limit: str = ""
    """The limit that cut it, where there is more than was read."""

    @property
    def cut(self) -> bool:
        """Whether there is more than was read."""
        return bool(self.limit)

    @property
    def graph(self) -> bool:
        """Whether it is a graph."""
        return self.triples is not None

    @property
    def count(self) -> int:
        """How many rows or statements were read."""
        return len(self.rows if self.triples is None else self.triples)

    def beginning(self, most: int = MAX_ROWS) -> Found:
        """The first rows or statements of it, cut there where there are more."""
        if self.count <= most:
            return self
        triples = None if self.triples is None else self.triples[:most]
        return replace(self, rows=self.rows[:most], triples=triples, limit=self.limit or f"{PAGE.name}_rows")

    def turtle(self) -> str:
        """The statements as Turtle."""
        return write_graph(self.triples or [], _TURTLE).decode()


def asked_as(*, graph: bool) -> str:
    """The format in which an answer is to be had for ``read``: one with a row or statement a line."""
    return "nt" if graph else "tsv"


async def read(answer: Answer, *, graph: bool, within: Bounds = PAGE) -> Found:
    """The first rows or statements of an answer in that format; the query is stopped then."""
    data, limit = await _beginning(answer, within.rows if graph else within.rows + 1, within)
    limit = limit or (answer.cut.limit if answer.cut else "")
    # Of a long answer this takes seconds, in which others are to be answered.
    return await asyncio.to_thread(_parsed, data, limit, graph=graph)


def _parsed(data: bytes, limit: str, *, graph: bool) -> Found:
    if graph:
        quads = ox.parse(data, ox.RdfFormat.N_TRIPLES)
        return Found(triples=[quad.triple for quad in quads], limit=limit)
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV)
    if isinstance(parsed, ox.QueryBoolean):
        return Found(truth=bool(parsed))
    assert isinstance(parsed, ox.QuerySolutions)
    variables = list(parsed.variables)
    return Found([v.value for v in variables], [[row[v] for v in variables] for row in parsed], limit=limit)


async def _beginning(answer: Answer, lines: int, within: Bounds) -> tuple[bytes, str]:
    """The first whole lines of an answer, and what cut it there; the query is stopped then."""
    data = bytearray()
    count = 0
    try:
        async for block in answer.body:
            data += block
            count += block.count(b"\n")
            if count > lines or len(data) > within.bytes:
                break
    finally:
        answer.close()
    kept = bytes(data).split(b"\n")
    if len(kept) - 1 <= lines and len(data) <= within.bytes:
        return bytes(data), ""
    limit = f"{within.name}_{'rows' if len(kept) - 1 > lines else 'bytes'}"
    return b"\n".join(kept[: min(lines, len(kept) - 1)]) + b"\n", limit


def shorten(iri: str, names: dict[str, str] | None = None) -> str:
    """An IRI with the longest prefix that fits, or whole.

    >>> shorten("http://xmlns.com/foaf/0.1/name", {"foaf": "http://xmlns.com/foaf/0.1/"})
    'foaf:name'
    """
    names = PREFIXES if names is None else names
    fitting = [(len(ns), name) for name, ns in names.items() if iri.startswith(ns) and iri != ns]
    if not fitting:
        return iri
    size, name = max(fitting)
    return f"{name}:{iri[size:]}"
