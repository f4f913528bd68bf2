"""Which graphs hold what is entailed, told by their names."""

from __future__ import annotations

INFERRED = "/graph/inferred/"


def is_inferred(graph: object) -> bool:
    """Whether a graph of this name (a node, or the default graph) holds what rules infer."""
    return INFERRED in getattr(graph, "value", "")
