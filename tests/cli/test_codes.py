"""The official codes at the command line: names, codes, old names, homonyms, rows of the registry."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from cls_graph.corpus import bundled_root
from cls_graph.geo.codes import COLUMNS

Cli = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("Valence", "--departement", "26", "--level", "commune"), ["commune/26362"]),
        (("Valence", "--departement", "Charente"), ["commune/16392"]),
        (("valence", "--level", "commune"), ["commune/26362", "commune/82186", "commune/16392"]),
        (("26362",), ["commune/26362"]),
        (("commune/26362",), ["commune/26362"]),
        (("84",), ["departement/84", "region/84"]),
        (("84", "--level", "region"), ["region/84"]),
        (("Annecy-le-Vieux",), ["commune/74010"]),
        (("CA", "Valence", "Romans", "Agglo"), ["epci/200068781"]),
        (("Saint-Jean-de-Mau", "--departement", "38"), []),
    ],
)
def test_a_territory_is_found_by_name_code_or_old_name(
    cli: Cli, words: tuple[str, ...], keys: list[str]
) -> None:
    done = cli("codes", *words, "--json")
    assert [place["key"] for place in done.json()] == keys
    assert done.code == (0 if keys else 1)
    shown = cli("codes", *words, "--lang", "en")
    assert [line.split()[0] for line in shown.out.splitlines()] == keys
    assert ("No territory" in shown.err) is not bool(keys)


def test_the_rows_are_those_of_the_registry(cli: Cli) -> None:
    own = (bundled_root() / "data" / "territories.csv").read_text(encoding="utf-8").splitlines()
    assert ",".join(COLUMNS) == own[0]
    for name in ("commune/26362", "departement/26", "region/84", "epci/200068781"):
        rows = cli("codes", name, "--csv").out.splitlines()
        assert rows[1] in own, name


def test_the_communes_of_a_group_are_listed(cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("codes", "200068781", "--members", "--csv").out)))
    assert rows[0]["level"] == "epci"
    assert {row["code"] for row in rows[1:]} >= {"26362", "26281"}


@pytest.mark.parametrize(
    ("key", "said", "some", "other"),
    [
        ("departement/26", "362 communes", "26362", "07324"),
        ("region/84", "4025 communes", "26362", "13055"),
        ("arrondissement/263", "101 communes", "26362", "26220"),
        ("departement/75", "one commune", "75056", "13055"),
    ],
)
def test_the_communes_of_any_territory_are_listed(
    cli: Cli, key: str, said: str, some: str, other: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("codes", key, "--members", "--csv").out)))
    assert f"{rows[0]['level']}/{rows[0]['code']}" == key
    assert {row["level"] for row in rows[1:]} == {"commune"}
    found = [row["code"] for row in rows[1:]]
    assert found == sorted(set(found))
    assert some in found
    assert other not in found
    assert f"{len(found)} communes" == said or (len(found), said) == (1, "one commune")
    assert said in cli("codes", key, "--lang", "en").out


def test_a_departement_that_is_none_is_told(cli: Cli) -> None:
    done = cli("codes", "Valence", "--departement", "999", "--lang", "fr")
    assert done.code == 2
    assert "999" in done.err
