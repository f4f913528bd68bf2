"""``ontology.md``: the classes and properties of the ontology, in both languages."""

from __future__ import annotations

from collections import defaultdict

from doc_pages import Made, code, page, table
from pyoxigraph import Literal, NamedNode, Triple

from cls_graph.corpus import Corpus
from cls_graph.namespaces import CLS, OWL, RDF, RDFS, SKOS, short
from cls_graph.rdf import parse_graph

KINDS = (
    ("Classes", "Class"),
    ("Properties that lead to things", "ObjectProperty"),
    ("Properties that hold values", "DatatypeProperty"),
)
About = dict[str, list[Triple]]


def ontology(corpus: Corpus) -> str:
    """``ontology.md``."""
    path = next(p for p in corpus.files("ontology", ".ttl") if p.name == "cls.ttl")
    about: dict[str, About] = defaultdict(lambda: defaultdict(list))
    for triple in parse_graph(path.read_bytes(), ".ttl", path.stem):
        if isinstance(triple.subject, NamedNode):
            about[triple.subject.value][triple.predicate.value].append(triple)
    parts = [
        "The terms of `https://w3id.org/cls-sante/ontology#`, prefix `cls:`. Each has its page in the "
        "service, at its own "
        "address, with its use in the data. How a record becomes triples: [modelling.md](modelling.md). "
        "The words of the "
        "code lists: [codes.md](codes.md).",
        "Les termes de l'ontologie, avec leur définition dans les deux langues.",
        "![The main classes: a contract, its engagements, programme, milestones, funding, frameworks and "
        "counts, and the "
        "evidence of each fact](images/ontology.svg)",
    ]
    for title, kind in KINDS:
        found = sorted(iri for iri, said in about.items() if iri.startswith(CLS) and _is(said, kind))
        head = (
            ("Term", "Français", "English")
            if kind == "Class"
            else ("Term", "From → to", "Français", "English")
        )
        parts += [f"## {title}", table(head, (_row(iri, about[iri], kind) for iri in found))]
    return page("Ontology", *parts)


def _is(about: About, kind: str) -> bool:
    return any(isinstance(t.object, NamedNode) and t.object.value == OWL + kind for t in about[RDF + "type"])


def _row(iri: str, about: About, kind: str) -> tuple[object, ...]:
    texts = [
        Made(f"**{_text(about, RDFS + 'label', x)}.** {_text(about, SKOS + 'definition', x)}")
        for x in ("fr", "en")
    ]
    ends = [_names(about, RDFS + end) for end in ("domain", "range")]
    return (code(iri.removeprefix(CLS)), *([] if kind == "Class" else [Made(" → ".join(ends))]), *texts)


def _names(about: About, predicate: str) -> str:
    names = [
        f"`{short(t.object.value) or t.object.value}`"
        for t in about[predicate]
        if isinstance(t.object, NamedNode)
    ]
    return " ".join(names) or "any"


def _text(about: About, predicate: str, lang: str) -> str:
    texts = [
        t.object.value
        for t in about[predicate]
        if isinstance(t.object, Literal) and t.object.language == lang
    ]
    return " ".join(texts[0].split()).replace("|", "\\|").replace("<", "&lt;") if texts else ""
