"""Proper names that no word shows to be bodies: only their place in a list may."""

from __future__ import annotations

import re

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.gazetteer import UP
from cls_graph.drafting.kinds import SUFFIXES
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, LINK
from cls_graph.geo import fold_name

WEAK = re.compile(
    rf"(?:(?<=[,;:(] )|(?<=\bet )|(?<=\bque )|(?<=\bpar )|(?<=\bavec ))(?:l[’']|la |le |les "
    rf")({CAP}(?: {LINK}{{0,2}}{CAP})*)"
)
LOUD = re.compile(rf"(?:(?<=, )|(?<=; )|(?<=\bet ))([{UP}]{{3,}}(?: [{UP}\d][\w’'-]*)*)(?=[,;.]| et )")


OWN = re.compile(
    r"(?:(?<=, )|(?<=; )|(?<=\bet ))((?:Santé|Espace|Maison|Cap|Action|Accueil|Solidarités?|Aide|Info|Point"
    r"|Relais|Planning|Emploi|Addictions?|Plateforme|Collège|Réseau|Ligue|Comité)"
    rf"(?: {LINK}{{0,2}}{CAP}| \d{{2}})+)(?=[,.;]| et )"
)
""" "…, Santé Escale 41.": a name that begins with what the body is for."""
GROUP = re.compile(
    r"(?!CAF|CARSAT|CAUE|CADA|CCAS|CCI|CAMSP|CAARUD|CASH|CAP\b|CAPS\b|CCSS|CAT\b|CADES)C[AC][A-Z]{2,5}"
)
"""Initials of a group of communes: "CAPSO", "CCPA"."""


def weak_mentions(page: Page, found: list[Mention]) -> list[Mention]:
    """Proper names that no word shows to be bodies: with an article, or in capitals."""
    taken = bytearray(len(page.text))
    for mention in found:
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    out = []
    for pattern in (WEAK, LOUD, OWN):
        for match in pattern.finditer(page.text):
            start, end = match.span(1)
            words = page.text[start:end]
            if any(taken[start:end]) or re.match(
                r"(?:Dr|Docteur|CLS|PRS|Maire|Président|Plan|Projet|Conseil|Loi)\b", words
            ):
                continue
            taken[start:end] = b"\x01" * (end - start)
            kind = "reseau-association" if pattern is OWN else kind_of_name(words)
            out.append(Mention(start, end, kind, words, words, weak=True))
    return out


def kind_of_name(words: str) -> str:
    """The kind that a name without words of a kind suggests by its end, else ``autre``."""
    if GROUP.fullmatch(words):
        return "epci"
    parts = fold_name(words).split()
    return SUFFIXES.get(parts[-1], "autre") if len(parts) > 1 else "autre"
