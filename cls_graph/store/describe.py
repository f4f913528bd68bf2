"""The bounded description of a thing.

Statements about a contract hang from nodes of their own (an engagement, its
evidence, the evidence's selector), whose IRIs continue that of the contract. The
description follows those nodes in both directions and stops at any other thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from cls_graph.namespaces import DCTERMS, FOAF, RDFS, SKOS
from cls_graph.store.inferred import is_inferred

MAX_INCOMING = 500
"""Triples that point to a thing, shown with it; a registry entry may have very many."""

LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name")


def describe(store: ox.Store, iri: str, *, infer: bool = False) -> list[ox.Triple]:
    """The triples of ``iri`` and of every node under ``iri + "/"`` that is linked to it, sorted.

    With ``infer`` also what is entailed. Empty when nothing is said of ``iri``. Raises ``ValueError``
    when it is not an IRI.
    """
    thing = ox.NamedNode(iri)
    under = iri + "/"
    seen = {thing}
    waiting = [thing]
    triples: set[ox.Triple] = set()
    while waiting:
        node = waiting.pop()
        triples_of_node = [q.triple for q in _wanted(store.quads_for_pattern(node, None, None, None), infer)]
        if node == thing and not triples_of_node:
            return []
        triples.update(triples_of_node)
        near = [t.object for t in triples_of_node]
        near += [q.subject for q in _wanted(store.quads_for_pattern(None, None, node, None), infer)]
        for other in near:
            if isinstance(other, ox.NamedNode) and other.value.startswith(under) and other not in seen:
                seen.add(other)
                waiting.append(other)
    return sorted(triples, key=str)


def with_context(store: ox.Store, iri: str, *, infer: bool = False) -> list[ox.Triple]:
    """The description of ``iri``, with what a page also needs.

    That is: at most ``MAX_INCOMING`` triples of other things that point to it, and the labels
    of every thing named, of every property, and of the things that own a node named.
    """
    own = describe(store, iri, infer=infer)
    if not own:
        return []
    incoming = sorted(
        (
            q.triple
            for q in _wanted(store.quads_for_pattern(None, None, ox.NamedNode(iri), None), infer)
            if isinstance(q.subject, ox.NamedNode) and not q.subject.value.startswith(iri + "/")
        ),
        key=str,
    )
    shown = list(dict.fromkeys(incoming))[:MAX_INCOMING]
    return [*own, *shown, *_labels(store, [*own, *shown])]


def _wanted(quads: Iterable[ox.Quad], infer: bool) -> Iterator[ox.Quad]:
    """What is stated; what is entailed only where that is asked for."""
    return (q for q in quads if infer or not is_inferred(q.graph_name))


def to_be_named(triples: Iterable[ox.Triple]) -> set[str]:
    """The things in ``triples`` that a page shows by name, and those that own them."""
    named = {t.value for triple in triples for t in triple if isinstance(t, ox.NamedNode)}
    # The node `…/contract/26362-3/engagement/01` is shown under the name of the contract.
    return named | {v.rsplit("/", n)[0] for v in named for n in (1, 2, 3, 4) if v.count("/") > n + 2}


def _labels(store: ox.Store, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    labels = (
        quad.triple
        for value in sorted(to_be_named(triples))
        for label in LABELS
        for quad in store.quads_for_pattern(ox.NamedNode(value), ox.NamedNode(label), None, None)
    )
    return list(dict.fromkeys(labels))
