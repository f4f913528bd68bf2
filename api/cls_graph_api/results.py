"""The answer of a query as a page: its first rows, and links to all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cls_graph.namespaces import prefixes
from cls_graph.service import Answer
from cls_graph.service.guard import GRAPH_FORMS
from cls_graph.store import scan
from cls_graph_api.evaluate import run
from cls_graph_api.i18n import language, translator
from cls_graph_api.protocol import INFER, Operation, need_query
from cls_graph_api.responses import while_connected
from cls_graph_api.site import Site
from cls_graph_api.urls import Urls

MAX_ROWS = 500
_MAX_BYTES = 2 << 20

STARTER = """PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?contract ?label WHERE {
  ?contract a cls:LocalHealthContract ; rdfs:label ?label .
}
ORDER BY ?label
"""


@dataclass(frozen=True)
class Cell:
    """A term in the table."""

    text: str
    href: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Table:
    """What is shown: a table of solutions, or the text of a graph, or yes and no."""

    variables: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    text: str = ""
    truth: bool | None = None
    cut: bool = False


async def page(request: Request, operation: Operation) -> Response:
    """The query in its form, and its answer below."""
    site = Site.of(request)
    urls = site.urls(request)
    graph = scan(need_query(operation)).form in GRAPH_FORMS
    table = await while_connected(request, _fetch(site, request, operation, graph))
    t = translator(language(request))
    shown = len(table.rows)
    body = site.page(
        request,
        "sparql.html",
        query=need_query(operation),
        infer=operation.infer,
        answer=table,
        rows_text=t("one_row") if shown == 1 else t("rows", n=shown) if shown else t("no_rows"),
        downloads=_downloads(urls, operation, graph),
        max_rows=MAX_ROWS,
    )
    headers = {"Content-Language": language(request), "Cache-Control": "no-store"}
    return Response(body, headers=headers, media_type="text/html")


async def _fetch(site: Site, request: Request, operation: Operation, graph: bool) -> Table:
    answer = await run(site, request, operation, asked="ttl" if graph else "tsv")
    data, cut = await _beginning(answer, MAX_ROWS if graph else MAX_ROWS + 1)
    if graph:
        return Table(text=data.decode(), cut=cut)
    parsed = ox.parse_query_results(data, format=ox.QueryResultsFormat.TSV)
    if isinstance(parsed, ox.QueryBoolean):
        return Table(truth=bool(parsed))
    variables = list(parsed.variables)
    urls, names = site.urls(request), prefixes(site.base)
    rows = [[_cell(row[v], urls, names) for v in variables] for row in parsed]
    return Table([v.value for v in variables], rows, cut=cut)


async def _beginning(answer: Answer, lines: int) -> tuple[bytes, bool]:
    """The first whole lines of an answer, and whether there is more; the query is stopped then."""
    data = bytearray()
    count = 0
    try:
        async for block in answer.body:
            data += block
            count += block.count(b"\n")
            if count > lines or len(data) > _MAX_BYTES:
                break
    finally:
        answer.close()
    kept = bytes(data).split(b"\n")
    if len(kept) - 1 <= lines and len(data) <= _MAX_BYTES:
        return bytes(data), False
    return b"\n".join(kept[: min(lines, len(kept) - 1)]) + b"\n", True


def _cell(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, urls: Urls, names: dict[str, str]
) -> Cell:
    if term is None:
        return Cell("")
    if isinstance(term, ox.NamedNode):
        return Cell(shorten(term.value, names), urls.link(term.value))
    if isinstance(term, ox.Literal):
        return Cell(term.value, lang=term.language or "")
    return Cell(str(term))


def shorten(iri: str, names: dict[str, str]) -> str:
    """An IRI with the longest prefix that fits, or whole.

    >>> shorten("http://xmlns.com/foaf/0.1/name", {"foaf": "http://xmlns.com/foaf/0.1/"})
    'foaf:name'
    """
    fitting = [(len(ns), name) for name, ns in names.items() if iri.startswith(ns) and iri != ns]
    if not fitting:
        return iri
    size, name = max(fitting)
    return f"{name}:{iri[size:]}"


def _downloads(urls: Urls, operation: Operation, graph: bool) -> list[tuple[str, str]]:
    names = ("ttl", "jsonld", "nt", "rdf") if graph else ("csv", "json", "tsv", "xml")
    asked = {"query": [need_query(operation)]}
    asked |= {INFER: ["true"]} if operation.infer else {}
    asked |= {
        name: list(graphs)
        for name, graphs in (
            ("default-graph-uri", operation.default_graphs),
            ("named-graph-uri", operation.named_graphs),
        )
        if graphs
    }
    return [(n.upper(), urls.local("/sparql", **asked, format=[n])) for n in names]
