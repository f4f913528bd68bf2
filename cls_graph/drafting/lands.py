"""Names of stretches of land that no register holds: "bassin de vie de Ganges", "agglomération blésoise"."""

from __future__ import annotations

import re

from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.drafting.naming import NAME, before_person
from cls_graph.geo import Place, codes, fold_name

WORDS = (
    r"(?:pays|bassins?(?: (?:de vie|de sante(?: intermediaires?)?|de population|d'emploi|minier))?"
    r"|vallees?|agglomerations?"
    r"|metropole|cantons?|arrondissement|iles?|presqu'ile"
    r"|archipel|territoires?(?! de belfort)|quartiers?|littoral|cote"
    r"|plateaux?|plaine|massif|secteur|communaute|intercommunalite|(?:grand |petit )?(?:sud|nord|est|ouest"
    r"|centre)(?:-(?:est|ouest))?|haute? |basse? )"
)
_TIE = r"(?: d'entre)?(?: (?:de la |de l'|du |des |de |d'|en |l')| )"
LOWER = re.compile(rf"{WORDS}(?: {WORDS}(?![a-z]))?")
"""Words in lower case that begin such a name."""
_SIDE = (
    r"(?:orient|occident|centr|littor|septentrion|meridion)ale?\b|maritime\b|atlantique\b|alpine?\b"
    r"|interieure?\b"
)
ADJECTIVE = re.compile(rf" (?:{FOLK}|{_SIDE})(?: et (?:{FOLK}|{_SIDE}))?")
TIE = re.compile(_TIE)
DISTRICT = re.compile(
    r"(?:\d{1,2}|[xvi]{1,5})(?:er|e|eme)(?: et (?:\d{1,2}|[xvi]{1,5})(?:er|e|eme))? arrondissements?"
    r"(?: de (?:paris|lyon|marseille))?|territoire de belfort\b|bassin minier\b"
)
ORDINAL = re.compile(r"\d{1,2}(?:er|e|eme)\b(?! generation)")
NUMBERED = re.compile(r"\d[A-Z]+ (?=[A-ZÀ-Ý])")
INITIALS = re.compile(r"(?<=\b[Ll]a )\d[A-Z]{2,6}\b")
""" "La 4CPS": the initials of a group of communes that begin with a number."""
NEVER = re.compile(
    r"\b(?:urbaine?s?|voisine?s?|riveraine?s?|commune?s?|prochaine?s?|anciens?|anciennes?|europeens?|europeennes?"
    r"|metropolitaine?s?|quotidiens?|certains?|moyens?|moyennes?|saine?s?|soutiens?|publiques?|uniques?"
    r"|en|ont|bien|enfin|afin|mais|fonction|maintien|gestion|action|mission|convention|population)$"
)
"""Adjectives that say no place."""


def land_at(page: Page, position: int) -> int | None:
    """The end of the name of a land that begins here in lower case or with a number, if one does."""
    if (district := DISTRICT.match(page.folded, position)) is not None:
        return district.end()
    if (short := ORDINAL.match(page.folded, position)) is not None:
        return short.end() if f"{short.group()} arrondissement" in page.folded else None
    if (numbered := NUMBERED.match(page.text, position)) is not None:
        name = NAME.match(page.text, numbered.end())
        return name.end() if name else None
    if (initials := INITIALS.match(page.text, position)) is not None:
        return initials.end()
    head = LOWER.match(page.folded, position)
    if head is None:
        return None
    end = head.end()
    adjective = ADJECTIVE.match(page.folded, end)
    if (
        adjective
        and not NEVER.search(page.folded, end, adjective.end())
        and page.text[end + 1 : adjective.end()].islower()
    ):
        return adjective.end()
    tie = TIE.match(page.folded, end)
    if tie is None:
        return None
    inner = land_at(page, tie.end())
    if inner is not None:
        return inner
    name = NAME.match(page.text, tie.end())
    return tie.end() + before_person(name.group()) if name else None


def in_full(page: Page, start: int, end: int) -> tuple[int, int]:
    """Where the page names in full a district that it calls "le 20e"; else the same place."""
    if ORDINAL.fullmatch(page.folded, start, end) is None:
        return start, end
    number = re.escape(page.folded[start:end])
    full = re.search(rf"\b{number} arrondissements?(?: de (?:paris|lyon|marseille))?", page.folded)
    return full.span() if full else (start, end)


OF_A_TOWN = re.compile(r"arrondissements? de (?P<town>paris|lyon|marseille)\b")


def town_of_district(label: str) -> Place | None:
    """The commune that a "18e arrondissement de Paris" is a part of; the codes hold no parts."""
    told = OF_A_TOWN.search(fold_name(label))
    return codes().find(told["town"], "commune")[0] if told else None
