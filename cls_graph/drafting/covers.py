"""Lands that a text says a contract, or several groups of communes, cover: "le territoire du Haut-Jura"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.actors import Told
from cls_graph.drafting.anchors import name_end
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.gazetteer import group_at
from cls_graph.drafting.lands import land_at
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP, name_at
from cls_graph.drafting.places import LOCAL, Candidate
from cls_graph.geo import codes

LAND = re.compile(
    r"\b(?:[Tt]erritoire|[Bb]assin(?: de vie| de [Ss]anté(?: [Ii]ntermédiaire)?)?"
    r"|[Ee]ntente(?: intercommunale| de santé| santé)?) "
    r"(?:de la |de l[’']|du |des |de |d[’'])?(?=\w)"
)
GIVEN = re.compile(
    r",? (?:dispose|se dote|s'est dote|est (?:desormais )?(?:dote|couvert)|a (?:desormais |enfin )?son)\b"
    r"[^.;]{0,60}(?:contrat local|\bcls\b)"
)
""" "Le territoire du Haut-Jura dispose d'un contrat local de santé"."""
COVER = re.compile(
    r"\b(?:(?:\d|deux|trois|quatre|cinq|six|sept) (?:epci|intercommunalites|communautes(?: de communes)?) "
    r"(?:de la |de l'|du |des )"
    r"|(?:elles|ils|ensemble) (?:forment|composent|constituent) (?:le |la |l'))(?=\w)"
)
"""What several groups make up: "les quatre EPCI du Pôle Haute Lande", "elles forment le Pôle …"."""
WITH_AGENCY = re.compile(
    r"\bentre l'(?:ars|agence regionale de sante)(?: \(ars\))?(?: [^,.;:]{0,30}?)? et (?:la |le |l')(?=[a-z])"
)
""" "Entre l'ARS et le pays Lédonien, un contrat local de santé"."""
DEPARTEMENT = re.compile(r"(?:\b(?:de la|du|des|de|en|dans l[ae]s?) |\b(?:de l|d|l)['’])(?=[A-ZÀ-Ý])")
""" "Les acteurs du Cantal": what the name of a département stands behind."""
CLS = re.compile(r"\bcontrat local de sante\b(?! mentale)|\bcls\b")
MIXED = re.compile(
    r"\bsyndicat mixte (?:d[eu] (?:developpement|scot) )(?:de la |de l'|du |des |d')(?=[a-zœ])"
)
MORE = re.compile(
    rf"(?:, (?:du |de la |de l[’']|des ){CAP}(?: {CAP})*(?=[^.;\n]{{0,60}} et (?:du |de la |de l[’']|des )))*"
    rf" et (?:du |de la |de l[’']|des ){CAP}(?: {CAP})*"
)
""" "Bassin d'Aurillac, du Carladès et de la Châtaigneraie": a name of several lands."""


def lands_named(page: Page, by_start: dict[int, Mention]) -> Iterator[Told]:
    """ "le territoire du Haut-Jura", "le bassin de Thau"."""
    for match in LAND.finditer(page.text):
        at = match.end()
        if page.folded.startswith("territoire de belfort", match.start()):
            continue
        if group_at(page, match.start()) is not None:
            continue  # "le Bassin de Marennes": the name of a group of communes
        if (mention := by_start.get(at)) is not None:
            end = mention.end if mention.kind in LOCAL and mention.name else at
        else:
            end = name_end(page, at)
        stop = page.sentence_at(match.start())[1]
        given = bool(GIVEN.match(page.folded, end, stop))
        if end > at and (given or not page.text[at].islower()):
            kind = mention.kind if mention else ""
            yield page.text[at:end], kind, at, end, 5 if given else 1, int(given)
    for match in COVER.finditer(page.folded):
        at = match.end()
        if page.text[at].isupper() and (last := name_at(page, at)) is not None:
            yield page.text[at:last], "petr", at, last, 6, 1
    for match in WITH_AGENCY.finditer(page.folded):
        at = match.end()
        last = None if at in by_start else land_at(page, at)
        if last is not None and CLS.search(page.folded, *page.sentence_at(at)):
            yield page.text[at:last], "petr" if page.folded.startswith("pays", at) else "", at, last, 6, 1
    for match in MIXED.finditer(page.folded):
        at = match.end()
        if page.text[at].isupper() and (last := name_at(page, at)) is not None:
            more = MORE.match(page.text, last)
            last = more.end() if more else last
            yield page.text[at:last], "petr", at, last, 3, 0


def whole_departement(page: Page) -> list[Candidate]:
    """The one département that a text names, for a contract of a kind that may cover one; else none."""
    found: dict[str, Candidate] = {}
    for match in DEPARTEMENT.finditer(page.text):
        start, end = match.end(), name_at(page, match.end())
        places = codes().find(page.text[start:end], "departement") if end is not None else []
        if places and end is not None:
            made = Candidate(page.text[start:end], "departement", start, end, 0.5, 0, places[0], places[:1])
            made.hint = "departement"
            found.setdefault(made.key, made)
    return list(found.values()) if len(found) == 1 else []
