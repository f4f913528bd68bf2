"""Axes that a table of contents tells: what stands between the head of the axes and the next other head."""

from __future__ import annotations

import re

from cls_graph.drafting.announcement import HEADLINE
from cls_graph.drafting.axes import LABELLED, PLURAL, Axis, singular, type_of
from cls_graph.drafting.subjects import Subjects

ENTRY = re.compile(
    r"(?P<name>[^\s.…_](?:[^.…_]|\.(?!\.\.| \. )){0,200}?) ?(?:\.\.\.|…|___|\. \. \. )[ .…_]{0,300}"
    r"(?P<page>\d{1,3})(?=\s|$)\s*"
)
"""One head with its leader and its page."""
LEADS = re.compile(r"\.\.\.|…|___|\. \. \. ")
"""What a block without has no entry: it is sooner looked for than the heads before it."""
MARK = re.compile(r"(?P<rank>\d{1,2}|[ivx]{1,4}|[a-h])(?P<sub>\.\d+)? ?[.)/–-]+ ?(?=\w)")
WITH_MORE = re.compile(r" et (?:l[ea]s? |l')?(?:programmes?|plans?|fiches?|actions?)\b(?: d'actions?)?$")
""" "Les priorités et le programme d'actions"."""
OTHER = re.compile(
    r"(?:l[ea]s? |l')?(?:mise en œuvre|mise en oeuvre|modalites|gouvernance|pilotage|suivi|evaluation"
    r"|instances|animation|financements?|calendrier|moyens|engagements?|signat\w+|annexes?|conclusion|glossaire|sigles"
    r"|lexique|bibliographie|duree|communication|revision|dispositions|partenaires|resiliation|fiches?|actions?"
    r"|plan d'actions?|programme d'actions?|introduction|preambule|contexte|diagnostic|presentation)\b"
)
"""A head that is none of an axis."""


class Contents(Subjects):
    """Reads axes from the heads of a table of contents that stands in one line."""

    def _contents(self) -> list[list[Axis]]:
        found = []
        for block in self.blocks:
            if not LEADS.search(self.page.folded, block.start, block.end):
                continue
            entries = list(ENTRY.finditer(self.page.folded, block.start, block.end))
            heads = [at for at, e in enumerate(entries) if self._of_axes(e)]
            if len(entries) > 3 and len(heads) == 1 and self._mine(block.start):
                found.append(self._heads_after(entries, heads[0]))
        return [f for f in found if 2 < len(f) < 11]

    def _of_axes(self, entry: re.Match[str]) -> bool:
        name = MARK.sub("", entry.group("name"), count=1)
        return bool(HEADLINE.fullmatch(WITH_MORE.sub("", name)))

    def _heads_after(self, entries: list[re.Match[str]], head: int) -> list[Axis]:
        """The heads of one sort below that of the axes; none where no other head ends them."""
        own = self._sort(entries[head])
        noun = re.search(rf"\b{PLURAL}\b", entries[head].group("name"))
        word = singular(noun.group()) if noun else "axe"
        axes: list[Axis] = []
        sort = ""
        for entry in entries[head + 1 :]:
            mark = MARK.match(entry.group("name"))
            here = self._sort(entry)
            start = entry.start("name") + (mark.end() if mark else 0)
            if (own and here == own) or OTHER.match(self.page.folded, start):
                return axes
            sort = sort if axes else here
            if here == sort:
                label = LABELLED.match(self.page.folded, start, entry.end("name"))
                begun = label.end() if label else start
                code, kind = (label.span(), type_of(label.group())) if label else (None, "unspecified")
                axes.append(self._axis(begun, entry.end("name"), word, code=code, kind=kind))
        return []

    def _sort(self, entry: re.Match[str]) -> str:
        """What a head is marked with: a digit, one of two parts, a Roman numeral, a letter, or nothing."""
        mark = MARK.match(entry.group("name"))
        if mark is None:
            return ""
        rank = mark.group("rank")
        sort = "1" if rank.isdigit() else "i" if re.fullmatch(r"[ivx]+", rank) else "a"
        return sort + (".1" if mark.group("sub") else "")
