"""``/queries``: the ready questions as forms for people and as operations for programs.

CSV and XLSX are for people: columns have their names in the language of the request (``headers=names``:
the variables), things in a workbook have theirs. TSV, JSON and XML are those of SPARQL.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest, TooLarge
from cls_graph.queries import THEMES, Parameter, Question, library, question
from cls_graph.queries.solutions import solutions
from cls_graph.queries.tables import Names, csv_table, named, plain, workbook
from cls_graph.store import EmbeddedStore
from cls_graph.store.base import Term
from cls_graph_api import openapi, sheets, sparql
from cls_graph_api.asked import Asked, Found, address, fetch, names_of, read
from cls_graph_api.i18n import language, translator
from cls_graph_api.problems import not_found, wants_html
from cls_graph_api.protocol import INFER, Operation
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path
from cls_graph_api.views import Cell

router = Routes()
PATH = "/queries"
PAGE_ROWS = 500
SHEET_ROWS = 50_000
"""Rows of a table for people, at most; one that is longer says so."""
FEW = 60
"""Choices that fit a list to choose from; more are offered while one types."""
OFFERED = 2000
FORMATS = (*media.SOLUTIONS, media.XLSX)
FOR_PEOPLE = ("csv", "xlsx")
_CONTRACTS = ("key", "otherKey", "previous")
"""Columns that hold the key of a contract."""


async def listing(request: Request) -> Response:
    """Every ready question, by theme: a page, or JSON with the parameters of each."""
    site, lang = Site.of(request), language(request)
    suffix = _suffix(request)
    asked = suffix or request.query_params.get("format")
    html = asked == "html" or (not asked and wants_html(request))
    if suffix not in ("", "html", "json"):
        raise not_found(request_path(request))
    etag = site.etag_of(request, "queries", str(html))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    if not html:
        body = json.dumps([_described(request, q) for q in library().values()], ensure_ascii=False, indent=1)
        return Response(body + "\n", headers=headers, media_type="application/json")
    themes = [
        (words[lang], [q for q in library().values() if q.theme == name]) for name, words in THEMES.items()
    ]
    return Response(
        site.page(request, "queries.html", groups=themes), headers=headers, media_type="text/html"
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
    fmt = _format(request)
    headers = request.query_params.get("headers", "labels")
    if headers not in ("labels", "names", ""):
        raise BadRequest("headers est labels ou names.", "headers is labels or names.", parameter="headers")
    asked = await read(request, q)
    if fmt is None:
        return await _page(request, asked)
    if fmt.name in FOR_PEOPLE:
        return await _table(request, asked, fmt, plainly=headers == "names")
    text = asked.text
    if q.computed:
        found = await fetch(request, asked, SHEET_ROWS)
        if found.cut:
            raise TooLarge("La réponse est trop longue.", "The answer is too long.")
        body = await asyncio.to_thread(_serialized, found, fmt)
        return Response(body, headers=_headers(request, asked, fmt.name), media_type=fmt.media_type)
    return await sparql.answer(request, Operation(text, format=fmt.name, infer=asked.infer), text)


def _serialized(found: Found, fmt: media.Format) -> bytes:
    return EmbeddedStore.from_quads([]).serialize(solutions(found.columns, found.rows), fmt)


def _format(request: Request) -> media.Format | None:
    """The format asked for; ``None`` for a page. Raises ``NotFound`` for a suffix that is none."""
    suffix = _suffix(request)
    if suffix and suffix not in ("html", *(f.extension for f in FORMATS)):
        raise not_found(request_path(request))
    asked = suffix or request.query_params.get("format") or None
    if asked == "html" or (asked is None and wants_html(request)):
        return None
    return media.choose(request.headers.get("accept"), FORMATS, asked)


def _suffix(request: Request) -> str:
    return str(request.path_params.get("suffix", ""))


def _headers(request: Request, asked: Asked, *form: str) -> dict[str, str]:
    site = Site.of(request)
    etag = site.etag_of(request, "question", asked.text, str(asked.infer), *form)
    return {"ETag": etag, "Cache-Control": CACHE, "Content-Language": asked.lang}


async def _table(request: Request, asked: Asked, fmt: media.Format, *, plainly: bool) -> Response:
    """CSV or XLSX for people."""
    headers = _headers(request, asked, fmt.name, str(plainly))
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    found = await fetch(request, asked, SHEET_ROWS)
    names = await names_of(request, named(found.rows), asked.lang)
    heads = [c if plainly else asked.question.label(c, asked.lang) for c in found.columns]
    if found.cut:
        headers["CLS-Truncated"] = f"rows={len(found.rows)}; limit=sheet_rows"
    headers["Content-Disposition"] = f'attachment; filename="{asked.question.name}.{fmt.extension}"'
    if fmt.name == "csv":
        body = await asyncio.to_thread(csv_table, heads, found.rows, names, found.cut)
    else:
        about = _about(request, asked, found)
        title = asked.question.title[asked.lang]
        body = await asyncio.to_thread(workbook, heads, found.rows, names, about, title=title, cut=found.cut)
    return Response(body, headers=headers, media_type=fmt.media_type)


def _about(request: Request, asked: Asked, found: Found) -> list[tuple[str, object]]:
    """What the second sheet says: the question, what was given, where the answer is from."""
    t = translator(asked.lang)
    q = asked.question
    path = f"{PATH}/{q.name}"
    return [
        (t("question"), q.title[asked.lang]),
        (t("definition"), q.description[asked.lang]),
        *asked.said(),
        (t("inferred"), t("yes") if asked.infer else t("no")),
        (t("row_count"), len(found.rows)),
        *sheets.origin(request, asked.lang),
        (t("web_address"), address(request, asked, path)),
        (t("query_label"), asked.text),
    ]


# --- the page


async def _page(request: Request, asked: Asked) -> Response:
    site, t = Site.of(request), translator(asked.lang)
    headers = _headers(request, asked, "html", json.dumps(dict(asked.given), sort_keys=True))
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    begun = time.perf_counter()
    found = await fetch(request, asked, PAGE_ROWS)
    seconds = time.perf_counter() - begun
    names = await names_of(request, named(found.rows), asked.lang)
    q, urls = asked.question, site.urls(request)
    given: dict[str, str | list[str]] = {n: v for n, v in asked.given.items() if v and n != "lang"}
    given |= {INFER: "true"} if asked.infer else {}
    count = len(found.rows)
    # The numbers of a person: 1,2 s and not 1.2 s.
    taken = f"{seconds:.2f}".replace(".", "," if asked.lang == "fr" else ".")
    page = site.page(
        request,
        "query.html",
        question=q,
        theme_title=THEMES[q.theme][asked.lang],
        fields=[_field(p, asked) for p in q.parameters if p.type != "language"],
        infer=asked.infer,
        heads=[(c, q.label(c, asked.lang)) for c in found.columns],
        rows=[
            [_cell(c, term, request, names) for c, term in zip(found.columns, row, strict=True)]
            for row in found.rows
        ],
        cut=t("cut_at", n=count) if found.cut else "",
        rows_text=t("one_row") if count == 1 else t("rows", n=count) if count else t("no_rows"),
        taken=t("taken", n=taken),
        downloads=[
            (f.name.upper(), urls.local(f"{PATH}/{q.name}.{f.extension}", **given), f.media_type)
            for f in FORMATS
        ],
        query=asked.text,
        editor=urls.local(
            "/sparql", query=asked.text, format="html", **({INFER: "true"} if asked.infer else {})
        ),
        example=urls.local(f"/.well-known/sparql-examples/{q.name}"),
        command=_command(asked),
    )
    return Response(page, headers=headers, media_type="text/html")


def _field(parameter: Parameter, asked: Asked) -> dict[str, Any]:
    """What the form needs to know of a parameter."""
    choices = asked.choices.get(parameter.name, [])
    kinds = {"date": "date", "year": "number", "integer": "number"}
    return {
        "name": parameter.name,
        "label": parameter.label[asked.lang],
        "value": asked.value(parameter),
        "optional": parameter.default is None,
        "choices": choices[:OFFERED],
        "more": len(choices) - OFFERED,
        "all": len(choices),
        "few": len(choices) <= FEW,
        "kind": kinds.get(parameter.type, "text"),
        "least": parameter.least,
        "most": parameter.most,
    }


def _cell(column: str, term: Term | None, request: Request, names: Names) -> Cell:
    site = Site.of(request)
    urls = site.urls(request)
    if isinstance(term, ox.NamedNode):
        return Cell(names.of(term.value), urls.link(term.value))
    if not isinstance(term, ox.Literal):
        return Cell("" if term is None else str(term))
    if column in _CONTRACTS and term.value:
        return Cell(term.value, urls.link(urls.iri(f"contract/{term.value}")))
    if column == "source" and term.value.startswith(("https://", "http://")):
        return Cell(term.value, term.value)
    lang = term.language or ""
    return Cell(str(plain(term, names)), lang="" if lang == names.lang else lang)


def _command(asked: Asked) -> str:
    """The command that asks the same."""
    words = [f"--param {name}={_quoted(value)}" for name, value in asked.given.items() if value]
    return " ".join(["cls-graph query", asked.question.name, *words])


def _quoted(value: str) -> str:
    return (
        value
        if value.replace("-", "").replace("/", "").isalnum()
        else "'" + value.replace("'", "'\\''") + "'"
    )


def _handler(q: Question) -> Any:
    async def ask(request: Request) -> Response:
        return await answer(request, q)

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
            described=openapi.question(q, [openapi.HTML, *(f.media_type for f in FORMATS)]),
        )(_handler(q))
    router.add_api_route(PATH + "/{name}", unknown, methods=["GET", "HEAD"], include_in_schema=False)


_install(list(library().values()))
