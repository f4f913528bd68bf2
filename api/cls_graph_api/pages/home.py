"""``/``: what the service holds, three questions, and a place to ask one's own."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.namespaces import CLS, RDFS
from cls_graph.queries import library
from cls_graph.release.examples import query_of
from cls_graph_api import openapi
from cls_graph_api.i18n import TEXTS, language
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.results import STARTER
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
QUESTIONS = ("shared-parties", "shared-determinants", "inferred-dates")
"""The questions of the library that the start page asks."""

_CONTRACTS = f"""
SELECT ?contract (MIN(STR(?any)) AS ?label) WHERE {{
  ?contract a <{CLS}LocalHealthContract> ; <{RDFS}label> ?any
}} GROUP BY ?contract ORDER BY ?label ?contract LIMIT 101
"""


@router.read("/", summary="Start page / Page d'accueil", described=openapi.document(openapi.HTML, fixed=True))
async def start(request: Request) -> Response:
    """The start page."""
    site, lang = Site.of(request), language(request)
    etag = site.etag_of(request, "start")
    if unchanged := not_modified(request, etag):
        return unchanged
    contracts = await while_connected(request, _contracts(site))
    text = site.page(
        request,
        "start.html",
        counts=sorted(site.manifest.get("counts", {}).items(), key=_place),
        contracts=contracts[:100],
        examples=[(library()[name], query_of(library()[name])) for name in QUESTIONS],
        query=STARTER,
    )
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    if site.manifest.get("licence"):
        headers["Link"] = f'<{site.manifest["licence"]}>; rel="license"'
    return Response(text, headers=headers, media_type="text/html")


def _place(count: tuple[str, int]) -> tuple[int, str]:
    """Counts in the order of the table of words, the total last."""
    names = list(TEXTS)
    known = count[0] in TEXTS and count[0] != "quads"
    return (names.index(count[0]) if known else len(names), count[0])


async def _contracts(site: Site) -> list[dict[str, Any]]:
    answer = await site.pool.query(_CONTRACTS, asked="json")
    rows = json.loads(b"".join([block async for block in answer.body]))["results"]["bindings"]
    return [{"iri": row["contract"]["value"], "label": row["label"]["value"]} for row in rows]
