"""The axes of a contract: numbered lines, bullets, enumerations in a sentence, "le premier axe concerne"."""

from __future__ import annotations

import re

from cls_graph.drafting.axes import (
    ORDINALS,
    PLURAL,
    SINGULAR,
    WORDS,
    Announced,
    Programme,
    merge,
    singular,
    type_of,
)
from cls_graph.drafting.dates import NUMBER, number
from cls_graph.drafting.likely_axes import LikelyAxes

ADDED = re.compile(
    r"\bs'y (?:ajoute|adjoint|joint)(?: (?:aussi|egalement|enfin|desormais))? (?:une?|le|la) "
    rf"(?:{'|'.join(ORDINALS)}|autre|nouveau|nouvelle)(?: {SINGULAR})?(?: :|,) (?P<one>(?:l'|la |le "
    rf"|les )[^.;:]{{4,90}})"
)
""" "S'y ajoute une quatrième : la santé environnementale"."""
MORE = re.compile(
    rf"\bavec (?P<one>(?:l'|la |le |les )[^,.;:]{{4,80}}), (?:cela|ca|on|ce sont|le contrat"
    rf"|ce qui)[^.;:]{{0,30}}?"
    rf"\b{NUMBER} (?:\w+ )?{PLURAL}\b"
)

FORMER = re.compile(
    r"\b(?:bilan|retour sur|evaluation)\b.*\b(?:premier|precedent|ancien) (?:contrat|cls)\b"
    r"|^(?:le )?(?:premier|precedent|ancien) (?:contrat|cls)\b"
)
NEW = re.compile(
    r"\b(?:nouveau|deuxieme|second|troisieme|actuel|present) (?:contrat|cls)\b|\b(?:contrat|cls) "
    r"(?:actuel\b|20)"
)


class ProgrammeReader(LikelyAxes):
    """Reads the axes of one contract in the parts of a page that are about it."""

    def read(self, *, weighed: bool = True) -> Programme:
        """The axes by the surest way that the text offers, the words for an axis before those for an aim.

        ``weighed``: what is found, or not, is held against the axes of other contracts of health.
        """
        self.of_health = weighed
        programme = self._by_rules()
        if weighed:
            programme.axes = self.likelier(programme.axes)
        return programme

    def _by_rules(self) -> Programme:
        self.leave_out(self._former())
        programme = Programme(counts=self._counts())
        ways = [
            self._labelled(),
            *self._tabled(),
            *self._short_labels(),
            *self._named_lines(),
            *self._announced(),
            self._prose(),
            *self._single(),
            self._each(),
            *self._quoted(),
            *self._each_item(),
            *self._behind(),
            *self._ranked(),
            *self._before(),
            *self._made(),
            *self._triple(),
            *self._aimed(),
            *self._numbered(),
            *self._menu(),
            *self._turning(),
            *self._bearing(),
            *self._it_is(),
            *self._deeds(),
            *self._chosen(),
            *self._contents(),
        ]
        ways = [w for w in ways if w] or self._subjects()
        if not ways:
            return programme
        if (ranked := self._ranked()) and len(ranked[0]) >= max(len(w) for w in ways):
            programme.axes = ranked[0]  # told in quotes, with their numbers, wherever they stand
            return programme
        best = min(WORDS.get(w[0].word, 9) for w in ways)
        kept = [w for w in ways if WORDS.get(w[0].word, 9) == best]
        programme.axes = merge(kept, self.page)
        self._one_more(programme)
        return programme

    def _former(self) -> list[tuple[int, int]]:
        """What stands under a heading about an earlier contract, down to that of the new one."""
        found, begun = [], -1
        for block in self.page.blocks:
            if block.kind != "heading":
                continue
            if FORMER.search(self.page.folded, block.start, block.end):
                begun = block.start
            elif begun >= 0 and NEW.search(self.page.folded, block.start, block.end):
                found.append((begun, block.start))
                begun = -1
        return found

    def _one_more(self, programme: Programme) -> None:
        """ "Avec l'accès aux soins, cela fait quatre axes": one that was told before the others."""
        for match in MORE.finditer(self.page.folded):
            if self._mine(match.start()) and number(match.group("n")) == len(programme.axes) + 1:
                programme.axes.append(self._axis(*match.span("one"), programme.axes[0].word))
                return
        last = max((a.end for a in programme.axes), default=0)
        added = ADDED.search(self.page.folded, last, last + 200)
        if added and programme.axes and self._mine(added.start()) and not programme.axes[0].code:
            programme.axes.append(self._axis(*added.span("one"), programme.axes[0].word))

    def _counts(self) -> list[Announced]:
        found = []
        for match in re.finditer(
            rf"\b{NUMBER} (?:grand[es]* |principa\w+ )?(?P<word>{PLURAL})(?P<type> "
            rf"(?:strategiques|transversa\w+|thematiques))?",
            self.page.folded,
        ):
            if not self._mine(match.start()) or not (value := number(match.group("n"))):
                continue
            kind = type_of(match.group("word") + (match.group("type") or ""))
            found.append(Announced(*match.span(), value, kind, singular(match.group("word"))))
        return found
