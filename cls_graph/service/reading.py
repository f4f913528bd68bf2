"""The requests to a worker that are no queries: graphs, datasets, what there is of either, explanations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import IO, Any

from cls_graph import media
from cls_graph.entailment.explaining import Explainer
from cls_graph.entailment.telling import tell
from cls_graph.errors import NotFound, UsageError
from cls_graph.store import Store
from cls_graph.store.writing import write_triples

OPERATIONS = frozenset({"graph", "exists", "published", "explain"})


def answer(out: IO[bytes], store: Store, request: Mapping[str, Any]) -> None:
    """Write the answer of ``request`` to ``out``: no limit of rows, only that of time."""
    if request["op"] == "published":
        out.write(store.published().encode())
        return
    if request["op"] == "explain":
        out.write(json.dumps(_explained(store, request)).encode())
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


def _explained(store: Store, request: Mapping[str, Any]) -> dict[str, Any]:
    """The explanation as a mapping and as text, or what is wrong with the question."""
    explainer = _explainer(store, request["base"], request["lang"])
    try:
        found = explainer.explain(explainer.find(*request["statement"]))
    except (NotFound, UsageError) as error:
        return {"problem": error.code, "detail": error.detail}
    return {"explanation": found.as_json(), "text": tell(found, request["lang"])}


@lru_cache(maxsize=2)
def _explainer(store: Store, base: str, lang: str) -> Explainer:
    """Kept from one request to the next: the store of a worker does not change."""
    return Explainer(store, base, lang)
