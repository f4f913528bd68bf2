"""Checks of the dataset of a query: which graphs it is asked of, as the request or the query says."""

from __future__ import annotations

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, Outcome, absent, judged, passed
from cls_graph.scoring.protocol import GROUP
from cls_graph.scoring.target import Target, read

NOWHERE = "urn:x-cls-graph:no-such-graph"
COUNT = "SELECT (COUNT(*) AS ?v) { ?s ?p ?o }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?v) { GRAPH ?g { ?s ?p ?o } }"


def dataset(target: Target, query: str, also: list[tuple[str, str]]) -> Outcome:
    """Whether a dataset of one graph that is nowhere is seen as such: no row, or an error."""
    reply = target.ask(query, also=also)
    if reply.refused or reply.status >= 500:
        return passed(reply.told("fr"), reply.told("en"))
    answer = read(reply)
    found = answer.table.values()
    return judged(found == ["0"], answer.problem or f"COUNT = {' '.join(found)}")


@GROUP.check(
    "default-graph-uri",
    MUST,
    specs.DATASET,
    fr="default-graph-uri dit quel graphe est interrogé.",
    en="default-graph-uri says which graph is queried.",
)
def _default_graph(target: Target) -> Outcome:
    if target.triples <= 0:
        return absent("le graphe par défaut est vide", "the default graph is empty")
    return dataset(target, COUNT, [("default-graph-uri", NOWHERE)])


@GROUP.check(
    "named-graph-uri",
    MUST,
    specs.DATASET,
    fr="named-graph-uri dit quels graphes GRAPH parcourt.",
    en="named-graph-uri says which graphs GRAPH ranges over.",
)
def _named_graph(target: Target) -> Outcome:
    if not target.named:
        return absent("aucun graphe nommé", "no named graph")
    return dataset(target, IN_GRAPHS, [("named-graph-uri", NOWHERE)])


@GROUP.check(
    "dataset-wins",
    MUST,
    specs.DATASET,
    fr="Le jeu de données de la demande l'emporte sur FROM.",
    en="The dataset of the request wins over FROM.",
)
def _dataset_wins(target: Target) -> Outcome:
    if not target.named:
        return absent("aucun graphe nommé", "no named graph")
    query = f"SELECT (COUNT(*) AS ?v) FROM <{target.named[0]}> {{ ?s ?p ?o }}"
    return dataset(target, query, [("default-graph-uri", NOWHERE)])


@GROUP.check(
    "from",
    MUST,
    specs.query("13.2.1", "unnamedGraph"),
    fr="FROM dit quel graphe est interrogé.",
    en="FROM says which graph is queried.",
)
def _from(target: Target) -> Outcome:
    if target.triples <= 0:
        return absent("le graphe par défaut est vide", "the default graph is empty")
    return dataset(target, f"SELECT (COUNT(*) AS ?v) FROM <{NOWHERE}> {{ ?s ?p ?o }}", [])
