"""Contracts of one territory told one after the other: "CLS 1 (2011-2014)", "CLS 2 (2016-2019)"."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.attribution import RANKS
from cls_graph.drafting.contracts import Contract
from cls_graph.drafting.dates import find_dates
from cls_graph.drafting.layout import Block, Page
from cls_graph.drafting.places import Candidate

_YEARS = r"(?:20\d\d ?(?:[-/]|a|au) ?(?:20)?\d\d)"
_CONTRACT = r"(?:contrat local de sante(?: \(cls\))?|contrat|cls)"
_RANK = "(?:" + "|".join(sorted((w for w in RANKS if not w.startswith("i")), key=len, reverse=True)) + ")"
HEAD = re.compile(
    rf"(?:de )?\(?{_YEARS}\)?|(?:(?:de )?\(?{_YEARS}\)?[ :,|-]+)?(?:le |notre )?"
    rf"(?:{_RANK} (?:{_CONTRACT}|generation)|nouveau {_CONTRACT}"
    rf"|{_CONTRACT},? ?(?:n ?°? ?|numero )?(?:[1-6]|i{{1,3}}|iv|v)\b(?! ?[/.])"
    rf"|{_CONTRACT}(?= [(:-]* ?{_YEARS})|{_CONTRACT} de (?:{_RANK}) generation)"
    rf"(?: d(?:e |u |'|es )(?:la |l'|le )?(?:[\w'-]+ ?){{1,5}}?)?"
    rf"[ :,|(-]*(?:periode |pour |sur )?(?:{_YEARS}|depuis 20\d\d)?\)?"
    r"(?:[ ,|(-]+(?:en (?:cours|vigueur)|acheve|termine)\)?)?"
)
"""What heads one of them: its rank or its years, and no more."""
SIGNED = re.compile(r"\b(?:co-?)?(?:sign|paraph|conclu|scell)\w*")
SAID = re.compile(r"[ :,|-]*(?:il (?:a ete |est ))?(?:signe|conclu|paraphe)\b")
""" "CLS 2 (2016-2019) : signé le …", on the line of its head."""
TOLD = re.compile(r"\bsign\w*[^.;\n]{0,60}? \d{1,2}(?:er)? [a-z]+ 20\d\d\b|\bsignataires ?:")
"""The signing of another contract, told above the heads."""
YEARS = re.compile(_YEARS)
RANK = re.compile(rf"\b({_RANK})\b|(?:cls|sante|contrat)\)?,? ?(?:n ?°? ?|numero )?([1-6]|i{{1,3}}|iv|v)\b")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def generations_of(page: Page, territory: Candidate | None) -> list[Contract]:
    """The contracts that a page heads by rank or years, each with the day it was signed; else none."""
    heads = [(b.start, order) for b in page.blocks if (order := _order(page, b))]
    ends = [*(start for start, _ in heads[1:]), len(page.text)]
    spans = [(start, end) for (start, _), end in zip(heads, ends, strict=bool(heads))]
    steps = {b > a for (_, a), (_, b) in pairwise(heads)}
    equal = any(a == b for (_, a), (_, b) in pairwise(heads))
    if heads and TOLD.search(page.folded, 0, heads[0][0]):
        return []
    full = all(RANK.search(line) and YEARS.search(line) for line in (_line(page, s) for s, _ in spans))
    if len(heads) < 2 or len(steps) > 1 or equal or not all(_signed(page, *s, years=full) for s in spans):
        return []
    return [Contract(territory, [span], several=True) for span in spans]


def _order(page: Page, block: Block) -> int:
    """The rank or the first year that a block begins with, as the head of a contract; 0 where it is none."""
    words = page.folded[block.start : block.end]
    line = words.split("\n")[0]
    head = HEAD.fullmatch(line.rstrip(" :"))
    if head is None:
        head = next((m for m in (HEAD.match(line),) if m and SAID.match(line, m.end())), None)
    if head is None:
        return 0
    rank, years = RANK.search(head.group()), YEARS.search(head.group())
    if rank:
        word = rank.group(1) or rank.group(2)
        return RANKS.get(word) or ROMAN.get(word) or int(word)
    return int(years.group()[:4]) if years else 0


def _line(page: Page, start: int) -> str:
    """The line of a head."""
    return page.folded[start:].split("\n", 1)[0]


def _signed(page: Page, start: int, end: int, *, years: bool) -> bool:
    """Whether a part of the page tells when its contract was signed; ``years``: a year says enough."""
    told = [s for s in page.sentences if start <= s[0] < end and SIGNED.search(page.folded, *s)]
    least = 4 if years else 7
    return any(len(date.value) >= least for s in told for date in find_dates(page, *s))
