"""The inverse of ``to_graph``: the record that a contract's triples came from, losing nothing.

What a graph has no order for comes back in the order of ids, slugs and positions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, Triple

from cls_graph.namespaces import CLS, FOAF, OA, RDF, SCHEMA, SKOS, TIME, VOCAB
from cls_graph.rdf import RDF_TYPE
from cls_graph.records import mapping as m
from cls_graph.records.emitter import STATUS
from cls_graph.records.iris import Iris
from cls_graph.records.model import Record
from cls_graph.records.revisions import INITIAL

Plain = dict[str, Any]


def from_graph(triples: Iterable[Triple], key: str, iris: Iris) -> Record:
    """The record of the contract ``key``. Raises ``ValidationError`` on a graph that is no record."""
    return Record.model_validate(_Reader(triples, key, iris).record())


def canonical(record: Record) -> Record:
    """The record in the order that ``from_graph`` gives: two records say the same when these are equal."""
    return Record.model_validate(_ordered(record.model_dump(exclude_none=True)))


class _Reader:
    def __init__(self, triples: Iterable[Triple], key: str, iris: Iris) -> None:
        self.iris, self.key = iris, key
        self.contract = iris.thing("contract", key)
        self.index: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for t in triples:
            if isinstance(t.subject, NamedNode):
                self.index[t.subject.value, t.predicate.value].append(t.object)

    def all(self, subject: str, prop: str) -> list[Any]:
        return sorted(self.index.get((subject, prop), []), key=str)

    def one(self, subject: str, prop: str) -> Any:
        found = self.all(subject, prop)
        return found[0] if found else None

    def record(self) -> Plain:
        record: Plain = {"contract": self.contract_part()}
        for section in m.SECTIONS:
            nodes = [n for n in self.nodes(section.property) if not n.endswith(f"/{INITIAL}")]
            record[section.key] = [self.item(section, node) for node in nodes]
        record["programme"] = self.programme()
        ordered: Plain = _ordered({k: v for k, v in record.items() if v})
        return ordered

    def nodes(self, prop: str) -> list[str]:
        return [t.value for t in self.all(self.contract, prop)]

    def contract_part(self) -> Plain:
        contract: Plain = {"key": self.key, **self.fields(self.contract, m.CONTRACT)}
        for key, prop in m.PERIODS:
            nodes = self.nodes(prop)
            if key == "period" and self.one(self.contract, CLS + "currentRevision") is not None:
                # The current period is an amendment's; the record has the one first signed.
                origin = f"{self.contract}/{m.REVISION.part}/{INITIAL}"
                nodes = [t.value for t in self.all(origin, CLS + "revisionPeriod")]
            for node in nodes:
                contract[key] = {"value": self.period(node), **self.qualifiers(node)}
        communes = self.one(self.contract, CLS + "hasCommuneList")
        if communes is not None:
            contract["communes"] = self.communes(communes.value)
        contract["alternative_periods"] = [
            {"id": node.rpartition("/")[2], **self.period(node), **self.qualifiers(node)}
            for node in self.nodes(CLS + "alternativePeriod")
        ]
        contract["carrier"] = self.carrier()
        record = f"{self.contract}/record"
        if self.one(record, FOAF + "primaryTopic") is not None:
            contract["review"] = {
                "state": self.one(record, CLS + "reviewState").value.removeprefix(VOCAB + "review-state/"),
                **self.signed(record),
                "earlier": [
                    {"id": node.rpartition("/")[2], **self.signed(node)}
                    for node in sorted(t.value for t in self.all(record, CLS + "earlierReview"))
                ],
            }
        return contract

    def signed(self, node: str) -> Plain:
        """Who signed a review, and when."""
        by, on = self.one(node, CLS + "reviewedBy"), self.one(node, CLS + "reviewedOn")
        return {key: term.value for key, term in (("by", by), ("on", on)) if term is not None}

    def carrier(self) -> str:
        """The organisation whose code makes the key.

        No triple says it: it is the commune or the group of that code, unless another body of that
        code is engaged as carrier, or none but another is engaged at all.
        """
        code = self.key.rpartition("-")[0]
        usual = f"{'epci' if len(code) == 9 else 'commune'}-{code}"
        engaged: dict[str, bool] = {}
        for node in self.nodes(CLS + "hasEngagement"):
            party = self.one(node, CLS + "party")
            if party is not None and party.value.endswith(f"-{code}"):
                key = self.iris.key("organisation", party.value)
                carries = NamedNode(f"{VOCAB}party-role/carrier") in self.all(node, CLS + "partyRole")
                engaged[key] = engaged.get(key, False) or carries
        if usual in engaged or not engaged:
            return usual
        return next((key for key, carries in engaged.items() if carries), next(iter(engaged)))

    def fields(self, node: str, rows: Iterable[m.Field]) -> Plain:
        found: Plain = {}
        for row in rows:
            terms = self.all(node, row.property)
            if row.key == "role" and len(terms) > 1:
                broader = {row.codec.write(b, self.iris, self.contract) for b in m.BROADER_ROLES.values()}
                terms = [t for t in terms if t not in broader]
            facts = [self.fact(node, row, term) for term in terms]
            if facts:
                found[row.key] = facts if row.many else facts[0]
        return found

    def fact(self, node: str, row: m.Field, term: Any) -> Plain:
        value = row.codec.read(term, self.iris, self.contract)
        for statement in self.all(node, CLS + "hasStatement"):
            same = self.one(statement.value, RDF + "predicate") == NamedNode(row.property)
            if same and self.one(statement.value, RDF + "object") == term:
                return {"value": value, **self.qualifiers(statement.value)}
        return {"value": value}

    def qualifiers(self, node: str) -> Plain:
        found: Plain = {}
        status = self.one(node, CLS + "assertionStatus")
        if status is not None and status.value != STATUS + "stated":
            found["assertion"] = status.value.removeprefix(STATUS)
        note = self.one(node, CLS + "inferenceNote") or self.one(node, SKOS + "note")
        if note is not None:
            found["note"] = note.value
        evidence = [self.evidence(e.value) for e in self.all(node, CLS + "hasEvidence")]
        if evidence:
            found["evidence"] = evidence
        return found

    def evidence(self, node: str) -> Plain:
        target, quote, position = (f"{node}/{part}" for part in ("target", "quote", "position"))
        found = {
            "document": self.iris.key("document", self.one(target, OA + "hasSource").value),
            "quote": self.one(quote, OA + "exact").value,
        }
        for node, keys in ((quote, ("prefix", "suffix")), (position, ("start", "end"))):
            for key in keys:
                term = self.one(node, OA + key)
                if term is not None:
                    found[key] = term.value
        return found

    def period(self, node: str) -> Plain:
        found: Plain = {}
        for end, link in (("begin", "hasBeginning"), ("end", "hasEnd")):
            instant = self.one(node, TIME + link)
            for prop in m.INSTANT_PROPERTIES.values() if instant else ():
                value = self.one(instant.value, TIME + prop)
                if value is not None:
                    found[end] = value.value
        duration = self.one(node, TIME + "hasXSDDuration")
        return found | ({"duration": duration.value} if duration else {})

    def communes(self, node: str) -> Plain:
        listed = [self.iris.key("territory", t.value) for t in self.all(node, CLS + "listsCommune")]
        vintage = self.one(node, CLS + "vintage")
        return {
            "list": listed,
            **({"vintage": vintage.value} if vintage else {}),
            **self.qualifiers(node),
        }

    def item(self, section: m.Section, node: str) -> Plain:
        item: Plain = {section.id_key: node.rpartition("/")[2]}
        item |= self.fields(node, section.fields) | self.qualifiers(node)
        if item.get("revises", {}).get("value") == INITIAL:
            del item["revises"]
        if self.one(node, SCHEMA + "amount") is not None:
            item |= self.fields(f"{node}/amount", m.AMOUNT)
        prop = m.SECTION_PERIODS.get(section.key)
        if prop is not None and NamedNode(f"{node}/period") in self.all(node, prop):
            item["period"] = {"value": self.period(f"{node}/period"), **self.qualifiers(f"{node}/period")}
        return item

    def programme(self) -> list[Plain]:
        kinds = {iri: kind for kind, iri in m.ELEMENT_CLASSES.items()}
        items: dict[str, Plain] = {}
        for node in self.nodes(m.ELEMENT.property):
            types = [t.value for t in self.all(node, RDF_TYPE.value)]
            kind = next((kinds[t] for t in types if t in kinds), None)
            items[node] = {**self.item(m.ELEMENT, node), "type": kind}
            for section in m.ELEMENT_SECTIONS:
                parts = [self.item(section, t.value) for t in self.all(node, section.property)]
                items[node] |= {section.key: parts} if parts else {}
        roots = []
        for node, item in items.items():
            parent = self.one(node, CLS + "isSubElementOf")
            if parent is None:
                roots.append(item)
            else:
                items[parent.value].setdefault("children", []).append(item)
        return roots


SORT_KEYS = ("id", "document", "item", "framework", "value")


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _ordered(x) for k, x in value.items()}
    if isinstance(value, (list, tuple)):
        return sorted((_ordered(x) for x in value), key=_sort_key)
    return value


def _sort_key(item: Any) -> tuple[Any, ...]:
    if not isinstance(item, dict):
        return (str(item),)
    if "quote" in item:
        return (str(item["document"]), int(item.get("start") or 0), int(item.get("end") or 0), item["quote"])
    return tuple(str(item.get(k, "")) for k in SORT_KEYS)
