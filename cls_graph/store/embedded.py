"""The embedded store: Oxigraph, in memory, filled once and then only read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Self, cast

import pyoxigraph as ox

from cls_graph import media
from cls_graph.errors import BadRequest, CorpusError, UsageError
from cls_graph.namespaces import PREFIXES
from cls_graph.reasons import reason
from cls_graph.store import describe as description
from cls_graph.store.base import GraphResults, Results, Row, Term, TripleStream
from cls_graph.store.inferred import StatedLines, is_inferred
from cls_graph.store.made_nodes import makes_nodes, numbered
from cls_graph.store.per_graph import lists_graphs
from cls_graph.store.syntax import syntax_error
from cls_graph.store.tokens import lower_booleans, scan

ENGINE = f"pyoxigraph {ox.__version__}"
"""The engine: another version of it may answer in another order."""
DATASETS = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
_GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class EmbeddedStore:
    """An in-memory Oxigraph store of named graphs (see ``base.Store``).

    Oxigraph rewrites literals to canonical forms (``05`` becomes ``5``), so the
    store answers questions but is never the record: that is the release file.

    What it finds comes in the order in which the quads were put in. They are put in by one thread, in the
    order of the file: ``bulk_load`` of a file uses several, and a query without an order would then have
    other bytes after each start.
    """

    def __init__(self, engine: ox.Store, *, union: bool = True) -> None:
        """``union``: the default graph is the union of the stated graphs, and not the unnamed one."""
        self._engine = engine
        self._union = union
        self._plain: ox.Store | None = None
        self._note_graphs()

    def _note_graphs(self) -> None:
        """Look which graphs there are; again whenever that may have changed."""
        graphs = [g for g in self._named() if isinstance(g, ox.NamedNode)]
        stated: list[_GraphName] = [g for g in graphs if not is_inferred(g)]
        # Entailed graphs are asked for; they are no part of the default graph.
        self._stated = stated if len(stated) < len(graphs) else None

    def _named(self, engine: ox.Store | None = None) -> list[ox.NamedNode | ox.BlankNode]:
        """The named graphs in order: the engine gives them in another one in each process."""
        return sorted((self._engine if engine is None else engine).named_graphs(), key=str)

    def _set_apart(self) -> Self:
        """Make a second store of the stated graphs, where others are entailed.

        A query over a list of graphs looks each pattern up in each of them, which takes many times as
        long as over the union of all. Only for a store that does not change any more.
        """
        if self._stated is not None:
            self._plain = ox.Store()
            for graph in self._stated:
                self._plain.bulk_extend(self._engine.quads_for_pattern(None, None, None, graph))
        return self

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], *, apart: bool = True, stated: bool = False) -> Self:
        """Load an N-Quads file; all or nothing. Raises ``CorpusError``.

        ``apart``: where some graphs are entailed, keep a second store of the stated ones, which takes
        memory and makes queries many times faster. ``stated``: leave out the entailed graphs.
        """
        name = os.fspath(path)
        try:
            if stated:
                with open(name, "rb") as lines:
                    engine = filled(ox.parse(cast(IO[bytes], StatedLines(lines)), ox.RdfFormat.N_QUADS))
            else:
                engine = filled(ox.parse(path=name, format=ox.RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise _unreadable(name, error.msg) from error
        except OSError as error:
            said = reason(error)
            raise CorpusError(
                f"{name} est illisible : {said['fr']}", f"{name} cannot be read: {said['en']}"
            ) from error
        store = cls(engine)
        return store._set_apart() if apart else store

    @classmethod
    def from_bytes(cls, nquads: bytes) -> Self:
        """Load N-Quads from memory; all or nothing. Raises ``CorpusError``."""
        try:
            engine = filled(ox.parse(nquads, ox.RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise _unreadable("N-Quads", error.msg) from error
        return cls(engine)._set_apart()

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad], *, apart: bool = True) -> Self:
        """A store of ``quads``; ``apart`` as in ``from_file``."""
        engine = filled(quads)
        return cls(engine)._set_apart() if apart else cls(engine)

    def __len__(self) -> int:
        return len(self._engine)

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
        infer: bool = False,
    ) -> Results:
        """Evaluate ``text`` (SPARQL 1.1 Query; dataset as in its section 13.2 and Protocol 2.1.4).

        ``base`` resolves relative IRIs where the query has no BASE. A dataset in the arguments replaces
        the one in the query. Where neither names one, entailed graphs are there only with ``infer``: in the
        default graph, and as named graphs. Raises ``SyntaxError`` with the engine's message,
        ``ValueError`` for a graph name that is not an IRI.
        """
        found = self._evaluate(lower_booleans(text), default_graphs, named_graphs, base, infer)
        if isinstance(found, ox.QueryTriples) and makes_nodes(text):
            return TripleStream(numbered(found, self._knows))
        return found

    def _knows(self, node: ox.BlankNode) -> bool:
        """Whether a statement is of this node, or has it as its value."""
        of, to = ((node, None, None), (None, None, node))
        return any(next(self._engine.quads_for_pattern(*ends), None) is not None for ends in (of, to))

    def _evaluate(
        self,
        text: str,
        default_graphs: Sequence[str] | None,
        named_graphs: Sequence[str] | None,
        base: str | None,
        infer: bool,
    ) -> Results:
        if default_graphs is not None or named_graphs is not None:
            return self._engine.query(
                text,
                base_iri=base,
                default_graph=[ox.NamedNode(g) for g in default_graphs or ()],
                named_graphs=[ox.NamedNode(g) for g in named_graphs or ()],
            )
        if "FROM" in text.upper() and scan(text).names_dataset:
            # The engine's union flag would override FROM.
            return self._engine.query(text, base_iri=base)
        plain = None if infer else self._plain
        if plain is not None or self._stated is None or (infer and self._union):
            engine, union = (self._engine, self._union) if plain is None else (plain, True)
            # A list in order where graphs are listed one by one; elsewhere it would only cost time.
            listed = self._named(engine) if lists_graphs(text) else None
            return engine.query(text, base_iri=base, use_default_graph_as_union=union, named_graphs=listed)
        named = [g for g in self._named() if infer or not is_inferred(g)]
        default: list[_GraphName] = [g for g in named if self._union or is_inferred(g)]
        if not self._union:
            default.append(ox.DefaultGraph())
        return self._engine.query(text, base_iri=base, default_graph=default, named_graphs=named)

    def _of(self, infer: bool) -> ox.Store:
        """The store that holds what is wanted, perhaps among other things."""
        return self._engine if infer or self._plain is None else self._plain

    may_cut = False

    def ceiling(self, rows: int) -> bool:
        """Never: the engine gives all the rows there are."""
        return False

    def ask(self, text: str) -> bool:
        """The answer of an ASK query; raises ``UsageError`` for another form."""
        result = self._run(text)
        if not isinstance(result, ox.QueryBoolean):
            raise _wrong_form("ASK")
        return bool(result)

    def select(self, text: str) -> list[Row]:
        """The rows of a SELECT query, each with its bound variables in order."""
        return self.rows(text)[1]

    def rows(self, text: str, *, infer: bool = False) -> tuple[list[str], list[Row]]:
        """The variables of a SELECT query and its rows."""
        result = self._run(text, infer=infer)
        if not isinstance(result, ox.QuerySolutions):
            raise _wrong_form("SELECT")
        names = [v.value for v in result.variables]
        return names, [{n: value for n in names if (value := row[n]) is not None} for row in result]

    def construct(self, text: str) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query, sorted, each once."""
        result = self._run(text)
        if not isinstance(result, GraphResults):
            raise _wrong_form("CONSTRUCT")
        return sorted(set(result), key=str)

    def exists(self, graph: str) -> bool:
        """Whether there is a graph of this name; the default graph (empty name) always is.

        Raises ``BadRequest`` for a name that is no absolute IRI.
        """
        return not graph or self._engine.contains_named_graph(graph_name(graph))

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a graph; of the default graph, as queries see it, for the empty name."""
        if not graph and self._union:
            found = self._run("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            assert isinstance(found, ox.QueryTriples)
            return iter(found)
        quads = self._engine.quads_for_pattern(None, None, None, graph_name(graph))
        return (quad.triple for quad in quads)

    def published(self) -> str:
        """Nothing: what was loaded stays as it is."""
        return ""

    def dump_dataset(self, fmt: media.Format, out: IO[bytes]) -> None:
        """Write all graphs to ``out`` as they come. ``fmt`` is one of ``media.DATASETS``."""
        self._engine.dump(out, DATASETS[fmt.name], prefixes=dict(PREFIXES) if fmt.name == "trig" else None)

    def empty(self, graph: str) -> bool:
        """Whether a graph holds nothing."""
        return next(self._engine.quads_for_pattern(None, None, None, graph_name(graph)), None) is None

    def quads(
        self, subject: Term | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Quad]:
        """The statements that fit, each in every named graph that holds it; ``None`` fits all."""
        if isinstance(subject, ox.Literal):
            return iter(())
        found = self._engine.quads_for_pattern(subject, predicate, value, None)
        return (q for q in found if isinstance(q.graph_name, ox.NamedNode))

    def describe(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The bounded description of a thing (see ``describe.describe``)."""
        return description.describe(self._of(infer), iri, infer=infer)

    def describe_with_context(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The description with incoming links and labels (see ``describe.with_context``)."""
        return description.with_context(self._of(infer), iri, infer=infer)

    def _run(self, text: str, *, infer: bool = False) -> Results:
        try:
            return self.query(text, infer=infer)
        except SyntaxError as error:
            raise syntax_error(text, str(error)) from error


def filled(quads: Iterable[ox.Quad]) -> ox.Store:
    """An engine that holds ``quads``, put in one after the other; blank nodes keep their names."""
    engine = ox.Store()
    engine.bulk_extend(quads)
    return engine


def graph_name(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    """The engine's name of a graph (the default graph for the empty one); raises ``BadRequest``."""
    try:
        return ox.NamedNode(graph) if graph else ox.DefaultGraph()
    except ValueError as error:
        raise BadRequest(
            f"Un graphe se nomme par un IRI absolu, pas par « {graph} ».",
            f"A graph is named by an absolute IRI, not by '{graph}'.",
        ) from error


def _unreadable(name: str, reason: str) -> CorpusError:
    return CorpusError(f"{name} est illisible : {reason}", f"{name} cannot be read: {reason}")


def _wrong_form(wanted: str) -> UsageError:
    return UsageError(f"Il faut ici une requête {wanted}.", f"A {wanted} query is needed here.")
