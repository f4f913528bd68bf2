"""The axes of a list are read whatever its heading, its marks, what stands between its items and below it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

NAMES = (
    "Accès aux soins",
    "Prévention et promotion de la santé",
    "Santé mentale",
    "Bien vieillir à domicile",
)
HEADS = (
    "Les axes",
    "Nos priorités",
    "LES PRIORITÉS DU CONTRAT",
    "Le contrat comporte quatre axes :",
    "2. Les axes",
    "Article 2 – Les axes du contrat",
    "Quatre orientations ont été retenues :",
    "5. QUELS AXES ?",
    "III – Les orientations",
    "4 axes, 22 actions",
)
MARKS = (
    "- ",
    "• ",
    "1. ",
    "1 – ",
    "1/ ",
    "1) ",
    "→ ",
    "① ",
    "A. ",
    "Axe 1 : ",
    "Axe n°1 – ",
    "Priorité 1 : ",
)
BETWEEN = (
    "",
    "\n",
    "\nConsultations avancées, transport à la demande.\n",
    "\n    - un centre\n    - un bus",
    " (5 fiches)",
)
BELOW = (
    "Téléchargez le contrat (PDF)\nContact : mairie de Pau",
    "Un comité de pilotage se réunit chaque année. Il suit les actions.",
    "LA GOUVERNANCE\nUn comité se réunit.",
    "Gouvernance\n- un comité de pilotage\n- un comité technique",
    "Article 3 – Gouvernance\nUn comité se réunit.",
    "3. La gouvernance\nUn comité se réunit.",
    "Fait à Pau, le 3 mai 2024",
    "Une question ?\nService santé, 05 59 00 00 00",
)
TEXTS = 90
LEAST = 0.97
"""The part of the texts whose axes must be read, all of them and no other."""


def _texts() -> Iterator[str]:
    chance = random.Random(3)
    for head, mark, between, below in chance.sample(list(product(HEADS, MARKS, BETWEEN, BELOW)), TEXTS):
        marks = [mark.replace("1", str(n)).replace("A. ", f"{'ABCD'[n - 1]}. ") for n in range(1, 5)]
        marks = [m.replace("①", "①②③④"[n]) for n, m in enumerate(marks)]
        listed = "\n".join(f"{m}{name}{between}" for m, name in zip(marks, NAMES, strict=True))
        yield f"Contrat local de santé de Pau\n\nIl a été signé en 2024.\n\n{head}\n{listed}\n\n{below}"


def test_the_axes_of_a_list_are_read_in_every_layout(reads: Callable[[str], Any]) -> None:
    wrong = [text for text in _texts() if tuple(reads(text).axes()) != NAMES]
    assert len(wrong) <= (1 - LEAST) * TEXTS, wrong[:3]
