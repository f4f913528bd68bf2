"""The dataset about itself: DCAT dataset, VoID figures, service description, prefixes, example queries.

It is generated from the release's own quads when a release is built, and is a graph of it. What
is said of the catalogue graph itself would change it, so its own figures are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.entailment import Rule, read_rules
from cls_graph.geo.codes import codes
from cls_graph.kind import Kind
from cls_graph.namespaces import (
    ADMS,
    CLS,
    DCAT,
    DCTERMS,
    FOAF,
    FORMATS,
    ONTOLOGY,
    OWL,
    PREFIXES,
    PROV,
    RDFS,
    SD,
    SKOS,
    VOCAB,
    VOID,
)
from cls_graph.publication.datasets import describe_datasets
from cls_graph.rdf import RDF_TYPE, lang_text, typed
from cls_graph.records.iris import Iris
from cls_graph.records.registry import Dataset
from cls_graph.release.examples import describe_examples
from cls_graph.release.prefixes import declare_prefixes
from cls_graph.release.void import described, statistics
from cls_graph.triples import LANGUAGES, Writer

WITHDRAWN = "http://purl.org/adms/status/Withdrawn"
DUMPS = ("graph.nq", "graph.trig", "graph.jsonld")
"""The files that each hold the whole dataset; others hold parts of it and are not its dumps."""
TERRITORIES = "territories"
COMMUNES = {
    "fr": "Communes des contrats et population, d’après {source} (millésime {vintage}, {licence}).",
    "en": "Communes of the contracts and population, from {source} (edition {vintage}, {licence}).",
}
COUNTED = (
    "Les nombres (VoID) comptent les triplets distincts des données, de l’ontologie et des listes de codes ;"
    " ni les formes, ni les règles, ni le catalogue, ni ce qui est inféré, que les fichiers et le point"
    " d’accès ont aussi.",
    "The figures (VoID) count the distinct triples of the data, the ontology and the code lists; not the"
    " shapes, the rules, the catalogue or what is inferred, which the files and the endpoint have too.",
)
"""What the figures are of, beside what a reader would count."""
_FORMATS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")


def dataset_iri(iris: Iris) -> str:
    """The node of the dataset."""
    return iris.base + "id/dataset/cls-graph"


def catalogue(dataset: Dataset, iris: Iris, quads: Sequence[Quad]) -> list[Triple]:
    """The triples of ``…/graph/catalogue`` for a release made of ``quads``."""
    out = Writer()
    subject = dataset_iri(iris)
    _dataset(out, subject, dataset, iris)
    triples = described(quads, iris)
    _access(out, subject, triples, iris)
    statistics(out, subject, triples, iris)
    out.words(subject, SKOS + "note", *COUNTED)
    _service(out, subject, iris, quads, dataset.kind)
    declare_prefixes(out, iris)
    describe_examples(out, iris, quads, dataset.kind)
    _comments(out, quads, triples, iris)
    describe_datasets(out, subject, dataset, iris, quads)
    for path in dataset.withdrawn:
        out.add(iris.base + path, ADMS + "status", WITHDRAWN)
        out.add(iris.base + path, OWL + "deprecated", typed("true", "boolean"))
    return out.triples


def _dataset(out: Writer, subject: str, dataset: Dataset, iris: Iris) -> None:
    out.type(subject, DCAT + "Dataset", VOID + "Dataset")
    out.add(subject, DCTERMS + "identifier", Literal(subject))
    for lang in LANGUAGES:
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
    out.add(subject, VOID + "uriSpace", Literal(iris.base + "id/"))


def _access(out: Writer, subject: str, triples: set[Triple], iris: Iris) -> None:
    """Where the dataset is to be had, under the base of the identifiers, and the vocabularies it uses."""
    out.add(subject, VOID + "sparqlEndpoint", iris.base + "sparql")
    for name in DUMPS:
        out.add(subject, VOID + "dataDump", f"{iris.base}dumps/{name}")
    for name in _FORMATS:
        out.add(subject, VOID + "feature", FORMATS + name)
    terms = {t.predicate.value for t in triples}
    terms |= {t.object.value for t in triples if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)}
    for namespace in sorted(PREFIXES.values()):
        if any(term.startswith(namespace) for term in terms):
            out.add(subject, VOID + "vocabulary", ONTOLOGY if namespace == CLS else namespace)
    schemes = {
        t.subject.value
        for t in triples
        if isinstance(t.subject, NamedNode)
        and t.subject.value.startswith(VOCAB)
        and t.predicate == RDF_TYPE
        and t.object == NamedNode(SKOS + "ConceptScheme")
    }
    for scheme in sorted(schemes):
        out.add(subject, VOID + "vocabulary", scheme)


def _comments(out: Writer, quads: Sequence[Quad], triples: set[Triple], iris: Iris) -> None:
    """The definition of each term of ours in use, as the comment that query editors look for."""
    used = {t.predicate for t in triples} | {t.object for t in triples if t.predicate == RDF_TYPE}
    definition, ontology = NamedNode(SKOS + "definition"), NamedNode(iris.graph("ontology"))
    for q in quads:
        if q.predicate == definition and q.graph_name == ontology and q.subject in used:
            out.triples.append(Triple(q.subject, NamedNode(RDFS + "comment"), q.object))


def _service(out: Writer, subject: str, iris: Iris, quads: Sequence[Quad], kind: Kind) -> None:
    """SPARQL 1.1 Service Description of the graphs; where it runs, the service gives its own address."""
    service, dataset = iris.base + "id/service/sparql", iris.base + "id/service/sparql/dataset"
    out.type(service, SD + "Service")
    out.add(service, SD + "endpoint", iris.base + "sparql")
    out.add(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    out.add(service, SD + "feature", SD + "UnionDefaultGraph")
    out.add(service, SD + "defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    out.add(service, SD + "defaultDataset", dataset)
    out.type(dataset, SD + "Dataset")
    out.add(dataset, DCTERMS + "isPartOf", subject)
    rules = read_rules(q.triple for q in quads if q.graph_name == NamedNode(iris.graph("rules")))
    sizes = Counter(q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode))
    for name in sorted(sizes):
        part = f"{dataset}/{name.removeprefix(iris.base)}"
        out.add(dataset, SD + "namedGraph", part)
        out.type(part, SD + "NamedGraph")
        out.add(part, SD + "name", name)
        out.add(part, SD + "graph", f"{part}/content")
        out.type(f"{part}/content", SD + "Graph")
        out.number(f"{part}/content", VOID + "triples", sizes[name])
        if name == iris.graph(TERRITORIES):
            _communes(out, f"{part}/content", kind)
        _computed(out, part, [rule for rule in rules if rule.graph(iris.base) == name])


def _communes(out: Writer, content: str, kind: Kind) -> None:
    """What the graph of territories is made from."""
    official = codes()
    source = {"source": official.source, "vintage": official.vintage, "licence": official.licence}
    out.add(content, CLS + "assertionStatus", VOCAB + "assertion-status/computed")
    out.add(content, CLS + "vintage", typed(official.vintage, "gYear"))
    for lang, text in COMMUNES.items():
        out.add(content, DCTERMS + "description", lang_text(kind.noun(text, lang).format(**source), lang))


def _computed(out: Writer, part: str, rules: Sequence[Rule]) -> None:
    """What a graph is that rules write: the sentence of each rule, and what entails it."""
    content = f"{part}/content"
    if not rules:
        return
    out.add(content, CLS + "assertionStatus", VOCAB + "assertion-status/computed")
    if not rules[0].shortcut:
        out.add(part, SD + "entailmentRegime", "http://www.w3.org/ns/entailment/OWL-RDF-Based")
        out.add(part, SD + "supportedEntailmentProfile", "http://www.w3.org/ns/owl-profile/RL")
    for rule in rules:
        out.add(content, PROV + "wasDerivedFrom", rule.iri)
        for lang, text in rule.meaning.items():
            out.add(content, DCTERMS + "description", lang_text(text, lang))
