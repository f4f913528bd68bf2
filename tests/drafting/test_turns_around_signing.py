"""Whole lists that a turn of phrase, an answer or the foot of a contract says to sign, or does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
HEAD = "Contrat local de santé de Pau\n\n"
SIGN = (
    # said after them
    (
        "La Ville de Pau a travaillé avec l'ARS, la CPAM et l'hôpital, tous signataires du contrat.",
        "commune ars cpam hopital-public",
    ),
    (
        "La Ville de Pau s'est étroitement associée à l'ARS, à la CPAM et au Département, qui tous sont"
        " aujourd'hui cosignataires de ce contrat.",
        "commune ars cpam departement",
    ),
    ("Le contrat s'appuie sur l'ARS, sur la MSA et sur la CAF, qui l'ont signé en 2023.", "ars msa caf"),
    (
        "Le contrat est porté par la Ville de Pau, en partenariat avec l'ARS et la CPAM, qui en sont"
        " signataires.",
        "commune ars cpam",
    ),
    ("Préparé par la Ville de Pau, l'ARS et la CAF, le contrat a été signé par ces dernières.", "ars caf"),
    ("Le contrat a été bâti par la Ville de Pau, l'ARS et la CAF, puis signé par eux.", "commune ars caf"),
    # other verbs
    ("La Ville de Pau renouvelle son contrat local de santé avec l'ARS et la CPAM.", "commune ars cpam"),
    ("La Ville de Pau s'est engagée aux côtés de l'ARS et de la CAF en signant un CLS.", "commune ars caf"),
    ("Le CLS, lui, n'engage que la Ville de Pau et l'ARS.", "commune ars"),
    ("Les habitants ont vu le maire de Pau et le directeur de l'ARS signer le CLS.", "commune ars"),
    (
        "Le CLS a été signé par la Ville de Pau et l'ARS. La CPAM et la CAF ont rejoint la Ville et l'ARS.",
        "commune ars cpam caf",
    ),
    # an answer to what was said before
    (
        "Les signataires sont au nombre de quatre. Il s'agit de la Ville de Pau, de l'ARS, de la MSA et"
        " de la CAF.",
        "commune ars msa caf",
    ),
    (
        "Le CLS a été signé par trois partenaires. D'abord la Ville de Pau. Ensuite l'ARS. Enfin la CAF.",
        "commune ars caf",
    ),
    # subjects and lists that stand apart
    (
        "Pau Béarn Pyrénées Agglomération avance. Hier, elle a apposé sa signature sur son premier CLS.",
        "epci",
    ),
    ("Pau, l'ARS et la CPAM ont signé un CLS.", "commune ars cpam"),
    (
        "Outre la Ville de Pau et l'ARS, trois signataires le portent (CPAM, MSA et CH).",
        "commune ars cpam msa hopital-public",
    ),
    ("Entre l'ARS et le pays Lédonien, un contrat local de santé tout neuf", "ars petr"),
    (
        "Jean Dupuy, maire de Pau et président de l'agglomération de Pau, a signé le CLS à ce double titre.",
        "commune epci",
    ),
    (
        "Autour de la Ville de Pau et de l'ARS, on retrouve parmi les signataires du CLS la CPAM.",
        "commune ars cpam",
    ),
    ("Le CLS a été signé lundi. À nos côtés : l'ARS, la MSA et la CPAM.", "ars msa cpam"),
    ("Ville de Pau et ARS main dans la main : le contrat local de santé est signé.", "commune ars"),
    (
        "Le CLS a été signé par Anne Roux, maire de Pau, Luc Petit, qui est dans le département le délégué de"
        " l'ARS, et Jeanne Morel, présidente de la CAF.",
        "commune ars caf",
    ),
    # the foot of a contract
    (
        "À Pau, le 12 mars 2023\n\nLe Maire de Pau, Jean Dupuy\nLa Directrice de la délégation départementale"
        " de l'ARS, Anne Petit\nLa Présidente de la CAF, Jeanne Roux",
        "commune ars caf",
    ),
    (
        "Fait à Pau le 3 mai 2021\n\nM. Jean Dupuy, Maire de Pau | Mme Anne Petit, Directrice générale de"
        " l'ARS | M. Luc Roux, Préfet du Gers",
        "commune ars prefecture",
    ),
    (
        "Fait en 3 exemplaires originaux\n\nPour la Ville de Pau\n\nPour l'ARS\n\nPour la CAF du Béarn",
        "commune ars caf",
    ),
    (
        "Le contrat a été établi à Pau le 5 avril 2024.\n\nJean Dupuy, pour la Ville de Pau\nAnne Petit, pour"
        " l'ARS",
        "commune ars",
    ),
    ("Signatures\n\nPour la Ville de Pau, le maire\nPour l'État, le préfet du Gers", "commune etat"),
)
LISTS = (
    (
        "Ont signé le CLS : pour l'État, le préfet du Gers et le directeur de l'ARS ; pour les collectivités,"
        " le maire de Pau ; pour la Sécurité sociale, la directrice de la CAF.",
        "prefecture ars commune caf",
    ),
    (
        "Le CLS réunit vingt signataires. Du côté des institutions, la Ville de Pau et l'ARS ; du côté"
        " des soignants, la CPTS ; du côté des associations, le Secours populaire.",
        "commune ars cpts reseau-association",
    ),
    (
        "Les signataires du CLS sont :\nCollectivités : Ville de Pau, Département du Gers\nÉtat : préfecture,"
        " ARS\nAssurance maladie : CPAM, MSA",
        "commune departement prefecture ars cpam msa",
    ),
    (
        "Les signataires\n\nLa Ville de Pau\nElle pilote le contrat.\n\nL'ARS Nouvelle-Aquitaine\nElle"
        " cofinance la coordination.\n\nLa CPAM\nElle informe les assurés.",
        "commune ars cpam",
    ),
    ("Signataires\nVille de Pau\n(porteur)\nARS Nouvelle-Aquitaine\nCPAM", "commune ars cpam"),
    (
        "Le CLS a été signé par la Ville de Pau et l'ARS, ainsi que, pour la première fois, par la CPAM et la"
        " CAF.",
        "commune ars cpam caf",
    ),
    (
        "Parmi les signataires du CLS : la Ville de Pau, l'ARS, mais aussi – et c'est une nouveauté – le"
        " CROUS.",
        "commune ars autre",
    ),
    (
        "Signé par la Ville de Pau, la MSA, dont c'est le premier contrat, et l'hôpital, le CLS dure cinq"
        " ans.",
        "commune msa hopital-public",
    ),
    (
        "Le CLS a été signé par la Ville de Pau et l'ARS.\nIl l'a été aussi par la CPAM et la CAF.",
        "commune ars cpam caf",
    ),
    (
        "Dix institutions ont signé le CLS. Les voici, dans l'ordre : Ville de Pau, ARS, État, CPAM.",
        "commune ars etat cpam",
    ),
    (
        "Le CLS est signé entre l'État, représenté par le préfet, l'ARS, représentée par son directeur, M."
        " Paul Garnier, et la Ville de Pau, représentée par son maire.",
        "etat ars commune",
    ),
    (
        "Étaient réunis autour du maire de Pau pour signer le CLS : Paul Roux (ARS), Luc Petit (CPAM).",
        "commune ars cpam",
    ),
    (
        "La Ville de Pau et l'ARS ont signé un CLS que rejoignent, en qualité de signataires associés, la"
        " CPTS Thiers, Dore et Livradois et la MSA.",
        "commune ars cpts msa",
    ),
)
NOT = (
    "Né en 2022, le CLS de Pau avance. La santé passe par l'agglomération de Pau et par l'ARS.",
    "La Ville de Pau veut conclure un CLS avec l'ARS, le Département et l'hôpital.",
    "Le président de l'agglomération de Pau et l'ARS aimeraient signer un CLS.",
    "Un contrat local de santé se signe entre l'ARS et une ou plusieurs collectivités.",
    "Quand une ville signe un contrat local de santé avec l'ARS, elle s'oblige.",
    "Trois autres sont associés au CLS à côté de ceux qui l'ont signé : l'hôpital, la CPAM et la CAF.",
    "Le CLS attendra ; la Ville de Pau et la préfecture ont signé par ailleurs le contrat de ville.",
    "L'union fait la force : le contrat local de santé est signé",
    "La Ville de Pau a travaillé avec l'ARS, la CPAM et l'hôpital sur le contrat local de santé.",
    "La Ville de Pau s'est associée à l'ARS et à la CAF, toutes deux signataires de la charte Santé.",
    "Le contrat local de santé s'appuie sur l'ARS, sur la MSA et sur la CAF.",
    "Les signataires seront connus en mai. Il s'agit de convaincre l'ARS et la CAF.",
    "Le comité compte trois partenaires. D'abord la Ville de Pau. Ensuite l'ARS. Enfin la CAF.",
    "Relecture : ARS, CPAM\n\nPour la Ville de Pau, la santé compte\nPour l'ARS aussi",
    "La Ville de Pau et l'ARS ont vu la CAF et la MSA signer une convention.",
    "La CPTS a rejoint l'hôpital et la CAF.",
)


@pytest.mark.parametrize(("text", "kinds"), [*SIGN, *LISTS])
def test_the_whole_list_signs(reads: Reads, text: str, kinds: str) -> None:
    found = [line.split(" ", 1)[0] for line in reads(HEAD + text).signatories()]
    assert sorted(found) == sorted(kinds.split())


@pytest.mark.parametrize("text", NOT)
def test_nobody_signs(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).signatories() == []


def test_one_signatory_is_only_the_last_of_a_list(reads: Reads) -> None:
    text = "La MSA, la CAF et l'ARS, signataire du contrat, se sont réunies."
    assert reads(HEAD + text).signatories() == ["ars ARS"]
