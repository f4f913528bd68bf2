"""A sentence spelt in letters of the lexicon: a run of bodies that nothing but a list joins is one letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.chains import Chains
from cls_graph.drafting.lexicon import letters
from cls_graph.drafting.masks import masked
from cls_graph.drafting.phrases import RELATIVE, SIDE

WITH = re.compile(
    r"\b(?:avec|aux? cotes?|suivie?s?|imitee?s?)\b|\b(?:par|entre) (?:l'|la |le |les )?$"
    r"|\b(?:par|entre) [\w'-]+(?: [\w'-]+){1,3}(?: ?[,(]| pour )"
    r"|\bcontrat|\bcls\b|\bsignature|\bparmi\b|\bsignataires\b"
)
"""What parts two runs: the second is what somebody signs with, or what signs."""
AGAIN = re.compile(
    r"(?:,| et|, et| ou|,? puis|,? enfin|,? mais aussi)? ?"
    r"(?:(?P<a>a la |a l'|aux? |a )|(?P<b>sur )|(?P<c>avec )|(?P<d>par )|(?P<e>chez )|(?P<f>pour ))"
    r"(?:l'|la |le |les )?"
)
""" "à A, à B et à C": the preposition of a list, said before each."""
BEFORE = {
    "a": re.compile(r"\b(?:a|a la|a l'|aux?) ?$"),
    "b": re.compile(r"\bsur (?:l'|la |le |les )?$"),
    "c": re.compile(r"\bavec (?:l'|la |le |les )?$"),
    "d": re.compile(r"\bpar (?:l'|la |le |les )?$"),
    "e": re.compile(r"\bchez (?:l'|la |le |les )?$"),
    "f": re.compile(r"\bpour (?:l'|la |le |les )?$"),
}
OWN = re.compile(".*k[wm]{0,3}e[dw]{0,2}$|[^LJG]*h[dCw]{0,3}(?:e[dw]{0,2})?$")
"""Before a body that only says which contract ("le contrat de la Ville") or where ("à la maison de X")."""
WHICH = re.compile(r"\b(?:contrats? loca(?:l|ux) de sante|contrat|cls) (?:de la |de l'|du |des |de |d')$")
PERSON = re.compile("(?:(?<![ehC])(?<![eh]d)C{1,4},?)?d?P[PCwedh]{0,12}$|C{2,4},?[hI]?d?$|C{2,4}[(]d?$")
"""Who stands for a body, right before it: "Anne Leroy, présidente de la"."""


@dataclass(frozen=True)
class Run:
    """Bodies that nothing but a list joins."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        return self.mentions[0].quote[0]

    @property
    def end(self) -> int:
        return max(m.quote[1] for m in self.mentions)


class Spelling(Chains):
    """Finds the runs of a sentence, and spells it."""

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs of bodies between two places, those of masked spans left out."""
        spans = self._masked(start, end)
        runs: list[Run] = []
        group: list[Mention] = []
        for mention in self.between(start, end):
            if masked(mention, spans):
                continue
            if group and mention.start < max(m.quote[1] for m in group):
                continue
            gap = self.page.folded[group[-1].end : mention.start] if group else ""
            if group and self._again(start, group[0], gap):
                group.append(mention)
                continue
            if group and (
                WITH.search(RELATIVE.sub("", gap))
                or (len(group) == 1 and gap.lstrip().startswith(":") and self._which(start, group[0]))
                or not self._bridge(group[-1].end, mention.start, spans, closing=False)
            ):
                runs.append(Run(tuple(group)))
                group = []
            group.append(mention)
        runs += [Run(tuple(group))] if group else []
        return [run for run in runs if not all(m.weak for m in run.mentions)]

    def _again(self, start: int, first: Mention, gap: str) -> bool:
        """Whether the preposition before the first body of a list is said again: "à A, à B"."""
        again = AGAIN.fullmatch(gap)
        letter = again.lastgroup if again else None
        return letter is not None and bool(BEFORE[letter].search(self.page.folded, start, first.start))

    def _which(self, start: int, mention: Mention) -> bool:
        """Whether a body only says which contract: "le contrat de X : A et B"."""
        return bool(WHICH.search(self.page.folded, start, mention.start))

    def spelt(self, start: int, end: int, runs: list[Run]) -> tuple[str, list[tuple[int, int]]]:
        """A sentence as letters: a run is one, a capitalised word of no family is "C"."""
        said: list[str] = []
        places: list[tuple[int, int]] = []
        sides = [m.span() for m in SIDE.finditer(self.page.folded, start, end)]
        at = start
        for run in [*runs, None]:
            until = run.start if run else end
            for letter, spot in zip(*letters(self.page.folded, at, until), strict=True):
                if any(s <= spot[0] < e for s, e in sides):
                    continue  # "…, pour l'État, le préfet": a group within the list
                said.append(self._shown(letter, spot, said))
                places.append(spot)
            if run:
                lead = PERSON.search("".join(said))
                if lead and lead.start() < len(said):
                    del said[lead.start() :], places[lead.start() :]
                spelt = "".join(said[-8:])
                own = len(run.mentions) == 1 and (OWN.match(spelt) if said else None)
                said.append("O" if own else "R")
                places.append((run.start, run.end))
                at = max(run.end, until)
        return "".join(said), places

    def _shown(self, letter: str, spot: tuple[int, int], said: list[str]) -> str:
        """A letter by how the word is written: "à" is no verb, "leur paraphe" a noun."""
        word = self.page.text[spot[0] : spot[1]]
        if letter == "A" and word in "àÀ":
            return "h"
        if letter == "L" and said and said[-1] == "j":
            return "G"
        if letter == "r" and self._accents and word in ("passe", "noue"):
            return "Y"  # "la relance passe par l'agglomération"
        if letter in "wY" and word[0].isupper() and said:
            return "C"
        if letter == "s" and self._accents and word.islower() and word.isascii() and word[-1] == "e":
            return "n" if word == "paraphe" and said and said[-1] == "d" else "f"
        return letter

    @cached_property
    def _accents(self) -> bool:
        """Whether the text writes accents."""
        return "é" in self.page.text
