"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph.namespaces import CLS, DCTERMS, FORMATS, RDF, RDFS, SD, VOCAB, VOID, XSD
from cls_graph.store.deviations import known

_SOLUTIONS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
_RULES = "http://www.w3.org/ns/entailment/OWL-RDF-Based"
_PROFILE = "http://www.w3.org/ns/owl-profile/RL"
_INFERRED, _SHORTCUTS = "graph/inferred/", "graph/shortcuts"

Node = NamedNode | BlankNode


def service_description(
    endpoint: str, manifest: dict[str, Any], *, union: bool = True, writable: bool = False
) -> list[Triple]:
    """What the endpoint says of itself: language, formats, and its graphs with sizes and entailment.

    ``union``: the default graph is the union of the stated graphs. ``writable``: it takes updates.
    """
    service, dataset = NamedNode(endpoint), BlankNode("dataset")
    default, available = BlankNode("default"), BlankNode("available")
    base = str(manifest.get("base_iri", ""))
    graphs = sorted(manifest.get("graphs", {}).items())
    triples = [
        _type(service, "Service"),
        _link(service, "endpoint", service),
        _link(service, "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        _link(service, "defaultEntailmentRegime", NamedNode(_SIMPLE)),
        _link(service, "defaultDataset", dataset),
        _link(service, "availableGraphs", available),
        _type(dataset, "Dataset"),
        _type(dataset, "GraphCollection"),
        _type(available, "GraphCollection"),
        _link(dataset, "defaultGraph", default),
        _type(default, "Graph"),
    ]
    triples += [Triple(service, NamedNode(RDFS + "comment"), text) for text in _INFER]
    triples += [_link(service, "resultFormat", NamedNode(FORMATS + n)) for n in (*_SOLUTIONS, *_GRAPHS)]
    if writable:
        triples.append(_link(service, "supportedLanguage", NamedNode(SD + "SPARQL11Update")))
        triples += [_link(service, "inputFormat", NamedNode(FORMATS + n)) for n in _GRAPHS]
    if union:
        triples.append(_link(service, "feature", NamedNode(SD + "UnionDefaultGraph")))
        stated = sum(size for name, size in graphs if not name.startswith(base + _INFERRED))
        triples.append(_size(default, stated))
    for number, (name, size) in enumerate(graphs):
        inferred = str(name).startswith(base + _INFERRED)
        groups = (available,) if inferred and union else (dataset, available)
        triples += _graph(number, str(name), size, base, groups)
    return triples


def store_description(endpoint: str, about: dict[str, Any]) -> list[Triple]:
    """What is known of a remote store that answers: how it differs from SPARQL 1.1 (``store.deviations``)."""
    return [
        Triple(NamedNode(endpoint), NamedNode(RDFS + "comment"), Literal(text, language=lang))
        for name in about.get("deviations", ())
        for lang, text in sorted(known(name).text.items())
    ]


def _graph(number: int, name: str, size: int, base: str, groups: tuple[Node, ...]) -> list[Triple]:
    """One named graph: its size, what it entails, and whether it is computed from the others."""
    named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
    triples = [_link(group, "namedGraph", named) for group in groups]
    triples += [
        _type(named, "NamedGraph"),
        _link(named, "name", NamedNode(name)),
        _link(named, "graph", graph),
        _type(graph, "Graph"),
        _size(graph, size),
    ]
    if name.startswith(base + _INFERRED):
        triples += [
            _link(named, "entailmentRegime", NamedNode(_RULES)),
            _link(named, "supportedEntailmentProfile", NamedNode(_PROFILE)),
        ]
    else:
        triples.append(_link(named, "entailmentRegime", NamedNode(_SIMPLE)))
    if name == base + _SHORTCUTS:
        computed = NamedNode(VOCAB + "assertion-status/computed")
        triples.append(Triple(graph, NamedNode(CLS + "assertionStatus"), computed))
        triples += [Triple(graph, NamedNode(DCTERMS + "description"), text) for text in _COMPUTED]
    return triples


_INFER = (
    Literal(
        "Par défaut, rien n'est inféré : les graphes sous graph/inferred/ ne font partie ni du graphe par "
        "défaut, ni des graphes nommés. Avec le paramètre infer=true, ils y sont ; un jeu de graphes nommé "
        "par la requête l'emporte.",
        language="fr",
    ),
    Literal(
        "By default nothing is inferred: the graphs under graph/inferred/ are neither part of the default "
        "graph nor among the named graphs. With the parameter infer=true they are; a dataset that the "
        "request names wins over it.",
        language="en",
    ),
)
_COMPUTED = (
    Literal("Raccourcis calculés à partir des énoncés des autres graphes.", language="fr"),
    Literal("Shortcuts computed from the statements of the other graphs.", language="en"),
)


def _type(node: Node, name: str) -> Triple:
    return Triple(node, NamedNode(RDF + "type"), NamedNode(SD + name))


def _link(node: Node, name: str, value: Node) -> Triple:
    return Triple(node, NamedNode(SD + name), value)


def _size(node: Node, size: int) -> Triple:
    number = Literal(str(size), datatype=NamedNode(XSD + "integer"))
    return Triple(node, NamedNode(VOID + "triples"), number)
