"""``/explain``: why a statement is there, as a page, as text or as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest, NotAcceptable
from cls_graph_api import openapi
from cls_graph_api.i18n import language
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Link
from cls_graph_api.site import Site
from cls_graph_api.urls import Urls

router = Routes()
_WORDS = ("s", "p", "o")
_TYPES = {"json": "application/json", "text": "text/plain", "html": "text/html"}
_SUMMARY = "Why a statement is there / Pourquoi un énoncé est là"


@dataclass(frozen=True)
class Step:
    """One statement of an explanation, for the page."""

    words: tuple[Link, Link, Link]
    kind: str
    rule: str
    graphs: list[str]
    notes: list[str]
    passages: list[tuple[str, Link, str]]
    premises: list[Step]


@router.read("/explain", summary=_SUMMARY, described=openapi.explanation())
async def explain(request: Request) -> Response:
    """The evidence of a stated fact; of an inferred one the rule and its premises, down to quotes."""
    site, lang = Site.of(request), language(request)
    statement = _statement(request)
    form = _form(request)
    urls = site.urls(request)
    etag = site.etag_of(request, "explain", *statement, form)
    if unchanged := not_modified(request, etag):
        return unchanged
    found = await while_connected(request, site.pool.explain(statement, lang))
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    if form == "html":
        step = _step(found["explanation"], urls, lang)
        body = site.page(request, "explain.html", step=step, formats=_formats(urls, statement))
    elif form == "text":
        body = found["text"]
    else:
        body = json.dumps(found["explanation"], ensure_ascii=False, indent=1) + "\n"
    return Response(body, headers=headers, media_type=_TYPES[form])


def _statement(request: Request) -> tuple[str, str, str]:
    """The three words. Raises ``BadRequest`` where one is missing or given twice."""
    words = []
    for name in _WORDS:
        given = request.query_params.getlist(name)
        if len(given) != 1 or not given[0]:
            raise BadRequest(
                "Il faut un sujet, une propriété et un objet : /explain?s=…&p=…&o=….",
                "A subject, a property and an object are needed: /explain?s=…&p=…&o=….",
                parameter=name,
            )
        words.append(given[0])
    return words[0], words[1], words[2]


def _form(request: Request) -> str:
    """``json``, ``text`` or ``html``. Raises ``NotAcceptable``."""
    asked = request.query_params.get("format")
    if asked:
        form: str | None = asked if asked in _TYPES else None
    else:
        chosen = media.negotiate(request.headers.get("accept"), list(_TYPES.values()))
        form = next((name for name, kind in _TYPES.items() if kind == chosen), None)
    if form is None:
        raise NotAcceptable(
            f"Formats : {', '.join(_TYPES)}.",
            f"Formats: {', '.join(_TYPES)}.",
            available=list(_TYPES.values()),
        )
    return form


def _formats(urls: Urls, statement: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    words: dict[str, str | list[str]] = dict(zip(_WORDS, statement, strict=True))
    return [(name, urls.local("/explain", **words, format=name), _TYPES[name]) for name in ("json", "text")]


def _step(found: dict[str, Any], urls: Urls, lang: str) -> Step:
    subject, predicate, value = (_link(found[name], urls) for name in ("subject", "predicate", "object"))
    passages = [
        (
            row["quote"],
            Link(row["title"] or row["document"], urls.link(row["document"])),
            f"{row['start']}–{row['end']}" if row["start"] is not None else "",
        )
        for row in found.get("evidence", ())
    ]
    return Step(
        (subject, predicate, value),
        found["kind"],
        found.get("rule", {}).get("sentence", {}).get(lang, ""),
        [name.partition("/graph/")[2] or name for name in found["graphs"]],
        found.get("notes", []),
        passages,
        [_step(premise, urls, lang) for premise in found.get("premises", ())],
    )


def _link(part: dict[str, str], urls: Urls) -> Link:
    term = part["term"]
    iri = term[1:-1] if term.startswith("<") else ""
    return Link(part["label"], urls.link(iri) if iri else "", iri=iri)
