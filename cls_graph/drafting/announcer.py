"""Whether the words before a list (a heading, or what ends with a colon) say that it is of those who sign."""

from __future__ import annotations

import re

from cls_graph.drafting.lexicon import letters

ENOUGH = 3
_WEIGHTS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (3, re.compile("p")),  # les signataires
    (3, re.compile("k[^;.]{0,8}L|L[dmw]{0,3}p")),  # le contrat engage
    (3, re.compile("G[^;.]{0,6}[bhe][dw]{0,2}[kn]")),  # engagés par la signature
    (3, re.compile("V(?:[^;.]{0,9}n|ds(?=h)|[dw]{1,3}[hdwe]{1,5}k)")),  # ont apposé leur signature
    (3, re.compile("A[^;.x]{0,6}J[hd]{0,2}[dwm]{0,3}k")),  # ont adhéré au contrat
    (3, re.compile("[AqQ][wdtmhe,]{0,8}[sf](?![dwe]{0,3}x)")),  # ils ont signé, qui a signé
    (3, re.compile("(?:s|n)[^;.xR]{0,16}[bBv][dwmc]{0,3}[:?]?$")),  # signé le 3 mai par :
    (3, re.compile("[sr][^;.xZ]{0,6}[bB][^;.xZ]{1,9}&:$")),  # il est passé entre la Ville et :
    (3, re.compile("s[^;.xZ]{0,16},S[lL]d?m?[cp]:$")),  # signé le 7 avril, il réunit huit partenaires :
    (3, re.compile("^cjG[:!]?$")),  # ils s'engagent
    (3, re.compile("khd?m:$")),  # un contrat à quatre :
    (3, re.compile("^[dm]{0,2}cG$")),  # les partenaires engagés
    (3, re.compile("kw?E[wt]{0,3}s:$")),  # ce document est cosigné :
    (3, re.compile("^f|[cm][wdj]{0,4}f")),  # cinq institutions signent
    (3, re.compile("k[^;.xR]{0,8}B[dwc]{0,3}:?$")),  # contrat conclu entre
    (3, re.compile("^[dmw]{0,2}n[?:]?$|^[dmw]{0,2}n[^;.xZ]{0,5}c:$")),  # signatures
    (3, re.compile("nz:?$|m[w]?n:$")),  # les signatures suivantes :
    (3, re.compile("[EF][^;.xNZ]{0,14}I[dw]{0,2}i[^;.xNZ]{0,6}:$")),  # réunis pour le parapher :
    (1, re.compile("i|g")),
    (1, re.compile("k")),
    (1, re.compile("c")),
    (-4, re.compile("^[^p]*Z[^p]*$|pw?Z|Zp")),
    (-4, re.compile("N")),
    (-2, re.compile("x(?!.*k)")),
)
LEADERS = re.compile(
    r"(?<![.…·_])(?: |(?<![.…·_] ))[.…·_](?: ?[.…·_])++ ?\d{1,3}$|… ?\d{1,3}$|(?<! ) {2,}+\d{1,3}$"
)
"""What leads to the number of a page, in a table of contents; a row is looked at once, from its beginning."""
OTHERWISE = re.compile(
    r"\b(?:axes?|priorites?|orientations?|objectifs?|enjeux|defis|ambitions|thematiques?|villes?|communes)"
    r" ?:?$"
    r"|\b(?:axes?|priorites|orientations|objectifs|enjeux|actions)\b(?! (?:du|de ce) )[^.]{0,40}:$"
)
ASSOCIATED = re.compile(
    r"^(?:les |nos )?(?:partenaires|acteurs|structures|institutions) (?:associe|allie|uni)e?s$"
)
BESIDE = re.compile(r"\b(?:a cote|en plus|en dehors|hors) (?:de |des )?(?:ceux qui|celles qui|signataires)\b")
""" "Trois autres sont associés au contrat à côté de ceux qui l'ont signé :"."""
EARLIER = re.compile(r"\b(?:precedent\w*|ancien\w*|(?:premier|1er) (?:contrat|cls))\b")
LATER = re.compile(r"\b(?:nouveau\w*|nouvelle\w*|second\w*|actuel\w*)\b")


def announces(folded: str, start: int, end: int, *, bodies: bool = False) -> bool:
    """Whether the last clause between two places announces those who sign.

    ``bodies``: what follows is nothing but bodies, so that "s'engagent sur des actions :" may announce them.
    """
    lead = LEADERS.sub("", folded[start:end])
    lead = lead[max(lead.rfind(mark) + 1 for mark in (". ", "? ", "! ", "; ")) :]
    if EARLIER.search(lead) and not LATER.search(lead):
        return False
    if (not bodies and OTHERWISE.search(lead)) or ASSOCIATED.search(lead) or BESIDE.search(lead):
        return False
    if score(lead) >= ENOUGH:
        return True
    return "," in lead and score(lead[lead.rfind(",") + 1 :]) >= ENOUGH


def score(lead: str) -> int:
    """How much the families of words of a clause speak for a list of signatories."""
    said, _ = letters(lead, 0, len(lead))
    return sum(weight for weight, pattern in _WEIGHTS if pattern.search(said))
