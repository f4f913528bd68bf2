"""How alike two names are: what decides whether a draft found a body, an axis or a territory."""

from __future__ import annotations

import re

from cls_graph.geo import fold_name

SHORT = (
    ("agence regionale de sante", "ars"),
    ("caisse primaire d assurance maladie", "cpam"),
    ("caisses primaires d assurance maladie", "cpam"),
    ("caisse d allocations familiales", "caf"),
    ("mutualite sociale agricole", "msa"),
    ("communaute d agglomeration", "agglomeration"),
    ("conseils departementaux", "conseil departemental"),
)
EMPTY = frozenset("le la les l de du des d et en à a un une".split())


def words(name: str) -> frozenset[str]:
    """The words of a name that count."""
    folded = fold_name(re.sub(r"\([^)]*\)", " ", name))
    for long, short in SHORT:
        folded = folded.replace(long, short)
    return frozenset(folded.split()) - EMPTY


def alike(first: str, second: str) -> float:
    """How alike two names are, from 0 to 1: words shared over all words."""
    left, right = words(first), words(second)
    return len(left & right) / len(left | right) if left | right else 0.0


def short_of(first: str, second: str) -> bool:
    """Whether one name is the other cut short: "PETR" for "PETR du Pays d'Auch"."""
    left, right = words(first), words(second)
    one, two = ({w.rstrip("s") for w in side} for side in (left, right))
    return bool(one and two) and (one <= two or two <= one)


def pair(expected: list[str], found: list[str], least: float) -> list[tuple[int, int]]:
    """Pairs of the most alike, each used once."""
    ranked = sorted(
        ((alike(e, f), -i, -j) for i, e in enumerate(expected) for j, f in enumerate(found)), reverse=True
    )
    used_e: set[int] = set()
    used_f: set[int] = set()
    pairs = []
    for score, i, j in ranked:
        if score >= least and -i not in used_e and -j not in used_f:
            used_e.add(-i)
            used_f.add(-j)
            pairs.append((-i, -j))
    return pairs


def bare(label: str) -> str:
    """A territory's name without the words for what it is."""
    words = r"établissement public territorial|EPT|"
    words += r"communautés? (?:de communes|d'agglomération)|communauté|agglomération|villes?|PETR|agglo"
    return re.sub(rf"(?i)\b(?:{words})\b", "", label)
