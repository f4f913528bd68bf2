"""What a page shows of a thing: its facts, each with what it rests on."""

from __future__ import annotations

import re
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from cls_graph.collation import by_words
from cls_graph.namespaces import CLS, DCTERMS, FOAF, OA, RDF, RDFS, SCHEMA, SD, SH, SKOS, VOID
from cls_graph.plainly import dated
from cls_graph.store.describe import LABELS
from cls_graph_api.naming import TYPE, About, Naming, Term, in_order
from cls_graph_api.shown import Basis, Fact, Link, Member, Node, Quote, Value
from cls_graph_api.urls import Urls

_EVIDENCE = CLS + "hasEvidence"
_STATEMENT = CLS + "hasStatement"
_STATUS = CLS + "assertionStatus"
_NOTES = (CLS + "inferenceNote", SKOS + "note")
_DEFINITIONS = (SKOS + "definition", RDFS + "comment")
# Shown beside a fact, or as the title, and not as facts of their own.
_BESIDE = {_EVIDENCE, _STATEMENT, _STATUS, *_NOTES, TYPE}

# Statements about statements: what they are about is shown with the fact itself.
_PLUMBING = {RDF + "subject", RDF + "predicate", RDF + "object", OA + "hasBody"}
# In this order at the head of a page.
_FIRST = [
    *(DCTERMS + "title", SKOS + "prefLabel", FOAF + "name", CLS + "contractStatus", CLS + "ordinal"),
    *(CLS + "territory", CLS + "milestoneType", CLS + "partyRole", CLS + "party", CLS + "countedItem"),
]
# What a reader knows a node by that has no name.
_TELLING = (
    *(CLS + "partyRole", CLS + "nameAsStated", CLS + "milestoneType", CLS + "statedDate"),
    *(CLS + "countedItem", CLS + "countValue", SCHEMA + "funder"),
)

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
        "coversCommune",
        "inDepartement",
        "inRegion",
    )
}

_FOLDED = {VOID + "classPartition", VOID + "subset", SD + "namedGraph", SH + "declare"}


