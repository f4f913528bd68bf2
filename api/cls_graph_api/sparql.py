"""``/sparql``: the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest, NotAcceptable
from cls_graph.service import Answer
from cls_graph.service.guard import GRAPH_FORMS
from cls_graph.store import scan
from cls_graph.store.writing import write_graph
from cls_graph_api import asking, maps, openapi, sheets
from cls_graph_api.description import service_description, store_description
from cls_graph_api.evaluate import run
from cls_graph_api.forms import means_page, takes
from cls_graph_api.headers import METHODS, licence_header
from cls_graph_api.kept import Kept
from cls_graph_api.parameters import FORM
from cls_graph_api.protocol import DIRECT, Operation, inference, need_query, read_operation
from cls_graph_api.released import choose
from cls_graph_api.responses import CACHE, Streamed, not_modified, while_connected
from cls_graph_api.site import Site

router = APIRouter()

ASKING = ["GET", "HEAD", "POST", "QUERY"]
_FILES = (media.XLSX, media.GEOJSON)
"""Forms that the engine does not write."""
_WRITTEN = (*media.SOLUTIONS, *media.GRAPHS)
_COLLECTED = 64 << 20


@router.options("/sparql", include_in_schema=False)
@router.options("/sparql/", include_in_schema=False)
async def options() -> Response:
    """What methods there are, and what their bodies may be."""
    types = f"{DIRECT}, {FORM}"
    return Response(
        status_code=204, headers={"Allow": ", ".join(METHODS), "Accept-Post": types, "Accept-Query": types}
    )


@router.get("/sparql", summary="SPARQL 1.1 Protocol: query / requête", **openapi.GET)
@router.post("/sparql", summary="SPARQL 1.1 Protocol: query by POST / requête par POST", **openapi.POST)
@router.api_route("/sparql", methods=["HEAD", "QUERY"], include_in_schema=False)
@router.api_route("/sparql/", methods=ASKING, include_in_schema=False)
async def sparql(request: Request) -> Response:
    """Evaluate a query; without one, a form for a browser or the service description for a program."""
    operation = await read_operation(request, Site.of(request).settings)
    request.state.query = operation.text
    if operation.release and (elsewhere := await choose(request, operation.release)):
        return elsewhere
    html = means_page(request, _forms(operation), operation.format)
    if operation.text is None and operation.bare:
        return await asking.form(request, operation) if html else _description(request)
    text = need_query(operation)
    if html or operation.network:
        # A form sends the ends of lines as two characters; people count lines as they wrote them.
        return await asking.answer(request, replace(operation, text=text.replace("\r\n", "\n")))
    form = _file(request, operation)
    if form is media.XLSX:
        return await sheets.sheet(request, operation)
    if form is media.GEOJSON:
        try:
            return await maps.sparql(request, operation)
        except NotAcceptable:
            # Without a place: what else the client takes.
            others = (*_WRITTEN, media.XLSX)
            if operation.format is not None:
                raise
            if means_page(request, others, None):
                return await asking.answer(request, operation)
            if not takes(request, others):
                raise
            if _file(request, operation, (media.XLSX,)):
                return await sheets.sheet(request, operation)
    try:
        return await answer(request, operation, text)
    except NotAcceptable:
        # The engine knows of those that it writes.
        raise media.not_acceptable(_forms(operation)) from None


@router.delete(
    "/sparql/running/{identifier}",
    status_code=204,
    summary="Stop a query / Arrêter une requête",
    **openapi.CANCEL,
)
async def cancel(request: Request, identifier: str) -> Response:
    """Stop the query that was sent with this ``query-request-id``; only its sender knows it."""
    Site.of(request).desk.running.cancel(identifier)
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


def _forms(operation: Operation) -> tuple[media.Format, ...]:
    """The formats for programs that the answer can have; without a query that of the description."""
    if operation.text is None or scan(operation.text).form in GRAPH_FORMS:
        return media.GRAPHS
    return media.SOLUTIONS if scan(operation.text).form == "ASK" else (*media.SOLUTIONS, *_FILES)


def _file(
    request: Request, operation: Operation, files: tuple[media.Format, ...] = _FILES
) -> media.Format | None:
    """The form that the engine does not write, where one is asked for, or preferred to all else.

    Only rows have such forms: an answer of another form of query has none.
    """
    if scan(need_query(operation)).form in (*GRAPH_FORMS, "ASK"):
        return None
    if operation.format is not None:
        return media.by_name(operation.format, files)
    accept = request.headers.get("accept", "").lower()
    types = {t: f for f in files for t in (f.media_type, *f.aliases) if t in accept}
    others = [t for f in _WRITTEN for t in (f.media_type, *f.aliases)]
    return types.get(media.negotiate(accept, [*others, *types]) or "") if types else None


async def answer(request: Request, operation: Operation, text: str) -> Response:
    """The answer to a query: not modified, kept from an earlier time, or worked out."""
    site = Site.of(request)
    identity = _identity(request, operation)
    cache, key = site.desk.cache, (site.manifest["digest"], *identity)
    kept = cache.get(key)
    if kept is not None:
        headers = dict(kept.headers)
        return not_modified(request, headers["ETag"]) or Response(
            kept.body, headers=headers, media_type=kept.media_type
        )
    etag = "" if scan(text).volatile or not site.manifest["digest"] else _tag(site, identity)
    if etag and (unchanged := not_modified(request, etag)):
        return unchanged
    answer = await while_connected(request, run(site, request, operation))
    headers = {"Cache-Control": CACHE, "ETag": etag} if etag else {"Cache-Control": "no-store"}
    headers |= licence_header(site.manifest)
    if operation.infer:
        headers["CLS-Inference"] = inference(operation)
    if answer.cut is not None:
        headers["CLS-Truncated"] = f"rows={answer.cut.rows}; limit={answer.cut.limit}"
    elif etag and answer.whole is not None:
        cache.put(key, Kept(answer.whole, answer.media_type, tuple(headers.items())))
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


def _identity(request: Request, operation: Operation) -> tuple[object, ...]:
    """All that the bytes of an answer depend on, besides the release and the settings."""
    return (
        need_query(operation),
        # Relative IRIs are resolved against it.
        Site.of(request).urls(request).absolute("/sparql"),
        operation.default_graphs,
        operation.named_graphs,
        operation.infer,
        operation.format or "",
        "" if operation.format else request.headers.get("accept", ""),
    )


def _tag(site: Site, identity: tuple[object, ...]) -> str:
    of = site.settings
    return site.of_query(
        site.etag("sparql", *map(repr, (*identity, of.max_rows, of.max_bytes, of.inference)))
    )


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
    triples = service_description(endpoint, site.manifest, union=site.union, writable=site.writer is not None)
    triples += store_description(endpoint, site.pool.about)
    return not_modified(request, etag) or Response(
        write_graph(triples, fmt), headers={"ETag": etag, "Cache-Control": CACHE}, media_type=fmt.media_type
    )
