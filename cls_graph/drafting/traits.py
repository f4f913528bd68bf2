"""What stands around a run of bodies, as traits: words before, after and above it, and who is in it.

A trait is a short text; its first letters say where: ``b`` before in the sentence, ``a`` after, ``l`` the
line that announces a list, ``h`` a heading above, ``f`` families of words (``lexicon``), ``k`` kinds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.drafting.lexicon import letters
from cls_graph.drafting.runs import LEAD, Run

WORD = re.compile(r"[^\W\d_]+|\d+|[:;().,«»?!–-]")
STEM = 6
"""Letters of a word that count: "signataires" and "signataire" are one."""
SEEN = 30
"""Items of a list that are looked at on either side."""
LOCAL = frozenset({"commune", "epci", "petr", "departement"})
NAMED = frozenset({"ars", "prefecture", "cpam"})


class Traits:
    """The traits of the runs of one page."""

    def __init__(self, page: Page, mentions: list[Mention], runs: list[Run]) -> None:
        self.page, self.mentions = page, mentions
        self.starts = [mention.start for mention in mentions]
        self.heads = [place for place, block in enumerate(page.blocks) if block.kind == "heading"]
        self.longest = max((len(run.members) for run in runs), default=0)

    def of(self, run: Run) -> frozenset[str]:
        """The traits of a run."""
        start, end = self.page.sentence_at(run.start)
        end = max(end, self.page.sentence_at(run.members[-1].start)[1], run.end)
        before, after = self._words(start, run.start), self._words(run.end, end)
        found = self._around(before, after) | self._families(start, run, end) | self._who(run, start, end)
        return frozenset(found | self._above(run, before))

    def _between(self, start: int, end: int) -> list[Mention]:
        """The bodies that begin in a stretch."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _words(self, start: int, end: int) -> list[str]:
        """The stems of a stretch, with a mark in the place of each body."""
        found: list[str] = []
        at = start
        for mention in self._between(start, end):
            found += self._stems(at, max(at, mention.start))
            found.append(_mark(mention))
            at = max(at, min(mention.end, end))
        return found + self._stems(at, end)

    def _stems(self, start: int, end: int) -> list[str]:
        words = WORD.findall(self.page.folded, start, max(start, end))
        return ["0" if word.isdigit() else word[:STEM] for word in words]

    def _around(self, before: list[str], after: list[str]) -> set[str]:
        near, next_to = before[-14:], after[:12]
        found = {f"b {w}" for w in near} | {f"B {w}" for w in before}
        found |= {f"a {w}" for w in next_to} | {f"A {w}" for w in after}
        found |= {f"b {one} {two}" for one, two in pairwise(before[-10:])}
        found |= {f"a {one} {two}" for one, two in pairwise(after[:8])}
        found |= {f"b{place} {w}" for place, w in enumerate(reversed(before[-4:]))}
        return found | {f"a{place} {w}" for place, w in enumerate(after[:4])}

    def _families(self, start: int, run: Run, end: int) -> set[str]:
        before, _ = letters(self.page.folded, start, run.start)
        after, _ = letters(self.page.folded, run.end, end)
        found = {f"fB {c}" for c in before} | {f"fA {c}" for c in after}
        found |= {f"fb {c}" for c in before[-6:]} | {f"fa {c}" for c in after[:5]}
        earlier = self.page.sentence_at(start - 1) if start else (0, 0)
        if earlier[1] > earlier[0]:
            found |= {f"fp {c}" for c in letters(self.page.folded, *earlier)[0]}
        return found

    def _who(self, run: Run, start: int, end: int) -> set[str]:
        kinds, said = {mention.kind for mention in run.members}, self._between(start, end)
        found = {f"k {kind}" for kind in kinds}
        found |= {f"size {n}" for n in (2, 3, 5) if len(run.members) >= n}
        found |= {f"near {n}" for n in (2, 4, 6) if len(said) >= n}
        told = {
            "post": any(m.post for m in run.members),
            "generic": all(m.generic for m in run.members),
            "ars and local": "ars" in kinds and bool(kinds & LOCAL),
            "ars and state": {"ars", "prefecture"} <= kinds,
            "ars in sentence": any(m.kind == "ars" for m in said),
            "longest": len(run.members) == self.longest,
            "early": run.start < 0.15 * len(self.page.text),
            "late": run.start > 0.7 * len(self.page.text),
        }
        return found | {name for name, holds in told.items() if holds}

    def _above(self, run: Run, before: list[str]) -> set[str]:
        """What announces a run: the line above its list, where nothing of its own line stands before it."""
        blocks, here = self.page.blocks, self.page.block_at(run.start)
        if here < 0:
            return set()
        found = {f"block {blocks[here].kind}"}
        first = here
        while blocks[here].kind == "item" and first > 0 and blocks[first - 1].kind == "item":
            first -= 1
        if blocks[here].kind == "item":
            found |= self._listed(first, here)
        above = bisect_left(self.heads, here)
        for head in (blocks[place] for place in self.heads[max(above - 1, 0) : above]):
            found |= {f"h {w}" for w in self._words(head.start, head.end)[-15:]}
        lead = first - 1
        if lead < 0 or (blocks[here].kind != "item" and any(w.isalnum() for w in before)):
            return found
        words = self._words(blocks[lead].start, blocks[lead].end)[-30:]
        found |= {f"l {w}" for w in words} | {f"l {one} {two}" for one, two in pairwise(words)}
        found |= {f"fl {c}" for c in letters(self.page.folded, blocks[lead].start, blocks[lead].end)[0]}
        found.add(f"lead {blocks[lead].kind}")
        return found | ({"lead :"} if ":" in words[-2:] else set())

    def _listed(self, first: int, here: int) -> set[str]:
        """How much of a list of items bodies are."""
        blocks, last = self.page.blocks, here
        while last + 1 < min(len(blocks), here + SEEN) and blocks[last + 1].kind == "item":
            last += 1
        items = blocks[max(first, here - SEEN) : last + 1]
        bodies = sum(bool(self._between(b.start, b.start + LEAD + 1)) for b in items)
        found = {f"items {n}" for n in (3, 6) if len(items) >= n}
        return found | {f"bodies {n}" for n in (5, 8) if 10 * bodies >= n * len(items)}


def _mark(mention: Mention) -> str:
    """What stands in the place of a body."""
    if mention.post:
        return "#post"
    if mention.kind in NAMED:
        return f"#{mention.kind}"
    return "#local" if mention.kind in LOCAL else "#body"
