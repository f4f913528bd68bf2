"""Reading the answers of a remote store: rows, truths and triples that are whole, or an error.

JSON is asked for, but XML of Virtuoso: fifteen times faster there on 50,000 rows, and with booleans that
are booleans. A graph is asked for as N-Triples, which reads as fast as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from cls_graph.media import by_name
from cls_graph.store.failing import failed, malformed
from cls_graph.store.spelling import BOOLEAN, DURATION, spelled
from cls_graph.store.tokens import scan
from cls_graph.store.wire import Body, Parameters, Wire
from cls_graph.store.xml_results import XmlAsJson

_VIRTUOSO = "Virtuoso"
_ASKED = "__ASK_RETVAL"
"""The variable of the solutions that Virtuoso gives for an ASK."""
_TRUE = b'{"head":{},"boolean":true}'
_FALSE = b'{"head":{},"boolean":false}'

Solutions = ox.QuerySolutions | ox.QueryBoolean


class Answers:
    """The answers of one store over one ``Wire``, one at a time: asking again ends the answer before."""

    def __init__(self, wire: Wire, server: str = "") -> None:
        """``server`` is what the store calls itself, when that is known from an earlier answer."""
        self.server = server
        self.most_rows = 0
        """The rows at which the store said, in its last answer, that it cuts (Virtuoso); 0: nothing."""
        self.cut = ""
        """What the service said, in its last answer, of where it has cut it (a service of ours)."""
        self.ours = False
        """Whether the last answer came from a service of ours."""
        self._wire = wire
        self._body: Body | None = None

    def solutions(self, text: str, dataset: Parameters = ()) -> Solutions:
        """The answer to a SELECT or ASK. Reading it raises ``StoreFailed`` where it is not whole."""
        asks = scan(text).form == "ASK"
        xml = self.server.startswith(_VIRTUOSO) and not asks
        body = self._open(text, _media_type("xml" if xml else "json"), dataset)
        source = XmlAsJson(body) if xml else body
        try:
            found = ox.parse_query_results(source, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
            if asks and isinstance(found, ox.QuerySolutions):
                return _truth(found)
        except SyntaxError as error:
            raise malformed(error) from error
        return found

    def triples(self, text: str, dataset: Parameters = ()) -> Iterator[ox.Triple]:
        """The answer to a CONSTRUCT or DESCRIBE. Reading it raises ``StoreFailed`` where it is not whole."""
        body = self._open(text, _media_type("nt"), dataset)
        return _triples(body)

    def select(self, text: str, dataset: Parameters = ()) -> list[dict[str, str]]:
        """The rows of a SELECT as text, all of them. Raises ``StoreFailed``."""
        found = self.solutions(text, dataset)
        if not isinstance(found, ox.QuerySolutions):
            raise failed("sa réponse n'est pas un tableau", "its answer is no table")
        if self.cut:
            raise failed(f"sa réponse est coupée ({self.cut})", f"its answer is cut ({self.cut})")
        names = [v.value for v in found.variables]
        try:
            return [{n: str(value.value) for n in names if (value := row[n]) is not None} for row in found]
        except SyntaxError as error:
            raise malformed(error) from error

    def ceiling(self) -> int:
        """The rows at which the store cuts its answers, if it says so when it does (Virtuoso); else 0."""
        if not self.server.startswith(_VIRTUOSO):
            return 0
        # Of one short column, and not read: it is the head of the answer that says it.
        self._open("SELECT (1 AS ?one) WHERE { GRAPH ?g { ?s ?p ?o } }", _media_type("csv"), ())
        return self.most_rows

    def _open(self, text: str, accept: str, dataset: Parameters) -> Body:
        if self._body is not None:
            self._body.close()
        self._body = body = self._wire.query(text, accept, dataset)
        self.server = body.headers.get("server", self.server).strip()
        self.cut = body.headers.get("cls-truncated", "")
        self.ours = "cls-release" in body.headers
        said = body.headers.get("x-sparql-maxrows", "")
        self.most_rows = int(said) if said.isdigit() else 0
        return body


def _triples(body: Body) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES):  # type: ignore[arg-type]
            o = quad.object
            if isinstance(o, ox.Literal) and o.datatype.value in (BOOLEAN, DURATION):
                value = spelled(o.value, o.datatype.value)
                yield ox.Triple(quad.subject, quad.predicate, ox.Literal(value, datatype=o.datatype))
            else:
                yield quad.triple
    except SyntaxError as error:
        raise malformed(error) from error


def _truth(found: ox.QuerySolutions) -> ox.QueryBoolean:
    if [v.value for v in found.variables] != [_ASKED]:
        raise failed("sa réponse à ASK est un tableau", "its answer to ASK is a table")
    row = next(found, None)
    truth = row is not None and getattr(row[0], "value", "") in ("1", "true")
    answer = ox.parse_query_results(_TRUE if truth else _FALSE, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)
    return answer


def _media_type(name: str) -> str:
    fmt = by_name(name)
    assert fmt is not None
    return fmt.media_type
