"""``/docs``: the routes and the settings of this very service, on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import ClsGraphError, problem_classes
from cls_graph.settings import SETTINGS
from cls_graph_api import openapi
from cls_graph_api.i18n import language
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
_PRIVATE = ("host", "port", "cache", "store", "token")
"""Settings that say how the machine is set up, or what must stay secret: named, but not shown."""


@dataclass(frozen=True)
class Row:
    """One line of a table of the page: a name, what it takes, and a sentence."""

    name: str
    value: str
    text: str


@router.read(
    "/docs",
    "/docs/",
    summary="Routes and settings / Adresses et réglages",
    described=openapi.document(openapi.HTML, fixed=True),
)
async def manual(request: Request) -> Response:
    """The page; nothing of it comes from elsewhere."""
    site, lang = Site.of(request), language(request)
    etag = site.etag_of(request, "docs", repr(site.settings))
    page = not_modified(request, etag)
    if page is None:
        text = site.page(
            request,
            "docs.html",
            routes=_routes(request, lang),
            settings=_settings(site, lang),
            errors=_errors(lang),
        )
        page = Response(text, media_type="text/html", headers={"ETag": etag, "Cache-Control": CACHE})
    page.headers["Content-Language"] = lang
    return page


def _routes(request: Request, lang: str) -> list[Row]:
    rows = []
    for path, methods in request.app.openapi()["paths"].items():
        for method, described in methods.items():
            names = described.get("summary", "").split(" / ")
            rows.append(Row(path, method.upper(), names[-1] if lang == "fr" else names[0]))
    return rows


def _settings(site: Site, lang: str) -> list[Row]:
    """The settings in force."""
    rows = []
    for row in SETTINGS:
        hidden = any(word in row.name.split("_") for word in _PRIVATE) and row.name != "cache_bytes"
        value = "" if hidden else str(getattr(site.settings, row.name))
        rows.append(Row(row.env, value, row.fr if lang == "fr" else row.en))
    return rows


def _errors(lang: str) -> list[Row]:
    kinds: list[type[ClsGraphError]] = [c for c in problem_classes() if c.status != 500]
    return [
        Row(c.code, str(c.status), c.title[lang]) for c in sorted(kinds, key=lambda c: (c.status, c.code))
    ]
