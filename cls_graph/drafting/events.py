"""When a contract was signed, launched, voted; and how far it has come."""

from __future__ import annotations

import re

from cls_graph.drafting.ceremony import DELIBERATED, Ceremonies
from cls_graph.drafting.dates import MONTHS, NUMBER, Date, find_dates
from cls_graph.drafting.layout import fold
from cls_graph.drafting.phrases import OTHER_OBJECT
from cls_graph.drafting.steps import ASSEMBLY, AUTHORISED, HELD, LAUNCH, OTHER, PLAN, SIGN, VOTE, Event

NOMINAL = re.compile(
    r"\bsignature (?:officielle )?(?:du|de ce|d'un|de son) (?:\w+ ){0,2}(?:contrat|cls)\b"
    rf"|\b{NUMBER} (?:signatures|paraphes|parapheurs)\b"
    r"|^(?:ceremonie de )?signature(?: officielle| solennelle)?(?: (?:a|au|en) [^.;:]{3,40})?$"
)
IT = re.compile(r"(?:il|celui-ci|ce dernier) (?:a|est|fut)\b")
OF_FIRST = re.compile(
    r"\b(?:premier|1er|precedent|ancien)(?: (?:contrat|cls)(?: local de sante)?)?,?"
    r" (?:signe|conclu|paraphe)[^,.;]{0,20}$"
)
"""A date of the contract before this one."""
OF_SIGNING = re.compile(r",? (?:date|jour) de (?:sa|la) signature\b")
""" "Depuis le 3 mars 2023, date de sa signature"."""
ON_THE_DAY = re.compile(
    r"(?: (?:officielle )?(?:du|de ce|de son) (?:contrat|cls)[^.;,]{0,50})?,? (?:intervenue )?(?:le |en )"
    rf"(?:\d|[a-z]+di \d|(?:{'|'.join(MONTHS)}) 20\d\d|20\d\d)"
)
""" "Depuis sa signature, le 3 mars 2023", "depuis la signature du contrat, en mars 2023"."""
BROUGHT = re.compile(r"\bsignature\b[^.;,]{0,80}\ba $")
""" "La signature du contrat a réuni élus et partenaires"."""
ANOTHER = re.compile(
    r"\b(?:charte|convention|lettre d'intention|declaration d'\w+|petition)\b"
    r"(?:(?!\bcontrat\b|\bcls\b)[^;])*$"
)
""" "La charte a été signée le 5 mars": what is signed there is no contract."""
ASIDE = re.compile(
    r", (?:(?:dont|qui|que)\b|(?:[\w-]+ )?(?:ans?|annees?|mois|semaines|jours) (?:apres|avant)\b)[^,;.]*,"
)
""" "Un contrat, dont l'exécution va jusqu'en 2028, a été signé": what is told by the way."""
APPLYING = re.compile(
    r"(?:,? [\w']+){0,6}?,? (?:la|une|sa|cette|leur|son|un) (?:propre )?"
    r"(?:convention (?:de mise en œuvre|d'application|particuliere|specifique|annuelle|de financement"
    r"|d'objectifs)|avenant)\b"
)
""" "Bréhat a signé à son tour la convention de mise en œuvre du contrat": that comes after it."""
ASKED_TO = re.compile(r"\b(?:invit|convi)\w*\b[^.;]{0,40} a (?:la|sa) (?:ceremonie de )?$")
""" "La Ville vous convie à la signature du contrat, le 12 décembre"."""
AS_EARLY_AS = re.compile(r"\b(?:a|ont|avai(?:en)?t),? des (?:le )?$")
CONCLUDED = re.compile(r",? (?:\w+ ){0,2}(?:co-?)?(?:sign|conclu|paraph)")
AMENDED = re.compile(r",? (?:et|puis) [^.;,]{0,30}\bavenant\b.*")
DATELINE = re.compile(r"[a-z][a-z' -]{1,40},? (?:le )?")
""" "Pau, le 6 mars 2024 – La Ville a signé hier …"."""
OF_YEAR = re.compile(r"\b(?:fin|debut) (?:d'|de l')annee $")
THEY = re.compile(r" qui (?:l[ea]s? |l'|y )?[a-z-]+ent\b")
""" "Le 24 novembre, A et les communes qui la composent ont signé": what is said of them by the way."""
UNTIL_DAY = re.compile(r" (?:au|jusqu'au) (?:\d{1,2}|1er|" + "|".join(MONTHS) + r")\b")
FROM_DAY = re.compile(r"\bd[ue] (?:\d{1,2} |1er )?(?:" + "|".join(MONTHS) + r") 20\d\d (?:au|a|jusqu'au) $")
"""Around the days of a period: "du 1er janvier 2023 au 31 décembre 2027"."""


