"""A harvester, as data.gouv.fr documents its own: it follows pages and reads a list of properties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, Namespace

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
PAGING = ((HYDRA.PartialCollectionView, HYDRA.next), (HYDRA.PagedCollection, HYDRA.nextPage))
FORMATS = {
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/trig": "trig",
}


@dataclass
class Harvested:
    """The pages that were read, all their statements, and the datasets as the harvester keeps them."""

    pages: list[str] = field(default_factory=list)
    graph: Graph = field(default_factory=Graph)
    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)


def harvest(client: httpx.Client, url: str, media_type: str = "") -> Harvested:
    """Everything that a catalogue lists, from its first page on. Fails where a page is not readable."""
    found, following = Harvested(), url
    while following and following not in found.pages:
        found.pages.append(following)
        headers = {"Accept": media_type} if media_type else {}
        answer = client.get(following, headers=headers)
        assert answer.status_code == 200, following
        kind = answer.headers["content-type"].partition(";")[0]
        assert not media_type or kind == media_type
        page = Graph()
        page.parse(data=answer.content, format=FORMATS[media_type or kind], publicID=following)
        following = next(
            (
                str(url)
                for kind, prop in PAGING
                for view in page.subjects(RDF.type, kind)
                for url in page.objects(view, prop)
            ),
            "",
        )
        found.graph += page
    for node in found.graph.subjects(RDF.type, DCAT.Dataset):
        # What is only pointed to is not a dataset of the catalogue.
        if (None, DCAT.dataset, node) in found.graph:
            found.datasets[str(found.graph.value(node, DCTERMS.identifier))] = _dataset(found.graph, node)
    return found


def _dataset(graph: Graph, node: Any) -> dict[str, Any]:
    def one(prop: URIRef, of: Any = node) -> str:
        return str(graph.value(of, prop) or "")

    period = graph.value(node, DCTERMS.temporal)
    return {
        "title": sorted(map(str, graph.objects(node, DCTERMS.title))),
        "description": one(DCTERMS.description),
        "keywords": sorted(map(str, graph.objects(node, DCAT.keyword))),
        "licence": one(DCTERMS.license),
        "temporal": (one(DCAT.startDate, period), one(DCAT.endDate, period)) if period else None,
        "frequency": one(DCTERMS.accrualPeriodicity),
        "landing_page": one(DCAT.landingPage),
        "resources": sorted(
            (_resource(graph, part) for part in graph.objects(node, DCAT.distribution)),
            key=lambda r: str(r["url"]),
        ),
    }


def _resource(graph: Graph, part: Any) -> dict[str, Any]:
    checksum = graph.value(part, SPDX.checksum)
    size = graph.value(part, DCAT.byteSize)
    return {
        "title": str(graph.value(part, DCTERMS.title) or ""),
        "url": str(graph.value(part, DCAT.downloadURL) or graph.value(part, DCAT.accessURL)),
        "download": graph.value(part, DCAT.downloadURL) is not None,
        "media_type": str(graph.value(part, DCAT.mediaType) or ""),
        "format": str(graph.value(part, DCTERMS.format) or ""),
        "size": int(size) if size is not None else None,
        "sha256": str(graph.value(checksum, SPDX.checksumValue)) if checksum else "",
    }
