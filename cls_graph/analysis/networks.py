"""The network of co-signature as a graph of networkx, which draws itself in a notebook."""

from __future__ import annotations

from typing import Any

from cls_graph.analysis.extras import need
from cls_graph.analysis.speaking import told, whole_number
from cls_graph.pictures.network import LIMIT, Link, Node, network
from cls_graph.pictures.svg import Picture

networkx = need("networkx")

_TITLE = {"fr": "Réseau de cosignature", "en": "Network of co-signature"}


class Network(networkx.Graph):  # type: ignore[misc, name-defined]
    """Organisations, tied where they sign a contract together.

    A node is an IRI, with ``label``, ``kind`` and ``contracts`` (how many it signs). ``weight`` of an edge
    is the number of contracts that both sign. ``graph["lang"]`` is the language of the picture.
    """

    @property
    def lang(self) -> str:
        """The language of its picture."""
        return str(self.graph.get("lang", "fr"))

    @told
    def picture(self, *, limit: int = LIMIT, focus: str = "", width: int = 720) -> Picture:
        """The ``limit`` most linked; ``focus`` is the IRI of the one that it is about."""
        lang = self.lang
        limit, width = whole_number("limit", limit, 1), whole_number("width", width, 1)
        nodes = [Node(iri, said["label"], said["kind"] or "", iri) for iri, said in self.nodes(data=True)]
        most = max([1, *(weight for _, _, weight in self.edges(data="weight"))])
        scale = 8 / most if most > 8 else 1.0
        links = [Link(one, other, weight * scale) for one, other, weight in self.edges(data="weight")]
        return network(nodes, links, title=_TITLE[lang], focus=focus, limit=limit, width=width, lang=lang)

    def __repr__(self) -> str:
        return f"<cls_graph network: {self.number_of_nodes()} nodes, {self.number_of_edges()} links>"

    def _repr_svg_(self) -> str:
        return self.picture().svg

    def to_igraph(self) -> Any:
        """The same as an ``igraph.Graph``, for large ones; the IRI is the ``name`` of a vertex.

        Raises ``UsageError`` where igraph is not installed.
        """
        places = {iri: place for place, iri in enumerate(self.nodes)}
        made = need("igraph").Graph(
            n=len(places), edges=[(places[one], places[other]) for one, other in self.edges]
        )
        made.vs["name"] = list(self.nodes)
        for key in ("label", "kind", "contracts"):
            made.vs[key] = [said[key] for _, said in self.nodes(data=True)]
        made.es["weight"] = [weight for _, _, weight in self.edges(data="weight")]
        return made