class Description(Naming):
    """A description with context (``EmbeddedStore.describe_with_context``), made ready to be shown."""

    def __init__(self, iri: str, about: About, urls: Urls, lang: str) -> None:
        super().__init__(about, urls, lang)
        self._iri = iri
        self._seen: set[str] = set()

    def thing(self) -> Node:
        """The thing, with the nodes under it inside the facts that lead to them."""
        self._seen.clear()
        node = self._node(self._iri)
        said = {node.title.text, *([summary.text] if (summary := self.summary()) else [])}
        facts = [f for f in node.facts if not self._repeats(f, said)]
        return replace(node, facts=facts)

    @staticmethod
    def _repeats(fact: Fact, said: set[str]) -> bool:
        """Whether a fact only says again what stands at the head of the page."""
        repeated = {SKOS + "prefLabel", SKOS + "definition", DCTERMS + "title", FOAF + "name"}
        return fact.property.iri in repeated and all(
            v.link.text in said and v.basis == Basis() for v in fact.values
        )

    def others(self) -> list[Node]:
        """Nodes under the thing that no fact leads to; ask after ``thing``."""
        support = self._support()
        left = [i for i in sorted(self._about) if self._is_own(i) and i not in self._seen | support]
        return [self._node(iri) for iri in left]

    def owner(self) -> Link | None:
        """The thing that this node is part of, where it is not one by itself."""
        owner = self._urls.owner(self._iri)
        return self.named(owner) if owner != self._iri else None

    def members(self) -> list[Member]:
        """The terms of a code list, each below its broader one; none for another thing."""
        if NamedNode(SKOS + "ConceptScheme") not in self._values(self._iri, TYPE):
            return []
        below: dict[str, list[str]] = {}
        for iri in filter(self._is_own, self._about):
            if NamedNode(SKOS + "Concept") in self._values(iri, TYPE):
                broader = [v.value for v in self._values(iri, SKOS + "broader")]
                below.setdefault(broader[0] if broader else "", []).append(iri)
        return self._members("", below, 0)

    def _members(self, above: str, below: dict[str, list[str]], depth: int) -> list[Member]:
        found = []
        for iri in sorted(below.pop(above, ()), key=self._place):
            code = next((v.value for v in self._values(iri, SKOS + "notation")), "")
            definition = self._best(self._values(iri, SKOS + "definition"))
            names = self._readable(self._values(iri, SKOS + "altLabel"))
            others = [self._literal(v) for v in names if isinstance(v, Literal)]
            anchor = iri[len(self._iri) + 1 :]
            found.append(Member(anchor, self.named(iri), code, definition, others, depth))
            found += self._members(iri, below, depth + 1)
        return found

    def _place(self, iri: str) -> tuple[list[int], tuple[str, str]]:
        """By the numbers of the code (D1, D1.2, D10), where it has some, else by name."""
        code = next((v.value for v in self._values(iri, SKOS + "notation")), "")
        return [int(n) for n in re.findall(r"\d+", code)], by_words(self.named(iri).text)

    def incoming(self) -> list[tuple[Link, list[Link]]]:
        """What refers to the thing: by property, the things that do, each once."""
        found: dict[str, set[str]] = {}
        for subject, properties in self._about.items():
            if subject == self._iri or self._is_own(subject):
                continue
            for name, values in properties.items():
                if name not in _PLUMBING and NamedNode(self._iri) in values:
                    found.setdefault(name, set()).add(self._urls.owner(subject))
        groups = [
            (self.named(name), sorted(map(self.named, who), key=in_order)) for name, who in found.items()
        ]
        return sorted(groups, key=lambda group: in_order(group[0]))

    def summary(self) -> Link | None:
        """The definition of a term, where it has one."""
        return next(
            (b for n in _DEFINITIONS if (b := self._best(self._values(self._iri, n))) is not None), None
        )

    def _is_own(self, iri: str) -> bool:
        return iri.startswith(self._iri + "/")

    def _node(self, iri: str) -> Node:
        self._seen.add(iri)
        facts = [
            Fact(
                self.named(name),
                self._fact_values(iri, name, values),
                computed=name in _COMPUTED,
                folded=name in _FOLDED,
            )
            for name, values in self._about.get(iri, {}).items()
            if name not in _BESIDE and not self._is_title(iri, name)
        ]
        facts.sort(key=_fact_order)
        types = [self.named(v.value) for v in self._values(iri, TYPE) if isinstance(v, NamedNode)]
        anchor = iri[len(self._iri) + 1 :].replace("/", "-")
        return Node(anchor, self._heading(iri), types, self._basis(iri), facts)

    def _heading(self, iri: str) -> Link:
        """The name of a node; of one without a name, the things that tell it from its like."""
        told = [v for name in _TELLING for v in self._values(iri, name)]
        if iri == self._iri or not told or any(self._values(iri, name) for name in LABELS):
            return self.named(iri)
        words = [
            self.named(v.value).text if isinstance(v, NamedNode) else dated(v.value, self._lang) for v in told
        ]
        return Link(" – ".join(dict.fromkeys(words)), self._urls.link(iri), iri=iri)

    def _is_title(self, iri: str, name: str) -> bool:
        """The label that repeats another property, or the heading of the page."""
        others = [n for n in LABELS if n != RDFS + "label" and self._values(iri, n)]
        return name == RDFS + "label" and (bool(others) or iri == self._iri)

    def _fact_values(self, iri: str, name: str, values: list[Term]) -> list[Value]:
        shown = []
        for value in self._readable(values):
            link = self.named(value.value) if isinstance(value, NamedNode) else self._literal(value)
            own = isinstance(value, NamedNode) and self._is_own(value.value) and value.value not in self._seen
            node = self._node(value.value) if own else None
            why = self._why(iri, name, value) if name in _COMPUTED and iri == self._iri else ""
            shown.append(Value(link, node, self._basis_of_fact(iri, name, value), why))
        if all(isinstance(v, Literal) for v in values):
            return shown
        if any(v.node for v in shown):
            return sorted(shown, key=lambda v: v.node.anchor if v.node else "")
        return sorted(shown, key=lambda v: by_words(v.link.text))

    def _why(self, iri: str, name: str, value: Term) -> str:
        said = f"<{value.value}>" if isinstance(value, NamedNode) else value.value
        return self._urls.local("/explain", s=iri, p=name, o=said)

    def _basis(self, iri: str) -> Basis:
        status = next((self.named(v.value) for v in self._values(iri, _STATUS)), None)
        notes = [self._literal(v) for n in _NOTES for v in self._values(iri, n) if isinstance(v, Literal)]
        # The evidence of a contract itself is shown with the fact that it supports.
        whole = iri == self._iri and self.owner() is None
        evidence = [] if whole else self._values(iri, _EVIDENCE)
        quotes = [q for e in evidence for q in self._quotes(e.value)]
        return Basis(status, tuple(notes), tuple(quotes))

    def _basis_of_fact(self, iri: str, name: str, value: Term) -> Basis:
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
            quotes.append(Quote(text, document, f"{start}–{end}" if start and end else "", evidence))
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


def _fact_order(fact: Fact) -> tuple[bool, bool, int, tuple[str, str]]:
    """What is stated before what is computed, nodes last; titles and keys first among facts."""
    first = _FIRST.index(fact.property.iri) if fact.property.iri in _FIRST else len(_FIRST)
    return any(v.node for v in fact.values), fact.computed, first, by_words(fact.property.text)
