"""Every prefix of the project, in one table, and the IRIs that are built from them.

The same table serves the mapper, the store, the answers of the service and the
``sh:declare`` statements of the catalogue.
"""

from __future__ import annotations

import hashlib
import re

CLS = "https://w3id.org/cls-sante/ontology#"
VOCAB = "https://w3id.org/cls-sante/vocab/"
SHAPES = "https://w3id.org/cls-sante/shapes#"
RULES = "https://w3id.org/cls-sante/rules#"
ONTOLOGY = "https://w3id.org/cls-sante/ontology"
DEFAULT_BASE = "https://w3id.org/cls-sante/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DCAT = "http://www.w3.org/ns/dcat#"
FOAF = "http://xmlns.com/foaf/0.1/"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
CV = "http://data.europa.eu/m8g/"
ADMS = "http://www.w3.org/ns/adms#"
IGEO = "http://rdf.insee.fr/def/geo#"
TIME = "http://www.w3.org/2006/time#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
SH = "http://www.w3.org/ns/shacl#"
VOID = "http://rdfs.org/ns/void#"
VOID_EXT = "http://ldf.fi/void-ext#"
SD = "http://www.w3.org/ns/sparql-service-description#"
LDES = "https://w3id.org/ldes#"
TREE = "https://w3id.org/tree#"
ACTIVITY = "https://www.w3.org/ns/activitystreams#"
FORMATS = "http://www.w3.org/ns/formats/"
VANN = "http://purl.org/vocab/vann/"
BIBO = "http://purl.org/ontology/bibo/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
SPDX = "http://spdx.org/rdf/terms#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
EUROVOC = "http://eurovoc.europa.eu/"
MESH = "http://id.nlm.nih.gov/mesh/"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"

PREFIXES: dict[str, str] = {
    "cls": CLS,
    "clssh": SHAPES,
    "clsr": RULES,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "foaf": FOAF,
    "prov": PROV,
    "org": ORG,
    "cv": CV,
    "adms": ADMS,
    "igeo": IGEO,
    "time": TIME,
    "schema": SCHEMA,
    "oa": OA,
    "sh": SH,
    "void": VOID,
    "void-ext": VOID_EXT,
    "sd": SD,
    "vann": VANN,
    "bibo": BIBO,
    "hydra": HYDRA,
    "spdx": SPDX,
    "vcard": VCARD,
    "ev": EUROVOC,
    "mesh": MESH,
    "freq": FREQUENCY,
    "det": VOCAB + "determinant/",
    "role": VOCAB + "party-role/",
    "kind": VOCAB + "organisation-kind/",
    "as": VOCAB + "assertion-status/",
    "axt": VOCAB + "axis-type/",
    "mt": VOCAB + "milestone-type/",
    "cst": VOCAB + "contract-status/",
    "ci": VOCAB + "counted-item/",
    "dt": VOCAB + "document-type/",
    "pop": VOCAB + "target-population/",
    "app": VOCAB + "approach/",
    "rel": VOCAB + "reliability/",
    "fr": VOCAB + "framework-relation/",
    "rst": VOCAB + "review-state/",
}


def data_prefixes(base: str) -> dict[str, str]:
    """The prefixes whose namespace depends on the base IRI of a corpus.

    >>> data_prefixes("https://w3id.org/cls-sante/")["id"]
    'https://w3id.org/cls-sante/id/'
    """
    return {"id": base + "id/", "g": base + "graph/"}


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """All prefixes, with those of the data at ``base``."""
    return {**PREFIXES, **data_prefixes(base)}


def short(iri: str) -> str | None:
    """``cls:party`` for an IRI that a prefix of the table fits, ``None`` for another.

    >>> short("https://w3id.org/cls-sante/ontology#party")
    'cls:party'
    """
    fitting = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    size, name = max(fitting, default=(0, ""))
    local = iri[size:]
    return f"{name}:{local}" if name and re.fullmatch(r"[A-Za-z][\w-]*", local, re.ASCII) else None


def slug(iri: str) -> str:
    """A short name for a term, fit for the last part of an IRI, the same in every release.

    >>> slug("https://w3id.org/cls-sante/ontology#Milestone")
    'cls-Milestone'
    """
    for name, namespace in prefixes().items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum() and local.isascii():
            return f"{name}-{local}"
    return hashlib.sha256(iri.encode()).hexdigest()[:16]
