"""A date of a text as a step of the contract: its year, where the text leaves it out."""

from __future__ import annotations

import re
from functools import cached_property

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import NUMBER, Date, find_dates, number, relative_date, with_weekday
from cls_graph.drafting.layout import Page
from cls_graph.drafting.publication import published_on
from cls_graph.drafting.steps import Event
from cls_graph.records.lexical import date_datatype

LATER_ON = re.compile(rf"\b{NUMBER} (?:ans|annees) (?:apres|plus tard)\b")
TO_COME = re.compile(r"\b(?:jusqu'(?:au|en|a)|d'ici|avant|horizon|au|fin|terme|echeance)\b[^.;]{0,12}$")


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
        if date.relative.startswith("+"):
            before = [
                d for d in find_dates(self.page, max(0, date.start - 300), date.start) if len(d.value) == 10
            ]
            inferred = relative_date(date, before[-1].value) if before else ""
            if not date_datatype(inferred):
                return None
            note = f"Jour compté depuis le {before[-1].value}, dit juste avant."
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
        return Event(kind, date.start, date.end, date.value, inferred, note, planned)

    def _following(self, date: Date) -> tuple[str, str] | None:
        """ "le 5 juillet suivant": the year of the date before it."""
        if not re.match(r" (?:suivant|de la meme annee)\b", self.page.folded[date.end : date.end + 22]):
            return None
        before = [
            d for d in find_dates(self.page, max(0, date.start - 300), date.start) if len(d.value) == 10
        ]
        if not before:
            return None
        year = int(before[-1].value[:4]) + (date.value[1:] < before[-1].value[4:])
        return f"{year}{date.value[1:]}", f"Année non écrite : ce jour suit le {before[-1].value}."

    def _after(self, date: Date) -> tuple[str, str] | None:
        """ "Approuvé le 2 décembre 2024, paraphé le 12 décembre": the year of the day before it."""
        start, _ = self.page.sentence_at(date.start)
        before = [d for d in find_dates(self.page, start, date.start) if len(d.value) == 10]
        if not before or date.value[1:] <= before[-1].value[4:] or date.weekday is not None:
            return None
        year = before[-1].value[:4]
        return f"{year}{date.value[1:]}", f"Année non écrite : celle du {before[-1].value}, dit juste avant."

    def _said_before(self, date: Date) -> tuple[str, str] | None:
        """ "Adopté le 18 octobre 2023. Il a été signé le 9 novembre": the year of the sentence before it."""
        start, _ = self.page.sentence_at(date.start)
        block = self.page.blocks[max(self.page.block_at(date.start), 0)]
        left = max(block.start, self.page.sentence_at(start - 2)[0]) if start > block.start else start
        before = [d for d in find_dates(self.page, left, start) if len(d.value) == 10]
        if not before or date.value[1:] <= before[-1].value[4:] or date.weekday is not None:
            return None
        if self.attribution.previous(before[-1].start):
            return None
        year = before[-1].value[:4]
        return f"{year}{date.value[1:]}", f"Année non écrite : celle du {before[-1].value}, dit juste avant."

    def _of_month(self, date: Date) -> tuple[str, str] | None:
        """ "En octobre 2024, … C'est le 11 octobre que": the only year in which the text tells that month."""
        told = {
            d.value[:4]
            for d in find_dates(self.page, 0, len(self.page.text))
            if len(d.value) > 6 and d.value[:2] == "20" and d.value[4:7] == date.value[1:4]
        }
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
    def _latest(self) -> int:
        """The latest year that the text tells a month or a day of, but for what is to come; 0 where none."""
        told = (
            d
            for d in find_dates(self.page, 0, len(self.page.text))
            if d.value[:2] == "20" and len(d.value) > 6
        )
        past = (d for d in told if not TO_COME.search(self.page.folded, max(0, d.start - 25), d.start))
        return max((int(d.value[:4]) for d in past), default=0)

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
