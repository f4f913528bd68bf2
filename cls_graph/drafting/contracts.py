"""Which contracts a page speaks of: their territory, their rank, the sentences that are about each."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from cls_graph.drafting.dates import Span
from cls_graph.drafting.layout import Page
from cls_graph.drafting.mentions import CAP, NAME, Mention
from cls_graph.geo import Place, codes, fold_name
from cls_graph.geo.names import without_article

LOCAL = ("commune", "epci", "petr")
CLS = re.compile(
    r"(?:contrats? loca(?:l|ux) de sante(?! mentale)(?: \(?cls\)?)?|\bcontrat pour la "
    r"sante(?: dans| en)?|\bcls)(?: n?°? ?[1-6]\b| [iv]{1,3}\b)?(?: (?:intercommunal|communal|"
    r"metropolitain|territorial))?(?: \(?20\d\d ?[-/] ?20\d\d\)?)?(?: (?:signe|conclu|porte) "
    r"(?:pour|sur|par))?"
)
TO_PLACE = re.compile(
    r"(?:,? (?:sur |pour |dans )?(?:le |les |la )?(?:territoires? |perimetre |bassin (?:de "
    r"vie |de sante )?)?)?(?:de la |de l'|du |des |de |d'|la |le |l'|a l'echelle (?:de la |de "
    r"l'|du |de ))?"
)
ORDINAL = re.compile(
    r"\b(?P<nth>premier|1er|deuxieme|second|2e|2eme|2nd|troisieme|3e|3eme|quatrieme|4e|4eme|"
    r"cinquieme|5e|5eme)(?: (?:nouveau|et dernier))? (?:contrat|cls)\b(?! d(?:e |')(?:ville|"
    r"objectif))"
    r"|\b(?:cls|contrat local de sante)(?: \(cls\))? ?(?:n ?°? ?)?(?P<num>[1-6]|iii|ii|iv)\b(?![\d/.-])"
    r"|\b(?P<gen>premiere|1ere|deuxieme|seconde|2e|2eme|troisieme|3e|3eme|quatrieme|4e|4eme) generation"
    r"|\b(?:contrat|cls)[^.;]{0,40}, (?:le |la )(?P<app>premier|deuxieme|second|troisieme|"
    r"quatrieme)\b(?: du (?:genre|nom)| depuis| pour| de la| sur)"
    r"|\b(?P<after>deuxieme|second|troisieme|quatrieme) (?:du nom|edition)"
)
RANKS = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1,
    "deuxieme": 2, "second": 2, "seconde": 2, "2e": 2, "2eme": 2, "2nd": 2, "ii": 2,
    "troisieme": 3, "3e": 3, "3eme": 3, "iii": 3, "quatrieme": 4, "4e": 4, "4eme": 4, "iv": 4,
    "cinquieme": 5, "5e": 5, "5eme": 5,
}  # fmt: skip
LATER = re.compile(
    r"\b(?:renouvel\w+|nouveau (?:contrat|cls)|succede|fait suite (?:au|a un) (?:premier|"
    r"precedent)|(?:contrat|cls) precedent|precedent (?:contrat|cls)|(?:deuxieme|second|"
    r"troisieme|2e|3e) (?:contrat|cls)|(?:deuxieme|seconde|2e|troisieme) generation|prend la "
    r"suite|reconduit|cls ?[23]\b)"
)
NOUN = re.compile(
    r"(?P<pre>(?:\b[\w']+ ){0,3})\b(?P<head>contrats? loca(?:l|ux) de sante|contrat|cls|"
    r"(?:(?<=le )|(?<=au )|(?<=du ))(?:premier|deuxieme|second|troisieme|precedent)(?=,| (?:a|"
    r"avait|est|etait|liait|contrat|courait|couvrait|signe|conclu|date)\b))"
    r"(?P<post>(?: local de sante)?(?: \(cls\))?(?: n?°? ?[1-6]\b)?(?: precedent| initial| "
    r"actuel| anterieur| de (?:premiere|deuxieme|seconde|troisieme|nouvelle) "
    r"generation)?(?:,? (?:pour |sur )?(?:la periode |les annees )?\(?20\d\d ?[-/a] "
    r"?20\d\d\)?)?)"
)
BEFORE_WORDS = re.compile(r"\b(?:precedent\w*|ancien\w*|anterieur\w*|initial\w*|dernier (?=contrat|cls))")
NEW_WORDS = re.compile(r"\b(?:nouveau|nouvelle|ce\b|present|actuel)")
PLURAL = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|plusieurs|\d|nouveaux|ces|des|les) (?:nouveaux "
    r")?(?:contrats locaux de sante|cls|contrats)\b|\bcontrats locaux de sante\b"
)


@dataclass
class Candidate:
    """A territory that the text may mean: the name as found, what is known of it, how much speaks for it."""

    label: str
    kind: str
    start: int
    end: int
    score: float = 0.0
    anchored: int = 0
    place: Place | None = None
    choices: list[Place] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names that say the same place are one candidate."""
        return without_article(
            fold_name(
                re.sub(
                    r"^(?:[Vv]ille|[Cc]ommune|[Mm]airie|[Mm]unicipalité|maire)s? (?:de la |de "
                    r"l[’']|du |des |de |d[’'])",
                    "",
                    self.label,
                )
            )
        )


