"""Groups of parallel parts of a page, each with the words that announce it: what its axes may be.

Not what the rules know, but all there is: items, lines and headings of one form, paragraphs that each begin
with a name, and enumerations in a sentence. Which of them are axes is weighed by ``likely_axes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cls_graph.drafting.axes import ANNOUNCE, Axis, follows, sort_of
from cls_graph.drafting.bullets import APART, ENDED, TALLY
from cls_graph.drafting.contents import Contents
from cls_graph.drafting.dates import number
from cls_graph.drafting.following import SAID, TOLD_OF
from cls_graph.drafting.health import SUBJECT
from cls_graph.drafting.layout import Block

_ON = (
    r"(?:porte|portent|portera|porteront|agira?|agiront|axee?s?|repose|reposent|travailler|appuie|centree?s?"
    r"|concentre|concentrent|mis|accent)"
)
_AT = (
    r"(?:vise|visent|visant|viser|cherche|cherchent)(?: notamment)?(?: a)?|concernent?"
    r"|touche(?:nt|ra|ront)? (?:a|aux?)|aborde(?:nt|r|ra)?|embrasse[rz]?|couvre(?:nt)?"
    r"|traite(?:nt|r|ra)? (?:de|du|des)|limitent? (?:a|aux)|consacree?s? (?:a|aux?)"
)
_TO = (
    r"(?:permettre|permettra|permet|afin|objectifs?|but|ambition|vocation|fixe|priorites?|enjeux?|axes?"
    r"|propose|entend|entendent|veut|veulent|souhaite|souhaitent|doit|doivent|veiller|ameliorer|favoriser"
    r"|renforcer|developper|pour)"
)
LEADS = re.compile(
    rf" ?: (?=\S)|\b(?:parle(?:nt|-t-il)?|question) (?:de |d')"
    rf"|\(|(?<=« )|\b(?:autour (?:de |d'|du |des )|{_ON} (?:\w+ment )?sur |{_AT} "
    r"|a savoir,? |tels? que |telles? que |sont |comme |notamment |en matiere d(?:e |')"
    rf"|dans les domaines (?:de |d'|du )|{_TO} (?:\w+ment )?(?:de |d'|a |aux? )?)"
)
"""What may stand before an enumeration of axes in its sentence."""
STOP = re.compile(r"[.;:!?»)](?=\s|$)|\)|»")
OPENING = re.compile(
    r"(?:(?:sur|autour de|de|d'|a|aux?|par|en|pour|avec)(?: (?=l'|la |le |les |\w)|(?<=')))(?=\S)"
)
CLOSED = re.compile(r"[.!?»]$")
LABEL = re.compile(
    r"(?P<word>[a-z]{3,14})(?: [a-z]{5,14})?,? (?:n ?[°o]?\.? ?|numero |#)?(?P<rank>\d{1,2}|[ivx]{1,4}|[a-h])"
    r"(?P<mark> ?[:.)/|·>→-]|(?= [«\"])| (?=[a-z]))[ «:-]*"
)
""" "Axe 1 :", "Bloc n° 2 -": a noun and a number."""
FEWEST, MOST, LONGEST = 2, 12, 220


@dataclass(frozen=True)
class Group:
    """Parallel parts as axes of one form, and the words that announce them."""

    axes: tuple[Axis, ...]
    form: str
    """ "item", "heading", "told" (headings with text below), "paragraph" or "sentence"."""

    lead: tuple[int, int]
    count: int = 0
    """The number that the announcing words give, 0 where they give none."""

    block: int = -1
    """Where its first part stands among the blocks of the page."""

    word: str = ""
    """The noun that its labels have: "axe", "bloc"."""

    @property
    def key(self) -> tuple[tuple[int, int], ...]:
        """The places of its parts."""
        return tuple((a.start, a.end) for a in self.axes)


class Groups(Contents):
    """Finds the groups of the parts of a page that are about one contract."""

    def groups(self) -> list[Group]:
        """All groups, in the order of the page, each once."""
        found: dict[tuple[tuple[int, int], ...], Group] = {}
        for group in (*self._labels(), *self._in_blocks(), *self._in_sentences()):
            fits = all(2 < a.end - a.start <= LONGEST for a in group.axes)
            if fits and FEWEST <= len(group.axes) <= MOST:
                found.setdefault(group.key, group)
        return sorted(found.values(), key=lambda g: (g.axes[0].start, g.key))

    def around(self, axes: list[Axis]) -> Group:
        """Axes that were read otherwise as a group, with what announces them."""
        at = self.page.block_at(axes[0].start)
        block = self.page.blocks[at]
        own = self.blocks.index(block) if block in self.blocks else -1
        start = self.page.sentence_at(axes[0].start)[0]
        inside = len({self.page.block_at(a.start) for a in axes}) == 1
        begun = min(axes[0].start, axes[0].whole[0])
        if not inside and own >= 0:
            form = {"para": "paragraph"}.get(block.kind, block.kind)
            label = LABEL.match(self.page.folded, begun, block.end)
            lead, count = self._lead(own)
            word = label.group("word") if label and label.start() == begun else ""
            return Group(tuple(axes), "label" if word else form, lead, count, own, word)
        lead = (start, begun) if begun > start else self._lead_of_sentence(start, own)
        return Group(tuple(axes), "sentence", lead, self._count(*lead), own)

    def _in_blocks(self) -> Iterator[Group]:
        for index, block in enumerate(self.blocks):
            before = self.blocks[index - 1] if index else None
            if block.kind == "item" and (before is None or not self._same(before, block)):
                yield from self._items(index)
            if (
                before is not None
                and before.kind != "item"
                and block.kind != "item"
                and self._announcing(before)
            ):
                if block.kind == "heading":
                    yield from self._headings(index)
                yield from self._paragraphs(index)

    def _same(self, one: Block, other: Block) -> bool:
        return one.kind == "item" and one.level == other.level and sort_of(one.mark) == sort_of(other.mark)

    def _announcing(self, block: Block) -> bool:
        """Whether a block may announce lines: it ends with a colon, or names what axes are called."""
        line = self.page.folded[max(block.start, block.end - 200) : block.end]
        return line.endswith(":") or ANNOUNCE.search(line) is not None or block.kind == "heading"

    def _items(self, index: int) -> Iterator[Group]:
        """Items of one form, without those below them."""
        first, kept = self.blocks[index], [self.blocks[index]]
        for place in range(index + 1, min(len(self.blocks), index + 60)):
            block = self.blocks[place]
            if self._same(block, first):
                if self._heads_next(kept, block):
                    break
                kept.append(block)
            elif not self._within_item(kept, block) and not self._told_at_length(kept, place):
                break
        ends = (n for n, b in enumerate(kept) if n > 1 and ENDED.match(self.page.folded, b.start, b.end))
        kept = kept[: next(ends, len(kept))]
        yield from self._group(kept, "item", index)

    def _within_item(self, kept: list[Block], block: Block) -> bool:
        """Whether a block is below the item above it, or goes on with it."""
        if block.kind != "item":
            return self._goes_on(kept, block)
        return block.level > kept[0].level or sort_of(block.mark) not in ("1", "a")

    def _told_at_length(self, kept: list[Block], place: int) -> bool:
        """Whether the next item, by its number, comes after some blocks that tell of the last one."""
        if sort_of(kept[0].mark) not in ("1", "a"):
            return False
        below = self.blocks[place + 1 : place + 15]
        return any(self._same(b, kept[0]) and follows(kept[-1].mark, b.mark) for b in below)

    def _labels(self) -> Iterator[Group]:
        """Lines that begin with one noun and a number each, whatever stands between them."""
        runs: dict[str, list[tuple[int, re.Match[str]]]] = {}
        for index, block in enumerate(self.blocks):
            if label := LABEL.match(self.page.folded, block.start, block.end):
                runs.setdefault(label.group("word"), []).append((index, label))
        for word, marks in runs.items():
            lead, count = self._lead(marks[0][0])
            axes: dict[str, Axis] = {}
            for index, label in marks:
                if label.group("rank") in axes:
                    continue
                start, end = self.page.trim(label.end(), self.blocks[index].end, ' :-–—.«»"|')
                if end - start < 3 and index + 1 < len(self.blocks):
                    start, end = self.blocks[index + 1].start, self.blocks[index + 1].end
                axis = self._part(Block("para", start, end), "label")
                if axis is not None:
                    axes[label.group("rank")] = axis
            yield Group(tuple(axes.values()), "label", lead, count, marks[0][0], word)

    def _headings(self, index: int) -> Iterator[Group]:
        """Lines one below the other, and headings with what is told of each."""
        run: list[Block] = []
        for block in self.blocks[index : index + MOST + 2]:
            if block.kind != "heading" or ENDED.match(self.page.folded, block.start, block.end):
                break
            if not TALLY.fullmatch(self.page.folded, block.start, block.end):
                run.append(block)
        yield from self._group(run, "heading", index)
        if len(run) == 1:
            heads: list[Block] = []
            for block in self.blocks[index : index + 50]:
                if block.kind == "heading":
                    if ENDED.match(self.page.folded, block.start, block.end):
                        break
                    heads.append(block)
            yield from self._group(heads[:MOST], "told", index)

    def _paragraphs(self, index: int) -> Iterator[Group]:
        """Lines that end with a comma, and paragraphs that each begin with the name of what they tell."""
        run: list[Block] = []
        for block in self.blocks[index : index + MOST]:
            if block.kind == "item" or ENDED.match(self.page.folded, block.start, block.end):
                break
            run.append(block)
            if (
                CLOSED.search(self.page.text[block.end - 1])
                and run[0].end - run[0].start < 140 < block.end - block.start
            ):
                run.pop()
                break
        named = [self._titled(b) for b in run]
        if False in named and 2 < named.index(False) == sum(named):
            run = run[: named.index(False)]  # what follows the last of them
        if len(run) > 1 and any(b.kind == "para" for b in run):
            yield from self._group(run, "paragraph", index)

    def _titled(self, block: Block) -> bool:
        """Whether a paragraph is a name and what tells of it: "Nutrition. Les cantines …", "Air : …"."""
        told = self.page.sentences_of(block)
        start, end = told[0]
        colon = APART.search(self.page.folded, start + 3, start + 60)
        if colon:
            return not SAID.search(self.page.text, start, colon.start())
        return len(told) > 1 and end - start < 60 and not SAID.search(self.page.text, start, end)

    def _group(self, blocks: list[Block], form: str, index: int) -> Iterator[Group]:
        """The blocks as axes; where what announces them counts fewer, also the first of them."""
        lead, count = self._lead(index)
        made = [self._part(b, form) for b in blocks[:MOST]]
        axes = [a for a in made if a is not None]
        yield Group(tuple(axes), form, lead, count, index)
        if 1 < count < len(axes):
            yield Group(tuple(axes[:count]), form, lead, count, index)

    def _part(self, block: Block, form: str) -> Axis | None:
        """A block as an axis, without its label, and without what is told of it."""
        if label := LABEL.match(self.page.folded, block.start, block.end):
            block = Block(block.kind, label.end(), block.end, block.level, block.mark)
        axis = self._item(block, "visee", "unspecified")
        if axis is None or form != "paragraph":
            return axis
        told = TOLD_OF.search(self.page.folded, axis.start + 8, axis.end)
        return self._axis(axis.start, told.start(), "visee") if told else axis

    def _lead(self, index: int) -> tuple[tuple[int, int], int]:
        """The words above a block that announce it: the last sentence of the block before, and its number."""
        at = self.page.block_at(self.blocks[index].start)
        if at < 1:
            return (0, 0), 0
        before = self.page.blocks[at - 1]
        start, end = (
            self.page.sentences_of(before)[-1] if before.kind != "heading" else (before.start, before.end)
        )
        return (start, end), self._count(start, end)

    def _count(self, start: int, end: int) -> int:
        said = [m for m in ANNOUNCE.finditer(self.page.folded, start, end) if m.group("n")]
        return number(said[-1].group("n")) if said else 0

    def _in_sentences(self) -> Iterator[Group]:
        """Enumerations, from each place of a sentence where one may begin."""
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            if not self._mine(start) or ("," not in text and " et " not in text and ";" not in text):
                continue
            if len(SUBJECT.findall(text)) < 2 and not ANNOUNCE.search(text):
                continue
            block = self.page.block_at(start)
            begins = [start, *(m.end() for m in LEADS.finditer(self.page.folded, start, end))]
            for begin in begins[:9]:
                lead = (start, begin) if begin > start else self._lead_of_sentence(start, block)
                yield from self._enumerated(begin, end, lead, block)

    def _lead_of_sentence(self, start: int, block: int) -> tuple[int, int]:
        before = self.page.sentence_at(max(start - 2, 0))
        if before[1] > before[0] and before[0] < start:
            return before
        above = self.page.blocks[block - 1] if block > 0 else None
        return (above.start, above.end) if above else (0, 0)

    def _enumerated(self, begin: int, end: int, lead: tuple[int, int], block: int) -> Iterator[Group]:
        opened = self.page.folded[begin - 1 : begin] == "("
        inside = self.page.folded.find(")", begin, end) if opened else -1
        stop = STOP.search(self.page.folded, begin, end) if not opened else None
        until = inside if inside > 0 else end
        if stop is not None and not (stop.group() == ";" or self._in_brackets(begin, stop.start())):
            until = stop.start()
        if ";" in self.page.folded[begin:end] and not opened:
            until = max(until, self._last_semicolon(begin, end))
        count = self._count(*lead)
        for spans in (self._numbered_run(begin, end), *(self._pieces(begin, until, n) for n in {count, 0})):
            if 1 < len(spans) <= MOST:
                yield Group(
                    tuple(self._axis(self._opened(s, e), e, "visee") for s, e in spans),
                    "sentence",
                    lead,
                    count,
                    block,
                )

    def _in_brackets(self, begin: int, at: int) -> bool:
        """Whether a bracket that was opened behind ``begin`` closes here."""
        return self.page.folded[at] == ")" and "(" in self.page.folded[begin:at]

    def _last_semicolon(self, begin: int, end: int) -> int:
        stop = re.search(r"[.!?](?=\s|$)", self.page.folded[begin:end])
        return begin + stop.start() if stop else end

    def _opened(self, start: int, end: int) -> int:
        """Where the name of a part begins, behind its preposition."""
        lead = OPENING.match(self.page.folded, start, end)
        return lead.end() if lead else start
