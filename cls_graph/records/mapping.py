"""The mapping between record keys and RDF, as tables that are read in both directions.

``to_graph`` writes by these tables and ``from_graph`` reads by them, so that neither can
know a field that the other does not. ``docs/modelling.md`` describes the result.
"""

from __future__ import annotations

from dataclasses import dataclass

from cls_graph.namespaces import CLS, DCTERMS, PROV, RDFS, SCHEMA, SKOS, XSD
from cls_graph.records.codecs import Agent, Codec, Concept, French, Frequency, Plain, Ref, Sibling


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
        Field("pilot", CLS + "pilot", Ref("organisation"), many=True),
        Field("partners", CLS + "partner", Ref("organisation"), many=True),
        Field("milestones", CLS + "elementMilestone", Sibling("milestone"), many=True),
    ),
)

INDICATOR = Section(
    "indicators",
    CLS + "hasIndicator",
    "indicator",
    (CLS + "Indicator",),
    "id",
    (
        Field("label", SKOS + "prefLabel", French(), also=LABEL),
        Field("unit", CLS + "indicatorUnit", French()),
        Field("target", CLS + "indicatorTarget", Plain("number")),
        Field("target_year", CLS + "targetYear", Plain("gYear")),
        Field("value", CLS + "indicatorValue", Plain("number")),
        Field("year", CLS + "indicatorYear", Plain("gYear")),
    ),
)

BUDGET = Section(
    "budget",
    CLS + "hasBudget",
    "budget",
    (CLS + "Budget",),
    "id",
    (
        Field("funder", SCHEMA + "funder", Ref("organisation")),
        Field("frequency", CLS + "budgetFrequency", Frequency()),
        Field("year", CLS + "budgetYear", Plain("gYear")),
        Field("purpose", CLS + "budgetPurpose", French()),
    ),
)

ELEMENT_SECTIONS = (INDICATOR, BUDGET)

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

REVISION = Section(
    "amendments",
    CLS + "hasRevision",
    "revision",
    (CLS + "ContractRevision",),
    "id",
    (
        Field("title", DCTERMS + "title", French(), also=LABEL),
        Field("milestone", CLS + "broughtBy", Sibling("milestone")),
        Field("revises", CLS + "revises", Sibling("revision")),
        Field("in_force", CLS + "inForceFrom", Plain("date-like")),
        Field("added_parties", CLS + "addsEngagement", Sibling("engagement"), many=True),
        Field("ended_parties", CLS + "endsEngagement", Sibling("engagement"), many=True),
        Field("added_elements", CLS + "addsElement", Sibling("element"), many=True),
        Field("removed_elements", CLS + "removesElement", Sibling("element"), many=True),
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

SECTIONS = (ENGAGEMENT, MILESTONE, REVISION, FUNDING, COUNT, FRAMEWORK)

# A narrower role states the broader one too: queries need no reasoner.
BROADER_ROLES = {"lead-signatory": "signatory", "associated-signatory": "signatory"}

PERIODS = (("period", CLS + "validityPeriod"), ("action_plan_period", CLS + "actionPlanPeriod"))

SECTION_PERIODS = {
    "programme": CLS + "elementPeriod",
    "amendments": CLS + "revisionPeriod",
    "funding": CLS + "fundingPeriod",
    "budget": CLS + "budgetPeriod",
}
"""The property of the period that an item of a section may have."""

XSD_TOKEN = XSD + "token"

INSTANT_PROPERTIES = {"gYear": "inXSDgYear", "gYearMonth": "inXSDgYearMonth", "date": "inXSDDate"}

FREQUENCIES = ("annual", "biennial", "monthly", "quarterly", "triennial")
