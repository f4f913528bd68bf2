"""Amendments and extensions that a text tells: the same contract, revised; who joins, until when it runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cls_graph.drafting.attribution import Attribution
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import Date, find_dates
from cls_graph.drafting.layout import Page
from cls_graph.drafting.phrases import GENERAL
from cls_graph.drafting.spans import Span

AMENDMENT = re.compile(r"\bavenants?(?: (?:n ?[°o]?\.? ?)?(?P<rank>\d)\b)?(?! (?:a la|au bail|aux? marche))")
EXTENDED = re.compile(
    r"\b(?:contrat|cls|il|celui-ci|l'|le|en)\b[^.;]{0,40}\b(?P<verb>prolong\w+|prorog\w+)"
    r"|\b(?P<object>prolonger|proroger) (?:le|ce|son|leur) (?:\w+ ){0,2}?(?:contrat|cls)\b"
    r"|\b(?P<noun>prolongation|prorogation) (?:du|de ce|de l') ?(?:contrat|cls|accord)"
)
LASTING = re.compile(r"\b(?:d'un an|d'une annee|de (?:un|deux|trois|six|douze|dix-huit|\d+) (?:ans?|mois))\b")
MAY = re.compile(
    r"\b(?:peu(?:t|vent)|pourr\w+|toute?s?|eventuel\w*|par voie d'avenants?|f(?:era|eront|ait) l'objet d'un"
    r"|le cas echeant|devra|sauf|sans|si)\b"
)
"""What a contract says of any amendment there may be."""
OTHER = re.compile(r"\b(?:contrat de ville|prs\b|projet regional|cpom|ptsm|pacte|convention|bail|marche)\b")
PLANNED = re.compile(
    r"\b(?:propos\w+|envisag\w+|souhait\w+|prevoi\w*|prevue?|sera|va etre|doit etre|autoris\w+|approuv\w+"
    r"|vot(?:e|ee|er)|adopt\w+|en cours|prochain\w*|projet d'avenant|a l'etude)\b"
)
DONE = re.compile(
    r"\b(?:sign(?:e|ee|es|ees)|conclue?s?|paraphee?s?|prolongee?s? (?:par|jusqu)|prorogee?s? (?:par|jusqu))\b"
    r"|\bl'a (?:prolong|prorog)|\b(?:convenu\w*|decide|accepte) de (?:le |la )?(?:prolong|prorog)"
)
SIGNED = re.compile(r"\b(?:sign|conclu|paraph)\w*[^.;,]{0,30}$|\b(?:du|date du|en date du) $")
JOINING = re.compile(
    r"\b(?:integr\w+|rejoi\w+|adhesion|entree|arrivee|ajout\w*|nouveaux? (?:\w+ )?signataires?)\b"
)


OF_FIRST = re.compile(r"\b(?:au|du|le) (?:contrat(?: local de sante)?|cls)[^.;:,]{0,30} \(?$")
""" "Avenant n° 1 au contrat local de santé 2019-2023": that of the contract as it was signed."""


@dataclass
class Amendment:
    """An amendment as told: the words for it, its rank, its date, the new end, and where it is spoken of."""

    start: int
    end: int
    rank: int = 0
    date: Date | None = None
    until: Span | None = None
    first: bool = False
    """Whether ``until`` may be the end that the contract had before."""

    planned: bool = False
    done: bool = False
    joined: bool = False
    lasting: bool = False
    places: list[tuple[int, int]] = field(default_factory=list)


def amendments_of(
    page: Page, spans: list[Span], contract: Contract, attribution: Attribution
) -> list[Amendment]:
    """The amendments of a contract, in the order of their rank, else of the text."""
    found: list[Amendment] = []
    for start, end in page.sentences:
        text = page.folded[start:end]
        if not contract.holds(start) or MAY.search(text) or GENERAL.search(text):
            continue
        marks = list(AMENDMENT.finditer(text)) or _extensions(text, start, end, spans)
        if not marks or OTHER.search(text) or attribution.previous(start + marks[0].start()):
            continue
        for mark, after in zip(marks, [*marks[1:], None], strict=True):
            rank = int(mark.groupdict().get("rank") or 0)
            same = (a for a in found if a.rank == rank or (a is found[-1] and 0 in (a.rank, rank)))
            one = next(same, None)
            if one is None:
                one = Amendment(start + mark.start(), start + mark.end(), rank)
                found.append(one)
            elif rank and not one.rank:
                one.rank, one.start, one.end = rank, start + mark.start(), start + mark.end()
            until = start + after.start() if after else end
            _tell(page, one, start, until, start + mark.start(), spans)
    for one in found:
        one.planned = one.planned and not one.done
    told = [a for a in found if a.rank or a.until or a.date or a.joined or a.lasting or a.done]
    return sorted(told, key=lambda a: (a.rank or 99, a.start))


def _extensions(text: str, start: int, end: int, spans: list[Span]) -> list[re.Match[str]]:
    """An extension that the text calls no amendment: with the new end, or for how long."""
    found = EXTENDED.search(text)
    if found is None:
        return []
    ends = [s for s in spans if s.stop and start + found.start() <= s.start < end]
    return [found] if ends or LASTING.search(text, found.start()) else []


def _tell(page: Page, one: Amendment, start: int, end: int, at: int, spans: list[Span]) -> None:
    """Adds what a sentence says of an amendment."""
    text = page.folded[start:end]
    one.places.append((start, end))
    one.done = one.done or bool(DONE.search(page.folded, max(start, at - 40), end))
    one.planned = one.planned or bool(PLANNED.search(text))
    one.joined = one.joined or bool(JOINING.search(text))
    one.lasting = one.lasting or bool(LASTING.search(text))
    for date in find_dates(page, at, end):
        lead = page.folded[at : date.start]
        if one.date is None and len(date.value) > 4 and SIGNED.search(lead.removesuffix("le ")):
            one.date = date
    ends = [s for s in spans if s.stop and start <= s.start < end and s.start > at - 60]
    new = [s for s in ends if not s.begin or not OF_FIRST.search(page.folded, start, s.start)]
    if new and (one.until is None or one.first):
        one.until, one.first = new[-1], False
    elif ends and one.until is None:
        one.until, one.first = ends[-1], True
