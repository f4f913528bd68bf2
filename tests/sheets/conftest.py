"""What the tests of the spreadsheet share: an exported workbook, edits to it, the import of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cls_graph.corpus import Corpus
from cls_graph.sheets.exporting import write_csv, write_xlsx


@dataclass
class Desk:
    """A corpus, its workbook, and the command: what a coordinator has."""

    root: Path
    file: Path
    cli: Callable[..., Any]

    def book(self) -> openpyxl.Workbook:
        """The workbook, to be edited and saved over the file."""
        return openpyxl.load_workbook(self.file)

    def save(self, book: openpyxl.Workbook) -> None:
        book.save(self.file)

    def edit(self, sheet: str, **cells: Any) -> None:
        """Set cells of one sheet: ``edit("Contrat", B2="Titre")``."""
        book = self.book()
        for name, value in cells.items():
            book[sheet][name] = value
        self.save(book)

    def cell(self, sheet: str, header: str, row: int = 2) -> str:
        """The name of the cell of a column, by its header."""
        return _cell(self.book()[sheet], header, row)

    def set(self, sheet: str, header: str, row: int, value: Any) -> str:
        """Set one cell, by the header of its column; its name."""
        book = self.book()
        name = _cell(book[sheet], header, row)
        book[sheet][name] = value
        self.save(book)
        return name

    def row_of(self, sheet: str, **wanted: Any) -> int:
        """The row whose columns (by header) hold these values."""
        found = self.book()[sheet]
        heads = {c.value: c.column for c in found[1]}
        for row in found.iter_rows(min_row=2):
            if all(row[heads[h] - 1].value == v for h, v in wanted.items()):
                return int(row[0].row or 0)
        raise AssertionError(f"no row {wanted} in {sheet!r}")

    def run(self, *words: str | Path) -> Any:
        """Import the workbook, into the corpus."""
        return self.cli("import", "--lang", "fr", self.file, "--corpus", self.root, *words)

    def findings(self, *words: str | Path) -> dict[str, Any]:
        """The findings of a dry run that fail it, by rule."""
        said = self.run("--dry-run", "--json", *words).json()
        return {f["rule"]: f for f in said["findings"] if f["severity"] == "violation"}

    def files(self) -> dict[str, bytes]:
        """Every record of the corpus."""
        return {p.name: p.read_bytes() for p in sorted((self.root / "data" / "contracts").iterdir())}

    def record(self, key: str) -> Any:
        """A record, read again."""
        return next(r for r in Corpus.open(self.root).records if Path(r.file).stem == key).value


def _cell(sheet: Any, header: str, row: int) -> str:
    for cell in sheet[1]:
        if cell.value == header:
            return f"{cell.column_letter}{row}"
    raise AssertionError(f"no column {header!r} in {sheet.title!r}")


@pytest.fixture(scope="session")
def books() -> Callable[[Any, str], bytes]:
    """The workbook of what a test may change, made once a session (by name)."""
    made: dict[str, bytes] = {}

    def of(corpus: Corpus, name: str) -> bytes:
        if name not in made:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "contrats.xlsx"
                write_xlsx(corpus, file, (), "fr")
                made[name] = file.read_bytes()
        return made[name]

    return of


@pytest.fixture
def desk(tiny_with_shapes: Any, cli: Callable[..., Any], tmp_path: Path, books: Any) -> Desk:
    """The workbook of the tiny corpus."""
    file = tmp_path / "contrats.xlsx"
    file.write_bytes(books(tiny_with_shapes.corpus(), "tiny"))
    return Desk(tiny_with_shapes.root, file, cli)


@pytest.fixture
def big_desk(corpus_dir: Path, exported: bytes, cli: Callable[..., Any], tmp_path: Path) -> Desk:
    """The workbook of the bundled corpus."""
    file = tmp_path / "contrats.xlsx"
    file.write_bytes(exported)
    return Desk(corpus_dir, file, cli)


@pytest.fixture
def csv_desk(corpus_dir: Path, cli: Callable[..., Any], tmp_path: Path) -> Desk:
    """The CSV files of the bundled corpus."""
    folder = tmp_path / "csv"
    write_csv(Corpus.open(corpus_dir), folder, (), "fr")
    return Desk(corpus_dir, folder, cli)


@pytest.fixture(scope="session")
def exported(bundle: Corpus, books: Any) -> bytes:
    """The workbook of the bundled corpus, made once."""
    made: bytes = books(bundle, "bundled")
    return made
