"""A list as GeoJSON: a feature a thing, at the points of its territories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.geo.points import territory_key
from cls_graph.queries.geojson import Feature, members
from cls_graph.queries.placing import Way
from cls_graph.queries.spots import Placer
from cls_graph_api import maps, sheets
from cls_graph_api.charging import admit
from cls_graph_api.pages import answering, lists
from cls_graph_api.site import Site, request_path

if TYPE_CHECKING:
    from cls_graph_api.pages.listing import Asked

_OWN = {"title": "label", "name": "label"}
"""Columns of the names of the things themselves, and what these are called as properties."""


async def answer(request: Request, asked: Asked, etag: str) -> Response:
    """The list; all of its things, unless a page of them is asked for. Where it is cut it says so."""
    site, listing, lang = Site.of(request), asked.listing, asked.lang
    t = asked.t
    kept = {name: value for name, value in asked.query.items() if name not in answering.USUAL}
    about: list[tuple[str, object]] = [
        ("question", t(listing.word)),
        *((name, value) for name, value in kept.items()),
        *sheets.known_origin(request, lang),
        ("web_address", site.urls(request).absolute(request_path(request), **kept)),
    ]
    heads = {"iri": "IRI"} | {_OWN.get(c.name, c.name): t(c.word) for c in listing.columns}
    said = {**members(about, heads, None), "total": len(asked.found)}
    admit(request)
    made = await maps.written(request, _features(asked), said, lang, cut=asked.index.cut)
    response = answering.respond(request, made.body, media.GEOJSON.media_type, etag)
    if made.full or asked.index.cut:
        limit = "sheet_bytes" if made.full else asked.index.limit
        response.headers["CLS-Truncated"] = f"rows={made.count}; limit={limit}"
    name = f"{listing.path.strip('/')}.{media.GEOJSON.extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _features(asked: Asked) -> Iterator[Feature]:
    # Where a thing of a list is, the list says: no column is looked at.
    placer = Placer(Way("", 0, ""), lang=asked.lang)
    for thing in asked.wanted:
        keys = (territory_key(iri) for iri in asked.listing.places(thing))
        yield Feature(placer.at(filter(None, keys)), _properties(asked, thing))


def _properties(asked: Asked, thing: Any) -> dict[str, object]:
    """The cells of a thing: texts and numbers; of a column of things their identifiers and, beside, names."""
    found: dict[str, object] = {"iri": thing.iri, "label": asked.index.name(thing.iri, asked.lang)}
    for column in asked.listing.columns:
        if column.iris is None:
            said = column.text(thing, asked.lang) if column.text else None
            found[column.name] = said if isinstance(said, int) else column.said(thing, asked.lang) or None
        elif list(column.iris(thing)) != [thing.iri]:
            linked = lists.links(column.iris(thing), asked.index, asked.lang, str)
            found[column.name] = [link.iri for link in linked]
            found[f"{column.name}Label"] = [link.text for link in linked]
    return found
