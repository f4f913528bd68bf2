"""Rows in memory as the answer of a query, so that the engine writes them in every format."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from cls_graph.store.base import Term


class _Lines(io.RawIOBase):
    """What the engine reads: lines, made as they are asked for, never all of them at once."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next line, or as much of it as there is room for."""
        self._rest = self._rest or next(self._lines, b"")
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def solutions(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> ox.QuerySolutions:
    """An answer with these columns and rows, in this order.

    >>> from pyoxigraph import Literal, QueryResultsFormat
    >>> solutions(["a", "b"], [[Literal(1), None]]).serialize(format=QueryResultsFormat.CSV)
    b'a,b\\r\\n1,\\r\\n'
    """

    def lines() -> Iterator[bytes]:
        yield ("\t".join(f"?{column}" for column in columns) + "\n").encode()
        for row in rows:
            # A term is written as in N-Triples, which TSV takes (SPARQL 1.1 TSV, section 4).
            yield ("\t".join("" if term is None else str(term) for term in row) + "\n").encode()

    found = ox.parse_query_results(cast(BinaryIO, _Lines(lines())), format=ox.QueryResultsFormat.TSV)
    assert isinstance(found, ox.QuerySolutions)
    return found
