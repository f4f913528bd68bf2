"""A write, as it travels from the pool to a candidate and into the journal."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

DEFAULT_GRAPH = ""
"""The name that stands for the default graph; ``None`` stands for the whole dataset."""
_SIZE = struct.Struct("!I")


class Verb(StrEnum):
    """What a write does; ``NOTHING`` only asks for the dataset as it is."""

    UPDATE = "update"
    PUT = "put"
    POST = "post"
    DELETE = "delete"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Part:
    """A document to parse: the short name of its format and its bytes."""

    format: str
    body: bytes


@dataclass(frozen=True)
class Operation:
    """One write: an update (SPARQL 1.1 Update) or an operation of the Graph Store Protocol.

    ``using`` and ``using_named`` are the dataset of an update's WHERE clauses, ``None`` where the
    request names none; ``base`` resolves the relative IRIs of the documents.
    """

    verb: Verb
    text: str = ""
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    graph: str | None = None
    base: str | None = None
    parts: tuple[Part, ...] = field(default=())

    def pack(self, **notes: Any) -> bytes:
        """The operation as bytes, with notes that ``unpack`` gives back."""
        header: dict[str, Any] = {"verb": self.verb, "notes": notes}
        for name in ("using", "using_named", "graph", "base"):
            header[name] = getattr(self, name)
        header["parts"] = [[part.format, len(part.body)] for part in self.parts]
        head = json.dumps(header).encode()
        text = self.text.encode()
        lengths = _SIZE.pack(len(head)) + _SIZE.pack(len(text))
        return b"".join([lengths, head, text, *(part.body for part in self.parts)])

    @classmethod
    def unpack(cls, data: bytes) -> tuple[Operation, dict[str, Any]]:
        """The operation and the notes that ``data`` holds (see ``pack``)."""
        pieces = _Pieces(data)
        head_size, text_size = (_SIZE.unpack(pieces.take(4))[0] for _ in range(2))
        header = json.loads(pieces.take(head_size))
        text = pieces.take(text_size).decode()
        operation = cls(
            Verb(header["verb"]),
            text,
            _tuple(header["using"]),
            _tuple(header["using_named"]),
            header["graph"],
            header["base"],
            tuple(Part(name, pieces.take(size)) for name, size in header["parts"]),
        )
        return operation, header["notes"]


class _Pieces:
    """Bytes taken one piece after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)

    def take(self, size: int) -> bytes:
        piece, self._data = bytes(self._data[:size]), self._data[size:]
        return piece


def _tuple(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
