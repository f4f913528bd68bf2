"""Stores that answer badly: nothing of it is passed on as a whole answer."""

from __future__ import annotations

import io
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.errors import Busy, ClsGraphError, QueryNotEvaluated, StoreFailed, UsageError
from cls_graph.store.address import Address, Credentials
from cls_graph.store.answers import Answers
from cls_graph.store.wire import Wire
from cls_graph.store.xml_results import XmlAsJson
from cls_graph.tls import certificates

JSON, XML, NT = "application/sparql-results+json", "application/sparql-results+xml", "application/n-triples"
ROWS = 400
ROW = '{"v":{"type":"literal","value":"a value \\u00e9"}}'
WHOLE_JSON = ('{"head":{"vars":["v"]},"results":{"bindings":[' + ",".join([ROW] * ROWS) + "]}}").encode()
XML_ROW = '<result><binding name="v"><literal xml:lang="fr">a &lt;value&gt; é</literal></binding></result>'
WHOLE_XML = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="v"/>'
    f"</head><results>{XML_ROW * ROWS}</results></sparql>"
).encode()
WHOLE_NT = b"<urn:a> <urn:b> <urn:c> .\n" * ROWS
SELECT, CONSTRUCT = "SELECT ?v { ?s ?p ?v }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


class Fake(ThreadingHTTPServer):
    """Answers each request with the same thing."""

    status = 200
    head: dict[str, str] = {}
    body = b""
    length: int | None = None
    requests = 0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Fake)
        server.requests += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(server.status)
        for name, value in server.head.items():
            self.send_header(name, value)
        if server.length is not None:
            self.send_header("Content-Length", str(server.length))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(server.body)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def fake() -> Iterator[Callable[..., Fake]]:
    """A server that gives the answer that a test wants."""
    started: list[Fake] = []

    def start(body: bytes, media_type: str = JSON, status: int = 200, **more: Any) -> Fake:
        server = Fake(("127.0.0.1", 0), Handler)
        server.body, server.status = body, status
        server.length = more.pop("length", len(body))
        server.head = {"Content-Type": media_type, **more}
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


def answers(fake: Fake, server: str = "", seconds: float = 20) -> Answers:
    address = Address.of(f"http://127.0.0.1:{fake.server_address[1]}/query")
    return Answers(Wire(address, Credentials(), seconds), server)


def ask(fake: Fake, text: str, server: str = "") -> int:
    """The rows or triples of an answer, read to its end."""
    if text == CONSTRUCT:
        return len(list(answers(fake).triples(text)))
    return len(answers(fake, server).select(text))


def test_whole_answers_are_read_whole(fake: Callable[..., Fake]) -> None:
    assert ask(fake(WHOLE_JSON), SELECT) == ROWS
    assert ask(fake(WHOLE_XML, XML), SELECT, "Virtuoso") == ROWS
    assert ask(fake(WHOLE_NT, NT), CONSTRUCT) == ROWS
    assert answers(fake(WHOLE_XML, XML), "Virtuoso").select(SELECT)[0] == {"v": "a <value> é"}


CANCELLED = b"The SPARQL operation has been cancelled"
CASES = {
    "JSON cut within a row": (WHOLE_JSON[:5000], JSON, SELECT, {}),
    "JSON cut between two rows": (WHOLE_JSON[: WHOLE_JSON.rindex(b",{")], JSON, SELECT, {}),
    "JSON with a message for the rest": (WHOLE_JSON[:5000] + CANCELLED, JSON, SELECT, {}),
    "JSON with something after its end": (WHOLE_JSON + CANCELLED, JSON, SELECT, {}),
    "XML cut within a row": (WHOLE_XML[:5000], XML, SELECT, {}),
    "XML cut between two rows": (WHOLE_XML[: WHOLE_XML.rindex(b"<result>")], XML, SELECT, {}),
    "XML without its very end": (WHOLE_XML.removesuffix(b"</sparql>"), XML, SELECT, {}),
    "XML with entities": (b'<!DOCTYPE s [<!ENTITY a "b">]>' + WHOLE_XML, XML, SELECT, {}),
    "fewer bytes than said": (WHOLE_JSON, JSON, SELECT, {"length": len(WHOLE_JSON) + 1}),
    "triples with a message for the rest": (WHOLE_NT + CANCELLED, NT, CONSTRUCT, {}),
    "triples, fewer bytes than said": (WHOLE_NT, NT, CONSTRUCT, {"length": len(WHOLE_NT) + 26}),
    "triples that nothing says the end of": (WHOLE_NT, NT, CONSTRUCT, {"length": None}),
    "a page": (b"<html>welcome</html>", "text/html", SELECT, {}),
    "rows for triples": (WHOLE_JSON, JSON, CONSTRUCT, {}),
    "a limit of its own": (WHOLE_JSON, JSON, SELECT, {"X-SQL-State": "S1TAT"}),
}


