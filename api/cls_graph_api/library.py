"""``/queries``: the ready questions as forms for people and as operations for programs.

CSV and XLSX are for people: columns have their names in the language of the request (``headers=names``:
the variables), things in a workbook have theirs. TSV, JSON and XML are those of SPARQL. GeoJSON has rows as
places, where they have any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import BadRequest, NotAcceptable
from cls_graph.media import choose
from cls_graph.queries import Question, library, question, themes
from cls_graph_api import maps, openapi, question_files, question_page
from cls_graph_api.asked import PATH, read
from cls_graph_api.forms import format_of, is_page, means_page, suffix_in, takes
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found
from cls_graph_api.question_files import FORMATS
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path
from cls_graph_api.woven import NETWORK

router = Routes()
FOR_PEOPLE = ("csv", "xlsx")


async def listing(request: Request) -> Response:
    """Every ready question, by theme: a page, or JSON with the parameters of each."""
    site, lang = Site.of(request), language(request)
    html = is_page(request, suffix_in(request))
    etag = site.etag_of(request, "queries", str(html))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    asked = library(site.kind).values()
    if not html:
        body = json.dumps([_described(request, q) for q in asked], ensure_ascii=False, indent=1)
        return Response(body + "\n", headers=headers, media_type="application/json")
    groups = [
        (words[lang], [q for q in asked if q.theme == name]) for name, words in themes(site.kind).items()
    ]
    return Response(
        site.page(request, "queries.html", groups=groups), headers=headers, media_type="text/html"
    )


def _described(request: Request, q: Question) -> dict[str, Any]:
    return {
        "name": q.name,
        "title": q.title,
        "description": q.description,
        "theme": q.theme,
        "view": q.view,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "scheme": p.scheme or None,
                "label": p.label,
                "schema": p.schema(),
            }
            for p in q.parameters
        ],
        "computation": q.how or None,
        "columns": [
            {"name": c, "label": {lang: q.label(c, lang) for lang in ("fr", "en")}} for c in q.columns
        ],
        "address": Site.of(request).urls(request).absolute(f"{PATH}/{q.name}"),
    }


async def unknown(request: Request, name: str) -> Response:
    """A name that no question has: 404, with the nearest one."""
    question(name.rpartition(".")[0] or name)
    raise not_found(request_path(request))


async def answer(request: Request, q: Question) -> Response:
    """The answer of a question, as a page with its form or in a format."""
    fmt = format_of(request, FORMATS, suffix_in(request))
    headers = request.query_params.get("headers", "labels")
    if headers not in ("labels", "names", ""):
        raise BadRequest("headers est labels ou names.", "headers is labels or names.", parameter="headers")
    try:
        asked = await read(request, q)
    except BadRequest as wrong:
        if fmt is None and q.parameter(str(wrong.extra.get("parameter"))) is not None:
            return await question_page.refused(request, q, wrong)
        raise
    if fmt is None or request.query_params.get(NETWORK):
        return await question_page.page(request, asked)
    if fmt.places:
        try:
            return await maps.question(request, asked)
        except NotAcceptable:
            others = tuple(f for f in FORMATS if not f.places)
            if request.query_params.get("format") or suffix_in(request):
                raise
            # Without a place: what else the client takes.
            if means_page(request, others, None):
                return await question_page.page(request, asked)
            if not takes(request, others):
                raise
            fmt = choose(request.headers.get("accept"), others)
    if fmt.name in FOR_PEOPLE:
        return await question_files.table(request, asked, fmt, plainly=headers == "names")
    return await question_files.data(request, asked, fmt)


def _handler(q: Question) -> Any:
    async def ask(request: Request) -> Response:
        return await answer(request, library(Site.of(request).kind)[q.name])

    ask.__name__ = q.name.replace("-", "_")
    ask.__doc__ = f"{q.description['en']}\n\n{q.description['fr']}"
    return ask


def _install(questions: Sequence[Question]) -> None:
    described = openapi.document(openapi.HTML, "application/json", also=(404, 406))
    router.read(
        PATH,
        PATH + ".{suffix}",
        summary="The ready questions with their parameters / Les questions prêtes et leurs paramètres",
        described=described,
    )(listing)
    for q in questions:
        path = f"{PATH}/{q.name}"
        router.read(
            path,
            path + ".{suffix}",
            summary=f"{q.title['en']} / {q.title['fr']}",
            described=openapi.question(q, FORMATS),
        )(_handler(q))
    router.add_api_route(PATH + "/{name}", unknown, methods=["GET", "HEAD"], include_in_schema=False)


_install(list(library().values()))
