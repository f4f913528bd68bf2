"""The slugs that records and queries name: each of them is there, and no other."""

from __future__ import annotations

import pytest
from rdflib import RDF, SKOS, Graph

BINDING = {
    "party-role": """signatory lead-signatory associated-signatory carrier co-pilot funder coordinator
        implementing-actor mobilised-partner""",
    "organisation-kind": """ars commune epci petr departement region collectivite-outre-mer etat prefecture
        sous-prefecture ddets education-nationale cpam cgss caf carsat msa ccas cias hopital-public chu
        etablissement-sante-mentale hopital-prive cpts urps ordre-professionnel mutuelle bailleur-social
        autorite-mobilite service-eau reseau-association autre delegation-ars""",
    "axis-type": "transversal strategic thematic unspecified",
    "milestone-type": """decision impulse recruitment diagnosis consultation deliberation proposal signature
        launch adoption amendment evaluation end""",
    "contract-status": "envisaged proposed authorised signed launched in-force extended ended mentioned",
    "assertion-status": "stated resolved-by-context inferred computed external unresolved",
    "counted-item": """signatory new-partner other-actor axis transversal-axis strategic-axis thematic-axis
        action-sheet contract""",
    "document-type": """press-release political-group-article institutional-page press-article contract-text
        deliberation dataset""",
    "target-population": """everyone residents children-and-youth older-people disabled-people
        people-in-precarity patients home-dependent-people carers parents health-professionals""",
    "approach": """inform prevent coordinate care support plan-environment outreach train observe involve""",
    "reliability": "official-release institutional political-group press contract-text",
    "framework-relation": "implements coordinated-with",
    "review-state": "drafted reviewed published",
    "determinant": """cadre-de-vie urbanisme-favorable-sante nature-en-ville ilots-de-fraicheur logement
        mobilites
        sante-environnement qualite-de-l-air perturbateurs-endocriniens changement-climatique
        adaptation-climatique risques-environnementaux eau bruit environnement-social vivre-ensemble
        participation violences-intrafamiliales harcelement-scolaire parentalite conditions-socio-economiques
        precarite acces-aux-droits education emploi modes-de-vie alimentation-durable education-a-la-sante
        activite-physique addictions sante-mentale-ages-de-vie sante-mentale bien-vieillir
        bien-etre-des-jeunes systeme-de-sante prevention-promotion acces-aux-soins offre-de-soins
        desertification-medicale telemedecine parcours-de-soins""",
}


def test_the_code_lists_are_these(schemes: dict[str, Graph]) -> None:
    assert set(schemes) == set(BINDING)


@pytest.mark.parametrize("slug", BINDING)
def test_binding_slugs(slug: str, schemes: dict[str, Graph]) -> None:
    base = f"https://w3id.org/cls-sante/vocab/{slug}/"
    found = {str(c).removeprefix(base) for c in schemes[slug].subjects(RDF.type, SKOS.Concept)}
    gone, new = set(BINDING[slug].split()) - found, found - set(BINDING[slug].split())
    assert not gone, f"a code that was published stays, deprecated: {gone}"
    assert not new, f"new codes stay for good: if that is meant, add them to BINDING here: {new}"
