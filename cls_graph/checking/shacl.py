"""SHACL validation with pyshacl, on rdflib memory graphs; triples cross to them as N-Triples text."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad, Triple
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from cls_graph.checking.telling import Teller
from cls_graph.findings import Finding
from cls_graph.graphs import Graphs
from cls_graph.namespaces import SHAPES

SAID = frozenset(
    NamedNode(str(name))
    for name in (SH.name, SH.description, SH.message, SH.order, SH.group, SHAPES + "remedy")
)

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
    constraints = {t.subject for t in corpus.shapes if t.predicate.value == SH.select.toPython()}
    # What shapes say to people costs pyshacl time at every node. It fills in the messages of queries itself.
    lean = [t for t in corpus.shapes if t.predicate not in SAID or t.subject in constraints]
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=to_rdflib(lean),
        inference="none",
        advanced=False,
        do_owl_imports=False,
        inplace=True,
        abort_on_first=False,
    )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"pyshacl: {report}")
    teller = Teller(graphs, data, shapes, report)
    return [teller.finding(result) for result in report.objects(None, SH.result)]
