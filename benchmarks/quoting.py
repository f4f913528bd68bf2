"""A made-up record in the making: its one document, and the place of each quote in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.world import Territory

BEFORE = ("dans lequel ", "à savoir ", "ainsi que ", "par ailleurs ")


def document_key(territory: Territory, generation: int) -> str:
    """The one document that a contract is quoted from."""
    return f"texte-{territory.code}-{generation}"


@dataclass
class Draft:
    """A record in the making: its document, the place of the next quote, the bodies it names."""

    rng: Random
    document: str
    position: int = 0
    bodies: set[str] = field(default_factory=set)

    def evidence(self, quote: str) -> list[dict[str, Any]]:
        """The next quote of the document."""
        start = self.position + self.rng.randrange(3, 90)
        self.position = start + len(quote)
        place = {"start": start, "end": self.position, "prefix": self.rng.choice(BEFORE)}
        return [{"document": self.document, "quote": quote, **place}]

    def fact(self, value: Any, quote: str) -> dict[str, Any]:
        """A value with the quote that carries it."""
        return {"value": value, "evidence": self.evidence(quote)}
