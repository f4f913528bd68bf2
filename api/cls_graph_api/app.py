"""The application: one release, served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from cls_graph import __version__
from cls_graph.kind import Kind
from cls_graph.service.alone import Alone
from cls_graph.settings import Settings
from cls_graph_api import (
    catalog,
    completions,
    dumps,
    explain,
    graphstore,
    health,
    library,
    manual,
    openapi,
    problems,
    releases,
    resources,
    sparql,
    terms,
    update,
    vocabularies,
    wellknown,
)
from cls_graph_api.access import Access
from cls_graph_api.assets import STATIC, Static
from cls_graph_api.compression import Compression
from cls_graph_api.headers import CommonHeaders
from cls_graph_api.pages import (
    about,
    chronology,
    comparison,
    grid,
    home,
    listing,
    matrix,
    networks,
    searching,
    validation,
)
from cls_graph_api.pages.index import warm
from cls_graph_api.pinning import Pinned
from cls_graph_api.released import Released
from cls_graph_api.site import Site


def create_app(
    folder: Path | str,
    settings: Settings,
    *,
    token: str = "",
    corpus: Path | None = None,
    archive: Path | Sequence[Path] | None = None,
    pool: Alone | None = None,
) -> Starlette:
    """The service over the release in ``folder`` (``graph.nq`` and ``manifest.json``), or at an address.

    With a ``token`` for writing, ``folder`` is a writable store (``cls_graph.service.folder``), and
    the shapes of ``corpus`` are those that a write may be held against. Starting it loads the data and
    forks the workers; stopping it kills them. Raises ``CorpusError`` when the folder is not what it
    should be, at once or as it starts. With a ``pool`` the data is loaded already, and no process is forked.
    """
    site = Site(folder, settings, token, corpus, archive, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await site.start()
        warming = asyncio.create_task(warm(site))
        try:
            yield
        finally:
            warming.cancel()
            await site.stop()

    described = described_app(writable=site.writer is not None, kind=lambda: site.kind)
    described.mount("/static", Static(directory=STATIC), name="static")
    app = Starlette(
        # Queries go straight to their handler: what describes routes costs as much as a short query.
        routes=[Route("/sparql", sparql.sparql, methods=sparql.ASKING), Mount("", described)],
        # From the outside in.
        middleware=[Middleware(layer) for layer in (Pinned, Access, CommonHeaders, Compression, Released)],
        lifespan=lifespan,
    )
    for layer in (app, described):
        layer.state.site = site
        problems.install(layer)
    return app


def described_app(*, writable: bool, kind: Callable[[], Kind] = Kind) -> FastAPI:
    """Every route with its OpenAPI description, without data behind it."""
    described = FastAPI(
        title="cls-graph",
        version=__version__,
        # The usual pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    for module in (
        home,
        listing,
        searching,
        matrix,
        chronology,
        comparison,
        grid,
        networks,
        validation,
        about,
    ):
        described.include_router(module.router)
    for module in (
        sparql,
        completions,
        explain,
        resources,
        terms,
        vocabularies,
        wellknown,
        dumps,
        manual,
        health,
        library,
    ):
        described.include_router(module.router)
    described.include_router(catalog.router)
    described.include_router(releases.router)
    described.include_router(graphstore.router)
    if writable:
        described.include_router(update.router)
    openapi.install(described, writable=writable, kind=kind)
    return described
