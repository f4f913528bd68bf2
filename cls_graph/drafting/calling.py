"""How texts call a kind of contract: whole, cut short, with other links, in short, with a name of its own.

All patterns are read on folded text. What a name may be followed by decides whether it is that of the kind:
"contrat de relance" may stand for a "contrat de relance et de transition écologique", "contrat de relance du
logement" may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cls_graph.drafting.layout import fold
from cls_graph.geo import codes
from cls_graph.kind import Words

OURS = ("contrat local de santé", "contrats locaux de santé", "CLS")
"""The words that the rules know: of one, of several, in short."""
OTHERS = ("contrat de ville", "contrats de ville", "CDV")
"""What they are replaced by where the text says them of something else."""
LINKS = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "pour", "a", "au", "aux"))
_LINKED = r"[\s,/-]+(?:(?:de|du|des|la|le|les|et|en|pour|a|au|aux)\s+|[dl]')*"
"""What may stand between two words of a long name: "contrat pour la relance et la transition"."""
_DETERMINED = r"(?<=\bla )|(?<=\ble )|(?<=\bleur )|(?<=\bson )|(?<=\bsa )|(?<=\bd'un )|(?<=\bd'une )"
_DETERMINED += r"|(?<=\bles )|(?<=\bleurs )|(?<=\bdu )|(?<=\bce )|(?<=\bcette )|(?<=\bnotre )"
_ALONE = (
    r"(?!\s+(?:et|ou|pour|en)\b)(?!\s+[a-z]+(?:al|ale|aux|ales|if|ive|ifs|ives|ique|iques|el|elle|els|elles"
    r"|ier|aire|aires|ain|aine|eux|ee|ees)\b)"
)
_OF_A_PLACE = re.compile(
    r"\s+(?:de la |de l['’]|du |des |de |d['’])"
    r"(?:[A-ZÀ-ÝŒ]|(?:communaut|agglo|m[ée]tropole|d[ée]partement|ville|commune|pays|territoire|bassin"
    r"|r[ée]gion|notre|ce |leur|vall[ée]e|plaine))"
)
_OF_SOMETHING = re.compile(r"\s+(?:de|du|des|d['’])\b")
_QUOTED = re.compile(r"\s*[«\"“]\s?(?P<brand>[^«»\"”“\n]{3,60}?)\s?[»\"”]")
_TITLED = re.compile(r"\s(?P<brand>(?:[A-ZÉ][\w’'-]+\s){1,3}20\d\d)\b(?!\s?[-–/]|\sà\b)")
_SOME_PLACE = re.compile(r"\b(?:agglo|metropole|communaute|pays|ville de|commune|vallee)")
_FEWEST = 3
_OTHERS = r"(?:(?:[dl]'|\b)[a-z]{2,14}\s+){1,4}?"
"""Words of a text between the noun of a long name and what tells it from others."""


@dataclass(frozen=True)
class Called:
    """One way to call the kind: a pattern of folded text, and what the rules read in its place."""

    pattern: str
    put: str
    cut: bool = False
    """The name is cut short: what follows must not make another name of it."""


def ways(text: str, folded: str, words: Words) -> list[Called]:
    """Every way in which a text may call the kind, the longest first."""
    whole = [*_whole(fold(words.singular), fold(words.plural))]
    shorts = [Called(_spaced(fold(short)), OURS[2]) for short in _shorts(text, folded, words)]
    usual = [Called(_spaced(fold(name)), put) for name, put in zip(OURS, OTHERS, strict=True)]
    known = any(re.search(rf"\b(?:{way.pattern})\b", folded) for way in [*whole, *shorts])
    cut = [*_cut(words.singular, OURS[0]), *_cut(words.plural, OURS[1])] if known else []
    return sorted([*whole, *shorts, *usual, *cut], key=lambda way: (way.cut, -len(way.pattern)))


def stands(text: str, end: int, way: Called) -> bool:
    """Whether what follows a name that is cut short leaves it that of the kind."""
    return not way.cut or not _OF_SOMETHING.match(text, end) or _OF_A_PLACE.match(text, end) is not None


def branded(text: str, end: int) -> int:
    """The end of a name of its own after that of the kind: "contrat de ville « Quartiers 2030 »".

    The name of a place is none.
    """
    for pattern in (_QUOTED, _TITLED):
        match = pattern.match(text, end)
        if match is None:
            continue
        words = re.sub(r"\s*20\d\d$", "", match["brand"])
        if words and not codes().find(words) and not _SOME_PLACE.search(fold(words)):
            return match.end()
    return end


def _whole(one: str, many: str) -> list[Called]:
    """The whole name; one of three words or more with whatever links it."""
    told = [(one, OURS[0]), (many, OURS[1])]
    found = [Called(_spaced(name), put) for name, put in told]
    for name, put in told:
        head, *rest = name.split()
        if sum(word not in LINKS for word in rest) >= _FEWEST:
            # "la convention d'adhésion au programme Petites villes de demain"
            words = r"\s+".join([head, _OTHERS + r"\s+".join(map(re.escape, rest))])
            found.append(Called(_guarded(words, name), put))
    parts = [[w for w in re.findall(r"\w+", name) if w not in LINKS] for name in (one, many)]
    if len(parts[0]) == len(parts[1]) >= _FEWEST:
        either = [f"(?:{a}|{b})" if a != b else a for a, b in zip(*parts, strict=True)]
        for first, (name, put) in zip((parts[0][0], parts[1][0]), told, strict=True):
            found.append(Called(_guarded(_LINKED.join([first, *either[1:]]), name), put))
    return found


def _cut(name: str, put: str) -> list[Called]:
    """The beginnings of a long name that may stand for it, after an article."""
    words = fold(name).split()
    full = sum(w not in LINKS for w in words)
    found = []
    for size in range(2, len(words)):
        told = [w for w in words[:size] if w not in LINKS]
        shorter = " ".join(words[:size])
        ends = words[size - 1] not in LINKS and 2 <= len(told) < full
        if ends and shorter not in (fold(OURS[0]), fold(OURS[1])):
            found.append(Called(rf"(?:{_DETERMINED}){_spaced(shorter)}{_ALONE}", put, cut=True))
    return found


def _shorts(text: str, folded: str, words: Words) -> list[str]:
    """The short names: the one given, the one that the text brings in, the initials."""
    either = "|".join(way.pattern for way in _whole(fold(words.singular), fold(words.plural)))
    told = re.search(rf"\b(?:{either})\s\(([^\W\d_]{{2,7}})s?\)", folded)
    found = [words.short] if words.short else []
    if told and text[slice(*told.span(1))].isupper():
        found.append(text[slice(*told.span(1))])
    initials = "".join(w[0] for w in re.findall(r"\w+", fold(words.singular)) if w not in LINKS).upper()
    if len(initials) >= _FEWEST and (told or f"({initials})" not in text):
        found.append(initials)  # in brackets after other words, they are short for those
    return found


def _spaced(words: str) -> str:
    """A pattern of folded words, wherever their line is broken."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return _guarded(pattern, words)


def _guarded(pattern: str, words: str) -> str:
    """ "santé mentale" is no "santé"."""
    return pattern + (r"(?!\s+mentale)" if words.endswith("sante") else "")
