"""``/sparql``: the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest
from cls_graph.service import Answer
from cls_graph.store import scan
from cls_graph.store.writing import write_graph
from cls_graph_api import results
from cls_graph_api.description import service_description
from cls_graph_api.evaluate import run
from cls_graph_api.i18n import language
from cls_graph_api.problems import wants_html
from cls_graph_api.protocol import Operation, need_query, read_operation
from cls_graph_api.responses import CACHE, Streamed, not_modified, while_connected
from cls_graph_api.site import Site

router = APIRouter()

_PARAMETERS = [
    ("query", "The query / La requête"),
    ("default-graph-uri", "A graph of the default graph; repeatable"),
    ("named-graph-uri", "A named graph; repeatable"),
    ("format", "json, xml, csv, tsv, ttl, nt, jsonld, rdf: wins over Accept"),
    ("timeout", "Seconds; can only shorten the limit of the service"),
    ("lang", "Language of messages and pages: fr, en"),
]
_OPENAPI: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in _PARAMETERS
    ]
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {n: {"type": "string"} for n, _ in _PARAMETERS}}
            },
        }
    }
}
_COLLECTED = 64 << 20


@router.options("/sparql", include_in_schema=False)
@router.options("/sparql/", include_in_schema=False)
async def options() -> Response:
    """What methods there are."""
    return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})


@router.get("/sparql", summary="SPARQL 1.1 Protocol: query", openapi_extra=_OPENAPI)
@router.head("/sparql", include_in_schema=False)
@router.post("/sparql", summary="SPARQL 1.1 Protocol: query by POST", openapi_extra=_BODY)
@router.get("/sparql/", include_in_schema=False)
@router.head("/sparql/", include_in_schema=False)
@router.post("/sparql/", include_in_schema=False)
async def sparql(request: Request) -> Response:
    """Evaluate a query; without one, a form for a browser or the service description for a program."""
    site = Site.of(request)
    operation = await read_operation(request, site.settings.max_body)
    html = operation.format == "html" or (operation.format is None and wants_html(request))
    if operation.text is None and operation.bare:
        return _form(request) if html else _description(request)
    text = need_query(operation)
    if html:
        return await results.page(request, operation)
    etag = None if scan(text).volatile else site.etag("sparql", *_identity(request, operation))
    if etag and (unchanged := not_modified(request, etag)):
        return unchanged
    answer = await while_connected(request, run(site, request, operation))
    headers = {"Cache-Control": CACHE, "ETag": etag} if etag else {"Cache-Control": "no-store"}
    return await _respond(request, answer, headers)


async def _respond(request: Request, answer: Answer, headers: dict[str, str]) -> Response:
    if answer.whole is not None:
        return Response(answer.whole, headers=headers, media_type=answer.media_type)
    if request.scope.get("http_version") != "1.0":
        return Streamed(answer, headers)
    # HTTP/1.0 ends a body by closing the connection: a broken answer would look complete.
    whole = bytearray()
    try:
        async for block in answer.body:
            whole += block
            if len(whole) > _COLLECTED:
                raise BadRequest(
                    "Utilisez HTTP/1.1 pour une réponse si longue.", "Use HTTP/1.1 for so long an answer."
                )
    finally:
        answer.close()
    return Response(bytes(whole), headers=headers, media_type=answer.media_type)


def _identity(request: Request, operation: Operation) -> list[str]:
    """All that the bytes of an answer depend on, besides the release."""
    graphs = repr((operation.default_graphs, operation.named_graphs))
    return [need_query(operation), graphs, operation.format or request.headers.get("accept", "")]


def _form(request: Request) -> Response:
    headers = {"Content-Language": language(request), "Cache-Control": CACHE}
    page = Site.of(request).page(request, "sparql.html", query=results.STARTER, answer=None)
    return Response(page, headers=headers, media_type="text/html")


def _description(request: Request) -> Response:
    site = Site.of(request)
    accept = request.headers.get("accept")
    offered = [t for f in media.GRAPHS for t in (f.media_type, *f.aliases)]
    chosen = media.negotiate(accept, offered)
    if chosen is None:
        # A client that asks for results meant to send a query.
        need_query(Operation(None))
    fmt = media.choose(accept, media.GRAPHS)
    endpoint = site.urls(request).absolute("/sparql")
    etag = site.etag("description", endpoint, fmt.name)
    triples = service_description(endpoint, site.manifest)
    return not_modified(request, etag) or Response(
        write_graph(triples, fmt), headers={"ETag": etag, "Cache-Control": CACHE}, media_type=fmt.media_type
    )
