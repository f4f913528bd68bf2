"""The review of a draft: at a terminal, by a table, in one go; what is left is kept, who and when is told."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cls_graph.corpus import Corpus
from cls_graph.roots import bundled_root

TEXT = """Un troisième contrat local de santé pour la Ville de Valence

La Ville de Valence, l'Agence régionale de santé Auvergne-Rhône-Alpes, la CPAM de la Drôme, le CHU et la MSA
ont signé, le 16 avril 2026, leur troisième contrat local de santé pour 2026-2030.

Les trois axes du contrat sont :
- le logement
- la santé mentale
- l'accès aux soins
"""
SIGNED = ("--by", "Camille Essai", "--on", "2026-11-28")


@pytest.fixture(scope="module")
def drafted(run_cli: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A draft as ``draft`` writes it."""
    folder = tmp_path_factory.mktemp("draft")
    (folder / "communique.txt").write_text(TEXT, encoding="utf-8")
    done = run_cli("draft", "communique.txt", "--out", "draft.yaml", cwd=folder)
    assert done.code == 0, done.err
    return (folder / "draft.yaml").read_bytes()


@pytest.fixture
def draft(drafted: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "26362-3.yaml"
    file.write_bytes(drafted)
    return file


def record(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def listed(cli: Callable[..., Any], file: Path) -> dict[str, Any]:
    done = cli("review", file, "--list", "--json")
    assert done.code == 0, done.err
    return {s["statement"]: s for s in json.loads(done.out)}


def decisions(folder: Path, *rows: tuple[str, str, str]) -> Path:
    file = folder / "decisions.csv"
    lines = ["énoncé;décision;valeur corrigée", *(";".join(r) for r in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return file


def test_each_statement_is_told_in_words_with_its_quote(cli: Callable[..., Any], draft: Path) -> None:
    shown = listed(cli, draft)
    assert shown["engagements/03"]["quotes"] == ["CPAM de la Drôme"]
    assert "signataire" in shown["engagements/03"]["meaning"]
    assert shown["engagements/03"]["confidence"] >= 0.9
    assert any("quel organisme" in d for d in shown["engagements/04"]["doubts"])


def test_certain_ones_at_once_then_a_table_for_the_rest(
    cli: Callable[..., Any], draft: Path, tmp_path: Path
) -> None:
    before = record(draft)
    done = cli("review", draft, "--accept-all-certain")
    assert done.code == 1
    assert record(draft) == before  # only marks, in comments
    left = {n for n, s in listed(cli, draft).items() if not s["done"]}
    assert {"contract/title", "engagements/04", "engagements/05"} <= left
    assert "engagements/03" not in left
    table = cli("review", draft, "--list", "--csv").out
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff")), delimiter=";"))
    assert {r["Énoncé"] for r in rows} == left
    for row in rows:
        row["Décision"] = "accepter"
        if row["Énoncé"] == "engagements/04":
            row["Décision"] = "rejeter"
        if row["Énoncé"] == "contract/title":
            row["Décision"], row["Valeur corrigée"] = "modifier", "CLS de Valence"
    filled = tmp_path / "filled.csv"
    with filled.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    unsigned = draft.read_bytes()
    assert cli("review", draft, "--decisions", filled).code == 2  # who and when are not made up
    assert draft.read_bytes() == unsigned
    done = cli("review", draft, "--decisions", filled, *SIGNED)
    assert done.code == 0, done.out + done.err
    after = record(draft)
    assert after["contract"]["review"] == {"state": "reviewed", "by": "Camille Essai", "on": "2026-11-28"}
    assert after["contract"]["title"]["value"] == "CLS de Valence"
    assert [e["id"] for e in after["engagements"]] == ["01", "02", "03", "05"]
    assert after["engagements"][3]["assertion"] == "unresolved"
    assert "confiance" not in draft.read_text(encoding="utf-8")
    assert cli("review", draft, "--list").code == 2  # no longer a draft


def test_an_edit_that_names_the_body_resolves_it(
    cli: Callable[..., Any], draft: Path, tmp_path: Path
) -> None:
    table = decisions(tmp_path, ("engagements/05", "modifier", "party=caf-26 | position="))
    assert cli("review", draft, "--decisions", table).code == 1
    changed = record(draft)["engagements"][4]
    assert (changed["party"], changed["assertion"]) == ("caf-26", "resolved-by-context")
    assert "position" not in changed


def test_what_an_editor_saves_meanwhile_is_kept(
    cli: Callable[..., Any], draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, saved = Corpus.open, draft.read_bytes() + b"# saved by an editor\n"

    def slowly(*given: Any) -> Corpus:
        draft.write_bytes(saved)
        return real(*given)

    monkeypatch.setattr(Corpus, "open", slowly)
    run = cli("review", draft, "--accept-all-certain", "--lang", "en")
    assert run.code == 2
    assert "was changed meanwhile" in run.err
    assert draft.read_bytes() == saved


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("engagements/99", "accepter", "")], "engagements/99"),
        ([("engagements/01", "peut-être", "")], "peut-être"),
        ([("engagements/01", "modifier", "")], "valeur corrigée est vide"),
        ([("engagements/01", "accepter", "CPAM")], "décision modifier"),
        ([("engagements/01", "", "CPAM")], "décision modifier"),
        ([("engagements/01", "modifier", "Rôle = chef")], "chef"),
        ([("engagements/01", "modifier", "couleur = bleu")], "couleur"),
        ([("engagements/01", "accepter", ""), ("engagements/01", "rejeter", "")], "déjà"),
        ([("engagements/02", "rejeter", ""), ("contract/period", "modifier", "begin=2040")], "2040"),
    ],
)
def test_a_line_that_cannot_be_carried_out_is_named_and_nothing_is_written(
    cli: Callable[..., Any], draft: Path, tmp_path: Path, rows: list[Any], told: str
) -> None:
    before = draft.read_bytes()
    done = cli("review", draft, "--decisions", decisions(tmp_path, *rows))
    assert done.code == 1
    assert f"ligne {len(rows) + 1}" in done.err
    assert told in done.err
    assert draft.read_bytes() == before


def test_all_of_a_part_may_be_rejected(cli: Callable[..., Any], draft: Path, tmp_path: Path) -> None:
    rows = [(f"programme/0{n}", "rejeter", "") for n in (1, 2, 3)]
    assert cli("review", draft, "--decisions", decisions(tmp_path, *rows)).code == 1
    assert "programme" not in record(draft)
    assert record(draft)["milestones"]


def at_terminal(
    command: tuple[list[str], dict[str, str]], file: Path, typed: str, *more: str
) -> tuple[int, str]:
    """The command as one who sits at a terminal runs it."""
    words, env = command
    master, slave = pty.openpty()
    os.write(master, typed.encode())
    done = subprocess.run(
        [*words, "review", str(file), *more],
        stdin=slave,
        capture_output=True,
        env=env,
        timeout=60,
        check=False,
    )
    os.close(slave)
    os.close(master)
    return done.returncode, done.stdout.decode()


def test_at_a_terminal_one_goes_back_quits_and_goes_on(
    command: tuple[list[str], dict[str, str]], draft: Path, cli: Callable[..., Any]
) -> None:
    count = len(listed(cli, draft))
    code, _ = at_terminal(command, draft, "a\nr\nv\nq\n")
    assert code == 1
    marks = [n for n, s in listed(cli, draft).items() if s["done"]]
    assert marks == ["contract/title"]  # the rejection was taken back
    assert record(draft)["contract"]["ordinal"]["value"] == "3"
    code, said = at_terminal(command, draft, "r\n" + "a\n" * (count - 2) + "Camille\n2026-11-28\n")
    assert code == 0, said
    assert "ordinal" not in record(draft)["contract"]
    assert record(draft)["contract"]["review"]["by"] == "Camille"


def test_at_a_terminal_an_answer_that_does_not_do_is_asked_for_again(
    command: tuple[list[str], dict[str, str]], draft: Path, cli: Callable[..., Any]
) -> None:
    count = len(listed(cli, draft))
    code, said = at_terminal(command, draft, "a\n" * count + "\na\nCamille\nhier\n2026-11-28\n")
    assert code == 0, said
    assert said.count("un nom d'au moins deux lettres est attendu") == 2  # nothing, then a stray answer
    assert said.count("une date AAAA-MM-JJ est attendue") == 1
    assert record(draft)["contract"]["review"] == {"state": "reviewed", "by": "Camille", "on": "2026-11-28"}


def test_a_review_that_is_decided_is_signed_without_a_terminal(
    command: tuple[list[str], dict[str, str]], draft: Path, cli: Callable[..., Any]
) -> None:
    code, _ = at_terminal(command, draft, "a\n" * len(listed(cli, draft)) + "\x04")
    assert code == 2  # who and when are not made up
    assert cli("review", draft).code == 2
    done = cli("review", draft, *SIGNED)
    assert done.code == 0, done.err
    assert record(draft)["contract"]["review"]["by"] == "Camille Essai"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--by", "a", "--on", "2026-11-28"), "--by a: a name of at least two letters is expected"),
        (("--by", "A.", "--on", "2026-11-28"), "--by A.: a name of at least two letters"),
        (("--by", "Camille", "--on", "28/11/2026"), "--on 28/11/2026: a date is expected, YYYY-MM-DD"),
    ],
)
def test_a_review_is_not_signed_by_a_stray_letter(
    cli: Callable[..., Any], draft: Path, wrong: tuple[str, ...], said: str
) -> None:
    before = draft.read_bytes()
    run = cli("review", draft, "--accept-all-certain", *wrong, "--lang", "en")
    assert run.code == 2
    assert said in run.err
    assert draft.read_bytes() == before


