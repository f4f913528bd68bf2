"""RDF terms and deterministic bytes: the same statements always give the same file.

Terms are those of pyoxigraph (parsing and serialising only; the engine lives in ``store``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from cls_graph.namespaces import RDF, XSD

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
AnyTerm = Term | Triple

RDF_TYPE = NamedNode(RDF + "type")


def iri(text: str) -> NamedNode:
    """The node of an IRI."""
    return NamedNode(text)


def typed(text: str, datatype: str) -> Literal:
    """A literal with a datatype of XML Schema named by its local part (``gYear``)."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


def lang_text(text: str, lang: str = "fr") -> Literal:
    """A text with its language."""
    return Literal(text, language=lang)


class RdfSyntaxError(ValueError):
    """RDF that does not parse: ``message``, ``line`` and ``column`` (from 1, 0 if unknown)."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
}


def parse(data: bytes, suffix: str) -> list[Quad]:
    """The quads of ``data`` (``.ttl``, ``.trig``, ``.nt``, ``.nq``).

    Nothing is ever fetched: these syntaxes have no way to name another document to read.
    Raises ``RdfSyntaxError``, also where the bytes are not UTF-8.
    """
    try:
        return list(ox.parse(data, format=FORMATS[suffix]))
    except SyntaxError as error:
        raise RdfSyntaxError(error.msg, error.lineno or 0, error.offset or 0) from None
    except (UnicodeDecodeError, ValueError) as error:
        raise RdfSyntaxError(str(error)) from None


def parse_graph(data: bytes, suffix: str, label_prefix: str) -> list[Triple]:
    """The triples of one graph, its blank nodes named as by ``parse_quads``."""
    return [q.triple for q in parse_quads(data, suffix, label_prefix)]


def parse_quads(data: bytes, suffix: str, label_prefix: str) -> list[Quad]:
    """The quads of a file, their blank nodes renamed from the content alone (RDFC-1.0).

    ``label_prefix`` keeps the blank nodes of two files apart when they meet in one dataset.
    """
    quads = parse(data, suffix)
    if not any(isinstance(t, BlankNode) for q in quads for t in (q.subject, q.object, q.graph_name)):
        return quads
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = re.sub(r"[^0-9A-Za-z_-]", "-", label_prefix)
    return [_prefixed(q, prefix) for q in dataset]


def _prefixed(quad: Quad, prefix: str) -> Quad:
    def rename(term: AnyTerm) -> AnyTerm:
        return BlankNode(prefix + term.value) if isinstance(term, BlankNode) else term

    subject, obj = rename(quad.subject), rename(quad.object)
    assert not isinstance(subject, Literal)
    return Quad(subject, quad.predicate, obj, quad.graph_name)


def in_graph(triples: Iterable[Triple], graph: str) -> list[Quad]:
    """The triples as quads of one named graph."""
    name = NamedNode(graph)
    return [Quad(t.subject, t.predicate, t.object, name) for t in triples]


def nquads_lines(quads: Iterable[Quad]) -> list[str]:
    """Canonical N-Quads, one line a quad, sorted, without duplicates (RDF 1.1 N-Quads, section 4)."""
    return sorted({f"{quad} .\n" for quad in quads})


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Quads by graph, subject, predicate (``rdf:type`` first) and object, without duplicates."""

    return sorted(set(quads), key=lambda q: (str(q.graph_name), *triple_place(q)))


def triple_place(t: Quad | Triple) -> tuple[str, bool, str, str]:
    """By what a statement is sorted: subject, predicate (``rdf:type`` first), object."""
    return (str(t.subject), t.predicate != RDF_TYPE, str(t.predicate), str(t.object))


def write_quads(quads: Iterable[Quad], path: Path, form: ox.RdfFormat, prefixes: Mapping[str, str]) -> None:
    """Serialise to a file. The caller gives the order (``sort_quads``) that makes the bytes repeatable."""
    with path.open("wb") as out:
        ox.serialize(quads, out, format=form, prefixes=dict(prefixes))
