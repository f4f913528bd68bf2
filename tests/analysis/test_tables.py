"""The typed table: its types in polars and pandas, itself in a notebook, CSV and XLSX."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pytest
import yaml

import cls_graph
from cls_graph.analysis.opened import Graph
from cls_graph.queries import library
from cls_graph.roots import bundled_root

VALUES = """\
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?thing ?n ?d ?f ?b ?day ?time ?at ?year ?mixed ?huge ?text WHERE { VALUES
 (?thing ?n ?d ?f ?b ?day ?time ?at ?year ?mixed ?huge ?text) {
 (<https://w3id.org/cls-sante/id/organisation/ars-84> 3 1.25 1e0 true "0999-12-31"^^xsd:date
  "2025-01-31T10:00:00"^^xsd:dateTime "2025-01-31T10:00:00+02:00"^^xsd:dateTime "2025"^^xsd:gYear 2025
  99999999999999999999 "<b>&"@fr)
 (UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF)
 (<http://x/<y>> -1 2 INF false "2025-04-16"^^xsd:date UNDEF UNDEF "2026"^^xsd:gYear
  "2025-04-16"^^xsd:date 1 "=1+1") } }""".replace("<http://x/<y>>", "<http://x.example/a>").replace(
    "INF", '"INF"^^xsd:double'
)


def dataset_version() -> str:
    text = (bundled_root() / "data" / "dataset.yaml").read_text(encoding="utf-8")
    return str(yaml.safe_load(text)["version"])


@pytest.fixture(scope="module")
def g() -> Graph:
    return cls_graph.open()


@pytest.fixture(scope="module")
def table(g: Graph) -> Any:
    return g.query(VALUES)


def test_a_ready_question_has_its_types_without_values_too(g: Graph) -> None:
    gaps = g.query("successions").to_polars()
    assert len(gaps) > 0
    assert len(gaps.filter(pl.col("gap") > 3)) == 0
    some, none = (g.query("in-force", date=day) for day in ("2026-06-01", "1901-01-01"))
    assert (len(some) > 0, len(none)) == (True, 0)
    assert some.kinds == none.kinds
    assert some.to_polars().schema == none.to_polars().schema
    assert some.to_pandas().dtypes.to_dict() == none.to_pandas().dtypes.to_dict()


def test_the_types_that_questions_say_are_those_of_the_data(g: Graph) -> None:
    for name, asked in library().items():
        table = g.query(name)
        for column, kind in table.kinds.items():
            if any(value is not None for value in table[column]):
                assert kind == asked.type_of(column), (name, column)


@pytest.mark.slow
def test_values_are_of_their_types(table: Any) -> None:
    first, missing, last = table.rows
    assert missing == (None,) * 12
    assert first[1:5] == (3, Decimal("1.25"), 1.0, True)
    assert first[0].label == "Agence régionale de santé Auvergne-Rhône-Alpes"
    assert first[5] == datetime.date(999, 12, 31)
    assert last[8:11] == (2026, "2025-04-16", "1")
    assert last[0].label == "a"
    assert first[10] == "99999999999999999999"
    assert len(table) == len(list(table)) == 3
    with pytest.raises(KeyError):
        table["nothing"]


@pytest.mark.slow
def test_frames_keep_the_types(table: Any) -> None:
    frame = table.to_polars(labels=False)
    assert frame.dtypes == [
        pl.String,
        pl.Int64,
        pl.Decimal(38, 2),
        pl.Float64,
        pl.Boolean,
        pl.Date,
        pl.Datetime("us"),
        pl.Datetime("us", "UTC"),
        pl.Int64,
        pl.String,
        pl.String,
        pl.String,
    ]
    assert set(frame.row(1)) == {None}
    assert frame["at"][0] == datetime.datetime(2025, 1, 31, 8, tzinfo=datetime.UTC)
    other = table.to_pandas(labels=False)
    kinds = [str(kind) for kind in other.dtypes]
    assert kinds[1:7] == ["Int64", "object", "Float64", "boolean", "datetime64[s]", "datetime64[us]"]
    assert kinds[7].endswith("UTC]")
    assert other.iloc[1].isna().all()
    assert other["d"].dropna().sum() == Decimal("3.25")
    assert other["day"][0] == pd.Timestamp("0999-12-31").as_unit("s")
    assert table.to_polars()["thingLabel"].to_list()[0].startswith("Agence")
    assert "organisationLabel" not in cls_graph.open().organisations.to_polars().columns


def test_computed_columns_are_typed_too(g: Graph) -> None:
    frame = g.similarity().to_polars()
    assert frame.schema["common"] == frame.schema["similarity"] == pl.Int64
    assert frame.rows() == g.similarity().rows
    assert frame.to_dicts() == g.similarity().to_pandas().to_dict("records")


@pytest.mark.slow
def test_a_notebook_shows_it_escaped_and_says_what_is_not_shown(table: Any, g: Graph) -> None:
    html = table._repr_html_()
    assert "&lt;b&gt;&amp;" in html
    assert "<b>" not in html
    assert '<a href="https://w3id.org/cls-sante/id/organisation/ars-84"' in html
    long = g.co_signatories()
    assert long._repr_html_().count("<tr>") == 21
    assert f"{len(long)} lignes, les 20 premières" in long._repr_html_()
    assert "10 premières" in repr(long)
    assert cls_graph.open(lang="en").contracts._repr_html_().count("Territory") == 1


def test_csv_and_xlsx_are_for_people(table: Any, g: Graph, tmp_path: Path) -> None:
    text = g.contracts.to_csv(tmp_path / "c.csv")
    assert text.startswith("Clé du contrat,Titre,Territoire,")
    assert (tmp_path / "c.csv").read_text(encoding="utf-8-sig") == text.replace("\r\n", "\n")
    assert ",'=1+1" in table.to_csv() or "\t=1+1" in table.to_csv()
    g.query("co-signatories", organisation="ars-84").to_xlsx(tmp_path / "c.xlsx")
    g.similarity().to_xlsx(tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    about = {row[0].value: row[1].value for row in book.worksheets[1]}
    assert about["organisation"] == "ars-84"
    assert "SELECT" in about["Requête SPARQL"]
    assert about["Question"].startswith("Avec qui")
    assert about["Publication"] == dataset_version()
    assert about["Licence"].startswith("https://")
    assert about["Jeu de données"]
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx").worksheets[0]
    assert sheet.max_row == len(g.similarity()) + 1
    assert isinstance(sheet["E2"].value, int)
