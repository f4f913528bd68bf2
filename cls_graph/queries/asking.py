"""Asking a ready question of a store: the values bound, the rows computed on where the question says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from cls_graph.computing import COMPUTATIONS
from cls_graph.queries.binding import bind
from cls_graph.queries.choices import choices_in
from cls_graph.queries.ordering import in_order, order_of
from cls_graph.queries.parameters import Choices, term, terms, usual
from cls_graph.queries.question import Question, question
from cls_graph.store.base import Store, Term


@dataclass(frozen=True)
class Answer:
    """The answer of a question: its columns, its rows, and the query that was run."""

    question: Question
    query: str
    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


def run(name: str, store: Store, *, lang: str = "fr", infer: bool = False, **given: Any) -> Answer:
    """Ask a store the ready question of a name, with its parameters as keywords.

    ``lang`` is that of the labels. Raises ``NotFound`` for a name that there is not, and ``BadRequest`` for
    a parameter that there is not or a value of another type, with the choices.
    """
    asked = question(name)
    text = prepare(asked, given, choices_in(store, lang), lang)
    found = store.query(text, infer=infer)
    assert isinstance(found, ox.QuerySolutions)
    names = [v.value for v in found.variables]
    rows: list[tuple[Term | None, ...]] = [tuple(row[n] for n in names) for row in found]
    return Answer(asked, text, asked.columns, compute(asked, rows))


def prepare(
    asked: Question, given: Mapping[str, object], choices: Choices = lambda _: None, lang: str = "fr"
) -> str:
    """The query of a question with what is given in its places; labels in ``lang`` unless given otherwise.

    For what is left out of the things that the data list, one that they have. Raises ``BadRequest``.
    """
    said = dict(given)
    if asked.parameter("lang") is not None:
        said.setdefault("lang", lang)
    return bind(asked, {**_left_out(asked, choices), **terms(asked.parameters, said, choices)})


def example(asked: Question, choices: Choices = lambda _: None) -> str:
    """The query of a question with nothing given, as an example to start from."""
    return bind(asked, _left_out(asked, choices))


def _left_out(asked: Question, choices: Choices) -> dict[str, ox.NamedNode | ox.Literal | None]:
    """What stands for the listed parameters where nothing is given; ``None``: any."""
    found: dict[str, ox.NamedNode | ox.Literal | None] = {}
    for parameter in asked.parameters:
        if parameter.listed and parameter.default is not None:
            value = usual(parameter, choices)
            found[parameter.name] = None if value is None else term(parameter, value)
    return found


def compute(asked: Question, rows: list[tuple[Term | None, ...]]) -> list[tuple[Term | None, ...]]:
    """The rows, or what is computed from them; whole ones, with names in the order of words."""
    if not asked.computed:
        return in_order(rows, order_of(asked.query, asked.columns))
    return COMPUTATIONS[asked.computed].run(rows)
