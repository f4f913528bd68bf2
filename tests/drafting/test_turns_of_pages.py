"""Turns by which real pages say who signs, and turns near them that do not say so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

HEAD = "Contrat local de santé de Pau\n\nLe contrat local de santé de Pau a été signé le 3 mai 2022 à Pau. "
ARS, CAF, MSA = "ars ARS Nouvelle-Aquitaine", "caf CAF", "msa MSA"
SIGNING = [
    (
        "Au bas du document, les paraphes de l'ARS Nouvelle-Aquitaine, de la CAF et de la MSA.",
        {ARS, CAF, MSA},
    ),
    ("La Ville et l'ARS Nouvelle-Aquitaine y sont rejointes par la CAF et la MSA.", {ARS, CAF, MSA}),
    ("Il engage la Ville jusqu'en 2026 aux côtés de l'ARS Nouvelle-Aquitaine et de la CAF.", {ARS, CAF}),
    ("À ses côtés pour signer, la directrice de l'ARS Nouvelle-Aquitaine et la CAF.", {ARS, CAF}),
    ("Trois institutions s'y engagent pour cinq ans : l'ARS Nouvelle-Aquitaine, la CAF, la MSA.", {ARS, CAF}),
    ("Outre l'ARS Nouvelle-Aquitaine, la CAF et la MSA s'engagent pour la période 2022-2026.", {CAF, MSA}),
    ("Aux côtés des deux maires et de l'ARS Nouvelle-Aquitaine ont signé la CAF et la MSA.", {ARS, CAF, MSA}),
    ("Signé le 3 mai 2022, il réunit deux partenaires :\n- l'ARS Nouvelle-Aquitaine\n- la CAF", {ARS, CAF}),
    ("\n\nLES PARTENAIRES ENGAGÉS\n- ARS Nouvelle-Aquitaine\n- CAF\n- MSA", {ARS, CAF, MSA}),
    (
        "Autour de la table, l'ARS Nouvelle-Aquitaine, la CAF. Tous se sont engagés pour 2022-2026.",
        {ARS},
    ),
    ("La Ville s'est engagée, avec la CAF et la MSA, par la signature de ce contrat.", {CAF, MSA}),
    ("Étaient réunis pour la signature la Ville, la CAF et la MSA.", {CAF, MSA}),
    ("Autour de la table, pour parapher le document : le maire, la CAF, la MSA.", {CAF, MSA}),
    ("Côté signataires, on trouve la Ville, la CAF et la MSA.", {CAF, MSA}),
    ("Il n'a que deux signataires, la Ville et la CAF.", {CAF}),
    ("La CAF et la MSA ont ajouté leur signature à celle de la Ville.", {CAF, MSA}),
    ("La Ville, la CAF et la MSA se sont liées pour cinq ans.", {CAF, MSA}),
    ("Huit institutions l'ont signé, parmi lesquelles l'ARS Nouvelle-Aquitaine et la CAF.", {ARS, CAF}),
    ("Le document porte deux paraphes : ceux de l'ARS Nouvelle-Aquitaine et de la CAF.", {ARS, CAF}),
    ("Y ont apposé leur nom la Ville, l'ARS Nouvelle-Aquitaine, la CAF.", {ARS, CAF}),
    ("La Ville a signé en même temps que l'ARS Nouvelle-Aquitaine et la CAF.", {ARS, CAF}),
    ("La Ville, la CAF et la MSA unissent leurs forces à travers ce contrat.", {CAF, MSA}),
    ("Outre la CAF et la MSA, il est signé par l'ARS Nouvelle-Aquitaine.", {ARS, CAF, MSA}),
    ("Signé hier, en présence du directeur du Parc naturel du Béarn, par la CAF et la MSA.", {CAF, MSA}),
    (
        "\n\nLes parties au contrat\n- La CAF\n  Représentée par son directeur\n- La MSA",
        {CAF, MSA},
    ),
    ("Ont signé :\n- l'ARS Nouvelle-Aquitaine\n- Mme la sous-préfète, pour l'État", {ARS, "etat État"}),
]
NOT_SIGNING = [
    "La CAF et la MSA, absentes ce jour-là, doivent le parapher dans les prochaines semaines.",
    "La CAF demande à devenir signataire ; un avenant sera étudié.",
    "\n\nLES PARTENAIRES ASSOCIÉS\n- CAF\n- MSA",
    "Le Pôle SUD, le Centre SUD et l'AME ont salué la démarche.",
    "La CAF et la MSA s'engagent à financer deux postes.",
    "La CAF et la MSA avaient signé le précédent.",
    "Contacts : CAF, MSA.",
    "La CAF et la MSA attendent de signer.",
    "La CAF et la MSA siègent au comité de pilotage pour cinq ans.",
    "La CAF et la MSA restent partenaires sans être signataires.",
    "Partenaires : CAF, MSA.",
    "Une charte lie la CAF et la MSA.",
    "Autour de la table du comité : la CAF et la MSA.",
]


@pytest.mark.parametrize(("words", "signing"), SIGNING, ids=[row[0][:40].strip() for row in SIGNING])
def test_who_signs(reads: Callable[[str], Read], words: str, signing: set[str]) -> None:
    assert signing <= set(reads(HEAD + words).signatories())


@pytest.mark.parametrize("words", NOT_SIGNING)
def test_who_does_not(reads: Callable[[str], Read], words: str) -> None:
    assert not [s for s in reads(HEAD + words).signatories() if not s.startswith("commune")]


@pytest.mark.parametrize(
    "text",
    [
        "La CPTS du Saulnois a signé son accord avec l'ARS Grand Est et la CPAM. Ce n'est pas la même chose "
        "que les contrats locaux de santé, qui sont portés par les collectivités.",
        "La CPTS a signé son accord avec l'ARS.\n\nEst-ce la même chose qu'un contrat local de santé ?\nNon. "
        "Un contrat local de santé lie une collectivité et l'ARS.",
    ],
)
def test_another_agreement_told_from_a_contract(reads: Callable[[str], Read], text: str) -> None:
    assert reads(text).signatories() == []


def test_a_group_goes_on_by_the_first_words_of_its_name(reads: Callable[[str], Read]) -> None:
    read = reads(
        "La Communauté d'agglomération de l'Espace Sud de la Martinique compte douze communes. Les parties "
        "au contrat local de santé sont l'Espace Sud, l'ARS Martinique et l'Agglo2B."
    )
    assert [s.split(" ", 1)[1] for s in read.signatories()] == ["Espace Sud", "ARS Martinique", "Agglo2B"]


def test_the_bold_of_markdown_is_no_part_of_a_value(reads: Callable[[str], Read]) -> None:
    read = reads(
        HEAD + "\n\nTrois axes :\n- l'accès aux **soins de premier recours**\n- **la santé** mentale\n- l'eau"
    )
    assert read.axes() == ["l'accès aux soins de premier recours", "la santé mentale", "l'eau"]
