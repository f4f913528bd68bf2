"""The review queue as a table: its columns, the fields of a statement, the value that it proposes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cls_graph.errors import Text
from cls_graph.records.facts import QUALIFIERS, Fact
from cls_graph.reviewing.statements import Draft, Statement
from cls_graph.reviewing.wording import Wording
from cls_graph.sheets import cells
from cls_graph.sheets.columns import Column, Part, parts
from cls_graph.sheets.words import Words

QUEUE = Part(
    "review-queue",
    "review-queue",
    Fact,
    removable=False,
    columns=[
        Column(("statement",), "PlainText", locked=True),
        Column(("subject",), "PlainText"),
        Column(("proposed",), "PlainText"),
        Column(("quote",), "PlainText"),
        Column(("confidence",), "PlainText"),
        Column(("doubt",), "PlainText"),
        Column(("candidates",), "PlainText"),
        Column(("decision",), "PlainText", locked=True),
        Column(("corrected",), "PlainText"),
        Column(("comment",), "PlainText"),
    ],
)
"""``locked`` are the columns that a table cannot do without."""
FILLED_IN = ("decision", "corrected", "comment")

COMMENTS: dict[str, Text] = {
    "statement": {"fr": "L'endroit de la fiche.", "en": "The place in the record."},
    "subject": {"fr": "De quoi il s'agit.", "en": "What it is about."},
    "proposed": {
        "fr": "Ce que le brouillon propose. Une correction s'écrit dans « Valeur corrigée ».",
        "en": "What the draft proposes. A correction is written in 'Corrected value'.",
    },
    "quote": {"fr": "Les mots du texte.", "en": "The words of the text."},
    "confidence": {"fr": "De 0 à 1.", "en": "From 0 to 1."},
    "doubt": {
        "fr": "Ce qui n'est pas sûr, et la note du brouillon.",
        "en": "What is not certain, and the note of the draft.",
    },
    "candidates": {
        "fr": "Les organismes du registre qui pourraient être le bon.",
        "en": "The bodies of the registry that it may be.",
    },
    "decision": {
        "fr": "accepter, rejeter ou modifier. Vide : pas encore décidé.",
        "en": "accept, reject or edit. Empty: not decided yet.",
    },
    "corrected": {
        "fr": "Avec « modifier ». Une valeur seule remplace celle de la première ligne proposée ; sinon une"
        " ligne par champ, comme dans la valeur proposée : « Rôle = animateur ». Rien après « = » : le champ"
        " est ôté.",
        "en": "With 'edit'. A value alone replaces that of the first line proposed; else a line a field, as"
        " in the proposed value: 'Role = facilitator'. Nothing after '=': the field is taken out.",
    },
    "comment": {
        "fr": "Gardé en commentaire dans la fiche ; n'est pas publié.",
        "en": "Kept as a comment in the record; not published.",
    },
}

MAIN = {
    "engagements": "party",
    "programme": "label",
    "milestones": "stated_date",
    "amendments": "title",
    "funding": "amount",
    "counts": "value",
    "frameworks": "relation",
}
"""The field of each part that a corrected value is, where it names none."""


@dataclass(frozen=True)
class Field:
    """A field of a statement that can be corrected: its key in the statement, its column, its header."""

    key: str
    column: Column
    header: str

    @property
    def names_a_thing(self) -> bool:
        """Whether its value is of a list, and not free text."""
        return bool(self.column.scheme or self.column.choices or self.column.refers)


def fields(statement: Statement, words: Words) -> list[Field]:
    """The fields of a statement, the main one first; status, note and number are not corrected here."""
    known = {part.key: part for part in parts()}
    part = known[statement.part]
    found: list[Field] = []
    if statement.part == "contract":
        top = str(statement.path[1])
        nested = known.get(f"contract.{top}")
        if nested is None:
            for column in part.columns:
                if column.path[0] == top and not _qualifies(column):
                    key = ".".join(column.path[1:]) or "value"
                    found.append(Field(key, column, words.header(part, column)))
            return found
        part = nested
    for column in part.columns:
        if column.name != part.ident and not _qualifies(column):
            found.append(Field(column.name, column, words.header(part, column)))
    main = MAIN.get(statement.part, "")
    return sorted(found, key=lambda f: f.key != main)


def _qualifies(column: Column) -> bool:
    return column.path[-1] in QUALIFIERS


def proposed(statement: Statement, words: Words) -> str:
    """The value that a statement proposes: alone, or a line a field."""
    known = fields(statement, words)
    if [f.key for f in known] == ["value"]:
        return _shown(known[0], statement.node, words)
    lines = []
    for number, field in enumerate(known):
        value = _shown(field, statement.node, words)
        if value or number == 0:
            lines.append(f"{field.header} = {value}".strip())
    return "\n".join(lines)


def held(field: Field, node: Any) -> list[str]:
    """The values that a field has in a statement."""
    value = _plain(node) if field.key == "value" and not isinstance(_plain(node), dict) else node
    for key in field.key.split(".") if value is node else ():
        value = _plain(value)
        value = value.get(key) if isinstance(value, dict) else None
    value = _plain(value)
    if value is None or isinstance(value, dict):
        return []
    return [str(_plain(one)) for one in value] if isinstance(value, list) else [str(value)]


def _shown(field: Field, node: Any, words: Words) -> str:
    return " ; ".join(str(cells.shown(field.column, value, words)) for value in held(field, node))


def _plain(node: Any) -> Any:
    """The value of a fact; anything else as it is."""
    if isinstance(node, dict) and "value" in node and set(node) <= {"value", *QUALIFIERS}:
        return node["value"]
    return node


def rows(draft: Draft, wording: Wording, words: Words) -> Iterator[tuple[Statement, list[object]]]:
    """The statements that nobody has decided on, each with the cells of its row."""
    for s in draft.open:
        yield (
            s,
            [
                s.name,
                wording.subject(s),
                proposed(s, words),
                "\n".join(s.quotes),
                s.confidence,
                "\n".join(wording.doubts(s) + wording.notes(s)),
                s.candidates,
                None,
                None,
                None,
            ],
        )
