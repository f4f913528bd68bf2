"""From a workbook to the records that it asks for: read, laid over, checked, told; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cls_graph.checking.form import check_form
from cls_graph.checking.references import References
from cls_graph.corpus import Corpus
from cls_graph.files import changed_meanwhile
from cls_graph.findings import Finding, Place, set_by_content
from cls_graph.records.model import Record
from cls_graph.records.patching import patched
from cls_graph.records.reader import Read, validate
from cls_graph.records.tree import Document
from cls_graph.records.tree import Path as RecordPath
from cls_graph.sheets.columns import tables
from cls_graph.sheets.grids import digest
from cls_graph.sheets.loading import load
from cls_graph.sheets.merging import attribute, contracts, merge
from cls_graph.sheets.reading import ReadBook, read_book
from cls_graph.sheets.remedies import HOW_WRITTEN
from cls_graph.sheets.rows import assemble, rows
from cls_graph.sheets.rules import CellPlace, located, sheet_finding
from cls_graph.sheets.telling import differences
from cls_graph.sheets.words import Words

TOLD = ("no-position", "review-unsigned")
"""What is no violation, and is told all the same: the import brought it in."""


@dataclass
class SheetRead(Read[Record]):
    """A record read from a workbook: its places are cells, or the file for what no cell says."""

    cells: dict[RecordPath, Any] = field(default_factory=dict)

    def place(self, path: RecordPath = ()) -> Place:
        """The cell of a path, or of the longest part of it that has one; of several cells the first."""
        for length in range(len(path), 0, -1):
            bare = path[:length]
            found: Place | None = self.cells.get(bare)
            while found is None and "value" in bare:
                # A fact is written as its value, and a count has a field of that name.
                last = len(bare) - 1 - bare[::-1].index("value")
                bare = (*bare[:last], *bare[last + 1 :])
                found = self.cells.get(bare)
            if found is None and len(bare) > 1:
                found = next((p for at, p in self.cells.items() if at[: len(bare)] == bare), None)
            if found is not None:
                return found
        return Place(self.file)

    def key_place(self, path: RecordPath) -> Place:
        """The same: a cell has no key."""
        return self.place(path)


@dataclass
class Change:
    """A record that the import would write: its bytes before (none: it is new) and after, in words too."""

    key: str
    file: Path
    before: bytes | None
    after: bytes
    told: list[dict[str, str]]


@dataclass
class Plan:
    """What an import would do. Nothing of it may be done while a finding is a violation."""

    book: ReadBook
    changes: list[Change] = field(default_factory=list)
    unchanged: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether it may be carried out."""
        return not any(f.severity == "violation" for f in self.findings)


def plan(corpus: Corpus, source: Path, lang: str, *, overwrite: bool = False) -> Plan:
    """What importing ``source`` would change. Raises ``WorkbookError`` where it cannot be read at all, and
    ``OutputError`` where a record is changed meanwhile.

    ``overwrite``: also where a record has changed since the workbook was made from it.
    """
    words = Words(corpus, lang)
    book = read_book(load(source), str(source), words)
    reads = {Path(r.file).stem: r for r in corpus.records}
    outcome = Plan(book)
    if not book.tables:
        book.findings.append(sheet_finding("sheet-no-header", CellPlace(str(source))))
    attribute(book, words, list(reads))
    references = References(corpus)
    named = dict.fromkeys(contracts(book))
    references.contracts |= set(named)
    new = {line.text("key") for line in _contract_lines(book)}
    for key in named:
        if key in reads or key in new:
            _one(outcome, corpus, key, reads.get(key), words, references, overwrite=overwrite)
    _gone(outcome, words, new)
    _absent(outcome, words, [r for k, r in reads.items() if k in named])
    order = {rule: n for n, rule in enumerate(("violation", "warning", "info"))}
    outcome.findings = [*book.findings, *outcome.findings]
    outcome.findings = sorted(
        set_by_content(outcome.findings), key=lambda f: (order[f.severity], *_where(f.place), f.rule)
    )
    return outcome


def _where(place: Place) -> tuple[str, str, int, int]:
    return (place.file, getattr(place, "sheet", ""), place.line, place.column)


