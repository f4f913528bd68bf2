"""When a contract was signed, launched, voted; and how far it has come."""

from __future__ import annotations

import re

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import NUMBER, Date, find_dates, relative_date, with_weekday
from cls_graph.drafting.layout import Page, fold
from cls_graph.drafting.phrases import GENERAL, OTHER_OBJECT
from cls_graph.drafting.publication import published_on
from cls_graph.drafting.steps import ASSEMBLY, AUTHORISED, HELD, LAUNCH, OTHER, PLAN, SIGN, VOTE, Event

NOMINAL = re.compile(
    r"\bsignature (?:officielle )?(?:du|de ce|d'un|de son) (?:\w+ ){0,2}(?:contrat|cls)\b"
    rf"|\b{NUMBER} (?:signatures|paraphes|parapheurs)\b"
)
HOUR = re.compile(r",? (?:a |de |des )?\d{1,2} ?(?:h\b|heures?\b).*")
"""What may follow a date that stands for the time of a ceremony: "Jeudi 14 mars, 10 h – salle des fêtes"."""
WHEN = re.compile(r"(?:quand|date(?: et heure| et lieu)?) ?[?:] (?:le )?")

OF_FIRST = re.compile(
    r"\b(?:premier|1er|precedent|ancien) (?:contrat|cls)(?: local de sante)?,?"
    r" (?:signe|conclu|paraphe)[^,.;]{0,20}$"
)
"""A date of the contract before this one."""


