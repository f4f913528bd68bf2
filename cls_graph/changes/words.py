"""The words of the domain: what parts of a contract and fields are called, with their gender in French."""

from __future__ import annotations

from cls_graph.kind import Kind
from cls_graph.namespaces import CLS, DCTERMS, FOAF, IGEO, ORG, RDFS, SCHEMA, SKOS

Noun = tuple[str, str, str]
"""In French, its gender (m, f), in English."""

PARTS: dict[str, Noun] = {
    "contract": ("contrat", "m", "contract"),
    "engagement": ("engagement", "m", "engagement"),
    "element": ("élément de programme", "m", "programme element"),
    "milestone": ("étape", "f", "milestone"),
    "funding": ("financement", "m", "funding"),
    "count": ("effectif annoncé", "m", "stated count"),
    "framework": ("cadre", "m", "framework"),
    "alternative-period": ("autre période", "f", "alternative period"),
    "revision": ("avenant", "m", "amendment"),
    "indicator": ("indicateur", "m", "indicator"),
    "budget": ("budget", "m", "budget"),
    "communes": ("liste des communes", "f", "list of communes"),
    "post": ("fonction", "f", "post"),
    "organisation": ("organisme", "m", "organisation"),
    "person": ("personne", "f", "person"),
    "document": ("document source", "m", "source document"),
    "territory": ("territoire", "m", "territory"),
    "term": ("terme", "m", "term"),
    "dataset": ("jeu de données", "m", "dataset"),
    "ontology": ("ontologie", "f", "ontology"),
    "vocab": ("liste de codes", "f", "code list"),
    "shapes": ("formes", "f", "shapes"),
    "rules": ("règles", "f", "rules"),
    "other": ("énoncé", "m", "statement"),
}
ELEMENTS: dict[str, Noun] = {
    "Axis": ("axe", "m", "axis"),
    "Objective": ("objectif", "m", "objective"),
    "ActionSheet": ("fiche action", "f", "action sheet"),
    "Measure": ("mesure", "f", "measure"),
}
FIELDS: dict[str, Noun] = {
    "title": ("titre", "m", "title"),
    "ordinal": ("ordinal", "m", "ordinal"),
    "territory": ("territoire", "m", "territory"),
    "status": ("statut", "m", "status"),
    "succeeds": ("contrat précédent", "m", "preceding contract"),
    "determinants": ("déterminant", "m", "determinant"),
    "populations": ("population visée", "f", "target population"),
    "approaches": ("approche", "f", "approach"),
    "open_list": ("liste ouverte", "f", "open list"),
    "period": ("période", "f", "period"),
    "period.begin": ("début de période", "m", "period begin"),
    "period.end": ("fin de période", "f", "period end"),
    "period.duration": ("durée de la période", "f", "period duration"),
    "action_plan_period": ("période du plan d'actions", "f", "action plan period"),
    "action_plan_period.begin": ("début du plan d'actions", "m", "action plan begin"),
    "action_plan_period.end": ("fin du plan d'actions", "f", "action plan end"),
    "action_plan_period.duration": ("durée du plan d'actions", "f", "action plan duration"),
    "party": ("organisme", "m", "party"),
    "kind": ("type d'organisme", "m", "kind of body"),
    "role": ("rôle", "m", "role"),
    "name_as_stated": ("nom dans le texte", "m", "name as stated"),
    "position": ("rang", "m", "position"),
    "new_partner": ("nouveau partenaire", "m", "new partner"),
    "collective": ("partie collective", "f", "collective party"),
    "within": ("membre de l'engagement", "m", "within the engagement"),
    "acts_through": ("service agissant", "m", "acts through"),
    "represented_by": ("représentant", "m", "representative"),
    "type": ("type", "m", "type"),
    "axis_type": ("type d'axe", "m", "type of axis"),
    "code": ("code", "m", "code"),
    "label": ("intitulé", "m", "title"),
    "horizon": ("horizon", "m", "horizon"),
    "actors": ("acteur", "m", "actor"),
    "pilot": ("pilote", "m", "lead"),
    "partners": ("partenaire", "m", "partner"),
    "milestones": ("étape", "f", "milestone"),
    "unit": ("unité", "f", "unit"),
    "target": ("cible", "f", "target"),
    "target_year": ("année de la cible", "f", "year of the target"),
    "milestone": ("étape", "f", "milestone"),
    "revises": ("avenant ou état précédent", "m", "amendment or state before"),
    "in_force": ("date d'effet", "f", "effective date"),
    "added_parties": ("partie ajoutée par l'avenant", "f", "party that the amendment adds"),
    "ended_parties": ("partie retirée par l'avenant", "f", "party that the amendment ends"),
    "added_elements": ("élément ajouté par l'avenant", "m", "element that the amendment adds"),
    "removed_elements": ("élément retiré par l'avenant", "m", "element that the amendment removes"),
    CLS + "listsCommune": ("commune", "f", "commune"),
    CLS + "population": ("population", "f", "population"),
    CLS + "populationVintage": ("millésime de la population", "m", "vintage of the population"),
    "indicator.value": ("valeur", "f", "value"),
    "stated_date": ("date", "f", "date"),
    "inferred_date": ("date déduite", "f", "inferred date"),
    "duration": ("durée", "f", "duration"),
    "place": ("lieu", "m", "place"),
    "agents": ("participant", "m", "agent"),
    "description": ("description", "f", "description"),
    "funder": ("financeur", "m", "funder"),
    "amount": ("montant", "m", "amount"),
    "currency": ("monnaie", "f", "currency"),
    "frequency": ("périodicité", "f", "frequency"),
    "year": ("année", "f", "year"),
    "purpose": ("objet", "m", "purpose"),
    "cofunded": ("cofinancement", "m", "co-funding"),
    "value": ("nombre", "m", "number"),
    "item": ("objet compté", "m", "counted item"),
    "framework": ("cadre", "m", "framework"),
    "relation": ("relation au cadre", "f", "relation to the framework"),
    "assertion": ("statut de l'énoncé", "m", "status of the statement"),
    "note": ("note", "f", "note"),
    "licence": ("licence", "f", "licence"),
    "publisher": ("éditeur", "m", "publisher"),
    "withdrawn": ("identifiants retirés", "m", "withdrawn identifiers"),
    "base_iri": ("base des identifiants", "f", "base of identifiers"),
    CLS + "isSubElementOf": ("rattachement", "m", "parent"),
    CLS + "reviewState": ("état de relecture", "m", "review state"),
    CLS + "reviewedBy": ("relecteur", "m", "reviewer"),
    CLS + "reviewedOn": ("date de relecture", "f", "review date"),
    CLS + "earlierReview": ("relecture précédente", "f", "earlier review"),
    SKOS + "prefLabel": ("nom", "m", "name"),
    RDFS + "label": ("nom", "m", "name"),
    FOAF + "name": ("nom", "m", "name"),
    DCTERMS + "title": ("titre", "m", "title"),
    SKOS + "altLabel": ("autre nom", "m", "other name"),
    SKOS + "hiddenLabel": ("graphie", "f", "spelling"),
    SKOS + "definition": ("définition", "f", "definition"),
    SKOS + "broader": ("terme plus large", "m", "broader term"),
    ORG + "classification": ("type d'organisme", "m", "kind of body"),
    ORG + "unitOf": ("organisme de rattachement", "m", "parent body"),
    ORG + "organization": ("organisme", "m", "organisation"),
    DCTERMS + "spatial": ("territoire", "m", "territory"),
    DCTERMS + "isPartOf": ("fait partie de", "m", "part of"),
    DCTERMS + "publisher": ("éditeur", "m", "publisher"),
    DCTERMS + "issued": ("date de publication", "f", "publication date"),
    DCTERMS + "language": ("langue", "f", "language"),
    DCTERMS + "source": ("source", "f", "source"),
    SCHEMA + "url": ("adresse", "f", "address"),
    CLS + "accessedOn": ("date de consultation", "f", "access date"),
    SCHEMA + "archivedAt": ("adresse archivée", "f", "archived address"),
    IGEO + "codeINSEE": ("code officiel", "m", "official code"),
    CLS + "seat": ("siège", "m", "seat"),
    CLS + "legalForm": ("forme juridique", "f", "legal form"),
    CLS + "formerKey": ("ancienne clé", "f", "former key"),
    CLS + "siren": ("SIREN", "m", "SIREN"),
    CLS + "siret": ("SIRET", "m", "SIRET"),
    CLS + "finess": ("FINESS", "m", "FINESS"),
    CLS + "rna": ("RNA", "m", "RNA"),
    CLS + "sha256": ("empreinte", "f", "digest"),
    CLS + "documentType": ("type de document", "m", "type of document"),
    CLS + "reliability": ("fiabilité", "f", "reliability"),
    CLS + "vintage": ("millésime", "m", "vintage"),
    CLS + "adoptedBy": ("adopté par", "m", "adopted by"),
    CLS + "adoptedOn": ("date d'adoption", "f", "date of adoption"),
}
DONE: dict[str, tuple[str, str, str]] = {
    "added": ("ajouté", "ajoutée", "added"),
    "withdrawn": ("retiré", "retirée", "withdrawn"),
    "changed": ("modifié", "modifiée", "changed"),
    "moved": ("déplacé", "déplacée", "moved"),
    "renamed": ("renommé", "renommée", "renamed"),
}
"""What became of something: masculine, feminine, English."""


def contract(kind: Kind) -> Noun:
    """The noun of contracts of a kind."""
    french, gender, english = PARTS["contract"]
    feminine = not kind.usual and kind.names["fr"].feminine
    return kind.noun(french, "fr"), "f" if feminine else gender, kind.noun(english, "en")


def plural(count: int, noun: str, lang: str) -> str:
    """``1 ajouté``, ``2 ajoutés``; in English these words do not change.

    >>> plural(1, "retiré", "fr"), plural(3, "retiré", "fr"), plural(3, "withdrawn", "en")
    ('1 retiré', '3 retirés', '3 withdrawn')
    """
    return f"{count} {noun}" + ("s" if lang == "fr" and count > 1 else "")


def done(action: str, noun: Noun, lang: str) -> str:
    """``ajoutée``, ``added``."""
    masculine, feminine, english = DONE[action]
    return english if lang == "en" else (feminine if noun[1] == "f" else masculine)


def noun_in(noun: Noun, lang: str) -> str:
    """The word itself."""
    return noun[2] if lang == "en" else noun[0]
