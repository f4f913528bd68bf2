"""Shortcuts: direct properties worked out from engagements and references, for short queries.

They are computed when a release is built, into a graph of their own, and marked as computed in
the catalogue. Each is one CONSTRUCT, so that it can be read and explained.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Triple

from cls_graph.errors import Text
from cls_graph.namespaces import sparql_prologue
from cls_graph.store import EmbeddedStore


@dataclass(frozen=True)
class Shortcut:
    """A row: the property, what it says, and the pattern that gives ``?contract`` and ``?value``."""

    property: str
    meaning: Text
    where: str


def _by_role(prop: str, role: str, fr: str, en: str) -> Shortcut:
    pattern = f"?contract cls:hasEngagement [ cls:partyRole role:{role} ; cls:party ?value ] ."
    return Shortcut(prop, {"fr": fr, "en": en}, pattern)


def _by_relation(prop: str, relation: str, fr: str, en: str) -> Shortcut:
    pattern = (
        "?contract cls:hasFrameworkReference "
        f"[ cls:frameworkRelation fr:{relation} ; cls:referencedFramework ?value ] ."
    )
    return Shortcut(prop, {"fr": fr, "en": en}, pattern)


def _by_territory(prop: str, kind: str, fr: str, en: str) -> Shortcut:
    pattern = f"?contract cls:territory/dcterms:isPartOf? ?value . ?value a igeo:{kind} ."
    return Shortcut(prop, {"fr": fr, "en": en}, pattern)


SHORTCUTS: tuple[Shortcut, ...] = (
    _by_role(
        "signatory",
        "signatory",
        "Une organisation engagée comme signataire (à tout titre) est signataire du contrat.",
        "An organisation engaged as a signatory of any rank is a signatory of the contract.",
    ),
    _by_role(
        "carrier",
        "carrier",
        "Une organisation engagée comme porteur porte le contrat.",
        "An organisation engaged as carrier carries the contract.",
    ),
    _by_role(
        "coPilot",
        "co-pilot",
        "Une organisation engagée comme co-pilote copilote le contrat.",
        "An organisation engaged as co-pilot co-pilots the contract.",
    ),
    _by_role(
        "implementingActor",
        "implementing-actor",
        "Une organisation engagée comme acteur de mise en œuvre met le contrat en œuvre.",
        "An organisation engaged as implementing actor implements the contract.",
    ),
    _by_relation(
        "implementsFramework",
        "implements",
        "Un contrat qui dit mettre en œuvre un cadre le met en œuvre.",
        "A contract with a reference that implements a framework implements it.",
    ),
    _by_relation(
        "coordinatedWith",
        "coordinated-with",
        "Un contrat articulé à un cadre est coordonné avec lui.",
        "A contract with a reference to a framework it is coordinated with is coordinated with it.",
    ),
    _by_territory(
        "inDepartement",
        "Departement",
        "Un contrat est dans le département de son territoire.",
        "A contract is in the département of its territory.",
    ),
    _by_territory(
        "inRegion",
        "Region",
        "Un contrat est dans la région de son territoire.",
        "A contract is in the region of its territory.",
    ),
)


def compute(store: EmbeddedStore, base: str) -> list[Triple]:
    """All shortcuts of a store, sorted."""
    prologue = sparql_prologue(base)
    triples: set[Triple] = set()
    for row in SHORTCUTS:
        query = f"{prologue}CONSTRUCT {{ ?contract cls:{row.property} ?value }} WHERE {{ {row.where} }}"
        triples.update(store.construct(query))
    return sorted(triples, key=str)
