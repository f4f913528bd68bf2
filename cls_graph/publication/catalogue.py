"""The catalogue as it is handed out: in pages, with the sizes and digests of files, at an address.

Harvesters follow ``hydra:next`` from page to page (Hydra Core Vocabulary), and read of each page the datasets
in it with their distributions, periods and checksums. Some read a page by itself and fetch nothing more, or
fetch what has an IRI: periods are blank nodes here, their ends are days, and licences have their names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph.namespaces import DCAT, DCTERMS, FOAF, HYDRA, RDF, RDFS, SPDX, VOID, XSD
from cls_graph.publication.datasets import catalogue_iri
from cls_graph.publication.licences import licence_name
from cls_graph.rdf import Term, typed
from cls_graph.records.iris import Iris
from cls_graph.triples import Writer

Address = Callable[[str], str]
"""Where what has a path under the base is to be had (``dumps/graph.nq``); empty where it is not."""
PARTS = (DCAT + "distribution", DCTERMS + "temporal")
"""The properties that lead from a dataset to the nodes under it."""
ADDRESSES = frozenset(
    NamedNode(p)
    for p in (
        DCAT + "accessURL",
        DCAT + "downloadURL",
        DCAT + "landingPage",
        DCAT + "endpointURL",
        DCAT + "endpointDescription",
        FOAF + "homepage",
    )
)
_DATASET, _DISTRIBUTION = NamedNode(DCAT + "dataset"), NamedNode(DCAT + "distribution")
_TEMPORAL, _END, _YEAR = (
    NamedNode(DCTERMS + "temporal"),
    NamedNode(DCAT + "endDate"),
    NamedNode(XSD + "gYear"),
)
_LICENCE = NamedNode(DCTERMS + "license")
_ACCESS, _SERVICE, _ACCESS_SERVICE = (
    NamedNode(DCAT + name) for name in ("accessURL", "service", "accessService")
)


@dataclass(frozen=True)
class Page:
    """A page of the catalogue: its number from 1, how many there are, the datasets on it and in all."""

    number: int
    pages: int
    datasets: tuple[str, ...]
    total: int


def page(datasets: Iterable[str], whole: str, number: int, size: int) -> Page | None:
    """The page with a number: the dataset as a whole first, the others by name. ``None`` past the last."""
    ordered = sorted(set(datasets), key=lambda iri: (iri != whole, iri))
    pages = max(1, math.ceil(len(ordered) / size))
    if not 1 <= number <= pages:
        return None
    return Page(number, pages, tuple(ordered[(number - 1) * size : number * size]), len(ordered))


def page_triples(
    said: Sequence[Triple],
    shown: Page,
    iris: Iris,
    files: Mapping[str, Mapping[str, Any]],
    address: Address,
    link: Callable[[int], str],
) -> list[Triple]:
    """The triples of a page. ``said`` is what the catalogue graph says, at least of what is shown.

    ``files`` are those of the manifest, ``link`` gives the address of each page. What has no address here is
    left out: a distribution with its node, an endpoint with its service.
    """
    return _Page(said, iris, address).triples(shown, files, link)


class _Page:
    def __init__(self, said: Sequence[Triple], iris: Iris, address: Address) -> None:
        self._base, self._catalogue, self._address = iris.base, catalogue_iri(iris), address
        self._said: dict[str, list[Triple]] = {}
        for t in dict.fromkeys(said):
            self._said.setdefault(getattr(t.subject, "value", ""), []).append(t)
        self._out: list[Triple] = []
        self._periods = 0

    def triples(
        self, shown: Page, files: Mapping[str, Mapping[str, Any]], link: Callable[[int], str]
    ) -> list[Triple]:
        on_page = {*shown.datasets}
        # On the other pages no distribution names the service, and harvesters take it for a thing of its own.
        if shown.number == 1 and self._address("sparql"):
            on_page.add(f"{self._base}id/service/sparql")
            self._node(f"{self._base}id/service/sparql", only=(DCAT, DCTERMS))
        for t in self._said.get(self._catalogue, []):
            if t.predicate not in (_DATASET, _SERVICE) or t.object.value in on_page:  # type: ignore[union-attr]
                self._add(t)
        self._node(f"{self._base}id/agent/publisher")
        self._node(f"{self._base}id/agent/contact")
        for dataset in shown.datasets:
            self._dataset(dataset, files)
        self._licences()
        self._paging(shown, link)
        return sorted(set(self._out), key=str)

    def _dataset(self, dataset: str, files: Mapping[str, Mapping[str, Any]]) -> None:
        for t in self._said.get(dataset, []):
            part = t.object.value if isinstance(t.object, NamedNode) else ""
            if t.predicate == _TEMPORAL:
                self._period(t)
            elif t.predicate == _DISTRIBUTION:
                if self._offered(part):
                    self._add(t)
                    self._node(part)
                    self._measure(part, files)
            elif not t.predicate.value.startswith(VOID):
                self._add(t)

    def _period(self, t: Triple) -> None:
        """The period of a dataset, as a blank node, from a day to a day."""
        self._periods += 1
        node = BlankNode(f"period{self._periods}")
        self._out.append(Triple(t.subject, t.predicate, node))
        for said in self._said.get(getattr(t.object, "value", ""), []):
            self._out.append(Triple(node, said.predicate, _day(said)))

    def _licences(self) -> None:
        """The name of each licence on the page: portals know licences by name."""
        out = Writer()
        for iri in sorted(
            {str(getattr(t.object, "value", "")) for t in self._out if t.predicate == _LICENCE}
        ):
            if name := licence_name(iri):
                out.type(iri, DCTERMS + "LicenseDocument")
                out.add(iri, RDFS + "label", Literal(name))
        self._out += out.triples

    def _offered(self, part: str) -> bool:
        """Whether a distribution can be had here."""
        urls = [t.object for t in self._said.get(part, []) if t.predicate == _ACCESS]
        return any(self._placed(url.value) for url in urls if isinstance(url, NamedNode))

    def _node(self, node: str, only: tuple[str, ...] = ()) -> None:
        for t in self._said.get(node, []):
            classed = t.predicate.value == RDF + "type" and getattr(t.object, "value", "").startswith(only)
            if not only or classed or t.predicate.value.startswith(only):
                self._add(t)

    def _add(self, t: Triple) -> None:
        if t.predicate in ADDRESSES and isinstance(t.object, NamedNode):
            if placed := self._placed(t.object.value):
                self._out.append(Triple(t.subject, t.predicate, NamedNode(placed)))
            return
        if t.predicate == _ACCESS_SERVICE and not self._address("sparql"):
            return
        self._out.append(t)

    def _placed(self, iri: str) -> str:
        """An address: here, where it is under the base; elsewhere as it is."""
        return self._address(iri[len(self._base) :]) if iri.startswith(self._base) else iri

    def _measure(self, part: str, files: Mapping[str, Mapping[str, Any]]) -> None:
        """Size and SHA-256 of a file of the release (DCAT-AP 3.0, section 9.4; SPDX)."""
        prefix = self._base + "dumps/"
        for t in self._said.get(part, []):
            url = getattr(t.object, "value", "")
            entry = files.get(url[len(prefix) :]) if url.startswith(prefix) else None
            if t.predicate != _ACCESS or entry is None:
                continue
            node = f"{part}/checksum"
            out = Writer()
            out.add(part, DCAT + "byteSize", typed(str(entry["bytes"]), "nonNegativeInteger"))
            out.add(part, SPDX + "checksum", node)
            out.type(node, SPDX + "Checksum")
            out.add(node, SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
            out.add(node, SPDX + "checksumValue", typed(str(entry["sha256"]), "hexBinary"))
            self._out += out.triples

    def _paging(self, shown: Page, link: Callable[[int], str]) -> None:
        """The page as a view of the catalogue, under the names that the older drafts have too."""
        out, here = Writer(), link(shown.number)
        out.type(self._catalogue, HYDRA + "Collection")
        out.add(self._catalogue, HYDRA + "view", here)
        out.add(self._catalogue, HYDRA + "totalItems", typed(str(shown.total), "integer"))
        out.type(here, HYDRA + "PartialCollectionView", HYDRA + "PagedCollection")
        others = {"first": 1, "last": shown.pages}
        if shown.number > 1:
            others["previous"] = shown.number - 1
        if shown.number < shown.pages:
            others["next"] = shown.number + 1
        for name, number in others.items():
            out.add(here, HYDRA + name, link(number))
            out.add(here, HYDRA + name + "Page", link(number))
        self._out += out.triples


def _day(said: Triple) -> Term:
    """An end of a period as a day: of a year the first, or the last where the period ends."""
    term = said.object
    if isinstance(term, Literal) and term.datatype == _YEAR:
        return typed(term.value + ("-12-31" if said.predicate == _END else "-01-01"), "date")
    assert not isinstance(term, Triple)
    return term
