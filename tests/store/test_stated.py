"""A store of what is stated alone: entailed graphs are left out by their names, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from cls_graph.store import EmbeddedStore
from cls_graph.store.inferred import is_inferred

RULE = "<urn:base/graph/inferred/prp-dom>"
KEPT = [
    "<urn:s> <urn:p> <urn:o> <urn:base/graph/registry> .",
    f"<urn:s> <urn:p> {RULE} <urn:base/graph/catalogue> .",
    f'<urn:s> <urn:p> "says {RULE} ." <urn:base/graph/registry> .',
    f'<urn:s> <urn:p> "says {RULE} ." .',
    f"<urn:s> <urn:p> {RULE} .",
]
LEFT = [f"<urn:s> <urn:p> <urn:other> {RULE} .", f'<urn:s> <urn:p> "a word"@fr {RULE} .']


def test_lines_are_told_apart_by_their_graph(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("\n".join([*KEPT, *LEFT, ""]), encoding="utf-8")
    wanted = list(ox.parse("\n".join(KEPT).encode(), format=ox.RdfFormat.N_QUADS))
    store = EmbeddedStore.from_file(path, stated=True)
    assert len(store) == len(KEPT)
    rows = store.rows("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")[1]
    assert {str(row["o"]) for row in rows} == {
        str(quad.object) for quad in wanted if isinstance(quad.graph_name, ox.NamedNode)
    }


def test_a_release_without_what_is_entailed(bundled_release: Path) -> None:
    path = bundled_release / "graph.nq"
    stated = {
        quad for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS) if not is_inferred(quad.graph_name)
    }
    assert set(EmbeddedStore.from_file(path, stated=True).quads(None, None, None)) == stated
