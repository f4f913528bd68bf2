"""Axes that a label shows: "Axe 1 : …", "Priorité n° 2 - …", a line or a sentence each."""

from __future__ import annotations

import re

from cls_graph.drafting.axes import LABELLED, WORDS, Axis, distinct, sort_of, type_of
from cls_graph.drafting.health import mostly_of_health
from cls_graph.drafting.layout import Block
from cls_graph.drafting.prose import Prose

REVIEWED = re.compile(r"(?:ce qui|bilan|etat|avancement|(?:les )?actions?|point|suivi|realis\w+|fiches?)\b")
""" "Axe A : ce qui a été fait": of axes that are named elsewhere."""
SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[»)]?\. (?=[A-ZÀ-Ü«])")
PAGE = re.compile(r" \d{1,3}$")
"""The page of each, in a table of contents."""
COLON = re.compile(r" ?: (?=\S)")

SHORT_WORDS = {"os": "objectif", "og": "objectif", "o": "orientation", "a": "axe", "p": "priorite"}
SHORT = re.compile(r"(?P<word>os|og|o|a|p) ?(?P<rank>\d) ?[:.-] *(?=[^\W\d]|«)")
NAMED = re.compile(
    r"axe(?: (?:strategique|prioritaire|thematique|transversale?))?(?: ?: | - | )(?=[a-z«])"
    r"(?!d[eu]s? |d'|routier|rouge|majeur|qui |que |est |a |(?:strategique|prioritaire|thematique)s?\b|n ?°"
    r"|[ivx]+\b|[a-h]\b)"
)


