"""What is said of a contract and what of an earlier one: its rank, its period, the passages about it."""

from __future__ import annotations

import re

from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import Span
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
LATER = re.compile(
    r"\b(?:renouvel\w+|le second (?:vient|a ete|est)|nouveau (?:contrat|cls)|succede|fait suite (?:au|a "
    r"un) (?:premier|"
    r"precedent)|(?:contrat|cls) precedent|precedent (?:contrat|cls)|(?:deuxieme|second|"
    r"troisieme|2e|3e) (?:contrat|cls)|(?:deuxieme|seconde|2e|troisieme) generation|prend la "
    r"suite|reconduit|cls ?[23]\b)"
)
NOUN = re.compile(
    r"(?P<pre>(?:\b[\w']+ ){0,3})\b(?P<head>contrats? loca(?:l|ux) de sante|contrat|cls|mouture|edition|"
    r"(?:(?<=le )|(?<=au )|(?<=du ))(?:premier|deuxieme|second|troisieme|precedent)(?=,| (?:a|"
    r"avait|est|etait|liait|contrat|courait|couvrait|signe|conclu|date)\b))"
    r"(?P<post>(?: local de sante)?(?: \(cls\))?(?: ?n?°? ?[1-6]\b)?(?: precedent| initial| "
    r"actuel| anterieur| de (?:premiere|deuxieme|seconde|troisieme|nouvelle) "
    r"generation)?(?:,? (?:pour |sur )?(?:la periode |les annees )?\(?20\d\d ?[-/a] "
    r"?20\d\d\)?)?)"
)
BEFORE_WORDS = re.compile(r"\b(?:precedent\w*|ancien\w*|anterieur\w*|initial\w*|dernier (?=contrat|cls))")
COMPARED = re.compile(r"\b(?:que le|au|du) (?:precedent|premier|dernier)\b(?! \w)")
EARLIER = re.compile(
    r"\b(?:ancien|anterieur)s? (?:contrat|cls)|\b(?:contrat|cls)[^.;:,]{0,30} (?:expire|echu|caduc)"
    r"|\bsignataires (?:du|de ce|de l')\s?(?:premier|precedent|ancien)[^.;]{0,40}\betaient\b"
)
NEW_WORDS = re.compile(r"\b(?:nouveau|nouvelle|ce\b|present|actuel)")
OTHER = re.compile(
    r"\b(?:projets? regiona(?:l|ux) de sante|prs\b|contrats? de ville|schema\w*|programme "
    r"national|programme regional|programme (?=\w+ $)|leader|feder|projets? territoria(?:l|ux)|ptsm"
    r"|conventions?|feuille de route|strategie|projet de territoire|mandat|crte"
    r"|plan (?!d'actions?)\w+|plan$|evaluation|diagnostic|enquete|cooper\w+|financ\w+|"
    r"subvention\w*|euros?|€|poste|recrut\w+|crise|covid|depuis|il y a|loi\b|decret|code de "
    r"la sante|contrat local de sante mentale|cpom|pacte|pcaet|plh|siecle|travail|"
    r"concertation|elaboration|reflexion|preparation|gestation|apres)\b"
)


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
        return bool(self.begin) and any(int(m.group(1)) <= int(self.begin) - 2 for m in firsts)

    def previous(self, position: int, end: int = 0) -> bool:
        """Whether what stands at a position (up to ``end``) is said of an earlier contract."""
        start, stop = self.page.sentence_at(position)
        text = self.page.folded
        if not self.earlier and not EARLIER.search(text, start, stop):
            return False
        before = [m for m in NOUN.finditer(text, start, stop) if m.start("head") <= position]
        after = list(NOUN.finditer(text, position, min(stop, max(end, position) + 70)))
        near = text[max(start, position - 4) : max(end, position + 45)]
        year = re.search(r"\b(20\d\d)\b(?! ?[-/a] ?20)", text[position : max(end, position + 45)])
        if year and self.begin and int(year.group(1)) <= int(self.begin) - 2:
            return True
        if re.search(
            r"\bavai(?:en)?t (?:deja )?(?:ete )?(?:co-?)?(?:sign|conclu|paraph)|"
            r"\bliai(?:en)?t\b|\betaient signataires"
            r"|\bsignataires (?:du|de ce|de l')\s?(?:premier|precedent|ancien)|\bavait ete (?:co)?signe",
            text[max(start, position - 30) : position + 45],
        ):
            return True
        object_of = [m for m in after if m.start("head") - max(end, position) <= 25]
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
        return False

    def _verdict(self, match: re.Match[str]) -> bool | None:
        words = match.group()
        if BEFORE_WORDS.search(words):
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


