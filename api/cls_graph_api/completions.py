"""``/sparql/completions``: what an editor may propose: prefixes, classes, properties and things by name.

Counts are those of the VoID description in the data; where it does not count properties, those of the
data themselves. Where neither can be had, terms come without.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import QueryOutOfMemory, QueryTimeout
from cls_graph.namespaces import OWL, RDF, RDFS, SKOS, VOCAB, VOID, prefixes
from cls_graph_api import openapi
from cls_graph_api.i18n import language
from cls_graph_api.representations import rows
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.results import shorten
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site
from cls_graph_api.views import labels_of
from cls_graph_api.words import words_for

router = Routes()
MOST_THINGS = 3000
"""Things of which the names are given; the terms of code lists come first."""

_TERMS = f"""
SELECT ?kind ?term (MAX(?n) AS ?count) WHERE {{
  {{ ?part <{VOID}class> ?term ; <{VOID}entities> ?n . BIND("class" AS ?kind) }}
  UNION {{ ?dataset <{VOID}propertyPartition> ?part . ?part <{VOID}property> ?term ; <{VOID}triples> ?n .
           FILTER NOT EXISTS {{ ?dataset <{VOID}class> ?class }} BIND("property" AS ?kind) }}
  UNION {{ VALUES (?type ?kind) {{
      (<{OWL}Class> "class") (<{RDFS}Class> "class") (<{RDF}Property> "property")
      (<{OWL}ObjectProperty> "property") (<{OWL}DatatypeProperty> "property") }}
    ?term a ?type . BIND(0 AS ?n) }}
  FILTER(isIRI(?term))
}} GROUP BY ?kind ?term ORDER BY ?kind DESC(?count) ?term LIMIT 1000
"""
_COUNTED = """
SELECT ?term (COUNT(*) AS ?count) WHERE { ?s ?term ?o } GROUP BY ?term ORDER BY DESC(?count) ?term LIMIT 1000
"""
_USES = f"""
SELECT ?class ?term (MAX(?n) AS ?count) WHERE {{
  ?of <{VOID}class> ?class ; <{VOID}propertyPartition> ?part .
  ?part <{VOID}property> ?term ; <{VOID}triples> ?n
}} GROUP BY ?class ?term ORDER BY ?class DESC(?count) ?term LIMIT 10000
"""


def _things(start: str, limit: int) -> str:
    # A node of a contract is named by its place in it, which nobody types.
    return f"""SELECT DISTINCT ?thing WHERE {{ ?thing <{SKOS}prefLabel>|<{RDFS}label> ?name
  FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), "{start}")
         && !CONTAINS(STRAFTER(STR(?thing), "{start}contract/"), "/")) }} ORDER BY ?thing LIMIT {limit}"""


@router.read(
    "/sparql/completions",
    summary="What an editor may propose / Ce qu'un éditeur peut proposer",
    described=openapi.document("application/json", fixed=True),
)
async def completions(request: Request) -> Response:
    """Prefixes; a row for each term: IRI, short name or nothing, label, kind, how often it is there; and
    the properties that the things of each class have, those used most first."""
    site, lang = Site.of(request), language(request)
    etag = site.etag("completions", lang)
    if unchanged := not_modified(request, etag):
        return unchanged
    digest = str(site.manifest["digest"])
    known, body = site.desk.completions.get(lang, ("", b""))
    if known != digest or not digest:
        body = json.dumps(await while_connected(request, _proposals(site, lang)), ensure_ascii=False).encode()
        site.desk.completions[lang] = digest, body
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    return Response(body, headers=headers, media_type="application/json")


async def _proposals(site: Site, lang: str) -> dict[str, Any]:
    names = prefixes(site.base)
    terms = await counted_terms(site)
    concepts = [row["thing"] for row in await rows(site, _things(VOCAB, MOST_THINGS // 3))]
    things = [row["thing"] for row in await rows(site, _things(site.base + "id/", MOST_THINGS))]
    ordered = [*concepts, *things][:MOST_THINGS]
    labels = await labels_of(site, [*(row["term"] for row in terms), *ordered], lang)
    return {
        "prefixes": names,
        "terms": [
            *_rows(((row["term"], row["kind"], int(row["count"])) for row in terms), labels, names, lang),
            *_rows(((iri, "thing", 0) for iri in ordered), labels, names, lang),
        ],
        "uses": await _uses(site),
    }


async def counted_terms(site: Site) -> list[dict[str, str]]:
    """Classes and properties, each kind by how often it is there."""
    terms = await rows(site, _TERMS)
    if any(row["kind"] == "property" and row["count"] != "0" for row in terms):
        return terms
    with suppress(QueryTimeout, QueryOutOfMemory):
        counted = [{**row, "kind": "property"} for row in await rows(site, _COUNTED)]
        known = {row["term"] for row in counted}
        return [*counted, *(row for row in terms if row["kind"] != "property" or row["term"] not in known)]
    return terms


async def _uses(site: Site) -> dict[str, list[str]]:
    uses: dict[str, list[str]] = {}
    for row in await rows(site, _USES):
        uses.setdefault(row["class"], []).append(row["term"])
    return uses


def _rows(
    terms: Iterable[tuple[str, str, int]], labels: dict[str, str], names: dict[str, str], lang: str
) -> list[list[Any]]:
    return [
        [iri, _name(iri, names), labels.get(iri) or words_for(iri, lang) or "", kind, count]
        for iri, kind, count in terms
    ]


def _name(iri: str, names: dict[str, str]) -> str:
    """The prefixed name, where the query language can spell it."""
    short = shorten(iri, names)
    local = short.partition(":")[2]
    return short if short != iri and local.replace("-", "").replace("_", "").isalnum() else ""
