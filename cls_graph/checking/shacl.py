"""SHACL validation of a corpus: whole, or of some of its contracts, told as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import Quad, Triple

from cls_graph.checking.engines import Engine, Prepared, choose
from cls_graph.checking.results import Result, ntriples
from cls_graph.checking.slices import Slices
from cls_graph.checking.telling import Teller
from cls_graph.findings import Finding
from cls_graph.graphs import Graphs

MANY = 50


def validate(
    graphs: Graphs,
    extra: Iterable[Triple] = (),
    engine: Engine | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    workers: int = 1,
) -> list[Finding]:
    """All results of the shapes over the data graphs, ontology and vocabularies.

    ``extra``: triples about things that are not validated now; ``engine``: the reference one by default.
    With ``MANY`` contracts they are validated slice by slice, which gives the same results, takes time in
    proportion to the contracts, and can tell how far it is (``progress``: contracts done, and of how many);
    ``workers``: processes that share the slices.
    Raises ``CorpusError`` where the engine does not know a construct of the shapes.
    """
    corpus, engine = graphs.corpus, engine or choose("pyshacl")
    if len(graphs.mapped) >= MANY:
        return tell(graphs, slices(graphs, extra, engine).everything(progress, workers))
    data: list[Triple | Quad] = [*graphs.stated, *corpus.ontology, *corpus.vocabularies, *extra]
    prepared: Prepared = engine.prepare(corpus.shapes)
    return tell(graphs, prepared.validate(ntriples(data)))


def validate_contracts(
    graphs: Graphs, extra: Iterable[Triple] = (), engine: Engine | None = None
) -> list[Finding]:
    """The results on the nodes of the contracts of ``graphs``, slice by slice, and across them."""
    parts = slices(graphs, extra, engine or choose("pyshacl"))
    found = [result for name in parts.contracts for result in parts.contract(name)]
    return tell(graphs, {result.key: result for result in [*found, *parts.across()]}.values())


def slices(graphs: Graphs, extra: Iterable[Triple], engine: Engine) -> Slices:
    """The parts of the graphs of a corpus (see ``Slices``)."""
    corpus = graphs.corpus
    background = [*corpus.ontology, *corpus.vocabularies, *extra]
    contracts = corpus.iris.graph("contract/")
    return Slices(graphs.stated, background, corpus.shapes, corpus.shapes_across, engine, contracts)


def tell(graphs: Graphs, results: Iterable[Result]) -> list[Finding]:
    """The results as findings, in an order that does not depend on the engine."""
    teller = Teller(graphs)
    return [teller.finding(result) for result in sorted(results, key=lambda result: result.key)]
