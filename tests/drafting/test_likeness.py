"""Who signs, by likeness: texts whose turn no rule knows, and texts that only look alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cls_graph.drafting.doubts import NOTES
from cls_graph.drafting.layout import Page
from cls_graph.drafting.likely import likely, weights
from cls_graph.drafting.mentions import find_mentions

Reads = Callable[[str], Any]
HEAD = "Contrat local de santé du Pays de Craon\n\n"
BODIES = "l'ARS Pays de la Loire, la communauté de communes du Pays de Craon et la CPAM de la Mayenne"


def _sure(text: str) -> list[float]:
    page = Page(text)
    return [sure for run, sure in likely(page, find_mentions(page)) if len(run.members) > 1]


@pytest.mark.parametrize(
    ("signs", "does_not"),
    [
        (f"Le contrat a réuni les signatures que voici : {BODIES}.", f"Étaient présents : {BODIES}."),
        (f"Contrat signé entre {BODIES}.", f"Le diagnostic a été mené en lien avec {BODIES}."),
        (f"Les signataires :\n\n- {BODIES}", f"Les partenaires consultés :\n\n- {BODIES}"),
    ],
)
def test_what_signs_is_likelier_than_what_only_stands_by(signs: str, does_not: str) -> None:
    assert max(_sure(HEAD + signs)) > 0.8
    assert max(_sure(HEAD + does_not)) < 0.5


def test_what_is_read_by_likeness_says_so(reads: Reads) -> None:
    found = reads(HEAD + f"Pour ce contrat local de santé signé en mai, {BODIES} unissent leurs forces.")
    assert [line.split(" ", 1)[0] for line in found.signatories()] == ["ars", "epci", "cpam"]
    rows = found.record["engagements"]
    assert all(NOTES["likely"] in e["note"] for e in rows)
    assert all(e["confidence"] <= 0.8 for e in rows)


def test_weights_are_words_and_families_that_can_be_read() -> None:
    told = weights()
    assert told["fB s"] > 0.2, "a participle of signing before"
    assert told["fB Z"] < -0.5, "a word of presence or help before"


@pytest.mark.slow
def test_the_weights_are_those_of_the_texts(repo: Path, tmp_path: Path) -> None:
    """Another processor may end its search a little elsewhere: the same traits, nearly the same weights."""
    made = tmp_path / "weights.tsv"
    subprocess.run([sys.executable, repo / "scripts" / "weigh_signing.py", "--out", made], check=True)
    rows = (line.split("\t") for line in made.read_text(encoding="utf-8").splitlines())
    again, kept = {trait: float(weight) for trait, weight in rows}, weights()
    apart = [abs(again.get(trait, 0.0) - kept.get(trait, 0.0)) for trait in again.keys() | kept.keys()]
    assert max(apart) < 0.1
    assert sum(apart) / len(apart) < 0.01
