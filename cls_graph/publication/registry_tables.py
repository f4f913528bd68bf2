"""The tables of what contracts share: bodies, places, persons, texts, frameworks, code lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cls_graph.namespaces import CLS, DCTERMS, FOAF, IGEO, ORG, SCHEMA, SKOS, VOCAB
from cls_graph.publication.columns import (
    Cell,
    Column,
    Row,
    Table,
    code,
    key_of,
    listed,
    local_key,
    of_class,
    value,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.shared_columns import (
    PARTIAL,
    TO_ORGANISATION,
    body,
    in_both_languages,
    label,
    label_of,
    linked,
    period,
    relation,
    the_territory,
)
from cls_graph.records.registry_graph import LANGUAGES, TERRITORY_CLASSES

_ORGANISATION = ORG + "Organization"
AREAS = {"area": DCTERMS + "spatial", "seat": CLS + "seat"}
"""How a body is linked to a territory."""
_LABELS = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name")


def _language(nodes: Nodes, row: Row) -> str:
    return {v: k for k, v in LANGUAGES.items()}.get(nodes.text(row[0], DCTERMS + "language"), "")


def _above(level: str) -> Cell:
    def cell(nodes: Nodes, row: Row) -> str:
        keys = (local_key(nodes, "territory", iri) for iri in nodes.texts(row[0], DCTERMS + "isPartOf"))
        return next((key for key in keys if key.startswith(level + "/")), "")

    return cell


def _codes(nodes: Nodes) -> Iterable[Row]:
    return [(node,) for node in sorted(nodes.codes) if SKOS + "inScheme" in nodes.codes[node]]


def _word(prop: str) -> Callable[[str], Cell]:
    return lambda lang: lambda nodes, row: nodes.word(row[0], prop, lang)


def _broader(nodes: Nodes, row: Row) -> str:
    above = nodes.codes[row[0]].get(SKOS + "broader", ())
    return above[0].value.rpartition("/")[2] if above else ""


def _part(at: int) -> Cell:
    return lambda _, row: row[0].removeprefix(VOCAB).partition("/")[at]


def _identifier(name: str, pattern: str) -> Column:
    return value(name, name.upper(), name.upper(), CLS + name, pattern=pattern)


ORGANISATIONS = Table(
    "organisations",
    "organismes",
    "organisations",
    (
        key_of("organisation", "organisme", "organisation", "organisation"),
        label(label_of(_LABELS), required=True),
        code("kind", "type d’organisme", "kind of body", ORG + "classification", "organisation-kind"),
        listed("other_names", "autres noms", "other names", SKOS + "altLabel"),
        value("legal_form", "forme juridique", "legal form", CLS + "legalForm"),
        body("unit_of", "service de", "unit of", ORG + "unitOf"),
        _identifier("siren", "[0-9]{9}"),
        _identifier("siret", "[0-9]{14}"),
        _identifier("finess", "[0-9AB]{9}"),
        _identifier("rna", "W[0-9A-Z]{9}"),
    ),
    ("organisation",),
    of_class(_ORGANISATION),
)
ORGANISATION_TERRITORIES = Table(
    "organisation-territories",
    "territoires des organismes",
    "territories of organisations",
    (
        key_of("organisation", "organisme", "organisation", "organisation", TO_ORGANISATION),
        the_territory(),
        relation(tuple(AREAS)),
    ),
    ("organisation", "territory", "relation"),
    linked(AREAS, _ORGANISATION),
)
PERSONS = Table(
    "persons",
    "personnes citées dans un rôle public",
    "persons named in a public role",
    (key_of("person", "personne", "person", "person"), value("name", "nom", "name", FOAF + "name")),
    ("person",),
    of_class(FOAF + "Person"),
)
TERRITORIES = Table(
    "territories",
    "territoires",
    "territories",
    (
        key_of("territory", "territoire", "territory", "territory"),
        Column(
            "level",
            "échelon",
            "level",
            lambda nodes, row: local_key(nodes, "territory", row[0]).partition("/")[0],
            required=True,
            pattern="|".join(sorted(TERRITORY_CLASSES)),
        ),
        value("code", "code officiel", "official code", IGEO + "codeINSEE", pattern="[0-9AB]{2,9}"),
        label(label_of(_LABELS), required=True),
        Column("departement", "département", "département", _above("departement"), pattern="departement/.+"),
        Column("region", "région", "région", _above("region"), pattern="region/.+"),
        value("vintage", "millésime", "vintage", CLS + "vintage", "gYear"),
        value("population", "population", "population", CLS + "population", "integer"),
        value(
            "population_vintage",
            "millésime de la population",
            "vintage of the population",
            CLS + "populationVintage",
            "gYear",
        ),
    ),
    ("territory",),
    of_class(*TERRITORY_CLASSES.values()),
)
FRAMEWORKS = Table(
    "frameworks",
    "cadres de politique publique",
    "policy frameworks",
    (
        key_of("framework", "cadre", "framework", "framework"),
        label(label_of(_LABELS), required=True),
        body("adopted_by", "adopté par", "adopted by", CLS + "adoptedBy"),
        value("adopted_on", "adopté le", "adopted on", CLS + "adoptedOn", pattern=PARTIAL),
        *period("period", "période", "period", CLS + "frameworkPeriod"),
    ),
    ("framework",),
    of_class(CLS + "PolicyFramework"),
)
DOCUMENTS = Table(
    "documents",
    "documents sources",
    "source documents",
    (
        key_of("document", "document", "document", "document"),
        label(label_of(_LABELS), required=True),
        body("publisher", "éditeur", "publisher", DCTERMS + "publisher"),
        value("url", "adresse", "address", SCHEMA + "url", "anyURI"),
        code("type", "type", "type", CLS + "documentType", "document-type"),
        code("reliability", "fiabilité", "reliability", CLS + "reliability", "reliability"),
        Column("language", "langue", "language", _language, pattern="fr|en"),
        value("published", "publié le", "published", DCTERMS + "issued", pattern=PARTIAL),
        value("accessed", "consulté le", "accessed", CLS + "accessedOn", "date"),
        value("archived", "copie archivée", "archived copy", SCHEMA + "archivedAt", "anyURI"),
        value("sha256", "empreinte SHA-256", "SHA-256", CLS + "sha256", pattern="[0-9a-f]{64}"),
    ),
    ("document",),
    of_class(CLS + "SourceDocument"),
)
CODES = Table(
    "codes",
    "listes de codes",
    "code lists",
    (
        Column("scheme", "liste", "scheme", _part(0), required=True, pattern="[a-z-]+"),
        Column("code", "code", "code", _part(2), required=True, pattern="[a-z0-9-]+"),
        *in_both_languages("label", "libellé", "label", _word(SKOS + "prefLabel")),
        Column("broader", "code plus large", "broader code", _broader, pattern="[a-z0-9-]+"),
        *in_both_languages("definition", "définition", "definition", _word(SKOS + "definition")),
    ),
    ("scheme", "code"),
    _codes,
)

TABLES = (
    ORGANISATIONS,
    ORGANISATION_TERRITORIES,
    PERSONS,
    TERRITORIES,
    FRAMEWORKS,
    DOCUMENTS,
    CODES,
)
