"""Endpoints that are bad in one way each, and what is no endpoint: the scorecard says so."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.request import urlopen

import pytest

from tests.scoring.conftest import JSON, Answer, Card, Drop, Said, evaluated

Start = Callable[[Answer], str]
Scored = Callable[..., Card]


def sound(query: str, given: dict[str, str]) -> Said:
    """Nothing wrong that these tests look at: no dataset is fetched, no update taken."""
    if "update" in given or not query:
        return Said(400, "text/plain", b"no query")
    if "default-graph-uri" in given or "named-graph-uri" in given:
        return evaluated("SELECT * { ?s ?p ?o }")
    return evaluated(query)


def test_one_that_keeps_its_doors_shut_passes(endpoint: Start, scored: Scored) -> None:
    card = scored(endpoint(sound), "--only", "doors", "--only", "updates")
    assert card.code == 0
    assert card.failing("must", "should", "may") == set()
    assert card.verdict("doors.from") == "pass"
    assert card.verdict("updates.insert") == "not-applicable"


def test_one_that_follows_from_is_caught(endpoint: Start, scored: Scored) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        named = re.search(r"FROM <(http[^>]+)>", query)
        if named:
            with urlopen(named[1], timeout=5) as there:
                there.read()
        return sound(query, given)

    card = scored(endpoint(answer), "--only", "doors")
    assert card.code == 1
    assert card.failing("must") == {"doors.from"}
    assert "/from.ttl" in card.row("doors.from")["seen"]


def test_one_that_reads_files_is_caught(endpoint: Start, scored: Scored) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        named = re.search(r"FROM <(file:[^>]+)>", query)
        wanted = named[1] if named else given.get("default-graph-uri", "")
        if wanted.startswith("file:"):
            with urlopen(wanted) as there:
                value = json.dumps(there.read().decode())
            body = '{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":%s}}]}}'
            return Said(200, JSON, (body % value).encode())
        return sound(query, given)

    card = scored(endpoint(answer), "--only", "doors")
    assert card.failing("must") == {"doors.from-file", "doors.default-graph-uri-file"}
    assert "secret word" in card.row("doors.from-file")["seen"]


def test_one_that_loads_is_caught(endpoint: Start, scored: Scored) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        named = re.search(r"LOAD <([^>]+)>", given.get("update", ""))
        if named:
            with urlopen(named[1], timeout=5) as there:
                assert there.read() == b"", "what is loaded must hold no statement"
            return Said(204, "text/plain", b"")
        return sound(query, given)

    card = scored(endpoint(answer), "--only", "doors")
    assert card.failing("must") == {"doors.load", "doors.load-file"}


def cutting(at: int, headers: dict[str, str] | None = None) -> Answer:
    """An endpoint that gives so many rows at most, well-formed, in CSV."""

    def answer(query: str, given: dict[str, str]) -> Said:
        limit = re.search(r"LIMIT (\d+)$", query)
        if limit and int(limit[1]) > at:
            return Said(200, "text/csv", b"a\r\n" + b"1\r\n" * at, headers or {})
        return sound(query, given)

    return answer


ROWS = ("honesty.rows-20000", "honesty.rows-200000")


@pytest.fixture
def honesty(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks that count rows, and no other: those that take the whole time limit are made elsewhere."""
    from cls_graph.scoring import honesty

    kept = [check for check in honesty.GROUP.checks if check.id in ROWS]
    monkeypatch.setattr(honesty.GROUP, "checks", kept)


@pytest.mark.usefixtures("honesty")
def test_one_that_cuts_answers_is_caught(endpoint: Start, scored: Scored) -> None:
    card = scored(endpoint(cutting(10_000)), "--only", "honesty")
    assert card.code == 1
    assert card.failing("must") == set(ROWS)
    assert "10000 of 20000" in card.row(ROWS[0])["seen"]


@pytest.mark.usefixtures("honesty")
def test_one_that_says_where_it_cuts_is_honest(endpoint: Start, scored: Scored) -> None:
    card = scored(endpoint(cutting(10_000, {"X-Truncated": "10000"})), "--only", "honesty")
    assert card.code == 0
    assert "x-truncated" in card.row(ROWS[0])["seen"].lower()


@pytest.mark.usefixtures("honesty")
@pytest.mark.parametrize("how", ["hangs up", "fails", "sends half"])
def test_one_that_fails_is_honest(endpoint: Start, scored: Scored, how: str) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        if "LIMIT" not in query:
            return sound(query, given)
        if how == "hangs up":
            raise Drop
        if how == "fails":
            return Said(500, "text/plain", b"too long")
        return Said(200, JSON, b'{"head":{"vars":["a"]},"results":{"bindings":[')

    card = scored(endpoint(answer), "--only", "honesty")
    assert [card.verdict(check) for check in ROWS] == ["pass", "pass"]