def period_of(
    page: Page, spans: list[Span], contract: Contract, attribution: Attribution
) -> tuple[list[Span], list[Span]]:
    """The spans that say the period of the contract, best first; and those of its action plan."""
    scored: list[tuple[float, Span]] = []
    plans: list[Span] = []
    for span in spans:
        if not contract.holds(span.start):
            continue
        verdict = _governor(page, span)
        if verdict == "plan":
            plans.append(span)
        if verdict in ("other", "plan") or attribution.previous(span.start, span.end):
            continue
        score = {"contract": 3.0, "near": 2.0, "": 0.6}[verdict]
        if span.duration:
            score -= 0.7
        if span.begin and span.stop:
            score += 1
        block = page.blocks[max(page.block_at(span.start), 0)]
        if block.kind == "heading":
            score += 0.8
        scored.append((score, span))
    scored.sort(key=lambda s: (-s[0], s[1].start))
    if scored and scored[0][0] < 1.2 and len(scored) == 1 and scored[0][1].stop and not scored[0][1].begin:
        return [scored[0][1]], plans  # "jusqu'en 2028": the only end that the text gives
    return [span for score, span in scored if score >= 1.2], plans


ASKED = re.compile(
    r"\b(?:combien de temps|quelle duree|jusqu'a quand|pour quelle|duree|dure)\b[^.?!]{0,50}\?$"
    r"|(?:^|\n)duree(?: (?:du|de ce) (?:contrat local de sante|contrat|cls))?\s*:?$"
    r"|\bde quoi s'agit-il ?\?$"
)
"""A question that the period after it answers."""
TO_COME = re.compile(
    r",? (?:(?:la|le|les|l'|ses|leurs|nos) ?(?:[\w'-]+ ){0,6}?|on |nous |elles? )(?!sera\b|seront\b)"
    r"[\w'-]*r(?:a|ont|ons) (?!ete\b)(?!lieu\b)"
)
""" "Pendant quatre ans, la commune s'attaquera à …": what the contract will do while it lasts."""
ITS_COURSE = re.compile(
    r"(?:^|, |: )(?:il|celui-ci|ce (?:nouveau )?(?:contrat|document|texte)) (?!y )(?!n'|ne )[^,;.:]{0,40}$"
)
ROADMAP = re.compile(
    r"(?:la|cette|sa|leur) (?:nouvelle )?feuille de route (?:commune |partagee )?"
    r"(?:couvre|court|vaut|porte|s'etend|est etablie)\b"
)
BOUND = re.compile(r"\b(?:contrat local|cls)\b[^;]{0,60}\b(?:unit|lie|reunit|engage)\b[^;]*$")
""" "Le contrat unit A, B et C pour cinq ans"."""
NEIGHBOUR = re.compile(r"\bvoisine?s?\b[^.;:]{0,60}$|\b(?:le sien|la leur|le leur|les leurs)\b[^.;:]{0,30}$")
""" "Le Gard rhodanien, voisin, en est à son deuxième contrat (2022-2027)"."""
TERM = re.compile(
    r".{0,12}?(?:\b(?:il|celui-ci) (?:prend|arriv|s'achev|expire|se termin|cess)|(?:nous|se) donn)"
)


