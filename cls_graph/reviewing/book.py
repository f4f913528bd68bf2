"""The review queue written for people: a workbook with drop-downs, or a CSV file."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from cls_graph.reviewing.queue import COMMENTS, FILLED_IN, QUEUE, fields, rows
from cls_graph.reviewing.statements import Draft, Statement
from cls_graph.reviewing.wording import Wording
from cls_graph.sheets.exporting import DELIMITERS, csv_bytes
from cls_graph.sheets.grids import entries, lists
from cls_graph.sheets.words import Words
from cls_graph.sheets.writing import KEY_FILL, UNLOCKED, WRAP, drop_down, list_ranges, list_sheet, protect
from cls_graph.workbooks import MAX_ROWS, Heading, put, row_height, save, sheet_name, style_header

WIDTHS: dict[str, float] = {"statement": 22, "subject": 18, "doubt": 40, "comment": 35}
WIDTHS |= dict.fromkeys(("proposed", "quote", "corrected"), 45)
DOUBT_FILL = PatternFill("solid", fgColor="FFFFF2CC")
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
    lang, taken = words.lang, set[str]()
    book = Workbook(write_only=True)
    key = draft.document.tree["contract"]["key"] if isinstance(draft.document.tree, dict) else ""
    _notes(book.create_sheet(sheet_name(words.sheet("notes"), taken)), str(key), lang)
    sheet: Any = book.create_sheet(sheet_name(words.sheet(QUEUE.key), taken))
    names = {key: sheet_name(words.sheet(key), taken) for key in ("lists", "registry")}
    known = {"lists": lists(words), "registry": entries(words)}
    ranges = list_ranges(names["lists"], known["lists"]) | list_ranges(names["registry"], known["registry"])
    _queue(sheet, draft, wording, words, ranges)
    for kind, columns in known.items():
        list_sheet(book.create_sheet(names[kind]), columns, words)
    out = io.BytesIO()
    save(book, out, NOTES[lang][0].format(key=key))
    return out.getvalue()


def queue_csv(draft: Draft, wording: Wording, words: Words) -> bytes:
    """The same rows as a CSV file."""
    headers = [words.header(QUEUE, c) for c in QUEUE.columns]
    shown = [row for _, row in rows(draft, wording, words)]
    return csv_bytes([headers, *shown], DELIMITERS[words.lang])


def _notes(sheet: Any, key: str, lang: str) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(NOTES[lang]):
        cell = put(WriteOnlyCell(sheet), line.format(key=key))
        cell.alignment = WRAP
        if number == 0:
            cell.font = Font(bold=True, size=14)
        sheet.append([cell])
    protect(sheet)


def _queue(
    sheet: Any, draft: Draft, wording: Wording, words: Words, ranges: dict[tuple[str, str], str]
) -> None:
    letters = {c.name: get_column_letter(n) for n, c in enumerate(QUEUE.columns, 1)}
    widths = [WIDTHS.get(name, 14) for name in letters]
    for letter, width in zip(letters.values(), widths, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    sheet.append(
        [
            style_header(WriteOnlyCell(sheet), Heading(words.header(QUEUE, c), COMMENTS[c.name][words.lang]))
            for c in QUEUE.columns
        ]
    )
    count = 1
    choices: dict[str, list[str]] = {}
    for statement, row in rows(draft, wording, words):
        count += 1
        sheet.row_dimensions[count].height = row_height(row, widths)
        cells = []
        for column, value in zip(QUEUE.columns, row, strict=True):
            cell = put(WriteOnlyCell(sheet), value)
            cell.alignment = WRAP
            if column.name in FILLED_IN:
                cell.protection = UNLOCKED
            else:
                cell.fill = KEY_FILL if statement.certain else DOUBT_FILL
            if column.name == "confidence" and value is not None:
                cell.number_format = "0.00"
            elif column.name in ("corrected", "comment"):
                cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
        source = _choices(statement, words, ranges)
        if source:
            choices.setdefault(source, []).append(f"{letters['corrected']}{count}")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(QUEUE.columns))}{count}"
    for source, places in choices.items():
        # Another field may be written there too, so that nothing warns.
        drop_down(sheet, " ".join(places), source, words.lang, warn=False)
    decisions = f'"{",".join(DECISIONS[words.lang])}"'
    drop_down(sheet, f"{letters['decision']}2:{letters['decision']}{MAX_ROWS}", decisions, words.lang)
    protect(sheet)


def _choices(statement: Statement, words: Words, ranges: dict[tuple[str, str], str]) -> str:
    """The list that the main field of a statement takes its value from."""
    known = fields(statement, words)
    if not known:
        return ""
    column = known[0].column
    if column.refers:
        return ranges.get(("ref", column.refers), "")
    return ranges.get(("code", column.scheme or "|".join(column.choices)), "")
