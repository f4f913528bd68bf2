"""The files of a release beside the graph itself: Turtle for each contract, and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyoxigraph import Quad

from cls_graph.errors import Text
from cls_graph.namespaces import prefixes
from cls_graph.progress import Progress, silent, steps
from cls_graph.publication.crate import CITATION, CRATE, citation, crate
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.tables import METADATA, as_csv, fill, metadata
from cls_graph.publication.turtle import write_turtle
from cls_graph.publication.workbook import WORKBOOK, as_workbook
from cls_graph.records.iris import Iris
from cls_graph.records.registry import Dataset

CONTRACTS = "contracts"
TABLES = "tables"
REGISTRY = "registry.ttl"
_CONTRACTS: Text = {"fr": "Écriture : fiches en Turtle", "en": "Writing records in Turtle"}
_TABLES: Text = {"fr": "Écriture : tables", "en": "Writing tables"}
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*", re.ASCII)


def write_files(
    dataset: Dataset, iris: Iris, quads: Sequence[Quad], folder: Path, progress: Progress = silent
) -> None:
    """Write the files of a release of sorted ``quads``. Raises ``OSError``."""
    progress(_TABLES)
    nodes = Nodes.of(quads, iris)
    (folder / CONTRACTS).mkdir()
    (folder / TABLES).mkdir()
    told, total = steps(progress, _CONTRACTS), sum(1 for _ in contract_graphs(nodes))
    for done, (name, content) in enumerate(turtle_files(nodes)):
        told(min(done, total), total)
        (folder / name).write_bytes(content)
    progress(_TABLES)
    for name, content in table_files(nodes, dataset):
        (folder / name).write_bytes(content)
    (folder / CITATION).write_text(citation(dataset), encoding="utf-8", newline="\n")
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    (folder / CRATE).write_text(crate(dataset, names), encoding="utf-8", newline="\n")


def contract_graphs(nodes: Nodes) -> Iterator[str]:
    """The keys of the contracts that have a graph, and so a file, of their own."""
    start = nodes.iris.graph("contract/")
    for graph in nodes.graphs:
        if graph.startswith(start) and _KEY.fullmatch(graph[len(start) :]):
            yield graph[len(start) :]


def turtle_files(nodes: Nodes) -> Iterator[tuple[str, bytes]]:
    """The registry, and each contract, as Turtle: name of the file, bytes."""
    base, names = nodes.iris.base + "id/", prefixes(nodes.iris.base)
    for key in contract_graphs(nodes):
        triples = nodes.graphs[nodes.iris.graph(f"contract/{key}")]
        text = write_turtle(triples, base, names, nodes.iris.thing("contract", key))
        yield f"{CONTRACTS}/{key}.ttl", text.encode()
    registry = nodes.graphs.get(nodes.iris.graph("registry"), [])
    yield REGISTRY, write_turtle(registry, base, names).encode()


def table_files(nodes: Nodes, dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """The tables as CSV with their description, and as one workbook."""
    tables = fill(nodes)
    for filled in tables:
        yield f"{TABLES}/{filled.table.name}.csv", as_csv(filled)
    yield f"{TABLES}/{METADATA}", metadata(tables, nodes, dataset).encode()
    yield WORKBOOK, as_workbook(tables, dataset)
