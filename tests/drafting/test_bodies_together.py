"""Bodies that a text names several at once, or as its own; parties of a contract told by their posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
HEAD = "Contrat local de santé de Pau\n\n"
TEXTS = (
    (
        "Signataires :\n- ARS Nouvelle-Aquitaine\n- URPS Médecins, Pharmaciens et Infirmiers\n- CPAM",
        ["ars", "urps", "urps", "urps", "cpam"],
    ),
    ("Ont signé : l'ARS et les communes suivantes : Pau, Lons, Billère.", ["ars", *["commune"] * 3]),
    (
        "Les trois Départements – Gers, Landes et Pyrénées-Atlantiques – et l'ARS ont signé le contrat.",
        [*["departement"] * 3, "ars"],
    ),
    (
        "Signataires : l'État (DRAC Occitanie), les Départements du Cantal et de la Lozère et Saint-Flour "
        "Communauté, le ministère de la Culture",
        ["etat", "departement", "departement", "epci", "etat"],
    ),
    ("Le contrat est signé par le SYDEL du Pays Cœur d'Hérault et l'ARS Occitanie.", ["petr", "ars"]),
    (
        "Entre\n\nMonsieur le Préfet du Gers,\n\nMonsieur le Directeur général de la CPAM du Gers,\n\n"
        "Monsieur le Président du Conseil départemental du Gers,\n\nIl est convenu ce qui suit.",
        ["prefecture", "cpam", "departement"],
    ),
    (
        "Pau, le 3 mai 2024\n\nLe Maire de Pau,\nJean Dupuy\n\nLe Directeur général de l'ARS,\nPaul Garnier",
        ["commune", "ars"],
    ),
    (
        "Le contrat est signé entre l'ARS, le Syndicat mixte du Pays Vendômois et les communautés de communes"
        " des Collines du Perche et du Perche Haut Vendômois.",
        ["ars", "petr", "epci", "epci"],
    ),
    (
        "Le nouveau contrat est signé par la Ville et l'ARS. Il prend la suite du contrat 2015-2020, que la"
        " Mutualité française avait également signé.",
        ["commune", "ars"],
    ),
)


@pytest.mark.parametrize(("text", "kinds"), TEXTS)
def test_each_body_is_one_signatory(reads: Reads, text: str, kinds: list[str]) -> None:
    found = [line.split(" ", 1)[0] for line in reads(HEAD + text).signatories()]
    assert sorted(found) == sorted(kinds)


def test_our_hospital_has_the_name_that_the_page_opens_with(reads: Reads) -> None:
    page = "Centre hospitalier de Pau\n\nNotre établissement a signé le contrat local de santé de Pau."
    assert reads(page).signatories() == ["hopital-public Centre hospitalier de Pau"]
