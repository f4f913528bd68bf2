"""``/timeline``: the periods of contracts on a scale of years, drawn by the server, with their table."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.pictures.timeline import Span, timeline
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.described import narrowed
from cls_graph_api.pages.facets import CONTRACTS
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.listing import Asked
from cls_graph_api.pages.model import Contract
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Link
from cls_graph_api.site import Site

router = Routes()
_HEADS = ("col_contract", "col_begin", "col_end", "col_duration", "col_status", "col_after")


@router.read(
    "/timeline",
    "/timeline.{suffix}",
    summary="Contracts on a scale of years / Chronologie des contrats",
    described=narrowed(CONTRACTS),
)
async def timeline_page(request: Request) -> Response:
    """The periods as the sources state them; contracts without one are listed apart."""
    site = Site.of(request)
    form = answering.form_of(request)
    index = await while_connected(request, index_of(site))
    asked = Asked(request, lists.contracts(index), index, sort="period")
    etag = answering.tag(request, form, {**asked.query})
    if known := answering.unchanged(request, etag):
        return known
    if form == "csv":
        rows = [[c.iri, index.name(c.iri, asked.lang), c.begin, c.end, *_more(asked, c)] for c in asked.found]
        body = answering.as_csv(["IRI", *(asked.t(word) for word in _HEADS)], rows)
        return answering.respond(request, body, "text/csv", etag)
    if form == "json":
        items = [_item(asked, c) for c in asked.found]
        found = answering.as_json({"total": len(items), "items": items})
        return answering.respond(request, found, "application/json", etag)
    return answering.respond(request, _html(request, asked), "text/html", etag)


def _more(asked: Asked, contract: Contract) -> list[str]:
    names = [asked.index.name(iri, asked.lang) for iri in sorted(contract.predecessors)]
    lasting = lists.duration(contract, asked.lang)
    return [
        lasting,
        asked.index.name(contract.status, asked.lang) if contract.status else "",
        " ; ".join(names),
    ]


def _item(asked: Asked, contract: Contract) -> dict[str, Any]:
    return {
        "iri": contract.iri,
        "label": asked.index.name(contract.iri, asked.lang),
        "begin": contract.begin,
        "end": contract.end,
        "duration": contract.duration or None,
        "status": contract.status or None,
        "succeeds": sorted(contract.predecessors),
    }


def _html(request: Request, asked: Asked) -> str:
    site = Site.of(request)
    urls, index, lang = site.urls(request), asked.index, asked.lang
    dated = [c for c in asked.rows if c.begin is not None or c.end is not None]
    spans = [Span(lists.brief(c, index, lang), c.begin, c.end, urls.link(c.iri)) for c in dated]
    title = asked.t("timeline")

    def linked(*iris: str) -> list[Link]:
        return lists.links([iri for iri in iris if iri], index, lang, urls.link)

    return site.page(
        request,
        "timeline.html",
        asked=asked,
        picture=timeline(spans, title=title, lang=lang) if spans else "",
        rows=[
            (
                linked(c.iri)[0],
                c.begin,
                c.end,
                lists.duration(c, lang),
                linked(c.status),
                linked(*c.predecessors),
            )
            for c in asked.rows
        ],
        heads=_HEADS,
        facets=asked.narrowed.shown(index, lang, asked.query.get("more", [])),
        formats=answering.alternates(request, "/timeline", asked.address()),
        cut=index.cut,
    )
