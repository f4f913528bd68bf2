"""The review queue as a workbook: filled in as people do, carried out whole or told of cell by cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

TEXT = """Un troisième contrat local de santé pour la Ville de Valence

La Ville de Valence, l'Agence régionale de santé Auvergne-Rhône-Alpes, la CPAM de la Drôme, le CHU et la MSA
ont signé, le 16 avril 2026, leur troisième contrat local de santé pour 2026-2030.

Les trois axes du contrat sont :
- le logement
- la santé mentale
- l'accès aux soins
"""
SIGNED = ("--by", "Camille Essai", "--on", "2026-11-28")


class Desk:
    """A draft, its queue as a workbook, and the command."""

    def __init__(self, folder: Path, cli: Callable[..., Any], drafted: bytes) -> None:
        self.draft, self.file, self.cli = folder / "26362-3.yaml", folder / "relecture.xlsx", cli
        self.draft.write_bytes(drafted)

    def makes(self, *words: str) -> None:
        done = self.cli("review", self.draft, "--xlsx", self.file, *words)
        assert done.code == 0, done.err

    def edits(self, change: Callable[[Any], None]) -> None:
        book = openpyxl.load_workbook(self.file)
        change(book)
        book.save(self.file)

    def fills(self, **cells: dict[str, Any]) -> None:
        """Fill in cells, by statement (``_`` for ``/``) and header; ``default`` for all others."""

        def change(book: Any) -> None:
            sheet = book["Relecture"]
            heads = {c.value: c.column for c in sheet[1]}
            for row in sheet.iter_rows(min_row=2):
                wanted = cells.get(str(row[0].value).replace("/", "_"), cells.get("default", {}))
                for header, value in wanted.items():
                    row[heads[header] - 1].value = value

        self.edits(change)

    def applies(self, *words: str) -> Any:
        return self.cli("review", self.draft, "--decisions", self.file, *words)

    def record(self) -> Any:
        return yaml.load(self.draft.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def drafted(run_cli: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("draft")
    (folder / "communique.txt").write_text(TEXT, encoding="utf-8")
    done = run_cli("draft", "communique.txt", "--out", "draft.yaml", cwd=folder)
    assert done.code == 0, done.err
    return (folder / "draft.yaml").read_bytes()


@pytest.fixture
def desk(tmp_path: Path, cli: Callable[..., Any], drafted: bytes) -> Desk:
    made = Desk(tmp_path, cli, drafted)
    made.makes()
    return made


ALL: dict[str, dict[str, Any]] = {
    "default": {"Décision": "accepter"},
    "contract_title": {"Décision": "modifier", "Valeur corrigée": "CLS 3 de Valence = une suite"},
    "contract_period": {"Décision": "modifier", "Valeur corrigée": "Période : fin = décembre 2031"},
    "engagements_02": {"Décision": "modifier", "Valeur corrigée": "Rôle = co-pilote\nRang dans la liste ="},
    "engagements_04": {"Décision": "rejeter", "Commentaire": "présent, n'a pas signé"},
    "engagements_05": {
        "Décision": "modifier",
        "Valeur corrigée": "caf-26",
        "Commentaire": "confirmé par\nl'ARS # le 3 mai",
    },
    "milestones_01": {"Décision": "modifier", "Valeur corrigée": datetime.datetime(2026, 4, 17)},
    "programme_02": {"Décision": "modifier", "Valeur corrigée": "Déterminants = Santé mentale ; Logement"},
}


def test_a_filled_in_workbook_makes_a_reviewed_record(desk: Desk) -> None:
    desk.fills(**ALL)
    unsigned = desk.draft.read_bytes()
    assert desk.applies().code == 2  # who and when are not made up
    assert desk.draft.read_bytes() == unsigned
    done = desk.applies(*SIGNED)
    assert done.code == 0, done.err
    assert "modifiés 6, rejetés 1" in done.out
    record = desk.record()
    contract, engagements = record["contract"], record["engagements"]
    assert contract["review"] == {"state": "reviewed", "by": "Camille Essai", "on": "2026-11-28"}
    assert contract["title"]["value"] == "CLS 3 de Valence = une suite"
    assert contract["period"]["value"] == {"begin": "2026", "end": "2031-12"}
    assert [e["id"] for e in engagements] == ["01", "02", "03", "05"]
    assert engagements[1]["role"] == "co-pilot"
    assert "position" not in engagements[1]
    assert (engagements[3]["party"], engagements[3]["assertion"]) == ("caf-26", "resolved-by-context")
    assert record["milestones"][0]["stated_date"] == "2026-04-17"
    # The quotes say another value than these: the machine's words on its own are gone.
    for corrected in (contract["title"], contract["period"], record["milestones"][0], engagements[3]):
        assert corrected["assertion"] == "resolved-by-context"
        assert corrected["note"].startswith("Valeur corrigée à la relecture")
    assert record["programme"][1]["determinants"] == ["sante-mentale", "logement"]
    text = desk.draft.read_text(encoding="utf-8")
    assert "# confirmé par l'ARS # le 3 mai" in text
    assert "relu" not in text
    assert "confiance" not in text


def test_the_workbook_offers_what_may_be_written_and_locks_the_rest(desk: Desk) -> None:
    sheet = openpyxl.load_workbook(desk.file)["Relecture"]
    heads = {c.value: c.column_letter for c in sheet[1]}
    offered = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    decision = next(f for where, f in offered.items() if where.startswith(heads["Décision"]))
    assert decision == '"accepter,rejeter,modifier"'
    rows = {r[0].value: {h: r[ord(c) - 65] for h, c in heads.items()} for r in sheet.iter_rows(min_row=2)}
    party = rows["engagements/03"]["Valeur corrigée"].coordinate
    assert any(party in where.split() and "Registre" in f for where, f in offered.items())
    assert sheet.protection.sheet
    assert rows["engagements/03"]["Citation"].protection.locked
    assert not rows["engagements/03"]["Décision"].protection.locked
    assert "organisme" in rows["engagements/04"]["Doute"].value
    assert rows["contract/title"]["Confiance"].value == 0.6


def _rewritten(sheet: Any, rows: list[list[Any]]) -> None:
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)


def mangled(book: Any) -> None:
    """All at once: columns and rows in another order, blank rows, a title, sheets, spaces, case."""
    sheet = book["Relecture"]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    head, *body = [[*reversed(row), "Vu en réunion"] for row in rows]
    for row in body:
        row[2] = f"\u00a0 {str(row[2]).upper()} " if row[2] else row[2]
        row[1] = row[1].strftime("%d/%m/%Y") if isinstance(row[1], datetime.datetime) else row[1]
    body.reverse()
    body.insert(3, [])
    _rewritten(sheet, [["Séance du 3 mai"], [], head, *body])
    sheet.title = "A faire"
    book.create_sheet("Calculs", 0)["A1"] = "=1+1"
    del book["Registre"]


def test_a_correction_that_the_quote_says_is_stated(desk: Desk) -> None:
    cells = {"contract_title": "Valence", "contract_period": "Période : fin = 2030"}
    changed = {n: {"Décision": "modifier", "Valeur corrigée": v} for n, v in cells.items()}
    changed["milestones_01"] = {"Décision": "modifier", "Valeur corrigée": "avril 2026"}
    desk.fills(**changed)
    assert desk.applies().code == 1  # others are left
    record = desk.record()
    assert record["contract"]["title"]["value"] == "Valence"
    assert record["milestones"][0]["stated_date"] == "2026-04"
    for item in (record["contract"]["title"], record["contract"]["period"], record["milestones"][0]):
        assert not {"note", "assertion"} & set(item)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("CPAM de la Drôme", "Seule caisse du département."),
        ("Caisse primaire de Valence", "Seule caisse du département. Valeur corrigée à la relecture"),
    ],
)
def test_a_corrected_name_leaves_what_is_said_of_the_party(
    desk: Desk, drafted: bytes, name: str, note: str
) -> None:
    line, said = (
        'name_as_stated: "CPAM de la Drôme"',
        'assertion: inferred\n    note: "Seule caisse du département."',
    )
    assert line in drafted.decode()
    desk.draft.write_text(drafted.decode().replace(line, f'name_as_stated: "CPAM"\n    {said}'), "utf-8")
    desk.makes()
    desk.fills(engagements_03={"Décision": "modifier", "Valeur corrigée": f"Nom énoncé = {name}"})
    assert desk.applies().code == 1  # others are left
    changed = desk.record()["engagements"][2]
    assert (changed["party"], changed["name_as_stated"]) == ("cpam-26", name)
    assert changed["assertion"] == "inferred"
    assert changed["note"].startswith(note)


def test_a_body_that_the_registry_has_by_now_is_stated_where_its_name_is_quoted(
    desk: Desk, drafted: bytes
) -> None:
    line = 'name_as_stated: "CPAM de la Drôme"'
    bare = drafted.decode().replace('    party: "cpam-26"\n', "")
    bare = bare.replace(line, f'{line}\n    note: "Organisme nommé, absent du registre."')
    assert bare.count("cpam-26") == 0
    desk.draft.write_text(bare, "utf-8")
    desk.makes()
    desk.fills(engagements_03={"Décision": "modifier", "Valeur corrigée": "cpam-26"})
    assert desk.applies().code == 1  # others are left
    changed = desk.record()["engagements"][2]
    assert changed["party"] == "cpam-26"
    assert not {"note", "assertion"} & set(changed)


@pytest.mark.parametrize(("statement", "key"), [("05", "zorglub-22"), ("03", "cpam"), ("03", "cpam-2")])
def test_a_body_that_no_registry_has_is_refused(desk: Desk, statement: str, key: str) -> None:
    before = desk.draft.read_bytes()
    desk.fills(**{f"engagements_{statement}": {"Décision": "modifier", "Valeur corrigée": key}})
    done = desk.applies("--lang", "en")
    assert done.code == 1
    assert "[review-unknown]" in done.err
    assert key in done.err
    assert desk.draft.read_bytes() == before


def test_decisions_in_a_workbook_are_not_written_over(desk: Desk) -> None:
    desk.makes()  # as it was written
    desk.fills(**ALL)
    filled_in = desk.file.read_bytes()
    done = desk.cli("review", desk.draft, "--xlsx", desk.file, "--lang", "en")
    assert done.code == 2
    assert "--force" in done.err
    assert desk.file.read_bytes() == filled_in
    desk.makes("--force")
    assert desk.file.read_bytes() != filled_in


def test_what_people_do_to_a_workbook_changes_nothing(desk: Desk, drafted: bytes) -> None:
    desk.fills(**ALL)
    assert desk.applies(*SIGNED).code == 0
    expected = desk.draft.read_bytes()
    desk.draft.write_bytes(drafted)
    desk.edits(mangled)
    done = desk.applies(*SIGNED)
    assert done.code == 0, done.err
    assert desk.draft.read_bytes() == expected


def test_the_same_workbook_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.fills(**{k: v for k, v in ALL.items() if k != "default"})
    assert desk.applies().code == 1
    once = desk.draft.read_bytes()
    done = desk.applies()
    assert done.code == 1, done.err
    assert "acceptés 0, modifiés 0, rejetés 0" in done.out
    assert desk.draft.read_bytes() == once
    desk.fills(**ALL)
    assert desk.applies(*SIGNED).code == 0
    assert desk.record()["contract"]["review"]["state"] == "reviewed"


def test_an_english_workbook_is_read_whatever_the_language(desk: Desk) -> None:
    desk.makes("--lang", "en")

    def change(book: Any) -> None:
        sheet = book["Review"]
        heads = {c.value: c.column for c in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            row[heads["Decision"] - 1].value = "accept"
            if row[0].value == "milestones/01":
                row[heads["Decision"] - 1].value = "edit"
                row[heads["Corrected value"] - 1].value = "17 April 2026"

    desk.edits(change)
    done = desk.applies(*SIGNED)
    assert done.code == 0, done.err
    assert desk.record()["milestones"][0]["stated_date"] == "2026-04-17"


@pytest.mark.parametrize(
    ("statement", "cells", "cell", "told"),
    [
        ("engagements_03", {"Décision": "peut-être"}, "H9", "peut-être"),
        ("engagements_03", {"Décision": "=1+1"}, "H9", "formule"),
        ("engagements_03", {"Décision": "modifier"}, "I9", "vide"),
        ("engagements_03", {"Valeur corrigée": "caf-26"}, "I9", "modifier"),
        ("engagements_03", {"Décision": "modifier", "Valeur corrigée": "Role = chef"}, "I9", "chef"),
        ("engagements_03", {"Décision": "modifier", "Valeur corrigée": "Couleur = bleu"}, "I9", "Couleur"),
        ("contract_period", {"Décision": "modifier", "Valeur corrigée": "Début = 2040"}, "I6", "champs"),
        ("contract_ordinal", {"Décision": "modifier", "Valeur corrigée": "trois"}, "I3", "trois"),
        ("contract_ordinal", {"Décision": "accepter", "Valeur proposée": "4"}, "C3", "Valeur corrigée"),
        ("contract_ordinal", {"Décision": "accepter", "Énoncé": "contract/ordinale"}, "A3", "ordinal »"),
        ("contract_ordinal", {"Décision": "accepter", "Énoncé": "contract/title"}, "A3", "ligne 2"),
    ],
)
def test_a_cell_that_cannot_be_carried_out_is_named_and_nothing_is_written(
    desk: Desk, statement: str, cells: dict[str, Any], cell: str, told: str
) -> None:
    before = desk.draft.read_bytes()
    desk.fills(**{"default": {"Décision": "accepter"}, statement: cells})
    done = desk.applies(*SIGNED)
    assert done.code == 1, done.out
    errors = [line for line in done.err.splitlines() if "erreur [" in line]
    assert len(errors) == 1
    assert f"relecture.xlsx, Relecture, {cell}: " in errors[0]
    assert f"ligne {cell[1:]}, colonne {cell[0]}" in errors[0]
    assert told in done.err
    assert desk.draft.read_bytes() == before


def test_words_that_look_like_a_formula_stay_words(desk: Desk, drafted: bytes) -> None:
    desk.draft.write_bytes(drafted.replace(b'name_as_stated: "CHU"', b'name_as_stated: "=HYPERLINK(1)"'))
    desk.draft.write_bytes(desk.draft.read_bytes().replace(b"l'acc\xc3\xa8s aux soins", b"=1+1"))
    desk.makes()
    for row in openpyxl.load_workbook(desk.file)["Relecture"].iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
    table = desk.cli("review", desk.draft, "--list", "--csv").out
    assert "\n=" not in table
    assert ";=" not in table


def test_a_file_that_is_no_queue_is_told_of(desk: Desk) -> None:
    before = desk.draft.read_bytes()
    desk.file.write_bytes(b"PK\x03\x04 not a workbook")
    assert desk.applies(*SIGNED).code == 2
    openpyxl.Workbook().save(desk.file)
    done = desk.applies(*SIGNED)
    assert done.code == 1
    assert "en-têtes" in done.err
    assert desk.draft.read_bytes() == before


def test_a_review_that_nobody_signs_is_refused_before_anything_is_said_to_be_done(desk: Desk) -> None:
    desk.fills(default={"Décision": "accepter"})
    before, done = desk.draft.read_bytes(), desk.applies("--on", "2026-11-28")
    assert done.code == 2
    assert "acceptés" not in done.out
    assert "rien n'est écrit" in done.err
    assert "--by NOM." in done.err
    assert desk.draft.read_bytes() == before


def test_statements_of_a_list_are_numbered(desk: Desk) -> None:
    marks = [
        line.split("]")[0]
        for line in desk.cli("review", desk.draft, "--list").out.splitlines()
        if "[" in line[:1]
    ]
    assert len(marks) > 2
    assert marks == [f"[{n}/{len(marks)}" for n in range(1, len(marks) + 1)]


def test_a_field_that_is_not_known_is_answered_in_one_language(desk: Desk) -> None:
    desk.fills(
        engagements_03={"Décision": "modifier", "Valeur corrigée": "Rôle = signataire\nCouleur = bleu"}
    )
    said = desk.applies(*SIGNED).err
    assert "« Couleur » n'est pas un champ" in said
    assert "Statut de l'énoncé" in said
    assert "Name as stated" not in said
    assert "Assertion status" not in said
