"""The graphs of a release one by one, in pieces that a store takes."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cls_graph.errors import CorpusError
from cls_graph.store import record
from cls_graph.store.inferred import INFERRED

_LINE = re.compile(rb"(.+) <([^<>\"]+)> \.\n\Z")
_NODE = re.compile(rb"(?:^|(?<= ))_:[^\s]+")
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
_HELD = 200_000
"""Lines that are held before they are written to the files of their graphs."""


@dataclass(frozen=True)
class Part:
    """A graph of a release: its name, a file of its triples (N-Triples, in order), their number, a digest."""

    graph: str
    path: Path
    triples: int
    digest: str


@dataclass(frozen=True)
class Union:
    """All that the graphs of a release state, as one graph; without ``parts`` where they are few."""

    graph: str
    parts: tuple[Part, ...]
    digest: str

    @classmethod
    def of(cls, parts: Iterable[Part], base: str) -> Self:
        """The union of the stated graphs of a release of a base IRI."""
        stated = tuple(part for part in parts if INFERRED not in part.graph)
        if len(stated) <= record.MOST_NAMED:
            return cls(record.union_graph(base), (), "")
        lines = "".join(f"{part.graph} {part.digest}\n" for part in stated)
        return cls(record.union_graph(base), stated, hashlib.sha256(lines.encode()).hexdigest())

    def distinct(self) -> int:
        """Its triples."""
        found: set[int] = set()
        for part in self.parts:
            with part.path.open("rb") as lines:
                found.update(map(hash, lines))
        return len(found)


def by_graph(nquads: Path, folder: Path) -> list[Part]:
    """The graphs in a file of N-Quads as a release has them, in the order of their names.

    The triples go to files in ``folder``. Raises ``CorpusError`` for a line that is in no named graph.
    """
    paths: dict[bytes, Path] = {}
    held: dict[bytes, list[bytes]] = defaultdict(list)
    count = 0
    with nquads.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            found = _LINE.match(line)
            if found is None:
                raise CorpusError(
                    f"{nquads}, ligne {number} : sans graphe nommé.",
                    f"{nquads}, line {number}: in no named graph.",
                )
            held[found[2]].append(found[1] + b" .\n")
            count += 1
            if count % _HELD == 0:
                _write(held, paths, folder)
    _write(held, paths, folder)
    return [_part(name.decode(), path) for name, path in sorted(paths.items())]


def _write(held: dict[bytes, list[bytes]], paths: dict[bytes, Path], folder: Path) -> None:
    for name, lines in held.items():
        path = paths.setdefault(name, folder / f"{len(paths)}.nt")
        with path.open("ab") as file:
            file.writelines(lines)
    held.clear()


def _part(graph: str, path: Path) -> Part:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        return Part(graph, path, sum(1 for _ in file), digest)


def pieces(part: Part, lines: int, size: int) -> Iterator[bytes]:
    """The triples of a graph in pieces of at most so many lines and bytes.

    A blank node has its name in one piece only, so triples that share one stay together, however many.
    """
    tied: list[bytes] = []
    piece: list[bytes] = []
    length = 0
    for group in _groups(part.path, tied):
        own = sum(map(len, group))
        if piece and (len(piece) + len(group) > lines or length + own > size):
            yield b"".join(piece)
            piece, length = [], 0
        piece += group
        length += own
    if piece:
        yield b"".join(piece)


def _groups(path: Path, tied: list[bytes]) -> Iterator[list[bytes]]:
    """Triples without a blank node, each alone; then those that blank nodes tie together."""
    with path.open("rb") as file:
        for line in file:
            if b"_:" in line and _nodes(line):
                tied.append(line)
            else:
                yield [line]
    yield from _components(tied)


def _nodes(line: bytes) -> list[bytes]:
    return _NODE.findall(_TEXT.sub(b'""', line))


def _components(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in groups that share no blank node, by union-find."""
    leader: dict[bytes, bytes] = {}

    def find(node: bytes) -> bytes:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    kept = list(lines)
    for line in kept:
        first, *others = _nodes(line)
        for other in others:
            leader[find(other)] = find(first)
    groups: dict[bytes, list[bytes]] = defaultdict(list)
    for line in kept:
        groups[find(_nodes(line)[0])].append(line)
    yield from groups.values()
