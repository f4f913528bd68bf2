"""Where a stated fact comes from: the passages that carry it, as docs/modelling.md ties them to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.namespaces import CLS, OA, RDF, SKOS
from cls_graph.rdf import AnyTerm, iri
from cls_graph.store.describe import LABELS

_LABELS = tuple(map(iri, LABELS))
_NOTES = (iri(CLS + "inferenceNote"), iri(SKOS + "note"))
_EVIDENCE, _STATUS = iri(CLS + "hasEvidence"), iri(CLS + "assertionStatus")
_SUPPORTS = iri(CLS + "supportsProperty")


@dataclass(frozen=True)
class Passage:
    """A passage of a document: its words (where they are published) and its place in code points."""

    evidence: str
    document: str
    title: str
    quote: str
    start: int | None
    end: int | None

    def as_json(self) -> dict[str, Any]:
        """The passage as a mapping."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Basis:
    """What a stated fact rests on."""

    status: str = ""
    notes: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


NOTHING = Basis()


class Facts(Protocol):
    """Where facts are looked up: a store."""

    def quads(
        self, subject: AnyTerm | None, predicate: NamedNode | None, value: AnyTerm | None
    ) -> Iterator[Quad]:
        """The statements that fit; ``None`` fits all."""
        ...


class Sources:
    """The facts of a store, looked up one by one; whether entailed or not."""

    def __init__(self, store: Facts, base: str) -> None:
        self._store = store
        self._things = f"{base}id/"

    def values(self, subject: AnyTerm, *properties: NamedNode) -> Iterator[AnyTerm]:
        """The values of the first property that has some, each once, sorted."""
        for prop in properties:
            found = {q.object for q in self._store.quads(subject, prop, None)}
            if found:
                yield from sorted(found, key=str)
                return

    def label(self, term: AnyTerm, lang: str) -> str:
        """The name of a thing, in ``lang`` where there is one; empty where it has none."""
        texts = [v for prop in _LABELS for v in self.values(term, prop) if isinstance(v, Literal)]
        texts.sort(key=lambda v: v.language != lang)
        return texts[0].value if texts else ""

    def basis(self, t: Triple) -> Basis:
        """The passages that carry a triple: its own, else those of the node that it is about or leads to."""
        for statement in self.values(t.subject, iri(CLS + "hasStatement")):
            if self._says(statement, "predicate", t.predicate) and self._says(statement, "object", t.object):
                return self._of(statement, list(self.values(statement, _EVIDENCE)))
        evidence = list(self.values(t.subject, _EVIDENCE))
        own = [e for e in evidence if t.predicate in self.values(e, _SUPPORTS)]
        if own:
            return self._of(t.subject, own)
        subject, value = getattr(t.subject, "value", ""), getattr(t.object, "value", "")
        leads = t.predicate == _EVIDENCE or value.startswith(subject + "/")
        if isinstance(t.object, NamedNode) and leads:
            below = self._itself(t.object)
            if below is not None:
                return below
        return self._around(subject)

    def _around(self, subject: str) -> Basis:
        """What a node rests on, else the node that it hangs from, and so on up to the thing."""
        node = subject
        while node.startswith(self._things) and "/" in node.removeprefix(self._things):
            basis = self._itself(iri(node))
            if basis is not None:
                return basis
            node = node.rpartition("/")[0]
        return NOTHING

    def _itself(self, node: NamedNode) -> Basis | None:
        """What a node says that it rests on; ``None`` where it says nothing."""
        passage = self._passage(node)
        if passage is not None:
            return Basis(self._status(node), (), (passage,))
        evidence = list(self.values(node, _EVIDENCE))
        if node.value.removeprefix(self._things).count("/") == 1:
            # Of a contract, which carries several facts, the passages about one of them carry no other.
            evidence = [e for e in evidence if not list(self.values(e, _SUPPORTS))]
        basis = self._of(node, evidence)
        return basis if basis != NOTHING else None

    def _says(self, statement: AnyTerm, part: str, term: AnyTerm) -> bool:
        return term in self.values(statement, iri(RDF + part))

    def _of(self, node: AnyTerm, evidence: list[AnyTerm]) -> Basis:
        passages = [p for e in evidence if (p := self._passage(e)) is not None]
        notes = [str(getattr(v, "value", v)) for v in self.values(node, *_NOTES)]
        passages.sort(key=lambda p: (p.document, p.start or 0, p.evidence))
        return Basis(self._status(node), tuple(notes), tuple(passages))

    def _status(self, node: AnyTerm) -> str:
        return next((str(getattr(v, "value", "")) for v in self.values(node, _STATUS)), "")

    def _passage(self, evidence: AnyTerm) -> Passage | None:
        for target in self.values(evidence, iri(OA + "hasTarget")):
            said: dict[str, str] = {}
            for selector in self.values(target, iri(OA + "hasSelector")):
                for part in ("exact", "start", "end"):
                    for value in self.values(selector, iri(OA + part)):
                        said[part] = str(getattr(value, "value", ""))
            document = next(iter(self.values(target, iri(OA + "hasSource"))), None)
            start, end = (int(said[part]) if part in said else None for part in ("start", "end"))
            return Passage(
                str(getattr(evidence, "value", "")),
                str(getattr(document, "value", "")),
                self.label(document, "fr") if document is not None else "",
                said.get("exact", ""),
                start,
                end,
            )
        return None
