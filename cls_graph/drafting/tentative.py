"""Passages that speak of a signature wished for or planned: whoever they name is proposed as doubtful."""

from __future__ import annotations

import re

from cls_graph.drafting.frames import Frame
from cls_graph.drafting.layout import Page

TENTATIVE = re.compile(
    r"\b(?:envisag\w+|future?s?|pourr\w+|devrai\w+|pressenti\w*|aimerai\w*|voudrai\w*"
    r"|(?:veu(?:t|lent)|desir\w+|compt(?:e|ent)|entend(?:ent)?|prevoi\w+ de|di(?:t|re) vouloir)"
    r" (?:[\w']+ ){0,5}?(?:co-?signer|signer|parapher|conclure|entrer)"
    r"|devai(?:t|ent) (?:\w+ ){0,2}?(?:co-?signer|signer|parapher|conclure|etre)|aurai(?:t|ent) du"
    r"|souhait\w+|potentiel\w*|previsionnel\w*"
    r"|esper\w+|"
    r"en projet|projet de (?:contrat|cls)|projet\w* de signer|ambitionn\w+|a terme|en vue d\w*|hypothese|"
    r"en cours (?:de|d')\s?\w+|sur le point de)\b"
    r"|\bsignataires?(?: \w+){0,2} (?:seront|seraient|devraient|pourraient|pressentis)\b"
    r"|\b(?:s'appret\w+|se prepar\w+|aspir\w+|invit\w+) a (?:co-?)?sign"
)
HELD = re.compile(
    r"\b(?:ont|a|ete|est|sont|viennent de|vient de) (?:\w+ ){0,3}(?:co-?)?(?:sign\w+|paraph\w+|conclu\w*"
    r"|scell\w+)\b"
    r"|^(?:signe|conclu|paraphe)e?\b"
)


def weigh(page: Page, frames: list[Frame]) -> None:
    """Marks as doubtful the signatories of passages that say neither that they signed nor when they will."""
    for frame in frames:
        start, end = page.sentence_at(frame.start)
        first = min((s.mention.start for s in frame.signers), default=frame.end)
        upto = min(max(frame.end, first), max(end, frame.end))
        lead = page.folded[start:upto]
        if TENTATIVE.search(lead) and not HELD.search(lead):
            frame.doubt = frame.doubt or "planned"
            for signer in frame.signers:
                signer.doubt = signer.doubt or "planned"
