"""The mapping between record keys and RDF, as tables that are read in both directions.

``to_graph`` writes by these tables and ``from_graph`` reads by them, so that neither can
know a field that the other does not. ``docs/modelling.md`` describes the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode

from cls_graph.namespaces import CLS, DCTERMS, FREQUENCY, PROV, RDFS, SCHEMA, SKOS, VOCAB, XSD
from cls_graph.rdf import Term, lang_text, typed
from cls_graph.records.iris import Iris
from cls_graph.records.values import date_datatype


class Codec(Protocol):
    """How a value is written as a term, read back, and named in the IRI of a statement about it."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term: ...

    def read(self, term: Any, iris: Iris, contract: str) -> Any: ...


def local_part(value: Any) -> str:
    """What names one value of several in the IRI of a statement.

    >>> local_part("commune/26362")
    'commune-26362'
    """
    return str(value).replace("/", "-")


@dataclass(frozen=True)
class Plain:
    """A literal: ``string``, ``integer``, ``boolean``, ``duration``, … or a partial date (``date-like``)."""

    datatype: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        if self.datatype == "string":
            return Literal(value)
        if self.datatype == "date-like":
            return typed(value, date_datatype(value) or "string")
        if self.datatype == "boolean":
            return typed("true" if value else "false", "boolean")
        if self.datatype == "number":
            return typed(value, "integer" if "." not in value else "decimal")
        return typed(str(value), self.datatype)

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value


@dataclass(frozen=True)
class French:
    """A text in French."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return lang_text(value)

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value


@dataclass(frozen=True)
class Concept:
    """A concept of a code list, by its slug."""

    scheme: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(f"{VOCAB}{self.scheme}/{value}")

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(f"{VOCAB}{self.scheme}/")


@dataclass(frozen=True)
class Frequency:
    """A frequency of the EU authority list, by its code in lower case."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(FREQUENCY + value.upper())

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(FREQUENCY).lower()


@dataclass(frozen=True)
class Ref:
    """A thing of the registry, or another contract, by its key."""

    kind: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(iris.thing(self.kind, value))

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return iris.key(self.kind, term.value)


@dataclass(frozen=True)
class Agent:
    """An organisation, or a person (keys ``p-…``)."""

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(iris.thing(agent_kind(value), value))

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        found = iris.kind_and_key(term.value)
        if found is None or found[0] not in ("organisation", "person"):
            raise ValueError(f"{term.value} is not an agent")
        return found[1]


@dataclass(frozen=True)
class Sibling:
    """Another item of the same contract, by its id."""

    part: str

    def write(self, value: Any, iris: Iris, contract: str) -> Term:
        return NamedNode(f"{contract}/{self.part}/{value}")

    def read(self, term: Any, iris: Iris, contract: str) -> Any:
        return term.value.removeprefix(f"{contract}/{self.part}/")


def agent_kind(key: str) -> str:
    """Keys of persons are opaque and begin with ``p-``; every other agent is an organisation."""
    return "person" if key.startswith("p-") else "organisation"


@dataclass(frozen=True)
class Field:
    """A row: key of the record, property, codec.

    ``many`` marks a list; ``also`` is a second property that is stated with the same value.
    """

    key: str
    property: str
    codec: Codec
    many: bool = False
    also: str = ""


_CODED = (
    Field("determinants", CLS + "addressesDeterminant", Concept("determinant"), many=True),
    Field("populations", CLS + "targetsPopulation", Concept("target-population"), many=True),
    Field("approaches", CLS + "usesApproach", Concept("approach"), many=True),
)


LABEL = RDFS + "label"

CONTRACT: tuple[Field, ...] = (
    Field("title", DCTERMS + "title", French(), also=LABEL),
    Field("ordinal", CLS + "ordinal", Plain("integer")),
    Field("territory", CLS + "territory", Ref("territory"), many=True),
    Field("status", CLS + "contractStatus", Concept("contract-status")),
    Field("succeeds", CLS + "succeeds", Ref("contract"), many=True),
    *_CODED,
    Field("open_list", CLS + "isOpenList", Plain("boolean")),
)


@dataclass(frozen=True)
class Section:
    """A list of a record: property from the contract, part of the IRI, classes, fields.

    ``id_key`` ends the IRI; ``id_field`` states it as a triple too, where it means something.
    """

    key: str
    property: str
    part: str
    classes: tuple[str, ...]
    id_key: str
    fields: tuple[Field, ...]
    id_field: Field | None = None


