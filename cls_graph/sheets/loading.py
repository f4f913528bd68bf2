"""Opens what people hand in: a workbook (XLSX), or a folder of CSV files, as sheets of raw cells.

A file is measured before it is opened: a bomb, a macro book, an encrypted or an old one gets a sentence, not
a crash. Nothing in it is evaluated, and no link is followed.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.cell import MergedCell
from openpyxl.utils.datetime import to_excel

from cls_graph.errors import Text, WorkbookError
from cls_graph.reasons import reason
from cls_graph.sheets.cells import YEARS
from cls_graph.sheets.slimming import slim
from cls_graph.workbooks import csv_plain, unescape

MAX_FILE = 64 * 2**20
MAX_PARTS = 5_000
MAX_TOTAL = 512 * 2**20
MAX_CELLS = 4_000_000
MAX_RATIO = 200
"""Text shrinks to a tenth or a twentieth; what shrinks two hundred times was made to."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE: Text = {
    "fr": "Dans votre tableur : « Fichier », « Enregistrer sous », type « Classeur Excel (.xlsx) ».",
    "en": "In your spreadsheet: 'File', 'Save as', type 'Excel workbook (.xlsx)'.",
}
"""How a workbook of another kind becomes one that is read."""
BLOCK = 1 << 20
SHEET = re.compile(rb"<(?:\w+:)?sheet\s")


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell: its value, and whether it is a formula or an error of the spreadsheet."""

    value: object
    kind: str = ""


@dataclass
class Sheet:
    """The cells of a sheet that hold something, by row and column from 1."""

    name: str
    cells: dict[tuple[int, int], Raw] = field(default_factory=dict)
    file: str = ""

    def row(self, number: int) -> dict[int, Raw]:
        """The cells of one row by column."""
        return self.by_row.get(number, {})

    @property
    def by_row(self) -> dict[int, dict[int, Raw]]:
        """The cells by row, then column."""
        if not hasattr(self, "_by_row"):
            found: dict[int, dict[int, Raw]] = {}
            for row, column in sorted(self.cells):
                found.setdefault(row, {})[column] = self.cells[row, column]
            self._by_row = found
        return self._by_row


def load(path: Path) -> list[Sheet]:
    """The sheets of a workbook or of a folder of CSV files. Raises ``WorkbookError``."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv" and not p.name.startswith("."))
        if not files:
            raise WorkbookError(f"« {path} » ne contient aucun fichier CSV.", f"'{path}' holds no CSV file.")
        return [_csv(file, _bytes(file)) for file in files]
    data = _bytes(path)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return [_csv(path, data)]
    return _xlsx(path, data)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise WorkbookError(
                f"« {path} » dépasse {MAX_FILE >> 20} Mio.", f"'{path}' is over {MAX_FILE >> 20} MiB."
            )
        return path.read_bytes()
    except OSError as error:
        said = reason(error)
        raise WorkbookError(
            f"« {path} » ne se lit pas : {said['fr']}.", f"'{path}' cannot be read: {said['en']}."
        ) from None


