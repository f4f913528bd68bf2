"""What only the shapes see is told like the rest: file, line, name of the thing, how to mend."""

from __future__ import annotations

from typing import Any

import pytest

SHAPES = "https://w3id.org/cls-sante/shapes#"
TITLE = """\
  title:
    value: "2e contrat local de santé d’Exemple"
    evidence: [{document: texte, quote: "leur 2e CLS", start: 61, end: 72}]
"""


def tell(tiny: Any) -> Any:
    (found,) = tiny.violations()
    assert found.rule.startswith(SHAPES)
    assert found.place.line > 0
    for texts in (found.message, found.remedy):
        assert texts["fr"]
        assert texts["en"]
        assert texts["fr"] != texts["en"]
        assert "{" not in texts["fr"] + texts["en"]
    assert found.subject
    for lang in ("fr", "en"):
        assert f"[{found.rule.removeprefix(SHAPES)}]" in found.text(lang)
        assert found.message[lang] in found.text(lang)
    return found


@pytest.mark.slow
def test_a_contract_without_a_title(tiny_with_shapes: Any) -> None:
    tiny_with_shapes.edit(TITLE, "")
    found = tell(tiny_with_shapes)
    assert found.rule == f"{SHAPES}LocalHealthContract-title"
    assert found.place.file.endswith("01999-2.yaml")
    assert found.place.line == 3
    assert found.node.endswith("/id/contract/01999-2")


@pytest.mark.slow
def test_a_siren_with_a_wrong_digit(tiny_with_shapes: Any) -> None:
    tiny_with_shapes.edit("212603625", "212603626", "organisations.yaml")
    found = tell(tiny_with_shapes)
    assert found.rule == f"{SHAPES}Organisation-sirenChecksum"
    assert found.subject == "Ville d’Exemple"
    assert found.place.file.endswith("organisations.yaml")
    assert found.place.line == tiny_with_shapes.line("key: commune-01999", "organisations.yaml")


@pytest.mark.slow
def test_an_inferred_date_that_contradicts_the_stated_one(tiny_with_shapes: Any) -> None:
    new = 'stated_date: --04-16\n    inferred_date: 2025-04-17\n    note: "n"'
    tiny_with_shapes.edit('stated_date: "2025-04-16"', new)
    found = tell(tiny_with_shapes)
    assert found.rule == f"{SHAPES}Milestone-datesAgree"
    assert found.place.line == tiny_with_shapes.line("type: launch") - 1


@pytest.mark.slow
def test_the_word_of_an_organisation_that_is_in_no_list_is_told_once(tiny_with_shapes: Any) -> None:
    tiny_with_shapes.edit("kind: ars,", "kind: arz,", "organisations.yaml")
    (found,) = tiny_with_shapes.violations()
    assert found.rule == "bad-code"


@pytest.mark.slow
def test_the_tiny_corpus_itself_satisfies_the_shapes(tiny_with_shapes: Any) -> None:
    assert tiny_with_shapes.violations() == []


@pytest.mark.slow
def test_one_record_alone_is_told_of_a_circle_through_another(tiny_with_shapes: Any) -> None:
    first = tiny_with_shapes.contract
    second = first.with_name("01999-1.yaml")
    note = "assertion: external, note: 'Pour voir.'"
    content = first.read_text(encoding="utf-8")
    for path, key, other in ((first, "01999-2", "01999-1"), (second, "01999-1", "01999-2")):
        text = content.replace("key: 01999-2", f"key: {key}", 1)
        succeeds = f"  succeeds: [{{value: {other}, {note}}}]\n"
        path.write_text(text.replace("  carrier:", f"{succeeds}  carrier:", 1), encoding="utf-8")
    (found,) = tiny_with_shapes.violations(first)
    assert found.rule == f"{SHAPES}LocalHealthContract-noSuccessionCycle"
    assert found.place.file.endswith("01999-2.yaml")
