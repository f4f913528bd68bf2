"""How the pages name properties and classes of other vocabularies, which the graph does not describe.

These are words of the interface, not labels of those vocabularies; nothing publishes them as data.
"""

from __future__ import annotations

from cls_graph.namespaces import ADMS, CV, DCAT, DCTERMS, FOAF, IGEO, OA, ORG, PROV, RDFS, SCHEMA, SKOS, TIME

_ROWS: tuple[tuple[str, str, str], ...] = (
    (ADMS + "identifier", "identifiant officiel", "official identifier"),
    (CV + "PublicOrganisation", "organisme public", "public body"),
    (DCAT + "CatalogRecord", "fiche du corpus", "record of the corpus"),
    (DCTERMS + "description", "description", "description"),
    (DCTERMS + "identifier", "clé", "key"),
    (DCTERMS + "isPartOf", "fait partie de", "is part of"),
    (DCTERMS + "issued", "publié le", "published on"),
    (DCTERMS + "language", "langue", "language"),
    (DCTERMS + "publisher", "éditeur", "publisher"),
    (DCTERMS + "source", "source", "source"),
    (DCTERMS + "spatial", "territoire", "territory"),
    (DCTERMS + "title", "titre", "title"),
    (FOAF + "Person", "personne", "person"),
    (FOAF + "name", "nom", "name"),
    (FOAF + "primaryTopic", "a pour sujet", "is about"),
    (IGEO + "Arrondissement", "arrondissement", "arrondissement"),
    (IGEO + "Commune", "commune", "commune"),
    (IGEO + "Departement", "département", "département"),
    (IGEO + "Intercommunalite", "intercommunalité", "intermunicipal body"),
    (IGEO + "Region", "région", "region"),
    (IGEO + "codeINSEE", "code officiel géographique", "official geographic code"),
    (OA + "hasSource", "cite", "quotes"),
    (ORG + "FormalOrganization", "organisme constitué", "formal organisation"),
    (ORG + "Membership", "fonction", "post"),
    (ORG + "Organization", "organisme", "organisation"),
    (ORG + "OrganizationalUnit", "service d'un organisme", "unit of an organisation"),
    (ORG + "classification", "type d'organisme", "kind of organisation"),
    (ORG + "member", "titulaire", "holder"),
    (ORG + "organization", "organisme", "organisation"),
    (ORG + "unitOf", "relève de", "is a unit of"),
    (PROV + "Plan", "plan", "plan"),
    (PROV + "atLocation", "lieu", "place"),
    (PROV + "wasAssociatedWith", "avec", "with"),
    (RDFS + "comment", "commentaire", "comment"),
    (RDFS + "label", "libellé", "label"),
    (SCHEMA + "MonetaryAmount", "somme", "sum"),
    (SCHEMA + "MonetaryGrant", "subvention", "grant"),
    (SCHEMA + "amount", "montant", "amount"),
    (SCHEMA + "archivedAt", "archivé à", "archived at"),
    (SCHEMA + "currency", "monnaie", "currency"),
    (SCHEMA + "fundedItem", "finance", "funds"),
    (SCHEMA + "funder", "financeur", "funder"),
    (SCHEMA + "url", "adresse", "address"),
    (SCHEMA + "value", "valeur", "value"),
    (SKOS + "Concept", "terme d'une liste", "term of a code list"),
    (SKOS + "ConceptScheme", "liste de termes", "code list"),
    (SKOS + "altLabel", "dit aussi", "also called"),
    (SKOS + "broadMatch", "plus large, ailleurs", "broader, elsewhere"),
    (SKOS + "broader", "terme plus large", "broader term"),
    (SKOS + "closeMatch", "proche, ailleurs", "close, elsewhere"),
    (SKOS + "definition", "définition", "definition"),
    (SKOS + "exactMatch", "équivalent ailleurs", "equivalent elsewhere"),
    (SKOS + "hasTopConcept", "terme de tête", "top term"),
    (SKOS + "hiddenLabel", "écrit aussi", "also written"),
    (SKOS + "inScheme", "dans la liste", "in the list"),
    (SKOS + "narrowMatch", "plus étroit, ailleurs", "narrower, elsewhere"),
    (SKOS + "notation", "code", "code"),
    (SKOS + "prefLabel", "nom", "name"),
    (SKOS + "related", "terme associé", "related term"),
    (SKOS + "relatedMatch", "associé, ailleurs", "related, elsewhere"),
    (SKOS + "scopeNote", "portée", "scope"),
    (SKOS + "topConceptOf", "terme de tête de", "top term of"),
    (TIME + "Instant", "moment", "instant"),
    (TIME + "ProperInterval", "période", "period"),
    (TIME + "hasBeginning", "début", "beginning"),
    (TIME + "hasEnd", "fin", "end"),
    (TIME + "hasXSDDuration", "durée", "duration"),
    (TIME + "inXSDDate", "date", "date"),
    (TIME + "inXSDgYear", "année", "year"),
    (TIME + "inXSDgYearMonth", "mois", "month"),
)
_WORDS = {iri: {"fr": fr, "en": en} for iri, fr, en in _ROWS}


def words_for(iri: str, lang: str) -> str | None:
    """The interface's words for a term of another vocabulary, if it has some."""
    found = _WORDS.get(iri)
    return found[lang] if found else None
