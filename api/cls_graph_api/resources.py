"""Linked data: ``/id`` leads to a page or to data, by preference; ``/page`` and ``/data`` are both."""

from __future__ import annotations

from pyoxigraph import Literal
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.checking.html import codes
from cls_graph.errors import Gone
from cls_graph.findings import SEVERITY_NAMES
from cls_graph.namespaces import CLS
from cls_graph.pictures import Picture
from cls_graph_api import openapi
from cls_graph_api.documents import LICENCE
from cls_graph_api.facts import Description
from cls_graph_api.forms import means_page
from cls_graph_api.headers import licence_links
from cls_graph_api.i18n import TEXTS, language, translator
from cls_graph_api.inferred import Entailed, entailed
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.pages.noted import in_brief, noted, section_name
from cls_graph_api.pages.thing import (
    INCOMING,
    Incoming,
    around,
    checks_of,
    grouped,
    incoming_page,
    sections,
    term_counts,
    ways_on,
)
from cls_graph_api.problems import not_found
from cls_graph_api.protocol import INFER, truth
from cls_graph_api.representations import FORMATS, Described, describe, is_iri, rows, write
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Fact
from cls_graph_api.site import Site, request_path

router = Routes()


@router.read(
    "/id/{path:path}",
    summary="An identifier: 303 to its page or its data / Un identifiant : 303 vers sa page ou ses données",
    described=openapi.redirection(301, 404, 406, 410),
)
async def identifier(request: Request, path: str) -> Response:
    """303 (See Other) to ``/page`` or ``/data``; 301 from a former key; 404; 410."""
    site = Site.of(request)
    path, fmt = split(path, request.query_params.get("format"))
    _stay(request, path)
    iri = site.urls(request).iri(path)
    if not await while_connected(request, _exists(site, iri)):
        return await _moved_or_missing(request, "id", path)
    links = _links(request, "id", path)
    more = _more(request)
    if means_page(request, FORMATS, fmt):
        return _redirect(request, 303, f"/page/{path}", links, more)
    target = f"/data/{path}" + (f".{known(fmt).extension}" if fmt else "")
    return _redirect(request, 303, target, links, more)


@router.read(
    "/data/{path:path}",
    summary="The description of a thing, as data / La description d'une chose, en données",
    described=openapi.document(
        *(f.media_type for f in FORMATS), also=(301, 303, 404, 406, 410), more=(INFER,)
    ),
)
async def data(request: Request, path: str) -> Response:
    """The thing, its own nodes and what points to it; by suffix, ``?format=`` or Accept."""
    path, fmt = split(path, request.query_params.get("format"))
    _stay(request, path)
    if fmt == "html":
        return _redirect(request, 303, f"/page/{path}", more=_more(request))
    return await as_data(request, Site.of(request).urls(request).iri(path), "id", path, fmt)


@router.read(
    "/page/{path:path}",
    summary="The description of a thing, to read / La description d'une chose, à lire",
    described=openapi.document(openapi.HTML, also=(301, 404, 410), fixed=True, more=(INFER,)),
)
async def page(request: Request, path: str) -> Response:
    """The thing for people, each fact with its quote and source."""
    path = path.rstrip("/")
    _stay(request, path)
    return await as_page(request, Site.of(request).urls(request).iri(path), "id", path)


async def as_data(request: Request, iri: str, kind: str, path: str, asked: str | None) -> Response:
    """The description of ``iri``, whose own address is ``/{kind}/{path}``, in the format asked for."""
    site = Site.of(request)
    # Clients that read any format (Comunica) prefer quads, and then find no fact in the default graph.
    accept = request.headers.get("accept")
    fmt = known(asked) if asked else media.choose(accept, FORMATS, lesser=media.QUADS)
    route = "data" if kind == "id" else kind
    document = site.urls(request).absolute(f"/{route}/{path}")
    more = _more(request)
    etag = site.etag("data", iri, fmt.name, document, *more)
    if unchanged := not_modified(request, etag):
        return unchanged
    thing = await while_connected(request, describe(site, iri, infer=bool(more)))
    if thing is None:
        return await _moved_or_missing(request, route, path)
    body = await while_connected(request, write(site, thing, fmt, document))
    headers = {
        "ETag": etag,
        "Cache-Control": CACHE,
        "Content-Location": site.urls(request).local(f"/{route}/{path}.{fmt.extension}", **more),
        "Link": _links(request, kind, path),
    }
    return Response(body, headers=headers, media_type=fmt.media_type)


