"""Values into the text of a question: as terms in the places made for them, never as text.

A question keeps a place for each parameter, ``VALUES ?name { … }`` with the default in it, or with ``UNDEF``
where it may be left out. Binding replaces what is between the braces by one term as N-Triples writes it,
and takes away the places of what is left out. So every store gets plain SPARQL 1.1, which a person can read
and run; and a value, whatever is in it, is one token. The places are found in the text of the library by its
tokens, before any value is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cls_graph.queries.parameters import Parameter
from cls_graph.store.tokens import TOKEN

if TYPE_CHECKING:
    from cls_graph.queries.question import Question

Term = ox.NamedNode | ox.Literal
Place = tuple[int, int, int, int]
"""Where a clause begins, its terms begin, its terms end, and the clause ends."""


def bind(question: Question, values: Mapping[str, Term | None]) -> str:
    """The query of ``question`` with ``values`` (see ``parameters.terms``) for its parameters.

    ``None`` stands for any value.
    """
    query, pieces, at = question.query, [], 0
    for name, (begin, inside, outside, end) in sorted(places(query), key=lambda found: found[1]):
        parameter = next((p for p in question.parameters if p.variable == name), None)
        if parameter is None:
            continue
        if parameter.name in values:
            value = values[parameter.name]
            pieces += [query[at:inside], f" {'UNDEF' if value is None else value} ", query[outside:end]]
        elif parameter.default is None:
            pieces.append(query[at:begin].rstrip(" "))
            end += len(query[end:]) - len(query[end:].lstrip(" \n"))
            pieces.append(_margin(query, begin, end))
        else:
            continue
        at = end
    return "".join([*pieces, query[at:]])


def _margin(query: str, begin: int, end: int) -> str:
    """The spaces before what follows a clause that goes."""
    return query[query.rfind("\n", 0, end) + 1 : end] if "\n" in query[begin:end] else " "


def places(query: str) -> list[tuple[str, Place]]:
    """The ``VALUES`` clauses of one variable, with its name."""
    found: list[tuple[str, Place]] = []
    begin = inside = -1
    name = ""
    for token in TOKEN.finditer(query):
        kind, word = token.lastgroup, token.group()
        if kind == "word" and word.upper() == "VALUES":
            begin, name = token.start(), ""
        elif begin < 0 or kind == "comment":
            continue
        elif kind == "variable" and inside < 0 and not name:
            name = word[1:]
        elif kind == "open" and word == "{" and name:
            inside = token.end()
        elif kind == "close" and inside >= 0:
            found.append((name, (begin, inside, token.start(), token.end())))
            begin = inside = -1
        elif inside < 0:
            begin = -1
    return found


def unplaced(question: Question) -> list[Parameter]:
    """The parameters for which the text has no place."""
    there = {name for name, _ in places(question.query)}
    return [p for p in question.parameters if p.variable not in there]
