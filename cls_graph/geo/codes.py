"""Lookup of the official codes, by name, code and old name.

The file beside this module says its source, vintage and licence; ``scripts/make_codes.py`` writes it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from cls_graph.geo.names import essential, fold_name, group_names, group_query, without_article

LARGE = 5000
"""Inhabitants of the smallest town whose name a text may cut."""
MOST_WORDS = 12
"""Of a name that is tried as two names joined; no commune has a name of more than eight."""
COMMON = frozenset(
    "saint sainte ville neuville villers villiers roche grand grande petit petite notre pont port "
    "bois".split()
)
SEAT = re.compile(
    r"(?:l |la |le )?(?:agglo|agglomeration|communaute d agglomeration|metropole) (?:de la |de |du |d )"
    r"(?P<town>.+)"
)
COLUMNS = ("level", "code", "name", "departement", "region", "vintage")
"""Those of ``territories.csv``."""
LEVELS = ("commune", "epci", "arrondissement", "departement", "region")


class Place(NamedTuple):
    """A territory. ``former``: the old name or code it was found by, if so; population -1: not known."""

    level: str
    code: str
    name: str
    departement: str = ""
    region: str = ""
    population: int = -1
    former: str = ""

    @property
    def key(self) -> str:
        """How records name it: ``commune/26362``."""
        return f"{self.level}/{self.code}"


@dataclass
class Codes:
    """The official codes of one vintage; what finds a place by its name is made at the first question."""

    source: str
    vintage: str
    licence: str
    places: dict[str, Place] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    group: dict[str, str] = field(default_factory=dict)
    """The group that a commune belongs to, by the commune's code."""

    arrondissement: dict[str, str] = field(default_factory=dict)
    """The arrondissement of a commune, by the commune's code."""

    old_codes: dict[str, str] = field(default_factory=dict)
    """The code of today of a commune that has another, or is part of another, by its old code."""

    old_names: list[tuple[str, str]] = field(default_factory=list)
    """Old names of communes, each with the code of today."""

    @cached_property
    def names(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Level and folded name, to the keys of the places, each with the old name that matched."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for place in self.places.values():
            forms = group_names(place.name) if place.level == "epci" else [fold_name(place.name)]
            for form in _forms(forms):
                found[place.level, form].append((place.key, ""))
        for name, today in self.old_names:
            for form in _forms([fold_name(name)]):
                found["commune", form].append((f"commune/{today}", name))
        return dict(found)

    @cached_property
    def joined(self) -> dict[str, list[str]]:
        """Groups of communes by their name without spaces."""
        found: dict[str, list[str]] = defaultdict(list)
        for (level, form), rows in self.names.items():
            if level == "epci":
                found[form.replace(" ", "")].extend(key for key, _ in rows)
        return dict(found)

    @cached_property
    def essential(self) -> dict[str, list[str]]:
        """Groups of communes by the words of their name that tell them apart."""
        found: dict[str, list[str]] = defaultdict(list)
        for place in self.places.values():
            if place.level == "epci":
                found[essential(place.name)].append(place.key)
        return dict(found)

    @cached_property
    def groups_in(self) -> dict[str, list[Place]]:
        """Groups of communes by the départements that they lie in."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            for departement in self.departements_of(place) if place.level == "epci" else ():
                found[departement].append(place)
        return dict(found)

    def by_code(self, level: str, code: str) -> Place | None:
        """The place of a code; a commune's old code gives the commune of today, ``former`` says so."""
        found = self.places.get(f"{level}/{code}")
        if found is None and level == "commune" and code in self.old_codes:
            return _former(self.places[f"commune/{self.old_codes[code]}"], code)
        return found

    def find(self, name: str, level: str = "", departement: str = "") -> list[Place]:
        """The places of a name, largest first; homonyms are told apart by ``departement`` (a code).

        An old name of a commune counts where no place bears it today. Articles, accents, dashes and
        "St" make no difference; a group of communes is found with or without its type.
        """
        found: dict[str, Place] = {}
        for one in (level,) if level else LEVELS:
            forms = group_query(name) if one == "epci" else [fold_name(name)]
            for form in [*forms, *(without_article(f) for f in forms)]:
                rows = self.names.get((one, form), [])
                for key, old in [r for r in rows if not r[1]] or rows:
                    found.setdefault(key, _former(self.places[key], old) if old else self.places[key])
                if rows:
                    break
            if one == "epci" and not found:
                # "GrandAngoulême": a name that its bearers write in one word.
                for key in self.joined.get(fold_name(name).replace(" ", ""), []):
                    found.setdefault(key, self.places[key])
            if one == "epci" and not found:
                # "Nevers Agglomération": the group whose registered name is "CA de Nevers".
                for key in self.essential.get(essential(name), []):
                    found.setdefault(key, self.places[key])
        if not found and "-" in name and level in ("", "commune"):
            found = {p.key: p for p in self._of_old_names(name)}
        kept = [p for p in found.values() if not departement or p.departement == departement]
        return sorted(kept, key=lambda p: (bool(p.former), LEVELS.index(p.level), -p.population, p.code))

    def old(self, name: str) -> list[Place]:
        """The communes of today that bore a name once, whoever bears it now: "Rochetaillée"."""
        rows = self.names.get(("commune", fold_name(name)), [])
        return [_former(self.places[key], old) for key, old in dict.fromkeys(rows) if old]

    def _of_old_names(self, name: str) -> list[Place]:
        """The commune of today that goes by two names, one of them an old one: "Chemillé-Melay"."""
        words, found = fold_name(name).split(), set()
        for cut in range(1, len(words) if len(words) <= MOST_WORDS else 0):
            parts = [" ".join(part) for part in (words[:cut], words[cut:])]
            if without_article(parts[0]) == without_article(parts[1]):
                continue  # "Pau-Pau"
            first, second = (self.names.get(("commune", part), []) for part in parts)
            old = {key for key, former in (*first, *second) if former}
            found |= old & {key for key, _ in first} & {key for key, _ in second}
        return [_former(self.places[key], name) for key in found] if len(found) == 1 else []

    def beginning(self, name: str) -> list[Place]:
        """The groups of communes whose name begins with the three words or more of this one."""
        short = essential(name)
        if len(short.split()) < 3:
            return []
        keys = {k for form, found in self.essential.items() if form.startswith(f"{short} ") for k in found}
        return [self.places[k] for k in sorted(keys)]

    def led_by(self, name: str) -> list[Place]:
        """The agglomerations whose longer name a text cuts short: "Annemasse Agglo"."""
        short = re.sub(
            r" ?\b(?:agglo|agglomeration|metropole|eurometropole|grand)\b ?", "", fold_name(name)
        ).strip()
        if short == fold_name(name) or len(short) < 4:
            return []
        keys = {k for form, found in self.essential.items() if form.startswith(f"{short} ") for k in found}
        places = [self.places[k] for k in sorted(keys)]
        return [p for p in places if re.match(r"(?:CA|CU|Métropole)\b", p.name)] or self._around(short)

    @cached_property
    def _long_names(self) -> dict[str, list[Place]]:
        """Towns of a name of several words, by the first, that a text may cut them to."""
        found: dict[str, list[Place]] = defaultdict(list)
        joined = set(self.old_codes.values())  # "Évry-Courcouronnes", of two towns: a short word is enough
        for place in self.places.values():
            if place.level == "commune" and place.population >= LARGE:
                first, *more = fold_name(place.name).split()
                if more and len(first) > 4 - (place.code in joined) and first not in COMMON:
                    found[first].append(place)
        return dict(found)

    def cut(self, name: str, *, homonyms: bool = False) -> list[Place]:
        """The towns that a text cuts to their first word: "Digne", "Oloron".

        ``homonyms``: also where a commune bears that word alone, as "Champigny" does.
        """
        known = not homonyms and self.find(name, "commune")
        return [] if known else self._long_names.get(fold_name(name), [])

    def of_seat(self, name: str) -> list[Place]:
        """The agglomeration of its largest town: "l'agglomération de Digne"."""
        told = SEAT.match(fold_name(name))
        named = (self.find(told.group("town"), "commune") or self.cut(told.group("town"))) if told else []
        towns = [p for p in named if not p.former]
        kept = []
        for town in towns:
            group = self.places.get(f"epci/{self.group.get(town.code, '')}")
            inside = (
                [self.places[f"commune/{c}"].population for c in self.members[group.code]] if group else []
            )
            if group and not group.name.startswith("CC ") and max(inside) == town.population:
                kept.append(group)
        return kept

    def _around(self, town: str) -> list[Place]:
        """The agglomeration of a town that it is named after: "Saint-Malo Agglomération"."""
        town = re.sub(r"^(?:de|du|d|des) ", "", town)
        seats = {p.code for p in self.find(town, "commune") if not p.former}
        around = [self.places[f"epci/{code}"] for code, inside in self.members.items() if seats & set(inside)]
        return [p for p in around if f" {town} " in f" {fold_name(p.name)} " and not p.name.startswith("CC ")]

    def row(self, place: Place) -> tuple[str, ...]:
        """The row of ``territories.csv`` for a place: ``COLUMNS``."""
        lies = self.departements_of(place) if place.level not in ("departement", "region") else []
        region = "" if place.level == "region" else place.region
        return place.level, place.code, place.name, lies[0] if len(lies) == 1 else "", region, self.vintage

    def departements_of(self, place: Place) -> list[str]:
        """The départements that a place lies in, sorted: a group of communes may have several."""
        if place.level == "epci":
            inside = {self.places[f"commune/{c}"].departement for c in self.members.get(place.code, [])}
            return sorted(inside)
        if place.level == "departement":
            return [place.code]
        return [place.departement] if place.departement else []

    def communes_of(self, place: Place) -> list[Place]:
        """The communes that a territory is made of, by code; none for a commune."""
        if place.level == "commune":
            return []
        if place.level == "epci":
            return [self.places[f"commune/{code}"] for code in sorted(self.members.get(place.code, []))]
        found = [p for p in self.places.values() if p.level == "commune" and self._within(p, place)]
        return sorted(found, key=lambda p: p.code)

    def _within(self, commune: Place, place: Place) -> bool:
        if place.level == "arrondissement":
            return self.arrondissement.get(commune.code) == place.code
        return place.code == (commune.region if place.level == "region" else commune.departement)


def _former(place: Place, old: str) -> Place:
    return Place(
        place.level, place.code, place.name, place.departement, place.region, place.population, former=old
    )


@lru_cache(maxsize=1)
def codes() -> Codes:
    """The official codes that come with the package."""
    data = resources.files("cls_graph.geo").joinpath("codes.json.gz").read_bytes()
    return load(json.loads(gzip.decompress(data)))


def load(content: dict[str, Any]) -> Codes:
    """Codes from the content of the file (``scripts/make_codes.py`` says its form)."""
    made = Codes(content["source"], content["vintage"], content["licence"])
    regions = {code: region for code, _, region in content["departements"]}
    for code, name in content["regions"]:
        _add(made, Place("region", code, name, region=code))
    for code, name, region in content["departements"]:
        _add(made, Place("departement", code, name, code, region))
    for code, name, departement in content["arrondissements"]:
        _add(made, Place("arrondissement", code, name, departement, regions.get(departement, "")))
    for code, name, departement, arrondissement, group, population in content["communes"]:
        _add(made, Place("commune", code, name, departement, regions.get(departement, ""), population))
        made.arrondissement[code] = arrondissement
        if group:
            made.group[code] = group
            made.members.setdefault(group, []).append(code)
    _groups(made, content["epci"], regions)
    for code, _, _, inside in content["ept"]:
        made.members[code] = inside
    # The établissements publics territoriaux lie inside a métropole, which stays the group of their communes.
    _groups(made, [(code, name, "EPT", count) for code, name, count, _ in content["ept"]], regions)
    for code, name, today, _ in content["former"]:
        made.old_codes.setdefault(code, today)
        if name:
            made.old_names.append((name, today))
    return made


def _groups(made: Codes, rows: Iterable[Any], regions: dict[str, str]) -> None:
    """Groups of communes: their département is that of most of their inhabitants."""
    for code, name, _, population in rows:
        weight: dict[str, int] = defaultdict(int)
        for member in made.members.get(code, []):
            commune = made.places[f"commune/{member}"]
            weight[commune.departement] += max(commune.population, 0)
        departement = min(weight, key=lambda d: (-weight[d], d)) if weight else ""
        _add(made, Place("epci", code, name, departement, regions.get(departement, ""), population))


def _forms(forms: list[str]) -> list[str]:
    return list(dict.fromkeys(f for form in forms for f in (form, without_article(form))))


def _add(made: Codes, place: Place) -> None:
    made.places[place.key] = place
