"""Axes that a sentence announces by their noun: "trois axes : …", "les axes sont …", "pour but de …"."""

from __future__ import annotations

import re

from cls_graph.drafting.announcement import (
    AGAIN,
    AIMING,
    AIMS,
    ARE,
    BARE,
    BRACKETED,
    FORMER,
    HEADLINE,
    LIST_LEAD,
    NOT_HEAD,
    NUMBERING,
    OPEN,
    OTHERS,
    OURS,
    QUESTION,
    SECTION,
    SPOKEN,
    THEIRS,
    THERE,
    THESE,
    TOLD,
    WERE,
    Announcement,
)
from cls_graph.drafting.axes import ANNOUNCE, GENERAL, WORDS, Axis, singular, sort_of, type_of
from cls_graph.drafting.dates import number
from cls_graph.drafting.enumeration import shape_of
from cls_graph.drafting.following import Following
from cls_graph.drafting.foreign import of_another
from cls_graph.drafting.layout import Block

FIRST = re.compile(r"\(?(?:1|a|i)\b", re.IGNORECASE)
"""The mark of the first item of a list."""
SURE = re.compile(
    r"[^.,:;]{0,60} sont |[^.,:;]{0,30}\b(?:retenue?s|choisie?s|prioritaires|fixee?s)\b[^.,:;]{0,30}"
    r", on (?:re)?trouve "
)
CHOSEN = re.compile(
    r"[\w' ]{0,30}\b(?:(?:ont|avons) (?:ete )?|sont )(?:arrete|retenu|choisi|fixe|defini)\w* ?»"
)
""" "« Des axes prioritaires ont été arrêtés », …": what is said next names them."""
CLAUSE = re.compile(
    r", (?=(?:(?:le|ce|notre) (?:\w+ )?(?:contrat|cls|document|programme|texte)|il|elle|ils|elles|nous) )"
)
""" "À travers trois axes, à savoir A, B et C, le contrat agit": where the sentence goes on."""
ROW = re.compile(r" {3,}| ?\| |(?: [a-z']+){0,3} ?> ")
"""What parts the noun from the axes in a row of a table, or of a path: "Axes stratégiques > A > B"."""


