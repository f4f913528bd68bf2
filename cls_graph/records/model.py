"""A contract record: the model that reads the YAML, and from which the JSON Schema is published.

Keys are those of ``docs/records.md``; ``facts.py`` has what they are made of.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from cls_graph.records import values as v
from cls_graph.records.facts import SPREAD, Fact, Item, Model, Period


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


class Round(Model):
    """A review that was signed before the last one."""

    id: v.ItemId
    by: v.PlainText
    on: v.FullDate | None = None


class Review(Model):
    """How far the record has come, who looked at it last, and who before."""

    state: v.ReviewState
    by: v.PlainText | None = None
    on: v.FullDate | None = None
    earlier: tuple[Round, ...] = ()

    @property
    def rounds(self) -> tuple[Round, ...]:
        """All that were signed, the last one too: what a new round keeps of them."""
        if self.by is None:
            return self.earlier
        number = max((int(r.id) for r in self.earlier if r.id.isdigit()), default=0) + 1
        return (*self.earlier, Round(id=f"{number:02}", by=self.by, on=self.on))


class CommuneList(Item):
    """The communes that the contract covers, where a source lists them; else they are worked out."""

    list: tuple[v.CommuneRef, ...]
    vintage: v.Year | None = None


class Contract(Model):
    """What is said of the contract itself."""

    key: v.ContractKey
    title: Fact[v.PlainText] | None = None
    ordinal: Fact[v.Integer] | None = None
    territory: Annotated[tuple[Fact[v.TerritoryRef], ...], SPREAD] = ()
    communes: CommuneList | None = None
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


class Indicator(Item):
    """What an element is measured by: target and value are given as stated, in the same unit."""

    id: v.ItemId
    label: Fact[v.PlainText]
    unit: Fact[v.PlainText] | None = None
    target: Fact[v.Number] | None = None
    target_year: Fact[v.Year] | None = None
    value: Fact[v.Number] | None = None
    year: Fact[v.Year] | None = None


def _with_currency(source: Any) -> None:
    if (source.amount is None) != (source.currency is None):
        raise PydanticCustomError("amount_currency", "amount_currency", {})


class Budget(Item):
    """What an element costs, or a part of it."""

    id: v.ItemId
    funder: Fact[v.ThingKey] | None = None
    amount: Fact[v.Amount] | None = None
    currency: Fact[v.Currency] | None = None
    frequency: Fact[v.Frequency] | None = None
    year: Fact[v.Year] | None = None
    period: Fact[Period] | None = None
    purpose: Fact[v.PlainText] | None = None

    @model_validator(mode="after")
    def _money(self) -> Budget:
        _with_currency(self)
        return self


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
    pilot: Annotated[tuple[Fact[v.ThingKey], ...], SPREAD] = ()
    partners: Annotated[tuple[Fact[v.ThingKey], ...], SPREAD] = ()
    period: Fact[Period] | None = None
    milestones: Annotated[tuple[Fact[v.ItemId], ...], SPREAD] = ()
    indicators: tuple[Indicator, ...] = ()
    budget: tuple[Budget, ...] = ()
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


class Amendment(Item):
    """A revision of the same contract: the milestone that brought it, and what it changes."""

    id: v.ItemId
    title: Fact[v.PlainText] | None = None
    milestone: Fact[v.ItemId]
    revises: Fact[v.ItemId] | None = None
    in_force: Fact[v.PeriodDate] | None = None
    period: Fact[Period] | None = None
    added_parties: Annotated[tuple[Fact[v.ItemId], ...], SPREAD] = ()
    ended_parties: Annotated[tuple[Fact[v.ItemId], ...], SPREAD] = ()
    added_elements: Annotated[tuple[Fact[v.ItemId], ...], SPREAD] = ()
    removed_elements: Annotated[tuple[Fact[v.ItemId], ...], SPREAD] = ()
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
        _with_currency(self)
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
    amendments: tuple[Amendment, ...] = ()
    funding: tuple[Funding, ...] = ()
    counts: tuple[Count, ...] = ()
    frameworks: tuple[Framework, ...] = ()
