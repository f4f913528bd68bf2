"""The shortcuts as rules: direct properties worked out from engagements and references, for short queries.

They are no axioms of the ontology, so they are written down here; ``compiling`` puts them into
``ontology/rules.ttl`` beside the others, from where they are run and explained like them.
"""

from __future__ import annotations

from pyoxigraph import Literal, Triple

from cls_graph.entailment.rule import SHORTCUT, Rule, read_rules
from cls_graph.namespaces import RDFS, RULES, SH
from cls_graph.rdf import iri, lang_text

_BY_ROLE = "$this cls:hasEngagement ?engagement . ?engagement cls:partyRole {} . ?engagement cls:party ?value"
_BY_RELATION = (
    "$this cls:hasFrameworkReference ?reference . ?reference cls:frameworkRelation {} . "
    "?reference cls:referencedFramework ?value"
)
_ITSELF = "$this cls:territory ?value . ?value a {}"
_AROUND = "$this cls:territory ?territory . ?territory dcterms:isPartOf ?value . ?value a {}"

_ROWS = (
    (
        "signatory",
        "signatory",
        _BY_ROLE.format("role:signatory"),
        "Un organisme engagé comme signataire (à tout titre) est signataire du contrat.",
        "An organisation engaged as a signatory of any rank is a signatory of the contract.",
    ),
    (
        "carrier",
        "carrier",
        _BY_ROLE.format("role:carrier"),
        "Un organisme engagé comme porteur porte le contrat.",
        "An organisation engaged as carrier carries the contract.",
    ),
    (
        "coPilot",
        "coPilot",
        _BY_ROLE.format("role:co-pilot"),
        "Un organisme engagé comme co-pilote copilote le contrat.",
        "An organisation engaged as co-pilot co-pilots the contract.",
    ),
    (
        "implementingActor",
        "implementingActor",
        _BY_ROLE.format("role:implementing-actor"),
        "Un organisme engagé comme acteur de mise en œuvre met le contrat en œuvre.",
        "An organisation engaged as implementing actor implements the contract.",
    ),
    (
        "implementsFramework",
        "implementsFramework",
        _BY_RELATION.format("fr:implements"),
        "Un contrat qui dit mettre en œuvre un cadre le met en œuvre.",
        "A contract with a reference that implements a framework implements it.",
    ),
    (
        "coordinatedWith",
        "coordinatedWith",
        _BY_RELATION.format("fr:coordinated-with"),
        "Un contrat articulé à un cadre est coordonné avec lui.",
        "A contract with a reference to a framework it is coordinated with is coordinated with it.",
    ),
    (
        "coversCommune",
        "coversCommune",
        "$this cls:hasCommuneList ?list . ?list cls:listsCommune ?value",
        "Un contrat couvre les communes de sa liste.",
        "A contract covers the communes of its list.",
    ),
    (
        "inDepartement",
        "inDepartement",
        _AROUND.format("igeo:Departement"),
        "Un contrat est dans le département dont son territoire fait partie.",
        "A contract is in the département that its territory is part of.",
    ),
    (
        "inDepartement-itself",
        "inDepartement",
        _ITSELF.format("igeo:Departement"),
        "Un contrat dont le territoire est un département est dans ce département.",
        "A contract whose territory is a département is in that département.",
    ),
    (
        "inRegion",
        "inRegion",
        _AROUND.format("igeo:Region"),
        "Un contrat est dans la région dont son territoire fait partie.",
        "A contract is in the region that its territory is part of.",
    ),
    (
        "inRegion-itself",
        "inRegion",
        _ITSELF.format("igeo:Region"),
        "Un contrat dont le territoire est une région est dans cette région.",
        "A contract whose territory is a region is in that region.",
    ),
)


def shortcut_rules() -> tuple[Rule, ...]:
    """The shortcuts, sorted by IRI."""
    triples = []
    for name, prop, where, fr, en in _ROWS:
        rule = iri(RULES + SHORTCUT + name)
        text = f"CONSTRUCT {{ $this cls:{prop} ?value }} WHERE {{ {where} }}"
        triples.append(Triple(rule, iri(SH + "construct"), Literal(text)))
        triples += [
            Triple(rule, iri(RDFS + "comment"), lang_text(words, lang))
            for lang, words in (("fr", fr), ("en", en))
        ]
    return read_rules(triples)
