"""Passages around a signature: who joins it, is apposed to it, follows a colon, comes into a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.announcer import announces
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.listing import Lists
from cls_graph.drafting.phrases import CLAUSE, FUTURE, NEGATED, SIDE
from cls_graph.drafting.spelling import AGAIN

APPOSED = re.compile(
    r"(?<=, )(?:qui |en |tous |toutes |egalement |eux |elles |aussi |deux |trois |quatre |cinq |six "
    r"|desormais |deja |aujourd'hui |sont |est |aux cotes de [\w' ]{3,30} )*(?P<who>(?:co-?)?signataires?)"
    r"(?: (?:du|de ce|de cet|de notre|du nouveau|du present) (?:premier |nouveau )?(?:contrat|cls|document)"
    r"(?: local(?: de sante)?)?(?: (?:de |du |des |d')[^,.;:()]{2,40})?)?"
    r"(?: (?:elle|lui|eux|elles) aussi)?(?= ?[.;,)]|$)"
    r"|,? en (?:qualite|tant) (?:de|que) (?:nouveaux? )?(?:co-?)?signataires?(?= ?[.;)]|$)"
)
"""Said after those who sign: "avec le concours de la CACEM et de la CGSS, cosignataires"."""
BINDING = re.compile(
    r"\b(?:a|ont|vient de|viennent de) [^.;:]{0,40}?\b(?:sign|renouvel|reconduit|conclu"
    r"|paraph)[^.;:]{0,60}?\b(?:contrat|cls)\b[^.;:]"
    r"{0,50}? qui (?:la |le |les |l'|nous )(?:lie|unit|engage|associe)(?:nt)? (?:a|avec|aux cotes de"
    r"|aux?)(?= )"
)
"""Who a signed contract binds the subject to: "a renouvelé le contrat qui la lie à l'ARS"."""
ADDED = re.compile(
    r"^s'y (?:ajoutent|joignent|associent|ajoute|joint|associe)(?: (?:egalement|aussi|enfin))?"
)
ENTERING = re.compile(
    r"\b(?:(?:de )?nouveaux?|nouvelles?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d{1,2}) (?:\w+ )?"
    r"(?:partenaires? |parties? )?(?:co-?)?signataires?(?P<mark>,| :)(?= (?:l'|la |le |les |[a-z]))"
    r"|\b(?:entree|adhesion|integration|arrivee|ajout) (?=(?:de la|de l'|du|des|de|d')[^.;:]{3,160}?"
    r"(?:au (?:contrat|cls)|parmi les signataires|comme (?:nouveaux? )?signataires?|"
    r"en (?:tant que|qualite de) (?:nouveaux? )?signataires?))"
)
"""Who comes into a contract: "un nouveau signataire, la CPTS", "l'adhésion de la MSA au contrat"."""
WITH_WHOM = re.compile(r"\b(?:avec|par|entre) qui ?\?\s+(?P<first>(?:avec|par|entre) [^.?!]*\.\s*)?$")
ANSWER = re.compile(r"(?P<more>mais aussi |et aussi |et |egalement )?(?:avec|par|entre) ")
REPLY = re.compile(
    r"(?:il s'agit|ce sont|on (?:y )?(?:re)?trouve|y figurent|y sont|s'y trouvent)"
    r"(?: (?:d'abord|ainsi|donc))? "
    r"|(?:il y a )?(?:d'abord|ensuite|puis|enfin|et|egalement|mais aussi|sans oublier)(?: enfin| aussi)?,? "
)
""" "Les signataires sont quatre. Il s'agit de A, B et C.", "D'abord A. Ensuite B."."""
ABOUT = re.compile(r"contrat|\bcls\b|sign|paraph|adhesion|entree|s'y a|s'y j")


class Clauses(Lists):
    """Reads the passages around a signature, sentence by sentence."""

    def clauses(self, start: int, end: int, told: bool, before: str) -> Iterator[Frame]:
        """The passages of one sentence.

        ``told``: the sentences before speak of the contract being signed; ``before`` is the last of them.
        """
        text = self.page.folded[start:end]
        if before.endswith("?") and "n'" not in before and announces(before, 0, len(before)):
            # "Qui l'a signé ? La Ville, l'ARS et la CPAM."
            frame = Frame("list", start, start)
            colon = text.find(" : ", 0, 60)
            found = self.chain(start + colon + 2 if colon > 0 else start, end, frame)
            if len(found) > 1 and not CLAUSE.match(self.page.folded, found[-1].mention.quote[1]):
                frame.signers = found
                yield frame
        if told and (asked := WITH_WHOM.search(self.page.folded, max(0, start - 500), start)):
            # "Vous venez de signer le contrat. Avec qui ? Avec l'ARS. Mais aussi avec la CPAM."
            lead = ANSWER.match(text)
            if lead and (lead.group("more") or not asked.group("first")):
                frame = Frame("list", start, start + lead.end())
                frame.signers = self.chain(start + lead.end(), end, frame)
                yield frame
        if not ABOUT.search(text):
            return
        yield from self._apposition(start, text)
        if bound := BINDING.search(text):
            frame = Frame("passive", start + bound.start(), start + bound.end())
            frame.signers = self.chain(frame.end, end, frame, dative=True)
            yield frame
        for match in ENTERING.finditer(text):
            if not self._denied(text, match):
                yield self._ahead(start, end, match)
        if told and (added := ADDED.match(text)):
            yield self._ahead(start, end, added)

    def answer(self, start: int, end: int, before: str, *, again: bool) -> Frame | None:
        """Bodies that a sentence is nothing but a list of, after one that says that so many sign.

        ``again``: the sentence before was such an answer itself.
        """
        lead = REPLY.match(self.page.folded, start, end) or SIDE.match(self.page.folded, start, end)
        if lead is None or NEGATED.search(before):
            return None
        if not again and not announces(before.rstrip(" .!:"), 0, len(before.rstrip(" .!:"))):
            return None
        frame = Frame("list", start, lead.end())
        frame.signers = self.chain(lead.end(), end, frame)
        rest = self.page.folded[frame.signers[-1].mention.quote[1] : end] if frame.signers else "-"
        return frame if not rest.strip(" .!;,)") else None

    def _apposition(self, start: int, text: str) -> Iterator[Frame]:
        """Bodies that "signataires" is apposed to."""
        for match in APPOSED.finditer(text):
            if not self._denied(text, match):
                frame = Frame("backward", start + match.start(), start + match.end())
                one = bool(match.group("who")) and not match.group("who").endswith("s")
                frame.signers = self._apposed(start, frame)[-1 if one else 0 :]
                yield frame

    def _apposed(self, start: int, frame: Frame) -> list[Signer]:
        """The list right before an apposition: back to whatever is no list."""
        chosen: list[Mention] = []
        edge = frame.start
        for mention in reversed(self.between(start, frame.start)):
            again = bool(chosen) and AGAIN.fullmatch(self.page.folded, mention.end, edge)
            if mention.weak or not (again or self._bridge(mention.end, edge, [], closing=False)):
                break
            chosen.append(mention)
            edge = mention.start
        chosen.reverse()
        lead = self.page.folded[start : chosen[0].start] if chosen else ""
        if re.search(
            r"\b(?:lors|dans|a|chez|apres|sous|depuis|pour)(?: (?:un|une|la|le|les|l'|de|du|d')){1,4} ?$",
            lead,
        ):
            chosen = chosen[1:]
        return self._signers(chosen, frame)

    def _ahead(
        self, start: int, end: int, match: re.Match[str], *, least: int = 1, kind: str = "list"
    ) -> Frame:
        """The bodies right after a passage; none where they are the subject of what follows."""
        frame = Frame(kind, start + match.start(), start + match.end())
        frame.future = bool(FUTURE.search(match.group()))
        found = self.chain(frame.end, end, frame)
        if len(found) >= least and not (
            len(found) == 1 and CLAUSE.match(self.page.folded, found[-1].mention.quote[1])
        ):
            frame.signers = found
        return frame

    def _denied(self, text: str, match: re.Match[str]) -> bool:
        return bool(NEGATED.search(text[max(0, match.start() - 14) : match.end()]))
