"""``/releases``: the versions that are kept, their files for ever; ``/feed``: what changed in each."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cls_graph import media
from cls_graph.changes.atom import LANGUAGES
from cls_graph.changes.atom import MEDIA_TYPE as ATOM
from cls_graph.changes.changelog import FILES
from cls_graph.release.archive import Kept
from cls_graph.release.build import MANIFEST
from cls_graph_api import openapi
from cls_graph_api.dumps import DESCRIBED, FOREVER, send_file
from cls_graph_api.forms import is_page
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path

router = Routes()


@router.read(
    "/releases",
    "/releases/",
    summary="The versions that are kept / Les versions conservées",
    described=openapi.document(openapi.HTML, "application/json", also=(406,), released=False),
)
async def index(request: Request) -> Response:
    """A page, or JSON: each version with its date, digest, files and how to ask it."""
    site, lang = Site.of(request), language(request)
    kept = await run_in_threadpool(site.kept)
    rows = [_row(request, site, one) for one in kept]
    html = is_page(request)
    etag = site.etag_of(request, "releases", str(html), *(one.digest for one in kept))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE}
    if html:
        text = site.page(request, "releases.html", rows=rows)
        return Response(text, headers={**headers, "Content-Language": lang}, media_type="text/html")
    return JSONResponse({"releases": rows}, headers=headers)


@router.read(
    "/releases/{version}",
    "/releases/{version}/",
    summary="One version: its files / Une version : ses fichiers",
    described=openapi.document(openapi.HTML, "application/json", also=(404, 406), released=False),
)
async def one(request: Request, version: str) -> Response:
    """A page, or JSON: the files of a version, with their sizes and digests."""
    site, lang = Site.of(request), language(request)
    kept = await run_in_threadpool(site.find, version)
    urls, html = site.urls(request), is_page(request)
    files = [
        {"name": name, **entry, "url": urls.absolute(f"/releases/{kept.version}/{name}")}
        for name, entry in sorted(
            kept.manifest.get("files", {}).items(), key=lambda row: ("/" in row[0], row[0])
        )
    ]
    etag = site.etag_of(request, "release", kept.digest, str(html))
    if unchanged := not_modified(request, etag):
        return unchanged
    headers = {"ETag": etag, "Cache-Control": CACHE}
    row = _row(request, site, kept)
    if html:
        text = site.page(request, "release.html", row=row, files=files)
        return Response(text, headers={**headers, "Content-Language": lang}, media_type="text/html")
    return JSONResponse({**row, "files": files}, headers=headers)


@router.read(
    "/releases/{version}/{name:path}",
    summary="A file of a version, unchanging / Un fichier d'une version, immuable",
    described=DESCRIBED,
)
async def file(request: Request, version: str, name: str) -> Response:
    """The file, whole or in ranges, once its digest was found to be that of the manifest."""
    site = Site.of(request)
    kept = await run_in_threadpool(site.find, version)
    return await run_in_threadpool(send_file, request, name, FOREVER, kept.folder, kept.manifest)


def _row(request: Request, site: Site, kept: Kept) -> dict[str, Any]:
    urls = site.urls(request)
    log = FILES[language(request)]
    return {
        "version": kept.version,
        "date": kept.date or None,
        "digest": kept.digest,
        "current": kept.digest == site.manifest["digest"],
        "url": urls.absolute(f"/releases/{kept.version}"),
        "manifest": urls.absolute(f"/releases/{kept.version}/{MANIFEST}"),
        "changelog": urls.absolute(f"/releases/{kept.version}/{log}")
        if log in kept.manifest.get("files", {})
        else None,
        "sparql": urls.absolute("/sparql", release=kept.version) if kept.answers else None,
        "counts": dict(kept.manifest.get("counts", {})),
    }


FEED_SECONDS = 60
_FORMATS = tuple(f for f in media.FORMATS if f.name in ("ttl", "trig", "jsonld"))
_FEED = openapi.document(*(f.media_type for f in _FORMATS), also=(404, 406), released=False)


@router.read(
    "/feed.atom",
    "/feed.{lang}.atom",
    summary="Changes for feed readers (Atom) / Changements pour lecteurs de flux (Atom)",
    described=openapi.document(ATOM, also=(404,), fixed=True, released=False),
)
async def atom_feed(request: Request) -> Response:
    """The changes of each version in words, the newest first."""
    lang = str(request.path_params.get("lang", language(request)))
    if lang not in LANGUAGES:
        raise not_found(request_path(request))
    sent = await _sent(request, f"index.{lang}", "atom", ATOM)
    sent.headers["Content-Language"] = lang
    return sent


@router.read("/feed", "/feed/", summary="Change feed (LDES) / Flux des changements (LDES)", described=_FEED)
async def feed(request: Request) -> Response:
    """The root node of the event stream, which leads to its pages."""
    return await _page(request, "index")


@router.read("/feed/{name:path}", summary="A page of the change feed / Une page du flux", described=_FEED)
async def feed_page(request: Request, name: str) -> Response:
    """A page: unchanging once there is another after it."""
    return await _page(request, name)


async def _page(request: Request, name: str) -> Response:
    stem, dot, suffix = name.rpartition(".")
    known = media.by_name(suffix, _FORMATS) if dot else None
    if known is not None:
        name = stem
    asked = request.query_params.get("format")
    fmt = known or media.choose(request.headers.get("accept"), _FORMATS, asked or None)
    return await _sent(request, name, fmt.extension, fmt.media_type)


async def _sent(request: Request, name: str, extension: str, media_type: str) -> Response:
    """A file of the feed, with the address that it has here."""
    site = Site.of(request)
    found = await site.feed.page(await run_in_threadpool(site.kept), name, extension)
    if found is None:
        raise not_found(request_path(request))
    data, closed = found
    address = site.urls(request).absolute("/feed")
    body = data.replace(site.feed.ADDRESS.encode(), address.encode())
    cache = FOREVER if closed else f"public, max-age={FEED_SECONDS}"
    etag = site.etag_of(request, "feed", name, extension, address, site.feed.chain)
    if unchanged := not_modified(request, etag):
        unchanged.headers["Cache-Control"] = cache
        return unchanged
    return Response(body, headers={"ETag": etag, "Cache-Control": cache}, media_type=media_type)