def _governor(page: Page, span: Span) -> str:
    """What a period belongs to: the contract, its plan of action, or something else."""
    start, end = page.sentence_at(span.start)
    before, after = page.folded[start : span.start], page.folded[span.end : min(end, span.end + 45)]
    nouns = [(m.end(), "other") for m in OTHER.finditer(before)]
    nouns += [
        (m.end(), "contract")
        for m in re.finditer(
            r"\b(?:contrats? local(?: de sante)?(?! mentale)|contrat(?! de ville| local)|cls|"
            r"il (?:court|couvre|est (?:conclu|signe|valable))|document|programmee? |prevue? |"
            r"conclue? |valable|duree|s'etend|renouvele|programmation|calendrier|echeance|la "
            r"periode|engag\w+|contract\w+|partenariat|accord|signee?s?|texte|vaut|valent|embarqu\w+"
            r"|repar\w+|rempil\w+|c'est parti"
            r"|au (?:menu|programme))\b",
            before,
        )
    ]
    nouns += [
        (m.end(), "plan") for m in re.finditer(r"\bplans? d'actions?\b|\bprogramme d'actions?\b", before)
    ]
    asked = page.folded[max(0, start - 90) : start].rstrip()
    if ASKED.search(asked) or TERM.match(page.folded[max(start, span.start - 12) : span.end]):
        return "contract"
    nouns = [n for n in nouns if len(before) - n[0] < (160 if span.duration else 95)]
    if re.match(
        r"\)? (?:du (?:present |nouveau )?(?:contrat|cls)|de ce (?:contrat|cls))\b(?! de ville)", after
    ):
        return "contract"
    if ROADMAP.match(before) or (span.duration and not after.strip(" .") and BOUND.search(before)):
        return "contract"
    if NEIGHBOUR.search(before):
        return "other"
    opens = span.duration and not before.strip()
    told = re.match(r"(?:(?!\b(?:ont|avai\w+|etai\w+)\b).)*", page.folded[span.end : min(end, span.end + 80)])
    if opens and told and re.match(r", (?:il|celui-ci|ce contrat|le contrat|les (?:\w+ )?\w+ )", after):
        return (
            "contract" if told.end() == len(told.string) else ""
        )  # "Pour cinq ans, il lie treize signataires"
    if opens and TO_COME.match(page.folded, span.end, end):
        return "contract"
    words = page.folded[span.start : span.end]
    if words.startswith("echeance") or words.endswith("de plus"):
        return "contract"
    if re.search(r"\bduree\b|\b(?:valable|valide|conclu)\b", words) and all(n[1] != "other" for n in nouns):
        return "contract"
    if (
        not nouns
        and (span.stop or span.duration)
        and re.match(
            r"(?:il|celui-ci|ce (?:nouveau )?(?:contrat|document)|programme|prevu|conclu|valable|signe)\b",
            page.folded[start:end],
        )
    ):
        return "near"
    if ITS_COURSE.search(before) and not any(n[1] == "other" and len(before) - n[0] < 40 for n in nouns):
        return "contract"
    if nouns:
        nearest = max(nouns)
        if nearest[1] == "contract" and re.search(r"(?:la periode|duree|valable)$", before[: nearest[0]]):
            others = [n for n in nouns if n[1] != "contract" and nearest[0] - n[0] < 30]
            return others[-1][1] if others else "contract"
        if (
            nearest[1] == "other"
            and span.duration
            and re.search(r"\bcontrat|\bcls", before[nearest[0] :] or "")
        ):
            return "contract"
        return nearest[1]
    if span.stop and not span.begin and page.folded[span.end : end].strip() in ("", ":"):
        return "near" if page.text[page.blocks[max(page.block_at(span.start), 0)].end - 1] == ":" else ""
    follows = re.search(r"\b(?:contrat|cls|le document)\b", after)
    if follows and not OTHER.search(after[: follows.start()]):
        return "near"
    block = page.blocks[max(page.block_at(span.start), 0)]
    if (
        block.kind == "heading"
        and span.start < 600
        and span.begin
        and span.stop
        and not OTHER.search(page.folded[block.start : block.end])
    ):
        return "near"
    return ""
