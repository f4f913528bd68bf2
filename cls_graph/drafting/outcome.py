"""A draft: the record proposed, its doubts, the bodies it would add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from cls_graph.errors import Text
from cls_graph.records.model import Record

Plain = dict[str, Any]
SURE_ENOUGH = 0.5


@dataclass
class Draft:
    """One contract: the record (with ``confidence`` beside its statements), its doubts, new bodies."""

    record: Plain
    doubts: list[Text] = field(default_factory=list)
    organisations: list[Plain] = field(default_factory=list)

    def plain(self) -> Plain:
        """The record without what only a draft has: it reads as a record of ``data/contracts``."""
        plain: Plain = _strip(self.record)
        return plain

    def faults(self) -> list[str]:
        """What keeps the record from the schema, as paths; empty where it is valid."""
        try:
            Record.model_validate(self.plain())
        except ValidationError as error:
            return sorted(".".join(str(part) for part in problem["loc"]) for problem in error.errors())
        return []


def place_of_key(key: str) -> int:
    """Where a key of the contract stands in a record: as in the model."""
    names = ("territory_label", *Record.model_fields["contract"].annotation.model_fields)  # type: ignore[union-attr]
    return names.index(key)


def _strip(node: Any) -> Any:
    if isinstance(node, list):
        return [_strip(x) for x in node]
    if isinstance(node, dict):
        return {
            k: _strip(v)
            for k, v in node.items()
            if k not in ("confidence", "candidates", "territory_label", "source", "organisations", "doubts")
        }
    return node
