"""Contracts that a page lists one a line or a row, and lists that are of something else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]


def _codes(read: Any) -> list[str]:
    return [t["value"] for d in read.drafts for t in d.record["contract"].get("territory", [])]


def _told(read: Any) -> list[tuple[Any, ...]]:
    """The period and the day of signing of each contract."""
    found = []
    for one in read.drafts:
        period = one.record["contract"].get("period", {}).get("value", {})
        days = [m.get("stated_date") for m in one.record.get("milestones", []) if m["type"] == "signature"]
        found.append((period.get("begin"), period.get("end"), *days))
    return found


def test_a_name_ends_with_its_cell(reads: Reads) -> None:
    read = reads(
        "Les contrats locaux de santé signés dans le département\n\nTerritoire\tSignature\tDurée\n"
        "CC du Grand Langres\t12 décembre 2019\t4 ans\nCC des Trois Forêts\t18 juin 2021\t5 ans\n"
    )
    assert _codes(read) == ["epci/200072999", "epci/245200597"]
    assert [told[-1] for told in _told(read)] == ["2019-12-12", "2021-06-18"]


@pytest.mark.parametrize("lead", ["Les contrats locaux de santé en cours :", "## 3 CLS sont signés"])
@pytest.mark.parametrize("line", ["- {}", "• CLS {}", "1. {}"])
def test_each_line_is_a_draft(reads: Reads, lead: str, line: str) -> None:
    names = ("Aunis Atlantique (17)", "Agglomération d'Agen (47)", "Civraisien en Poitou (86)")
    read = reads("Santé des territoires\n\n" + "\n".join((lead, *(line.format(n) for n in names))))
    assert _codes(read) == ["epci/200041499", "epci/200096956", "epci/200070035"]


def test_lines_stand_under_their_departement(reads: Reads) -> None:
    read = reads(
        "Les contrats locaux de santé de la région\n\nMaine-et-Loire :\n- CLS de Saint-Georges-sur-Loire\n"
        "- CLS d'Allonnes\nSarthe :\n- CLS de Sablé-sur-Sarthe\n- CLS d'Allonnes\n"
    )
    assert _codes(read) == ["commune/49283", "commune/49002", "commune/72264", "commune/72003"]


def test_a_line_gives_its_years_and_its_day(reads: Reads) -> None:
    read = reads(
        "Les CLS de la Mayenne\n\n- CLS du Pays de Craon : 2024-2027, signé le 13 mai 2024\n"
        "- CLS de Mayenne Communauté (2023-2026)\n"
    )
    assert _told(read) == [("2024", "2027", "2024-05-13"), ("2023", "2026")]


def test_each_row_is_a_draft_but_what_is_not_signed_yet(reads: Reads) -> None:
    read = reads(
        "Les contrats locaux de santé du Jura\n\nTerritoire | Porteur | Période | Signature\n"
        "Dole | Communauté d'agglomération du Grand Dole | 2019-2023 | 12 mars 2019\n"
        "Lons-le-Saunier | Ville de Lons-le-Saunier | 2020-2024 | 03/06/2020\n"
        "Poligny | Ville de Poligny | en préparation | -\n"
    )
    assert _codes(read) == ["epci/200010650", "commune/39300"]
    assert _told(read) == [("2019", "2023", "2019-03-12"), ("2020", "2024", "2020-06-03")]


def test_fewer_lines_than_counted_are_a_doubt(reads: Reads) -> None:
    read = reads("8 contrats locaux de santé sont signés :\n- Laval\n- Cholet\n- Trélazé\n")
    assert len(read.drafts) == 3
    assert "annonce 8 contrats, 3 sont reconnus" in read.doubts()


def test_contracts_of_a_place_in_turn_are_a_draft_each(reads: Reads) -> None:
    read = reads(
        "Les CLS du Jura :\n- CLS de Dole (2014-2018)\n- CLS de Dole (2019-2023)\n"
        "- CLS de Dole : avenant 2021\n- CLS de Tavaux (2020-2024)\n- CLS de Lons-le-Saunier (2020-2024)\n"
    )
    assert _told(read) == [("2014", "2018"), ("2019", "2023"), ("2020", "2024"), ("2020", "2024")]
    assert _codes(read) == ["commune/39198", "commune/39198", "commune/39526", "commune/39300"]
    days = reads(
        "Les CLS du Jura :\n- CLS de Dole, signé le 12 mars 2014\n- CLS de Dole, signé le 3 mai 2019\n"
        "- CLS de Lons-le-Saunier\n"
    )
    assert [d.record["contract"]["key"] for d in days.drafts] == ["39198-2014", "39198-2019", "39300-a"]


def test_towns_that_one_group_bears_the_contracts_of_are_a_draft_each(reads: Reads) -> None:
    read = reads(
        "Les contrats locaux de santé du Jura\n\nTerritoire | Porteur | Période\n"
        "Dole | Communauté d'agglomération du Grand Dole | 2019-2023\n"
        "Tavaux | Communauté d'agglomération du Grand Dole | 2020-2024\n"
    )
    assert _codes(read) == ["commune/39198", "commune/39526"]


@pytest.mark.parametrize(
    ("first", "second", "doubts"),
    [(3, 2, []), (9, 5, [(9, 3)] * 3 + [(5, 2)] * 2), (5, 2, [(5, 3)] * 3)],
)
def test_each_list_has_a_count_of_its_own(
    reads: Reads, first: int, second: int, doubts: list[tuple[int, int]]
) -> None:
    read = reads(
        f"{first} CLS sont signés :\n- Laval\n- Cholet\n- Trélazé\n\n"
        f"{second} CLS sont signés :\n- Dole\n- Tavaux\n"
    )
    said = [x["fr"] for d in read.drafts for x in d.doubts if "annonce" in x["fr"]]
    assert len(read.drafts) == 5
    assert said == [f"Le texte annonce {n} contrats, {m} sont reconnus." for n, m in doubts]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # The communes of one contract, its documents, its meetings, a table of its towns.
        (
            "Le CLS du Pays de Craon est signé par la communauté de communes du Pays de Craon et l'ARS. Les "
            "contrats locaux de santé sont signés pour cinq ans. Il couvre :\n- Craon\n- Renazé\n",
            ["epci/200048551"],
        ),
        ("Documents\n- Contrat local de santé de Pau 2019-2023\n- CLS de Pau : avenant", ["commune/64445"]),
        (
            "Contrat local de santé de Pau\nLes CLS durent cinq ans. Réunions :\n- Lescar\n- Billère",
            ["commune/64445"],
        ),
        (
            "Le CLS de Pau\n\nLes communes du CLS :\nCommune | Ouverture\nBillère | 2019\nLons | 2021\n",
            ["commune/64445"],
        ),
        # The contracts of others.
        (
            "La Ville de Pau et l'ARS ont signé leur contrat local de santé.\n\nLes autres contrats "
            "locaux de santé du département :\n- CLS d'Orthez\n- CLS de Bayonne",
            ["commune/64445"],
        ),
        # Another thing.
        ("Un conseil local de santé mentale peut naître d'un CLS. En voici :\n- Roubaix\n- Lens\n", []),
    ],
)
def test_other_lists_are_no_contracts(reads: Reads, text: str, codes: list[str]) -> None:
    assert _codes(reads(text)) == codes
