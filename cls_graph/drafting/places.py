"""Places that a text names, and their lookup in the official codes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.gazetteer import CAMEL
from cls_graph.drafting.homonyms import Fit, away, fitting, lies_in, with_article
from cls_graph.drafting.kinds import HEADS, LATE
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.drafting.naming import CAP
from cls_graph.geo import Codes, Place, codes, fold_name
from cls_graph.geo.brands import called, region_called
from cls_graph.geo.names import without_article

LOCAL = ("commune", "epci", "petr")
GROUP = re.compile(r"\b(?:agglo\w*|\w*metropole|communaute|intercom)\b|agglo$")
"""Words that only groups of communes have in their name."""


OVERSEAS = re.compile(
    r"\b(?:Guadeloupe|Martinique|Guyane|Mayotte|(?<=[Ll]a )Réunion(?! (?:publique|de|du)\b))\b"
)
ISLANDS = re.compile(r"\b(?:Guadeloupe|Antilles|[Cc]ollectivité (?:d[’']outre|de Saint)|[ÎIî]les du [Nn]ord)")
"""What tells that "Saint-Martin" is the island."""
ARRONDISSEMENT = re.compile(r"(?i)arrondissement (?:de la |de l['’]|du |des |de |d['’])")


HYPHENED = re.compile(r"(?<![\w-])[A-ZÀ-Ý][\w’']+(?:-[\w’']+)+(?![\w-])")
"""What may be the name of a département, which none but it bears where it has a hyphen: "Val-de-Marne"."""
HOSPITALS = re.compile(
    r"\b(?:[Gg]roupement [Hh]ospitalier de [Tt]erritoire|GHT) (?:de la |de l[’']|du |des |de |d[’'])?"
    rf"(?!Nord\b)({CAP})(?= (?:Nord|Sud|Est|Ouest|Centre)\b| ?[.,;:)\n]|$)"
)
"""A group of hospitals named after its département: "GHT Yvelines Nord"."""


def is_folk(name: str) -> bool:
    """Whether a name is that of those who live somewhere: "les Samaritains".

    >>> is_folk("Samaritains"), is_folk("Mureaux"), is_folk("Les Sables")
    (True, False, False)
    """
    plain = fold_name(name)
    return bool(plain.endswith("s") and re.fullmatch(FOLK, plain)) and not (
        codes().find(name, "commune") or codes().find(name, "epci")
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
    others: list[Place] = field(default_factory=list)
    """The further places of a contract that several have in common."""
    short: str = ""
    """A shorter name, folded, that the text has for it too: "champigny" for "Champigny-sur-Marne"."""
    once: float = 0.0
    """What of its score speaks for the place, however it is named: it stands in the title, and is known."""
    away: bool = False
    """Whether its place, the only one of that name, lies where the text is not set."""
    told_as: str = ""
    """Its name, where the text has only that of its people: "Metz" for "messine"."""
    hint: str = ""
    """What alone tells it, where that is no more than a hint: an "address", the one "departement" named."""

    @property
    def guessed(self) -> bool:
        """Whether other places of that name fit too, none of which is so large."""
        return self.place is not None and len(self.choices) > 1 and not self.others

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

    @property
    def around(self) -> tuple[str, ...]:
        """The départements that the text names, else those of its first region."""
        return self.departements or (_departements_in(self.regions[0]) if self.regions else ())


@lru_cache(maxsize=32)
def _departements_in(region: str) -> tuple[str, ...]:
    """The codes of the départements of a region."""
    places = codes().places.values()
    return tuple(p.code for p in places if p.level == "departement" and p.region == region)


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
                first = re.split(r",| et | - ", part.name)[0]  # "Guadeloupe, Saint-Martin, Saint-Barthélemy"
                for name in (part.name, first):
                    if (region := region_called(table, name, former=True)) is not None:
                        regions[region.code] += 2
                        break
            elif f"departement/{part.name}" in table.places:
                departements[part.name] += 2
            elif part.kind in (
                "cpam",
                "caf",
                "cgss",
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
    for match in OVERSEAS.finditer(page.text):
        for place in table.find(match.group(), "region")[:1]:
            regions[place.code] += 1
    for match in HOSPITALS.finditer(page.text):
        for place in table.find(match.group(1), "departement")[:1]:
            departements[place.code] += 1
    islands = ISLANDS.search(page.text)
    for match in HYPHENED.finditer(page.text):
        for place in table.find(match.group(), "departement")[:1]:
            # "La Ville de Saint-Martin" says nothing of the island, where nothing else is told of it.
            departements[place.code] += bool(islands or not table.find(match.group(), "commune"))
    for match in re.finditer(r"\((\d{2}|2[AB]|97\d)\)", page.text):
        if f"departement/{match.group(1)}" in table.places:
            departements[match.group(1)] += 2
    departements = +departements
    for code in list(departements):
        regions[table.places[f"departement/{code}"].region] += 1
    return Context(
        tuple(c for c, _ in sorted(departements.items(), key=lambda x: (-x[1], x[0]))),
        tuple(c for c, _ in sorted(regions.items(), key=lambda x: (-x[1], x[0]))),
    )


EVERYDAY = re.compile(r"loca(?:l|ux)|(?:inter)?communa\w*|territorial\w*|sante|social\w*")


def _brand(name: str) -> bool:
    """Whether a word may be the initials or brand of a group: no everyday word, no words for another body."""
    folded = fold_name(name)
    if " " in folded:
        return True
    other = any(h.kind not in LOCAL and h.pattern.fullmatch(folded) for h in (*HEADS, *LATE))
    return len(folded) > 3 and not other and not EVERYDAY.fullmatch(folded)


def _led_by_one_word(table: Codes, name: str) -> list[Place]:
    """The group whose name in one word begins a longer one: "CapAtlantique La Baule Guérande Agglo"."""
    word = CAMEL.match(name)
    return [table.places[key] for key in table.joined.get(fold_name(word.group()), [])] if word else []


def resolve(name: str, kind: str, context: Context) -> Fit:
    """The place of a name, by the départements and regions of the text; and the homonyms that remain."""
    table = codes()
    if kind == "" and GROUP.search(fold_name(name)):
        kind = "epci"
    levels = {"commune": ("commune",), "epci": ("epci",), "petr": ("epci",)}.get(kind, ("commune", "epci"))
    found = [p for level in levels for p in table.find(name, level)]
    if not found and kind in ("epci", ""):
        found = table.beginning(name)
    if not found and kind == "commune":
        found = [p for p in table.cut(name) if p.departement in context.around]
    if found and all(p.level == "commune" and p.departement not in context.around for p in found):
        # "Champigny", where the text is of the Val-de-Marne: its town of a longer name; or of that name once.
        other = {p.key: p for p in (*table.cut(name, homonyms=True), *table.old(name))}
        found = [p for p in other.values() if p.departement in context.around] or found
    if kind == "" and (district := ARRONDISSEMENT.match(name)):
        found = table.find(name[district.end() :], "arrondissement")
    if not found and kind in ("departement", ""):
        found = table.find(name, "departement")  # a contract may cover a whole département
    if not found and kind == "epci":
        found = table.of_seat(name) or _led_by_one_word(table, name)
    if not found and kind == "epci":
        found = table.led_by(name) or (called(table, name, context.around) if _brand(name) else [])
    if not found and kind == "" and (" " not in name or name.startswith(("Grand ", "Pays "))):
        found = called(table, name, context.around, letters=" " not in name) if _brand(name) else []
    if kind == "petr":
        found = [p for p in found if fold_name(p.name).endswith(fold_name(name))]
    current = [p for p in found if not p.former] or found
    if len({p.level for p in current}) > 1:
        lies = {p.key: lies_in(p, context.departements, context.regions) for p in current}
        near = [p for p in current if lies[p.key][0]] or [p for p in current if lies[p.key][1]] or current
        current = [p for p in near if p.level == levels[0]] or near
    town = current and current[0].level == "commune"
    old = [*table.old(name), *table.cut(name, homonyms=True)] if town else []
    where = context.departements, context.regions
    return fitting(current, *where, old, name=name, anywhere=kind == "commune")


def resolve_after(name: str, before: str, kind: str, context: Context) -> Fit:
    """The place of a name that words stand before, whose "du" or "des" may hold its article: "du Crest"."""
    whole = with_article(name, before)
    fit = resolve(whole, kind, context) if whole != name else Fit(None, [])
    if fit.place is None or away(fit.place, context.departements, context.regions):
        return resolve(name, kind, context)
    return fit