class EventReader:
    """Reads the steps of one contract. ``begin`` is the first year of its period, where known."""

    def __init__(
        self, page: Page, contract: Contract, attribution: Attribution, begin: str, end: str
    ) -> None:
        self.page, self.contract, self.attribution = page, contract, attribution
        self.begin, self.stop = begin[:4], end[:4]
        self.published = published_on(page)

    def signature(self) -> Event | None:
        """The signature of the contract: dated where a date is its own, else undated where it is said."""
        best: tuple[float, Event] | None = None
        undated: Event | None = None
        noted: Event | None = None
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            marks = [m for m in SIGN.finditer(text) if not self._off(text, m)]
            if not marks or (
                OTHER_OBJECT.search(text)
                and not re.search(r"contrat local de sante(?! mentale)|\bcls\b", text)
            ):
                continue
            if start < 0.6 * len(self.page.text):
                marks = [m for m in marks if not m.group().startswith("a ")]  # a dateline, not the close
            marks = [m for m in marks if not self.attribution.previous(start + m.start(), start + m.end())]
            if not marks:
                continue
            planned = bool(PLAN.search(text)) and not re.search(r"\b(?:ont|a) (?:ete )?(?:\w+ )?sign", text)
            held = bool(HELD.search(text))
            if held and not planned and undated is None and re.search(r"contrat|\bcls\b|document", text):
                undated = Event("signature", start + marks[0].start(), start + marks[0].end(), sure=0.85)
            if NOMINAL.search(text) and noted is None:
                noted = Event("signature", start + marks[0].start(), start + marks[0].end(), sure=0.7)
            for date in find_dates(self.page, start, end):
                if OF_FIRST.search(text, 0, date.start - start):
                    continue
                score = self._binding(start, text, date, marks)
                if score <= 0:
                    continue
                made = self._dated("signature", date, planned)
                if made is None:
                    continue
                score += 0.1 * len(made.stated)
                if best is None or score > best[0]:
                    best = (score, made)
        if best is None and undated is not None:
            return self._nearby(undated) or undated
        if best is None and noted is not None:
            return self._nearby(noted)
        return best[1] if best else None

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
        for block in self.page.blocks[at : at + 6]:
            asked = WHEN.match(self.page.folded, block.start, block.end)
            dates = find_dates(self.page, asked.end(), block.end)[:1] if asked else []
            if dates and dates[0].start <= (asked.end() if asked else 0):
                return self._dated("signature", dates[0], True)
        return None

    def others(self) -> list[Event]:
        """Launch and votes that the text dates."""
        found: list[Event] = []
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            if not re.search(r"contrat|\bcls\b", text):
                continue
            for date in find_dates(self.page, start, end):
                if self.attribution.previous(date.start, date.end) or not date.value:
                    continue
                vote = VOTE.search(text) and ASSEMBLY.search(text)
                before = text[: date.start - start]
                if (
                    vote
                    and not any(e.type == "deliberation" for e in found)
                    and (not SIGN.search(before[-40:]))
                ):
                    found.append(Event("deliberation", date.start, date.end, date.value, sure=0.85))
                elif (
                    LAUNCH.search(text)
                    and not SIGN.search(text)
                    and not VOTE.search(text)
                    and not OTHER.search(before[-40:])
                    and re.search(
                        r"(?:ont|a|est|ete) (?:\w+ )?lance\w* (?:\w+ ){0,5}(?:contrat|cls)|"
                        r"lancement du (?:\w+ ){0,4}(?:contrat|cls)",
                        text,
                    )
                    and not any(e.type == "launch" for e in found)
                ):
                    launch = self._dated("launch", date, False)
                    if launch:
                        found.append(launch)
        return found

    def status(self, signed: Event | None, events: list[Event]) -> tuple[str, tuple[int, int]] | None:
        """How far the contract has come, and the words that say so."""
        if signed and not signed.planned:
            return "signed", (signed.start, signed.end)
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            if match := AUTHORISED.search(text):
                return "authorised", (start + match.start(), start + match.end())
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            match = re.search(
                r"\b(?:ont|a|est|ete) (?:\w+ ){0,2}lance\w*(?= (?:\w+ ){0,4}(?:contrat|cls))|"
                r"\blancement du (?:\w+ ){0,3}(?:contrat|cls)",
                text,
            )
            if match:
                return "launched", (start + match.start(), start + match.end())
        for start, end in self._sentences():
            match = re.search(
                r"\bpropos\w+ de signer|\b(?:sera|doit etre|devrait etre|va etre) (?:\w+ "
                r")?signe\w*|\bsoumis (?:au vote|a l'approbation)|\bcontrat propose",
                self.page.folded[start:end],
            )
            if match:
                return "proposed", (start + match.start(), start + match.end())
        return ("proposed", (signed.start, signed.end)) if signed else None

    # --- inside

    def _sentences(self) -> list[tuple[int, int]]:
        return [
            (s, e)
            for s, e in self.page.sentences
            if self.contract.holds(s) and not GENERAL.search(self.page.folded[s:e])
        ]

    def _off(self, text: str, match: re.Match[str]) -> bool:
        """Not a signing: a vote to sign, a wish, a refusal, the word "signataires"."""
        before = text[max(0, match.start() - 70) : match.start()]
        if re.search(r"\bn'(?:a|ont|est) |\bne \w+ pas|sans $", before[-22:]):
            return True
        if match.group().startswith("conclu") and not re.search(r"contrat|\bcls\b", text):
            return True
        if match.group() in ("signer",) or match.group() == "signature":
            return bool(
                re.search(
                    r"\b(?:autoris\w+|habilit\w+|invit\w+|propos\w+|mandat\w+|delibere|"
                    r"appel\w+ a|avant|depuis|apres|en vue de)\b[^.;]{0,60}$|\bdes (?:la |sa )?$",
                    before,
                )
            )
        return False

    def _binding(self, start: int, text: str, date: Date, marks: list[re.Match[str]]) -> float:
        """How surely a date is that of a signing word of its sentence; 0 where it belongs to another word."""
        at, upto = date.start - start, date.end - start
        if re.search(
            r"\b(?:s'acheve\w*|s'achevant|prend\w* fin|expire\w*|se termine\w*|terme [\w' ]{0,20}|echeance "
            r"[\w' ]{0,20}|"
            r"jusqu'(?:au|en|a)|a compter du|a partir d[eu]|depuis(?: le)?|des|des le|"
            r"deliberation n?.{0,18}du|(?:conseil|seance|comite|commission)[\w' ]{0,25} du|"
            r"date du|horizon|avant(?: le)?|d'ici(?: a)?|annees?|vigueur (?:le|au|en))(?: le| au| en| a)? ?$",
            text[:at],
        ):
            return 0
        rivals: list[tuple[int, int, str]] = []
        for pattern, name in ((SIGN, "sign"), (VOTE, "vote"), (OTHER, "other"), (LAUNCH, "other")):
            for match in marks if pattern is SIGN else pattern.finditer(text):
                distance = at - match.end() if match.end() <= at else match.start() - upto + 40
                if match.start() < upto and match.end() > at:
                    continue
                crossing = text[match.end() : at] if match.end() <= at else text[upto : match.start()]
                plain = re.sub(r"\b[A-ZÀ-Ý][\w’'-]*", "", self._shown(start, text, match, at, upto))
                if re.search(r" (?!president|vice-president)[a-z-]{4,}(?<!m)ent\b", fold(plain)):
                    distance += 90
                    name = "other"
                distance += 45 * len(re.findall(r";|, (?:puis|et|avant|apres)|\bpuis\b", crossing))
                rivals.append((distance, 0 if name == "sign" else 1, name))
        if not rivals or min(rivals)[2] != "sign":
            return 0
        if not date.value and not self.published:
            return 0
        if len(date.value) == 4 and re.search(
            r"\b(?:periode|annee|plan|projet|objectif)\b[^,;]{0,25}$", text[:at]
        ):
            return 0
        return 3 - min(rivals)[0] / 200 + (0.6 if date.value else -1)

    def _shown(self, start: int, text: str, match: re.Match[str], at: int, upto: int) -> str:
        """The words between a signing word and a date, in their own letters."""
        left, right = (match.end(), at) if match.end() <= at else (upto, match.start())
        return self.page.text[start + left : start + right]

    def _dated(self, kind: str, date: Date, planned: bool) -> Event | None:
        note = ""
        inferred = ""
        if not date.value:
            inferred = relative_date(date, self.published)
            if not inferred:
                return None
            shown = self.page.text[date.start : date.end]
            note = f"« {shown} », dans un texte daté du {self.published} : le jour en est déduit."
        elif date.value.startswith("--"):
            inferred, note = self._following(date) or self._year(date)
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

    def _year(self, date: Date) -> tuple[str, str]:
        """The full date of a day whose year is not written: by the publication, the weekday, the period."""
        if self.published:
            year = int(self.published[:4])
            full = f"{year}{date.value[1:]}"
            full = full if full <= self.published else f"{year - 1}{date.value[1:]}"
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
        return "", "Année non écrite."
