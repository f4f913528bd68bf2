"""The territory of a contract: common to several places, a town or its group, homonyms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import Read

TEXTS = yaml.safe_load((Path(__file__).parent / "texts" / "territory.yaml").read_text(encoding="utf-8"))
NOT_READ = {"t6-sud-luberon"}
"""Texts kept for the figures whose territory is not found."""
CASES = [case for case in TEXTS if case["name"] not in NOT_READ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_codes_of_the_territory(reads: Callable[[str], Read], case: dict[str, object]) -> None:
    heads = [d.record["contract"] for d in reads(str(case["text"])).drafts]
    assert [t["value"] for head in heads for t in head.get("territory", [])] == case["territory"]
    assert len(heads) == case.get("contracts", 1)


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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "La commune de Chemillé-Melay (Maine-et-Loire) et l'ARS signent un contrat local de santé.",
            "49092",
        ),
        ("Le maire de Vire-Vaudry a signé le contrat local de santé de Vire-Vaudry.", "14762"),
        ("Val-de-Marne. La Ville de Fontenay et l'ARS ont signé le contrat local de santé.", "94033"),
        ("Le contrat local de santé de Champigny a été signé par la préfecture du Val-de-Marne.", "94017"),
    ],
)
def test_two_old_names_or_a_name_cut_short_where_the_departement_is_told(
    reads: Callable[[str], Read], text: str, code: str
) -> None:
    territory = reads(text).record["contract"]["territory"]
    assert [t["value"] for t in territory] == [f"commune/{code}"]


def test_a_name_ends_where_the_page_goes_on(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Le Contrat local de santé - Agglomération de La Rochelle - Nous contacter\n\nPour 2023-2028."
    )
    assert read.record["contract"]["territory_label"] == "Agglomération de La Rochelle"


def test_who_has_a_contract_of_its_own_is_its_territory(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Offre d'emploi : coordinateur\nSaumur Val de Loire recrute le coordinateur de son contrat local de "
        "santé. Vous travaillerez avec vos homologues des CLS d'Angers, de Cholet et de Baugé-en-Anjou."
    )
    assert [t["value"] for t in read.record["contract"]["territory"]] == ["epci/200071876"]


def test_a_region_is_not_the_territory_of_a_town_that_signs(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Cargèse signe le 2ème contrat local de santé de Corse\n\nLe maire et l'ARS l'ont scellé hier."
    )
    assert [t["value"] for t in read.record["contract"]["territory"]] == ["commune/2A065"]


def test_a_period_that_was_over_at_the_signature_is_not_its_own(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\nLa Ville de Pau et l'ARS ont signé le contrat le 16 juin 2022. "
        "La Croix-Rouge est un partenaire historique du contrat 2017-2020."
    )
    assert "period" not in read.record["contract"]
