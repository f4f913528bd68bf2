"""Places that the headings at the top of a page name: "Tourcoing : conseil", "VITRY (94) – SANTÉ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.actors import Told
from cls_graph.drafting.anchors import known_place, likely_place, name_end
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import ASIDE
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import name_at
from cls_graph.drafting.places import LOCAL, Context, resolve
from cls_graph.geo import codes

AFTER = re.compile(r"(?: ?:| [–—-]) ")
SUBJECT = re.compile(r"(?:^|[^ ] ?: )(?=[a-zœ])")
DOES = re.compile(r"(?: \([^()\n]{2,30}\))? (?:a|se|s'|[a-z]{3,}(?:e|it|nd|ra))\b")
""" "Santé : Vitrolles montre l'exemple"."""
WITH = re.compile(r"(?: \([^()]*\))?(?: et|,) l'(?:ars|agence regionale de sante)\b")
BEHIND = re.compile(r"\bl'(?:ars|agence regionale de sante)\b[^.,;:]{0,30} et (?:la |le |l')?$")
SEEN = 2000
"""Inhabitants of the smallest town that is the subject of a title."""


def told_of(mention: Mention, score: float, anchored: int = 0) -> Told:
    """A body as a territory that may be meant: a town by its name, a group as the text writes it."""
    town = mention.kind == "commune"
    label, start = (mention.name, mention.end - len(mention.name)) if town else (mention.text, mention.start)
    return label, mention.kind, start, mention.end, score, anchored


def headed(page: Page, by_start: dict[int, Mention], context: Context) -> Iterator[Told]:
    """The places that the first two blocks begin with, before a colon or dash; the subject of the title."""
    for block in page.blocks[:2]:
        first, heading = by_start.get(block.start), block.kind == "heading"
        whole = page.text[block.start : block.end]
        if heading and not first and codes().find(whole, "commune") and whole[0].isupper():
            yield whole, "commune", block.start, block.end, 0.6, 0
        at = first.end if first else name_end(page, block.start)
        aside = ASIDE.match(page.text, at)
        if not AFTER.match(page.text, aside.end() if aside else at):
            continue
        if first and not (first.kind in LOCAL and not first.name and at < name_end(page, block.start)):
            if first.kind in LOCAL and first.name:
                yield told_of(first, 2 if heading else 0.5)
        elif not heading:
            continue  # "Saint-Vallier – La communauté de communes a signé …": where it was written
        elif at > block.start:
            label = page.text[block.start : at]
            placed = aside is not None and resolve(label, "commune", context)[0] is not None
            if placed or likely_place(page, block.start, at):
                known = known_place(label)
                kind = known.level if known else "commune" if placed else ""
                yield label, kind, block.start, at, 1 if kind == "departement" else 2 if known else 3, 0


def beside_agency(page: Page, mentions: list[Mention]) -> Iterator[Told]:
    """The authority of a title that acts with the agency: "Haguenau : la CAH et l'ARS signent"."""
    block = page.blocks[0] if page.blocks else None
    if block is None or block.kind != "heading":
        return
    for mention in (m for m in mentions if m.end <= block.end and m.kind in LOCAL and m.name and not m.parts):
        if WITH.match(page.folded, mention.end) or BEHIND.search(page.folded, block.start, mention.start):
            yield told_of(mention, 3)


def subject_of_title(page: Page, by_start: dict[int, Mention], context: Context) -> Iterator[Told]:
    """The town that a title says to do something: "Santé : Vitrolles montre l'exemple"."""
    for block in page.blocks[:1]:
        for match in SUBJECT.finditer(page.folded, block.start, block.end):
            start = match.end()
            end = None if start in by_start or not page.text[start].isupper() else name_at(page, start)
            if end is None or not DOES.match(page.folded, end):
                continue
            place = resolve(page.text[start:end], "commune", context)[0]
            if place is not None and place.population > SEEN:
                yield page.text[start:end], "commune", start, end, 1.0, 0
