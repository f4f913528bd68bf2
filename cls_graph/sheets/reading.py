"""Raw sheets as tables of the record: which part each sheet is, which column each header, whatever the order.

What is certain is taken (another case, accents, a title above the headers, a renamed sheet); what is not
becomes a finding. A sheet or column that is not there is no value that is not there: see ``merging``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from openpyxl.utils import get_column_letter

from cls_graph.findings import Finding
from cls_graph.records.lexical import CONTRACT_KEY
from cls_graph.sheets import cells
from cls_graph.sheets.columns import CONTRACT, PARENT, REMOVE, Column, Part, all_columns, leading, tables
from cls_graph.sheets.loading import Raw, Sheet
from cls_graph.sheets.names import LANGUAGES, NAMES
from cls_graph.sheets.rows import Value
from cls_graph.sheets.rules import CellPlace, sheet_finding
from cls_graph.sheets.words import Words, plain

HEADER_ROWS = 20
RENAMED_SHARE = 0.6
HELPERS = ("notes", "lists", "registry")


@dataclass(slots=True)
class Line:
    """A row of a table: the text of its cells by column name (none if empty), and their places."""

    number: int
    cells: dict[str, Value] = field(default_factory=dict)
    places: dict[str, CellPlace] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The one value of a cell; empty where there is none."""
        value = self.cells.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def place(self) -> CellPlace:
        """Where the row begins."""
        return self.places[""]


@dataclass
class ReadTable:
    """A part as the workbook has it: its columns by name, and its rows."""

    part: Part
    columns: dict[str, int]
    lines: list[Line] = field(default_factory=list)

    def of(self, contract: str) -> list[Line]:
        """The rows of one contract, in order. Asked once every row has its contract."""
        return self._by_contract.get(contract, [])

    @cached_property
    def _by_contract(self) -> dict[str, list[Line]]:
        name = "key" if self.part.key == CONTRACT else CONTRACT
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.text(name), []).append(line)
        return found


@dataclass
class ReadBook:
    """All that was read: tables by part, digests of the records when they were exported, findings."""

    file: str
    tables: dict[str, ReadTable] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    headers: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """The header of each column, by file, sheet and column."""
    kinds: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """The kind of value of each column, likewise."""
    findings: list[Finding] = field(default_factory=list)


def read_book(
    sheets: Sequence[Sheet], file: str, words: Words, parts: Sequence[Part] | None = None
) -> ReadBook:
    """The tables of a workbook: those of the record, or those given."""
    return _Reader(file, words, tables() if parts is None else parts).read(sheets)


