"""What every part of a record is made of: facts, their evidence, periods, items.

Any field may be a plain value or ``{value, assertion, note, evidence}``; the model holds it
as a ``Fact`` in both cases.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from cls_graph.records import values as v

T = TypeVar("T")

QUALIFIERS = ("assertion", "note", "evidence")


class Model(BaseModel):
    """Base of all parts: immutable, no unknown key."""

    # Built as it is first used: most commands, and the service, read no record.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


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
