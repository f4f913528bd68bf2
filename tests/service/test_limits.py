"""Limits on an answer: cut between two rows and said, or broken off, in every format."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
import xml.dom.minidom
from collections.abc import AsyncIterator
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph import media
from cls_graph.errors import AnswerCut, Busy, QueryCancelled
from cls_graph.service import QueryPool
from cls_graph.service.rows import Rows, Stop, Triples
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings
from cls_graph.store.writing import write_results

LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
HOSTILE = [
    "}},{",
    '}},{"x',
    "{},{",
    '"bindings":[',
    "a,b",
    'line\nline\r\n"quoted"',
    "<result></result>",
    "</result><result>",
    "\\",
    '\\"',
    "tab\there",
    "]}}",
    "é 🎉 \u2028",
    "x" * 200_000,
]
FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}


def plain(total: int) -> ox.QuerySolutions:
    """So many rows of two values, as most data has them."""
    values = " ".join(f"(<urn:x{n}> 'value {n}, \"quoted\"')" for n in range(total))
    found = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found


def solutions(name: str) -> ox.QuerySolutions:
    """Hostile literals, alone and beside each other, in triple terms, with unbound and empty rows.

    CSV has no triple terms: the engine writes some, but without quotes.
    """
    store = ox.Store()
    node = ox.NamedNode("urn:n")
    for n, text in enumerate(HOSTILE):
        inner = ox.Triple(node, node, ox.Literal(text))
        store.add(ox.Quad(node, ox.NamedNode(f"urn:p{n}"), ox.Literal(text)))
        if name != "csv":
            store.add(ox.Quad(node, ox.NamedNode(f"urn:q{n}"), ox.Triple(node, node, inner)))
    found = store.query(
        "SELECT ?v ?w ?empty { { ?s ?p ?v } UNION { ?s ?p ?w } UNION { VALUES ?z { 1 2 } }"
        " UNION { ?s ?p ?v . BIND(?v AS ?w) } } ORDER BY ?p ?v"
    )
    assert isinstance(found, ox.QuerySolutions)
    return found


def written(
    name: str, settings: Settings, chunk: int = 1000, found: ox.QuerySolutions | None = None
) -> tuple[bytes, Rows]:
    """The answer in a format, given to the limit in pieces, as the engine does."""
    whole = io.BytesIO()
    write_results(found or solutions(name), next(f for f in media.SOLUTIONS if f.name == name), whole)
    data, out = whole.getvalue(), io.BytesIO()
    rows = Rows(name, settings, out.write)
    try:
        for start in range(0, len(data), chunk):
            rows.write(data[start : start + chunk])
        rows.finish()
    except Stop:
        pass
    else:
        assert out.getvalue() == data
    return out.getvalue(), rows


def rows_of(name: str, data: bytes) -> list[Any]:
    """The rows of an answer, read by somebody else's parser."""
    if name == "csv":
        csv.field_size_limit(1 << 20)
        return list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]
    if name == "json":
        json.loads(data)
    elif name == "xml":
        xml.dom.minidom.parseString(data)
    return [list(row) for row in ox.parse_query_results(data, format=FORMATS[name])]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("chunk", [997, 70_000, 10_000_000])
