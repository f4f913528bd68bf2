"""Where the form of a record is just right and just wrong: quotes, notes, positions, what is given twice."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cls_graph.checking.form import QUOTE_LIMIT, check_form, check_quotes, shorten

TITLE = '"2e contrat local de santé d’Exemple"'
TITLE_QUOTE = '"leur 2e CLS", start: 61, end: 72'
AXIS = 'label: "agir sur le logement"'
AXIS_QUOTE = '"agir sur le logement", start: 99, end: 119'
STATUS = 'status: {value: launched, evidence: [{document: texte, quote: "ont lancé", start: 51, end: 60}]}'


def told(tiny: Any) -> list[str]:
    """The rules that the record breaks."""
    (read,) = tiny.corpus().records
    assert read.findings == []
    return [found.rule for found in check_form(read)]


def quoted(text: str, start: int = 1000) -> str:
    return f'"{text}", start: {start}, end: {start + len(text)}'


def test_the_record_is_well_formed(tiny: Any) -> None:
    assert told(tiny) == []


@pytest.mark.parametrize(("length", "rules"), [(QUOTE_LIMIT, []), (QUOTE_LIMIT + 1, ["quote-length"])])
def test_a_quote_is_short(tiny: Any, length: int, rules: list[str]) -> None:
    tiny.edit(TITLE_QUOTE, quoted("x" * length))
    assert told(tiny) == rules


@pytest.mark.parametrize(
    ("label", "quote", "rules"),
    [
        ("a" * 130, "a" * 130, []),
        ("a" * 130, "a" * 125, []),
        ("a" * 125, "Axe 1 : " + "a" * 125, []),
        ("a" * 130, "b" * 130, ["quote-length"]),
    ],
)
def test_the_title_of_an_axis_is_quoted_whole(tiny: Any, label: str, quote: str, rules: list[str]) -> None:
    tiny.edit(AXIS, f'label: "{label}"')
    tiny.edit(AXIS_QUOTE, quoted(quote))
    assert told(tiny) == rules


def test_the_title_of_a_contract_is_quoted_whole(tiny: Any) -> None:
    tiny.edit(TITLE, f'"{"t" * 130}"')
    tiny.edit(TITLE_QUOTE, quoted("t" * 130))
    assert told(tiny) == []
    tiny.edit("t" * 130, "u" + "t" * 129)
    assert told(tiny) == ["quote-length"]


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ("assertion: inferred, note: n", []),
        ("assertion: external, note: n", []),
        ("assertion: computed, note: n", []),
        ("assertion: inferred", ["no-note"]),
        ("assertion: external", ["no-note"]),
        ("assertion: computed", ["no-note"]),
        ("assertion: resolved-by-context, note: n", ["no-evidence"]),
        ("assertion: resolved-by-context", ["no-note"]),
        ("assertion: stated", ["no-evidence"]),
        ("note: n", ["no-evidence"]),
    ],
)
def test_a_fact_is_carried_by_a_quote_or_by_its_note(tiny: Any, given: str, rules: list[str]) -> None:
    tiny.edit(STATUS, f"status: {{value: launched, {given}}}")
    assert told(tiny) == rules


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        ("start: 61, end: 71", ["position-length"]),
        ("start: 61, end: 73", ["position-length"]),
        ("prefix: x", ["no-position"]),
    ],
)
def test_a_position_is_whole_and_as_long_as_its_quote(tiny: Any, given: str, rules: list[str]) -> None:
    tiny.edit("start: 61, end: 72", given)
    assert told(tiny) == rules


def test_one_evidence_may_be_given_twice_and_no_two_of_one_position(tiny: Any) -> None:
    same = '{document: texte, quote: "ont lancé", start: 51, end: 60}'
    tiny.edit(f"[{same}]", f"[{same},\n    {same}]")
    assert told(tiny) == []
    tiny.edit(f"    {same}]", '    {document: texte, quote: "ont LANCE", start: 51, end: 60}]')
    (read,) = tiny.corpus().records
    (found,) = check_form(read)
    assert found.rule == "evidence-conflict"
    assert f" {tiny.line(same)}" in found.message["en"]
    assert "`quote` differs: 'ont LANCE' here, 'ont lancé' at line" in found.message["en"]
    assert found.place.line == tiny.line("ont LANCE")
    tiny.edit('quote: "ont LANCE"', 'quote: "ont lancé", prefix: "soir "')
    (found,) = check_form(tiny.corpus().records[0])
    assert "`prefix` diffère : « soir » ici, rien à la ligne" in found.message["fr"]


def test_a_value_twice_in_a_list_is_told_at_the_second_with_the_line_of_the_first(tiny: Any) -> None:
    (place,) = re.findall(
        r"^    - [{]value: commune/01999.*\n", tiny.contract.read_text("utf-8"), re.MULTILINE
    )
    tiny.edit(place, place + place)
    (read,) = tiny.corpus().records
    (found,) = check_form(read)
    first = tiny.line(place)
    assert (found.rule, found.place.line) == ("duplicate-value", first + 1)
    assert str(first) in found.message["en"]


def test_another_period_has_its_evidence(tiny: Any) -> None:
    bare = '  alternative_periods:\n    - {id: "01", begin: "2024", end: "2026"}\n'
    tiny.edit("  review: {state", f"{bare}  review: {{state")
    assert told(tiny) == ["no-evidence"]


def test_the_quotes_of_a_post_are_held_too(tiny: Any) -> None:
    head = '{id: "01", title: maire, organisation: commune-01999, document: texte, '
    post = head + "evidence: [{document: texte, quote: x}]}"
    person = f'persons:\n  - key: p-0001\n    name: "Exemple"\n    posts:\n      - {post}\n'
    tiny.edit("persons: []\n", person, "persons.yaml")
    read = tiny.corpus().registry.reads["person"]
    assert [found.rule for found in check_quotes(read.value, read)] == ["no-position"]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("a\n  b", "a b"),
        ("a" * 30 + " \n " + "b" * 29, "a" * 30 + " " + "b" * 29),
    ],
)
def test_a_quote_in_a_message_is_one_line_of_sixty_characters(quote: str, shown: str) -> None:
    assert shorten(quote) == shown
