"""Makes weights of traits: what scripts that weigh share (logistic regression, a penalty on the squares)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import optimize, sparse

LEAST, PENALTY = 4, 3.0
"""Texts that a trait is in, at least; the penalty."""


def matrix_of(traits: Sequence[frozenset[str]], text: Sequence[int]) -> tuple[Any, list[str]]:
    """Rows of traits as a matrix, and the traits of its columns: those that enough texts have."""
    texts = Counter(t for t, _ in {(t, n) for ts, n in zip(traits, text, strict=True) for t in ts})
    names = sorted(t for t, count in texts.items() if count >= LEAST)
    place = {name: i for i, name in enumerate(names)}
    cells = [(r, place[t]) for r, ts in enumerate(traits) for t in ts if t in place]
    shape = (len(traits), len(names))
    return sparse.csr_array((np.ones(len(cells)), tuple(np.array(cells).T)), shape=shape), names


def fit(matrix: Any, held: Any, counted: Any) -> Any:
    """The weights, the last for all: where the loss with its penalty is least.

    ``held``: 1 or 0 a row; ``counted``: how much each row counts.
    """

    def loss(w: Any) -> tuple[float, Any]:
        told = matrix @ w[:-1] + w[-1]
        value = counted @ np.logaddexp(0, told) - counted @ (held * told)
        error = counted * (1 / (1 + np.exp(-told)) - held)
        slope = np.append(matrix.T @ error + PENALTY * w[:-1], error.sum())
        return float(value + PENALTY / 2 * (w[:-1] @ w[:-1])), slope

    start = np.zeros(matrix.shape[1] + 1)
    return optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def told(names: list[str], found: Any) -> dict[str, float]:
    """The weights by trait, that of the empty one for all; those that hardly count are left out."""
    rounded = {name: round(float(w), 2) for name, w in zip(names, found[:-1], strict=True)}
    return {"": round(float(found[-1]), 2)} | {name: w for name, w in rounded.items() if abs(w) >= 0.02}


def write(found: dict[str, float], out: Path) -> None:
    """A table of weights, a line a trait."""
    lines = [f"{name}\t{weight:g}" for name, weight in sorted(found.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
