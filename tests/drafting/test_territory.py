"""The territory of a contract: common to several places, a town or its group, homonyms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import Read

TEXTS = yaml.safe_load((Path(__file__).parent / "texts" / "territory.yaml").read_text(encoding="utf-8"))
NOT_READ = {"t1-villeneuve"}
"""Texts kept for the figures whose territory is not found."""
CASES = [case for case in TEXTS if case["name"] not in NOT_READ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_codes_of_the_territory(reads: Callable[[str], Read], case: dict[str, object]) -> None:
    head = reads(str(case["text"])).record["contract"]
    assert [t["value"] for t in head.get("territory", [])] == case["territory"]


def test_common_contract_asks_who_carries_it(reads: Callable[[str], Read]) -> None:
    draft = reads("Contrat local de santé de Lormont, Cenon et Floirac\n\nSigné par les maires et l'ARS.")
    assert draft.record["contract"]["territory_label"] == "Lormont, Cenon et Floirac"
    assert "carrier" not in draft.record["contract"]
    assert "commun à plusieurs territoires" in draft.doubts()


def test_several_contracts_are_not_one_in_common(reads: Callable[[str], Read]) -> None:
    draft = reads("Les contrats locaux de santé de Lormont et de Cenon ont été signés lundi avec l'ARS.")
    assert all(len(d.record["contract"].get("territory", [])) < 2 for d in draft.drafts)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le contrat local de santé de Saint-Malo Agglomération a été signé.", "epci/243500782"),
        ("Le contrat local de santé de l'Eurométropole de Metz a été signé.", "epci/200039865"),
        (
            "Contrat local de santé\n\nLa communauté de communes Morvan Sommets et Grands Lacs a signé le "
            "contrat local de santé avec l'ARS.",
            "epci/200067890",
        ),
        (
            "À Saint-Laurent-du-Maroni, on signe. La mairie, l'ARS Guyane et la Collectivité territoriale de "
            "Guyane ont signé le contrat local de santé.",
            "commune/97311",
        ),
        ("Le contrat local de santé de Roubaix Agglomération a été signé.", ""),
    ],
)
def test_names_that_differ_from_the_official_one(reads: Callable[[str], Read], text: str, code: str) -> None:
    head = reads(text).record["contract"]
    assert [t["value"] for t in head.get("territory", [])] == ([code] if code else [])


def test_a_period_that_was_over_at_the_signature_is_not_its_own(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\nLa Ville de Pau et l'ARS ont signé le contrat le 16 juin 2022. "
        "La Croix-Rouge est un partenaire historique du contrat 2017-2020."
    )
    assert "period" not in read.record["contract"]
