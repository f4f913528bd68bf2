"""RDF files of ``data/``: the graph of each statement, and the things that they add to what keys may name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place, finding
from cls_graph.rdf import RdfSyntaxError, parse_quads
from cls_graph.records.iris import Iris
from cls_graph.records.lexical import CONTROL, SHOWN

RDF_SUFFIXES = (".ttl", ".trig", ".nt", ".nq")

_CONTROL = re.compile(CONTROL)
_STEPS = re.compile(r"/\.\.?(/|$)")
_PLAIN: Text = {
    "fr": "un IRI ou un littéral est attendu : les énoncés sur des énoncés (RDF 1.2) ne sont pas pris ici",
    "en": "an IRI or a literal is expected: statements about statements (RDF 1.2) are not taken here",
}
_NO_CONTROL: Text = {"fr": "pas de caractère de contrôle", "en": "no control character"}
_NO_STEPS: Text = {
    "fr": "un IRI sans « /./ » ni « /../ » est attendu : aucune page n'aurait cette adresse",
    "en": "an IRI without '/./' or '/../' is expected: no page could have this address",
}


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
            wrong = _fault(q)
            if wrong is not None:
                value, expected = wrong
                node = getattr(q.subject, "value", "")
                place = Place(shown)
                self.findings.append(
                    finding("bad-value", place, subject=node, node=node, value=value, expected=expected)
                )
                continue
            self.files.setdefault(getattr(q.subject, "value", ""), shown)
            named = isinstance(q.graph_name, NamedNode)
            self.quads.append(q if named else Quad(q.subject, q.predicate, q.object, graph))


def _fault(q: Quad) -> tuple[str, Text] | None:
    """A part of a statement that a form of the release could not hold, and what is expected."""
    if isinstance(q.object, Triple):
        return str(q.object)[:SHOWN], _PLAIN
    if isinstance(q.object, Literal) and _CONTROL.search(q.object.value):
        return q.object.value[:SHOWN], _NO_CONTROL
    for term in (q.subject, q.object, q.graph_name):
        if isinstance(term, NamedNode) and _STEPS.search(term.value):
            return term.value[:SHOWN], _NO_STEPS
    return None


def keys_of(quads: Iterable[Quad], iris: Iris) -> dict[str, set[str]]:
    """The keys of the things that are described, by kind (``organisation``, ``territory``, …)."""
    found: dict[str, set[str]] = {}
    for q in quads:
        named = iris.kind_and_key(getattr(q.subject, "value", ""))
        if named is not None and named[1].count("/") == (1 if named[0] == "territory" else 0):
            found.setdefault(named[0], set()).add(named[1])
    return found
