"""Writes the official codes (``cls_graph/geo/codes.json.gz``) from ``@etalab/decoupage-administratif``.

``npm pack @etalab/decoupage-administratif@6.0.0`` fetches the package, ``tar xzf`` unpacks it, then
``python scripts/make_codes.py package`` writes the file: same package, same bytes.
The data are under the Licence Ouverte; the package draws them from the Code officiel géographique and
the legal populations (Insee) and from the list of groups of communes (DGCL).
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

from cls_graph.files import replace_file

TARGET = Path(__file__).resolve().parent.parent / "cls_graph" / "geo" / "codes.json.gz"
VINTAGES = {"6": "2026", "5": "2025", "4": "2024", "3": "2023", "2": "2022", "1": "2021"}
"""Major version of the package and vintage, from its README."""

PARTS = {"commune-deleguee": "deleguee", "commune-associee": "associee", "arrondissement-municipal": "part"}


def compact(folder: Path) -> dict[str, Any]:
    """The content of the file, from the unpacked package. Raises ``KeyError`` or ``OSError``."""
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    read = {
        name: json.loads((folder / "data" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("communes", "epci", "ept", "departements", "regions", "arrondissements")
    }
    groups = {member["code"]: group["code"] for group in read["epci"] for member in group["membres"]}
    now = [c for c in read["communes"] if c["type"] == "commune-actuelle"]
    parts = [c for c in read["communes"] if c["type"] in PARTS]
    named = {c["code"] for c in parts}
    former = [[c["code"], c["nom"], c.get("chefLieu") or c["commune"], PARTS[c["type"]]] for c in parts]
    former += [
        [old, "", c["code"], "code"]
        for c in now
        for old in c.get("anciensCodes", [])
        if old not in named and old != c["code"]
    ]
    return {
        "source": f"@etalab/decoupage-administratif {package['version']}",
        "vintage": VINTAGES[package["version"].split(".")[0]],
        "licence": "Licence Ouverte",
        "regions": sorted([r["code"], r["nom"]] for r in read["regions"]),
        "departements": sorted([d["code"], d["nom"], d["region"]] for d in read["departements"]),
        "arrondissements": sorted([a["code"], a["nom"], a["departement"]] for a in read["arrondissements"]),
        "epci": sorted([g["code"], g["nom"], g["type"], g["populationMunicipale"]] for g in read["epci"]),
        "ept": sorted(
            [g["code"], g["nom"], g["populationMunicipale"], sorted(m["code"] for m in g["membres"])]
            for g in read["ept"]
        ),
        "communes": sorted(
            [
                c["code"],
                c["nom"],
                c["departement"],
                c.get("arrondissement", ""),
                groups.get(c["code"], ""),
                c.get("population", -1),
            ]
            for c in now
        ),
        "former": sorted(former),
    }


def pack(content: dict[str, Any]) -> bytes:
    """The bytes of the file: no name, no time in its head."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=buffer, mode="wb", compresslevel=9, mtime=0) as out:
        out.write(text.encode())
    return buffer.getvalue()


def main() -> int:
    """Read the package, write the file."""
    parser = argparse.ArgumentParser(description="Write the official codes from the unpacked npm package.")
    parser.add_argument("package", type=Path, help="folder of the unpacked package")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    try:
        data = pack(compact(args.package))
    except (OSError, KeyError, ValueError) as error:
        print(
            f"{args.package} is not the package @etalab/decoupage-administratif: {error!r}", file=sys.stderr
        )
        return 2
    replace_file(args.out, data)
    print(f"{args.out}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
