"""Writes positions into record files, touching nothing else: comments, order and layout stay."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from cls_graph.evidence import Citation
from cls_graph.files import changed_meanwhile, replace_files
from cls_graph.records.tree import BOM, Document, Mark, decode

Edit = tuple[int, int, str]


def write(repairs: list[tuple[Citation, int, int]]) -> dict[str, int]:
    """Write each repair's start and end into its file. Returns how many by file.

    Each file is replaced whole, by rename: it is never half-written. Raises ``OutputError``; where one cannot
    be written, or has changed since it was read, none is.
    """
    by_file: dict[str, list[tuple[Citation, int, int]]] = defaultdict(list)
    for repair in repairs:
        by_file[repair[0].read.file].append(repair)
    edited: dict[Path, bytes] = {}
    for file, several in by_file.items():
        path = Path(file).resolve()
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != several[0][0].read.digest:
            raise changed_meanwhile(path)
        bom = BOM if data.startswith(BOM) else b""
        text = decode(data)
        edits: list[Edit] = []
        for citation, start, end in several:
            assert citation.read.document is not None
            edits += _edits(citation.read.document, citation, text, start, end)
        for begin, stop, new in sorted(set(edits), reverse=True):
            text = text[:begin] + new + text[stop:]
        edited[path] = bom + text.encode("utf-8")
    replace_files(edited)
    return {file: len(several) for file, several in sorted(by_file.items())}


def _edits(document: Document, citation: Citation, text: str, start: int, end: int) -> list[Edit]:
    path = document.written(citation.path)
    found: list[Edit] = []
    missing = []
    for key, value in (("start", start), ("end", end)):
        mark = document.marks.get((*path, key))
        if mark is None:
            missing.append(f"{key}: {value}")
        else:
            found.append((mark.start, mark.end, str(value)))
    if not missing:
        return found
    if path in document.flow:
        close = document.marks[path].end - 1
        comma = "" if text[:close].rstrip().endswith(",") else ", "
        return [*found, (close, close, comma + ", ".join(missing))]
    quote, column = document.marks[*path, "quote"], document.keys[*path, "quote"].column
    return [*found, _block(text, quote, column, missing)]


def _block(text: str, quote: Mark, column: int, missing: list[str]) -> Edit:
    """New lines below the quote, indented as its key."""
    indent = " " * (column - 1)
    at = text.find("\n", quote.end - 1)
    newline = "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"
    lines = "".join(f"{indent}{pair}{newline}" for pair in missing)
    if at < 0:
        return (len(text), len(text), newline + lines)
    return (at + 1, at + 1, lines)
