"""What the OpenAPI description says of the routes: parameters, bodies, answers and errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fastapi import FastAPI

from cls_graph import errors, media
from cls_graph.kind import Kind
from cls_graph.queries import Question
from cls_graph_api.columns import COLUMNS
from cls_graph_api.described_parameters import PARAMETERS, TEXT
from cls_graph_api.parameters import FORM
from cls_graph_api.protocol import DIRECT, INFER

HTML = "text/html"
COUNT: dict[str, Any] = {"type": "integer", "minimum": 1}
_STATEMENT = ("s", "p", "o")
_QUERY = tuple(name for name in PARAMETERS if name not in (*_STATEMENT, "page"))
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "remedy": TEXT,
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "excerpt": TEXT,
    },
}
_HEADERS = {
    "CLS-Inference": "With infer=true: true, or ignored and why",
    "CLS-Release": "Version and digest of the release that the answer is from",
    "CLS-Truncated": "The answer was cut by a limit: rows=…; limit=max_rows, max_bytes or sheet_rows",
    "ETag": "Changes with the release",
    "Link": 'The licence of the answer: <…>; rel="license"',
}
_ETAG = {"ETag": {"description": _HEADERS["ETag"], "schema": TEXT}}
_SEEN = {
    301: "Moved for good: a former key / Déplacé : ancienne clé",
    303: "See other / Voir ailleurs",
    304: "The client has this answer already / Le client a déjà cette réponse",
}
_ALWAYS = (429, 503, 504)
_DOCUMENT_ERRORS: tuple[type[errors.ClsGraphError], ...] = (
    errors.NotFound,
    errors.NotAcceptable,
    errors.Gone,
    errors.TooManyRequests,
    errors.Busy,
    errors.QueryTimeout,
)
_ERRORS: tuple[type[errors.ClsGraphError], ...] = (
    errors.BadRequest,
    errors.QueryRefused,
    errors.NotAcceptable,
    errors.SlowRequest,
    errors.TooLarge,
    errors.UnsupportedMediaType,
    errors.TooManyRequests,
    errors.Busy,
    errors.QueryTimeout,
    errors.QueryOutOfMemory,
)


def install(app: FastAPI, *, writable: bool, kind: Callable[[], Kind]) -> None:
    """Complete the description of ``app``: how a token is sent, and no writes where none are taken.

    ``kind``: what the contracts are, whose noun the description then says.
    """
    make = app.openapi

    said: dict[Kind, dict[str, Any]] = {}

    def described() -> dict[str, Any]:
        schema = make()
        schema.setdefault("components", {})["securitySchemes"] = {
            "token": {"type": "http", "scheme": "bearer"}
        }
        if not writable:
            for method in ("put", "post", "delete"):
                schema["paths"]["/store"].pop(method, None)
        named = kind()
        if named.usual:
            return schema
        if named not in said:
            said.clear()  # the data, and their kind, may be swapped
            said[named] = _said(schema, named)
        return said[named]

    app.openapi = described  # type: ignore[method-assign]


def _said(described: Any, kind: Kind, key: str = "") -> Any:
    """A description whose words, which are in both languages, call contracts by their kind."""
    if isinstance(described, dict):
        return {name: _said(value, kind, name) for name, value in described.items()}
    if isinstance(described, list):
        return [_said(value, kind) for value in described]
    if key not in ("summary", "description") or not isinstance(described, str):
        return described
    return "\n\n".join(
        " / ".join(kind.said(kind.said(part, "en"), "fr") for part in text.split(" / "))
        for text in described.split("\n\n")
    )


def problem(error: type[errors.ClsGraphError]) -> dict[str, Any]:
    """The description of an error's answer (RFC 9457); whoever prefers HTML gets it as a page."""
    described: dict[str, Any] = {
        "description": f"{error.title['en']} / {error.title['fr']}",
        "content": {"application/problem+json": {"schema": _PROBLEM}, HTML: {"schema": TEXT}},
    }
    if error in (errors.TooManyRequests, errors.Busy):
        described["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return described


def _errors(*kinds: type[errors.ClsGraphError]) -> dict[int | str, dict[str, Any]]:
    """The answers of these errors, and that all others of the client have the same form."""
    other = {**problem(errors.BadRequest), "description": "Another error of the request / Autre erreur"}
    return {"4XX": other, **{kind.status: problem(kind) for kind in kinds}}


def _parameters(*names: str) -> dict[str, Any]:
    """What describes parameters of the query string."""
    return {
        "parameters": [
            {"name": name, "in": "query", "description": text, "schema": schema}
            for name, (schema, text) in PARAMETERS.items()
            if name in names
        ]
    }


def _content(media_types: Iterable[str]) -> dict[str, Any]:
    return {media_type: {"schema": TEXT} for media_type in media_types}


def document(
    *media_types: str,
    also: tuple[int, ...] = (),
    fixed: bool = False,
    released: bool = True,
    more: tuple[str, ...] = (),
) -> dict[str, Any]:
    """What describes a route that gives a document, in one of ``media_types`` or else any of RDF and HTML.

    ``also`` are statuses of ``_SEEN`` or of errors that come besides; a ``fixed`` document has one format.
    ``released``: an older release can be asked for it. ``more`` are further parameters.
    """
    kinds = media_types or (HTML, *(f.media_type for f in media.GRAPHS))
    answer = {"description": "The document / Le document", "content": _content(kinds), "headers": _ETAG}
    by_status = {kind.status: kind for kind in _DOCUMENT_ERRORS}
    return {
        "responses": {
            200: answer,
            **{status: {"description": _SEEN[status]} for status in (304, *also) if status in _SEEN},
            **_errors(*(by_status[s] for s in by_status if s in (*_ALWAYS, *also))),
        },
        "openapi_extra": _parameters(
            *(() if fixed else ("format",)), *(("release",) if released else ()), "lang", "theme", *more
        ),
    }


def listing(*more: dict[str, Any], files: Sequence[media.Format] = media.LISTS) -> dict[str, Any]:
    """What describes a list that can be narrowed: a page and ``files``; ``more`` are its parameters."""
    described = document(HTML, *(f.media_type for f in files), also=(404, 406))
    described["responses"][400] = problem(errors.BadRequest)
    for parameter in described["openapi_extra"]["parameters"]:
        if parameter["name"] == "format":
            parameter["schema"] = {"type": "string", "enum": ["html", *(f.name for f in files)]}
    described["openapi_extra"]["parameters"] += list(more)
    return described


def parameter(name: str, text: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """A parameter of the query string."""
    return {"name": name, "in": "query", "description": text, "schema": schema or TEXT}


def explanation() -> dict[str, Any]:
    """What describes the route that explains a statement: its three words are required."""
    described = document("application/json", "text/plain", HTML, also=(404, 406), more=_STATEMENT)
    for parameter in described["openapi_extra"]["parameters"]:
        if parameter["name"] in _STATEMENT:
            parameter["required"] = True
        if parameter["name"] == "format":
            parameter["schema"] = {"type": "string", "enum": ["json", "text", "html"]}
    return described


def question(q: Question, files: Sequence[media.Format]) -> dict[str, Any]:
    """What describes the route of a ready question: its files, its parameters with types and defaults."""
    kinds = dict.fromkeys((HTML, *(f.media_type for f in (*files, *media.NETWORKS))))
    formats = [f.name for f in files]
    described = document(*kinds, also=(404, 406), more=(INFER, "view", "network", *COLUMNS))
    found = described["openapi_extra"]["parameters"]
    for parameter in found:
        if parameter["name"] == "format":
            parameter["schema"] = {"type": "string", "enum": ["html", *formats]}
    found.append(
        {
            "name": "headers",
            "in": "query",
            "description": "What CSV and XLSX call their columns: in words, or by the variables",
            "schema": {"type": "string", "enum": ["labels", "names"], "default": "labels"},
        }
    )
    for p in q.parameters:
        if p.type != "language":
            said = f"{p.label['en']} / {p.label['fr']}" + (
                f" (vocab/{p.scheme}, {p.type})" if p.scheme else ""
            )
            found.append({"name": p.name, "in": "query", "description": said, "schema": p.schema()})
    return described


def redirection(*also: int) -> dict[str, Any]:
    """What describes a route that leads elsewhere (303)."""
    described = document(also=also, more=(INFER,))
    described["responses"].pop(200)
    described["responses"].pop(304)
    where = {"Location": {"description": "Where to go on", "schema": TEXT}}
    described["responses"][303] = {"description": _SEEN[303], "headers": where}
    return {"status_code": 303, **described}


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Solutions, a truth value or a graph; without a query the service description",
        "headers": {name: {"description": text, "schema": TEXT} for name, text in _HEADERS.items()},
        "content": {
            HTML: {"schema": TEXT},
            **_content(f.media_type for f in media.FORMATS if f.solutions or f.graph or f.sheet or f.places),
            **_content(f.media_type for f in media.NETWORKS),
        },
    },
    204: {"description": "A page whose query was stopped: nothing to show"},
    304: {"description": _SEEN[304]},
    **_errors(*_ERRORS),
}
GET: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": _parameters(*_QUERY),
}
POST: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": TEXT},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {
                            name: schema for name, (schema, _) in PARAMETERS.items() if name in _QUERY
                        },
                    }
                },
            },
        }
    },
}
CANCEL: dict[str, Any] = {
    "responses": {
        204: {"description": "The query is being stopped; whoever waits for it gets 503, a page 204"},
        **_errors(errors.NotFound),
    }
}
_WRITE_ERRORS = (
    errors.BadRequest,
    errors.Unauthorized,
    errors.QueryRefused,
    errors.SlowRequest,
    errors.UpdateFailed,
    errors.TooLarge,
    errors.UnsupportedMediaType,
    errors.ShapesBroken,
    errors.Busy,
    errors.QueryTimeout,
    errors.StorageFailed,
)
WRITE: dict[int | str, dict[str, Any]] = {
    204: {"description": "Done, on disk, and seen by the next request / Fait, écrit sur le disque"},
    **_errors(*_WRITE_ERRORS),
}
STORE_READ: dict[int | str, dict[str, Any]] = {
    200: {"description": "The graph / Le graphe", "content": _content(f.media_type for f in media.GRAPHS)},
    304: {"description": _SEEN[304]},
    **_errors(
        errors.NotFound, errors.NotAcceptable, errors.TooManyRequests, errors.Busy, errors.QueryTimeout
    ),
}
STORE_WRITE: dict[int | str, dict[str, Any]] = {
    **WRITE,
    201: {"description": "A graph was made / Graphe créé"},
    **_errors(errors.NotFound),
}
