"""Makes ``cls_graph/drafting/axis-weights.tsv``: how much a trait speaks for the axes of a contract.

``python scripts/weigh_axes.py [--out FILE] [PART ...]``: parts of ``tests/drafting/texts``, by default those
that are developed on. What a text's reader was not sure of is left out. A group of parts is one of axes where
it has most of those that are expected, and little else; what the rules found counts as a group too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.drafts import cases, source_of  # noqa: E402
from benchmarks.likeness import pair  # noqa: E402
from cls_graph.drafting.axis_traits import AxisTraits  # noqa: E402
from cls_graph.drafting.groups import Group  # noqa: E402
from cls_graph.drafting.layout import Page  # noqa: E402
from cls_graph.drafting.programme import ProgrammeReader  # noqa: E402
from scripts.fitting import fit, matrix_of, told, write  # noqa: E402

OUT = ROOT / "cls_graph" / "drafting" / "axis-weights.tsv"
PARTS = ("development", "retold")
ALIKE, ENOUGH = 0.6, 0.6
"""How alike two names of an axis are, at least; how much of both lists (F1) agrees."""


def groups_of(text: str) -> tuple[Page, list[Group]]:
    """The groups of a text, what the rules read of it among them."""
    page = Page(text)
    reader = ProgrammeReader(page, [(0, len(page.text))], [])
    axes = reader.read(weighed=False).axes
    return page, [*([reader.around(axes)] if axes else []), *reader.groups()]


def agreement(names: list[str], wanted: list[str]) -> float:
    """How much of two lists of names agrees, from 0 to 1."""
    same = len(pair(wanted, names, ALIKE))
    return 2 * same / (len(names) + len(wanted)) if names and wanted else 0.0


def rows(parts: list[str]) -> Iterator[tuple[int, frozenset[str], bool]]:
    """Each group of the texts of these parts: its text, its traits, whether it is one of axes."""
    texts: list[tuple[str, list[list[str]]]] = []
    for case in (case for part in parts for case in cases(part)):
        if not any("axes" in c.get("unsure", []) for c in case["contracts"]):
            lists = [[str(a) for a in c.get("axes", [])] for c in case["contracts"]]
            texts.append((source_of(case).text, lists))
    for number, (text, lists) in enumerate(texts):
        page, groups = groups_of(text)
        traits = AxisTraits(page)
        for group in groups:
            names = [page.text[a.start : a.end] for a in group.axes]
            yield number, traits.of(group), any(agreement(names, wanted) >= ENOUGH for wanted in lists)


def weigh(parts: list[str]) -> dict[str, float]:
    """The weight of each trait, and of the empty one."""
    texts, traits, held = zip(*rows(parts), strict=True)
    matrix, names = matrix_of(traits, texts)
    found: Any = fit(matrix, np.array(held, dtype=float), np.ones(len(held)))
    return told(names, found)


def main() -> int:
    """Make the weights."""
    parser = argparse.ArgumentParser(description="Weigh what speaks for axes.")
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    found = weigh(args.parts)
    write(found, args.out)
    print(f"{len(found)} weights", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
