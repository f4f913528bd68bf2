"""The page of a ready question: its form, and its answer as the table or picture that its head names."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import BadRequest
from cls_graph.pictures.columns import Chosen, is_number
from cls_graph.plainly import IN_WORDS
from cls_graph.queries import Parameter, Question, themes
from cls_graph.queries.placing import CONTRACT_KEYS
from cls_graph.queries.tables import Names, named, plain
from cls_graph.store.base import Term
from cls_graph_api.asked import PATH, Asked, Found, fetch, headers_of, names_of, unread
from cls_graph_api.columns import chosen
from cls_graph_api.maps import PLACE, offered, placing
from cls_graph_api.problems import problem_headers
from cls_graph_api.protocol import INFER
from cls_graph_api.question_files import FORMATS
from cls_graph_api.responses import not_modified, weak, while_connected
from cls_graph_api.results import MAX_ROWS
from cls_graph_api.results import Found as Read
from cls_graph_api.sheets import OWN, ROWS, lengths
from cls_graph_api.site import Site
from cls_graph_api.views import SUMMED, Cell, Presented, known_view, present
from cls_graph_api.woven import NETWORK, file, wanted

FEW = 60
"""Choices that fit a list to choose from; more are offered while one types."""
OFFERED = 2000
_END = 24
"""Characters of the end of an address that a table has."""


async def page(request: Request, asked: Asked) -> Response:
    """The form with what was given, the answer below. Raises ``BadRequest`` for a view that there is not."""
    site, q = Site.of(request), asked.question
    view = known_view(request.query_params.get("view", ""))
    columns, form = chosen(request.query_params), wanted(request.query_params.get(NETWORK, ""))
    view = NETWORK if form else view
    said = json.dumps([dict(asked.given), columns, form], sort_keys=True)
    headers = headers_of(request, asked, "html", view, said)
    if not form:
        # The page says how long the answer took: the same answer, but not the same bytes.
        headers["ETag"] = weak(headers["ETag"])
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    begun = time.perf_counter()
    found = await fetch(request, asked, ROWS if (view or q.view) in SUMMED else MAX_ROWS)
    seconds = time.perf_counter() - begun
    urls = site.urls(request)
    given: dict[str, str | list[str]] = {n: v for n, v in asked.given.items() if v and n != "lang"}
    given |= {INFER: "true"} if asked.infer else {}
    presented = _presented(request, asked, found, view, seconds, given, columns, form)
    shown = await while_connected(request, presented)
    if form:
        if found.cut:
            headers["CLS-Truncated"] = f"rows={len(found.rows)}; limit={found.limit}"
        return await file(request, shown.woven, form, shown.refused, headers)
    every = await placing(found.columns, found.rows, site.base)
    told = [c for c in every if c not in q.programs]
    placed = offered(told, lambda column: q.label(column, asked.lang)) if told else []
    if len(told) == 1 and told[0] != every[0]:
        placed = [(placed[0][0], told[0])]  # else the likeliest of all is taken
    formats = [f for f in FORMATS if placed or not f.places]
    body = site.page(
        request,
        "query.html",
        **_form(asked)
        | {
            "view": view,
            "alternates": [
                (f.name, urls.local(f"{PATH}/{q.name}.{f.extension}", **given), f.media_type) for f in formats
            ],
        },
        answer=shown,
        kept_for_picture=[*given.items(), *urls.kept],
        downloads=[
            (label, f.name, urls.local(f"{PATH}/{q.name}.{f.extension}", **given, **asking))
            for f in formats
            for label, asking in (
                [(name, {PLACE: column} if column else {}) for name, column in placed]
                if f.places
                else [(f.label, {})]
            )
        ],
        lengths=lengths(request, formats, ("csv", *OWN)),
        cited=site.citing(request, f"{PATH}/{q.name}", **given),
        query=asked.text,
        editor=urls.local(
            "/sparql", query=asked.text, format="html", **({INFER: "true"} if asked.infer else {})
        ),
        examples=[
            (name, urls.local(f"/.well-known/sparql-examples/{q.name}.{name}")) for name in ("rq", "ttl")
        ],
        command=_command(asked),
    )
    return Response(body, headers=headers, media_type="text/html")


async def refused(request: Request, question: Question, wrong: BadRequest) -> Response:
    """The form with what was given, and what is wrong with it, at its field too."""
    site, asked = Site.of(request), await unread(request, question)
    body = site.page(request, "query.html", **_form(asked, wrong))
    return Response(body, wrong.status, problem_headers(request, wrong), "text/html")


def _form(asked: Asked, wrong: BadRequest | None = None) -> dict[str, Any]:
    """What the template shows of a question before its answer."""
    q = asked.question
    return {
        "question": q,
        "theme_title": themes(q.kind)[q.theme][asked.lang],
        "fields": [_field(p, asked, wrong) for p in q.parameters if p.type != "language"],
        "infer": asked.infer,
        "view": "",
        "alternates": [],
        "problem": wrong.describe(asked.lang) if wrong else None,
    }


async def _presented(
    request: Request,
    asked: Asked,
    found: Found,
    view: str,
    seconds: float,
    given: dict[str, str | list[str]],
    picked: Chosen,
    form: str,
) -> Presented:
    """The answer in the view that is asked for, else in that of the question where it fits."""
    q, urls = asked.question, Site.of(request).urls(request)
    columns, rows = found.columns, found.rows
    names = await names_of(request, () if form else named(rows[:MAX_ROWS]), asked.lang)

    @cache
    def thing(term: Term | None) -> Term | None:
        """The contract in place of its key: what a network ties."""
        if isinstance(term, ox.Literal) and term.value:
            return ox.NamedNode(urls.iri(f"contract/{term.value}"))
        return term

    def tied() -> list[list[Term | None]]:
        lines = [list(row) for row in rows]
        for place, column in enumerate(columns):
            if column in CONTRACT_KEYS:
                for line in lines:
                    line[place] = thing(line[place])
        return lines

    lines = await asyncio.to_thread(tied)
    shown = await present(
        request,
        Read(list(columns), lines, limit=found.limit),
        view or q.view,
        seconds,
        lambda other: urls.local(f"{PATH}/{q.name}", **{**given, "view": other}) + "#answer",
        heads=[q.label(column, asked.lang) for column in columns],
        cell=lambda column, term: _cell(column, term, request, names),
        chosen=picked,
        usual=q.pictures,
        hidden=q.programs,
        form=form,
    )
    shown = replace(shown, empty=q.empty.get(asked.lang, ""))
    return shown if view else replace(shown, refused=None)


def _field(parameter: Parameter, asked: Asked, wrong: BadRequest | None = None) -> dict[str, Any]:
    """What the form needs to know of a parameter."""
    choices = asked.choices.get(parameter.name, [])
    refused = wrong is not None and wrong.extra["parameter"] == parameter.name
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
        # A browser shows nothing of a date or number that is none.
        "kind": "text" if refused else kinds.get(parameter.type, "text"),
        "least": parameter.least,
        "most": parameter.most,
        "wrong": wrong.detail[asked.lang] if wrong and refused else "",
    }


def _cell(column: str, term: Term | None, request: Request, names: Names) -> Cell:
    site = Site.of(request)
    urls = site.urls(request)
    if isinstance(term, ox.NamedNode):
        key = term.value.removeprefix(urls.iri("contract/"))
        told = key if column in CONTRACT_KEYS else names.of(term.value)
        if column == "source" and told == term.value:
            told = _brief(told)
        return Cell(told, urls.link(term.value))
    if not isinstance(term, ox.Literal):
        return Cell("" if term is None else str(term))
    if column == "source" and term.value.startswith(("https://", "http://")):
        return Cell(_brief(term.value), term.value)
    lang = term.language or ""
    in_words = IN_WORDS.get(term.datatype.value)
    said = in_words(term.value, names.lang) if in_words else str(plain(term, names))
    return Cell(said, lang="" if lang == names.lang else lang, number=is_number(term))


def _brief(address: str) -> str:
    """An address for a table: its host, and how it ends.

    >>> _brief("https://www.exemple.fr/index.php/lancement-du-3e-contrat-local-de-sante-de-la-ville")
    'exemple.fr/…/lancement-du-3e-contrat…'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host, *way = [parts.netloc.removeprefix("www."), *filter(None, parts.path.split("/"))]
    if not way:
        return host
    end = way[-1] if len(way[-1]) <= _END else way[-1][:_END].rstrip("-") + "…"
    return "/".join([host, *(["…"] if len(way) > 1 else []), end])


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
