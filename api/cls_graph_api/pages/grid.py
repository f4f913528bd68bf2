"""``/map``: contracts by département, as a grid of squares of one size, and as a table."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.pictures import Picture, tiles
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.described import narrowed
from cls_graph_api.pages.facets import CONTRACTS
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.listing import Asked
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()


def counted(contracts: list[Contract]) -> Counter[str]:
    """How many of the contracts are in each département, by IRI."""
    return Counter(iri for contract in contracts for iri in contract.departements)


def drawn(request: Request, index: Index, counts: Counter[str]) -> Picture:
    """The grid, each square with contracts a link to their list."""
    site, lang = Site.of(request), language(request)
    urls = site.urls(request)
    codes = {iri: index.territories[iri].code for iri in counts if iri in index.territories}
    return tiles(
        {code: counts[iri] for iri, code in codes.items()},
        title=site.words(request)("map"),
        # The official codes take seconds to load; squares of départements that are not here have their code.
        names={
            t.code: index.name(t.iri, lang) for t in index.territories.values() if t.level == "departement"
        },
        links={c: urls.local("/contracts", departement=f"departement/{c}") for c in codes.values()},
        lang=lang,
    )


@router.read(
    "/map",
    "/map.{suffix}",
    summary="Contracts by département / Contrats par département",
    described=narrowed(CONTRACTS),
)
async def grid(request: Request) -> Response:
    """A square for each département, overseas included, and the same as a table; HTML, JSON or CSV."""
    site, lang = Site.of(request), language(request)
    form = answering.form_of(request)
    index = await while_connected(request, index_of(site))
    asked = Asked(request, lists.contracts(index), index)
    etag = answering.tag(request, form, {**asked.query})
    if known := answering.unchanged(request, etag):
        return known
    t = site.words(request)
    counts = counted(asked.found)
    ordered = sorted(counts, key=lambda iri: (-counts[iri], index.name(iri, lang)))
    codes = {iri: index.territories[iri].code if iri in index.territories else "" for iri in ordered}
    if form == "csv":
        heads = [t("code"), t("facet_departement"), t("contracts_title")]
        rows = [[codes[iri], index.name(iri, lang), counts[iri]] for iri in ordered]
        return answering.respond(request, answering.as_csv(heads, rows), "text/csv", etag)
    if form == "json":
        items = [
            {"iri": i, "code": codes[i], "label": index.name(i, lang), "contracts": counts[i]}
            for i in ordered
        ]
        body = answering.as_json({"total": len(items), "items": items})
        return answering.respond(request, body, "application/json", etag)
    urls = site.urls(request)
    body = site.page(
        request,
        "map.html",
        asked=asked,
        picture=drawn(request, index, counts),
        rows=[
            (codes[i], lists.links([i], index, lang, urls.link)[0], counts[i], f"departement/{codes[i]}")
            for i in ordered
        ],
        without=sum(not c.departements for c in asked.found),
        facets=asked.narrowed.shown(index, lang, asked.query.get("more", [])),
        formats=answering.alternates(request, "/map", asked.address()),
    )
    return answering.respond(request, body, "text/html", etag)
