"""The parties of a contract's own text: its header, "ENTRE … ET …", its foot, "Pour la Ville, le maire"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.layout import Block
from cls_graph.drafting.linking import Linking
from cls_graph.drafting.naming import CAP
from cls_graph.drafting.phrases import HEADER_END

FOOT = re.compile(
    r"fait (?:en [\w' ()]{1,40}exemplaires?(?: originaux)?,? )?a \S"
    r"|fait en [\w' ()]{1,40}exemplaires?[\w' ]*\W*$"
    r"|(?:les |visas? et )?signatures?(?: des (?:parties|signataires|partenaires))?\W*$"
    r"|signe a [^.;]{2,40},? le \d[^.;]{4,30} par ?:$"
    r"|(?:le |ce )?(?:present )?(?:contrat|cls)\b[^.;,]{0,40} (?:etabli|signe|fait|conclu) a [^.;]{2,40}"
    r" le \d[^.;]{4,20}\.?$"
    r"|(?:a )?[a-z' -]{2,40}, le \d{1,2}(?:er)? [a-z]+ 20\d\d\W*$"
)
_PERSON = rf"(?:(?:M\.|Mme|Mr|Dr|Pr|Monsieur|Madame|Docteur) )?{CAP}(?: {CAP}){{1,3}}"
WHO = re.compile(rf".?|{_PERSON}, (?:[Pp]résidente? (?:de la |de l[’']|du |des |de |d[’']))?")
"""Who signs, before the body signed for."""
ALONG = re.compile(
    rf"{_PERSON}(?:,| [–-])? (?=[Pp]our |[Mm]aire|[Pp]r[ée]|[Dd]irect|[Ss]ous-|[Vv]ice|[Ll][ea] )"
)
"""Who signs, where the same line says for whom: "Éric Roux, pour l'agglomération", "Anne Petit, préfète"."""
NAMED = re.compile(rf"[ ,:–-]*(?:{_PERSON})?[ ,.:]*")
"""What may follow the post of who signs: the name."""
CELL = re.compile(r" \| |\t+| {3,}")
WITNESSED = re.compile(
    r"\b(?:en presence|temoins?|invites?|ampliation|copie|destinataires?|pour (?:avis|visa))\b"
)
"""Who stands below the signatures without being one."""
BELOW = re.compile(r"pour (?:l'|la |le |les )?")
ENACTED = re.compile(r"\b(?:il (?:est|a ete) (?:expose|convenu|arrete|conclu|decide)\b|preambule\b)")
"""What follows the parties, where all is one paragraph."""
HONOURED = re.compile(
    r"(?:(?:monsieur|madame|mme|m\.) )?(?:le |la |l')?"
    r"(?:(?:vice-)?(?:president|direct(?:eur|rice)|rect(?:eur|rice))e?"
    r"(?: general\w*| departemental\w*| regional\w*| delegu\w+| adjointe?| par interim)*"
    r" (?:de la |de l'|du |des |de |d')(?:la |l')?"
    r"(?:delegation (?:departementale|territoriale)(?: d[eu]s? [\w'-]{3,25})? de l')?)?"
)
"""The post of who signs for a body: "Monsieur le Directeur général de la"."""
STATE = ("prefecture", "sous-prefecture", "education-nationale")
"""Bodies that a contract names by who heads them: "Le Préfet du Val-d'Oise"."""


class Headers(Linking):
    """Reads the header and the foot of a contract."""

    def _signed_below(self) -> Iterator[Frame]:
        """The foot of a contract: "Fait à X, le …", then "Pour la Ville, le maire" for each who signs."""
        blocks = self.page.blocks
        for index, block in enumerate(blocks):
            if not FOOT.match(self.page.folded, block.start, block.end):
                continue
            frame = Frame("list", block.start, block.end)
            for below in blocks[index + 1 : index + 60]:
                if WITNESSED.search(self.page.folded, below.start, below.end):
                    break
                signing = [m for cell in self._cells(below) for m in self._signing_for(*cell)]
                if signing:
                    frame.signers += self._signers(signing, frame)
                elif below.end - below.start > 120:
                    break
            if len(frame.signers) > 1:
                yield frame

    def _cells(self, block: Block) -> list[tuple[int, int]]:
        """The columns of a line."""
        bars = [b.span() for b in CELL.finditer(self.page.text, block.start, block.end)]
        starts, ends = [block.start, *(b for _, b in bars)], [*(a for a, _ in bars), block.end]
        return list(zip(starts, ends, strict=True))

    def _signing_for(self, start: int, end: int) -> list[Mention]:
        """The body that a line of the foot, or a column of it, is signed for."""
        along = ALONG.match(self.page.text, start, end)
        start = along.end() if along else start
        lead = BELOW.match(self.page.folded, start, end)
        if lead is None:
            return self._posted(start, end)
        named = self.between(lead.end(), end)
        return named[:1] if named and WHO.fullmatch(self.page.text, lead.end(), named[0].start) else []

    def _posted(self, start: int, end: int) -> list[Mention]:
        """The body of a line that is but a post and a name: "Le Directeur général de l'ARS, Paul Garnier"."""
        named = self.between(start, end)
        if len(named) != 1 or named[0].weak or not NAMED.fullmatch(self.page.text, named[0].end, end):
            return []
        lead = HONOURED.fullmatch(self.page.folded, start, named[0].start)
        article = self.page.folded[start : named[0].start] in ("", "le ", "la ", "l'")
        return named if lead and (named[0].post or not article) else []

    def _headers(self, used: set[int]) -> Iterator[Frame]:
        """ "ENTRE … représentée par … ET …": the parties of a contract's own text."""
        blocks = self.page.blocks
        for index, block in enumerate(blocks):
            line = self.page.folded[block.start : block.end]
            opening = re.match(
                r"(?:\d+ )*entre\b(?: les soussignes| d'une part)?[ :,]*"
                r"|(?:[^.;]{0,120} )?entre(?: les (?:soussignes|parties(?: suivantes)?))? ?:?$"
                r"|(?P<inline>[^.;]{0,120})\bcontrat local de sante\b[^.;]{0,60} entre ?:? "
                r"(?=(?:l'|la |le )[^;]{0,200}?represente[^;]*;?.{0,300}? et (?:l'|la |le ))",
                line,
            )
            if not opening:
                continue
            frame = Frame("header", block.start, block.end)
            if len(line) > 60:
                frame.signers = self.chain(block.start + opening.end(), block.end, frame)
                used.add(index)
            if len(frame.signers) < 2 and (
                len(line) <= 25
                or self.page.text[block.start : block.start + 5].isupper()
                or ":" in opening.group()
                or opening.group("inline")
            ):
                frame.signers = self._parties(index, frame, used)
            if len(frame.signers) > 1:
                for signer in frame.signers:
                    signer.listed = True
                yield frame

    def _parties(self, index: int, frame: Frame, used: set[int]) -> list[Signer]:
        """The parties of a header of several lines, down to what the contract is founded on."""
        blocks = self.page.blocks
        found: list[Signer] = []
        for at in range(index, min(index + 80, len(blocks))):
            part = self.page.folded[blocks[at].start : blocks[at].end]
            if at > index and HEADER_END.match(part):
                break
            found += self._party(blocks[at], frame)
            used.add(at)
        return found

    def _party(self, block: Block, frame: Frame) -> list[Signer]:
        """The body that a line of the header opens with; who represents it is passed over."""
        text, start = self.page.folded[block.start : block.end], block.start
        text = text[: stop.start()] if (stop := ENACTED.search(text)) else text
        out: list[Signer] = []
        for match in re.finditer(
            r"(?:^|\bentre (?=l'|la |le )|\bet (?=l'|la |le |les |les co)|, (?=l'|la |le |les )"
            r"|(?<=part, )|(?<=part )|\bet :|: )(?:entre\b(?: les soussignes)?(?: :)?|et\b(?! de\b))?[ "
            r":,-]*(?:d'une part,? ?(?:et )?)?(?:les? (?:co-?)?signataires(?: associes)? ?:? "
            r"?)?(?:l'|la |le |les )?",
            text,
        ):
            at = start + match.end()
            lead = text[: match.start()]
            if re.search(r"represente[^;]*$", lead) and not re.match(r"\bet ", match.group()):
                continue
            named = next((m for m in self.mentions if m.start >= at), None)
            lead = self.page.folded[at : named.start] if named else ""
            post = HONOURED.fullmatch(lead)
            near = len(lead) <= 2 and not (named and named.post and named.kind not in STATE)
            if named and (near or (post and post.group().strip() and match.start() == 0)):
                out += self._signers([named], frame)
        seen: list[Signer] = []
        for signer in out:
            if all(s.mention.start != signer.mention.start for s in seen):
                seen.append(signer)
        return seen
