"""The requests to a worker that are no queries: a whole graph or dataset, what there is of either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from cls_graph import media
from cls_graph.store import Store
from cls_graph.store.writing import write_triples

OPERATIONS = frozenset({"graph", "exists", "published"})


def answer(out: IO[bytes], store: Store, request: Mapping[str, Any]) -> None:
    """Write the answer of ``request`` to ``out``: no limit of rows, only that of time."""
    if request["op"] == "published":
        out.write(store.published().encode())
        return
    graph = request["graph"]
    if request["op"] == "exists":
        out.write(b"true" if store.exists(graph) else b"false")
        return
    fmt = media.choose(None, media.GRAPHS if graph is not None else media.DATASETS, request["format"])
    if graph is None:
        store.dump_dataset(fmt, out)
    else:
        write_triples(store.triples(graph), fmt, out)
