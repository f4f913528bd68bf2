"""Linked data: ``/id`` leads to a page or to data, by preference; vocabularies answer directly."""

from __future__ import annotations

from fastapi import APIRouter
from pyoxigraph import Literal, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.namespaces import CLS, VOCAB
from cls_graph.store.describe import MAX_INCOMING
from cls_graph_api.facts import Description
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found, wants_html
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.site import Site, request_path

router = APIRouter()
_READ = ["GET", "HEAD"]
_NTRIPLES = next(f for f in media.GRAPHS if f.name == "nt")


@router.api_route("/id/{path:path}", methods=_READ, summary="An identifier: 303 to its page or its data")
async def identifier(request: Request, path: str) -> Response:
    """303 (See Other) to ``/page`` or ``/data``; 301 from a former key; 404."""
    site = Site.of(request)
    path, fmt = _split(path, request.query_params.get("format"))
    if not await while_connected(request, _exists(site, site.urls(request).iri(path))):
        return await _moved_or_missing(request, "id", path)
    if fmt == "html" or (fmt is None and wants_html(request)):
        return _redirect(request, 303, f"/page/{path}")
    return _redirect(request, 303, f"/data/{path}" + (f".{_known(fmt).extension}" if fmt else ""))


@router.api_route("/data/{path:path}", methods=_READ, summary="The description of a thing, as RDF")
async def data(request: Request, path: str) -> Response:
    """The thing and its own nodes, in the format of the suffix, ``?format=`` or Accept."""
    path, fmt = _split(path, request.query_params.get("format"))
    return await _data(request, Site.of(request).urls(request).iri(path), "id", path, fmt)


@router.api_route("/page/{path:path}", methods=_READ, summary="The description of a thing, to read")
async def page(request: Request, path: str) -> Response:
    """The thing for people, each fact with its quote and source."""
    return await _page(request, Site.of(request).urls(request).iri(path), "id", path)


@router.api_route("/vocab/{path:path}", methods=_READ, summary="A code list or one of its terms")
async def vocabulary(request: Request, path: str) -> Response:
    """A concept or concept scheme, as a page or as RDF."""
    path, fmt = _split(path, request.query_params.get("format"))
    if fmt == "html" or (fmt is None and wants_html(request)):
        return await _page(request, VOCAB + path, "vocab", path)
    return await _data(request, VOCAB + path, "vocab", path, fmt)


async def _data(request: Request, iri: str, kind: str, path: str, asked: str | None) -> Response:
    site = Site.of(request)
    fmt = _known(asked) if asked else media.choose(request.headers.get("accept"), media.GRAPHS)
    etag = site.etag("data", iri, fmt.name)
    if unchanged := not_modified(request, etag):
        return unchanged
    body = await while_connected(request, _described(site, iri, fmt))
    if not body:
        return await _moved_or_missing(request, "data" if kind == "id" else kind, path)
    headers = {"ETag": etag, "Cache-Control": CACHE, "Link": _links(request, kind, path)}
    return Response(body, headers=headers, media_type=fmt.media_type)


async def _page(request: Request, iri: str, kind: str, path: str) -> Response:
    site, urls, lang = Site.of(request), Site.of(request).urls(request), language(request)
    etag = site.etag("page", iri, lang, urls.absolute("/"))
    if unchanged := not_modified(request, etag):
        return unchanged
    body = await while_connected(request, _described(site, iri, _NTRIPLES, context=True))
    if not body:
        return await _moved_or_missing(request, "page" if kind == "id" else kind, path)
    description = Description(iri, body, urls, lang)
    text = site.page(
        request,
        "thing.html",
        iri=iri,
        thing=description.thing(),
        others=description.others(),
        summary=description.summary(),
        incoming=description.incoming(),
        max_incoming=MAX_INCOMING,
        formats=_alternates(request, kind, path),
        contract=path.startswith("contract/"),
    )
    headers = {
        "ETag": etag,
        "Cache-Control": CACHE,
        "Content-Language": lang,
        "Link": _links(request, kind, path),
    }
    return Response(text, headers=headers, media_type="text/html")


def _split(path: str, asked: str | None) -> tuple[str, str | None]:
    """A path without its suffix, and the format that the suffix or else ``asked`` names."""
    stem, dot, suffix = path.rpartition(".")
    if dot and (suffix == "html" or media.by_name(suffix, media.GRAPHS)):
        return stem, suffix
    return path, asked or None


def _known(name: str) -> media.Format:
    """The format of a name; raises ``NotAcceptable``."""
    return media.choose(None, media.GRAPHS, name)


async def _described(site: Site, iri: str, fmt: media.Format, *, context: bool = False) -> bytes:
    return await site.pool.describe(iri, fmt, context=context) if _is_iri(iri) else b""


async def _exists(site: Site, iri: str) -> bool:
    if not _is_iri(iri):
        return False
    answer = await site.pool.query(f"ASK {{ {NamedNode(iri)} ?p ?o }}", asked="csv")
    return answer.whole == b"true"


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


async def _moved_or_missing(request: Request, route: str, path: str) -> Response:
    """301 from the former key of an organisation, else ``NotFound``."""
    site, urls = Site.of(request), Site.of(request).urls(request)
    kind, _, key = path.partition("/")
    if kind == "organisation" and key:
        former = f"<{CLS}formerKey> ?key FILTER(STR(?key) = {Literal(key)})"
        answer = await site.pool.query(f"SELECT ?now {{ ?now {former} }} ORDER BY ?now LIMIT 1", asked="csv")
        now = (answer.whole or b"").decode().splitlines()[1:]
        target = urls.path_of(now[0]) if now else None
        if target:
            return _redirect(request, 301, f"/{route}/{target}")
    raise not_found(request_path(request))


def _redirect(request: Request, status: int, path: str) -> Response:
    location = Site.of(request).urls(request).local(path)
    return Response(status_code=status, headers={"Location": location, "Cache-Control": CACHE})


def _alternates(request: Request, kind: str, path: str) -> list[tuple[str, str, str]]:
    """Name, address and media type of the data of a thing."""
    urls = Site.of(request).urls(request)
    route = "data" if kind == "id" else kind
    return [(f.name, urls.local(f"/{route}/{path}.{f.extension}"), f.media_type) for f in media.GRAPHS]


def _links(request: Request, kind: str, path: str) -> str:
    """The Link header (RFC 8288): the data, the page, the licence."""
    site = Site.of(request)
    urls = site.urls(request)
    rows = [f'<{url}>; rel="alternate"; type="{mime}"' for _, url, mime in _alternates(request, kind, path)]
    if kind == "id":
        rows.append(f'<{urls.local(f"/data/{path}")}>; rel="describedby"')
        rows.append(f'<{urls.local(f"/page/{path}")}>; rel="alternate"; type="text/html"')
    if site.manifest.get("licence"):
        rows.append(f'<{site.manifest["licence"]}>; rel="license"')
    return ", ".join(rows)
