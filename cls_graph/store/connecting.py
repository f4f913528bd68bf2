"""What is looked at when a store is connected to: its release, and how it differs from SPARQL 1.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cls_graph.errors import ClsGraphError, CorpusError, StoreFailed
from cls_graph.namespaces import ONTOLOGY
from cls_graph.settings import Settings
from cls_graph.store import deviations, record
from cls_graph.store.answers import Answers
from cls_graph.store.inferred import INFERRED

_HARD_CEILING = 1 << 20
"""Rows of an answer of Virtuoso at most, whatever its configuration says."""
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


@dataclass(frozen=True)
class About:
    """What is known of a store since it was connected to.

    ``dataset`` is ``named`` where the graphs of the release are named with each query, ``store`` where the
    default graph is the store's own, ``service`` where it is that of a service of ours, which knows what is
    stated and what is inferred. ``union`` is the graph that stands for all that state something, where they
    are many. ``rows`` are lengths at which it may cut an answer.
    """

    url: str
    server: str = ""
    dataset: str = "named"
    rows: tuple[int, ...] = ()
    deviations: tuple[str, ...] = ()
    manifest: dict[str, Any] = field(default_factory=dict)
    union: str = ""

    def as_json(self) -> dict[str, Any]:
        """As a mapping, for the pool and for people who look at the service."""
        return asdict(self)


def survey(url: str, answers: Answers, settings: Settings) -> tuple[About, str]:
    """What is known of the store that answers, and the graph of the record of its release, if it has one.

    Raises ``StoreFailed``, and ``CorpusError`` for a store whose release is being loaded, or that holds
    several.
    """
    answers.solutions("ASK { }")
    base = settings.store_base
    graph = record.record_graph(base) if base else record.find(answers.select)
    manifest, union = _manifest(answers, graph)
    about = About(
        url,
        answers.server,
        _dataset(settings, manifest, answers),
        _ceilings(settings, answers),
        tuple(deviations.probe(lambda text: _values(answers, text))),
        manifest,
        union,
    )
    return about, graph


def _manifest(answers: Answers, graph: str) -> tuple[dict[str, Any], str]:
    """The manifest of the recorded release, or what a store without a record tells; and the union."""
    if graph:
        found = record.read(answers.select, graph)
        if found.complete:
            _counted(answers, found.sizes())
            return found.described(), found.union
        if not found.state:
            raise CorpusError(
                "Ce magasin n'a pas de publication de cette base.", "This store has no release of that base."
            )
        raise CorpusError(
            "Une publication est en cours de chargement dans ce magasin, ou ne l'a été qu'en partie : "
            "relancez « cls-graph load ».",
            "A release is being loaded into this store, or was so only in part: run 'cls-graph load' again.",
        )
    graphs = {row["g"]: int(row["n"]) for row in answers.select(_GRAPHS)}
    told = {
        "title": {"fr": "Magasin RDF", "en": "RDF store"},
        "version": "",
        # Nobody says when it changes.
        "digest": "",
        "base_iri": ONTOLOGY.removesuffix("ontology"),
        "graphs": graphs,
        "counts": {"quads": sum(graphs.values())},
    }
    return told, ""


def _counted(answers: Answers, graphs: Mapping[str, int]) -> None:
    """Raise ``CorpusError`` unless the graphs are as long as the record says."""
    for graph, wanted in graphs.items():
        rows = answers.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        found = int(rows[0]["n"]) if rows else 0
        if found != wanted:
            raise CorpusError(
                f"<{graph}> a {found} triplets au lieu de {wanted} : relancez « cls-graph load ».",
                f"<{graph}> has {found} triples instead of {wanted}: run 'cls-graph load' again.",
            )


def _dataset(settings: Settings, manifest: dict[str, Any], answers: Answers) -> str:
    if settings.store_dataset != "auto":
        return settings.store_dataset
    if answers.ours:
        return "service"
    # The union of a store would have what is inferred in it, asked for or not.
    if len(manifest["graphs"]) <= record.MOST_NAMED or any(INFERRED in graph for graph in manifest["graphs"]):
        return "named"
    try:
        union = answers.solutions("ASK { ?s ?p ?o }")
    except ClsGraphError:
        return "named"
    return "store" if bool(union) else "named"


def _ceilings(settings: Settings, answers: Answers) -> tuple[int, ...]:
    hard = _HARD_CEILING if answers.server.startswith("Virtuoso") else 0
    return tuple(sorted({settings.store_rows, answers.ceiling(), hard} - {0}))


def _values(answers: Answers, text: str) -> list[str]:
    """The values of a probe; what the store says instead, where it fails on it."""
    try:
        return [row["v"] for row in answers.select(text) if "v" in row]
    except StoreFailed:
        raise
    except ClsGraphError as error:
        return [f"error: {error}"]
