"""All that a release holds, as quads: data, ontology, code lists, shapes, rules, what follows, catalogue."""

from __future__ import annotations

from bisect import bisect_left

from pyoxigraph import Quad, Triple

from cls_graph.corpus import Corpus
from cls_graph.entailment.loading import entail, rule_triples
from cls_graph.errors import CorpusError
from cls_graph.graphs import QUOTED, Graphs, background, data_graphs
from cls_graph.progress import Progress, silent
from cls_graph.rdf import in_graph, iri, sort_quads
from cls_graph.records.registry import Dataset
from cls_graph.records.territory_graph import territories_to_graph
from cls_graph.release.catalogue import TERRITORIES, catalogue


def dataset_of(corpus: Corpus) -> Dataset:
    """``dataset.yaml``; raises ``CorpusError`` without it: a release needs a version, a date, a licence."""
    dataset = corpus.registry.dataset
    if dataset is None:
        raise CorpusError(
            "data/dataset.yaml manque ou est incorrect : il donne titre, version, date et licence.",
            "data/dataset.yaml is missing or wrong: it gives title, version, date and licence.",
        )
    return dataset


def compose(
    corpus: Corpus, graphs: Graphs | None = None, *, quotes: bool = True, progress: Progress = silent
) -> list[Quad]:
    """The sorted quads of a release. ``quotes=False`` leaves the quoted words out, not their positions."""
    dataset = dataset_of(corpus)
    progress({"fr": "Composition des graphes", "en": "Composing graphs"})
    stated = (graphs or data_graphs(corpus)).stated
    if not quotes:
        stated = [q for q in stated if q.predicate.value not in QUOTED]
    stated = [*stated, *in_graph(territories(corpus), corpus.iris.graph(TERRITORIES))]
    quads = list(stated)
    for name, triples in background(corpus):
        quads += in_graph(triples, name)
    quads += in_graph(rule_triples(corpus), corpus.iris.graph("rules"))
    progress({"fr": "Composition des graphes : inférences", "en": "Composing graphs: what follows"})
    quads += entail(corpus, stated)
    progress({"fr": "Composition des graphes : catalogue", "en": "Composing graphs: catalogue"})
    quads = sort_quads(quads)
    graph = corpus.iris.graph("catalogue")
    about = sort_quads(in_graph(catalogue(dataset, corpus.iris, quads), graph))
    at = bisect_left(quads, str(iri(graph)), key=lambda q: str(q.graph_name))  # no other part has this graph
    return [*quads[:at], *about, *quads[at:]]


def territories(corpus: Corpus) -> list[Triple]:
    """The communes of the contracts, worked out from the official codes."""
    records = [read.value for read in corpus.records if read.value is not None]
    return territories_to_graph(records, corpus.registry.territories, corpus.iris)
