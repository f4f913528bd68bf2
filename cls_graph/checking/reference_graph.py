"""Statements for the reference engine: N-Triples read into rdflib graphs.

The parser of pyoxigraph reads them, and a term that comes again is made once: rdflib's own parser takes most
of the time of a check of a small corpus.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TypeVar

import pyoxigraph as ox
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.term import Identifier

from cls_graph.namespaces import XSD

Filled = TypeVar("Filled", bound=rdflib.Graph)

_STRING = XSD + "string"

# rdflib logs a traceback for every ill-typed literal; the shapes report those.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


def fill(graph: Filled, data: bytes) -> Filled:
    """The graph with the statements of ``data``, which is N-Triples as ``results.ntriples`` writes them."""
    add, term = graph.store.add, _term
    for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
        add((term(quad.subject), term(quad.predicate), term(quad.object)), graph)
    return graph


@lru_cache(maxsize=2**16)
def _term(term: NamedNode | BlankNode | Literal) -> Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    datatype = term.datatype.value
    if term.language or datatype == _STRING:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(datatype))