def _contract_lines(book: ReadBook) -> list[Any]:
    return book.tables["contract"].lines if "contract" in book.tables else []


def _one(
    outcome: Plan,
    corpus: Corpus,
    key: str,
    read: Read[Record] | None,
    words: Words,
    references: References,
    *,
    overwrite: bool,
) -> None:
    """One contract: its new record, checked, or findings."""
    file = Path(read.file) if read else corpus.root / "data" / "contracts" / f"{key}.yaml"
    if read is not None and read.value is None:
        outcome.findings += read.findings
        return
    before = file.read_bytes() if read else None
    if read is not None and before is not None and digest(before) != read.digest:
        raise changed_meanwhile(file)
    base = rows(read.value) if read and read.value else []
    merged = merge(outcome.book, key, base, words)
    outcome.findings += [_told(f, outcome.book) for f in merged.findings]
    assembled = assemble(merged.rows)
    new = SheetRead(str(file), None, document=Document(assembled.tree), cells=assembled.places)
    validate(new, Record)
    # A required cell that is empty has been told of, at the cell.
    told = any(f.rule == "sheet-required" for f in merged.findings)
    outcome.findings += [
        _told(f, outcome.book) for f in new.findings if not (told and f.rule == "missing-key")
    ]
    if new.value is None:
        return
    if read is not None and new.value == read.value:
        assert before is not None
        outcome.unchanged[key] = before
        return
    found = [*check_form(new), *references.record(new)]
    # Where a quote stands is what verify writes, into the record.
    found = [replace(f, severity="warning") if f.rule == "no-position" else f for f in found]
    outcome.findings += [_told(f, outcome.book) for f in found if f.severity == "violation" or f.rule in TOLD]
    if (
        before is not None
        and outcome.book.states.get(key, digest(before)) != digest(before)
        and not overwrite
    ):
        outcome.findings.append(sheet_finding("sheet-moved", Place(corpus.shown(file))))
    base_read = read if read is not None else Read[Record](str(file), None)
    after = patched(base_read, before or b"", new.value)
    told_of = differences(base, rows(new.value), words)
    outcome.changes.append(Change(key, file, before, after, told_of))


def _told(found: Finding, book: ReadBook) -> Finding:
    """A finding of the model or the checks, with row, column and header of its cell."""
    place = found.place
    if not isinstance(place, CellPlace):
        return found
    at = (place.file, place.sheet, place.column)
    told = located(found, book.headers.get(at, ""))
    how = HOW_WRITTEN.get(book.kinds.get(at, "")) if found.rule == "bad-value" else None
    return replace(told, remedy=how) if how else told


def _gone(outcome: Plan, words: Words, named: set[str]) -> None:
    """Contracts that were exported and whose row is gone: that removes nothing, and nobody shall think so."""
    table = outcome.book.tables.get("contract")
    if table is None or not table.columns:
        return
    name = words.sheet("contract")
    for key in (key for key in outcome.book.states if key not in named):
        place = CellPlace(outcome.book.file, sheet=name)
        outcome.findings.append(sheet_finding("sheet-contract-gone", place, value=key))


def _absent(outcome: Plan, words: Words, reads: Sequence[Read[Record]]) -> None:
    """Sheets and columns that are not there, where the records have something in them."""
    used: dict[str, set[str]] = {}
    for read in reads:
        for row in rows(read.value) if read.value else ():
            used.setdefault(row.address.part, set()).update(row.cells)
            for about, known in (("facts", row.facts), ("evidence", row.evidence)):
                if known:
                    used.setdefault(about, set())
    place = CellPlace(outcome.book.file)
    for table_part in tables():
        table, name = outcome.book.tables.get(table_part.key), words.sheet(table_part.key)
        if table is None:
            if table_part.key in used:
                outcome.findings.append(sheet_finding("sheet-absent", place, value=name))
            continue
        for column in table_part.columns if table.columns else ():
            if column.name not in table.columns and column.name in used.get(table_part.key, ()):
                value = words.header(table_part, column)
                where = replace(place, sheet=name)
                outcome.findings.append(sheet_finding("sheet-absent-column", where, value=value))
