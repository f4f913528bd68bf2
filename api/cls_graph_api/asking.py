"""The SPARQL page: a query in its form, its answer below, or what is wrong with it at its line."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import ClsGraphError, QueryCancelled
from cls_graph.queries import library
from cls_graph.service.guard import GRAPH_FORMS
from cls_graph.store import scan
from cls_graph_api.asked import MOST_BYTES, example_of
from cls_graph_api.evaluate import run
from cls_graph_api.i18n import language, translator
from cls_graph_api.i18n_desk import EDITOR
from cls_graph_api.maps import PLACE, offered, placing
from cls_graph_api.problems import not_found, problem_headers
from cls_graph_api.protocol import INFER, Operation, need_query
from cls_graph_api.responses import CACHE, ClientGone, not_modified, while_connected
from cls_graph_api.results import PAGE, STARTER, Bounds, Found, asked_as, read
from cls_graph_api.sheets import OWN, ROWS, lengths
from cls_graph_api.site import Site
from cls_graph_api.unknown_terms import unknown_terms
from cls_graph_api.urls import LANGUAGES
from cls_graph_api.views import SUMMED, Presented, known_view, present
from cls_graph_api.woven import NETWORK, file, wanted

LONGEST = 6000
"""Characters of a query that an address can hold; a longer one is posted."""

_FILE = Bounds("sheet", ROWS, MOST_BYTES)
_FORMATS = {False: ("csv", "tsv", "json", "xml", "xlsx", "geojson"), True: ("ttl", "jsonld", "nt", "rdf")}


async def form(request: Request, operation: Operation) -> Response:
    """The form alone, with the query of an example where one is asked for. Raises ``NotFound``."""
    site = Site.of(request)
    etag = site.etag_of(request, "sparql-form", operation.example or "")
    if unchanged := not_modified(request, etag):
        return unchanged
    query = STARTER
    if operation.example:
        if operation.example not in library():
            raise not_found(f"/sparql?example={operation.example}")
        query = await example_of(request, library()[operation.example], language(request))
    headers = {"Content-Language": language(request), "Cache-Control": CACHE, "ETag": etag}
    return Response(_page(request, operation, query), headers=headers, media_type="text/html")


async def answer(request: Request, operation: Operation) -> Response:
    """The query in its form, and its answer below. A query that is refused is shown with the reason.

    One that was stopped gives 204, which leaves a browser where it is.
    """
    query, lang = need_query(operation), language(request)
    try:
        form = wanted(operation.network)
        asked = NETWORK if form else known_view(operation.view or "")
        begun = time.perf_counter()
        graph = scan(query).form in GRAPH_FORMS
        found = await while_connected(request, _fetch(request, operation, graph=graph, whole=asked in SUMMED))
        seconds = time.perf_counter() - begun

        def here(view: str) -> str:
            return _address(request, operation, view=[view]) if len(query) <= LONGEST else ""

        result = await while_connected(
            request,
            present(
                request,
                found,
                asked,
                seconds,
                here,
                chosen=operation.columns if asked else None,
                form=form,
            ),
        )
        if form:
            limit = {"CLS-Truncated": f"rows={found.count}; limit={found.limit}"} if found.cut else {}
            said = {"Content-Language": lang, "Cache-Control": "no-store", **limit}
            return await file(request, result.woven, form, result.refused, said)
        empty = found.count == 0 and not graph and found.truth is None
        unknown = (
            await while_connected(request, unknown_terms(Site.of(request), query, lang)) if empty else []
        )
    except ClientGone:
        raise
    except QueryCancelled:
        if operation.network:
            raise
        # Whoever had it stopped keeps the page that is shown: there is nothing to put in its place.
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    except ClsGraphError as error:
        if operation.network:
            raise
        page = _page(request, operation, query, problem=error.describe(lang))
        return Response(page, error.status, problem_headers(request, error), "text/html")
    places = await placing(result.found.variables, result.found.rows, Site.of(request).base)
    page = _page(request, operation, query, result=result, places=places, unknown=unknown)
    headers = {"Content-Language": lang, "Cache-Control": "no-store"}
    return Response(page, headers=headers, media_type="text/html")


async def _fetch(request: Request, operation: Operation, *, graph: bool, whole: bool) -> Found:
    """What a page shows of the answer; where it is to be ``whole``, as much as a table of it has."""
    answer = await run(Site.of(request), request, operation, asked=asked_as(graph=graph))
    return await read(answer, graph=graph, within=_FILE if whole else PAGE)


def _page(
    request: Request,
    operation: Operation,
    query: str,
    *,
    result: Presented | None = None,
    places: Sequence[str] = (),
    problem: dict[str, Any] | None = None,
    unknown: Sequence[tuple[str, str]] = (),
) -> str:
    site, lang = Site.of(request), language(request)
    return site.page(
        request,
        "sparql.html",
        query=query,
        infer=operation.infer,
        answer=result,
        problem=problem,
        unknown=unknown,
        downloads=_downloads(request, operation, result, places=places),
        cited=site.citing(request, "/sparql", **_asked(operation))
        if result is not None and len(query) <= LONGEST
        else "",
        posted=len(query) > LONGEST,
        lengths=lengths(request, _files(result, places), OWN, graph=result.found.graph)
        if result is not None
        else [],
        examples=[(name, question.title[lang]) for name, question in library(site.kind).items()],
        words=_script_words(lang),
    )


def _address(request: Request, operation: Operation, **more: list[str]) -> str:
    """The address of the same query, with other parameters."""
    return Site.of(request).urls(request).local("/sparql", **{**_asked(operation), **more})


def _asked(operation: Operation) -> dict[str, str | list[str]]:
    """The query as the parameters of an address."""
    asked: dict[str, str | list[str]] = {"query": [need_query(operation)]}
    asked |= {INFER: ["true"]} if operation.infer else {}
    asked |= {
        name: list(graphs)
        for name, graphs in (
            ("default-graph-uri", operation.default_graphs),
            ("named-graph-uri", operation.named_graphs),
        )
        if graphs
    }
    return asked


def _files(result: Presented, places: Sequence[str]) -> list[media.Format]:
    """The formats that the answer can be had in."""
    known = {f.name: f for f in media.FORMATS}
    among = [known[name] for name in _FORMATS[result.found.graph]]
    if result.found.truth is not None:
        return [f for f in among if f.solutions]
    return [f for f in among if places or result.found.graph or not f.places]


def _downloads(
    request: Request, operation: Operation, result: Presented | None, *, places: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Name, format and address of each file that the answer can be had as."""
    if result is None:
        return []
    found_at = offered(places, lambda column: f"?{column}")
    return [
        (label, f.name, _address(request, operation, format=[f.name], **asked))
        for f in _files(result, places)
        for label, asked in (
            [(name, {PLACE: [column]} if column else {}) for name, column in found_at]
            if f.places
            else [(f.label, {})]
        )
    ]


def _script_words(lang: str) -> str:
    """What the script says, as JSON that can stand in a page."""
    t, place = translator(lang), LANGUAGES.index(lang)
    names = (
        "running",
        "empty",
        "cancelling",
        "cancelled",
        "failed",
        "copied",
        "too_long",
        "cleared",
        "sorted",
        "sorted_shown",
    )
    said = {
        "label": t("query_label"),
        "phrases": {english: words[place] for english, words in EDITOR.items()},
        **{name: t(f"js_{name}", head="{head}") for name in names},
    }
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
