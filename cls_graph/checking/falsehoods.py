"""The "false" rules of OWL 2 RL as queries: each gives the facts that cannot all hold.

OWL 2 Profiles, section 4.3, tables 4 to 7: eq-diff1 to 3, prp-irp, prp-asyp, prp-pdw, prp-adp, prp-npa1,
prp-npa2, cls-nothing2, cls-com, cls-maxc1, cax-dw, cax-adc; prp-fp and prp-ifp where their values are said
to be different. The queries run over one graph that holds data, axioms and all that follows.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.namespaces import OWL, RDF, RDFS, XSD
from cls_graph.rdf import AnyTerm, iri
from cls_graph.store.workbench import Workbench

_PROLOGUE = f"PREFIX owl: <{OWL}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> PREFIX xsd: <{XSD}> "


def _pairs(link: str, group: str) -> str:
    """Two terms that exclude each other: said of the two, or of a list that both are in."""
    return (
        f"{{ ?a {link} ?b }} UNION {{ ?list a {group} ; owl:members/rdf:rest*/rdf:first ?a , ?b "
        "FILTER (STR(?a) < STR(?b)) }"
    )


_DIFFERENT = """{ ?y owl:differentFrom ?z } UNION { ?z owl:differentFrom ?y } UNION {
  ?list a owl:AllDifferent ; (owl:members|owl:distinctMembers)/rdf:rest*/rdf:first ?y , ?z
  FILTER (?y != ?z) }"""


@dataclass(frozen=True)
class Falsehood:
    """One rule: its code in the table of rules, its query, and the facts that a row stands for.

    A row binds ``?x``, the thing at fault, ``?a`` and ``?b`` (the terms of the axiom) and the variables of
    ``facts``, each a subject, predicate and object.
    """

    code: str
    where: str
    facts: tuple[tuple[str, str, str], ...]

    @property
    def query(self) -> str:
        """The whole query."""
        return f"{_PROLOGUE}SELECT DISTINCT * WHERE {{ {self.where} }}"


_TYPE = RDF + "type"
FALSEHOODS = (
    Falsehood(
        "owl-disjoint-classes",
        _pairs("owl:disjointWith", "owl:AllDisjointClasses") + " ?x a ?a , ?b .",
        (("x", _TYPE, "a"), ("x", _TYPE, "b")),
    ),
    Falsehood("owl-nothing", "?x a owl:Nothing BIND (owl:Nothing AS ?a)", (("x", _TYPE, "a"),)),
    Falsehood(
        "owl-complement",
        "?a (rdfs:subClassOf|owl:equivalentClass)?/owl:complementOf ?b . ?x a ?a , ?b . FILTER isIRI(?a)",
        (("x", _TYPE, "a"), ("x", _TYPE, "b")),
    ),
    Falsehood("owl-irreflexive", "?a a owl:IrreflexiveProperty . ?x ?a ?x .", (("x", "a", "x"),)),
    Falsehood(
        "owl-asymmetric",
        "?a a owl:AsymmetricProperty . ?x ?a ?y . ?y ?a ?x . FILTER (STR(?x) <= STR(?y))",
        (("x", "a", "y"), ("y", "a", "x")),
    ),
    Falsehood(
        "owl-disjoint-properties",
        _pairs("owl:propertyDisjointWith", "owl:AllDisjointProperties") + " ?x ?a ?y ; ?b ?y .",
        (("x", "a", "y"), ("x", "b", "y")),
    ),
    Falsehood(
        "owl-negative",
        "?n owl:sourceIndividual ?x ; owl:assertionProperty ?a ; owl:targetIndividual|owl:targetValue ?y . "
        "?x ?a ?y .",
        (("x", "a", "y"),),
    ),
    Falsehood(
        "owl-same-different",
        f"{_DIFFERENT} BIND (?y AS ?x) "
        "FILTER (?x = ?z || EXISTS { ?x (owl:sameAs|^owl:sameAs)+ ?z }) FILTER (STR(?x) <= STR(?z))",
        (("x", OWL + "sameAs", "z"), ("z", OWL + "sameAs", "x"), ("x", OWL + "differentFrom", "z")),
    ),
    Falsehood(
        "owl-functional",
        f"?a a owl:FunctionalProperty . {_DIFFERENT} FILTER (STR(?y) < STR(?z)) ?x ?a ?y , ?z .",
        (("x", "a", "y"), ("x", "a", "z")),
    ),
    Falsehood(
        "owl-functional",
        f"?a a owl:InverseFunctionalProperty . {_DIFFERENT} FILTER (STR(?y) < STR(?z)) "
        "?y ?a ?value . ?z ?a ?value . BIND (?y AS ?x)",
        (("y", "a", "value"), ("z", "a", "value")),
    ),
    Falsehood(
        "owl-functional-twice",
        "?a a owl:FunctionalProperty . ?x ?a ?y , ?z . "
        "FILTER (!isLiteral(?y) && !isLiteral(?z) && STR(?y) < STR(?z)) "
        f"FILTER NOT EXISTS {{ {_DIFFERENT} }}",
        (("x", "a", "y"), ("x", "a", "z")),
    ),
    Falsehood(
        "owl-functional-twice",
        "?a a owl:InverseFunctionalProperty . ?y ?a ?value . ?z ?a ?value . FILTER (STR(?y) < STR(?z)) "
        f"FILTER NOT EXISTS {{ {_DIFFERENT} }} BIND (?y AS ?x)",
        (("y", "a", "value"), ("z", "a", "value")),
    ),
    Falsehood(
        "owl-max-zero",
        "?c owl:onProperty ?a ; owl:maxCardinality ?n . FILTER (STR(?n) = '0') ?x ?a ?y . "
        "?x a ?b . ?b (rdfs:subClassOf|owl:equivalentClass)* ?c . FILTER isIRI(?b)",
        (("x", "a", "y"), ("x", _TYPE, "b")),
    ),
)


@dataclass(frozen=True)
class Contradiction:
    """Facts that cannot all hold: the code of the rule, the thing at fault, the terms of the axiom."""

    code: str
    thing: AnyTerm
    terms: tuple[AnyTerm, ...]
    facts: tuple[Triple, ...]
    other: AnyTerm | None = None


def search(bench: Workbench) -> list[Contradiction]:
    """Every contradiction among what holds, each once, in order."""
    found: dict[tuple[str, frozenset[Triple]], Contradiction] = {}
    for rule in FALSEHOODS:
        for row in bench.select(rule.query):
            facts = [_fact(row, parts) for parts in rule.facts]
            terms = tuple(row[name] for name in ("a", "b") if name in row)
            other = row.get("z", row.get("y"))
            c = Contradiction(rule.code, row["x"], terms, tuple(f for f in facts if f is not None), other)
            found.setdefault((c.code, frozenset(c.facts)), c)
    return sorted(found.values(), key=lambda c: (c.code, str(c.thing), str(c.facts)))


def _fact(row: dict[str, AnyTerm], parts: tuple[str, str, str]) -> Triple | None:
    subject, predicate, value = (row.get(part, iri(part) if ":" in part else None) for part in parts)
    if subject is None or isinstance(subject, Literal) or value is None:
        return None
    return Triple(subject, predicate, value) if isinstance(predicate, NamedNode) else None
