"""A contract record: the model that reads the YAML, and from which the JSON Schema is published.

Any field may be a plain value or ``{value, assertion, note, evidence}``; the model holds it
as a ``Fact`` in both cases. Keys are those of ``docs/records.md``.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from cls_graph.records import values as v

T = TypeVar("T")

QUALIFIERS = ("assertion", "note", "evidence")


class Model(BaseModel):
    """Base of all parts: immutable, no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """A quote of a document, and where it stands: code points from the start of the text."""

    document: v.ThingKey
    quote: v.Quote
    start: v.Offset | None = None
    end: v.Offset | None = None
    prefix: v.Context | None = None
    suffix: v.Context | None = None

    @model_validator(mode="after")
    def _both_ends(self) -> Evidence:
        if (self.start is None) != (self.end is None):
            missing = "end" if self.end is None else "start"
            raise PydanticCustomError("missing_key", "{key}", {"key": missing})
        return self


class Fact(Model, Generic[T]):
    """A value and what is known of it. ``assertion`` absent means stated, and saying so is the same."""

    value: T
    assertion: v.AssertionStatus | None = None
    note: v.PlainText | None = None
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _wrap(cls, given: Any) -> Any:
        if isinstance(given, Fact):
            return given
        if isinstance(given, dict) and ("value" in given or (given and set(given) <= set(QUALIFIERS))):
            return {k: x for k, x in given.items() if (k, x) != ("assertion", "stated")}
        return {"value": given}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        annotated = handler.resolve_ref_schema(handler(core))
        plain = dict(annotated["properties"]["value"])
        plain.pop("title", None)
        return {"anyOf": [plain, annotated]}

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said of the value itself."""
        return self.assertion is None and self.note is None and not self.evidence


def _spread(given: Any) -> Any:
    """A list annotated as a whole becomes a list of annotated values."""
    if isinstance(given, dict) and isinstance(given.get("value"), list):
        rest = {k: x for k, x in given.items() if k != "value"}
        return [{"value": item, **rest} for item in given["value"]]
    if isinstance(given, str):
        raise PydanticCustomError("wrong_kind", "{kind}", {"kind": "list"})
    return given


SPREAD = BeforeValidator(_spread)


class Period(Model):
    """A span of time: what is stated of its begin, end and duration, at its precision."""

    begin: v.PeriodDate | None = None
    end: v.PeriodDate | None = None
    duration: v.Duration | None = None

    @model_validator(mode="after")
    def _order(self) -> Period:
        if not (self.begin or self.end or self.duration):
            raise PydanticCustomError("period_empty", "period_empty", {})
        if self.begin and self.end:
            common = min(len(self.begin), len(self.end))
            if self.end[:common] < self.begin[:common]:
                raise PydanticCustomError(
                    "period_order", "period_order", {"begin": self.begin, "end": self.end}
                )
        return self


class Item(Model):
    """A part of a record that is a node of the graph, with its own status and evidence."""

    assertion: v.AssertionStatus = "stated"
    note: v.PlainText | None = None
    evidence: tuple[Evidence, ...] = ()


class AlternativePeriod(Item):
    """A conflicting claim about the period, kept with its evidence."""

    id: v.ItemId
    begin: v.PeriodDate | None = None
    end: v.PeriodDate | None = None
    duration: v.Duration | None = None

    @model_validator(mode="after")
    def _order(self) -> AlternativePeriod:
        self.period()
        return self

    def period(self) -> Period:
        """The span itself."""
        return Period(begin=self.begin, end=self.end, duration=self.duration)


class Review(Model):
    """How far the record has come, and who looked at it."""

    state: v.ReviewState
    by: v.PlainText | None = None
    on: v.FullDate | None = None


class Contract(Model):
    """What is said of the contract itself."""

    key: v.ContractKey
    title: Fact[v.PlainText] | None = None
    ordinal: Fact[v.Integer] | None = None
    territory: Annotated[tuple[Fact[v.TerritoryRef], ...], SPREAD] = ()
    carrier: v.ThingKey
    status: Fact[v.ContractStatus] | None = None
    period: Fact[Period] | None = None
    action_plan_period: Fact[Period] | None = None
    alternative_periods: tuple[AlternativePeriod, ...] = ()
    succeeds: Annotated[tuple[Fact[v.ContractKey], ...], SPREAD] = ()
    determinants: Annotated[tuple[Fact[v.Determinant], ...], SPREAD] = ()
    populations: Annotated[tuple[Fact[v.TargetPopulation], ...], SPREAD] = ()
    approaches: Annotated[tuple[Fact[v.Approach], ...], SPREAD] = ()
    open_list: Fact[v.Boolean] | None = None
    review: Review | None = None


class Engagement(Item):
    """A party's place in the contract."""

    id: v.ItemId
    party: Fact[v.ThingKey] | None = None
    kind: Fact[v.OrganisationKind] | None = None
    role: Fact[v.PartyRole]
    name_as_stated: Fact[v.PlainText] | None = None
    position: Fact[v.Integer] | None = None
    new_partner: Fact[v.Boolean] | None = None
    collective: Fact[v.Boolean] | None = None
    open_list: Fact[v.Boolean] | None = None
    within: Fact[v.ItemId] | None = None
    acts_through: Fact[v.ThingKey] | None = None
    represented_by: Annotated[tuple[Fact[v.ThingKey], ...], SPREAD] = ()


