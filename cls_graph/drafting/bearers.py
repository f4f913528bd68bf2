"""What is left to name the territory where nothing else does: a park, the town that a page is about."""

from __future__ import annotations

import re
from collections import Counter

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import Names
from cls_graph.drafting.gazetteer import UP
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, NAME, name_at
from cls_graph.drafting.places import Candidate, Context, resolve
from cls_graph.geo import Place, codes, fold_name
from cls_graph.geo.names import without_article
from cls_graph.geo.postal import of_postal

SEEN = 2000
"""Inhabitants of the smallest town that a heading alone is taken to name."""
PLACED = re.compile(rf"\b(?:[ÀàA] |de |d[’'] ?)(?P<name>{CAP})(?! [A-ZÀ-Ý])")

LINKED = re.compile(
    r"(?:lire|voir|ecouter|suivre|retour|partager|imprimer|aller|menu|plan|contact|accueil|recherche)"
    r"(?: (?:la |le |les |l'|a |au |aux |plus|aussi|tout|sur |par |du |de )|$)"
)
""" "Lire la suite": words of links that are towns too."""
WORD = re.compile(rf"(?<![\w-])(?={CAP}-)")
PART = re.compile(r"(?<= [–—|/>-] )(?=[A-ZÀ-ÝŒ])")
AFTER = re.compile(r" [–—|/>-] |\n")


