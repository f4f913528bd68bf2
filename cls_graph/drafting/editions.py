"""Contracts of one territory that a page tells one after the other, each under its rank or its years."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.layout import Page

_YEARS = r"20\d\d ?(?:[-–—/]|a|au) ?20\d\d"
_RANK = r"(?:premier|1er|deuxieme|second|2e|2eme|2nd|troisieme|3e|3eme|quatrieme|4e|4eme|cinquieme|5e|5eme)"
_NEW = r"(?:nouveau|actuel|present)"
_NAME = r"(?:contrat local de sante(?: \(cls\))?|contrat|cls)"
_NUMBER = r"(?: ?n ?° ?| ?)(?:[1-6]|i{1,3}|iv)\b"
_PLACE = r"(?: (?:de la |de l'|du |des |de |d')[^\d:;,()]{2,40}?)?"
_GENERATION = (
    r"(?: de)? (?:premiere|1ere|deuxieme|2e|2eme|seconde|troisieme|3e|3eme|quatrieme|4e|4eme) generation"
)
_TIMES = rf" ?(?:[:,–—-] ?)?\(?(?:de |pour )?(?:{_YEARS})\)?"
_RANKED = rf"(?:(?:{_RANK}|{_NEW}) {_NAME}|{_NAME} {_NEW}|{_NAME}(?:{_NUMBER}|{_GENERATION})){_PLACE}"
_STATE = r"(?: ?[(,–—-] ?(?:en (?:cours|vigueur)|acheve|termine|clos|actuel)\)?)?(?: :)?"
EDITION = re.compile(rf"(?:le |notre )?(?:{_RANKED}(?:{_TIMES})?|{_NAME}{_PLACE}{_TIMES}){_STATE}")
"""A heading that says but which contract: "CLS 2 (2016-2019)", "Le premier contrat local de santé"."""
BARE = re.compile(rf"(?:de )?\(?(?:{_YEARS})\)?(?: ?[:–—-] ?(?:le |notre )?{_RANKED})?{_STATE}")
""" "2016-2019", "2016-2019 : le deuxième CLS"."""
SIGNS = re.compile(
    r"\b(?:sign|paraph|conclu)[a-z]*\b[^.;]{0,80}?\b(?:par|entre|avec)\b"
    r"|\b(?:ont|a) (?:co)?(?:signe|paraphe|conclu)\b"
    r"|\b(?:co)?signataires? ?:"
)
"""That somebody signed."""
TOLD = re.compile(r"\bsign\w*[^.;\n]{0,60}? \d{1,2}(?:er)? [a-z]+ 20\d\d\b|\bsignataires ?:")
"""The signing of a contract that is told above the headings."""


def editions(page: Page) -> list[tuple[int, int]]:
    """Where a page tells of each contract that was signed, if several have headings of their own."""
    heads = [
        b.start
        for b in page.blocks[1:]
        if b.kind == "heading" and any(p.fullmatch(page.folded, b.start, b.end) for p in (EDITION, BARE))
    ]
    if len(heads) < 2 or TOLD.search(page.folded, 0, heads[0]):
        return []
    names = {re.sub(r"\W+", " ", page.folded[p : page.blocks[page.block_at(p)].end]) for p in heads}
    spans = [
        (start, after)
        for start, after in pairwise([*heads, len(page.text)])
        if SIGNS.search(page.folded, start, after)
    ]
    return spans if len(spans) > 1 and len(names) == len(heads) else []
