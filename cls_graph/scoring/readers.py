"""Reading answers with readers of its own, so that the judge shares no engine with what it judges.

Tables of results in JSON, XML, CSV and TSV; graphs by parsers of RDF, which fetch nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from xml.etree import ElementTree

import pyoxigraph as ox
from pyoxigraph import Triple

from cls_graph.media import GRAPHS, SOLUTIONS

_RESULTS = "{http://www.w3.org/2005/sparql-results#}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TSV = re.compile(r'^"(?P<value>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[\w-]+)|\^\^<(?P<type>[^>]*)>)?$', re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Unreadable(ValueError):
    """A body that is not what its type says."""


@dataclass(frozen=True)
class Cell:
    """A term: ``iri``, ``bnode`` or ``literal``; of CSV only the value is known."""

    kind: str
    value: str
    datatype: str = ""
    lang: str = ""


Row = dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """Variables and rows; or ``truth``, the answer to ASK."""

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None

    def values(self, name: str = "v") -> list[str]:
        """The values of a variable, unbound ones left out, sorted."""
        return sorted(row[name].value for row in self.rows if name in row)


def table(kind: str, body: bytes) -> Table:
    """The results in ``body``, which is of media type ``kind``. Raises ``Unreadable``."""
    fmt = next((f.name for f in SOLUTIONS if kind in (f.media_type, *f.aliases)), "")
    if fmt not in ("json", "xml", "csv", "tsv"):
        raise Unreadable(f"{kind or 'no type'} is no format of results")
    try:
        return {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}[fmt](body)
    except Unreadable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, ElementTree.ParseError, RecursionError) as error:
        raise Unreadable(f"{kind}: {error}") from error


def is_graph(kind: str) -> bool:
    """Whether a media type is one of an RDF syntax."""
    return any(kind in (f.media_type, *f.aliases) for f in GRAPHS)


def _json(body: bytes) -> Table:
    read = json.loads(body)
    if "boolean" in read:
        if not isinstance(read["boolean"], bool):
            raise Unreadable("JSON: boolean is no truth value")
        return Table(truth=read["boolean"])
    rows = []
    for binding in read["results"]["bindings"]:
        rows.append({name: _json_cell(term) for name, term in binding.items()})
    return Table(tuple(read["head"]["vars"]), tuple(rows))


def _json_cell(term: dict[str, str]) -> Cell:
    kind = {"uri": "iri", "bnode": "bnode"}.get(term["type"], "literal")
    return Cell(kind, str(term["value"]), term.get("datatype", ""), term.get("xml:lang", "").lower())


def _xml(body: bytes) -> Table:
    if b"<!DOCTYPE" in body[:2000]:
        raise Unreadable("XML: a document type is not read")
    root = ElementTree.fromstring(body)
    truth = root.find(f"{_RESULTS}boolean")
    if truth is not None:
        return Table(truth={"true": True, "false": False}[(truth.text or "").strip()])
    names = tuple(v.attrib["name"] for v in root.iterfind(f"{_RESULTS}head/{_RESULTS}variable"))
    results = root.find(f"{_RESULTS}results")
    if results is None:
        raise Unreadable("XML: no results")
    rows = []
    for result in results.iterfind(f"{_RESULTS}result"):
        rows.append({b.attrib["name"]: _xml_cell(b[0]) for b in result.iterfind(f"{_RESULTS}binding")})
    return Table(names, tuple(rows))


def _xml_cell(term: ElementTree.Element) -> Cell:
    name = term.tag.removeprefix(_RESULTS)
    kind = {"uri": "iri", "bnode": "bnode", "literal": "literal"}[name]
    lang = term.attrib.get(_XML_LANG, "").lower()
    return Cell(kind, term.text or "", term.attrib.get("datatype", ""), lang)


def _csv(body: bytes) -> Table:
    lines = list(csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))
    names = tuple(lines[0]) if lines else ()
    if any(len(line) not in (len(names), 0) for line in lines):
        raise Unreadable("CSV: a line has another number of cells")
    # A row of one empty cell is an empty line.
    cells = [line or [""] for line in lines[1:]]
    return Table(
        names, tuple({n: Cell("", v) for n, v in zip(names, line, strict=True) if v} for line in cells)
    )


def _tsv(body: bytes) -> Table:
    lines = body.decode("utf-8").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    names = tuple(name.strip().lstrip("?") for name in lines[0].split("\t")) if lines else ()
    rows = []
    for line in lines[1:]:
        cells = line.rstrip("\r").split("\t")
        if len(cells) != max(1, len(names)):
            raise Unreadable("TSV: a line has another number of cells")
        rows.append({n: _tsv_cell(text) for n, text in zip(names, cells, strict=False) if text})
    return Table(names, tuple(rows))


def _tsv_cell(text: str) -> Cell:
    if text.startswith("<") and text.endswith(">"):
        return Cell("iri", text[1:-1])
    if text.startswith("_:"):
        return Cell("bnode", text)
    found = _TSV.match(text)
    if found:
        value = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), found["value"], flags=re.DOTALL)
        return Cell("literal", value, found["type"] or "", (found["lang"] or "").lower())
    if re.fullmatch(r"[+-]?[\d.]+(?:[eE][+-]?\d+)?|true|false", text):
        return Cell("literal", text)
    raise Unreadable(f"TSV: {text[:40]} is no term")


def graph(kind: str, body: bytes, base: str) -> list[Triple]:
    """The triples in ``body``, which is of media type ``kind``; nothing is fetched. Raises ``Unreadable``."""
    name = next((f.media_type for f in GRAPHS if kind in (f.media_type, *f.aliases)), "")
    fmt = ox.RdfFormat.from_media_type(name) if name else None
    if fmt is None:
        raise Unreadable(f"{kind or 'no type'} is no RDF syntax")
    try:
        return [quad.triple for quad in ox.parse(body, fmt, base_iri=base)]
    except (SyntaxError, ValueError) as error:
        raise Unreadable(f"{kind}: {error}") from error
