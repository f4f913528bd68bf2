"""Who carries a contract that is signed, and who receives whom to sign it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.clauses import Clauses
from cls_graph.drafting.frames import Frame
from cls_graph.drafting.phrases import NEGATED, OTHER_OBJECT
from cls_graph.drafting.places import LOCAL

CARRIED = re.compile(
    r"(?:^|\b(?:contrats?|cls|sante|document|il|celui-ci)(?: \([^()]*\))?"
    r"(?: 20\d\d ?[-/] ?20\d\d)?,? (?:est |et )?)"
    r"(?:co-?)?(?:porte|pilote)s?(?: \w+){0,2}? (?:par|entre) "
)
"""Whose contract it is: "le contrat, porté conjointement par A et B", "Copiloté par A et B, le contrat"."""
CARRY = re.compile(
    r"\b(?:le |l')(?:co-?)?(?:portent|pilotent)\b"
    r"|\b(?:portent|pilotent) (?:\w+ ){0,2}?(?:le|ce) (?:contrat|cls)\b"
    r"|\ben sont (?:tous )?(?:les |deux )?(?:co-?)?(?:porteurs|pilotes)\b"
)
""" "A et B le portent ensemble", "A et B en sont les pilotes"."""
NEXT = re.compile(
    r"(?:il|celui-ci|ce (?:contrat|cls|document)|le (?:contrat|cls)) (?:a (?:\w+ )?ete|est) "
    r"(?:\w+ ){0,2}?(?:co-?)?signe\b"
)
""" "Le CLS est porté par A et B. Il a été signé le 12 mars."."""
SIGNED = re.compile(
    r"\b(?:a (?:\w+ )?ete|est|vient d'etre|fut|sera) (?:\w+ ){0,2}?"
    r"(?:(?:co-?|contre)?signe|paraphe|conclu|scelle|ratifie|officialise)\b"
    r"|\b(?:signe|paraphe|conclu) (?:le \d|en \w+ 20|hier|ce )"
)
RECEIVED = re.compile(
    r"\b(?:(?:a|ont|avait|avaient) (?:\w+ ){0,3}?(?:recu|accueilli|retrouve)"
    r"|recoi(?:t|vent)|recevai(?:t|ent)|accueill(?:e|ent|ait|aient)|retrouvai(?:t|ent))\b"
    r"(?: (?:hier|ce (?:jour|matin)|(?:ce )?(?:lun|mar|mercre|jeu|vendre|same|diman)di(?: \d+ \w+)?"
    r"|le \d+ \w+|20\d\d|matin|soir|apres-midi|en mairie|a (?:l'hotel de ville|la mairie)),?){0,4}"
)
TO_SIGN = re.compile(
    r"\b(?:pour|afin de|en vue de) (?:y |ensemble |enfin |officiellement |solennellement |conjointement )*"
    r"(?:(?:la )?(?:signature|conclusion|ratification)(?: officielle)?"
    r"|(?:co-?)?signer|parapher|conclure|ratifier|sceller)\b"
    r"(?: ensemble| officiellement| avec \w+)?(?: d[eu]s?)? ?(?P<what>[^.;:,]*)"
)
"""What somebody is received for: "pour la signature du contrat", "afin de parapher ensemble ce document"."""
OURS = re.compile(r"\b(?:contrat|cls)\b|\b(?:ce|cet|le|l'|du) ?(?:document|accord|texte)\s*$")
""" "Ce document", said of the contract; "un texte de soutien" is another."""


class Carrying(Clauses):
    """Reads the passages in which a signature is told by what goes with it."""

    def carried(self, start: int, end: int, told: bool) -> Iterator[Frame]:
        """The passages of one sentence. ``told``: those before say that the contract is signed."""
        text = self.page.folded[start:end]
        if NEGATED.search(text):
            return
        yield from self._carriers(start, end, text, told)
        yield from self._received(start, text)

    def _carriers(self, start: int, end: int, text: str, told: bool) -> Iterator[Frame]:
        """Those who carry a contract that is said to be signed: an agency among them."""
        match, active = CARRIED.search(text), CARRY.search(text)
        if (match is None and active is None) or OTHER_OBJECT.search(text):
            return
        after = self.page.folded[end : end + 160].lstrip()
        if not (told or SIGNED.search(text) or NEXT.match(after)):
            return
        found = match or active
        assert found is not None
        frame = Frame("passive", start + found.start(), start + found.end())
        if match:
            chosen = self._joined(frame.end, end)
        else:
            chosen = self._joined(start, frame.start, back=True)
            chosen = chosen if chosen and self._opens(start, chosen[0].start, []) else []
        kinds = {m.kind for m in chosen}
        if "ars" in kinds and kinds & {*LOCAL, "departement"}:
            frame.signers = self._signers(chosen, frame)
            yield frame

    def _received(self, start: int, text: str) -> Iterator[Frame]:
        """ "Le maire a reçu le directeur de l'ARS pour signer le contrat": both sign."""
        match = RECEIVED.search(text)
        aim = TO_SIGN.search(text, match.end()) if match else None
        if match is None or aim is None or not OURS.search(text, aim.start(), aim.end()):
            return
        if OTHER_OBJECT.search(aim.group("what")) or any(
            mark in text[match.start() : aim.start()] for mark in ";:"
        ):
            return
        hosts = self._joined(start, start + match.start(), back=True)
        guests = self._joined(start + match.end(), start + aim.start())
        if hosts and guests and self._opens(start, hosts[0].start, []):
            frame = Frame("active", start + match.start(), start + aim.end())
            frame.signers = [*self._signers(hosts, frame), *self._signers(guests, frame)]
            yield frame

    def _joined(self, start: int, end: int, *, back: bool = False) -> list[Mention]:
        """The bodies that nothing but a list joins, from a place on, or back from its end."""
        named = [m for m in self.between(start, end) if not m.weak]
        edge, out = (end, named[::-1]) if back else (start, named)
        chosen: list[Mention] = []
        for mention in out:
            gap = (mention.end, edge) if back else (edge, mention.start)
            if not self._bridge(*gap, [], closing=not chosen):
                break
            chosen.append(mention)
            edge = mention.start if back else mention.end
        return chosen[::-1] if back else chosen
