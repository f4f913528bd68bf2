"""The DCAT-AP catalogue of a release: a catalogue, its datasets, their distributions, the SPARQL endpoint.

It is part of the catalogue graph, so that it can be queried. Addresses are under the base of the identifiers;
sizes and digests of files, which the graph cannot know of itself, are added where the catalogue is handed out
(``publication.catalogue``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, Quad

from cls_graph.media import of_file
from cls_graph.namespaces import (
    CLS,
    DCAT,
    DCTERMS,
    FOAF,
    FREQUENCY,
    LANGUAGE,
    ONTOLOGY,
    RDFS,
    SKOS,
    VCARD,
    VOCAB,
)
from cls_graph.publication.files import CONTRACTS, contract_graphs
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.offered import FILE_TYPES, TERMS, WHOLE, File
from cls_graph.publication.programme_tables import ELEMENT
from cls_graph.publication.shared_columns import CONTRACT, instant
from cls_graph.rdf import lang_text, typed
from cls_graph.records.iris import Iris
from cls_graph.records.registry import Dataset
from cls_graph.triples import LANGUAGES, Writer

THEME = "http://publications.europa.eu/resource/authority/data-theme/HEAL"
THEMES = "http://publications.europa.eu/resource/authority/data-theme"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA_TYPE = "http://www.iana.org/assignments/media-types/"
AVAILABILITY = "http://data.europa.eu/r5r/availability"
AVAILABLE = "http://publications.europa.eu/resource/authority/planned-availability/AVAILABLE"
TERMS_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the ontology, the code lists and the shapes."""
_KEYWORDS = 12
_YEAR = re.compile("[12][0-9]{3}")


def catalogue_iri(iris: Iris) -> str:
    """The node of the catalogue."""
    return iris.base + "catalog"


def describe_datasets(out: Writer, whole: str, dataset: Dataset, iris: Iris, quads: Sequence[Quad]) -> None:
    """The catalogue and all that it lists; ``whole`` is the node of the dataset as a whole."""
    nodes = Nodes.of(quads, iris)
    writer = _Datasets(out, dataset, nodes)
    writer.catalogue()
    writer.whole(whole)
    writer.terms()
    for graph in contract_graphs(nodes):
        writer.contract(whole, graph)
    writer.service(whole)
    writer.contact()


