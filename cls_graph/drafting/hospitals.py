"""Psychiatric hospitals that a text names by their own name, or whose brackets say what they are."""

from __future__ import annotations

import re
from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.geo import fold_name

KIND = "etablissement-sante-mentale"
NAMES = frozenset(
    """ville evrard|maison blanche|vinatier|charles perrens|edouard toulouse|valvert|montperrin|montfavet
henri laborit|gerard marchant|guillaume regnier|georges daumezon|george sand|rouvray|chartreuse|fains veel
ravenel|philippe pinel|navarre|pierre janet|bon sauveur|etienne gourmelen|georges mazurelle|theophile roussel
les murets|paul guiraud|barthelemy durand|roger prevot|erasme|camille claudel|candelie|cadillac|bassens
vallee de l arve|buech durance|maurice despinoy|monteran|mas careiron|camille miret|novillars|sevrey
pierre leo|colombiere|jean martin charcot|charcot|falret|val de lys artois""".replace("\n", "|").split("|")
)
"""Names of psychiatric hospitals and foundations, folded; none that is also a town with other hospitals."""
MAY_BE = ("hopital-public", "autre", "reseau-association", "hopital-prive")
SAID = re.compile(r" ?\([^()]{0,60}\b(?:psychiatr\w+|sante mentale|psychotherap\w+)\b[^()]{0,60}\)")
HOSPITAL = re.compile(
    r"(?:nouvel )?(?:centre|hopital|hopitaux|groupe|etablissement|ch|chs|eps|fondation|association)\b"
)
LEAD = re.compile(r"^(?:(?:de la|de l|du|des|de|d|le|la) )+")


def with_psychiatry(page: Page, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a page, psychiatric hospitals with that kind."""
    return [
        replace(m, kind=KIND) if m.kind in MAY_BE and (_named(m) or SAID.match(page.folded, m.end)) else m
        for m in mentions
    ]


def _named(mention: Mention) -> bool:
    """Whether a hospital, or a foundation, has the name of a psychiatric one."""
    words = fold_name(mention.text)
    if not HOSPITAL.match(words):
        return False
    name = LEAD.sub("", fold_name(mention.name))
    return any(name == known or name.startswith(f"{known} ") for known in NAMES)
