"""The review queue written for people: a workbook with drop-downs, or a CSV file."""

from __future__ import annotations

from cls_graph.reviewing.queue import COMMENTS, FILLED_IN, QUEUE, fields, rows
from cls_graph.reviewing.statements import Draft, Statement
from cls_graph.reviewing.wording import Wording
from cls_graph.sheets.columns import Column
from cls_graph.sheets.exporting import DELIMITERS, csv_bytes
from cls_graph.sheets.forms import FormColumn, FormRow, form_bytes
from cls_graph.sheets.words import Words
from cls_graph.workbooks import Heading

WIDTHS: dict[str, float] = {"statement": 22, "subject": 18, "doubt": 40, "comment": 35}
WIDTHS |= dict.fromkeys(("proposed", "quote", "corrected"), 45)
FORMATS = {"confidence": "0.00", "corrected": "@", "comment": "@"}
DECISIONS = {"fr": ("accepter", "rejeter", "modifier"), "en": ("accept", "reject", "edit")}
NOTES = {
    "fr": (
        "Relecture du brouillon {key}",
        "",
        "Feuille « Relecture » : une ligne par énoncé proposé. Lisez la citation, comparez-la à la valeur.",
        "Décision : « accepter », « rejeter » ou « modifier ». Vide : pas encore décidé.",
        "Valeur corrigée, avec « modifier » : une valeur seule remplace celle de la première ligne proposée.",
        "Pour un autre champ, écrivez-le comme dans la valeur proposée : « Rôle = animateur », un par ligne."
        " Rien après « = » : le champ est ôté.",
        "Les dates (12/03/2026, 12 mars 2026, mars 2026), les mots des listes et les noms d'organismes sont"
        " compris.",
        "Les lignes jaunes ne sont pas sûres. « Registre » et « Listes » donnent les mots connus.",
        "Commentaire : gardé dans la fiche, jamais publié.",
        "Ensuite : « cls-graph review FICHE --decisions CE-CLASSEUR --by NOM --on AAAA-MM-JJ ». Tout est"
        " appliqué, ou rien.",
    ),
    "en": (
        "Review of the draft {key}",
        "",
        "Sheet 'Review': a row a proposed statement. Read the quote, compare it with the value.",
        "Decision: 'accept', 'reject' or 'edit'. Empty: not decided yet.",
        "Corrected value, with 'edit': a value alone replaces that of the first line proposed.",
        "For another field write it as in the proposed value: 'Role = facilitator', a field a line. Nothing"
        " after '=': the field is taken out.",
        "Dates (2026-03-12, 12 March 2026, March 2026), words of lists, names of bodies are understood.",
        "Yellow rows are not certain. 'Registry' and 'Lists' have the known keys and words.",
        "Comment: kept in the record, never published.",
        "Then: 'cls-graph review RECORD --decisions THIS-WORKBOOK --by NAME --on YYYY-MM-DD'. All is carried"
        " out, or nothing.",
    ),
}


def queue_xlsx(draft: Draft, wording: Wording, words: Words) -> bytes:
    """The open statements as a workbook: a row each, with cells for the decision, the value, a comment."""
    tree = draft.document.tree
    key = str(tree["contract"]["key"]) if isinstance(tree, dict) else ""
    columns = [_column(c, words) for c in QUEUE.columns]
    at = [c.name for c in QUEUE.columns].index("corrected")
    shown = [
        FormRow(row, not statement.certain, _listed(statement, words), at)
        for statement, row in rows(draft, wording, words)
    ]
    notes = [line.format(key=key) for line in NOTES[words.lang]]
    return form_bytes(words.sheet(QUEUE.key), notes, columns, shown, words)


def queue_csv(draft: Draft, wording: Wording, words: Words) -> bytes:
    """The same rows as a CSV file."""
    headers = [words.header(QUEUE, c) for c in QUEUE.columns]
    shown = [row for _, row in rows(draft, wording, words)]
    return csv_bytes([headers, *shown], DELIMITERS[words.lang])


def _column(column: Column, words: Words) -> FormColumn:
    name, lang = column.name, words.lang
    heading = Heading(words.header(QUEUE, column), COMMENTS[name][lang], WIDTHS.get(name, 14))
    choices = DECISIONS[lang] if name == "decision" else ()
    return FormColumn(heading, FORMATS.get(name, ""), name in FILLED_IN, choices)


def _listed(statement: Statement, words: Words) -> Column | None:
    """The column that the main field of a statement is, where its values are of a list."""
    known = fields(statement, words)
    return known[0].column if known and known[0].names_a_thing else None
