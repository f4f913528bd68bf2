"""Workbooks: safe, typed, deterministic."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_graph.workbooks import (
    Heading,
    Table,
    csv_plain,
    csv_safe,
    escape,
    sheet_name,
    tables_bytes,
    unescape,
)

HOSTILE = ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "--04-16", "'=1"]


def _open(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_no_text_is_ever_a_formula() -> None:
    book = _open(tables_bytes([Table("t", [Heading("=h")], [[text] for text in HOSTILE])]))
    cells = [row[0] for row in book["t"].iter_rows()]
    assert [unescape(str(c.value)) for c in cells] == ["=h", *HOSTILE]
    assert {c.data_type for c in cells} == {"s"}
    assert all(c.number_format == "@" and c.quotePrefix for c in cells)
    sheet = zipfile.ZipFile(io.BytesIO(tables_bytes([Table("t", [], [HOSTILE])]))).read(
        "xl/worksheets/sheet1.xml"
    )
    assert b"<f>" not in sheet


def test_values_are_what_they_are() -> None:
    row = [
        1,
        2.5,
        Decimal("15816.50"),
        True,
        datetime.date(2025, 4, 16),
        datetime.datetime(2025, 4, 16, 8, 30),
        10**17,
        float("nan"),
        datetime.date(1789, 7, 14),
        datetime.datetime(2025, 4, 16, tzinfo=datetime.UTC),
        None,
        "",
    ]
    sheet = _open(tables_bytes([Table("t", [Heading(str(n)) for n in range(len(row))], [row])]))["t"]
    found = [c.value for c in sheet[2]]
    assert found[:4] == [1, 2.5, 15816.5, True]
    assert found[4] == datetime.datetime(2025, 4, 16)
    assert found[5] == datetime.datetime(2025, 4, 16, 8, 30)
    assert found[6:10] == ["100000000000000000", "nan", "1789-07-14", "2025-04-16T00:00:00+00:00"]
    assert found[10:] in ([None, None], [])


def test_headers_are_frozen_filtered_and_commented() -> None:
    sheet = _open(tables_bytes([Table("t", [Heading("Clé", "la clé"), Heading("b", width=33)], [["x", 1]])]))[
        "t"
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet["A1"].comment is not None
    assert "la clé" in sheet["A1"].comment.text
    assert sheet.column_dimensions["B"].width == 33
    assert sheet["A1"].font.bold


def test_same_content_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [Table("t", [Heading("a", "c")], [["x", datetime.date(2025, 1, 1)]])]
    first = tables_bytes(tables, "titre")
    real = time.localtime
    monkeypatch.setattr(time, "localtime", lambda *_: real(2_000_000_000))
    time.sleep(1.1)
    assert tables_bytes(tables, "titre") == first


def test_names_of_sheets_are_allowed_and_apart() -> None:
    taken: set[str] = set()
    names = [sheet_name(n, taken) for n in ("a[b]:*?/\\c", "A b      c", "x" * 40, "x" * 50, "", "''")]
    assert len({n.lower() for n in names}) == len(names)
    assert all(0 < len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in names)


def test_a_text_too_long_for_a_cell_is_visibly_cut() -> None:
    value = _open(tables_bytes([Table("t", [], [["x" * 40_000]])]))["t"]["A1"].value
    assert isinstance(value, str)
    assert len(value) == 32_767
    assert value.endswith("…")


def test_a_workbook_without_table_still_opens() -> None:
    assert _open(tables_bytes([])).sheetnames == ["1"]


@given(st.text())
def test_texts_come_back_from_cells_and_csv(text: str) -> None:
    kept = text.encode("utf-8", "replace").decode()
    assert csv_plain(csv_safe(text)) == text
    assert not csv_safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unescape(escape(kept)) == kept


@pytest.mark.slow
@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=20))
def test_any_text_survives_a_workbook(texts: list[str]) -> None:
    texts = [t.encode("utf-8", "replace").decode() for t in texts]
    sheet = _open(tables_bytes([Table("t", [], [[t] for t in texts])]))["t"]
    assert [unescape(str(row[0].value)) for row in sheet.iter_rows()] == texts
