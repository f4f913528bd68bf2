"""What every store offers, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Protocol

import pyoxigraph as ox

from cls_graph import media

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class TripleStream:
    """The triples of a graph answer that come from another engine than ours, as they come."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self._triples)


GraphResults = ox.QueryTriples | TripleStream
Results = ox.QuerySolutions | ox.QueryBoolean | GraphResults
Row = dict[str, Term]


class Store(Protocol):
    """A read-only set of named graphs that answers SPARQL 1.1 queries.

    Without a dataset, in the query or in the arguments, the default graph is the
    union of the stated graphs. ``default_graphs`` and ``named_graphs`` are IRIs of
    graphs of this store, never addresses to fetch; one that is unknown is empty.
    """

    def __len__(self) -> int: ...

    def __hash__(self) -> int: ...

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        base: str | None = None,
        infer: bool = False,
    ) -> Results:
        """Evaluate ``text``, with ``infer`` over the entailed graphs too.

        ``base`` resolves relative IRIs where the query has no BASE. A dataset in the arguments replaces
        the one in the query. Raises ``SyntaxError`` with the engine's message.
        """
        ...

    @property
    def may_cut(self) -> bool:
        """Whether the store may cut an answer by a limit of its own (see ``ceiling``)."""
        ...

    def ceiling(self, rows: int) -> bool:
        """Whether an answer of so many rows may have been cut by the store itself."""
        ...

    def describe(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The thing's own triples and those of the nodes under its IRI, sorted."""
        ...

    def describe_with_context(self, iri: str, *, infer: bool = False) -> list[ox.Triple]:
        """The description with incoming links and labels (see ``describe.with_context``)."""
        ...

    def exists(self, graph: str) -> bool:
        """Whether there is a graph of this name; the default graph (empty name) always is."""
        ...

    def triples(self, graph: str) -> Iterable[ox.Triple]:
        """The triples of a graph; of the default graph, as queries see it, for the empty name."""
        ...

    def quads(
        self, subject: Term | None, predicate: ox.NamedNode | None, value: Term | None
    ) -> Iterator[ox.Quad]:
        """The statements that fit, each in every named graph that holds it; ``None`` fits all."""
        ...

    def published(self) -> str:
        """The digest of the release in the store now, where somebody else may change it; else empty."""
        ...

    def dump_dataset(self, fmt: media.Format, out: IO[bytes]) -> None:
        """Write all graphs to ``out`` as they come. ``fmt`` is one of ``media.DATASETS``."""
        ...
