"""What every store offers, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Row = dict[str, Term]


class Store(Protocol):
    """A read-only set of named graphs that answers SPARQL 1.1 queries.

    Without a dataset, in the query or in the arguments, the default graph is the
    union of the stated graphs. ``default_graphs`` and ``named_graphs`` are IRIs of
    graphs of this store, never addresses to fetch; one that is unknown is empty.
    """

    def __len__(self) -> int: ...

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        infer: bool = False,
    ) -> Results:
        """Evaluate ``text``, with ``infer`` over the entailed graphs too.

        Raises ``SyntaxError`` with the engine's message.
        """
        ...

    def describe(self, iri: str) -> list[ox.Triple]:
        """The thing's own triples and those of the nodes under its IRI, sorted."""
        ...
