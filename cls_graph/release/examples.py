"""The query library as data: each question an example that editors offer (SHACL-AF, section 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from cls_graph.kind import Kind
from cls_graph.namespaces import DCTERMS, RDFS, SCHEMA, SH, SKOS
from cls_graph.queries import Parameter, library, themes
from cls_graph.queries.asking import example
from cls_graph.queries.parameters import THINGS, Choice, Choices
from cls_graph.rdf import RDF_TYPE, lang_text
from cls_graph.records.iris import Iris
from cls_graph.release.prefixes import prefixes_iri
from cls_graph.store.tokens import scan
from cls_graph.triples import LANGUAGES, Writer

FOLDER = ".well-known/sparql-examples/"

_FORMS = {
    "SELECT": ("select", "SPARQLSelectExecutable"),
    "ASK": ("ask", "SPARQLAskExecutable"),
    "CONSTRUCT": ("construct", "SPARQLConstructExecutable"),
    # SHACL has no class for it; the property is the one that editors ask for.
    "DESCRIBE": ("describe", None),
}
_PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"(?<![\w?$<:/-])([a-z][\w-]*):([\w-]+)")

# A property is called "has engagement"; what people look for is "engagement".
_VERB = re.compile("^(?:a pour|has) ")


def example_iri(iris: Iris, name: str) -> str:
    """The IRI of a question of the library."""
    return f"{iris.base}{FOLDER}{name}"


def _things(iris: Iris, quads: Iterable[Quad]) -> Choices:
    """The keys of the things of each kind."""
    found: dict[str, set[str]] = {}
    start = f"{iris.base}id/"
    for quad in quads:
        kind, _, key = getattr(quad.subject, "value", "").removeprefix(start).partition("/")
        if kind in THINGS and key and "/" not in key and quad.predicate == RDF_TYPE:
            found.setdefault(kind, set()).add(key)

    def choices(parameter: Parameter) -> list[Choice] | None:
        if parameter.type not in THINGS:
            return None
        return [Choice(key, key) for key in found.get(parameter.type, ())]

    return choices


def describe_examples(out: Writer, iris: Iris, quads: Iterable[Quad], called: Kind) -> None:
    """Every question of the library, with its theme and the words of the terms that it uses as keywords.

    Its target is the endpoint under the base of the identifiers: where a service runs is not known
    when a release is built. ``called``: the kind of contract that its words name.
    """
    quads = list(quads)
    words, things = _words(iris, quads), _things(iris, quads)
    for name, question in library(called).items():
        node, query = example_iri(iris, name), example(question, things)
        form, kind = _FORMS[scan(query).form or "SELECT"]
        out.type(node, SH + "SPARQLExecutable", *([SH + kind] if kind else []))
        for lang in LANGUAGES:
            described = " ".join(
                [question.description[lang], *([question.how[lang]] if question.how else [])]
            )
            out.add(node, RDFS + "label", lang_text(question.title[lang], lang))
            out.add(node, RDFS + "comment", lang_text(question.title[lang], lang))
            out.add(node, DCTERMS + "description", lang_text(described, lang))
            for keyword in [themes(called)[question.theme][lang], *keywords(query, words, lang)]:
                out.add(node, SCHEMA + "keywords", lang_text(keyword, lang))
        out.add(node, SH + "prefixes", prefixes_iri(iris))
        out.add(node, SH + form, Literal(query))
        out.add(node, SCHEMA + "target", iris.base + "sparql")


def keywords(query: str, words: Mapping[tuple[str, str], str], lang: str) -> list[str]:
    """The words, in one language, of the terms that a query names; sorted, each once."""
    spaces = dict(_PREFIX.findall(query))
    terms = {spaces[p] + local for p, local in _NAME.findall(_PREFIX.sub("", query)) if p in spaces}
    return sorted({_VERB.sub("", words[term, lang]) for term in terms if (term, lang) in words})


def _words(iris: Iris, quads: Iterable[Quad]) -> dict[tuple[str, str], str]:
    """The label of each term of ours by language."""
    labels = {NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel")}
    graphs = {NamedNode(iris.graph(name)) for name in ("ontology", "vocab")}
    found: dict[tuple[str, str], str] = {}
    for q in quads:
        if q.predicate in labels and q.graph_name in graphs and isinstance(q.object, Literal):
            key = (getattr(q.subject, "value", ""), q.object.language or "")
            found[key] = min(found.get(key, q.object.value), q.object.value)
    return found
