"""The dataset about itself: DCAT dataset, VoID figures, service description, prefixes.

It is generated from the release's own quads when a release is built, and is a graph of it. What
is said of the catalogue graph itself would change it, so its own figures are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from cls_graph.entailment import SHORTCUTS
from cls_graph.namespaces import CLS, DCAT, DCTERMS, FOAF, RDFS, SD, SH, VOCAB, VOID, prefixes
from cls_graph.rdf import RDF_TYPE, Term, lang_text, typed
from cls_graph.records.iris import Iris
from cls_graph.records.registry import Dataset

Subject = NamedNode | BlankNode | Triple

THEME = "http://publications.europa.eu/resource/authority/data-theme/HEAL"


class _Writer:
    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def add(self, subject: str, prop: str, value: str | Term) -> None:
        obj = NamedNode(value) if isinstance(value, str) else value
        self.triples.append(Triple(NamedNode(subject), NamedNode(prop), obj))

    def type(self, subject: str, *classes: str) -> None:
        for name in classes:
            self.add(subject, RDF_TYPE.value, name)

    def number(self, subject: str, prop: str, value: int) -> None:
        self.add(subject, prop, typed(str(value), "integer"))


def catalogue(dataset: Dataset, iris: Iris, quads: Iterable[Quad], used_in_shapes: str) -> list[Triple]:
    """The triples of ``…/graph/catalogue`` for a release made of ``quads``.

    ``used_in_shapes`` is the IRI of the shapes graph, which describes the data and is not described.
    """
    out = _Writer()
    subject = iris.base + "id/dataset/cls-graph"
    _dataset(out, subject, dataset, iris)
    _statistics(out, subject, [q for q in quads if q.graph_name != NamedNode(used_in_shapes)], iris)
    _service(out, subject, iris, quads)
    _prefixes(out, iris)
    return out.triples


def _dataset(out: _Writer, subject: str, dataset: Dataset, iris: Iris) -> None:
    out.type(subject, DCAT + "Dataset", VOID + "Dataset")
    out.add(subject, DCTERMS + "identifier", Literal("cls-graph"))
    for lang in ("fr", "en"):
        out.add(subject, DCTERMS + "title", lang_text(getattr(dataset.title, lang), lang))
        out.add(subject, RDFS + "label", lang_text(getattr(dataset.title, lang), lang))
        out.add(subject, DCTERMS + "description", lang_text(getattr(dataset.description, lang), lang))
    publisher = iris.base + "id/agent/publisher"
    out.add(subject, DCTERMS + "publisher", publisher)
    out.type(publisher, FOAF + "Agent")
    name = dataset.publisher
    out.add(publisher, FOAF + "name", Literal(name) if isinstance(name, str) else lang_text(name.fr))
    out.add(publisher, RDFS + "label", Literal(name) if isinstance(name, str) else lang_text(name.fr))
    out.add(subject, DCTERMS + "license", dataset.licence)
    out.add(subject, DCAT + "version", Literal(dataset.version))
    out.add(subject, DCTERMS + "issued", typed(dataset.date, "date"))
    out.add(subject, DCAT + "theme", THEME)
    out.add(subject, VOID + "uriSpace", Literal(iris.base + "id/"))
    for name in ("ontology", "vocab"):
        out.add(subject, VOID + "vocabulary", iris.graph(name))


def _statistics(out: _Writer, subject: str, quads: list[Quad], iris: Iris) -> None:
    """Triples, entities, class partitions with their property partitions (VoID, sections 4.5 and 4.6)."""
    classes: dict[str, set[Subject]] = defaultdict(set)
    types: dict[Subject, list[str]] = defaultdict(list)
    for q in quads:
        if q.predicate == RDF_TYPE and isinstance(q.object, NamedNode):
            classes[q.object.value].add(q.subject)
            types[q.subject].append(q.object.value)
    uses: Counter[tuple[str, str]] = Counter()
    for q in quads:
        for name in types.get(q.subject, ()):
            uses[name, q.predicate.value] += 1
    out.number(subject, VOID + "triples", len({(q.subject, q.predicate, q.object) for q in quads}))
    out.number(
        subject, VOID + "entities", sum(1 for s in types if iris.kind_and_key(getattr(s, "value", "")))
    )
    out.number(subject, VOID + "classes", len(classes))
    out.number(subject, VOID + "properties", len({q.predicate for q in quads}))
    for index, name in enumerate(sorted(classes)):
        part = f"{subject}/class/{index:03d}"
        out.add(subject, VOID + "classPartition", part)
        out.add(part, VOID + "class", name)
        out.number(part, VOID + "entities", len(classes[name]))
        for number, prop in enumerate(sorted(p for c, p in uses if c == name)):
            inner = f"{part}/property/{number:03d}"
            out.add(part, VOID + "propertyPartition", inner)
            out.add(inner, VOID + "property", prop)
            out.number(inner, VOID + "triples", uses[name, prop])


def _service(out: _Writer, subject: str, iris: Iris, quads: Iterable[Quad]) -> None:
    """SPARQL 1.1 Service Description of the graphs; the service adds its own address when it answers."""
    service, dataset = iris.base + "id/service/sparql", iris.base + "id/service/sparql/dataset"
    out.type(service, SD + "Service")
    out.add(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    out.add(service, SD + "feature", SD + "UnionDefaultGraph")
    out.add(service, SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    out.add(service, SD + "defaultDataset", dataset)
    out.type(dataset, SD + "Dataset")
    out.add(dataset, DCTERMS + "isPartOf", subject)
    sizes = Counter(q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode))
    for name in sorted(sizes):
        part = f"{dataset}/{name.removeprefix(iris.base)}"
        out.add(dataset, SD + "namedGraph", part)
        out.type(part, SD + "NamedGraph")
        out.add(part, SD + "name", name)
        out.add(part, SD + "graph", f"{part}/content")
        out.type(f"{part}/content", SD + "Graph")
        out.number(f"{part}/content", VOID + "triples", sizes[name])
        if name == iris.graph("shortcuts"):
            out.add(f"{part}/content", CLS + "assertionStatus", VOCAB + "assertion-status/computed")
            for row in SHORTCUTS:
                for lang, text in row.meaning.items():
                    sentence = f"cls:{row.property} — {text}"
                    out.add(f"{part}/content", DCTERMS + "description", lang_text(sentence, lang))


def _prefixes(out: _Writer, iris: Iris) -> None:
    holder = iris.base + "id/prefixes"
    out.type(holder, "http://www.w3.org/2002/07/owl#Ontology")
    for name, namespace in sorted(prefixes(iris.base).items()):
        node = f"{holder}/{name}"
        out.add(holder, SH + "declare", node)
        out.type(node, SH + "PrefixDeclaration")
        out.add(node, SH + "prefix", Literal(name))
        out.add(node, SH + "namespace", typed(namespace, "anyURI"))
