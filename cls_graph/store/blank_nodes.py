"""Blank nodes under the names that the release gives them: the engine makes up others, each time it loads."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox


def keep_names(engine: ox.Store, lines: Iterable[bytes]) -> None:
    """Give the blank nodes of a store the names that they have in the N-Quads it was loaded from.

    Answers about them are then the same bytes wherever and whenever the release is loaded. Graphs that are
    blank nodes, and triple terms, stay as the engine names them.
    """
    found = [line for line in lines if b"_:" in line]
    written = [quad for quad in ox.parse(b"".join(found), ox.RdfFormat.N_QUADS) if _blank(quad)]
    if any(isinstance(q.graph_name, ox.BlankNode) or isinstance(q.object, ox.Triple) for q in written):
        return
    for graph in {quad.graph_name for quad in written}:
        renamed = [quad for quad in engine.quads_for_pattern(None, None, None, graph) if _blank(quad)]
        for quad in renamed:
            engine.remove(quad)
    engine.bulk_extend(written)


def _blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode | ox.Triple)
