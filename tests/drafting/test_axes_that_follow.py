"""Axes in the next paragraphs, beside a tally, above actions, in what is said next, in one line of heads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
HEAD = (
    "Contrat local de santé de Pau\n\nLe contrat local de santé de Pau a été signé le 3 mai 2024 par "
    "la Ville de Pau et l'ARS.\n\n"
)
DEEDS = ["attirer des médecins", "prévenir les chutes", "soutenir les aidants et les écouter", "agir tôt"]
NAMES = ["l'eau potable", "la nutrition", "le sport"]
WITH = "sport et alimentation, comportements à risque, prévention et soins, environnement"
LINE = (
    "SOMMAIRE\n\nINTRODUCTION ...... 1 LE TERRITOIRE ...... 6 {head} ...... 13 L'EAU POTABLE ...... 15 "
    "LA NUTRITION ...... 23 LE SPORT ...... 31 {after} ...... 59 ANNEXES ...... 63"
)


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        (f"Quatre orientations ont été retenues par l'ARS et la commune :\n{', '.join(DEEDS)}.", DEEDS),
        (
            f"Quatre priorités se dégagent :\n\n{', '.join(DEEDS[:3])} et {DEEDS[3]}.\n\nLe maire parle.",
            DEEDS,
        ),
        (
            "Les partenaires retiennent trois axes :\n\nL'eau potable, la nutrition et le sport.\n\nUn bus "
            "passe chaque mardi.",
            NAMES,
        ),
        (
            "On s'attachera à un petit nombre de\npriorités :\nL'eau\npotable, à savoir des analyses et\nun "
            "plan.\nLa nutrition, pour que l'on\nmange mieux.\nLe sport\navec le concours des clubs.\n\nPour "
            "conduire ces actions, un comité se réunit.",
            NAMES,
        ),
        (
            "Le contrat retient trois axes :\n\nL'eau potable, par des analyses qui se répètent chaque "
            "année.\n\nLa nutrition, afin que les cantines changent. Un atelier ouvre.\n\nLe sport, avec des "
            "clubs.\n\nLe maire remercie les partenaires.",
            NAMES,
        ),
        (f"Il compte 4 orientations : {WITH}, 14 actions structurantes et 30 mesures.", WITH.split(", ")),
        (f"Il compte 4 orientations : {WITH} et 14 actions.", WITH.split(", ")),
        (f"Il compte 4 orientations : {WITH}, pour 30 mesures au total.", WITH.split(", ")),
        (
            "Il est bâti sur 3 enjeux stratégiques : l'eau potable, la nutrition, le sport.\nQuelques "
            "actions :\nAxe 1 :\n- analyser les puits\n- ouvrir un forum\nAxe 2 :\n- changer les cantines\n"
            "- ouvrir un atelier\nAxe 3 :\n- aider les clubs\n- tracer un parcours",
            NAMES,
        ),
        (
            "« Des axes prioritaires ont été arrêtés », ajoute Jean Dupont, « attirer des médecins, prévenir "
            "les chutes et soutenir les aidants ».",
            ["attirer des médecins", "prévenir les chutes", "soutenir les aidants"],
        ),
        (
            "« Nous avons de grandes priorités que nous avons choisies », dit le maire, « l'eau potable, la "
            "nutrition et le sport ».",
            NAMES,
        ),
        (LINE.format(head="LES PRIORITES ET LE PROGRAMME D'ACTIONS", after="GOUVERNANCE"), NAMES),
        (
            LINE.format(head="NOS PRIORITES", after="PILOTAGE").replace("L'EAU", "AXE TRANSVERSAL : L'EAU"),
            NAMES,
        ),
        (LINE.format(head="LES AXES STRATEGIQUES", after="MISE EN ŒUVRE ET SUIVI DU CONTRAT"), NAMES),
        (
            "Sommaire\n\nI. Le territoire ........ 3 II. Les axes du contrat ........ 8 1. L'eau potable "
            "........ 9 1.1. Les puits ........ 9 2. La nutrition ........ 14 3. Le sport ........ 20 III. "
            "Les acteurs ........ 24 Annexes ........ 30",
            NAMES,
        ),
    ],
)
def test_axes_that_follow(reads: Reads, text: str, axes: list[str]) -> None:
    assert [axis.lower() for axis in reads(HEAD + text).axes()] == axes


@pytest.mark.parametrize(
    "text",
    [
        "Quatre orientations ont été retenues :\n\nLe maire, le préfet, l'ARS et la CPAM ont signé.",
        "Quatre orientations ont été retenues :\n\n« Depuis des années, le bus, le forum et l'annuaire nous "
        "aident », dit le maire.",
        "Il s'attache à un petit nombre de priorités :\n\nLe bus est passé mardi, avec des soignants.\n\nLa "
        "ville a ouvert un forum, par des réunions.\n\nLe préfet prévoit une visite.",
        "« Des axes prioritaires ont été discutés », ajoute le maire, « avec les soignants, la population et "
        "les communes ».",
        "« Des axes prioritaires ont été retenus », dit le maire, « nous en sommes heureux, fiers et émus ».",
        LINE.format(head="LE TERRITOIRE ET SES HABITANTS", after="GOUVERNANCE"),
        "Chaque collectivité a un projet. L'offre de soins est l'un des grands défis.\n\nCes difficultés ne "
        "s'arrêtent pas aux communes :\n- étant donné que les habitants sortent,\n- de là le souhait d'agir.",
    ],
)
def test_what_follows_and_is_no_axis(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).axes() == []


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("Axe 1 :\n- L'eau potable\nAxe 2 :\n- La nutrition\nAxe 3 :\n- Le sport", NAMES),
        ("Axe 1 :\nL'eau potable\n- un puits\n- un plan\nAxe 2 :\nLa nutrition\n- un atelier", NAMES[:2]),
        (
            "Il compte deux priorités : former les soignants et mener 30 actions.",
            ["former les soignants", "mener 30 actions"],
        ),
    ],
)
def test_what_stands_below_or_beside_is_kept_where_it_names(reads: Reads, text: str, axes: list[str]) -> None:
    assert [axis.lower() for axis in reads(HEAD + text).axes()] == axes
