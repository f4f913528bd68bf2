"""Answers as strings, whatever is in the data."""

from __future__ import annotations

import pyoxigraph as ox

from cls_graph.analysis import asking
from cls_graph.analysis.signing import Signing
from cls_graph.namespaces import CLS
from cls_graph.store import EmbeddedStore


def test_a_long_text_is_read_whole() -> None:
    long = "é" * 200_000
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal(long))
    assert asking.strings(EmbeddedStore.from_quads([quad]), "SELECT ?o { ?s ?p ?o }") == [[long]]


def test_texts_and_names_are_read_as_they_are() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    texts = [
        "",
        "a,b",
        'tab\t, ends\r\n, "quoted"',
        "\\u0041 \\",
        '\\"',
        "\x08\x0c\x85\u2028é𝒳",
        "_:b",
        "<x>",
    ]
    values = [
        *map(ox.Literal, texts),
        ox.Literal('dit "le Vieux"', language="fr"),
        ox.Literal("2024", datatype=ox.NamedNode(xsd + "gYear")),
        ox.Literal(12),
        ox.Literal(True),
        ox.NamedNode("https://ex.org/a%20b?c=d,e;f'g"),
        ox.BlankNode("x1"),
    ]
    quads = [
        ox.Quad(ox.NamedNode(f"https://ex.org/{i:02},é"), ox.NamedNode("urn:b"), value)
        for i, value in enumerate(values)
    ]
    found = asking.strings(EmbeddedStore.from_quads(quads), "SELECT ?s ?o ?none { ?s ?p ?o } ORDER BY ?s")
    said = [str(v) if isinstance(v, ox.BlankNode) else v.value for v in values]
    assert found == [[f"https://ex.org/{i:02},é", text, ""] for i, text in enumerate(said)]


def test_of_several_words_for_a_thing_the_first_in_order_is_told() -> None:
    said = ox.NamedNode("urn:says")
    one, other = ox.NamedNode("https://ex.org/1,2"), ox.BlankNode("x1")
    text = "SELECT ?thing ?words { ?thing <urn:says> ?words }"

    def told(*quads: ox.Quad) -> list[str | None]:
        asked = [one.value, "https://ex.org/1", str(other)]
        return asking.said_of(asked, EmbeddedStore.from_quads(quads), text)

    quoted, plain = (
        ox.Quad(one, said, ox.Literal('a "b"')),
        ox.Quad(other, said, ox.Literal("c", language="fr")),
    )
    assert told(quoted, plain) == ['a "b"', None, "c"]
    assert told(quoted, plain, ox.Quad(one, said, ox.Literal("a !"))) == ["a !", None, "c"]
    assert told() == [None, None, None]


def test_who_signs_what_is_read_in_the_order_of_names() -> None:
    signs = ox.NamedNode(CLS + "signatory")
    contracts = ["https://ex.org/a", "https://ex.org/a%20b?c=d,e;f'g", "https://ex.org/a/b"]
    ends = [(contracts[2], ox.NamedNode("urn:é")), (contracts[0], ox.BlankNode("x1"))]
    ends += [(contracts[1], ox.NamedNode("urn:z")), (contracts[0], ox.NamedNode("urn:é"))]
    quads = [ox.Quad(ox.NamedNode(one), signs, other) for one, other in ends]
    told = Signing.read(EmbeddedStore.from_quads(quads))
    assert told.contracts == contracts
    assert told.organisations == ["_:x1", "urn:z", "urn:é"]
    pairs = zip(told.signing, told.signed_by, strict=True)
    assert sorted((told.contracts[one], told.organisations[other]) for one, other in pairs) == sorted(
        (one, str(other).strip("<>")) for one, other in ends
    )
    nobody = Signing.read(EmbeddedStore.from_quads([]))
    assert (nobody.contracts, nobody.organisations, len(nobody.signing)) == ([], [], 0)
