"""What a corrected value means: the keys of a statement to change, from the words that people write."""

from __future__ import annotations

import re
from decimal import Decimal

from cls_graph.reviewing.queue import MAIN, Field, fields, held
from cls_graph.reviewing.statements import Statement
from cls_graph.sheets import cells
from cls_graph.sheets.cells import Problem
from cls_graph.sheets.columns import FACTS
from cls_graph.sheets.words import Words, plain
from cls_graph.suggesting import suggest

NOT_QUOTED = "Valeur corrigée à la relecture ; la citation ne la dit pas en ces mots."


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
    about = (Field(c.name, c, words.header(FACTS, c)) for c in FACTS.columns)
    pairs = _pairs(text, by_name, [*known, *about])
    if not pairs:
        _no_field(known, text)
        pairs = [(known[0], text.strip())]
    changes = {field.key: _value(field, value, words) for field, value in pairs}
    for field, _ in pairs:
        _known(field, changes[field.key], statement, words)
    return changes | _about(statement, changes, [field for field, _ in pairs], words)


def _known(field: Field, value: str, statement: Statement, words: Words) -> None:
    """Raises ``Problem`` for a key that no registry has, unless the draft has it there already."""
    kind = field.column.refers
    for key in value.split("\n") if kind and kind != "document" else ():
        if key and key not in words.entries(kind) and key not in held(field, statement.node):
            near = suggest(key, {*words.entries(kind), *words.entries(kind).values()})
            raise Problem("review-unknown", {"value": key, "suggestion": near})


def _about(
    statement: Statement, changes: dict[str, str], changed: list[Field], words: Words
) -> dict[str, str]:
    """Status and note of a corrected statement: the draft's own were about the value that it had.

    The quote stays: where its words say the new value it is stated, else the note says that they do not.
    Those of a statement whose main value stays (the party, whatever its name) stay too.
    """
    said = [f for f in changed if changes[f.key] and not (f.column.scheme or f.column.choices)]
    said = [f for f in said if f.column.kind not in ("Boolean", "ItemId", "Integer") or f.key == "value"]
    node = statement.node
    if not said or not isinstance(node, dict) or {"note", "assertion"} & set(changes):
        return {}
    quoted = "\n".join(statement.quotes)
    told = all(_says(quoted, f, value, words) for f in said for value in changes[f.key].split("\n"))
    if statement.part == "contract" or any(f.key == MAIN.get(statement.part) for f in said):
        if told:
            return {key: "" for key in ("assertion", "note") if key in node}
        return {"assertion": "resolved-by-context", "note": NOT_QUOTED}
    if told:
        return {}
    note = node.get("note", "")
    return {
        "assertion": node.get("assertion", "resolved-by-context"),
        "note": note if NOT_QUOTED in note else f"{note} {NOT_QUOTED}".strip(),
    }


def _says(quoted: str, field: Field, value: str, words: Words) -> bool:
    """Whether words of a source say a value: a name, a date, a number."""
    if field.column.refers:
        names = [name for name, keys in words.named(field.column.refers).items() if value in keys]
        return any(f" {name} " in f" {plain(quoted)} " for name in names)
    if field.column.kind in cells.DATES:
        said = {int(n) for n in re.findall(r"\d+", quoted)}
        months = {cells.MONTH_OF[w] for w in plain(quoted).split() if w in cells.MONTH_OF}
        at = 0 if value.startswith("--") else 1  # where the month is
        parts = [int(n) for n in re.findall(r"\d+", value)]
        return all(n in said or (i == at and n in months) for i, n in enumerate(parts))
    if field.column.kind in ("Amount", "Number", "Integer"):
        numbers_said = re.findall(r"\d+(?:[.,]\d+)?", re.sub(r"(?<=\d)[\s.](?=\d{3})", "", quoted))
        return any(Decimal(n.replace(",", ".")) == Decimal(value) for n in numbers_said)
    return f" {plain(value)} " in f" {plain(quoted)} "


def _pairs(text: str, by_name: dict[str, Field], known: list[Field]) -> list[tuple[Field, str]]:
    """The fields that a text names with their values; a line without a field goes on with the one before.

    ``known`` are those to name where one is not known.
    """
    found: list[tuple[Field, str]] = []
    for piece in re.split(r"\n|\s\|\s|\|(?=\s*[\w.]+=)", text):
        name, equal, value = piece.partition("=")
        field = by_name.get(plain(name)) if equal else None
        if field is not None:
            found.append((field, value.strip()))
        elif not found:
            return []
        elif equal:
            raise _unknown(name, known)
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