def test_a_statement_is_told_in_words_of_its_language(cli: Callable[..., Any]) -> None:
    records = bundled_root() / "data" / "contracts"

    def told(key: str, lang: str = "fr") -> str:
        return str(cli("review", records / f"{key}.yaml", "--again", "--list", "--lang", lang).out)

    voironnais = told("243800984-2")
    assert "monnaie EUR, périodicité annuel, période 5 ans" in voironnais
    assert "période du plan d'actions : 2024–2029" in voironnais
    assert "nouveau partenaire oui" in voironnais
    assert "territoire : CA du Pays Voironnais (epci/243800984)" in voironnais
    assert "période : jusqu'à 2028" in told("42218-a")
    assert "date 16 avril, année non dite" in told("26362-3")
    assert "cadre Plan Cancer stéphanois (plan-cancer-42218)" in told("42218-a")
    assert "period: 2025–2029, 4 years" in told("200071199-2025", "en")


def reviewed_by(cli: Callable[..., Any], file: Path, by: str, on: str, *more: str) -> Any:
    """Accept all that is open, and sign."""
    shown = cli("review", file, "--list", "--json", *more)
    rows = [(s["statement"], "accepter", "") for s in json.loads(shown.out) if not s["done"]]
    return cli("review", file, "--decisions", decisions(file.parent, *rows), "--by", by, "--on", on, *more)


