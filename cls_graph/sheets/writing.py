"""The workbook of some records: a sheet a part, drop-downs, comments, locked keys, frozen panes, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.datavalidation import DataValidation

from cls_graph.plainly import TRUTH
from cls_graph.sheets.columns import CONTRACT, Column
from cls_graph.sheets.grids import Grid, entries, lists
from cls_graph.sheets.notes import NOTES
from cls_graph.sheets.words import Words
from cls_graph.workbooks import (
    MAX_ROWS,
    Heading,
    escape,
    fitting,
    put,
    row_height,
    save,
    sheet_name,
    style_header,
)

__all__ = ["save", "workbook"]

UNLOCKED = Protection(locked=False)
KEY_FILL = PatternFill("solid", fgColor="FFEDEDED")
WRAP = Alignment(vertical="top", wrap_text=True)
TEXT_WIDTH = 45.0
LANGUAGE_FORMATS = {"fr": "dd/mm/yyyy", "en": "yyyy-mm-dd"}

CHOOSE = {
    "fr": ("Valeur inconnue", "Choisissez dans la liste."),
    "en": ("Unknown value", "Choose from the list."),
}


def workbook(grids: Sequence[Grid], states: dict[str, str], words: Words) -> Workbook:
    """A workbook of these grids. ``states`` has the digest of each record's file, by key."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    _notes(book.create_sheet(sheet_name(words.sheet("notes"), taken)), states, words)
    names = {key: sheet_name(words.sheet(key), taken) for key in ("lists", "registry")}
    code_lists, registry = lists(words), entries(words)
    registry["ref", "contract"] = sorted(states)
    ranges = list_ranges(names["lists"], code_lists) | list_ranges(names["registry"], registry)
    yesno = [TRUTH[value][words.lang] for value in ("true", "false")]
    for grid in grids:
        _sheet(book.create_sheet(sheet_name(grid.name, taken)), grid, ranges, yesno, words)
    for key, columns in (("lists", code_lists), ("registry", registry)):
        list_sheet(book.create_sheet(names[key]), columns, words)
    return book


def _notes(sheet: Any, states: dict[str, str], words: Words) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 110, 70
    for number, line in enumerate(NOTES[words.lang]):
        cell = put(WriteOnlyCell(sheet), words.corpus.kind.noun(line, words.lang))
        cell.alignment = WRAP
        if number == 0:
            cell.font = Font(bold=True, size=14)
        sheet.append([cell])
    sheet.append([style_header(WriteOnlyCell(sheet), Heading(h)) for h in words.state_headers])
    for key, state in states.items():
        sheet.append([put(WriteOnlyCell(sheet), key), put(WriteOnlyCell(sheet), state)])
    protect(sheet)


def protect(sheet: Any) -> None:
    """Protect a sheet, without a password: locked cells stay as they are, what loses nothing is allowed."""
    sheet.protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(sheet.protection, allowed, False)


def list_ranges(name: str, columns: dict[tuple[str, str], list[str]]) -> dict[tuple[str, str], str]:
    """Where ``list_sheet`` puts each list that is not empty, as a drop-down names it."""
    found = {}
    for index, (key, values) in enumerate(columns.items(), 1):
        if values:
            letter = get_column_letter(index)
            found[key] = f"'{name}'!${letter}$2:${letter}${len(values) + 1}"
    return found


def list_sheet(sheet: Any, columns: dict[tuple[str, str], list[str]], words: Words) -> None:
    """The lists behind the drop-downs, one a column."""
    headers = [words.list_name(name) for _, name in columns]
    for index, (header, values) in enumerate(zip(headers, columns.values(), strict=True), 1):
        sheet.column_dimensions[get_column_letter(index)].width = fitting([header, *values[:500]])
    sheet.freeze_panes = "A2"
    sheet.append([style_header(WriteOnlyCell(sheet), Heading(header)) for header in headers])
    for row in range(max((len(v) for v in columns.values()), default=0)):
        sheet.append([put(WriteOnlyCell(sheet), v[row] if row < len(v) else None) for v in columns.values()])
    protect(sheet)


def _sheet(
    sheet: Any, grid: Grid, ranges: dict[tuple[str, str], str], yesno: list[str], words: Words
) -> None:
    """One part: headers with comments, rows, and what a cell may hold."""
    widths = []
    for index, (column, header) in enumerate(zip(grid.columns, grid.headers, strict=True), 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        width = fitting([row[index - 1] for row in grid.rows[:300]])
        dimension.width = max(min(width, TEXT_WIDTH), min(len(header) + 3, 22))
        widths.append(dimension.width)
        # Rows to come are free to be written in.
        dimension.protection = UNLOCKED
        dimension.number_format = _number_format(column, words.lang)
        dimension.alignment = WRAP
    lead = sum(1 for c in grid.columns if c.locked)
    sheet.freeze_panes = f"{get_column_letter(min(lead, 3) + 1)}2"
    sheet.append(
        [
            style_header(WriteOnlyCell(sheet), Heading(header, words.comment(grid.part, column)))
            for column, header in zip(grid.columns, grid.headers, strict=True)
        ]
    )
    formats = [_number_format(c, words.lang) for c in grid.columns]
    for number, row in enumerate(grid.rows, 2):
        sheet.row_dimensions[number].height = row_height(row, widths)
        sheet.append(
            [
                _cell(sheet, column, value, form)
                for column, value, form in zip(grid.columns, row, formats, strict=True)
            ]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(grid.columns))}{len(grid.rows) + 1}"
    for index, column in enumerate(grid.columns, 1):
        _validation(sheet, column, get_column_letter(index), ranges, yesno, words.lang)
    protect(sheet)


def _cell(sheet: Any, column: Column, value: object, form: str) -> Cell:
    cell = put(WriteOnlyCell(sheet), value)
    cell.alignment = WRAP
    if not isinstance(value, str) or not value:
        cell.number_format = form
    if column.locked:
        cell.fill = KEY_FILL
    else:
        cell.protection = UNLOCKED
    return cell


def _number_format(column: Column, lang: str) -> str:
    if column.kind == "FullDate":
        return LANGUAGE_FORMATS[lang]
    if column.kind in ("Integer", "Offset", "Year"):
        return "0"
    return "#,##0.##" if column.kind in ("Amount", "Number") else "@"


def _validation(
    sheet: Any,
    column: Column,
    letter: str,
    ranges: dict[tuple[str, str], str],
    yesno: list[str],
    lang: str,
) -> None:
    """A drop-down on the whole column, the rows to come with it; it only warns: the import is the judge."""
    if column.many:
        return
    source = ""
    if column.kind == "Boolean":
        source = f'"{",".join(yesno)}"'
    elif column.path == (CONTRACT,):
        source = ranges.get(("ref", "contract"), "")
    elif column.scheme or column.choices:
        source = ranges.get(("code", column.scheme or "|".join(column.choices)), "")
    elif column.refers and column.path != ("key",):
        source = ranges.get(("ref", column.refers), "")
    if not source:
        return
    drop_down(sheet, f"{letter}2:{letter}{MAX_ROWS}", source, lang)


def drop_down(sheet: Any, cells: str, source: str, lang: str, *, warn: bool = True) -> None:
    """Offer a list in these ranges of cells; ``warn`` where something else is written."""
    title, text = CHOOSE[lang]
    rule = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    rule.errorTitle, rule.error, rule.showErrorMessage = title, escape(text), warn
    rule.sqref = MultiCellRange(cells)
    sheet.data_validations.append(rule)