class _Reader:
    def __init__(self, file: str, words: Words, parts: Sequence[Part]) -> None:
        self.words, self.book, self.parts = words, ReadBook(file), parts
        self.names = {part.key: self._names(part) for part in parts}

    def _names(self, part: Part) -> dict[str, str]:
        """The column that a header means, by the header in both languages."""
        found: dict[str, str] = {}
        for column in all_columns(part):
            own = (self.words.header(part, column, lang) for lang in LANGUAGES)
            general = NAMES["contract"].values() if column.name == "contract" else ()
            for name in (column.name, *own, *general):
                found.setdefault(plain(name), column.name)
        return found

    def place(self, sheet: Sheet, row: int = 0, column: int = 0) -> CellPlace:
        """A cell of a sheet; a CSV file is a file of its own."""
        return CellPlace(sheet.file or self.book.file, row, column, "" if sheet.file else sheet.name)

    def say(self, rule: str, place: CellPlace, header: str = "", **params: object) -> None:
        self.book.findings.append(sheet_finding(rule, place, header, **params))

    def read(self, sheets: Sequence[Sheet]) -> ReadBook:
        known = self.words.named_parts(self.parts)
        unknown, helpers = [], {plain(self.words.sheet(k, lang)) for k in HELPERS for lang in LANGUAGES}
        for sheet in sheets:
            part = known.get(plain(sheet.name))
            if part is not None and part.key not in self.book.tables:
                self.table(sheet, part)
            else:
                unknown.append(sheet)
        for sheet in unknown:
            self._states(sheet)
            renamed = None if plain(sheet.name) in helpers else self.by_headers(sheet)
            if renamed is not None:
                self.say("sheet-renamed", self.place(sheet), value=self.words.sheet(renamed.key))
                self.table(sheet, renamed)
            elif plain(sheet.name) not in helpers and sheet.cells:
                self.say("sheet-extra", self.place(sheet))
        return self.book

    def _states(self, sheet: Sheet) -> None:
        """The digests at the export, wherever they stand."""
        for row in sheet.by_row.values():
            texts = [str(raw.value).strip() for raw in row.values()]
            for key, state in pairwise(texts):
                if re.match(CONTRACT_KEY, key) and re.fullmatch("[0-9a-f]{64}", state):
                    self.book.states.setdefault(key, state)

    def by_headers(self, sheet: Sheet) -> Part | None:
        """The part that a renamed sheet must be: most of its headers, of one missing part only."""
        likely = []
        for part in self.parts:
            if part.key in self.book.tables:
                continue
            names, needed = self.names[part.key], {c.name for c in all_columns(part) if c.locked}
            for row in list(sheet.by_row.values())[:HEADER_ROWS]:
                found = {names[h] for raw in row.values() if (h := plain(str(raw.value))) in names}
                share = len(found) / max(len(all_columns(part)), len(row))
                if needed <= found and share >= RENAMED_SHARE:
                    likely.append((share, part.key, part))
        likely.sort(key=lambda x: (-x[0], x[1]))
        if not likely or (len(likely) > 1 and likely[1][0] == likely[0][0]):
            return None
        return likely[0][2]

    def table(self, sheet: Sheet, part: Part) -> None:
        """Read one sheet as a part."""
        if not sheet.cells:
            return
        names = self.names[part.key]
        scores = {
            number: len({names[h] for raw in row.values() if (h := plain(str(raw.value))) in names})
            for number, row in list(sheet.by_row.items())[:HEADER_ROWS]
        }
        header = max(scores, key=lambda n: (scores[n], -n))
        if scores[header] < 2:
            self.say("sheet-no-header", self.place(sheet, min(scores), 1))
            self.book.tables[part.key] = ReadTable(part, {})
            return
        columns = self.columns(sheet, part, header)
        table = ReadTable(part, columns)
        self.book.tables[part.key] = table
        missing = [c for c in all_columns(part) if c.locked and c.name not in columns and c.name != "value"]
        for column in missing:
            self.say("sheet-no-column", self.place(sheet, header, 1), value=self.words.header(part, column))
        if missing:
            return
        wanted = {c.name: c for c in all_columns(part)}
        for name, index in columns.items():
            where = self.place(sheet, header, index)
            self.book.kinds[where.file, where.sheet, index] = wanted[name].kind
        for number, row in sheet.by_row.items():
            if number > header:
                line = self.line(sheet, part, number, row, {columns[n]: wanted[n] for n in columns})
                if line.cells:
                    table.lines.append(line)

    def columns(self, sheet: Sheet, part: Part, header: int) -> dict[str, int]:
        """The column of each name; findings for headers that fit nothing."""
        names = self.names[part.key]
        found: dict[str, int] = {}
        unknown: list[tuple[int, str]] = []
        for index, raw in sheet.row(header).items():
            text, place = plain(str(raw.value)), self.place(sheet, header, index)
            self.book.headers[place.file, place.sheet, index] = str(raw.value).strip()
            name = names.get(text)
            if name is None:
                unknown.append((index, str(raw.value)))
            elif name in found:
                first = get_column_letter(found[name])
                self.say("sheet-twice", place, str(raw.value), value=str(raw.value), first=first)
            else:
                found[name] = index
        absent = {
            plain(h): h
            for c in all_columns(part)
            if c.name not in found
            for h in [self.words.header(part, c)]
        }
        for index, text in unknown:
            near = difflib.get_close_matches(plain(text), absent, n=1, cutoff=0.75)
            place = self.place(sheet, header, index)
            if near:
                self.say("sheet-header", place, text, value=text, near=absent[near[0]])
            else:
                self.say("sheet-extra-column", place, value=text)
        headed = set(sheet.row(header))
        headless = sorted({c for r, c in sheet.cells if r > header} - headed)
        absent.pop(plain(self.words.header(part, all_columns(part)[-1])), None)
        lost = list(absent.values())
        for index in headless if lost else ():
            row = min(r for r, c in sheet.cells if c == index and r > header)
            self.say("sheet-headless", self.place(sheet, row, index), near=lost[0])
        return found

    def line(
        self, sheet: Sheet, part: Part, number: int, row: dict[int, Raw], columns: dict[int, Column]
    ) -> Line:
        """The cells of a row, understood; findings for those that are not."""
        line = Line(number)
        first = min((i for i in row if i in columns), default=min(columns))
        line.places[""] = self.place(sheet, number, first)
        for index, column in sorted(columns.items()):
            place = self.place(sheet, number, index)
            line.places[column.name] = place
            raw = row.get(index)
            if raw is None:
                continue
            header = self.words.header(part, column)
            if raw.kind:
                self.say(f"sheet-{raw.kind}", place, header, value=str(raw.value)[:60])
                line.cells[column.name] = ""
                continue
            try:
                value = cells.read(column, raw.value, self.words)
                if column.name == REMOVE and value not in ("true", "false"):
                    raise cells.Problem("sheet-remove", {"value": value})
            except cells.Problem as problem:
                self.say(problem.rule, place, header, **problem.params)
                value = [] if column.many else ""
            # Kept where it was not understood: the row is not an empty one.
            line.cells[column.name] = value
        return line


def is_address(part: Part, name: str) -> bool:
    """Whether a column says which item a row is, and not what is known of it."""
    return name in {c.name for c in leading(part) if c.name != PARENT} or name == REMOVE
