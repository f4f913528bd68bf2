"""The named graphs of a corpus, composed from its records, registry, ontology and shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal, Quad, Triple

from cls_graph.corpus import Corpus
from cls_graph.findings import Place
from cls_graph.namespaces import OA
from cls_graph.rdf import in_graph
from cls_graph.records.emitter import Mapped, with_parents
from cls_graph.records.model import Record
from cls_graph.records.reader import Read
from cls_graph.records.registry_graph import registry_to_graph
from cls_graph.records.to_graph import to_graph

QUOTED = frozenset(OA + name for name in ("exact", "prefix", "suffix"))
"""The properties whose values are words of a text."""
UNSPOKEN = "…"
"""In the place of words that must not be repeated."""


@dataclass
class Graphs:
    """Triples by graph, and where each node of the data is written."""

    corpus: Corpus
    stated: list[Quad] = field(default_factory=list)
    mapped: list[tuple[Read[Record], Mapped]] = field(default_factory=list)
    registry: Mapped = field(default_factory=Mapped)
    quotes: bool = True
    """Whether what is told of these graphs may repeat the words that are quoted in them."""

    @cached_property
    def unspoken(self) -> frozenset[str]:
        """The words that must not be repeated: they are quoted, and are no name or title besides."""
        if self.quotes:
            return frozenset()
        quoted: set[str] = set()
        others: set[str] = set()
        for q in self.stated:
            if isinstance(q.object, Literal):
                (quoted if q.predicate.value in QUOTED else others).add(q.object.value)
        return frozenset(quoted - others)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """By node, the first record that made it: there are many findings, and many records."""
        found: dict[str, int] = {}
        for rank, (_, mapped) in enumerate(self.mapped):
            for node in mapped.paths:
                found.setdefault(node, rank)
        return found

    def place(self, node: str) -> Place | None:
        """The line of the record or registry file that made a node."""
        ranks = [self._ranks[part] for part in with_parents(node) if part in self._ranks]
        if ranks:
            read, mapped = self.mapped[min(ranks)]
            path = mapped.path_of(node)
            assert path is not None
            return read.place(path)
        path = self.registry.path_of(node)
        if path is None:
            file = self.corpus.rdf_files.get(node)
            return Place(file) if file else None
        kind, *rest = path
        if kind == "territory":
            return self.corpus.registry.place("territory", str(rest[0]))
        return self.corpus.registry.reads[str(kind)].place(tuple(rest))


def data_graphs(corpus: Corpus, records: list[Read[Record]] | None = None, *, quotes: bool = True) -> Graphs:
    """The graphs of the data: one a contract, and the registry. ``records``: only these."""
    graphs = Graphs(corpus, quotes=quotes)
    for read in corpus.records if records is None else records:
        if read.value is None:
            continue
        mapped = to_graph(read.value, corpus.iris)
        graphs.mapped.append((read, mapped))
        name = corpus.iris.graph(f"contract/{read.value.contract.key}")
        graphs.stated += in_graph(mapped.triples, name)
    graphs.registry = registry_to_graph(corpus.registry, corpus.iris)
    graphs.stated += in_graph(graphs.registry.triples, corpus.iris.graph("registry"))
    graphs.stated += corpus.rdf_data
    return graphs


def background(corpus: Corpus) -> list[tuple[str, list[Triple]]]:
    """The graphs that describe the data: ontology, vocabularies, shapes (name, triples)."""
    return [
        (corpus.iris.graph("ontology"), corpus.ontology),
        (corpus.iris.graph("vocab"), corpus.vocabularies),
        (corpus.iris.graph("shapes"), corpus.shapes),
    ]
