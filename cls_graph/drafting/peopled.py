"""Territories told by their people: "la municipalité lavalloise", "le contrat bisontin", "les Stéphanois"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.lands import NEVER
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import FOLK
from cls_graph.drafting.places import Candidate, Context
from cls_graph.geo.people import town_of

_WORD = rf"(?P<folk>{FOLK}|[a-z-]+(?:eaux?|elles?|istes?|als?|ales?|aude?s?))"
TOWN = re.compile(
    r"\b(?:(?P<acts>municipalites?|mairie|conseils? municipa(?:l|ux)|conseil|conseill[a-z]+|majorite|ville"
    r"|commune|cite|maire|edile)|elue?s) (?:municipa(?:l|le|ux|ales) )?" + _WORD + r"(?![\w-])"
)
CONTRACT = re.compile(rf"\b(?:contrats? loca(?:l|ux) de sante(?! mentale)|cls) {_WORD}(?![\w-])")
FOLKS = re.compile(r"\b(?:les|des|aux) (?P<folk>[a-z-]+s)\b")


def peopled(page: Page, context: Context) -> Iterator[Candidate]:
    """The towns whose people are said to act, or to have a contract, each with what speaks for it."""
    for pattern, weight in ((TOWN, 2.0), (CONTRACT, 3.5)):
        for match in pattern.finditer(page.folded):
            start, end = match.span("folk")
            if page.text[start].islower() and not NEVER.search(page.folded, start, end):
                acts = pattern is CONTRACT or match["acts"]
                yield from _told(page, start, end, context, weight if acts else 0.8, pattern is CONTRACT)


def inhabited(page: Page, context: Context, *, unnamed: bool) -> Iterator[Candidate]:
    """The towns whose people a text names: "la santé des Stéphanois".

    ``unnamed``: a town signs that the text does not name beside ("la Ville").
    """
    for match in FOLKS.finditer(page.folded):
        word, follows = page.text[slice(*match.span("folk"))], page.text[match.end() : match.end() + 2]
        longer = follows[:1] == " " and follows[1:].isupper() and not word.isupper()  # "les Messins Nord"
        if word[0].isupper() and not longer:
            yield from _told(page, *match.span("folk"), context, 2.0 if unnamed else 0.6, False)


def _told(
    page: Page, start: int, end: int, context: Context, score: float, anchored: bool
) -> Iterator[Candidate]:
    """The town of a word for its people, by its name where the text has that too."""
    town = town_of(page.text[start:end], context.departements, context.regions)
    if town is None:
        return
    named = re.search(rf"(?<![\w-]){re.escape(town.name)}(?![\w-])", page.text)
    label, by = (town.name, "") if named else (page.text[start:end], town.name)
    span = named.span() if named else (start, end)
    yield Candidate(label, "commune", *span, score, int(anchored), town, [town], told_as=by)
