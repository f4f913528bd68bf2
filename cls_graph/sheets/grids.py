"""Records as the grids of cells that a workbook or a folder of CSV files shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cls_graph.corpus import Corpus
from cls_graph.errors import ChecksFailed, OutputError, UsageError
from cls_graph.records.facts import Evidence
from cls_graph.records.model import Record
from cls_graph.records.reader import Read
from cls_graph.sheets import cells
from cls_graph.sheets.columns import (
    CONTRACT,
    EVIDENCE,
    FACTS,
    PARENT,
    Column,
    Part,
    all_columns,
    parts,
    tables,
)
from cls_graph.sheets.rows import Row, rows
from cls_graph.sheets.words import Words
from cls_graph.workbooks import MAX_TEXT, escape


@dataclass
class Grid:
    """A sheet: its part, its columns, and its rows of values as they are shown."""

    part: Part
    name: str
    columns: list[Column]
    headers: list[str]
    rows: list[list[object]] = field(default_factory=list)


def chosen(corpus: Corpus, keys: Sequence[str] = ()) -> list[Read[Record]]:
    """The records of these keys, or all.

    Raises ``UsageError`` for a key that there is not, ``ChecksFailed`` where a record does not read.
    """
    reads = {Path(r.file).stem: r for r in corpus.records}
    unknown = [k for k in keys if k not in reads]
    if unknown:
        known = ", ".join(sorted(reads)[:20])
        raise UsageError(
            f"Aucune fiche « {unknown[0]} ». Fiches : {known}.",
            f"No record '{unknown[0]}'. Records: {known}.",
        )
    found = [reads[k] for k in dict.fromkeys(keys)] if keys else list(reads.values())
    broken = [f for r in found for f in r.findings if r.value is None]
    if broken:
        raise ChecksFailed(
            "Une fiche ne se lit pas : corrigez-la avant d'exporter.",
            "A record does not read: mend it before the export.",
            findings=broken,
        )
    return found


def digest(data: bytes) -> str:
    """What tells two versions of a record file apart."""
    return hashlib.sha256(data).hexdigest()


def grids(records: Sequence[Record], words: Words) -> list[Grid]:
    """The grids of these records, one a table. Raises ``OutputError`` for a value that no cell can hold."""
    found = {}
    for part in tables():
        columns = all_columns(part)
        headers = [words.header(part, c) for c in columns]
        found[part.key] = Grid(part, words.sheet(part.key), columns, headers)
    for record in records:
        for row in rows(record):
            grid = found[row.address.part]
            grid.rows.append([_shown(c, row, grid.part, words) for c in grid.columns])
            found[FACTS.key].rows += _facts(row, grid.part, words)
            found[EVIDENCE.key].rows += _evidence(row, grid.part, words)
    for grid in found.values():
        _fits(grid)
    return list(found.values())


def _fits(grid: Grid) -> None:
    for row in grid.rows:
        for header, value in zip(grid.headers, row, strict=True):
            if isinstance(value, str) and len(escape(value)) > MAX_TEXT:
                raise OutputError(
                    f"« {grid.name} », « {header} », contrat {row[0]} : un texte de plus de {MAX_TEXT}"
                    " caractères ne tient pas dans une cellule.",
                    f"'{grid.name}', '{header}', contract {row[0]}: a text of over {MAX_TEXT} characters"
                    " does not fit in a cell.",
                )


def _shown(column: Column, row: Row, part: Part, words: Words) -> object:
    if column.path == (CONTRACT,):
        return row.address.contract
    if column.path == ("owner",):
        return item_text(part.owner, row.address.owner, words) if part.owner else ""
    if column.path == (PARENT,):
        return row.cells.get(PARENT, "")
    value = row.cells.get(column.name)
    return None if value is None else cells.cell(column, value, words)


def item_text(part: Part, path: str, words: Words) -> str:
    """The ids of an item as a cell shows them: the last one with its label where it is a code or a key."""
    column = part.column(part.ident) if part.ident else None
    if column is None or not (column.scheme or column.refers):
        return path
    owner, slash, ident = path.rpartition("/")
    return owner + slash + str(cells.shown(column, ident, words))


def _about(row: Row, part: Part, target: tuple[str, str], words: Words) -> list[object]:
    holder, value = target
    column = part.column(holder)  # none where it is of several
    shown = cells.shown(column, value, words) if column is not None and value else value
    return [
        row.address.contract,
        words.sheet(part.key),
        item_text(part, row.address.path, words),
        words.field(part, holder) if holder else "",
        str(shown),
    ]


def _facts(row: Row, part: Part, words: Words) -> Iterator[list[object]]:
    for target, known in row.facts.items():
        values = [cells.shown(c, known[c.name], words) if c.name in known else None for c in FACTS.columns]
        yield [*_about(row, part, target, words), *values, None]


def _evidence(row: Row, part: Part, words: Words) -> Iterator[list[object]]:
    columns = {c.name: c for c in EVIDENCE.columns}
    for target, several in row.evidence.items():
        for order, evidence in enumerate(several, 1):
            values = [
                cells.shown(columns[k], evidence[k], words) if k in evidence else None
                for k in Evidence.model_fields
            ]
            yield [*_about(row, part, target, words), order, *values, None]


def lists(words: Words) -> dict[tuple[str, str], list[str]]:
    """What the drop-downs offer: the words of each code list, by ``scheme`` or its choices."""
    found: dict[tuple[str, str], list[str]] = {}
    for part in (*parts(), FACTS, EVIDENCE):
        for column in part.columns:
            if column.scheme or column.choices:
                key = ("code", column.scheme or "|".join(column.choices))
                found.setdefault(key, [words.code(column, s) for s in words.slugs(column)])
    return found


def entries(words: Words) -> dict[tuple[str, str], list[str]]:
    """The registry entries that the drop-downs offer, by kind."""
    kinds = ("organisation", "person", "agent", "framework", "document", "territory", "contract")
    return {("ref", kind): [words.reference(kind, key) for key in words.entries(kind)] for kind in kinds}
