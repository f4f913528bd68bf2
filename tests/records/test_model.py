"""What the model of a record refuses, and what it says."""

from __future__ import annotations

import pytest

from cls_graph.findings import Finding
from cls_graph.records import Record, read_model
from cls_graph.records.lexical import date_datatype

HEAD = "contract:\n  key: 26362-3\n  carrier: commune-26362\n"


def findings(body: str) -> list[Finding]:
    return read_model(Record, "f.yaml", (HEAD + body).encode()).findings


def milestone(field: str) -> str:
    return f"milestones:\n  - id: '01'\n    type: launch\n    {field}\n"


def funding(field: str) -> str:
    return f"funding:\n  - id: '01'\n    funder: ars-84\n    currency: EUR\n    {field}\n"


BAD_DATES = [
    "2025-13", "2025-02-30", "2023-02-29", "25", "20x5", "2025-4", "16/04/2025", "--13-01", "--04-31", "0999",
    "3000", "-2025", "2025-04-16T00:00:00", "٢٠٢٥", "2٠25", "2025-", "2025 ",
]  # fmt: skip


@pytest.mark.parametrize("date", BAD_DATES)
def test_bad_dates_are_refused(date: str) -> None:
    found = findings(milestone(f"stated_date: '{date}'"))
    assert [(f.rule, f.place.line, f.place.column) for f in found] == [("bad-value", 7, 18)]
    assert date.strip() in found[0].message["fr"]


@pytest.mark.parametrize("date", ["2025", "2024-02-29", "--02-29", "2025-04", "1000", "2999"])
def test_good_dates_are_kept_as_written(date: str) -> None:
    assert findings(milestone(f"stated_date: {date}")) == []
    assert date_datatype(date) is not None


def test_a_period_needs_years_and_an_inferred_date_a_day() -> None:
    (period,) = findings("  period: {begin: --04-16}\n")
    (inferred,) = findings(milestone("inferred_date: 2025-04"))
    assert (period.rule, inferred.rule) == ("bad-value", "bad-value")
    assert "année" in period.message["fr"]
    assert "complète" in inferred.message["fr"]


@pytest.mark.parametrize(
    "duration", ["5Y", "P", "PT5H", "P5y", "P18M", "P0Y", "P1.5Y", "5 ans", "P1Y2Y", "P05Y", "-P5Y", "P٥Y"]
)
def test_bad_durations_are_refused(duration: str) -> None:
    (found,) = findings(milestone(f"duration: '{duration}'"))
    assert (found.rule, found.place.line) == ("bad-value", 7)


@pytest.mark.parametrize("duration", ["P5Y", "P1Y6M", "P10D", "P11M", "P1Y1M1D"])
def test_good_durations_are_taken(duration: str) -> None:
    assert findings(milestone(f"duration: {duration}")) == []


@pytest.mark.parametrize(
    "amount", ["35 000", "35,5", "€35", "0", "0.00", "-1", "1e3", "1.234", "0x10", "1_000", "٣"]
)
def test_bad_amounts_are_refused(amount: str) -> None:
    (found,) = findings(funding(f"amount: '{amount}'"))
    assert (found.rule, found.place.line) == ("bad-value", 8)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("35000", "35000"), ("35000.00", "35000"), ("0.10", "0.1"), ("15816.5", "15816.5"), ("007", "7")],
)
def test_amounts_are_kept_in_canonical_form(written: str, kept: str) -> None:
    read = read_model(Record, "f.yaml", (HEAD + funding(f"amount: {written}")).encode())
    assert read.value is not None
    assert read.value.funding[0].amount is not None
    assert read.value.funding[0].amount.value == kept


@pytest.mark.parametrize(("word", "kept"), [("true", True), ("false", False), ("'true'", True)])
def test_true_and_false_are_what_they_say(word: str, kept: bool) -> None:
    read = read_model(Record, "f.yaml", f"{HEAD}  open_list: {word}\n".encode())
    assert read.value is not None
    assert read.value.contract.open_list is not None
    assert read.value.contract.open_list.value is kept


@pytest.mark.parametrize("word", ["yes", "no", "on", "True", "TRUE", "1", "vrai", "~"])
def test_only_true_and_false_are_booleans(word: str) -> None:
    (found,) = findings(f"  open_list: {word}\n")
    assert (found.rule, found.place.line, found.place.column) == ("bad-value", 4, 14)


