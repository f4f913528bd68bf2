"""What a release states of each node, for those who write it down in another form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.namespaces import RDF
from cls_graph.rdf import Term
from cls_graph.records.iris import Iris

_TYPE = RDF + "type"
_LEFT_OUT = ("ontology", "vocab", "shapes", "rules", "catalogue", "shortcuts")


@dataclass
class Nodes:
    """The statements of a release by node and property: those of the data, and apart those of the terms.

    ``graphs`` are the triples of each graph of data, ``codes`` the statements of code lists and ontology.
    """

    iris: Iris
    graphs: dict[str, list[Triple]] = field(default_factory=dict)
    codes: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    _stated: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    _classes: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[Quad], iris: Iris) -> Nodes:
        """The nodes of sorted ``quads``; what is computed, inferred or describes the data is left out."""
        found = cls(iris)
        words, inferred = {iris.graph("vocab"), iris.graph("ontology")}, iris.graph("inferred/")
        others = {iris.graph(name) for name in _LEFT_OUT}
        classes: dict[str, set[str]] = defaultdict(set)
        for q in quads:
            graph, subject = getattr(q.graph_name, "value", ""), getattr(q.subject, "value", "")
            if graph in words:
                _note(found.codes, subject, q)
            if graph in others or graph.startswith(inferred):
                continue
            found.graphs.setdefault(graph, []).append(q.triple)
            _note(found._stated, subject, q)
            if q.predicate.value == _TYPE and isinstance(q.object, NamedNode):
                classes[q.object.value].add(subject)
        found._classes = {name: sorted(nodes) for name, nodes in classes.items()}
        return found

    def of_class(self, iri: str) -> list[str]:
        """The nodes of a class, sorted."""
        return self._classes.get(iri, [])

    def all(self, node: str, prop: str) -> list[Term]:
        """The values of a property, in the order of the release, each once."""
        return list(dict.fromkeys(self._stated.get(node, {}).get(prop, ())))

    def texts(self, node: str, prop: str) -> list[str]:
        """The values as text: the IRI of a thing, the lexical form of a literal."""
        return [term.value for term in self.all(node, prop)]

    def text(self, node: str, prop: str) -> str:
        """The first value, or nothing."""
        found = self._stated.get(node, {}).get(prop)
        return found[0].value if found else ""

    def word(self, concept: str, prop: str, lang: str) -> str:
        """What the code lists say of a concept in a language, or nothing."""
        for term in self.codes.get(concept, {}).get(prop, ()):
            if isinstance(term, Literal) and term.language == lang:
                return term.value
        return ""

    def key(self, iri: str) -> str:
        """How the tables name a thing: a contract and its parts by key, other things with their kind.

        >>> Nodes(Iris()).key("https://w3id.org/cls-sante/id/contract/26362-3/engagement/01")
        '26362-3/engagement/01'
        """
        kind, _, key = iri.removeprefix(f"{self.iris.base}id/").partition("/")
        return key if kind == "contract" else f"{kind}/{key}"

    def owner(self, iri: str) -> str:
        """The contract that a node is part of, or nothing."""
        start = self.iris.thing("contract", "")
        if not iri.startswith(start):
            return ""
        return start + iri[len(start) :].partition("/")[0]


def _note(where: dict[str, dict[str, list[Term]]], subject: str, quad: Quad) -> None:
    if not isinstance(quad.object, Triple):
        where.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
