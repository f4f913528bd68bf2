"""Contracts that one sentence counts and lists: "trois contrats locaux de santé : A, B et C"."""

from __future__ import annotations

import re

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import names_from
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.layout import Page
from cls_graph.drafting.places import Candidate, Context, resolve

COUNTED = re.compile(
    rf"\b{NUMBER} (?:nouveaux |autres |premiers )?(?:contrats locaux de sante(?! mentale)|cls\b)"
)
LEAD = re.compile(
    r"(?: ?: |\b(?:a|avec|entre|par|pour|de|sur|et) |\b(?:du|des|aux) |\bd')"
    r"(?:(?:les |des )?(?:villes|communes|territoires|collectivites|intercommunalites|agglomerations)"
    r"(?: suivante?s)?(?: :)? ?(?:de |du |des |d')?)?(?=\S)"
)
LIKE_IT = re.compile(
    r"\b(?:un contrat|un cls|des contrats|des cls)(?: local de sante| locaux de sante)? "
    r"(?:identiques?|similaires?|semblables?|du meme type|de meme nature) "
    r"(?:a |ont )?(?:aussi |egalement )?(?:ete )?(?:signes?|conclus?) (?:avec|par|a) "
    r"(?:(?:les |la |l')?(?:villes?|communes?) )?(?:les )?(?:de la |de l'|du |des |de |d')?"
)
""" "Le même jour, un contrat identique a été signé avec Colombes"."""
FORMER = re.compile(r"\b(?:avaient|etaient|anciens|precedents|premiere generation|deja)\b")


def listed(
    page: Page, mentions: list[Mention], candidates: list[Candidate], context: Context
) -> list[Candidate]:
    """The territories of the contracts of a page, where a sentence names as many as it counts; else none.

    Places of one level that the codes hold; where the page has a contract of another place too, none.
    """
    by_start = {m.start: m for m in mentions}
    for start, end in page.sentences:
        for counted in COUNTED.finditer(page.folded, start, end):
            count = number(counted.group("n"))
            if count < 2 or FORMER.search(page.folded, start, end):
                continue
            for lead in LEAD.finditer(page.folded, counted.end(), end):
                found = _places(page, by_start, lead.end(), end, context)
                if len(found) == count and _alone(found, candidates):
                    return found
    for like in LIKE_IT.finditer(page.folded):
        found = _places(page, by_start, like.end(), page.sentence_at(like.start())[1], context)
        own = candidates[0] if candidates else None
        if found and own and own.place and own.kind == found[0].kind and own.start < like.start():
            return [own, *(c for c in found if c.key != own.key)]
    return []


def _places(page: Page, by_start: dict[int, Mention], at: int, end: int, context: Context) -> list[Candidate]:
    """The places of a list that begins here, where all are known and of one level."""
    if not (at in by_start or page.text[at : at + 1].isupper()):
        return []
    made: list[Candidate] = []
    for label, kind, left, right in names_from(page, by_start, at):
        place, choices = resolve(label, kind or "commune", context)
        made.append(Candidate(label, kind or "commune", left, right, 1, 1, place, choices))
    known = {c.place.departement for c in made if c.place}
    for one in made:
        near = [p for p in one.choices if p.departement in known]  # a homonym beside its neighbours
        one.place = one.place or (near[0] if len(near) == 1 else None)
        one.kind = one.place.level if one.place else ""
    levels = {c.kind for c in made}
    whole = bool(made) and made[-1].end <= end and "" not in levels
    return made if whole and len(levels) == 1 and len({c.key for c in made}) == len(made) else []


def _alone(found: list[Candidate], candidates: list[Candidate]) -> bool:
    """Whether the page tells of no contract of a place beside those of the list."""
    keys = {c.key for c in found}
    others = (c for c in candidates if c.anchored and c.place and c.place.level in ("commune", "epci"))
    return all(c.key in keys or any(f" {k} " in f" {c.key} " for k in keys) for c in others)