def test_an_answer_that_ends_too_soon_is_told_with_what_may_have_cut_it(fake: Callable[..., Fake]) -> None:
    with pytest.raises(StoreFailed) as cut:
        ask(fake(WHOLE_JSON, JSON, length=len(WHOLE_JSON) + 1), SELECT)
    assert "limites (lignes, octets, temps)" in cut.value.detail["fr"]
    assert "one of its limits (rows, bytes, time)" in cut.value.detail["en"]
    assert "peer" not in cut.value.detail["fr"]


@pytest.mark.parametrize("case", CASES)
def test_what_is_cut_or_something_else_is_an_error(fake: Callable[..., Fake], case: str) -> None:
    body, media_type, text, more = CASES[case]
    server = "Virtuoso" if media_type == XML else ""
    with pytest.raises(StoreFailed):
        ask(fake(body, media_type, **more), text, server)


def test_no_member_of_a_problem_breaks_the_error(fake: Callable[..., Fake]) -> None:
    told = {
        "detail": "no",
        "fr": "non",
        "en": "no",
        "self": "/",
        "line": 3,
        "type": f"/{QueryNotEvaluated.code}",
    }
    problem = fake(json.dumps(told).encode(), "application/problem+json", 422)
    with pytest.raises(QueryNotEvaluated) as caught:
        ask(problem, SELECT)
    assert caught.value.extra == {"line": 3}


def test_a_body_that_does_not_end_is_given_up(fake: Callable[..., Fake]) -> None:
    class Slow(Handler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", JSON)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(WHOLE_JSON[:100])
            self.wfile.flush()
            stopped.wait(30)

    stopped = threading.Event()
    server = fake(b"")
    server.RequestHandlerClass = Slow
    with pytest.raises(StoreFailed):
        answers(server, seconds=0.5).select(SELECT)
    stopped.set()


@pytest.mark.parametrize(
    ("status", "kind"), [(400, QueryNotEvaluated), (500, QueryNotEvaluated), (503, Busy), (404, StoreFailed)]
)
def test_what_the_store_says_is_told(
    fake: Callable[..., Fake], status: int, kind: type[ClsGraphError]
) -> None:
    with pytest.raises(kind, match="no such thing"):
        ask(fake(b"<h1>no such thing</h1>", "text/html", status), SELECT)


def test_a_redirect_is_not_followed(fake: Callable[..., Fake]) -> None:
    elsewhere = fake(WHOLE_JSON)
    where = f"http://127.0.0.1:{elsewhere.server_address[1]}/query"
    for status in (301, 302, 303, 307, 308):
        with pytest.raises(StoreFailed, match="redirects"):
            ask(fake(b"", status=status, Location=where), SELECT)
    assert elsewhere.requests == 0


def test_no_proxy_of_the_environment_is_asked(
    fake: Callable[..., Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = fake(WHOLE_JSON)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_address[1]}")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert ask(fake(WHOLE_JSON), SELECT) == ROWS
    assert proxy.requests == 0


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/x",
        "http://",
        "host/query",
        "http://h/q#x",
        "http://h/q?default-graph-uri=urn:x",
        "http://h:x/",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Address.of(url)


def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        Address.of("http://someone:very-secret@host/query")
    assert "very-secret" not in str(caught.value.describe("fr")) + str(caught.value)
    assert "secret" not in repr(Credentials("user", "secret", "secret"))


def test_certificates_are_read_where_an_address_asks_for_them() -> None:
    assert certificates(["http://a.example/query", "HTTPS://a.example/update"]) is True
    none = certificates(["http://a.example/query", ""])
    assert isinstance(none, ssl.SSLContext)
    assert (none.verify_mode, none.get_ca_certs()) == (ssl.CERT_REQUIRED, [])


def test_values_in_xml_keep_their_edges_and_their_types() -> None:
    head = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="v"/></head><results>'
    row = "<result><binding name='v'>{}</binding></result>"
    typed = "<literal datatype='http://www.w3.org/2001/XMLSchema#{}'>{}</literal>"
    cells = [
        "<literal>  edges &#10; </literal>",
        "<uri>urn:x</uri>",
        "<bnode>nodeID://b10</bnode>",
        typed.format("boolean", "1"),
        typed.format("duration", "18"),
        typed.format("duration", "-93600.5"),
    ]
    text = head + "".join(row.format(cell) for cell in cells) + "<result/></results></sparql>"
    found = ox.parse_query_results(XmlAsJson(io.BytesIO(text.encode())), format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
    assert isinstance(found, ox.QuerySolutions)
    assert [str(row["v"]) for row in found] == [
        '"  edges \\n "',
        "<urn:x>",
        "_:b10",
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        '"P1Y6M"^^<http://www.w3.org/2001/XMLSchema#duration>',
        '"-P1DT2H0.5S"^^<http://www.w3.org/2001/XMLSchema#duration>',
        "None",
    ]