class Element(Item):
    """An axis, objective, action sheet or measure; ``children`` are its parts."""

    id: v.ItemId
    type: Literal["axis", "objective", "action-sheet", "measure"]
    axis_type: Fact[v.AxisType] | None = None
    code: Fact[v.PlainText] | None = None
    label: Fact[v.PlainText]
    position: Fact[v.Integer] | None = None
    determinants: Annotated[tuple[Fact[v.Determinant], ...], SPREAD] = ()
    populations: Annotated[tuple[Fact[v.TargetPopulation], ...], SPREAD] = ()
    approaches: Annotated[tuple[Fact[v.Approach], ...], SPREAD] = ()
    horizon: Fact[v.Year] | None = None
    open_list: Fact[v.Boolean] | None = None
    actors: Annotated[tuple[Fact[v.ThingKey], ...], SPREAD] = ()
    children: tuple[Element, ...] = ()


class Milestone(Item):
    """Something that happened, or is to happen, in the contract's life."""

    id: v.ItemId
    type: Fact[v.MilestoneType]
    stated_date: Fact[v.PartialDate] | None = None
    inferred_date: Fact[v.FullDate] | None = None
    duration: Fact[v.Duration] | None = None
    place: Fact[v.TerritoryRef] | None = None
    agents: Annotated[tuple[Fact[v.ThingKey], ...], SPREAD] = ()
    description: Fact[v.PlainText] | None = None


class Funding(Item):
    """Who funds what, how much, how often, how long."""

    id: v.ItemId
    funder: Fact[v.ThingKey]
    amount: Fact[v.Amount] | None = None
    currency: Fact[v.Currency] | None = None
    frequency: Fact[v.Frequency] | None = None
    year: Fact[v.Year] | None = None
    period: Fact[Period] | None = None
    purpose: Fact[v.PlainText] | None = None
    cofunded: Fact[v.Boolean] | None = None

    @model_validator(mode="after")
    def _money(self) -> Funding:
        if (self.amount is None) != (self.currency is None):
            raise PydanticCustomError("amount_currency", "amount_currency", {})
        return self


class Count(Item):
    """A number that the text announces."""

    item: v.CountedItem
    value: Fact[v.Integer]


class Framework(Item):
    """A policy framework that the contract implements or is coordinated with."""

    framework: v.ThingKey
    relation: Fact[v.FrameworkRelation]
    name_as_stated: Fact[v.PlainText] | None = None


class Record(Model):
    """One contract: the content of one file of ``data/contracts``."""

    contract: Contract
    engagements: tuple[Engagement, ...] = ()
    programme: tuple[Element, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    funding: tuple[Funding, ...] = ()
    counts: tuple[Count, ...] = ()
    frameworks: tuple[Framework, ...] = ()
