"""SPARQL results in XML, read as they come and given on as JSON.

Some stores write XML many times faster than JSON, and truer. Our engine's reader of XML takes a
document that stops between two rows for a whole one and trims literals, hence one of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from typing import Protocol
from xml.parsers import expat

from cls_graph.store.failing import malformed
from cls_graph.store.spelling import spelled

_TERMS = frozenset({"uri", "literal", "bnode"})
_BLOCK = 65536
_NODE = "nodeID://"
"""Before the label of a blank node, as Virtuoso writes it."""


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1) -> bytes: ...


class XmlAsJson:
    """A file of JSON made of a file of XML (SPARQL Query Results XML Format).

    ``read`` raises ``StoreFailed`` where the XML is not well-formed or stops before its end.
    """

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._made: list[str] = []
        self._ahead = b""
        self._ended = False
        self._names: list[str] = []
        self._cells: list[str] = []
        self._name = ""
        self._term = ""
        self._more = ""
        self._datatype = ""
        self._text: list[str] = []
        self._rows = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        # No entity can be declared: there is nothing to expand.
        parser.StartDoctypeDeclHandler = _no_doctype
        self._feed: Callable[[bytes, bool], int] = parser.Parse

    def read(self, size: int = -1) -> bytes:
        """The next bytes of JSON, at most ``size``; empty at the end."""
        while not self._ended and (size < 0 or len(self._ahead) < size):
            block = self._source.read(_BLOCK)
            self._ended = not block
            try:
                self._feed(block, self._ended)
            except expat.ExpatError as error:
                raise malformed(error) from error
            self._ahead += "".join(self._made).encode()
            self._made.clear()
        taken = self._ahead if size < 0 else self._ahead[:size]
        self._ahead = self._ahead[len(taken) :]
        return taken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self._text.clear()
        if kind == "binding":
            self._name = attributes.get("name", "")
        elif kind in _TERMS:
            self._term = kind
            self._datatype, lang = attributes.get("datatype", ""), attributes.get("xml:lang")
            self._more = f',"datatype":{dumps(self._datatype)}' if self._datatype else ""
            self._more += f',"xml:lang":{dumps(lang)}' if lang else ""
        elif kind == "result":
            self._cells.clear()
        elif kind == "variable":
            self._names.append(attributes.get("name", ""))
        elif kind == "results":
            self._made.append(f'{{"head":{{"vars":{dumps(self._names)}}},"results":{{"bindings":[')
        elif kind not in ("sparql", "head", "link", "boolean"):
            raise malformed(f"<{kind}>")

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if kind in _TERMS:
            value = "".join(self._text)
            if kind == "bnode":
                value = value.removeprefix(_NODE)
            elif self._datatype:
                value = spelled(value, self._datatype)
            self._cells.append(
                f'{dumps(self._name)}:{{"type":"{self._term}","value":{dumps(value)}{self._more}}}'
            )
        elif kind == "result":
            self._made.append("," * (self._rows > 0) + "{" + ",".join(self._cells) + "}")
            self._rows += 1
        elif kind == "results":
            self._made.append("]}}")
        elif kind == "boolean":
            truth = "true" if "".join(self._text).strip() == "true" else "false"
            self._made.append(f'{{"head":{{}},"boolean":{truth}}}')


def _no_doctype(*_: object) -> None:
    raise malformed("<!DOCTYPE>")
