"""The day of a signature that stands apart from the words of signing: before, above, "depuis le"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import NUMBER, Date, find_dates, number, relative_date, with_weekday
from cls_graph.drafting.layout import Block, Page
from cls_graph.drafting.phrases import GENERAL
from cls_graph.drafting.publication import published_on
from cls_graph.drafting.steps import LAUNCH, OTHER, PLAN, VOTE, Event
from cls_graph.records.lexical import date_datatype

HOUR = re.compile(r",? (?:a |de |des )?\d{1,2} ?(?:h\b|heures?\b).*")
"""What may follow a date that stands for the time of a ceremony: "Jeudi 14 mars, 10 h – salle des fêtes"."""
WHEN = re.compile(r"(?:quand|date(?: et heure| et lieu)?) ?[?:] (?:le )?")
SINCE = re.compile(r"(?:\b(?:depuis|c'est depuis) (?:le )?)$")
HAS = re.compile(
    r"\b(?:a|ont|dispose(?:nt)?|possede(?:nt)?|beneficie(?:nt)?|est|sont|lie(?:nt)?)\b"
    r" (?:d')?(?:[\w']+ ){0,3}?(?:son|leur|un|sa|dotee?s?|liee?s?|engagee?s?|couverte?s?)\b"
    r"[^.;]{0,60}?\b(?:contrat local|cls)\b"
)
""" "Depuis le 5 juillet 2019, l'arrondissement a son contrat local de santé"."""
BINDS = re.compile(
    r"\b(?:contrat|cls)\b[^.;]{0,60}\b(?:(?:engage|lie|unit|reunit)(?:nt)?|(?:est|a ete) (?:officiel|signe)"
    r"|porte la signature d[^.;,]{3,40}) depuis (?:le )?$"
)
PLACE = re.compile(
    r",? ?[-,|(] ?(?:a |a l'|au |dans la )?(?:hotel|mairie|salle|siege|prefecture|sous-prefecture|espace"
    r"|centre|maison|palais|theatre|mediatheque|auditorium)\b.*"
)
""" "12 décembre 2024 – Hôtel de ville", below the heading that tells of a signature: its day and place."""
FOOT = re.compile(r"(?:fait )?(?:a )?[a-z][a-z' -]{2,40}, le $")
CLAUSES = re.compile(
    r"\bil (?:est|a ete) (?:convenu|arrete|expose)\b|\ble present contrat\b|^entre\b", re.MULTILINE
)
"""Words of a contract's own text."""
DELIBERATED = re.compile(
    r"\bapres en avoir delibere\b|\bextrait du registre\b|^deliberation n\b", re.MULTILINE
)
"""The act of a council that allows to sign: the place and day at its foot are its own."""
OURS = re.compile(r"\bcontrat local de sante\b(?! mentale)|\bcls\b")

LATER_ON = re.compile(rf"\b{NUMBER} (?:ans|annees) (?:apres|plus tard)\b")
TO_COME = re.compile(r"\b(?:jusqu'(?:au|en|a)|d'ici|avant|horizon|au|fin|terme|echeance)\b[^.;]{0,12}$")
BORN = re.compile(
    r"\b(?:contrat(?: local de sante)?|cls)\b[^.;:]{0,60}? (?:a|avait) (?:\w+ )?vu le jour,? "
    r"(?:le |en |des )?$"
    r"|\b(?:contrat(?: local de sante)?|cls)\b[^.;:,]{0,40} (?:date|remonte) (?:de |du |a |au )?$"
    r"|^(?:officiellement )?ne (?:le |en )$"
)
""" "Le contrat a vu le jour le 12 mars 2024", where nothing says when it was signed."""


