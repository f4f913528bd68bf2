"""RDF files of ``data/``: the graph of each statement, and the things that they add to what keys may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from cls_graph.findings import Finding, Place, finding
from cls_graph.rdf import RdfSyntaxError, parse_quads
from cls_graph.records.iris import Iris

RDF_SUFFIXES = (".ttl", ".trig", ".nt", ".nq")


@dataclass
class RdfData:
    """What was read: the quads, the file that describes a node, and what was wrong."""

    quads: list[Quad] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def read(self, shown: str, path: Path, data: bytes, iris: Iris) -> None:
        """One file, ``path`` below ``data``; ``shown`` is its name as the user knows it.

        Statements without a graph of their own go to that of the contract that a file in ``contracts`` is
        named after, those of other files to the registry: in no named graph, no query would find them.
        """
        try:
            found = parse_quads(data, path.suffix, f"data-{path.as_posix()}-")
        except RdfSyntaxError as error:
            place = Place(shown, error.line, error.column)
            self.findings.append(finding("rdf-syntax", place, reason=error.message))
            return
        in_contracts = path.parent.name == "contracts"
        graph = NamedNode(iris.graph(f"contract/{path.stem}" if in_contracts else "registry"))
        for q in found:
            self.files.setdefault(getattr(q.subject, "value", ""), shown)
            named = isinstance(q.graph_name, NamedNode)
            self.quads.append(q if named else Quad(q.subject, q.predicate, q.object, graph))


def keys_of(quads: Iterable[Quad], iris: Iris) -> dict[str, set[str]]:
    """The keys of the things that are described, by kind (``organisation``, ``territory``, …)."""
    found: dict[str, set[str]] = {}
    for q in quads:
        named = iris.kind_and_key(getattr(q.subject, "value", ""))
        if named is not None and named[1].count("/") == (1 if named[0] == "territory" else 0):
            found.setdefault(named[0], set()).add(named[1])
    return found
