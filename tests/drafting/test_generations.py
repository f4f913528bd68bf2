"""A page that tells the contracts of one territory one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
TITLE = "Les contrats locaux de santé d'Évreux\n\nLa ville d'Évreux agit depuis longtemps.\n\n"
FIRST = "Signé le 3 mai 2012 par la Ville, l'ARS Normandie et la préfecture de l'Eure."
SECOND = (
    "Date de signature : 9 juin 2017\nSignataires : Ville, ARS Normandie, CPAM de l'Eure, Département de "
    "l'Eure\nAxes\n- offre de soins\n- nutrition\n- santé des femmes"
)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CLS 1 (2012-2015)", "CLS 2 (2017-2021)"),
        ("Premier contrat local de santé : 2012-2015", "Deuxième contrat local de santé : 2017-2021"),
        ("1er CLS", "2e CLS"),
        ("2012-2015 : le premier contrat", "2017-2021 : le deuxième contrat"),
        ("Contrat local de santé 2012-2015", "Contrat local de santé 2017-2021"),
        ("Première génération (2012-2015)", "Seconde génération (2017-2021)"),
    ],
)
@pytest.mark.parametrize("latest_first", [False, True])
def test_each_head_begins_a_contract(reads: Reads, one: str, two: str, latest_first: bool) -> None:
    parts = [f"{one}\n{FIRST}", f"{two}\n{SECOND}"]
    read = reads(TITLE + "\n\n".join(parts[::-1] if latest_first else parts))
    order = (1, 0) if latest_first else (0, 1)
    heads = [read.drafts[i].record["contract"] for i in order]
    assert len(read.drafts) == 2
    assert [h["territory_label"] for h in heads] == ["Évreux"] * 2
    if "20" in one:
        assert [h["period"]["value"]["begin"] for h in heads] == ["2012", "2017"]
    days = [read.drafts[i].record["milestones"][0]["stated_date"] for i in order]
    assert days == ["2012-05-03", "2017-06-09"]
    assert [len(read.signatories(i)) for i in order] == [3, 4]
    assert read.axes(order[0]) == []
    assert read.axes(order[1]) == ["offre de soins", "nutrition", "santé des femmes"]


def test_lines_that_each_tell_of_one_contract(reads: Reads) -> None:
    read = reads(
        TITLE + "- CLS 1 (2012-2015) : signé le 3 mai 2012 par la Ville et l'ARS Normandie\n"
        "- CLS 2 (2017-2021) : signé le 9 juin 2017 par la Ville, l'ARS Normandie et la CPAM de l'Eure"
    )
    assert [len(read.signatories(i)) for i in range(len(read.drafts))] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Premier contrat\nUn premier contrat (2012-2015) avait permis d'agir.\n\nDeuxième contrat\nLe "
        "deuxième contrat a été signé le 9 juin 2017 par la Ville et l'ARS Normandie.",
        "Historique\n- 2012 : premier CLS\n- 2017 : deuxième CLS\n\nLe contrat local de santé a été signé le "
        "9 juin 2022 par la Ville et l'ARS Normandie.",
    ],
)
def test_a_history_without_days_is_no_contract_of_its_own(reads: Reads, text: str) -> None:
    assert len(reads(TITLE + text).drafts) == 1


TURNS = (
    "Les contrats locaux de santé de Vaulx-en-Velin\n\n{intro}\n\n"
    "{first}\n{old}\nAxes : nutrition ; santé mentale.\n\n"
    "{second}\n{new}\nAxes : accès aux soins ; santé environnementale.\n"
)
INTRO = "La ville de Vaulx-en-Velin est engagée depuis longtemps."
OLDER = "Signé le 3 mars 2013 par la Ville et l'ARS Rhône-Alpes."
NEWER = "Signé le 5 juillet 2018 par la Ville, l'ARS Auvergne-Rhône-Alpes et la CPAM du Rhône."
HEADINGS = [
    ("CLS 1 (2013-2016)", "CLS 2 (2018-2022)"),
    ("Le premier contrat local de santé (2013-2016)", "Le deuxième contrat local de santé (2018-2022)"),
    ("1er CLS : 2013-2016", "2e CLS : 2018-2022 (en cours)"),
    ("2013-2016 : le premier CLS", "2018-2022 : le deuxième CLS"),
    ("De 2013 à 2016 : le CLS 1", "De 2018 à 2022 : le CLS 2"),
    ("2013-2016", "2018-2022"),
    ("Contrat local de santé n° 1 (2013–2016)", "Contrat local de santé n° 2 (2018–2022)"),
    ("Le CLS de première génération (2013-2016)", "Le CLS de deuxième génération (2018-2022)"),
    ("Le CLS 1 de Vaulx-en-Velin (2013-2016)", "Le CLS 2 de Vaulx-en-Velin (2018-2022)"),
    ("Le premier contrat (2013-2016)", "Le nouveau contrat (2018-2022)"),
]


@pytest.mark.parametrize(("first", "second"), HEADINGS, ids=[row[1] for row in HEADINGS])
def test_each_contract_under_its_heading_is_a_draft(reads: Reads, first: str, second: str) -> None:
    read = reads(TURNS.format(intro=INTRO, first=first, second=second, old=OLDER, new=NEWER))
    heads = [d.record["contract"] for d in read.drafts]
    assert [h["territory_label"] for h in heads] == ["Vaulx-en-Velin"] * 2
    assert [h["period"]["value"] for h in heads] == [
        {"begin": "2013", "end": "2016"},
        {"begin": "2018", "end": "2022"},
    ]
    days = [m.get("stated_date") for d in read.drafts for m in d.record["milestones"]]
    assert days == ["2013-03-03", "2018-07-05"]
    assert [len(read.signatories(n)) for n in (0, 1)] == [2, 3]
    assert [read.axes(n)[0] for n in (0, 1)] == ["nutrition", "accès aux soins"]


def test_a_heading_without_a_signing_is_no_contract_of_its_own(reads: Reads) -> None:
    read = reads(
        TURNS.format(
            intro=INTRO,
            first=HEADINGS[0][0],
            second=HEADINGS[0][1],
            old="Un premier bilan a été fait.",
            new=NEWER,
        )
    )
    assert [len(d.record["engagements"]) for d in read.drafts] == [3]


def test_a_contract_told_above_the_headings_is_not_lost(reads: Reads) -> None:
    intro = (
        "Le troisième contrat local de santé a été signé le 9 mai 2024 par la Ville de Vaulx-en-Velin,"
        " l'ARS Auvergne-Rhône-Alpes, la CPAM du Rhône et la Métropole de Lyon."
    )
    read = reads(TURNS.format(intro=intro, first=HEADINGS[0][0], second=HEADINGS[0][1], old=OLDER, new=NEWER))
    assert read.record["contract"]["ordinal"]["value"] == 3
    assert "epci Métropole de Lyon" in read.signatories()
