"""``/``: what the service holds, where its contracts are, six questions, and ways in for each reader."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.queries import Question, library
from cls_graph_api import openapi
from cls_graph_api.asked import example_of
from cls_graph_api.i18n import TEXTS, language
from cls_graph_api.pages import answering
from cls_graph_api.pages.grid import counted, drawn
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.validation import report_of, tally
from cls_graph_api.responses import while_connected
from cls_graph_api.results import STARTER
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
QUESTIONS = (
    "shared-parties",
    "shared-determinants",
    "signatories-outside-health",
    "determinants-by-axis-type",
    "in-force",
    "funding-by-year",
    "inferred-dates",
    "funding",
    "announced",
    "cpam",
)
"""The questions of the library that the start page asks, as many as there is room for."""

_ROOM = 6
_SHOWN = ("contracts", "organisations", "engagements", "programme_elements", "facts", "evidence", "documents")


@router.read("/", summary="Start page / Page d'accueil", described=openapi.document(openapi.HTML, fixed=True))
async def start(request: Request) -> Response:
    """The start page."""
    site = Site.of(request)
    etag = site.etag_of(request, "start")
    if known := answering.unchanged(request, etag):
        return known
    index = await while_connected(request, index_of(site))
    contracts = list(index.contracts.values())
    text = site.page(
        request,
        "start.html",
        counts=_counts(site, len(contracts), len(index.organisations)),
        picture=drawn(request, index, counted(contracts)) if contracts else "",
        examples=[(q, await example_of(request, q, language(request))) for q in _examples(site)],
        checks=tally(report_of(site)),
        query=STARTER,
        cut=index.cut,
    )
    return answering.respond(request, text, "text/html", etag)


def _examples(site: Site) -> list[Question]:
    return [library(site.kind)[name] for name in QUESTIONS if name in library()][:_ROOM]


def _counts(site: Site, contracts: int, organisations: int) -> list[tuple[str, int]]:
    """What is there, as the release says; of a store that says nothing, what the index holds."""
    found = {"contracts": contracts, "organisations": organisations, **site.manifest.get("counts", {})}
    words = {name: "facts_n" if name == "facts" else name for name in _SHOWN}
    return [(word, found[name]) for name, word in words.items() if name in found and word in TEXTS]