def test_one_that_takes_updates_of_anyone_is_caught(endpoint: Start, scored: Scored) -> None:
    taken: list[str] = []

    def answer(query: str, given: dict[str, str]) -> Said:
        if "update" in given:
            taken.append(given["update"])
            return Said(204, "text/plain", b"")
        return sound(query, given)

    card = scored(endpoint(answer), "--only", "updates")
    assert card.failing("must") == {"updates.anonymous", "updates.not-by-get"}
    # It was not asked to write anything.
    assert taken
    assert all(text.startswith("DELETE DATA") for text in taken)


def test_one_that_answers_everything_alike_fails_the_protocol(endpoint: Start, scored: Scored) -> None:
    body = b'{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"literal","value":"1"}}]}}'
    card = scored(endpoint(lambda _query, _given: Said(200, JSON, body)), "--only", "protocol")
    wrong = {"bad-query", "empty-query", "update-as-query", "several-queries", "not-utf-8", "no-query"}
    assert {f"protocol.{name}" for name in wrong} <= card.failing("must")
    assert card.verdict("protocol.get") == "pass"


def test_a_body_that_is_not_what_its_type_says_is_caught(endpoint: Start, scored: Scored) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        said = sound(query, given)
        return Said(said.status, "application/sparql-results+xml", said.body) if said.status == 200 else said

    assert scored(endpoint(sound), "--only", "formats").verdict("formats.json") == "pass"
    run = scored(endpoint(answer), "--only", "formats")
    assert run.code == 2
    assert "does not answer" in run.card["detail"]


@pytest.mark.slow
def test_one_that_hangs_ends_in_bounded_time(endpoint: Start, scored: Scored) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        if query != "ASK { }":
            time.sleep(5)
        return sound(query, given)

    begin = time.monotonic()
    card = scored(endpoint(answer), "--timeout", "0.2")
    # Thirty times the limit of one request, and the time to start.
    assert time.monotonic() - begin < 30
    assert card.code == 1
    assert "within the time limit" in card.row("protocol.get")["seen"]
    assert card.row("doors.from")["verdict"] == "not-sure"


def test_no_other_host_is_asked(endpoint: Start, scored: Scored) -> None:
    asked: list[str] = []

    def elsewhere(query: str, given: dict[str, str]) -> Said:
        asked.append(query)
        return sound(query, given)

    other = endpoint(elsewhere)

    def answer(query: str, given: dict[str, str]) -> Said:
        if "?v a" in query:
            body = '{"head":{"vars":["v"]},"results":{"bindings":[{"v":{"type":"uri","value":"%s"}}]}}'
            return Said(200, JSON, (body % other).encode())
        if not query:
            return Said(303, "text/plain", b"", {"Location": other})
        return sound(query, given)

    only = ("metadata", "catalogue", "linked-data", "description")
    card = scored(endpoint(answer), *(word for name in only for word in ("--only", name)))
    assert card.verdict("catalogue.given") == "fail"
    assert asked == []


def test_what_a_server_says_cannot_draw_on_the_terminal(endpoint: Start, cli: Callable[..., Any]) -> None:
    def answer(query: str, given: dict[str, str]) -> Said:
        if "<urn:x-cls-graph:no-such-graph>" in query or query.count("{") != query.count("}"):
            return Said(400, "text/plain", b"\x1b[2Jgone" + b"x" * 5000)
        return sound(query, given)

    run = cli("score", endpoint(answer), "--only", "protocol", "--lang", "en")
    assert "\x1b" not in run.out
    assert max(map(len, run.out.splitlines())) < 1000


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:1/sparql", "cannot be reached"),
        ("ftp://example.org/", "is not the address"),
        ("http://user:secret@127.0.0.1/", "carries no credentials"),
        ("http://name.invalid/sparql", "cannot be reached"),
    ],
)
def test_what_is_no_address_of_an_endpoint(cli: Callable[..., Any], url: str, said: str) -> None:
    run = cli("score", url, "--lang", "en", "--timeout", "5")
    assert run.code == 2
    assert said in run.err
    assert "secret" not in run.err + run.out
    assert "Traceback" not in run.err


def test_a_page_is_no_endpoint(endpoint: Start, cli: Callable[..., Any]) -> None:
    page = endpoint(lambda _query, _given: Said(200, "text/html", b"<h1>Bonjour</h1>"))
    run = cli("score", page, "--lang", "fr")
    assert run.code == 2
    assert "ne répond pas à « ASK { } »" in run.err
    assert "?query=ASK{}" in run.err


def test_a_redirect_is_not_followed(endpoint: Start, cli: Callable[..., Any]) -> None:
    asked: list[str] = []

    def elsewhere(query: str, given: dict[str, str]) -> Said:
        asked.append(query)
        return sound(query, given)

    other = endpoint(elsewhere)
    moved = endpoint(lambda _query, _given: Said(301, "text/plain", b"", {"Location": other}))
    run = cli("score", moved, "--lang", "en")
    assert run.code == 2
    assert f"redirects to {other}" in run.err
    assert asked == []


def test_it_says_before_what_it_sends(endpoint: Start, scored: Scored) -> None:
    url = endpoint(sound)
    card = scored(url, "--only", "metadata")
    assert url in card.announced
    assert "to no other address" in card.announced
    assert "127.0.0.1" in card.announced.split("Canaries")[1]
    assert "Hostile" not in card.announced
