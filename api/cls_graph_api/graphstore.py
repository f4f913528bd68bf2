"""``/store``: the SPARQL 1.1 Graph Store HTTP Protocol.

A graph is named by ``?graph=`` or ``?default``, or by its own address below ``/store/``;
without either the whole dataset is meant. Reading is open to all; writing needs ``--writable``
and the token.
"""

from __future__ import annotations

import uuid
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest, GraphMissing, UnsupportedMediaType
from cls_graph.service.operations import DEFAULT_GRAPH, Operation, Part, Verb
from cls_graph.store.embedded import graph_name
from cls_graph_api import openapi
from cls_graph_api.auth import writer_for
from cls_graph_api.parameters import check_names, pairs
from cls_graph_api.responses import CACHE, Streamed, not_modified, while_connected
from cls_graph_api.site import Site, request_path
from cls_graph_api.uploads import read_parts
from cls_graph_api.writes import write

router = APIRouter()
_PATHS = ("/store", "/store/", "/store/{name:path}")
_READ, _WRITE = ("GET", "HEAD"), ("PUT", "POST", "DELETE")
_DATASETS = tuple(sorted(media.DATASETS, key=lambda f: ("nq", "trig", "jsonld").index(f.name)))
_DATASET_ONLY = frozenset({"trig", "nq", "jsonld"})
_PARAMETERS = [
    ("graph", "IRI of the graph"),
    ("default", "The default graph (no value)"),
    ("format", "ttl, nt, rdf, jsonld, trig, nq: wins over Accept"),
    ("lang", "Language of messages: fr, en"),
]
_OPENAPI: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in _PARAMETERS
    ]
}

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {f.media_type: {"schema": {"type": "string"}} for f in media.GRAPHS},
    }
}


async def options(request: Request) -> Response:
    """What methods there are."""
    methods = _READ if Site.of(request).writer is None else (*_READ, *_WRITE)
    return Response(status_code=204, headers={"Allow": ", ".join((*methods, "OPTIONS"))})


async def read(request: Request) -> Response:
    """A graph, or all of them: TriG, N-Quads or JSON-LD then."""
    site = Site.of(request)
    graph, asked = _target(request)
    among = _DATASETS if graph is None else tuple(f for f in media.GRAPHS if f.name not in ("trig", "nq"))
    accept = request.headers.get("accept")
    fmt = media.choose(accept, among, asked)
    kind = fmt.media_type if asked else media.negotiate(accept, (fmt.media_type, *fmt.aliases))
    if graph and not await while_connected(request, site.pool.exists(graph)):
        raise GraphMissing(f"Il n'y a pas de graphe <{graph}>.", f"There is no graph <{graph}>.")
    etag = site.etag("store", repr(graph), kind or fmt.media_type)
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE}
    answer = await while_connected(request, site.pool.graph(graph, fmt, kind or fmt.media_type))
    if answer.whole is not None:
        return Response(answer.whole, headers=headers, media_type=answer.media_type)
    return Streamed(answer, headers)


async def put(request: Request) -> Response:
    """Put a graph, or the whole dataset, in the place of what there was."""
    writer = writer_for(request)
    graph, _ = _target(request)
    parts = await read_parts(request)
    if graph is None:
        _need_dataset(parts)
    return await write(
        request, writer, Operation(Verb.PUT, graph=graph, base=_base(request, graph), parts=parts)
    )


async def post(request: Request) -> Response:
    """Add to a graph; without a name, add a dataset, or make a new graph of what is sent."""
    writer = writer_for(request)
    graph, _ = _target(request)
    parts = await read_parts(request)
    location = None
    if graph is None and not all(part.format in _DATASET_ONLY for part in parts):
        graph = location = Site.of(request).urls(request).absolute(f"/store/{uuid.uuid4()}")
    operation = Operation(Verb.POST, graph=graph, base=_base(request, graph), parts=parts)
    return await write(request, writer, operation, location)


async def delete(request: Request) -> Response:
    """Remove a graph, or everything; 404 when there is no such graph."""
    writer = writer_for(request)
    graph, _ = _target(request)
    return await write(request, writer, Operation(Verb.DELETE, graph=graph))


def _target(request: Request) -> tuple[str | None, str | None]:
    """The graph of a request (see ``Operation``), and the format that it asks for."""
    found = pairs(bytes(request.scope.get("query_string", b"")))
    check_names(found, ("graph", "default", "format", "lang"))
    named = dict(found)
    direct = request.path_params.get("name")
    ways = [name for name in ("graph", "default") if name in named] + ([direct] if direct else [])
    if len(ways) > 1:
        raise BadRequest(
            "Un graphe se désigne d'une seule façon : graph, default ou son adresse.",
            "A graph is named in one way only: graph, default or its own address.",
        )
    asked = named.get("format") or None
    if "default" in named:
        return DEFAULT_GRAPH, asked
    if direct:
        return Site.of(request).urls(request).absolute(request_path(request)), asked
    if "graph" not in named:
        return None, asked
    graph = named["graph"]
    if not graph:
        raise BadRequest("Le paramètre graph est vide.", "The parameter graph is empty.", parameter="graph")
    # Raises where it is no absolute IRI.
    graph_name(graph)
    return graph, asked


def _base(request: Request, graph: str | None) -> str:
    """What relative IRIs of a document are resolved against (Graph Store Protocol, section 4.1)."""
    return graph or Site.of(request).urls(request).absolute(request_path(request))


def _need_dataset(parts: tuple[Part, ...]) -> None:
    if not parts or not all(part.format in _DATASET_ONLY for part in parts):
        raise UnsupportedMediaType(
            "Sans graph ni default, envoyez un jeu de données : TriG, N-Quads ou JSON-LD.",
            "Without graph or default, send a dataset: TriG, N-Quads or JSON-LD.",
        )


for _path in _PATHS:
    _shown: dict[str, Any] = {"include_in_schema": _path == "/store"}
    router.add_api_route(_path, options, methods=["OPTIONS"], include_in_schema=False)
    router.add_api_route(
        _path,
        read,
        methods=["GET"],
        summary="Graph Store Protocol: read / lire",
        responses=openapi.STORE_READ,
        response_class=Response,
        openapi_extra=_OPENAPI,
        **_shown,
    )
    router.add_api_route(_path, read, methods=["HEAD"], include_in_schema=False)
    for _method, _handler, _french, _more in (
        ("PUT", put, "remplacer", _BODY),
        ("POST", post, "ajouter", _BODY),
        ("DELETE", delete, "supprimer", {}),
    ):
        router.add_api_route(
            _path,
            _handler,
            methods=[_method],
            status_code=204,
            summary=f"Graph Store Protocol: {_method.lower()} / {_french}",
            responses=openapi.STORE_WRITE,
            openapi_extra={**_OPENAPI, **_more, "security": [{"token": []}]},
            **_shown,
        )
