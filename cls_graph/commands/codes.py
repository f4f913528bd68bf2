"""``cls-graph codes``: looks up the official codes of territories by name, code or old name."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from typing import TYPE_CHECKING

from cls_graph.errors import UsageError
from cls_graph.plainly import figured

if TYPE_CHECKING:
    from cls_graph.geo import Place

NAME = "codes"
HELP = {
    "fr": "cherche le code officiel d'un territoire par nom, code ou ancien nom",
    "en": "look up the official code of a territory by name, code or old name",
}
EXAMPLE = "cls-graph codes Valence --departement 26"
LEVELS = ("commune", "epci", "arrondissement", "departement", "region")

TEXTS = {
    "name": {
        "fr": "nom, ancien nom ou code (26362, commune/26362)",
        "en": "name, old name or code (26362, commune/26362)",
    },
    "departement": {
        "fr": "seulement dans ce département, par code ou nom",
        "en": "only in this département, by code or name",
    },
    "level": {"fr": "seulement à ce niveau", "en": "only at this level"},
    "members": {"fr": "liste aussi les communes de chacun", "en": "list the communes of each too"},
    "csv": {
        "fr": "lignes à coller dans territories.csv",
        "en": "rows to paste into territories.csv",
    },
    "json": {"fr": "en JSON", "en": "as JSON"},
}
SAID = {
    "none": {"fr": "Aucun territoire « {name} »{where}.", "en": "No territory '{name}'{where}."},
    "where": {"fr": " dans ce département", "en": " in this département"},
    "former": {"fr": "trouvé par « {former} »", "en": "found by '{former}'"},
    "inhabitants": {"fr": "{n} habitants", "en": "{n} inhabitants"},
    "commune": {"fr": "une commune", "en": "one commune"},
    "communes": {"fr": "{n} communes", "en": "{n} communes"},
    "source": {"fr": "{source}, millésime {vintage}", "en": "{source}, vintage {vintage}"},
}


def configure(parser: argparse.ArgumentParser, lang: str) -> None:
    """Options of the command."""
    parser.add_argument("name", nargs="+", metavar="NAME", help=TEXTS["name"][lang])
    parser.add_argument("--departement", metavar="CODE", help=TEXTS["departement"][lang])
    parser.add_argument("--level", choices=LEVELS, help=TEXTS["level"][lang])
    parser.add_argument("--members", action="store_true", help=TEXTS["members"][lang])
    parser.add_argument("--csv", action="store_true", help=TEXTS["csv"][lang])
    parser.add_argument("--json", action="store_true", help=TEXTS["json"][lang])


def run(args: argparse.Namespace) -> int:
    """Look up; 1 where nothing is found. Raises ``UsageError`` for a département that is none."""
    from cls_graph.geo import codes
    from cls_graph.geo.codes import COLUMNS

    name = " ".join(args.name)
    found = lookup(name, args.level or "", _departement(args.departement or ""))
    if args.members:
        found = [*found, *(commune for place in found for commune in codes().communes_of(place))]
    if args.json:
        print(json.dumps([_plain(place) for place in found], ensure_ascii=False, indent=2))
    elif args.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(codes().row(place) for place in found)
    elif found:
        for place in found:
            print(_line(place, args.lang))
        source = SAID["source"][args.lang].format(source=codes().source, vintage=codes().vintage)
        print(source, file=sys.stderr)
    if not found:
        where = SAID["where"][args.lang] if args.departement else ""
        print(SAID["none"][args.lang].format(name=name, where=where), file=sys.stderr)
    return 0 if found else 1


def lookup(name: str, level: str = "", departement: str = "") -> list[Place]:
    """The territories that a name, an old name or a code means, those of a département only if given.

    A name that nothing bears whole is looked for as the beginning of one.
    """
    from cls_graph.geo import codes, fold_name

    table, key = codes(), name.strip()
    one, _, code = key.rpartition("/")
    if re.fullmatch(r"\d[\dABab]\d{0,7}", code):
        levels = [one] if one else [level] if level else LEVELS
        found = [p for p in (table.by_code(each, code.upper()) for each in levels) if p is not None]
    else:
        found = table.find(key, level)
        if not found:
            start = fold_name(key)
            found = [
                place
                for place in table.places.values()
                if len(start) > 2 and fold_name(place.name).startswith(start) and level in ("", place.level)
            ]
            found.sort(key=lambda p: (LEVELS.index(p.level), -p.population, p.code))
    return [p for p in found if not departement or departement in table.departements_of(p)]


def _departement(said: str) -> str:
    """The code of a département that is given by code or name."""
    from cls_graph.geo import codes

    if not said:
        return ""
    named = codes().find(said, "departement")
    place = codes().by_code("departement", said.upper()) or next(iter(named), None)
    if place is None:
        raise UsageError(
            f"--departement {said} : ce n'est pas un département.", f"--departement {said}: no département."
        )
    return place.code


def _plain(place: Place) -> dict[str, object]:
    from cls_graph.geo import codes
    from cls_graph.geo.codes import COLUMNS

    return {
        "key": place.key,
        **dict(zip(COLUMNS, codes().row(place), strict=True)),
        "departements": codes().departements_of(place),
        "population": place.population if place.population >= 0 else None,
        "former": place.former or None,
    }


def _line(place: Place, lang: str) -> str:
    """``commune/26362  Valence  (26 Drôme)  63 714 habitants``."""
    from cls_graph.geo import codes

    table = codes()
    lies = [f"{c} {table.places[f'departement/{c}'].name}" for c in table.departements_of(place)]
    more = [] if place.level == "departement" else lies
    facts = [", ".join(more)] if more else []
    if place.population >= 0:
        number = figured(str(place.population), lang)
        facts.append(SAID["inhabitants"][lang].format(n=number))
    if place.level != "commune":
        count = len(table.communes_of(place))
        facts.append(SAID["commune" if count == 1 else "communes"][lang].format(n=count))
    if place.former:
        facts.append(SAID["former"][lang].format(former=place.former))
    told = f" ({'; '.join(facts) if lang == 'en' else ' ; '.join(facts)})" if facts else ""
    return f"{place.key}  {place.name}{told}"
