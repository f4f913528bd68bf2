"""Which graphs hold what is entailed, told by their names."""

from __future__ import annotations

import io
from typing import IO, Any

INFERRED = "/graph/inferred/"
_NAME = INFERRED.encode()
_BLOCK = 1 << 20


def is_inferred(graph: object) -> bool:
    """Whether a graph of this name (a node, or the default graph) holds what rules infer."""
    return INFERRED in getattr(graph, "value", "")


class StatedLines(io.RawIOBase):
    """N-Quads to read, without the lines of entailed graphs."""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines, self._held = lines, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            block = self._lines.readlines(_BLOCK)
            if not block:
                return 0
            self._held = memoryview(b"".join(line for line in block if not _entailed(line)))
        size = min(len(buffer), len(self._held))
        buffer[:size], self._held = self._held[:size], self._held[size:]
        return size


def _entailed(line: bytes) -> bool:
    """Whether the graph of a line of N-Quads, as a release has them, holds what rules infer."""
    if _NAME not in line:
        return False
    _, _, value, graph = line.split(b" ", 3)
    if value.startswith(b'"'):
        # A literal may have spaces in it; the graph is the last word but the full stop.
        graph = graph.rstrip().removesuffix(b" .").rpartition(b" ")[2]
    return graph.startswith(b"<") and _NAME in graph
