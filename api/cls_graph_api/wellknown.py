"""``/.well-known``: what the dataset says of itself, at the addresses where tools look for it.

The statements are those of the catalogue in the release; only where a service runs is its own to say.
"""

from __future__ import annotations

import json

from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.namespaces import FOAF, RDF, SCHEMA, VOID
from cls_graph.queries import Question, library
from cls_graph.store.writing import write_graph
from cls_graph_api import openapi
from cls_graph_api.asked import example_of
from cls_graph_api.forms import format_of, suffix_in
from cls_graph_api.headers import licence_links
from cls_graph_api.i18n import language
from cls_graph_api.problems import not_found
from cls_graph_api.responses import CACHE, not_modified, while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site, request_path

router = Routes()
VOID_PATH = "/.well-known/void"
EXAMPLES = "/.well-known/sparql-examples"
PREFIXES = "/.well-known/sparql-prefixes"
QUESTIONS = "/queries"
QUERY = media.Format("rq", "application/sparql-query", "rq")

_NTRIPLES = next(f for f in media.GRAPHS if f.name == "nt")


@router.read(
    VOID_PATH,
    VOID_PATH + ".{suffix}",
    summary="VoID: what the dataset holds, in figures / VoID : le jeu de données en chiffres",
    described=openapi.document(also=(303, 406)),
)
async def void(request: Request) -> Response:
    """The description of the dataset (VoID, section 7.2); Turtle unless asked otherwise.

    A browser is led to its page.
    """
    site = Site.of(request)
    fmt = format_of(request, media.GRAPHS, suffix_in(request))
    if fmt is None:
        return _to_page(request, "/page/dataset/cls-graph")
    dataset = site.base + "id/dataset/cls-graph"
    document = NamedNode(site.urls(request).absolute(VOID_PATH))
    said = [
        Triple(document, NamedNode(RDF + "type"), NamedNode(VOID + "DatasetDescription")),
        Triple(document, NamedNode(FOAF + "primaryTopic"), NamedNode(dataset)),
    ]
    return await _rdf(request, VOID_PATH, fmt, [dataset], said)


@router.read(
    PREFIXES,
    PREFIXES + ".{suffix}",
    summary="The prefixes, declared as SHACL does / Les préfixes, déclarés comme SHACL le fait",
    described=openapi.document(also=(303, 406)),
)
async def prefixes(request: Request) -> Response:
    """The prefixes of the project (SHACL, section 5.2.1). A browser is led to their page."""
    fmt = format_of(request, media.GRAPHS, suffix_in(request))
    if fmt is None:
        return _to_page(request, "/page/prefixes")
    return await _rdf(request, PREFIXES, fmt, [Site.of(request).base + "id/prefixes"])


@router.read(
    EXAMPLES,
    EXAMPLES + "/",
    EXAMPLES + ".{suffix}",
    summary="The ready questions as RDF / Les questions prêtes en RDF",
    described=openapi.document(also=(303, 406)),
)
async def examples(request: Request) -> Response:
    """Every question of the library, with its query. A browser is led to their pages."""
    site = Site.of(request)
    fmt = format_of(request, media.GRAPHS, suffix_in(request))
    if fmt is None:
        return _to_page(request, QUESTIONS)
    iris = [f"{site.base}{EXAMPLES[1:]}/{name}" for name in library()]
    return await _rdf(request, EXAMPLES, fmt, [*iris, site.base + "id/prefixes"])


@router.read(
    EXAMPLES + "/{name}",
    summary="One ready question as RDF or .rq / Une question prête en RDF ou .rq",
    described=openapi.document(also=(303, 404, 406)),
)
async def example(request: Request, name: str) -> Response:
    """A question and its query; ``.rq`` is its text with a grlc head, ready to be kept in a file.

    A browser is led to its page.
    """
    site = Site.of(request)
    stem, dot, suffix = name.rpartition(".")
    name, suffix = (stem, suffix) if dot else (name, "")
    question = library(site.kind).get(name)
    if question is None:
        raise not_found(request_path(request))
    fmt = format_of(request, (*media.GRAPHS, QUERY), suffix)
    if fmt is None:
        return _to_page(request, f"{QUESTIONS}/{name}")
    if fmt is QUERY:
        return await _text(request, question)
    path = f"{EXAMPLES}/{name}"
    return await _rdf(request, path, fmt, [site.base + path[1:]])


async def _rdf(
    request: Request, path: str, fmt: media.Format, iris: list[str], said: list[Triple] | None = None
) -> Response:
    """What the catalogue says of some things, with the addresses of this service in it."""
    site = Site.of(request)
    urls = site.urls(request)
    etag = site.etag("well-known", path, fmt.name, urls.absolute("/"))
    if unchanged := not_modified(request, etag):
        return unchanged
    triples = list(said or ())
    for iri in iris:
        body = await while_connected(request, site.pool.describe(iri, _NTRIPLES))
        triples += [q.triple for q in parse(body, RdfFormat.N_TRIPLES)]
    if len(triples) == len(said or ()):
        raise not_found(request_path(request))
    links = [
        f'<{urls.plain(f"{path}.{f.extension}")}>; rel="alternate"; type="{f.media_type}"'
        for f in media.GRAPHS
    ]
    links += licence_links(site.manifest)
    headers = {"ETag": etag, "Cache-Control": CACHE, "Link": ", ".join(links)}
    headers["Content-Location"] = urls.plain(f"{path}.{fmt.extension}")
    return Response(
        write_graph(map(_Here(request), triples), fmt), headers=headers, media_type=fmt.media_type
    )


class _Here:
    """Puts the addresses of this service in the place of those under the base of the identifiers."""

    _WHERE = frozenset(NamedNode(p) for p in (VOID + "sparqlEndpoint", VOID + "dataDump", SCHEMA + "target"))

    def __init__(self, request: Request) -> None:
        site = Site.of(request)
        self._base, self._urls = site.base, site.urls(request)

    def __call__(self, t: Triple) -> Triple:
        if t.predicate in self._WHERE and isinstance(t.object, NamedNode):
            path = "/" + t.object.value.removeprefix(self._base)
            return Triple(t.subject, t.predicate, NamedNode(self._urls.absolute(path)))
        return t


def _to_page(request: Request, path: str) -> Response:
    """Lead a browser to the page of the same thing."""
    page = Site.of(request).urls(request).local(path)
    return Response(status_code=303, headers={"Location": page, "Cache-Control": CACHE})


async def _text(request: Request, question: Question) -> Response:
    """The query under the comment that grlc reads: what it asks, and of which endpoint."""
    site, lang = Site.of(request), language(request)
    urls = site.urls(request)
    etag = site.etag("question", question.name, lang, urls.absolute("/"))
    if unchanged := not_modified(request, etag):
        return unchanged
    head = {
        "summary": question.title[lang],
        "description": question.description[lang],
        "endpoint": urls.absolute("/sparql"),
        "method": "GET",
    }
    # A JSON string is a YAML string too.
    lines = [f"#+ {key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in head.items()]
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": lang}
    return Response(
        "".join(lines) + await example_of(request, question), headers=headers, media_type=QUERY.media_type
    )
