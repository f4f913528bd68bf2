"""All tables of a release in one workbook, for reading: real numbers, dates and booleans, no formula."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from cls_graph.publication.columns import Column
from cls_graph.records.registry import Dataset

if TYPE_CHECKING:
    from cls_graph.publication.tables import Filled

WORKBOOK = "tables.xlsx"
_README = ("feuille / sheet", "contenu", "content", "lignes / rows")


def as_workbook(tables: Sequence[Filled], dataset: Dataset) -> bytes:
    """The workbook: a sheet that says what there is, then a sheet a table. Same tables, same bytes."""
    from cls_graph.workbooks import Heading, Table, tables_bytes

    sheets = [Table("À lire", [Heading(text) for text in _README], list(_about(tables, dataset)))]
    for filled in tables:
        headings = [Heading(c.fr, f"{c.en}\n{c.name}") for c in filled.table.columns]
        sheets.append(Table(filled.table.name, headings, _rows(filled)))
    return tables_bytes(sheets, dataset.title.fr)


def _rows(filled: Filled) -> Iterator[list[object]]:
    for row in filled.rows:
        yield [_value(column, cell) for column, cell in zip(filled.table.columns, row, strict=True)]


def _about(tables: Sequence[Filled], dataset: Dataset) -> Iterator[Sequence[object]]:
    for filled in tables:
        yield filled.table.name, filled.table.fr, filled.table.en, len(filled.rows)
    yield ()
    yield "", dataset.title.fr, dataset.title.en
    yield "", f"Version {dataset.version}, {dataset.date}", f"Version {dataset.version}, {dataset.date}"
    yield "", dataset.licence, dataset.licence
    yield "", dataset.description.fr, dataset.description.en


def _value(column: Column, cell: str) -> object:
    """A cell as what it is; what does not read as its datatype stays text."""
    if not cell or column.many:
        return cell
    try:
        match column.datatype:
            case "integer" | "gYear":
                return int(cell)
            case "decimal":
                return Decimal(cell)
            case "boolean":
                return cell == "true"
            case "date":
                return datetime.date.fromisoformat(cell)
    except (ValueError, ArithmeticError):
        pass
    return cell