class Labels(Prose):
    """Reads the axes that have a label."""

    def _labelled(self) -> list[Axis]:
        found: list[Axis] = []
        last: Axis | None = None
        for index, block in enumerate(self.blocks):
            match = LABELLED.match(self.page.folded, block.start, block.end)
            inline = list(LABELLED.finditer(self.page.folded, block.start, block.end))
            inline = [m for m in inline if not self._bracketed_off(m)]
            if not self._in_a_row(inline):
                inline = [
                    m for m in inline if m.group("mark").strip() or self.page.text.startswith("«", m.end())
                ]
            if match and (match.group("mark").strip() or block.kind == "heading" or block.kind == "item"):
                if len(inline) > 1 and inline[0].start() == block.start:
                    found += self._inline(inline, block.end)
                    continue
                made = self._label_line(index, block, match)
                if made is None:
                    continue
                if match.group("sub") or (found and WORDS[made.word] > WORDS[found[0].word]):
                    if last is not None:
                        last.children.append(made)
                    continue
                if found and WORDS[made.word] < WORDS[found[0].word]:
                    found = []
                last = made
                found.append(made)
            elif len(inline) > 1 or (inline and re.match(r"1|i\b|a\b", inline[0].group("rank"))):
                found += self._inline(inline, block.end)
            elif last is not None and block.kind == "item":
                last.children.append(self._axis(block.start, block.end, "objectif"))
            elif block.kind != "item" and last is not None and not match and block.kind == "heading":
                last = None
        found = distinct(found, self.page)
        if found and all(REVIEWED.match(self.page.folded, a.start, a.end) for a in found):
            return []
        return self._without_tellings(found)

    def _short_labels(self) -> list[list[Axis]]:
        """ "OS1 – Soins", "A2 : Santé mentale": lines with a letter for the noun and a number."""
        found: list[Axis] = []
        for block in self.blocks:
            mark = SHORT.match(self.page.folded, block.start, block.end)
            if mark is None or int(mark.group("rank")) != len(found) + 1:
                continue
            word = SHORT_WORDS[mark.group("word")]
            if len(mark.group("word")) > 1 or re.search(rf"\b{word}s?\b", self.page.folded):
                found.append(self._axis(mark.end(), block.end, word, code=mark.span()))
        return [found] if len(found) > 1 and self._named_of_health(found) else []

    def _named_lines(self) -> list[list[Axis]]:
        """ "Axe santé mentale", "2. Axe « Prévention »": lines with the noun and a name, but no number."""
        found: list[Axis] = []
        for block in self.blocks:
            mark = NAMED.match(self.page.folded, block.start, block.end)
            heads = block.kind != "para" or self.page.text[block.end - 1] == ":"
            if mark and heads and block.end - block.start < 110:
                start, end = self.page.trim(mark.end(), block.end, ' :«»"')
                found.append(self._axis(start, end, "axe", kind=type_of(mark.group())))
        return [self._without_tellings(found)] if len(found) > 1 and self._named_of_health(found) else []

    def _named_of_health(self, found: list[Axis]) -> bool:
        """Whether what a weak label names is of a contract of health, and no road: "A1 : Paris-Lille"."""
        return not self.of_health or mostly_of_health([self.page.folded[a.start : a.end] for a in found])

    def _without_tellings(self, found: list[Axis]) -> list[Axis]:
        """The labels without what is told of each after a full stop, or after a colon that most have."""
        pages = [PAGE.search(self.page.folded, a.start, a.end) for a in found]
        if len(found) > 1 and all(pages):
            for axis, page in zip(found, pages, strict=True):
                axis.end = page.start() if page else axis.end
        for pattern in (SENTENCE, COLON):
            cuts = [pattern.search(self.page.text, a.start + 4, a.end) for a in found]
            if pattern is COLON and (len(found) < 2 or sum(c is not None for c in cuts) * 2 <= len(found)):
                continue
            for axis, cut in zip(found, cuts, strict=True):
                axis.end = cut.start() if cut else axis.end
        return found

    def _in_a_row(self, marks: list[re.Match[str]]) -> bool:
        """ "Axe 1 Accès aux soins Axe 2 Santé mentale": labels that stand in one line, by their numbers."""
        ranks = [m.group("rank") for m in marks]
        begun = all(self.page.text[m.start()].isupper() for m in marks)
        named = all(re.match(r"[«A-ZÀ-Ü]", self.page.text[m.end() : m.end() + 1]) for m in marks)
        return len(marks) > 1 and begun and named and ranks == [str(n + 1) for n in range(len(marks))]

    def _bracketed_off(self, mark: re.Match[str]) -> bool:
        """Whether a label stands in brackets of its own, behind a name: "santé mentale (axe 2)"."""
        return self.page.text[mark.start() - 1 : mark.start()] == "(" and ")" in mark.group("mark")

    def _label_line(self, index: int, block: Block, match: re.Match[str]) -> Axis | None:
        cell = self.page.text.find(" | ", match.end(), block.end)
        start, end = self.page.trim(match.end(), cell if cell > match.end() else block.end, ' :-–—.«»"|')
        if start >= end:
            following = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if following is None or following.end - following.start > 200 or self._deeds_below(index):
                return None
            start, end = following.start, following.end
        return self._axis(
            start, end, match.group("word"), code=(match.start(), match.end()), kind=type_of(match.group())
        )

    def _deeds_below(self, index: int) -> bool:
        """Whether a bare "Axe 1 :" heads several items below: its actions, none of them its name."""
        below = self.blocks[index + 1 : index + 3]
        return len(below) == 2 and all(b.kind == "item" and sort_of(b.mark) not in "1a" for b in below)

    def _inline(self, marks: list[re.Match[str]], stop: int) -> list[Axis]:
        found = []
        for here, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else stop
            cut = re.search(
                r"\)" if "(" in here.group("mark") else r"\. |;(?=\s)|\n", self.page.folded[here.end() : end]
            )
            end = here.end() + cut.start() if cut else end
            start, end = self.page.trim(here.end(), end, ' :-–—.,;«»")')
            end = self._without(start, end)
            if start < end:
                found.append(
                    self._axis(start, end, here.group("word"), code=here.span(), kind=type_of(here.group()))
                )
        return found
