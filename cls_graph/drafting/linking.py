"""Who signs by the grammar of a sentence: runs of bodies, held against the shells of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cls_graph.drafting.announcer import announces
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.chains import Chains, masked
from cls_graph.drafting.frames import Frame
from cls_graph.drafting.lexicon import letters
from cls_graph.drafting.phrases import FUTURE
from cls_graph.drafting.shells import OBJECTS, SUBJECTS, TURNED, WEAKLY

ANYTHING = re.compile("[fignspJLGV]")
LEAD = re.compile("[cedwCmz,]{0,4}")
"""What may stand between a colon and the first body: articles, the name of a person, "celles de"."""
SHORT = 400
"""Words of a sentence that are read as one: what is longer is no sentence."""


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


class Linking(Chains):
    """Finds the runs of a sentence that sign."""

    def linked(self, start: int, end: int, told: bool) -> Iterator[Frame]:
        """The passages of one sentence. ``told``: the sentences before speak of the contract being signed."""
        runs = self.runs(start, end)
        if not runs:
            return
        said, places = self.spelt(start, end, runs)
        if len(said) > SHORT or not ANYTHING.search(said) or not (told or re.search("[knp]", said)):
            return
        at = [i for i, letter in enumerate(said) if letter == "R"]
        for run, index in zip(runs, at, strict=True):
            yield from self._subject(start, run, said, index, places)
            yield from self._object(end, said, index, places, told)
            colon = said.rfind(":", 0, index)
            if colon > 0 and LEAD.fullmatch(said, colon + 1, index):
                if announces(self.page.folded, start, places[colon][1]):
                    frame = Frame("list", start, places[colon][1])
                    frame.signers = self.chain(places[colon][1], end, frame)
                    yield frame

    def _subject(
        self, start: int, run: Run, said: str, index: int, places: list[tuple[int, int]]
    ) -> Iterator[Frame]:
        """A run before what says that it signs."""
        match = next((m for shell in SUBJECTS if (m := shell.match(said, index))), None)
        if match:
            frame = Frame("active", places[index + 1][0], places[match.end() - 1][1])
            chosen = list(run.mentions)
            while chosen and not self._opens(start, chosen[0].start, []):
                chosen.pop(0)
            frame.signers = self._signers(chosen, frame)
            frame.future = bool(FUTURE.search(self.page.folded, frame.start, frame.end))
            yield frame

    def _object(
        self, end: int, said: str, index: int, places: list[tuple[int, int]], told: bool
    ) -> Iterator[Frame]:
        """A run after what says that it signs."""
        for shell in (*OBJECTS, *TURNED):
            match = next((m for m in shell.finditer(said) if m.end("R") - 1 == index), None)
            if match is None or self._refused(said, match.start()):
                continue
            if WEAKLY.search(match.group()) and not told and not re.search("[snfg]", said):
                continue
            first = min(match.start(), index - 1)
            frame = Frame("passive", places[first][0], places[index - 1][1])
            frame.signers = self.chain(places[index - 1][1], end, frame)
            yield frame
            return

    def _refused(self, said: str, at: int) -> bool:
        """Whether a negation, or a word that takes bodies out, rules what begins here."""
        return bool(re.search("[NZ][^R,;.:]{0,6}$", said[:at]))

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs of bodies between two places, those of masked spans left out."""
        spans = self._masked(start, end)
        runs: list[Run] = []
        group: list[Mention] = []
        for mention in self.between(start, end):
            if masked(mention, spans) or (mention.weak and not group):
                continue
            if group and mention.start < max(m.quote[1] for m in group):
                continue
            if group and not self._bridge(group[-1].end, mention.start, spans, closing=False):
                runs.append(Run(tuple(group)))
                group = []
                if mention.weak:
                    continue
            group.append(mention)
        return [*runs, Run(tuple(group))] if group else runs

    def spelt(self, start: int, end: int, runs: list[Run]) -> tuple[str, list[tuple[int, int]]]:
        """A sentence as letters: a run is one, a capitalised word of no family is "C"."""
        said: list[str] = []
        places: list[tuple[int, int]] = []
        at = start
        for run in [*runs, None]:
            until = run.start if run else end
            words, spots = letters(self.page.folded, at, until)
            said += [
                "C" if letter == "w" and self.page.text[s : s + 1].isupper() and s > start else letter
                for letter, (s, _) in zip(words, spots, strict=True)
            ]
            places += spots
            if run:
                said.append("R")
                places.append((run.start, run.end))
                at = max(run.end, until)
        return "".join(said), places
