"""Results of a SHACL report told as findings: labels in place of IRIs, file and line, both languages.

Messages and remedies come from the shapes themselves; pyshacl drops the language of the messages it
fills in, so theirs is found again by the template they fit.
"""

from __future__ import annotations

import re
from typing import Any

import rdflib
from rdflib.namespace import SH
from rdflib.term import Node

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place
from cls_graph.graphs import Graphs
from cls_graph.namespaces import CLS, FOAF, OA, RDFS, SHAPES, SKOS

REMEDY = rdflib.URIRef(SHAPES + "remedy")
SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}
LANGUAGES = ("fr", "en")
LABELS = (RDFS + "label", SKOS + "prefLabel", FOAF + "name", CLS + "nameAsStated", OA + "exact")
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


class Teller:
    """Tells the results of one report over ``data`` and ``shapes``."""

    def __init__(
        self, graphs: Graphs, data: rdflib.Graph, shapes: rdflib.Graph, report: rdflib.Graph
    ) -> None:
        self.graphs, self.data, self.shapes, self.report = graphs, data, shapes, report

    def finding(self, result: Node) -> Finding:
        """One result of the report."""
        focus, shape = self._of(result, SH.focusNode), self._of(result, SH.sourceShape)
        value, constraint = self._of(result, SH.value), self._of(result, SH.sourceConstraint)
        sources = [s for s in (constraint, shape) if s is not None]
        words = {"this": self.label(focus), "value": self.label(value)}
        message = self._texts(sources, SH.message)
        words |= {k: w for k, w in self._filled(result, message).items() if k not in words}
        remedy = self._texts(sources, REMEDY)
        node = str(focus) if isinstance(focus, rdflib.URIRef) else ""
        return Finding(
            str(shape) if isinstance(shape, rdflib.URIRef) else "shacl",
            SEVERITY.get(str(self._of(result, SH.resultSeverity)), "violation"),
            self.graphs.place(node) or Place(node or "?"),
            {lang: _fill(text, words) for lang, text in message.items()} or self._reported(result),
            {lang: _fill(text, words) for lang, text in remedy.items()} or {"fr": "", "en": ""},
            subject=self.label(focus),
            node=node,
            value="" if value is None else str(value),
            component=str(self._of(result, SH.sourceConstraintComponent) or ""),
        )

    def _of(self, result: Node, prop: rdflib.URIRef) -> Node | None:
        return self.report.value(result, prop)

    def _texts(self, sources: list[Node], prop: rdflib.URIRef) -> Text:
        """What the constraint, else the shape, says in each language."""
        for source in sources:
            texts = {getattr(o, "language", None) or "en": str(o) for o in self.shapes.objects(source, prop)}
            if texts:
                spare = texts.get("en") or next(iter(texts.values()))
                return {lang: texts.get(lang, spare) for lang in LANGUAGES}
        return {}

    def _filled(self, result: Node, templates: Text) -> dict[str, str]:
        """The values that the engine put into the placeholders of a query's message."""
        for told in sorted(self.report.objects(result, SH.resultMessage), key=str):
            for template in templates.values():
                names = _PLACEHOLDER.findall(template)
                pattern = "(.*)".join(re.escape(part) for part in _PLACEHOLDER.split(template)[::2])
                match = re.fullmatch(pattern, str(told), re.DOTALL) if names else None
                if match:
                    return dict(zip(names, match.groups(), strict=True))
        return {}

    def _reported(self, result: Node) -> Text:
        """The engine's own words, for a shape that has none."""
        told = sorted(str(o) for o in self.report.objects(result, SH.resultMessage))
        return dict.fromkeys(LANGUAGES, told[0] if told else "?")

    def label(self, node: Node | None) -> str:
        """A thing in words: its label, its name as stated, or the quote it holds."""
        if node is None:
            return ""
        if isinstance(node, rdflib.Literal):
            return str(node)
        for prop in LABELS:
            labels = sorted(self.data.objects(node, rdflib.URIRef(prop)), key=_french_first)
            if labels:
                return str(labels[0])
        # A statement, a period or a quote is named after the thing it belongs to.
        parent, _, local = str(node).rpartition("/")
        if "/id/" in parent + "/" and parent.count("/") > 5:
            return f"{self.label(rdflib.URIRef(parent))} › {local}"
        return local


def _fill(template: str, words: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda match: words.get(match[1]) or "…", template)


def _french_first(label: Any) -> tuple[bool, str]:
    return (getattr(label, "language", None) != "fr", str(label))
