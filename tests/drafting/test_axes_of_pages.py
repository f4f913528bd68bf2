"""Axes as pages tell them without the word, or with what is no part of them: family by family."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
HEAD = (
    "Contrat local de santé de Pau\n\nLe contrat local de santé de Pau a été signé le 3 mai 2024 par "
    "la Ville de "
    "Pau et l'ARS.\n\n"
)
THREE = ["l'eau potable", "la nutrition", "le sport"]
LISTED = "l'eau potable, la nutrition et le sport"
DEEDS = ["attirer des médecins", "prévenir les chutes", "mieux soutenir les aidants"]


@pytest.mark.parametrize(
    "text",
    [
        f"Pendant trois ans, les partenaires concentreront leurs efforts sur {LISTED}.",
        "D'ici 2028, la Ville et ses partenaires agiront sur l'eau potable, sur la nutrition et sur "
        "le sport.",
        "Pendant les cinq prochaines années, l'effort portera sur :\n- l'eau potable,\n- la nutrition,\n"
        "- le sport.",
        f"Les partenaires ont choisi de travailler sur {LISTED}.",
        f"Il cible {LISTED}.",
        f"Au menu jusqu'à fin 2029 : {LISTED}.",
        f"Les grandes lignes du contrat : {LISTED}.",
        "La feuille de route tient en trois points : l'eau potable, la nutrition, le sport.",
        "Trois axes jusqu'en 2030\nD'abord, l'eau potable. Vient ensuite la nutrition, avec un centre. "
        "Enfin, le sport.",
        "Trois priorités émergent : premièrement l'eau potable, deuxièmement la nutrition, troisièmement "
        "le sport.",
        "Trois axes : l'eau potable d'abord, la nutrition ensuite, le sport enfin.",
        "« Nos trois priorités », énumère le maire, « l'eau potable, la nutrition et le sport ».",
        "l'eau potable, la nutrition, le sport : le contrat se concentre sur ces trois sujets.",
        "Axes : l'eau potable – la nutrition – le sport",
        "Les axes restent ceux du comité :\naxe 1 l'eau potable\naxe 2 la nutrition\naxe 3 le sport "
        "(transversal)",
        "Volet 1 > l'eau potable. Un bus arrive.\nVolet 2 > la nutrition. Un centre ouvre.\n"
        "Volet 3 > le sport. Un atelier commence.",
        "Axe 1 – l'eau potable : 5 actions sur 7 engagées.\nAxe 2 – la nutrition : deux forums.\n"
        "Axe 3 – le sport : rien encore.",
        "Les axes\nA – l'eau potable\nB – la nutrition\nC – le sport\n\nAxe A : ce qui a été fait\n"
        "- deux réunions\nAxe B : ce qui a été fait\n- un forum",
        "Ce que nous voulons faire\nL'eau potable : ouvrir un centre, un bus.\nLa nutrition : former, "
        "écouter.\nLe sport : repérer, accompagner.\n\nCes trois axes sont déclinés en actions.\n\nUn mot\n"
        "« Je suis là. »",
        "Il comprend :\n– un axe « l'eau potable » ;\n– un axe « la nutrition » ;\n– un axe « le sport ».",
        "L'eau potable (axe 1), la nutrition (axe 2) et le sport (axe 3) en forment l'ossature.",
        "« On part sur trois chantiers : l'eau potable, la nutrition et le sport », détaille l'adjointe.",
        "Quels sont les axes ?\n« Il y en a trois : l'eau potable, la nutrition et le sport. "
        "»\n\nQuel budget ?\nNul.",
        "👉 Au programme : l'eau potable, la nutrition, le sport.",
        "Pour quoi faire ?\n• l'eau potable\n• la nutrition\n• le sport",
        "Il fait suite à un autre, dont les deux axes étaient : l'air et l'eau. Le nouveau en compte "
        "trois : l'eau "
        "potable, la nutrition et le sport.",
        "Bilan du premier contrat (2018-2022)\nAxe 1 : l'air\nAxe 2 : l'eau\n\nLe nouveau contrat "
        "(2023-2027)\n"
        "Axe 1 : l'eau potable\nAxe 2 : la nutrition\nAxe 3 : le sport",
        "Les priorités\n\n1. L'eau potable\nDes analyses, un plan.\n\n2. La nutrition\nDes "
        "ateliers.\n\n3. Le sport\n"
        "Des clubs.\n\nTélécharger le contrat\n\nUne question ?\nService santé",
        "LA STRATÉGIE\n3 axes\n① L'eau potable\n② La nutrition\n③ Le sport\n4. LA GOUVERNANCE\nUn "
        "comité se réunit.",
        "Les axes\n1. L'eau potable\n2. La nutrition\n3. Le sport\n\n3. Gouvernance\nUn comité se réunit.",
        "Le Département agira sur l'axe 2, « La nutrition ». Les deux autres axes sont intitulés « "
        "L'eau potable » "
        "(axe 1) et « Le sport » (axe 3).",
        "Axe 1. L'eau potable\n  Fiche 1.1 – Puits\nAxe 2. La nutrition\n  Fiche 2.1 – Cantines\nAxe "
        "3. Le sport\n"
        "  Fiche 3.1 – Clubs",
        "Les partenaires ont retenu l'eau potable, la nutrition et le sport comme priorités.",
        "L'eau potable, la nutrition et le sport ont été retenus comme axes prioritaires.",
        "L'eau potable, la nutrition et le sport : telles sont les priorités du contrat.",
        "L'eau potable est le premier axe du contrat, la nutrition le deuxième, le sport le troisième.",
        "Le premier axe du contrat local de santé de la Ville concerne l'eau potable. Le deuxième "
        "s'attache à la nutrition. Quant au troisième, c'est le sport.",
        "Le volet « l'eau potable » prévoit un plan. Le volet « la nutrition » s'adresse aux écoles. Enfin, "
        "le volet « le sport » réunit les clubs.",
        "L'eau potable, la nutrition et le sport en sont les maîtres-mots.",
        "Le premier contrat portait sur l'air. Le deuxième, signé le 3 mai 2024, se recentre sur l'eau "
        "potable, la nutrition et le sport.",
        "Voici les thèmes sur lesquels s'engagent les signataires du contrat :\nl'eau potable\nla nutrition\n"
        "le sport",
        "Deux axes thématiques\n• l'eau potable\n• la nutrition\net un axe transversal :\n• le sport",
        "La première orientation, « l'eau potable », vise à forer. La deuxième orientation, « la nutrition "
        "», "
        "prévoit un atelier. La troisième orientation, « le sport », concerne les clubs.",
        "D'où la place donnée à l'eau potable, l'un des trois axes, avec la nutrition et le sport.",
        "Nous agirons sur quatre axes stratégiques, que sont l'eau potable, la nutrition, le sport",
        "Un premier contrat avait été conclu. Un deuxième s'était donné deux axes : l'air et le bruit.\n\n"
        "Le contrat s'articule autour de trois axes :\n• l'eau potable\n• la nutrition\n• le sport",
        "Les actions sont rangées en trois familles. La première touche à l'eau potable, la deuxième "
        "concerne la "
        "nutrition, la dernière vise le sport.",
        "On y lit deux choix stratégiques (l'eau potable, la nutrition) et un choix transversal, le sport.",
        "Les priorités\nI. L'eau potable\nDes analyses sont faites.\nII. La nutrition\nDes ateliers "
        "ouvrent.\n"
        "III. Le sport\nDes clubs aident.",
        "Premier axe, l'eau potable. Deuxième axe, la nutrition. Troisième axe, le sport.",
        "Au cœur du contrat : l'eau potable, la nutrition et le sport.",
        "Il repose sur l'eau potable, la nutrition et le sport.",
        "Feuille de route : l'eau potable, la nutrition, le sport.",
        "Les actions tiennent en trois axes – l'eau potable, la nutrition, le sport – et un calendrier.",
        "Axe 1 (l'eau potable) : un bus. Axe 2 (la nutrition) : un atelier. Axe 3 (le sport) : un club.",
        "Axe n° 1 « l'eau potable », axe n° 2 « la nutrition », axe n° 3 « le sport »",
        "Axe numéro un : l'eau potable. Axe numéro deux : la nutrition. Axe numéro trois : le sport.",
        "Les axes :\n- l'eau potable (6 actions)\n- la nutrition (5 actions)\n- le sport (axe transversal)",
        "Axes du contrat :\n(1) l'eau potable\n(2) la nutrition\n(3) le sport",
        "3 axes : ① l'eau potable ② la nutrition ③ le sport",
        "Orientations\nOS1 – L'eau potable\nOS2 – La nutrition\nOS3 – Le sport",
        "| Axe | Intitulé | Actions |\n|---|---|---|\n| 1 | l'eau potable | 5 |\n| 2 | la nutrition | 4 |\n"
        "| 3 | le sport | 3 |",
        "ARTICLE 2 : Orientations\n2.1 – l'eau potable\n2.2 – la nutrition\n2.3 – le sport\n\n"
        "ARTICLE 3 : Suivi\nUn comité se réunit.\n\nFait à Pau, le 3 mai 2024\n\nSuivent les signatures",
    ],
)
def test_axes_in_the_ways_of_pages(reads: Reads, text: str) -> None:
    assert [axis.lower() for axis in reads(HEAD + text).axes()] == THREE


@pytest.mark.parametrize(
    "text",
    [
        "Ce contrat de cinq ans devra attirer des médecins, prévenir les chutes et mieux soutenir "
        "les aidants.",
        "Il ambitionne d'« attirer des médecins, prévenir les chutes et mieux soutenir les aidants ».",
        "Le contrat vise à attirer des médecins, à prévenir les chutes et à mieux soutenir les aidants.",
        "Au menu des cinq ans à venir : attirer des médecins, prévenir les chutes et mieux soutenir "
        "les aidants.",
        "Le contrat local de santé 2024-2028 de la Ville de Pau vise à attirer des médecins, à prévenir les "
        "chutes et à mieux soutenir les aidants.",
        "Le contrat est lancé. D'abord, il s'agit d'attirer des médecins, avec un bus. Ensuite, de prévenir "
        "les chutes, en lien avec le Département. Enfin, de mieux soutenir les aidants.",
        "Le document, qui engage dix partenaires, entend à la fois :\nattirer des médecins ;\n"
        "prévenir les chutes ;\net mieux soutenir les aidants.",
        "Le contrat s'est donné trois caps :\nattirer des médecins,\nprévenir les chutes,\net mieux "
        "soutenir les "
        "aidants.\nIl est signé.",
        "Sur quoi allons-nous agir ?\n- attirer des médecins\n- prévenir les chutes\n- mieux "
        "soutenir les aidants",
    ],
)
def test_deeds_that_a_contract_is_for(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).axes() == DEEDS


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        (
            "Nos trois axes :\n1/ Cancers : dépister plus tôt\n2/ Jeunes\n3/ Accès aux droits",
            ["Cancers : dépister plus tôt", "Jeunes", "Accès aux droits"],
        ),
        (
            "Nos trois axes :\n1/ Cancers : tabac, alcool, poids\n2/ Jeunes\n3/ Accès aux droits",
            ["Cancers", "Jeunes", "Accès aux droits"],
        ),
        (
            "Au menu jusqu'en 2029 : l'eau potable, la pratique du sport, la prévention des tiques "
            "et des virus.",
            ["l'eau potable", "la pratique du sport", "la prévention des tiques et des virus"],
        ),
        (
            "Il retient trois axes : les soins, le sport, ainsi qu'un axe transversal, la coordination.",
            ["les soins", "le sport", "la coordination"],
        ),
        (
            "La feuille de route tient en quatre verbes : soigner, prévenir, accompagner, coordonner.",
            ["soigner", "prévenir", "accompagner", "coordonner"],
        ),
        ("Il a un volet soins, un volet prévention et un volet sport.", ["soins", "prévention", "sport"]),
        (
            "Deux priorités : les jeunes (sommeil, écrans) et les aînés (chutes, isolement).",
            ["les jeunes (sommeil, écrans)", "les aînés (chutes, isolement)"],
        ),
        (
            "Trois chantiers sont là. Recruter des médecins. Prévenir les chutes. Soutenir les aidants.",
            ["Recruter des médecins", "Prévenir les chutes", "Soutenir les aidants"],
        ),
        (
            "Trois axes : l'eau, avec un volet consacré aux puits ; le tabac, première cause de mortalité "
            "; le sport.",
            ["l'eau", "le tabac", "le sport"],
        ),
        (
            "Il a trois axes : Soigner, ainsi par un centre ; Prévenir, avec un bus (deux jours) ; Relier, "
            "par un "
            "annuaire.",
            ["Soigner", "Prévenir", "Relier"],
        ),
        (
            "Ils ont fixé cinq axes :\n\n• L'accès aux soins : ouvrir une maison de santé, com",
            ["L'accès aux soins"],
        ),
        (
            "Il a trois axes : en premier lieu l'eau, en second lieu le sport, en troisième lieu l'air.",
            ["l'eau", "le sport", "l'air"],
        ),
        (
            "Le CLS de Pau en trois verbes\nSOIGNER — Une maison par canton\nPRÉVENIR — Des ateliers chaque "
            "mois\nRELIER — Un café chaque mois",
            ["SOIGNER", "PRÉVENIR", "RELIER"],
        ),
        ("Le contrat vise, d'une part, les soins et, d'autre part, le sport.", ["les soins", "le sport"]),
    ],
)
def test_where_the_name_of_an_axis_ends(reads: Reads, text: str, axes: list[str]) -> None:
    assert reads(HEAD + text).axes() == axes


@pytest.mark.parametrize(
    "text",
    [
        "Le premier contrat comportait trois axes : les soins, le sport et l'eau.",
        "Le second se prépare. Le premier (2019-2023) avait trois axes : les soins, le sport et l'eau.",
        "Le diagnostic fait ressortir trois enjeux : le recours tardif aux soins, l'alcool et le sport.",
        "Tout contrat doit viser ceci :\n- une offre de prévention ;\n- un environnement sain ;\n- des "
        "soins.",
        "Table des matières\nIV. Les besoins 35\n1. Prévention 35\n2. Santé mentale 44\n3. Handicap 46",
        "Pendant trois ans, la commune a accueilli des étudiants, des internes et des médecins.",
        "Pendant la cérémonie, le maire a insisté sur l'eau potable, la prévention et le sport.",
        "La coordinatrice devra animer le réseau, suivre les fiches et rédiger le bilan.",
        "Le contrat vise à réduire les inégalités, à coordonner les acteurs et à promouvoir la santé.",
        "Le contrat concerne la ville de Pau, la ville de Lons et la ville de Billère.",
        "Ce que nous avons fait avant\n- un forum\n- un bus\n- un annuaire",
        "L'évaluation du contrat portera sur la mise en œuvre, les résultats et les partenariats.",
        "Le projet de la maison de santé repose sur trois piliers : l'accueil, le soin et la formation.",
        "La région a trois priorités : la formation, l'emploi et le climat.",
        "Le conseil a aussi adopté le contrat de ville. Ses trois piliers : le cadre, le lien, l'emploi.",
        "Les sujets abordés en réunion : le budget, le calendrier et la communication.",
        "Les actions porteront sur le dépistage, la marche et le goûter.",
        "Le diagnostic porte sur l'offre de soins, la nutrition et l'environnement.",
        "Les priorités de la ville concernent la voirie, les écoles et le stationnement.",
        "Les priorités concernent la voirie, les écoles et le stationnement.",
        "Les objectifs du festival touchent à la musique, au théâtre et à la danse.",
        "Les ambitions du club visent la montée, les jeunes et le nouveau stade.",
        "Ses engagements de campagne concernent la sécurité, la propreté et le logement.",
        "Deux lignes de tram sont à l'étude.\nAxe vert\nAxe nord",
        "Le plan de circulation\nAxe : rue de la Gare\nAxe : boulevard Foch",
        "Autoroutes et axes routiers\nA1 : Paris-Lille\nA2 : Paris-Bruxelles",
        "Nos axes routiers\nA1 - Réfection de la chaussée\nA2 - Pont de Lons",
    ],
)
def test_what_is_told_of_other_things_is_no_axis(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).axes() == []


def test_axes_kept_for_a_place_are_read(reads: Reads) -> None:
    text = HEAD + "Les grands axes retenus pour Pau sont l'eau potable, la nutrition et le sport."
    assert reads(text).axes() == THREE


def test_what_subjects_are_like_or_do_is_no_axis(reads: Reads) -> None:
    text = HEAD + "Ses domaines sont vastes, et déclinent le schéma départemental."
    assert reads(text).axes() == []
