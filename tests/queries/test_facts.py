"""The question of every fact, on a record where each kind of part is annotated."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any


def test_a_statement_about_any_part_is_a_row(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit("    amount: 1000\n", "    amount: {value: 1000, note: n}\n    period: {duration: P5Y}\n")
    with tiny.contract.open("a", encoding="utf-8") as file:
        file.write(
            "counts:\n  - item: axis\n    value: {value: 2, assertion: inferred, note: n}\n"
            "    assertion: inferred\n    note: n\n"
        )
    run = cli("query", "facts", "--param", "contract=01999-2", "--corpus", tiny.root, "--format", "csv")
    nodes = {row["node"].partition("/01999-2/")[2] for row in csv.DictReader(io.StringIO(run.out))}
    assert {
        "statement/title",
        "period",
        "engagement/01",
        "element/01",
        "milestone/01",
        "funding/01",
        "funding/01/period",
        "funding/01/amount/statement/value",
        "count/axis",
        "count/axis/statement/countValue",
    } <= nodes
