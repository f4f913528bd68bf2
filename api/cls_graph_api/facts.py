"""What a page shows of a thing: its facts, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from cls_graph.namespaces import CLS, DCTERMS, FOAF, OA, PREFIXES, RDF, RDFS, SKOS, XSD
from cls_graph_api.i18n import translator
from cls_graph_api.results import shorten
from cls_graph_api.urls import LANGUAGES, Urls
from cls_graph_api.words import words_for

_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", FOAF + "name")
_EVIDENCE = CLS + "hasEvidence"
_STATEMENT = CLS + "hasStatement"
_STATUS = CLS + "assertionStatus"
_NOTES = (CLS + "inferenceNote", SKOS + "note")
_TYPE = RDF + "type"
_DEFINITIONS = (SKOS + "definition", RDFS + "comment")
# Shown beside a fact, or as the title, and not as facts of their own.
_BESIDE = {_EVIDENCE, _STATEMENT, _STATUS, *_NOTES, _TYPE}

# Statements about statements: what they are about is shown with the fact itself.
_PLUMBING = {RDF + "subject", RDF + "predicate", RDF + "object", OA + "hasBody"}
# Worked out from the engagements and references when the release is built (graph `shortcuts`).
_COMPUTED = {
    CLS + name
    for name in (
        "signatory",
        "carrier",
        "coPilot",
        "implementingActor",
        "implementsFramework",
        "coordinatedWith",
        "inDepartement",
        "inRegion",
    )
}

_Term = NamedNode | Literal


@dataclass(frozen=True)
class Link:
    """Words, where they lead (empty: nowhere), and their language where it is not the page's."""

    text: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Quote:
    """A passage of a source: its words, the document, and where in it (code points)."""

    text: str
    document: Link | None
    span: str


