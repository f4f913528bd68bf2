"""YAML as text, with the place of every value.

Scalars stay the text they are (``07001``, ``no``, ``--04-16``); duplicate keys, aliases,
tags and runaway nesting are errors. The tree is built from parser events without recursion, so that
a hostile file cannot exhaust the stack.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
Tree = dict[str, Any] | list[Any] | str

MAX_DEPTH = 40
BOM = codecs.BOM_UTF8

# What libyaml says of a file that passes a limit of its own, far beyond ours.
_LIBRARY_DEPTH = "exceeded maximum nesting depth"

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Mark:
    """A place in a file: line and column, both from 1, and the code point offsets of the value."""

    line: int
    column: int
    start: int = 0
    end: int = 0


class TreeError(ValueError):
    """A file that gives no tree: ``rule`` names the finding, ``params`` fill its message."""

    def __init__(self, rule: str, mark: Mark, **params: Any) -> None:
        super().__init__(rule)
        self.rule, self.mark, self.params = rule, mark, params


@dataclass
class Document:
    """A parsed file: the tree, and where each path of it stands (keys have their own marks)."""

    tree: Tree
    marks: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    flow: set[Path] = field(default_factory=set)

    def written(self, path: Path) -> Path:
        """The path as the file has it: a list annotated as a whole holds its values under ``value``.

        ``(territory, 0, evidence, 1)`` is written ``(territory, evidence, 1)`` there.
        """
        for index, part in enumerate(path):
            before = path[:index]
            if (
                isinstance(part, int)
                and path[: index + 1] not in self.marks
                and (*before, "value") in self.marks
            ):
                rest = path[index + 1 :]
                return (*before, *rest) if rest[:1] != ("value",) else (*before, "value", part, *rest[1:])
        return path

    def mark(self, path: Path) -> Mark:
        """The place of the longest part of ``path`` that the file has."""
        path = self.written(path)
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))

    def key_mark(self, path: Path) -> Mark:
        """The place of the key that ``path`` ends in, else of its value."""
        return self.keys.get(self.written(path)) or self.mark(path)


def decode(data: bytes) -> str:
    """UTF-8 text of a file, without its byte order mark.

    Raises ``TreeError`` with the line of a bad byte.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        raise TreeError("encoding", Mark(line, column), byte=f"0x{data[error.start]:02X}") from None


def parse(text: str) -> Document:
    """The tree of a YAML text. Raises ``TreeError``.

    >>> parse("a: no\\nb: [07001]").tree
    {'a': 'no', 'b': ['07001']}
    """
    try:
        return _Composer().compose(text)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        if at and error.problem == _LIBRARY_DEPTH:
            # The scanner reads ahead of the composer, whose own limit is passed by what stands before.
            return parse(text[: at.index])
        place = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
        raise TreeError(
            "yaml-syntax", place, reason=error.problem or "?", excerpt=_line(text, place)
        ) from None
    except yaml.reader.ReaderError as error:
        code = error.character if isinstance(error.character, int) else ord(str(error.character))
        before = text[: max(text.find(chr(code)), 0)]
        place = Mark(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise TreeError("yaml-character", place, code=f"U+{code:04X}") from None


def _line(text: str, place: Mark) -> str:
    lines = text.splitlines()
    return lines[place.line - 1].strip()[:80] if 0 < place.line <= len(lines) else ""


@dataclass
class _Open:
    """A mapping or a list under construction."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None


class _Composer:
    """Builds the tree from events, keeping a stack of open collections."""

    def __init__(self) -> None:
        self.document: Document | None = None
        self.marks: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.flow: set[Path] = set()
        self.stack: list[_Open] = []
        self.root: Any = None

    def compose(self, text: str) -> Document:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise TreeError("yaml-several", _mark(event))
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close(event)
        if self.root in (None, ""):
            raise TreeError("empty-file", Mark(1, 1))
        return Document(self.root, self.marks, self.keys, self.flow)

    def _node(self, event: yaml.NodeEvent) -> None:
        mark = _mark(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise TreeError("yaml-alias", mark, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise TreeError("yaml-tag", mark, tag=tag)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, event, mark)
            return
        if isinstance(event, yaml.ScalarEvent):
            self._attach(event.value, mark)
            return
        if len(self.stack) >= MAX_DEPTH:
            raise TreeError("yaml-depth", mark, depth=MAX_DEPTH)
        collection: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._attach(collection, mark)
        if getattr(event, "flow_style", False):
            self.flow.add(path)
        self.stack.append(_Open(collection, path))

    def _key(self, top: _Open, event: yaml.NodeEvent, mark: Mark) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise TreeError("yaml-key", mark)
        path = (*top.path, event.value)
        if event.value in top.value:
            raise TreeError("duplicate-key", mark, key=event.value, first=self.keys[path].line)
        self.keys[path] = mark
        top.key = event.value

    def _attach(self, value: Any, mark: Mark) -> Path:
        if not self.stack:
            self.root = value
            self.marks[()] = mark
            return ()
        top = self.stack[-1]
        if isinstance(top.value, dict):
            assert top.key is not None
            path: Path = (*top.path, top.key)
            top.value[top.key] = value
            top.key = None
        else:
            path = (*top.path, len(top.value))
            top.value.append(value)
        self.marks[path] = mark
        return path

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        path = self.stack.pop().path
        begun = self.marks[path]
        self.marks[path] = Mark(begun.line, begun.column, begun.start, _mark(event).end)


def _mark(event: yaml.Event) -> Mark:
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return Mark(start.line + 1, start.column + 1, start.index, end.index)
