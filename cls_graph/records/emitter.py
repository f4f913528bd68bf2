"""Writes facts, their status and their evidence as triples, and remembers where each node comes from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.namespaces import CLS, DCTERMS, OA, RDF, RDFS, SKOS, TIME, VOCAB
from cls_graph.rdf import RDF_TYPE, Term, lang_text, typed
from cls_graph.records.codecs import local_part
from cls_graph.records.facts import Evidence, Fact, Period
from cls_graph.records.iris import Iris
from cls_graph.records.lexical import date_datatype
from cls_graph.records.mapping import BROADER_ROLES, INSTANT_PROPERTIES, Field
from cls_graph.records.tree import Path

STATUS = VOCAB + "assertion-status/"


@dataclass
class Mapped:
    """The triples of a record or a registry file, and the path of each node in it."""

    triples: list[Triple] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)

    def path_of(self, node: str) -> Path | None:
        """The path that made a node, or the node that it is part of."""
        return next((self.paths[part] for part in with_parents(node) if part in self.paths), None)


def with_parents(node: str) -> Iterator[str]:
    """An IRI, then what it may be part of, nearest first.

    >>> list(with_parents("a/b/c"))
    ['a/b/c', 'a/b', 'a']
    """
    while node:
        yield node
        node = node.rpartition("/")[0]


class Emitter:
    """Collects triples for one scope: a contract, or a thing of the registry.

    ``scope`` is the IRI under which evidence and the codec of siblings find their own IRIs.
    """

    def __init__(self, iris: Iris, mapped: Mapped, scope: str) -> None:
        self.iris, self.mapped, self.scope = iris, mapped, scope

    def add(self, subject: str, prop: str, value: str | Term) -> None:
        """One triple; a text value is an IRI."""
        obj = NamedNode(value) if isinstance(value, str) else value
        self.mapped.triples.append(Triple(NamedNode(subject), NamedNode(prop), obj))

    def node(self, iri: str, classes: Iterable[str], path: Path) -> None:
        """A typed node, made from a path of the record."""
        self.mapped.paths.setdefault(iri, path)
        for name in classes:
            self.mapped.triples.append(Triple(NamedNode(iri), RDF_TYPE, NamedNode(name)))

    def fields(
        self, node: str, rows: Sequence[Field], source: Any, path: Path, *, always: bool = False
    ) -> None:
        """All fields of a node, by the rows of its table.

        ``always`` makes a statement node for each: the contract has no status as a whole.
        """
        for row in rows:
            facts = getattr(source, row.key)
            if row.many:
                for index, fact in enumerate(facts):
                    self.fact(node, row, fact, (*path, row.key, index), always=always)
            elif facts is not None:
                self.fact(node, row, facts, (*path, row.key), always=always)

    def fact(self, node: str, row: Field, fact: Fact[Any], path: Path, *, always: bool = False) -> None:
        """The triple of a fact, and a statement node where something is known of the fact itself."""
        term = row.codec.write(fact.value, self.iris, self.scope)
        self.add(node, row.property, term)
        if row.also:
            self.add(node, row.also, term)
        if row.key == "role" and fact.value in BROADER_ROLES:
            self.add(node, row.property, row.codec.write(BROADER_ROLES[fact.value], self.iris, self.scope))
        if not always and fact.is_plain:
            return
        local = row.property.rpartition("#")[2] if "#" in row.property else row.property.rpartition("/")[2]
        statement = f"{node}/statement/{local}" + (f"/{local_part(fact.value)}" if row.many else "")
        self.node(statement, (CLS + "QualifiedStatement",), path)
        self.add(node, CLS + "hasStatement", statement)
        self.add(statement, RDF + "subject", node)
        self.add(statement, RDF + "predicate", row.property)
        self.add(statement, RDF + "object", term)
        self.qualify(statement, fact)
        for index, evidence in enumerate(fact.evidence):
            quote = self.evidence(evidence, node, (*path, "evidence", index))
            self.add(quote, CLS + "supportsProperty", row.property)
            if always:
                self.add(node, CLS + "hasEvidence", quote)
            self.add(statement, CLS + "hasEvidence", quote)

    def qualify(self, node: str, source: Any, *, inferred: bool | None = None) -> None:
        """Status and note of a node. ``inferred`` says which kind of note, where the status does not."""
        status = source.assertion or "stated"
        self.add(node, CLS + "assertionStatus", STATUS + status)
        if source.note is not None:
            if inferred is None:
                inferred = status != "stated"
            self.add(node, CLS + "inferenceNote" if inferred else SKOS + "note", lang_text(source.note))

    def supported(self, node: str, source: Any, path: Path) -> None:
        """The evidence of a node as a whole."""
        for index, evidence in enumerate(source.evidence):
            self.add(node, CLS + "hasEvidence", self.evidence(evidence, node, (*path, "evidence", index)))

    def evidence(self, evidence: Evidence, body: str, path: Path) -> str:
        """A quote with its position, as a Web Annotation (section 4.2.4 and 4.2.5); its IRI."""
        placed = evidence.start is not None and evidence.end is not None
        # A quote that has no position yet is told apart by its words.
        words = hashlib.sha256(evidence.quote.encode()).hexdigest()[:12]
        name = f"{evidence.document}-" + (f"{evidence.start}-{evidence.end}" if placed else words)
        iri = f"{self.scope}/evidence/{name}"
        first = iri not in self.mapped.paths
        self.add(iri, OA + "hasBody", body)
        if not first:
            return iri
        target, quote, position = f"{iri}/target", f"{iri}/quote", f"{iri}/position"
        self.node(iri, (CLS + "Evidence",), path)
        self.add(iri, OA + "motivatedBy", OA + "identifying")
        self.add(iri, CLS + "assertionStatus", STATUS + "stated")
        self.add(iri, OA + "hasTarget", target)
        self.add(target, RDF_TYPE.value, OA + "SpecificResource")
        self.add(target, OA + "hasSource", self.iris.thing("document", evidence.document))
        self.add(target, OA + "hasSelector", quote)
        self.add(quote, RDF_TYPE.value, OA + "TextQuoteSelector")
        self.add(quote, OA + "exact", Literal(evidence.quote))
        for side in ("prefix", "suffix"):
            around = getattr(evidence, side)
            if around is not None:
                self.add(quote, OA + side, Literal(around))
        if not placed:
            return iri
        self.add(target, OA + "hasSelector", position)
        self.add(position, RDF_TYPE.value, OA + "TextPositionSelector")
        self.add(position, OA + "start", typed(str(evidence.start), "integer"))
        self.add(position, OA + "end", typed(str(evidence.end), "integer"))
        return iri

    def whole_period(self, iri: str, fact: Fact[Period], path: Path) -> None:
        """A period with its status and evidence."""
        self.period(iri, fact.value, path)
        self.qualify(iri, fact)
        self.supported(iri, fact, path)

    def period(self, iri: str, period: Period, path: Path) -> None:
        """A proper interval of OWL-Time, its instants at the precision stated."""
        self.node(iri, (TIME + "ProperInterval",), path)
        for end, link in (("begin", "hasBeginning"), ("end", "hasEnd")):
            value = getattr(period, end)
            if value is not None:
                datatype = date_datatype(value) or "gYear"
                self.add(iri, TIME + link, f"{iri}/{end}")
                self.node(f"{iri}/{end}", (TIME + "Instant",), (*path, end))
                self.add(f"{iri}/{end}", TIME + INSTANT_PROPERTIES[datatype], typed(value, datatype))
        if period.duration is not None:
            self.add(iri, TIME + "hasXSDDuration", typed(period.duration, "duration"))

    def label(self, node: str, text: str, *properties: str) -> None:
        """A French label, as ``rdfs:label`` and as the properties of its vocabulary."""
        for prop in (*properties, RDFS + "label"):
            self.add(node, prop, lang_text(text))

    def identifier(self, node: str, key: str) -> None:
        """The key of a thing, as its identifier."""
        self.add(node, DCTERMS + "identifier", Literal(key))
