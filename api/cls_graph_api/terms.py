"""``/ontology``: the terms, in one document, because their identifiers differ only after the ``#``."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.namespaces import RDFS, SKOS
from cls_graph_api.i18n import language
from cls_graph_api.problems import wants_html
from cls_graph_api.responses import CACHE, Streamed, not_modified, while_connected
from cls_graph_api.site import Site

router = APIRouter()

_TERMS = """
SELECT ?term ?label ?comment WHERE {{
  GRAPH <{graph}> {{
    ?term <{rdfs}label> ?label FILTER(CONTAINS(STR(?term), "#") && LANG(?label) = "{lang}")
    OPTIONAL {{ ?term <{rdfs}comment>|<{skos}definition> ?comment FILTER(LANG(?comment) = "{lang}") }}
  }}
}} ORDER BY ?term ?comment
"""


@router.api_route("/ontology", methods=["GET", "HEAD"], summary="The ontology, to read or as RDF")
async def ontology(request: Request) -> Response:
    """A page with an anchor a term, or the whole graph of the ontology."""
    site, lang = Site.of(request), language(request)
    asked = request.query_params.get("format") or None
    html = asked == "html" or (asked is None and wants_html(request))
    etag = site.etag("ontology", lang, str(html), asked or request.headers.get("accept", ""))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE}
    if html:
        text = site.page(request, "ontology.html", terms=await while_connected(request, _terms(site, lang)))
        return Response(text, headers={**headers, "Content-Language": lang}, media_type="text/html")
    media.choose(request.headers.get("accept"), media.GRAPHS, asked)
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{site.base}graph/ontology> {{ ?s ?p ?o }} }}"
    work = site.pool.query(query, accept=request.headers.get("accept"), asked=asked)
    answer = await while_connected(request, work)
    if answer.whole is not None:
        return Response(answer.whole, headers=headers, media_type=answer.media_type)
    return Streamed(answer, headers)


async def _terms(site: Site, lang: str) -> list[dict[str, Any]]:
    """The terms with label and definition, in the order of their names."""
    query = _TERMS.format(graph=f"{site.base}graph/ontology", rdfs=RDFS, skos=SKOS, lang=lang)
    answer = await site.pool.query(query, asked="json")
    rows = json.loads(b"".join([block async for block in answer.body]))["results"]["bindings"]
    terms: dict[str, dict[str, Any]] = {}
    for row in rows:
        iri = row["term"]["value"]
        terms.setdefault(
            iri,
            {
                "anchor": iri.rpartition("#")[2],
                "label": row["label"]["value"],
                "comment": row.get("comment", {}).get("value", ""),
            },
        )
    return sorted(terms.values(), key=lambda term: str(term["anchor"]))
