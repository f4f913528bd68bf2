"""A harvester that reads a catalogue as that of data.gouv.fr does (udata, its backend "DCAT").

What it does, and this does too: one format for all pages, found by the ending of the address or by asking
for its headers; each page read by itself; of several values that in French, else the first; a period with an
IRI fetched from there (here: refused, nothing is fetched); a licence known by its label, else its address, if
the list of the portal has it; a data service that no distribution of its page names is a thing of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS, Namespace

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PAGING = ((HYDRA.PartialCollectionView, HYDRA.next), (HYDRA.PagedCollection, HYDRA.nextPage))
FREQUENCIES = ("http://publications.europa.eu/resource/authority/frequency/", "http://purl.org/cld/freq/")
FORMATS = {
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/trig": "trig",
}
ENDINGS = {"rdf": "xml", "jsonld": "json-ld", "ttl": "turtle", "nt": "nt", "trig": "trig"}
LICENCES = {
    "cc-by": ("Creative Commons Attribution", "http://www.opendefinition.org/licenses/cc-by"),
    "cc-by-sa": (
        "Creative Commons Attribution Share-Alike",
        "http://www.opendefinition.org/licenses/cc-by-sa",
    ),
    "fr-lo": (
        "Licence Ouverte / Open Licence",
        "https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf",
    ),
    "lov2": (
        "Licence Ouverte / Open Licence version 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    ),
    "odc-odbl": (
        "Open Data Commons Open Database License (ODbL)",
        "http://opendatacommons.org/licenses/odbl/summary/",
    ),
}
"""Of the list of data.gouv.fr (``/api/1/datasets/licenses/``): title and address of those that we may use."""


@dataclass
class Harvested:
    """The pages that were read, the datasets and the services as the harvester keeps them, by identifier."""

    pages: list[str] = field(default_factory=list)
    datasets: dict[str, dict[str, Any]] = field(default_factory=dict)
    services: list[str] = field(default_factory=list)


def harvest(client: httpx.Client, url: str, media_type: str = "") -> Harvested:
    """Everything that a catalogue lists, from its first page on. Fails where a page is not readable.

    With a ``media_type`` that is asked for, as other harvesters do.
    """
    found, following = Harvested(), url
    headers = {"Accept": media_type} if media_type else {}
    form = FORMATS.get(media_type) or _format(client, url)
    while following and following not in found.pages:
        found.pages.append(following)
        answer = client.get(following, headers=headers)
        assert answer.status_code == 200, following
        page = Graph().parse(data=answer.text, format=form)
        following = _next(page)
        for node in page.subjects(RDF.type, DCAT.Dataset):
            dataset = _dataset(page, node)
            assert dataset["identifier"] not in found.datasets, dataset["identifier"]
            found.datasets[dataset["identifier"]] = dataset
        named = set(page.objects(None, DCAT.accessService))
        found.services += [str(s) for s in page.subjects(RDF.type, DCAT.DataService) if s not in named]
    return found


def _format(client: httpx.Client, url: str) -> str:
    ending = urlsplit(url).path.rpartition(".")[2]
    if ending in ENDINGS:
        return ENDINGS[ending]
    return FORMATS[client.head(url).headers["content-type"].partition(";")[0]]


def _next(page: Graph) -> str:
    for kind, prop in PAGING:
        if (None, RDF.type, kind) in page:
            return str(page.value(page.value(predicate=RDF.type, object=kind), prop) or "")
    return ""


def _dataset(page: Graph, node: Any) -> dict[str, Any]:
    parts = list(page.objects(node, DCAT.distribution))
    hints = [*_names(page, node, DCTERMS.license), *_names(page, node, DCTERMS.rights)]
    for part in parts:
        hints += [*_names(page, part, DCTERMS.license), *_names(page, part, DCTERMS.rights)]
    frequency = str(page.value(node, DCTERMS.accrualPeriodicity))
    assert frequency.startswith(FREQUENCIES), frequency
    return {
        "identifier": _one(page, node, DCTERMS.identifier),
        "title": _one(page, node, DCTERMS.title),
        "description": _one(page, node, DCTERMS.description),
        "keywords": sorted(map(str, page.objects(node, DCAT.keyword))),
        "licence": _licence(hints),
        "temporal": _temporal(page, page.value(node, DCTERMS.temporal)),
        "frequency": frequency.rpartition("/")[2],
        "landing_page": _one(page, node, DCAT.landingPage),
        "issued": _one(page, node, DCTERMS.issued),
        "modified": _one(page, node, DCTERMS.modified),
        "contacts": [_contact(page, contact) for contact in page.objects(node, DCAT.contactPoint)],
        "resources": sorted((_resource(page, part) for part in parts), key=lambda r: str(r["url"])),
    }


def _one(page: Graph, node: Any, prop: URIRef) -> str:
    """One value: that in French, else the first."""
    values = list(page.objects(node, prop))
    french = [v for v in values if isinstance(v, Literal) and v.language == "fr"]
    return str((french or values or [""])[0])


def _names(page: Graph, node: Any, prop: URIRef) -> list[str]:
    return [_one(page, value, RDFS.label) or str(value) for value in page.objects(node, prop)]


def _licence(hints: Iterable[str]) -> str:
    """The key of the first hint that is known; nothing where none is."""
    for hint in hints:
        for key, (title, address) in LICENCES.items():
            if hint.lower() in (key, title.lower(), address.lower()) or (
                hint.startswith("http") and re.sub(r"^https?://", "", hint).rstrip("/") in address
            ):
                return key
    return ""


def _temporal(page: Graph, period: Any) -> tuple[datetime.date, datetime.date] | None:
    """A period is read from the page where it is a blank node; one with an IRI is fetched, and lost."""
    if period is None:
        return None
    assert isinstance(period, BNode), f"{period} would be fetched"
    begin, end = (page.value(period, prop) for prop in (DCAT.startDate, DCAT.endDate))
    assert isinstance(begin, Literal)
    assert isinstance(end, Literal)
    return begin.toPython(), end.toPython()


def _contact(page: Graph, node: Any) -> tuple[str, str]:
    return _one(page, node, VCARD.fn), _one(page, node, VCARD.hasEmail).removeprefix("mailto:")


def _resource(page: Graph, part: Any) -> dict[str, Any]:
    checksum = page.value(part, SPDX.checksum)
    if checksum:
        assert page.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    size = page.value(part, DCAT.byteSize)
    return {
        "title": _one(page, part, DCTERMS.title),
        "url": _one(page, part, DCAT.downloadURL) or _one(page, part, DCAT.accessURL),
        "download": (part, DCAT.downloadURL, None) in page,
        "api": (part, DCAT.accessService, None) in page,
        "media_type": _one(page, part, DCAT.mediaType),
        "format": _one(page, part, DCTERMS["format"]).rpartition("/")[2].lower(),
        "size": size.toPython() if isinstance(size, Literal) else None,
        "sha256": _one(page, checksum, SPDX.checksumValue) if checksum else "",
    }
