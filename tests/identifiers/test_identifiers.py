"""Numbers of bodies from files in the official layouts; every number here is made up."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shlex
import shutil
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cls_graph.cli import main
from cls_graph.identifiers.digits import possible
from cls_graph.identifiers.layouts import Official
from cls_graph.roots import bundled_root

UNIT = (
    "siren,statutDiffusionUniteLegale,sigleUniteLegale,etatAdministratifUniteLegale,denominationUniteLegale,"
    "denominationUsuelle1UniteLegale,categorieJuridiqueUniteLegale,nicSiegeUniteLegale"
).split(",")
SITE = (
    "siren,nic,siret,etablissementSiege,libelleCommuneEtablissement,codeCommuneEtablissement,"
    "etatAdministratifEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement"
).split(",")


def digits(body: str) -> str:
    """``body`` with the last digit that makes it possible."""
    kind = "siren" if len(body) == 8 else "siret"
    return next(body + d for d in "0123456789" if possible(kind, body + d))


CCAS, OTHER, CPAM = digits("90000001"), digits("90000002"), digits("90000003")
SEAT = {siren: digits(siren + "0001") for siren in (CCAS, OTHER, CPAM)}


def table(header: list[str], *rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def unit(siren: str, name: str, category: str, state: str = "A") -> list[str]:
    return [siren, "O", "", state, name, "", category, SEAT.get(siren, siren + "00011")[9:]]


def site(siren: str, commune: str, state: str = "A", seat: str = "true") -> list[str]:
    return [siren, SEAT[siren][9:], SEAT[siren], seat, "COMMUNE", commune, state, "", ""]


def finess(
    number: str, name: str, category: str = "355", commune: str = "362", departement: str = "26"
) -> str:
    cells = [
        "structureet",
        number,
        "260000000",
        name,
        "",
        *[""] * 7,
        commune,
        departement,
        *[""] * 4,
        category,
    ]
    return ";".join([*cells, *[""] * (32 - len(cells))])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    shutil.copytree(bundled_root() / "data", root / "data")
    return root


def run(corpus: Path, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = main(["identifiers", *map(str, words), "--corpus", str(corpus), "--json", "--lang", "en"])
    return code, json.loads(capsys.readouterr().out)


def body(report: Any, key: str) -> Any:
    return next(b for b in report["bodies"] if b["key"] == key)


def stock(folder: Path) -> tuple[Path, Path]:
    units, sites = folder / "unit.csv", folder / "site.csv"
    units.write_text(
        table(
            UNIT,
            unit(CCAS, "CENTRE COMMUNAL D'ACTION SOCIALE", "7361"),
            unit(OTHER, "CENTRE COMMUNAL D'ACTION SOCIALE", "7361"),
            unit(CPAM, "CAISSE PRIMAIRE D'ASSURANCE MALADIE DE LA DROME", "8110"),
        )
    )
    sites.write_text(table(SITE, site(CCAS, "26362"), site(OTHER, "82186"), site(CPAM, "26362")))
    return units, sites


def test_a_lone_line_that_is_not_sure_is_told_of_in_the_singular(corpus, tmp_path, capsys):
    file = tmp_path / "unit.csv"
    file.write_text(table(UNIT, unit(CPAM, "CAISSE PRIMAIRE D'ASSURANCE MALADIE DE LA DROME", "8110")))
    assert main(["identifiers", str(file), "--corpus", str(corpus), "--lang", "fr"]) == 1
    said = capsys.readouterr().out
    assert "une ligne du fichier peut être cet organisme" in said
    assert "1 ligne lue, 0 non lisible ; 0 numéro sûr" in said
    file.write_text(file.read_text() + ",".join(unit(OTHER, "CPAM DE LA DROME", "8110")) + "\n")
    assert main(["identifiers", str(file), "--corpus", str(corpus), "--lang", "fr"]) == 1
    assert "2 lignes lues" in capsys.readouterr().out


def test_units_and_sites_together_tell_homonyms_apart_and_are_written(corpus, tmp_path, capsys):
    file = corpus / "data" / "organisations.yaml"
    before = file.read_bytes()
    code, report = run(corpus, capsys, *stock(tmp_path))
    assert code == 0
    assert file.read_bytes() == before
    assert body(report, "ccas-26362")["set"] == {"siren": CCAS, "siret": SEAT[CCAS]}
    code, report = run(corpus, capsys, *stock(tmp_path), "--write", "--source", "Base Sirene,\n2026-11-01")
    assert code == 0
    assert report["written"]
    after = file.read_text()
    assert f'    siren: "{CCAS}"  # Base Sirene, 2026-11-01\n' in after
    kept = "".join(x for x in after.splitlines(keepends=True) if "# Base Sirene" not in x)
    assert kept.encode() == before
    assert (file.parent / Path(report["backup"]).name).read_bytes() == before
    code, report = run(corpus, capsys, *stock(tmp_path), "--write")
    assert code == 0
    assert body(report, "ccas-26362")["confirmed"] == ["siren", "siret"]
    assert file.read_text() == after


def test_the_command_of_the_page_writes_from_the_files_as_they_are_sent_out(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "identifiers.md").read_text(encoding="utf-8")
    words = shlex.split(page.split("```console\n$ cls-graph ")[1].split("```")[0])
    for file, name in zip(stock(tmp_path), words[1:3], strict=True):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.write(file, f"{name.removesuffix('.zip')}.csv")
    monkeypatch.chdir(tmp_path)
    assert main([*words, "--corpus", str(corpus)]) == 0, capsys.readouterr().out
    text = (corpus / "data" / "organisations.yaml").read_text(encoding="utf-8")
    assert f'siren: "{CCAS}"  # Base Sirene, 2026-11-01\n' in text


def test_what_is_ambiguous_is_shown_and_not_written(corpus, tmp_path, capsys):
    file = corpus / "data" / "organisations.yaml"
    before = file.read_bytes()
    units, _ = stock(tmp_path)
    code, report = run(corpus, capsys, units, "--write")
    assert code == 1
    assert file.read_bytes() == before
    assert not report["written"]
    assert len(body(report, "ccas-26362")["candidates"]) == 2
    assert "identifier-unsure" in {f["rule"] for f in report["findings"]}


def test_closed_bodies_wrong_categories_and_wrong_digits_are_not_taken(corpus, tmp_path, capsys):
    wrong = CPAM[:8] + str((int(CPAM[8]) + 1) % 10)
    units, sites = tmp_path / "u.csv", tmp_path / "s.csv"
    rows = [
        unit(CCAS, "CCAS DE VALENCE", "7361", "C"),
        unit(OTHER, "CCAS DE VALENCE", "9220"),
        unit(wrong, "CPAM DE LA DROME", "8110"),
    ]
    units.write_text(table(UNIT, *rows))
    sites.write_text(table(SITE, [wrong, "00011", wrong + "00011", "true", "", "26362", "A", "", ""]))
    code, report = run(corpus, capsys, units, sites)
    assert code == 1
    assert [b["key"] for b in report["bodies"]] == ["cpam-26"]
    assert body(report, "cpam-26")["set"] == {}
    assert "digits" in body(report, "cpam-26")["candidates"][0]["reasons"]


def test_a_number_that_is_there_is_never_replaced(corpus, tmp_path, capsys):
    file = corpus / "data" / "organisations.yaml"
    before = file.read_bytes()
    units, sites = tmp_path / "u.csv", tmp_path / "s.csv"
    units.write_text(table(UNIT, unit(CCAS, "COMMUNE DE VALENCE", "7210")))
    sites.write_text(table(SITE, site(CCAS, "26362")))
    code, report = run(corpus, capsys, units, sites, "--write")
    assert code == 1
    assert file.read_bytes() == before
    assert next(f["rule"] for f in report["findings"]) == "identifier-conflict"


@pytest.mark.parametrize("packed", ["plain", "gzip", "zip"])
def test_finess_in_windows_1252_however_packed(corpus, tmp_path, capsys, packed):
    file = corpus / "data" / "organisations.yaml"
    file.write_text(
        file.read_text()
        + '  - {key: hopital-26, label: "Hôpital d’Été", kind: hopital-public, territory: [commune/26362]}\n'
    )
    data = "\n".join(
        [
            "finess;etalab;111;2026-05-12",
            finess("269999991", "HÔPITAL D’ÉTÉ"),
            finess("269999992", "HÔPITAL D’ÉTÉ", "500"),
            finess("829999991", "HÔPITAL D’ÉTÉ", departement="82"),
            finess("269999993", '"UNE MAISON'),
        ]
    ).encode("cp1252")
    path = tmp_path / "finess"
    if packed == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("f.csv", data)
    else:
        path.write_bytes(gzip.compress(data) if packed == "gzip" else data)
    code, report = run(corpus, capsys, path, "--kind", "finess", "--write")
    assert code == 0
    assert report["files"][0]["rows"] == 4
    assert body(report, "hopital-26")["set"] == {"finess": "269999991"}
    assert file.read_text().endswith(', finess: "269999991"}  # finess 2026-05-12\n')


@pytest.mark.parametrize("delimiter", list(",;\t"))
@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1"])
def test_a_table_with_the_names_of_the_fields_of_finess(corpus, tmp_path, capsys, delimiter, encoding):
    file = corpus / "data" / "organisations.yaml"
    file.write_text(
        file.read_text()
        + '  - {key: hopital-07, label: "Hôpital d\'Été", kind: hopital-public, territory: [commune/07019]}\n'
    )
    head = "nofinesset nofinessej RS commune departement categetab telephone".split()
    row = ["70000000", "070000001", "HÔPITAL D'ÉTÉ", "19", "7", "355", ""]
    path = tmp_path / "finess.csv"
    lines = (delimiter.join(cells) for cells in (head, row, [*row[:5], "500", ""]))
    path.write_bytes("\r\n".join(lines).encode(encoding))
    code, report = run(corpus, capsys, path, "--write")
    assert code == 0
    assert report["files"][0]["layout"] == "finess"
    assert body(report, "hopital-07")["set"] == {"finess": "070000000"}


def test_sirene_as_a_portal_exports_it_and_a_file_of_the_past(corpus, tmp_path, capsys):
    joined = [*UNIT, *(name for name in SITE if name not in UNIT)]
    rows = []
    for siren, commune in ((CCAS, "26362"), (OTHER, "82186")):
        cells = dict(zip(UNIT, unit(siren, "CENTRE COMMUNAL D'ACTION SOCIALE", "7361", "Actif"), strict=True))
        cells |= dict(zip(SITE, site(siren, commune, "Actif", "oui"), strict=True))
        rows.append([cells[name] for name in joined])
    path = tmp_path / "export.csv"
    path.write_text(table([name.lower() for name in joined], *rows).replace(",", ";"), encoding="utf-8-sig")
    code, report = run(corpus, capsys, path)
    assert code == 0
    assert body(report, "ccas-26362")["set"]["siren"] == CCAS
    past = tmp_path / "StockUniteLegaleHistorique.csv"
    past.write_text(table([*UNIT, "dateFin"], [*unit("243800984", "EPCI", "7348"), "2020-01-01"]))
    assert run(corpus, capsys, past)[1]["files"][0]["rows"] == 1
    assert not any(b["candidates"] for b in run(corpus, capsys, past)[1]["bodies"])


def test_a_workbook_or_a_parquet_file_is_told_for_what_it_is(corpus, tmp_path, capsys):
    book = tmp_path / "finess.xlsx"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert "save it as CSV" in run(corpus, capsys, book)[1]["detail"]
    parquet = tmp_path / "StockUniteLegale.parquet"
    parquet.write_bytes(b"PAR1" + bytes(100))
    assert "Parquet" in run(corpus, capsys, parquet)[1]["detail"]


def _truncated_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "x" * 1000)
    return out.getvalue()[:500]


def _bomb() -> bytes:
    """Lines as long as may be: what is read is counted in bytes."""
    out = io.BytesIO()
    line = (",".join(["1" * 100_000, *["1"] * (len(UNIT) - 1)]) + "\n").encode()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.csv", "w") as inside,
    ):
        inside.write((",".join(UNIT) + "\n").encode())
        for _ in range(750):
            inside.write(line)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neither"),
        (b"\x7fELF\0\0\1" * 50, "not a CSV"),
        (b"x" * 600_000, "line too long"),
        (b"a,b,c\n1,2,3\n", "neither"),
        (b"siren,denominationUniteLegale\n", "neither"),
        (_truncated_zip(), "damaged"),
        (gzip.compress(b"siren," * 9000)[:40], "damaged"),
        (b"finess;etalab;1;2026-01-01\nstructureet;1;2\n", "no line"),
        (_bomb, "suspicious"),
    ],
    ids="empty binary endless other half zip gzip short bomb".split(),
)
def test_a_file_that_is_not_one_is_refused_in_words(corpus, tmp_path, capsys, content, said):
    path = tmp_path / "file"
    path.write_bytes(content() if callable(content) else content)
    code, report = run(corpus, capsys, path, "--write")
    assert code == 2
    assert said in report["detail"]


def test_a_file_of_another_directory_or_none_is_refused(corpus, tmp_path, capsys):
    units, _ = stock(tmp_path)
    assert run(corpus, capsys, units, "--kind", "finess")[0] == 2
    assert run(corpus, capsys, tmp_path / "nothing.csv")[0] == 2


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    path = tmp_path / "unit.csv"
    with path.open("w") as out:
        out.write(",".join(UNIT) + "\n")
        out.writelines(",".join(unit(f"{n:09}", f"SOCIETE {n}", "5710")) + "\n" for n in range(60_000))
    tracemalloc.start()
    count = sum(1 for _ in Official.open(path).rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 2 * 2**20 < path.stat().st_size


def test_check_digits():
    assert possible("siren", "212603625")
    assert not possible("siren", "212603626")
    assert possible("siret", "35600000000048")
    assert possible("siret", "35600000049837")
    assert not possible("siren", "000000000")
    assert not possible("siren", "21260362５")
    assert possible("finess", "2A0000154")
    assert not possible("finess", "26000015")
