"""Axes that a sentence turns round: "A, B et C ont été retenus", "A est le premier axe", "au cœur "
"du contrat : …"."""

from __future__ import annotations

import re

from cls_graph.drafting.aims import Aims
from cls_graph.drafting.axes import ANNOUNCE, GENERAL, ORDINALS, PLURAL, SINGULAR, Axis, singular
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.enumeration import shape_of

_PART = r"retenue?s?|choisie?s?|definie?s?|identifiee?s?|fixee?s?|inscrite?s?|arretee?s?"
_AS = (
    rf"(?:comme|pour) (?:ses |leurs |les |nos |autant d[e'] ?)?(?:{NUMBER} )?(?:grand[es]* |principa\w+ )?"
    rf"(?P<word>{PLURAL})\b"
)
RETAINED = re.compile(
    rf"\b(?:ont|a|avons) (?:\w+ )?(?:{_PART}) (?P<list>(?:l'|la |le |les )[^.;:]{{10,200}}?) {_AS}"
)
RETAINED_AS = re.compile(
    rf"\b(?:ont|a) (?:ete |ainsi )?(?:{_PART}) {_AS}(?P<list> (?:l'|la |le |les )[^.;:]{{10,200}})"
)
WERE = re.compile(
    rf"(?P<list>(?:l'|la |le |les )[^.;:]{{10,200}}?) (?:ont ete|sont|furent) (?:\w+ )?(?:{_PART}) {_AS}"
)
AT_HEART = re.compile(
    r"(?P<list>(?:l'|la |le |les )[^.;:]{10,200}?) (?:sont|seront) (?:places? )?au (?:cœur|centre) "
    r"(?:du (?:nouveau |futur )?(?:contrat|cls)|de (?:ce|son) (?:contrat|cls)|des "
    r"(?:priorites|engagements))\b"
)
ROADMAP = re.compile(
    r"^(?:(?:la|notre|leur|sa|une) )?(?:nouvelle )?(?:feuille de route|objectifs?|ambitions?)(?: "
    r"(?:commune|partagee))?"
    r" ?: (?P<list>[^.:]{10,240})"
)
_RANK = "|".join(sorted(ORDINALS, key=len, reverse=True))
FIRST_IS = re.compile(
    rf"(?P<one>(?:l'|la |le |les )[^.,;:]{{3,80}}?) (?:est|constitue|forme|represente|compose|sera)(?:nt)? "
    rf"(?:le|la) premi(?:er|ere) (?P<word>{SINGULAR})\b[^.,;:]{{0,25}}"
)
NEXT_IS = re.compile(
    rf"[.,;]\s+(?:et )?(?P<one>(?:l'|la |le |les )[^.,;:]{{3,80}}?) (?:en "
    rf")?(?:(?:est|constitue|forme|sera) )?"
    rf"(?:le|la) (?P<nth>{_RANK})\b[^.,;:]{{0,20}}"
)


ONE_OF = re.compile(
    rf"(?P<one>(?:l'|la |le |les )[^.,;:]{{3,60}}), l'une? des {NUMBER} (?:grand[es]* |principa\w+ )?"
    rf"(?P<word>{PLURAL})\b[^.,;:]{{0,30}}, (?:avec|aux cotes de|a cote de) (?P<rest>[^.;:]{{5,200}})"
)
""" "La santé dentaire, l'un des trois axes, avec la santé des femmes et les urgences"."""


class Chosen(Aims):
    """Reads axes whose noun comes after them, or stands around them."""

    def _chosen(self) -> list[list[Axis]]:
        """The ways of a sentence, then the sentences that go on from one."""
        found = []
        for start, end in self.page.sentences:
            text = self.page.folded[start:end]
            if not self._mine(start) or GENERAL.search(text):
                continue
            for pattern in (RETAINED, RETAINED_AS, WERE, AT_HEART, ROADMAP):
                match = pattern.search(text)
                if match and len(axes := self._round(start, match)) > 2:
                    found.append(axes)
                    break
            for way in (self._first_is, self._one_of, self._each_sentence):
                if axes := way(start, text):
                    found.append(axes)
        return found

    def _round(self, start: int, match: re.Match[str]) -> list[Axis]:
        groups = match.groupdict()
        word = singular(groups["word"]) if groups.get("word") else "visee"
        count = number(groups.get("n") or "")
        left, right = (start + at for at in match.span("list"))
        spans = self._pieces(left, right, count)
        shapes = {shape_of(self.page.folded[s:e]) for s, e in spans}
        long = any(e - s > 100 for s, e in spans)
        if (count and len(spans) != count) or len(shapes) > 1 or long:
            return []
        return [self._axis(*s, word) for s in spans]

    def _first_is(self, start: int, text: str) -> list[Axis]:
        """ "A est le premier axe, B le deuxième, C le troisième"."""
        match = FIRST_IS.search(text)
        if match is None:
            return []
        word = match.group("word")
        axes = [self._axis(start + match.start("one"), start + match.end("one"), word)]
        block = self.page.blocks[self.page.block_at(start)]
        at = start + match.end()
        while after := NEXT_IS.match(self.page.folded, at, block.end):
            if ORDINALS[after.group("nth")] not in (len(axes) + 1, 99):
                break
            axes.append(self._axis(*after.span("one"), word))
            at = after.end()
        return axes if len(axes) > 1 else []

    def _one_of(self, start: int, text: str) -> list[Axis]:
        """ "A, l'un des trois axes, avec B et C"."""
        match = ONE_OF.search(text)
        if match is None:
            return []
        one = max(text.rfind(f" a {article}", 0, match.end("one")) for article in ("la ", "l'", "le "))
        begun = one + 3 if one >= match.start("one") else match.start("one")
        count = number(match.group("n"))
        rest = self._pieces(start + match.start("rest"), start + match.end("rest"), count - 1)
        spans = [(start + begun, start + match.end("one")), *rest]
        return [self._axis(*s, singular(match.group("word"))) for s in spans] if len(spans) == count else []

    def _each_sentence(self, start: int, text: str) -> list[Axis]:
        """ "Trois chantiers attendent. Recruter A. Prévenir B. Soutenir C.": a sentence each."""
        said = list(ANNOUNCE.finditer(text))
        count = number(said[-1].group("n") or "") if said and ":" not in text else 0
        told = self.page.sentences_of(self.page.blocks[self.page.block_at(start)])
        after = [s for s in told if s[0] > start][:count]
        if count < 2 or len(after) != count:
            return []
        verbs = all(shape_of(self.page.folded[s:e]) == "verb" and e - s < 100 for s, e in after)
        return [self._axis(s, e, singular(said[-1].group("word"))) for s, e in after] if verbs else []
