"""After people have done what people do: the same records, or findings at their cells."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cls_graph.corpus import Corpus
from cls_graph.sheets import cells
from cls_graph.sheets.columns import Column
from cls_graph.sheets.words import Words


def _rewrite(sheet: Any, rows: list[list[Any]]) -> None:
    """Put other rows in the place of all those of a sheet."""
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)


def _values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def reordered(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        _rewrite(sheet, [list(reversed(row)) for row in _values(sheet)])


def blank_rows(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for row in (2, 4, 1):
            sheet.insert_rows(row)


def title_above(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        sheet.insert_rows(1)
        sheet["A1"] = "Suivi des contrats, version du comité"


def spaces(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str) and sheet.title != "Preuves":
                    cell.value = f"\u00a0{cell.value}  "


def accents_apart(book: openpyxl.Workbook) -> None:
    """As macOS writes them."""
    for sheet in book.worksheets:
        sheet.title = unicodedata.normalize("NFD", sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)


def headers(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for cell in sheet[1]:
            cell.value = f" {str(cell.value).upper().replace('É', 'E').replace('Ô', 'O')}\n"


def numbers_as_text(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, int):
                    cell.value = (
                        f"{cell.value:,}".replace(",", "\u202f") if cell.value > 999 else f"{cell.value},0"
                    )


def sorted_rows(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        head, *rest = _values(sheet)
        _rewrite(sheet, [head, *reversed(rest)])


def extra_sheet(book: openpyxl.Workbook) -> None:
    book.create_sheet("Mes calculs", 0)["A1"] = "=1+1"
    book.create_sheet("Feuil3")


def extra_column(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets[1:]:
        sheet.cell(1, sheet.max_column + 1, "Vu en réunion")
        sheet.cell(2, sheet.max_column, "oui")


def renamed(book: openpyxl.Workbook) -> None:
    book["Engagements"].title = "Les partenaires (v2)"
    book["Preuves"].title = "citations"


def helpers_gone(book: openpyxl.Workbook) -> None:
    for name in ("Lisez-moi", "Listes", "Registre"):
        del book[name]


def sheets_gone(book: openpyxl.Workbook) -> None:
    for name in ("Programme", "Preuves", "Précisions"):
        del book[name]


def columns_gone(book: openpyxl.Workbook) -> None:
    book["Preuves"].delete_cols(6, 1)
    book["Preuves"].delete_cols(8, 4)
    book["Engagements"].delete_cols(5, 4)


def merged(book: openpyxl.Workbook) -> None:
    sheet = book["Engagements"]
    begin = 2
    for row in range(3, sheet.max_row + 2):
        if sheet.cell(row, 1).value != sheet.cell(begin, 1).value:
            if row - begin > 1:
                sheet.merge_cells(f"A{begin}:A{row - 1}")
            begin = row


def mac_epoch(book: openpyxl.Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


def dates(book: openpyxl.Workbook) -> None:
    """Dates as spreadsheets make them of what is typed: real ones, and a year in a date cell."""
    for sheet in (book["Étapes"], book["Contrat"], book["Financements"]):
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                text = str(cell.value or "")
                if cell.column_letter != "A" and len(text) == 10 and text[4] == text[7] == "-":
                    cell.value = datetime.datetime.fromisoformat(text)


EDITS = (
    reordered,
    blank_rows,
    title_above,
    spaces,
    headers,
    numbers_as_text,
    accents_apart,
    sorted_rows,
    extra_sheet,
    extra_column,
    renamed,
    helpers_gone,
    sheets_gone,
    columns_gone,
    merged,
    mac_epoch,
    dates,
)


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda e: e.__name__)
def test_what_people_do_changes_nothing(
    edit: Callable[[openpyxl.Workbook], None], exported: bytes, cli: Any, tmp_path: Path, corpus_dir: Path
) -> None:
    file = tmp_path / "contrats.xlsx"
    file.write_bytes(exported)
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(file)
    said = cli("import", "--lang", "fr", file, "--corpus", corpus_dir)
    assert said.code == 0, said.err
    assert said.out == "Rien à changer.\n"


@pytest.mark.slow
def test_csv_files_of_other_programs_are_read(csv_desk: Any) -> None:
    for number, path in enumerate(sorted(csv_desk.file.iterdir())):
        text = path.read_text("utf-8-sig")
        if number % 3 == 0:
            path.write_bytes(
                text.replace("–", "-").encode("cp1252", "strict") if _fits(text) else text.encode()
            )
        elif number % 3 == 1:
            path.write_bytes(text.replace("\r\n", "\n").encode())
    assert (csv_desk.run().out, csv_desk.run().code) == ("Rien à changer.\n", 0)
    path = csv_desk.file / "engagements.csv"
    text = path.read_text("utf-8-sig").replace("signataire", "porteur", 1)
    path.write_bytes(text.encode("cp1252", "strict") if _fits(text) else text.encode())
    said = csv_desk.cli("import", "--lang", "fr", path, "--corpus", csv_desk.root)
    assert said.code == 0, said.err
    assert "Rôle : « signataire » → « porteur »" in said.out


def _fits(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return "–" not in text


VALUES = [
    ("PartialDate", "16/04/2025", "2025-04-16"),
    ("PartialDate", "16 avril 2025", "2025-04-16"),
    ("PartialDate", "mercredi 1er avril 2025", "2025-04-01"),
    ("PartialDate", "April 16, 2025", "2025-04-16"),
    ("PartialDate", "avril 2025", "2025-04"),
    ("PartialDate", "16 avril", "--04-16"),
    ("PartialDate", "--04-16", "--04-16"),
    ("PartialDate", datetime.datetime(2025, 4, 16), "2025-04-16"),
    ("PartialDate", 45763, "2025-04-16"),
    ("PeriodDate", datetime.datetime(1905, 7, 17), "2025"),
    ("Year", 2025.0, "2025"),
    ("Year", datetime.datetime(1905, 7, 17), "2025"),
    ("PartialDate", "31/02/2025", "31/02/2025"),
    ("PartialDate", "16/04/25", "16/04/25"),
    ("PartialDate", "mars-25", "2025-03"),
    ("PartialDate", "mars 25", "mars 25"),
    ("Amount", "15\u202f816,50 €", "15816.5"),
    ("Amount", 15816.0, "15816"),
    ("Amount", "35 000 euros", "35000"),
    ("Amount", "1.234", "1.234"),
    ("Integer", "3,0", "3"),
    ("Integer", "trois", "trois"),
    ("Boolean", "Oui", "true"),
    ("Boolean", False, "false"),
    ("Duration", "5 ans", "P5Y"),
    ("Duration", "18 mois", "P1Y6M"),
    ("ItemId", 7, "07"),
    ("Context", "  de la ", "  de la "),
]


@pytest.mark.parametrize(("kind", "value", "expected"), VALUES, ids=str)
def test_a_cell_means_what_is_certain_and_else_what_it_says(
    kind: str, value: object, expected: str, bundle: Corpus
) -> None:
    assert cells.read_one(Column(("x",), kind), value, Words(bundle, "fr")) == expected


@pytest.mark.parametrize(
    ("kind", "held", "lang", "said"),
    [
        ("Duration", "P5Y", "fr", "5 ans"),
        ("Duration", "P1Y6M", "en", "1 year 6 months"),
        ("Duration", "P18M", "fr", "P18M"),
        ("PartialDate", "--04-01", "fr", "1er avril, année non dite"),
        ("PartialDate", "--08-16", "en", "16 August, year not said"),
        ("PartialDate", "2025-04", "fr", "2025-04"),
        ("Boolean", "false", "en", "no"),
    ],
)
def test_a_cell_says_in_words_what_is_read_back_to_the_letter(
    kind: str, held: str, lang: str, said: str, bundle: Corpus
) -> None:
    column, words = Column(("x",), kind), Words(bundle, lang)
    assert cells.cell(column, held, words) == said
    assert cells.read_one(column, said, words) == held


def test_an_edit_is_told_backed_up_and_written_in_its_place(desk: Any) -> None:
    before = desk.files()
    desk.set("Engagements", "Rôle", 3, "Porteur")
    desk.set("Étapes", "Date énoncée", 2, "17 avril 2025")
    desk.set("Financements", "Montant", 2, "1 500,00 €")
    dry = desk.run("--dry-run")
    assert (dry.code, desk.files()) == (0, before)
    assert "Engagements 02, Rôle : « signataire » → « porteur »" in dry.out
    assert "Étapes 01, Date énoncée : « 2025-04-16 » → « 2025-04-17 »" in dry.out
    assert "Financements 01, Montant : « 1 000 EUR » → « 1 500 EUR »" in dry.out
    said = desk.run()
    assert said.code == 0, said.err
    old, new = before["01999-2.yaml"], desk.files()["01999-2.yaml"]
    changed = [(a, b) for a, b in zip(old.splitlines(), new.splitlines(), strict=True) if a != b]
    assert changed == [
        (b"    role: signatory", b"    role: carrier"),
        (b'    stated_date: "2025-04-16"', b'    stated_date: "2025-04-17"'),
        (b"    amount: 1000", b'    amount: "1500"'),
    ]
    assert new.count(b"a comment that stays") == 2
    folder = Path(said.out.split("Sauvegarde : ")[1].split("\n")[0])
    assert (folder / "01999-2.yaml").read_bytes() == old
    assert folder.parent == desk.root / "backups"


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("mmm-yy", "2025-04"),
        ("[$-40C]yyyy", "2025"),
        ('d" "mmmm', "1er avril, année non dite"),
        ("dd/mm/yyyy", "2025-04-01"),
    ],
)
def test_a_date_is_no_more_exact_than_its_cell_shows_it(desk: Any, form: str, read: str) -> None:
    """ "avril 2025", typed in a spreadsheet, is its first day shown as a month."""
    desk.set("Étapes", "Date énoncée", 2, datetime.datetime(2025, 4, 1))
    book = desk.book()
    heads = {c.value: c.column for c in book["Étapes"][1]}
    book["Étapes"].cell(2, heads["Date énoncée"]).number_format = form
    desk.save(book)
    said = desk.run("--dry-run")
    assert said.code == 0, said.err
    assert f"Date énoncée : « 2025-04-16 » → « {read} »" in said.out


def test_a_refused_value_is_told_at_its_cell_with_how_a_cell_is_written(big_desk: Any) -> None:
    cell = big_desk.set("Effectifs annoncés", "Valeur de l'effectif", 2, "vingt")
    said = big_desk.run()
    assert said.code == 1
    assert f"{cell}: erreur [bad-value]" in said.err
    assert "Écrivez le nombre seul, en chiffres" in said.err


def test_a_contract_whose_row_is_deleted_stays_and_that_is_told(desk: Any) -> None:
    before, book = desk.files(), desk.book()
    book["Contrat"].delete_rows(2)
    desk.save(book)
    said = desk.run()
    assert (said.code, desk.files()) == (0, before)
    assert "le contrat « 01999-2 » n'a plus de ligne" in said.err


def test_the_files_that_are_written_are_counted_and_no_other(desk: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = desk.run("--out", out), desk.run("--out", out)
    assert "Fiches écrites : 1" in first.out
    assert (second.code, "Fiches écrites" in second.out) == (0, False)
    assert desk.run("--out", out, "--json").json()["written"] == 0


def test_half_a_character_is_text_like_any_other(desk: Any) -> None:
    """``_xD800_`` is how a workbook writes what no text can hold; it stays as it is written."""
    desk.set("Contrat", "Titre", 2, "Contrat _xD800_")
    assert desk.run().code == 0
    assert desk.record("01999-2").contract.title.value == "Contrat _xD800_"
    cell = desk.set("Engagements", "Rôle", 2, "_xD800_")
    said = desk.run()
    assert said.code == 1
    assert cell in said.err


def test_evidence_whose_order_is_no_number_comes_last(desk: Any) -> None:
    desk.set("Preuves", "Ordre", 2, "²")
    assert desk.run("--dry-run").code == 0


def test_rows_come_and_go(desk: Any) -> None:
    book = desk.book()
    sheet = book["Engagements"]
    heads = {c.value: c.column for c in sheet[1]}
    for header, value in {
        "N°": 7,
        "Rôle": "signataire",
        "Type d'organisme": "cpam",
        "Nom énoncé": "la CPAM",
    }.items():
        sheet.cell(5, heads[header], value)
    programme = book["Programme"]
    heads = {c.value: c.column for c in programme[1]}
    for header, value in {"Type": "objectif", "Partie du n°": "1", "Intitulé": "agir sur l’air"}.items():
        programme.cell(4, heads[header], value)
    programme.cell(4, heads["Statut de l'énoncé"], "inféré")
    programme.cell(4, heads["Note"], "D’après l’axe 2.")
    programme.cell(4, heads["Contrat"], "01999-2")
    book["Preuves"].append(["01999-2", "Engagements", "07", None, None, None, "texte", "l’Agence", 43, 51])
    heads = {c.value: c.column for c in book["Étapes"][1]}
    book["Étapes"].cell(2, heads["Retirer"], "oui")
    desk.save(book)
    said = desk.run()
    assert said.code == 0, said.err
    record = desk.record("01999-2")
    assert [e.id for e in record.engagements] == ["01", "02", "07"]
    assert record.engagements[2].evidence[0].quote == "l’Agence"
    assert [c.id for c in record.programme[0].children] == ["02"]
    assert record.milestones == ()
    assert "Étapes 01 retiré" in said.out


def test_a_new_contract_is_a_row(desk: Any) -> None:
    book = desk.book()
    sheet = book["Contrat"]
    heads = {c.value: c.column for c in sheet[1]}
    sheet.cell(3, 1, "01999-3")
    sheet.cell(3, heads["Porteur (fait la clé)"], "Ville d’Exemple")
    desk.save(book)
    said = desk.run()
    assert said.code == 0, said.err
    assert "01999-3 (nouvelle fiche)" in said.out
    assert desk.record("01999-3").contract.carrier == "commune-01999"


def test_a_record_that_moved_is_not_overwritten(desk: Any) -> None:
    path = desk.root / "data" / "contracts" / "01999-2.yaml"
    path.write_bytes(path.read_bytes().replace(b"coordination", b"animation"))
    desk.set("Engagements", "Rôle", 3, "porteur")
    assert list(desk.findings()) == ["sheet-moved"]
    said = desk.run()
    assert (said.code, b"animation" in path.read_bytes()) == (1, True)
    assert desk.run("--overwrite").code == 0
    assert b"coordination" in path.read_bytes()


MISTAKES = [
    ("Engagements", "Rôle", 3, "chef", "sheet-code"),
    ("Engagements", "Rôle", 3, None, "sheet-required"),
    ("Engagements", "Organisme", 3, "cpam-99", "unknown-reference"),
    ("Engagements", "Organisme", 3, "ars-84 · Ville d’Exemple", "sheet-two-things"),
    ("Engagements", "N°", 3, "01", "sheet-id"),
    ("Engagements", "Contrat", 3, "09999-1", "sheet-contract"),
    ("Engagements", "Rang dans la liste", 3, "trois", "bad-value"),
    ("Engagements", "Rang dans la liste", 3, "=A1", "sheet-formula"),
    ("Engagements", "Rang dans la liste", 3, "#REF!", "sheet-error"),
    ("Contrat", "Retirer", 2, "oui", "sheet-stays"),
    ("Contrat", "Période : fin", 2, "2020", "period-order"),
    ("Programme", "Partie du n°", 2, "9", "sheet-no-parent"),
    ("Programme", "Partie du n°", 2, "1", "sheet-circle"),
    ("Étapes", "Date énoncée", 2, "31/02/2025", "bad-value"),
    ("Financements", "Monnaie", 2, None, "amount-currency"),
    ("Preuves", "Feuille", 2, "Engagement de qui", "sheet-part"),
    ("Preuves", "Champ", 2, "Couleur", "sheet-field"),
    ("Preuves", "N°", 7, "44", "sheet-nothing"),
    ("Preuves", "Citation", 2, None, "sheet-required"),
    ("Preuves", "Document", 2, "inconnu", "unknown-reference"),
    ("Contrat", "Période : durée", 2, "cinq ans", "bad-value"),
    ("Contrat", "Période : durée", 2, 5, "bad-value"),
    ("Engagements", "Retirer", 3, "bof", "sheet-remove"),
    ("Preuves", "Retirer", 3, "à voir", "sheet-remove"),
    ("Preuves", "Fin", 2, 1, "position-length"),
    ("Engagements", "Organisme", 3, "Vile d’Exemple", "review-unknown"),
]


@pytest.mark.parametrize(("sheet", "header", "row", "value", "rule"), MISTAKES, ids=str)
def test_a_mistake_is_told_at_its_cell_and_nothing_is_written(
    desk: Any, sheet: str, header: str, row: int, value: Any, rule: str
) -> None:
    before = desk.files()
    name = desk.cell(sheet, header, row)
    desk.edit(sheet, **{name: value})
    for lang in ("fr", "en"):
        said = desk.cli("import", "--lang", lang, "--json", desk.file, "--corpus", desk.root)
        found = {f["rule"]: f for f in said.json()["findings"] if f["severity"] == "violation"}
        assert said.code == 1
        assert rule in found, list(found)
        assert found[rule]["sheet"] == sheet
        if rule == "period-order":
            assert found[rule]["cell"] == desk.cell(sheet, "Période : début", row)
        elif rule != "amount-currency":
            assert found[rule]["cell"] == name
        assert found[rule]["message"]
        assert found[rule]["remedy"]
        assert "{" not in found[rule]["message"] + found[rule]["remedy"]
    text = desk.run().err
    letter = get_column_letter(found[rule]["column"])
    assert f"ligne {found[rule]['line']}, colonne {letter}" in text
    assert "Rien n'a été importé" in text
    assert desk.files() == before
    assert not (desk.root / "backups").exists()


@pytest.mark.parametrize(
    ("sheet", "header", "value"),
    [
        ("Engagements", "Rôle", "chef"),
        ("Engagements", "Rôle", "=A1"),
        ("Effectifs annoncés", "Chose comptée", "licornes"),
    ],
)
def test_a_cell_that_is_not_understood_is_told_once_and_empties_nothing(
    desk: Any, sheet: str, header: str, value: str
) -> None:
    desk.set(sheet, header, 2, value)
    said = desk.cli("import", "--json", desk.file, "--corpus", desk.root).json()
    assert len([f for f in said["findings"] if f["severity"] == "violation"]) == 1
    assert said["changes"] == []


def test_a_check_that_fails_says_how_to_mend_it_in_the_workbook(desk: Any) -> None:
    for row in range(2, 7):
        desk.set("Preuves", "Retirer", row, "oui")
    said = desk.run("--json")
    (found, *_) = [f for f in said.json()["findings"] if f["rule"] == "no-evidence"]
    assert "dans « Preuves »" in found["remedy"]
    assert "evidence" not in found["remedy"]


def test_a_quote_without_its_place_is_taken_and_verify_finds_it(desk: Any, tiny_with_shapes: Any) -> None:
    for header in ("Début", "Fin"):
        desk.set("Preuves", header, 2, None)
    said = desk.run()
    assert said.code == 0, said.err
    assert "citation sans position" in said.err
    assert "Après l'import" in said.err
    words = ("verify", "--corpus", desk.root, "--sources", tiny_with_shapes.sources, "--write")
    assert desk.cli(*words).code == 0
    assert desk.cli("check", "--corpus", desk.root).code == 0


def test_a_formula_in_a_csv_file_is_no_text(csv_desk: Any) -> None:
    (file,) = csv_desk.file.glob("contrat.csv")
    content = file.read_text(encoding="utf-8-sig")
    title = next(line for line in content.splitlines()[1].split(";") if "contrat" in line.lower())
    file.write_text(content.replace(title, "=1+1"), encoding="utf-8-sig")
    said = csv_desk.cli("import", "--json", csv_desk.file, "--corpus", csv_desk.root)
    assert said.code == 1
    assert "sheet-formula" in {f["rule"] for f in said.json()["findings"]}


def test_a_header_that_is_nearly_right_is_not_passed_over(desk: Any) -> None:
    desk.edit("Engagements", **{desk.cell("Engagements", "Nom énoncé", 1): "Nom énnoncé"})
    assert "Nom énoncé" in desk.findings()["sheet-header"]["message"]


def test_merged_headers_are_told(desk: Any) -> None:
    book = desk.book()
    name = desk.cell("Engagements", "Rôle", 1)
    sheet = book["Engagements"]
    column = sheet[name].column
    sheet.merge_cells(start_row=1, end_row=1, start_column=column - 1, end_column=column)
    desk.save(book)
    assert desk.findings()["sheet-headless"]["cell"] == f"{get_column_letter(column)}2"


def reviewed(desk: Any) -> Any:
    """What the record says of its reviews."""
    return Corpus.open(desk.root).records[0].value.contract.review.model_dump(exclude_none=True)


def test_a_later_review_in_a_workbook_keeps_the_one_before(desk: Any) -> None:
    def signs(by: str, on: str) -> None:
        desk.edit("Contrat", **{desk.cell("Contrat", "Relecture : par"): by})
        desk.edit("Contrat", **{desk.cell("Contrat", "Relecture : le"): on})
        done = desk.cli("import", desk.file, "--corpus", desk.root, "--overwrite")
        assert done.code == 0, done.out + done.err

    signs("Camille Essai", "20/11/2026")
    assert reviewed(desk)["by"] == "Camille Essai"
    signs("Camille Essay", "20/11/2026")  # a correction of the name is no other review
    assert not reviewed(desk)["earlier"]
    signs("Alix Essai", "28/11/2026")
    told = reviewed(desk)
    assert (told["by"], told["on"]) == ("Alix Essai", "2026-11-28")
    assert told["earlier"] == ({"id": "01", "by": "Camille Essay", "on": "2026-11-20"},)
    assert desk.cli("export", "--xlsx", desk.file, "--corpus", desk.root, "--force").code == 0
    assert desk.book()["Relectures précédentes"]["C2"].value == "Camille Essay"
    again = desk.cli("import", desk.file, "--corpus", desk.root, "--lang", "fr")
    assert "Rien à changer" in again.out
