"""A sheet to fill in, as a workbook: rows that are locked but for some cells, with lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from cls_graph.sheets.columns import Column
from cls_graph.sheets.grids import entries, lists
from cls_graph.sheets.words import Words
from cls_graph.sheets.writing import KEY_FILL, UNLOCKED, WRAP, drop_down, list_ranges, list_sheet, protect
from cls_graph.workbooks import MAX_ROWS, Heading, put, row_height, save, sheet_name, style_header

DOUBT_FILL = PatternFill("solid", fgColor="FFFFF2CC")
TITLE_FONT = Font(bold=True, size=14)


@dataclass(frozen=True)
class FormColumn:
    """A column: its heading, the number format of its cells, whether they are to be filled in.

    ``choices`` are the words that may be chosen in every row.
    """

    heading: Heading
    number_format: str = ""
    open: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class FormRow:
    """The values of a row. ``doubtful`` marks it; ``lists`` is the column whose values may be chosen in the
    cell at ``at``, where other texts may be written too."""

    values: Sequence[object]
    doubtful: bool = False
    lists: Column | None = None
    at: int = 0


def form_bytes(
    name: str, notes: Sequence[str], columns: Sequence[FormColumn], rows: Sequence[FormRow], words: Words
) -> bytes:
    """The workbook: notes, the form, then the code lists and the registry that its cells may name."""
    book, taken = Workbook(write_only=True), set[str]()
    _notes(book.create_sheet(sheet_name(words.sheet("notes"), taken)), notes)
    sheet: Any = book.create_sheet(sheet_name(name, taken))
    names = {key: sheet_name(words.sheet(key), taken) for key in ("lists", "registry")}
    known = {"lists": lists(words), "registry": entries(words)}
    ranges = list_ranges(names["lists"], known["lists"]) | list_ranges(names["registry"], known["registry"])
    _form(sheet, columns, rows)
    _choices(sheet, columns, rows, ranges, words.lang)
    protect(sheet)
    for key, listed in known.items():
        list_sheet(book.create_sheet(names[key]), listed, words)
    out = io.BytesIO()
    save(book, out, notes[0])
    return out.getvalue()


def _notes(sheet: Any, notes: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(notes):
        cell = put(WriteOnlyCell(sheet), line)
        cell.alignment = WRAP
        if number == 0:
            cell.font = TITLE_FONT
        sheet.append([cell])
    protect(sheet)


def _form(sheet: Any, columns: Sequence[FormColumn], rows: Sequence[FormRow]) -> None:
    widths = [column.heading.width for column in columns]
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "B2"
    sheet.append([style_header(WriteOnlyCell(sheet), column.heading) for column in columns])
    for number, row in enumerate(rows, 2):
        sheet.row_dimensions[number].height = row_height(row.values, widths)
        cells = zip(columns, row.values, strict=True)
        sheet.append([_cell(sheet, column, value, row) for column, value in cells])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _cell(sheet: Any, column: FormColumn, value: object, row: FormRow) -> Cell:
    cell = put(WriteOnlyCell(sheet), value)
    cell.alignment = WRAP
    if column.open:
        cell.protection = UNLOCKED
    else:
        cell.fill = DOUBT_FILL if row.doubtful else KEY_FILL
    if column.number_format and not (isinstance(value, str) and value):
        cell.number_format = column.number_format
    return cell


def _choices(
    sheet: Any,
    columns: Sequence[FormColumn],
    rows: Sequence[FormRow],
    ranges: dict[tuple[str, str], str],
    lang: str,
) -> None:
    for index, column in enumerate(columns, 1):
        if column.choices:
            letter = get_column_letter(index)
            drop_down(sheet, f"{letter}2:{letter}{MAX_ROWS}", f'"{",".join(column.choices)}"', lang)
    places: dict[str, list[str]] = {}
    for number, row in enumerate(rows, 2):
        listed = row.lists
        if listed is None:
            continue
        code = ("code", listed.scheme or "|".join(listed.choices))
        source = ranges.get(("ref", listed.refers) if listed.refers else code, "")
        if source:
            places.setdefault(source, []).append(f"{get_column_letter(row.at + 1)}{number}")
    for source, cells in places.items():
        drop_down(sheet, " ".join(cells), source, lang, warn=False)
