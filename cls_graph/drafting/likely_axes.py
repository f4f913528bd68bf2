"""A second reading of axes, by likeness: groups of parallel parts that look like the axes of a contract.

The rules read constructions that they know. This weighs what announces a group of parts, and what these are,
against the groups of the texts that the rules were made with. ``axis-weights.tsv`` holds the weights;
``scripts/weigh_axes.py`` makes them. It is asked where the rules found nothing, and to doubt what they took
from somewhere that looks like no axes at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from cls_graph.drafting.announcement import FORMER
from cls_graph.drafting.axes import ANNOUNCE, WORDS, Axis, singular
from cls_graph.drafting.axis_traits import AxisTraits
from cls_graph.drafting.foreign import OCCASION, of_another
from cls_graph.drafting.groups import Group, Groups
from cls_graph.drafting.health import mostly_of_health
from cls_graph.drafting.likelihood import likelihood, weights_of

SURE = 0.66
"""How likely a group is of axes, at least, to be given where the rules found none."""
DOUBT, HARDLY = 0.3, 0.02
"""Where the rules found axes that are less likely than this, they are not given: the first where neither a
noun for axes nor their being subjects of health speaks for them."""
ELSE = re.compile(
    r"\b(?:ateliers?|groupes? de travail|missions?|reunions?|seances?|rencontres|publics|obstacles"
    r"|freins|constats|difficultes|stands?|projets? territoria(?:l|ux)|projets? regiona(?:l|ux)"
    r"|contrats? de ville)\b"
)
"""Before a group: what is neither of a contract nor an axis."""
TO_ALL = re.compile(r"\btout (?:contrat|cls)\b")
PAGED = re.compile(r" \d{1,3}$")
"""A line of a table of contents."""
OURS = re.compile(r"\b(?:contrats? loca(?:l|ux)|cls)\b")
REFERS = re.compile(r"il s'agit|(?:ils|elles|ceux-ci|celles-ci|ce) ")
"""What announces a group by the sentence before."""
AT_MOST = 0.8
"""The confidence in what is only read so."""


class LikelyAxes(Groups):
    """Weighs the groups of the parts of a page that are about one contract."""

    def likelier(self, axes: list[Axis]) -> list[Axis]:
        """The axes that the rules found, unless these are none; else those of the likeliest group."""
        traits = AxisTraits(self.page)
        if axes and (any(a.code or a.kind != "unspecified" for a in axes) or not self._doubted(axes, traits)):
            return axes
        weighed = [(self._likely(group, traits), group) for group in self.groups()]
        barred: list[Group] = []
        for sure, group in sorted(weighed, key=lambda told: -told[0]):
            if sure < SURE:
                break
            if not self._may(group):
                barred.append(group)
            elif not any(_overlap(group, other) for other in barred):
                return [replace(a, sure=round(AT_MOST * sure, 2), note="likely-axes") for a in group.axes]
        return []

    def _may(self, group: Group) -> bool:
        """Whether what announces a group does not say that it is of somebody, or of something, else."""
        start, end = group.lead
        if REFERS.match(self.page.folded, start) and start > 1:
            start = self.page.sentence_at(start - 2)[0]
        text = self.page.folded[start:end].rstrip(" :")
        first = self.page.folded[group.axes[0].start : group.axes[0].end] if group.form == "sentence" else ""
        if FORMER.search(text) or OCCASION.search(text) or ELSE.match(first.removeprefix("les ")):
            return False
        if ELSE.search(text) and not OURS.search(text):
            return False
        paged = sum(bool(PAGED.search(self.page.folded, a.start, a.end)) for a in group.axes)
        if TO_ALL.search(text) or 2 * paged > len(group.axes):
            return False
        if group.form == "sentence" and self._said_of_another(group.axes[-1].start):
            return False
        nouns = list(ANNOUNCE.finditer(text))
        if not nouns:
            return not of_another(f"{text} ", "enjeu", "")
        last = nouns[-1]
        return not of_another(
            text[: last.start("word")], singular(last.group("word")), text[last.end("word") :]
        )

    def _said_of_another(self, at: int) -> bool:
        """Whether what follows in the sentence says whose they are: "constituent les volets de la CPTS"."""
        after = self.page.folded[at : self.page.sentence_at(at)[1]]
        nouns = ((singular(m.group("word")), after[m.end("word") :]) for m in ANNOUNCE.finditer(after))
        return any(of_another("", word, rest) for word, rest in nouns)

    def _doubted(self, axes: list[Axis], traits: AxisTraits) -> bool:
        """Whether what the rules found looks like no axes."""
        named = WORDS.get(axes[0].word, 9) < 2
        if named and len(axes) == 1:
            return False  # the groups that are weighed have two parts at least
        plain = named or mostly_of_health([self.page.folded[a.start : a.end] for a in axes])
        return self._likely(self.around(axes), traits) < (HARDLY if plain else DOUBT)

    def _likely(self, group: Group, traits: AxisTraits) -> float:
        return likelihood(weights_of("axis-weights.tsv"), traits.of(group))


def _overlap(one: Group, other: Group) -> bool:
    return one.axes[0].start < other.axes[-1].end and other.axes[0].start < one.axes[-1].end
