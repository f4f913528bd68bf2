"""The files that the catalogue of a release offers, with their titles."""

from __future__ import annotations

from dataclasses import dataclass

from cls_graph.publication.files import TABLES
from cls_graph.publication.tables import METADATA
from cls_graph.publication.tables import TABLES as ALL_TABLES
from cls_graph.publication.workbook import WORKBOOK

FILE_TYPES = {
    "nq": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
    "jsonld": "JSON_LD",
    "ttl": "RDF_TURTLE",
    "rdf": "RDF_XML",
    "csv": "CSV",
    "json": "JSON",
    "xlsx": "XLSX",
}
"""By ending, the name in the authority table of file types of the EU."""


@dataclass(frozen=True)
class File:
    """A distribution: the last part of its IRI, its path under the base, its title in French and English."""

    name: str
    path: str
    fr: str
    en: str


WHOLE = (
    File("nq", "dumps/graph.nq", "Le graphe entier, N-Quads", "The whole graph, N-Quads"),
    File("trig", "dumps/graph.trig", "Le graphe entier, TriG", "The whole graph, TriG"),
    File("jsonld", "dumps/graph.jsonld", "Le graphe entier, JSON-LD", "The whole graph, JSON-LD"),
    File("registry", "dumps/registry.ttl", "Le registre, Turtle", "The registry, Turtle"),
    File("xlsx", f"dumps/{WORKBOOK}", "Toutes les tables, un classeur", "All tables, one workbook"),
    File(
        "csvw",
        f"dumps/{TABLES}/{METADATA}",
        "Description des tables (CSV on the Web)",
        "Description of the tables (CSV on the Web)",
    ),
    *(
        File(f"csv-{t.name}", f"dumps/{TABLES}/{t.name}.csv", f"Table : {t.fr}", f"Table: {t.en}")
        for t in ALL_TABLES
    ),
)

TERMS = (
    (
        "ontology",
        (
            File("ttl", "ontology.ttl", "Ontologie, Turtle", "Ontology, Turtle"),
            File("rdf", "ontology.rdf", "Ontologie, RDF/XML", "Ontology, RDF/XML"),
            File("jsonld", "ontology.jsonld", "Ontologie, JSON-LD", "Ontology, JSON-LD"),
            File("shapes", "shapes.ttl", "Formes SHACL, Turtle", "SHACL shapes, Turtle"),
        ),
        "Ontologie et formes SHACL des contrats",
        "Ontology and SHACL shapes of the contracts",
        "Les classes et propriétés des données, et les règles SHACL qu’elles respectent.",
        "The classes and properties of the data, and the SHACL rules that they keep.",
    ),
    (
        "vocabularies",
        (File("all", "vocab.ttl", "Toutes les listes, Turtle", "All lists, Turtle"),),
        "Listes de codes des contrats",
        "Code lists of the contracts",
        "Les listes de codes SKOS des données : rôles, organismes, déterminants, publics, états.",
        "The SKOS code lists of the data: roles, bodies, determinants, populations, statuses.",
    ),
)
"""The datasets of terms: name, files, title and description in French and English."""
