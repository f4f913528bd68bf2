"""A store that can be written to: the operations of SPARQL 1.1 Update and of the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from cls_graph.errors import CorpusError
from cls_graph.reasons import reason
from cls_graph.store.embedded import EmbeddedStore, filled, graph_name
from cls_graph.store.tokens import lower_booleans
from cls_graph.store.updates import probe
from cls_graph.store.xmlliteral import canonical

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
_EMPTY = b"# empty "


class WritableStore(EmbeddedStore):
    """An ``EmbeddedStore`` that changes. Each method happens whole, or raises and changes nothing.

    A graph that was made empty, or emptied, goes on existing until it is dropped.
    """

    @classmethod
    def from_snapshot(cls, path: Path, *, union: bool) -> Self:
        """Load what ``dump`` wrote to a file. Raises ``CorpusError``."""
        try:
            engine = filled(ox.parse(path=path, format=ox.RdfFormat.N_QUADS))
            with path.open("rb") as file:
                for name in _empty_graphs(file):
                    engine.add_graph(name)
        except (SyntaxError, OSError, ValueError) as error:
            said = reason(error)
            raise CorpusError(
                f"{path} est illisible : {said['fr']}", f"{path} cannot be read: {said['en']}"
            ) from error
        return cls(engine, union=union)

    def dump(self, out: IO[bytes]) -> None:
        """Write the whole dataset as N-Quads, after a comment for each graph that is empty."""
        for name in self._engine.named_graphs():
            if isinstance(name, ox.NamedNode) and self.empty(name.value):
                out.write(_EMPTY + f"{name}\n".encode())
        self._engine.dump(out, ox.RdfFormat.N_QUADS)

    def update(self, text: str, base: str | None = None) -> None:
        """SPARQL 1.1 Update. Raises ``SyntaxError``, or ``RuntimeError`` when it cannot be done."""
        self._engine.update(lower_booleans(text), base_iri=base)
        self._note_graphs()

    def parse_update(self, text: str, base: str | None = None) -> None:
        """Raise ``SyntaxError`` when ``text`` is no update; does nothing of what it says."""
        missing = "urn:x-cls-graph:missing"
        text = lower_booleans(text)
        self._engine.remove_graph(graph_name(missing))
        try:
            self._engine.update(probe(text, missing), base_iri=base)
        except SyntaxError:
            # Again, for the place in the text as it was given.
            self._engine.update(text, base_iri=base)
        except RuntimeError:
            return

    def create(self, graph: str) -> None:
        """Make a graph of this name, if there is none."""
        if graph:
            self._engine.add_graph(graph_name(graph))
            self._note_graphs()

    def drop(self, graph: str | None) -> None:
        """Remove a graph; the default graph is emptied, and all graphs are removed for ``None``."""
        if graph is None:
            self._engine.clear()
        else:
            self._engine.remove_graph(graph_name(graph))
        self._note_graphs()

    def add(self, graph: str | None, body: bytes, fmt: str, base: str | None) -> None:
        """Add a document to a graph, or a dataset to the store for ``None``.

        Blank nodes are new ones. Raises ``SyntaxError`` as the engine does (with ``lineno`` and
        ``offset``), and for graphs within a document that is meant for one graph.
        """
        quads: Iterable[ox.Quad] = ox.parse(
            body,
            _FORMATS[fmt],
            base_iri=base,
            without_named_graphs=graph is not None,
            rename_blank_nodes=True,
        )
        if fmt == "rdf":
            quads = canonical(quads)
        self._engine.extend(quads if graph is None else _into(quads, graph_name(graph)))
        if graph:
            self.create(graph)
        self._note_graphs()


def _into(quads: Iterable[ox.Quad], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _empty_graphs(file: IO[bytes]) -> Iterator[ox.NamedNode]:
    for line in file:
        if not line.startswith(_EMPTY):
            return
        yield ox.NamedNode(line[len(_EMPTY) :].strip().decode()[1:-1])