class _Datasets:
    def __init__(self, out: Writer, dataset: Dataset, nodes: Nodes) -> None:
        self._out, self._dataset, self._nodes = out, dataset, nodes
        self._base = nodes.iris.base
        self._catalogue = catalogue_iri(nodes.iris)
        self._subject = {lang: self._word(CONTRACT, RDFS + "label", lang) for lang in LANGUAGES}

    def catalogue(self) -> None:
        """The catalogue itself (DCAT-AP 3.0, section 9.1)."""
        node, out, title = self._catalogue, self._out, self._dataset.title
        out.type(node, DCAT + "Catalog")
        out.words(node, DCTERMS + "title", f"Catalogue : {title.fr}", f"Catalogue: {title.en}")
        out.words(node, RDFS + "label", f"Catalogue : {title.fr}", f"Catalogue: {title.en}")
        out.words(node, DCTERMS + "description", self._dataset.description.fr, self._dataset.description.en)
        self._common(node, self._dataset.licence)
        self._modified(node, self._dataset.date)
        out.add(node, DCAT + "themeTaxonomy", THEMES)
        out.add(node, FOAF + "homepage", self._base)
        out.add(node, DCAT + "service", f"{self._base}id/service/sparql")

    def whole(self, node: str) -> None:
        """The dataset of all contracts; its title, description and licence are said elsewhere."""
        out = self._out
        self._listed(node)
        self._modified(node, self._dataset.date)
        out.add(node, DCAT + "landingPage", self._base)
        self._languages(node)
        contracts = self._nodes.of_class(CONTRACT)
        self._keywords(node, self._determinants([*contracts, *self._nodes.of_class(ELEMENT)]))
        self._temporal(node, contracts)
        for file in WHOLE:
            self._file(node, file, self._dataset.licence)
        service = f"{node}/distribution/sparql"
        out.add(node, DCAT + "distribution", service)
        out.type(service, DCAT + "Distribution")
        out.words(service, DCTERMS + "title", "Requêtes SPARQL", "SPARQL queries")
        out.words(service, RDFS + "label", "Requêtes SPARQL", "SPARQL queries")
        out.add(service, DCAT + "accessURL", f"{self._base}sparql")
        out.add(service, DCAT + "accessService", f"{self._base}id/service/sparql")
        out.add(service, DCTERMS + "license", self._dataset.licence)
        out.add(service, AVAILABILITY, AVAILABLE)

    def terms(self) -> None:
        """The ontology with the shapes, and the code lists: two datasets."""
        for name, files, fr, en, says_fr, says_en in TERMS:
            node = f"{self._base}id/dataset/{name}"
            self._own(node, *self._called(fr, en))
            self._dated(node)
            self._out.words(node, DCTERMS + "description", says_fr, says_en)
            self._common(node, TERMS_LICENCE)
            self._keywords(node, [])
            self._out.add(node, DCAT + "landingPage", f"{self._base}{files[0].path.partition('.')[0]}")
            for file in (*files, *(self._schemes() if name == "vocabularies" else ())):
                self._file(node, file, TERMS_LICENCE)

    def contract(self, whole: str, key: str) -> None:
        """One contract as a dataset: its Turtle file."""
        contract, out = self._nodes.iris.thing("contract", key), self._out
        node = f"{self._base}id/dataset/{key}"
        title = self._nodes.text(contract, DCTERMS + "title") or key
        self._own(node, title, title)
        # When it was first published, and whether it differs from the release before, no record says.
        self._modified(node, self._dataset.date)
        out.words(
            node,
            DCTERMS + "description",
            f"Ce que des textes publics disent de « {title} », chaque fait avec la source qui le porte.",
            f"What public texts say of '{title}', each fact with the source that carries it.",
        )
        self._common(node, self._dataset.licence)
        elements = self._nodes.texts(contract, CLS + "hasProgrammeElement")
        self._keywords(node, self._determinants([contract, *elements]))
        self._temporal(node, [contract])
        for territory in self._nodes.texts(contract, CLS + "territory"):
            out.add(node, DCTERMS + "spatial", territory)
        out.add(node, FOAF + "primaryTopic", contract)
        out.add(node, DCAT + "landingPage", contract)
        out.add(node, DCTERMS + "isPartOf", whole)
        self._file(
            node, File("ttl", f"dumps/{CONTRACTS}/{key}.ttl", "Turtle", "Turtle"), self._dataset.licence
        )

    def service(self, whole: str) -> None:
        """The SPARQL endpoint as a data service."""
        node, out, title = f"{self._base}id/service/sparql", self._out, self._dataset.title
        out.type(node, DCAT + "DataService")
        out.words(node, DCTERMS + "title", f"SPARQL : {title.fr}", f"SPARQL: {title.en}")
        out.words(node, RDFS + "label", f"SPARQL : {title.fr}", f"SPARQL: {title.en}")
        out.add(node, DCAT + "endpointURL", f"{self._base}sparql")
        out.add(node, DCAT + "endpointDescription", f"{self._base}sparql")
        out.add(node, DCAT + "servesDataset", whole)
        out.add(node, DCTERMS + "license", self._dataset.licence)
        out.add(node, DCTERMS + "publisher", f"{self._base}id/agent/publisher")
        out.add(node, DCAT + "theme", THEME)
        self._reached(node)
        self._keywords(node, [])

    def contact(self) -> None:
        """Whom to write to, where the dataset says so (DCAT-AP 3.0, section 9.7)."""
        said, node = self._dataset.contact, f"{self._base}id/agent/contact"
        if said is None:
            return
        self._out.type(node, VCARD + "Kind")
        self._out.add(node, VCARD + "fn", Literal(said.name))
        self._out.add(node, RDFS + "label", Literal(said.name))
        self._out.add(node, VCARD + "hasEmail", f"mailto:{said.email}")
        if said.url is not None:
            self._out.add(node, VCARD + "hasURL", said.url)

    def _own(self, node: str, fr: str, en: str) -> None:
        self._out.type(node, DCAT + "Dataset")
        self._out.add(node, DCTERMS + "identifier", Literal(node))
        self._out.words(node, DCTERMS + "title", fr, en)
        self._out.words(node, RDFS + "label", fr, en)
        self._listed(node)

    def _said(self, node: str, prop: str, fr: str, en: str) -> None:
        """Words of ours, which call contracts by the kind of the corpus."""
        self._out.words(node, prop, *self._called(fr, en))

    def _called(self, fr: str, en: str) -> tuple[str, str]:
        kind = self._dataset.kind
        return kind.noun(fr, "fr"), kind.noun(en, "en")

    def _listed(self, node: str) -> None:
        self._out.add(self._catalogue, DCAT + "dataset", node)
        self._out.add(node, DCAT + "theme", THEME)
        # A release comes when there is something to say.
        self._out.add(node, DCTERMS + "accrualPeriodicity", FREQUENCY + "IRREG")
        self._reached(node)

    def _reached(self, node: str) -> None:
        if self._dataset.contact is not None:
            self._out.add(node, DCAT + "contactPoint", f"{self._base}id/agent/contact")

    def _modified(self, node: str, date: str) -> None:
        self._out.add(node, DCTERMS + "modified", typed(date, "date"))

    def _dated(self, node: str) -> None:
        """The dates that the ontology gives, whose release the terms are."""
        for prop in (DCTERMS + "issued", DCTERMS + "modified"):
            for date in self._nodes.codes.get(ONTOLOGY, {}).get(prop, ()):
                self._out.add(node, prop, date)

    def _common(self, node: str, licence: str) -> None:
        self._out.add(node, DCTERMS + "publisher", f"{self._base}id/agent/publisher")
        self._out.add(node, DCTERMS + "license", licence)
        self._languages(node)

    def _languages(self, node: str) -> None:
        for code in ("FRA", "ENG"):
            self._out.add(node, DCTERMS + "language", LANGUAGE + code)

    def _file(self, node: str, file: File, licence: str) -> None:
        out, part, address = self._out, f"{node}/distribution/{file.name}", self._base + file.path
        out.add(node, DCAT + "distribution", part)
        out.type(part, DCAT + "Distribution")
        self._said(part, DCTERMS + "title", file.fr, file.en)
        self._said(part, RDFS + "label", file.fr, file.en)
        out.add(part, DCAT + "accessURL", address)
        out.add(part, DCAT + "downloadURL", address)
        out.add(part, DCAT + "mediaType", MEDIA_TYPE + of_file(file.path))
        out.add(part, DCTERMS + "format", FILE_TYPE + FILE_TYPES[file.path.rpartition(".")[2]])
        out.add(part, DCTERMS + "license", licence)
        out.add(part, AVAILABILITY, AVAILABLE)

    def _schemes(self) -> Iterable[File]:
        ours = (iri.removeprefix(VOCAB) for iri in self._nodes.codes if iri.startswith(VOCAB))
        for scheme in sorted({local.partition("/")[0] for local in ours}):
            label = {
                lang: self._word(VOCAB + scheme, SKOS + "prefLabel", lang) or scheme for lang in LANGUAGES
            }
            yield File(scheme, f"vocab/{scheme}.ttl", label["fr"], label["en"])

    def _determinants(self, nodes: Iterable[str]) -> list[str]:
        """The determinants that some nodes name, the most frequent first."""
        prop = CLS + "addressesDeterminant"
        found = Counter(value for node in nodes for value in self._nodes.texts(node, prop))
        return [value for value, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]

    def _keywords(self, node: str, concepts: Sequence[str]) -> None:
        for lang in LANGUAGES:
            words = [
                self._subject[lang],
                *(self._word(c, SKOS + "prefLabel", lang) for c in concepts[:_KEYWORDS]),
            ]
            for word in dict.fromkeys(w for w in words if w):
                self._out.add(node, DCAT + "keyword", lang_text(word, lang))

    def _temporal(self, node: str, contracts: Iterable[str]) -> None:
        """From the first stated begin to the last stated end, in years, where both are known."""
        periods = [self._nodes.text(c, CLS + "validityPeriod") for c in contracts]
        ends = [
            [year[0] for p in periods if (year := _YEAR.match(instant(self._nodes, p, end)))]
            for end in ("begin", "end")
        ]
        if all(ends):
            self._out.add(node, DCTERMS + "temporal", f"{node}/temporal")
            self._out.type(f"{node}/temporal", DCTERMS + "PeriodOfTime")
            self._out.add(f"{node}/temporal", DCAT + "startDate", typed(min(ends[0]), "gYear"))
            self._out.add(f"{node}/temporal", DCAT + "endDate", typed(max(ends[1]), "gYear"))

    def _word(self, iri: str, prop: str, lang: str) -> str:
        return self._nodes.word(iri, prop, lang)
