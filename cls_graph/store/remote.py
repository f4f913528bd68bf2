"""The remote store: any SPARQL 1.1 endpoint, asked over HTTP (see ``base.Store``)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Self

import pyoxigraph as ox

from cls_graph import media
from cls_graph.namespaces import PREFIXES
from cls_graph.settings import Settings
from cls_graph.store import nearby, record
from cls_graph.store.address import Address, Credentials
from cls_graph.store.answers import Answers
from cls_graph.store.base import Results, Term, TripleStream
from cls_graph.store.connecting import About, survey
from cls_graph.store.embedded import DATASETS, graph_name
from cls_graph.store.failing import failed
from cls_graph.store.inferred import INFERRED
from cls_graph.store.portable import Dataset, looks_into_graphs, portable, split_dataset
from cls_graph.store.tokens import scan
from cls_graph.store.wire import Parameters, Wire

NONE = record.SPACE + "none"
"""A graph that is in no store: to name it alone is to name an empty dataset."""
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class RemoteStore:
    """A release in a store of another make. One process, one instance: it holds a connection."""

    def __init__(
        self, about: About, settings: Settings, credentials: Credentials, graph: str = "", lang: str = ""
    ) -> None:
        """``graph`` is that of the record of the release; see ``connect``."""
        self._lang = lang
        self.about = about
        self._graph = graph
        self._settings = settings
        self._credentials = credentials
        self._open: Answers | None = None
        self._graphs: dict[str, int] = about.manifest.get("graphs", {})
        self._stated = [g for g in self._graphs if INFERRED not in g]
        self._inferred = [g for g in self._graphs if INFERRED in g]

    @classmethod
    def connect(
        cls, url: str, settings: Settings, env: Mapping[str, str] | None = None, lang: str = ""
    ) -> Self:
        """Look which release is in the store at ``url``, and how the store differs from SPARQL 1.1.

        A store that can is to tell of errors in ``lang``.

        Raises ``UsageError`` for an address that is none, ``StoreFailed``, and ``CorpusError`` for a
        store whose release is being loaded, or that holds several.
        """
        credentials = Credentials.of(os.environ if env is None else env)
        wire = Wire(Address.of(url), credentials, settings.store_timeout, lang)
        try:
            about, graph = survey(url, Answers(wire), settings)
        finally:
            wire.close()
        return cls(about, settings, credentials, graph, lang)

    def __len__(self) -> int:
        return sum(self._graphs.values())

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
        infer: bool = False,
    ) -> Results:
        """Have the store evaluate ``text`` (see ``base.Store.query``).

        Raises ``SyntaxError`` and ``RuntimeError`` as our engine does, ``QueryRefused`` for what is of that
        store only, ``QueryNotEvaluated`` for what the store refuses, and ``StoreFailed``.
        """
        sent, said = split_dataset(portable(text, base), base)
        if default_graphs is not None or named_graphs is not None:
            said = Dataset(tuple(default_graphs or ()), tuple(named_graphs or ()))
        graphs = looks_into_graphs(text)
        dataset = self._own(graphs, infer) if said is None else _parameters(said, graphs)
        if scan(text).form in ("CONSTRUCT", "DESCRIBE"):
            return TripleStream(self._answers.triples(sent, dataset))
        return self._answers.solutions(sent, dataset)

    may_cut = True

    def ceiling(self, rows: int) -> bool:
        """Whether the store may have cut an answer of so many rows."""
        # Virtuoso ends a SELECT at its limit, and a CONSTRUCT with the row that goes over it.
        limits = {*self.about.rows, self._answers.most_rows} - {0}
        return bool(self._answers.cut) or (bool(limits) and rows >= min(limits))

    def describe(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The bounded description of a thing (see ``describe.describe``)."""
        graph_name(iri)
        return nearby.describe(self._asking(infer), iri)

    def describe_with_context(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The description with incoming links and labels (see ``describe.with_context``)."""
        graph_name(iri)
        return nearby.with_context(self._asking(infer), iri)

    def quads(
        self, subject: Term | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Quad]:
        """The statements that fit (see ``base.Store.quads``); none for a blank node: it has no name there."""
        pattern = {"s": subject, "p": predicate, "o": value}
        if isinstance(subject, ox.Literal) or any(isinstance(t, ox.BlankNode) for t in pattern.values()):
            return
        said = " ".join(f"?{name}" if term is None else str(term) for name, term in pattern.items())
        text = f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ {said} }} }}"
        found = self._answers.solutions(text, self._own(named=True, infer=True))
        assert isinstance(found, ox.QuerySolutions)
        for row in found:
            s, p, o = (row[name] if term is None else term for name, term in pattern.items())
            yield ox.Quad(s, p, o, row["g"])  # type: ignore[arg-type]

    def exists(self, graph: str) -> bool:
        """Whether the release has a graph of this name. Raises ``BadRequest`` for a name that is none."""
        graph_name(graph)
        return not graph or graph in self._graphs

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a graph of the release, or of its default graph; all of them or ``StoreFailed``."""
        if not graph:
            yield from self._answers.triples(_WHOLE, self._own(named=False, infer=False))
            return
        count = 0
        if graph in self._graphs:
            for triple in self._answers.triples(_WHOLE, [("default-graph-uri", graph)]):
                count += 1
                yield triple
        if count != self._graphs.get(graph, 0):
            raise failed(
                f"{count} triplets de <{graph}> sur {self._graphs[graph]}",
                f"{count} triples of <{graph}> out of {self._graphs[graph]}",
            )

    def dump_dataset(self, fmt: media.Format, out: IO[bytes]) -> None:
        """Write all graphs of the release to ``out`` as they come."""
        prefixes = dict(PREFIXES) if fmt.name == "trig" else None
        ox.serialize(self._quads(), out, DATASETS[fmt.name], prefixes=prefixes)

    def published(self) -> str:
        """The digest of the release in the store now; empty while one is loaded, and where none is known."""
        state, manifest = record.state_of(self._answers.select, self._graph) if self._graph else ("", None)
        return str(manifest["digest"]) if manifest and state == record.COMPLETE else ""

    @property
    def _answers(self) -> Answers:
        """Opened when it is first needed: in the process that uses it."""
        if self._open is None:
            # The deadline of a query is kept by whoever started this process.
            wire = Wire(Address.of(self.about.url), self._credentials, 0, self._lang)
            self._open = Answers(wire, self.about.server)
        return self._open

    def _asking(self, infer: bool) -> nearby.Ask:
        def ask(text: str) -> ox.QuerySolutions:
            found = self._answers.solutions(text, self._own(named=False, infer=infer))
            assert isinstance(found, ox.QuerySolutions)
            return found

        return ask

    def _own(self, named: bool, infer: bool) -> Parameters:
        """The parameters of the dataset of a request that names none."""
        if self.about.dataset == "store":
            return []
        if self.about.dataset == "service":
            return [("infer", "true")] if infer else []
        among = list(self._graphs) if infer else self._stated
        default = among
        if self.about.union:
            default = [self.about.union, *(self._inferred if infer else ())]
        found = [("default-graph-uri", graph) for graph in default or (NONE,)]
        return [*found, *(("named-graph-uri", graph) for graph in among or (NONE,))] if named else found

    def _quads(self) -> Iterable[ox.Quad]:
        for graph in self._graphs:
            for t in self.triples(graph):
                yield ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph))


def _parameters(dataset: Dataset, graphs: bool) -> Parameters:
    """The parameters of a dataset; an empty part is said to be so, or some stores take all graphs for it."""
    for name in (*dataset.default, *dataset.named):
        graph_name(name)
    default = dataset.default or (() if dataset.named else (NONE,))
    named = dataset.named or ((NONE,) if graphs else ())
    return [*(("default-graph-uri", g) for g in default), *(("named-graph-uri", g) for g in named)]
