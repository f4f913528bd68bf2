"""Workbooks (XLSX) and CSV cells that are safe to open and the same bytes for the same content.

A text is never evaluated: in a workbook it is of type string, in the text format and with the quote prefix;
in CSV one that a spreadsheet would take for a formula has an apostrophe before it. No clock goes in.
"""

from __future__ import annotations

import datetime
import io
import itertools
import math
import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from cls_graph.errors import OutputError

MAX_TEXT = 32_767
MAX_ROWS = 1_048_576
MAX_LINKS = 60_000
"""A sheet holds 65,530 links at most; past this many a text is only a text."""
MAX_DIGITS = 15
"""A spreadsheet keeps fifteen digits of a number: a longer one is written as text."""

EPOCH = (1980, 1, 1, 0, 0, 0)
AUTHOR = "cls-graph"
FIRST_DATE = datetime.date(1900, 3, 1)
"""Before it spreadsheets differ by a day, or know no date."""

HEADER_FONT = Font(bold=True, color="FFFFFFFF")
LINK_FONT = Font(color="FF0B5394", underline="single")
HEADER_FILL = PatternFill("solid", fgColor="FF1F4E79")
HEADER_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
NARROW, WIDE = 8.0, 60.0
MAX_HEIGHT = 300.0

_FORMULA = re.compile("'*[=+\\-@\t\r]")
_QUOTED = re.compile("'+[=+\\-@\t\r]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""Not half a surrogate pair, which is no character: it stays as it is written."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Link:
    """A text that leads to an address."""

    text: str
    target: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Heading:
    """A column of a table: its header, what a comment says of it, and its width (0: from the content)."""

    text: str
    comment: str = ""
    width: float = 0


@dataclass(frozen=True)
class Table:
    """A sheet of rows under a header. ``rows`` may be a generator: it is read once, row by row."""

    name: str
    headings: Sequence[Heading]
    rows: Iterable[Sequence[object]]


def write_tables(tables: Iterable[Table], target: IO[bytes], title: str = "") -> None:
    """A workbook of tables, for reading: styled headers, frozen and with filters, real dates and numbers.

    Rows go to disk as they come. Raises ``OutputError`` where there are more than a sheet can hold.
    """
    workbook = Workbook(write_only=True)
    taken: set[str] = set()
    for table in tables:
        sheet: Any = workbook.create_sheet(sheet_name(table.name, taken))
        rows = iter(table.rows)
        first = list(itertools.islice(rows, 200))
        for index, heading in enumerate(table.headings):
            shown = [heading.text, *(row[index] for row in first if index < len(row))]
            letter = get_column_letter(index + 1)
            sheet.column_dimensions[letter].width = heading.width or fitting(shown)
        count = 0
        if table.headings:
            sheet.freeze_panes, count = "A2", 1
            sheet.append([style_header(WriteOnlyCell(sheet), h) for h in table.headings])
        for row in itertools.chain(first, rows):
            count += 1
            if count > MAX_ROWS:
                raise OutputError(
                    f"Une feuille tient au plus {MAX_ROWS} lignes : « {table.name} » en a davantage.",
                    f"A sheet holds at most {MAX_ROWS} rows: '{table.name}' has more.",
                )
            sheet.append([_placed(sheet, value, count, column) for column, value in enumerate(row, 1)])
        if table.headings:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{count}"
    if not taken:
        workbook.create_sheet("1")
    save(workbook, target, title)


def _placed(sheet: Any, value: object, row: int, column: int) -> Cell:
    """A cell with a value; a link needs to know where it is."""
    cell = put(WriteOnlyCell(sheet), value)
    if isinstance(value, Link) and len(sheet._hyperlinks) < MAX_LINKS:
        cell.row, cell.column = row, column
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=escape(value.target))
        cell.font = LINK_FONT
    return cell


def tables_bytes(tables: Iterable[Table], title: str = "") -> bytes:
    """The workbook of ``write_tables``, in memory."""
    target = io.BytesIO()
    write_tables(tables, target, title)
    return target.getvalue()


def save(workbook: Workbook, target: IO[bytes], title: str = "") -> None:
    """Write a workbook with fixed times, so that the same content gives the same bytes."""
    workbook.properties = DocumentProperties(
        creator=AUTHOR,
        title=title or None,
        created=datetime.datetime(*EPOCH),
        modified=datetime.datetime(*EPOCH),
    )
    with tempfile.TemporaryFile() as draft:
        # ``Workbook.save`` would set the time of modification; its writer alone does not.
        ExcelWriter(workbook, zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED, allowZip64=True)).save()
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(target, "w", allowZip64=True) as out:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, EPOCH)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
                info.external_attr = 0o600 << 16
                with source.open(name) as part, out.open(info, "w", force_zip64=True) as copy:
                    while block := part.read(1 << 20):
                        copy.write(block)


