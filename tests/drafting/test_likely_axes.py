"""Axes by likeness: lists whose turn no rule knows, and lists of something else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph.drafting.doubts import NOTES
from cls_graph.drafting.likelihood import weights_of

Reads = Callable[[str], Any]
HEAD = (
    "Contrat local de santé de Pau\n\nLe contrat local de santé de Pau a été signé le 3 mai 2024 par la "
    "Ville de Pau et l'ARS.\n\n"
)
NAMES = ["Améliorer l'accès aux soins", "Promouvoir la santé mentale", "Prévenir les conduites addictives"]


def _items(names: list[str]) -> str:
    return "\n".join(f"- {name} ;" for name in names)


def test_a_list_that_no_rule_knows_is_proposed_with_a_note(reads: Reads) -> None:
    found = reads(
        HEAD + "Le territoire et ses partenaires ont bâti ensemble leur réponse :\n" + _items(NAMES)
    )
    assert found.axes() == NAMES
    rows = found.record["programme"]
    assert all(row["note"] == NOTES["likely-axes"] and row["confidence"] <= 0.8 for row in rows)


def test_numbered_parts_are_of_one_list_whatever_is_told_of_each(reads: Reads) -> None:
    told = [
        f"{letter} – {name}\n{letter}1 Un bus\n{letter}2 Un annuaire"
        for letter, name in zip("ABC", NAMES, strict=True)
    ]
    assert reads(HEAD + "Le plan d'actions du contrat\n" + "\n".join(told)).axes() == NAMES


@pytest.mark.parametrize(
    "text",
    [
        "Les ateliers de la journée :\n" + _items(NAMES),
        "La CPTS poursuit son action :\n" + _items(NAMES),
        "Au programme de la réunion :\n" + _items(NAMES),
        "Ingrédients :\n- deux oignons ;\n- trois carottes ;\n- un verre de lait.",
        "Étaient présents :\n- Mme Durand, maire ;\n- M. Petit, directeur ;\n- le docteur Martin.",
        "À l'ordre du jour :\n- le budget ;\n- la voirie ;\n- les questions diverses.",
    ],
)
def test_a_list_of_something_else_is_not_proposed(reads: Reads, text: str) -> None:
    assert reads(HEAD + text).axes() == []


def test_weights_are_traits_that_can_be_read() -> None:
    told = weights_of("axis-weights.tsv")
    assert told["health all"] > 0 > told["health none"]
    assert told["of another"] < 0


@pytest.mark.slow
def test_the_weights_are_those_of_the_texts(repo: Path, tmp_path: Path) -> None:
    """Another processor may end its search a little elsewhere: the same traits, nearly the same weights."""
    made = tmp_path / "weights.tsv"
    subprocess.run([sys.executable, repo / "scripts" / "weigh_axes.py", "--out", made], check=True)
    rows = (line.split("\t") for line in made.read_text(encoding="utf-8").splitlines())
    again, kept = {trait: float(weight) for trait, weight in rows}, weights_of("axis-weights.tsv")
    apart = [abs(again.get(trait, 0.0) - kept.get(trait, 0.0)) for trait in again.keys() | kept.keys()]
    assert max(apart) < 0.1
    assert sum(apart) / len(apart) < 0.01
