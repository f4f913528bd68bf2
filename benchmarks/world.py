"""A made-up country: its territories and the bodies that contracts are made with.

Nothing here is real. SIREN numbers and codes of groupings begin with ``0``, codes of communes end in
910 or more: no such number is ever given. Names are made from invented stems. A territory depends on the
seed and on its rank alone, so that a larger country begins with the smaller one.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

REGIONS = tuple(str(code) for code in range(55, 73))
DEPARTMENTS = tuple(f"{code:02d}" for code in range(100))
COMMUNES_EACH = 50
"""Communes of one département, numbered from 950; further territories there are groupings."""

FIRST_LISTED, COMMUNES_LISTED = 910, 40
"""Number of the first commune of a département that groupings have as a member, and how many there are."""

VINTAGE = "2025"
STEMS = (
    "Aubrelle Bronvaux Cardivelle Dolmarne Estrouve Flavigeac Gremolin Hautrive Isserolles Jarvoncy "
    "Kermadelle Lorvanges Morvelle Nantrouge Orsivaux Pluvignolle Quervance Rochelande Sauvetrel Tramoyes "
    "Ustarville Valbrune Wissembray Xertivelle Yvremont Zellebois"
).split()
RIVERS = "Ourdre Brenelle Sauzonne Virlange Mouzelle Tardive Ondreuse Clairette Dourvelle Lignonne".split()
THEMES = "santé femmes jeunesse addictions logement handicap ruralité diabète mémoire alimentation".split()

ASSOCIATIONS = 400
"""Bodies without a territory, which contracts everywhere may name."""


@dataclass(frozen=True)
class Territory:
    """The territory of a series of contracts."""

    rank: int
    level: str
    code: str
    name: str
    department: str
    region: str

    @property
    def key(self) -> str:
        """How records name it."""
        return f"{self.level}/{self.code}"


def skewed(size: int, power: float) -> list[float]:
    """Cumulated weights by which the first of ``size`` ranks is chosen most (Zipf)."""
    return list(accumulate(1 / (rank + 1) ** power for rank in range(size)))


def pick(rng: Random, cumulated: list[float]) -> int:
    """A rank by cumulated weights."""
    return bisect(cumulated, rng.random() * cumulated[-1])


def luhn(digits: str) -> str:
    """``digits`` with the check digit that makes the whole pass Luhn's test.

    >>> luhn("00000001")
    '000000018'
    """
    total = 0
    for index, char in enumerate(reversed(digits)):
        digit = int(char) * (2 if index % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return digits + str(-total % 10)


def name(rank: int) -> str:
    """The invented name of a place, different for each rank."""
    stem, rest = STEMS[rank % len(STEMS)], rank // len(STEMS)
    if not rest:
        return stem
    river, rest = RIVERS[rest % len(RIVERS)], rest // len(RIVERS)
    return f"{stem}-sur-{river}" + (f"-{rest + 1}" if rest else "")


class Country:
    """The country of one seed, made as far as it is asked for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._weights = skewed(len(DEPARTMENTS), 0.7)
        self._communes: dict[str, int] = {}
        self.territories: list[Territory] = []

    def rng(self, *what: object) -> Random:
        """The chance of one thing, apart from that of every other."""
        return Random("/".join(map(str, (self.seed, *what))))

    def territory(self, rank: int) -> Territory:
        """The territory of a rank; those before it are made too."""
        while len(self.territories) <= rank:
            self.territories.append(self._next(len(self.territories)))
        return self.territories[rank]

    def _next(self, rank: int) -> Territory:
        rng = self.rng("territory", rank)
        department = DEPARTMENTS[(pick(rng, self._weights) * 37) % 100]
        region = region_of(department)
        number = self._communes.get(department, 0)
        if rng.random() < 0.4 and number < COMMUNES_EACH:
            self._communes[department] = number + 1
            code = f"{department}{950 + number}"
            return Territory(rank, "commune", code, name(rank), department, region)
        code = siren("epci", rank)
        return Territory(rank, "epci", code, f"Pays de {name(rank)}", department, region)


def listed_commune(around: Territory, rank: int) -> Territory:
    """A member of the groupings of a département, of which there are ``COMMUNES_LISTED``."""
    number = int(around.department) * COMMUNES_LISTED + rank
    code = f"{around.department}{FIRST_LISTED + rank}"
    return Territory(-1, "commune", code, f"Saint-{name(number)}", around.department, around.region)


def region_of(department: str) -> str:
    """Départements are shared out unevenly: the first régions have more."""
    return REGIONS[int(len(REGIONS) * (int(department) / 100) ** 1.3)]


KINDS = (
    "epci commune hopital-public cpts ccas cias prefecture departement cpam caf msa ars reseau-association"
).split()


def siren(kind: str, number: int) -> str:
    """A number that passes the check and is nobody's; different for every kind and number."""
    return luhn(f"0{KINDS.index(kind):02d}{number + 1:05d}")


def regional_body(region: str) -> dict[str, Any]:
    """The agency of a région."""
    return _body("ars", region, "Agence régionale de santé de la région", f"region/{region}")


DEPARTMENTAL = {
    "prefecture": "Préfecture du département",
    "departement": "Département",
    "cpam": "Caisse primaire d’assurance maladie du département",
    "caf": "Caisse d’allocations familiales du département",
    "msa": "Mutualité sociale agricole du département",
}


def departmental_body(kind: str, department: str) -> dict[str, Any]:
    """A body of a département."""
    return _body(kind, department, DEPARTMENTAL[kind], f"departement/{department}")


def _body(kind: str, code: str, words: str, territory: str) -> dict[str, Any]:
    return {
        "key": f"{kind}-{code}",
        "label": f"{words} {code}",
        "kind": kind,
        "territory": [territory],
        "siren": siren(kind, int(code)),
    }


LOCAL = {
    "hopital-public": "Centre hospitalier de",
    "cpts": "Communauté professionnelle territoriale de santé de",
    "ccas": "Centre communal d’action sociale de",
    "cias": "Centre intercommunal d’action sociale de",
}


def local_kinds(territory: Territory) -> tuple[str, ...]:
    """The bodies of a territory beside its council."""
    return ("hopital-public", "cpts", "ccas" if territory.level == "commune" else "cias")


def local_bodies(territory: Territory) -> Iterator[dict[str, Any]]:
    """The council of a territory, and its bodies."""
    council = territory.level
    yield {
        "key": f"{council}-{territory.code}",
        "label": territory.name,
        "kind": council,
        "territory": [territory.key],
        "siren": siren(council, territory.rank),
    }
    for kind in local_kinds(territory):
        yield {
            "key": f"{kind}-{territory.code}",
            "label": f"{LOCAL[kind]} {territory.name}",
            "kind": kind,
            "territory": [territory.key],
            "siren": siren(kind, territory.rank),
        }


def association(rank: int) -> dict[str, Any]:
    """A body that works everywhere."""
    theme = THEMES[rank % len(THEMES)]
    return {
        "key": f"reseau-association-{rank:03d}",
        "label": f"Réseau {theme} {rank + 1}",
        "kind": "reseau-association",
        "siren": siren("reseau-association", rank),
    }