@dataclass(frozen=True)
class Basis:
    """What a fact rests on."""

    status: Link | None = None
    notes: tuple[Link, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Value:
    """One value: words, or a node with facts of its own."""

    link: Link
    node: Node | None = None
    basis: Basis = Basis()


@dataclass(frozen=True)
class Fact:
    """A property and its values; ``computed`` when the build worked them out from other facts."""

    property: Link
    values: list[Value]
    computed: bool = False


@dataclass(frozen=True)
class Node:
    """A thing, or one of the nodes under it."""

    anchor: str
    title: Link
    types: list[Link]
    basis: Basis
    facts: list[Fact] = field(default_factory=list)


class Description:
    """A description with context (``EmbeddedStore.describe_with_context``), made ready to be shown."""

    def __init__(self, iri: str, ntriples: bytes, urls: Urls, lang: str) -> None:
        self._iri = iri
        self._urls = urls
        self._lang = lang
        self._t = translator(lang)
        self._order = [lang, *(code for code in LANGUAGES if code != lang), ""]
        self._about: dict[str, dict[str, list[_Term]]] = {}
        for quad in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                properties = self._about.setdefault(quad.subject.value, {})
                values = properties.setdefault(quad.predicate.value, [])
                if quad.object not in values:
                    values.append(quad.object)
        self._seen: set[str] = set()

    def thing(self) -> Node:
        """The thing, with the nodes under it inside the facts that lead to them."""
        self._seen.clear()
        return self._node(self._iri)

    def others(self) -> list[Node]:
        """Nodes under the thing that no fact leads to; ask after ``thing``."""
        support = self._support()
        left = [i for i in sorted(self._about) if self._is_own(i) and i not in self._seen | support]
        return [self._node(iri) for iri in left]

    def incoming(self) -> list[tuple[Link, list[Link]]]:
        """What refers to the thing: by property, the things that do, each once."""
        found: dict[str, set[str]] = {}
        for subject, properties in self._about.items():
            if subject == self._iri or self._is_own(subject):
                continue
            for name, values in properties.items():
                if name not in _PLUMBING and NamedNode(self._iri) in values:
                    found.setdefault(name, set()).add(self._urls.owner(subject))
        groups = [(self.named(name), sorted(map(self.named, who), key=_words)) for name, who in found.items()]
        return sorted(groups, key=lambda group: _words(group[0]))

    def named(self, iri: str) -> Link:
        """The name of a thing in the language of the page, with its link."""
        href = self._urls.link(iri)
        for name in _LABELS:
            best = self._best(self._values(iri, name))
            if best is not None:
                return Link(best.text, href, best.lang)
        path = words_for(iri, self._lang) or self._urls.path_of(iri)
        return Link(path or shorten(iri, PREFIXES), href)

    def summary(self) -> Link | None:
        """The definition of a term, where it has one."""
        return next(
            (b for n in _DEFINITIONS if (b := self._best(self._values(self._iri, n))) is not None), None
        )

    def _values(self, iri: str, name: str) -> list[_Term]:
        return self._about.get(iri, {}).get(name, [])

    def _is_own(self, iri: str) -> bool:
        return iri.startswith(self._iri + "/")

    def _best(self, values: Iterable[_Term]) -> Link | None:
        """The literal in the best language there is."""
        texts = [v for v in values if isinstance(v, Literal)]
        ranked = sorted(texts, key=lambda v: (self._rank(v.language or ""), v.value))
        return self._literal(ranked[0]) if ranked else None

    def _rank(self, code: str) -> int:
        return self._order.index(code) if code in self._order else len(self._order)

    def _literal(self, value: Literal) -> Link:
        if value.datatype.value == XSD + "boolean":
            return Link(self._t("yes" if value.value == "true" else "no"))
        href = value.value if value.value.startswith(("https://", "http://")) else ""
        return Link(value.value, href, (value.language or "") if value.language != self._lang else "")

    def _node(self, iri: str) -> Node:
        self._seen.add(iri)
        facts = [
            Fact(self.named(name), self._fact_values(iri, name, values), name in _COMPUTED)
            for name, values in self._about.get(iri, {}).items()
            if name not in _BESIDE and not self._is_title(iri, name)
        ]
        facts.sort(key=lambda fact: (any(v.node for v in fact.values), _words(fact.property)))
        types = [self.named(v.value) for v in self._values(iri, _TYPE) if isinstance(v, NamedNode)]
        anchor = iri[len(self._iri) + 1 :].replace("/", "-")
        return Node(anchor, self.named(iri), types, self._basis(iri), facts)

    def _is_title(self, iri: str, name: str) -> bool:
        """The label that repeats another property, or the heading of the page."""
        others = [n for n in _LABELS if n != RDFS + "label" and self._values(iri, n)]
        return name == RDFS + "label" and (bool(others) or iri == self._iri)

    def _fact_values(self, iri: str, name: str, values: list[_Term]) -> list[Value]:
        shown = []
        for value in self._readable(values):
            link = self.named(value.value) if isinstance(value, NamedNode) else self._literal(value)
            own = isinstance(value, NamedNode) and self._is_own(value.value) and value.value not in self._seen
            node = self._node(value.value) if own else None
            shown.append(Value(link, node, self._basis_of_fact(iri, name, value)))
        if all(isinstance(v, Literal) for v in values):
            return shown
        if any(v.node for v in shown):
            return sorted(shown, key=lambda v: v.node.anchor if v.node else "")
        return sorted(shown, key=lambda v: _words(v.link))

    def _readable(self, values: list[_Term]) -> list[_Term]:
        """Of texts in several languages, those in the language of the page, if there are any."""
        chosen = [v for v in values if isinstance(v, Literal) and v.language == self._lang]
        untagged = [v for v in values if not (isinstance(v, Literal) and v.language)]
        return [*untagged, *chosen] if chosen else values

    def _basis(self, iri: str) -> Basis:
        status = next((self.named(v.value) for v in self._values(iri, _STATUS)), None)
        notes = [self._literal(v) for n in _NOTES for v in self._values(iri, n) if isinstance(v, Literal)]
        # The evidence of the thing itself is shown with the fact that it supports.
        evidence = [] if iri == self._iri else self._values(iri, _EVIDENCE)
        quotes = [q for e in evidence for q in self._quotes(e.value)]
        return Basis(status, tuple(notes), tuple(quotes))

    def _basis_of_fact(self, iri: str, name: str, value: _Term) -> Basis:
        """What the qualified statement of just this triple says."""
        for statement in self._values(iri, _STATEMENT):
            about = self._about.get(statement.value, {})
            if NamedNode(name) in about.get(RDF + "predicate", []) and value in about.get(RDF + "object", []):
                return self._basis(statement.value)
        return Basis()

    def _quotes(self, evidence: str) -> list[Quote]:
        quotes = []
        for target in self._values(evidence, OA + "hasTarget"):
            selectors = self._values(target.value, OA + "hasSelector")
            sources = self._values(target.value, OA + "hasSource")
            text, start, end = (
                next((v.value for s in selectors for v in self._values(s.value, OA + part)), "")
                for part in ("exact", "start", "end")
            )
            document = self.named(sources[0].value) if sources else None
            quotes.append(Quote(text, document, f"{start}–{end}" if start and end else ""))
        return quotes

    def _support(self) -> set[str]:
        """The nodes that are shown as quotes and statuses: statements, evidence and what is under it."""
        roots = {
            v.value
            for properties in self._about.values()
            for name in (_EVIDENCE, _STATEMENT)
            for v in properties.get(name, [])
        }
        return {i for i in self._about if any(i == root or i.startswith(root + "/") for root in roots)}


def _words(link: Link) -> str:
    return link.text.casefold()
