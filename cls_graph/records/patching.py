"""Rewrites a record file for a changed record: what did not change keeps its bytes, comments and layout.

The two records are compared as they would be written (``layout.surface``); where they differ the text of
the file is edited at the smallest part that the file has of its own, and read again to be sure.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from cls_graph.records import tree
from cls_graph.records.layout import HEAD, list_item, pair, record_text, scalar, surface
from cls_graph.records.model import Record
from cls_graph.records.reader import Read, read_model
from cls_graph.records.tree import BOM, Document, Path

IDENTS = ("id", "item", "framework")


def patched(read: Read[Record], data: bytes, new: Record) -> bytes:
    """The bytes of the file with ``new`` in it; the same bytes where nothing changed.

    ``read`` is the file as it was read from ``data``. Where it cannot be edited in place it is written
    anew, with the comments of its head.
    """
    if read.value is None or read.document is None:
        return record_text(new).encode()
    if read.value == new:
        return data
    bom = BOM if data.startswith(BOM) else b""
    text = tree.decode(data)
    try:
        edited = _Editor(text, read.document).edit(surface(read.value), surface(new))
    except _Stuck:
        edited = ""
    if edited:
        again = bom + edited.encode()
        if read_model(Record, read.file, again).value == new:
            return again
    return bom + _anew(text, new).encode()


def _anew(text: str, new: Record) -> str:
    """The record written whole, under the comments that the file begins with."""
    head = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            break
        head.append(line + "\n")
    written = record_text(new).removeprefix(HEAD)
    return "".join(head or [HEAD]) + written


class _Stuck(Exception):
    """The file holds this in a way that cannot be edited in place."""


class _Editor:
    def __init__(self, text: str, document: Document) -> None:
        self.text, self.document = text, document
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.edits: list[tuple[int, int, str]] = []
        self.starts = [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
        self.last: dict[Path, int] = {}
        for path, mark in document.marks.items():
            if not isinstance(self.at(path), dict | list) or path in document.flow:
                for length in range(len(path) + 1):
                    self.last[path[:length]] = max(self.last.get(path[:length], 0), mark.end)

    def at(self, path: Path) -> Any:
        """What the file has at a path."""
        node: Any = self.document.tree
        for part in path:
            node = node[part]
        return node

    def edit(self, old: Any, new: Any) -> str:
        """The text with all differences carried out."""
        self.differ((), old, new)
        text = self.text
        for begin, end, with_text in sorted(self.edits, key=lambda e: (e[0], e[1]), reverse=True):
            text = text[:begin] + with_text + text[end:]
        return text

    def differ(self, path: Path, old: Any, new: Any) -> None:
        """Bring what the file has at a path from ``old`` to ``new``."""
        if old == new:
            return
        raw = self.at(path)
        within = path in self.document.flow
        if not within and isinstance(old, dict) and isinstance(new, dict) and isinstance(raw, dict):
            self.keys(path, old, new, raw)
        elif not within and self.same_list(old, raw) and isinstance(new, list):
            self.items(path, old, new)
        elif isinstance(new, dict | list) or isinstance(raw, dict | list):
            self.replace(path, new)
        else:
            mark = self.document.marks[path]
            if self.text[mark.start : mark.start + 1] in ("|", ">"):
                self.replace(path, new)
            else:
                self.edits.append((mark.start, mark.end, scalar(new)))

    @staticmethod
    def same_list(old: Any, raw: Any) -> bool:
        """Whether the file has this list as a list, each item with what tells it apart."""
        return (
            isinstance(old, list)
            and isinstance(raw, list)
            and len(old) == len(raw)
            and all(isinstance(x, dict) and any(k in x for k in IDENTS) for x in (*old, *raw))
        )

    def keys(self, path: Path, old: dict[str, Any], new: dict[str, Any], raw: dict[str, Any]) -> None:
        if set(old) - set(raw):
            self.replace(path, new)
            return
        previous: str | None = None
        for key, value in new.items():
            if key in old:
                self.differ((*path, key), old[key], value)
            elif key in raw:
                raise _Stuck
            else:
                self.insert(path, previous, key, value)
            previous = key if key in old else previous
        for key in old:
            if key not in new:
                self.delete((*path, key))

    def items(self, path: Path, old: list[Any], new: list[Any]) -> None:
        known = {_ident(x): index for index, x in enumerate(old)}
        kept = [known[_ident(x)] for x in new if _ident(x) in known]
        if kept != sorted(set(kept)) or not kept:
            self.replace(path, new)
            return
        for index in range(len(old)):
            if index not in kept:
                self.delete((*path, index))
        after = kept[0]
        for item in new:
            if _ident(item) in known:
                after = known[_ident(item)]
                self.differ((*path, after), old[after], item)
            else:
                column = self.column((*path, after)) - 2
                self.add_lines((*path, after), list(list_item(item, column)))

    def column(self, path: Path) -> int:
        """The column, from 0, at which a block stands."""
        return self.document.marks[path].column - 1

    def add_lines(self, after: Path, lines: list[str]) -> None:
        """New lines below the last line of a path."""
        at = self.text.find("\n", max(self.last[after] - 1, 0))
        joined = self.newline.join(lines)
        if at < 0:
            self.edits.append((len(self.text), len(self.text), self.newline + joined))
        else:
            self.edits.append((at + 1, at + 1, joined + self.newline))

    def insert(self, path: Path, previous: str | None, key: str, value: Any) -> None:
        if previous is None:
            raise _Stuck
        indent = self.document.keys[*path, previous].column - 1
        blank = [""] if path == () else []
        self.add_lines((*path, previous), [*blank, *pair(key, value, indent)])

    def delete(self, path: Path) -> None:
        """Take out the lines of a key or of an item."""
        mark = self.document.keys.get(path) or self.document.marks[path]
        begin = self.line_start(mark.start)
        before = self.text[begin : mark.start]
        dash = before.strip() == "-" and isinstance(path[-1], int)
        if before.strip() and not dash:
            raise _Stuck
        end = self.text.find("\n", max(self.last[path] - 1, 0))
        self.edits.append((begin, len(self.text) if end < 0 else end + 1, ""))

    def line_start(self, offset: int) -> int:
        return self.starts[bisect_right(self.starts, offset) - 1]

    def replace(self, path: Path, new: Any) -> None:
        """Write a value anew: the key and its value, or the item of a list, or what is around it."""
        if not path:
            raise _Stuck
        if any(path[:length] in self.document.flow for length in range(len(path))) and len(path) > 1:
            raise _Stuck
        if isinstance(path[-1], int):
            start = self.document.marks[path].start
            lines = list(list_item(new, self.column(path) - 2))
            first = lines[0].lstrip()[2:]
        else:
            start = self.document.keys[path].start
            lines = list(pair(path[-1], new, self.document.keys[path].column - 1))
            first = lines[0].lstrip()
        text = self.newline.join([first, *lines[1:]])
        end = self.last[path]
        if self.text[end - 1 : end] == "\n":
            text += self.newline
        self.edits.append((start, end, text))


def _ident(item: Any) -> str:
    return str(next(item[k] for k in IDENTS if k in item)) if isinstance(item, dict) else str(item)
