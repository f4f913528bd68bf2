"""Every key and code of a record names something that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cls_graph.corpus import Corpus
from cls_graph.errors import Text
from cls_graph.findings import Finding, certain, finding
from cls_graph.geo.codes import codes
from cls_graph.rdf_data import keys_of
from cls_graph.records import codecs
from cls_graph.records import mapping as m
from cls_graph.records.facts import Fact, Model
from cls_graph.records.model import Record
from cls_graph.records.reader import Read
from cls_graph.records.registry import NEEDED, FrameworkEntry, Organisation, Person, SourceDocument
from cls_graph.records.registry_graph import FRAMEWORK_FIELDS
from cls_graph.records.to_graph import elements
from cls_graph.records.tree import Path
from cls_graph.records.wanting import incomplete
from cls_graph.suggesting import Suggester, suggest

KINDS: dict[str, Text] = {
    "organisation": {"fr": "aucun organisme", "en": "organisation"},
    "person": {"fr": "aucune personne", "en": "person"},
    "framework": {"fr": "aucun cadre", "en": "framework"},
    "document": {"fr": "aucun document", "en": "document"},
    "territory": {"fr": "aucun territoire", "en": "territory"},
    "contract": {"fr": "aucun contrat", "en": "contract"},
}
"""What a key is to be found among, as the sentence has it."""

SIBLINGS: dict[str, Text] = {
    "engagement": {"fr": "aucun engagement", "en": "no engagement"},
    "milestone": {"fr": "aucune étape", "en": "no milestone"},
    "revision": {"fr": "aucun avenant", "en": "no amendment"},
    "element": {"fr": "aucun élément du programme", "en": "no element of the programme"},
}
"""How a reference to a part of the same record that is not there is told."""

WITHOUT: dict[str, Text] = {
    "contract": {
        "fr": " Si l'on n'en sait ni date, ni partie, ni période, retirez-la : le rang suffit.",
        "en": " Where no date, party or period of it is known, take it out: the ordinal is enough.",
    }
}
"""What else may be done about a key that leads to nothing."""

KIND_FILES = {
    "organisation": "data/organisations.yaml",
    "person": "data/persons.yaml",
    "framework": "data/frameworks.yaml",
    "document": "data/documents.yaml",
    "territory": "data/territories.csv",
    "contract": "data/contracts/",
}


class References:
    """Looks keys and codes up in one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        contracts = {r.value.contract.key for r in corpus.records if r.value is not None}
        contracts |= {r.file.rsplit("/", 1)[-1].rsplit(".", 1)[0] for r in corpus.records}
        self.contracts = contracts
        self._described = keys_of(corpus.rdf_data, corpus.iris)
        self._unread = any(f.rule == "rdf-syntax" for f in corpus.findings)
        self._known: dict[str, set[str]] = {}
        self._suggester = Suggester()
        self.unsound: set[str] = set()
        """Things of the registry with a finding of their own: the shapes would only tell it again."""

    def key(self, kind: str, key: str, read: Read[Any], path: Path) -> Iterator[Finding]:
        """A key of the registry. Where its file did not read, nothing is said twice."""
        known = self.known(kind)
        if key not in known and self._whole(kind):
            own = getattr(getattr(read.value, "contract", None), "key", "") if kind == "contract" else ""
            known = known - {own}  # no contract precedes itself
            near = self._suggester.near(
                key, _of_one_departement(key, known) if kind == "territory" else known, f"{kind} {own}"
            )
            without = WITHOUT.get(kind, {})
            yield finding(
                "unknown-reference",
                read.place(path),
                what=KINDS[kind],
                value=key,
                file=KIND_FILES[kind],
                suggestion={lang: without.get(lang, "") + said for lang, said in near.items()},
                edit=certain(key, known) if near["en"] else None,
            )

    def known(self, kind: str) -> set[str]:
        """The keys of a kind, from YAML and CSV, and from RDF files of ``data``; gathered once."""
        if kind not in self._known:
            entries = self.contracts if kind == "contract" else self.corpus.registry.known(kind)
            self._known[kind] = {*entries, *self._described.get(kind, ())}
        return self._known[kind]

    def _whole(self, kind: str) -> bool:
        """Whether all that may give keys of a kind was read."""
        return kind not in self.corpus.registry.unsound and not self._unread

    def code(self, scheme: str, slug: str, read: Read[Any], path: Path) -> Iterator[Finding]:
        """A slug of a code list."""
        known = list(m.FREQUENCIES) if scheme == "frequency" else self.corpus.schemes.get(scheme, [])
        if slug not in known:
            yield finding(
                "bad-code",
                read.place(path),
                value=slug,
                scheme=scheme,
                allowed=", ".join(known),
                suggestion=suggest(slug, known),
                edit=certain(slug, known),
            )

    def record(self, read: Read[Record]) -> Iterator[Finding]:
        """All references of a record."""
        record = read.value
        if record is None:
            return
        path: Path = ("contract",)
        yield from self.fields(record.contract, m.CONTRACT, read, path, record)
        yield from self.key("organisation", record.contract.carrier, read, (*path, "carrier"))
        if record.contract.review is not None:
            yield from self.code(
                "review-state", record.contract.review.state, read, (*path, "review", "state")
            )
        for section in m.SECTIONS:
            for index, item in enumerate(getattr(record, section.key)):
                here: Path = (section.key, index)
                yield from self.fields(item, section.fields, read, here, record)
                if section.id_field is not None:
                    key = getattr(item, section.id_key)
                    yield from self.value(section.id_field, key, read, (*here, section.id_key), record)
        for element, _, here in elements(record):
            yield from self.fields(element, m.ELEMENT.fields, read, here, record)
            for section in m.ELEMENT_SECTIONS:
                for index, item in enumerate(getattr(element, section.key)):
                    yield from self.fields(item, section.fields, read, (*here, section.key, index), record)
        yield from self.communes(record, read)
        yield from self.qualifiers(record, read)

    def communes(self, record: Record, read: Read[Record]) -> Iterator[Finding]:
        """The communes listed: of the registry or of the official codes that come with the package."""
        listed = record.contract.communes.list if record.contract.communes is not None else ()
        known = self.known("territory")
        for index, key in enumerate(listed):
            found = codes().by_code("commune", key.partition("/")[2])
            if (found is None or found.former) and key not in known and self._whole("territory"):
                yield finding(
                    "unknown-reference",
                    read.place(("contract", "communes", "list", index)),
                    what=KINDS["territory"],
                    value=key,
                    file=KIND_FILES["territory"],
                    suggestion=suggest(key, [found.key]) if found is not None else suggest(key, ()),
                )

    def fields(
        self, source: Any, rows: Iterable[m.Field], read: Read[Any], path: Path, record: Record | None
    ) -> Iterator[Finding]:
        """The fields of one node, by its table."""
        for row in rows:
            facts = getattr(source, row.key)
            several = facts if row.many else [facts] if facts is not None else []
            for index, fact in enumerate(several):
                here = (*path, row.key, index) if row.many else (*path, row.key)
                yield from self.value(row, fact.value, read, (*here, "value"), record)

    def value(
        self, row: m.Field, value: str, read: Read[Any], path: Path, record: Record | None
    ) -> Iterator[Finding]:
        """One value, by the codec of its field."""
        codec = row.codec
        if isinstance(codec, codecs.Ref):
            yield from self.key(codec.kind, value, read, path)
        elif isinstance(codec, codecs.Agent):
            yield from self.key(codecs.agent_kind(value), value, read, path)
        elif isinstance(codec, codecs.Concept):
            yield from self.code(codec.scheme, value, read, path)
        elif isinstance(codec, codecs.Frequency):
            yield from self.code("frequency", value, read, path)
        elif isinstance(codec, codecs.Sibling):
            siblings = _siblings(record, codec.part) if record is not None else set()
            if value not in siblings:
                yield finding("unknown-sibling", read.place(path), value=value, part=SIBLINGS[codec.part])

    def qualifiers(self, model: Model, read: Read[Any], path: Path = ()) -> Iterator[Finding]:
        """The status of every fact and item, and the document of every evidence."""
        for source, here in qualified(model, path):
            if source.assertion is not None:
                yield from self.code("assertion-status", source.assertion, read, (*here, "assertion"))
            yield from self.documents(source, read, here)

    def documents(self, source: Any, read: Read[Any], path: Path) -> Iterator[Finding]:
        """The document of every evidence of one part."""
        for index, evidence in enumerate(source.evidence):
            here = (*path, "evidence", index, "document")
            yield from self.key("document", evidence.document, read, here)

    def registry(self) -> Iterator[Finding]:
        """References among the files of the registry; the entries concerned are kept in ``unsound``."""
        registry = self.corpus.registry
        looks: dict[str, Callable[[Any, Read[Any], Path], Iterator[Finding]]] = {
            "organisation": self._organisation,
            "person": self._person,
            "framework": self._framework,
            "document": self._document,
        }
        for kind, look in looks.items():
            for key, entry in registry.known(kind).items():
                found = list(look(entry, registry.reads[kind], registry.paths[kind, key]))
                if found:
                    self.unsound.add(self.corpus.iris.thing(kind, key))
                yield from found
        yield from self.territories()

    def _organisation(self, body: Organisation, read: Read[Any], path: Path) -> Iterator[Finding]:
        yield from self.code("organisation-kind", body.kind, read, (*path, "kind"))
        for name in ("territory", "seat"):
            for index, territory in enumerate(getattr(body, name)):
                yield from self.key("territory", territory, read, (*path, name, index))
        if body.unit_of is not None:
            yield from self.key("organisation", body.unit_of, read, (*path, "unit_of"))

    def _person(self, person: Person, read: Read[Any], path: Path) -> Iterator[Finding]:
        for index, post in enumerate(person.posts):
            here = (*path, "posts", index)
            yield from self.key("organisation", post.organisation, read, (*here, "organisation"))
            if post.document is not None:
                yield from self.key("document", post.document, read, (*here, "document"))
            yield from self.documents(post, read, here)

    def _framework(self, framework: FrameworkEntry, read: Read[Any], path: Path) -> Iterator[Finding]:
        yield from self.fields(framework, FRAMEWORK_FIELDS, read, path, None)
        yield from self.qualifiers(framework, read, path)
        yield from self.documents(framework, read, path)

    def _document(self, document: SourceDocument, read: Read[Any], path: Path) -> Iterator[Finding]:
        lacking = [key for key in NEEDED if getattr(document, key) is None]
        if lacking:
            yield incomplete(document.key, read.place((*path, "key")), lacking, self.corpus.schemes)
        if document.publisher is not None:
            yield from self.key("organisation", document.publisher, read, (*path, "publisher"))
        for key, scheme in (("type", "document-type"), ("reliability", "reliability")):
            slug = getattr(document, key)
            if slug is not None:
                yield from self.code(scheme, slug, read, (*path, key))

    def territories(self) -> Iterator[Finding]:
        """The département and région of every territory."""
        known = self.known("territory")
        if not self._whole("territory"):
            return
        for key, territory in self.corpus.registry.territories.items():
            for parent in (f"departement/{territory.departement}", f"region/{territory.region}"):
                if not parent.endswith("/") and parent not in known:
                    yield finding(
                        "unknown-reference",
                        self.corpus.registry.place("territory", key),
                        what=KINDS["territory"],
                        value=parent,
                        file=KIND_FILES["territory"],
                        suggestion=suggest(parent, known),
                    )


def _of_one_departement(key: str, known: Iterable[str]) -> list[str]:
    """The territories that a key may be a slip of: of a commune those of its département."""
    return [k for k in known if not key.startswith("commune/") or k.startswith(key[: len("commune/01")])]


def _siblings(record: Record, part: str) -> set[str]:
    """The ids of one part of a record."""
    if part == m.ELEMENT.part:
        return {element.id for element, _, _ in elements(record)}
    section = next(s for s in m.SECTIONS if s.part == part)
    return {getattr(item, section.id_key) for item in getattr(record, section.key)}


def qualified(model: Model, path: Path = ()) -> Iterator[tuple[Any, Path]]:
    """Every part of a model that may carry a status, a note and evidence, with its path."""
    if hasattr(model, "assertion"):
        yield model, path
    for name in type(model).model_fields:
        value = getattr(model, name)
        here = (*path, name)
        if isinstance(value, Fact):
            if not value.is_plain:
                yield value, here
            if isinstance(value.value, Model):
                yield from qualified(value.value, here)
        elif isinstance(value, Model):
            yield from qualified(value, here)
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                if isinstance(part, Model):
                    yield from qualified(part, (*here, index))
