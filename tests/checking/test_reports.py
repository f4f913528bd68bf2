"""Reports for people and for tools: what they say, that tools can read them, that they stand alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse
from xml.etree import ElementTree

import pytest
from pydantic import BaseModel
from sarif_pydantic import Sarif

from cls_graph.checking.engines import choose
from cls_graph.checking.report import FORMATS, render
from cls_graph.checking.results import ntriples
from cls_graph.checking.shacl import tell
from cls_graph.corpus import Corpus
from cls_graph.findings import Edit, Finding, Place, certain, finding, grouped
from cls_graph.graphs import Graphs
from cls_graph.rules import GROUPS, RULES

NOT_FOR_PEOPLE = re.compile(r"https?://|\b(min|max)(Count|Inclusive)\b|Constraint|\bsh:|_:|\{[?$]")
SLIP = ('name_as_stated: "l’Agence"', 'name_as_sated: "l’Agence"')


def sentences(found: Finding, lang: str) -> list[str]:
    return [
        found.title[lang],
        found.why[lang],
        found.message[lang],
        found.remedy[lang],
        found.subject_in(lang),
    ]


@pytest.fixture(scope="session")
def told(faulty: Any, shapes_corpus: Corpus) -> list[Finding]:
    """Every kind of fault, told."""
    graphs = Graphs(shapes_corpus, faulty.quads)
    data = ntriples([*graphs.stated, *shapes_corpus.ontology, *shapes_corpus.vocabularies])
    return tell(graphs, choose("pyshifty").prepare(shapes_corpus.shapes).validate(data))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_fault_is_told_in_words(told: list[Finding], lang: str) -> None:
    assert len(grouped(told)) >= 40
    for found in told:
        for sentence in sentences(found, lang):
            assert sentence, found
            assert not NOT_FOR_PEOPLE.search(sentence), (found.rule, sentence)


@pytest.mark.slow
def test_both_engines_are_told_alike(entangled: Any, shapes_corpus: Corpus) -> None:
    graphs = Graphs(shapes_corpus, [q for q in entangled.quads if "/contract/" in q.graph_name.value])
    first, second = (
        tell(graphs, choose(name).prepare(shapes_corpus.shapes).validate(ntriples(graphs.stated)))
        for name in ("pyshacl", "pyshifty")
    )
    assert first == second
    assert len(grouped(first)) > 5


@pytest.mark.slow
def test_a_node_that_no_file_made_is_placed_by_its_graph(told: list[Finding]) -> None:
    found = next(f for f in told if f.rule.endswith("#LocalHealthContract-title"))
    assert found.place.file.startswith("https://example.org/cls/graph/contract/")
    assert found.node in found.place.file


def test_every_rule_of_the_table_has_a_reason_and_a_title() -> None:
    assert sorted(rule for rules in GROUPS.values() for rule in rules) == sorted(RULES)
    made = finding("empty-file", Place("x.yaml"))
    for lang in ("fr", "en"):
        assert made.why[lang]
        assert made.title[lang]


def test_the_text_counts_by_rule_and_says_why(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit("kind: ars\n    role", "kind: arz\n    role")
    tiny.edit("kind: commune\n    role", "kind: comune\n    role")
    out = cli("check", "--corpus", tiny.root, "--lang", "en").out
    assert "    2 × error: Form of the record – The record becomes facts key by key" in out
    assert re.search(r"\((pyshacl|pyshifty) [0-9.]+\)$", out.rstrip())


# --- edits


def test_a_slip_is_certain_and_a_doubt_is_not() -> None:
    assert certain("name_as_sated", ["name_as_stated", "party"]) == Edit("name_as_sated", "name_as_stated")
    assert certain("ars-85", ["ars-84", "commune-01999"]) is None
    assert certain("xyz", ["party"]) is None


def test_the_edit_of_a_finding_mends_the_record(tiny: Any, cli: Callable[..., Any]) -> None:
    before = tiny.contract.read_text(encoding="utf-8")
    tiny.edit(*SLIP)
    (found,) = cli("check", "--corpus", tiny.root, "--json").json()["findings"]
    assert found["edit"] == {"old": "name_as_sated", "new": "name_as_stated"}
    log = cli("check", "--corpus", tiny.root, "--format", "sarif").json()
    (result,) = log["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    apply(change, tiny.contract)
    assert tiny.contract.read_text(encoding="utf-8") == before
    assert cli("check", "--corpus", tiny.root).code == 0


def apply(change: dict[str, Any], path: Path) -> None:
    """Do what a SARIF fix says, as a review tool would."""
    assert Path(unquote(urlparse(change["artifactLocation"]["uri"]).path)).name == path.name
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    line = lines[region["startLine"] - 1]
    new = replacement["insertedContent"]["text"]
    lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    path.write_text("".join(lines), encoding="utf-8")


# --- forms


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_names_the_engine_and_the_finding(tiny: Any, cli: Callable[..., Any], form: str) -> None:
    tiny.edit(*SLIP)
    run = cli("check", "--corpus", tiny.root, "--format", form, "--engine", "pyshacl", "--lang", "en")
    assert run.code == 1
    assert "pyshacl" in run.out
    assert "unknown key" in run.out


def test_sarif_has_the_structure_that_review_tools_read(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit("party: ars-84", "party: ars-85")
    tiny.edit('title:\n    value: "2e contrat', 'title:\n    value: "« 2e » contrat')
    log = cli("check", "--corpus", tiny.root, "--format", "sarif", "--lang", "en").json()
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]
    prints = [result["partialFingerprints"]["clsGraph/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def unknown_to_the_standard(model: Any, where: str = "log") -> list[str]:
    """The properties of a SARIF log that version 2.1.0 does not have."""
    if isinstance(model, list):
        return [name for i, one in enumerate(model) for name in unknown_to_the_standard(one, f"{where}[{i}]")]
    if not isinstance(model, BaseModel):
        return []
    # These two the standard has, and the model of it has not.
    extra = [f"{where}.{name}" for name in model.model_extra or {} if name not in ("$schema", "columnKind")]
    return extra + [
        name
        for field in type(model).model_fields
        for name in unknown_to_the_standard(getattr(model, field), f"{where}.{field}")
    ]


def test_sarif_says_nothing_that_the_standard_does_not_know(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit(*SLIP)
    log = cli("check", "--corpus", tiny.root, "--format", "sarif").json()
    read = Sarif.model_validate(log)
    assert read.runs[0].results
    assert unknown_to_the_standard(read) == []
    log["runs"][0]["results"][0]["message"] = {"texte": "x"}
    assert unknown_to_the_standard(Sarif.model_validate(log)) == ["log.runs[0].results[0].message.texte"]


def test_sarif_of_results_without_a_file_names_the_node(told: list[Finding]) -> None:
    (run,) = json.loads(render(told, "sarif", "fr"))["runs"]
    for result in run["results"]:
        (location,) = result["locations"]
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("http")
        assert "physicalLocation" not in location or "http" not in json.dumps(location["physicalLocation"])


def test_junit_counts_agree_and_clean_files_pass(tiny: Any, cli: Callable[..., Any]) -> None:
    clean = ElementTree.fromstring(cli("check", "--corpus", tiny.root, "--format", "junit").out)
    assert (clean.get("tests"), clean.get("failures")) == ("1", "0")
    tiny.edit("party: ars-84", "party: ars-85")
    suites = ElementTree.fromstring(cli("check", "--corpus", tiny.root, "--format", "junit").out)
    assert suites.get("failures") == "1"
    (failure,) = suites.findall("./testsuite/testcase/failure")
    assert "ars-85" in (failure.get("message") or "")
    assert ":30:" in (failure.text or "")
    for suite in suites:
        assert suite.get("tests") == str(len(suite.findall("testcase")))


class Page(HTMLParser):
    """The tags of a page, checked to close, and whatever could reach out of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}
        self.reaching: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.reaching += [f"{tag} {k}" for k, _ in attrs if k in ("src", "href", "action") or k[:2] == "on"]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_html_page_stands_alone(told: list[Finding], lang: str) -> None:
    text = render(told, "html", lang, engine="pyshacl 1")
    page = Page(text)
    assert page.open == []
    assert page.reaching == []
    assert "script" not in page.seen
    assert "link" not in page.seen
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert f'<html lang="{lang}">' in text
    assert page.seen["details"] == len(grouped(told))
    assert page.seen["li"] == len(told)


