"""What is said of a contract and what of an earlier one: its rank, the passages about it."""

from __future__ import annotations

import re

from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.layout import Page

ORDINAL = re.compile(
    r"\b(?P<nth>premier|1er|deuxieme|second|2e|2eme|2nd|troisieme|3e|3eme|quatrieme|4e|4eme|"
    r"cinquieme|5e|5eme)(?: (?:nouveau|et dernier))? (?:contrat|cls)\b(?! d(?:e |')(?:ville|"
    r"objectif))"
    r"|\b(?:cls|contrat local de sante)(?: \(cls\))? ?(?:n ?°? ?)?(?P<num>[1-6]|iii|ii|iv)\b(?![\d/.-])"
    r"|\b(?P<gen>premiere|1ere|deuxieme|seconde|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme) generation"
    r"|\b(?:contrat|cls)[^.;]{0,40}, (?:le |la )(?P<app>premier|deuxieme|second|troisieme|"
    r"quatrieme)\b(?: du (?:genre|nom)| depuis| pour| de la| sur)"
    r"|\ble (?P<alone>deuxieme|second|troisieme|quatrieme)(?= (?:vient|a ete|est|sera|couvre|court)\b)"
    r"|\b(?P<after>deuxieme|second|troisieme|quatrieme) (?:du nom|edition)"
)
RANKS = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1,
    "deuxieme": 2, "second": 2, "seconde": 2, "2e": 2, "2eme": 2, "2nd": 2, "ii": 2,
    "troisieme": 3, "3e": 3, "3eme": 3, "iii": 3, "quatrieme": 4, "4e": 4, "4eme": 4, "iv": 4,
    "cinquieme": 5, "5e": 5, "5eme": 5,
}  # fmt: skip  # fmt: skip
_AS_ONE = (
    r"(?=,| \(20\d\d| (?:a|avait|est|etait|s'est|s'etait|liait|courait|couvrait|portait|comptait|durait"
    r"|signee?|conclue?|datee?|arriv\w+)\b)"
)
""" "Le précédent, signé en 2020, …": the contract before, whatever it is called."""
LATER = re.compile(
    rf"\b(?:le precedent|la precedente){_AS_ONE}"
    r"|\b(?:renouvel\w+|le second (?:vient|a ete|est)|nouveau (?:contrat|cls)|succede|fait suite (?:au|a "
    r"un) (?:premier|"
    r"precedent)|(?:contrat|cls) precedent|precedent (?:contrat|cls)|(?:deuxieme|second|"
    r"troisieme|2e|3e) (?:contrat|cls)|sign\w+ le (?:deuxieme|second|troisieme)\b"
    r"|(?:deuxieme|seconde|2e|troisieme) generation|prend la "
    r"suite|reconduit|cls ?[23]\b|remplac\w+ (?:le |un |l')(?:contrat|cls)|fait suite au (?:contrat|cls)"
    r"|dans la (?:continuite|lignee) du (?:contrat|cls))"
)
NOUN = re.compile(
    r"(?P<pre>(?:\b[\w']+ ){0,3})\b(?P<head>contrats? loca(?:l|ux) de sante|contrat|cls|mouture|edition|"
    r"(?:(?<=le )|(?<=au )|(?<=du ))(?:premier|deuxieme|second|troisieme|precedent)(?=,| \(20\d\d| (?:a|"
    r"avait|est|etait|liait|contrat|courait|couvrait|signe|conclu|date)\b)"
    rf"|(?<=la )precedente{_AS_ONE}|(?<=le )precedent{_AS_ONE})"
    r"(?P<post>(?: local de sante)?(?: \(cls\))?(?: ?n?°? ?[1-6]\b)?(?: precedent| initial| "
    r"actuel| anterieur| de (?:premiere|deuxieme|seconde|troisieme|nouvelle) "
    r"generation)?(?:,? (?:pour |sur )?(?:la periode |les annees )?\(?20\d\d ?[-/a] "
    r"?20\d\d\)?)?)"
)
BEFORE_WORDS = re.compile(r"\b(?:precedent\w*|ancien\w*|anterieur\w*|initial\w*|dernier (?=contrat|cls))")
SUCCEEDED = re.compile(
    r"\b(?:succed\w+ (?:au|a l'|a un) ?|(?:suite|continuite|lignee) (?:au|du|a un|d'un) "
    r"|remplac\w+ (?:le |un |l')?|prend le relais du )(?=contrat|cls)"
)
""" "Il succède au contrat 2019-2024 et courra jusqu'en 2029": what stands after is of the new one."""
GOES_ON = re.compile(
    r"(?:prevu|conclu|signe|etabli|concu|valable|prolonge|proroge)\b[^.;,]{0,40}, il |(?:il|celui-ci) "
)
APPOSED = re.compile(r",? (?:le |son |leur |tout )+premier\b")
COMPARED = re.compile(r"\b(?:que le|au|du) (?:precedent|premier|dernier)\b(?! \w)")
EARLIER = re.compile(
    r"\b(?:ancien|anterieur)s? (?:contrat|cls)|\b(?:contrat|cls)[^.;:,]{0,30} (?:expire|echu|caduc)"
    r"|\bavai(?:en)?t (?:deja )?(?:co-?)?(?:sign|paraph|conclu)\w* (?:le|un) (?:precedent|premier|ancien)"
    r"|\bsignataires (?:du|de ce|de l')\s?(?:premier|precedent|ancien)[^.;]{0,40}\betaient\b"
)
NEW_WORDS = re.compile(r"\b(?:nouveau|nouvelle|ce\b|present|actuel)")
COMING = re.compile(
    r"\b(?:en (?:cours de )?(?:preparation|elaboration|gestation|construction|projet)|a venir|prochain"
    r"|future?|"
    r"envisag\w+|se prepare|verra le jour|devrait|pourrait)\b"
)
SIGNED = re.compile(r"\b(?:a|ont|ete|vient|viennent)\b[^.;]{0,40}\bsign")