class Announcements(Following):
    """Reads the axes that a noun in the plural announces."""

    def _announced(self) -> list[list[Axis]]:
        found: list[list[Axis]] = []
        known: tuple[str, int] | None = None
        asked: re.Match[str] | None = None
        under = False
        for index, block in enumerate(self.blocks):
            for start, end in self.page.sentences_of(block):
                text = self.page.folded[start:end]
                if GENERAL.search(text) or not self._mine(start) or NOT_HEAD.search(text):
                    continue
                if block.kind == "item" and not self._spoken(block) and not self._numbered_head(index, text):
                    continue
                if head := SECTION.match(text):
                    start, text = start + head.end(), text[head.end() :]
                last = end == block.end or end >= block.end - 1
                if asked:
                    found += self._answer(start, end, asked)
                asked = QUESTION.match(text)
                after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
                if asked and last and after and after.kind == "item":
                    count = number(asked.group("n") or "")
                    found.append(self._list(index, singular(asked.group("word")), type_of(text), count))
                elif known and known[1] and not asked:
                    axes = self._one_by_one(start, known[0])
                    found += [axes] if len(axes) == known[1] else []
                found += self._sentence(index, block, start, text, last)
                said = list(ANNOUNCE.finditer(text))
                if said:
                    known = singular(said[-1].group("word")), number(said[-1].group("n") or "")
                elif (
                    known
                    and last
                    and (AGAIN.match(text) or (under and LIST_LEAD.search(text)))
                    and text.rstrip().endswith(":")
                ):
                    found.append(self._list(index, known[0], type_of(text), known[1]))
                elif known and known[1] and last and not said and LIST_LEAD.search(text):
                    axes = self._list(index, known[0], type_of(text), known[1])
                    found += [axes] if len(axes) == known[1] else []
                if block.kind == "heading" and not said:
                    known = None
                under = block.kind == "heading" and bool(said)
        return found

    def _items_follow(self, index: int) -> bool:
        return any(b.kind == "item" for b in self.blocks[index + 1 : index + 2])

    def _spoken(self, block: Block) -> bool:
        """Whether a dash begins what somebody says, and no item of a list: it is of several sentences."""
        return block.mark in ("-", "–", "—") and len(self.page.sentences_of(block)) > 1

    def _numbered_head(self, index: int, text: str) -> bool:
        """Whether a numbered line is the heading of the list below, which is marked otherwise."""
        after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
        own = sort_of(self.blocks[index].mark)
        head = HEADLINE.match(text) if own == "☀" else HEADLINE.fullmatch(text) or QUESTION.match(text)
        if after is None or not head:
            return False
        anew = bool(FIRST.match(after.mark)) and not FIRST.match(self.blocks[index].mark)
        return after.kind != "item" or sort_of(after.mark) != own or anew

    def _answer(self, start: int, end: int, asked: re.Match[str]) -> list[list[Axis]]:
        """ "Quelles orientations ? A ; B ; C.": the sentence after the question."""
        before = self.page.text[max(0, start - 600) : start]
        if before.rfind("«") > before.rfind("»"):
            return []  # what somebody says of their priorities
        if axes := self._one_by_one(start, singular(asked.group("word"))):
            return [axes]
        count = number(asked.group("n") or "")
        spoken = 2 if self.page.text.startswith("« ", start) else 0
        if told := THERE.match(self.page.folded, start + spoken, end):
            start, count = told.end(), number(told.group("n"))
        axes = self._enumeration(start, end, singular(asked.group("word")), type_of(asked.group()), count)
        if any(self.page.text[a.start].isdigit() for a in axes):
            return []  # "Quels enjeux ? 76 communes, 15 500 habitants …"
        return [axes] if len(axes) > 2 or (count and len(axes) == count) else []

    def _sentence(self, index: int, block: Block, start: int, text: str, last: bool) -> list[list[Axis]]:
        found: list[list[Axis]] = []
        before = self.page.folded[max(block.start, start - 160) : start].rstrip(" .")
        before = before[max(before.rfind(". "), 0) :]
        marks = [
            m
            for m in ANNOUNCE.finditer(text)
            if not of_another(text[: m.start("word")], singular(m.group("word")), text[m.end("word") :])
            and not FORMER.search(text[: m.start("word")])
            and not WERE.match(text, m.end("word"))
            and not (THEIRS.match(text) and OTHERS.search(before) and not OURS.search(before))
        ]
        for at, match in enumerate(marks):
            rest = text[match.end("word") :]
            row = ROW.match(rest)
            colon = re.search(
                r" ?:", rest[: marks[at + 1].start() - match.end("word")] if marks[at + 1 :] else rest
            )
            if row and match.start() == 0 and not colon:
                found += self._row(start + match.end("word") + row.end(), start + len(text), match)
                continue
            made = self._announcement(start, text, match, marks[at + 1 :], colon)
            axes = self._after_colon(index, made, last) if self._close(made) else self._bracketed(made)
            if (
                not axes
                and not self._close(made)
                and not THESE.match(text)
                and not (QUESTION.match(text) and not self._items_follow(index))
                and last
                and at == len(marks) - 1
                and (
                    block.kind in ("heading", "item")
                    or not text.rstrip().endswith((".", "!", "?"))
                    or made.count
                )
            ):
                axes = self._list(index, made.word, made.kind, made.count)
            axes = (
                axes or self._being(made) or self._told(made) or self._spoken_list(made) or self._aims(made)
            )
            sure = SURE.match(made.rest) or self._aims(made)
            pictured = block.kind == "item" and sort_of(block.mark) == "☀"
            alone = block.kind != "para" and match.start() == 0 and (pictured or HEADLINE.fullmatch(text))
            if axes and (made.count or WORDS.get(made.word, 9) < 2 or colon or sure or alone):
                self._open(axes, made)
                found.append(axes)
        return found

    def _announcement(
        self,
        start: int,
        text: str,
        match: re.Match[str],
        after: list[re.Match[str]],
        colon: re.Match[str] | None,
    ) -> Announcement:
        rest = text[match.end("word") :]
        told = NUMBERING.match(rest)
        goes_on = CLAUSE.search(rest, colon.end() if colon else 0)
        stop = after[0].start() - match.end("word") if after else len(rest)
        return Announcement(
            singular(match.group("word")),
            number(match.group("n") or (told.group("n") if told else "")),
            type_of(match.group("word") + (rest[: colon.start()] if colon else rest[:18])),
            rest,
            min(stop, goes_on.start()) if goes_on else stop,
            start + match.end("word"),
            colon,
            text[: match.start("word")],
        )

    def _close(self, made: Announcement) -> bool:
        """Whether the colon after the noun belongs to it."""
        lead = made.rest[: made.colon.start()] if made.colon else ""
        return made.colon is not None and len(lead.split()) <= 18 and not re.search(r"\.\s", lead)

    def _row(self, start: int, end: int, match: re.Match[str]) -> list[list[Axis]]:
        """A row of a table: "Axes    1. A ; 2. B"."""
        spans = self._pieces(start, end)
        if not re.search(r";|\d[.)] ", self.page.folded[start:end]) and len(spans) < 3:
            return []
        word = singular(match.group("word"))
        return [[self._axis(*s, word) for s in spans]] if spans else []

    def _bracketed(self, made: Announcement) -> list[Axis]:
        """ "quatre axes (A, B, C et D)"."""
        inside = BRACKETED.match(made.rest)
        return self._within(made, inside) if inside else []

    def _being(self, made: Announcement) -> list[Axis]:
        """ "Les axes sont A, B et C"."""
        tail = ARE.match(made.rest[: made.stop])
        if (
            tail is None
            or not (
                made.count
                or re.search(r"\b(?:sont|figurent|apparaissent) ?$", made.rest[: tail.start("list")])
            )
            or re.search(r"\b(?:afin|pour(?= \w+(?:er|ir|re)\b)|qui|dont|ete|ont)\b", tail.group("mid"))
            or re.match(
                r"(?:defini|identifi|retenu|issu|partag|decline|ainsi|ensuite|dont|"
                r"qui|afin|pour|chacun|et )",
                tail.group("list"),
            )
        ):
            return []
        return self._within(made, tail)

    def _told(self, made: Announcement) -> list[Axis]:
        """ "trois axes, à savoir A, B et C"; after a bare comma only what fits the number."""
        told = TOLD.match(made.rest[: made.stop])
        if told is None:
            return []
        axes = self._within(made, told)
        shapes = {shape_of(self.page.folded[a.start : a.end]) for a in axes}
        bare = told.group("sure") == ", "
        some = self._breaks_off(made.base + told.end("list")) and len(axes) > 1 and not bare
        if (bare and (len(axes) != made.count or len(shapes) > 1 or "" in shapes)) or (
            made.count and len(axes) != made.count and not some
        ):
            return []
        return axes

    def _spoken_list(self, made: Announcement) -> list[Axis]:
        """ "« Nos trois priorités », énumère le maire, « A, B et C »"."""
        spoken = SPOKEN.match(made.rest)
        axes = self._within(made, spoken) if spoken else []
        if made.count or not spoken:
            return axes if len(axes) == made.count else []
        shapes = {shape_of(self.page.folded[a.start : a.end]) for a in axes}
        chosen = CHOSEN.match(made.rest[: spoken.start("list")])
        return axes if chosen and len(axes) > 2 and len(shapes) == 1 and "" not in shapes else []

    def _aims(self, made: Announcement) -> list[Axis]:
        """ "se donnent pour ambitions de A, de B et de C": infinitives, each with its "de"."""
        aims = AIMS.match(made.rest[: made.stop]) if AIMING.search(made.lead) else None
        if aims is None:
            ours = AIMING.search(made.lead) and OURS.search(made.lead)
            bare = BARE.match(made.rest[: made.stop]) if ours else None
            axes = self._within(made, bare) if bare else []
            return axes if len(axes) > 2 or (made.count and len(axes) == made.count) else []
        at = made.base + aims.start("list")
        heads = list(
            re.finditer(
                r"(?:^|, (?:et |puis |enfin )?| et (?:enfin )?) ?(?:de |d')(?=\w+(?:er|ir|re)\b)",
                aims.group("list"),
            )
        )
        ends = [*(h.start() for h in heads[1:]), len(aims.group("list"))]
        spans = [(at + h.end(), at + e) for h, e in zip(heads, ends, strict=True)]
        return [self._axis(*s, made.word, kind=made.kind) for s in spans] if len(spans) > 1 else []

    def _within(self, made: Announcement, match: re.Match[str]) -> list[Axis]:
        part = "list" if match.group("list") else "dashed"
        start, end = made.base + match.start(part), made.base + match.end(part)
        return self._enumeration(start, end, made.word, made.kind, made.count)

    def _open(self, axes: list[Axis], made: Announcement) -> None:
        """Marks axes that the text says are only some."""
        some = OPEN.search(made.rest[: (made.colon.end() if made.colon else 20)])
        for axis in axes:
            axis.open = (made.base + some.start(), made.base + some.end()) if some else None