def _xlsx(path: Path, data: bytes) -> list[Sheet]:
    if data.startswith(OLE):
        raise WorkbookError(
            f"« {path} » est un classeur protégé par un mot de passe, ou à l'ancien format XLS :"
            f" enregistrez-le sans mot de passe, au format XLSX. {SAVE['fr']}",
            f"'{path}' is a workbook with a password, or in the old XLS format: save it without a password,"
            f" as XLSX. {SAVE['en']}",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _measure(path, archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise _broken(path, error) from None
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(slim(data)), keep_links=False)
        sheets = [_sheet(sheet) for sheet in book.worksheets]
    except MemoryError:
        raise
    except Exception as error:
        # The library raises what it happens to run into: any of it means that the file is not sound.
        raise _broken(path, error) from None
    missing = _declared(data) - len(book.sheetnames)
    if missing > 0:
        raise WorkbookError(
            f"« {path} » est incomplet : {missing} de ses feuilles n'y sont plus. Prenez une autre copie.",
            f"'{path}' is incomplete: {missing} of its sheets are no longer in it. Take another copy of it.",
        )
    return sheets


def _declared(data: bytes) -> int:
    """How many sheets a workbook says that it has; the library passes over those that are not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return 0
        return len(SHEET.findall(archive.read("xl/workbook.xml")))


def _broken(path: Path, error: Exception) -> WorkbookError:
    why = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return WorkbookError(
        f"« {path} » n'est pas un classeur XLSX lisible : le fichier est abîmé, ou autre chose. {SAVE['fr']}",
        f"'{path}' is no readable XLSX workbook ({why}). {SAVE['en']}",
    )


def _measure(path: Path, archive: zipfile.ZipFile) -> None:
    """Unpack every part to nowhere, within limits. Raises ``WorkbookError``."""
    infos = archive.infolist()
    names = {info.filename for info in infos}
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/workbook") for n in names):
        if "content.xml" in names or "mimetype" in names:
            raise WorkbookError(
                f"« {path} » est un classeur OpenDocument (ODS), qui n'est pas lu. {SAVE['fr']}",
                f"'{path}' is an OpenDocument workbook (ODS), which is not read. {SAVE['en']}",
            )
        raise WorkbookError(f"« {path} » n'est pas un classeur XLSX.", f"'{path}' is not an XLSX workbook.")
    total = cells = 0
    for info in infos:
        size = 0
        with archive.open(info) as part:
            while block := part.read(BLOCK):
                if size == 0 and b"<!DOCTYPE" in block[:4096].replace(b"\0", b"").upper():
                    raise WorkbookError(
                        f"« {path} » : {info.filename} déclare un type de document (DTD), ce qu'un"
                        " classeur ne fait pas.",
                        f"'{path}': {info.filename} declares a document type (DTD), which no workbook does.",
                    )
                size += len(block)
                cells += block.count(b"<c ") + block.count(b"<c>") + block.count(b"<c/")
                if total + size > MAX_TOTAL or cells > MAX_CELLS or len(infos) > MAX_PARTS:
                    raise _bomb(path)
        if size > BLOCK and size > MAX_RATIO * max(info.compress_size, 1):
            raise _bomb(path)
        total += size


def _bomb(path: Path) -> WorkbookError:
    return WorkbookError(
        f"« {path} » est démesuré une fois décompressé (au plus {MAX_TOTAL >> 20} Mio, {MAX_CELLS} cellules)."
        " Exportez moins de contrats à la fois.",
        f"'{path}' is out of proportion once unpacked (at most {MAX_TOTAL >> 20} MiB, {MAX_CELLS} cells)."
        " Export fewer contracts at a time.",
    )


def _sheet(sheet: Any) -> Sheet:
    found = Sheet(sheet.title)
    # Not by rows and columns: a single cell far out would make billions of them.
    for (row, column), cell in sheet._cells.items():
        if isinstance(cell, MergedCell) or cell.value is None:
            continue
        kind = "formula" if cell.data_type == "f" else "error" if cell.data_type == "e" else ""
        value = cell.value
        if isinstance(value, datetime.date):
            value = _as_shown(value, cell.number_format)
        if isinstance(value, str) and not kind:
            value = unescape(value)
            if not value.strip():
                continue
        found.cells[row, column] = Raw(str(value) if kind else value, kind)
    sheet._cells.clear()  # not twice in memory
    for merged in sheet.merged_cells.ranges:
        first = found.cells.get((merged.min_row, merged.min_col))
        # Down a column a merged cell means the same for each row; far down it is a slip.
        if first is not None and merged.max_row - merged.min_row < 1000 and merged.min_row > 1:
            for row in range(merged.min_row + 1, merged.max_row + 1):
                found.cells.setdefault((row, merged.min_col), first)
    return found


_UNSEEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""What a number format has beside the parts of a date: words in quotes, languages, escapes, room."""


def _as_shown(day: datetime.date, form: str) -> object:
    """A date of a cell, no more exact than the cell shows it: "mars-25" is the month, not its first day.

    >>> day = datetime.datetime(2025, 3, 1)
    >>> _as_shown(day, "mmm-yy"), _as_shown(day, "[$-40C]yyyy"), _as_shown(day, "d mmmm")
    ('2025-03', '2025', '--03-01')
    >>> _as_shown(day, "dd/mm/yyyy")
    datetime.datetime(2025, 3, 1, 0, 0)
    """
    parts = set(_UNSEEN.sub("", form).partition(";")[0].lower()) & set("ymd")
    # A small number in a cell that shows dates is a year that somebody typed.
    if to_excel(day) in YEARS or parts in ({"y", "m", "d"}, set()):  # type: ignore[no-untyped-call]
        return day
    return {"ym": f"{day:%Y-%m}", "y": f"{day:%Y}", "dm": f"--{day:%m-%d}"}.get(
        "".join(sorted(parts, key="ydm".index)), day
    )


def _csv(path: Path, data: bytes) -> Sheet:
    """A CSV file: UTF-8 or Windows-1252, commas, semicolons or tabs."""
    if b"\0" in data[:4096]:
        raise WorkbookError(
            f"« {path} » n'est pas un fichier CSV (UTF-8 ou Windows-1252).",
            f"'{path}' is not a CSV file (UTF-8 or Windows-1252).",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    sheet = Sheet(path.stem, file=str(path))
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            for column, value in enumerate(line, 1):
                if value.strip():
                    formula = value.lstrip().startswith("=")
                    sheet.cells[number, column] = Raw(
                        value if formula else csv_plain(value), "formula" if formula else ""
                    )
    except csv.Error as error:
        said = reason(error)
        raise WorkbookError(
            f"« {path} » : CSV rompu ({said['fr']}).", f"'{path}': broken CSV ({said['en']})."
        ) from None
    return sheet
