"""Which of several places of one name a text means: what it says of départements and regions decides.

A name alone decides only where one town is far larger than the others, and then with a doubt: the places
that fit come back beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cls_graph.geo import Place, codes, fold_name
from cls_graph.geo.codes import LARGE
from cls_graph.geo.postal import of_postal

BRACKETS = re.compile(r"\s*\((?P<inner>[^()]*)\)?")
TAKEN = re.compile(r"\b(du|des) $")
FAR_LARGER = 10


class Fit(NamedTuple):
    """The place that a name means, if one is; and all that fit. More than one of them: it is a guess."""

    place: Place | None
    choices: list[Place]


def told_beside(name: str) -> tuple[str, Place | None]:
    """A name without its brackets, and the département or region that they tell.

    >>> told_beside("Évry (Essonne)")[1].code, told_beside("Évry (91000)")[1].code, told_beside("Évry (cité)")
    ('91', '91', ('Évry', None))
    """
    bare, table = BRACKETS.sub("", name).strip(), codes()
    for told in BRACKETS.finditer(name):
        inner = told["inner"].strip()
        number = of_postal(inner)
        found = [table.by_code("departement", number)] if number else []
        for level in ("departement", "region"):
            found = found or list(table.find(inner, level))
        if found and found[0] is not None:
            return bare, found[0]
    return bare, None


def with_article(name: str, before: str) -> str:
    """A name with the article that "du" or "des" before it has taken: "du Crest" is of "Le Crest"."""
    said = TAKEN.search(before)
    whole = f"{'Le' if said and said[1] == 'du' else 'Les'} {name}"
    return whole if said and ("commune", fold_name(whole)) in codes().names else name


def lies_in(place: Place, departements: tuple[str, ...], regions: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether a place lies in one of the départements, and in the first of the regions."""
    return bool(set(codes().departements_of(place)) & set(departements)), place.region in regions[:1]


def away(place: Place, departements: tuple[str, ...], regions: tuple[str, ...]) -> bool:
    """Whether a place lies in none of the départements and regions that a text tells."""
    told = bool(departements or regions)
    return told and not lies_in(place, departements, regions)[0] and place.region not in regions


def fitting(
    found: list[Place],
    departements: tuple[str, ...],
    regions: tuple[str, ...],
    old: list[Place],
    *,
    name: str = "",
    anywhere: bool = False,
) -> Fit:
    """The place of a name by where the text says that it is.

    ``found`` are the places that bear the name; ``old`` the communes of today that bore it once, or that a
    text may cut to it. ``anywhere``: the only one of its name is taken wherever it lies (``away`` tells).
    """
    if not found:
        return Fit(None, [])
    everywhere = {p.key: p for p in (*found, *old)}
    lies = {key: lies_in(p, departements, regions) for key, p in everywhere.items()}
    inside = [p for p in found if lies[p.key][0]]
    if inside:
        return _largest(_exact(inside, name))
    near = [p for p in found if lies[p.key][1]]
    if departements and near and len(everywhere) > 1:
        # In the region, but not in the département that the text tells; and others bear the name.
        best = _largest(near).place
        elsewhere = [p for p in everywhere.values() if p not in near]
        return Fit(best if best and best.population >= LARGE else None, [*_sorted(near), *_sorted(elsewhere)])
    if near:
        return _largest(_exact(near, name), [p for p in old if lies[p.key][1]])
    if departements or regions:
        known = len(found) == 1 and (found[0].region in regions or (anywhere and len(everywhere) == 1))
        return Fit(found[0] if known else None, _sorted(found))
    return _largest(found, old)


def _exact(fit: list[Place], name: str) -> list[Place]:
    """The places of exactly a name, not of it with an article, unless they are far smaller: "Crest"."""
    same = [p for p in fit if fold_name(p.name) == fold_name(name)]
    most = max(p.population for p in fit)
    return [p for p in same if p.population * FAR_LARGER > most] or fit


def _largest(fit: list[Place], old: list[Place] | None = None) -> Fit:
    """The place that is far larger than the others; a small one has those of ``old`` against it."""
    ranked = _sorted(fit)
    first = ranked[0]
    rivals = ranked[1:]
    if first.population < LARGE and first.level == "commune":
        rivals += [p for p in old or () if p.key not in {q.key for q in ranked}]
    far = all(first.population > FAR_LARGER * max(p.population, 1) for p in rivals)
    return Fit(first if far else None, [first, *rivals])


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda p: (-p.population, p.code))
