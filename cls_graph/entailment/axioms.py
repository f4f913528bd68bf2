"""The axioms of an ontology, each either turned into rules, or checked, or refused by name.

Turned into rules (OWL 2 Profiles, section 4.3): ``rdfs:subClassOf``, ``rdfs:subPropertyOf``,
``owl:equivalentClass``, ``owl:equivalentProperty``, ``rdfs:domain``, ``rdfs:range``, ``owl:inverseOf``,
``owl:SymmetricProperty``, ``owl:TransitiveProperty`` and ``owl:propertyChainAxiom``, all between named
terms. What only makes statements contradict each other gives no rule: ``checking.consistency`` looks
for it. Every other construct raises ``CorpusError``: an axiom is never passed over in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from cls_graph.errors import CorpusError
from cls_graph.namespaces import OWL, RDF, RDFS, XSD, short
from cls_graph.rdf import RDF_TYPE, AnyTerm

RULE_PROPERTIES = {
    RDFS + "subClassOf": "subclass",
    RDFS + "subPropertyOf": "subproperty",
    OWL + "equivalentClass": "subclass",
    OWL + "equivalentProperty": "subproperty",
    RDFS + "domain": "domain",
    RDFS + "range": "range",
    OWL + "inverseOf": "inverse",
    OWL + "propertyChainAxiom": "chain",
}
RULE_CLASSES = {OWL + "SymmetricProperty": "symmetric", OWL + "TransitiveProperty": "transitive"}
CHECKED = {
    OWL + name
    for name in (
        "disjointWith complementOf propertyDisjointWith differentFrom sameAs members distinctMembers "
        "onProperty maxCardinality sourceIndividual assertionProperty targetIndividual targetValue "
        "AllDisjointClasses AllDisjointProperties AllDifferent NegativePropertyAssertion Restriction "
        "IrreflexiveProperty AsymmetricProperty FunctionalProperty InverseFunctionalProperty Nothing"
    ).split()
}
DECLARED = {
    *(
        OWL + name
        for name in (
            "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty NamedIndividual Thing "
            "versionIRI versionInfo priorVersion backwardCompatibleWith incompatibleWith deprecated"
        ).split()
    ),
    *(RDFS + name for name in "Class Datatype label comment seeAlso isDefinedBy".split()),
    *(RDF + name for name in "Property List first rest nil type".split()),
}
_TRIVIAL = {OWL + "Thing", RDFS + "Resource"}
_BOTH_WAYS = {OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "inverseOf"}


@dataclass(frozen=True, order=True)
class Axiom:
    """One axiom: its kind (see ``RULE_PROPERTIES``) and the IRIs of its terms, in order."""

    kind: str
    terms: tuple[str, ...]


class Axioms:
    """The axioms of a graph. Raises ``CorpusError`` on creation where one is not covered."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: dict[AnyTerm, list[Triple]] = defaultdict(list)
        self._triples = sorted(set(triples), key=str)
        for t in self._triples:
            self._about[t.subject].append(t)
        found: set[Axiom] = set()
        for t in self._triples:
            found.update(self._read(t))
        self.rules: tuple[Axiom, ...] = tuple(sorted(found))
        """Those that give rules, sorted, each once."""

    def _read(self, t: Triple) -> list[Axiom]:
        predicate, value = t.predicate.value, t.object
        if t.predicate == RDF_TYPE:
            return self._of_class(t, getattr(value, "value", ""))
        if predicate in RULE_PROPERTIES:
            return self._of_property(t)
        if predicate == OWL + "maxCardinality" and getattr(value, "value", "") != "0":
            raise _not_covered(t)
        if predicate.startswith((OWL, RDFS, RDF)) and predicate not in CHECKED | DECLARED:
            raise _not_covered(t)
        return []

    def _of_class(self, t: Triple, name: str) -> list[Axiom]:
        if name in RULE_CLASSES and isinstance(t.subject, NamedNode):
            return [Axiom(RULE_CLASSES[name], (t.subject.value,))]
        known = name in CHECKED or name in DECLARED
        if name in RULE_CLASSES or (name.startswith((OWL, RDFS)) and not known):
            raise _not_covered(t)
        return []

    def _of_property(self, t: Triple) -> list[Axiom]:
        predicate, kind = t.predicate.value, RULE_PROPERTIES[t.predicate.value]
        if not isinstance(t.subject, NamedNode):
            raise _not_covered(t)
        subject = t.subject.value
        if kind == "chain":
            return [Axiom(kind, (*self._list(t), subject))]
        if isinstance(t.object, BlankNode) and kind == "subclass" and self._only_forbids(t.object):
            return []
        if not isinstance(t.object, NamedNode):
            raise _not_covered(t)
        value = t.object.value
        if value in _TRIVIAL or (value == subject and kind != "inverse"):
            # Everything is a thing, and of its own kind: nothing follows.
            return []
        if kind == "range" and self._datatype(t.object):
            return []
        axioms = [Axiom(kind, (subject, value))]
        return [*axioms, Axiom(kind, (value, subject))] if predicate in _BOTH_WAYS else axioms

    def _list(self, t: Triple) -> list[str]:
        """The properties of a chain."""
        members: list[str] = []
        node: AnyTerm = t.object
        while node != NamedNode(RDF + "nil"):
            parts = {s.predicate.value: s.object for s in self._about.get(node, ())}
            first, rest = parts.get(RDF + "first"), parts.get(RDF + "rest")
            if not isinstance(first, NamedNode) or rest is None or len(members) > len(self._triples):
                raise _not_covered(t)
            members.append(first.value)
            node = rest
        if not members:
            raise _not_covered(t)
        return members

    def _only_forbids(self, node: BlankNode) -> bool:
        """Whether an anonymous class says no more than what its instances cannot be or have."""
        said = {s.predicate.value for s in self._about[node] if s.predicate != RDF_TYPE}
        return said in ({OWL + "onProperty", OWL + "maxCardinality"}, {OWL + "complementOf"})

    def _datatype(self, node: NamedNode) -> bool:
        """Whether a range is one of literals, from which nothing follows about things."""
        if node.value.startswith(XSD) or node.value in (RDF + "langString", RDFS + "Literal"):
            return True
        return any(s.object == NamedNode(RDFS + "Datatype") for s in self._about[node])


def _not_covered(t: Triple) -> CorpusError:
    shown = " ".join(_shown(term) for term in (t.subject, t.predicate, t.object))
    return CorpusError(
        f"Cet axiome de l'ontologie ne donne aucune règle et n'est pas contrôlé : {shown}. "
        "Retirez-le, ou exprimez-le autrement (voir docs/entailment.md).",
        f"This axiom of the ontology gives no rule and is not checked: {shown}. "
        "Take it out, or say it otherwise (see docs/entailment.md).",
    )


def _shown(term: AnyTerm) -> str:
    return (short(term.value) or str(term)) if isinstance(term, NamedNode) else str(term)
