"""Pages that count and list several contracts in one sentence, and those that only speak of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]


def _labels(read: Any) -> list[str]:
    return [d.record["contract"].get("territory_label", "") for d in read.drafts]


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil métropolitain a voté la signature de trois contrats locaux de santé : {list}. Chacun est "
        "porté par la commune et l'ARS.",
        "Avec la signature de trois nouveaux contrats locaux de santé en Gironde, l'ARS agit aux côtés des "
        "communes de {list}.",
        "L'ARS Nouvelle-Aquitaine a signé trois CLS avec les villes de {list}.",
        "Trois CLS sont désormais signés : à {list}.",
        "3 contrats locaux de santé (CLS) sont signés par {list}.",
        "Trois CLS pour la Gironde : {list}",
    ],
)
@pytest.mark.parametrize("joint", [", {} et {}", ", {}, {}"])
def test_each_contract_that_is_counted_and_named_is_a_draft(reads: Reads, text: str, joint: str) -> None:
    names = "Lormont" + joint.format("Cenon", "Bassens")
    read = reads(text.format(list=names))
    assert _labels(read) == ["Lormont", "Cenon", "Bassens"]
    places = [d.record["contract"]["territory"][0]["value"] for d in read.drafts]
    assert places == ["commune/33249", "commune/33119", "commune/33032"]


GROUPS = ("communauté de communes du Pays de Pouzauges", "Challans Gois Communauté", "Terres de Montaigu")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "La Caf de la Vendée a signé, jeudi 9 février 2023, des contrats locaux de santé avec trois "
            "intercommunalités :\n- la {} ;\n- {} ;\n- {}.\n",
            GROUPS,
        ),
        (
            "Vendée. Jeudi 9 février 2023, trois intercommunalités – les communautés de communes du Pays de "
            "Pouzauges et de Vendée Grand Littoral, la communauté d'agglomération Terres de Montaigu – ont "
            "chacune signé leur contrat local de santé avec la Caf de la Vendée.",
            ("Pays de Pouzauges", "Vendée Grand Littoral", "communauté d'agglomération Terres de Montaigu"),
        ),
    ],
)
def test_groups_that_each_sign_are_a_draft_each_with_none_of_the_others(
    reads: Reads, text: str, labels: tuple[str, ...]
) -> None:
    read = reads(text.format(*GROUPS))
    assert _labels(read) == list(labels)
    for made, label in zip(read.drafts, labels, strict=True):
        signers = [e["name_as_stated"] for e in made.record["engagements"] if e["role"] == "signatory"]
        assert "Caf de la Vendée" in signers
        assert len(signers) == 2
        assert any(label in name for name in signers)
        assert made.record["milestones"][0]["stated_date"] == "2023-02-09"


def test_a_place_and_its_people_are_one_contract(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé de la communauté d'agglomération lavalloise 2015 - 2023\n\n"
        "Le contrat local de santé de Laval Agglomération a été signé le 3 juillet 2015. Les contrats locaux "
        "de santé de nouvelle génération sont un cadre commun."
    )
    assert _labels(read) == ["Laval Agglomération"]


def test_what_names_none_is_told_of_all(reads: Reads) -> None:
    read = reads(
        "Trois CLS pour la Gironde : Lormont, Cenon et Floirac\n\nIls ont été signés le 3 mai 2024 par les "
        "villes et l'ARS. Celui de Cenon compte trois axes : l'accès aux soins, la nutrition et le sport."
    )
    assert [d.record["milestones"][0]["stated_date"] for d in read.drafts] == ["2024-05-03"] * 3
    assert [len(read.axes(n)) for n in range(3)] == [0, 3, 0]


@pytest.mark.parametrize("said", ["s'étendent sur six ans", "sont conclus pour six ans"])
def test_what_is_said_of_the_two_is_told_of_both(reads: Reads, said: str) -> None:
    read = reads(
        "Le CLS de Pau a été signé le 3 mai 2024 par la Ville de Pau. Le CLS de Bayonne a été signé le 4 mai "
        f"2024 par la Ville de Bayonne. Les deux contrats {said}."
    )
    assert [d.record["contract"]["period"]["value"] for d in read.drafts] == [{"duration": "P6Y"}] * 2


def test_what_such_contracts_are_is_told_of_none(reads: Reads) -> None:
    read = reads(
        "La Métropole a voté trois CLS : Échirolles, Le Pont-de-Claix et Saint-Égrève.\n\nUn contrat local "
        "de santé est porté par la commune et l'ARS. Il porte sur la prévention, la santé mentale et l'accès "
        "aux soins."
    )
    assert [read.axes(n) for n in range(3)] == [[], [], []]


@pytest.mark.parametrize(
    "text",
    [
        "Le contrat local de santé de Pau est signé par la Ville et l'ARS. Trois CLS existent dans le "
        "département : Orthez, Oloron-Sainte-Marie et Bayonne.",
        "Le contrat local de santé de Pau est signé. Deux CLS voisins, à Tarbes et Lourdes, l'ont inspiré.",
        "Deux CLS avaient déjà été signés à Tarbes et Lourdes. Le contrat local de santé de Pau est signé.",
        "Le contrat local de santé de Pau est l'un des douze CLS de l'ARS Nouvelle-Aquitaine.",
        "Le deuxième contrat local de santé de Pau est signé.",
    ],
)
def test_contracts_of_others_are_no_drafts(reads: Reads, text: str) -> None:
    assert _labels(reads(text)) == ["Pau"]


@pytest.mark.parametrize(
    "text",
    [
        "Les villes de {list} ont chacune leur contrat local de santé, signé avec l'ARS.",
        "{list} ont signé chacune un contrat local de santé avec l'ARS Nouvelle-Aquitaine.",
        "Les communes de {list} sont toutes dotées d'un CLS.",
        "{list} signent leurs premiers contrats locaux de santé.",
        "3 villes ont signé des CLS de seconde génération avec l'ARS et la préfecture : {list}.",
        "Sept CLS sont déjà signés (notamment à {list}), cinq s'écrivent.",
        "Cinq communes du département ont signé un CLS, dont {list}.",
        "Le département compte trois contrats locaux de santé, ceux de {list}.",
    ],
)
def test_each_of_those_that_have_one_is_a_draft(reads: Reads, text: str) -> None:
    read = reads("Gironde : la santé des villes\n\n" + text.format(list="Lormont, Cenon et Bassens"))
    assert _labels(read) == ["Lormont", "Cenon", "Bassens"]


@pytest.mark.parametrize(
    "text",
    [
        "Lormont, Cenon et Floirac ont signé un contrat local de santé commun avec l'ARS.",
        "Les villes de Lormont, Cenon et Floirac signent un contrat local de santé avec l'ARS.",
        "Lormont, Cenon et Floirac préparent chacune un contrat local de santé.",
        "Le contrat local de santé est signé. Lormont, Cenon et Floirac ont chacune leur référent.",
        "Trois communes signent le contrat local de santé : Lormont, Cenon et Floirac.",
    ],
)
def test_one_contract_of_several_places_is_one_draft(reads: Reads, text: str) -> None:
    assert len(reads(text).drafts) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Pau. Le maire a signé le contrat local de santé avec la CPAM. Les villes de Bayonne, Orthez et "
        "Biarritz ont chacune leur contrat local de santé.",
        "Conseil municipal de Pau. Plusieurs villes ont déjà signé des CLS : Bayonne, Orthez et Biarritz. Le "
        "conseil approuve le contrat local de santé de Pau.",
        "Le contrat local de santé de Pau est le quatrième, après les contrats locaux de santé de Bayonne et "
        "d'Orthez.",
    ],
)
def test_those_of_others_are_not_taken_for_its_own(reads: Reads, text: str) -> None:
    assert _labels(reads(text)) == ["Pau"]


def test_each_has_the_years_behind_its_name(reads: Reads) -> None:
    read = reads(
        "Dans la Métropole de Lyon, trois communes ont signé un contrat local de santé : Vaulx-en-Velin "
        "(2025-2030), Vénissieux (2022-2026) et Givors (2020-2023)."
    )
    periods = [d.record["contract"]["period"]["value"] for d in read.drafts]
    assert [(p["begin"], p["end"]) for p in periods] == [
        ("2025", "2030"),
        ("2022", "2026"),
        ("2020", "2023"),
    ]


def test_the_count_may_stand_elsewhere_and_others_may_be_named_beside(reads: Reads) -> None:
    read = reads(
        "Dans le Val-de-Marne, Champigny, Vitry et Villejuif signent ce mardi un contrat local de santé."
        "\n\nTrois contrats en une fois : l'ARS les signe à Créteil. Huit autres villes ont un CLS : "
        "Bonneuil, Orly et Ivry."
    )
    assert _labels(read) == ["Champigny", "Vitry", "Villejuif"]


def test_one_by_one(reads: Reads) -> None:
    read = reads("L'ARS a signé deux contrats locaux de santé, l'un avec Bressuire, l'autre avec Thouars.")
    assert _labels(read) == ["Bressuire", "Thouars"]


def test_fewer_than_counted_are_a_doubt(reads: Reads) -> None:
    read = reads("En 2016, cinq communes du département ont signé un CLS, dont Lormont et Cenon.")
    assert "annonce 5 contrats, 2 sont reconnus" in read.doubts()


def test_a_title_of_somebody_is_no_contract(reads: Reads) -> None:
    read = reads("Pau. Élu référent : Luc Essai. Chargée de mission contrat local de santé : Zoé Essai.")
    assert _labels(read) == [""]


def test_years_are_enough_under_headings_of_rank_and_years(reads: Reads) -> None:
    read = reads(
        "Le contrat local de santé d'Évreux\n\n2012 - 2017 : 1er contrat local de santé d'Évreux\nC'est en "
        "2012 qu'un contrat local de santé a été signé par la Ville et l'ARS Normandie.\n\n"
        "2019 - 2023 : 2e contrat local de santé d'Évreux\nEn 2019, le second contrat a été signé par la "
        "Ville, l'ARS Normandie et la CPAM de l'Eure."
    )
    heads = [d.record["contract"] for d in read.drafts]
    assert [h["period"]["value"] for h in heads] == [
        {"begin": "2012", "end": "2017"},
        {"begin": "2019", "end": "2023"},
    ]
    assert [len(read.signatories(n)) for n in (0, 1)] == [2, 3]
