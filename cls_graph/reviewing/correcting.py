"""What a corrected value means: the keys of a statement to change, from the words that people write."""

from __future__ import annotations

import re

from cls_graph.reviewing.queue import Field, fields
from cls_graph.reviewing.statements import Statement
from cls_graph.sheets import cells
from cls_graph.sheets.cells import Problem
from cls_graph.sheets.columns import FACTS
from cls_graph.sheets.words import Words, plain
from cls_graph.suggesting import suggest


def corrections(statement: Statement, text: str, words: Words) -> dict[str, str]:
    """``Rôle = animateur`` (a field a line, or ``|`` between them), or a value alone: keys and new values.

    Dates, labels of codes and names of bodies are understood as in a workbook; an empty value takes the key
    out. Raises ``Problem`` for a field or a word that is not known.
    """
    known = fields(statement, words)
    by_name: dict[str, Field] = {}
    for spoken in words.by_language.values():
        about = (Field(c.name, c, spoken.header(FACTS, c)) for c in FACTS.columns)
        for other in (*fields(statement, spoken), *about):
            for name in (other.header, other.key, other.column.name):
                by_name.setdefault(plain(name), other)
    pairs = _pairs(text, by_name)
    if not pairs:
        _no_field(known, text)
        pairs = [(known[0], text.strip())]
    return {field.key: _value(field, value, words) for field, value in pairs}


def _pairs(text: str, by_name: dict[str, Field]) -> list[tuple[Field, str]]:
    """The fields that a text names with their values; a line without a field goes on with the one before."""
    found: list[tuple[Field, str]] = []
    for piece in re.split(r"\n|\s\|\s|\|(?=\s*[\w.]+=)", text):
        name, equal, value = piece.partition("=")
        field = by_name.get(plain(name)) if equal else None
        if field is not None:
            found.append((field, value.strip()))
        elif not found:
            return []
        elif equal:
            raise _unknown(name, [f for f, _ in found] + list(by_name.values()))
        elif piece.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{piece.strip()}")
    return found


def _no_field(known: list[Field], text: str) -> None:
    """A text with "=" in it is a value where the only field is free text; else its field is not known."""
    name, equal, _ = text.partition("=")
    if equal and not (len(known) == 1 and not known[0].names_a_thing):
        raise _unknown(name, known)


def _unknown(name: str, known: list[Field]) -> Problem:
    headers = list(dict.fromkeys(f.header for f in known))
    shown = name.strip()[:60]
    near = suggest(shown, headers)
    listed = ", ".join(headers)
    return Problem("review-field", {"value": shown, "found": listed, "suggestion": near})


def _value(field: Field, text: str, words: Words) -> str:
    if not text:
        return ""
    value = cells.read(field.column, text, words)
    return "\n".join(value) if isinstance(value, list) else value
