"""The day of a signature that stands apart from the words of signing: before, above, "depuis le"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from cls_graph.drafting.dates import find_dates
from cls_graph.drafting.layout import Block
from cls_graph.drafting.phrases import GENERAL
from cls_graph.drafting.steps import LAUNCH, OTHER, PLAN, VOTE, Event
from cls_graph.drafting.years import Years

HOUR = re.compile(r",? (?:a |de |des )?\d{1,2} ?(?:h\b|heures?\b).*")
"""What may follow a date that stands for the time of a ceremony: "Jeudi 14 mars, 10 h – salle des fêtes"."""
WHEN = re.compile(r"(?:quand|date(?: et heure| et lieu)?) ?[?:] (?:le )?")
QUESTION = re.compile(r"(?:(?:et )?quand(?: (?:a-t-il ete|fut-il) signe)?|(?:depuis|signe) quand) ?\?")
""" "Quand ?", in a page of questions, and the day below it."""
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

BORN = re.compile(
    r"\b(?:contrat(?: local de sante)?|cls)\b[^.;:]{0,60}? (?:a|avait) (?:\w+ )?vu le jour,? "
    r"(?:le |en |des )?$"
    r"|\b(?:contrat(?: local de sante)?|cls)\b[^.;:,]{0,40} (?:date|remonte) (?:de |du |a |au )?$"
    r"|^(?:officiellement )?ne (?:le |en )$"
)
""" "Le contrat a vu le jour le 12 mars 2024", where nothing says when it was signed."""
REAL = re.compile(
    r",? [^.;:]{0,20}?\b(?:contrat(?: local de sante)?|cls)\b[^.;:]{0,90}? (?:est|a ete|devient|devenait) "
    r"(?:\w+ ){0,2}?(?:(?:devenue? )?(?:realite|une realite|officiel|effectif)|ne\b|officialise|scelle)"
)
""" "Mercredi 7 février 2024, le contrat est donc devenu réalité"."""


class Ceremonies(Years):
    """Reads the day of a ceremony."""

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
                real = REAL.match(text, date.end - start) and len(date.value) > 6
                if (real or BORN.search(text[: date.start - start])) and not self.attribution.previous(
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

    def _asked(self) -> Event | None:
        """The answer below "Quand ?", in a page of questions that tells who signed."""
        if not re.search(r"\bsign", self.page.folded):
            return None
        for question, (start, end) in pairwise(self.page.sentences):
            asked = QUESTION.fullmatch(self.page.folded, *question)
            dates = find_dates(self.page, start, end)[:1] if asked else []
            if dates and self.page.folded[start : dates[0].start] in ("", "le ", "c'etait le "):
                return self._dated("signature", dates[0], False)
        return None

    def _sentences(self) -> list[tuple[int, int]]:
        return [
            (s, e)
            for s, e in self.page.sentences
            if self.contract.holds(s) and not GENERAL.search(self.page.folded[s:e])
        ]
