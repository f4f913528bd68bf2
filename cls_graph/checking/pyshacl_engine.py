"""The reference engine: pyshacl on rdflib memory graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import NamedNode, Quad, Triple
from rdflib.namespace import OWL, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from cls_graph.checking.quicker import quicker
from cls_graph.checking.reference_graph import fill
from cls_graph.checking.results import Result, ntriples, results_of
from cls_graph.checking.setwise import Screen
from cls_graph.errors import CorpusError
from cls_graph.namespaces import SHAPES

SAID = frozenset(
    NamedNode(str(name))
    for name in (SH.name, SH.description, SH.message, SH.order, SH.group, SHAPES + "remedy")
)


class PreparedGraph(rdflib.Graph):
    """A graph that parses each query text once, and asks the constraints of all nodes together first.

    pyshacl asks the same SPARQL constraint for every focus node. Parsing it is half of that time; most of
    the rest goes to nodes that have nothing wrong, which one query over all of them tells (``Screen``).
    """

    def __init__(self, screen: Screen | None = None) -> None:
        super().__init__()
        self._screen = screen

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
            text = query_object
            query_object = _parsed(text, tuple(sorted((prefix, str(iri)) for prefix, iri in names.items())))
            if self._screen is not None and self._screen.clears(text, query_object, initBindings):
                return _nothing()
        return super().query(
            query_object, processor, result, names, initBindings, use_store_provided, **kwargs
        )


@lru_cache(maxsize=256)
def _parsed(text: str, names: tuple[tuple[str, str], ...]) -> Query:
    return prepareQuery(text, initNs=dict(names))


def _nothing() -> rdflib.query.Result:
    empty = rdflib.query.Result("SELECT")
    empty.vars, empty.bindings = [], []
    return empty


def to_rdflib(triples: Iterable[Triple | Quad]) -> rdflib.Graph:
    """The triples as an rdflib graph (graph names dropped)."""
    return fill(PreparedGraph(), ntriples(triples))


def lean(shapes: Sequence[Triple]) -> list[Triple]:
    """The shapes without what they say to people, which costs pyshacl time at every node.

    It fills in the messages of SPARQL constraints itself, so these stay.
    """
    constraints = {t.subject for t in shapes if t.predicate.value == str(SH.select)}
    return [t for t in shapes if t.predicate not in SAID or t.subject in constraints]


def with_imported_prefixes(shapes: Sequence[Triple]) -> list[Triple]:
    """The shapes, where an ontology also declares the prefixes that it imports (SHACL section 5.2.1).

    pyshacl follows ``sh:prefixes`` to declarations, but not through ``owl:imports``.
    """
    linked: dict[str, dict[object, list[Triple]]] = {str(OWL.imports): {}, str(SH.declare): {}}
    for t in shapes:
        if t.predicate.value in linked:
            linked[t.predicate.value].setdefault(t.subject, []).append(t)
    imports, declares = linked.values()
    added = []
    for ontology in imports:
        todo, seen = [ontology], {ontology}
        while todo:
            near = {t.object for t in imports.get(todo.pop(), ())} - seen
            seen |= near
            todo += near
        added += [
            Triple(ontology, t.predicate, t.object)  # type: ignore[arg-type]
            for other in sorted(seen - {ontology}, key=str)
            for t in declares.get(other, ())
        ]
    return [*shapes, *added]


class PreparedShapes:
    """Shapes read once, for any number of data graphs."""

    def __init__(self, shapes: Sequence[Triple], *, stock: bool = False) -> None:
        """``stock``: pyshacl as it comes, for comparison."""
        self._graph = fill(rdflib.Graph(store="SimpleMemory"), ntriples(with_imported_prefixes(lean(shapes))))
        self._stock = stock

    def validate(self, data: bytes) -> list[Result]:
        """All results over data in N-Triples. Raises ``CorpusError`` for a shape that cannot be used."""
        graph = fill(rdflib.Graph() if self._stock else PreparedGraph(Screen(data)), data)
        with quicker(on=not self._stock):
            _, report, _ = pyshacl.validate(
                graph,
                shacl_graph=self._graph,
                inference="none",
                advanced=False,
                do_owl_imports=False,
                inplace=True,
                abort_on_first=False,
            )
        if not isinstance(report, rdflib.Graph):
            raise CorpusError(
                f"Une forme ne peut pas servir. pyshacl dit : {report}",
                f"A shape cannot be used. pyshacl says: {report}",
            )
        return results_of(report)
