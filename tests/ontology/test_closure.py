"""Closed under OWL 2 RL, the ontology stays consistent and makes nothing of a contract that it is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef

pytestmark = pytest.mark.slow

CLS = Namespace("https://w3id.org/cls-sante/ontology#")
EX = Namespace("https://example.org/")
CV = Namespace("http://data.europa.eu/m8g/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
FOAF_AGENT = URIRef("http://xmlns.com/foaf/0.1/Agent")

# The axioms of PROV-O and ORG that bear on the terms we build on.
NEIGHBOURS = """
prov:Plan rdfs:subClassOf prov:Entity . prov:Entity owl:disjointWith prov:Activity .
prov:Attribution rdfs:subClassOf prov:Influence .
prov:qualifiedAttribution rdfs:domain prov:Entity ; rdfs:range prov:Attribution .
prov:agent rdfs:range prov:Agent . prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent .
prov:wasAssociatedWith rdfs:domain prov:Activity ; rdfs:range prov:Agent .
org:Organization rdfs:subClassOf <http://xmlns.com/foaf/0.1/Agent> .
org:FormalOrganization rdfs:subClassOf org:Organization .
"""

SAMPLE = """
ex:c a cls:LocalHealthContract , prov:Plan ; cls:hasEngagement ex:e ; cls:hasMilestone ex:m ; cls:ordinal 3 ;
    cls:hasProgrammeElement ex:x ; cls:hasFunding ex:f ; cls:hasStatedCount ex:n ; cls:territory ex:t ;
    cls:hasFrameworkReference ex:r ; cls:succeeds ex:older ; cls:hasEvidence ex:v ; cls:signatory ex:o ;
    cls:hasStatement ex:s .
ex:e cls:party ex:o ; cls:nameAsStated "la CPAM" ; cls:listPosition 8 ; cls:hasEvidence ex:v .
ex:o a org:FormalOrganization ; cls:siren "212603625" .
ex:x a cls:Axis . ex:y cls:isSubElementOf ex:x .
ex:m cls:statedDate "--04-02"^^xsd:gMonthDay ; prov:wasAssociatedWith ex:o .
ex:r cls:referencedFramework ex:p ; cls:nameAsStated "PRS" .
ex:p a cls:RegionalHealthProject ; cls:adoptedBy ex:o .
"""


def close(graph: Graph) -> list[str]:
    """Close ``graph`` in place and return the inconsistencies that were met."""
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    semantics.closure()
    return list(semantics.error_messages)


def logical(graph: Graph) -> Graph:
    """The graph without texts and notes in natural language, which no rule reads."""
    kept = Graph()
    for s, p, o in graph:
        if p != RDFS.isDefinedBy and not (isinstance(o, Literal) and o.language):
            kept.add((s, p, o))
    return kept


@pytest.fixture(scope="module")
def closed(terms: Graph, turtle: Callable[[str], Graph]) -> Graph:
    """The ontology, the neighbours it builds on and a small contract, closed."""
    graph = logical(terms) + turtle(NEIGHBOURS) + turtle(SAMPLE)
    assert close(graph) == []
    return graph


def kinds(graph: Graph, thing: str) -> set[URIRef]:
    """The named classes of a thing of the sample, without the top class."""
    found = {t for t in graph.objects(EX[thing], RDF.type) if isinstance(t, URIRef)}
    return found - {OWL.Thing, RDFS.Resource}


def test_ontology_and_code_lists_are_consistent(terms: Graph, vocab: Graph) -> None:
    graph = logical(terms) + logical(vocab)
    before = len(graph)
    assert close(graph) == []
    assert len(graph) > before


def test_a_contract_stays_a_plan_and_becomes_no_organisation(closed: Graph) -> None:
    assert kinds(closed, "c") == {CLS.LocalHealthContract, PROV.Plan, PROV.Entity}
    assert kinds(closed, "older") == {CLS.LocalHealthContract, PROV.Plan, PROV.Entity}


def test_an_engagement_is_a_participation_and_an_attribution(closed: Graph) -> None:
    assert kinds(closed, "e") == {CLS.Engagement, CV.Participation, PROV.Attribution, PROV.Influence}


def test_the_parts_get_their_own_kinds_and_no_other(closed: Graph) -> None:
    assert kinds(closed, "o") == {ORG.FormalOrganization, ORG.Organization, FOAF_AGENT, PROV.Agent}
    assert kinds(closed, "m") == {CLS.Milestone, PROV.Activity}
    assert kinds(closed, "x") == {CLS.Axis, CLS.ProgrammeElement, PROV.Plan, PROV.Entity}
    assert kinds(closed, "y") == {CLS.ProgrammeElement, PROV.Plan, PROV.Entity}
    assert kinds(closed, "r") == {CLS.FrameworkReference, PROV.Influence}
    assert kinds(closed, "p") == {CLS.RegionalHealthProject, CLS.PolicyFramework, CV.ReferenceFramework}
    assert kinds(closed, "t") == set()


def test_inverses_and_general_properties_follow(closed: Graph) -> None:
    assert (EX.e, CLS.isEngagementIn, EX.c) in closed
    assert (EX.older, CLS.isSucceededBy, EX.c) in closed
    assert (EX.c, PROV.qualifiedAttribution, EX.e) in closed
    assert (EX.o, URIRef("http://purl.org/dc/terms/identifier"), Literal("212603625")) in closed


@pytest.mark.parametrize(
    "absurd",
    [
        "ex:c a org:Organization .",
        "ex:x a cls:Measure .",
        "ex:m a cls:LocalHealthContract .",
        "ex:e cls:hasMilestone ex:m .",
        "ex:o cls:party ex:c .",
    ],
)
def test_an_absurd_statement_is_found_inconsistent(
    absurd: str, terms: Graph, turtle: Callable[[str], Graph]
) -> None:
    assert close(logical(terms) + turtle(NEIGHBOURS) + turtle(SAMPLE) + turtle(absurd)) != []
