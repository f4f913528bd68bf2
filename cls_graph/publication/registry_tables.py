"""The tables of what contracts share: bodies, places, texts, frameworks, evidence, code lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cls_graph.namespaces import CLS, DCTERMS, FOAF, IGEO, OA, ORG, RDF, SCHEMA, SKOS, VOCAB
from cls_graph.publication.columns import (
    SEPARATOR,
    Column,
    Row,
    Table,
    code,
    contract_of,
    french,
    key_of,
    links,
    listed,
    literal,
    local_key,
    of_class,
    reference,
    status,
    value,
)
from cls_graph.publication.contract_tables import PARTIAL, TO_ORGANISATION, TO_TERRITORY, period
from cls_graph.publication.nodes import Nodes
from cls_graph.records.registry_graph import LANGUAGES, TERRITORY_CLASSES

_ORGANISATION = ORG + "Organization"
_LABELS = (SKOS + "prefLabel", DCTERMS + "title", FOAF + "name")


def _label(nodes: Nodes, row: Row) -> str:
    return french(nodes, row[0], _LABELS)


def _label_column() -> Column:
    return Column("label", "libellé", "label", _label, required=True)


def _areas(nodes: Nodes) -> Iterable[Row]:
    for relation, prop in (("area", DCTERMS + "spatial"), ("seat", CLS + "seat")):
        for node, place in links(prop, _ORGANISATION)(nodes):
            yield node, place, relation


def _language(nodes: Nodes, row: Row) -> str:
    return {v: k for k, v in LANGUAGES.items()}.get(nodes.text(row[0], DCTERMS + "language"), "")


def _above(level: str) -> Callable[[Nodes, Row], str]:
    def cell(nodes: Nodes, row: Row) -> str:
        keys = (local_key(nodes, "territory", iri) for iri in nodes.texts(row[0], DCTERMS + "isPartOf"))
        return next((key for key in keys if key.startswith(level + "/")), "")

    return cell


def _through(*props: str) -> Callable[[Nodes, Row], str]:
    """The value at the end of a path of properties."""

    def cell(nodes: Nodes, row: Row) -> str:
        found = [row[0]]
        for prop in props:
            found = [text for node in found for text in nodes.texts(node, prop)]
        return found[0] if found else ""

    return cell


def _document(nodes: Nodes, row: Row) -> str:
    return local_key(nodes, "document", _through(OA + "hasTarget", OA + "hasSource")(nodes, row))


def _properties(nodes: Nodes, row: Row) -> str:
    return SEPARATOR.join(sorted(nodes.texts(row[0], CLS + "supportsProperty")))


def _object(nodes: Nodes, row: Row) -> str:
    text = nodes.text(row[0], RDF + "object")
    return nodes.key(text) if text.startswith(nodes.iris.base + "id/") else text.removeprefix(VOCAB)


def _codes(nodes: Nodes) -> Iterable[Row]:
    return [(node,) for node in sorted(nodes.codes) if SKOS + "inScheme" in nodes.codes[node]]


def _word(prop: str, lang: str) -> Callable[[Nodes, Row], str]:
    return lambda nodes, row: nodes.word(row[0], prop, lang)


def _broader(nodes: Nodes, row: Row) -> str:
    above = nodes.codes[row[0]].get(SKOS + "broader", ())
    return above[0].value.rpartition("/")[2] if above else ""


def _part(at: int) -> Callable[[Nodes, Row], str]:
    return lambda _, row: row[0].removeprefix(VOCAB).partition("/")[at]


def _identifier(name: str, pattern: str) -> Column:
    return value(name, name.upper(), name.upper(), CLS + name, pattern=pattern)


ORGANISATIONS = Table(
    "organisations",
    "organismes",
    "organisations",
    (
        key_of("organisation", "organisme", "organisation", "organisation"),
        _label_column(),
        code("kind", "type d’organisme", "kind of body", ORG + "classification", "organisation-kind"),
        listed("other_names", "autres noms", "other names", SKOS + "altLabel"),
        value("legal_form", "forme juridique", "legal form", CLS + "legalForm"),
        reference("unit_of", "service de", "unit of", ORG + "unitOf", "organisation", TO_ORGANISATION),
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
        key_of("territory", "territoire", "territory", "territory", TO_TERRITORY, at=1),
        Column("relation", "relation", "relation", lambda _, row: row[2], required=True, pattern="area|seat"),
    ),
    ("organisation", "territory", "relation"),
    _areas,
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
        _label_column(),
        Column("departement", "département", "département", _above("departement"), pattern="departement/.+"),
        Column("region", "région", "région", _above("region"), pattern="region/.+"),
        value("vintage", "millésime", "vintage", CLS + "vintage", "gYear"),
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
        _label_column(),
        reference(
            "adopted_by", "adopté par", "adopted by", CLS + "adoptedBy", "organisation", TO_ORGANISATION
        ),
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
        _label_column(),
        reference(
            "publisher", "éditeur", "publisher", DCTERMS + "publisher", "organisation", TO_ORGANISATION
        ),
        value("url", "adresse", "address", SCHEMA + "url", "anyURI"),
        code("type", "type", "type", CLS + "documentType", "document-type"),
        code("reliability", "fiabilité", "reliability", CLS + "reliability", "reliability"),
        Column("language", "langue", "language", _language, pattern="fr|en"),
        value("published", "publié le", "published", DCTERMS + "issued", pattern=PARTIAL),
        value("archived", "copie archivée", "archived copy", SCHEMA + "archivedAt", "anyURI"),
        value("sha256", "empreinte SHA-256", "SHA-256", CLS + "sha256", pattern="[0-9a-f]{64}"),
    ),
    ("document",),
    of_class(CLS + "SourceDocument"),
)
EVIDENCE = Table(
    "evidence",
    "preuves",
    "evidence",
    (
        Column(
            "evidence",
            "preuve",
            "evidence",
            lambda nodes, row: nodes.key(row[0]),
            required=True,
            pattern=".+",
        ),
        contract_of(required=False),
        Column(
            "document",
            "document",
            "document",
            _document,
            required=True,
            kind="document",
            to=("documents", "document"),
        ),
        Column("quote", "citation", "quote", _through(OA + "hasTarget", OA + "hasSelector", OA + "exact")),
        Column(
            "start",
            "début (points de code)",
            "start (code points)",
            _through(OA + "hasTarget", OA + "hasSelector", OA + "start"),
            "integer",
        ),
        Column(
            "end",
            "fin (points de code)",
            "end (code points)",
            _through(OA + "hasTarget", OA + "hasSelector", OA + "end"),
            "integer",
        ),
    ),
    ("evidence",),
    of_class(CLS + "Evidence"),
)
SUPPORTS = Table(
    "supports",
    "ce que soutient chaque preuve",
    "what each evidence supports",
    (
        Column(
            "evidence",
            "preuve",
            "evidence",
            lambda nodes, row: nodes.key(row[0]),
            required=True,
            pattern=".+",
            to=("evidence", "evidence"),
        ),
        Column(
            "subject", "objet", "subject", lambda nodes, row: nodes.key(row[1]), required=True, pattern=".+"
        ),
        Column("properties", "propriétés", "properties", _properties, "anyURI", many=True),
    ),
    ("evidence", "subject"),
    links(OA + "hasBody", CLS + "Evidence"),
)
STATEMENTS = Table(
    "statements",
    "fondement de chaque affirmation",
    "how single statements are known",
    (
        Column(
            "statement",
            "affirmation",
            "statement",
            lambda nodes, row: nodes.key(row[0]),
            required=True,
            pattern=".+",
        ),
        Column(
            "subject",
            "objet",
            "subject",
            lambda nodes, row: nodes.key(nodes.text(row[0], RDF + "subject")),
            pattern=".+",
        ),
        Column("property", "propriété", "property", literal(RDF + "predicate"), "anyURI"),
        Column("value", "valeur", "value", _object),
        *status(),
    ),
    ("statement",),
    of_class(CLS + "QualifiedStatement"),
)
CODES = Table(
    "codes",
    "listes de codes",
    "code lists",
    (
        Column("scheme", "liste", "scheme", _part(0), required=True, pattern="[a-z-]+"),
        Column("code", "code", "code", _part(2), required=True, pattern="[a-z0-9-]+"),
        Column("label_fr", "libellé (français)", "label (French)", _word(SKOS + "prefLabel", "fr")),
        Column("label_en", "libellé (anglais)", "label (English)", _word(SKOS + "prefLabel", "en")),
        Column("broader", "code plus large", "broader code", _broader, pattern="[a-z0-9-]+"),
        Column(
            "definition_fr", "définition (français)", "definition (French)", _word(SKOS + "definition", "fr")
        ),
        Column(
            "definition_en", "définition (anglais)", "definition (English)", _word(SKOS + "definition", "en")
        ),
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
    EVIDENCE,
    SUPPORTS,
    STATEMENTS,
    CODES,
)
