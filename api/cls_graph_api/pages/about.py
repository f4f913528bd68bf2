"""``/about``, ``/accessibility``, ``/licences``: what the data is, who may use it how, and its limits."""

from __future__ import annotations

from importlib import metadata
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.geo.points import points
from cls_graph.namespaces import CLS, DCTERMS, FOAF, RDFS, SKOS, VCARD
from cls_graph_api import openapi
from cls_graph_api.assets import notices
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering
from cls_graph_api.representations import rows
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
_MOST = 200
_DOCUMENTS = f"""
SELECT ?d ?title ?publisher ?type ?reliability WHERE {{{{
  ?d a <{CLS}SourceDocument> ; <{DCTERMS}title> ?title
  OPTIONAL {{{{ ?d <{DCTERMS}publisher> ?p . ?p <{RDFS}label> ?publisher }}}}
  OPTIONAL {{{{ ?d <{CLS}documentType> ?t . ?t <{SKOS}prefLabel> ?type
    FILTER(LANG(?type) = "{{lang}}") }}}}
  OPTIONAL {{{{ ?d <{CLS}reliability> ?r . ?r <{SKOS}prefLabel> ?reliability
    FILTER(LANG(?reliability) = "{{lang}}") }}}}
}}}} ORDER BY ?title ?d ?publisher LIMIT {_MOST}
"""
_PACKAGES = (
    "pyoxigraph",
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "pydantic",
    "rdflib",
    "pyshacl",
    "openpyxl",
)
"""What the service runs on, with the licence that each states."""


async def _publisher(request: Request) -> dict[str, str]:
    """Who publishes the data and whom to write to, as far as the data say: name, contact, email, url."""
    site, lang = Site.of(request), language(request)
    node = f"{site.base}id/agent/"
    query = f"""
SELECT ?name ?contact ?email ?url WHERE {{
  OPTIONAL {{ <{node}publisher> <{FOAF}name> ?name . FILTER(LANG(?name) IN ("", "{lang}")) }}
  OPTIONAL {{ <{node}contact> <{VCARD}fn> ?contact }}
  OPTIONAL {{ <{node}contact> <{VCARD}hasEmail> ?email }}
  OPTIONAL {{ <{node}contact> <{VCARD}hasURL> ?url }}
}} ORDER BY ?name ?contact ?email ?url LIMIT 1"""
    return next(iter(await while_connected(request, rows(site, query))), {})


def _fixed(request: Request, template: str, **values: Any) -> Response:
    site = Site.of(request)
    etag = site.etag_of(request, template)
    if known := answering.unchanged(request, etag):
        return known
    return answering.respond(request, site.page(request, template, **values), "text/html", etag)


@router.read(
    "/about",
    summary="About the data / À propos des données",
    described=openapi.document(openapi.HTML, fixed=True),
)
async def about(request: Request) -> Response:
    """Sources, licence, release, what silence means, and what is not there."""
    site, lang = Site.of(request), language(request)
    etag = site.etag_of(request, "about")
    if known := answering.unchanged(request, etag):
        return known
    found: dict[str, dict[str, str]] = {}
    for row in await while_connected(request, rows(site, _DOCUMENTS.format(lang=lang))):
        found.setdefault(row["d"], row)
    body = site.page(
        request,
        "about.html",
        documents=list(found.values()),
        most=_MOST,
        points=points(),
        publisher=await _publisher(request),
    )
    return answering.respond(request, body, "text/html", etag)


@router.read(
    "/accessibility",
    summary="Accessibility statement / Déclaration d'accessibilité",
    described=openapi.document(openapi.HTML, fixed=True),
)
async def accessibility(request: Request) -> Response:
    """What was tried, with what, and what is known to fall short."""
    return _fixed(request, "accessibility.html", publisher=await _publisher(request))


@router.read(
    "/licences",
    summary="Licences and third-party notices / Licences et mentions de tiers",
    described=openapi.document(openapi.HTML, fixed=True),
)
async def licences(request: Request) -> Response:
    """The licences of the data, the ontology and the code, and of what the service is made with."""
    return _fixed(
        request, "licences.html", packages=list(filter(None, map(_package, _PACKAGES))), scripts=notices()
    )


def _package(name: str) -> tuple[str, str, str] | None:
    """The name, version and licence of an installed package."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    # A field that is not there is None, or a KeyError where the backport of this module is installed.
    told = next((about[name] for name in ("License-Expression", "License") if name in about), None) or ""
    if not told or len(told) > 60:
        classes = [c for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
        told = ", ".join(c.rpartition(" :: ")[2] for c in classes) or told.partition("\n")[0][:60]
    return name, about["Version"], told
