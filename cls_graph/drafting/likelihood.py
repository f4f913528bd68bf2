"""How likely something is by its traits: a sum of weights, one a trait (logistic regression).

Tables of weights are made by the scripts ``scripts/weigh_*.py``: a line each, trait and weight; that of the
empty trait stands for all.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import exp


@cache
def weights_of(table: str) -> dict[str, float]:
    """The weights of a table of this package."""
    text = files("cls_graph.drafting").joinpath(table).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {trait: float(weight) for trait, weight in rows}


def likelihood(known: dict[str, float], traits: Iterable[str]) -> float:
    """How likely what has these traits is, from 0 to 1."""
    told = sum(sorted(known.get(trait, 0.0) for trait in traits)) + known[""]
    return 1 / (1 + exp(-told))
