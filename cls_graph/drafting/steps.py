"""The steps of a contract: the words for them, and a step as read."""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGN = re.compile(
    r"\b(?:^a [a-z' -]{3,40}, le(?= \d{1,2}(?:er)? \w+ 20\d\d\.?$)|renouvelee?s?(?= (?:le |ce |[a-z]+di "
    r")+\d| en [a-zéû]+ 20\d\d)|(?:est|sont) venue?s? signer|"
    r"renouvelee?s?(?= (?:le|leur|son|ce) (?:\w+ )?(?:contrat|cls))|"
    r"renouvelee?s?(?=,[^.;]{3,60}, (?:le|leur|son|ce) (?:\w+ )?(?:contrat|cls))|"
    r"(?:s'(?:est|etait)|se sont) (?:\w+ )?dotee?s? d'un (?:\w+ )?(?:contrat local|cls)|"
    r"accueilli(?=[^.;]{0,80}\bsignataires (?:du|de ce|de son|de leur) )|"
    r"(?:est|sont) devenue?s? (?:co-?)?signataires?|"
    r"(?:mett(?:ent|ait|aient|re)|met|mis|appos\w+|pos(?:e|ent|er|ait|aient)) "
    r"(?:tous |toutes )?(?:leur|son|sa) "
    r"(?:nom|griffe)(?= au bas|(?= sur))|pri[st] (?:le stylo|la plume)|"
    r"formalise(?:nt|e?s?)(?= (?:leur|son|le|ce|un) (?:\w+ )?(?:contrat|cls))|"
    r"(?:co-?)?signataires(?: (?:du|de ce) (?:contrat|cls))?(?= \(\d)|"
    r"(?:co-?|contre)?sign(?:ant|ait|aient|erent|e|ee|es|ees|ent|er|era|eront|aient|ature|atures)|paraph\w+|"
    r"conclu(?:e|re|s|es|ait|aient)?|scell\w+|ratifi\w+|officialis\w+|cloture par la signature|fait "
    r"(?:en [\w' ]{2,40}exemplaires?(?: \w+)?,? )?a|ceremonie)\b"
)
LAUNCH = re.compile(r"\b(?:officiellement )?(?:lance(?:e|nt)?|lancement|inaugur\w+)\b")
VOTE = re.compile(
    r"\b(?:vot(?:e|ee?s?|ent|aient)|approuv\w+|adopt\w+|(?<!salle des )deliber\w+|valid\w+|autoris\w+"
    r"|seance)\b"
)
ASSEMBLY = re.compile(
    r"\bconseils? (?:municipa(?:l|ux)|communautaires?|metropolitain|departemental|regional|"
    r"syndical|d'agglomeration|de communaute)\b|\bbureau communautaire\b"
)
OTHER = re.compile(
    r"\b(?:publie\w*|publication|mis(?:e)? (?:en ligne|a jour)|communique|present(?:e|ee|er|"
    r"es)\b(?! contrat)|recrut\w+|debut\w*(?! (?:20\d\d|[a-z]+ 20\d\d))|commenc\w+"
    r"|entre en vigueur|entrera en vigueur|a compter|a partir|jusqu"
    r"|(?<!^)reuni(?:s|es?)?(?!\w*[^.;]{0,60}\b(?:pour|afin)\b|\w|[^.;]{0,120}, pour la "
    r"signature)"
    r"|diagnostic|comite de pilotage(?! a "
    r"(?:procede|signe))|"
    r"lettre d'intention|evalu\w+|(?<!signe )(?<!signee )depuis|prolong\w+|convocation|convoque"
    r"|code|loi|decret|arrete|creation|cree)\b"
)
PLAN = re.compile(
    r"\b(?:doi(?:t|vent) etre|ser(?:a|ont)|va etre|devrai(?:en)?t|prevue? |est prevu|aura "
    r"lieu|se tiendra|vous (?:convi|invit)\w+|signer(?:a|ont)|vont signer|s'appretent)\b"
)
HELD = re.compile(
    r"\bsignature\b[^.;]{0,80}\b(?:a eu lieu|s'est (?:tenue|deroulee|faite)|est intervenue|a "
    r"ete (?:organisee|celebree))|\b(?:ont|a) (?:\w+ ){0,3}(?:(?:co-?)?signee?s?|paraphee?s?|"
    r"conclue?s?|appose|ratifie|scelle)\b|\b(?:signe|conclu|paraphe|cosigne|scelle)e?s?\b|"
    r"\bsign(?:ent|e)\b|\bfait (?:en [\w' ]{2,40}exemplaires?(?: \w+)?,? )?a\b|\bdotee?s? d'un\b"
    r"|\b(?:mett(?:ent|aient|ait)|met|mis|appos\w+|pose?(?:ent|aient|ait)?) (?:tous |toutes )?"
    r"(?:leur|son|sa) (?:nom|griffe|paraphe|signature)\b|\bpri[st] (?:le stylo|la plume)\b"
    r"|\bviennent? de (?:signer|conclure)|pour signer|c'est signe"
)
AUTHORISED = re.compile(
    r"\b(?:autoris\w+|habilit\w+)\b[^.;]{0,100}\bsign|\bdelibere (?:sur )?la signature|"
    r"\bapprouv\w+ (?:le|ce) (?:\w+ ){0,4}(?:contrat|cls)|\b(?:contrat|"
    r"cls)\b[^.;]{0,60}\b(?:approuve|adopte|vote|valide)\b"
)


@dataclass(frozen=True)
class Event:
    """A step: ``type`` of the code list, the date as stated, a date worked out, and where it is said."""

    type: str
    start: int
    end: int
    stated: str = ""
    inferred: str = ""
    note: str = ""
    planned: bool = False
    sure: float = 0.95
