"""Out to a workbook or CSV files, and back: the same bytes, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cls_graph.corpus import Corpus
from cls_graph.records.layout import record_text
from cls_graph.records.model import Record
from cls_graph.records.reader import read_model
from cls_graph.sheets import exporting
from cls_graph.sheets.columns import all_columns, tables
from cls_graph.sheets.exporting import write_csv, write_xlsx
from cls_graph.sheets.rows import assemble, rows
from cls_graph.sheets.words import Words

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_an_untouched_workbook_changes_no_byte(
    corpus_dir: Path, cli: Any, tmp_path: Path, write: Any, lang: str
) -> None:
    first, again, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "out"
    write(Corpus.open(corpus_dir), first, (), lang)
    said = cli("import", first, "--corpus", corpus_dir, "--out", out)
    assert said.code == 0, said.err
    for path in (corpus_dir / "data" / "contracts").iterdir():
        assert (out / path.name).read_bytes() == path.read_bytes()
    # The language of the workbook and that of who imports it need not be the same.
    assert cli("import", "--lang", "en", first, "--corpus", corpus_dir).out == "Nothing to change.\n"
    assert not (corpus_dir / "backups").exists()
    write(Corpus.open(corpus_dir), again, (), lang)
    files = [sorted(p.rglob("*")) if p.is_dir() else [p] for p in (first, again)]
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]


def test_records_that_are_not_there_come_out_of_a_workbook_whole(
    corpus_dir: Path, cli: Any, tmp_path: Path
) -> None:
    write_xlsx(Corpus.open(corpus_dir), tmp_path / "a.xlsx", (), "fr")
    before = {Path(r.file).name: r.value for r in Corpus.open(corpus_dir).records}
    for path in (corpus_dir / "data" / "contracts").iterdir():
        path.unlink()
    said = cli("import", tmp_path / "a.xlsx", "--corpus", corpus_dir)
    assert said.code == 0, said.err
    assert {Path(r.file).name: r.value for r in Corpus.open(corpus_dir).records} == before
    written = {p.name: p.read_bytes() for p in (corpus_dir / "data" / "contracts").iterdir()}
    write_xlsx(Corpus.open(corpus_dir), tmp_path / "b.xlsx", (), "fr")
    cli("import", tmp_path / "b.xlsx", "--corpus", corpus_dir, "--out", tmp_path / "out")
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == written


def test_a_made_up_corpus_comes_back(repo: Path, cli: Any, tmp_path: Path) -> None:
    made = tmp_path / "made"
    script = [sys.executable, repo / "benchmarks" / "generate.py", "--contracts", "12", "--seed", "7"]
    subprocess.run([*script, "--out", made], check=True, capture_output=True)
    assert cli("export", "--corpus", made, "--xlsx", tmp_path / "a.xlsx").code == 0
    said = cli("import", tmp_path / "a.xlsx", "--corpus", made, "--out", tmp_path / "out")
    assert said.code == 0, said.err
    for path in (made / "data" / "contracts").iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()


def test_rows_hold_all_of_a_record(bundle: Corpus) -> None:
    for read in bundle.records:
        assert read.value is not None
        assert Record.model_validate(assemble(rows(read.value)).tree) == read.value
        text = record_text(read.value)
        assert read_model(Record, "x", text.encode()).value == read.value


def test_every_column_has_a_header_of_its_own(bundle: Corpus) -> None:
    for lang in ("fr", "en"):
        words = Words(bundle, lang)
        names = [words.sheet(part.key) for part in tables()]
        assert len(set(names)) == len(names)
        for part in tables():
            headers = [words.header(part, column) for column in all_columns(part)]
            assert len(set(headers)) == len(headers), (part.key, headers)


def test_a_workbook_is_ready_to_be_worked_in(big_desk: Any) -> None:
    book = big_desk.book()
    assert book.sheetnames[0] == "Lisez-moi"
    assert {"Contrat", "Engagements", "Programme", "Étapes", "Preuves", "Listes"} <= set(book.sheetnames)
    sheet = book["Engagements"]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "C2"
    heads = {c.value: c for c in sheet[1]}
    locked = {name: sheet.cell(2, cell.column).protection.locked for name, cell in heads.items()}
    assert [name for name, is_locked in locked.items() if is_locked] == ["Contrat", "N°"]
    assert not sheet.column_dimensions["A"].protection.locked, "rows to come can be written in"
    assert "à quel titre" in heads["Rôle"].comment.text
    column = heads["Rôle"].column_letter
    rule = next(v for v in sheet.data_validations.dataValidation if f"{column}2" in str(v.sqref))
    name, _, area = rule.formula1.partition("!")
    offered = [c[0].value for c in book[name.strip("'")][area.replace("$", "")]]
    assert "signataire" in offered
    assert sheet.cell(2, heads["Rôle"].column).value in offered
    headers = [c.value for name in ("Listes", "Registre") for c in book[name][1]]
    assert {"Rôles des parties", "Types d'éléments", "Rythmes", "Organismes et personnes"} <= set(headers)
    assert not [h for h in headers if "|" in h or "-" in h or h[0].islower()]
    assert isinstance(book["Financements"][big_desk.cell("Financements", "Montant")].value, int)


def test_no_cell_of_a_hostile_record_is_a_formula(tiny: Any, cli: Any, tmp_path: Path) -> None:
    tiny.edit('"agir sur le logement"\n    det', '"=HYPERLINK(\\"http://x\\")"\n    det')
    tiny.edit("2e contrat local de santé d’Exemple", "@SUM(A1)")
    file = tmp_path / "a.xlsx"
    write_xlsx(tiny.corpus(), file, (), "fr")
    write_csv(tiny.corpus(), tmp_path / "csv", (), "fr")
    cells = [c for s in openpyxl.load_workbook(file) for row in s.iter_rows() for c in row]
    assert '=HYPERLINK("http://x")' in [c.value for c in cells]
    assert not [c for c in cells if c.data_type == "f"]
    for path in (tmp_path / "csv").iterdir():
        for piece in path.read_text("utf-8-sig").replace("\n", ";").split(";"):
            assert not piece.strip('"').startswith(("=", "+", "-", "@")), piece
    for source in (file, tmp_path / "csv"):
        assert cli("import", source, "--corpus", tiny.root, "--lang", "en").out == "Nothing to change.\n"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_work_in_a_workbook_is_not_written_over(tiny: Any, cli: Any, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "a.xlsx"
    words = ("export", "--lang", lang, "--corpus", tiny.root, "--xlsx", file)
    assert cli(*words).code == 0
    tiny.edit("2e contrat local de santé d’Exemple", "Contrat d’Exemple")
    assert cli(*words).code == 0  # as it was written: nobody's work is in it
    book = openpyxl.load_workbook(file)
    book.worksheets[1]["B2"] = "Titre du coordinateur"
    book.save(file)
    edited = file.read_bytes()
    said = cli(*words)
    assert said.code == 2
    assert "--force" in said.err
    assert str(file) in said.err
    assert file.read_bytes() == edited
    assert cli(*words, "--force").code == 0
    assert openpyxl.load_workbook(file).worksheets[1]["B2"].value == "Contrat d’Exemple"


def test_work_in_csv_files_is_not_written_over(tiny: Any, cli: Any, tmp_path: Path) -> None:
    words = ("export", "--corpus", tiny.root, "--csv", tmp_path / "csv")
    assert cli(*words).code == 0
    assert cli(*words).code == 0  # the same bytes
    file = tmp_path / "csv" / "contrat.csv"
    content = file.read_bytes()
    file.write_bytes(content.replace(b"Exemple", b"Ailleurs"))
    edited = file.read_bytes()
    assert edited != content
    assert cli(*words).code == 2
    assert file.read_bytes() == edited
    assert cli(*words, "--force").code == 0
    assert file.read_bytes() == content


def test_what_cannot_be_exported_is_said(
    tiny: Any, cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = cli("export", "--lang", "en", "--corpus", tiny.root, "--xlsx", tmp_path / "a.xlsx", "nope")
    assert (said.code, "No record 'nope'" in said.err) == (2, True)
    assert cli("export", "--corpus", tiny.root).code == 2
    said = cli("export", "--corpus", tiny.root, "--xlsx", tmp_path / "no" / "where.xlsx")
    assert said.code == 2
    said = cli("export", "--corpus", tiny.root, "--xlsx", tmp_path / "a.ods")
    assert (said.code, "Nommez-le a.xlsx" in said.err) == (2, True)
    assert not (tmp_path / "a.ods").exists()
    with monkeypatch.context() as patched:
        patched.setattr(exporting, "MAX_CELLS", 100)
        said = cli("export", "--lang", "en", "--corpus", tiny.root, "--xlsx", tmp_path / "a.xlsx")
    assert (said.code, "100 cells at most, and 1 records" in said.err) == (2, True)
    tiny.edit('id: "02"', 'id: "01"')
    said = cli("export", "--lang", "en", "--corpus", tiny.root, "--xlsx", tmp_path / "a.xlsx")
    assert (said.code, "two items or two values" in said.err) == (2, True)
    tiny.edit("role: signatory", "rolle: signatory")
    said = cli("export", "--corpus", tiny.root, "--xlsx", tmp_path / "a.xlsx")
    assert (said.code, "[unknown-key]" in said.err) == (1, True)
    assert not (tmp_path / "a.xlsx").exists()