def put(cell: Cell, value: object) -> Cell:
    """Set a cell to a value, as what it is; a text can never be evaluated. Returns the cell.

    Numbers of more than fifteen digits, numbers that are none and dates that spreadsheets do not know
    are written as text. A text over ``MAX_TEXT`` is cut and ends in "…".
    """
    if value is None or value == "":
        return cell
    if isinstance(value, bool):
        cell.value = value
    elif isinstance(value, int | float | Decimal):
        return _number(cell, value)
    elif isinstance(value, datetime.datetime):
        if value.tzinfo is not None or value.date() < FIRST_DATE:
            return _text(cell, value.isoformat())
        cell.value, cell.number_format = value, "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, datetime.date):
        if value < FIRST_DATE:
            return _text(cell, value.isoformat())
        cell.value, cell.number_format = value, "yyyy-mm-dd"
    else:
        return _text(cell, str(value))
    return cell


def _number(cell: Cell, value: int | float | Decimal) -> Cell:
    exact = isinstance(value, float) or len(Decimal(value).as_tuple().digits) <= MAX_DIGITS
    if not exact or not math.isfinite(value):
        return _text(cell, str(value))
    cell.value = value
    return cell


def _text(cell: Cell, text: str) -> Cell:
    escaped = escape(text)
    if len(escaped) > MAX_TEXT:
        escaped = escaped[: MAX_TEXT - 1] + "…"
    cell.value = escaped
    # After the value: setting it would take a text that begins with "=" for a formula.
    cell.data_type, cell.number_format = "s", "@"
    if _FORMULA.match(text):
        cell.quotePrefix = True
    return cell


def style_header(cell: Cell, heading: Heading) -> Cell:
    """Make a cell the header of a column, with its comment."""
    put(cell, heading.text)
    cell.font, cell.fill, cell.alignment = HEADER_FONT, HEADER_FILL, HEADER_ALIGNMENT
    if heading.comment:
        comment = Comment(escape(heading.comment), AUTHOR)
        lines = sum(1 + len(line) // 45 for line in heading.comment.split("\n"))
        comment.width, comment.height = 320, 30 + 18 * lines
        cell.comment = comment
    return cell


def fitting(values: Iterable[object]) -> float:
    """A width of column that shows these values, within bounds."""
    longest = max((len(line) for v in values if v is not None for line in str(v).split("\n")), default=0)
    return min(max(longest * 1.1 + 2, NARROW), WIDE)


def row_height(values: Iterable[object], widths: Iterable[float]) -> float:
    """A height of row that shows wrapped texts in columns of these widths; spreadsheets do not all fit it."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str):
            shown = sum(1 + len(line) // max(int(width) - 1, 1) for line in value.split("\n"))
            lines = max(lines, shown)
    return min(15.0 * lines, MAX_HEIGHT)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet may have, unlike those in ``taken`` (which gets it).

    >>> sheet_name("a/b", {"a b"})
    'a b 2'
    """
    base = _SHEET_NAME.sub(" ", wanted).strip("' ")[:31] or "1"
    name, number = base, 1
    while name.lower() in {t.lower() for t in taken}:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    taken.add(name)
    return name


def escape(text: str) -> str:
    """A text as a cell holds it: what XML cannot hold is written ``_x000D_`` (ECMA-376, 22.4.2.4).

    >>> escape("a\\r\\nb"), escape("_x000D_")
    ('a_x000D_\\nb', '_x005F_x000D_')
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", _SURROGATE.sub("\ufffd", text))
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    """The text that ``escape`` was given.

    >>> unescape(escape("_x000D_ and \\r")), unescape("_xD800_")
    ('_x000D_ and \\r', '_xD800_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def csv_safe(text: str) -> str:
    """A text for a CSV cell: with an apostrophe before it where a spreadsheet would evaluate it.

    >>> csv_safe("=1+1"), csv_safe("plain"), csv_safe("'=1")
    ("'=1+1", 'plain', "''=1")
    """
    return "'" + text if _FORMULA.match(text) else text


def csv_plain(text: str) -> str:
    """The text that ``csv_safe`` was given.

    >>> csv_plain(csv_safe("--04-16")), csv_plain("--04-16"), csv_plain("'tis")
    ('--04-16', '--04-16', "'tis")
    """
    return text[1:] if _QUOTED.match(text) else text
