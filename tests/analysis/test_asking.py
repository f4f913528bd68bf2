"""Answers as strings, whatever is in the data."""

from __future__ import annotations

import pyoxigraph as ox

from cls_graph.analysis import asking
from cls_graph.store import EmbeddedStore


def test_a_long_text_is_read_whole() -> None:
    long = "é" * 200_000
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(long))
    assert asking.strings(EmbeddedStore.from_quads([quad]), "SELECT ?o { ?s ?p ?o }") == [[long]]