class EventReader(Ceremonies):
    """Reads the steps of one contract."""

    def signature(self) -> Event | None:
        """The signature of the contract: dated where a date is its own, else undated where it is said."""
        if self.contract.signed is not None:
            return self._dated("signature", self.contract.signed, False)
        best: tuple[float, Event] | None = None
        undated: list[Event] = []
        noted: Event | None = None
        said = False
        deliberated = DELIBERATED.search(self.page.folded)
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            told = self.page.folded[max(0, start - 200) : start]
            marks = [m for m in SIGN.finditer(text) if not self._off(text, m, told)]
            if not marks or (
                OTHER_OBJECT.search(AMENDED.sub("", text))
                and not re.search(r"contrat local de sante(?! mentale)|\bcls\b", text)
            ):
                continue
            if start < 0.6 * len(self.page.text):
                marks = [m for m in marks if not m.group().startswith("a ")]  # a dateline, not the close
            if deliberated:
                marks = [m for m in marks if not m.group().startswith(("a ", "fait"))]
            marks = [m for m in marks if not self.attribution.previous(start + m.start(), start + m.end())]
            if not marks:
                continue
            planned = bool(PLAN.search(text)) and not re.search(r"\b(?:ont|a) (?:ete )?(?:\w+ )?sign", text)
            held = bool(HELD.search(text))
            said = said or (held and not planned)
            if held and not planned and re.search(r"contrat|\bcls\b|document", text):
                undated.append(
                    Event("signature", start + marks[0].start(), start + marks[0].end(), sure=0.85)
                )
            if NOMINAL.search(text) and noted is None:
                noted = Event("signature", start + marks[0].start(), start + marks[0].end(), sure=0.7)
            dates = find_dates(self.page, start, end)
            if len(dates) > 1 and any(d.relative for d in dates) and self._dateline(start, dates[0]):
                dates = dates[1:]
            for date in dates:
                if OF_FIRST.search(text, 0, date.start - start):
                    continue
                score = self._binding(start, text, date, marks)
                if score <= 0:
                    continue
                made = self._dated("signature", date, planned)
                if made is None:
                    continue
                score += 0.1 * (len(made.stated) if made.stated[:2] != "--" or made.inferred else 2)
                if best is None or score > best[0]:
                    best = (score, made)
        if best is not None:
            return self._fuller(best[1])
        if foot := self._foot():
            return foot
        if undated:
            near = next((day for one in undated if (day := self._nearby(one))), None)
            return self._since() or near or self._opening() or self._born() or self._asked() or undated[0]
        near = self._nearby(noted) if noted else None
        opening = self._opening() if said else None
        return self._section_day() or self._since() or near or opening or self._born() or self._asked()

    def _fuller(self, signed: Event) -> Event:
        """ "Le contrat signé en 2021 … C'est le 24 novembre 2021 qu'ils l'avaient signé": the day."""
        if len(signed.stated) != 4 or not signed.stated.isdigit():
            return signed
        for start, end in self._sentences():
            text = self.page.folded[start:end]
            marks = list(SIGN.finditer(text))
            for date in find_dates(self.page, start, end) if marks else ():
                day = len(date.value) == 10 and date.value.startswith(signed.stated)
                if day and self._binding(start, text, date, marks) > 0:
                    return self._dated("signature", date, signed.planned) or signed
        return signed

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

    def _off(self, text: str, match: re.Match[str], told: str) -> bool:
        """Not a signing: a vote, a wish, a refusal, the word "signataires". ``told``: what stands before."""
        before = text[max(0, match.start() - 70) : match.start()]
        if re.search(r"\bn'(?:a|ont|est) |\bne \w+ pas|sans $", before[-22:]):
            return True
        if APPLYING.match(text, match.end()):
            return True
        if match.group().startswith("conclu") and not re.search(r"contrat|\bcls\b", text):
            return not (IT.match(text) and re.search(r"contrat|\bcls\b", told))
        if match.group() in ("signee", "paraphee") and ANOTHER.search(text, 0, match.start()):
            return True
        if match.group() == "signature" and before.endswith(("depuis la ", "depuis sa ")):
            return not ON_THE_DAY.match(text, match.end())
        if match.group() == "signature" and ASKED_TO.search(before):
            return False
        if match.group() in ("signer",) or match.group() == "signature":
            return bool(
                re.search(
                    r"\b(?:autoris\w+|habilit\w+|invit\w+|propos\w+|mandat\w+|delibere|"
                    r"appel\w+ a|en vue de)\b[^.;]{0,60}$|\b(?:avant|depuis|apres)\b[^.;,]{0,60}$"
                    r"|\bdes (?:la |sa )?$",
                    before,
                )
            )
        return False

    def _dateline(self, start: int, date: Date) -> bool:
        lead = DATELINE.fullmatch(self.page.folded, start, date.start)
        return bool(lead) and self.page.folded[date.end : date.end + 3].lstrip().startswith(("-", ":", "."))

    def _binding(self, start: int, text: str, date: Date, marks: list[re.Match[str]]) -> float:
        """How surely a date is that of a signing word of its sentence; 0 where it belongs to another word."""
        at, upto = date.start - start, date.end - start
        if re.search(
            r"\b(?:s'acheve\w*|s'achevant|prend\w* fin|expire\w*|se termine\w*|terme [\w' ]{0,20}|echeance "
            r"[\w' ]{0,20}|"
            r"jusqu'(?:au|en|a)|a compter du|a partir d[eu]|(?<!signe )(?<!signee )depuis(?: le)?|des|des le|"
            r"deliberation n?.{0,18}du|(?:conseil|seance|comite|commission)[\w' ]{0,25} du|"
            r"(?<!en )date du|horizon|avant(?: le)?|d'ici(?: a)?|(?<!fin d')(?<!fin de l')(?<!debut d')"
            r"annees?|vigueur (?:le|au|en)|effet (?:le|au|en)|pris fin)(?: le| au| en| a)? ?$",
            text[:at],
        ) and not (
            OF_SIGNING.match(text[upto:]) or (AS_EARLY_AS.search(text[:at]) and CONCLUDED.match(text[upto:]))
        ):
            return 0
        if UNTIL_DAY.match(text[upto:]) or FROM_DAY.search(text[:at]):
            return 0
        for aside in ASIDE.finditer(text):
            if not aside.start() < at < aside.end():
                text = text[: aside.start()] + " " * len(aside.group()) + text[aside.end() :]
        rivals: list[tuple[int, int, str]] = []
        for pattern, name in ((SIGN, "sign"), (VOTE, "vote"), (OTHER, "other"), (LAUNCH, "other")):
            for match in marks if pattern is SIGN else pattern.finditer(text):
                distance = at - match.end() if match.end() <= at else match.start() - upto + 40
                if match.start() < upto and match.end() > at:
                    continue
                if match.group() == "reuni" and BROUGHT.search(text, 0, match.start()):
                    continue
                crossing = text[match.end() : at] if match.end() <= at else text[upto : match.start()]
                plain = re.sub(r"\b[A-ZÀ-Ý][\w’'-]*", "", self._shown(start, text, match, at, upto))
                if re.search(
                    r" (?!president|vice-president|avaient)[a-z-]{4,}(?<!m)ent\b", THEY.sub("", fold(plain))
                ):
                    distance += 90
                    name = "other"
                distance += 45 * len(re.findall(r";|, (?:puis|et|avant|apres)|\bpuis\b", crossing))
                rivals.append((distance, 0 if name == "sign" else 1, name))
        if not rivals or min(rivals)[2] != "sign":
            return 0
        if not date.value and not self.published and not date.relative.startswith("+"):
            return 0
        if (
            len(date.value) == 4
            and not OF_YEAR.search(text, 0, at)
            and re.search(r"\b(?:periode|annee|plan|projet|objectif)\b[^,;]{0,25}$", text[:at])
        ):
            return 0
        return 3 - min(rivals)[0] / 200 + (0.6 if date.value else -1)

    def _shown(self, start: int, text: str, match: re.Match[str], at: int, upto: int) -> str:
        """The words between a signing word and a date, in their own letters."""
        left, right = (match.end(), at) if match.end() <= at else (upto, match.start())
        return self.page.text[start + left : start + right]