@dataclass
class Contract:
    """One contract of a page: the spans of text that are about it."""

    territory: Candidate | None
    parts: list[tuple[int, int]]
    several: bool = False

    def holds(self, position: int) -> bool:
        """Whether a position is in the text about this contract."""
        return any(s <= position < e for s, e in self.parts)


@dataclass(frozen=True)
class Context:
    """Where the text is about: the départements and regions that it names, by code, most named first."""

    departements: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()


def context_of(page: Page, mentions: list[Mention]) -> Context:
    """The départements and regions named by the bodies of a text, or in brackets after a place."""
    table = codes()
    departements: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for mention in mentions:
        for part in mention.parts or (mention,):
            if not part.name:
                continue
            if part.kind in ("ars", "region", "urps", "mutuelle"):
                for place in table.find(part.name, "region")[:1]:
                    regions[place.code] += 2
            elif part.name[:2].isdigit() or part.name in ("2A", "2B"):
                departements[part.name] += 2
            elif part.kind in (
                "cpam",
                "caf",
                "prefecture",
                "departement",
                "ddets",
                "education-nationale",
                "ordre-professionnel",
                "msa",
            ):
                for place in table.find(part.name, "departement")[:1]:
                    departements[place.code] += 2
    for match in re.finditer(
        rf"(?:\(|\ben |\bdans (?:le |la |l[’']|les )|\bdépartement (?:de la |de l[’']|du |des |"
        rf"de |d[’']))({CAP}(?: (?:et |de )?{CAP})*)",
        page.text,
    ):
        for place in table.find(match.group(1), "departement")[:1]:
            departements[place.code] += 1
        for place in table.find(match.group(1), "region")[:1]:
            regions[place.code] += 1
    for match in re.finditer(r"\((\d{2}|2[AB]|97\d)\)", page.text):
        if f"departement/{match.group(1)}" in table.places:
            departements[match.group(1)] += 2
    for code in list(departements):
        regions[table.places[f"departement/{code}"].region] += (
            1 if f"departement/{code}" in table.places else 0
        )
    return Context(
        tuple(
            c
            for c, _ in sorted(departements.items(), key=lambda x: (-x[1], x[0]))
            if f"departement/{c}" in table.places
        ),
        tuple(c for c, _ in sorted(regions.items(), key=lambda x: (-x[1], x[0]))),
    )


def resolve(name: str, kind: str, context: Context) -> tuple[Place | None, list[Place]]:
    """The place of a name, by the départements and regions of the text; and the homonyms that remain."""
    table = codes()
    levels = {"commune": ("commune",), "epci": ("epci",), "petr": ("epci",)}.get(kind, ("commune", "epci"))
    found = [p for level in levels for p in table.find(name, level)]
    if kind == "petr":
        found = [p for p in found if p.name.lower().endswith(name.lower())]
    current = [p for p in found if not p.former] or found
    inside = [p for p in current if set(table.departements_of(p)) & set(context.departements)]
    nearby = inside or [p for p in current if p.region in context.regions[:1]]
    if (context.departements or context.regions) and current and not nearby and len(current) > 1:
        return None, current
    chosen = nearby or current
    if len({p.level for p in chosen}) > 1:
        chosen = [p for p in chosen if p.level == levels[0]]
    chosen = sorted(chosen, key=lambda p: -p.population)
    if not chosen:
        return None, []
    if len(chosen) == 1 or chosen[0].population > 10 * max(chosen[1].population, 1):
        return chosen[0], chosen
    return None, chosen


