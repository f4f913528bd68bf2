"""A contract record as triples: no blank node, the same triples every time (``docs/modelling.md``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal

from cls_graph.namespaces import CLS, DCAT, FOAF, PROV, SCHEMA, VOCAB
from cls_graph.rdf import typed
from cls_graph.records import mapping as m
from cls_graph.records.emitter import Emitter, Mapped
from cls_graph.records.facts import Fact, Period
from cls_graph.records.iris import Iris
from cls_graph.records.model import Budget, CommuneList, Contract, Element, Funding, Record
from cls_graph.records.revisions import emit_revisions
from cls_graph.records.tree import Path


def to_graph(record: Record, iris: Iris) -> Mapped:
    """The triples of a record, with the path of the record that made each node.

    An evidence without its position (``cls-graph verify --write`` gives it) has its words in its IRI instead.
    """
    mapped = Mapped()
    contract = iris.thing("contract", record.contract.key)
    emit = Emitter(iris, mapped, contract)
    _contract(emit, contract, record)
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


def _contract(emit: Emitter, iri: str, record: Record) -> None:
    contract, path = record.contract, ("contract",)
    emit.node(iri, (CLS + "LocalHealthContract", PROV + "Plan"), path)
    emit.identifier(iri, contract.key)
    emit.fields(iri, m.CONTRACT, contract, path, always=True)
    for key, prop in m.PERIODS:
        fact = getattr(contract, key)
        if fact is not None:
            node = f"{iri}/{key.replace('_', '-')}"
            emit.whole_period(node, fact, (*path, key))
            if key != "period" or not record.amendments:
                emit.add(iri, prop, node)
    for index, claim in enumerate(contract.alternative_periods):
        node, here = f"{iri}/alternative-period/{claim.id}", (*path, "alternative_periods", index)
        emit.add(iri, CLS + "alternativePeriod", node)
        emit.period(node, claim.period(), here)
        emit.qualify(node, claim)
        emit.supported(node, claim, here)
    if contract.communes is not None:
        _communes(emit, iri, contract.communes, (*path, "communes"))
    if record.amendments:
        emit_revisions(emit, iri, record)
    _review(emit, iri, contract, (*path, "review"))


def _communes(emit: Emitter, iri: str, communes: CommuneList, path: Path) -> None:
    node = f"{iri}/communes"
    emit.add(iri, CLS + "hasCommuneList", node)
    emit.node(node, (CLS + "CommuneList",), path)
    for key in communes.list:
        emit.add(node, CLS + "listsCommune", emit.iris.thing("territory", key))
    if communes.vintage is not None:
        emit.add(node, CLS + "vintage", typed(communes.vintage, "gYear"))
    emit.qualify(node, communes)
    emit.supported(node, communes, path)


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
    for index, earlier in enumerate(review.earlier):
        before = f"{node}/review/{earlier.id}"
        emit.add(node, CLS + "earlierReview", before)
        emit.node(before, (PROV + "Activity",), (*path, "earlier", index))
        emit.add(before, CLS + "reviewedBy", Literal(earlier.by))
        if earlier.on is not None:
            emit.add(before, CLS + "reviewedOn", typed(earlier.on, "date"))


def _item(emit: Emitter, owner: str, section: m.Section, item: Any, path: Path) -> str:
    key = getattr(item, section.id_key)
    iri = f"{owner}/{section.part}/{key}"
    emit.add(owner, section.property, iri)
    emit.node(iri, section.classes, path)
    if section.id_field is not None:
        emit.add(iri, section.id_field.property, section.id_field.codec.write(key, emit.iris, owner))
    emit.fields(iri, section.fields, item, path)
    inferred = item.inferred_date is not None if section is m.MILESTONE else None
    emit.qualify(iri, item, inferred=inferred)
    emit.supported(iri, item, path)
    period: Fact[Period] | None = getattr(item, "period", None)
    if period is not None:
        emit.add(iri, m.SECTION_PERIODS[section.key], f"{iri}/period")
        emit.whole_period(f"{iri}/period", period, (*path, "period"))
    if isinstance(item, Funding):
        emit.add(iri, SCHEMA + "fundedItem", owner)
    if isinstance(item, Funding | Budget) and item.amount is not None:
        emit.add(iri, SCHEMA + "amount", f"{iri}/amount")
        emit.node(f"{iri}/amount", (SCHEMA + "MonetaryAmount",), (*path, "amount"))
        emit.fields(f"{iri}/amount", m.AMOUNT, item, path)
    return iri


def _element(emit: Emitter, contract: str, element: Element, parent: Element | None, path: Path) -> None:
    iri = _item(emit, contract, m.ELEMENT, element, path)
    emit.node(iri, (m.ELEMENT_CLASSES[element.type],), path)
    if parent is not None:
        emit.add(iri, CLS + "isSubElementOf", f"{contract}/{m.ELEMENT.part}/{parent.id}")
    for section in m.ELEMENT_SECTIONS:
        for index, item in enumerate(getattr(element, section.key)):
            _item(emit, iri, section, item, (*path, section.key, index))
