"""A contract record as triples: no blank node, the same triples every time (``docs/modelling.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal

from cls_graph.namespaces import CLS, DCAT, FOAF, PROV, SCHEMA, VOCAB
from cls_graph.rdf import typed
from cls_graph.records import mapping as m
from cls_graph.records.emitter import Emitter, Mapped
from cls_graph.records.iris import Iris
from cls_graph.records.model import Contract, Element, Funding, Record
from cls_graph.records.tree import Path


def to_graph(record: Record, iris: Iris) -> Mapped:
    """The triples of a record, with the path of the record that made each node.

    An evidence without its position (``cls-graph verify --write`` gives it) has its words in its IRI instead.
    """
    mapped = Mapped()
    contract = iris.thing("contract", record.contract.key)
    emit = Emitter(iris, mapped, contract)
    _contract(emit, contract, record.contract)
    for section in m.SECTIONS:
        for index, item in enumerate(getattr(record, section.key)):
            _item(emit, contract, section, item, (section.key, index))
    for element, parent, path in elements(record):
        _element(emit, contract, element, parent, path)
    return mapped


def elements(record: Record) -> Iterator[tuple[Element, Element | None, Path]]:
    """Every element of the programme, depth first, with its parent and its path."""

    def below(children: tuple[Element, ...], parent: Element | None, path: Path) -> Iterator[Any]:
        for index, child in enumerate(children):
            here = (*path, index)
            yield child, parent, here
            yield from below(child.children, child, (*here, "children"))

    return below(record.programme, None, ("programme",))


def _contract(emit: Emitter, iri: str, contract: Contract) -> None:
    path: Path = ("contract",)
    emit.node(iri, (CLS + "LocalHealthContract", PROV + "Plan"), path)
    emit.identifier(iri, contract.key)
    emit.fields(iri, m.CONTRACT, contract, path, always=True)
    for key, prop in m.PERIODS:
        fact = getattr(contract, key)
        if fact is not None:
            node = f"{iri}/{key.replace('_', '-')}"
            emit.period(iri, prop, node, fact.value, (*path, key))
            emit.qualify(node, fact)
            emit.supported(node, fact, (*path, key))
    for index, claim in enumerate(contract.alternative_periods):
        node, here = f"{iri}/alternative-period/{claim.id}", (*path, "alternative_periods", index)
        emit.period(iri, CLS + "alternativePeriod", node, claim.period(), here)
        emit.qualify(node, claim)
        emit.supported(node, claim, here)
    _review(emit, iri, contract, (*path, "review"))


def _review(emit: Emitter, iri: str, contract: Contract, path: Path) -> None:
    review = contract.review
    if review is None:
        return
    node = f"{iri}/record"
    emit.node(node, (DCAT + "CatalogRecord",), path)
    emit.add(node, FOAF + "primaryTopic", iri)
    emit.add(node, CLS + "reviewState", f"{VOCAB}review-state/{review.state}")
    if review.by is not None:
        emit.add(node, CLS + "reviewedBy", Literal(review.by))
    if review.on is not None:
        emit.add(node, CLS + "reviewedOn", typed(review.on, "date"))


def _item(emit: Emitter, contract: str, section: m.Section, item: Any, path: Path) -> str:
    key = getattr(item, section.id_key)
    iri = f"{contract}/{section.part}/{key}"
    emit.add(contract, section.property, iri)
    emit.node(iri, section.classes, path)
    if section.id_field is not None:
        emit.add(iri, section.id_field.property, section.id_field.codec.write(key, emit.iris, contract))
    emit.fields(iri, section.fields, item, path)
    inferred = item.inferred_date is not None if section is m.MILESTONE else None
    emit.qualify(iri, item, inferred=inferred)
    emit.supported(iri, item, path)
    if isinstance(item, Funding):
        _money(emit, contract, iri, item, path)
    return iri


def _money(emit: Emitter, contract: str, iri: str, funding: Funding, path: Path) -> None:
    emit.add(iri, SCHEMA + "fundedItem", contract)
    if funding.amount is not None:
        emit.add(iri, SCHEMA + "amount", f"{iri}/amount")
        emit.node(f"{iri}/amount", (SCHEMA + "MonetaryAmount",), (*path, "amount"))
        emit.fields(f"{iri}/amount", m.AMOUNT, funding, path)
    if funding.period is not None:
        node, here = f"{iri}/period", (*path, "period")
        emit.period(iri, CLS + "fundingPeriod", node, funding.period.value, here)
        emit.qualify(node, funding.period)
        emit.supported(node, funding.period, here)


def _element(emit: Emitter, contract: str, element: Element, parent: Element | None, path: Path) -> None:
    iri = _item(emit, contract, m.ELEMENT, element, path)
    emit.node(iri, (m.ELEMENT_CLASSES[element.type],), path)
    if parent is not None:
        emit.add(iri, CLS + "isSubElementOf", f"{contract}/{m.ELEMENT.part}/{parent.id}")