def territories(
    page: Page, mentions: list[Mention], signers: list[Mention], context: Context
) -> list[Candidate]:
    """The territories the text may mean, the likeliest first."""
    found: dict[str, Candidate] = {}
    by_start = {m.start: m for m in mentions}

    def add(label: str, kind: str, start: int, end: int, score: float, anchored: int = 0) -> None:
        made = Candidate(label, kind, start, end)
        known = found.get(made.key)
        if known is None:
            known = found[made.key] = made
        if kind in ("epci", "petr") and known.kind in ("commune", ""):
            known.kind = kind
        known.score += score
        known.anchored += anchored

    for match in CLS.finditer(page.folded):
        link = TO_PLACE.match(page.folded, match.end())
        at = link.end() if link else match.end()
        if link and not link.group().strip() and page.text[match.end() : match.end() + 1] != " ":
            continue
        at = at + 1 if page.text[at : at + 1] == " " else at
        head = page.blocks[max(page.block_at(match.start()), 0)].kind == "heading"
        mention = by_start.get(at)
        weight = 5 if head or match.start() < 250 else 3
        if mention and mention.kind in (*LOCAL, "departement") and mention.name:
            for part in mention.parts or (mention,):
                if mention.kind in LOCAL:
                    label = part.name if part.kind == "commune" else part.text
                    start = part.end - len(part.name) if part.kind == "commune" else part.start
                    add(label, part.kind, start, part.end, weight, 1)
            continue
        name = NAME.match(page.text, at)
        if (
            name
            and mention is None
            and not re.match(r"(?:20\d\d|Santé|Agence|ARS|Projet|Programme)", name.group())
        ):
            end = name.end()
            add(page.text[at:end], "", at, end, weight, 1)
    for index, mention in enumerate(m for s in signers for m in (s.parts or (s,))):
        if mention.kind in LOCAL and mention.name:
            label = mention.name if mention.kind == "commune" else mention.text
            start = mention.end - len(mention.name) if mention.kind == "commune" else mention.start
            add(label, mention.kind, start, mention.end, 2.5 if index < 2 else 1.5)
    for mention in mentions:
        if mention.kind in LOCAL and mention.name and not mention.parts:
            block = page.blocks[max(page.block_at(mention.start), 0)]
            label = mention.name if mention.kind == "commune" else mention.text
            start = mention.end - len(mention.name) if mention.kind == "commune" else mention.start
            add(
                label,
                mention.kind,
                start,
                mention.end,
                2 if block.kind == "heading" and mention.start < 400 else 0.4,
            )
    for match in re.finditer(
        rf"\b(?:[Tt]erritoire|[Bb]assin(?: de vie| de santé)?) (?:de la |de l[’']|du |des |de |"
        rf"d[’'])({CAP}(?: {CAP})*)",
        page.text,
    ):
        add(match.group(1), "", match.start(1), match.end(1), 1)
    title = page.text[: page.blocks[0].end] if page.blocks else ""
    for candidate in found.values():
        if candidate.key and candidate.key in fold_name(title):
            candidate.score += 2.5
        candidate.place, candidate.choices = resolve(candidate.label, candidate.kind, context)
        if candidate.place is not None:
            candidate.score += 1.5
        if candidate.kind == "":
            candidate.kind = (
                candidate.place.level
                if candidate.place
                else "petr"
                if candidate.label.startswith("Pays")
                else "commune"
            )
    _join(found)
    return sorted(found.values(), key=lambda c: (-c.score, c.start))


def _join(found: dict[str, Candidate]) -> None:
    """A short name of a group, "la CC Terres du Lac" and "Terres du Lac", is the same candidate."""
    for key in sorted(found, key=len):
        for other in sorted(found, key=len, reverse=True):
            if key == other or key not in found or other not in found:
                continue
            small, large = found[key], found[other]
            same_place = small.place is not None and small.place == large.place
            tail = (
                large.kind in ("epci", "petr")
                and small.kind != "commune"
                and f" {other} ".endswith(f" {key} ")
            )
            if same_place or tail:
                large.score += small.score
                if small.anchored and not large.anchored:
                    large.label, large.start, large.end = small.label, small.start, small.end
                large.anchored += small.anchored
                if large.place is None:
                    large.place, large.choices = small.place, small.choices
                del found[key]