def test_rows_are_counted_whatever_they_hold(name: str, chunk: int) -> None:
    total = sum(1 for _ in solutions(name))
    _, rows = written(name, Settings(max_rows=total), chunk)
    assert rows.cut is None
    for most in (1, 2, 3, total // 2, total - 1):
        data, rows = written(name, Settings(max_rows=most), chunk)
        assert rows.cut is not None
        assert (rows.cut.rows, rows.cut.limit) == (most, "max_rows")
        assert len(rows_of(name, data)) == most


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("total", [1, 2, 5000])
def test_the_last_row_counts(name: str, total: int) -> None:
    data, rows = written(name, Settings(max_rows=total), found=plain(total))
    assert rows.cut is None
    assert len(rows_of(name, data)) == total
    data, rows = written(name, Settings(max_rows=total), found=plain(total + 1))
    assert rows.cut is not None
    assert len(rows_of(name, data)) == rows.cut.rows == total


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_bytes_are_cut_between_rows(name: str) -> None:
    data, rows = written(name, Settings(max_bytes=300_000))
    assert rows.cut is not None
    assert rows.cut.limit == "max_bytes"
    assert len(data) < 300_200
    assert len(rows_of(name, data)) == rows.cut.rows > 0


@pytest.mark.parametrize("name", ["ttl", "nt", "rdf", "jsonld", "trig", "nq"])
def test_graphs_are_cut_between_triples(with_pool: Any, read: Any, name: str) -> None:
    async def use(pool: QueryPool) -> None:
        query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        answer = await pool.query(query, asked=name)
        data = await read(answer)
        assert answer.cut is not None
        assert answer.cut.rows == 7
        kind = next(f.media_type for f in media.GRAPHS if f.name == name)
        assert len(set(ox.parse(data, ox.RdfFormat.from_media_type(kind)))) == 7
        assert (b"truncated: rows=7" in data) is (name != "jsonld")

    with_pool(use, max_rows=7)


def test_a_long_graph_is_cut_by_its_bytes() -> None:
    node = ox.NamedNode("urn:n")
    size = 0
    triples = Triples([ox.Triple(node, node, node)] * 9, Settings(max_bytes=30), lambda: size)
    for _ in triples:
        size += 10
    assert triples.cut is not None
    assert (triples.cut.rows, triples.cut.limit) == (3, "max_bytes")


def test_a_cut_that_is_known_in_time_is_announced(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        answer = await pool.query(LONG, asked="csv")
        assert answer.cut is not None
        assert (answer.cut.rows, answer.cut.limit) == (4_000, "max_rows")
        assert (await read(answer)).count(b"\n") == 4_001
        parsed = json.loads(await read(await pool.query(LONG, asked="json")))
        assert parsed["truncated"] == {"rows": 4_000, "limit": "max_rows"}
        assert len(parsed["results"]["bindings"]) == 4_000
        assert b"truncated: rows=4000" in await read(await pool.query(LONG, asked="xml"))
        whole = await pool.query(LONG + " LIMIT 4000", asked="csv")
        assert whole.cut is None

    with_pool(use, max_rows=4_000)


async def drain(body: AsyncIterator[bytes], received: list[bytes]) -> None:
    async for block in body:
        received.append(block)


@pytest.mark.parametrize("limit", [{"max_rows": 150_000}, {"max_bytes": 20_000_000}])
def test_a_cut_that_comes_too_late_breaks_the_answer(with_pool: Any, limit: dict[str, int]) -> None:
    async def use(pool: QueryPool) -> None:
        answer = await pool.query(LONG, asked="csv")
        assert answer.cut is None
        received: list[bytes] = []
        with pytest.raises(AnswerCut):
            await drain(answer.body, received)
        assert b"".join(received).count(b"\n") == 150_001 or sum(map(len, received)) > 19_000_000

    with_pool(use, query_timeout=20.0, **limit)


def test_an_answer_within_its_limits_is_untouched(with_pool: Any, read: Any) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?b ?c ?d ?e ?f LIMIT 3000"
    found: list[dict[str, bytes]] = []

    async def use(pool: QueryPool) -> None:
        found.append({name: await read(await pool.query(query, asked=name)) for name in ("csv", "json")})

    with_pool(use, max_rows=0, max_bytes=0, query_timeout=20.0)
    with_pool(use, max_rows=3000, query_timeout=20.0)
    assert found[0] == found[1]


def test_the_queue_is_bounded(with_pool: Any) -> None:
    async def use(pool: QueryPool) -> None:
        running = [asyncio.create_task(pool.query(ENDLESS)) for _ in range(4)]
        await asyncio.sleep(0.2)
        assert (pool.idle, pool.waiting) == (0, 2)
        begin = time.monotonic()
        with pytest.raises(Busy):
            await pool.query("ASK {}")
        assert time.monotonic() - begin < 1
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    with_pool(use, queue_size=2)


def test_a_ticket_counts_and_stops(with_pool: Any, read: Any) -> None:
    async def use(pool: QueryPool) -> None:
        long: list[Ticket] = []
        ticket = Ticket(on_long=long.append)
        task = asyncio.create_task(pool.query(ENDLESS, ticket=ticket))
        while not long:
            await asyncio.sleep(0.05)
        assert not task.done()
        ticket.stop(QueryCancelled())
        with pytest.raises(QueryCancelled):
            await task
        assert ticket.cause == "cancelled"
        assert 0.9 < ticket.seconds < 5
        done = Ticket()
        await read(await pool.query("ASK {}", ticket=done))
        assert (done.cause, done.seconds < 1) == ("done", True)
        stopped = Ticket()
        stopped.stop(QueryCancelled())
        with pytest.raises(QueryCancelled):
            await pool.query("ASK {}", ticket=stopped)
        assert pool.idle >= 1

    with_pool(use, query_timeout=20.0)
