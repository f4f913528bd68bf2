"""Literals that the ontology or their own datatype forbids.

Two of the cases are SHACL made from axioms: a value that is not of the datatype of ``rdfs:range``, and
several values of a functional datatype property. What the shapes of the corpus ask for is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.namespace import SH

from cls_graph.checking.pyshacl_engine import to_rdflib
from cls_graph.namespaces import OWL, RDF, RDFS, XSD
from cls_graph.namespaces import SH as SHACL
from cls_graph.rdf import RDF_TYPE, AnyTerm, iri, typed

_MAKER = "urn:x-cls-graph:shape:"
# Some engines take `20x5` for a year.
_LEXICAL = {
    XSD + "gYear": re.compile(r"-?\d{4,}(Z|[+-]\d\d:\d\d)?"),
    XSD + "gYearMonth": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?"),
    XSD + "gMonthDay": re.compile(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?"),
}


@dataclass(frozen=True)
class Fault:
    """A literal that is wrong: the code of the rule, the thing, the property and datatype, the value."""

    code: str
    thing: AnyTerm
    terms: tuple[NamedNode, ...]
    value: Literal | None = None


def ill_typed(quads: Iterable[Quad]) -> list[Fault]:
    """Literals whose text is no value of their datatype (OWL 2 RL: dt-not-type)."""
    known: dict[Literal, bool] = {}
    found = set()
    for q in quads:
        if isinstance(q.object, Literal) and not q.object.language:
            if q.object not in known:
                known[q.object] = _wrong(q.object)
            if known[q.object]:
                found.add(Fault("owl-ill-typed", q.subject, (q.predicate, q.object.datatype), q.object))
    return sorted(found, key=str)


def _wrong(literal: Literal) -> bool:
    pattern = _LEXICAL.get(literal.datatype.value)
    if pattern is not None:
        return pattern.fullmatch(literal.value) is None
    return _refused(literal)


def _refused(literal: Literal) -> bool:
    """Whether rdflib, and with it pyshacl, takes the text for no value of the datatype."""
    datatype = rdflib.URIRef(literal.datatype.value)
    return bool(rdflib.Literal(literal.value, datatype=datatype).ill_typed)


def literal_shapes(ontology: Sequence[Triple]) -> list[Triple]:
    """The shapes that the axioms about literals amount to: ``sh:datatype`` and ``sh:maxCount``."""
    datatypes = {t.subject for t in ontology if t.object == iri(RDFS + "Datatype")}
    of_literals = {t.subject for t in ontology if t.object == iri(OWL + "DatatypeProperty")}
    shapes: list[Triple] = []
    for t in sorted(set(ontology), key=str):
        if not isinstance(t.subject, NamedNode):
            continue
        if t.predicate.value == RDFS + "range" and isinstance(t.object, NamedNode):
            own = t.object.value.startswith(XSD) or t.object.value == RDF + "langString"
            if own or t.object in datatypes:
                shapes += _shape(t.subject, "datatype", t.object)
        elif t.object == iri(OWL + "FunctionalProperty") and t.subject in of_literals:
            shapes += _shape(t.subject, "maxCount", typed("1", "integer"))
    return shapes


def _shape(prop: NamedNode, kind: str, value: NamedNode | Literal) -> list[Triple]:
    shape, inner = iri(f"{_MAKER}{kind}:{prop.value}"), iri(f"{_MAKER}{kind}-of:{prop.value}")
    return [
        Triple(shape, RDF_TYPE, iri(SHACL + "NodeShape")),
        Triple(shape, iri(SHACL + "targetSubjectsOf"), prop),
        Triple(shape, iri(SHACL + "property"), inner),
        Triple(inner, iri(SHACL + "path"), prop),
        Triple(inner, iri(SHACL + kind), value),
    ]


def literal_faults(
    quads: Sequence[Quad], ontology: Sequence[Triple], shapes: Sequence[Triple] = ()
) -> list[Fault]:
    """Values outside the range of their property, and second values of functional ones.

    What property shapes among ``shapes`` ask for already is not looked for again.
    """
    asked = _asked(shapes)
    made = literal_shapes(ontology)
    by_shape: dict[AnyTerm, list[Triple]] = {}
    for t in made:
        by_shape.setdefault(t.subject, []).append(t)
    wanted: list[Triple] = []
    for t in made:
        if t.predicate.value == SHACL + "property":
            inner = by_shape[t.object]
            constraint = (inner[0].object, inner[1].predicate, inner[1].object)
            if constraint not in asked:
                wanted += [*by_shape[t.subject], *inner]
    return _validated(quads, wanted) if wanted else []


def _asked(shapes: Sequence[Triple]) -> set[tuple[AnyTerm, NamedNode, AnyTerm]]:
    """Property, constraint and value of each property shape."""
    paths = {t.subject: t.object for t in shapes if t.predicate.value == SHACL + "path"}
    kinds = (SHACL + "datatype", SHACL + "maxCount")
    return {
        (paths[t.subject], t.predicate, t.object)
        for t in shapes
        if t.subject in paths
        and not isinstance(t.subject, BlankNode | Literal)
        and t.predicate.value in kinds
    }


def _suspects(quads: Iterable[Quad], shapes: Sequence[Triple]) -> list[Quad]:
    """The statements that made shapes can find at fault, and few that they cannot.

    Reading a statement costs rdflib more than looking at it here.
    """
    asked: dict[str, dict[AnyTerm, NamedNode]] = {"path": {}, "datatype": {}, "maxCount": {}}
    for t in shapes:
        kind = t.predicate.value.removeprefix(SHACL)
        if kind in asked:
            asked[kind][t.subject] = t.object  # type: ignore[assignment]
    datatypes: dict[NamedNode, set[AnyTerm]] = {}
    for inner, datatype in asked["datatype"].items():
        datatypes.setdefault(asked["path"][inner], set()).add(datatype)
    single = {asked["path"][inner] for inner in asked["maxCount"]}
    sound: dict[AnyTerm, bool] = {}
    first: dict[tuple[AnyTerm, NamedNode], Quad] = {}
    found = []
    for q in quads:
        if q.predicate in datatypes:
            if q.object not in sound:
                sound[q.object] = isinstance(q.object, Literal) and not _refused(q.object)
            if not sound[q.object] or datatypes[q.predicate] != {getattr(q.object, "datatype", None)}:
                found.append(q)
        if q.predicate in single:
            other = first.setdefault((q.subject, q.predicate), q)
            if other.object != q.object:
                found += [other, q]
    return found


def _validated(quads: Sequence[Quad], shapes: list[Triple]) -> list[Fault]:
    suspects = _suspects(quads, shapes)
    if not suspects:
        return []
    _, report, _ = pyshacl.validate(to_rdflib(suspects), shacl_graph=to_rdflib(shapes), inplace=True)
    assert isinstance(report, rdflib.Graph)
    datatypes = {t.subject: t.object for t in shapes if t.predicate.value == SHACL + "datatype"}
    found = set()
    for result in report.objects(None, SH.result):
        prop = iri(str(report.value(result, SH.resultPath)))
        shape = iri(str(report.value(result, SH.sourceShape)))
        focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
        thing: AnyTerm = iri(str(focus)) if isinstance(focus, rdflib.URIRef) else BlankNode(str(focus))
        datatype = datatypes.get(shape)
        if isinstance(datatype, NamedNode):
            said = Literal(str(value))
            found.add(Fault("owl-range-datatype", thing, (prop, datatype), said))
        else:
            found.add(Fault("owl-functional-literal", thing, (prop,)))
    return sorted(found, key=str)
