"""Bodies with names of all kinds: each is found whole in a list, and hides nobody after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
BODIES = (
    "le syndicat mixte",
    "le SIVOM",
    "l'hôpital d'instruction des armées Sainte-Anne",
    "le centre hospitalier de la Côte basque",
    "le centre de lutte contre le cancer Oscar-Lambret",
    "l'Institut de cancérologie de l'Ouest",
    "la faculté de médecine de Nancy",
    "l'école d'infirmières de Nevers",
    "le lycée agricole de Nevers",
    "la résidence autonomie Les Glycines",
    "le pôle santé Léonard-de-Vinci",
    "le groupement de coopération sanitaire Arc Santé",
    "le comité départemental olympique et sportif",
    "l'Établissement français du sang",
    "l'Agence de développement du Val",
    "la Régie de quartier",
    "la fédération des maisons de santé",
    "la Sauvegarde 69",
    "Vilogia",
    "Emmaüs Connect",
    "Sciences Po Lille",
)


@pytest.mark.parametrize("body", BODIES)
def test_a_body_of_any_name_is_found_whole_in_a_list(reads: Reads, body: str) -> None:
    name = body.removeprefix("le ").removeprefix("la ").removeprefix("l'")
    shells = (
        "Le contrat local de santé a été signé par la Ville de Pau, l'ARS, {} et la CAF du Béarn.",
        "La CAF du Béarn, {}, la Ville de Pau et l'ARS ont signé le contrat local de santé.",
    )
    for shell in shells:
        found = [line.split(" ", 1)[1] for line in reads(shell.format(body)).signatories()]
        assert sorted(found) == sorted(["Ville de Pau", "ARS", name, "CAF du Béarn"])


@pytest.mark.parametrize(
    "aside",
    ["le comité de pilotage", "Jean Dupuy", "Dimanche", "Mme Garnier", "en présence de l'école de Pau"],
)
def test_what_is_no_body_is_none_in_a_list(reads: Reads, aside: str) -> None:
    text = f"Le contrat local de santé a été signé par la Ville de Pau, {aside}, et l'ARS."
    found = [line.split(" ", 1)[1] for line in reads(text).signatories()]
    assert set(found) <= {"Ville de Pau", "ARS"}


def test_a_departement_without_hyphens_is_one_name(reads: Reads) -> None:
    read = reads("Le CLS a été signé par l'ARS et le Conseil départemental de Tarn et Garonne.")
    assert read.signatories() == ["ars ARS", "departement Conseil départemental de Tarn et Garonne"]
