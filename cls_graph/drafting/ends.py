"""Where the name of a body ends: before another body that is tied to it, or after commas of its own."""

from __future__ import annotations

import re

from cls_graph.drafting.gazetteer import group_at
from cls_graph.drafting.kinds import CARE, HEADS, LATE
from cls_graph.drafting.layout import Page
from cls_graph.drafting.naming import CAP

TOWARDS = re.compile(r" (?:(?:à |au |aux |et |[-–—/] )(?:la |le |l[’'])?|[Ll]a |[Ll]es? |[Ll][’'])")


def head_at(page: Page, position: int) -> bool:
    """Whether words that name a kind of body, or a known group of communes, begin here."""
    if any(h.pattern.match(page.folded, position) for h in (*HEADS, *LATE)):
        return True
    return bool(group_at(page, position))


def own_end(page: Page, begin: int, end: int, *, dashed: bool) -> int:
    """The end of a name before another body that a preposition ties to it: "unit Pantin à l'ARS"."""
    if group_at(page, begin) == end:
        return end  # "Morvan Sommets et Grands Lacs" is one
    for tie in TOWARDS.finditer(page.text, begin, end):
        cared = tie.group().strip() in "-–—/" and CARE.match(page.folded, tie.end())
        if (dashed or not cared) and head_at(page, tie.end()):
            return tie.start()
    return end


def inner_commas(page: Page, comma: int) -> int | None:
    """The end of a name with commas inside: "Collectif Santé, Solidarité et Territoires"."""
    if page.text[comma : comma + 1] != ",":
        return None
    match = re.compile(rf", ({CAP})((?:, {CAP})*) et ({CAP})(?=[,;.\n]|$| et l| au | du | de | en )").match(
        page.text, comma
    )
    if not match or head_at(page, match.start(1)) or head_at(page, match.start(3)) or len(match.group(3)) < 4:
        return None
    if any(len(w) < 4 or w.isupper() for w in re.findall(CAP, match.group())):
        return None
    return match.end()
