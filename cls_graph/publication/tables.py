"""All tables of a release, as CSV files with their description (CSV on the Web), and who refers to whom."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cls_graph.namespaces import VOCAB
from cls_graph.publication import contract_tables, evidence_tables, programme_tables, registry_tables
from cls_graph.publication.columns import SEPARATOR, Column, Table
from cls_graph.publication.nodes import Nodes
from cls_graph.records.registry import Dataset

TABLES: tuple[Table, ...] = (
    *contract_tables.TABLES,
    *programme_tables.TABLES,
    *registry_tables.TABLES,
    *evidence_tables.TABLES,
)
METADATA = "csv-metadata.json"


@dataclass(frozen=True)
class Filled:
    """A table with its rows; an empty cell is a value that is not known."""

    table: Table
    rows: list[list[str]]


def fill(nodes: Nodes) -> list[Filled]:
    """Every table, in the order of ``TABLES``."""
    return [Filled(table, table.cells(nodes)) for table in TABLES]


def as_csv(filled: Filled) -> bytes:
    """A table as CSV (RFC 4180, UTF-8). Words that a spreadsheet would run as a formula get an apostrophe."""
    from cls_graph.workbooks import csv_safe

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = filled.table.columns
    writer.writerow([column.name for column in columns])
    for row in filled.rows:
        writer.writerow([csv_safe(cell) if c.free else cell for c, cell in zip(columns, row, strict=True)])
    return out.getvalue().encode()


def metadata(filled: Sequence[Filled], nodes: Nodes, dataset: Dataset) -> str:
    """The description of the tables: a table group of "Metadata Vocabulary for Tabular Data" (W3C, 2015)."""
    schemes: dict[str, list[str]] = {}
    for concept in sorted(nodes.codes):
        scheme, _, slug = concept.removeprefix(VOCAB).partition("/")
        if slug and concept.startswith(VOCAB):
            schemes.setdefault(scheme, []).append(slug)
    base = nodes.iris.base
    group: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
        "@id": f"{base}dumps/tables/{METADATA}",
        "dc:title": _both(dataset.title.fr, dataset.title.en),
        "dc:license": {"@id": dataset.licence},
        "dc:source": {"@id": f"{base}id/dataset/cls-graph"},
        "dc:issued": {"@value": dataset.date, "@type": "xsd:date"},
        "http://www.w3.org/ns/dcat#version": dataset.version,
        "dialect": {"header": True, "encoding": "utf-8", "delimiter": ","},
        "tables": [_table(f.table, base, schemes) for f in filled],
    }
    return json.dumps(group, ensure_ascii=False, indent=1) + "\n"


def _both(fr: str, en: str) -> list[dict[str, str]]:
    return [{"@value": fr, "@language": "fr"}, {"@value": en, "@language": "en"}]


def _table(table: Table, base: str, schemes: Mapping[str, list[str]]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column, base, schemes) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "columnReference": column.name,
                "reference": {"resource": f"{column.to[0]}.csv", "columnReference": column.to[1]},
            }
            for column in table.columns
            if column.to is not None
        ],
        "rowTitles": [c.name for c in table.columns if c.name in ("title", "label", "name", "label_fr")],
    }
    if not schema["rowTitles"]:
        del schema["rowTitles"]
    first = table.columns[0]
    if first.kind and table.key == (first.name,):
        schema["aboutUrl"] = _thing(first, base)
    return {
        "url": f"{table.name}.csv",
        "dc:title": _both(table.fr, table.en),
        "tableSchema": schema,
    }


def _thing(column: Column, base: str) -> str:
    return f"{base}id/{column.kind}/{{+{column.name}}}"


def _column(column: Column, base: str, schemes: Mapping[str, list[str]]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": column.name,
        "titles": {"fr": [column.name, column.fr], "en": [column.en]},
    }
    pattern = column.pattern or "|".join(schemes.get(column.scheme, ()))
    said["datatype"] = {"base": column.datatype, "format": f"^(?:{pattern})$"} if pattern else column.datatype
    if column.required:
        said["required"] = True
    if column.many:
        said["separator"] = SEPARATOR
    if column.prop:
        said["propertyUrl"] = column.prop
    if column.scheme:
        said["valueUrl"] = f"{VOCAB}{column.scheme}/{{{column.name}}}"
    elif column.kind and not column.many:
        said["valueUrl"] = _thing(column, base)
    return said
