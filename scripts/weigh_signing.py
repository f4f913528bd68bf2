"""Makes ``cls_graph/drafting/signing-weights.tsv``: how much a trait speaks for bodies that sign.

``python scripts/weigh_signing.py [--out FILE] [PART ...]``: parts of ``tests/drafting/texts``, by default
those that are developed on. What a text's reader was not sure of is left out. Sentences made by combination
(``tests/drafting/turns.py``) join them, more of those that only look as if somebody signed.

Logistic regression with a penalty on the squares of the weights. Which of the places that name a signatory
says that it signs is not told: of each body the place that is likeliest by the weights so far counts, and
the weights are made again (multiple instances: Dietterich, Lathrop, Lozano-Pérez 1997).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.drafts import cases, source_of  # noqa: E402
from benchmarks.likeness import alike, short_of  # noqa: E402
from cls_graph.drafting.bodies import Mention  # noqa: E402
from cls_graph.drafting.layout import Page  # noqa: E402
from cls_graph.drafting.mentions import find_mentions  # noqa: E402
from cls_graph.drafting.runs import runs_of  # noqa: E402
from cls_graph.drafting.traits import Traits  # noqa: E402
from scripts.fitting import fit, matrix_of, told, write  # noqa: E402
from tests.drafting.turns import NEGATIVE, POSITIVE, combined  # noqa: E402

OUT = ROOT / "cls_graph" / "drafting" / "signing-weights.tsv"
PARTS = ("development", "retold")
ROUNDS = 5
"""How often the weights are made."""
ALIKE = (
    {"commune", "epci", "petr", "autre"},
    {"prefecture", "sous-prefecture", "etat"},
    {"hopital-public", "hopital-prive", "chu", "etablissement-sante-mentale"},
)
"""Kinds that a reader may have told otherwise."""


@dataclass
class Rows:
    """Runs of all texts: their traits, their text, and which signatories of it they may name."""

    traits: list[frozenset[str]] = field(default_factory=list)
    text: list[int] = field(default_factory=list)
    named: list[list[int]] = field(default_factory=list)
    signs: list[bool] = field(default_factory=list)


def rows_of(parts: list[str]) -> Rows:
    """The runs of the texts of these parts."""
    rows = Rows()
    for number, case in enumerate(case for part in parts for case in cases(part)):
        if any("signatories" in c.get("unsure", []) for c in case["contracts"]):
            continue
        wanted = [s.split(" | ", 1) for c in case["contracts"] for s in c.get("signatories", [])]
        _add(rows, number, source_of(case).text, wanted)
    made = [*combined(POSITIVE, 1), *combined(NEGATIVE, 3)]
    for number, turn in enumerate(made, len(rows.text)):
        _add(
            rows,
            -number,
            turn.text,
            [[kind, ""] for kind in sorted(turn.kinds)] if turn.shell in POSITIVE else [],
        )
    return rows


def _add(rows: Rows, number: int, text: str, wanted: list[list[str]]) -> None:
    """The runs of one text, in which these bodies sign: each its kind and name."""
    page = Page(text)
    mentions = find_mentions(page)
    runs = runs_of(page, mentions)
    traits = Traits(page, mentions, runs)
    for run in runs:
        own = [[i for i, body in enumerate(wanted) if _same(m, *body)] for m in run.members]
        rows.traits.append(traits.of(run))
        rows.text.append(number)
        rows.named.append(sorted({i for places in own for i in places}))
        rows.signs.append(sum(map(bool, own)) * 2 >= len(own))


def _same(mention: Mention, kind: str, name: str) -> bool:
    if kind != mention.kind and not any({kind, mention.kind} <= kinds for kinds in ALIKE):
        return False
    if alike(name, mention.text) >= 0.55 or short_of(name, mention.text):
        return True
    return kind == mention.kind and (not name or mention.generic or kind in ("ars", "region"))


def weigh(rows: Rows) -> dict[str, float]:
    """The weight of each trait, and of the empty one."""
    matrix, names = matrix_of(rows.traits, rows.text)
    signs = np.array(rows.signs)
    plain = np.array([bool({"fB f", "fA f", "fB s", "fA s", "fB p", "fl p", "fl s", "fl f", "fl n", "fB n",
                            "fp f", "fp s", "fp p", "longest"} & ts) for ts in rows.traits])  # fmt: skip
    counted = np.where(signs & ~plain, 0.1, 1.0)
    for _ in range(ROUNDS):
        found = fit(matrix, signs.astype(float), counted)
        likely = 1 / (1 + np.exp(-(matrix @ found[:-1] + found[-1])))
        counted = _likeliest(rows, signs, likely)
    return told(names, found)


def _likeliest(rows: Rows, signs: Any, likely: Any) -> Any:
    """How much each run counts: of the places that may name a signatory, the likeliest in full."""
    best: dict[tuple[int, int], int] = {}
    for row, (text, named) in enumerate(zip(rows.text, rows.named, strict=True)):
        for body in named if signs[row] else ():
            known = best.setdefault((text, body), row)
            if likely[row] > likely[known]:
                best[text, body] = row
    kept = set(best.values())
    others = np.where(likely < 0.6, 0.0, 0.3)
    return np.array([1.0 if not s or r in kept else others[r] for r, s in enumerate(signs)])


def main() -> int:
    """Make the weights."""
    parser = argparse.ArgumentParser(description="Weigh what speaks for signatories.")
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    found = weigh(rows_of(args.parts))
    write(found, args.out)
    print(f"{len(found)} weights", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
