"""A body as a text names it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mention:
    """A body as a text names it.

    ``start`` and ``end`` hold the name without article; ``name`` what follows the words of the kind
    ("Drôme"); ``weak``: no word says what it is, only its place in a list may show it is a body.
    """

    start: int
    end: int
    kind: str
    text: str
    name: str = ""
    acronym: str = ""
    post: bool = False
    plural: bool = False
    weak: bool = False
    through: str = ""
    parts: tuple[Mention, ...] = field(default=(), compare=False)
    shown: tuple[int, int] = (0, 0)

    @property
    def generic(self) -> bool:
        """Whether only the kind is said: "la CPAM"."""
        return not self.name

    @property
    def quote(self) -> tuple[int, int]:
        """The span to quote: that of the words that two bodies may share."""
        return self.shown if self.shown != (0, 0) else (self.start, self.end)

    @property
    def own_town(self) -> bool:
        """Whether it is a town that is not named: "la Ville", "la municipalité", and no "onze communes"."""
        return self.kind == "commune" and not (self.name or self.plural or self.text.lower().endswith("s"))
