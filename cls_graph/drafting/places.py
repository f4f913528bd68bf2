"""The territory that a text means: names found, weighed, and looked up in the official codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from cls_graph.drafting.layout import Page
from cls_graph.drafting.mentions import CAP, NAME, Mention
from cls_graph.geo import Place, codes, fold_name
from cls_graph.geo.names import essential, without_article

LOCAL = ("commune", "epci", "petr")
CLS = re.compile(
    r"(?:contrats? loca(?:l|ux) de sante(?! mentale)(?: \(?cls\)?)?|\bcontrat pour la "
    r"sante(?: dans| en)?|\bcls)(?: n?°? ?[1-6]\b| [iv]{1,3}\b)?(?: (?:intercommunal|communal|"
    r"metropolitain|territorial))?(?: \(?20\d\d ?[-/] ?20\d\d\)?)?(?: (?:signe|conclu|porte) "
    r"(?:pour|sur|par))?"
)
OPENING = re.compile(
    rf"(?:^|\n|[.!?] |, )(?P<name>{CAP}) "
    rf"(?:signe|se dote|s['’]engage|renouvelle|lance|"
    rf"poursuit|a signé|et l['’](?:ARS|Agence))\b"
)
BARE = ("Pays", "Agglomération", "Agglo", "Métropole", "Ville", "Communauté")
COUNCIL = re.compile(
    r"\b(?:conseils? (?P<kind>municipa|communautaire|metropolitain)\w*|hotel de ville|mairie)"
    r" (?:de la |de l'|du |des |de |d')(?:communaute (?:de communes|d'agglomeration) (?:du |de la |de |"
    r"d'|des )?)?"
)
TO_PLACE = re.compile(
    r"(?:,? (?:sur |pour |dans )?(?:le |les |la )?(?:territoires? |perimetre |bassin (?:de "
    r"vie |de sante )?)?)?(?:de la |de l'|du |des |de |d'|la |le |l'|a l'echelle (?:de la |de "
    r"l'|du |de ))?"
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
    if not found and kind in ("epci", ""):
        found = table.beginning(name)
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
        if label in BARE:
            return
        if page.text[start:end] != label:
            # A name that stands elsewhere: "la Ville et le CCAS d'Aubagne".
            if (start := page.text.find(label, start)) < 0:
                return
            end = start + len(label)
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
        weight = 8 if head or match.start() < 250 else 6
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
    for match in COUNCIL.finditer(page.folded):
        if name := NAME.match(page.text, match.end()):
            kind = "commune" if match.group("kind") == "municipa" else "epci"
            add(name.group(), kind, *name.span(), 2)
    for mention in mentions:
        if mention.kind == "collectivite-outre-mer" and mention.name and not mention.acronym:
            add(mention.name, mention.kind, mention.end - len(mention.name), mention.end, 0.8)
    for block in page.blocks[:2]:
        # "Tourcoing : conseil municipal du 10 décembre", "Orléans Métropole – CLS".
        first = by_start.get(block.start)
        name = NAME.match(page.text, block.start)
        at = first.end if first else name.end() if name else block.start
        if not re.match(r"(?: ?:| [–—-]) ", page.text[at : at + 4]):
            continue
        if first and first.kind in LOCAL and first.name:
            label = first.name if first.kind == "commune" else first.text
            add(label, first.kind, first.end - len(label), first.end, 2)
        elif name and codes().find(name.group(), "commune"):
            add(name.group(), "commune", *name.span(), 2)
    for match in OPENING.finditer(page.text):
        if codes().find(match.group("name"), "commune"):
            add(match.group("name"), "commune", *match.span("name"), 2)
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
    signing = {fold_name(s.text) for s in signers}
    for candidate in found.values():
        if candidate.kind == "epci" and fold_name(candidate.label) in signing:
            seat = found.get(essential(candidate.label))
            if (
                seat is not None
                and seat.kind == "commune"
                and not seat.anchored
                and seat.key not in {fold_name(s.name) for s in signers if s.kind == "commune"}
            ):
                candidate.score += 2  # the group signs, the town it is named after does not
    _join(found)
    return sorted(found.values(), key=lambda c: (-c.score, c.start))


def _join(found: dict[str, Candidate]) -> None:
    """A short name of a group, "la CC Terres du Lac" and "Terres du Lac", is the same candidate."""
    for key in sorted(found, key=len):
        for other in sorted(found, key=len, reverse=True):
            if key == other or key not in found or other not in found:
                continue
            small, large = found[key], found[other]
            inside = small.place is None and large.place is not None and f" {key} " in f" {other} "
            if inside and not small.choices:
                large.score += small.score
                large.anchored += small.anchored
                del found[key]
                continue
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
