"""Blank nodes keep the names that the release gives them, so that answers are the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from cls_graph import media
from cls_graph.store import EmbeddedStore
from cls_graph.store.writing import write_graph

GRAPHS = ("ontology", "shapes")
PAIR = b"<urn:s> <urn:p> _:one <urn:g> .\n_:one <urn:p> _:two <urn:g> .\n_:two <urn:p> <urn:s> <urn:g> .\n"


def written(store: EmbeddedStore, text: str, form: str) -> bytes:
    return write_graph(store.construct(text), media.choose(None, media.GRAPHS, form))


@pytest.mark.parametrize("name", GRAPHS)
def test_two_loads_give_the_same_bytes(bundled_release: Path, name: str) -> None:
    stores = [EmbeddedStore.from_file(bundled_release / "graph.nq", apart=apart) for apart in (True, False)]
    text = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <https://w3id.org/cls-sante/graph/{name}> {{ ?s ?p ?o }} }}"
    for form in ("ttl", "nt", "jsonld"):
        first, second = (written(store, text, form) for store in stores)
        assert first == second
    assert b"_:" in written(stores[0], text, "nt")


def test_names_are_those_of_the_file(bundled_release: Path) -> None:
    path = bundled_release / "graph.nq"
    loaded = EmbeddedStore.from_file(path).quads(None, None, None)
    written = ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
    assert blank(loaded) == blank(written) != set()


def blank(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The statements with a blank node."""
    return {q for q in quads if any(isinstance(term, ox.BlankNode) for term in (q.subject, q.object))}


def test_a_node_that_is_subject_and_object_stays_one() -> None:
    store = EmbeddedStore.from_bytes(PAIR)
    assert len(store) == 3
    assert store.ask("ASK { <urn:s> <urn:p>/<urn:p>/<urn:p> <urn:s> }")


@pytest.mark.parametrize(
    "more",
    [
        b"<urn:s> <urn:p> <urn:o> _:graph .\n",
        b"<urn:s> <urn:r> <<( _:one <urn:p> <urn:o> )>> <urn:g> .\n",
    ],
)
def test_what_is_not_renamed_is_not_torn_apart(more: bytes) -> None:
    store = EmbeddedStore.from_bytes(PAIR + more)
    assert len(store) == 4
    assert store.ask("ASK { <urn:s> <urn:p>/<urn:p>/<urn:p> <urn:s> }")


def test_a_node_that_is_made_is_none_of_the_data() -> None:
    """Data that were saved from an answer have the names that are given to what is made."""
    saved = "".join(f"_:{name} <urn:p> <urn:{name}> .\n" for name in ("made1", "made2", "a" * 32))
    store = EmbeddedStore.from_bytes(saved.encode())
    found = store.construct("CONSTRUCT { ?s ?p ?o . [] <urn:of> ?o } { ?s ?p ?o }")
    names = {
        kind: {t.subject.value for t in found if t.predicate.value == kind} for kind in ("urn:p", "urn:of")
    }
    assert names == {"urn:p": {"made1", "made2", "a" * 32}, "urn:of": {"made3", "made4", "made5"}}
