"""A release after another: what changed since, whether the version fits, and the files that say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from cls_graph.changes.changelog import write_changes
from cls_graph.changes.comparing import Comparison, compare
from cls_graph.changes.lines import by_graph, without_quotes
from cls_graph.changes.states import State, digest_of, read_release
from cls_graph.changes.versions import judge
from cls_graph.corpus import Corpus
from cls_graph.findings import Finding
from cls_graph.rdf import nquads_lines
from cls_graph.release.build import QUOTES
from cls_graph.release.compose import dataset_of


@dataclass(frozen=True)
class Since:
    """What changed since the release before (``release.build.Changes``)."""

    comparison: Comparison
    findings: Sequence[Finding]

    @property
    def previous(self) -> Mapping[str, Any]:
        """What the manifest says of the release before."""
        old = self.comparison.old
        return {"version": old.version, "date": old.date, "digest": old.digest}

    def write(self, folder: Path) -> None:
        """Write the changelog and the changes as JSON."""
        write_changes(self.comparison, folder)


def since(previous: Path, corpus: Corpus, quads: Sequence[Quad], *, quotes: bool = True) -> Since:
    """What the release of these quads changes. Raises ``CorpusError`` where ``previous`` is no release.

    ``quotes=False``: the quads have no quoted words, and what is told repeats none of the release before.
    """
    lines = nquads_lines(quads)
    about = dataset_of(corpus).model_dump() | ({} if quotes else {QUOTES: False})
    # Its name is that of its version wherever it is built: same data, same bytes.
    new = State(
        str(about["version"]), corpus.iris, about, by_graph(lines), digest_of(lines), folder=corpus.root
    )
    old = read_release(previous)
    if not quotes:
        old.graphs = without_quotes(old.graphs)
    place, dated = (corpus.registry.reads["dataset"].place((key,)) for key in ("version", "date"))
    comparison = compare(old, new)
    return Since(comparison, judge(comparison, place, dated))
