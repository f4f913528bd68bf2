"""Axes that follow a colon: the rest of the sentence, the list below, or the next paragraphs."""

from __future__ import annotations

import re
from itertools import takewhile

from cls_graph.drafting.announcement import Announcement
from cls_graph.drafting.axes import ANNOUNCE, LABELLED, Axis
from cls_graph.drafting.bullets import Bullets
from cls_graph.drafting.enumeration import shape_of
from cls_graph.drafting.layout import Block

SAID = re.compile(
    r"\b(?:est|sont|a|ont|va|vont|sera|seront|doit|doivent|peut|peuvent|permet|prévoit|prévoient|vise|porte"
    r"|fait|était|étaient|avait|avaient|se|\w{3,}(?:eront|iront|era|aient))\b|\bs['’]",
    re.IGNORECASE,
)
"""A verb that makes a sentence of what could be a name; read with its accents: "à" is none."""
BEGUN = re.compile(r"(?:l'|la |le |les )(?!(?:contrat|cls|ars|ville|commune|maire|president|comite)\b)\w")
TOLD_OF = re.compile(
    r",? (?:a savoir|pour qu[e']|afin (?:que|de|d')|par (?:des|l[ea]|les|une?) |grace |notamment|dont"
    r"|ou l|qui\b)"
    r"|,? avec (?:le (?:concours|soutien)|l'(?:appui|aide)|des)\b|[:;(]"
)
"""Where what is told of an axis begins, behind its name."""
COLONS = ":;("


class Following(Bullets):
    """Reads what a colon behind a noun for axes leads to."""

    def _after_colon(self, index: int, made: Announcement, last: bool) -> list[Axis]:
        """What follows the colon: the rest of the sentence, or what stands below."""
        after, limit = made.base + (made.colon.end() if made.colon else 0), made.base + made.stop
        if not self.page.text[after:limit].strip():
            if not last:
                return []
            axes = self._sentence_below(index, made) or self._paragraphs_below(index, made)
            return axes or self._list(index, made.word, made.kind, made.count)
        axes = self._enumeration(after, limit, made.word, made.kind, made.count)
        return axes or self._by_stops(after, made)

    def _by_stops(self, after: int, made: Announcement) -> list[Axis]:
        """ "Sur les trois axes suivants : Soins. Santé mentale. Bien vieillir.": a short sentence each."""
        block = self.page.blocks[self.page.block_at(after)]
        told = [(max(s, after), e) for s, e in self.page.sentences_of(block) if e > after]
        short = all(e - s < 80 and not re.search(r"[,;:]", self.page.folded[s:e]) for s, e in told)
        if len(told) != made.count or len(told) < 2 or not short:
            return []
        return [self._axis(*s, made.word, kind=made.kind) for s in self._clean(told)]

    def _sentence_below(self, index: int, made: Announcement) -> list[Axis]:
        """ "Quatre orientations ont été retenues :", and "a, b, c, d." as the next paragraph."""
        block = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        if block is None or block.kind != "para" or made.count < 3:
            return []
        start, end = self.page.sentences_of(block)[0]
        if not re.search(r"[,;]", self.page.folded[start:end]):
            return []
        axes = self._enumeration(start, end, made.word, made.kind, made.count)
        shapes = {shape_of(self.page.folded[a.start : a.end]) for a in axes}
        plain = shapes == {"verb"} or not any(SAID.search(self.page.text, a.start, a.end) for a in axes)
        alike = len(shapes) == 1 and ("" not in shapes or self.page.text[start].islower())
        return axes if len(axes) == made.count and plain and alike else []

    def _paragraphs_below(self, index: int, made: Announcement) -> list[Axis]:
        """Paragraphs each of which begins with the name of its axis, and goes on to tell of it."""
        run = list(takewhile(self._begins_with_a_name, self.blocks[index + 1 : index + 13]))
        count = made.count or len(run)
        if not 3 <= count <= 10 or len(run) < count:
            return []
        marks = [TOLD_OF.search(self.page.folded, b.start + 8, b.end) for b in run[:count]]
        if 2 * sum(m is not None and m.group() not in COLONS for m in marks) <= count:
            return []
        axes = []
        for block, told in zip(run[:count], marks, strict=True):
            stop = told.start() if told else self.page.sentences_of(block)[0][1]
            axes.append(self._axis(block.start, stop, made.word, kind=made.kind))
        return axes

    def _begins_with_a_name(self, block: Block) -> bool:
        """Whether a paragraph begins "La promotion de …, à savoir": no sentence, and no list or heading."""
        line = self.page.folded[block.start : block.end]
        if block.kind != "para" or not BEGUN.match(line) or line.endswith(":"):
            return False
        if LABELLED.match(line) or ANNOUNCE.match(line):
            return False
        told = TOLD_OF.search(line, 8)
        start, end = self.page.sentences_of(block)[0]
        name = self.page.text[start : start + told.start() if told else end]
        return 6 < len(name) < 140 and not SAID.search(name)
