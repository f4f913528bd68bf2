"""The figures of the dataset, in VoID: partitions by class and property, and links to other vocabularies.

The dataset has a partition for each property. Partitions of classes nest as query editors expect
them: a class, its properties, and for each property the classes (``void:classPartition``) and
datatypes (``void-ext:datatypePartition``) of its values. Every count is a number of distinct triples
of the graphs described, so that a query can check it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from cls_graph.namespaces import DCTERMS, EUROVOC, FREQUENCY, LANGUAGE, MESH, VOID, VOID_EXT, slug
from cls_graph.rdf import RDF_TYPE
from cls_graph.records.iris import Iris
from cls_graph.triples import Writer

LINKED = (
    ("eurovoc", EUROVOC, "EuroVoc", "EuroVoc"),
    ("mesh", MESH, "MeSH", "MeSH"),
    ("frequency", FREQUENCY, "Fréquences (autorité de l'UE)", "Frequencies (EU authority table)"),
    ("language", LANGUAGE, "Langues (autorité de l'UE)", "Languages (EU authority table)"),
)
"""Vocabularies of others that the data points to: name, namespace, our words for it."""

Subject = NamedNode | BlankNode | Triple


class _Figures:
    """Everything that is counted, in one pass over the distinct triples."""

    def __init__(self, triples: set[Triple]) -> None:
        self.members: dict[str, int] = {}
        self.uses: Counter[tuple[str, str]] = Counter()
        self.to_class: Counter[tuple[str, str, str]] = Counter()
        self.to_datatype: Counter[tuple[str, str, str]] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        self.properties = Counter(t.predicate.value for t in triples)
        types: dict[Subject, list[str]] = defaultdict(list)
        for t in triples:
            if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode):
                types[t.subject].append(t.object.value)
        self.typed = types.keys()
        self.members = Counter(name for names in types.values() for name in names)
        for t in triples:
            self._count(t, types)

    def _count(self, t: Triple, types: dict[Subject, list[str]]) -> None:
        prop, obj = t.predicate.value, t.object
        if isinstance(obj, NamedNode):
            name = next((n for n, space, _, _ in LINKED if obj.value.startswith(space)), None)
            if name is not None:
                self.links[name, prop] += 1
        for owner in types.get(t.subject, ()):
            self.uses[owner, prop] += 1
            if isinstance(obj, Literal):
                self.to_datatype[owner, prop, obj.datatype.value] += 1
            else:
                for name in types.get(obj, ()):
                    self.to_class[owner, prop, name] += 1


def described(quads: Iterable[Quad], iris: Iris) -> set[Triple]:
    """The distinct triples that the figures are about: not shapes, rules, catalogue or what is inferred."""
    left_out = {NamedNode(iris.graph(name)) for name in ("shapes", "rules", "catalogue")}
    inferred = iris.graph("inferred/")
    return {
        q.triple
        for q in quads
        if q.graph_name not in left_out and not getattr(q.graph_name, "value", "").startswith(inferred)
    }


def statistics(out: Writer, subject: str, triples: set[Triple], iris: Iris) -> None:
    """Triples, entities, partitions and linksets of the dataset ``subject`` (VoID, sections 4.5, 4.6, 5)."""
    figures = _Figures(triples)
    out.number(subject, VOID + "triples", len(triples))
    ours = sum(1 for s in figures.typed if iris.kind_and_key(getattr(s, "value", "")))
    out.number(subject, VOID + "entities", ours)
    out.number(subject, VOID + "classes", len(figures.members))
    out.number(subject, VOID + "properties", len(figures.properties))
    for name, count in sorted(figures.members.items()):
        part = f"{subject}/class/{slug(name)}"
        out.add(subject, VOID + "classPartition", part)
        out.add(part, VOID + "class", name)
        out.number(part, VOID + "entities", count)
    for prop, count in sorted(figures.properties.items()):
        part = f"{subject}/property/{slug(prop)}"
        out.add(subject, VOID + "propertyPartition", part)
        out.add(part, VOID + "property", prop)
        out.number(part, VOID + "triples", count)
    for (owner, prop), count in sorted(figures.uses.items()):
        part = f"{subject}/class/{slug(owner)}"
        inner = f"{part}/{slug(prop)}"
        out.add(part, VOID + "propertyPartition", inner)
        out.add(inner, VOID + "property", prop)
        out.number(inner, VOID + "triples", count)
    _values(out, subject, figures)
    _linksets(out, subject, figures)


def _values(out: Writer, subject: str, figures: _Figures) -> None:
    """What the values of each property are: the classes and datatypes in its partition."""
    for counts, link, names in (
        (figures.to_class, VOID + "classPartition", VOID + "class"),
        (figures.to_datatype, VOID_EXT + "datatypePartition", VOID_EXT + "datatype"),
    ):
        for (owner, prop, target), count in sorted(counts.items()):
            inner = f"{subject}/class/{slug(owner)}/{slug(prop)}"
            last = f"{inner}/{slug(target)}"
            out.add(inner, link, last)
            out.add(last, names, target)
            out.number(last, VOID + "triples", count)


def _linksets(out: Writer, subject: str, figures: _Figures) -> None:
    """One linkset for each vocabulary of others and property that leads there."""
    used = {name for name, _ in figures.links}
    for name, space, fr, en in LINKED:
        if name in used:
            target = f"{subject}/target/{name}"
            out.type(target, VOID + "Dataset")
            out.words(target, DCTERMS + "title", fr, en)
            out.add(target, VOID + "uriSpace", Literal(space))
    for (name, prop), count in sorted(figures.links.items()):
        linkset = f"{subject}/linkset/{name}/{slug(prop)}"
        out.add(subject, VOID + "subset", linkset)
        out.type(linkset, VOID + "Linkset")
        out.add(linkset, VOID + "subjectsTarget", subject)
        out.add(linkset, VOID + "objectsTarget", f"{subject}/target/{name}")
        out.add(linkset, VOID + "linkPredicate", prop)
        out.number(linkset, VOID + "triples", count)
