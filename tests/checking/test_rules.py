"""Every rule of the table is broken once for real: one finding, at its file and line, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cls_graph.entailment import compile_rules, turtle
from cls_graph.evidence import verify
from cls_graph.findings import Finding
from cls_graph.rules import RULES

CONTRACT = "contracts/01999-2.yaml"
BODY = "organisations:\n"
TWIN = '  - {key: ars-84, label: "X", kind: ars}\n'
ARS = "    party: ars-84"
STATUS = """\
  status: {value: launched, evidence: [{document: texte, quote: "ont lancé", start: 51, end: 60}]}
"""

Break = Callable[[Any], tuple[str, int]]
"""Breaks a tiny corpus; the file of ``data`` and the line where it shows (0: the file as a whole)."""


def edited(old: str, new: str, name: str = CONTRACT, shows: str = "") -> Break:
    """Replace a passage; the finding stands at the line where ``shows`` (else the new passage) begins."""

    def do(tiny: Any) -> tuple[str, int]:
        tiny.edit(old, new, name)
        return name, tiny.line(shows or new, name)

    return do


def written(data: bytes, line: int, name: str = CONTRACT) -> Break:
    """Replace a whole file."""

    def do(tiny: Any) -> tuple[str, int]:
        (tiny.root / "data" / name).write_bytes(data)
        return name, line

    return do


def shifted(tiny: Any) -> tuple[str, int]:
    """A wrong position of the right length."""
    tiny.edit("start: 61, end: 72", "start: 62, end: 73")
    return CONTRACT, tiny.line('"leur 2e CLS"')


def renamed(tiny: Any) -> tuple[str, int]:
    tiny.contract.rename(tiny.contract.with_name("other.yaml"))
    return "contracts/other.yaml", 3


def too_large(tiny: Any) -> tuple[str, int]:
    with tiny.contract.open("ab") as file:
        file.truncate(33 * 2**20)
    return CONTRACT, 0


def without_text(tiny: Any) -> tuple[str, int]:
    tiny.text.unlink()
    return "documents.yaml", tiny.line("texte", "documents.yaml")


def changed_text(tiny: Any) -> tuple[str, int]:
    tiny.text.write_bytes(tiny.text.read_bytes() + b" ")
    return str(tiny.text), 0


def other_text(tiny: Any) -> tuple[str, int]:
    other = tiny.sources / "other.txt"
    other.write_text("autre", encoding="utf-8")
    return str(other), 0


def twice_in_text(tiny: Any) -> tuple[str, int]:
    line = tiny.line('"leur 2e CLS"')
    tiny.own_text(tiny.text.read_bytes().decode() + "leur 2e CLS, encore")
    tiny.edit("start: 61, end: 72", "start: 1, end: 12")
    return CONTRACT, line


def mostly_quoted(tiny: Any) -> tuple[str, int]:
    content = tiny.text.read_bytes().decode()
    tiny.own_text(content[: content.index("Phrase")])
    return "documents.yaml", tiny.line("texte", "documents.yaml")


def same_id(tiny: Any) -> tuple[str, int]:
    tiny.edit('  - id: "02"', '  - id: "01"')
    return CONTRACT, tiny.line("party: ars-84") - 1


REVIEWED = "{state: reviewed, by: Alix, on: 2026-01-02}"

CHECKED: dict[str, Break] = {
    "not-reviewed": edited(REVIEWED, "{state: drafted}", shows="state:"),
    "review-open": edited(
        REVIEWED, '{state: drafted, earlier: [{id: "01", by: A}]}', shows="state:"
    ),
    "review-order": edited(
        REVIEWED,
        '{state: reviewed, by: B, on: 2026-01-01, earlier: [{id: "01", by: A, on: 2026-01-02}]}',
        shows="earlier:",
    ),
    "review-unsigned": edited(REVIEWED, "{state: reviewed}", shows="state:"),
    "rules-stale": lambda tiny: _stale_rules(tiny),
    "encoding": written(b"contract:\n  key: \xe9\n", 2),
    "empty-file": written(b"", 0),
    "unreadable-file": too_large,
    "draft-as-json": written(b'[{"contract": {}, "source": {}, "doubts": [], "invalid": []}]', 1),
    "yaml-syntax": edited("key: 01999-2", "key: 01999-2: x"),
    "yaml-character": edited("key: 01999-2", "key: 01999-2\x07"),
    "yaml-several": edited("engagements:", "---\nengagements:"),
    "yaml-alias": edited("kind: commune", "kind: &k commune"),
    "yaml-tag": edited("kind: commune", "kind: !k commune"),
    "yaml-key": edited("kind: commune", "[kind]: commune"),
    "yaml-depth": edited(f"review: {REVIEWED}", "review: " + "[" * 60),
    "duplicate-key": edited("kind: commune", "kind: commune\n    kind: epci", shows="kind: epci"),
    "rdf-syntax": written(b"@prefix x: <http://x/> .\nx:a x:b ;; ] .\n", 2, "extra.ttl"),
    "csv-shape": edited("commune,01999,Exemple,01", "commune,01999,Exemple", "territories.csv"),
    "unknown-key": edited("kind: commune", "kind: commune\n    rolle: x", shows="rolle"),
    "missing-key": edited("    role: signatory\n", "", shows='id: "01"'),
    "document-incomplete": edited("    type: press-release\n", "", "documents.yaml", "- key: texte"),
    "wrong-kind": edited("determinants: [logement]", "determinants: logement"),
    "bad-value": edited("ordinal:\n    value: 2", "ordinal:\n    value: deux", shows="value: deux"),
    "bad-code": edited("determinants: [logement]", "determinants: [logment]"),
    "duplicate-id": same_id,
    "duplicate-value": edited("[logement]", "[logement, logement]"),
    "key-file": renamed,
    "key-carrier": edited("carrier: commune-01999", "carrier: ars-84", shows="key: 01999-2"),
    "key-taken": edited(BODY, BODY + TWIN, "organisations.yaml", '{key: ars-84, label: "Agence'),
    "period-order": edited("begin: 2025, end: 2027", "begin: 2027, end: 2025"),
    "period-empty": edited("value: {begin: 2025, end: 2027}", "value: {}"),
    "amount-currency": edited("    currency: EUR\n", "", shows='id: "01"\n    funder'),
    "unknown-reference": edited("party: ars-84", "party: ars-85"),
    "unknown-sibling": edited(ARS, f'{ARS}\n    within: "07"', shows="within"),
    "no-evidence": edited(STATUS, "  status: launched\n", shows="launched"),
    "no-note": edited(ARS, f"{ARS}\n    assertion: resolved-by-context", shows="assertion"),
    "no-position": edited(", start: 61, end: 72", "", shows='"leur 2e CLS"'),
    "position-length": edited("end: 72", "end: 73"),
    "quote-length": edited('"leur 2e CLS", start: 61, end: 72', f'"{"x" * 121}", start: 61, end: 182'),
    "evidence-conflict": edited('"2e CLS"', '"2e CLs"', shows='"2e CLS"'),
}  # fmt: skip

VERIFIED: dict[str, Break] = {
    "text-missing": without_text,
    "text-changed": changed_text,
    "digest-unknown": other_text,
    "digest-missing": lambda tiny: _no_digest(tiny),
    "quote-moved": shifted,
    "quote-absent": edited('"leur 2e CLS"', '"leur 3e CLS"'),
    "quote-ambiguous": twice_in_text,
    "context-wrong": edited("prefix: \"Exemple et \"", "prefix: \"Exemple e! \""),
    "quote-share": mostly_quoted,
}  # fmt: skip


def _stale_rules(tiny: Any) -> tuple[str, int]:
    folder = tiny.root / "ontology"
    axiom = "<urn:A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:B> .\n"
    (folder / "own.ttl").write_text(axiom)
    (folder / "rules.ttl").write_text(turtle(compile_rules([])))
    return "ontology/rules.ttl", 0


def _no_digest(tiny: Any) -> tuple[str, int]:
    path = tiny.root / "data" / "documents.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "sha256" not in line), encoding="utf-8")
    tiny.text.unlink()
    return "documents.yaml", tiny.line("texte", "documents.yaml")


def test_every_rule_of_the_table_is_broken_here() -> None:
    # Contradictions need an ontology of their own: ``test_consistency``; versions need two releases
    # (``tests/changes``), identifiers official files (``tests/identifiers``).
    elsewhere = ("owl-", "version-", "release-", "withdrawn-", "identifier-")
    assert {*CHECKED, *VERIFIED} == {rule for rule in RULES if not rule.startswith(elsewhere)}


def see(finding: Finding, rule: str, place: tuple[str, int]) -> None:
    """The finding says what, where and how to mend, in two languages, with nothing left to fill in."""
    assert finding.rule == rule
    assert finding.severity == RULES[rule].severity
    assert finding.place.file.endswith(place[0])
    assert finding.place.line == place[1]
    for texts in (finding.message, finding.remedy):
        assert texts["fr"]
        assert texts["fr"] != texts["en"]
        assert not any("{" in text or "None" in text or "  " in text for text in texts.values())
        assert all(text.endswith((".", "?", "…")) for text in texts.values())
    assert finding.text("fr") != finding.text("en")


@pytest.mark.parametrize("rule", CHECKED)
def test_check_gives_one_finding(tiny: Any, rule: str) -> None:
    if rule == "evidence-conflict":
        tiny.edit(
            '"2e CLS"  # a comment that stays\n        start: 66\n        end: 72',
            '"2e CLS"\n        start: 66\n        end: 72',
        )
        tiny.edit('quote: "leur 2e CLS", start: 61, end: 72', 'quote: "2e CLS", start: 66, end: 72')
    place = CHECKED[rule](tiny)
    severe = RULES[rule].severity == "violation"
    (finding,) = tiny.violations() if severe else [f for f in tiny.check().findings if f.rule == rule]
    see(finding, rule, place)


@pytest.mark.parametrize("rule", VERIFIED)
def test_verify_gives_one_finding(tiny: Any, rule: str) -> None:
    place = VERIFIED[rule](tiny)
    (finding,) = verify(tiny.corpus(), tiny.sources).findings
    see(finding, rule, place)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("    kind: commune", "    kid: commune", "kind"),
        ("determinants: [logement]", "determinants: [logment]", "logement"),
        ("party: ars-84", "party: ars-48", "ars-84"),
        ("value: commune/01999,", "value: commune/01998,", "commune/01999"),
        ('document: texte, quote: "leur', 'document: text, quote: "leur', "texte"),
    ],
)
def test_the_nearest_known_word_is_suggested(tiny: Any, old: str, new: str, wanted: str) -> None:
    tiny.edit(old, new)
    (finding,) = tiny.violations()
    assert f"« {wanted} »" in finding.remedy["fr"]
    assert f"'{wanted}'" in finding.remedy["en"]
