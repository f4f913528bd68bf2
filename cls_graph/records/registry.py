"""The registry: organisations, persons, frameworks, territories and documents that records name by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import ConfigDict

from cls_graph.findings import Finding, Place, finding
from cls_graph.kind import Kind, Words
from cls_graph.records import values as v
from cls_graph.records.facts import SPREAD, Evidence, Fact, Model, Period
from cls_graph.records.reader import Read, read_model
from cls_graph.records.territories import Territory, read_territories


class Organisation(Model):
    """A body that takes part in contracts. Identifiers are given only where verified."""

    key: v.ThingKey
    label: v.PlainText
    alt_labels: tuple[v.PlainText, ...] = ()
    hidden_labels: tuple[v.PlainText, ...] = ()
    kind: v.OrganisationKind
    territory: tuple[v.TerritoryRef, ...] = ()
    legal_form: v.PlainText | None = None
    siren: v.PlainText | None = None
    siret: v.PlainText | None = None
    finess: v.PlainText | None = None
    rna: v.PlainText | None = None
    formerly: tuple[v.ThingKey, ...] = ()
    seat: tuple[v.TerritoryRef, ...] = ()
    unit_of: v.ThingKey | None = None


class Post(Model):
    """A public function that a document gives to a person."""

    id: v.ItemId
    title: v.PlainText
    organisation: v.ThingKey
    document: v.ThingKey | None = None
    evidence: tuple[Evidence, ...] = ()


class Person(Model):
    """A person named in a source in a public role."""

    key: v.ThingKey
    name: v.PlainText
    posts: tuple[Post, ...] = ()


class FrameworkEntry(Model):
    """A policy framework: regional health project, plan, other contract."""

    key: v.ThingKey
    title: Fact[v.PlainText]
    type: v.FrameworkType
    territory: Annotated[tuple[Fact[v.TerritoryRef], ...], SPREAD] = ()
    adopted_by: Fact[v.ThingKey] | None = None
    adopted: Fact[v.PartialDate] | None = None
    period: Fact[Period] | None = None
    note: v.PlainText | None = None
    evidence: tuple[Evidence, ...] = ()


NEEDED = ("title", "publisher", "url", "type", "reliability")
"""What a document has before it is published; until then an entry reads without, ``check`` asks for it."""


class SourceDocument(Model):
    """A text that facts are quoted from. The text itself is not kept here, its digest is."""

    model_config = ConfigDict(json_schema_extra={"required": ["key", "language", *NEEDED]})

    key: v.ThingKey
    title: v.PlainText | None = None
    publisher: v.ThingKey | None = None
    url: v.Url | None = None
    type: v.DocumentType | None = None
    language: v.Language
    published: v.PartialDate | None = None
    accessed: v.FullDate | None = None
    archived: v.Url | None = None
    sha256: v.Sha256 | None = None
    reliability: v.Reliability | None = None


class Texts(Model):
    """One text in both languages."""

    fr: v.PlainText
    en: v.PlainText


class Name(Model):
    """A noun with its plural; ``feminine`` where a French article before it is; its short form."""

    singular: v.PlainText
    plural: v.PlainText
    feminine: v.Boolean = False
    short: v.PlainText | None = None


class Names(Model):
    """One name in both languages."""

    fr: Name
    en: Name


class Contact(Model):
    """Whom to write to about the dataset."""

    name: v.PlainText
    email: v.Email
    url: v.Url | None = None


class Dataset(Model):
    """``dataset.yaml``: what a release says of itself. Its version and date are these, never a clock's."""

    title: Texts
    description: Texts
    publisher: Texts | v.PlainText
    version: v.Version
    date: v.FullDate
    licence: v.Url
    base_iri: v.BaseIri
    contact: Contact | None = None
    contract_kind: Names | None = None
    """What the contracts are called; local health contracts where it is not there."""
    withdrawn: tuple[v.ThingPath, ...] = ()
    """What was published and is no longer: its identifier answers 410 and is never given again."""

    @property
    def kind(self) -> Kind:
        """The kind of contract, in words."""
        if self.contract_kind is None:
            return Kind()
        names = {"fr": self.contract_kind.fr, "en": self.contract_kind.en}
        words = {k: Words(n.singular, n.plural, n.feminine, n.short or "") for k, n in names.items()}
        return Kind(words)


class Organisations(Model):
    """``organisations.yaml``."""

    organisations: tuple[Organisation, ...] = ()


class Persons(Model):
    """``persons.yaml``."""

    persons: tuple[Person, ...] = ()


class Frameworks(Model):
    """``frameworks.yaml``."""

    frameworks: tuple[FrameworkEntry, ...] = ()


class Documents(Model):
    """``documents.yaml``."""

    documents: tuple[SourceDocument, ...] = ()


FILES: dict[str, tuple[str, type[Model]]] = {
    "organisation": ("organisations", Organisations),
    "person": ("persons", Persons),
    "framework": ("frameworks", Frameworks),
    "document": ("documents", Documents),
}


@dataclass
class Registry:
    """Everything that a key can name, and where it is written."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    frameworks: dict[str, FrameworkEntry] = field(default_factory=dict)
    documents: dict[str, SourceDocument] = field(default_factory=dict)
    territories: dict[str, Territory] = field(default_factory=dict)
    dataset: Dataset | None = None
    reads: dict[str, Read[Any]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    paths: dict[tuple[str, str], tuple[str | int, ...]] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    """The kinds whose file did not read: a key of theirs may be right, nothing can be said of it."""

    def known(self, kind: str) -> dict[str, Any]:
        """The entries of one kind (``organisation``, ``territory``, …) by key."""
        plural = {"territory": "territories"}.get(kind, kind + "s")
        entries: dict[str, Any] = getattr(self, plural)
        return entries

    def place(self, kind: str, key: str) -> Place:
        """Where an entry is written."""
        return self.places.get((kind, key), Place(kind))


def load_registry(files: dict[str, bytes]) -> tuple[Registry, list[Finding]]:
    """The registry of a ``data`` folder.

    ``files`` maps names as the user knows them (``data/organisations.yaml``) to their bytes;
    a file that is not there is an empty list.
    """
    registry, findings = Registry(), []
    for name, data in files.items():
        stem = name.replace("\\", "/").rsplit("/", 1)[-1]
        if stem == "territories.csv":
            rows, faults = read_territories(name, data)
            findings += faults
            registry.territories = {key: territory for key, (territory, _) in rows.items()}
            registry.places |= {("territory", key): place for key, (_, place) in rows.items()}
            if faults:
                registry.unsound.add("territory")
        elif stem == "dataset.yaml":
            read = read_model(Dataset, name, data)
            registry.dataset, registry.reads["dataset"] = read.value, read
            findings += read.findings
        else:
            for kind, (plural, model) in FILES.items():
                if stem == f"{plural}.yaml":
                    findings += _read_entries(registry, kind, plural, read_model(model, name, data))
    return registry, findings


def _read_entries(registry: Registry, kind: str, plural: str, read: Read[Any]) -> list[Finding]:
    registry.reads[kind] = read
    findings = list(read.findings)
    if read.value is None:
        registry.unsound.add(kind)
        return findings
    known = registry.known(kind)
    for index, entry in enumerate(getattr(read.value, plural)):
        path = (plural, index)
        place = read.place((*path, "key"))
        if entry.key in known:
            other = registry.places[kind, entry.key]
            findings.append(finding("key-taken", place, value=entry.key, other=str(other)))
            continue
        known[entry.key] = entry
        registry.places[kind, entry.key] = place
        registry.paths[kind, entry.key] = path
    return findings
