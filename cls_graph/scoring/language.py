"""Checks of the query language: a core of SPARQL 1.1 that needs no data.

``EXPRESSIONS`` are true by the specification; ``QUESTIONS`` are queries of one variable with its values.
The known deviations of stores (``store.deviations``) are asked too, each with the weight that it has here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from cls_graph.scoring import specs
from cls_graph.scoring.checks import MUST, Group, Outcome, failed, judged, passed
from cls_graph.scoring.questions import DEVIATING, EXPRESSIONS, QUESTIONS
from cls_graph.scoring.target import Target
from cls_graph.store.deviations import PREFIXES, known

GROUP = Group("language", {"fr": "Langage SPARQL 1.1", "en": "SPARQL 1.1 language"})


def _expressions(target: Target, expressions: Sequence[str]) -> Outcome:
    """Whether all of some expressions are true: asked at once, and one by one where that fails."""
    columns = " ".join(f'(IF({e}, "yes", "no") AS ?v{n})' for n, e in enumerate(expressions))
    answer = target.select(f"{PREFIXES}SELECT {columns} {{ }}")
    if answer.well and len(answer.table.rows) == 1:
        row = answer.table.rows[0]
        wrong = [e for n, e in enumerate(expressions) if f"v{n}" not in row or row[f"v{n}"].value != "yes"]
    else:
        wrong = [e for e in expressions if not _true(target, e)]
    if wrong:
        return failed("; ".join(wrong))
    return passed(f"{len(expressions)} expressions")


def _true(target: Target, expression: str) -> bool:
    return target.values(f'{PREFIXES}SELECT (IF({expression}, "yes", "no") AS ?v) {{ }}') == ["yes"]


def _question(target: Target, query: str, expected: Sequence[str]) -> Outcome:
    prefixes = PREFIXES if re.search(r"\b(x|xsd):", query) else ""
    answer = target.select(prefixes + query)
    if not answer.well:
        return failed(f"{answer.problem}: {answer.reply.text[:200]}")
    found = answer.table.values()
    return judged(found == sorted(expected), " ".join(found) or "∅")


for _name, (_section, _anchor, _text, _list) in EXPRESSIONS.items():
    GROUP.add(_name, MUST, specs.query(_section, _anchor), _text, partial(_expressions, expressions=_list))
for _name, (_section, _anchor, _text, _query, _values) in QUESTIONS.items():
    GROUP.add(
        _name, MUST, specs.query(_section, _anchor), _text, partial(_question, query=_query, expected=_values)
    )
for _name, (_level, _section, _anchor, _text) in DEVIATING.items():
    _row = known(_name)
    _run = partial(_question, query=_row.probe, expected=_row.expected)
    GROUP.add(_name, _level, specs.query(_section, _anchor), _text, _run)


@GROUP.check(
    "order",
    MUST,
    specs.query("15.1", "modOrderBy"),
    fr="ORDER BY met les lignes dans l'ordre demandé, croissant ou décroissant.",
    en="ORDER BY puts the rows into the order that is asked for, ascending or descending.",
)
def _order(target: Target) -> Outcome:
    for direction, wanted in (("ASC", ["2", "10", "33"]), ("DESC", ["33", "10", "2"])):
        answer = target.select(f"SELECT ?v {{ VALUES ?v {{ 10 2 33 }} }} ORDER BY {direction}(?v)")
        found = [row["v"].value for row in answer.table.rows if "v" in row]
        if found != wanted:
            return failed(answer.problem or f"{direction}: {' '.join(found)}")
    return passed("2 10 33, 33 10 2")
