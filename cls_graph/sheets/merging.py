"""The rows of a workbook laid over those of the records: what is not in the workbook stays as it is.

A row that the workbook has not, in a sheet that it has, is taken out; a sheet or column that it has not
leaves the record as it is. New rows get the next free id; none is given twice or changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cls_graph.findings import Finding
from cls_graph.sheets.about import BY_KEY, About, say
from cls_graph.sheets.columns import (
    CONTRACT,
    EVIDENCE,
    FACTS,
    PARENT,
    REMOVE,
    Part,
    all_columns,
    parts,
)
from cls_graph.sheets.reading import Line, ReadBook, ReadTable, is_address
from cls_graph.sheets.rows import Address, Row, Value
from cls_graph.sheets.rules import sheet_finding
from cls_graph.sheets.words import Words, all_known

EARLIER = "contract.review.earlier"
"""The part of the reviews that were signed before the last one."""


@dataclass
class Merged:
    """The rows that a contract shall have, and what is wrong with what the workbook asks for."""

    contract: str
    rows: list[Row]
    findings: list[Finding] = field(default_factory=list)


def contracts(book: ReadBook) -> list[str]:
    """The contracts that the workbook speaks of, in order."""
    found = [line.text("key") for line in _lines(book, CONTRACT)]
    for table in book.tables.values():
        found += [line.text(CONTRACT) for line in table.lines if table.part.key != CONTRACT]
    return [key for key in dict.fromkeys([*found, *book.states]) if key]


def _lines(book: ReadBook, part: str) -> list[Line]:
    return book.tables[part].lines if part in book.tables else []


def attribute(book: ReadBook, words: Words, known: Sequence[str]) -> None:
    """Give each row its contract: the only one where it names none; findings where that is not certain."""
    named = contracts(book)
    new = {line.text("key") for line in _lines(book, CONTRACT)}
    for table in book.tables.values():
        if table.part.key == CONTRACT:
            for line in table.lines:
                if not line.text("key"):
                    header = words.header(table.part, table.part.columns[0])
                    _say(book, "sheet-required", line, "key", header)
            continue
        column = next(c for c in all_columns(table.part) if c.name == CONTRACT)
        header = words.header(table.part, column)
        for line in table.lines:
            key = line.text(CONTRACT)
            if not key and len(named) == 1:
                line.cells[CONTRACT] = named[0]
            elif not key:
                _say(book, "sheet-no-contract", line, CONTRACT, header)
            elif key not in known and key not in new:
                near = words.suggester.near(key, {*known, *new}, CONTRACT)
                sheet = words.sheet(CONTRACT)
                _say(book, "sheet-contract", line, CONTRACT, header, value=key, sheet=sheet, suggestion=near)


def _say(book: ReadBook, rule: str, line: Line, name: str, header: str, **params: Any) -> None:
    place = line.places.get(name, line.place)
    book.findings.append(sheet_finding(rule, place, header, **params))


def merge(book: ReadBook, contract: str, base: Sequence[Row], words: Words) -> Merged:
    """The rows of one contract. ``base`` are those of its record, none where it is new."""
    return _Merge(book, contract, base, words).merge()


class _Merge:
    def __init__(self, book: ReadBook, contract: str, base: Sequence[Row], words: Words) -> None:
        self.book, self.contract, self.words = book, contract, words
        self.base = {row.address: row for row in base}
        self.rows: dict[Address, Row] = {}
        self.findings: list[Finding] = []
        self.removed: set[tuple[str, str]] = set()

    def say(self, rule: str, line: Line, name: str, part: Part, **params: Any) -> None:
        self.findings.append(say(self.words, rule, line, name, part, **params))

    def merge(self) -> Merged:
        for part in parts():
            table = self.book.tables.get(part.key)
            if table is None or not table.columns:
                self.rows |= {a: _copy(row) for a, row in self.base.items() if a.part == part.key}
            else:
                self.part(part, table)
        self.removed = {(a.part, a.path) for a in self.base if a not in self.rows}
        self.signed()
        self.owners()
        self.parents()
        about = About(self.contract, self.base, self.rows, self.removed, self.words, self.findings)
        for part in (FACTS, EVIDENCE):
            table = self.book.tables.get(part.key)
            if table is not None and table.columns:
                about.read(part, table)
        return Merged(self.contract, list(self.rows.values()), self.findings)

    # --- items

    def part(self, part: Part, table: ReadTable) -> None:
        """The rows of one part: those that there were in their order, then the new ones."""
        new: list[tuple[Address, Line]] = []
        seen: dict[Address, Line] = {}
        for line in table.of(self.contract):
            if line.text(REMOVE) == "true":
                if not part.ident:
                    self.say("sheet-stays", line, REMOVE, part)
                continue
            if all(is_address(part, n) or n == part.ident for n, v in line.cells.items() if v):
                if part.ident and line.text(part.ident):
                    self.say("sheet-required", line, self.first_required(part), part)
                if part.ident:
                    continue
            ident = line.text(part.ident) if part.ident else ""
            address = Address(self.contract, part.key, line.text("owner"), ident)
            if part.in_item and not line.text("owner"):
                self.say("sheet-required", line, "owner", part)
                continue
            if part.ident and not ident:
                if part.ident == "id":
                    new.append((address, line))
                elif part.ident not in line.cells:  # what was not understood is told of
                    self.say("sheet-required", line, part.ident, part)
                continue
            if address in seen:
                self.say("sheet-id", line, part.ident or "key", part, value=ident, first=seen[address].number)
                continue
            seen[address] = line
            if address not in self.base:
                new.append((address, line))
        for address, row in self.base.items():
            if address in seen:
                self.rows[address] = self.row(part, table, seen[address], row)
            elif address.part == part.key and not part.ident:
                self.rows[address] = _copy(row)
        taken = {(a.owner, a.ident) for a in (*self.base, *seen) if a.part == part.key}
        for address, line in new:
            if part.ident and not address.ident:
                address = replace(address, ident=_next_id(taken, address.owner))
                taken.add((address.owner, address.ident))
            fresh = Row(address, {part.ident: address.ident} if part.ident else {})
            self.rows[address] = self.row(part, table, line, fresh)

    def first_required(self, part: Part) -> str:
        return next((c.name for c in part.columns if c.required and not c.locked), part.ident)

    def row(self, part: Part, table: ReadTable, line: Line, base: Row) -> Row:
        """A row with the cells of the workbook; of the columns that it has not, those of the record."""
        found = _copy(base)
        found.places = {k: p for k, p in line.places.items() if k in table.columns or k == ""}
        for column in all_columns(part):
            name = column.name
            if name not in table.columns or is_address(part, name) or name == part.ident:
                continue
            if line.cells.get(name):
                found.cells[name] = all_known(line.cells[name], base.cells.get(name))
            elif name not in line.cells:  # what was not understood is told of, and empties nothing
                found.cells.pop(name, None)
                if column.required:
                    self.say("sheet-required", line, name, part)
        if part.ident:
            found.cells[part.ident] = found.address.ident
        elif line.text("key"):
            found.cells["key"] = line.text("key")
        for column in part.columns:
            if column.many and column.name in found.cells:
                self.drop_values(found, column.name)
        return found

    @staticmethod
    def drop_values(row: Row, name: str) -> None:
        """What was known of a value goes with the value."""
        for known in (row.facts, row.evidence):
            for target in [t for t in known if t[0] == name and t[1] not in row.cells[name]]:
                del known[target]

    def signed(self) -> None:
        """A later review than the record had does not take the place of that one, which joins the earlier."""
        address = Address(self.contract, CONTRACT)
        if address not in self.base or address not in self.rows:
            return
        before, now = (rows[address].cells for rows in (self.base, self.rows))
        by, on = str(before.get("review.by", "")), str(before.get("review.on", ""))
        if not by or str(now.get("review.on", "")) <= on:
            return
        rounds = [row for a, row in self.rows.items() if a.part == EARLIER]
        if any((r.cells.get("by"), r.cells.get("on", "")) == (by, on) for r in rounds):
            return
        taken = {("", a.ident) for a in (*self.base, *self.rows) if a.part == EARLIER}
        joined = Address(self.contract, EARLIER, "", _next_id(taken, ""))
        cells: dict[str, Value] = {"id": joined.ident, "by": by, **({"on": on} if on else {})}
        self.rows[joined] = Row(joined, cells)

    def owners(self) -> None:
        """Rows of an item that is no longer there go with it; those of one that never was are a mistake."""
        for address in list(self.rows):
            part = BY_KEY[address.part]
            if not part.in_item or part.owner is None:
                continue
            if any(a.part == part.owner.key and a.path == address.owner for a in self.rows):
                continue
            row = self.rows.pop(address)
            if (part.owner.key, address.owner) not in self.removed and row.places:
                place = row.places.get("owner", row.places[""])
                self.findings.append(sheet_finding("sheet-no-parent", place, value=address.owner))

    def parents(self) -> None:
        """Every element is part of one that is there, and not of itself."""
        for part in parts():
            if not part.children:
                continue
            own = {a.ident: row for a, row in self.rows.items() if a.part == part.key}
            for ident, row in own.items():
                parent, seen = str(row.cells.get(PARENT, "")), {ident}
                while parent and parent in own and parent not in seen:
                    seen.add(parent)
                    parent = str(own[parent].cells.get(PARENT, ""))
                if parent and row.places:
                    rule = "sheet-circle" if parent in own else "sheet-no-parent"
                    place = row.places.get(PARENT, row.places[""])
                    self.findings.append(sheet_finding(rule, place, value=parent))
                elif parent and str(row.cells.get(PARENT, "")) not in own:
                    del row.cells[PARENT]


def _copy(row: Row) -> Row:
    return Row(
        row.address,
        dict(row.cells),
        {k: dict(v) for k, v in row.facts.items()},
        {k: [dict(e) for e in v] for k, v in row.evidence.items()},
    )


def _next_id(taken: set[tuple[str, str]], owner: str) -> str:
    numbers = [int(ident) for o, ident in taken if o == owner and ident.isdigit()]
    return f"{max(numbers, default=0) + 1:02}"
