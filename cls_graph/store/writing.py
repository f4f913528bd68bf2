"""Writing an answer in one of the formats of ``cls_graph.media``, through the engine's serialisers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import IO

import pyoxigraph as ox

from cls_graph import media
from cls_graph.namespaces import PREFIXES
from cls_graph.store.base import GraphResults, Results

_SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}

SMALL = 2000
"""A graph of fewer triples is put in order and declares only the prefixes it uses."""


def formats_for(results: Results) -> tuple[media.Format, ...]:
    """The formats that can hold these results; the first is the default."""
    return media.GRAPHS if isinstance(results, GraphResults) else media.SOLUTIONS


def write_results(results: Results, fmt: media.Format, out: IO[bytes]) -> None:
    """Write an answer to ``out`` as it is evaluated. ``fmt`` is one of ``formats_for(results)``."""
    if not isinstance(results, GraphResults):
        results.serialize(out, _SOLUTIONS[fmt.name])
        return
    write_triples(results, fmt, out)


def write_triples(triples: Iterable[ox.Triple], fmt: media.Format, out: IO[bytes]) -> None:
    """Write a graph to ``out`` as its triples come. ``fmt`` is one of ``media.GRAPHS``."""
    coming = iter(triples)
    first = list(islice(coming, SMALL))
    if len(first) < SMALL:
        out.write(write_graph(first, fmt))
        return
    ox.serialize(chain(first, coming), out, _GRAPHS[fmt.name], prefixes=_declared(fmt, PREFIXES))


@dataclass(frozen=True)
class Ready:
    """A graph in order, each triple once, with the prefixes that occur and no other."""

    triples: list[ox.Triple]
    prefixes: dict[str, str]

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Ready:
        """Put triples in order."""
        lines = sorted((str(triple), triple) for triple in set(triples))
        text = " ".join(line for line, _ in lines)
        used = {name: ns for name, ns in PREFIXES.items() if f"<{ns}" in text}
        return cls([triple for _, triple in lines], used)

    def written(self, fmt: media.Format) -> bytes:
        """The graph as bytes."""
        prefixes = _declared(fmt, self.prefixes)
        return ox.serialize(self.triples, format=_GRAPHS[fmt.name], prefixes=prefixes) or b""


def write_graph(triples: Iterable[ox.Triple], fmt: media.Format) -> bytes:
    """Triples as bytes: sorted, each once, with the prefixes that occur and no other."""
    return Ready.of(triples).written(fmt)


def _declared(fmt: media.Format, names: Mapping[str, str]) -> dict[str, str] | None:
    return dict(sorted(names.items())) if fmt.name in ("ttl", "trig", "rdf") else None
