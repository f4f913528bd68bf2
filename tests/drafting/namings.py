"""Short texts by combination: every group of communes and every town, named as pages name them.

A template says how the text is built, a writing how the name is spelt, a setting what tells where it is; each
place has the template, writing and setting of its turn, so that a sweep of all places meets all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from cls_graph.geo import Place, codes, fold_name

TYPES = {
    "CC": "communauté de communes",
    "CA": "communauté d'agglomération",
    "CU": "communauté urbaine",
}
OWN = re.compile(r"(CC|CA|CU) (du |de la |des |de l'|de |d')?(.*)")
ARTICLE = re.compile(r"(?i)(les|le|la|l)[ '](?=.)")
CONTRACTED = {"les": "des ", "le": "du ", "la": "de la ", "l": "de l'"}


@dataclass(frozen=True)
class Naming:
    """A text, the place that it names, and the names that the draft may give it."""

    place: Place
    template: str
    text: str
    labels: frozenset[str]


TEMPLATES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "texts" / "namings.yaml").read_text(encoding="utf-8")
)
WRITINGS = {
    "as registered": lambda name: name,
    "capitals": lambda name: name.upper(),
    "no hyphens": lambda name: re.sub(r" +", " ", name.replace("-", " ")),
    "St": lambda name: re.sub(r"\bSaint(e?)(?=[ -])", r"St\1", name),
    "apostrophe": lambda name: name.replace("'", "’"),
    "no accents": lambda name: "".join(
        c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)
    ),
    "dashes": lambda name: name.replace("-", "–"),
    "&": lambda name: name.replace(" et ", " & "),
}
SETTINGS = ("number", "département", "region")


def groups(kind: str) -> Iterator[Naming]:
    """A text for every group of communes; in short, for those whose name no commune has."""
    templates, short = TEMPLATES[kind], kind == "groups in short"
    taken = communes_by_name()
    places = [p for p in codes().places.values() if p.level == "epci"]
    for turn, place in enumerate(places):
        core, prefix = parts(place)
        bare = ARTICLE.sub("", fold_name(core))
        if short and {fold_name(core), bare} & set(taken):
            continue
        template = list(templates)[turn % len(templates)]
        written = list(WRITINGS.values())[turn // 3 % len(WRITINGS)](core)
        of_core = _of_group(prefix, written)
        type_ = TYPES.get(place.name[:2], "métropole")
        full = f"{type_} {prefix}{written}" if place.name[:2] in TYPES else written
        text = _filled(templates[template], place, turn, core=written, of_core=of_core, full=full, kind=type_)
        if place.name[:2] not in TYPES:
            text = re.sub(rf"\b(de )?[Ll]a {re.escape(full)}", rf"\g<1>{full}", text)
        names = {core, written, full, f"{type_} {core}", f"la {full}"}
        yield Naming(place, template, text, frozenset(ARTICLE.sub("", fold_name(n)) for n in names))


def towns(places: list[Place]) -> Iterator[Naming]:
    """A text for each of some communes that no other of its département, or region, has the name of."""
    taken = communes_by_name()
    for turn, place in enumerate(places):
        template = list(TEMPLATES["towns"])[turn % len(TEMPLATES["towns"])]
        setting = SETTINGS[turn % len(SETTINGS)]
        rivals = [p for p in taken[ARTICLE.sub("", fold_name(place.name))] if p.code != place.code]
        if any(
            getattr(p, "region" if setting == "region" else "departement")
            in (place.region, place.departement)
            for p in rivals
        ):
            continue
        written = list(WRITINGS.values())[turn // 3 % len(WRITINGS)](place.name)
        lead = ARTICLE.match(written)
        joined = lead is not None and lead[1].lower() in ("le", "les")
        rest = written[lead.end() :] if lead else written
        of_core = CONTRACTED[lead[1].lower()] + rest if lead and joined else _of(written)
        at_core = {"le": "Au ", "les": "Aux "}[lead[1].lower()] + rest if lead and joined else f"À {written}"
        text = _filled(
            TEMPLATES["towns"][template], place, turn, core=written, of_core=of_core, at_core=at_core
        )
        yield Naming(place, template, text, frozenset({ARTICLE.sub("", fold_name(place.name))}))


def parts(place: Place) -> tuple[str, str]:
    """The name of a group without its type, and the preposition between."""
    name = re.sub(r" +", " ", re.sub(r"\s*\([^)]*\)", "", place.name).replace("''", "")).strip()
    own = OWN.match(name)
    return (own[3], own[2] or "") if own else (name, "")


@lru_cache(maxsize=1)
def communes_by_name() -> dict[str, list[Place]]:
    """Communes by their folded name without its article, those of an old name too."""
    found: dict[str, list[Place]] = defaultdict(list)
    for (level, form), rows in codes().names.items():
        if level == "commune":
            found[ARTICLE.sub("", form)] += [codes().places[key] for key, _ in rows]
    return found


@lru_cache(maxsize=1)
def _larger() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in codes().places.values():
        if place.level == "commune" and place.population > 5000 and " " not in place.name:
            found[place.departement].append(place)
    return found


def _filled(template: str, place: Place, turn: int, **words: str) -> str:
    setting = SETTINGS[turn % len(SETTINGS)]
    others = [p for p in _larger()[place.departement] if fold_name(p.name) not in fold_name(place.name)]
    departement = codes().places[f"departement/{place.departement}"].name
    region = codes().places[f"region/{place.region}"].name
    return template.format(
        w={"number": f" ({place.departement})", "département": f" ({departement})", "region": ""}[setting],
        ars=f"l'ARS {region}" if setting == "region" else "l'ARS",
        cpam="la CPAM",
        code=place.code,
        town=others[turn % len(others)].name if others else "Orgeval",
        **words,
    )


def _of(name: str) -> str:
    return f"d'{name}" if fold_name(name)[:1] in "aeiouy" else f"de {name}"


def _of_group(prefix: str, name: str) -> str:
    lead = ARTICLE.match(name)
    if lead and not prefix:
        return CONTRACTED[lead[1].lower()] + name[lead.end() :]
    first = fold_name(name).split()[0]
    if not prefix and first in ("pays", "val", "coeur", "grand", "bassin", "haut"):
        return f"du {name}"
    if not prefix and first in ("portes", "terres", "coteaux", "monts", "rives", "collines", "plaines"):
        return f"des {name}"
    return f"{prefix}{name}" if prefix else _of(name)
