"""Groups of communes by what they call themselves, in the département that a text speaks of."""

from __future__ import annotations

import pytest

from cls_graph.drafting.places import Context, resolve
from cls_graph.geo import codes

BRANDS = """
01 Grand Bourg Agglomération = CA du Bassin de Bourg-en-Bresse
04 DLVAgglo = CA Durance-Lubéron-Verdon Agglomération
22 Loudéac Communauté = CC Loudéac Communauté - Bretagne Centre
44 Saint-Nazaire Agglomération = CA de la Région Nazairienne et de l'Estuaire (CARENE)
46 Cauvaldor = CC Causses et Vallée de la Dordogne
51 Châlons Agglo = CA de Châlons-en-Champagne
62 CAPSO = CA du Pays de Saint-Omer
62 CABBALR = CA de Béthune-Bruay, Artois-Lys Romane
74 Annemasse Agglo = CA Annemasse-Les Voirons-Agglomération
76 Dieppe-Maritime = CA de la Région Dieppoise
79 Niort Agglo = CA du Niortais
81 Grand Albigeois = CA de l'Albigeois (C2A)
84 LMV Agglomération = CA Luberon Monts de Vaucluse
971 CANGT = CA du Nord Grande Terre
972 Cap Nord = CA du Pays Nord Martinique
974 CASUD = CA du Sud
"""
ROWS = [line.split(" ", 1) for line in BRANDS.strip().split("\n")]


@pytest.mark.parametrize(("departement", "names"), ROWS, ids=[names.split(" = ")[0] for _, names in ROWS])
def test_a_group_is_found_by_what_it_calls_itself(departement: str, names: str) -> None:
    own, registered = names.split(" = ")
    place, _ = resolve(own, "epci", Context((departement,), ()))
    assert place is not None
    assert place.name == registered


@pytest.mark.parametrize(
    ("departement", "name"),
    [
        ("38", "Grand Bourg Agglomération"),
        ("13", "CAPSO"),
        ("62", "Roubaix Agglomération"),
        ("59", "Grand"),
        ("74", "CCAS"),
        ("33", "CAL"),
        ("33", "Communal"),
        ("76", "CAR"),
    ],
)
def test_a_name_that_fits_no_group_there_names_none(departement: str, name: str) -> None:
    region = codes().places[f"departement/{departement}"].region
    assert resolve(name, "epci", Context((departement,), (region,)))[0] is None


def test_initials_name_no_group_in_a_text_that_says_no_place() -> None:
    assert resolve("CAPSO", "epci", Context((), ())) == (None, [])
