"""The limits on an answer: rows counted, and cut between two of them, in the bytes that the engine writes.

The engine serialises far faster than Python could, but tells nobody how many rows
went by. So the ends of rows are counted in its own writing, with what is fast in
C, and the bytes passed on unchanged. Where a row too many comes, the chunk is
taken apart by the pattern of one row, and the document closed where it stands:
it stays well-formed, with a word on the cut where the format has room for one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from cls_graph.settings import Settings

CHUNK = 65536
"""Bytes that are taken apart at a time."""


@dataclass(frozen=True)
class Cut:
    """Where a limit ended an answer: after so many rows, because of ``max_rows`` or ``max_bytes``."""

    rows: int
    limit: str

    def note(self) -> str:
        """The cut in words, for a comment."""
        return f"truncated: rows={self.rows}; limit={self.limit}"


class Stop(Exception):
    """Ends the engine's work on an answer that is cut."""


@dataclass(frozen=True)
class _Shape:
    """How a format writes solutions: ``head`` up to the first row, ``row``, and the end after a cut.

    ``count`` gives the whole rows at the start of some bytes, and where they end.
    """

    head: re.Pattern[bytes]
    row: re.Pattern[bytes]
    count: Callable[[bytes], tuple[int, int]]
    close: Callable[[Cut], bytes]


def _nested(depth: int) -> str:
    """The pattern of a JSON object whose objects nest so deep."""
    inner = _nested(depth - 1) if depth else r"(?!)"
    return r'\{(?:[^"{}]++|"(?:[^"\\]++|\\.)*+"|' + inner + r")*+\}"


def _row(pattern: str) -> re.Pattern[bytes]:
    """The pattern to take rows from the start of a buffer; what is no whole row is one empty match."""
    return re.compile(f"({pattern})|.+".encode(), re.DOTALL)


def _lines(data: bytes) -> tuple[int, int]:
    return data.count(b"\n"), data.rfind(b"\n") + 1


def _records(data: bytes) -> tuple[int, int]:
    """Lines of CSV: only what stands between quoted fields can end one."""
    parts = data.split(b'"')
    if len(parts) == 1:
        return _lines(data)
    end = len(data)
    for index in range(len(parts) - 1, -1, -1):
        end -= len(parts[index])
        if index % 2 == 0 and (last := parts[index].rfind(b"\n")) >= 0:
            return b"".join(parts[::2]).count(b"\n"), end + last + 1
        end -= 1
    return 0, 0


def _results(data: bytes) -> tuple[int, int]:
    # The engine escapes "<" in every value.
    last = data.rfind(b"</result>")
    return (data.count(b"</result>"), last + len(b"</result>")) if last >= 0 else (0, 0)


def _bindings(data: bytes) -> tuple[int, int]:
    """Rows of JSON, without looking into them as long as no value looks like the end of one.

    What follows a quote tells whether it opens the name of a variable or closes a value.
    """
    ends = [match.start() + 2 for match in _BETWEEN.finditer(data)]
    if ends and data.count(b"},{", 0, ends[-1]) == len(ends) - 1:
        return len(ends), ends[-1]
    rows = _ROW_OF_JSON.findall(data)
    if rows and not rows[-1]:
        rows.pop()
    return len(rows), sum(map(len, rows))


_LINE = re.compile(rb"[^\n]*\n")
_BETWEEN = re.compile(rb'\}\},\{"(?=[^},:\]])')
_ROW_OF_JSON = _row(",?" + _nested(12))
_SHAPES = {
    "tsv": _Shape(_LINE, _row(r"[^\n]*+\n"), _lines, lambda _: b""),
    "csv": _Shape(_LINE, _row(r'(?:[^"\n]++|"[^"]*+")*+\n'), _records, lambda _: b""),
    "xml": _Shape(
        re.compile(rb".*?<results>", re.DOTALL),
        _row(r"<result>(?:[^<]++|<(?!/result>))*+</result>"),
        _results,
        lambda cut: f"</results></sparql><!-- {cut.note()} -->".encode(),
    ),
    # A binding holds terms, and a term may be a triple of terms, and so on.
    "json": _Shape(
        re.compile(rb'.*?"bindings":\[', re.DOTALL),
        _ROW_OF_JSON,
        _bindings,
        lambda _: b"]}}",
    ),
}


