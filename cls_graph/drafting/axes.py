"""What an axis is called, and what is read of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cls_graph.drafting.dates import NUMBER
from cls_graph.drafting.layout import Page

WORDS = {
    "axe": 0, "orientation": 1, "priorite": 1, "pilier": 1, "volet": 1, "chantier": 1, "thematique": 1,
    "theme": 1,
    "ambition": 1, "domaine": 1, "champ": 1, "defi": 2, "enjeu": 2, "objectif": 2, "levier": 2,
    "ligne": 1, "chapitre": 3, "sujet": 4, "cap": 1, "choix": 2, "front": 3, "engagement": 3, "visee": 5,
}  # fmt: skip
SINGULAR = (
    r"(?:axe|orientation|priorite|pilier|volet|chantier|thematique|theme|ambition|domaine|champ|defi|"
    r"enjeu|objectif|levier)"
)
PLURAL = (
    r"(?:axes|orientations|priorites|piliers|volets|chantiers|thematiques|themes|ambitions|"
    r"domaines|champs|fronts|chapitres|sujets|defis|enjeux|objectifs|leviers|"
    r"choix(?= strategiques?\b| prioritaires?\b| transversa\w+)|"
    r"lignes(?= directrices"
    r"| de force| d'action)|caps)"
)
TYPES = (("transvers", "transversal"), ("strategi", "strategic"), ("themati", "thematic"))
ORDINALS = {
    **dict.fromkeys(("premier", "premiere", "1er", "1re", "1ere"), 1),
    **dict.fromkeys(("deuxieme", "second", "seconde", "2e", "2eme", "2nd"), 2),
    **dict.fromkeys(("troisieme", "3e", "3eme"), 3),
    **dict.fromkeys(("quatrieme", "4e", "4eme"), 4),
    **dict.fromkeys(("cinquieme", "5e", "5eme"), 5),
    **dict.fromkeys(("sixieme", "6e", "6eme"), 6),
    **dict.fromkeys(("septieme", "7e", "7eme"), 7),
    **dict.fromkeys(("dernier", "derniere"), 99),
}
LABELLED = re.compile(
    rf"(?P<word>{SINGULAR})(?P<type> (?:strategique|transversale?|thematique|prioritaire|"
    rf"operationnel(?:le)?|majeure?|d'intervention|de travail))?"
    r" ?(?:n ?[°o]?\.? ?|numero |#)?(?P<rank>\d{1,2}|(?<=numero "
    r")(?:un|deux|trois|quatre|cinq|six)"
    r"|(?<=[a-z] )(?:une?|deux|trois|quatre|cinq|six|premi(?:er|ere)"
    r"|(?:deux|trois|quatr|cinqu|six)ieme)(?= ?[:-] )|"
    r"(?<=[ °o.])(?:[ivx]{1,4}|[a-h])|(?<=transversal)(?= ?[:.-])|"
    r"(?<=transversale)(?= ?[:.-])|(?<=transverse)(?= ?[:.-]))(?P<sub>\.\d+)?\b(?P<mark> "
    r"?(?:[:.)/|·>→]|-(?= )|, (?:intitulee? |nommee? )?(?=[«\"])|\()? *)"
)
ANNOUNCE = re.compile(
    rf"(?:\b{NUMBER} (?:grand[es]{{0,2}} |principa(?:ux|les) |nouve(?:aux|lles) |autres |"
    r"(?:pistes|propositions|familles|types) d(?:'|e ))*|"
    rf"\b(?:les |pour |comme |"
    rf"ses |des |ces |plusieurs |aux? |nos |leurs |principa(?:ux|les) |grand[es]{{1,2}} |"
    rf"nombre de |differente?s |diverse?s |suivante?s )+|^)"
    rf"(?P<word>{PLURAL})\b(?P<rest>(?: (?!d'action\b)[\w'°()-]+){{0,14}}?)"
)
GENERAL = re.compile(
    r"\b(?:les (?:contrats locaux de sante|cls)\b(?! (?:de|du|d')\b)|un (?:contrat local|cls)|"
    r"loi hpst|tout (?:contrat local|contrat|cls) (?:doit|peut|vise)|"
    r"projet regional de sante(?![^.]*\bcontrat)|politiques? publiques? de)"
)
VERBS = (
    r"(?:c'est|ce sera|concerne|porte sur|vise(?: a)?|s'attache a\b|est consacree? (?:a|aux?)\b"
    r"|traite d(?:e|u|es)\b|cible|a pour (?:objet|but|objectif)(?: (?:de|d'))?|consiste a\b"
    r"|est dediee? (?:a|aux?)\b|est relati(?:f|ve) a|s'interesse a|est|entend|aborde|touche (?:a|aux?)\b"
    r"|cherche a\b|ambitionne de|prevoit de|couvre|repond (?:a|aux?)\b|s'articule autour de"
    r"|se concentre sur|met l'accent sur|se penche sur|interroge|renvoie a)"
)
PROSE = re.compile(
    rf"\b(?:(?:le|la|l'|un|une) ?)?(?P<nth>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
    rf"(?: (?P<word>{SINGULAR})(?: (?:strategique|thematique|transversale?|"
    rf"prioritaire|majeure?|d'intervention|de travail"
    rf"|(?:du|de ce|de notre) (?:\w+ )?(?:contrat|cls)\b(?: [\w'-]+){{0,9}}?(?=,? {VERBS})))?)?"
    rf"(?:,[^,.;:]{{2,50}}(?=, (?:c'est|{VERBS}))|)(?:,| :| -(?= ))? "
    rf"?(?:(?:lui|il|elle|quant a lui|quant a elle|enfin|intitulee?),? )?(?P<verb>{VERBS})? ?"
)
LABEL_PROSE = re.compile(
    rf"\b(?:l')?(?P<word>{SINGULAR}) (?P<rank>\d)\b,? (?P<verb>{VERBS} )?(?=l'|la |le |les |une? |\w)"
)


@dataclass
class Axis:
    """An axis as the text words it; ``start`` and ``end`` hold the label alone, ``whole`` the mark too."""

    start: int
    end: int
    code: str = ""
    kind: str = "unspecified"
    open: tuple[int, int] | None = None
    """Where the text says that it names only some ("parmi lesquels")."""

    sure: float = 0.95
    children: list[Axis] = field(default_factory=list)
    whole: tuple[int, int] = (0, 0)
    word: str = "axe"
    note: str = ""
    """What is said of how it was read: a key of ``NOTES``."""


@dataclass
class Announced:
    """A number of axes that the text announces: "quatre axes stratégiques"."""

    start: int
    end: int
    value: int
    kind: str
    word: str


@dataclass
class Programme:
    """The axes found, and the numbers announced."""

    axes: list[Axis] = field(default_factory=list)
    counts: list[Announced] = field(default_factory=list)


ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def sort_of(mark: str) -> str:
    """What a list is marked with: digits, letters, or the bullet itself."""
    mark = mark.lstrip("(#")
    if "\u2460" <= mark[:1] < "\u2500" or "\u2776" <= mark[:1] < "\u2794":
        return "①"
    if mark[:1] > "\U0001f000" or "\u2600" <= mark[:1] < "\u2700":
        return "☀"  # a picture each: "🩺", "🚭"
    return "1" if mark[:1].isdigit() else "a" if mark[:1].isalpha() and len(mark) > 1 else mark


def follows(mark: str, other: str) -> bool:
    """Whether the mark of an item is the next one: "2." and "3.", "b)" and "c)", "III." and "IV."."""
    if sort_of(mark) == "1":
        if "." in mark.strip(".") or "." in other.strip("."):
            return False
        last, rank = (re.sub(r"\D", "", m)[-2:] for m in (mark, other))
        return rank.isdigit() and last.isdigit() and int(rank) == int(last) + 1
    one, two = (re.sub(r"\W", "", m).lower() for m in (mark, other))
    if one in ROMAN and two in ROMAN and ROMAN.index(two) == ROMAN.index(one) + 1:
        return True
    return len(one) == len(two) == 1 and ord(two) == ord(one) + 1


def singular(word: str) -> str:
    """ "axes" → "axe", "enjeux" → "enjeu"."""
    return word if word == "choix" else word[:-1]


def type_of(words: str) -> str:
    return next((kind for stem, kind in TYPES if stem in words.lower().replace("é", "e")), "unspecified")


def distinct(axes: list[Axis], page: Page) -> list[Axis]:
    """Each code once: a summary and the detail of a text name the same axes."""
    seen: dict[str, Axis] = {}
    out = []
    for axis in axes:
        key = re.sub(r"\W", "", page.folded[axis.whole[0] : axis.start]) or page.folded[axis.start : axis.end]
        if key not in seen:
            seen[key] = axis
            out.append(axis)
    return out


def merge(ways: list[list[Axis]], page: Page) -> list[Axis]:
    """One list of axes from the ways that found some: those of another type add up, the same again do not."""
    out: list[Axis] = []
    for axes in sorted(ways, key=lambda w: (not w[0].code, w[0].start)):
        kinds = {a.kind for a in out}
        spans = [(a.start, a.end) for a in out]
        words = {key_of(page, a) for a in out}
        fresh = [
            a
            for a in axes
            if key_of(page, a) not in words
            and not any(s <= a.start < e or a.start <= s < a.end for s, e in spans)
        ]
        if (
            not out
            or (
                len(fresh) == len(axes)
                and axes[0].kind not in kinds
                and len(kinds | {axes[0].kind}) > 1
                and "unspecified" not in kinds | {axes[0].kind}
            )
            or (
                not out[0].code
                and len(fresh) == len(axes)
                and (
                    (axes[0].kind == "transversal" and "transversal" not in kinds)
                    or (len(out) == 1 and kinds == {"transversal"})
                )
            )
        ):
            out += fresh
    return sorted(out, key=lambda a: a.start)


def key_of(page: Page, axis: Axis) -> str:
    return re.sub(r"\W+", " ", page.folded[axis.start : axis.end]).strip()
