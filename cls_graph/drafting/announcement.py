"""The words around a noun that announces axes: what lists them, whose they are, what is no announcement."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cls_graph.drafting.axes import PLURAL
from cls_graph.drafting.dates import NUMBER

TOLD = re.compile(
    r"(?P<mid>(?: [\w'()-]+){0,16}?)(?P<sure>,? a savoir |,? tel(?:le)?s que |,? soit |,? (?:qui|que) "
    r"sont |"
    r",? au nombre de \w+, sont |, (?:on (?:re)?trouve|on compte|figurent|citons|on peut citer|notons)"
    r"(?: \w+ment)? |, )(?P<list>(?:l'|la |le |les |celle |\w+(?:er|ir|re) |«|[a-z])[^.:]*"
    r"(?:,| et )[^.]*)"
)
AGAIN = re.compile(
    r"(?:elles?|ils?|ceux-ci|celles-ci|ces (?:\w+ )?(?!difficultes|problemes|constats|besoins"
    r"|freins)\w+s|leur)\b[^.;]{0,140}"
)
OPEN = re.compile(r"\b(?:parmi (?:lesquels|lesquelles|eux)|notamment|dont|tels? que|telles? que)\b")
ARE = re.compile(
    r"(?P<mid>(?: [\w'()-]+){0,8}?)(?: (?:sont|est|figurent|apparaissent)|"
    r",(?: a savoir)?(?! au nombre| que sont| qui sont)|,? que sont|, qui sont) "
    r"(?P<list>[^.:]*,[^.:]* et [^.]*|[^.:;,]+ et [^.;]+)"
)
AIMS = re.compile(
    r"(?: (?:communes?|partagee?s?|principa\w+|premieres?|prioritaires?|strategiques?)){0,2}"
    r"(?P<list> (?:de |d')\w[^.:;]*(?:,|\bet) (?:de |d')[^.:;]*)"
)
"""What follows "se donnent pour ambitions": infinitives, each with its "de"."""
QUESTION = re.compile(
    rf"(?:quel(?:le)?s (?:sont )?(?:les |ses |leurs |nos )?|les |ses )?(?:{NUMBER} )?(?:grand[es]{{1,2}} "
    rf")?(?P<word>{PLURAL})\b[^.?!]{{0,40}} ?\?$"
)
BARE = re.compile(
    r"(?: (?:strategiques|prioritaires|principaux))? (?P<list>(?:l'|la |le |les )[^.:;]*,[^.:;]*)"
)
""" "Le contrat a pour axes A, B et C"."""
OURS = re.compile(r"\b(?:contrat(?! de ville)|cls|il|document|programme|texte|partenaires|signataires)\b")
THERE = re.compile(rf"(?:il y en a|ils sont|elles sont|on en compte) (?:au nombre de )?{NUMBER} ?: ")
SECTION = re.compile(r"(?:(?:article|chapitre|titre|partie|section) )?(?:\d{1,2}|[ivx]{1,4}) ?[:.)-]+ (?=\w)")
"""The number of a heading: "Article 3 : Axes du contrat"."""
NOT_HEAD = re.compile(r"\.{4,}|^\d{1,2} ?h(?: ?\d\d)?\b")
"""A line of a table of contents, or of the course of a ceremony."""
HEADLINE = re.compile(
    rf"(?:(?:les|ses|nos|leurs|des) )?(?:{NUMBER} )?(?:grand[es]{{1,2}} )?{PLURAL}"
    r"(?: (?:de travail|du contrat|du cls|strategiques|prioritaires|retenue?s|d'intervention|d'actions?"
    r"|de force|directrices))*"
    r"(?: :)?"
)
LIST_LEAD = re.compile(
    r"(?!.*\b(?:signataires?|partenaires sont|signe\w*|instances?|actions?)\b).{10,140} ?:$"
)
BRACKETED = re.compile(
    r"(?: [\w']+){0,3} ?(?:\((?P<list>(?:\b[a-h1-9]\)|[^()])*(?:,|;| et )(?:\b[a-h1-9]\)|[^()])*)\)"
    r"|- (?P<dashed>[^.;:]*?(?:,| et )[^.;:]*?) - )"
)
FORMER = re.compile(
    r"\b(?:premier|precedent|ancien|dernier) (?:contrat|cls)\b[^.;:]*\b\w{2,}ai(?:t|ent)\b[^.;:]*$"
    r"|\b(?:le|son|leur) (?:premier|precedent)(?: \(20\d\d ?[-/] ?20\d\d\))?,? (?:[\w']+ ){0,2}?"
    r"\w+ai(?:t|ent)\b[^.;:]*$"
    r"|\bune? (?:premiere?|deuxieme|seconde?|troisieme)\b[^.;:]*"
    r"\b(?:avait|s'etait|avaient|s'etaient)\b[^.;:]*$"
)
""" "Le premier contrat comportait trois axes": they are not those of this one."""
THEIRS = re.compile(r"(?:ses|leurs|il|elle|celui-ci|celle-ci)\b")
OTHERS = re.compile(
    r"\b(?:contrats? de ville|ptsm|ctg|prs|clsm|projet "
    r"(?:regional|territorial)|convention|schema|charte|pacte)\b"
)
""" "Le conseil a adopté le contrat de ville. Ses trois piliers : …"."""
WERE = re.compile(r"[\w' ]{0,30}\b(?:etaient|avaient ete)\b")
THESE = re.compile(r"(?:(?:sur|pour|dans|a|de|avec) )?(?:tous |toutes )?ces ")
SPOKEN = re.compile(r"(?: [\w']+){0,5} ?»,? [^«»:.]{3,60},? « ?(?P<list>[^»]+)")
""" "« Nos trois priorités », énumère le maire, « A, B et C »"."""
NUMBERING = re.compile(rf"[\w' ]{{0,30}},? au nombre de {NUMBER}\b")
AIMING = re.compile(r"\bpour (?:\w+ )?$|\b(?:comme|fixee?s?|donnee?s?|assignee?s?) (?:les |des |\w+ )?$")


@dataclass(frozen=True)
class Announcement:
    """The noun of axes in a sentence: what is said of them, and where what follows it begins and ends."""

    word: str
    count: int
    kind: str
    rest: str
    stop: int
    base: int
    colon: re.Match[str] | None
    lead: str
