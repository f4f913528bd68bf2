"""The question of every fact, on a record where each kind of part is annotated."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cls_graph.queries import library


def test_a_statement_about_any_part_is_a_row(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    tiny.edit("    amount: 1000\n", "    amount: {value: 1000, note: n}\n    period: {duration: P5Y}\n")
    with tiny.contract.open("a", encoding="utf-8") as file:
        file.write(
            "counts:\n  - item: axis\n    value: {value: 2, assertion: inferred, note: n}\n"
            "    assertion: inferred\n    note: n\n"
        )
    query = tmp_path / "facts.rq"
    query.write_text(library()["facts"].text.replace("26362-3", "01999-2"), encoding="utf-8")
    run = cli("query", query, "--corpus", tiny.root, "--format", "csv")
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
