"""``/network``: contracts and bodies as a network: a picture, a table, and files for other tools."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.collation import by_words
from cls_graph.errors import BadRequest
from cls_graph.pictures.network import LIMIT, LINKS, Node, Shown, capped, legend, network, written
from cls_graph.pictures.svg import Picture
from cls_graph_api import openapi
from cls_graph_api.forms import form_of, suffix_in
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.described import narrowed
from cls_graph_api.pages.facets import CONTRACTS
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.listing import Asked
from cls_graph_api.pages.model import Index
from cls_graph_api.pages.webs import MODES, centre_of, graphml, grouped, web
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
ALL = "all"
DATA = {form.name: form.media_type for form in media.NETWORKS}
_MORE = ("mode", "centre", "limit", "links")
_ALL_NODES, _ALL_LINKS = 1_000_000, 100_000_000
_CHOICES = 300
"""Bodies that the menu names, those in most contracts first."""


@dataclass(frozen=True)
class _Drawn:
    shown: Shown
    picture: Picture


_KEPT: dict[str, _Drawn] = {}
_MOST_KEPT = 40


@router.read(
    "/network",
    "/network.{suffix}",
    summary="Contracts and bodies as a network / Contrats et organismes en réseau",
    described=narrowed(
        CONTRACTS,
        openapi.parameter("mode", "Contracts with their bodies, or bodies by the contracts that they share"),
        openapi.parameter("centre", "The key of a body whose neighbourhood is shown, or all"),
        openapi.parameter("limit", "Nodes at most, those that have most links"),
        openapi.parameter("links", "Links at most, the strongest"),
        files=media.NETWORKS,
    ),
)
async def page(request: Request) -> Response:
    """The neighbourhood of one body, or what the facets leave; HTML, JSON, CSV, GraphML or SVG."""
    site, lang = Site.of(request), language(request)
    form = form_of(request, media.NETWORKS, suffix_in(request))
    index = await while_connected(request, index_of(site))
    asked = Asked(request, lists.contracts(index), index, more=_MORE)
    mode = answering.choice(asked.query, "mode", MODES)
    still = form in ("html", "svg")
    limit = answering.number(asked.query, "limit", LIMIT if still else _ALL_NODES, _ALL_NODES)
    most = answering.number(asked.query, "links", LINKS if still else _ALL_LINKS, _ALL_LINKS)
    if still:
        limit, most = min(limit, LIMIT), min(most, LINKS)
    etag = answering.tag(request, form, {**asked.query})
    if known := answering.unchanged(request, etag):
        return known
    centre = _centre(asked, index)
    t = site.words(request)
    kept = _KEPT.get(etag)
    link = site.urls(request).link

    def gathered() -> Shown:
        contracts = [c for c in asked.found if not centre or centre in c.organisations]
        nodes, links = web(contracts, mode, index, lang, t("contract_one"), link)
        return capped(nodes, links, limit, centre, most)

    # Of a whole country this takes seconds, in which others are to be answered.
    shown = kept.shown if kept else await while_connected(request, asyncio.to_thread(gathered))
    if not still:
        body = await asyncio.to_thread(data, form, shown, centre, t)
        return answering.respond(request, body, DATA[form], etag)
    title = _title(t, mode, index.name(centre, lang) if centre else "")
    few = replace(shown, nodes=grouped(shown.nodes, t))
    if kept is None:
        kept = _Drawn(shown, await asyncio.to_thread(_draw, few, title, centre, lang))
        _keep(etag, kept)
    picture = kept.picture
    if form == "svg":
        return answering.respond(request, picture.svg, DATA[form], etag)
    values = _shown(request, asked, index, shown, mode, centre, title, picture)
    values["data"] = embedded(shown, few.nodes, centre)
    values["legend"] = [(Markup(key), kind) for key, kind in legend(few.nodes)]
    body = site.page(request, "network.html", **values)
    return answering.respond(request, body, "text/html", etag)


def _keep(etag: str, drawn: _Drawn) -> None:
    """Keep a network, which takes seconds to gather and lay out, under the tag of its page."""
    _KEPT[etag] = drawn
    while len(_KEPT) > _MOST_KEPT:
        _KEPT.pop(next(iter(_KEPT)))


def _centre(asked: Asked, index: Index) -> str:
    """The body that the network is around: the one asked for, else the one that is in most contracts.

    Under facets it is everything that they leave. Raises ``BadRequest`` for a body that is not here.
    """
    said = next(iter(asked.query.get("centre", ())), "")
    if said == ALL:
        return ""
    if said:
        found = next((o.iri for o in index.organisations.values() if o.key == said), "")
        if not found:
            raise BadRequest(
                f"Aucun organisme n'a la clé « {said} ».",
                f"No body has the key '{said}'.",
                parameter="centre",
            )
        return found
    chosen = any(asked.query.get(facet.name) for facet in asked.listing.facets) or asked.words
    return "" if chosen else centre_of(asked.found, index)


def _title(t: Any, mode: str, name: str) -> str:
    title = t(f"web_{mode}")
    return t("web_around", title=title, name=name) if name else str(title)


def _draw(shown: Shown, title: str, centre: str, lang: str) -> Picture:
    return network(shown.nodes, shown.links, title=title, focus=centre, lang=lang, width=960)


def data(form: str, shown: Shown, centre: str, t: Any, few: list[Node] | None = None) -> str | bytes:
    """The network as JSON, GraphML or CSV; ``few`` are its nodes in the kinds that shapes tell apart."""
    if form == "graphml":
        return graphml(shown.nodes, shown.links)
    if form == "json":
        groups = grouped(shown.nodes, t) if few is None else few
        return answering.as_json(_json(shown, groups, centre))
    names = {node.id: node.label for node in shown.nodes}
    rows: list[list[object]] = [
        [r.source, names[r.source], r.target, names[r.target], _whole(r.weight)] for r in shown.links
    ]
    columns = ("web_source", "web_source_name", "web_target", "web_target_name", "web_weight")
    heads = [t(column) for column in columns]
    return answering.as_csv(heads, rows)


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else number


def embedded(shown: Shown, few: list[Node], centre: str = "") -> Markup:
    """The network as JSON that can stand in a page, for the script that draws it."""
    told = json.dumps(_json(shown, few, centre), ensure_ascii=False, separators=(",", ":"))
    return Markup(told.replace("<", "\\u003c"))  # nothing in it is HTML


def _json(shown: Shown, few: list[Node], centre: str) -> dict[str, Any]:
    """The network; ``few`` are its nodes in the kinds that a picture tells apart."""
    names = written(few)
    return {
        "centre": centre,
        "left_out": shown.left_out,
        "links_left_out": shown.links_left_out,
        "nodes": [
            {
                "id": node.id,
                "label": node.label,
                "brief": names[node.id],
                "kind": node.kind,
                "group": group.kind,
                "place": group.place,
                "href": node.href,
                "links": shown.degree.get(node.id, 0),
            }
            for node, group in zip(shown.nodes, few, strict=True)
        ],
        "links": [{"source": r.source, "target": r.target, "weight": r.weight} for r in shown.links],
    }


def _shown(
    request: Request,
    asked: Asked,
    index: Index,
    shown: Shown,
    mode: str,
    centre: str,
    title: str,
    picture: Picture,
) -> dict[str, Any]:
    """What the template is given."""
    urls, lang = Site.of(request).urls(request), language(request)
    address = asked.address()
    bodies = sorted(index.organisations.values(), key=lambda o: (-len(o.roles), index.name(o.iri, lang)))
    order = sorted(shown.nodes, key=lambda n: (-shown.degree.get(n.id, 0), by_words(n.label), n.id))
    return {
        "asked": asked,
        "title": title,
        "picture": picture,
        "mode": mode,
        "modes": [(name, urls.local("/network", **{**address, "mode": name})) for name in MODES],
        "centre": index.organisations[centre].key if centre else ALL,
        "bodies": [(o.key, index.name(o.iri, lang)) for o in bodies[:_CHOICES] if o.key],
        "rows": [(node, shown.degree.get(node.id, 0)) for node in order],
        "left_out": shown.left_out,
        "links_left_out": shown.links_left_out,
        "links": len(shown.links),
        "formats": [(name, urls.local(f"/network.{name}", **address), kind) for name, kind in DATA.items()],
        "facets": asked.narrowed.shown(index, lang, asked.query.get("more", [])),
        "extra": [(name, asked.query[name][0]) for name in ("mode",) if asked.query.get(name)],
        "kept": [
            (name, value)
            for name, values in asked.query.items()
            if name not in ("centre", "limit", "links", "page", *answering.USUAL)
            for value in values
        ],
    }
