"""From the engine's complaint about a query to an error that a person can act on."""

from __future__ import annotations

import re

from cls_graph.errors import QueryNotEvaluated, QuerySyntaxError
from cls_graph.namespaces import PREFIXES
from cls_graph.store.faults import find_fault
from cls_graph.store.stops import near_stop_of, stop_of

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_LONGEST = 100_000
"""Characters of a text that is looked at for what is meant: an update may have millions."""
_SENTENCES = {
    "IRI parsing failed": ("Cet IRI n'est pas valable.", "This IRI is not valid."),
    "The SELECT contains a variable that is unbound": (
        "SELECT demande une variable qui n'est ni regroupée ni calculée.",
        "SELECT asks for a variable that is neither grouped nor computed.",
    ),
}


def syntax_error(query: str, message: str, *, update: bool = False) -> QuerySyntaxError:
    """The error for ``message``, the engine's, about ``query``, or about an update.

    Carries ``line`` and ``column`` (from 1, in characters) and ``excerpt``, the line of the query,
    whenever the engine gives a position.
    """
    found = _POSITION.match(message)
    if not found:
        return QuerySyntaxError(f"Le moteur dit : {message}", f"The engine says: {message}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = query.split("\n")
    said = next((words for phrase, words in _SENTENCES.items() if phrase in expected), None)
    reached = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    short = len(query) <= _LONGEST
    fault = find_fault(query, reached, update=update, hint=_declaration) if short else None
    if fault is not None or said is None:
        fault = fault or (stop_of(query, reached) if short else near_stop_of(query, reached))
        line = query.count("\n", 0, fault.start) + 1
        column = fault.start - query.rfind("\n", 0, fault.start)
        said = fault.fr, fault.en
    fr, en = said
    excerpt = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
    return QuerySyntaxError(
        f"Ligne {line}, colonne {column}. {fr}",
        f"Line {line}, column {column}. {en}",
        line=line,
        column=column,
        excerpt=_window(excerpt, column),
    )


def not_evaluated(message: str) -> QueryNotEvaluated:
    """The error for ``message``, the engine's, about a query that it reads and cannot evaluate."""
    return QueryNotEvaluated(f"Le moteur dit : {message}", f"The engine says: {message}")


def _declaration(prefix: str) -> str:
    """The PREFIX line for a prefix that everybody uses."""
    return f"PREFIX {prefix}: <{PREFIXES[prefix]}>" if prefix in PREFIXES else ""


def _window(line: str, column: int, width: int = 200) -> str:
    """The part of a long line around the column."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    return line[start : start + width]
