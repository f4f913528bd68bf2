"""Towns by what their people are called: "lavalloise", "stéphanois", "la municipalité messine".

Most such words are made of the name: an ending, and the name less its last letters or with its last one twice
("Laval", "lavall-ois"). The others stand in ``people.txt``, a line each: the word, the code, the name. No
register holds them; they are the ones that the towns use, and each code is held against the official ones.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources

from cls_graph.geo.codes import Place, codes
from cls_graph.geo.names import fold_name, without_article

SMALLEST = 2000
"""Inhabitants of the smallest town that is looked for by a word made of its name."""
KNOWN = 20_000
"""Inhabitants of the smallest one where nothing says which region it is in."""
LARGER = 10
"""How many times the next one a town must have, to be meant by the word that both share."""
ENDINGS = tuple("eois ois ais ien een ain oin ard iste en in on ot an at ol iot".split())
FEMININE = (("enne", "en"), ("onne", "on"), ("elle", "eau"), ("otte", "ot"))
LINKS = re.compile(r" (?:sur|sous|en|les|le|la|l|lez|de|du|des|d|au|aux|a|et) ")
SHORTEST = 3
"""Letters of a name that an ending may follow."""
PLAIN = 5
"""Letters that it takes where the town is no large one: "Jard" is in "jardins", "Val" in "vallons"."""
LANDS = frozenset(
    """landais bourbonnais doubiste ardennais vosgien girondin charentais marnais meusien mosellan tarnais
    lotois gersois gardois varois drômois audois isérois creusois indrien ornais sarthois vendéen jurassien
    savoyard breton normand alsacien lorrain picard corse basque catalan gascon provençal limousin auvergnat
    bourguignon champenois comtois aquitain occitan francilien antillais riverain""".split()
)
"""Words for the people of a département, of a region or of no place, of which no town is meant."""


def town_of(word: str, departements: Iterable[str], regions: Iterable[str]) -> Place | None:
    """The town that an adjective or a noun is made of, inside the départements or regions that are told.

    None where no town or more than one fits. Where nothing says where, only large towns are meant.

    >>> town_of("messine", [], []).name, town_of("Lavalloises", ["53"], []).code
    ('Metz', '53130')
    """
    near, around = set(departements), set(regions)
    if any(one in _lands() for one in _masculine(word)):
        return None
    for forms, least in ((_listed(), 0), (_made(), SMALLEST)):
        found = {p for one in _masculine(word) for p in _towns(one, forms)}
        if near or around:
            inside = [p for p in found if p.departement in near]
            if not (near and least):  # a made word fits some town of almost every region
                inside = inside or [p for p in found if p.region in around]
        else:
            inside = [p for p in found if not least or p.population >= KNOWN]
        ranked = sorted(inside, key=lambda p: (-p.population, p.code))
        if ranked:
            alone = len(ranked) == 1 or ranked[0].population >= LARGER * ranked[1].population
            return ranked[0] if alone else None
    return None


def _masculine(word: str) -> Iterator[str]:
    """The masculine forms that a word may be of, folded, first itself."""
    plain = fold_name(word)
    one = plain[:-1] if plain.endswith("s") and not plain.endswith(("ois", "ais")) else plain
    yield one
    for feminine, masculine in FEMININE:
        if one.endswith(feminine):
            yield one.removesuffix(feminine) + masculine
    if one.endswith("e"):
        yield one[:-1]


def _towns(word: str, forms: dict[str, tuple[Place, ...]]) -> Iterator[Place]:
    """The towns of a masculine word: as it stands in a list, or by what stands before its ending."""
    if forms is _listed():
        yield from forms.get(word, ())
        return
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            yield from forms.get(word.removesuffix(ending), ())


@lru_cache(maxsize=1)
def _lands() -> frozenset[str]:
    """The words of no town, folded."""
    return frozenset(map(fold_name, LANDS))


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[Place, ...]]:
    """The words of the list, folded."""
    found: dict[str, list[Place]] = defaultdict(list)
    text = resources.files("cls_graph.geo").joinpath("people.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        word, code, _ = line.split("\t")
        found[fold_name(word)].append(codes().places[f"commune/{code}"])
    return {word: tuple(places) for word, places in found.items()}


@lru_cache(maxsize=1)
def _made() -> dict[str, tuple[Place, ...]]:
    """What may stand before the ending of a word made of the name of a town."""
    found: dict[str, set[Place]] = defaultdict(set)
    for place in codes().places.values():
        if place.level == "commune" and place.population >= SMALLEST:
            for stem in _stems(place.name, SHORTEST if place.population >= KNOWN else PLAIN):
                found[stem].add(place)
    return {stem: tuple(places) for stem, places in found.items()}


def _stems(name: str, least: int) -> Iterator[str]:
    """The beginnings of the words for the people of a town, of ``least`` letters: "lavall" of "Laval"."""
    whole = without_article(fold_name(name))
    names = {whole, LINKS.split(f"{whole} ")[0].strip()}
    if "-" in name and not whole.startswith(("saint ", "sainte ")):
        names.add(whole.split(" ")[0])
    names |= {n.removeprefix("saint ").removeprefix("sainte ") for n in names}
    for one in names:
        for base in {one, re.sub(r"(?:es|e|s)$", "", one), re.sub(r"y$", "", one), re.sub(r"x$", "s", one)}:
            if len(base) >= least:
                yield base
                if base[-1] not in "aeiouy":
                    yield base + base[-1]
