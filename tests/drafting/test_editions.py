"""Pages that tell the contracts of one territory one after the other: a draft for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Read

PAGE = (
    "Les contrats locaux de santé de Vaulx-en-Velin\n\n{intro}\n\n"
    "{first}\n{old}\nAxes : nutrition ; santé mentale.\n\n"
    "{second}\n{new}\nAxes : accès aux soins ; santé environnementale.\n"
)
INTRO = "La ville de Vaulx-en-Velin est engagée depuis longtemps."
OLD = "Signé le 3 mars 2013 par la Ville et l'ARS Rhône-Alpes."
NEW = "Signé le 5 juillet 2018 par la Ville, l'ARS Auvergne-Rhône-Alpes et la CPAM du Rhône."
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
def test_each_contract_under_its_heading_is_a_draft(
    reads: Callable[[str], Read], first: str, second: str
) -> None:
    read = reads(PAGE.format(intro=INTRO, first=first, second=second, old=OLD, new=NEW))
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


def test_a_heading_without_a_signing_is_no_contract_of_its_own(reads: Callable[[str], Read]) -> None:
    read = reads(
        PAGE.format(
            intro=INTRO,
            first=HEADINGS[0][0],
            second=HEADINGS[0][1],
            old="Un premier bilan a été fait.",
            new=NEW,
        )
    )
    assert [len(d.record["engagements"]) for d in read.drafts] == [3]


def test_a_contract_told_above_the_headings_is_not_lost(reads: Callable[[str], Read]) -> None:
    intro = (
        "Le troisième contrat local de santé a été signé le 9 mai 2024 par la Ville de Vaulx-en-Velin,"
        " l'ARS Auvergne-Rhône-Alpes, la CPAM du Rhône et la Métropole de Lyon."
    )
    read = reads(PAGE.format(intro=intro, first=HEADINGS[0][0], second=HEADINGS[0][1], old=OLD, new=NEW))
    assert read.record["contract"]["ordinal"]["value"] == 3
    assert "epci Métropole de Lyon" in read.signatories()
