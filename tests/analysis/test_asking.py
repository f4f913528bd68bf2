"""Answers as strings, whatever is in the data."""

from __future__ import annotations

import pyoxigraph as ox

from cls_graph.analysis import asking
from cls_graph.store import EmbeddedStore


def test_a_long_text_is_read_whole() -> None:
    long = "é" * 200_000
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(long))
    assert asking.strings(EmbeddedStore.from_quads([quad]), "SELECT ?o { ?s ?p ?o }") == [[long]]


def test_who_signs_what_is_read_as_it_is_called() -> None:
    signs = ox.NamedNode("urn:b")
    ends = [
        (ox.NamedNode("https://ex.org/a%20b?c=d,e;f'g"), ox.NamedNode("urn:é")),
        (ox.NamedNode("https://ex.org/a"), ox.BlankNode("x1")),
    ]
    store = EmbeddedStore.from_quads([ox.Quad(one, signs, other) for one, other in ends])
    text = "SELECT ?s ?o { ?s <urn:b> ?o } ORDER BY ?s"
    subjects, objects = asking.columns(store, text)
    assert subjects == [b"https://ex.org/a", b"https://ex.org/a%20b?c=d,e;f'g"]
    assert objects == [b"_:x1", "urn:é".encode()]
    assert [len(c) for c in asking.columns(store, text + " LIMIT 0")] == [0, 0]
