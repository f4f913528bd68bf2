"""``cls-graph draft``: YAML that reads as a record, JSON with confidences, positions that hold."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cls_graph.corpus import Corpus
from cls_graph.drafting import registering
from cls_graph.records.model import Record
from cls_graph.records.reader import read_model

TEXT = (
    "Le 2e contrat local de santé de Valence (2025-2027)\r\n\r\n"
    "Signé le 3 mai 2025 par la Ville de Valence, l’ARS Auvergne-Rhône-Alpes, la CPAM et le Collectif"
    " « Santé 🎉 pour tous ».\r\n\r\nAxe 1 : le logement\r\nAxe 2 : l'air\r\n"
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "Communiqué de mai.txt"
    path.write_bytes(TEXT.encode())
    return path


def quotes(node: Any) -> list[dict[str, Any]]:
    """Every evidence inside a record."""
    if isinstance(node, list):
        return [q for item in node for q in quotes(item)]
    if isinstance(node, dict):
        return [node] if "quote" in node else [q for item in node.values() for q in quotes(item)]
    return []


def test_the_yaml_reads_as_a_record_and_its_positions_hold(
    cli: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    out = tmp_path / "26362-2.yaml"
    run = cli("draft", text, "--out", out)
    assert (run.code, run.out) == (0, "")
    read = read_model(Record, out.name, out.read_bytes())
    assert read.findings == []
    assert read.value is not None
    assert read.value.contract.key == "26362-2"
    found = quotes(json.loads(cli("draft", text, "--json").out))
    assert len(found) > 8
    for evidence in found:
        assert TEXT[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert TEXT[: evidence["start"]].endswith(evidence.get("prefix", ""))
        assert TEXT[evidence["end"] :].startswith(evidence.get("suffix", ""))
    content = out.read_text(encoding="utf-8")
    assert hashlib.sha256(TEXT.encode()).hexdigest() in content
    assert "# confiance 0," in content


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_record_that_is_there_is_not_written_over(
    tiny: Any, cli: Callable[..., Any], text: Path, lang: str
) -> None:
    out = next(iter(sorted((tiny.root / "data" / "contracts").glob("*.yaml"))))
    before = out.read_bytes()
    words = ("draft", text, "--out", out, "--corpus", tiny.root, "--lang", lang)
    run = cli(*words)
    assert run.code == 2
    assert out.stem in run.err
    assert out.read_bytes() == before
    run = cli(*words, "--force")
    assert run.code == 0
    assert "26362-2" in out.read_text(encoding="utf-8")
    (backup,) = (tiny.root / "backups").rglob("*.yaml")
    assert backup.read_bytes() == before
    assert str(backup.parent) in run.err
    assert cli(*words).code == 0  # the same draft again


def test_a_record_that_is_not_called_after_its_key_is_told_of(
    tiny: Any, cli: Callable[..., Any], text: Path
) -> None:
    records = tiny.root / "data" / "contracts"
    wrong = cli("draft", text, "--corpus", tiny.root, "--out", records / "26362-9.yaml", "--lang", "en")
    assert wrong.code == 0
    assert "26362-9.yaml: the key of this record is '26362-2'. Call it 26362-2.yaml" in wrong.err
    assert "Call it" not in cli("draft", text, "--corpus", tiny.root, "--out", records / "26362-2.yaml").err


def test_json_has_the_keys_of_a_record_and_a_confidence_by_statement(
    cli: Callable[..., Any], text: Path
) -> None:
    run = cli("draft", text, "--json")
    assert run.code == 0
    made = json.loads(run.out)
    assert made["contract"]["territory_label"] == "Valence"
    assert made["contract"]["territory"][0]["value"] == "commune/26362"
    for item in (*made["engagements"], *made["programme"], *made["milestones"]):
        assert 0 < item["confidence"] <= 1
    assert [e["party"] for e in made["engagements"][:3]] == ["commune-26362", "ars-84", "cpam-26"]
    assert made["engagements"][2]["assertion"] == "resolved-by-context"


def test_a_page_with_several_contracts_gives_a_list_and_several_files(
    cli: Callable[..., Any], tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "Deux contrats locaux de santé\n\nLe CLS de Lormont est signé par la CAF.\n\nLe CLS "
        "de Floirac est signé par la MSA."
    )
    made = json.loads(cli("draft", page, "--json").out)
    assert [m["contract"]["territory_label"] for m in made] == ["Lormont", "Floirac"]
    out = tmp_path / "cls.yaml"
    assert cli("draft", page, "--out", out).code == 0
    assert sorted(p.name for p in tmp_path.glob("cls*.yaml")) == ["cls-2.yaml", "cls.yaml"]


def test_the_same_text_gives_the_same_bytes(run_cli: Callable[..., Any], text: Path) -> None:
    first = run_cli("draft", text, "--json", env={"PYTHONHASHSEED": "1"})
    second = run_cli("draft", text, "--json", env={"PYTHONHASHSEED": "2"})
    assert first.code == 0
    assert first.out == second.out


def test_doubts_are_said_in_the_language_asked_for(cli: Callable[..., Any], text: Path) -> None:
    assert "# To check:" in cli("draft", text, "--lang", "en").out
    assert "# À vérifier :" in cli("draft", text, "--lang", "fr").out


def test_the_text_as_read_is_written_for_verify(cli: Callable[..., Any], tmp_path: Path) -> None:
    page, read = tmp_path / "a.html", tmp_path / "a.txt"
    page.write_text(
        "<html><body><p>Contrat local de santé de Pau signé par la Ville de Pau</p></body></html>"
    )
    made = json.loads(cli("draft", page, "--json", "--text", read).out)
    assert hashlib.sha256(read.read_bytes()).hexdigest() == made["source"]["sha256"]


def test_mistakes_are_told_and_nothing_is_written(
    cli: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    missing = cli("draft", tmp_path / "absent.txt", "--lang", "fr")
    assert missing.code == 2
    assert "absent.txt" in missing.err
    own = cli("draft", text, "--out", text)
    assert own.code == 2
    assert text.read_bytes() == TEXT.encode()
    read = cli("draft", text, "--text", tmp_path / "." / text.name, "--lang", "en")
    assert (read.code, read.out) == (2, "")
    assert "is the text itself" in read.err
    assert text.read_bytes() == TEXT.encode()
    both = cli("draft", text, "--out", tmp_path / "x", "--text", tmp_path / "x", "--lang", "en")
    assert both.code == 2
    assert "--out and --text" in both.err
    for words in (("--out", "no/x"), ("--out", "x", "--text", "no/x"), ("--text", "no/x")):
        given = [word if word.startswith("--") else tmp_path / word for word in words]
        nowhere = cli("draft", text, *given)
        assert (nowhere.code, nowhere.out) == (2, "")
    assert list(tmp_path.iterdir()) == [text]


def test_a_text_about_something_else_gives_a_draft_that_says_so(
    cli: Callable[..., Any], tmp_path: Path
) -> None:
    other = tmp_path / "recette.txt"
    other.write_text("Épluchez les pommes de terre, puis faites-les cuire vingt minutes.")
    made = json.loads(cli("draft", other, "--json", "--lang", "fr").out)
    assert "engagements" not in made
    assert any("aucun contrat local de santé" in doubt for doubt in made["doubts"])


def benchmark(repo: Path) -> ModuleType:
    """The benchmark, which is a script."""
    spec = importlib.util.spec_from_file_location("drafting_benchmark", repo / "benchmarks" / "drafting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


AIMS = {"precision": 0.95, "signatories": 0.90, "kinds": 0.95, "axes": 0.90, "dates": 0.95, "territory": 0.95}
FLOORS: dict[str, dict[str, float]] = {
    "other-kinds": {},
    "set-aside": {"dates": 0.94, "territory": 0.93},
    "retold": {"kinds": 0.94},
    "other-kinds-aside": {
        "precision": 0.80,
        "signatories": 0.63,
        "axes": 0.33,
        "dates": 0.81,
        "territory": 0.49,
    },
    "retold-aside": {"precision": 0.93, "signatories": 0.86, "axes": 0.74, "dates": 0.86, "territory": 0.84},
}
"""Where an aim is missed or hardly met; what is missed of the parts set aside is not told."""


@pytest.mark.slow
@pytest.mark.parametrize("part", ["development", "sources", *FLOORS])
def test_the_aims_hold_on_the_texts(repo: Path, part: str, request: pytest.FixtureRequest) -> None:
    if part == "sources":
        request.getfixturevalue("sources")
    measured = benchmark(repo).measure(part, Corpus.open())
    found = {
        "precision": measured["signatories"].precision,
        "signatories": measured["signatories"].f1,
        "kinds": measured["kinds"].precision,
        "axes": measured["axes"].f1,
        "dates": measured["dates"].f1,
        "territory": measured["territory"].recall,
    }
    wanted = AIMS | FLOORS.get(part, {})
    assert {what: value for what, value in found.items() if value < wanted[what]} == {}


def test_drafts_of_the_sources_pass_the_checks(
    cli: Callable[..., Any], corpus_dir: Path, sources: Path
) -> None:
    for name, key in (("002", "200071199-2025"), ("003", "243800984-2")):
        out = corpus_dir / "data" / "contracts" / f"{key}.yaml"
        run = cli("draft", next(sources.glob(f"{name}*")), "--corpus", corpus_dir, "--out", out, "--force")
        assert run.code == 0
    records = [corpus_dir / "data" / "contracts" / f"{k}.yaml" for k in ("200071199-2025", "243800984-2")]
    checked = cli("check", *records, "--corpus", corpus_dir, "--lang", "en")
    assert checked.code == 0, checked.out
    assert cli("verify", "--corpus", corpus_dir, "--sources", sources).code == 0


def test_what_a_draft_names_is_added_to_the_registry(
    tiny: Any, cli: Callable[..., Any], text: Path, tmp_path: Path
) -> None:
    data = tiny.root / "data"
    before = {name: (data / name).read_text("utf-8") for name in ("organisations.yaml", "territories.csv")}
    out = data / "contracts" / "26362-2.yaml"
    words = ("draft", text, "--corpus", tiny.root, "--lang", "en")
    shown = cli(*words, "--out", tmp_path / "draft.yaml")
    assert "--register" in shown.err
    assert "commune/26362  Valence" in shown.err
    assert (data / "territories.csv").read_text("utf-8") == before["territories.csv"]
    run = cli(*words, "--out", out, "--register")
    assert run.code == 0, run.err
    assert "Added to the registry:" in run.err
    after = {name: (data / name).read_text("utf-8") for name in before}
    for name, content in before.items():
        assert after[name].startswith(content)
    assert "commune,26362,Valence,26,84,2026\n" in after["territories.csv"]
    assert "siren" not in after["organisations.yaml"].removeprefix(before["organisations.yaml"])
    (backup,) = (tiny.root / "backups").rglob("organisations.yaml")
    assert backup.read_text("utf-8") == before["organisations.yaml"]
    left = [f for f in tiny.check(out).findings if f.rule == "unknown-reference"]
    assert left == []
    assert cli(*words, "--out", out, "--register").code == 0  # the same again: nothing is left to add
    assert {name: (data / name).read_text("utf-8") for name in before} == after


DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
GIVEN = ("--publisher", "ars-84", "--type", "press-release", "--reliability", "official-release")


def test_the_document_is_registered_with_what_is_known_of_it(
    tiny: Any, cli: Callable[..., Any], text: Path
) -> None:
    file, out = tiny.root / "data" / "documents.yaml", tiny.root / "data" / "contracts" / "26362-2.yaml"
    before = file.read_text("utf-8")
    words = ("draft", text, "--corpus", tiny.root, "--lang", "en", "--out", out, "--register")
    run = cli(*words)
    assert run.code == 0, run.err
    assert "communique-de-mai  Le 2e contrat local de santé de Valence (2025-2027)" in run.err
    assert "still to be given: --publisher --url --type --reliability" in run.err
    added = file.read_text("utf-8").removeprefix(before)
    assert f"sha256: {DIGEST}" in added
    assert "accessed" not in added
    assert "published" not in added
    asked = [f for f in tiny.check().findings if f.place.file.endswith("documents.yaml")]
    assert [(f.rule, f.severity) for f in asked] == [("document-incomplete", "violation")]
    assert asked[0].message["fr"] == "il manque à ce document : publisher, url, type, reliability."
    assert "--publisher ORGANISME --url ADRESSE --type TYPE --reliability" in asked[0].remedy["fr"]
    assert "--accessed YYYY-MM-DD" in asked[0].remedy["en"]
    assert "type: one of contract-text" in asked[0].remedy["en"]
    assert "reliability : un de contract-text, institutional" in asked[0].remedy["fr"]
    line = before.count("\n") + 1
    assert {f.place.line for f in asked} == {line}
    verified = cli("verify", "--corpus", tiny.root, "--sources", text.parent, out, "--lang", "en")
    assert "12 of 12 quotes" in verified.out
    told = (*GIVEN, "--url", "https://example.org/mai", "--accessed", "2025-05-06")
    assert cli(*words, *told).code == 0
    again = file.read_text("utf-8")
    assert again.startswith(before)
    assert "accessed: 2025-05-06" in again.replace('"', "")
    assert "# url" not in again
    left = [f for f in tiny.check().findings if f.place.file.endswith("documents.yaml")]
    assert left == []
    assert cli(*words, *told).code == 0
    assert file.read_text("utf-8") == again


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--url", "https://example.org/autre"), "has `url: https://example.org/mai` already"),
        (("--title", "Un autre"), "already"),
        (("--type", "press-relase"), "Did you mean 'press-release'"),
        (("--publisher", "ars-48"), "Did you mean 'ars-84'"),
        (("--publisher", "Le Journal"), "Put it into data/organisations.yaml"),
        (("--accessed", "6/5/2025"), "2025-04-16"),
    ],
)
def test_what_is_said_of_a_document_is_not_replaced_and_wrong_words_write_nothing(
    tiny: Any, cli: Callable[..., Any], text: Path, given: tuple[str, ...], said: str
) -> None:
    out = tiny.root / "data" / "contracts" / "26362-2.yaml"
    words = ("draft", text, "--corpus", tiny.root, "--lang", "en", "--out", out, "--register")
    assert cli(*words, *GIVEN, "--url", "https://example.org/mai").code == 0
    before = {p: p.read_bytes() for p in (tiny.root / "data").rglob("*.*")}
    run = cli(*words, *given)
    assert run.code == 2
    assert said in run.err
    assert {p: p.read_bytes() for p in (tiny.root / "data").rglob("*.*")} == before


def test_another_text_of_the_same_name_does_not_take_the_place_of_a_document(
    tiny: Any, cli: Callable[..., Any], text: Path
) -> None:
    out = tiny.root / "data" / "contracts" / "26362-2.yaml"
    words = ("draft", text, "--corpus", tiny.root, "--lang", "en", "--register")
    assert cli(*words, "--out", out).code == 0
    before = {p: p.read_bytes() for p in (tiny.root / "data").rglob("*.*")}
    text.write_bytes(TEXT.encode() + b"Et un mot de plus.\r\n")
    run = cli(*words, "--out", tiny.root / "data" / "contracts" / "26362-b.yaml")
    assert run.code == 2
    assert "is another text there" in run.err
    assert {p: p.read_bytes() for p in (tiny.root / "data").rglob("*.*")} == before


@pytest.mark.parametrize("stamp", ["11/29/26, 4:21 AM\n\n", "29/11/2026 16:21 ", "29/11/2026, 16:21:07\n"])
def test_when_a_page_was_printed_is_neither_its_title_nor_a_date_of_it(
    tiny: Any, cli: Callable[..., Any], text: Path, stamp: str
) -> None:
    text.write_bytes(stamp.encode() + TEXT.encode())
    out = tiny.root / "data" / "contracts" / "26362-2.yaml"
    run = cli("draft", text, "--corpus", tiny.root, "--lang", "en", "--out", out, "--register")
    assert "communique-de-mai  Le 2e contrat local de santé de Valence (2025-2027)" in run.err
    assert stamp[:8] not in out.read_text("utf-8")


def test_a_page_tells_its_title_address_and_day(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>CLS | Ville</title><link rel=canonical href='https://example.org/cls?a=1#b'>"
        "<meta property='article:published_time' content='2025-05-04T08:00'></head><body><main>"
        "<h1>Un « CLS » : c'est signé</h1><p>Le contrat local de santé de Valence (2025-2027) est signé le"
        " 3 mai 2025 par la Ville de Valence et l'ARS Auvergne-Rhône-Alpes.</p></main></body></html>",
        encoding="utf-8",
    )
    out = tiny.root / "data" / "contracts" / "26362-2025.yaml"
    run = cli("draft", page, "--corpus", tiny.root, "--out", out, "--register")
    assert run.code == 0, run.err
    document = Corpus.open(tiny.root).registry.documents["page"]
    assert document.title == "Un « CLS » : c'est signé"
    assert document.url == "https://example.org/cls?a=1#b"
    assert document.published == "2025-05-04"
    assert document.publisher is None


def test_words_on_a_document_go_to_the_registry_only(cli: Callable[..., Any], text: Path) -> None:
    run = cli("draft", text, "--url", "https://example.org/mai", "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert "add --register" in run.err


@pytest.mark.parametrize(
    "content",
    ["", "documents: []\n", "# rien encore\n", "documents:\r\n- key: a\r\n  language: fr\r\n"],
)
def test_documents_are_added_to_any_usual_layout(
    tiny: Any, cli: Callable[..., Any], text: Path, content: str
) -> None:
    file, out = tiny.root / "data" / "documents.yaml", tiny.root / "data" / "contracts" / "26362-2.yaml"
    file.write_bytes(content.encode())
    bodies = tiny.root / "data" / "organisations.yaml"
    if "key: a" not in content:
        bodies.write_bytes(content.replace("documents", "organisations").encode())
    run = cli("draft", text, "--corpus", tiny.root, "--out", out, "--register")
    assert run.code == 0, run.err
    assert "commune-26362" in Corpus.open(tiny.root).registry.organisations
    held = Corpus.open(tiny.root).registry.documents
    assert held["communique-de-mai"].sha256 == DIGEST
    assert ("a" in held) == ("key: a" in content)


def test_what_somebody_adds_to_the_registry_meanwhile_is_kept(
    tiny: Any, cli: Callable[..., Any], text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tiny.root / "data" / "territories.csv"
    saved = file.read_bytes() + b"commune,38185,Grenoble,38,84,2026\n"
    real = registering.registered

    def slowly(*given: Any) -> Any:
        made = real(*given)
        file.write_bytes(saved)
        return made

    monkeypatch.setattr(registering, "registered", slowly)
    out = tiny.root / "data" / "contracts" / "26362-2.yaml"
    run = cli("draft", text, "--corpus", tiny.root, "--out", out, "--register", "--lang", "en")
    assert run.code == 2
    assert "was changed meanwhile" in run.err
    assert file.read_bytes() == saved
    assert not out.exists()


def test_a_registry_that_is_laid_out_otherwise_is_not_touched(
    tiny: Any, cli: Callable[..., Any], text: Path
) -> None:
    file = tiny.root / "data" / "organisations.yaml"
    content = '{organisations: [{key: ars-84, label: "Agence", kind: ars, territory: [region/84]}]}\n'
    file.write_text(content, encoding="utf-8")
    out = tiny.root / "data" / "contracts" / "26362-2.yaml"
    run = cli("draft", text, "--corpus", tiny.root, "--out", out, "--register", "--lang", "en")
    assert run.code == 2
    assert "nothing is written" in run.err
    assert file.read_text(encoding="utf-8") == content
    assert not out.exists()
