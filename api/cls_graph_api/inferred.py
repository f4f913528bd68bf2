"""What rules infer about a thing, for its page: each statement with the rule that gives it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cls_graph.namespaces import PREFIXES, RDFS, RULES
from cls_graph_api.results import shorten
from cls_graph_api.shown import Link
from cls_graph_api.site import Site
from cls_graph_api.urls import Urls
from cls_graph_api.views import labels_of
from cls_graph_api.words import words_for

_MOST = 200
_QUERY = """
SELECT ?p ?o ?rule WHERE {{
  GRAPH ?g {{ <{iri}> ?p ?o }} FILTER STRSTARTS(STR(?g), "{graphs}")
  BIND (IRI(CONCAT("{rules}", STRAFTER(STR(?g), "{graphs}"))) AS ?name)
  OPTIONAL {{ ?name <{rdfs}comment> ?rule FILTER (LANG(?rule) = "{lang}") }}
}} ORDER BY ?p ?o ?rule LIMIT {most}
"""


@dataclass(frozen=True)
class Entailed:
    """One statement: its property and value, the sentence of its rule, and where it is explained."""

    property: Link
    value: Link
    rule: str
    why: str


async def entailed(site: Site, iri: str, urls: Urls, lang: str) -> list[Entailed]:
    """What is inferred about ``iri``, and stated nowhere."""
    query = _QUERY.format(
        iri=iri, graphs=f"{site.base}graph/inferred/", rules=RULES, rdfs=RDFS, lang=lang, most=_MOST
    )
    answer = await site.pool.query(query, asked="json", infer=True)
    found = json.loads(b"".join([block async for block in answer.body]))["results"]["bindings"]
    terms = [row[name]["value"] for row in found for name in ("p", "o") if row[name]["type"] == "uri"]
    labels = await labels_of(site, dict.fromkeys(terms), lang)
    shown: dict[tuple[str, str], Entailed] = {}
    for row in found:
        cells = {name: cell["value"] for name, cell in row.items()}
        p, o, node = cells["p"], cells["o"], row["o"]["type"] == "uri"
        name = labels.get(p) or words_for(p, lang) or shorten(p, PREFIXES)
        spare = words_for(o, lang) or urls.path_of(o) or shorten(o, PREFIXES)
        value = Link(labels.get(o, spare), urls.link(o)) if node else Link(o)
        why = urls.local("/explain", s=iri, p=p, o=f"<{o}>" if node else o)
        statement = Entailed(Link(name, urls.link(p)), value, cells.get("rule", ""), why)
        shown.setdefault((p, o), statement)
    return list(shown.values())
