"""N-Quads by the line: which graph a line is in, without parsing it, and lines as terms again.

A release is sorted N-Quads, one statement a line (``rdf.nquads_lines``). Two releases are compared as
sets of such lines, graph by graph; only what differs is ever parsed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox
from pyoxigraph import Quad

from cls_graph.graphs import QUOTED

DEFAULT = ""
"""The name of the default graph here."""

Lines = dict[str, set[str]]
"""Statements by graph, each as a line of N-Quads."""


def graph_of(line: str) -> str:
    """The IRI (or label) of the graph of a line as ``nquads_lines`` writes it. Raises ``ValueError``.

    >>> graph_of('<urn:s> <urn:p> "a <b>"@fr <urn:g> .')
    'urn:g'
    >>> graph_of('<urn:s> <urn:p> <urn:o> .')
    ''
    """
    *_, rest = parts = line.rstrip().removesuffix(" .").split(" ", 2)
    if len(parts) < 3:
        raise ValueError(f"not a line of N-Quads: {line.rstrip()[:80]}")
    token = rest.rpartition(" ")[2]
    # An IRI has no quotation mark in it: a token that has one is the end of a literal.
    if token == rest or '"' in token:
        return DEFAULT
    return token[1:-1] if token.startswith("<") else token


def by_graph(lines: Iterable[str]) -> Lines:
    """The lines of each graph."""
    found: Lines = defaultdict(set)
    for line in lines:
        found[graph_of(line)].add(line)
    return dict(found)


def without_quotes(graphs: Lines) -> Lines:
    """The lines without those that say which words of a text are quoted."""
    return {graph: {line for line in lines if not _quotes(line)} for graph, lines in graphs.items()}


def _quotes(line: str) -> bool:
    return line.split(" ", 2)[1][1:-1] in QUOTED


def split(text: str) -> list[str]:
    """The lines of a text, ended by line feeds alone: literals hold the other ends of lines as they are."""
    return [line + "\n" for line in text.split("\n") if line]


def quads(lines: Iterable[str]) -> list[Quad]:
    """The lines as quads; blank nodes keep their labels."""
    return list(ox.parse("".join(sorted(lines)).encode(), format=ox.RdfFormat.N_QUADS))
