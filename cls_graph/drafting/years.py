"""A date of a text as a step of the contract: its year, where the text leaves it out."""

from __future__ import annotations

import re
from functools import cached_property

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import NUMBER, Date, find_dates, number, relative_date, to_come, with_weekday
from cls_graph.drafting.layout import Page
from cls_graph.drafting.publication import published_on
from cls_graph.drafting.steps import Event
from cls_graph.records.lexical import date_datatype

LATER_ON = re.compile(rf"\b{NUMBER} (?:ans|annees) (?:apres|plus tard)\b")
WORKED_OUT = 0.85
"""The confidence in a day whose year the text does not write: a person is to look at it."""


class Years:
    """Tells the full date of a day. ``begin`` and ``end`` are those of the contract's period, where known."""

    def __init__(
        self, page: Page, contract: Contract, attribution: Attribution, begin: str, end: str
    ) -> None:
        self.page, self.contract, self.attribution = page, contract, attribution
        self.begin, self.stop = begin[:4], end[:4]
        self.published = published_on(page)

    def _dated(self, kind: str, date: Date, planned: bool) -> Event | None:
        note = ""
        inferred = ""
        sure = 0.95
        if date.relative.startswith("+"):
            before = self._day_before(date)
            inferred = relative_date(date, before.value) if before else ""
            if before is None or not date_datatype(inferred):
                return None
            note = f"Jour compté depuis le {before.value}, dit juste avant."
        elif not date.value:
            inferred = relative_date(date, self.published)
            if not inferred or (planned and date.relative.endswith("?")):
                return None
            shown = self.page.text[date.start : date.end]
            note = f"« {shown} », dans un texte daté du {self.published} : le jour en est déduit."
        elif date.value.startswith("--"):
            inferred, note = (
                self._following(date)
                or self._after(date)
                or self._years_later(date)
                or self._said_before(date)
                or self._of_month(date)
                or self._year(date)
            )
            sure = WORKED_OUT if inferred else sure
        return Event(kind, date.start, date.end, date.value, inferred, note, planned, sure)

    def _day_before(self, date: Date) -> Date | None:
        """The last full day that the text tells shortly before a date, be it to come or not."""
        found = find_dates(self.page, max(0, date.start - 300), date.start)
        return next((d for d in reversed(found) if len(d.value) == 10), None)

    def _past(self, start: int, end: int) -> list[Date]:
        """The months and days told between two positions, but for what is to come and for periods."""
        return [
            d
            for d in find_dates(self.page, start, end)
            if len(d.value) > 6 and d.value[:2] == "20" and not to_come(self.page, d)
        ]

    def _following(self, date: Date) -> tuple[str, str] | None:
        """ "le 5 juillet suivant": the year of the date before it."""
        if not re.match(r" (?:suivant|de la meme annee)\b", self.page.folded[date.end : date.end + 22]):
            return None
        before = self._day_before(date)
        if before is None:
            return None
        year = int(before.value[:4]) + (date.value[1:] < before.value[4:])
        return f"{year}{date.value[1:]}", f"Année non écrite : ce jour suit le {before.value}."

    def _after(self, date: Date) -> tuple[str, str] | None:
        """ "Approuvé le 2 décembre 2024, paraphé le 12 décembre": the year of the day before it."""
        day = self._earlier(date, self.page.sentence_at(date.start)[0], date.start)
        return _of_year(date, day) if day else None

    def _said_before(self, date: Date) -> tuple[str, str] | None:
        """ "Adopté le 18 octobre 2023. Il a été signé le 9 novembre": the year of the sentence before it."""
        start, _ = self.page.sentence_at(date.start)
        block = self.page.blocks[max(self.page.block_at(date.start), 0)]
        left = max(block.start, self.page.sentence_at(start - 2)[0]) if start > block.start else start
        day = self._earlier(date, left, start)
        return _of_year(date, day) if day and not self.attribution.previous(day.start) else None

    def _earlier(self, date: Date, start: int, end: int) -> Date | None:
        """The last past day told between two positions, where a date may be later in its year."""
        days = [d for d in self._past(start, end) if len(d.value) == 10]
        later = bool(days) and date.weekday is None and date.value[1:] > days[-1].value[4:]
        return days[-1] if later else None

    def _of_month(self, date: Date) -> tuple[str, str] | None:
        """ "En octobre 2024, … C'est le 11 octobre que": the only year in which the text tells that month."""
        told = self._years_of_months.get(date.value[1:4], set())
        if len(told) != 1 or date.weekday is not None or self.published:
            return None
        (year,) = told
        shown = f"{year}-{date.value[2:4]}"
        return f"{year}{date.value[1:]}", f"Année non écrite : le texte parle ailleurs de {shown}."

    def _years_later(self, date: Date) -> tuple[str, str] | None:
        """ "Le premier contrat date de 2017. Huit ans après, le 24 janvier, …": counted from a year."""
        start, _ = self.page.sentence_at(date.start)
        later = LATER_ON.search(self.page.folded, start, date.start)
        told = [
            d.value[:4] for d in find_dates(self.page, max(0, start - 300), date.start) if d.value[:1] == "2"
        ]
        if later is None or not told:
            return None
        year = int(told[-1]) + number(later.group("n"))
        return f"{year}{date.value[1:]}", f"Année non écrite : comptée depuis {told[-1]}, dit juste avant."

    @cached_property
    def _years_of_months(self) -> dict[str, set[str]]:
        """The years in which the text tells each month ("-10"), but for what is to come."""
        years: dict[str, set[str]] = {}
        for date in self._past(0, len(self.page.text)):
            years.setdefault(date.value[4:7], set()).add(date.value[:4])
        return years

    @property
    def _latest(self) -> int:
        """The latest year that the text tells a month or a day of, but for what is to come; 0 where none."""
        return max((int(y) for years in self._years_of_months.values() for y in years), default=0)

    def _year(self, date: Date) -> tuple[str, str]:
        """The full date of a day whose year is not written: by the publication, the weekday, the period."""
        if self.published:
            year = int(self.published[:4])
            full = f"{year}{date.value[1:]}"
            full = full if full[: len(self.published)] <= self.published else f"{year - 1}{date.value[1:]}"
            return full, f"Année non écrite, tirée de la date du texte ({self.published})."
        if self.begin:
            first = int(self.begin)
            near = (
                with_weekday(date.value, date.weekday, range(first - 1, first + 2))
                if date.weekday is not None
                else []
            )
            if len(near) == 1:
                return near[
                    0
                ], f"Année non écrite : ce jour de la semaine et la période, qui commence en {first}."
        elif date.weekday is not None and (latest := self._latest):
            near = with_weekday(date.value, date.weekday, range(latest, latest + 2))
            if len(near) == 1:
                return near[
                    0
                ], f"Année non écrite : ce jour de la semaine, dans un texte qui parle de {latest}."
        return "", "Année non écrite."


def _of_year(date: Date, day: Date) -> tuple[str, str]:
    """A date without its year in the year of a day told before it, and the note that says so."""
    return (
        f"{day.value[:4]}{date.value[1:]}",
        f"Année non écrite : celle du {day.value}, dit juste avant.",
    )
