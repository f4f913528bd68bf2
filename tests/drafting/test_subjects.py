"""Axes that no noun announces: their being subjects of health tells them, and what is none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
OPENING = "La Ville de Pau et la CPAM ont signé le contrat local de santé de Pau le 12 décembre 2024.\n\n"
LIST = "l'accès aux soins, la santé mentale, la lutte contre l'obésité et le bien vieillir"
ITEMS = "\n- accès aux soins\n- santé mentale\n- lutte contre l'obésité\n- bien vieillir\n"
AXES = ["accès aux soins", "santé mentale", "lutte contre l'obésité", "bien vieillir"]


def _bare(axes: list[str]) -> list[str]:
    return [a.lower().removeprefix("l'").removeprefix("la ").removeprefix("le ") for a in axes]


@pytest.mark.parametrize(
    "text",
    [
        f"Le contrat compte 27 actions rangées sous quatre bannières : {LIST}.",
        f"Ses vingt actions sont réparties en quatre blocs : {LIST}.",
        f"Les actions se répartissent entre quatre familles : {LIST}.",
        f"Vingt fiches regroupées en quatre parties : {LIST}.",
        f"Le contrat tient sur quatre pieds : {LIST}.",
        f"Le contrat ouvre quatre pistes : {LIST}.",
        f"Quatre urgences y sont inscrites : {LIST}.",
        f"Il vaut pour trois ans. Au menu : {LIST}.",
        f"Il vaut pour trois ans. Au programme, {LIST}.",
        f"Il vaut pour trois ans. Dans le viseur : {LIST}.",
        f"Que contient-il ? Quatre dossiers : {LIST}.",
        f"Le contrat embrasse {LIST}.",
        "La commune a fait de l'accès aux soins le premier chapitre du document. Viennent ensuite la santé "
        "mentale, la lutte contre l'obésité et le bien vieillir.",
        "Premier sujet du contrat : l'accès aux soins. Viennent ensuite la santé mentale, la lutte contre "
        "l'obésité et le bien vieillir.",
        "L'accès aux soins arrive en tête des priorités, devant la santé mentale, la lutte contre l'obésité "
        "et le bien vieillir.",
        "L'accès aux soins est la première priorité. Viennent ensuite la santé mentale, la lutte contre "
        "l'obésité et le bien vieillir.",
        f"C'est pourquoi le contrat s'attache à :{ITEMS}",
        f"Les signataires agiront sur :{ITEMS}",
        f"Sont visés par le contrat :{ITEMS}",
        f"Le contrat en quatre points\n{ITEMS}",
        "Axes : Accès aux soins | Santé mentale | Lutte contre l'obésité | Bien vieillir",
    ],
)
def test_a_list_of_subjects_of_health(reads: Reads, text: str) -> None:
    assert _bare(reads(OPENING + text).axes()) == AXES


@pytest.mark.parametrize(
    "text",
    [
        "Les premières actions du contrat ont été lancées : la formation des aidants, le dépistage du cancer "
        "et la vaccination.",
        "Les partenaires du contrat ont tenu trois réunions : la prévention, l'accès aux soins et la santé "
        "mentale.",
        "Le contrat a été signé en présence des élus : le maire, l'adjointe à la santé et l'élu chargé "
        "du sport.",
        "Trois maladies dominent : le diabète, les cancers et l'obésité.",
        "Le contrat cible trois publics : les jeunes, les aînés et les personnes en situation de handicap.",
        "Publics du contrat :\n- jeunes\n- aînés\n- personnes en situation de handicap",
        "Les partenaires du contrat :\n- Maison des adolescents\n- Centre de santé\n- Réseau périnatal",
        "Pour en savoir plus sur le contrat : la page santé, la page sport et la page jeunesse.",
        "Les mesures du contrat se heurtent à trois obstacles : la démographie médicale, la mobilité et la "
        "précarité.",
        "Au programme : la signature du contrat, la présentation des actions de santé et un buffet.",
        "Au programme : le dépistage du diabète, la visite du bus et le goûter des aînés.",
        "Le programme du forum : la nutrition, le sport, le dépistage.",
        "Le maire a placé la santé en tête de ses combats. Viennent ensuite l'école et la sécurité.",
    ],
)
def test_a_list_of_something_else(reads: Reads, text: str) -> None:
    assert reads(OPENING + text).axes() == []
