"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph.namespaces import RDF, SD, VOID, XSD

_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def service_description(endpoint: str, manifest: dict[str, Any]) -> list[Triple]:
    """What the endpoint says of itself: language, formats, and its graphs with their sizes."""
    service, dataset, union = NamedNode(endpoint), BlankNode("dataset"), BlankNode("union")
    kind = NamedNode(RDF + "type")

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    triples = [
        Triple(service, kind, sd("Service")),
        Triple(service, sd("endpoint"), service),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        Triple(service, sd("feature"), sd("UnionDefaultGraph")),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, kind, sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), union),
        Triple(union, kind, sd("Graph")),
    ]
    triples += [Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULT_FORMATS]
    for number, (iri, size) in enumerate(sorted(manifest.get("graphs", {}).items())):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        triples += [
            Triple(dataset, sd("namedGraph"), named),
            Triple(named, kind, sd("NamedGraph")),
            Triple(named, sd("name"), NamedNode(iri)),
            Triple(named, sd("graph"), graph),
            Triple(graph, kind, sd("Graph")),
            Triple(
                graph, NamedNode(VOID + "triples"), Literal(str(size), datatype=NamedNode(XSD + "integer"))
            ),
        ]
    return triples