def ordinal_of(page: Page, contract: Contract) -> tuple[int, tuple[int, int]] | None:
    """The rank of the contract, and where it is said: the highest; a first one only while it lasts."""
    found: list[tuple[int, tuple[int, int]]] = []
    for match in ORDINAL.finditer(page.folded):
        word = next(w for w in match.groups() if w)
        rank = RANKS.get(word) or (int(word) if word.isdigit() else 0)
        if contract.holds(match.start()) or not contract.several:
            found.append((rank, match.span()))
    if not found:
        return None
    now = [f for f in found if not _coming(page, f[1][0])]
    found = now or found  # a third one "en préparation" is not the contract that was signed
    best = max(found, key=lambda f: (f[0], -f[1][0]))
    if best[0] == 1 and LATER.search(contract.told(page.folded)):
        return None
    return best


def _coming(page: Page, position: int) -> bool:
    """Whether a sentence speaks of a contract that is still in the making."""
    start, end = page.sentence_at(position)
    return bool(COMING.search(page.folded, start, end)) and not SIGNED.search(page.folded, start, end)


class Attribution:
    """Tells, for a position, whether the text speaks of this contract or of an earlier one."""

    def __init__(self, page: Page, contract: Contract, ordinal: int, begin: str) -> None:
        self.page, self.ordinal, self.begin = page, ordinal, begin[:4]
        later = LATER.search(contract.told(page.folded))
        self.earlier = ordinal > 1 or bool(later) or self._told_of_one()

    def _told_of_one(self) -> bool:
        """Whether a first contract is dated two years or more before this one begins."""
        firsts = re.finditer(
            r"\b(?:premier|1er|ancien|precedent) (?:contrat|cls)\b[^.;]{0,60}?\b(20\d\d)\b", self.page.folded
        )
        ended = (
            re.search(r"(20\d\d) ?[-/a] ?(20\d\d)", m.group("post")) for m in NOUN.finditer(self.page.folded)
        )
        return bool(self.begin) and (
            any(int(m.group(1)) <= int(self.begin) - 2 for m in firsts)
            or any(int(m.group(2)) <= int(self.begin) for m in ended if m)
        )

    def previous(self, position: int, end: int = 0) -> bool:
        """Whether what stands at a position (up to ``end``) is said of an earlier contract."""
        start, stop = self.page.sentence_at(position)
        text = self.page.folded
        if not self.earlier and not EARLIER.search(text, start, stop):
            return False
        before = [m for m in NOUN.finditer(text, start, stop) if m.start("head") <= position]
        own = next((m for m in before if m.end("head") < position < m.end()), None)
        if own and not APPOSED.match(text, own.end(), stop):
            return bool(self._verdict(own))
        after = list(NOUN.finditer(text, position, min(stop, max(end, position) + 70)))
        near = text[max(start, position - 4) : max(end, position + 45)]
        year = re.search(r"\b(20\d\d)\b(?! ?[-/a] ?20)", text[position : max(end, position + 45)])
        if year and self.begin and int(year.group(1)) <= int(self.begin) - 2:
            return True
        if re.search(
            r"\bavai(?:en)?t (?:(?:deja|egalement|aussi|elle|eux|elles|lui|memes?) ){0,3}(?:ete )?"
            r"(?:co-?)?(?:sign|conclu|paraph|souscri)|"
            r"\bliai(?:en)?t\b|\betaient signataires"
            r"|\bsignataires (?:du|de ce|de l')\s?(?:premier|precedent|ancien)|\bavait ete (?:co)?signe",
            text[max(start, position - 30) : position + 45],
        ):
            return True
        object_of = [m for m in after if m.start("head") - max(end, position) <= 25]
        before = [m for m in before if m.end() > position or not SUCCEEDED.search(m.group())]
        for match in [*object_of, *reversed(before), *after]:
            verdict = self._verdict(match)
            if verdict is not None:
                return verdict
        lead = text[start : start + 45]
        near_before = text[max(0, start - 90) : start]
        # "plus ambitieux que le précédent. Celui-ci, signé en 2018, comptait 22 actions."
        if re.match(r"(?:celui-ci|ce dernier|ce premier)\b", lead) and COMPARED.search(near_before):
            return True
        if (
            re.match(r"(?:il|celui-ci|ce dernier|ce premier|ses signataires|ses axes|signe|y |ces )", lead)
            and start > 0
            and re.search(
                r"\b(?:etai(?:en)?t|avai(?:en)?t|portait|courait|comptait|reunissait|associait)\b",
                near + lead,
            )
        ):
            earlier = list(NOUN.finditer(text, max(0, start - 300), start))
            return bool(earlier) and bool(self._verdict(earlier[-1]))
        if GOES_ON.match(lead):
            # "Ils paraphaient un premier contrat. Prévu pour trois ans, il aura été prorogé."
            told = list(NOUN.finditer(text, max(0, start - 300), start))
            return (
                bool(told)
                and text[told[-1].end() : start].strip(" .\n") == ""
                and bool(self._verdict(told[-1]))
            )
        return False

    def _verdict(self, match: re.Match[str]) -> bool | None:
        words = match.group()
        if BEFORE_WORDS.search(words) or SUCCEEDED.search(words):
            return True
        rank = ORDINAL.search(words + " ") or re.search(
            r"\b(?P<nth>premiere?|deuxieme|seconde?|troisieme)\b", words
        )
        if rank:
            word = next(w for w in rank.groups() if w)
            value = RANKS.get(word) or (int(word) if word.isdigit() else 0)
            return value < self.ordinal or (value == 1 and self.earlier)
        years = re.search(r"(20\d\d) ?[-/a] ?(20\d\d)", words)
        if years and self.begin:
            return int(years.group(2)) <= int(self.begin)
        if NEW_WORDS.search(words):
            return False
        return None