@pytest.mark.parametrize(
    "key",
    [
        "26362",
        "2636-3",
        "26362-0",
        "26362-300",
        "263623-3",
        "26362-A",
        "26362_3",
        "2C362-3",
        "26362-",
        "٢٦٣٦٢-3",
    ],
)
def test_bad_contract_keys_are_refused(key: str) -> None:
    data = f"contract:\n  key: '{key}'\n  carrier: commune-26362\n"
    (found,) = read_model(Record, "f.yaml", data.encode()).findings
    assert (found.rule, found.place.line, found.place.column) == ("bad-value", 2, 8)


@pytest.mark.parametrize("key", ["26362-3", "2A004-a", "243800984-2017", "26362-12"])
def test_good_contract_keys_are_taken(key: str) -> None:
    data = f"contract:\n  key: {key}\n  carrier: commune-26362\n"
    assert read_model(Record, "f.yaml", data.encode()).findings == []


PERIODS = [
    ("2025", "2025", True), ("2025", "2027", True), ("2025-06", "2025", True),
    ("2025-06-30", "2025-06", True),
    ("2025", "2025-01", True), ("2025-06-30", "2025-06-30", True), ("2024-12-31", "2025", True),
    ("2027", "2025", False), ("2025-06", "2025-05", False), ("2025-06-02", "2025-06-01", False),
    ("2025-06-01", "2025-05", False), ("2026", "2025-12-31", False),
]  # fmt: skip


@pytest.mark.parametrize(("begin", "end", "sound"), PERIODS)
def test_a_period_ends_after_it_starts_at_the_precision_that_is_known(
    begin: str, end: str, sound: bool
) -> None:
    found = findings(f"  period: {{begin: {begin}, end: {end}}}\n")
    assert [f.rule for f in found] == ([] if sound else ["period-order"])
    if found:
        assert begin in found[0].message["fr"]
        assert end in found[0].message["en"]


def test_an_unknown_key_names_the_keys_of_its_place() -> None:
    (found,) = findings("engagements:\n  - id: '01'\n    role: signatory\n    roles: carrier\n")
    assert (found.rule, found.place.line, found.place.column) == ("unknown-key", 7, 5)
    assert "name_as_stated" in found.remedy["fr"]
    assert "ordinal" not in found.remedy["fr"]
    assert "« role »" in found.remedy["fr"]


def test_an_unknown_key_in_an_annotated_period_names_the_keys_of_a_period() -> None:
    (found,) = findings("  period:\n    value: {begin: 2025, ends: 2027}\n")
    assert (found.rule, found.place.line) == ("unknown-key", 5)
    assert "begin, duration, end" in found.remedy["en"]


@pytest.mark.parametrize(
    ("body", "key", "line"),
    [
        ("engagements:\n  - id: '01'\n", "role", 5),
        ("engagements:\n  - role: signatory\n", "id", 5),
        ("engagements:\n  - id: '01'\n    role: {note: x}\n", "value", 6),
        ("  title:\n    value: x\n    evidence: [{document: valence}]\n", "quote", 6),
        ("  title:\n    value: x\n    evidence: [{document: a, quote: b, start: 3}]\n", "end", 6),
        ("counts:\n  - {item: axis}\n", "value", 5),
        ("programme:\n  - {id: '01', label: x}\n", "type", 5),
    ],
)
def test_a_missing_key_is_told_where_it_is_missing(body: str, key: str, line: int) -> None:
    (found,) = findings(body)
    assert (found.rule, found.place.line) == ("missing-key", line)
    assert f"« {key} »" in found.message["fr"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("engagements: {}\n", 4),
        ("engagements:\n", 4),
        ("engagements: [x]\n", 4),
        ("  determinants: logement\n", 4),
        ("  determinants: [[logement]]\n", 4),
        ("  title: [a]\n", 4),
        ("  title: {a: b}\n", 4),
        ("  period: 2025\n", 4),
        ("  title: {value: x, evidence: {document: a, quote: b}}\n", 4),
    ],
)
def test_a_value_of_another_kind_is_told_at_its_line(body: str, line: int) -> None:
    (found,) = findings(body)
    assert (found.rule, found.place.line) == ("wrong-kind", line)


def test_the_words_of_a_choice_are_told_in_both_languages() -> None:
    (found,) = findings("programme:\n  - {id: '01', type: axe, label: x}\n")
    assert "'objective', 'action-sheet' ou 'measure'" in found.message["fr"]
    assert "'objective', 'action-sheet' or 'measure'" in found.message["en"]


def test_prefix_and_suffix_have_sixteen_characters_at_most() -> None:
    body = "  title: {value: x, evidence: [{document: a, quote: b, prefix: '%s'}]}\n"
    assert findings(body % ("é" * 16)) == []
    assert [f.rule for f in findings(body % ("é" * 17))] == ["bad-value"]