async def as_page(request: Request, iri: str, kind: str, path: str) -> Response:
    """The page of ``iri``, whose own address is ``/{kind}/{path}``."""
    site, urls, lang = Site.of(request), Site.of(request).urls(request), language(request)
    more = _more(request)
    etag = site.etag_of(request, "page", iri, request.query_params.get(INCOMING, ""), *more)
    if unchanged := not_modified(request, etag):
        return unchanged
    thing = await while_connected(request, describe(site, iri))
    if thing is None:
        return await _moved_or_missing(request, "page" if kind == "id" else kind, path)
    headers = {
        "ETag": etag,
        "Cache-Control": CACHE,
        "Content-Language": lang,
        "Link": _links(request, kind, path),
    }
    inferred = await while_connected(request, entailed(site, iri, urls, lang)) if more else None
    index = await while_connected(request, index_of(site))
    picture = await while_connected(request, around(request, iri, index))
    text = render(request, thing, kind, path, index, picture, inferred)
    return Response(text, headers=headers, media_type="text/html")


def render(
    request: Request,
    thing: Described,
    kind: str,
    path: str,
    index: Index,
    picture: Picture | None,
    inferred: list[Entailed] | None = None,
) -> str:
    """The page of a thing, whose own address is ``/{kind}/{path}``."""
    site, urls, lang = Site.of(request), Site.of(request).urls(request), language(request)
    description = Description(thing.iri, thing.about, urls, lang)
    scheme = description.members()
    node, others = description.thing(), description.others()
    types = [link.iri for link in node.types]
    incoming = incoming_page(request, description.incoming())
    nodes = sections(node.facts, types, index)
    checks = checks_of(site, thing.iri)

    def of_rule(rule: str) -> str:
        return urls.local("/validation", rule=rule)

    all_links = f"SELECT ?thing ?property WHERE {{ ?thing ?property <{thing.iri}> }}"
    return site.page(
        request,
        "scheme.html" if scheme else "thing.html",
        iri=thing.iri,
        inferred=inferred,
        picture=picture,
        thing=node,
        groups=grouped(node.facts, types, index, lang),
        nodes=nodes,
        others=others,
        outline=_outline(lang, nodes, picture, incoming),
        ways=ways_on(urls, thing.iri, index),
        counts=term_counts(index, scheme) if scheme else {},
        checks=None if checks is None else noted(checks, node, thing.iri, lang, of_rule),
        brief=in_brief(thing.iri, index, lang),
        section=lambda fact: section_name(fact, lang),
        severities={name: words[lang] for name, words in SEVERITY_NAMES.items()},
        codes=codes,
        owner=description.owner(),
        members=scheme,
        summary=description.summary(),
        incoming=incoming,
        shown=len(thing.incoming),
        left_out=thing.left_out,
        all_links=urls.local("/sparql", query=all_links, format="csv") if thing.left_out else "",
        formats=alternates(request, kind, path),
        toggle=urls.local(_here(kind, path), **({} if inferred is not None else {INFER: "true"})),
        contract=path.startswith("contract/") and "/" not in path.removeprefix("contract/"),
    )


def _outline(lang: str, nodes: list[Fact], picture: object, incoming: Incoming) -> list[tuple[str, str, int]]:
    """The parts of a page: anchor, words, how many things are in it."""
    t = translator(lang)
    found = [("facts", t("facts"), 0), *([("network", t("around"), 0)] if picture else [])]
    found += [(f"n{i}", section_name(fact, lang), len(fact.values)) for i, fact in enumerate(nodes, 1)]
    return [*found, *([("incoming", t("incoming_short"), incoming.all)] if incoming.all else [])]


