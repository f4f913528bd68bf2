"""Columns that several tables have, each said once: parts of a contract, bodies, places, periods, amounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cls_graph.namespaces import CLS, FREQUENCY, RDF, SCHEMA, TIME
from cls_graph.publication.columns import (
    Cell,
    Column,
    Row,
    contract_of,
    french,
    key_of,
    literal,
    reference,
)
from cls_graph.publication.nodes import Nodes
from cls_graph.records.mapping import INSTANT_PROPERTIES

CONTRACT = CLS + "LocalHealthContract"
PARTIAL = r"[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
PARTIAL_OR_DAY = PARTIAL + r"|--[0-9]{2}-[0-9]{2}"

TO_CONTRACT = ("contracts", "contract")
TO_ELEMENT = ("elements", "element")
TO_ENGAGEMENT = ("engagements", "engagement")
TO_MILESTONE = ("milestones", "milestone")
TO_ORGANISATION = ("organisations", "organisation")
TO_REVISION = ("revisions", "revision")
TO_TERRITORY = ("territories", "territory")


def part(name: str, fr: str, en: str, to: tuple[str, str] | None = None) -> tuple[Column, Column]:
    """The key of a part of a contract, and the contract."""
    return key_of(name, fr, en, "contract", to), contract_of()


def in_contract(name: str, fr: str, en: str, prop: str, to: tuple[str, str]) -> Column:
    """The key of another part of the contract."""
    return reference(name, fr, en, prop, "contract", to)


def body(name: str, fr: str, en: str, prop: str) -> Column:
    """The key of a body of the registry."""
    return reference(name, fr, en, prop, "organisation", TO_ORGANISATION)


def the_body(*, required: bool = True) -> Column:
    """The body that a row links its node to."""
    return key_of(
        "organisation", "organisme", "organisation", "organisation", TO_ORGANISATION, at=1, required=required
    )


def the_territory(name: str = "territory", fr: str = "territoire", en: str = "territory") -> Column:
    """The territory that a row links its node to."""
    return key_of(name, fr, en, "territory", TO_TERRITORY, at=1)


def any_key(
    name: str, fr: str, en: str, to: tuple[str, str] | None = None, *, at: int = 0, required: bool = True
) -> Column:
    """The key of a node of the row, of whatever kind it is."""
    return Column(name, fr, en, lambda nodes, row: nodes.key(row[at]), required=required, pattern=".+", to=to)


def relation(names: Sequence[str]) -> Column:
    """What links the nodes of a row: the last member of the row, one of ``names``."""
    pattern = "|".join(names)
    return Column("relation", "relation", "relation", lambda _, row: row[-1], required=True, pattern=pattern)


def linked(props: dict[str, str], *classes: str) -> Callable[[Nodes], list[Row]]:
    """A row for each value of some properties, named: the node, the value, the name of the property."""
    return lambda nodes: [
        (node, value, name)
        for name, prop in props.items()
        for node in dict.fromkeys(n for c in classes for n in nodes.of_class(c))
        for value in nodes.texts(node, prop)
    ]


def label(cell: Cell, *, required: bool = False) -> Column:
    """The label of a thing, in French where there is one."""
    return Column("label", "libellé", "label", cell, required=required)


def label_of(props: Sequence[str], at: int = 0) -> Cell:
    """The first of some labels of a node of the row."""
    return lambda nodes, row: french(nodes, row[at], props)


def in_both_languages(name: str, fr: str, en: str, cell: Callable[[str], Cell]) -> tuple[Column, Column]:
    """A column of French words, and one of English words."""
    return (
        Column(f"{name}_fr", f"{fr} (français)", f"{en} (French)", cell("fr")),
        Column(f"{name}_en", f"{fr} (anglais)", f"{en} (English)", cell("en")),
    )


def instant(nodes: Nodes, period: str, end: str) -> str:
    """The begin or end of a period, as stated."""
    node = nodes.text(period, TIME + ("hasBeginning" if end == "begin" else "hasEnd"))
    return next((t for p in INSTANT_PROPERTIES.values() if (t := nodes.text(node, TIME + p))), "")


def period(name: str, fr: str, en: str, prop: str) -> tuple[Column, Column, Column]:
    """Three columns: begin, end and duration."""

    def at(end: str) -> Cell:
        return lambda nodes, row: instant(nodes, nodes.text(row[0], prop), end)

    return (
        Column(f"{name}_begin", f"{fr} : début", f"{en}: begin", at("begin"), pattern=PARTIAL),
        Column(f"{name}_end", f"{fr} : fin", f"{en}: end", at("end"), pattern=PARTIAL),
        Column(
            f"{name}_duration",
            f"{fr} : durée",
            f"{en}: duration",
            literal(TIME + "hasXSDDuration", through=prop),
            "duration",
        ),
    )


def amount(frequency: str) -> tuple[Column, Column, Column]:
    """An amount of money, its currency, and how often it is paid: a property of the node itself."""
    money = SCHEMA + "amount"
    return (
        Column("amount", "montant", "amount", literal(SCHEMA + "value", through=money), "decimal"),
        Column(
            "currency",
            "monnaie",
            "currency",
            literal(SCHEMA + "currency", through=money),
            pattern="[A-Z]{3}",
        ),
        Column("frequency", "fréquence", "frequency", _frequency(frequency), pattern="[a-z_0-9]+"),
    )


def _frequency(prop: str) -> Cell:
    return lambda nodes, row: nodes.text(row[0], prop).removeprefix(FREQUENCY).lower()


def one_of(classes: dict[str, str]) -> Cell:
    """The name of the class that a node is of."""

    def cell(nodes: Nodes, row: Row) -> str:
        found = nodes.texts(row[0], RDF + "type")
        return next((name for name, iri in classes.items() if iri in found), "")

    return cell


def link_status(prop: str) -> Column:
    """How a value of a property is known: by the statement of it, else as its node is."""
    local = prop.rpartition("#")[2]

    def cell(nodes: Nodes, row: Row) -> str:
        kind, _, key = row[1].removeprefix(f"{nodes.iris.base}id/").partition("/")
        name = key.replace("/", "-") if kind == "territory" else row[1].rpartition("/")[2]
        for node in (f"{row[0]}/statement/{local}/{name}", row[0]):
            if found := nodes.text(node, CLS + "assertionStatus"):
                return found.rpartition("/")[2]
        return ""

    return Column("assertion", "fondement", "assertion", cell, scheme="assertion-status")
