"""Amendments: proposed where the text announces one, with its words, date and new end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Reads = Callable[[str], Any]
SIGNED = (
    "Contrat local de santé de Pau\n\nLe contrat local de santé a été signé le 3 mai 2021 par la Ville de "
    "Pau et l'ARS Nouvelle-Aquitaine pour trois ans. "
)


def test_a_signed_amendment_gives_the_new_end(reads: Reads) -> None:
    read = reads(SIGNED + "Un avenant n° 1, signé le 2 avril 2024, le prolonge jusqu'au 31 décembre 2025.")
    (amendment,) = read.record["amendments"]
    assert amendment["title"] == "Avenant n° 1"
    assert amendment["period"] == {"end": "2025-12-31"}
    assert [q["quote"] for q in amendment["evidence"]] == ["avenant n° 1", "jusqu'au 31 décembre 2025"]
    step = next(m for m in read.record["milestones"] if m["id"] == amendment["milestone"])
    assert (step["type"], step["stated_date"]) == ("amendment", "2024-04-02")
    assert read.record["contract"]["period"]["value"] == {"duration": "P3Y"}
    assert "assertion" not in amendment


def test_an_extension_without_the_word_is_one(reads: Reads) -> None:
    read = reads(SIGNED + "Le contrat a été prolongé jusqu'en 2025.")
    assert [a["period"] for a in read.record["amendments"]] == [{"end": "2025"}]


def test_the_years_of_the_contract_are_no_new_end(reads: Reads) -> None:
    head = "Avenant n° 1 au contrat local de santé 2019-2023 de Pau\n\nIl est signé depuis le 3 mai 2019. "
    read = reads(head + "Il est prolongé jusqu'au 31 décembre 2024.")
    assert [a["period"] for a in read.record["amendments"]] == [{"end": "2024-12-31"}]
    assert read.record["contract"]["period"]["value"] == {"begin": "2019", "end": "2023"}


def test_an_extension_of_the_contract_before_is_none(reads: Reads) -> None:
    read = reads(
        "Contrat local de santé de Pau\n\nEn 2016, Pau et l'ARS paraphaient un premier contrat local de "
        "santé. "
        "Prévu pour trois ans, il aura été prorogé jusqu'à l'été 2021. Le second contrat, signé le 17 juin "
        "2022, "
        "court de 2022 à 2026."
    )
    assert "amendments" not in read.record
    assert read.record["contract"]["period"]["value"] == {"begin": "2022", "end": "2026"}


def test_amendments_follow_one_another_and_bring_parties_in(reads: Reads) -> None:
    read = reads(
        SIGNED + "L'avenant n° 1, conclu le 2 avril 2024, proroge le contrat jusqu'en 2025. "
        "L'avenant n° 2, signé le 8 janvier 2025, intègre un nouveau signataire, la CPTS du Béarn."
    )
    first, second = read.record["amendments"]
    assert second["revises"] == first["id"]
    (added,) = second["added_parties"]
    rows = {e["id"]: e["name_as_stated"] for e in read.record["engagements"]}
    assert rows[added] == "CPTS du Béarn"
    assert "added_parties" not in first


@pytest.mark.parametrize(
    "sentence",
    [
        "Le conseil municipal autorise le maire à signer l'avenant n° 1.",
        "Il est proposé de le prolonger d'un an par avenant.",
    ],
)
def test_a_vote_on_an_amendment_is_doubtful(reads: Reads, sentence: str) -> None:
    (amendment,) = reads(SIGNED + sentence).record["amendments"]
    assert amendment["assertion"] == "unresolved"
    assert "pas qu'il est signé" in amendment["note"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Il peut être prorogé par voie d'avenant.",
        "Toute modification du contrat fera l'objet d'un avenant.",
        "Un avenant au contrat de ville a été signé le 2 avril 2024.",
        "L'avenant à la convention de partenariat a été signé le 2 avril 2024.",
    ],
)
def test_what_may_be_or_is_of_another_agreement_is_none(reads: Reads, sentence: str) -> None:
    assert "amendments" not in reads(SIGNED + sentence).record