def headed(cut: Cut, fmt: str, beginning: bytes) -> bytes:
    """The first bytes of an answer that is cut, with a word on it where the format has room at its head.

    JSON results get a member ``truncated``, first: strict readers take none after the bindings.
    """
    if fmt != "json":
        return beginning
    return json.dumps({"truncated": cut.__dict__}).encode()[:-1] + b"," + beginning.removeprefix(b"{")


class Rows:
    """The file that the engine writes solutions to: counts the rows and hands the bytes on to ``send``.

    ``write`` raises ``Stop`` once the answer is cut; ``cut`` says where.
    """

    def __init__(self, fmt: str, settings: Settings, send: Callable[[bytes], Any]) -> None:
        self.cut: Cut | None = None
        self._shape = _SHAPES[fmt]
        self._most_rows = settings.max_rows or float("inf")
        self._most_bytes = settings.max_bytes or float("inf")
        self._send = send
        self._rows = 0
        self._bytes = 0
        self._begun = False
        self._data = bytearray()
        self._enough = CHUNK

    @property
    def rows(self) -> int:
        """Whole rows handed on so far."""
        return self._rows

    def write(self, data: bytes) -> int:
        if self.cut is not None:
            # The engine empties its own buffer on the way out.
            raise Stop
        self._data += data
        if len(self._data) >= self._enough:
            self._take()
            # A row longer than a chunk is not looked at again for every part of it.
            self._enough = max(CHUNK, 2 * len(self._data))
        return len(data)

    def flush(self) -> None:
        """Nothing: bytes are handed on as soon as their rows are whole."""

    def finish(self) -> None:
        """Hand on what is left: the last rows, then the end of the document."""
        self._take()
        # A row of JSON that nothing follows is counted only now.
        self._take()
        self._send(bytes(self._data))

    def _take(self) -> None:
        """Hand on the whole rows that are there; raise ``Stop`` when they are too many or too long."""
        if not self._begun:
            head = self._shape.head.match(self._data)
            if head is None:
                return
            self._begun = True
            self._pass(head.end())
        rows, whole = self._shape.count(bytes(self._data))
        if self._rows + rows > self._most_rows or self._bytes + whole > self._most_bytes:
            self._end()
        self._rows += rows
        self._pass(whole)

    def _end(self) -> None:
        kept = 0
        limit = "max_rows"
        for row in self._shape.row.findall(self._data):
            if self._rows == self._most_rows:
                break
            if self._bytes + kept + len(row) > self._most_bytes:
                limit = "max_bytes"
                break
            self._rows += 1
            kept += len(row)
        self.cut = Cut(self._rows, limit)
        self._pass(kept)
        self._send(self._shape.close(self.cut))
        raise Stop

    def _pass(self, size: int) -> None:
        self._send(bytes(self._data[:size]))
        self._bytes += size
        del self._data[:size]


class Triples:
    """The triples of a graph answer, as far as the limits go; ``cut`` says where they ended early."""

    def __init__(self, triples: Iterable[ox.Triple], settings: Settings, written: Callable[[], int]) -> None:
        self.cut: Cut | None = None
        self.count = 0
        """Triples given so far."""
        self._triples = triples
        self._most_rows = settings.max_rows or float("inf")
        self._most_bytes = settings.max_bytes or float("inf")
        self._written = written

    def __iter__(self) -> Iterator[ox.Triple]:
        for count, triple in enumerate(self._triples):
            if count == self._most_rows:
                self.cut = Cut(count, "max_rows")
                return
            if self._written() >= self._most_bytes:
                self.cut = Cut(count, "max_bytes")
                return
            self.count = count + 1
            yield triple

    def close(self, fmt: str) -> bytes:
        """The comment at the end of a graph that was cut; JSON-LD has room for none."""
        if self.cut is None or fmt == "jsonld":
            return b""
        if fmt == "rdf":
            return f"<!-- {self.cut.note()} -->\n".encode()
        return f"# {self.cut.note()}\n".encode()
