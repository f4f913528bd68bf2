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

KINDS = 4
"""Kinds of bodies that a picture tells apart, besides all others together."""

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
    nodes = [_body(iri, index, lang, link) for iri in bodies]
    if mode == "organisations":
        shared: Counter[tuple[str, str]] = Counter()
        for contract in chosen:
            shared.update(combinations(sorted(contract.organisations), 2))
        return nodes, [Link(one, other, n) for (one, other), n in sorted(shared.items())]
    nodes = [
        Node(c.iri, index.name(c.iri, lang), kind, link(c.iri), brief(c, index, lang)) for c in chosen
    ] + nodes
    return nodes, [Link(c.iri, body) for c in chosen for body in sorted(c.organisations)]


def _body(iri: str, index: Index, lang: str, link: Callable[[str], str]) -> Node:
    body = index.organisations.get(iri)
    kind = index.name(body.kind, lang) if body and body.kind else ""
    return Node(iri, index.name(iri, lang), kind, link(iri))


def grouped(nodes: Iterable[Node], contract: str, other: str) -> list[Node]:
    """The nodes in as few kinds as shapes tell apart: contracts, the most frequent kinds, all others."""
    found = list(nodes)
    count = Counter(node.kind for node in found if node.kind != contract)
    often = sorted(count, key=lambda kind: (-count[kind], kind))
    kept = {contract, *(often if len(often) <= KINDS + 1 else often[:KINDS])}
    return [node if node.kind in kept else replace(node, kind=other) for node in found]


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
