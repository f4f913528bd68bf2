"""``/ontology`` and ``/shapes``: one document each, because their identifiers differ only after the ``#``."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.namespaces import CLS, DCTERMS, OWL, PREFIXES, RDF, RDFS, SHAPES, SKOS, VOID
from cls_graph.namespaces import ONTOLOGY as ONTOLOGY_IRI
from cls_graph_api import openapi
from cls_graph_api.documents import Document, graph_document
from cls_graph_api.forms import suffix_in
from cls_graph_api.i18n import language
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.problems import not_found
from cls_graph_api.representations import is_iri, rows
from cls_graph_api.responses import while_connected
from cls_graph_api.results import shorten
from cls_graph_api.routing import Routes
from cls_graph_api.rulebook import rulebook
from cls_graph_api.site import Site, request_path

router = Routes()
ONTOLOGY = Document("ontology", "ontology", "ontology.html")
RULES = Document("shapes", "shapes", "shapes.html")

_TERMS = """
SELECT ?term ?kind ?label ?comment ?scope ?above ?domain ?range WHERE {{
  GRAPH <{graph}> {{
    ?term <{rdf}type> ?kind ; <{rdfs}label> ?label FILTER(CONTAINS(STR(?term), "#"))
    FILTER(LANG(?label) = "{lang}")
    OPTIONAL {{ ?term <{rdfs}comment>|<{skos}definition> ?comment FILTER(LANG(?comment) = "{lang}") }}
    OPTIONAL {{ ?term <{skos}scopeNote> ?scope FILTER(LANG(?scope) = "{lang}") }}
    OPTIONAL {{ ?term <{rdfs}subClassOf>|<{rdfs}subPropertyOf> ?above FILTER(isIRI(?above)) }}
    OPTIONAL {{ ?term <{rdfs}domain> ?domain FILTER(isIRI(?domain)) }}
    OPTIONAL {{ ?term <{rdfs}range> ?range FILTER(isIRI(?range)) }}
  }}
}} ORDER BY ?term ?kind ?comment ?above
"""
_SAID = f"""
SELECT ?term ?n WHERE {{
  {{ ?part <{VOID}class> ?term ; <{VOID}entities> ?n }} UNION
  {{ ?part <{VOID}property> ?term ; <{VOID}triples> ?n }}
}}
"""
_USES = """
SELECT ?term (COUNT(*) AS ?n) WHERE {{
  {{ SELECT DISTINCT ?thing ?term ?value WHERE {{ {pattern} FILTER(STRSTARTS(STR(?term), "{cls}")) }} }}
}} GROUP BY ?term
"""
_CLASS = """SELECT ?thing ?label WHERE {{
  ?thing a <{term}> .
  OPTIONAL {{ ?thing <{rdfs}label> ?label }}
}} LIMIT 100
"""
_PROPERTY = "SELECT ?thing ?value WHERE {{\n  ?thing <{term}> ?value .\n}} LIMIT 100\n"


@router.read(
    "/ontology",
    "/ontology/",
    "/ontology.{suffix}",
    summary="The ontology, to read or as RDF / L'ontologie, à lire ou en RDF",
    described=openapi.document(also=(406,)),
)
async def ontology(request: Request) -> Response:
    """A page with an anchor a term, or the whole graph of the ontology."""
    return await graph_document(request, ONTOLOGY, _ontology, suffix_in(request))


@router.read(
    "/ontology/{part}",
    summary="A version or part of the ontology / Une version ou une partie de l'ontologie",
    described=openapi.document(also=(303, 404, 406)),
)
async def ontology_part(request: Request, part: str) -> Response:
    """The version that is served, or the alignments, which are in the same document; else 404."""
    return await _part(request, ONTOLOGY, part, _ontology)


@router.read(
    "/shapes",
    "/shapes/",
    "/shapes.{suffix}",
    summary="The SHACL shapes, to read or as RDF / Les formes SHACL, à lire ou en RDF",
    described=openapi.document(also=(406,)),
)
async def shapes(request: Request) -> Response:
    """A page with an anchor a shape, or the whole graph of the shapes."""
    return await graph_document(request, RULES, rulebook, suffix_in(request))


@router.read(
    "/shapes/{part}",
    summary="One of the files of shapes / L'un des fichiers de formes",
    described=openapi.document(also=(303, 404, 406)),
)
async def shapes_part(request: Request, part: str) -> Response:
    """The core shapes, the profile or those across contracts, which are in the same document; else 404."""
    return await _part(request, RULES, part, rulebook)


async def _part(request: Request, document: Document, part: str, values: Any) -> Response:
    """The document, where its graph says that ``part`` is an ontology or a version of one."""
    site = Site.of(request)
    stem, dot, suffix = part.rpartition(".")
    named = bool(dot) and (suffix == "html" or suffix in {f.extension for f in media.GRAPHS})
    name = stem if named else part
    iri = f"{SHAPES.rpartition('/')[0]}/{document.path}/{name}"
    if is_iri(iri):
        known = f"{{ <{iri}> a <{OWL}Ontology> }} UNION {{ ?any <{OWL}versionIRI> <{iri}> }}"
        answer = await site.pool.query(f"ASK {{ {known} }}", asked="csv")
        if answer.whole == b"true":
            return await graph_document(request, document, values, suffix if named else None)
    raise not_found(request_path(request))


async def _ontology(request: Request) -> dict[str, Any]:
    """The classes and the properties, in the order of their names."""
    site, lang = Site.of(request), language(request)
    graph = f"{site.base}graph/ontology"
    query = _TERMS.format(graph=graph, rdf=RDF, rdfs=RDFS, skos=SKOS, lang=lang)
    terms: dict[str, dict[str, Any]] = {}
    for row in await while_connected(request, rows(site, query)):
        term = terms.setdefault(row["term"], {"anchor": row["term"].rpartition("#")[2], **row})
        term["is_class"] = term.get("is_class", False) or row["kind"] == OWL + "Class"
        for name in ("above", "domain", "range"):
            link = {"text": shorten(row[name], PREFIXES), "iri": row[name]} if name in row else None
            links = term.setdefault(name + "s", [])
            if link and link not in links:
                links.append(link)
    header = (
        f"GRAPH <{graph}> {{ <{ONTOLOGY_IRI}> <{DCTERMS}description> ?text FILTER(LANG(?text) = '{lang}') }}"
    )
    about = await while_connected(request, rows(site, f"SELECT ?text WHERE {{ {header} }}"))
    uses = await while_connected(request, _uses(site, await index_of(site)))
    for iri, term in terms.items():
        term["uses"] = uses.get(iri, 0)
        term["query"] = (_CLASS if term["is_class"] else _PROPERTY).format(term=iri, rdfs=RDFS)
    ordered = sorted(terms.values(), key=lambda t: (str(t["anchor"]).casefold(), t["anchor"]))
    return {
        "lead": about[0]["text"] if about else "",
        "groups": [
            ("classes", [t for t in ordered if t["is_class"]]),
            ("properties", [t for t in ordered if not t["is_class"]]),
        ],
    }


async def _uses(site: Site, index: Index) -> dict[str, int]:
    """How many things are of each class of ours, how many statements have each property of ours.

    A release says it of itself; of a store that may have changed it is counted, once for each state.
    """
    if not index.uses:
        said = await rows(site, _SAID) if site.writer is None else []
        for row in said:
            index.uses[row["term"]] = max(int(row["n"]), index.uses.get(row["term"], 0))
        for pattern in () if said else ("?thing a ?term BIND(?term AS ?value)", "?thing ?term ?value"):
            query = _USES.format(pattern=pattern, cls=CLS)
            index.uses.update({row["term"]: int(row["n"]) for row in await rows(site, query)})
    return index.uses
