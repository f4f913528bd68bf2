"""Subjects that no word shows to be bodies: "Villeurbanne a signé", "nous avons signé", "elle a signé"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.naming import NAME
from cls_graph.drafting.places import LOCAL
from cls_graph.drafting.pointing import Pointing
from cls_graph.drafting.shells import PREDICATES
from cls_graph.geo import codes

BARE = re.compile("(?:^|[,:&q])[wCedh-]{1,5}$|(?:^|[^A-Z])S[yd]?$")
TOWN = re.compile(rf"(?:\W|.*: )?(?P<name>{NAME.pattern}), (?:l[’']|la |le |les )?")


class Unmarked(Pointing):
    """Finds who is the subject of a sentence without a word for what it is."""

    def _town_before(self, start: int, first: Mention) -> Mention | None:
        """A town without a word for what it is, before the others: "Sedan, l'ARS et la CPAM ont signé"."""
        lead = TOWN.fullmatch(self.page.text, start, first.start)
        words = lead.group("name") if lead else ""
        if lead is None or len(words) < 3 or not codes().find(words, "commune"):
            return None
        return Mention(*lead.span("name"), "commune", words, words)

    def _bare(self, start: int, said: str, places: list[tuple[int, int]]) -> Iterator[Frame]:
        """ "Villeurbanne a signé", "nous avons signé", "il a signé": a subject that is no run of bodies."""
        for match in PREDICATES.finditer(said):
            lead = said[: match.start()]
            if not BARE.search(lead):
                continue
            frame = Frame("active", places[match.start()][0], places[match.end() - 1][1])
            before = self.page.text[start : frame.start]
            made: Mention | None = None
            if lead.endswith("S") and self.page.folded.startswith("avons", frame.start):
                words = f"nous {self.page.text[frame.start : frame.end]}"
                made = Mention(frame.start, frame.end, "epci", words, post=True)
            elif re.search(r"\b(?:il|elle)\W*$", self.page.folded[start : frame.start]):
                own = [
                    m for m in self.mentions if start <= m.start < frame.start and m.kind in LOCAL and m.name
                ]
                made = own[-1] if own else self._opening_before(start)
            else:
                name = re.search(rf"(?:^|, |[Aa]insi, )(?P<name>{NAME.pattern}) $", before)
                words = name.group("name") if name else ""
                known = len(words) > 2 and codes().find(words, "commune")
                at = start + name.start("name") if name else 0
                made = Mention(at, at + len(words), "commune", words, words) if known else None
            if made is not None:
                frame.signers = [Signer(made, 0)]
                yield frame

    def _opening_before(self, start: int) -> Mention | None:
        """The local authority that the sentence before opens with, which "elle" stands for."""
        block = self.page.blocks[self.page.block_at(start)]
        before = [s for s in self.page.sentences_of(block) if s[1] <= start][-1:]
        first = self.between(*before[0])[:1] if before else []
        opens = bool(first) and first[0].start - before[0][0] < 4
        return first[0] if opens and first[0].kind in LOCAL and first[0].name else None