class Ceremonies:
    """Reads the day of a ceremony. ``begin`` and ``end`` are those of the contract's period, where known."""

    def __init__(
        self, page: Page, contract: Contract, attribution: Attribution, begin: str, end: str
    ) -> None:
        self.page, self.contract, self.attribution = page, contract, attribution
        self.begin, self.stop = begin[:4], end[:4]
        self.published = published_on(page)

    def _section_day(self) -> Event | None:
        """ "Provence Alpes Agglomération, 13 décembre 2022": the heading of one contract of several."""
        if not self.contract.several:
            return None
        own = (block for block in self.page.blocks if self.contract.holds(block.start))
        return next((day for block in own if (day := self._headed(block))), None)

    def _headed(self, block: Block) -> Event | None:
        """The day at the end of a heading, after its name."""
        dates = [d for d in find_dates(self.page, block.start, block.end) if len(d.value) > 6]
        if block.kind != "heading" or len(dates) != 1 or dates[0].end != block.end:
            return None
        lead = self.page.folded[block.start : dates[0].start].removesuffix("le ").rstrip()
        named = lead.endswith((",", "-", "(", "|")) and len(lead.split()) < 9
        return (
            self._dated("signature", dates[0], False) if named and self.contract.holds(block.start) else None
        )

    def _since(self) -> Event | None:
        """ "Depuis le 5 juillet 2019, la ville a son contrat": the day from which there is one."""
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            for date in find_dates(self.page, start, end):
                lead = text[: date.start - start]
                has = HAS.search(text) or BINDS.search(lead)
                if (
                    has
                    and len(date.value) > 6
                    and SINCE.search(lead)
                    and not self.attribution.previous(date.start)
                ):
                    return self._dated("signature", date, False)
        return None

    def _born(self) -> Event | None:
        """ "Le contrat a vu le jour le 12 mars 2024": its day, where no word of signing has one."""
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            for date in find_dates(self.page, start, end) if OURS.search(text) else ():
                if BORN.search(text[: date.start - start]) and not self.attribution.previous(
                    date.start, date.end
                ):
                    made = self._dated("signature", date, False)
                    note = "Le texte dit le jour où le contrat « a vu le jour », pas celui de sa signature."
                    return (
                        replace(made, sure=0.65, note=" ".join(n for n in (made.note, note) if n))
                        if made
                        else None
                    )
        return None

    def _foot(self) -> Event | None:
        """ "Mauriac, le 14 décembre 2018": a line of its own below the clauses of a contract."""
        if not CLAUSES.search(self.page.folded) or DELIBERATED.search(self.page.folded):
            return None
        for block in self.page.blocks[-12:]:
            dates = find_dates(self.page, block.start, block.end)
            if len(dates) == 1 and FOOT.fullmatch(self.page.folded, block.start, dates[0].start):
                rest = self.page.text[dates[0].end : block.end].strip(" .")
                if not rest and block.start > 0.6 * len(self.page.text):
                    return self._dated("signature", dates[0], False)
        return None

    def _opening(self) -> Event | None:
        """The day that a text opens with, before it tells of the contract: "Vendredi 7 mars 2025, …"."""
        for block in self.page.blocks[:8]:
            sentences = self.page.sentences_of(block)
            if block.kind != "para" or not OURS.search(self.page.folded, block.start, block.end):
                continue
            for start, end in sentences[:2]:
                text = self.page.folded[start:end]
                dates = [d for d in find_dates(self.page, start, end) if len(d.value) > 6]
                first = bool(dates) and re.fullmatch(
                    r"(?:ce |le |c'est (?:le )?)?", text[: dates[0].start - start]
                )
                taken = any(p.search(text) for p in (VOTE, OTHER, PLAN, LAUNCH))
                if first and len(dates) == 1 and not taken and not self.attribution.previous(start, end):
                    return self._dated("signature", dates[0], False)
            return None
        return None

    def _nearby(self, undated: Event) -> Event | None:
        """The day of a signature that the sentence before it tells, or a heading that is but a date."""
        start, _ = self.page.sentence_at(undated.start)
        at = self.page.block_at(undated.start)
        sentences = [s for s in self.page.sentences_of(self.page.blocks[at]) if s[1] <= start]
        for left, right in sentences[-1:]:
            text = self.page.folded[left:right]
            dates = [d for d in find_dates(self.page, left, right) if len(d.value) > 6]
            taken = VOTE.search(text) or OTHER.search(text) or self.attribution.previous(left, right)
            if len(dates) == 1 and not taken:
                return self._dated("signature", dates[0], False)
        for block in reversed(self.page.blocks[max(at - 4, 0) : at]):
            dates = find_dates(self.page, block.start, block.end)
            if dates and not self.page.text[block.start : dates[0].start].strip():
                alone = not self.page.text[dates[0].end : block.end].strip(" :")
                alone = alone or bool(HOUR.match(self.page.folded, dates[0].end, block.end))
                return self._dated("signature", dates[0], False) if alone else None
        for block in reversed(self.page.blocks[max(at - 2, 0) : at]):
            if headed := self._headed(block):
                return headed
        for block in self.page.blocks[at + 1 : at + 2]:
            dates = find_dates(self.page, block.start, block.end)[:1]
            if dates and PLACE.fullmatch(self.page.folded, dates[0].end, block.end):
                lead = self.page.folded[block.start : dates[0].start]
                return self._dated("signature", dates[0], False) if lead in ("", "le ") else None
        for block in self.page.blocks[at : at + 6]:
            asked = WHEN.match(self.page.folded, block.start, block.end)
            dates = find_dates(self.page, asked.end(), block.end)[:1] if asked else []
            if dates and dates[0].start <= (asked.end() if asked else 0):
                return self._dated("signature", dates[0], True)
        return None

    def _sentences(self) -> list[tuple[int, int]]:
        return [
            (s, e)
            for s, e in self.page.sentences
            if self.contract.holds(s) and not GENERAL.search(self.page.folded[s:e])
        ]

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
                self._following(date) or self._after(date) or self._years_later(date) or self._year(date)
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
