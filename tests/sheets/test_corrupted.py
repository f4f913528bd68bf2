"""Fifty corrupted workbooks, made by seed: each gives findings or a clear error, and writes nothing."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cls_graph.errors import OutputError
from cls_graph.sheets.applying import write_all
from cls_graph.sheets.loading import load

Damage = Callable[[bytes, random.Random], bytes]


def _zip(data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The archive with its parts changed (``None``: left out) and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


def _book(data: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(10, len(data) - 30)]


def flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(200):
        broken[chance.randrange(len(broken))] ^= 0xFF
    return bytes(broken)


def noise(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(5000)


def empty(data: bytes, chance: random.Random) -> bytes:
    return b""


def old_or_encrypted(data: bytes, chance: random.Random) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(3000)


def web_page(data: bytes, chance: random.Random) -> bytes:
    return b"<html><table><tr><td>Contrat</td></tr></table></html>"


def open_document(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("content.xml", "<office/>")
    return out.getvalue()


def other_zip(data: bytes, chance: random.Random) -> bytes:
    return _zip(data, lambda name, part: None, **{"readme.txt": b"hello"})


def without_a_part(data: bytes, chance: random.Random) -> bytes:
    names = ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet2.xml"]
    lost = chance.choice(names)
    return _zip(data, lambda name, part: None if name == lost else part)


def broken_xml(data: bytes, chance: random.Random) -> bytes:
    hurt = f"xl/worksheets/sheet{chance.randint(1, 8)}.xml"
    return _zip(data, lambda name, part: part[: len(part) // 2] if name == hurt else part)


def bomb(data: bytes, chance: random.Random) -> bytes:
    huge = b"<x>" + b" " * (8 << 20)
    return _zip(data, lambda name, part: huge if name.endswith("sheet2.xml") else part)


def entities(data: bytes, chance: random.Random) -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    return _zip(data, lambda name, part: head + part if name.endswith("sheet2.xml") else part)


def far_cell(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book["Engagements"]["XFD1048576"] = "loin"
        book["Engagements"]["E3"] = "chef"

    return _book(data, change)


def huge_dimension(data: bytes, chance: random.Random) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        return re.sub(rb'<row r="3"', b'<row r="99999999"', part) if "sheet" in name else part

    return _zip(data, change)


def external_links(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book["Engagements"]["F3"] = "='[http://127.0.0.1/x.xlsx]Feuil1'!A1"

    return _book(data, change)


def nothing_of_ours(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for name in book.sheetnames[1:]:
            del book[name]
        book[book.sheetnames[0]].title = "Feuil1"
        book["Feuil1"].delete_rows(1, 100)

    return _book(data, change)


def keys_gone(data: bytes, chance: random.Random) -> bytes:
    return _book(data, lambda book: book["Engagements"].delete_cols(1, chance.choice([1, 2])))


def headers_gone(data: bytes, chance: random.Random) -> bytes:
    return _book(data, lambda book: book["Engagements"].delete_rows(1))


def headers_twice(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Engagements"]
        sheet.cell(1, sheet.max_column + 1, "Rôle")

    return _book(data, change)


def shuffled_cells(data: bytes, chance: random.Random) -> bytes:
    """Every row's cells in another order than its neighbours': types and codes all wrong."""

    def change(book: openpyxl.Workbook) -> None:
        for row in book["Engagements"].iter_rows(min_row=2, max_row=3):
            values = [c.value for c in row]
            chance.shuffle(values)
            for cell, value in zip(row, values, strict=True):
                cell.value = value
        book["Engagements"]["E2"] = "n'importe quoi"

    return _book(data, change)


def wrong_types(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book[chance.choice(["Engagements", "Programme", "Étapes", "Financements"])]
        for row in sheet.iter_rows(min_row=2):
            for cell in row[2:]:
                cell.value = chance.choice([True, 1e300, -1, "<>&\"'", "x" * 30_000, "٣", "=1", "#N/A"])

    return _book(data, change)


def same_row_twice(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Engagements"]
        sheet.append([c.value for c in sheet[2]])

    return _book(data, change)


def error_cells(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Preuves"]
        for _ in range(5):
            sheet.cell(
                chance.randint(2, 8), chance.randint(1, 8), chance.choice(["#REF!", "#VALUE!", "#NAME?"])
            )

    return _book(data, change)


def merged_headers(data: bytes, chance: random.Random) -> bytes:
    return _book(data, lambda book: book["Engagements"].merge_cells("A1:D1"))


def merged_over_others(data: bytes, chance: random.Random) -> bytes:
    """Two engagements merged into one, numbers and all."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Engagements"]
        for column in "ABCDE":
            sheet.merge_cells(f"{column}2:{column}3")

    return _book(data, change)


