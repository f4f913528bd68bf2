"""The application: one release, served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from cls_graph import __version__
from cls_graph.settings import Settings
from cls_graph_api import health, pages, problems, resources, sparql, terms
from cls_graph_api.headers import CommonHeaders
from cls_graph_api.site import HERE, Site


def create_app(release_dir: Path, settings: Settings) -> FastAPI:
    """The service over the release in ``release_dir`` (``graph.nq`` and ``manifest.json``).

    Starting it loads the release and forks the workers; stopping it kills them. Raises ``CorpusError``
    when the folder is not a release, at once or as it starts.
    """
    site = Site(release_dir, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await site.pool.start()
        try:
            yield
        finally:
            await site.pool.stop()

    app = FastAPI(
        title="cls-graph",
        version=__version__,
        lifespan=lifespan,
        # The usual pages load scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.site = site
    app.add_middleware(CommonHeaders)
    problems.install(app)
    for module in (pages, sparql, resources, terms, health):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
