"""A whole named graph at an address of its own: the ontology, the shapes, the code lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph_api.forms import format_of
from cls_graph_api.i18n import language
from cls_graph_api.responses import CACHE, Streamed, not_modified, while_connected
from cls_graph_api.site import Site

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of the ontology, the vocabularies and the shapes; the data has its own."""

Values = Callable[[Request], Awaitable[Mapping[str, object]]]


@dataclass(frozen=True)
class Document:
    """A document: the path of its address, the graph it holds, the template of its page."""

    path: str
    graph: str
    template: str


async def graph_document(
    request: Request, document: Document, values: Values, suffix: str | None = None
) -> Response:
    """The page of a graph, or its triples, by ``suffix``, ``?format=`` or Accept.

    ``values`` gives what the template shows. Raises as ``format_of``.
    """
    site, lang = Site.of(request), language(request)
    urls = site.urls(request)
    fmt = format_of(request, media.GRAPHS, suffix)
    tag = ("document", document.path)
    etag = site.etag(*tag, fmt.name) if fmt else site.etag_of(request, *tag)
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE, "Link": _links(request, document)}
    if fmt is None:
        text = site.page(
            request, document.template, formats=alternates(request, document), **await values(request)
        )
        headers["Content-Language"] = lang
        return Response(text, headers=headers, media_type="text/html")
    headers["Content-Location"] = urls.plain(f"/{document.path}.{fmt.extension}")
    if request.method == "HEAD":
        # An answer that is long and not wanted would cost a worker.
        response = Response(headers=headers, media_type=fmt.media_type)
        del response.headers["content-length"]
        return response
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{site.base}graph/{document.graph}> {{ ?s ?p ?o }} }}"
    answer = await while_connected(request, site.pool.query(query, asked=fmt.name))
    if answer.cut is not None:
        headers["CLS-Truncated"] = f"rows={answer.cut.rows}; limit={answer.cut.limit}"
    if answer.whole is not None:
        return Response(answer.whole, headers=headers, media_type=fmt.media_type)
    return Streamed(answer, headers)


def alternates(request: Request, document: Document) -> list[tuple[str, str, str]]:
    """Name, address and media type of each form of the graph."""
    urls = Site.of(request).urls(request)
    return [(f.name, urls.plain(f"/{document.path}.{f.extension}"), f.media_type) for f in media.GRAPHS]


def _links(request: Request, document: Document) -> str:
    rows = [f'<{url}>; rel="alternate"; type="{mime}"' for _, url, mime in alternates(request, document)]
    urls = Site.of(request).urls(request)
    rows.append(f'<{urls.plain(f"/{document.path}.html")}>; rel="alternate"; type="text/html"')
    rows.append(f'<{urls.plain("/id/dataset/cls-graph")}>; rel="collection"')
    return ", ".join([*rows, f'<{LICENCE}>; rel="license"'])