def formulas(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for name in ("Contrat", "Engagements", "Financements"):
            for row in book[name].iter_rows(min_row=2, min_col=3):
                row[chance.randrange(len(row))].value = chance.choice(["=A1", "=1/0", "=SUM(A:A)", "=A2&B2"])

    return _book(data, change)


def sheets_swapped(data: bytes, chance: random.Random) -> bytes:
    """Two sheets with each other's names."""

    def change(book: openpyxl.Workbook) -> None:
        one, other = book["Engagements"], book["Programme"]
        one.title, other.title = "x", "Engagements"
        one.title = "Programme"

    return _book(data, change)


def far_too_large(data: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Financements"]
        sheet["A2"].value = 10**300
        for row in sheet.iter_rows(min_row=2, min_col=3):
            for cell in row:
                cell.value = chance.choice([1e308, -1e-300, 10**40, 9e99])

    return _book(data, change)


def other_epoch(data: bytes, chance: random.Random) -> bytes:
    """Serial numbers of 1900 under the epoch of 1904, and dates that are none in either."""

    def change(book: openpyxl.Workbook) -> None:
        for row in book["Étapes"].iter_rows(min_row=2):
            for cell in row[3:]:
                cell.value, cell.number_format = chance.choice([-5, 0, 60, 2958466, 1e9]), "dd/mm/yyyy"

    def flag(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"<workbookPr", b'<workbookPr date1904="1"') if name == "xl/workbook.xml" else part
        )

    return _zip(_book(data, change), flag)


def nul_in_a_part(data: bytes, chance: random.Random) -> bytes:
    return _zip(data, lambda name, part: part[:400] + b"\0" + part[400:] if "sheet3" in name else part)


def wrong_encoding(data: bytes, chance: random.Random) -> bytes:
    """The XML of a sheet in another encoding than it says."""
    return _zip(
        data, lambda name, part: part.decode().encode("cp1252", "replace") if "sheet3" in name else part
    )


def many_files(data: bytes, chance: random.Random) -> bytes:
    return _zip(data, lambda name, part: part, **{f"xl/x{n}.xml": b"<x/>" for n in range(5001)})


def nested_bomb(data: bytes, chance: random.Random) -> bytes:
    """A shared string of a gigabyte, in little space."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as inner:
        with inner.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b"a" * (1 << 20))
        inner.writestr("[Content_Types].xml", "<x/>")
        inner.writestr("xl/workbook.xml", "<x/>")
    return out.getvalue()


ALWAYS = (
    truncated, noise, empty, old_or_encrypted, web_page, open_document, other_zip, without_a_part, broken_xml,
    bomb, entities, far_cell, external_links, nothing_of_ours, keys_gone, headers_gone, headers_twice,
    shuffled_cells, wrong_types, same_row_twice, error_cells, merged_headers, merged_over_others, formulas,
    sheets_swapped, far_too_large, other_epoch, nul_in_a_part, many_files, nested_bomb,
)  # fmt: skip
SOMETIMES = (flipped, huge_dimension, wrong_encoding)
"""Damage that a workbook may survive: what is left of it may be all that counts."""
DAMAGES: list[Damage] = [*ALWAYS, *SOMETIMES]
CASES = [(DAMAGES[n % len(DAMAGES)], n) for n in range(50)]


@pytest.mark.parametrize(("damage", "seed"), CASES, ids=lambda x: getattr(x, "__name__", str(x)))
def test_a_corrupted_workbook_is_told_of(damage: Damage, seed: int, desk: Any) -> None:
    before = desk.files()
    desk.file.write_bytes(damage(desk.file.read_bytes(), random.Random(seed)))
    said = desk.run()
    assert said.code in ((1, 2) if damage in ALWAYS else (0, 1, 2))
    assert "Traceback" not in said.err + said.out
    if said.code:
        assert desk.files() == before
        assert not (desk.root / "backups").exists()
    if said.code == 2:
        assert said.err.startswith("cls-graph : Classeur inutilisable : «")
    elif said.code == 1:
        assert ": erreur [" in said.err
        assert "→" in said.err
    if damage in (open_document, noise):
        assert "« Fichier », « Enregistrer sous », type « Classeur Excel (.xlsx) »" in said.err
        assert "zip" not in said.err


@pytest.mark.parametrize(
    "filling", ['<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"></c></row>', '<row r="{n}" ht="15"/>']
)
def test_a_million_blank_rows_cost_little_and_change_nothing(filling: str, desk: Any) -> None:
    import tracemalloc

    before, plain = desk.files(), desk.file.read_bytes()
    more = "".join(filling.format(n=n) for n in range(1000, 1_000_000)).encode()
    desk.file.write_bytes(
        _zip(
            plain,
            lambda name, part: (
                part.replace(b"</sheetData>", more + b"</sheetData>") if "sheet3" in name else part
            ),
        )
    )
    tracemalloc.start()
    sheets = load(desk.file)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(len(s.cells) for s in sheets) < 10_000
    # The sheet itself and a copy of it, not a cell object for each.
    assert most < 4 * len(more)
    assert desk.run().code == 0
    assert desk.files() == before


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("utf-16", lambda text: text.encode("utf-16")),
        ("nul at the start", lambda text: b"\0" + text.encode()),
        ("nul far on", lambda text: (text + "\r\n" * 3000 + "a\0b;c").encode()),
        ("a quotation mark that never ends", lambda text: (text + '"' + "x" * 200_000).encode()),
        ("an old Excel file", lambda text: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a workbook by another name", lambda text: b"PK\x03\x04" + bytes(600)),
    ],
)
def test_a_corrupted_csv_is_told_of(name: str, change: Callable[[str], bytes], csv_desk: Any) -> None:
    before = csv_desk.files()
    file = csv_desk.file / "engagements.csv"
    file.write_bytes(change(file.read_text(encoding="utf-8-sig")))
    most = csv.field_size_limit(131_072)  # as the command has it; the library for analysis takes more
    said = csv_desk.run()
    csv.field_size_limit(most)
    assert said.code in (1, 2), said.out
    assert "engagements.csv" in said.err
    assert "Traceback" not in said.err
    if name == "a quotation mark that never ends":
        assert "une cellule de plus de 131 072 caractères, ou un guillemet qui n'est pas fermé" in said.err
    assert csv_desk.files() == before


@pytest.mark.slow
def test_a_csv_of_another_encoding_is_read_or_told_of(csv_desk: Any) -> None:
    before = csv_desk.files()
    file = csv_desk.file / "engagements.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_bytes(text.encode("cp1252"))
    assert csv_desk.run().code == 0
    assert csv_desk.files() == before
    file.write_bytes(text.encode("mac_roman", "replace"))
    said = csv_desk.run()
    assert said.code == 1, said.out
    assert csv_desk.files() == before


def test_no_link_in_a_workbook_is_followed(desk: Any, canary: Any) -> None:
    link = f"='[{canary.url}x.xlsx]Feuil1'!A1"
    desk.edit("Engagements", F3=link, G3=f'=WEBSERVICE("{canary.url}")')
    assert desk.run().code == 1
    assert canary.hits == 0


def test_a_failed_write_leaves_every_record_as_it_was(corpus_dir: Path, monkeypatch: Any) -> None:
    folder = corpus_dir / "data" / "contracts"
    before = {p: p.read_bytes() for p in folder.iterdir()}
    real, calls = os.replace, []

    def failing(source: Any, target: Any) -> None:
        if Path(target).parent == folder:
            calls.append(target)
            if len(calls) == 3:
                raise OSError(28, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OutputError):
        write_all(dict.fromkeys(before, b"new"), corpus_dir / "backups", {})
    assert {p: p.read_bytes() for p in folder.iterdir()} == before


def test_a_record_that_an_editor_saves_meanwhile_is_kept(corpus_dir: Path) -> None:
    first, second, *_ = sorted((corpus_dir / "data" / "contracts").iterdir())
    before, saved = first.read_bytes(), second.read_bytes() + b"# saved by an editor\n"
    known = {first: before, second: second.read_bytes()}
    second.write_bytes(saved)
    with pytest.raises(OutputError, match="changed meanwhile"):
        write_all({first: b"new", second: b"new"}, corpus_dir / "backups", known)
    assert (first.read_bytes(), second.read_bytes()) == (before, saved)