def contracts_of(page: Page, candidates: list[Candidate], subjects: list[list[Mention]]) -> list[Contract]:
    """The contracts of the page. ``subjects`` are the local authorities of each passage of signing."""
    whole = [(0, len(page.text))]
    anchored = [c for c in candidates if c.anchored]
    groups = sorted((c for c in anchored), key=lambda c: c.start)
    if len(groups) < 2:
        own: dict[str, Candidate] = {}
        for mentions in subjects:
            if len(mentions) == 1:
                for candidate in candidates:
                    if candidate.end == mentions[0].end or candidate.key in fold_name(mentions[0].text):
                        own[candidate.key] = candidate
                        break
        if len(own) > 1 and len(own) == sum(1 for s in subjects if len(s) == 1):
            groups = sorted(own.values(), key=lambda c: c.start)
    groups = [g for g in groups if not any(g is not o and f" {g.key} " in f" {o.key} " for o in groups)]
    levels = {"commune" if g.kind == "commune" else "group" for g in groups}
    if len(groups) < 2 or len(levels) > 1 or not PLURAL.search(page.folded) or _together(page, groups):
        return [Contract(candidates[0] if candidates else None, whole)]
    parts: dict[str, list[tuple[int, int]]] = {g.key: [] for g in groups}
    current = ""
    for block in page.blocks:
        for start, end in page.sentences_of(block) if block.kind != "item" else [(block.start, block.end)]:
            named = [
                g.key
                for g in groups
                if re.search(rf"\b{re.escape(g.key)}\b", fold_name(page.text[start:end]))
            ]
            if len(named) == 1:
                current = named[0]
            if len(named) > 1:
                current = ""
                for key in named:
                    parts[key].append((start, end))
            elif current:
                parts[current].append((start, end))
            elif PLURAL.search(page.folded[start:end]):
                for key in parts:
                    parts[key].append((start, end))
    return [Contract(g, parts[g.key], several=True) for g in groups]


def _together(page: Page, groups: list[Candidate]) -> bool:
    """ "le CLS de la Ville et de la Métropole": one contract of several places."""
    folded = fold_name(page.text)
    first, second = groups[0].key, groups[1].key
    joined = (
        rf"(?:contrat local de sante|cls) (?:de la |du |de |d |de l )*(?:ville de |commune de "
        rf")?{re.escape(first)} et (?:de |du |de la |d |des )*{re.escape(second)}"
    )
    return bool(re.search(joined, folded)) and len(groups) == 2


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
    best = max(found, key=lambda f: (f[0], -f[1][0]))
    if best[0] == 1 and LATER.search(page.folded):
        return None
    return best


class Attribution:
    """Tells, for a position, whether the text speaks of this contract or of an earlier one."""

    def __init__(self, page: Page, ordinal: int, begin: str) -> None:
        self.page, self.ordinal, self.begin = page, ordinal, begin[:4]
        self.earlier = ordinal > 1 or bool(LATER.search(page.folded))

    def previous(self, position: int, end: int = 0) -> bool:
        """Whether what stands at a position (up to ``end``) is said of an earlier contract."""
        if not self.earlier:
            return False
        start, stop = self.page.sentence_at(position)
        text = self.page.folded
        before = [m for m in NOUN.finditer(text, start, stop) if m.start("head") <= position]
        after = list(NOUN.finditer(text, position, min(stop, max(end, position) + 70)))
        near = text[max(start, position - 4) : max(end, position + 45)]
        year = re.search(r"\b(20\d\d)\b(?! ?[-/a] ?20)", text[position : max(end, position + 45)])
        if year and self.begin and int(year.group(1)) <= int(self.begin) - 2:
            return True
        if re.search(
            r"\bavai(?:en)?t (?:deja )?(?:ete )?(?:co-?)?(?:sign|conclu|paraph)|"
            r"\bliai(?:en)?t\b|\betaient signataires|\bavait ete (?:co)?signe",
            text[max(start, position - 30) : position + 45],
        ):
            return True
        for match in [*reversed(before), *after]:
            verdict = self._verdict(match)
            if verdict is not None:
                return verdict
        lead = text[start : start + 45]
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
            r"\b(?P<nth>premier|deuxieme|second|troisieme)\b", words
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
    return [span for score, span in scored if score >= 1.2], plans


OTHER = re.compile(
    r"\b(?:projets? regiona(?:l|ux) de sante|prs\b|contrats? de ville|schema\w*|programme "
    r"national|programme regional|projets? territoria(?:l|ux)|ptsm|conventions?|feuille de "
    r"route|strategie|projet de territoire|mandat|crte"
    r"|plan (?!d'actions?)\w+|plan$|evaluation|diagnostic|enquete|cooper\w+|financ\w+|"
    r"subvention\w*|euros?|€|poste|recrut\w+|crise|covid|depuis|il y a|loi\b|decret|code de "
    r"la sante|contrat local de sante mentale|cpom|pacte|pcaet|plh|siecle|travail|"
    r"concertation|elaboration|reflexion|preparation|gestation|apres)\b"
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
            r"periode|engag\w+)\b",
            before,
        )
    ]
    nouns += [
        (m.end(), "plan") for m in re.finditer(r"\bplans? d'actions?\b|\bprogramme d'actions?\b", before)
    ]
    nouns = [n for n in nouns if len(before) - n[0] < 95]
    if re.match(
        r"\)? (?:du (?:present |nouveau )?(?:contrat|cls)|de ce (?:contrat|cls))\b(?! de ville)", after
    ):
        return "contract"
    words = page.folded[span.start : span.end]
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
