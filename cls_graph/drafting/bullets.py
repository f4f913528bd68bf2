"""Axes that a list holds: the items, or the lines of one form, after the words that announce them."""

from __future__ import annotations

import re
from itertools import pairwise

from cls_graph.drafting.axes import ANNOUNCE, GENERAL, LABELLED, SINGULAR, Axis, follows, singular, sort_of
from cls_graph.drafting.labels import Labels
from cls_graph.drafting.layout import Block
from cls_graph.drafting.tables import tables_of

_GROUPED = (
    r"(?:articul|repart|regroup|organis|rang|structur|class)(?:ees|ies) (?:\w+ )?(?:autour|entre|selon|en)\b"
    r"[^.;:]{0,40}:$"
)
AIMED = re.compile(
    r"\b(?:contrat|cls|il|celui-ci)(?:(?! actions?\b| fiches?\b| mesures?\b)[^.;:]){0,40} (?:vise|porte sur|"
    r"repose sur|se concentre sur|cible|se decline|s'articule)(?:(?! actions?\b| fiches?\b)[^.;:]){0,60}:$"
    r"|\b(?:contrat|cls)\b[^.;:]{0,60}\b(?:actions?|fiches)\b[^.;:]{0,20}?,? "
    rf"{_GROUPED}"
    r"|\bactions (?:du (?:contrat|cls)|prevues|inscrites|retenues)[^.;:]{0,30} "
    rf"(?:s'articulent (?:\w+ )?autour\b[^.;:]{{0,40}}:$|sont {_GROUPED})"
)


TOLD = re.compile(rf"(?:le |la |l')?(?:premiere?|1ere?) (?:{SINGULAR}\b|est\b|concerne\b|vise\b|porte\b)")
""" "Le premier axe vise …": what follows is told in sentences."""
MENU = re.compile(
    r"\b(?:au menu|au programme|a l'ordre du jour|au cœur|au centre)\b"
    r"(?=[^:.;]*\b(?:annees|ans|contrat|cls|mandat)\b)[^:.;]{0,60} ?:$"
)
APART = re.compile(r" ?: (?=\w)")
TALLY = re.compile(r"\(?\d{1,2} (?:fiches?|actions?|mesures?|objectifs?|projets?)\b[\w' -]{0,30}\)?\.?")
""" "6 actions", below the name of an axis."""
ASIDE = re.compile(r",? (?=où )")
""" "Promouvoir la santé mentale, où l'offre manque": what is told of an axis."""
COLUMN = re.compile(
    rf"(?:les |n° (?:et )?)?(?P<word>{SINGULAR}[sx]?)(?: (?:strategiques?|thematiques?|prioritaires?|de "
    rf"travail|"
    r"d'intervention|du contrat|du cls|retenue?s?))?"
)

RANK = re.compile(r"(?:axe ?)?(?:n ?°? ?)?(?:\d{1,2}|[ivx]{1,4}|[a-h])\.?")

ENDED = re.compile(
    r"(?:\d{1,2} ?[.)-] ?|[ivx]+ ?[.-] )?(?:l'|la |le |les |nos )?(?:gouvernance|pilotage|suivi|calendrier"
    r"|evaluation|duree|signataires|partenaires|moyens|financements?|budget|actualites|agenda|acteurs)\b"
    r"|fait a\b|article \d|telecharge\w*|contacts?\b|une question|en savoir|voir aussi|lire aussi|partage[rz]"
    r"|suivez|annexes?\b|mentions|sources?\b|pour aller plus loin|documents?\b|a lire\b|[\w' ]+, le \d"
)
"""What stands at the end of a page, or of a contract, below a list of lines."""
RANKED = re.compile(r"\(?(\d{1,2}) ?[.)/:–°-]*")


