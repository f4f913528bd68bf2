"""YAML files, sound and hostile: each fault is one finding, at its line and column."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cls_graph.findings import Finding
from cls_graph.records import Record, read_model
from cls_graph.records.reader import Read
from cls_graph.records.tree import TreeError, decode, parse


def read(data: bytes) -> Read[Record]:
    return read_model(Record, "f.yaml", data)


def place(finding: Finding) -> tuple[int, int]:
    return finding.place.line, finding.place.column


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        (b"", "empty-file", 0, 0),
        (b"# only a comment\n", "empty-file", 0, 0),
        (b"---\n", "empty-file", 0, 0),
        (b"\xef\xbb\xbf", "empty-file", 0, 0),
        ("contract:\n  title: Santé".encode("latin-1"), "encoding", 2, 14),
        ("contract: a".encode("utf-16"), "encoding", 1, 1),
        (b"contract:\n  key: a\x00b\n", "yaml-character", 2, 9),
        (b"contract:\n  key: a\x07b\n", "yaml-character", 2, 9),
        ("contract:\n  key: a\ufffeb\n".encode(), "yaml-character", 2, 9),
        (b"contract:\n\tkey: a\n", "yaml-syntax", 2, 1),
        (b"contract: a: b\n", "yaml-syntax", 1, 12),
        (b'contract:\n  key: "abc\n  x: 1\n', "yaml-syntax", 4, 1),
        (b"contract: {key: a\n", "yaml-syntax", 2, 1),
        (b'contract:\n  key: "\\ud800"\n', "yaml-syntax", 2, 11),
        (b"a: 1\n---\nb: 2\n", "yaml-several", 2, 1),
        (b"a: &x 1\nb: *x\n", "yaml-alias", 1, 4),
        (b"a: *x\n", "yaml-alias", 1, 4),
        (b"a:\n  - !!int 1\n", "yaml-tag", 2, 5),
        (b"a: !<tag:example.org,2000:x> 1\n", "yaml-tag", 1, 4),
        (b"? [a]\n: b\n", "yaml-key", 1, 3),
        (b"contract:\n  key: a\n  key: b\n", "duplicate-key", 3, 3),
        (b"contract:\n  key: a\nengagements:\n  - {id: '01', id: '02'}\n", "duplicate-key", 4, 16),
        (b"hello\n", "wrong-kind", 1, 1),
        (b"- a\n", "wrong-kind", 1, 1),
        (b"[" * 100_000, "yaml-depth", 1, 41),
        (b"- " * 100_000, "yaml-depth", 1, 81),
        (b"contract: " + b"{a: " * 100_000, "yaml-depth", 1, 10 + 4 * 39 + 1),
        ("\n".join("  " * i + "a:" for i in range(100)).encode(), "yaml-depth", 41, 81),
    ],
)
def test_each_fault_is_one_finding_at_its_place(data: bytes, rule: str, line: int, column: int) -> None:
    found = read(data).findings
    assert [(f.rule, *place(f)) for f in found] == [(rule, line, column)]
    assert found[0].severity == "violation"


def test_the_line_of_a_fault_is_shown_with_it() -> None:
    (found,) = read(b"contract:\n  title: Sant\xc3\xa9 : le contrat\n").findings
    assert "Santé : le contrat" in found.message["fr"]
    assert "Santé : le contrat" in found.message["en"]
    assert "deux-points" in found.message["fr"]


def test_the_first_place_of_a_duplicated_key_is_told() -> None:
    (found,) = read(b"contract:\n  key: a\n  carrier: b\n  key: c\n").findings
    assert "2" in found.message["fr"]
    assert "key" in found.message["fr"]


@pytest.mark.parametrize(
    "text", ["07001", "no", "yes", "~", "null", "--04-16", "1_000", "0x10", "1e3", "2025-04-16"]
)
def test_scalars_stay_the_text_they_are(text: str) -> None:
    assert parse(f"a: {text}").tree == {"a": text}
    assert parse(f"a: [{text}]").tree == {"a": [text]}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain = b"contract:\n  key: 26362-3\n  carrier: commune-26362\n"
    assert read(plain).value == read(b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")).value
    bad = plain.replace(b"carrier", b"carier").replace(b"\n", b"\r\n")
    assert {place(f) for f in read(b"\xef\xbb\xbf" + bad).findings} == {(2, 3), (3, 3)}


def test_columns_count_characters_not_bytes() -> None:
    text = "contract: {title: 😀é, key: 26362-3, carier: x, carrier: commune-26362}"
    (found,) = read(text.encode()).findings
    assert place(found) == (1, text.index("carier") + 1)


@pytest.mark.parametrize(
    "data",
    [
        b"contract:\n  key: " + b"x" * 5_000_000,
        b"contract:\n  title: |\n    " + b"x" * 5_000_000,
        b"contract:\n  key: 26362-3\n  carrier: commune-26362\nengagements:\n" + b"  - {id: x}\n" * 5_000,
    ],
    ids=["long scalar", "long block", "many items"],
)
def test_a_huge_file_is_read_in_seconds_and_told_in_short_sentences(data: bytes) -> None:
    begun = time.monotonic()
    found = read(data).findings
    assert time.monotonic() - begun < 20
    assert found
    assert all(len(f.message[lang]) < 500 for f in found for lang in ("fr", "en"))


def test_a_control_character_behind_an_escape_is_refused() -> None:
    data = b'contract:\n  key: 26362-3\n  carrier: commune-26362\n  title: "a\\0b"\n'
    (found,) = read(data).findings
    assert (found.rule, *place(found)) == ("bad-value", 4, 10)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    outcome = read(data)
    assert outcome.findings
    assert outcome.value is None


@given(st.text(alphabet=" \t\n:-[]{}\"'#&*!|>%@`,?abkey0é😀", max_size=60))
def test_no_text_raises(text: str) -> None:
    lines = text.count("\n") + 2
    try:
        document = parse(decode(text.encode()))
    except TreeError as error:
        told = error.mark.line
    else:
        told = document.mark(()).line
    assert 1 <= told <= lines