def test_hostile_words_do_not_break_out_of_a_report(tiny: Any) -> None:
    tiny.edit("kind: ars", "kind: '<script>alert(1)</script>&\"😀'")
    findings = tiny.check().findings
    page = render(findings, "html", "fr")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert Page(page).open == []
    assert "<script>" in (ElementTree.fromstring(render(findings, "junit", "fr"))[0][0][0].text or "")
    odd = finding("unknown-sibling", Place("a b.yaml", 1, 1), value="\x00\x1b\ud7ff", part="x")
    ElementTree.fromstring(render([odd], "junit", "fr"))
    assert json.loads(render([odd], "sarif", "fr"))


# --- to a file


def test_a_report_can_go_to_a_file(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    run = cli("check", "--corpus", tiny.root, "--format", "html", "--out", out, "--lang", "en")
    assert run.code == 0
    assert run.out == f"{out}: 1 record: 0 errors, 0 warnings, 0 infos\n"
    assert "Nothing to report." in out.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    run = cli("check", "--corpus", tiny.root, "--out", tmp_path / "none" / "report.txt", "--lang", "en")
    assert run.code == 2
    assert "Cannot write" in run.err
    (tmp_path / "folder").mkdir()
    assert cli("check", "--corpus", tiny.root, "--out", tmp_path / "folder").code == 2
    assert not list(tmp_path.glob("*.part"))
