"""Communes of one name: what the text says of départements and regions decides, else nobody is picked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cls_graph.drafting.homonyms import told_beside
from cls_graph.drafting.layout import Page
from cls_graph.drafting.mentions import find_mentions
from tests.drafting.conftest import Read

Reads = Callable[[str], Read]
VIENNE = (
    "Le contrat local de santé de Vienne (Isère) 2024-2028 a été signé le 3 mars 2024 par la Ville de Vienne"
)
SIGNED = "ont signé le 12 mars 2017 le deuxième contrat local de santé de"


def parties(read: Read) -> dict[str, Any]:
    return {e["name_as_stated"]: e.get("party") for e in read.record["engagements"]}


def territory(read: Read) -> list[tuple[str, str, bool]]:
    found = read.record["contract"].get("territory", [])
    return [(t["value"], t["assertion"], t["confidence"] >= 0.9) for t in found]


@pytest.mark.parametrize(
    ("town", "agency", "party"),
    [
        ("Nogent (Haute-Marne)", "Grand Est", "commune-52353"),
        ("Montaigu (Vendée)", "des Pays de la Loire", "commune-85146"),
        ("Valence (Tarn-et-Garonne)", "Occitanie", "commune-82186"),
        ("Saint-Denis", "La Réunion", "commune-97411"),
        ("Rochetaillée (Loire)", "Auvergne-Rhône-Alpes", "commune-42218"),
    ],
)
def test_what_the_text_tells_decides(reads: Reads, town: str, agency: str, party: str) -> None:
    bare = town.split(" (")[0]
    read = reads(
        f"La Ville de {town} et l'Agence régionale de santé {agency} {SIGNED} {bare}, pour 2017-2020."
    )
    assert parties(read)[f"Ville de {town}"] == party
    assert territory(read) == [(party.replace("-", "/"), "resolved-by-context", True)]


@pytest.mark.parametrize("aside", ["", " (Essonne)", " (91)"])
def test_a_name_of_before_counts_where_the_text_is_set(reads: Reads, aside: str) -> None:
    read = reads(f"La Ville d'Évry{aside} et l'ARS Île-de-France {SIGNED} Évry, pour 2017-2020.")
    assert list(parties(read).values()) == ["commune-91228", "ars-11"]
    assert territory(read) == [("commune/91228", "resolved-by-context", True)]


def test_brackets_decide_against_the_rest_of_the_text(reads: Reads) -> None:
    read = reads(
        f"La Ville de Valence (Drôme), l'ARS Auvergne-Rhône-Alpes et la ville de Saint-Denis (11) {SIGNED} "
        "Valence, pour 2017-2020."
    )
    assert parties(read)["ville de Saint-Denis"] == "commune-11339"


@pytest.mark.parametrize(
    ("town", "listed"),
    [
        ("Saint-Pierre", "commune/15206 (Saint-Pierre, 15)"),
        ("Sainte-Marie", "commune/15198 (Sainte-Marie, 15)"),
        ("Saint-Martin", "commune/97801 (Saint-Martin, 978)"),
    ],
)
def test_a_name_of_several_places_elsewhere_is_nobody(reads: Reads, town: str, listed: str) -> None:
    read = reads(f"{VIENNE}, l'ARS Auvergne-Rhône-Alpes et la Ville de {town}.")
    assert parties(read)[f"Ville de {town}"] is None
    assert listed in read.doubts()
    assert "Vienne" in read.drafts[0].organisations[0]["label"]
    assert len(read.drafts[0].organisations) == 1


def test_the_only_place_of_a_name_elsewhere_is_doubted(reads: Reads) -> None:
    read = reads(f"{VIENNE}, l'ARS Auvergne-Rhône-Alpes, la Ville de Quimper et la Ville d'Agen (Isère).")
    assert parties(read)["Ville de Quimper"] == "commune-29232"
    assert parties(read)["Ville d'Agen (Isère)"] is None
    sure = {e["name_as_stated"]: e["confidence"] for e in read.record["engagements"]}
    assert sure["Ville de Quimper"] < 0.9
    told = (
        "« Ville de Quimper » : aucun territoire de ce nom là où le texte se situe ; ailleurs : commune/29232"
    )
    assert told in read.doubts()


def test_a_town_without_a_word_of_where_is_a_guess(reads: Reads) -> None:
    read = reads(
        "La Ville de Valence et la CPAM ont signé le 3 mars 2024 le contrat local de santé de Valence, "
        "pour 2024-2028."
    )
    assert territory(read) == [("commune/26362", "unresolved", False)]
    assert parties(read) == {"Ville de Valence": None, "CPAM": None}
    for code in ("26362", "82186", "16392"):
        assert f"commune/{code} (Valence" in read.doubts()


def test_a_village_has_its_old_namesake_against_it(reads: Reads) -> None:
    read = reads(f"La Ville de Rochetaillée et l'ARS {SIGNED} Rochetaillée, pour 2017-2020.")
    assert territory(read) == []
    assert parties(read) == {"Ville de Rochetaillée": None, "ARS": None}
    assert "commune/52431 (Rochetaillée, 52), commune/42218 (Saint-Étienne, 42)" in read.doubts()


def test_the_only_place_of_a_name_is_not_called_several(reads: Reads) -> None:
    read = reads(f"La Ville de Quimper, l'ARS Occitanie et la CPAM {SIGNED} Quimper, pour 2017-2020.")
    assert not [t for t in territory(read) if t[2]]
    assert parties(read)["CPAM"] is None
    assert "Plusieurs territoires" not in read.doubts()
    assert (
        "Aucun territoire nommé « Quimper » là où le texte se situe ; ailleurs : commune/29232"
        in read.doubts()
    )


@pytest.mark.parametrize(
    ("name", "departement"),
    [
        ("Guéret (1968)", None),
        ("Agen (3500)", None),
        ("Ajaccio (20090)", "2A"),
        ("Bastia (20200)", "2B"),
        ("Marigot (97150)", "978"),
        ("Saint-Denis (97400)", "974"),
    ],
)
def test_a_number_in_brackets_is_a_departement_or_a_postal_code(name: str, departement: str | None) -> None:
    place = told_beside(name)[1]
    assert (place.code if place else None) == departement


def test_brackets_of_a_town_are_no_name_of_it() -> None:
    page = Page("La Ville de Voiron (Isère) et l'ARS agissent partout en Isère.")
    assert [m.text for m in find_mentions(page)] == ["Ville de Voiron (Isère)", "ARS"]


@pytest.mark.parametrize(("town", "code"), [("de Crest", "26108"), ("du Crest", "63126")])
def test_an_article_tells_two_towns_apart(reads: Reads, town: str, code: str) -> None:
    read = reads(f"La Ville {town} et l'ARS Auvergne-Rhône-Alpes ont signé le contrat local de santé {town}.")
    assert parties(read)[f"Ville {town}"] == f"commune-{code}"
    assert [t[0] for t in territory(read)] == [f"commune/{code}"]
