"""Classes and properties that nothing can belong to, found with made-up individuals.

An individual of each class, and a pair of them for each property, are closed under the rules with the
ontology alone: if that contradicts itself, so would every use of the term. This finds what OWL 2 RL can
find; an ontology that only a reasoner of full OWL could refute passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.checking.falsehoods import Contradiction, search
from cls_graph.entailment import Rule
from cls_graph.entailment.executor import run
from cls_graph.namespaces import DEFAULT_BASE, OWL, RDFS
from cls_graph.rdf import RDF_TYPE, iri
from cls_graph.store.workbench import Workbench

_MADE_UP = "urn:x-cls-graph:prototype:"
_CLASSES = {OWL + "Class", RDFS + "Class"}
_PROPERTIES = {
    OWL + name for name in ("ObjectProperty", "SymmetricProperty", "TransitiveProperty", "AsymmetricProperty")
}


def impossible(
    ontology: Sequence[Triple], rules: Sequence[Rule], base: str = DEFAULT_BASE
) -> list[Contradiction]:
    """The terms that nothing can belong to, as ``owl-empty-class`` and ``owl-empty-property``.

    The first of the terms of each is the one at fault, the others those of an axiom that it breaks.
    """
    made = prototypes(ontology)
    bench = Workbench({*ontology, *made.values()})
    run(bench, rules, base)
    of = {getattr(node, "value", ""): term for term, t in made.items() for node in (t.subject, t.object)}
    found: dict[str, Contradiction] = {}
    for c in search(bench):
        name = getattr(c.thing, "value", "")
        if name.startswith(_MADE_UP) and c.code != "owl-functional-twice":
            term = of[name]
            code = "owl-empty-class" if made[term].predicate == RDF_TYPE else "owl-empty-property"
            found.setdefault(term, Contradiction(code, iri(term), (iri(term), *c.terms), ()))
    return [found[term] for term in sorted(found)]


def prototypes(ontology: Iterable[Triple]) -> dict[str, Triple]:
    """One made-up fact for each class and each property, by the IRI of the term."""
    classes: set[NamedNode] = set()
    properties: set[NamedNode] = set()
    literal = set()
    for t in ontology:
        kind = getattr(t.object, "value", "") if t.predicate == RDF_TYPE else t.predicate.value
        if not isinstance(t.subject, NamedNode):
            continue
        if kind in _CLASSES or kind == OWL + "disjointWith":
            classes.add(t.subject)
        elif kind == RDFS + "subClassOf":
            classes |= {term for term in (t.subject, t.object) if isinstance(term, NamedNode)}
        elif kind in _PROPERTIES or kind in (RDFS + "domain", RDFS + "range"):
            properties.add(t.subject)
        elif kind == OWL + "DatatypeProperty":
            literal.add(t.subject)
    made = {}
    for number, term in enumerate(sorted(classes - {iri(OWL + "Nothing")}, key=str)):
        made[term.value] = Triple(iri(f"{_MADE_UP}class:{number}"), RDF_TYPE, term)
    for number, term in enumerate(sorted(properties, key=str)):
        end = Literal("") if term in literal else iri(f"{_MADE_UP}object:{number}")
        made[term.value] = Triple(iri(f"{_MADE_UP}subject:{number}"), term, end)
    return made
