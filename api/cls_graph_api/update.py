"""``/update``: the update operation of the SPARQL 1.1 Protocol (section 2.2), with ``--writable`` only."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import BadRequest, UnsupportedMediaType
from cls_graph.service.operations import Operation, Verb
from cls_graph_api import openapi
from cls_graph_api.auth import writer_for
from cls_graph_api.parameters import FORM, check_names, content_type, pairs, text_of
from cls_graph_api.site import Site
from cls_graph_api.writes import body_of, write

router = APIRouter()
DIRECT = "application/sparql-update"
_USING, _USING_NAMED = "using-graph-uri", "using-named-graph-uri"
_OPENAPI: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in (
            (_USING, "A graph of the default graph of the WHERE clauses; repeatable"),
            (_USING_NAMED, "A named graph of the WHERE clauses; repeatable"),
            ("lang", "Language of messages: fr, en"),
        )
    ],
    "requestBody": {
        "content": {
            DIRECT: {"schema": {"type": "string"}},
            FORM: {"schema": {"type": "object", "properties": {"update": {"type": "string"}}}},
        }
    },
    "security": [{"token": []}],
}


@router.options("/update", include_in_schema=False)
@router.options("/update/", include_in_schema=False)
async def options() -> Response:
    """What methods there are."""
    return Response(status_code=204, headers={"Allow": "POST, OPTIONS"})


@router.post(
    "/update",
    summary="SPARQL 1.1 Update: all or nothing / mise à jour : tout ou rien",
    responses=openapi.WRITE,
    openapi_extra=_OPENAPI,
    status_code=204,
)
@router.post("/update/", include_in_schema=False, status_code=204)
async def update(request: Request) -> Response:
    """Do an update: all of it or nothing; on disk, and seen by the next query, once this answers 204."""
    writer = writer_for(request)
    return await write(request, writer, await read_update(request))


async def read_update(request: Request) -> Operation:
    """The update of a request. Raises ``BadRequest``, ``UnsupportedMediaType``, ``TooLarge``."""
    found = pairs(bytes(request.scope.get("query_string", b"")))
    kind, _ = content_type(request.headers.get("content-type", ""))
    if kind not in (DIRECT, FORM):
        raise UnsupportedMediaType(
            f"Envoyez la mise à jour en {DIRECT} ou {FORM}.",
            f"Send the update as {DIRECT} or {FORM}.",
            accepted=[DIRECT, FORM],
        )
    body = await body_of(request)
    if kind == FORM:
        found += pairs(body)
    else:
        found.append(("update", text_of(body)))
    check_names(found, ("update", "lang"), (_USING, _USING_NAMED))
    text = dict(found).get("update")
    if text is None:
        raise BadRequest(
            "Le paramètre update manque.", "The parameter update is missing.", parameter="update"
        )
    using, named = (tuple(v for n, v in found if n == name) for name in (_USING, _USING_NAMED))
    base = Site.of(request).urls(request).absolute("/update")
    if not using and not named:
        return Operation(Verb.UPDATE, text, base=base)
    return Operation(Verb.UPDATE, text, using, named, base=base)
