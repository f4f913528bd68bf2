"""What stands around a group of parallel parts, and what these are, as traits: are they axes of a contract?

A trait is a short text; its first letters say where: ``l`` the words that announce the group, ``p`` the
sentence before, ``h`` the headings above, ``b`` what is between its parts, ``a`` what is behind them, ``i``
how they begin, ``w`` the words in them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from cls_graph.drafting.announcement import FORMER
from cls_graph.drafting.axes import ANNOUNCE, GENERAL, WORDS, singular, sort_of
from cls_graph.drafting.enumeration import shape_of
from cls_graph.drafting.following import SAID
from cls_graph.drafting.foreign import of_another
from cls_graph.drafting.groups import Group
from cls_graph.drafting.health import SUBJECT
from cls_graph.drafting.layout import Page
from cls_graph.drafting.traits import STEM, WORD

SMALL = frozenset("le la les l de du des d et en a au aux un une ou par pour dans sur avec".split())
OURS = re.compile(r"\b(?:contrat|cls)\b")
PERSON = re.compile(r"\b(?:M\.|Mme|Dr|Monsieur|Madame|[A-ZÀ-Ý][a-zà-ÿ-]+ [A-ZÀ-Ý][A-ZÀ-Ý-]{2,})")
PROPER = re.compile(r"(?<=\w[ '’])[A-ZÀ-Ý][\w-]+")
WHEN = re.compile(r"\b(?:\d{1,2} ?h(?:\d\d)?\b|20\d\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")
MONEY = re.compile(r"€|\beuros?\b|%")


class AxisTraits:
    """The traits of the groups of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heads = [block for block in page.blocks if block.kind == "heading"]
        self.begins = [block.start for block in self.heads]

    def of(self, group: Group) -> frozenset[str]:
        """The traits of a group."""
        around = self._announced(group) | self._above(group) | self._after(group)
        return frozenset(around | self._parts(group) | self._form(group))

    def _stems(self, start: int, end: int) -> list[str]:
        words = WORD.findall(self.page.folded, start, max(start, end))
        return ["0" if w.isdigit() else _stem(w) for w in words if w not in SMALL]

    def _announced(self, group: Group) -> set[str]:
        start, end = group.lead
        words = self._stems(start, end)
        near, text = words[-12:], self.page.folded[start:end]
        found = {f"l {w}" for w in near} | {f"L {w}" for w in words[-40:]}
        found |= {f"l {one} {two}" for one, two in pairwise(near)}
        found |= {f"l{place} {w}" for place, w in enumerate(reversed(words[-3:]))}
        said = list(ANNOUNCE.finditer(text))
        if said:
            word = singular(said[-1].group("word"))
            found.add(f"noun {WORDS.get(word, 9)}")
            lead, rest = text[: said[-1].start("word")], text[said[-1].end("word") :]
            found |= {"of another"} if of_another(lead, word, rest) else set()
        if group.count:
            found.add("counted" if group.count == len(group.axes) else "miscounted")
        told = {
            "ours": OURS.search(text),
            "former": FORMER.search(text),
            "general": GENERAL.search(text),
            "no lead": not words,
            "closed": text.endswith("."),
        }
        before = self.page.sentence_at(start - 2) if start > 2 else (0, 0)
        if before[1] > before[0]:
            found |= {f"p {w}" for w in self._stems(*before)[-25:]}
            told["ours before"] = OURS.search(self.page.folded, *before)
        return found | {name for name, holds in told.items() if holds}

    def _above(self, group: Group) -> set[str]:
        place = bisect_left(self.begins, group.axes[0].start)
        found: set[str] = set()
        for head in self.heads[max(place - 2, 0) : place]:
            if head.start != group.lead[0]:
                found |= {f"h {w}" for w in self._stems(head.start, head.end)[-12:]}
        return found

    def _after(self, group: Group) -> set[str]:
        """What stands between the parts of a sentence, and behind them: "telles sont les priorités"."""
        if group.form != "sentence":
            return set()
        last = group.axes[-1].end
        found = {f"a {w}" for w in self._stems(last, max(last, self.page.sentence_at(last - 1)[1]))[:14]}
        for one, other in pairwise(group.axes):
            found |= {f"b {w}" for w in self._stems(one.end, min(other.start, one.end + 120))}
        return found

    def _parts(self, group: Group) -> set[str]:
        spans = [(a.start, a.end) for a in group.axes]
        names = [self.page.folded[s:e] for s, e in spans]
        texts = [self.page.text[s:e] for s, e in spans]
        words = [self._stems(*span) for span in spans]
        found = {f"i {w[0]}" for w in words if w} | {f"w {x}" for w in words for x in w}
        shapes = [shape_of(name) for name in names]
        found |= {f"shape {shape}" for shape in shapes}
        found |= {"one shape"} if len(set(shapes)) == 1 else set()
        found |= self._share("health", [bool(SUBJECT.search(n)) for n in names])
        found |= self._share("person", [bool(PERSON.search(t)) for t in texts])
        found |= self._share("proper", [bool(PROPER.search(t)) for t in texts])
        found |= self._share("when", [bool(WHEN.search(n)) for n in names])
        found |= self._share("money", [bool(MONEY.search(n)) for n in names])
        found |= self._share("digit", [any(c.isdigit() for c in n) for n in names])
        found |= self._share("said", [bool(SAID.search(t)) for t in texts])
        found |= self._share("capital", [t[0].isupper() for t in texts])
        found |= self._share("one word", [len(n.split()) == 1 for n in names])
        return found

    def _share(self, name: str, held: list[bool]) -> set[str]:
        """Which part of the group something holds of: none, some, most or all."""
        part = sum(held) / len(held)
        return {f"{name} {'none' if not part else 'all' if part == 1 else 'most' if part >= 0.5 else 'some'}"}

    def _form(self, group: Group) -> set[str]:
        found = {f"form {group.form}"}
        long = max(a.end - a.start for a in group.axes)
        found |= {f"long {n}" for n in (30, 60, 90, 140) if long >= n}
        found |= {f"size {n}" for n in (3, 4, 6, 8, 10) if len(group.axes) >= n}
        if group.word:
            found |= {f"label {group.word[:STEM]}", f"label noun {WORDS.get(group.word, 9)}"}
        at = self.page.block_at(group.axes[0].start)
        if group.form == "item" and at >= 0:
            found.add(f"mark {sort_of(self.page.blocks[at].mark)}")
            found |= {"below"} if self.page.blocks[at].level > 2 else set()
        size = len(self.page.text)
        found |= {"early"} if group.axes[0].start < 0.2 * size else set()
        return found | ({"late"} if group.axes[0].start > 0.7 * size else set())


def _stem(word: str) -> str:
    """What counts of a word: "prévention" and "prévenir" are one, and so are "axe" and "axes"."""
    return word[:STEM].rstrip("s") if len(word) > 3 else word
