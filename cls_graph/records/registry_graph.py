"""The registry as triples: organisations, persons, frameworks, territories and documents."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from cls_graph.namespaces import (
    ADMS,
    CLS,
    CV,
    DCTERMS,
    FOAF,
    IGEO,
    LANGUAGE,
    ORG,
    RDFS,
    SCHEMA,
    SKOS,
    VOCAB,
)
from cls_graph.rdf import lang_text, typed
from cls_graph.records import codecs
from cls_graph.records import mapping as m
from cls_graph.records import registry as r
from cls_graph.records.emitter import Emitter, Mapped
from cls_graph.records.iris import Iris
from cls_graph.records.lexical import date_datatype
from cls_graph.records.territories import Territory
from cls_graph.records.tree import Path

# Bodies of public law, and private-law bodies with a public mission (CPAM, CAF, MSA, CARSAT).
PUBLIC_KINDS = frozenset(
    "ars delegation-ars commune epci petr departement region collectivite-outre-mer etat prefecture "
    "sous-prefecture ddets education-nationale cpam cgss caf carsat msa ccas cias hopital-public chu "
    "etablissement-sante-mentale".split()
)
# Services without a legal personality of their own: the State or the agency signs through them.
SERVICE_KINDS = frozenset("delegation-ars prefecture sous-prefecture ddets education-nationale".split())
UNIT_KINDS = frozenset(["delegation-ars"])

IDENTIFIERS = (("siren", "SIREN"), ("siret", "SIRET"), ("finess", "FINESS"), ("rna", "RNA"))

TERRITORY_CLASSES = {
    "commune": IGEO + "Commune",
    "epci": IGEO + "Intercommunalite",
    "arrondissement": IGEO + "Arrondissement",
    "departement": IGEO + "Departement",
    "region": IGEO + "Region",
}

LANGUAGES = {"fr": LANGUAGE + "FRA", "en": LANGUAGE + "ENG"}

FRAMEWORK_FIELDS = (
    m.Field("title", DCTERMS + "title", codecs.French(), also=RDFS + "label"),
    m.Field("territory", DCTERMS + "spatial", codecs.Ref("territory"), many=True),
    m.Field("adopted_by", CLS + "adoptedBy", codecs.Ref("organisation")),
    m.Field("adopted", CLS + "adoptedOn", codecs.Plain("date-like")),
)


def registry_to_graph(registry: r.Registry, iris: Iris) -> Mapped:
    """All triples of the registry, and the path of each node, prefixed with the kind of its file."""
    mapped = Mapped()
    for key, organisation in registry.organisations.items():
        iri = iris.thing("organisation", key)
        path = ("organisation", *registry.paths["organisation", key])
        _organisation(Emitter(iris, mapped, iri), iri, organisation, path)
    for key, person in registry.persons.items():
        iri = iris.thing("person", key)
        _person(Emitter(iris, mapped, iri), iri, person, ("person", *registry.paths["person", key]))
    for key, framework in registry.frameworks.items():
        iri = iris.thing("framework", key)
        path = ("framework", *registry.paths["framework", key])
        _framework(Emitter(iris, mapped, iri), iri, framework, path)
    for key, document in registry.documents.items():
        iri = iris.thing("document", key)
        _document(Emitter(iris, mapped, iri), iri, document, ("document", *registry.paths["document", key]))
    for key, territory in registry.territories.items():
        iri = iris.thing("territory", key)
        _territory(Emitter(iris, mapped, iri), iri, territory, ("territory", key))
    return mapped


def organisation_classes(kind: str) -> tuple[str, ...]:
    """The classes of ORG and CPOV that a kind of body has, all stated."""
    classes = [ORG + "Organization"]
    if kind in PUBLIC_KINDS:
        classes.append(CV + "PublicOrganisation")
    if kind in UNIT_KINDS:
        classes.append(ORG + "OrganizationalUnit")
    elif kind not in SERVICE_KINDS:
        classes.append(ORG + "FormalOrganization")
    return tuple(classes)


def _organisation(emit: Emitter, iri: str, body: r.Organisation, path: Path) -> None:
    emit.node(iri, organisation_classes(body.kind), path)
    emit.identifier(iri, body.key)
    emit.label(iri, body.label, SKOS + "prefLabel")
    for prop, labels in ((SKOS + "altLabel", body.alt_labels), (SKOS + "hiddenLabel", body.hidden_labels)):
        for label in labels:
            emit.add(iri, prop, lang_text(label))
    emit.add(iri, ORG + "classification", f"{VOCAB}organisation-kind/{body.kind}")
    for territory in body.territory:
        emit.add(iri, DCTERMS + "spatial", emit.iris.thing("territory", territory))
    for territory in body.seat:
        emit.add(iri, CLS + "seat", emit.iris.thing("territory", territory))
    if body.unit_of is not None:
        emit.add(iri, ORG + "unitOf", emit.iris.thing("organisation", body.unit_of))
    if body.legal_form is not None:
        emit.add(iri, CLS + "legalForm", lang_text(body.legal_form))
    for key in body.formerly:
        emit.add(iri, CLS + "formerKey", Literal(key))
    for scheme, name in IDENTIFIERS:
        value = getattr(body, scheme)
        if value is not None:
            node = f"{iri}/identifier/{scheme}"
            emit.add(iri, CLS + scheme, Literal(value))
            emit.add(iri, ADMS + "identifier", node)
            emit.node(node, (ADMS + "Identifier",), (*path, scheme))
            emit.add(node, SKOS + "notation", Literal(value))
            emit.add(node, RDFS + "label", lang_text(f"{name} {value}"))


def _person(emit: Emitter, iri: str, person: r.Person, path: Path) -> None:
    emit.node(iri, (FOAF + "Person",), path)
    emit.identifier(iri, person.key)
    emit.add(iri, FOAF + "name", Literal(person.name))
    emit.add(iri, RDFS + "label", Literal(person.name))
    for index, post in enumerate(person.posts):
        node, here = f"{iri}/post/{post.id}", (*path, "posts", index)
        emit.node(node, (ORG + "Membership",), here)
        emit.add(node, ORG + "member", iri)
        emit.add(node, ORG + "organization", emit.iris.thing("organisation", post.organisation))
        emit.label(node, post.title, DCTERMS + "title")
        if post.document is not None:
            emit.add(node, DCTERMS + "source", emit.iris.thing("document", post.document))
        emit.supported(node, post, here)


def _framework(emit: Emitter, iri: str, framework: r.FrameworkEntry, path: Path) -> None:
    regional = framework.type == "regional-health-project"
    classes = (CLS + "PolicyFramework", CLS + "RegionalHealthProject")
    emit.node(iri, classes if regional else classes[:1], path)
    emit.identifier(iri, framework.key)
    emit.fields(iri, FRAMEWORK_FIELDS, framework, path)
    if framework.period is not None:
        emit.add(iri, CLS + "frameworkPeriod", f"{iri}/period")
        emit.whole_period(f"{iri}/period", framework.period, (*path, "period"))
    if framework.note is not None:
        emit.add(iri, SKOS + "note", lang_text(framework.note))
    emit.supported(iri, framework, path)


def _document(emit: Emitter, iri: str, document: r.SourceDocument, path: Path) -> None:
    emit.node(iri, (CLS + "SourceDocument",), path)
    emit.identifier(iri, document.key)
    if document.title is not None:
        emit.label(iri, document.title, DCTERMS + "title")
    if document.publisher is not None:
        emit.add(iri, DCTERMS + "publisher", emit.iris.thing("organisation", document.publisher))
    if document.url is not None:
        emit.add(iri, SCHEMA + "url", document.url)
    if document.type is not None:
        emit.add(iri, CLS + "documentType", f"{VOCAB}document-type/{document.type}")
    if document.reliability is not None:
        emit.add(iri, CLS + "reliability", f"{VOCAB}reliability/{document.reliability}")
    emit.add(iri, DCTERMS + "language", LANGUAGES[document.language])
    if document.published is not None:
        datatype = date_datatype(document.published) or "date"
        emit.add(iri, DCTERMS + "issued", typed(document.published, datatype))
    if document.accessed is not None:
        emit.add(iri, CLS + "accessedOn", typed(document.accessed, "date"))
    if document.archived is not None:
        emit.add(iri, SCHEMA + "archivedAt", document.archived)
    if document.sha256 is not None:
        emit.add(iri, CLS + "sha256", Literal(document.sha256))


def _territory(emit: Emitter, iri: str, territory: Territory, path: Path) -> None:
    emit.node(iri, (TERRITORY_CLASSES[territory.level],), path)
    emit.identifier(iri, territory.key)
    emit.label(iri, territory.name, SKOS + "prefLabel")
    emit.add(iri, IGEO + "codeINSEE", Literal(territory.code, datatype=NamedNode(m.XSD_TOKEN)))
    for level, code in (("departement", territory.departement), ("region", territory.region)):
        if code and level != territory.level:
            emit.add(iri, DCTERMS + "isPartOf", emit.iris.thing("territory", f"{level}/{code}"))
    if territory.vintage:
        emit.add(iri, CLS + "vintage", typed(territory.vintage, "gYear"))
