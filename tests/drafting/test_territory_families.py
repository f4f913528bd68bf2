"""The ways in which texts say a territory, family by family: what the words for the contract lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Read

SENTENCE = (
    "Santé publique\n\nLe contrat local de santé {} a été signé le 12 mars 2024 à {} par l'ARS {} et {}."
)
LED_TO = [
    ("du bassin de vie de Ganges", "bassin de vie de Ganges", "Ganges", "Occitanie"),
    ("de l'agglomération royannaise", "agglomération royannaise", "Royan", "Nouvelle-Aquitaine"),
    ("de la vallée de la Bresle", "vallée de la Bresle", "Eu", "Normandie"),
    ("du pays lédonien", "pays lédonien", "Lons-le-Saunier", "Bourgogne-Franche-Comté"),
    ("du territoire mauriacois", "territoire mauriacois", "Mauriac", "Auvergne-Rhône-Alpes"),
    ("de l'ouest du Vaucluse", "ouest du Vaucluse", "Orange", "Provence-Alpes-Côte d'Azur"),
    ("Nord Essonne", "Nord Essonne", "Massy", "Île-de-France"),
    ("des 4B Sud Charente", "4B Sud Charente", "Touvérac", "Nouvelle-Aquitaine"),
    ("du 18e arrondissement de Paris", "18e arrondissement de Paris", "Paris", "Île-de-France"),
    ("« Bourbre Tisserands »", "Bourbre Tisserands", "La Tour-du-Pin", "Auvergne-Rhône-Alpes"),
    ("de deuxième génération du Trégor", "Trégor", "Lannion", "Bretagne"),
    ("territorial de santé du Couserans", "Couserans", "Saint-Girons", "Occitanie"),
    ("à l'échelle du Pays de Retz", "Pays de Retz", "Pornic", "Pays de la Loire"),
    ("– Pays de Retz", "Pays de Retz", "Pornic", "Pays de la Loire"),
    (
        "du Pôle d'équilibre territorial et rural du Pays d'Auch",
        "Pays d'Auch",
        "Auch",
        "Occitanie",
    ),
]


def head(read: Read) -> dict[str, Any]:
    return dict(read.record["contract"])


@pytest.mark.parametrize(("words", "label", "town", "region"), LED_TO, ids=[row[1] for row in LED_TO])
def test_what_the_contract_leads_to(
    reads: Callable[[str], Read], words: str, label: str, town: str, region: str
) -> None:
    read = reads(SENTENCE.format(words, town, region, "la CPAM"))
    assert head(read)["territory_label"] == label
