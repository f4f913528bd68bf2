"""Errors as answers: RFC 9457 for programs, a page for browsers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match

from cls_graph import media
from cls_graph.errors import BadRequest, ClsGraphError, NotFound
from cls_graph_api.headers import ALWAYS, VARY
from cls_graph_api.i18n import TEXTS, language
from cls_graph_api.responses import ClientGone
from cls_graph_api.site import Site

_log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
_FORMATS = (media.Format("problem", PROBLEM, "json", aliases=("application/json",)), *media.FORMATS)


class MethodNotAllowed(BadRequest):
    code = "method-not-allowed"
    status = 405
    title = {"fr": "Méthode non admise", "en": "Method not allowed"}


def install(app: Starlette) -> None:
    """Render every error of ``app`` as a problem."""
    app.add_exception_handler(ClsGraphError, _ours)
    app.add_exception_handler(HTTPException, _starlettes)
    app.add_exception_handler(ClientGone, _gone)
    app.add_exception_handler(Exception, _unexpected)


def wants_html(request: Request, among: Iterable[media.Format] = _FORMATS) -> bool:
    """Whether a person is reading: HTML is preferred over the formats for programs that there are."""
    types = [t for f in among for t in (f.media_type, *f.aliases)]
    # Browsers of a terminal ask for plain text as much as for HTML, and mean the page.
    programs = [t for t in types if t != "text/plain"]
    return media.negotiate(request.headers.get("accept"), (*programs, "text/html")) == "text/html"


def problem_headers(request: Request, error: ClsGraphError) -> dict[str, str]:
    """The headers of the answer for ``error``."""
    headers = {"Cache-Control": "no-store", "Content-Language": language(request), "Vary": VARY}
    if error.extra.get("retry_after") is not None:
        headers["Retry-After"] = str(error.extra["retry_after"])
    if getattr(request.state, "unread", False):
        # What is still coming is not going to be read.
        headers["Connection"] = "close"
    headers.update(getattr(error, "headers", {}))
    if error.extra.get("allow"):
        headers["Allow"] = error.extra["allow"]
    return headers


def render(request: Request, error: ClsGraphError) -> Response:
    """The answer for ``error``, in the language and kind that the client prefers."""
    problem, headers = error.describe(language(request)), problem_headers(request, error)
    if wants_html(request):
        page = Site.of(request).page(request, "problem.html", problem=problem)
        return Response(page, error.status, headers, "text/html")
    body = json.dumps(problem, ensure_ascii=False)
    return Response(body, error.status, headers, PROBLEM)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ClsGraphError)
    return render(request, error)


async def _starlettes(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return render(request, not_found(request.url.path))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        fr, en = (words.format(method=request.method) for words in TEXTS["method"])
        return render(request, MethodNotAllowed(fr, en, allow=_allowed(request)))
    return render(request, BadRequest(str(error.detail), str(error.detail)))


def _allowed(request: Request) -> str:
    """The methods of all the routes of an address; the framework names those of the first one only."""
    methods: set[str] = set()
    for route in _each(request.app.routes):
        if route.matches(request.scope)[0] is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _each(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """The routes, with those inside the routers that the framework keeps whole."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from _each(inner.routes)


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=499)


async def _unexpected(request: Request, error: Exception) -> Response:
    # Outside the middleware: the common headers are put on here.
    response = render(request, ClsGraphError(*TEXTS["broken"]))
    response.headers.update(ALWAYS)
    return response


def not_found(path: str) -> NotFound:
    """The error for an address or a thing that is not here."""
    fr, en = (words.format(path=path) for words in TEXTS["not_here"])
    return NotFound(fr, en)
