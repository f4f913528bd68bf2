"""Contracts and bodies as a network: who is in what, or who is with whom and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations

from cls_graph.pictures import Link, Node
from cls_graph.pictures.svg import tag, words
from cls_graph_api.pages.lists import brief
from cls_graph_api.pages.model import Contract, Index

MODES = ("contracts", "organisations")
"""Contracts with their bodies; or bodies alone, linked by the contracts that they share."""

CONTRACT, OTHER = 0, 5
"""The places of the shapes and colours of contracts, and of bodies of no family."""

_FAMILIES = (
    (1, "etat prefecture sous-prefecture ddets education-nationale ars delegation-ars"),
    (
        2,
        "commune epci petr departement region collectivite-outre-mer ccas cias autorite-mobilite service-eau",
    ),
    (3, "cpam cgss caf carsat msa mutuelle"),
    (4, "hopital-public chu etablissement-sante-mentale hopital-prive cpts urps ordre-professionnel"),
)
"""Kinds of bodies that have a shape and a colour together: shapes tell no more than six apart."""
_PLACES = {kind: place for place, kinds in _FAMILIES for kind in kinds.split()}

Web = tuple[list[Node], list[Link]]


def centre_of(contracts: Iterable[Contract], index: Index) -> str:
    """The body that is in most of the contracts; nothing where none is in any."""
    count = Counter(body for contract in contracts for body in contract.organisations)
    return min(count, key=lambda iri: (-count[iri], iri), default="")


def web(
    contracts: Iterable[Contract],
    mode: str,
    index: Index,
    lang: str,
    kind: str,
    link: Callable[[str], str],
) -> Web:
    """The nodes and links of some contracts. ``kind`` is the word for a contract."""
    chosen = list(contracts)
    bodies = sorted({body for contract in chosen for body in contract.organisations})
    nodes = [node_of(iri, index, lang, kind, link) for iri in bodies]
    if mode == "organisations":
        shared: Counter[tuple[str, str]] = Counter()
        for contract in chosen:
            shared.update(combinations(sorted(contract.organisations), 2))
        return nodes, [Link(one, other, n) for (one, other), n in sorted(shared.items())]
    nodes = [node_of(c.iri, index, lang, kind, link) for c in chosen] + nodes
    return nodes, [Link(c.iri, body) for c in chosen for body in sorted(c.organisations)]


def node_of(iri: str, index: Index, lang: str, kind: str, link: Callable[[str], str]) -> Node:
    """The node of a contract, of which ``kind`` is the word, or of a body."""
    name = index.name(iri, lang)
    if iri in index.contracts:
        return Node(iri, name, kind, link(iri), brief(index.contracts[iri], index, lang), CONTRACT)
    body = index.organisations.get(iri)
    said = index.name(body.kind, lang) if body and body.kind else ""
    place = _PLACES.get(body.kind.rpartition("/")[2], OTHER) if body else OTHER
    return Node(iri, name, said, link(iri), place=place)


def grouped(nodes: Iterable[Node], t: Callable[[str], str]) -> list[Node]:
    """The nodes in as few kinds as shapes tell apart: contracts, and families of bodies."""
    return [replace(node, kind=t(f"family_{node.place}")) for node in nodes]


def graphml(nodes: Iterable[Node], links: Iterable[Link]) -> str:
    """The network as GraphML, which Gephi, Cytoscape, yEd, igraph and networkx read."""

    def key(name: str, of: str, kind: str) -> str:
        return tag("key", **{"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind})

    def data(name: str, of: str, value: object) -> str:
        return tag("data", words(str(value)), key=f"{of}-{name}")

    inside = [
        tag("node", data("label", "node", n.label), data("kind", "node", n.kind), id=n.id) for n in nodes
    ]
    inside += [
        tag("edge", data("weight", "edge", f"{one.weight:g}"), source=one.source, target=one.target)
        for one in links
    ]
    keys = [key("label", "node", "string"), key("kind", "node", "string"), key("weight", "edge", "double")]
    graph = tag("graph", "\n", *(row + "\n" for row in inside), edgedefault="undirected")
    body = tag("graphml", *keys, graph, xmlns="http://graphml.graphdrawing.org/xmlns")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
