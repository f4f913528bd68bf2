"""Runs of bodies: those that nothing but a list joins, in a sentence or item after item."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page

JOINED = re.compile(
    r"(?:\([^()]{0,60}\)|[\s,;:/&•·*|–—.)\d-]|'"
    r"|\b(?:et|ou|ainsi que|l|la|le|les|de|du|des|d|avec|aussi|egalement|enfin|plus|mm?|mme)\b)*"
)
"""What may stand between two bodies of a run, folded."""
FAR = 90
"""Characters between two bodies, at most."""
LEAD = 25
"""Characters of an item before its body, at most."""


@dataclass(frozen=True)
class Run:
    """Bodies that a list joins, in order; at least one."""

    members: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Where the first begins."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Where the last ends."""
        return self.members[-1].end


def runs_of(page: Page, mentions: list[Mention]) -> list[Run]:
    """All bodies of a page, run by run."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if found and _joined(page, found[-1][-1], mention):
            found[-1].append(mention)
        else:
            found.append([mention])
    return [Run(tuple(members)) for members in found]


def _joined(page: Page, one: Mention, other: Mention) -> bool:
    here, there = page.block_at(one.start), page.block_at(other.start)
    if here == there:
        gap = page.folded[one.end : other.start]
        return len(gap) < FAR and JOINED.fullmatch(gap) is not None
    first, second = page.blocks[here], page.blocks[there]
    listed = first.kind == second.kind == "item" and there - here == 1
    return listed and other.start - second.start < LEAD
