"""The versions of the dataset in the catalogue (DCAT 3, section 11), and which came before which.

A version is no ``dcat:Dataset`` of the catalogue: harvesters would take each for a dataset of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, Triple

from cls_graph.namespaces import DCAT, DCTERMS, RDFS
from cls_graph.rdf import typed
from cls_graph.triples import LANGUAGES, Writer


@dataclass(frozen=True)
class Version:
    """A release: its version and date, and where its files are to be had (empty where they are not)."""

    number: str
    date: str = ""
    address: str = ""


def version_iri(base: str, number: str) -> str:
    """The node of a version; a service answers there."""
    return f"{base}releases/{number}"


def version_triples(base: str, whole: str, versions: Sequence[Version], current: str) -> list[Triple]:
    """What the catalogue says of the versions of ``whole``, the newest first; ``current`` is handed out."""
    out = Writer()
    older: Version | None = None
    for version in reversed(versions):
        node = version_iri(base, version.number)
        out.add(whole, DCAT + "hasVersion", node)
        out.add(node, DCAT + "isVersionOf", whole)
        out.add(node, DCAT + "version", Literal(version.number))
        for lang in LANGUAGES:
            out.add(node, RDFS + "label", Literal(f"Version {version.number}", language=lang))
        if version.date:
            out.add(node, DCTERMS + "issued", typed(version.date, "date"))
        if version.address:
            out.add(node, DCAT + "landingPage", version.address)
        if older is not None:
            out.add(node, DCAT + "previousVersion", version_iri(base, older.number))
        if version.number == current:
            out.add(whole, DCAT + "hasCurrentVersion", node)
        older = version
    return out.triples