def test_a_second_review_keeps_who_signed_the_first(cli: Callable[..., Any], draft: Path) -> None:
    assert reviewed_by(cli, draft, "Camille Essai", "2026-11-20").code == 0
    once = draft.read_bytes()
    refused = cli("review", draft, "--list", "--lang", "en")
    assert refused.code == 2
    assert "--again" in refused.err
    assert cli("review", draft, "--again", "--list").code == 0
    assert draft.read_bytes() == once  # a list changes nothing
    assert cli("review", draft, "--again", "--xlsx", draft.with_suffix(".xlsx")).code == 0
    opened = record(draft)["contract"]["review"]
    earlier = [{"id": "01", "by": "Camille Essai", "on": "2026-11-20"}]
    assert opened == {"state": "drafted", "earlier": earlier}
    assert reviewed_by(cli, draft, "Dominique Essai", "2026-11-25").code == 0
    assert reviewed_by(cli, draft, "Alix Essai", "2026-11-28", "--again").code == 0
    earlier.append({"id": "02", "by": "Dominique Essai", "on": "2026-11-25"})
    last = {"state": "reviewed", "by": "Alix Essai", "on": "2026-11-28", "earlier": earlier}
    assert record(draft)["contract"]["review"] == last
    assert cli("draft", text_of(draft), "--out", draft, "--force").code == 0
    earlier.append({"id": "03", "by": "Alix Essai", "on": "2026-11-28"})
    assert record(draft)["contract"]["review"] == {"state": "drafted", "earlier": earlier}


def text_of(file: Path) -> Path:
    """The text of the draft, beside it."""
    text = file.with_name("communique.txt")
    text.write_text(TEXT, encoding="utf-8")
    return text


def test_at_a_terminal_a_second_review_keeps_the_first(
    command: tuple[list[str], dict[str, str]], draft: Path, cli: Callable[..., Any]
) -> None:
    assert reviewed_by(cli, draft, "Camille Essai", "2026-11-20").code == 0
    keys = "a\n" * len(listed_again(cli, draft)) + "Alix Essai\n2026-11-28\n"
    code, _ = at_terminal(command, draft, keys, "--again")
    assert code == 0
    review = record(draft)["contract"]["review"]
    assert (review["by"], review["on"]) == ("Alix Essai", "2026-11-28")
    assert review["earlier"] == [{"id": "01", "by": "Camille Essai", "on": "2026-11-20"}]


def listed_again(cli: Callable[..., Any], file: Path) -> list[Any]:
    """The statements of a reviewed record."""
    return list(json.loads(cli("review", file, "--again", "--list", "--json").out))
