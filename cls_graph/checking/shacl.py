"""SHACL validation with pyshacl, its results told as findings with labels, file and line.

pyshacl runs on rdflib memory graphs, on text that crosses from our terms as N-Triples. Messages and
remedies come from the shapes themselves, so that both languages and ``{?var}`` survive.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import Quad, Triple
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from cls_graph.errors import Text
from cls_graph.findings import Finding, Place
from cls_graph.graphs import Graphs
from cls_graph.namespaces import CLS, FOAF, OA, RDFS, SHAPES, SKOS

REMEDY = rdflib.URIRef(SHAPES + "remedy")
SEVERITY = {str(SH.Violation): "violation", str(SH.Warning): "warning", str(SH.Info): "info"}
LANGUAGES = ("fr", "en")

# rdflib logs a traceback for every ill-typed literal; the shapes report those.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


class PreparedGraph(rdflib.Graph):
    """A graph that parses each query text once.

    pyshacl asks the same SPARQL constraint for every focus node; parsing it is half of its time.
    """

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[tuple[Any, ...], Query] = {}

    def query(
        self,
        query_object: Any,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 (as rdflib)
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Any:
        """As ``rdflib.Graph.query``."""
        names = dict(initNs or self.namespaces())
        if isinstance(query_object, str):
            key = (query_object, *sorted((prefix, str(iri)) for prefix, iri in names.items()))
            if key not in self._prepared:
                self._prepared[key] = prepareQuery(query_object, initNs=names)
            query_object = self._prepared[key]
        return super().query(
            query_object, processor, result, names, initBindings, use_store_provided, **kwargs
        )


def to_rdflib(triples: Iterable[Triple | Quad]) -> rdflib.Graph:
    """The triples as an rdflib graph (graph names dropped)."""
    lines = {f"{q.subject} {q.predicate} {q.object} .\n" for q in triples}
    graph = PreparedGraph()
    graph.parse(data="".join(sorted(lines)), format="nt")
    return graph


def validate(graphs: Graphs, extra: Iterable[Triple] = ()) -> list[Finding]:
    """All results of the shapes over the data graphs, ontology and vocabularies."""
    corpus = graphs.corpus
    data = to_rdflib([*graphs.stated, *corpus.ontology, *corpus.vocabularies, *extra])
    shapes = to_rdflib(corpus.shapes)
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        do_owl_imports=False,
        inplace=True,
        abort_on_first=False,
    )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"pyshacl: {report}")
    teller = _Teller(graphs, data, shapes)
    results = report.objects(None, SH.result)
    return [teller.finding(report, result) for result in results]


class _Teller:
    """Turns results of a report into findings."""

    def __init__(self, graphs: Graphs, data: rdflib.Graph, shapes: rdflib.Graph) -> None:
        self.graphs, self.data, self.shapes = graphs, data, shapes

    def finding(self, report: rdflib.Graph, result: Node) -> Finding:
        focus, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        constraint, value = report.value(result, SH.sourceConstraint), report.value(result, SH.value)
        severity = SEVERITY.get(str(report.value(result, SH.resultSeverity)), "violation")
        sources = [s for s in (constraint, shape) if s is not None]
        names = {"this": focus, "value": value, "path": report.value(result, SH.resultPath)}
        message = self._texts(sources, SH.message, names) or self._from_report(report, result)
        remedy = self._texts(sources, REMEDY, names) or {"fr": "", "en": ""}
        node = str(focus) if isinstance(focus, rdflib.URIRef) else ""
        return Finding(
            str(shape) if isinstance(shape, rdflib.URIRef) else "shacl",
            severity,
            self.graphs.place(node) or Place(node or "?"),
            message,
            remedy,
            subject=self.label(focus),
            node=node,
            value="" if value is None else str(value),
        )

    def _texts(self, sources: list[Node], prop: rdflib.URIRef, names: dict[str, Node | None]) -> Text | None:
        for source in sources:
            texts = {
                o.language or "en": str(o)
                for o in self.shapes.objects(source, prop)
                if isinstance(o, rdflib.Literal)
            }
            if texts:
                any_text = texts.get("en") or next(iter(texts.values()))
                return {lang: self._fill(texts.get(lang, any_text), names) for lang in LANGUAGES}
        return None

    def _fill(self, template: str, names: dict[str, Node | None]) -> str:
        def name(match: re.Match[str]) -> str:
            node = names.get(match[1])
            return self.label(node) if node is not None else "…"

        return re.sub(r"\{[?$](\w+)\}", name, template)

    def _from_report(self, report: rdflib.Graph, result: Node) -> Text:
        texts = {
            o.language or "en": str(o)
            for o in report.objects(result, SH.resultMessage)
            if isinstance(o, rdflib.Literal)
        }
        text = texts.get("en") or next(iter(texts.values()), "?")
        return {lang: texts.get(lang, text) for lang in LANGUAGES}

    def label(self, node: Node | None) -> str:
        """A thing in words: its label, its name as stated, or the quote it holds."""
        if node is None:
            return ""
        if isinstance(node, rdflib.Literal):
            return str(node)
        for prop in (RDFS + "label", SKOS + "prefLabel", FOAF + "name", CLS + "nameAsStated", OA + "exact"):
            labels = sorted(self.data.objects(node, rdflib.URIRef(prop)), key=_french_first)
            if labels:
                return str(labels[0])
        # A statement, a period or a quote is named after the thing it belongs to.
        parent, _, local = str(node).rpartition("/")
        if "/id/" in parent + "/" and parent.count("/") > 5:
            return f"{self.label(rdflib.URIRef(parent))} › {local}"
        return local


def _french_first(label: Any) -> tuple[bool, str]:
    return (getattr(label, "language", None) != "fr", str(label))
