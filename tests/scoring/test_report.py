"""The scorecard as text, JSON and a page; the table that it is made from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from cls_graph.commands.score import FORMATS, GROUPS
from cls_graph.scoring import canaries, report
from cls_graph.scoring.checks import FAIL, LEVELS, Outcome
from cls_graph.scoring.readers import Unreadable, table
from cls_graph.scoring.running import Result, Scorecard
from cls_graph.scoring.table import NAMES, checks


def test_the_table_is_whole() -> None:
    found = checks()
    assert len({check.id for check in found}) == len(found)
    for check in found:
        assert check.level in LEVELS
        assert check.text["fr"].endswith(".")
        assert check.text["en"].endswith(".")
        assert check.text["fr"] != check.text["en"]
        assert check.spec.title
        assert check.spec.url.startswith("https://")


def test_the_command_knows_the_groups() -> None:
    assert GROUPS == NAMES
    assert FORMATS == report.FORMATS


HOSTILE = '<script>alert("x")</script> ]]> & \u202e'


@pytest.fixture
def card() -> Scorecard:
    """A scorecard of which everything fails, with hostile words in it."""
    results = tuple(Result(check, Outcome(FAIL, {"fr": HOSTILE, "en": HOSTILE})) for check in checks())
    return Scorecard("http://127.0.0.1/?q=<b>", HOSTILE, 3, results)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_has_an_anchor_for_each_check_and_no_markup_of_a_server(card: Scorecard, lang: str) -> None:
    page = report.render(card, "html", lang)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert {check.id for check in checks()} <= set(ids)
    assert {f"#{i}" for i in ids} >= set(re.findall(r'href="(#[^"]+)"', page))
    assert "<script" not in page
    assert "<b>" not in page
    assert f'<html lang="{lang}">' in page


def test_a_scorecard_that_fails_says_so(card: Scorecard) -> None:
    assert not card.passed
    told = json.loads(report.render(card, "json", "en"))
    assert told["passed"] is False
    assert told["counts"]["must"]["pass"] == 0


def test_text_json_and_page_of_a_real_endpoint(
    bundled: httpx.Client, cli: Callable[..., Any], tmp_path: Path
) -> None:
    url = str(bundled.base_url.join("sparql"))
    text = cli("score", url, "--only", "protocol", "--lang", "fr")
    assert text.code == 0, text.out
    assert "Protocole" in text.out
    assert "✓ doit    protocol.get" in text.out
    page = tmp_path / "page.html"
    assert cli("score", url, "--only", "protocol", "--format", "html", "--out", str(page)).code == 0
    assert 'id="protocol.get"' in page.read_text(encoding="utf-8")
    first, second = (cli("score", url, "--only", "formats", "--only", "metadata", "--json").out for _ in "12")
    assert first == second


def test_a_page_that_cannot_be_written(
    bundled: httpx.Client, cli: Callable[..., Any], tmp_path: Path
) -> None:
    url = str(bundled.base_url.join("sparql"))
    run = cli("score", url, "--only", "catalogue", "--out", str(tmp_path / "none" / "x"), "--lang", "en")
    assert run.code == 2
    assert "Cannot write" in run.err


@pytest.mark.parametrize("bad", ["0", "-1", "1e9", "nan"])
def test_a_time_limit_that_is_none(cli: Callable[..., Any], bad: str) -> None:
    assert cli("score", "http://127.0.0.1:1/", f"--timeout={bad}").code == 2


def test_the_canaries_see_who_comes() -> None:
    with canaries.opened() as both:
        assert both.seen() == []
        assert httpx.get(both.web + "here.ttl").text.count(both.secret) == 1
        assert both.seen() == ["/here.ttl"]
        both.set()
        assert both.seen(f"so it says: {both.file.read_text()}")[0] == "secret word"
        if both.accessed:
            assert both.seen() == ["canary.ttl"]
        both.set()
        assert both.seen() == []
        assert both.empty.read_bytes() == b""
    assert not both.file.exists()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/sparql-results+json", b"[]"),
        ("application/sparql-results+json", b'{"boolean": "yes"}'),
        ("application/sparql-results+json", b"[" * 100_000),
        ("application/sparql-results+xml", b"<sparql/>"),
        ("application/sparql-results+xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ("text/csv", b"a,b\r\n1\r\n"),
        ("text/csv", b"\xff"),
        ("text/tab-separated-values", b"?a\t?b\n1\n"),
        ("text/tab-separated-values", b"?a\nfoo bar\n"),
        ("image/png", b""),
    ],
)
def test_a_body_that_is_no_table(kind: str, body: bytes) -> None:
    with pytest.raises(Unreadable):
        table(kind, body)
