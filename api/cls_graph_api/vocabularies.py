"""``/vocab``: the code lists, each with its terms, as pages or as data."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.namespaces import RDF, SKOS, VOCAB
from cls_graph_api import openapi
from cls_graph_api.documents import Document, graph_document
from cls_graph_api.forms import means_page, suffix_in
from cls_graph_api.i18n import language
from cls_graph_api.protocol import INFER
from cls_graph_api.representations import FORMATS, rows
from cls_graph_api.resources import as_data, as_page, split
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
LISTS = Document("vocab", "vocab", "vocabularies.html")

_SCHEMES = f"""
SELECT ?scheme ?label (SAMPLE(?text) AS ?definition) (COUNT(DISTINCT ?term) AS ?terms) WHERE {{{{
  ?scheme <{RDF}type> <{SKOS}ConceptScheme> ; <{SKOS}prefLabel> ?label FILTER(LANG(?label) = "{{lang}}")
  OPTIONAL {{{{ ?scheme <{SKOS}definition> ?text FILTER(LANG(?text) = "{{lang}}") }}}}
  OPTIONAL {{{{ ?term <{SKOS}inScheme> ?scheme }}}}
}}}} GROUP BY ?scheme ?label ORDER BY ?label
"""


@router.read(
    "/vocab",
    "/vocab/",
    "/vocab.{suffix}",
    summary="The code lists, to read or as RDF / Les listes de codes, à lire ou en RDF",
    described=openapi.document(also=(406,)),
)
async def vocabularies(request: Request) -> Response:
    """A page with a line a list, or the whole graph of the vocabularies."""
    return await graph_document(request, LISTS, _schemes, suffix_in(request))


@router.read(
    "/vocab/{path:path}",
    summary="A code list or one of its terms / Une liste de codes ou l'un de ses termes",
    described=openapi.document(also=(404, 406), more=(INFER,)),
)
async def vocabulary(request: Request, path: str) -> Response:
    """A concept or concept scheme, as a page or as data, at its own address."""
    path, fmt = split(path, request.query_params.get("format"))
    if means_page(request, FORMATS, fmt):
        return await as_page(request, VOCAB + path, "vocab", path)
    return await as_data(request, VOCAB + path, "vocab", path, fmt)


async def _schemes(request: Request) -> dict[str, object]:
    """The lists with their names, definitions and numbers of terms."""
    query = _SCHEMES.format(lang=language(request))
    return {"schemes": await while_connected(request, rows(Site.of(request), query))}
