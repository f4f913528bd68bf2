"""Groups of communes by what they call themselves, where that is not their registered name.

Two ways hold for most: letters that begin the words of the name ("CAPSO", "DLVAgglo", "Cauvaldor"), and the
words that tell it from others, in another dress ("Grand Bourg Agglomération" for "CA du Bassin de
Bourg-en-Bresse", "Niort Agglo" for "CA du Niortais"). Both hold inside the départements that a text speaks
of, and only where one group fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cls_graph.geo.codes import Codes, Place
from cls_graph.geo.names import fold_name

PLAIN = frozenset(
    """grand grande agglo agglomeration metropole eurometropole communaute urbaine communes intercom interco
    pays bassin territoire territoires region littoral maritime cap espace cc ca cu ept de du des d la le
    les l et en sur a aux saint sainte""".split()
)
"""Words that groups take or leave: they tell none from another."""
TYPES = {"cc": "communaute communes", "ca": "communaute agglomeration", "cu": "communaute urbaine"}
SMALL = frozenset("de du des d la le les l et en sur a aux".split())
REGIONS = {
    "aura": "84", "ara": "84", "bfc": "27", "cvl": "24", "ge": "44", "hdf": "32", "idf": "11",
    "na": "75", "paca": "93", "pdl": "52", "centre": "24",
}  # fmt: skip
"""Regions by what they are called in short."""
FORMER_REGIONS = {
    "alsace": "44", "aquitaine": "75", "auvergne": "84", "basse normandie": "28", "bourgogne": "27",
    "champagne ardenne": "44", "franche comte": "27", "haute normandie": "28", "languedoc roussillon": "76",
    "limousin": "75", "lorraine": "44", "midi pyrenees": "76", "nord pas de calais": "32", "picardie": "32",
    "poitou charentes": "75", "rhone alpes": "84",
}  # fmt: skip
"""Regions until 2015, by the code of the one that they are part of since."""
STEM = 5
"""Letters that "Niort" and "Niortais" must share."""
LARGE = re.compile(r"(?:CA|CU|Métropole|EPT)\b|.*[Aa]gglo|.*[Mm]étropole")


def called(table: Codes, name: str, departements: Iterable[str], *, letters: bool = False) -> list[Place]:
    """The groups that call themselves so, among those of some départements; none where none is given.

    ``letters``: only by letters that begin the words of the name.
    """
    near = set(departements)
    groups = list(dict.fromkeys(p for d in sorted(near) for p in table.groups_in.get(d, [])))
    words = [w for w in fold_name(name).split() if w not in PLAIN]
    if not words:
        return []
    one = _initials(name)
    found = [] if letters or (one and name.isupper()) else [p for p in groups if _dressed(words, p)]
    if len(found) > 1 and re.search(r"\b(?:grand|agglo\w*|\w*metropole)\b", fold_name(name)):
        found = [p for p in found if LARGE.match(p.name)]
    if len(found) != 1:
        said = fold_name(name).replace(" ", "")
        found = [p for p in groups if _begins(said, p)] if one else []
    return found if len(found) == 1 else []


def region_called(table: Codes, name: str, *, former: bool = False) -> Place | None:
    """The region of a name, of one in short ("AuRA"), or that a region of before is part of (``former``)."""
    named = table.find(name, "region")
    folded = fold_name(name)
    code = REGIONS.get(folded) or (FORMER_REGIONS.get(folded) if former else None)
    return named[0] if named else table.by_code("region", code) if code else None


def _initials(name: str) -> bool:
    """Whether a name may be made of beginnings of words: one word, or one before "Agglo"."""
    return len([w for w in fold_name(name).split() if w not in ("agglo", "agglomeration")]) == 1


def _dressed(words: list[str], place: Place) -> bool:
    """Whether each word of a name is one of the registered name, or of its stem."""
    own = [w for w in fold_name(place.name).split() if w not in SMALL]
    return all(any(_same(word, other) for other in own) for word in words)


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    least = min(len(word), len(other))
    return (
        least >= STEM and word[:STEM] == other[:STEM] and (word[:-1] in other or other[: least - 1] in word)
    )


def _begins(letters: str, place: Place) -> bool:
    """Whether letters are beginnings of the words of a name, one after the other, none left out."""
    plain = fold_name(re.sub(r"\(.*?\)", " ", place.name)).split()
    kept = [w for w in plain if w not in SMALL]
    spelt = [*TYPES.get(kept[0], kept[0]).split(), *kept[1:]] if kept else []
    bare = kept[1:] if kept and kept[0] in TYPES else kept
    for own in (spelt, bare, [*bare, "agglomeration"]):
        if len(own) > 2 and letters in _beginnings(own, letters):
            return True
    return False


def _beginnings(words: list[str], letters: str) -> Iterator[str]:
    """What can be made of beginnings of words, as far as ``letters`` goes with it."""
    if not words:
        yield ""
        return
    for length in range(1, len(words[0]) + 1):
        lead = words[0][:length]
        if not letters.startswith(lead):
            return
        for rest in _beginnings(words[1:], letters[length:]):
            yield lead + rest
