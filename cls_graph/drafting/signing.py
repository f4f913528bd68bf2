"""Who signs: the passages of a page that say so, and the bodies each of them names.

A passage (``Frame``) is a verb, a noun, a list or a header of signing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cls_graph.drafting.announcer import BESIDE
from cls_graph.drafting.carrying import Carrying
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.likely import SURE, likely
from cls_graph.drafting.masks import masked
from cls_graph.drafting.phrases import (
    GENERAL,
    NEGATED,
    SIGNATORIES,
    SUPPOSED,
    UNITES,
)
from cls_graph.drafting.places import LOCAL
from cls_graph.drafting.runs import Run
from cls_graph.drafting.tentative import weigh

HAS_SIGNED = re.compile(
    r"\b(?:(?:co-?|contre)?signee?s?|signature|ratifiee?s?|officialisee?|paraphee?|conclu|scelle"
    r"|(?:afin de|pour|vient de|viennent de) (?:co-?)?(?:signer|parapher) |ven(?:ez|ons) de signer"
    r"|(?:a|ont) (?:desormais |enfin )?(?:son|leur) (?:contrat local|cls))\b"
)


FOR = re.compile(r",? (?:pour|au nom de|representant) (?:l'|la |le )")
ON_BEHALF = re.compile(r"\b(?:pour|au nom de) (?:l'|la |le )$")
""" "Le sous-préfet a signé pour la préfecture": who stands for a body that signs is not one more."""
USED_TO = re.compile(
    r"\bqu(?:e |')[^,;.]{0,60}\b(?:(?:co-?)?signai(?:en)?t|avai(?:en)?t (?:\w+ )?signe\w*)\b"
)
""" "Les contrats que la CAF signait avec la ville": earlier ones."""
UNSIGNED = re.compile(r"\b(?:precedent|ancien|anterieur)|\bautoris\w+|\bhabilit\w+|\bavai(?:en)?t\b")
"""What an earlier contract was, or a vote allows, says nothing of this one being signed."""


AT = re.compile(r"(?<!\w)(?:a|au|chez|dans) (?:(?:les|ses) locaux (?:de |d'|du |des ))?(?:la |le |les |l')?$")
"""Before where something takes place: "à la mairie", "au centre hospitalier"."""


ONE = re.compile(r", (?:premiere? )?(?:co-?)?signataire\b")
"""Said of the last of a list alone."""


class Reader(Carrying):
    """Reads the passages of a page that say who signs."""

    def frames(self) -> list[Frame]:
        """Every passage that says who signs, in the order of the text."""
        found: list[Frame] = []
        used: set[int] = set()
        found += self._headers(used)
        found += self._lists(used)
        found += self._signed_below()
        general = signed = -1
        before, answering = "", False
        for start, end in self.page.sentences:
            at, text = self.page.block_at(start), self.page.folded[start:end]
            said = self._supposed(start, end) or GENERAL.search(text)
            if (said and not (said.group().startswith("le ") and self._named(start, end))) or (
                general == at
                and re.match(r"(?:il|ils|celui-ci|ce dispositif|cet outil|ces contrats)\b", text)
            ):
                general = at
            elif at not in used:
                general = -1
                found += self._row_of(start, end)
                found += self.clauses(start, end, self._told(start), before)
                answer = self.answer(start, end, before, again=answering)
                found += [answer] if answer else []
                answering = answer is not None
                found += self.carried(start, end, self._told(start))
                found += self.linked(start, end, self._told(start), before)
                if signed == at and (match := UNITES.match(text)):
                    frame = Frame("noun", start, start + match.end())
                    frame.signers = self.chain(frame.end, end, frame)
                    found.append(frame)
            before = text
            signed = at if HAS_SIGNED.search(text) and not NEGATED.search(text) else -1
        for frame in found:
            frame.signers = [self._stood_for(s) for s in frame.signers if not self._below_its_body(s, frame)]
        found = _distinct(sorted((f for f in found if f.signers), key=lambda f: f.start))
        weigh(self.page, found)
        return [*found, *self._likely(found)]

    def _likely(self, found: list[Frame]) -> Iterator[Frame]:
        """Runs of bodies that no passage names, and that stand as those who sign do."""
        named = {s.mention.start for frame in found for s in frame.signers}
        few = sum(1 for frame in found for s in frame.signers if not s.doubt) < 2

        def asked(run: Run) -> bool:
            """Where a passage tells who signs, only what is left of its own list."""
            known = sum(m.start in named for m in run.members)
            return known < len(run.members) and (few or known > 0)

        for run, sure in likely(self.page, self.mentions, asked):
            start, end = self.page.sentence_at(run.start)
            if sure < SURE or AT.search(self.page.folded, start, run.start):
                continue
            if len(run.members) > 1 and ONE.match(self.page.folded, run.end):
                continue
            if USED_TO.search(self.page.folded, start, max(m.end for m in run.members)):
                continue
            if self._supposed(start, end) or BESIDE.search(self.page.folded, start, run.start):
                continue
            if len(run.members) < 2 and GENERAL.search(self.page.folded, start, end):
                continue
            aside = self._masked(start, max(end, run.end))
            frame = Frame("likely", run.start, run.end)
            left = [m for m in run.members if m.start not in named and not masked(m, aside)]
            stood = any(start <= at < end and ON_BEHALF.search(self.page.folded, start, at) for at in named)
            frame.signers = self._signers([m for m in left if not (stood and m.post)], frame)
            if frame.signers:
                yield frame

    def _supposed(self, start: int, end: int) -> re.Match[str] | None:
        """What says that any authority may sign such a contract, in a sentence that names none."""
        own = any(m.kind in LOCAL and m.name for m in self.between(start, end))
        return None if own else SUPPOSED.search(self.page.folded, start, end)

    def _named(self, start: int, end: int) -> bool:
        """Whether a sentence names a town or group, or two bodies: "le CLS est un accord entre A et B"."""
        named = [m for m in self.between(start, end) if m.name and not m.weak]
        return len(named) > 1 or any(m.kind in LOCAL for m in named)

    def _told(self, start: int) -> bool:
        """Whether the sentences before speak of the contract being signed."""
        before = self.page.folded[max(0, start - 600) : start]
        said = [s for s in re.split(r"[.!?]\s|\n", before) if not UNSIGNED.search(s)]
        return any(HAS_SIGNED.search(s) for s in said) and bool(re.search(r"\bcontrats?\b|\bcls\b", before))

    def _stood_for(self, signer: Signer) -> Signer:
        """ "Mme la sous-préfète, pour l'État": who signs is the body after "pour"."""
        stands = FOR.match(self.page.folded, signer.mention.end) if signer.mention.post else None
        body = next((m for m in self.mentions if stands and m.start == stands.end()), None)
        return replace(signer, mention=body) if body and not body.post else signer

    def _below_its_body(self, signer: Signer, frame: Frame) -> bool:
        """Whether a post on a line of its own is below the body it signs for, in a block of signatures."""
        mention, source = signer.mention, self.page.source
        if self.page.blocks[self.page.block_at(mention.start)].kind == "item":
            return False
        line = source.rfind("\n", 0, mention.start)
        if not mention.post or line < 1 or len(source[line + 1 : mention.start].split()) > 2:
            return False
        above = source[source.rfind("\n", 0, line) + 1 : line].strip()
        return any(
            s.mention.end <= line and not s.mention.post and above.endswith(s.mention.text)
            for s in frame.signers
            if s.mention.end >= line - 3
        )

    def _row_of(self, start: int, end: int) -> Iterator[Frame]:
        """A row of a table: "Signataires    Ville de Pau ; ARS"."""
        head = SIGNATORIES.match(self.page.folded, start, end)
        if head and self._begins(head.end()):
            frame = Frame("list", start, head.end())
            frame.signers = self.chain(head.end(), end, frame)
            yield frame

    def _begins(self, at: int) -> bool:
        """Whether a body begins at once at a place, after spaces or the line of a table."""
        gap = re.match(r"[ |]+(?:l'|la |le |les )?", self.page.folded[at : at + 60])
        return gap is not None and bool(self.begun(at + gap.end(), at + gap.end() + 1))


def _distinct(frames: list[Frame]) -> list[Frame]:
    """Each list once, however many of its words announce it."""
    seen: dict[tuple[int, ...], Frame] = {}
    for frame in frames:
        key = tuple(s.mention.start for s in frame.signers)
        known = seen.get(key, frame)
        frame.doubt = known.doubt or frame.doubt
        seen[key] = frame if frame.end - frame.start > known.end - known.start else known
        seen[key].doubt = frame.doubt
    return list(seen.values())
