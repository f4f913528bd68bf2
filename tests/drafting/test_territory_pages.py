"""Territories as pages of the world tell them: headers, cut names, groups that are only described, lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Read


def heads(read: Read) -> list[dict[str, Any]]:
    return [dict(d.record["contract"]) for d in read.drafts]


def values(read: Read) -> list[str]:
    return [t["value"] for head in heads(read) for t in head.get("territory", [])]


TOLD = [
    ("L'agglomération de Digne prépare un contrat local de santé avec l'ARS PACA.", "epci/200067437"),
    (
        "CapAtlantique La Baule Guérande Agglo engage son premier contrat local de santé (CLS).",
        "epci/244400610",
    ),
    (
        "Jeudi, la Communauté urbaine et ses partenaires, réunis au Havre, ont adopté et signé le nouveau "
        "contrat local de santé.",
        "epci/200084952",
    ),
    (
        "Le maire de Melun, et président de la CAMVS, a signé jeudi le contrat local de santé avec l'ARS et "
        "la CPAM de Seine-et-Marne.",
        "epci/247700057",
    ),
    (
        "Signature du contrat local de santé 2 du Pays de Redon\n\nRedon Agglomération et les ARS Bretagne "
        "et Pays de la Loire ont signé le contrat.",
        "epci/243500741",
    ),
    (
        "AUBERVILLIERS\n\nCONTRAT LOCAL DE SANTÉ 2018 - 2022\n\nLe présent contrat, portant sur la Commune "
        "d'Auevillies, est signé par le préfet de la Seine-Saint-Denis et l'ARS.",
        "commune/93001",
    ),
    (
        "Isère : la santé a son contrat\n\nL'ARS Auvergne-Rhône-Alpes est venue trouver Saint-Martin-d'Hères."
        " La ville et l'ARS ont signé ce CLS en 2020.",
        "commune/38421",
    ),
    (
        "Bordeaux avait adopté un premier contrat local de santé en 2014 ; le deuxième est signé.",
        "commune/33063",
    ),
    (
        "Le contrat local de santé\n\nLe Conseil de l'Eurométropole du 12 mai 2023 l'a adopté. "
        "L'Eurométropole de Strasbourg et l'ARS ont signé le contrat local de santé.",
        "epci/246700488",
    ),
    (
        "DOSSIER DE PRESSE\n\nSIGNATURE DU CONTRAT LOCAL DE SANTE DOSSIER DE PRESSE\n\nLa Communauté "
        "d'Agglomération de Lens-Liévin (CALL) signera avec l'ARS un contrat local de santé.",
        "epci/246200364",
    ),
]


@pytest.mark.parametrize(("text", "code"), TOLD, ids=[code for _, code in TOLD])
def test_a_place_that_is_told_in_another_way(reads: Callable[[str], Read], text: str, code: str) -> None:
    assert values(reads(text)) == [code]


LANDS = [
    (
        "Contrat Local de Santé\nBassin de Santé Intermédiaire de Saint-Flour, 2017-2022\n\nENTRE : l'ARS "
        "Auvergne-Rhône-Alpes\nET Hautes Terres Communauté, par sa Présidente\nET Saint-Flour Communauté, "
        "par son Président",
        "Bassin de Santé Intermédiaire de Saint-Flour",
    ),
    (
        "Contrat local de santé d'Oloron – Haut Béarn\n\nIl est signé par l'ARS et le département.",
        "Oloron – Haut Béarn",
    ),
    (
        "Le contrat local de santé a été signé avec à ses côtés le président du Syndicat Mixte du SCoT du "
        "Bassin d'Aurillac, du Carladès et de la Châtaigneraie et la CPAM du Cantal.",
        "Bassin d'Aurillac, du Carladès et de la Châtaigneraie",
    ),
    (
        "Un contrat local de santé lie Cœur Haute Lande et le Pays Morcenais. Ensemble elles forment le Pôle "
        "Haute Lande Armagnac.",
        "Pôle Haute Lande Armagnac",
    ),
    (
        "À Pompey, l'ARS, le PETR du Val de Lorraine (Communautés de Communes du Bassin de Pompey, du Bassin "
        "de Pont-à-Mousson) et la CPAM 54 se sont retrouvés pour la signature du contrat local de santé.",
        "Val de Lorraine",
    ),
]


@pytest.mark.parametrize(("text", "label"), LANDS, ids=[label for _, label in LANDS])
def test_a_land_of_several_groups_has_no_code(reads: Callable[[str], Read], text: str, label: str) -> None:
    (head,) = heads(reads(text))
    assert (head["territory_label"], head.get("territory")) == (label, None)


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil a voté la signature de trois contrats locaux de santé : Échirolles, Le Pont-de-Claix, "
        "Saint-Égrève. Chacun est porté par la commune et l'ARS.",
        "Avec la signature de trois nouveaux contrats locaux de santé en Isère, l'ARS redit sa volonté aux "
        "côtés des communes d'Échirolles, du Pont-de-Claix et de Saint-Égrève.",
    ],
)
def test_a_list_that_is_counted_has_a_contract_each(reads: Callable[[str], Read], text: str) -> None:
    assert values(reads(text)) == ["commune/38151", "commune/38317", "commune/38382"]


def test_one_contract_is_no_list(reads: Callable[[str], Read]) -> None:
    text = "Un CLS pour l'Ouest guyanais\n\nSaint-Laurent du Maroni et l'ARS Guyane signent le contrat."
    assert len(reads(text).drafts) == 1


def test_contracts_that_heads_rank_and_date_are_each_signed(reads: Callable[[str], Read]) -> None:
    read = reads(
        "Le contrat local de santé des Mureaux\n\n2012 - 2017 : 1er contrat local de santé des Mureaux\n\n"
        "Il est cosigné en 2012 par la ville des Mureaux et l'ARS.\n\n2019 - 2023 : 2e contrat local de "
        "santé des Mureaux\n\nSignataires en 2019 : la ville des Mureaux, l'ARS et la CPAM des Yvelines.\n"
    )
    assert values(read) == ["commune/78440", "commune/78440"]
    assert [h["period"]["value"]["begin"] for h in heads(read)] == ["2012", "2019"]


@pytest.mark.parametrize("name", ["Sainte", "Villeneuve", "Grande"])
def test_a_word_that_begins_many_names_is_none_of_them(reads: Callable[[str], Read], name: str) -> None:
    assert values(reads(f"La ville de {name} a signé le contrat local de santé avec l'ARS.")) == []


def test_a_name_may_begin_with_a_number(reads: Callable[[str], Read]) -> None:
    text = "Un contrat local de santé pour les 1000 étangs (70)\n\nLe président et l'ARS signent."
    assert len(values(reads(text))) == 1


def test_a_departement_may_stand_behind_one_of_two(reads: Callable[[str], Read]) -> None:
    text = (
        "Un contrat local de santé commun à la communauté de communes du Val de l'Aisne (02) et à la "
        "communauté de communes du Canton de Charly-sur-Marne\n\nLes présidents et l'ARS ont signé lundi."
    )
    assert len(values(reads(text))) == 2
