"""Territories told by their people: "la municipalité messine", "le contrat bisontin"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cls_graph.geo.people import town_of

from .conftest import Read


@pytest.mark.parametrize(
    ("word", "departements", "regions", "code"),
    [
        ("stéphanoise", [], [], "42218"),
        ("Messins", [], [], "57463"),
        ("mancelle", [], [], "72181"),
        ("nîmoises", [], [], "30189"),
        ("valenciennoise", ["59"], ["32"], "59606"),
        ("roubaisienne", ["59"], ["32"], "59512"),
        ("saint-quentinois", [], ["32"], "02691"),
        ("chambérienne", [], ["84"], "73065"),
        ("dionysienne", ["974"], ["04"], "97411"),
        ("dionysienne", ["93"], ["11"], "93066"),
    ],
)
def test_the_town_that_a_word_is_made_of(
    word: str, departements: list[str], regions: list[str], code: str
) -> None:
    found = town_of(word, departements, regions)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "word", ["voisine", "municipale", "sociale", "chalonnaise", "numérique", "solidaire"]
)
def test_a_word_of_no_town_or_of_several_is_none(word: str) -> None:
    assert town_of(word, [], []) is None


@pytest.mark.parametrize(
    ("word", "departement", "region"),
    [
        ("landais", "40", "75"),
        ("landaise", "33", "75"),
        ("Jardins", "85", "52"),
        ("riveraine", "80", "32"),
        ("Saisons", "81", "76"),
    ],
)
def test_a_word_for_a_land_or_any_word_is_no_small_town(word: str, departement: str, region: str) -> None:
    assert town_of(word, [departement], [region]) is None


def test_a_town_elsewhere_is_not_meant() -> None:
    assert town_of("messine", ["13"], ["93"]) is None


TOLD = [
    "La municipalité messine et l'ARS Grand Est ont signé mardi le contrat local de santé.",
    "Le conseil municipal messin a voté le contrat local de santé, à signer avec l'ARS Grand Est.",
    "Le contrat local de santé messin est signé. Il engage la Ville et l'ARS Grand Est.",
    "Un contrat local de santé pour les Messins\n\nLe maire et l'ARS Grand Est l'ont signé lundi.",
]


def head(read: Read) -> dict[str, Any]:
    return dict(read.record["contract"])


@pytest.mark.parametrize("text", TOLD)
def test_a_town_told_by_its_people_only_is_inferred_and_doubted(
    reads: Callable[[str], Read], text: str
) -> None:
    read = reads(text)
    (territory,) = head(read)["territory"]
    assert (territory["value"], territory["assertion"]) == ("commune/57463", "inferred")
    assert head(read)["territory_label"] == "Metz"
    assert "vérifiez que c'est Metz" in read.doubts()


def test_a_town_that_the_text_names_too_is_no_doubt(reads: Callable[[str], Read]) -> None:
    read = reads("La santé à Metz\n\nLa municipalité messine et l'ARS ont signé le contrat local de santé.")
    assert head(read)["territory"][0]["assertion"] == "resolved-by-context"
    assert "habitants" not in read.doubts()


@pytest.mark.parametrize(
    ("title", "told"),
    [("LES MESSINS ONT LEUR CONTRAT", True), ("La santé des Messins", True), ("Les Messins Nord", False)],
)
def test_a_longer_name_is_not_that_of_a_people(reads: Callable[[str], Read], title: str, told: bool) -> None:
    read = reads(f"{title}\n\nLe contrat local de santé est signé. La Ville et l'ARS l'ont signé lundi.")
    assert ("territory" in head(read)) == told


def test_the_contract_of_the_town_around_a_district_is_not_its_own(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Le contrat local de santé du 20e arrondissement de Paris\n\nAdossé au contrat local de santé "
        "parisien, il réunit la mairie, la Ville de Paris et l'ARS Île-de-France."
    )
    assert head(read)["territory_label"] == "20e arrondissement de Paris"


def test_a_group_described_by_the_people_of_its_largest_town(reads: Callable[[str], Read]) -> None:
    read = reads("Le contrat local de santé de l'agglomération castraise a été signé par l'ARS Occitanie.")
    assert (head(read)["territory_label"], head(read)["territory"][0]["value"]) == (
        "agglomération castraise",
        "epci/248100430",
    )
