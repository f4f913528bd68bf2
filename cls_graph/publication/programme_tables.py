"""The tables of programmes: elements, who acts in them, indicators, budgets, the code lists they name."""

from __future__ import annotations

from collections.abc import Iterable

from cls_graph.namespaces import CLS, SCHEMA, SKOS, VOCAB
from cls_graph.publication.columns import (
    Cell,
    Column,
    Row,
    Table,
    code,
    links,
    listed,
    of_class,
    status,
    value,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.publication.shared_columns import (
    CONTRACT,
    TO_ELEMENT,
    amount,
    body,
    in_both_languages,
    in_contract,
    link_status,
    linked,
    one_of,
    part,
    period,
    relation,
    the_body,
)
from cls_graph.records.mapping import ELEMENT_CLASSES

ELEMENT = CLS + "ProgrammeElement"
BODIES = {"actor": CLS + "actor", "pilot": CLS + "pilot", "partner": CLS + "partner"}
"""What a body does in an element."""


def _in_element(kind: str) -> Column:
    """The element that an indicator or a budget is part of."""

    def cell(nodes: Nodes, row: Row) -> str:
        return nodes.key(row[0].rpartition(f"/{kind}/")[0])

    return Column(
        "element",
        "élément du programme",
        "programme element",
        cell,
        required=True,
        kind="contract",
        to=TO_ELEMENT,
    )


def _element(nodes: Nodes, row: Row) -> str:
    return "" if row[0] == nodes.owner(row[0]) else nodes.key(row[0])


def concepts(name: str, one: str, fr: str, en: str, one_fr: str, prop: str, scheme: str) -> Table:
    """The concepts of a code list that contracts and elements name, each with its words."""

    def rows(nodes: Nodes) -> Iterable[Row]:
        return links(prop, CONTRACT, ELEMENT)(nodes)

    def label(lang: str) -> Cell:
        return lambda nodes, row: nodes.word(row[1], SKOS + "prefLabel", lang)

    return Table(
        name,
        fr,
        en,
        (
            *part("subject", "objet", "subject"),
            Column(
                "element",
                "élément du programme",
                "programme element",
                _element,
                kind="contract",
                to=TO_ELEMENT,
            ),
            Column(
                one,
                one_fr,
                one,
                lambda _, row: row[1].removeprefix(f"{VOCAB}{scheme}/"),
                required=True,
                prop=prop,
                scheme=scheme,
            ),
            *in_both_languages("label", "libellé", "label", label),
            link_status(prop),
        ),
        ("subject", one),
        rows,
    )


ELEMENTS = Table(
    "elements",
    "éléments du programme",
    "programme elements",
    (
        *part("element", "élément", "element"),
        in_contract("parent", "élément parent", "parent element", CLS + "isSubElementOf", TO_ELEMENT),
        Column("type", "type", "type", one_of(ELEMENT_CLASSES), pattern="|".join(sorted(ELEMENT_CLASSES))),
        code("axis_type", "type d’axe", "type of axis", CLS + "axisType", "axis-type"),
        value("code", "code dans le texte", "code in the text", CLS + "elementCode"),
        value("label", "libellé", "label", SKOS + "prefLabel"),
        value("position", "rang", "position", CLS + "position", "integer"),
        value("horizon", "horizon", "horizon", CLS + "horizon", "gYear"),
        *period("period", "période", "period", CLS + "elementPeriod"),
        listed("milestones", "étapes", "milestones", CLS + "elementMilestone", "contract"),
        value("open_list", "liste ouverte", "open list", CLS + "isOpenList", "boolean"),
        *status(),
    ),
    ("element",),
    of_class(ELEMENT),
)

ELEMENT_BODIES = Table(
    "element-bodies",
    "organismes des éléments : acteurs, pilotes, partenaires",
    "bodies of elements: actors, pilots, partners",
    (*part("element", "élément", "element", TO_ELEMENT), the_body(), relation(tuple(BODIES))),
    ("element", "organisation", "relation"),
    linked(BODIES, ELEMENT),
)

INDICATORS = Table(
    "indicators",
    "indicateurs",
    "indicators",
    (
        *part("indicator", "indicateur", "indicator"),
        _in_element("indicator"),
        value("label", "libellé", "label", SKOS + "prefLabel"),
        value("unit", "unité", "unit", CLS + "indicatorUnit"),
        value("target", "cible", "target", CLS + "indicatorTarget", "decimal"),
        value("target_year", "année de la cible", "year of the target", CLS + "targetYear", "gYear"),
        value("value", "valeur", "value", CLS + "indicatorValue", "decimal"),
        value("year", "année de la valeur", "year of the value", CLS + "indicatorYear", "gYear"),
        *status(),
    ),
    ("indicator",),
    of_class(CLS + "Indicator"),
)

BUDGETS = Table(
    "budgets",
    "budgets des éléments",
    "budgets of elements",
    (
        *part("budget", "budget", "budget"),
        _in_element("budget"),
        body("funder", "financeur", "funder", SCHEMA + "funder"),
        *amount(CLS + "budgetFrequency"),
        value("year", "année", "year", CLS + "budgetYear", "gYear"),
        *period("period", "période", "period", CLS + "budgetPeriod"),
        value("purpose", "objet", "purpose", CLS + "budgetPurpose"),
        *status(),
    ),
    ("budget",),
    of_class(CLS + "Budget"),
)

CONCEPTS = tuple(
    concepts(name, one, fr, en, one_fr, CLS + prop, scheme)
    for name, one, fr, en, one_fr, prop, scheme in (
        (
            "determinants",
            "determinant",
            "déterminants par contrat",
            "determinants by contract",
            "déterminant",
            "addressesDeterminant",
            "determinant",
        ),
        (
            "populations",
            "population",
            "publics par contrat",
            "populations by contract",
            "public",
            "targetsPopulation",
            "target-population",
        ),
        (
            "approaches",
            "approach",
            "approches par contrat",
            "approaches by contract",
            "approche",
            "usesApproach",
            "approach",
        ),
    )
)

TABLES = (ELEMENTS, ELEMENT_BODIES, INDICATORS, BUDGETS, *CONCEPTS)