class Bullets(Labels):
    """Reads the axes of a list."""

    def _list(self, index: int, word: str, kind: str, count: int) -> list[Axis]:
        """The list after an announcement: items, else lines of one form."""
        if groups := self._headed_lists(index, count):
            axes = [self._item(b, word, kind) for b in groups]
            return [a for a in axes if a]
        found: list[Axis] = []
        items: list[Block] = []
        kinds = [b.kind for b in self.blocks[index + 1 : index + 61]]
        under = kinds[:2] == ["heading", "item"]  # each line has a list of its own below it
        for at, block in enumerate(self.blocks[index + 1 : index + 60]):
            if under and items and block.kind == "heading" and kinds[at + 1 : at + 2] != ["item"]:
                break
            if (
                items
                and block.kind != items[0].kind
                and not (items[0].kind == "item" and block.kind == "item")
            ):
                if (
                    items[0].kind == "heading"
                    and block.kind == "para"
                    and len(items) < (count or 99)
                    and not self.page.text[block.start : block.end].rstrip().endswith(":")
                ):
                    continue
                if items[0].kind == "item" and self._goes_on(items, block):
                    continue
                if items[0].kind == "heading" and block.kind == "item" and (count or under):
                    continue  # what is below an axis
                if items[0].kind == "para" and block.kind == "heading" and count and len(items) < count:
                    pass
                else:
                    break
            if (
                not items
                and block.kind == "para"
                and not re.search(r" ?: |;$|,$", self.page.folded[block.start : block.end])
                and block.end - block.start > 160
            ):
                break
            if items and TALLY.fullmatch(self.page.folded, block.start, block.end):
                continue
            heading = ANNOUNCE.match(self.page.folded, block.start, block.end)
            if not items and heading and block.kind == "heading" and heading.end() >= block.end - 3:
                continue
            if LABELLED.match(self.page.folded, block.start, block.end):
                break
            if items and items[0].kind != "item" and count and len(items) >= count:
                break
            if len(items) > 1 and not count and items[0].kind == "heading" and self._ends_run(items, block):
                break
            if items and items[0].kind != "item" and ENDED.match(self.page.folded, block.start, block.end):
                break
            if items and items[0].kind == block.kind == "item" and self._heads_next(items, block):
                break
            items.append(block)
        if not items or TOLD.match(self.page.folded, items[0].start, items[0].end):
            return []
        if items[0].kind != "item" and not (
            2 <= len(items) <= 12 and (count == len(items) or all(self._item_like(b) for b in items))
        ):
            if not count or len(items) < count:
                return []
            items = items[:count]
        if (
            items[0].kind != "item"
            and not count
            and not all(
                " :" in self.page.text[b.start : b.end]
                or self.page.text[b.end - 1] in ";,"
                or b.kind == "heading"
                for b in items
            )
        ):
            return []
        top = min(b.level for b in items)
        firsts = [b for b in items if b.level == top and sort_of(b.mark) == sort_of(items[0].mark)]
        if count and len(firsts) > count and len({b.level for b in items}) == 1:
            firsts = firsts[:count] if len(firsts) > count + 3 else firsts
        explained = [b for b in firsts if APART.search(self.page.folded, b.start + 6, b.end)]
        whole = len(firsts) > 2 and len(explained) * 2 < len(firsts)
        for block in items:
            if block in firsts:
                axis = self._item(block, word, kind, whole=whole)
                if axis:
                    found.append(axis)
            elif found:
                found[-1].children.append(
                    self._axis(*self.page.trim(block.start, block.end, " ;.,"), "objectif")
                )
        alone = count == 1 or (count > 1 and len(items) == 1 and self._breaks_off(items[0].end))
        return self._unmarked(found) if len(found) > 1 or alone else []

    def _headed_lists(self, index: int, count: int) -> list[Block]:
        """ "Accès aux soins :" above its items, "Santé mentale :" above its own: lines with a colon."""
        heads: list[Block] = []
        for block, after in pairwise(self.blocks[index + 1 : index + 60]):
            if block.kind == "item":
                if not heads:
                    return []
                continue
            line = self.page.folded[block.start : block.end]
            if not line.endswith(":") or after.kind != "item" or len(line) > 110 or ENDED.match(line):
                break
            if LABELLED.match(line) or ANNOUNCE.match(line):
                return []
            heads.append(block)
        return heads if len(heads) > 1 and len(heads) == (count or len(heads)) else []

    def _goes_on(self, items: list[Block], block: Block) -> bool:
        """Whether a paragraph tells of the item above it: the next item, of the same mark, is right below."""
        at = next(i for i, b in enumerate(self.blocks) if b is block)
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        own = sort_of(items[0].mark)
        told = self.page.text[block.start : block.end]
        if after is None or after.kind != "item" or sort_of(after.mark) != own or told.endswith(":"):
            return False
        if own in ("1", "a"):
            return follows(items[-1].mark, after.mark)
        return block.kind == "para"

    def _heads_next(self, items: list[Block], block: Block) -> bool:
        """Whether a numbered line is the next heading: the items are marked otherwise, or end before."""
        first = items[0]
        before = [b for b in items if b.level == first.level and sort_of(b.mark) == sort_of(first.mark)][-1]
        last, rank = (RANKED.fullmatch(b.mark) for b in (before, block))
        if last and rank and block.level <= first.level:
            return int(rank.group(1)) != int(last.group(1)) + 1
        return (
            sort_of(first.mark) not in ("1", "a")
            and sort_of(block.mark) == "1"
            and block.level <= first.level
        )

    def _ends_run(self, items: list[Block], block: Block) -> bool:
        """Whether lines that stood close together end before a block, at a blank line."""
        apart = [self.page.text.count("\n", a.end, b.start) > 1 for a, b in pairwise([*items, block])]
        return apart[-1] and not any(apart[:-1])

    def _item_like(self, block: Block) -> bool:
        text = self.page.text[block.start : block.end]
        return len(text) < 260 and (
            " :" in text or ": " in text or block.kind == "heading" or text[-1] in ";,"
        )

    def _item(self, block: Block, word: str, kind: str, *, whole: bool = False) -> Axis | None:
        """An item as an axis; ``whole``: a colon belongs to its name ("Bien grandir : les 0-6 ans")."""
        start, end = self.page.trim(block.start, block.end, " ;.,:")
        lead = re.match(
            r"(?:et )?(?:de |d'|a )(?=\w{3,}(?:er|ir|re|oir)\b)|(?:et )?de (?=l'|la )|axe ?[:-] (?=\w)"
            r"|et (?=(?:mieux )?\w+(?:er|ir|re)\b|l'|la |le |les )",
            self.page.folded[start:end],
        )
        start = start + lead.end() if lead else start
        text = self.page.folded[start:end]
        cut = re.search(r" ?: (?=\w)| ?\((?=[^)]{25,}\)$)| [-–] (?=\w+ \w+ \w+)", text)
        children: list[Axis] = []
        if cut and whole and ":" in cut.group() and text.count(",", cut.end()) < 2:
            cut = None
        if cut and cut.start() > 5 and not re.match(rf"(?:{SINGULAR})\b", text):
            left, right = self.page.trim(start + cut.end(), end, " ;.,)")
            if cut.group().strip() == ":" and right - left > 8:
                children = [self._axis(*piece, "mesure") for piece in self._pieces(left, right)]
            end = start + cut.start()
        sentence = re.search(r"\. (?=[A-ZÀ-Ü])", self.page.text[start:end])
        if sentence and sentence.start() > 5:
            end = start + sentence.start()
        aside = ASIDE.search(self.page.text, start + 12, end)
        end = aside.start() if aside else end
        tail = re.search(r"[ ,;]+et$", self.page.folded[start:end])
        end = start + tail.start() if tail else end
        start, end = self.page.trim(start, end, " ;,.")
        if end - start < 4 or re.fullmatch(r"et|enfin|puis", self.page.folded[start:end]):
            return None
        return self._axis(start, end, word, kind=kind, children=children)

    def _tabled(self) -> list[list[Axis]]:
        """The column of a table whose head is a word for an axis."""
        found = []
        for table in tables_of(self.page):
            for index, (start, end) in enumerate(table.head):
                head = COLUMN.fullmatch(self.page.folded, start, end)
                if head is None or not self._mine(start):
                    continue
                axes: dict[str, Axis] = {}
                cells = table.column(index)
                if index + 1 < len(table.head) and all(RANK.fullmatch(self.page.folded, *c) for c in cells):
                    cells = table.column(index + 1)  # "Axe | Intitulé": the first has the numbers only
                for left, right in cells:
                    if label := LABELLED.match(self.page.folded, left, right):
                        left = label.end()
                    axis = self._axis(left, right, singular(f"{head.group('word').rstrip('sx')}s"))
                    if axis.end - axis.start > 3:
                        axes.setdefault(self.page.folded[axis.start : axis.end], axis)
                if len(axes) > 1:
                    found.append(list(axes.values()))
                    break
        return found

    def _aimed(self) -> list[list[Axis]]:
        """ "Ce contrat vise : …": a list that the contract is said to aim at, where no other is."""
        found = []
        for index, block in enumerate(self.blocks):
            text = self.page.folded[block.start : block.end]
            after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if (
                block.kind != "item"
                and after
                and after.kind == "item"
                and not GENERAL.search(self.page.folded, *self.page.sentences_of(block)[-1])
                and (AIMED.search(text) or MENU.search(text))
            ):
                found.append(self._list(index, "visee", "unspecified", 0))
        return found
