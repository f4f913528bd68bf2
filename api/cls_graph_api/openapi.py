"""What the OpenAPI description says of ``/sparql``: parameters, bodies, answers and errors."""

from __future__ import annotations

from typing import Any

from cls_graph import errors, media
from cls_graph_api.protocol import DIRECT, FORM, IDENTIFIER

_TEXT = {"type": "string"}
_IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}
_SHORT = [f.name for f in media.FORMATS if f.solutions or f.graph] + ["html"]
_PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "query": (_TEXT, "The query / La requête"),
    "default-graph-uri": (_IRIS, "A graph of this service for the default graph; never fetched; repeatable"),
    "named-graph-uri": (_IRIS, "A graph of this service as a named graph; never fetched; repeatable"),
    "format": ({"type": "string", "enum": _SHORT}, "Wins over Accept; also called output or results"),
    "timeout": (
        {"type": "number", "exclusiveMinimum": 0},
        "Seconds; can only shorten the limit of the service",
    ),
    "lang": ({"type": "string", "enum": ["fr", "en"]}, "Language of messages and pages"),
    IDENTIFIER: (
        {"type": "string", "pattern": "^[A-Za-z0-9._~:-]{8,128}$"},
        f"A name for the query that nobody else guesses, to stop it by (also as a header): "
        f"DELETE /sparql/running/{{{IDENTIFIER}}}",
    ),
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "remedy": _TEXT,
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "excerpt": _TEXT,
    },
}
_HEADERS = {
    "CLS-Release": "Version and digest of the release that the answer is from",
    "CLS-Truncated": "The answer was cut by a limit: rows=…; limit=max_rows or max_bytes",
    "ETag": "Changes with the release",
}
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


def problem(error: type[errors.ClsGraphError]) -> dict[str, Any]:
    """The description of an error's answer (RFC 9457)."""
    described: dict[str, Any] = {
        "description": f"{error.title['en']} / {error.title['fr']}",
        "content": {"application/problem+json": {"schema": _PROBLEM}},
    }
    if error in (errors.TooManyRequests, errors.Busy):
        described["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return described


_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Solutions, a truth value or a graph; without a query the service description",
        "headers": {name: {"description": text, "schema": _TEXT} for name, text in _HEADERS.items()},
        "content": {f.media_type: {"schema": _TEXT} for f in media.FORMATS if f.solutions or f.graph},
    },
    304: {"description": "The client has this answer already"},
    **{error.status: problem(error) for error in _ERRORS},
}
GET: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": {
        "parameters": [
            {"name": name, "in": "query", "description": text, "schema": schema}
            for name, (schema, text) in _PARAMETERS.items()
        ]
    },
}
POST: dict[str, Any] = {
    "responses": _RESPONSES,
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {
                DIRECT: {"schema": _TEXT},
                FORM: {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {name: schema for name, (schema, _) in _PARAMETERS.items()},
                    }
                },
            },
        }
    },
}
CANCEL: dict[str, Any] = {
    "responses": {
        204: {"description": "The query is being stopped; whoever waits for it gets 503"},
        404: problem(errors.NotFound),
    }
}
