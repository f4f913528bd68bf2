"""Reading a query operation of the SPARQL 1.1 Protocol (section 2.1) from a request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.requests import Request

from cls_graph import media
from cls_graph.errors import BadRequest, QueryRefused, SlowRequest, TooLarge, UnsupportedMediaType
from cls_graph.pictures.columns import Chosen
from cls_graph.service.guard import measure
from cls_graph.settings import Settings
from cls_graph.store import scan
from cls_graph_api.columns import COLUMNS, chosen
from cls_graph_api.parameters import FORM, check_names, content_type, pairs, text_of
from cls_graph_api.running import usable

DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_OVERRUN = 8
"""How many times the limit is read, and thrown away, so that the client is there to hear of it."""
IDENTIFIER = "query-request-id"
_FORMAT = ("format", "output", "results")
"""One parameter under the names that clients give it; some send all three, each of them twice."""
INFER = "infer"
RELEASE = "release"
_PAGE = ("lang", "theme", "view", "example", "network", *COLUMNS)
"""What only says how a page is to be."""

_ONCE = ("query", "timeout", RELEASE, *_PAGE, INFER, IDENTIFIER)
_GRAPHS = ("default-graph-uri", "named-graph-uri")
_IGNORED = ("ac",)
"""Sent by the SPARQL editor of SIB with every query, as a mark for the statistics of its own endpoints."""


@dataclass(frozen=True)
class Operation:
    """A query operation. A graph list is ``None`` where the request names no dataset."""

    text: str | None
    format: str | None = None
    timeout: float | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    bare: bool = False
    """No parameter was given at all, but perhaps some for a page."""
    identifier: str | None = None
    """What the client calls the query, so as to stop it."""
    release: str = ""
    """The version or digest of the release that is asked, where it is not that of the day."""
    infer: bool = False
    """Whether what is entailed is asked for, besides what is stated."""
    view: str | None = None
    """How a page is to show the answer."""
    example: str | None = None
    """The question of the library whose query a page is to show."""
    columns: Chosen = field(default_factory=dict)
    """The columns of which the view is to be made."""
    network: str = ""
    """The format of a file that the network of an answer is wanted as."""


async def read_operation(request: Request, settings: Settings) -> Operation:
    """The operation of a GET, HEAD, POST or QUERY request (QUERY: as POST, safe and idempotent).

    Raises ``BadRequest`` (unknown, repeated or malformed parameters, no query in a body),
    ``UnsupportedMediaType``, ``TooLarge``, ``SlowRequest``, ``QueryTooComplex`` for a query over the limit
    of length, and ``QueryRefused`` for an update.
    """
    given = pairs(bytes(request.scope.get("query_string", b"")))
    # A header does for clients that cannot add to the address.
    if (said := request.headers.get(IDENTIFIER)) and IDENTIFIER not in dict(given):
        given.append((IDENTIFIER, said))
    if request.method not in ("POST", "QUERY"):
        return _within(_operation(given), settings)
    kind, _ = content_type(request.headers.get("content-type", ""))
    if not kind and request.method == "QUERY":
        raise BadRequest(f"Content-Type manque : {DIRECT}.", f"Content-Type is missing: {DIRECT}.")
    if kind == _UPDATE:
        raise QueryRefused(
            "Ce service est en lecture seule : il n'accepte pas de mise à jour.",
            "This service is read-only: it takes no updates.",
        )
    if kind not in (FORM, DIRECT):
        raise UnsupportedMediaType(
            f"Envoyez la requête en {DIRECT} ou {FORM}.",
            f"Send the query as {DIRECT} or {FORM}.",
            accepted=[DIRECT, FORM],
        )
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType(
            "Envoyez la requête sans compression.", "Send the query without compression."
        )
    body = await read_body(request, settings)
    if kind == FORM:
        operation = _operation([*given, *pairs(body)])
    else:
        operation = _operation([*given, ("query", text_of(body))])
    if operation.text is None:
        raise _missing()
    return _within(operation, settings)


def _within(operation: Operation, settings: Settings) -> Operation:
    """The operation, whose query is looked into from here on, by the process that serves everybody."""
    if operation.text is not None:
        measure(operation.text, settings)
    return operation


def need_query(operation: Operation) -> str:
    """The query text; raises ``BadRequest`` where there is none."""
    if operation.text is None:
        raise _missing()
    return operation.text


def inference(operation: Operation) -> str:
    """What became of ``infer=true``: ``true``, or why not. A dataset that the request names wins over it."""
    named = operation.default_graphs is not None or operation.named_graphs is not None
    if named or scan(need_query(operation)).names_dataset:
        return "ignored; the request names its dataset"
    return "true"


def _operation(given: Sequence[tuple[str, str]]) -> Operation:
    given = [pair for pair in given if pair[0] not in _IGNORED]
    names = [name for name, _ in given]
    if "update" in names:
        raise QueryRefused(
            "Ce service est en lecture seule : il n'accepte pas de mise à jour.",
            "This service is read-only: it takes no updates.",
        )
    check_names(given, _ONCE, (*_FORMAT, *_GRAPHS))
    single = dict(given)
    named = any(name in _GRAPHS for name in names)
    default_graphs, named_graphs = (tuple(v for n, v in given if n == name) for name in _GRAPHS)
    return Operation(
        text=single.get("query"),
        format=_format([value for name, value in given if name in _FORMAT]),
        timeout=_seconds(single.get("timeout") or None),
        default_graphs=default_graphs if named else None,
        named_graphs=named_graphs if named else None,
        bare=not set(names) - {*_PAGE, INFER, RELEASE, IDENTIFIER},
        infer=truth(single.get(INFER)),
        release=single.get(RELEASE, ""),
        identifier=usable(single[IDENTIFIER]) if single.get(IDENTIFIER) else None,
        view=single.get("view"),
        example=single.get("example"),
        columns=chosen(single),
        network=single.get("network", ""),
    )


def truth(said: str | None) -> bool:
    """What ``infer`` says; false where it is left out or empty. Raises ``BadRequest``."""
    known = {"true": True, "1": True, "on": True, "false": False, "0": False, "off": False, "": False}
    value = known.get((said or "").strip().lower())
    if value is None:
        raise BadRequest("infer est true ou false.", "infer is true or false.", parameter=INFER)
    return value


def _format(values: list[str]) -> str | None:
    """The format that was asked for, in one or several spellings; an empty choice is no choice."""
    said = [part.strip() for value in values for part in value.split(",") if part.strip()]
    meant = {name: media.names(name) or ({"html"} if name == "html" else set()) for name in said}
    known = [name for name in said if meant[name]]
    if known and not set.intersection(*(set(meant[name]) for name in known)):
        raise BadRequest(
            f"Un seul format : {', '.join(known)}.",
            f"One format only: {', '.join(known)}.",
            parameter="format",
        )
    return next(iter(known or said), None)


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < 1e6:
        raise BadRequest(
            "timeout est un nombre de secondes, supérieur à 0.",
            "timeout is a number of seconds, greater than 0.",
            parameter="timeout",
        )
    return seconds


async def read_body(request: Request, settings: Settings) -> bytes:
    """The body of a request. Raises ``TooLarge``, and ``SlowRequest`` when it does not come in time."""
    limit = settings.max_body
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(settings.body_timeout):
            async for part in request.stream():
                size += len(part)
                if size <= limit:
                    body += part
                elif size > _OVERRUN * limit:
                    request.state.unread = True
                    raise _too_large(limit)
    except TimeoutError as error:
        request.state.unread = True
        raise SlowRequest(
            f"Le corps de la demande n'est pas arrivé en {settings.body_timeout:g} s.",
            f"The request body did not arrive within {settings.body_timeout:g} s.",
        ) from error
    if size > limit:
        raise _too_large(limit)
    return bytes(body)


def _missing() -> BadRequest:
    return BadRequest("Le paramètre query manque.", "The parameter query is missing.", parameter="query")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"Le corps de la demande dépasse {limit} octets.", f"The request body is over {limit} bytes."
    )