ENGAGEMENT = Section(
    "engagements",
    CLS + "hasEngagement",
    "engagement",
    (CLS + "Engagement",),
    "id",
    (
        Field("party", CLS + "party", Ref("organisation")),
        Field("kind", CLS + "partyKind", Concept("organisation-kind")),
        Field("role", CLS + "partyRole", Concept("party-role")),
        Field("name_as_stated", CLS + "nameAsStated", Plain("string")),
        Field("position", CLS + "listPosition", Plain("integer")),
        Field("new_partner", CLS + "isNewPartner", Plain("boolean")),
        Field("collective", CLS + "isCollective", Plain("boolean")),
        Field("open_list", CLS + "isOpenList", Plain("boolean")),
        Field("within", CLS + "withinEngagement", Sibling("engagement")),
        Field("acts_through", CLS + "actsThrough", Ref("organisation")),
        Field("represented_by", CLS + "representedBy", Ref("person"), many=True),
    ),
)

ELEMENT = Section(
    "programme",
    CLS + "hasProgrammeElement",
    "element",
    (CLS + "ProgrammeElement",),
    "id",
    (
        Field("axis_type", CLS + "axisType", Concept("axis-type")),
        Field("code", CLS + "elementCode", Plain("string")),
        Field("label", SKOS + "prefLabel", French(), also=LABEL),
        Field("position", CLS + "position", Plain("integer")),
        *_CODED,
        Field("horizon", CLS + "horizon", Plain("gYear")),
        Field("open_list", CLS + "isOpenList", Plain("boolean")),
        Field("actors", CLS + "actor", Ref("organisation"), many=True),
    ),
)

ELEMENT_CLASSES = {
    "axis": CLS + "Axis",
    "objective": CLS + "Objective",
    "action-sheet": CLS + "ActionSheet",
    "measure": CLS + "Measure",
}

MILESTONE = Section(
    "milestones",
    CLS + "hasMilestone",
    "milestone",
    (CLS + "Milestone",),
    "id",
    (
        Field("type", CLS + "milestoneType", Concept("milestone-type")),
        Field("stated_date", CLS + "statedDate", Plain("date-like")),
        Field("inferred_date", CLS + "inferredDate", Plain("date")),
        Field("duration", CLS + "statedDuration", Plain("duration")),
        Field("place", PROV + "atLocation", Ref("territory")),
        Field("agents", PROV + "wasAssociatedWith", Agent(), many=True),
        Field("description", DCTERMS + "description", French()),
    ),
)

FUNDING = Section(
    "funding",
    CLS + "hasFunding",
    "funding",
    (CLS + "FundingCommitment", SCHEMA + "MonetaryGrant"),
    "id",
    (
        Field("funder", SCHEMA + "funder", Ref("organisation")),
        Field("frequency", CLS + "amountFrequency", Frequency()),
        Field("year", CLS + "fundingYear", Plain("gYear")),
        Field("purpose", CLS + "fundingPurpose", French()),
        Field("cofunded", CLS + "isCofunded", Plain("boolean")),
    ),
)

AMOUNT: tuple[Field, ...] = (
    Field("amount", SCHEMA + "value", Plain("number")),
    Field("currency", SCHEMA + "currency", Plain("string")),
)

COUNT = Section(
    "counts",
    CLS + "hasStatedCount",
    "count",
    (CLS + "StatedCount",),
    "item",
    (Field("value", CLS + "countValue", Plain("integer")),),
    Field("item", CLS + "countedItem", Concept("counted-item")),
)

FRAMEWORK = Section(
    "frameworks",
    CLS + "hasFrameworkReference",
    "framework",
    (CLS + "FrameworkReference",),
    "framework",
    (
        Field("relation", CLS + "frameworkRelation", Concept("framework-relation")),
        Field("name_as_stated", CLS + "nameAsStated", Plain("string")),
    ),
    Field("framework", CLS + "referencedFramework", Ref("framework")),
)

SECTIONS = (ENGAGEMENT, MILESTONE, FUNDING, COUNT, FRAMEWORK)

# A narrower role states the broader one too: queries need no reasoner.
BROADER_ROLES = {"lead-signatory": "signatory", "associated-signatory": "signatory"}

PERIODS = (("period", CLS + "validityPeriod"), ("action_plan_period", CLS + "actionPlanPeriod"))

XSD_TOKEN = XSD + "token"

INSTANT_PROPERTIES = {"gYear": "inXSDgYear", "gYearMonth": "inXSDgYearMonth", "date": "inXSDDate"}

FREQUENCIES = ("annual", "biennial", "monthly", "quarterly", "triennial")
