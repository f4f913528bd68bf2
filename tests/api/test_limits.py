"""Limits over HTTP: answers cut in sight, shares of clients, queries stopped by name, kept answers."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
import uuid
import xml.dom.minidom
from collections.abc import Callable

import httpx
import pytest

from cls_graph.errors import TooManyRequests
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings
from cls_graph_api.budgets import Budgets, client_address, client_key
from cls_graph_api.kept import Cache, Kept

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a ?type }"
ANSWER = b"n\r\n20\r\n"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def get(
    client: httpx.Client, query: str, headers: dict[str, str] | None = None, **more: str
) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers=headers or {})


def in_background(work: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """A thread that keeps what ``work`` returns, or the error that it ends in."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(work())
        except httpx.TransportError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, found


@pytest.fixture(scope="module")
def small(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A service that gives few rows."""
    return start(max_rows=10)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_solutions_that_are_cut_say_so(small: httpx.Client, name: str) -> None:
    response = get(small, "SELECT * { ?s ?p ?o }", format=name)
    assert response.status_code == 200
    assert response.headers["cls-truncated"] == "rows=10; limit=max_rows"
    if name == "json":
        parsed = json.loads(response.content)
        assert parsed["truncated"] == {"rows": 10, "limit": "max_rows"}
        assert len(parsed["results"]["bindings"]) == 10
    elif name == "xml":
        document = xml.dom.minidom.parseString(response.content)
        assert len(document.getElementsByTagName("result")) == 10
        assert b"<!-- truncated: rows=10; limit=max_rows -->" in response.content
    else:
        assert response.content.count(b"\n") == 11
    within = get(small, "SELECT * { ?s ?p ?o } LIMIT 10", format=name)
    assert "cls-truncated" not in within.headers
    assert b"truncated" not in within.content
    assert get(small, "ASK {}", format="json").json()["boolean"] is True


def test_a_graph_that_is_cut_says_so(small: httpx.Client) -> None:
    response = get(small, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", format="nt")
    assert response.headers["cls-truncated"] == "rows=10; limit=max_rows"
    assert response.text.rstrip().endswith("# truncated: rows=10; limit=max_rows")


def test_a_cut_answer_has_its_own_tag(small: httpx.Client, client: httpx.Client) -> None:
    """A client that moves from one service to the other is not told that nothing has changed."""
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    cut, whole = (get(c, query, format="csv").headers["etag"] for c in (small, client))
    assert cut != whole


def test_an_answer_over_its_bytes_is_cut_or_broken(start: Callable[..., httpx.Client]) -> None:
    client = start(max_bytes=100_000, max_rows=0, cache_bytes=0)
    cut = get(client, LONG, format="csv")
    rows = cut.content.count(b"\n") - 1
    assert cut.headers["cls-truncated"] == f"rows={rows}; limit=max_bytes"
    assert 90_000 < len(cut.content) <= 100_000
    assert b"truncated" in get(client, LONG, format="xml").content[-80:]
    for _ in range(2):
        assert get(client, COUNT, format="csv").content == ANSWER
    assert "cls_cache_hits_total 0\n" in client.get("/metrics").text, "nothing is kept here"


def test_a_cut_after_the_head_breaks_the_connection(start: Callable[..., httpx.Client]) -> None:
    client = start(max_rows=100_001, query_timeout=20.0)
    with pytest.raises(httpx.RemoteProtocolError):
        get(client, LONG, format="csv")
    assert 'cls_query_ends_total{cause="cut"} 1' in client.get("/metrics").text
    assert get(client, COUNT, format="csv").content == ANSWER


def test_memory_runs_out_for_one_query_only(start: Callable[..., httpx.Client]) -> None:
    client = start(query_memory=64, query_timeout=15.0)
    response = get(client, LONG + " ORDER BY ?i ?f")
    assert (response.status_code, response.json()["type"].rsplit("/", 1)[1]) == (507, "query-memory")
    assert get(client, COUNT, format="csv").content == ANSWER


@pytest.mark.slow
def test_a_client_has_its_share(start: Callable[..., httpx.Client]) -> None:
    client = start(client_burst=1.0, client_rate=0.5, query_timeout=1.5, proxies=1)
    assert get(client, ENDLESS).status_code == 504
    refused = get(client, COUNT)
    assert refused.status_code == 429
    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= 4
    assert refused.json()["type"].endswith("/too-many-requests")
    assert refused.headers["access-control-allow-origin"] == "*"
    other = get(client, COUNT, {"X-Forwarded-For": "198.51.100.7"}, format="csv")
    assert other.content == ANSWER
    assert "cls_refusals_total 1" in client.get("/metrics").text
    time.sleep(wait + 0.2)
    assert get(client, COUNT, format="csv").content == ANSWER


@pytest.fixture(scope="module")
def spent(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A service where this client has used up its share."""
    client = start(client_burst=1e-6, client_rate=1e-6)
    assert get(client, COUNT).status_code == 200
    return client


ASKING = [
    "/store",
    "/store?default",
    "/store?graph=https://w3id.org/cls-sante/graph/registry",
    "/id/contract/26362-3",
    "/data/contract/26362-3.ttl",
    "/page/contract/26362-3?infer=true",
    "/ontology.ttl",
    "/ontology/1.0.0",
    "/catalog.ttl",
    "/.well-known/void.ttl",
    "/sparql/completions",
    "/queries/contracts.csv",
    "/contracts?format=geojson",
    "/contracts?format=xlsx",
    "/matrix?format=xlsx",
    "/explain?s=id:contract/26362-3&p=cls:ordinal&o=3",
]


@pytest.mark.parametrize("path", ASKING)
def test_whatever_asks_the_data_is_of_the_share_of_a_client(
    spent: httpx.Client, client: httpx.Client, path: str
) -> None:
    refused = spent.get(path)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert client.get(path).status_code != 429


@pytest.mark.parametrize("path", ["/contracts?format=geojson", "/organisations?format=xlsx"])
def test_a_file_that_is_made_without_a_query_is_of_the_share_too(
    start: Callable[..., httpx.Client], path: str
) -> None:
    client = start(client_burst=1e-6, client_rate=1e-6)
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 429


def test_a_file_of_a_query_that_was_let_in_is_given(start: Callable[..., httpx.Client]) -> None:
    """The query takes all that is left of the share: what it found is written all the same."""
    client = start(client_burst=1e-6, client_rate=1e-6)
    answer = client.get("/queries/contracts", params={"format": "xlsx"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert client.get("/queries/contracts", params={"format": "csv"}).status_code == 429


def test_the_description_of_the_service_says_so(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    asking = ("/store", "/id/{path}", "/data/{path}", "/page/{path}", "/ontology", "/catalog", "/explain")
    for path in (
        *asking,
        "/contracts",
        "/organisations",
        "/territories",
        "/determinants",
        "/matrix",
        "/compare",
    ):
        assert "429" in paths[path]["get"]["responses"], path


def test_what_pages_share_is_nobodys_share(spent: httpx.Client, client: httpx.Client) -> None:
    """The index is read once a release: who comes first neither pays for it nor spoils it for others."""
    assert spent.get("/contracts.json").json() == client.get("/contracts.json").json()


def test_what_an_editor_may_propose_is_read_once_a_language(client: httpx.Client) -> None:
    def asked(lang: str) -> tuple[bytes, str]:
        body = client.get("/sparql/completions", params={"lang": lang}).content
        return body, re.findall("cls_query_wait_seconds_count (.+)", client.get("/metrics").text)[0]

    first, other = asked("fr"), asked("en")
    assert first[0] != other[0]
    assert asked("fr") == (first[0], other[1])


def test_an_address_that_a_client_writes_itself_is_not_believed(start: Callable[..., httpx.Client]) -> None:
    client = start(client_burst=0.5, client_rate=0.01, query_timeout=0.8)
    assert get(client, ENDLESS, {"X-Forwarded-For": "198.51.100.1"}).status_code == 504
    assert get(client, COUNT, {"X-Forwarded-For": "198.51.100.2"}).status_code == 429


@pytest.mark.slow
def test_long_queries_of_one_client_are_few_and_quick_ones_go_on(start: Callable[..., httpx.Client]) -> None:
    client = start(client_long=1, workers=3, query_timeout=6.0)
    first = in_background(lambda: get(client, ENDLESS, timeout="4").status_code)
    time.sleep(1.3)
    second = in_background(lambda: get(client, ENDLESS + " #2"))
    answered = 0
    while second[0].is_alive():
        assert get(client, f"{COUNT} #{answered}", format="csv").content == ANSWER
        answered += 1
    assert answered > 5
    [refused] = second[1]
    assert isinstance(refused, httpx.Response)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    first[0].join()
    assert first[1] == [504]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "192.0.2.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.5, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.5, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (3, "198.51.100.1", "198.51.100.1"),
        (1, "", "192.0.2.9"),
    ],
)
def test_who_asks_behind_proxies(proxies: int, forwarded: str, address: str) -> None:
    scope = {"client": ("192.0.2.9", 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    assert client_address(scope, proxies) == address


def test_a_subscriber_of_ipv6_is_one_client() -> None:
    assert client_key("2001:db8:1:2::1") == client_key("2001:db8:1:2:ffff::9")
    assert client_key("2001:db8:1:2::1") != client_key("2001:db8:1:3::1")
    assert client_key("::ffff:192.0.2.1") == client_key("192.0.2.1") == "192.0.2.1"
    assert client_key("unix") == "unix"


def test_a_reserve_refills_with_time() -> None:
    now = 0.0
    budgets = Budgets(Settings(client_burst=10.0, client_rate=2.0, client_long=1), lambda: now)
    budgets.enter("a")
    budgets.leave("a", 14.0, long=False)
    with pytest.raises(TooManyRequests) as caught:
        budgets.enter("a")
    assert caught.value.extra["retry_after"] == 3
    budgets.enter("b")
    now = 3.0
    budgets.enter("a")
    now = 1000.0
    budgets.leave("a", 9.0, long=False)
    budgets.enter("a")
    assert budgets.long("a", Ticket())
    excess = Ticket()
    assert not budgets.long("a", excess)
    assert isinstance(excess.error, TooManyRequests)
    budgets.leave("a", 0.0, long=True)
    assert budgets.long("a", Ticket())
    unlimited = Budgets(Settings(client_burst=0.0, client_long=0), lambda: now)
    unlimited.leave("a", 1e9, long=False)
    unlimited.enter("a")
    assert all(unlimited.long("a", Ticket()) for _ in range(100))


def test_clients_beyond_number_are_forgotten() -> None:
    budgets = Budgets(Settings(), lambda: 0.0)
    for n in range(10_500):
        budgets.enter(f"client {n}")
    assert len(budgets._accounts) == 10_000


def cancel_when_running(client: httpx.Client, name: str) -> None:
    end = time.monotonic() + 10
    while client.delete(f"/sparql/running/{name}").status_code != 204:
        assert time.monotonic() < end
        time.sleep(0.05)


def cancelled(client: httpx.Client) -> int:
    found = re.search(r'cls_query_ends_total\{cause="cancelled"\} (\d+)', client.get("/metrics").text)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def patient(start: Callable[..., httpx.Client]) -> httpx.Client:
    """A service with one worker, where queries may take long."""
    return start(query_timeout=30.0, workers=1, queue_timeout=20.0, client_long=0)


@pytest.mark.parametrize("way", ["parameter", "header"])
def test_a_query_is_stopped_by_whoever_knows_its_name(patient: httpx.Client, way: str) -> None:
    client = patient
    name = str(uuid.uuid4())
    named = {"query-request-id": name} if way == "parameter" else {}
    headers = {} if named else {"Query-Request-Id": name}
    thread, found = in_background(lambda: get(client, ENDLESS, headers, **named))
    begin = time.monotonic()
    cancel_when_running(client, name)
    thread.join(10)
    [stopped] = found
    assert isinstance(stopped, httpx.Response)
    assert stopped.status_code == 503
    assert stopped.json()["type"].endswith("/query-cancelled")
    assert time.monotonic() - begin < 8
    assert client.delete(f"/sparql/running/{name}").status_code == 404
    assert get(client, COUNT, format="csv").content == ANSWER
    assert 'cls_query_ends_total{cause="cancelled"}' in client.get("/metrics").text


def test_a_waiting_and_a_streaming_query_are_stopped_too(patient: httpx.Client) -> None:
    client = patient
    names = [str(uuid.uuid4()) for _ in range(3)]
    before = cancelled(client)
    running = in_background(lambda: get(client, ENDLESS, **{"query-request-id": names[0]}))
    time.sleep(0.5)
    waiting = in_background(lambda: get(client, COUNT + "#1", **{"query-request-id": names[1]}).status_code)
    begin = time.monotonic()
    cancel_when_running(client, names[1])
    waiting[0].join(10)
    assert waiting[1] == [503]
    assert cancelled(client) == before + 1
    assert time.monotonic() - begin < 5
    doubled = get(client, COUNT, **{"query-request-id": names[0]})
    assert doubled.status_code == 400
    cancel_when_running(client, names[0])
    running[0].join(10)

    request = client.build_request(
        "GET", "/sparql", params={"query": LONG, "format": "csv", "query-request-id": names[2]}
    )
    response = client.send(request, stream=True)
    assert response.status_code == 200
    assert client.delete(f"/sparql/running/{names[2]}").status_code == 204
    with pytest.raises(httpx.RemoteProtocolError):
        response.read()
    assert get(client, COUNT, format="csv").content == ANSWER


@pytest.mark.parametrize("name", ["short", "x" * 129, "with space in it", "é" * 10])
def test_a_name_that_cannot_be_used_is_refused(client: httpx.Client, name: str) -> None:
    assert get(client, COUNT, **{"query-request-id": name}).status_code == 400
    assert client.delete("/sparql/running/" + name).status_code == 404


def test_a_full_queue_is_a_503_at_once(start: Callable[..., httpx.Client]) -> None:
    client = start(workers=1, queue_size=1, queue_timeout=20.0, query_timeout=1.5)
    threads = [in_background(lambda n=n: get(client, f"{ENDLESS} #{n}"))[0] for n in range(2)]
    time.sleep(0.7)
    begin = time.monotonic()
    refused = get(client, COUNT)
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert time.monotonic() - begin < 2
    for thread in threads:
        thread.join()


def test_answers_are_kept(start: Callable[..., httpx.Client]) -> None:
    client = start(workers=1, query_timeout=5.0, queue_timeout=0.3)
    first = get(client, COUNT, format="csv")
    get(client, "SELECT (RAND() AS ?x) {}")
    get(client, LONG + " LIMIT 60000", format="csv")
    assert "cls_cache_entries 1\n" in client.get("/metrics").text
    thread, _ = in_background(lambda: get(client, ENDLESS, timeout="3"))
    time.sleep(0.5)
    for _ in range(3):
        again = get(client, COUNT, format="csv")
        assert (again.status_code, again.content) == (200, ANSWER)
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["content-type"] == first.headers["content-type"]
    assert get(client, COUNT, format="csv", timeout="1").content == ANSWER
    assert get(client, COUNT, format="json").status_code == 503, "another format was not worked out yet"
    graph = {"default-graph-uri": "urn:none"}
    assert get(client, COUNT, format="csv", **graph).status_code == 503, "nor another dataset"
    thread.join()
    assert get(client, COUNT, format="csv", **graph).content == b"n\r\n0\r\n"
    assert "cls_cache_hits_total 4\n" in client.get("/metrics").text


def test_what_was_used_last_is_kept_within_its_bytes() -> None:
    cache = Cache(100_000)
    for n in range(30):
        cache.put(("release", f"query {n}"), Kept(b"x" * 5000, "text/csv", ()))
        assert cache.get(("release", "query 0")) is not None
    assert 10 < len(cache) < 20
    assert cache.bytes <= 100_000
    assert cache.get(("release", "query 1")) is None
    cache.put(("release", "huge"), Kept(b"x" * 50_000, "text/csv", ()))
    assert cache.get(("release", "huge")) is None
    assert cache.get(("other", "query 0")) is None


def test_many_at_once_get_what_they_asked_for(patient: httpx.Client) -> None:
    client = patient

    async def everyone() -> list[str]:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=30) as many:

            async def one(n: int) -> str:
                query = f"SELECT (COUNT(*) + {n % 7} AS ?n) {{ ?s a ?type }}"
                response = await many.get("/sparql", params={"query": query, "format": "csv"})
                return response.text

            return await asyncio.gather(*(one(n) for n in range(200)))

    assert asyncio.run(everyone()) == [f"n\r\n{20 + n % 7}\r\n" for n in range(200)]
