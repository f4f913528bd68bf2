"""Lists in a PDF, whose lines the page has wrapped: the same axes and signatories as in the text."""

from __future__ import annotations

import pytest

from benchmarks.printed import pdf
from cls_graph.corpus import Corpus
from cls_graph.drafting import draft, read_bytes

from .conftest import Read

HEAD = "Contrat local de santé de Pau\n\nLe contrat local de santé a été signé le 3 mai 2024.\n\n"
AXES = (
    "Améliorer l'accès aux soins de premier recours dans les communes les plus éloignées de la ville, avec "
    "l'appui des Équipes mobiles",
    "Promouvoir la santé mentale et prévenir le suicide chez les jeunes de quinze à vingt-cinq ans, dans les "
    "Lycées et les missions locales",
    "Agir sur l'environnement",
)
BODIES = (
    "La communauté d'agglomération Pau Béarn Pyrénées, représentée par son président, Monsieur Alain"
    " Roux, dûment "
    "habilité par une délibération",
    "L'Agence régionale de santé Nouvelle-Aquitaine, représentée par le directeur de sa délégation des "
    "Pyrénées-Atlantiques",
    "La Caisse primaire d'assurance maladie de Pau-Pyrénées, représentée par sa directrice, Madame Anne"
    " Petit, et "
    "son agent comptable",
)
KINDS = ["epci", "ars", "cpam"]


def printed(text: str, after: float, width: int) -> Read:
    return Read(draft(read_bytes("a.pdf", pdf(text, after=after, width=width)), Corpus.open()))


SETTINGS = [(8, 92), (8, 60), (4, 92)]
"""Room between paragraphs, in points, and letters of a line; without room only marks tell them apart."""


@pytest.mark.parametrize(
    ("mark", "after", "width"),
    [*((mark, *one) for mark in ("• ", "1. ", "") for one in SETTINGS), ("• ", 0, 92), ("1. ", 0, 92)],
)
def test_wrapped_lists_of_axes(mark: str, after: float, width: int) -> None:
    items = "\n\n".join(mark.replace("1", str(at)) + axis for at, axis in enumerate(AXES, 1))
    read = printed(
        f"{HEAD}Il comporte trois axes :\n\n{items}\n\nUn comité se réunit chaque année.", after, width
    )
    assert read.axes() == list(AXES)


@pytest.mark.parametrize(("after", "width"), [(8, 92), (8, 60), (0, 92)])
def test_wrapped_lists_of_signatories(after: float, width: int) -> None:
    items = "\n\n".join("• " + body for body in BODIES)
    read = printed(f"{HEAD}Les signataires :\n\n{items}\n\nUn comité se réunit chaque année.", after, width)
    assert [line.split(" ", 1)[0] for line in read.signatories()] == KINDS


def test_a_header_of_parties_printed() -> None:
    text = "Contrat local de santé de Pau\n\nEntre\n\n" + "\n\net\n\n".join(f"{b}," for b in BODIES)
    read = printed(f"{text}\n\nIl est convenu ce qui suit.", 8, 92)
    assert [line.split(" ", 1)[0] for line in read.signatories()] == KINDS
