"""Sentences that only point to those who sign: "Tous les cinq ont signé", "Ce sont les trois signataires"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.dates import number
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.phrases import NEGATED, SOMETHING_ELSE
from cls_graph.drafting.shells import PREDICATE
from cls_graph.drafting.spelling import Spelling

POINTING = re.compile(
    rf"(?P<who>cdc|cew|c(?:d?m)?|dmc?),?d?(?=[AEFfjV])(?P<said>{PREDICATE}|jE?G[wt]{{0,2}}[Ih][dwc]{{0,3}}m)"
)
THESE = re.compile("(?P<who>dEdm)[cw]?p")
""" "Ce sont les trois signataires": of all that the paragraph names, where the number is right."""


class Pointing(Spelling):
    """Finds whom the subject of a sentence stands for."""

    def _pointing(self, start: int, said: str, places: list[tuple[int, int]], told: bool) -> Iterator[Frame]:
        """ "Tous les cinq ont signé", "Ils ont signé": the bodies of the sentence before, all of them."""
        match = POINTING.match(said)
        block = self.page.blocks[self.page.block_at(start)]
        before = [s for s in self.page.sentences_of(block) if s[1] <= start]
        these = THESE.match(said)
        match = these or match
        if match is None or not before:
            return
        if not these and match.group("said")[:1] == "j" and not told:
            return  # "tous se sont engagés pour cinq ans"
        words = [number(self.page.folded[s:e]) for s, e in places[: match.end("who")]]
        stated = next((n for n in words if n > 1), 0)
        if not these:
            before = self._counted(before, start, stated)
            for _ in range(1, 3):
                # "A et B se sont retrouvés. La salle était pleine. Tous ont signé."
                if len(before) == 1 and not self.between(*before[0]):
                    earlier = [s for s in self.page.sentences_of(block) if s[1] <= before[0][0]]
                    before = earlier[-1:] or before
        if NEGATED.search(self.page.folded, before[0][0], start):
            return
        named = [m for m in self.between(before[0][0], start) if not m.weak]
        alone = len(self.runs(*before[0])) == 1 or (
            said.startswith("c") and self.page.folded.startswith("tou", start)
        )
        if len(named) == stated if stated or these else (alone and len(named) > 1):
            frame = Frame("active", places[0][0], places[match.end() - 1][1])
            if SOMETHING_ELSE.match(self.page.folded, frame.end):
                return
            frame.signers = self._signers(named, frame)
            yield frame

    def _counted(self, before: list[tuple[int, int]], start: int, stated: int) -> list[tuple[int, int]]:
        """The last sentences that name as many bodies as a number states, at most three; else the last."""
        for many in range(1, min(len(before), 3) + 1 if stated else 1):
            named = [m for m in self.between(before[-many][0], start) if not m.weak]
            if len(named) == stated:
                return before[-many:]
        return before[-1:]

    def _those_before(self, start: int) -> list[Signer]:
        """ "A et B ont leur contrat. Il les lie à C": the bodies of the sentence before."""
        block = self.page.blocks[self.page.block_at(start)]
        before = [s for s in self.page.sentences_of(block) if s[1] <= start][-1:]
        runs = self.runs(*before[0]) if before else []
        return self._signers(list(runs[0].mentions), Frame("active", start, start)) if len(runs) == 1 else []
