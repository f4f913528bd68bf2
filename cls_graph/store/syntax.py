"""From the engine's complaint about a query to an error that a person can act on."""

from __future__ import annotations

import re

from cls_graph.errors import QueryNotEvaluated, QuerySyntaxError
from cls_graph.namespaces import PREFIXES

_POSITION = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[[^\[\]]*\]")
_PREFIX_BEFORE = re.compile(r"([A-Za-z][\w\-]*):[\w\-]*$")
_SENTENCES = {
    "Prefix not found": ("Ce préfixe n'est pas déclaré.", "This prefix is not declared."),
    "IRI parsing failed": ("Cet IRI n'est pas valable.", "This IRI is not valid."),
    "The SELECT contains a variable that is unbound": (
        "SELECT demande une variable qui n'est ni regroupée ni calculée.",
        "SELECT asks for a variable that is neither grouped nor computed.",
    ),
}


def syntax_error(query: str, message: str) -> QuerySyntaxError:
    """The error for ``message``, the engine's, about ``query``.

    Carries ``line`` and ``column`` (from 1, in characters) and ``excerpt``, the line of the query,
    whenever the engine gives a position.
    """
    found = _POSITION.match(message)
    if not found:
        return QuerySyntaxError(f"Le moteur dit : {message}", f"The engine says: {message}")
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = query.split("\n")
    excerpt = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
    fr, en = _explain(expected, excerpt[: column - 1])
    return QuerySyntaxError(
        f"Ligne {line}, colonne {column}. {fr}".rstrip(),
        f"Line {line}, column {column}. {en}".rstrip(),
        line=line,
        column=column,
        excerpt=_window(excerpt, column),
    )


def not_evaluated(message: str) -> QueryNotEvaluated:
    """The error for ``message``, the engine's, about a query that it reads and cannot evaluate."""
    return QueryNotEvaluated(f"Le moteur dit : {message}", f"The engine says: {message}")


def _explain(expected: str, before: str) -> tuple[str, str]:
    for phrase, (fr, en) in _SENTENCES.items():
        if phrase in expected:
            hint = _declaration(before) if phrase == "Prefix not found" else ""
            return (f"{fr} Ajoutez : {hint}", f"{en} Add: {hint}") if hint else (fr, en)
    tokens = [t.strip() for t in _CHARACTER_CLASS.sub("", expected).split(",")]
    words = sorted({t for t in tokens if re.fullmatch(r'[A-Z_ ]{2,}|"[^"\s]{1,3}"', t)})
    if not words:
        return "", ""
    shown = ", ".join(words[:12])
    return f"Attendu ici : {shown}.", f"Expected here: {shown}."


def _declaration(before: str) -> str:
    """The PREFIX line for the name just before the error, when it is one that everybody uses."""
    name = _PREFIX_BEFORE.search(before)
    if name and name[1] in PREFIXES:
        return f"PREFIX {name[1]}: <{PREFIXES[name[1]]}>"
    return ""


def _window(line: str, column: int, width: int = 200) -> str:
    """The part of a long line around the column."""
    start = max(0, column - 1 - width // 2) if len(line) > width else 0
    return line[start : start + width]
