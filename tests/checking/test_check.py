"""``cls-graph check``: bad input gives one finding and the right exit code, in both languages."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SH, Graph

from cls_graph.checking import Checked
from cls_graph.checking.report import as_json, as_shacl, render
from cls_graph.findings import SEVERITY_NAMES, at_least, count

CONTRACT = "contracts/01999-2.yaml"


@pytest.mark.slow
def test_the_bundled_corpus_has_no_violation(bundled_check: Checked) -> None:
    found = [f.text("en") for f in bundled_check.findings if f.severity == "violation"]
    assert found == []
    assert bundled_check.records >= 8
    assert not at_least(bundled_check.findings, "violation")


@pytest.mark.slow
def test_every_finding_of_the_bundled_corpus_reads_in_both_languages(bundled_check: Checked) -> None:
    for f in bundled_check.findings:
        for lang in ("fr", "en"):
            assert f.message[lang]
            assert not re.search(r"\{[?$]?\w+\}", f.message[lang] + f.remedy[lang])
        assert f.message["fr"] != f.message["en"]


@pytest.mark.slow
def test_findings_about_records_say_file_line_and_name(bundled_check: Checked) -> None:
    about_records = [f for f in bundled_check.findings if "/id/contract/" in f.node]
    for f in about_records:
        assert f.place.file.endswith(".yaml")
        assert f.place.line > 0
        assert f.subject


def in_latin_1(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xe9", 1))


BAD: dict[str, tuple[Callable[[Any], object], str, int]] = {
    "yaml": (lambda t: t.edit("  carrier: commune-01999", "  carrier: a: b"), "yaml-syntax", 16),
    "unknown key": (lambda t: t.edit("  carrier:", "  carier: x\n  carrier:"), "unknown-key", 16),
    "unknown party": (lambda t: t.edit("party: ars-84", "party: ars-85"), "unknown-reference", 30),
    "period": (lambda t: t.edit("begin: 2025", "begin: 2028"), "period-order", 19),
    "duplicated key": (lambda t: t.edit("  carrier:", "  key: 01999-3\n  carrier:"), "duplicate-key", 16),
    "empty file": (lambda t: t.contract.write_bytes(b""), "empty-file", 0),
    "not UTF-8": (lambda t: in_latin_1(t.contract), "encoding", 5),
    "Turtle": (lambda t: (t.root / "data" / "x.ttl").write_bytes(b"\n<https://x.org/a> a"), "rdf-syntax", 2),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_bad_input_is_one_violation_and_exit_code_1(
    tiny: Any, cli: Callable[..., Any], bad: str, lang: str
) -> None:
    spoil, rule, line = BAD[bad]
    spoil(tiny)
    run = cli("check", "--corpus", tiny.root, "--lang", lang)
    lines = [text for text in run.out.splitlines() if f"[{rule}]" in text]
    assert run.code == 1
    assert len(lines) == 1
    assert SEVERITY_NAMES["violation"][lang] in lines[0]
    assert (f":{line}:" in lines[0]) == bool(line)
    assert run.out.splitlines()[1].startswith("    → ")
    one = {"fr": ": 1 erreur, 0 avertissement", "en": ": 1 error, 0 warnings"}[lang]
    assert one in run.out.splitlines()[-1]
    assert run.err == ""


def test_a_quote_that_is_not_in_the_text_is_one_violation(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit('"leur 2e CLS"', '"leur 3e CLS"')
    assert cli("check", "--corpus", tiny.root).code == 0  # without the texts, positions are trusted
    run = cli("verify", "--corpus", tiny.root, "--sources", tiny.sources)
    assert run.code == 1
    assert run.out.count("[quote-absent]") == 1


def test_one_unsound_record_does_not_hide_what_is_wrong_with_another(tiny: Any) -> None:
    other = tiny.contract.with_name("01999-3.yaml")
    shutil.copy(tiny.contract, other)
    other.write_bytes(
        other.read_bytes().replace(b"key: 01999-2", b"key: 01999-3").replace(b"party: ars-84", b"party: x")
    )
    tiny.edit("begin: 2025", "begin: 2028")
    assert [f.rule for f in tiny.violations()] == ["period-order", "unknown-reference"]


# --- reports


def report(tiny: Any) -> Checked:
    tiny.edit("party: ars-84", "party: ars-85")
    tiny.edit('title:\n    value: "2e contrat local de santé d’Exemple"', 'title:\n    value: "« 2e »"')
    return tiny.check()  # type: ignore[no-any-return]


def test_the_json_report_says_what_the_text_says(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit("party: ars-84", "party: ars-85")
    run = cli("check", "--corpus", tiny.root, "--json", "--lang", "en")
    said = run.json()
    assert run.code == 1
    assert (said["conforms"], said["records"]) == (False, 1)
    assert said["counts"] == {"violation": 1, "warning": 0, "info": 0}
    (found,) = said["findings"]
    assert (found["rule"], found["line"], found["value"]) == ("unknown-reference", 30, "ars-85")
    text = cli("check", "--corpus", tiny.root, "--lang", "en").out
    assert found["message"] in text
    assert found["remedy"] in text
    assert json.loads(cli("check", "--corpus", tiny.root, "--format", "json", "--lang", "en").out) == said


@pytest.mark.slow
def test_the_shacl_report_agrees_with_the_json_report(bundled_check: Checked) -> None:
    findings = bundled_check.findings
    graph = Graph().parse(data=as_shacl(findings), format="turtle")
    said = json.loads(as_json(findings, "fr", bundled_check.records))
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(said["findings"]) == len(findings)
    severities = [str(graph.value(r, SH.resultSeverity)).rpartition("#")[2].lower() for r in results]
    assert {s: severities.count(s) for s in said["counts"]} == said["counts"] == count(findings)
    for r in results:
        assert graph.value(r, SH.focusNode) is not None
        assert {m.language for m in graph.objects(r, SH.resultMessage)} == {"fr", "en"}  # type: ignore[attr-defined]
    french = {str(m) for r in results for m in graph.objects(r, SH.resultMessage) if m.language == "fr"}  # type: ignore[attr-defined]
    assert french == {f["message"] for f in said["findings"]}


def test_a_shacl_report_without_results_conforms(tiny: Any, cli: Callable[..., Any]) -> None:
    run = cli("check", "--corpus", tiny.root, "--format", "shacl")
    graph = Graph().parse(data=run.out, format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(node, SH.conforms)) == "true"
    assert run.code == 0


def test_hostile_text_survives_every_report(tiny: Any) -> None:
    tiny.edit("kind: ars", "kind: 'x\"\\\\\\n}{<>😀'")
    findings = tiny.check().findings
    assert findings
    for form in ("text", "json", "shacl"):
        text = render(findings, form, "fr", records=1)
        assert "😀" in text
    Graph().parse(data=as_shacl(findings), format="turtle")


# --- what fails, what is shown


def test_fail_on_and_show(tiny: Any, cli: Callable[..., Any]) -> None:
    shapes = tiny.root / "shapes" / "core.ttl"
    content = shapes.read_text(encoding="utf-8").replace(
        "dcterms:title ;", "cls:nothing ; sh:severity sh:Warning ;"
    )
    shapes.write_text(content, encoding="utf-8")
    codes = {
        level: cli("check", "--corpus", tiny.root, "--fail-on", level).code
        for level in ("violation", "warning", "info")
    }
    assert codes == {"violation": 0, "warning": 1, "info": 1}
    shapes.write_text(content.replace("sh:Warning", "sh:Info"), encoding="utf-8")
    codes = {
        level: cli("check", "--corpus", tiny.root, "--fail-on", level).code
        for level in ("violation", "warning", "info")
    }
    assert codes == {"violation": 0, "warning": 0, "info": 1}
    quiet, loud = cli("check", "--corpus", tiny.root), cli("check", "--corpus", tiny.root, "--show", "info")
    assert "Pas de titre" not in quiet.out
    assert "--show info" in quiet.out
    assert "Pas de titre" in loud.out
    assert "1 information" in quiet.out


# --- files and folders


def test_only_the_files_asked_for_are_reported(tiny: Any, cli: Callable[..., Any]) -> None:
    other = tiny.contract.with_name("01999-3.yaml")
    other.write_bytes(b"")
    assert cli("check", "--corpus", tiny.root, tiny.contract).code == 0
    run = cli("check", "--corpus", tiny.root, other)
    assert run.code == 1
    assert "1 fiche" in run.out
    assert cli("check", "--corpus", tiny.root, tiny.contract, other).out.count("[empty-file]") == 1


def test_a_file_outside_the_corpus_is_checked_against_it(tiny: Any, tmp_path: Path) -> None:
    outside = tmp_path / "draft" / "01999-2.yaml"
    outside.parent.mkdir()
    shutil.move(tiny.contract, outside)
    assert tiny.violations(outside) == []
    outside.write_bytes(outside.read_bytes().replace(b"party: ars-84", b"party: ars-85"))
    (found,) = tiny.violations(outside)
    assert found.rule == "unknown-reference"
    assert found.place.file == str(outside)


@pytest.mark.slow
def test_a_contract_may_succeed_one_that_is_not_asked_for_or_that_is_broken(tiny_with_shapes: Any) -> None:
    tiny = tiny_with_shapes
    before = tiny.contract.with_name("01999-1.yaml")
    before.write_bytes(
        tiny.contract.read_bytes()
        .replace(b"key: 01999-2", b"key: 01999-1")
        .replace(b"value: 2\n", b"value: 1\n")
    )
    tiny.edit("  carrier:", "  succeeds: [{value: 01999-1, assertion: inferred, note: n}]\n  carrier:")
    assert tiny.violations(tiny.contract) == []
    before.write_bytes(before.read_bytes().replace(b"begin: 2025", b"begin: 2028"))
    assert [f.rule for f in tiny.violations()] == ["period-order"]


def test_a_file_that_is_far_too_large_is_refused_unread(tiny: Any) -> None:
    with tiny.contract.open("ab") as file:
        file.truncate(33 * 2**20)
    for found in (tiny.violations(), tiny.violations(tiny.contract)):
        assert [f.rule for f in found] == ["unreadable-file"]


def test_paths_are_shown_as_the_user_knows_them(
    tiny: Any, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.edit("party: ars-84", "party: ars-85")
    monkeypatch.chdir(tiny.root)
    assert cli("check", "--corpus", ".").out.startswith("data/contracts/01999-2.yaml:30:12: ")
    monkeypatch.chdir(tiny.root.parent)
    assert cli("check", "--corpus", tiny.root).out.startswith("corpus/data/contracts/01999-2.yaml:30:12: ")


@pytest.mark.parametrize("words", [["--corpus", "nowhere"], ["no-such-file.yaml"], ["--corpus", "."]])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_cannot_run_is_exit_code_2(
    cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    run = cli("check", *words, "--lang", lang)
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("cls-graph : " if lang == "fr" else "cls-graph: ")
    assert words[-1] in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("name", ["ontology/vocab/determinant.ttl", "shapes/core.ttl"])
def test_an_ontology_or_shapes_that_do_not_parse_are_exit_code_2(
    tiny: Any, cli: Callable[..., Any], name: str
) -> None:
    path = tiny.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("@prefix x: <https://x.org/> .\nx:a x:b ;; ] .\n", encoding="utf-8")
    run = cli("check", "--corpus", tiny.root)
    assert run.code == 2
    assert f"{path}:2:" in run.err or f"{os.path.relpath(path)}:2:" in run.err


def test_a_contract_before_this_one_without_a_record_is_not_meant_to_be_this_one(tiny: Any) -> None:
    tiny.edit("  carrier:", "  succeeds: [{value: 01999-1, assertion: inferred, note: n}]\n  carrier:")
    (found,) = tiny.violations()
    assert (found.rule, found.edit) == ("unknown-reference", None)
    assert "01999-2" not in found.remedy["en"]
    assert "the ordinal is enough" in found.remedy["en"]


def test_a_review_is_asked_for_with_the_record_as_one_names_it_in_the_corpus(
    tiny: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.edit("state: reviewed", "state: drafted")
    monkeypatch.chdir(tiny.root.parent)
    (found,) = [f for f in tiny.check().findings if f.rule == "not-reviewed"]
    assert found.remedy["en"] == "Review it: cls-graph review data/contracts/01999-2.yaml."
