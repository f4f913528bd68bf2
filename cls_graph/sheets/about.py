"""What a workbook says of values: their status and note (``FACTS``), their quotes (``EVIDENCE``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cls_graph.findings import Finding
from cls_graph.records.facts import Evidence
from cls_graph.sheets import cells
from cls_graph.sheets.columns import CONTRACT, EVIDENCE, FACTS, REMOVE, Part, all_columns, parts, tables
from cls_graph.sheets.names import LANGUAGES
from cls_graph.sheets.reading import Line, ReadTable
from cls_graph.sheets.rows import Address, Row, Target
from cls_graph.sheets.rules import sheet_finding
from cls_graph.sheets.words import Words, as_known, plain
from cls_graph.suggesting import suggest

BY_KEY = {part.key: part for part in tables()}


def say(words: Words, rule: str, line: Line, name: str, part: Part, **params: Any) -> Finding:
    """A finding at a cell of a line, named by its column; at its beginning where it has no such column."""
    column = next((c for c in all_columns(part) if c.name == name), None)
    header = words.header(part, column) if column else ""
    return sheet_finding(rule, line.places.get(name, line.place), header, **params)


class About:
    """Puts facts and evidence of a workbook on the rows of one contract, in the place of those they had.

    ``removed`` are the items that the workbook takes out, by part and path: what is about them goes too.
    """

    def __init__(
        self,
        contract: str,
        base: Mapping[Address, Row],
        rows: Mapping[Address, Row],
        removed: set[tuple[str, str]],
        words: Words,
        findings: list[Finding],
    ) -> None:
        self.contract, self.rows, self.removed = contract, rows, removed
        self.words, self.findings = words, findings
        self.by_path = {(a.part, a.path): row for a, row in rows.items()}
        self.old = {(a.part, a.path): row for a, row in base.items()}

    def say(self, rule: str, line: Line, name: str, part: Part, **params: Any) -> None:
        self.findings.append(say(self.words, rule, line, name, part, **params))

    def read(self, part: Part, table: ReadTable) -> None:
        """Facts or evidence: those of the workbook in the place of those that there were."""
        before: dict[tuple[Address, Target], Any] = {}
        for address, row in self.rows.items():
            known: dict[Target, Any] = row.facts if part is FACTS else row.evidence
            before |= {(address, target): value for target, value in known.items()}
            known.clear()
        lines = [line for line in table.of(self.contract) if line.text(REMOVE) != "true"]
        said: dict[tuple[Address, Target], int] = {}
        # Evidence of one thing in the order of its ranks; without one, in that of the sheet.
        for line in sorted(lines, key=_rank) if part is EVIDENCE else lines:
            target = self.target(part, line)
            if target is None:
                continue
            row, about = target
            missing = [
                c.name
                for c in part.columns
                if c.name not in table.columns or line.cells.get(c.name, "…") in ("", [])  # not understood
            ]
            old = before.get((row.address, about))
            if part is EVIDENCE:
                self.quote(row, about, line, missing, old or [])
            elif (row.address, about) in said:
                first = said[row.address, about]
                self.say("sheet-again", line, "field", part, first=first)
            else:
                said[row.address, about] = line.number
                self.fact(row, about, line, missing, old or {})

    @staticmethod
    def values(part: Part, line: Line) -> dict[str, str]:
        """The cells of a line that say something of its target."""
        return {c.name: line.text(c.name) for c in part.columns if c.name != "order" and line.text(c.name)}

    def fact(self, row: Row, about: Target, line: Line, missing: list[str], old: dict[str, str]) -> None:
        """Status and note of a value; of the columns that are not there, those that it had."""
        told = {k: as_known(v, old.get(k)) for k, v in self.values(FACTS, line).items()}
        values = told | {k: old[k] for k in missing if k in old}
        if values.get("assertion") == "stated":
            del values["assertion"]
        if values:
            row.facts[about] = values
            row.places |= {(about, k): line.places[k] for k in values if k in line.places}

    def quote(
        self, row: Row, about: Target, line: Line, missing: list[str], old: list[dict[str, str]]
    ) -> None:
        """A piece of evidence; of the columns that are not there, what the same quote had."""
        values = self.values(EVIDENCE, line)
        same = (e for e in old if all(_same(e.get(k), values.get(k)) for k in ("document", "quote")))
        twin: dict[str, str] = next(same, {})
        values = {k: as_known(v, twin.get(k)) for k, v in values.items()}
        values |= {k: twin[k] for k in missing if k in twin}
        for column in EVIDENCE.columns:
            if column.required and column.name not in values:
                self.say("sheet-required", line, column.name, EVIDENCE)
        several = row.evidence.setdefault(about, [])
        for key, place in line.places.items():
            row.places[about, len(several), key] = place
        several.append({k: values[k] for k in Evidence.model_fields if k in values})

    def target(self, part: Part, line: Line) -> tuple[Row, Target] | None:
        """The row and the value that a line is about; a finding where there is none."""
        words, name = self.words, line.text("part")
        about = words.parts_by_name.get(plain(name)) if name else BY_KEY[CONTRACT]
        if about is None or about in (FACTS, EVIDENCE):
            near = suggest(name, {words.sheet(p.key) for p in parts()})
            self.say("sheet-part", line, "part", part, value=name, suggestion=near)
            return None
        holder = ""
        if line.text("field"):
            fields = {
                plain(n): h
                for h in about.holders()
                for n in (h, *(words.field(about, h, lang) for lang in LANGUAGES))
            }
            holder = fields.get(plain(line.text("field")), "")
            if not holder:
                near = suggest(line.text("field"), {words.field(about, h) for h in about.holders()})
                sheet = words.sheet(about.key)
                self.say(
                    "sheet-field", line, "field", part, value=line.text("field"), sheet=sheet, suggestion=near
                )
                return None
        value = line.text("value")
        column = about.column(holder)
        if value and column is not None:
            try:
                value = cells.read_one(column, value, words)
            except cells.Problem as problem:
                self.say(problem.rule, line, "value", part, **problem.params)
                return None
        return self.found(part, about, holder, value, line)

    def found(
        self, part: Part, about: Part, holder: str, value: str, line: Line
    ) -> tuple[Row, Target] | None:
        path = self.item_path(about, line.text("item"))
        row = self.by_path.get((about.key, path))
        column = about.column(holder)
        if row is not None and self.has(row, about, holder, value):
            return row, (holder, value if column is not None and column.many else "")
        gone = (about.key, path) in self.removed
        old = self.old.get((about.key, path))
        if gone or (old is not None and self.has(old, about, holder, value)):
            return None  # It goes with what it was about.
        shown = ", ".join(t for n in ("part", "item", "field", "value") if (t := line.text(n)))
        name = "item" if row is None else "value" if value else "field"
        self.say("sheet-nothing", line, name, part, value=shown or self.contract)
        return None

    def item_path(self, about: Part, text: str) -> str:
        """The ids of an item as the sheet names them, an item by its code or label too."""
        column = about.column(about.ident) if about.ident else None
        if column is None or not (column.scheme or column.refers):
            return text
        owner, slash, ident = text.rpartition("/")
        try:
            return owner + slash + cells.read_one(column, ident, self.words)
        except cells.Problem:
            return text

    @staticmethod
    def has(row: Row, about: Part, holder: str, value: str) -> bool:
        """Whether a row has what evidence speaks of."""
        if not holder:
            return bool(about.ident)
        column = about.column(holder)
        if column is None:
            return any(name.startswith(f"{holder}.") for name in row.cells)
        found = row.cells.get(holder)
        if column.many:
            return isinstance(found, list) and value in found
        return found is not None


def _same(known: str | None, cell: str | None) -> bool:
    """Whether a cell says what a record has, however its accents are written."""
    return known == (cell if cell is None else as_known(cell, known))


def _rank(line: Line) -> int:
    order = line.text("order")
    return int(order) if order.isdecimal() else 10**6
