"""Towns and groups of communes that a text names by what they do, or by who acts for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, name_at
from cls_graph.drafting.places import Context, resolve
from cls_graph.geo import codes

Told = tuple[str, str, int, int, float, int]
"""A name, its kind, start and end, how much speaks for it, and whether the contract is told to be its own."""
OPENING = re.compile(r"(?:^|\n|[.!?:] |, |\bque )(?=[a-zœ])")
ACTS = re.compile(
    r"(?: \([^()\n]{2,30}\))?(?: |(?=, l'))(?:(?:signe|se dote|s'engage|renouvelle|lance|devient|est devenue?"
    r"|rejoint|poursuit|a (?:enfin |desormais )?(?:signe|son)|(?:et|,) l'(?:ars|agence))\b"
    r"|(?:a(?:vait)? (?:enfin |desormais |deja )?(?:adopte|signe|conclu|lance|renouvele|obtenu|eu|vote)"
    r"|dispose|possede|prepare|porte|anime|elabore|ecrit|engage) "
    r"(?:d'un|un|son|le) (?:\w+ )?(?:contrat|cls)\b)"
)
""" "Lorient signe …", "Lorient (56) et l'ARS …"."""
WITH_AGENCY = re.compile(r"\bl'(?:ars|agence regionale de sante)\b[^.,;:\n]{0,45}? et (?=[a-z])")
ACT_TOGETHER = re.compile(r"(?: \([^()\n]{2,30}\))? (?:signent|s'engagent|renouvellent|s'unissent)\b")
""" "L'ARS Bretagne et Lorient signent un contrat local de santé"."""
IN_TOWN = re.compile(r"(?:^|\n|[.!?:«–] )(?:a|aux?) (?=[a-z])")
THEN = re.compile(r"(?: \([^()\n]{2,30}\))?, ")
""" "À Saint-Laurent-du-Maroni, …": the town of a mairie that signs, where nothing else names it."""
DATELINE = re.compile(
    rf"\s*(?P<name>(?:L[aeAE][sS]? |L[’'])?{CAP}(?: (?:[a-z]{{2,4}} )?(?:d[’'])?{CAP}){{0,3}})"
    r"(?:\. (?=[A-ZÀ-Ý«])|\.(?:fr|FR)\b)"
)
""" "Pau. Le contrat local de santé est signé", "PAU.FR": the town that a page is about, or was written in."""
PEOPLED = re.compile(r",? (?:\(|avec (?:ses )?)?\d[\d ]* (?:habitants|ames)\b")
""" "Saint-Fons, 20 000 habitants, a fait de la santé une priorité"."""
COUNCIL = re.compile(
    r"\b(?:conseils? (?P<kind>municipa|communautaire|metropolitain)\w*|(?P<at>(?:a |dans )(?:l'|la ))?"
    r"(?:hotel de ville|mairie))"
    r" (?:de la |de l'|du |des |de |d')(?:communaute (?:de communes|d'agglomeration) (?:du |de la |de |"
    r"d'|des )?)?"
)
LED = re.compile(
    r"\b(?P<mayor>maire d[^,.;\n]{2,40}(?:,| et|, et) )?(?P<head>presidente?|elus|elues|delegues) "
    r"(?:de la |de l'|du |des |de |d')(?=[a-zœ])"
)
""" "Le président du Castelrenaudais": a group of communes by its name alone."""
WHOLE = re.compile(
    r"\b(?:contrat|cls)\b[^.;]{0,50}"
    r"(?:departemental\b|a l'echelle departementale"
    r"|(?:a l'echelle du|sur tout le|pour tout le|l'ensemble du) departement)"
)
"""A contract for a whole département."""
FOR_ALL = re.compile(r"\b(?:pour|dans|sur) (?:toute? |l'ensemble d[eu] )(?:la |le |l')?(?=[a-z])")
""" "Pour toute la Lozère"."""


def dateline(page: Page) -> tuple[int, int] | None:
    """The town that the text, or a block below its title, begins with: "Pau. Le contrat …", "PAU.FR"."""
    for block in page.blocks[:3]:
        line = DATELINE.match(page.text, block.start)
        if line and codes().find(line.group("name"), "commune"):
            return line.span("name")
    return None


def actors(page: Page, by_start: dict[int, Mention], context: Context, *, unnamed: bool) -> Iterator[Told]:
    """The towns and groups that act, or whose council or head does.

    ``unnamed``: a town signs that the text does not name beside ("la Ville").
    """
    if unnamed:
        if (town := dateline(page)) is not None:
            yield page.text[slice(*town)], "commune", *town, 3, 0
        for label, start, end in _named(page, by_start, IN_TOWN, THEN, 400):
            if codes().find(label, "commune"):
                yield label, "commune", start, end, 3, 0
    for label, start, end in _named(page, by_start, OPENING, PEOPLED):
        if codes().find(label, "commune"):
            yield label, "commune", start, end, 2.5, 0
    for match in COUNCIL.finditer(page.folded):
        last = name_at(page, match.end())
        if last is not None:
            kind = "commune" if match.group("kind") in (None, "municipa") else "epci"
            heads = match.group("kind") or match.start() < 200
            weight = 0.4 if match.group("at") or not heads else 2
            yield page.text[match.end() : last], kind, match.end(), last, weight, 0
    for match in FOR_ALL.finditer(page.folded) if WHOLE.search(page.folded) else ():
        last = name_at(page, match.end()) if page.text[match.end()].isupper() else None
        if last is not None and codes().find(page.text[match.end() : last], "departement"):
            yield page.text[match.end() : last], "departement", match.end(), last, 6, 1
    for match in LED.finditer(page.folded):
        last = None if match.end() in by_start else name_at(page, match.end())
        label = page.text[match.end() : last] if last is not None else ""
        if last is not None and (_is_group(label) or _initials(label, context)):
            heads = match.group("head").startswith("president")
            yield label, "epci", match.end(), last, 5 if match.group("mayor") else 2 if heads else 1, 0
    for before, after in ((OPENING, ACTS), (WITH_AGENCY, ACT_TOGETHER)):
        for label, start, end in _named(page, by_start, before, after):
            if codes().find(label, "commune"):
                yield label, "commune", start, end, 2, 0
            elif _calls_itself(label, context):
                yield label, "epci", start, end, 2, 0
            elif WHOLE.search(page.folded) and codes().find(label, "departement"):
                yield label, "departement", start, end, 6, 1


def _named(
    page: Page,
    by_start: dict[int, Mention],
    before: re.Pattern[str],
    after: re.Pattern[str],
    until: int | None = None,
) -> Iterator[tuple[str, int, int]]:
    """The names that stand between some words and others, each with its place."""
    for match in before.finditer(page.folded, 0, len(page.text) if until is None else until):
        start = match.end()
        end = name_at(page, start) if page.text[start].isupper() else None
        body = any(at in by_start for at in range(start, start + 5))  # "LA VILLE signe"
        if end is not None and not body and after.match(page.folded, end):
            yield page.text[start:end], start, end


def _calls_itself(name: str, context: Context) -> bool:
    """Whether a word that acts is what a group of communes calls itself: "Cauvaldor signe …"."""
    known = codes().find(name) or " " in name or len(name) < 5
    return _is_group(name) or (not known and resolve(name, "epci", context)[0] is not None)


def _initials(name: str, context: Context) -> bool:
    """Whether a word of capitals is short for a group of communes of the départements around: "la CAMVS"."""
    return len(name) > 3 and name.isupper() and resolve(name, "epci", context)[0] is not None


def _is_group(name: str) -> bool:
    """Whether a name is that of a group of communes, and of no other place."""
    found = codes().find(name)
    return bool(found) and all(p.level == "epci" for p in found)
