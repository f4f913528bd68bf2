"""What a check is: its sentence, how much it weighs, where it is specified, and how it is made.

A group is one module, which holds its checks in the order in which they are made; ``table`` puts the
groups together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cls_graph.errors import Text
from cls_graph.table import one_line

if TYPE_CHECKING:
    from cls_graph.scoring.target import Target

MUST, SHOULD, MAY = LEVELS = ("must", "should", "may")
PASS, FAIL, ABSENT, UNSURE = VERDICTS = ("pass", "fail", "not-applicable", "not-sure")
_LONGEST = 400


@dataclass(frozen=True)
class Outcome:
    """A verdict, and what was seen that led to it."""

    verdict: str
    seen: Text


@dataclass(frozen=True)
class Spec:
    """Where a check is specified: its title, and its address where it has one."""

    title: str
    url: str = ""


Run = Callable[["Target"], Outcome]


@dataclass(frozen=True)
class Check:
    """One row of the scorecard. ``erases``: it writes, and is made only where that was allowed."""

    id: str
    level: str
    text: Text
    spec: Spec
    run: Run
    erases: bool = False

    @property
    def group(self) -> str:
        """The name of its group."""
        return self.id.partition(".")[0]


@dataclass
class Group:
    """Checks of one matter. ``hostile``: they load the server, and another machine's only where allowed."""

    name: str
    title: Text
    hostile: bool = False
    checks: list[Check] = field(default_factory=list)

    def check(
        self, name: str, level: str, spec: Spec, *, fr: str, en: str, erases: bool = False
    ) -> Callable[[Run], Run]:
        """Declare the decorated function as the next check of the group."""

        def declare(run: Run) -> Run:
            self.add(name, level, spec, {"fr": fr, "en": en}, run, erases=erases)
            return run

        return declare

    def add(self, name: str, level: str, spec: Spec, text: Text, run: Run, *, erases: bool = False) -> None:
        """Declare a check that is made from a row of a table."""
        self.checks.append(Check(f"{self.name}.{name}", level, text, spec, run, erases))


def passed(fr: str, en: str = "") -> Outcome:
    """It holds; with what was seen."""
    return _outcome(PASS, fr, en)


def failed(fr: str, en: str = "") -> Outcome:
    """It does not hold."""
    return _outcome(FAIL, fr, en)


def absent(fr: str, en: str = "") -> Outcome:
    """There is nothing that it could be asked of."""
    return _outcome(ABSENT, fr, en)


def unsure(fr: str, en: str = "") -> Outcome:
    """It could not be told."""
    return _outcome(UNSURE, fr, en)


def judged(holds: bool, fr: str, en: str = "") -> Outcome:
    """Whether it holds."""
    return passed(fr, en) if holds else failed(fr, en)


def _outcome(verdict: str, fr: str, en: str) -> Outcome:
    return Outcome(verdict, {"fr": short(fr), "en": short(en or fr)})


def short(text: str, most: int = _LONGEST) -> str:
    """One line of printable text, cut where it is long: what a server says is not to be trusted.

    >>> short("a\\n\\x1b[31mb")
    'a [31mb'
    """
    return one_line(text, most)
