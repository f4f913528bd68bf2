"""Official codes: found by name, code and old name; homonyms apart; the same file from the same package."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cls_graph.geo import codes
from cls_graph.geo.codes import load


@pytest.mark.parametrize(
    ("name", "level", "departement", "key"),
    [
        ("Saint-Égrève", "", "", "commune/38382"),
        ("st egreve", "commune", "", "commune/38382"),
        ("Le Mans", "commune", "", "commune/72181"),
        ("Mans", "commune", "", "commune/72181"),
        ("Valence", "commune", "26", "commune/26362"),
        ("Valence", "commune", "82", "commune/82186"),
        ("Pays Voironnais", "epci", "", "epci/243800984"),
        ("la communauté d’agglomération du Pays Voironnais", "epci", "", "epci/243800984"),
        ("CC Plaine Limagne", "epci", "", "epci/200071199"),
        ("GrandAngoulême", "epci", "", "epci/200071827"),
        ("Côtes-d’Armor", "departement", "", "departement/22"),
        ("Auvergne–Rhône-Alpes", "region", "", "region/84"),
    ],
)
def test_a_place_is_found_by_its_name(name: str, level: str, departement: str, key: str) -> None:
    assert codes().find(name, level, departement)[0].key == key


def test_homonyms_are_all_given_and_told_apart_by_their_departement() -> None:
    found = codes().find("Saint-Denis", "commune")
    assert {"93", "974"} <= {p.departement for p in found}
    assert len({p.key for p in found}) == len(found)
    assert [p.population for p in found] == sorted((p.population for p in found), reverse=True)
    assert [p.key for p in codes().find("Saint-Denis", "commune", "93")] == ["commune/93066"]


def test_an_old_name_or_code_gives_the_commune_of_today_and_says_so() -> None:
    found = codes().find("Arbignieu", "commune")
    assert [(p.key, p.name, p.former) for p in found] == [("commune/01015", "Arboys en Bugey", "Arbignieu")]
    old = codes().by_code("commune", "01340")
    assert old is not None
    assert (old.key, old.former) == ("commune/01015", "01340")


@pytest.mark.parametrize("name", ["Paris-Paris", "Pau-Pau", "Le Mans-Mans"])
def test_two_names_of_today_are_not_a_commune_of_old_names(name: str) -> None:
    assert [p.key for p in codes().find("Chemillé-Melay")] == ["commune/49092"]
    assert codes().find(name) == []


def test_a_group_has_its_members_and_its_departements() -> None:
    table = codes()
    group = table.by_code("epci", "243800984")
    assert group is not None
    assert "38337" in table.members[group.code]
    assert table.group["38337"] == group.code
    assert table.departements_of(group) == ["38"]
    assert group.region == "84"
    assert sum(table.places[f"commune/{c}"].population for c in table.members[group.code]) == pytest.approx(
        group.population, rel=0.05
    )


def test_what_is_not_there_is_not_found() -> None:
    assert codes().find("Montreval-les-Ormes") == []
    assert codes().by_code("commune", "99999") is None


def test_source_vintage_and_licence_are_stated() -> None:
    table = codes()
    assert table.source.startswith("@etalab/decoupage-administratif ")
    assert table.vintage == "2026"
    assert table.licence == "Licence Ouverte"
    assert sum(1 for p in table.places.values() if p.level == "commune") > 34_000


HERE = {"departement": "01", "region": "84"}
PACKAGE = {
    "communes": [
        {"code": "01001", "nom": "Bourg", "type": "commune-actuelle", "population": 9, **HERE},
        {"code": "01002", "nom": "Neuville", "type": "commune-actuelle", "anciensCodes": ["01003"], **HERE},
        {"code": "01003", "nom": "Vieux-Mas", "type": "commune-deleguee", "chefLieu": "01002", **HERE},
    ],
    "epci": [
        {
            "code": "200000001",
            "nom": "CC du Bas Pays",
            "type": "CC",
            "populationMunicipale": 9,
            "membres": [{"code": "01001"}],
        }
    ],
    "departements": [{"code": "01", "nom": "Ain", "region": "84"}],
    "regions": [{"code": "84", "nom": "Auvergne-Rhône-Alpes"}],
    "arrondissements": [],
    "ept": [
        {
            "code": "200057867",
            "nom": "Plaine Commune",
            "populationMunicipale": 9,
            "membres": [{"code": "01001"}],
        }
    ],
}


def test_territorial_bodies_of_the_grand_paris_lie_inside_its_metropole() -> None:
    found = codes().find("établissement public territorial Est Ensemble", "epci")
    assert [(p.key, p.departement) for p in found] == [("epci/200057875", "93")]
    assert "93048" in codes().members["200057875"]
    assert codes().group["93048"] == "200054781"


def test_the_script_writes_the_same_bytes_from_the_same_package(repo: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    (package / "data").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "6.0.0"}')
    for name, rows in PACKAGE.items():
        (package / "data" / f"{name}.json").write_text(json.dumps(rows))
    written = []
    for name in ("a.gz", "b.gz"):
        out = tmp_path / name
        subprocess.run(
            [sys.executable, repo / "scripts" / "make_codes.py", package, "--out", out],
            check=True,
            timeout=120,
        )
        written.append(out.read_bytes())
    assert written[0] == written[1]
    made = load(json.loads(gzip.decompress(written[0])))
    assert [p.key for p in made.find("vieux mas")] == ["commune/01002"]
    assert [p.key for p in made.find("Bas Pays", "epci")] == ["epci/200000001"]
    assert [p.key for p in made.find("EPT Plaine Commune", "epci")] == ["epci/200057867"]
    assert made.members["200057867"] == ["01001"]
    refused = subprocess.run(
        [sys.executable, repo / "scripts" / "make_codes.py", tmp_path],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "is not the package" in refused.stderr
