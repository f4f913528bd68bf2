"""The kind of contract in words: articles that agree, names that are other things left alone."""

from __future__ import annotations

import pytest

from cls_graph.kind import Kind, Words, english, french

CITY = Kind({"fr": french("contrat de ville"), "en": english("city contract")})
DEAL = Kind({"fr": french("accord de santé"), "en": english("accord")})
PACT = Kind({"fr": french("convention territoriale globale"), "en": english("territorial convention")})


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (CITY, "Contrat local de santé", "Contrat de ville"),
        (CITY, "Règles des contrats locaux de santé", "Règles des contrats de ville"),
        (DEAL, "Le contrat local de santé", "L'accord de santé"),
        (DEAL, "but du contrat local de santé", "but de l'accord de santé"),
        (DEAL, "au contrat local de santé, nombre de contrats locaux de santé",
         "à l'accord de santé, nombre d'accords de santé"),
        (DEAL, "ce contrat local de santé", "cet accord de santé"),
        (PACT, "d'un contrat local de santé", "d'une convention territoriale globale"),
        (PACT, "tout contrat local de santé", "toute convention territoriale globale"),
        (PACT, "un contrat local de santé mentale", "un contrat local de santé mentale"),
        (Kind(), "un contrat local de santé", "un contrat local de santé"),
    ],
)  # fmt: skip
def test_french_articles_agree(kind: Kind, text: str, said: str) -> None:
    assert kind.said(text, "fr") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A local health contract is made", "An accord is made"),
        ("Across local health contracts", "Across accords"),
        ("of a local health contract", "of an accord"),
    ],
)
def test_english_articles_agree(text: str, said: str) -> None:
    assert DEAL.said(text, "en") == said
    assert DEAL.said(text, "de") == text


def test_a_plural_that_is_given_is_kept() -> None:
    assert french("bail rural", "baux ruraux") == Words("bail rural", "baux ruraux")
    assert english("policy").plural == "policies"