def split(path: str, asked: str | None) -> tuple[str, str | None]:
    """A path without its suffix and last slash, and the format that the suffix or else ``asked`` names."""
    stem, dot, suffix = path.rpartition(".")
    if dot and (suffix == "html" or suffix in {f.extension for f in FORMATS}):
        return stem.rstrip("/"), suffix
    return path.rstrip("/"), asked or None


def known(name: str) -> media.Format:
    """The format of a name; raises ``NotAcceptable``."""
    return media.choose(None, FORMATS, name)


def _stay(request: Request, path: str) -> None:
    """Raise ``Gone`` where the thing, or the one that it is part of, was withdrawn."""
    for withdrawn in Site.of(request).manifest.get("withdrawn", ()):
        if f"id/{path}/".startswith(f"{withdrawn}/"):
            fr, en = (words.format(path=f"/{withdrawn}") for words in TEXTS["gone"])
            raise Gone(fr, en)


async def _exists(site: Site, iri: str) -> bool:
    if not is_iri(iri):
        return False
    answer = await site.pool.query(f"ASK {{ <{iri}> ?p ?o }}", asked="csv")
    return answer.whole == b"true"


async def _moved_or_missing(request: Request, route: str, path: str) -> Response:
    """301 from the former key of an organisation, else ``NotFound``."""
    site, urls = Site.of(request), Site.of(request).urls(request)
    kind, _, key = path.partition("/")
    if kind == "organisation" and key and route in ("id", "data", "page"):
        former = f"<{CLS}formerKey> ?key FILTER(STR(?key) = {Literal(key)})"
        found = await rows(site, f"SELECT ?now WHERE {{ ?now {former} }} ORDER BY ?now LIMIT 1")
        target = urls.path_of(found[0]["now"]) if found else None
        if target:
            return _redirect(request, 301, f"/{route}/{target}")
    raise not_found(request_path(request))


def _here(kind: str, path: str) -> str:
    """The address of the page of a thing."""
    return f"/page/{path}" if kind == "id" else f"/{kind}/{path}.html"


def _more(request: Request) -> dict[str, str | list[str]]:
    """``infer=true`` where the request asks for it, to hand on. Raises ``BadRequest`` for another value."""
    return {INFER: "true"} if truth(request.query_params.get(INFER)) else {}


def _redirect(
    request: Request, status: int, path: str, links: str = "", more: dict[str, str | list[str]] | None = None
) -> Response:
    location = Site.of(request).urls(request).local(path, **(more or {}))
    headers = {"Location": location, "Cache-Control": CACHE}
    return Response(status_code=status, headers={**headers, "Link": links} if links else headers)


def alternates(request: Request, kind: str, path: str) -> list[tuple[str, str, str]]:
    """Name, address and media type of the data of a thing."""
    urls = Site.of(request).urls(request)
    route = "data" if kind == "id" else kind
    more = _more(request)
    return [(f.name, urls.plain(f"/{route}/{path}.{f.extension}", **more), f.media_type) for f in FORMATS]


def _links(request: Request, kind: str, path: str) -> str:
    """The Link header (RFC 8288): the thing, its data and page, what holds it, the licence."""
    site = Site.of(request)
    urls = site.urls(request)
    iri = urls.iri(path) if kind == "id" else f"{urls.vocabulary}{path}"
    found = [f'<{url}>; rel="alternate"; type="{mime}"' for _, url, mime in alternates(request, kind, path)]
    data, html = ("/data/", f"/page/{path}") if kind == "id" else (f"/{kind}/", f"/{kind}/{path}.html")
    found.append(f'<{urls.plain(html)}>; rel="alternate"; type="text/html"')
    found.append(f'<{urls.plain(data + path)}>; rel="describedby"')
    found.append(f'<{iri}>; rel="describes"')
    owner = urls.owner(iri)
    if owner != iri:
        found.append(f'<{urls.plain_link(owner)}>; rel="up"')
    holder = urls.plain("/id/dataset/cls-graph") if kind == "id" else urls.plain_link(iri.rpartition("/")[0])
    found.append(f'<{holder}>; rel="collection"')
    return ", ".join([*found, *licence_links(site.manifest if kind == "id" else {"licence": LICENCE})])
