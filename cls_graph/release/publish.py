"""Publishing a release to a remote store: graph by graph, each whole or as it was, then counted.

What was loaded is written down in the store itself (``cls_graph.store.record``): an interrupted load goes on
where it stopped, a graph that has not changed is not sent again, and of the graphs that are not in the
release only those that were loaded in this way are removed.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cls_graph.errors import StoreFailed
from cls_graph.progress import Progress, silent
from cls_graph.release.build import NQUADS
from cls_graph.release.split import Part, Union, by_graph, pieces
from cls_graph.store import EmbeddedStore, record
from cls_graph.store.answers import Answers
from cls_graph.store.record import DIGEST, HOLDS, MANIFEST, SPACE, STATE, TRIPLES, Record
from cls_graph.store.wire import Wire

_LINES, _BYTES = 1000, 200_000
"""A piece of a graph in one update: Virtuoso takes some 5,000 triples, others bodies of a megabyte."""
_BATCH = 200
_ATOMIC = ("Oxigraph/",)
"""Servers that put a graph in one transaction; with the others it goes to a graph beside, then is moved."""


@dataclass
class Published:
    """What a load did: graphs by what became of them, and the triples that are in the store now.

    ``merged`` are graphs with fewer triples than the release, because the store keeps values and not
    their spellings (``05`` and ``5`` are one). ``united`` is the length of the graph that holds what all
    others state, where there are many.
    """

    digest: str
    triples: int = 0
    loaded: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    merged: dict[str, int] = field(default_factory=dict)
    united: int = 0

    def as_json(self) -> dict[str, Any]:
        """As a mapping."""
        return asdict(self)


def publish(folder: Path, manifest: dict[str, Any], wire: Wire, *, progress: Progress = silent) -> Published:
    """Make a store hold the release in ``folder``, and no graph of an earlier one.

    Raises ``StoreFailed`` and ``QueryNotEvaluated`` with what the store says, ``CorpusError`` for a release
    that is none. The graph at work is as it was then, those before it are as in the release, and the record
    says that the load is not complete: run it again.
    """
    with tempfile.TemporaryDirectory(prefix="cls-graph-") as work:
        progress({"fr": "Lecture de la publication", "en": "Reading the release"})
        parts = by_graph(folder / NQUADS, Path(work))
        return _Load(wire, manifest, progress).run(parts)


class _Load:
    def __init__(self, wire: Wire, manifest: dict[str, Any], progress: Progress) -> None:
        self._wire = wire
        self._answers = Answers(wire)
        self._manifest = {k: v for k, v in manifest.items() if k not in ("files", "graphs")}
        self._progress = progress
        self._graph = record.record_graph(str(manifest["base_iri"]))
        self._beside = f"{SPACE}incoming:{manifest['base_iri']}"
        self._done = Published(str(manifest["digest"]))

    def run(self, parts: list[Part]) -> Published:
        self._progress({"fr": "Lecture du magasin", "en": "Reading the store"})
        self._answers.solutions("ASK { }")
        known = record.read(self._answers.select, self._graph)
        ahead = [part for part in parts if not self._there(part, known)]
        union = Union.of(parts, str(self._manifest["base_iri"]))
        names = [part.graph for part in parts] + [union.graph] * bool(union.parts)
        gone = sorted(known.entries.keys() - set(names))
        united = self._united(union, known)
        same = known.complete and known.described()["digest"] == self._done.digest
        if ahead or gone or not united or not same:
            self._begin(names, known)
            for number, part in enumerate(ahead, 1):
                self._progress({"fr": "Envoi des graphes", "en": "Sending graphs"}, number, len(ahead))
                self._load(part)
            for graph in gone:
                self._remove(graph)
            if not united:
                self._unite(union)
            self._end()
        return self._done

    def _there(self, part: Part, known: Record) -> bool:
        """Whether a graph is in the store as it is to be."""
        entry = known.entries.get(part.graph)
        if entry is None or entry.digest != part.digest or entry.triples is None:
            return False
        if self._count(part.graph) != entry.triples:
            return False
        self._done.unchanged.append(part.graph)
        self._done.triples += entry.triples
        if entry.triples != part.triples:
            self._done.merged[part.graph] = part.triples - entry.triples
        return True

    def _united(self, union: Union, known: Record) -> bool:
        """Whether the union is in the store as it is to be, or there is to be none."""
        if not union.parts:
            return True
        entry = known.entries.get(union.graph)
        if entry is None or entry.digest != union.digest or self._count(union.graph) != entry.triples:
            return False
        self._done.united = entry.triples
        return True

    def _unite(self, union: Union) -> None:
        """Have the store put all that is stated into one graph, which queries have as their dataset."""
        for name in (TRIPLES, DIGEST):
            self._wire.update(record.forget(self._graph, union.graph, name))
        self._wire.update(f"DROP SILENT GRAPH <{union.graph}>")
        for number, part in enumerate(union.parts, 1):
            words = {"fr": "Réunion des graphes", "en": "Uniting graphs"}
            self._progress(words, number, len(union.parts))
            self._wire.update(f"ADD GRAPH <{part.graph}> TO GRAPH <{union.graph}>")
        found, most = self._count(union.graph), union.distinct()
        if not most - sum(self._done.merged.values()) <= found <= most:
            raise StoreFailed(
                f"La réunion des graphes a {found} triplets au lieu de {most}.",
                f"The union of the graphs has {found} triples instead of {most}.",
            )
        self._note([(union.graph, TRIPLES, found), (union.graph, DIGEST, union.digest)])
        self._done.united = found

    def _begin(self, names: Iterable[str], known: Record) -> None:
        """Say that a load is under way, and which graphs will be ours."""
        self._note([(self._graph, STATE, record.LOADING)])
        self._wire.update(_delete(self._graph, STATE, record.COMPLETE))
        new = [graph for graph in names if graph not in known.entries]
        for start in range(0, len(new), _BATCH):
            self._note([(self._graph, HOLDS, graph) for graph in new[start : start + _BATCH]])

    def _load(self, part: Part) -> None:
        for name in (TRIPLES, DIGEST):
            self._wire.update(record.forget(self._graph, part.graph, name))
        direct = bool(self._wire.address.graphs) and self._answers.server.startswith(_ATOMIC)
        target = part.graph if direct else self._beside
        if self._wire.address.graphs:
            self._wire.put(target, part.path.read_bytes())
        else:
            self._wire.update(f"DROP SILENT GRAPH <{target}>")
            for piece in pieces(part, _LINES, _BYTES):
                self._wire.update(f"INSERT DATA {{ GRAPH <{target}> {{\n{piece.decode()}}} }}")
        found = self._verified(part, target)
        if target != part.graph:
            self._wire.update(f"MOVE SILENT GRAPH <{target}> TO GRAPH <{part.graph}>")
            self._verified(part, part.graph)
        self._note([(part.graph, TRIPLES, found), (part.graph, DIGEST, part.digest)])
        self._done.loaded.append(part.graph)
        self._done.triples += found

    def _verified(self, part: Part, target: str) -> int:
        """The number of triples that are in ``target`` now. Raises ``StoreFailed`` when some are missing."""
        found = self._count(target)
        if found == part.triples:
            return found
        if found == _by_value(part):
            self._done.merged[part.graph] = part.triples - found
            return found
        raise StoreFailed(
            f"<{part.graph}> : {part.triples} triplets envoyés, {found} dans le magasin.",
            f"<{part.graph}>: {part.triples} triples were sent, {found} are in the store.",
        )

    def _remove(self, graph: str) -> None:
        self._wire.update(f"DROP SILENT GRAPH <{graph}>")
        if self._count(graph):
            raise StoreFailed(f"<{graph}> n'a pas pu être retiré.", f"<{graph}> could not be removed.")
        for name in (TRIPLES, DIGEST):
            self._wire.update(record.forget(self._graph, graph, name))
        self._wire.update(_delete(self._graph, HOLDS, graph))
        self._done.removed.append(graph)

    def _end(self) -> None:
        """Say which release is there now. Until the last step two states stand, which means none."""
        self._wire.update(record.forget(self._graph, self._graph, MANIFEST))
        text = json.dumps(self._manifest, ensure_ascii=False, sort_keys=True)
        self._note([(self._graph, MANIFEST, text)])
        self._note([(self._graph, STATE, record.COMPLETE)])
        self._wire.update(_delete(self._graph, STATE, record.LOADING))
        if not record.read(self._answers.select, self._graph).complete:
            raise StoreFailed(
                "Le magasin n'a pas gardé ce qui a été écrit de la publication.",
                "The store did not keep what was written of the release.",
            )

    def _note(self, triples: list[tuple[str, str, str | int]]) -> None:
        self._wire.update(record.insert(self._graph, triples))

    def _count(self, graph: str) -> int:
        rows = self._answers.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return int(rows[0]["n"]) if rows else 0


def _delete(graph: str, name: str, value: str) -> str:
    return record.insert(graph, [(graph, name, value)]).replace("INSERT DATA", "DELETE DATA", 1)


def _by_value(part: Part) -> int:
    """Triples of a graph where literals of one value are one."""
    return len(EmbeddedStore.from_file(part.path, apart=False))