def _town_spoken_of(page: Page, context: Context) -> Names:
    """The town of "notre ville": the one the text places things in most often."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for match in PLACED.finditer(page.text):
        place = resolve(match.group("name"), "commune", context)[0]
        if place is not None and place.population > SEEN:
            counted[match.group("name")] += 1
            first.setdefault(match.group("name"), match.span("name"))
    for match in WORD.finditer(page.text) if not counted else ():
        end = name_at(page, match.start())
        name = page.text[match.start() : end]
        place = resolve(name, "commune", context)[0]
        if place is not None and "-" in name and place.population > SEEN:
            counted[name] += 1
            first.setdefault(name, (match.start(), match.start() + len(name)))
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return []
    return [(ranked[0][0], "commune", *first[ranked[0][0]])]


GROUPS = (
    (re.compile(r"communaute urbaine"), re.compile(r"CU ")),
    (re.compile(r"(?:communaute d'|l')?agglo"), re.compile(r"CA ")),
    (re.compile(r"(?:euro)?metropole"), re.compile(r"(?!CC |CA |CU )")),
    (re.compile(r"communaute de communes|com'?com|intercommunalite"), re.compile(r"CC ")),
)
"""Words for a group of communes that the text does not name, and how the registered name of one begins."""
SEATED = re.compile(
    rf"\b(?:[ÀàA] |[Aa]ux? |(?P<care>[Hh]ospitali\w+) (?:de |d[’'] ?|du ))(?P<name>(?:L[ae]s? )?{CAP})"
)


SIGNED = re.compile(r"(?:sign|paraph)\w* [^.;\n]{0,40}$")
"""What makes of a town behind it the place of the ceremony."""


LISTED = re.compile(rf"(?:, | et | ou )(?P<name>{CAP})(?! [A-ZÀ-Ý])")


def group_of_towns(page: Page, mentions: list[Mention]) -> tuple[Mention, Place] | None:
    """The group that a page only calls "l'Agglo": the one in which all the towns lie that it sets things in.

    Three towns at least, each of a name that no other town has.
    """
    unnamed = [m for m in mentions if m.kind == "epci" and not m.name and not m.plural and not m.post]
    if not unnamed or any(m.kind == "commune" and not m.name and not m.plural for m in mentions):
        return None
    towns: set[str] = set()
    for match in PLACED.finditer(page.text):
        at: re.Match[str] | None = match
        while at is not None:
            found = codes().find(at.group("name"), "commune")
            towns |= {found[0].code} if len(found) == 1 else set()
            at = LISTED.match(page.text, at.end())
    groups = {codes().group.get(town, "") for town in towns}
    if len(towns) < 3 or len(groups) != 1 or "" in groups:
        return None
    group = codes().places[f"epci/{groups.pop()}"]
    said = page.folded[unnamed[0].start : unnamed[0].end]
    fits = any(words.match(said) and name.match(group.name) for words, name in GROUPS)
    return (unnamed[0], group) if fits else None


def unnamed_group(page: Page, mentions: list[Mention], context: Context) -> tuple[Mention, Place] | None:
    """The group that a page only calls "la communauté urbaine": that of the one town it sets things in."""
    unnamed = [m for m in mentions if m.kind == "epci" and not m.name and not m.plural and not m.post]
    seats = [
        m
        for m in SEATED.finditer(page.text)
        if m.group("care") or not SIGNED.search(page.folded, 0, m.start())
    ]
    places = [resolve(m.group("name"), "commune", context)[0] for m in seats]
    towns = list(dict.fromkeys(p.code for p in places if p is not None and p.population > SEEN))
    groups = {codes().group.get(town, "") for town in towns} - {""}
    if not unnamed or len(groups) != 1:
        return None
    group = codes().places[f"epci/{groups.pop()}"]
    said = page.folded[unnamed[0].start : unnamed[0].end]
    fits = any(words.match(said) and name.match(group.name) for words, name in GROUPS)
    town = without_article(fold_name(codes().places[f"commune/{towns[0]}"].name))
    fits = fits and f" {town} " in f" {fold_name(group.name)} "
    return (unnamed[0], group) if fits else None


def _in_header(page: Page) -> Names:
    """The town of a header of parts: "Le Berry républicain – Vierzon – 4 mars 2023"."""
    for block in page.blocks[:2]:
        for part in PART.finditer(page.text, block.start, block.end):
            end = name_at(page, part.end()) or part.end()
            name = page.text[part.end() : end]
            if not (end == block.end or AFTER.match(page.text, end)):
                continue
            if any(p.population > SEEN for p in codes().find(name, "commune")):
                return [(name, "commune", part.end(), end)]
    return []


CODED = re.compile(rf"(?<!\d)(?P<code>\d{{2}} ?\d{{3}})[ ,]+(?=[{UP}])")
""" "33130 Bègles": the end of an address."""
TRIED = 8
"""Words of a name that is tried."""
CIVIC = re.compile(r"\b(?:mairie|hotel de ville|ville|commune|municipa\w+)\b|@(?:ville|mairie)-|\.ville-")


def addressed(page: Page) -> list[Candidate]:
    """The town of the address of a page that speaks of a mairie, where nothing else tells: "33130 Bègles"."""
    if not CIVIC.search(page.folded):
        return []
    found: dict[str, Candidate] = {}
    for match in CODED.finditer(page.text):
        start, end = match.end(), name_at(page, match.end())
        words = page.text[start:end].split(" ") if end is not None else []
        for last in range(min(len(words), TRIED), 0, -1):
            name = " ".join(words[:last])
            towns = codes().find(name, "commune", departement=of_postal(match["code"]))
            if towns:
                at = (start, start + len(name))
                made = Candidate(name, "commune", *at, 0.5, 0, towns[0], towns, hint="address")
                found.setdefault(towns[0].key, made)
                break
    return list(found.values()) if len(found) == 1 else []


def bearers(page: Page, mentions: list[Mention], signers: list[Mention], context: Context) -> Names:
    """What is left to name the territory where nothing else does: a park, the town a page is about."""
    if any(m.kind == "commune" and not m.name for m in (*signers, *mentions)) and (
        town := _town_spoken_of(page, context)
    ):
        return town
    for mention in mentions:
        if mention.kind == "autre" and mention.name and re.match(r"parc|pole metro", fold_name(mention.text)):
            return [(mention.name, "petr", mention.end - len(mention.name), mention.end)]
    for block in page.blocks[:3]:
        name = NAME.match(page.text, block.start)
        if name is None or LINKED.match(page.folded, block.start, block.end):
            continue
        words = list(re.finditer(r"\S+", name.group()))
        for last in reversed(words):
            label = name.group()[: last.end()]
            if any(p.population > SEEN for p in codes().find(label, "commune")):
                return [(label, "commune", block.start, block.start + len(label))]
    return _in_header(page)
