"""Results of SHACL told as findings: labels in place of IRIs, file and line, why and how, both languages.

Sentences come from the shapes themselves; engines drop the language of the messages they fill in, so
theirs is found again by the template they fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import rdflib
from pyoxigraph import Literal, Quad, Triple
from rdflib.term import Node

from cls_graph.checking.results import Result
from cls_graph.errors import Text
from cls_graph.findings import Finding, Place
from cls_graph.graphs import QUOTED, UNSPOKEN, Graphs
from cls_graph.namespaces import CLS, FOAF, OA, RDFS, SH, SHAPES, SKOS

REMEDY = SHAPES + "remedy"
LANGUAGES = ("fr", "en")
LABELS = (RDFS + "label", SKOS + "prefLabel", FOAF + "name", CLS + "nameAsStated", OA + "exact")
NO_TEXT: Text = {"fr": "", "en": ""}
PARTS: dict[str, Text] = {
    "action-plan-period": {"fr": "période du plan d’action", "en": "action plan period"},
    "alternative-period": {"fr": "autre période", "en": "other period"},
    "amount": {"fr": "montant", "en": "amount"},
    "begin": {"fr": "début", "en": "begin"},
    "count": {"fr": "nombre annoncé", "en": "count"},
    "element": {"fr": "élément", "en": "element"},
    "end": {"fr": "fin", "en": "end"},
    "engagement": {"fr": "engagement", "en": "engagement"},
    "evidence": {"fr": "preuve", "en": "evidence"},
    "framework": {"fr": "cadre", "en": "framework"},
    "funding": {"fr": "financement", "en": "funding"},
    "identifier": {"fr": "numéro", "en": "identifier"},
    "milestone": {"fr": "étape", "en": "milestone"},
    "period": {"fr": "période", "en": "period"},
    "position": {"fr": "place", "en": "position"},
    "post": {"fr": "fonction", "en": "post"},
    "quote": {"fr": "citation", "en": "quote"},
    "record": {"fr": "fiche", "en": "record"},
    "statement": {"fr": "énoncé", "en": "statement"},
    "target": {"fr": "passage", "en": "passage"},
}
"""The parts of an address, in words."""
UNNAMED: Text = {"fr": "ceci", "en": "this"}
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_SAID = (SH + "message", SH + "description", SH + "name", SH + "sparql", REMEDY)


class Teller:
    """Tells the results of one validation of the graphs of a corpus."""

    def __init__(self, graphs: Graphs) -> None:
        self.graphs = graphs
        corpus = graphs.corpus
        labels = [prop for prop in LABELS if graphs.quotes or prop not in QUOTED]
        self._labels = _labels([*graphs.stated, *corpus.ontology, *corpus.vocabularies], labels)
        self._homes = {str(getattr(q.subject, "value", "")): q for q in reversed(graphs.stated)}
        self._said: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for t in corpus.shapes:
            if t.predicate.value in _SAID:
                key = (getattr(t.subject, "value", ""), t.predicate.value)
                language = (t.object.language or "") if isinstance(t.object, Literal) else ""
                self._said.setdefault(key, []).append((language, getattr(t.object, "value", "")))

    def finding(self, result: Result) -> Finding:
        """One result."""
        shape = str(result.shape) if isinstance(result.shape, rdflib.URIRef) else ""
        constraints = [str(result.constraint)] if result.constraint is not None else []
        constraints += [value for _, value in self._said.get((shape, SH + "sparql"), [])]
        sources = [*constraints, shape]
        message = self._texts(sources, SH + "message")
        filled = {
            name: UNSPOKEN if word in self.graphs.unspoken else word
            for name, word in _filled(result.messages, message).items()
        }
        node = str(result.focus) if isinstance(result.focus, rdflib.URIRef) else ""
        value = "" if result.value is None else str(result.value)

        def said(texts: Text) -> Text:
            return {
                lang: _fill(text, {**filled, **self._words(result, lang)}) for lang, text in texts.items()
            }

        return Finding(
            shape or "shacl",
            result.severity,
            self._place(node),
            said(message) or self._without_words(result),
            said(self._texts(sources, REMEDY)) or NO_TEXT,
            subject=self.label(result.focus, "fr"),
            node=node,
            value="" if value in self.graphs.unspoken else value,
            component=result.component,
            why=said(self._texts(sources, SH + "description")) or NO_TEXT,
            title=self._texts([shape], SH + "name") or NO_TEXT,
            subject_en=self.label(result.focus, "en"),
        )

    def _words(self, result: Result, lang: str) -> dict[str, str]:
        value = "" if result.value is None else self.label(result.value, lang)
        return {"this": self.label(result.focus, lang), "value": value}

    def _place(self, node: str) -> Place:
        """The line of a record or of the registry; for other data the graph and the node in it."""
        place = self.graphs.place(node)
        if place is not None:
            return place
        home = self._homes.get(node)
        graph = getattr(home.graph_name, "value", "") if home is not None else ""
        return Place(f"{graph} {node}".strip() or "?")

    def _texts(self, sources: list[str], prop: str) -> Text:
        """What the constraint, else the shape, says in each language."""
        for source in sources:
            texts = {language or "en": text for language, text in self._said.get((source, prop), [])}
            if texts:
                spare = texts.get("en") or next(iter(texts.values()))
                return {lang: texts.get(lang, spare) for lang in LANGUAGES}
        return {}

    def _without_words(self, result: Result) -> Text:
        """What to say for a shape without a message: its name, never a component of SHACL."""
        shape = str(result.shape or "")
        names = self._texts([shape], SH + "name")
        if names:
            return {"fr": f"Règle non suivie : {names['fr']}.", "en": f"Rule not followed: {names['en']}."}
        local = re.split(r"[#/]", shape)[-1] if isinstance(result.shape, rdflib.URIRef) else ""
        return {
            "fr": f"Une règle sans texte n’est pas suivie{f' : {local}' if local else ''}.",
            "en": f"A rule without words is not followed{f': {local}' if local else ''}.",
        }

    def label(self, node: Node, lang: str = "fr") -> str:
        """A thing in words: its label, its name as stated, or the quote it holds."""
        if isinstance(node, rdflib.Literal):
            return UNSPOKEN if str(node) in self.graphs.unspoken else str(node)
        labels = self._labels.get(str(node))
        if labels:
            return labels.get(lang) or labels.get("fr") or next(iter(labels.values()))
        if isinstance(node, rdflib.BNode):
            return UNNAMED[lang]
        # A statement, a period or a quote is named after the thing it belongs to.
        parent, _, local = str(node).rpartition("/")
        if "/id/" in parent + "/" and parent.count("/") > 5:
            return f"{self.label(rdflib.URIRef(parent), lang)} › {PARTS.get(local, {}).get(lang, local)}"
        return local.rpartition("#")[2]


def _labels(triples: Iterable[Triple | Quad], properties: Sequence[str]) -> dict[str, dict[str, str]]:
    """The first label of each node by language, by the order of ``properties`` and of the alphabet."""
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for t in triples:
        if t.predicate.value in properties and isinstance(t.object, Literal) and t.object.value.strip():
            rank = (properties.index(t.predicate.value), t.object.value)
            labels = found.setdefault(getattr(t.subject, "value", ""), {})
            language = t.object.language or ""
            labels[language] = min(labels.get(language, rank), rank)
    return {
        node: {lang: text for lang, (_, text) in sorted(labels.items())} for node, labels in found.items()
    }


def _filled(messages: Iterable[str], templates: Text) -> dict[str, str]:
    """The values that the engine put into the placeholders of a query's message."""
    for told in messages:
        for template in templates.values():
            names = _PLACEHOLDER.findall(template)
            pattern = "(.*)".join(re.escape(part) for part in _PLACEHOLDER.split(template)[::2])
            match = re.fullmatch(pattern, told, re.DOTALL) if names else None
            if match:
                return dict(zip(names, match.groups(), strict=True))
    return {}


def _fill(template: str, words: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: words.get(match[1]) or "…", template)
