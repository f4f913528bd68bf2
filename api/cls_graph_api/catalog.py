"""``/catalog``: the DCAT-AP catalogue in pages, for harvesters as RDF, for people to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pyoxigraph import RdfFormat, Triple, parse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest
from cls_graph.namespaces import DCAT, DCTERMS, RDFS
from cls_graph.publication.catalogue import PARTS, Page, page, page_triples
from cls_graph.publication.datasets import catalogue_iri
from cls_graph.publication.versions import Version, version_triples
from cls_graph.records.iris import Iris
from cls_graph.release.archive import Kept
from cls_graph.release.catalogue import dataset_iri
from cls_graph.store.writing import write_graph
from cls_graph_api import openapi
from cls_graph_api.forms import format_of, suffix_in
from cls_graph_api.headers import licence_links
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found
from cls_graph_api.representations import rows
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path

router = Routes()
PATH = "/catalog"


@router.read(
    PATH,
    PATH + "/",
    PATH + ".{suffix}",
    summary="The catalogue (DCAT-AP), in pages / Le catalogue (DCAT-AP), par pages",
    described=openapi.document(also=(400, 404, 406), more=("page",)),
)
async def catalogue(request: Request) -> Response:
    """A page of the catalogue; the next one is named in it (Hydra) and in ``Link``."""
    site = Site.of(request)
    suffix = suffix_in(request)
    fmt = format_of(request, media.GRAPHS, suffix)
    number = _number(request.query_params.get("page"))
    form = "html" if fmt is None else fmt.name
    kept = [] if fmt is None or number > 1 else await run_in_threadpool(site.kept)
    etag = site.etag(
        "catalog",
        form,
        str(number),
        language(request) if fmt is None else "",
        site.urls(request).absolute("/"),
        *(one.digest for one in kept),
    )
    if unchanged := not_modified(request, etag):
        return unchanged
    shown = await while_connected(request, _shown(site, number))
    if shown is None:
        raise not_found(request_path(request))
    headers = {"ETag": etag, "Cache-Control": CACHE, "Link": _links(request, shown, suffix)}
    if fmt is None:
        names = await while_connected(request, _names(site, shown, language(request)))
        text = site.page(
            request,
            "catalog.html",
            shown=shown,
            names=names,
            formats=[(f.name, _link(request, f.extension)(number), f.media_type) for f in media.GRAPHS],
            link=_link(request, suffix),
        )
        return Response(
            text, headers={**headers, "Content-Language": language(request)}, media_type="text/html"
        )
    said = await while_connected(request, _said(site, shown))
    link = _link(request, suffix)
    triples = page_triples(said, shown, Iris(site.base), site.manifest.get("files", {}), _at(request), link)
    if kept:
        current = str(site.manifest["version"])
        triples += version_triples(site.base, shown.datasets[0], _versions(request, kept), current)
    return Response(write_graph(triples, fmt), headers=headers, media_type=fmt.media_type)


def _number(text: str | None) -> int:
    """The page asked for. Raises ``BadRequest``."""
    if text is None or (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        return int((text or "1")[:9])
    raise BadRequest("« page » est un nombre entier à partir de 1.", "'page' is a whole number from 1.")


async def _shown(site: Site, number: int) -> Page | None:
    graph, node = f"{site.base}graph/catalogue", catalogue_iri(Iris(site.base))
    query = f"SELECT ?d WHERE {{ GRAPH <{graph}> {{ <{node}> <{DCAT}dataset> ?d }} }}"
    found = [row["d"] for row in await rows(site, query)]
    size = max(1, site.settings.catalogue_page)
    return page(found, dataset_iri(Iris(site.base)), number, size) if found else None


async def _said(site: Site, shown: Page) -> list[Triple]:
    """What the catalogue graph says of a page: the catalogue, its datasets, the nodes under them."""
    iris = Iris(site.base)
    named = ("id/agent/publisher", "id/agent/contact", "id/service/sparql")
    nodes = [catalogue_iri(iris), *(site.base + path for path in named)]
    values = " ".join(f"<{iri}>" for iri in (*nodes, *shown.datasets))
    parts = "|".join(f"<{prop}>" for prop in PARTS)
    query = (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{site.base}graph/catalogue> {{ VALUES ?d {{ {values} }} "
        f"{{ BIND(?d AS ?s) ?s ?p ?o }} UNION {{ ?d {parts} ?s . ?s ?p ?o }} }} }}"
    )
    answer = await site.pool.query(query, asked="nt")
    body = b"".join([block async for block in answer.body])
    return [q.triple for q in parse(body, RdfFormat.N_TRIPLES)]


async def _names(site: Site, shown: Page, lang: str) -> list[tuple[str, str, str]]:
    """Each dataset of a page: its IRI, its title, what it holds."""
    values = " ".join(f"<{iri}>" for iri in shown.datasets)
    query = (
        f"SELECT ?d ?title ?text WHERE {{ VALUES ?d {{ {values} }} "
        f"?d <{DCTERMS}title>|<{RDFS}label> ?title FILTER(LANG(?title) = '{lang}') "
        f"OPTIONAL {{ ?d <{DCTERMS}description> ?text FILTER(LANG(?text) = '{lang}') }} }}"
    )
    found = {row["d"]: (row["title"], row.get("text", "")) for row in await rows(site, query)}
    return [(iri, *found.get(iri, (iri, ""))) for iri in shown.datasets]


def _versions(request: Request, kept: Sequence[Kept]) -> list[Version]:
    """The releases that are kept, with the addresses of their pages."""
    urls = Site.of(request).urls(request)
    return [Version(one.version, one.date, urls.absolute(f"/releases/{one.version}")) for one in kept]


def _at(request: Request) -> Callable[[str], str]:
    """Where what has a path under the base is to be had in this service."""
    site = Site.of(request)
    urls, files = site.urls(request), site.release is not None
    return lambda path: "" if path.startswith("dumps/") and not files else urls.absolute(f"/{path}")


def _link(request: Request, suffix: str) -> Callable[[int], str]:
    """The address of each page, in the form that was asked for."""
    urls, path = Site.of(request).urls(request), PATH + (f".{suffix}" if suffix else "")
    form = request.query_params.get("format", "")
    kept: dict[str, str | list[str]] = {"format": form} if form and not suffix else {}

    def link(number: int) -> str:
        return urls.absolute(path, **kept, **({"page": str(number)} if number > 1 else {}))

    return link


def _links(request: Request, shown: Page, suffix: str) -> str:
    """Other pages and other forms of this one (RFC 8288)."""
    link = _link(request, suffix)
    found = [("first", link(1)), ("last", link(shown.pages))]
    if shown.number > 1:
        found.append(("prev", link(shown.number - 1)))
    if shown.number < shown.pages:
        found.append(("next", link(shown.number + 1)))
    links = [f'<{url}>; rel="{rel}"' for rel, url in found]
    links += [
        f'<{_link(request, f.extension)(shown.number)}>; rel="alternate"; type="{f.media_type}"'
        for f in media.GRAPHS
    ]
    return ", ".join([*links, *licence_links(Site.of(request).manifest)])
