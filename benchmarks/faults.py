"""Faults that a generated corpus may hold, each with the results that must be found for it.

A *record* fault changes the plain data of a record or of a body, as a person at work would, and stands in
the YAML files too. A *mapped* fault changes a record in a way that the reader of records would refuse, so
that the shapes would never see it; a *graph* fault changes triples in a way that no record can express.
Both are for N-Quads alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from pyoxigraph import Literal as Value
from pyoxigraph import NamedNode, Triple

from benchmarks.world import Territory
from cls_graph.namespaces import CLS, OA, RDF, SCHEMA, SH, SHAPES, TIME, VOCAB, XSD
from cls_graph.rdf import RDF_TYPE, lang_text, typed
from cls_graph.records.iris import Iris

Level = Literal["record", "mapped", "graph"]

Found = tuple[str, str, str, str]
"""Focus, shape, constraint component, severity; the last three by their local names."""


@dataclass
class Batch:
    """The contracts of one territory: records, bodies, and once mapped the triples of each contract."""

    territory: Territory
    records: list[dict[str, Any]]
    bodies: list[dict[str, Any]]
    iris: Iris
    triples: list[list[Triple]] = field(default_factory=list)

    @property
    def contract(self) -> str:
        """The last contract."""
        return self.iris.thing("contract", self.last["contract"]["key"])

    @property
    def last(self) -> dict[str, Any]:
        """Its record."""
        return self.records[-1]

    def change(
        self, subject: str, prop: str, value: NamedNode | Value | None, *, index: int = -1, add: bool = False
    ) -> bool:
        """Give a node another value (``None``: none at all); whether there was one to replace."""
        old = [
            t
            for t in self.triples[index]
            if (t.subject.value, t.predicate.value) == (subject, prop)  # type: ignore[union-attr]
        ]
        if not add:
            self.triples[index] = [t for t in self.triples[index] if t not in set(old)]
        if value is not None:
            self.triples[index].append(Triple(NamedNode(subject), NamedNode(prop), value))
        return bool(old)

    def first(self, prop: str, value: str = "", *, index: int = -1) -> str:
        """The first node with a property (of a value), or an empty text."""
        for t in self.triples[index]:
            if t.predicate.value == prop and value in ("", getattr(t.object, "value", "")):
                return str(t.subject.value)  # type: ignore[union-attr]
        return ""


Apply = Callable[[Batch], list[Found]]


@dataclass(frozen=True)
class Fault:
    """One kind: its level, and what injects it; an empty list says that the batch does not suit."""

    kind: str
    level: Level
    apply: Apply


FAULTS: dict[str, Fault] = {}


def _fault(level: Level) -> Callable[[Apply], Apply]:
    def register(apply: Apply) -> Apply:
        kind = apply.__name__.replace("_", "-")
        FAULTS[kind] = Fault(kind, level, apply)
        return apply

    return register


def one(focus: str, shape: str, component: str, severity: str = "Violation") -> list[Found]:
    """The only result of a fault."""
    return [(focus, SHAPES + shape, f"{SH}{component}ConstraintComponent", SH + severity)]


# --- what a record can have wrong


@_fault("record")
def no_title(batch: Batch) -> list[Found]:
    del batch.last["contract"]["title"]
    return one(batch.contract, "LocalHealthContract-title", "QualifiedMinCount")


@_fault("record")
def no_territory(batch: Batch) -> list[Found]:
    del batch.last["contract"]["territory"]
    return one(batch.contract, "LocalHealthContract-territory", "MinCount")


@_fault("record")
def no_status(batch: Batch) -> list[Found]:
    del batch.last["contract"]["status"]
    return one(batch.contract, "LocalHealthContract-statusKnown", "MinCount", "Warning")


@_fault("record")
def no_period(batch: Batch) -> list[Found]:
    del batch.last["contract"]["period"]
    return one(batch.contract, "LocalHealthContract-periodKnown", "MinCount", "Warning")


@_fault("record")
def no_agency(batch: Batch) -> list[Found]:
    others = [e for e in batch.last["engagements"] if e["kind"] != "ars"]
    if others == batch.last["engagements"]:
        return []
    batch.last["engagements"] = others
    return one(batch.contract, "LocalHealthContract-agency", "HasValue", "Warning")


@_fault("record")
def no_regional_project(batch: Batch) -> list[Found]:
    del batch.last["frameworks"]
    return one(batch.contract, "LocalHealthContract-regionalProject", "QualifiedMinCount", "Info")


@_fault("record")
def no_predecessor(batch: Batch) -> list[Found]:
    if batch.last["contract"].pop("succeeds", None) is None:
        return []
    return one(batch.contract, "LocalHealthContract-predecessorKnown", "SPARQL", "Warning")


@_fault("record")
def no_signature(batch: Batch) -> list[Found]:
    batch.last["milestones"] = batch.last["milestones"][1:]
    return one(batch.contract, "LocalHealthContract-signedHasSignature", "SPARQL")


@_fault("record")
def wrong_kind(batch: Batch) -> list[Found]:
    batch.last["engagements"][0]["kind"] = "autre"
    node = f"{batch.contract}/engagement/01"
    return one(node, "Engagement-kindMatchesParty", "SPARQL", "Warning")


@_fault("record")
def same_position(batch: Batch) -> list[Found]:
    axes = batch.last["programme"]
    if len(axes) < 2:
        return []
    axes[1]["position"] = axes[0]["position"]
    return [
        result
        for axis in axes[:2]
        for result in one(
            f"{batch.contract}/element/{axis['id']}", "ProgrammeElement-positionUnique", "SPARQL"
        )
    ]


@_fault("record")
def no_theme(batch: Batch) -> list[Found]:
    axis = batch.last["programme"][0]
    for key in ("determinants", "populations", "approaches"):
        axis.pop(key, None)
    node = f"{batch.contract}/element/{axis['id']}"
    return one(node, "ProgrammeElement-theme", "MinCount", "Warning")


@_fault("record")
def other_date(batch: Batch) -> list[Found]:
    signature = batch.last["milestones"][0]
    signature |= {"stated_date": "--01-31", "inferred_date": "2020-01-30", "note": "Année du contrat."}
    return one(f"{batch.contract}/milestone/01", "Milestone-datesAgree", "SPARQL")


@_fault("record")
def no_date(batch: Batch) -> list[Found]:
    signature = batch.last["milestones"][0]
    for key in ("stated_date", "inferred_date", "note"):
        signature.pop(key, None)
    return one(f"{batch.contract}/milestone/01", "Milestone-dated", "MinCount", "Warning")


@_fault("record")
def wrong_count(batch: Batch) -> list[Found]:
    batch.last["counts"][0]["value"] += 1
    return one(f"{batch.contract}/count/axis", "StatedCount-recordedNumber", "SPARQL", "Info")


@_fault("record")
def no_frequency(batch: Batch) -> list[Found]:
    if "funding" not in batch.last:
        return []
    del batch.last["funding"][0]["frequency"], batch.last["funding"][0]["year"]
    return one(f"{batch.contract}/funding/01", "FundingCommitment-frequencyOrYear", "MinCount")


@_fault("record")
def wrong_siren(batch: Batch) -> list[Found]:
    body = batch.bodies[0]
    body["siren"] = body["siren"][:-1] + str((int(body["siren"][-1]) + 1) % 10)
    node = batch.iris.thing("organisation", body["key"])
    return one(node, "Organisation-sirenChecksum", "SPARQL")


@_fault("record")
def same_siren(batch: Batch) -> list[Found]:
    first, second = batch.bodies[:2]
    second["siren"] = first["siren"]
    nodes = [batch.iris.thing("organisation", body["key"]) for body in (first, second)]
    return [r for node in nodes for r in one(node, "Organisation-sameSiren", "SPARQL", "Warning")]


@_fault("record")
def no_siren(batch: Batch) -> list[Found]:
    del batch.bodies[0]["siren"]
    node = batch.iris.thing("organisation", batch.bodies[0]["key"])
    return one(node, "Party-sirenKnown", "MinCount", "Info")


# --- what only triples can have wrong


@_fault("graph")
def two_keys(batch: Batch) -> list[Found]:
    batch.change(batch.contract, "http://purl.org/dc/terms/identifier", Value("autre"), add=True)
    return one(batch.contract, "LocalHealthContract-identifier", "MaxCount")


@_fault("graph")
def title_in_english(batch: Batch) -> list[Found]:
    text = lang_text("Local health contract", "en")
    prop = "http://purl.org/dc/terms/title"
    batch.change(batch.contract, prop, text)
    batch.change(f"{batch.contract}/statement/title", RDF + "object", text)
    return one(batch.contract, "LocalHealthContract-title", "QualifiedMinCount")


@_fault("graph")
def ordinal_in_words(batch: Batch) -> list[Found]:
    word = typed("trois", "integer")
    if not batch.change(batch.contract, CLS + "ordinal", word):
        batch.change(batch.contract, CLS + "ordinal", None)
        return []
    batch.change(f"{batch.contract}/statement/ordinal", RDF + "object", word)
    shape = "LocalHealthContract-ordinal"
    return one(batch.contract, shape, "Datatype") + one(batch.contract, shape, "MinInclusive")


@_fault("graph")
def unknown_role(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/02"
    batch.change(node, CLS + "partyRole", NamedNode(VOCAB + "party-role/parrain"))
    return one(node, "Engagement-role", "Node")


@_fault("graph")
def two_roles(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/02"
    batch.change(node, CLS + "partyRole", NamedNode(VOCAB + "party-role/co-pilot"), add=True)
    return one(node, "Engagement-singleRole", "Or")


@_fault("graph")
def empty_name(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/01"
    batch.change(node, CLS + "nameAsStated", Value(""))
    return one(node, "Engagement-nameAsStated", "MinLength")


@_fault("graph")
def unknown_party(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/01"
    ghost = batch.iris.thing("organisation", f"inconnue-{batch.territory.code}")
    batch.change(node, CLS + "party", NamedNode(ghost))
    return one(node, "Engagement-party", "Class") + one(ghost, "Party-sirenKnown", "MinCount", "Info")


@_fault("graph")
def lost_engagement(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/01"
    batch.triples[-1] = [
        t
        for t in batch.triples[-1]
        if (t.predicate.value, getattr(t.object, "value", "")) != (CLS + "hasEngagement", node)
    ]
    return one(node, "Engagement-contract", "MinCount")


@_fault("graph")
def undescribed_fact(batch: Batch) -> list[Found]:
    statement = f"{batch.contract}/statement/contractStatus"
    batch.change(statement, RDF + "object", NamedNode(VOCAB + "contract-status/proposed"))
    return one(statement, "QualifiedStatement-describesFact", "SPARQL") + one(
        batch.contract, "LocalHealthContract-fieldHasStatement", "SPARQL"
    )


@_fault("graph")
def no_evidence(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/engagement/02"
    quotes = [
        t.object.value  # type: ignore[union-attr]
        for t in batch.triples[-1]
        if (t.subject.value, t.predicate.value) == (node, CLS + "hasEvidence")  # type: ignore[union-attr]
    ]
    batch.change(node, CLS + "hasEvidence", None)
    unused = [r for quote in quotes for r in one(quote, "Evidence-used", "MinCount")]
    return one(node, "EvidenceCoverage", "Or") + unused


@_fault("graph")
def reversed_quote(batch: Batch) -> list[Found]:
    node = batch.first(OA + "start")
    batch.change(node, OA + "start", typed("1000000", "integer"))
    return one(node, "TextPosition-start", "LessThan")


@_fault("graph")
def quote_without_words(batch: Batch) -> list[Found]:
    node = batch.first(OA + "exact")
    batch.change(node, OA + "exact", None)
    return one(node, "Quote-exact", "MinCount")


@_fault("graph")
def backward_period(batch: Batch) -> list[Found]:
    period = f"{batch.contract}/period"
    batch.change(f"{period}/end", TIME + "inXSDgYear", typed("1999", "gYear"))
    return one(period, "Period-endsAfterItBegins", "SPARQL")


@_fault("graph")
def impossible_date(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/milestone/01"
    batch.change(node, CLS + "inferredDate", None)
    batch.change(node, CLS + "inferenceNote", None)
    batch.change(node, CLS + "statedDate", Value("2024-02-31", datatype=NamedNode(XSD + "date")))
    return one(node, "Milestone-statedDate", "Node")


@_fault("graph")
def unknown_frequency(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/funding/01"
    if not batch.first(CLS + "amountFrequency"):
        return []
    batch.change(node, CLS + "amountFrequency", NamedNode("http://example.org/frequency/DAILY"))
    return one(node, "FundingCommitment-frequency", "In")


@_fault("graph")
def unknown_currency(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/funding/01/amount"
    if not batch.first(SCHEMA + "currency"):
        return []
    batch.change(node, SCHEMA + "currency", Value("euros"))
    return one(node, "MonetaryAmount-currency", "Pattern")


@_fault("graph")
def element_without_kind(batch: Batch) -> list[Found]:
    node = f"{batch.contract}/element/{batch.last['programme'][0]['id']}"
    axis = Triple(NamedNode(node), RDF_TYPE, NamedNode(CLS + "Axis"))
    batch.triples[-1] = [t for t in batch.triples[-1] if t != axis]
    number = one(f"{batch.contract}/count/axis", "StatedCount-recordedNumber", "SPARQL", "Info")
    return one(node, "ProgrammeElement-type", "QualifiedMinCount") + number


# --- what only several contracts together can have wrong


@_fault("graph")
def succession_cycle(batch: Batch) -> list[Found]:
    if len(batch.records) < 2:
        return []
    keys = [record["contract"]["key"] for record in batch.records]
    nodes = [batch.iris.thing("contract", key) for key in keys]
    batch.change(nodes[0], CLS + "succeeds", NamedNode(nodes[-1]), index=0)
    cycle = [r for n in nodes for r in one(n, "LocalHealthContract-noSuccessionCycle", "SPARQL")]
    return cycle + one(nodes[0], "LocalHealthContract-fieldHasStatement", "SPARQL")


@_fault("graph")
def shared_engagement(batch: Batch) -> list[Found]:
    if len(batch.records) < 2:
        return []
    node = f"{batch.contract}/engagement/01"
    older = batch.iris.thing("contract", batch.records[0]["contract"]["key"])
    batch.change(older, CLS + "hasEngagement", NamedNode(node), index=0, add=True)
    return one(node, "Engagement-contract", "MaxCount")


@_fault("graph")
def parent_elsewhere(batch: Batch) -> list[Found]:
    if len(batch.records) < 2:
        return []
    node = f"{batch.contract}/element/{batch.last['programme'][0]['id']}"
    older = batch.iris.thing("contract", batch.records[0]["contract"]["key"])
    parent = f"{older}/element/{batch.records[0]['programme'][0]['id']}"
    batch.change(node, CLS + "isSubElementOf", NamedNode(parent))
    return one(node, "ProgrammeElement-parentInSameContract", "SPARQL")


@_fault("mapped")
def unknown_predecessor(batch: Batch) -> list[Found]:
    if "succeeds" in batch.last["contract"]:
        return []
    batch.last["contract"]["succeeds"] = [
        {"value": f"{batch.territory.code}-z", "note": "Perdu.", "assertion": "external"}
    ]
    return one(batch.contract, "LocalHealthContract-succeeds", "Class")
