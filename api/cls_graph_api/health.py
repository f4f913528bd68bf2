"""``/healthz``, ``/readyz`` and ``/metrics``: what those who run the service look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cls_graph_api.metrics import Labels
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
_NO_STORE = {"Cache-Control": "no-store"}
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


@router.read("/healthz", summary="Liveness / Service en vie", described={})
async def healthz(request: Request) -> JSONResponse:
    """200 as long as this process answers, with the release, the workers and their sandbox."""
    return JSONResponse(_state(Site.of(request)), headers=_NO_STORE)


@router.read(
    "/readyz",
    summary="Readiness / Service prêt",
    described={
        "responses": {503: {"description": "No worker can take a query / Aucun processus de requête"}}
    },
)
async def readyz(request: Request) -> JSONResponse:
    """200 once the release is loaded and a worker can take queries, else 503."""
    state = _state(Site.of(request))
    ready = state["status"] == "ok"
    headers = _NO_STORE if ready else {**_NO_STORE, "Retry-After": "2"}
    return JSONResponse(state, 200 if ready else 503, headers)


@router.read("/metrics", summary="Figures for Prometheus / Chiffres pour Prometheus", described={})
async def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus."""
    site = Site.of(request)
    text = site.desk.metrics.render(_gauges(site))
    return Response(text, headers={**_NO_STORE, "Content-Type": _PROMETHEUS})


def _state(site: Site) -> dict[str, Any]:
    about = site.pool.about
    store = {name: about[name] for name in ("server", "dataset", "rows", "deviations")} if about else None
    return {
        "status": "ok" if site.pool.ready and not site.away else "unavailable",
        "version": site.manifest["version"],
        "digest": site.manifest["digest"],
        "quads": site.pool.quads,
        "workers": site.pool.workers,
        "sandbox": site.pool.sandbox,
        "writable": site.writer is not None,
        # The remote store, where there is one: where it cuts answers, how it differs from SPARQL 1.1.
        "store": store,
        # Why a newer release is not served, or the remote store not reached.
        "trouble": site.trouble,
    }


def _gauges(site: Site) -> Iterator[tuple[str, str, str, Labels, float]]:
    pool, desk = site.pool, site.desk
    release = {"version": str(site.manifest["version"]), "digest": str(site.manifest["digest"])}
    yield "cls_release_info", "gauge", "The release that is served.", release, 1
    yield "cls_release_quads", "gauge", "Quads in the store.", {}, pool.quads
    yield "cls_workers", "gauge", "Query processes alive.", {}, pool.workers
    yield "cls_workers_idle", "gauge", "Query processes with nothing to do.", {}, pool.idle
    yield "cls_queue_length", "gauge", "Queries that wait for a process.", {}, pool.waiting
    yield "cls_refusals_total", "counter", "Queries refused by a client's budget.", {}, desk.budgets.refused
    yield "cls_cache_hits_total", "counter", "Answers given from memory.", {}, desk.cache.hits
    yield "cls_cache_misses_total", "counter", "Answers that were not in memory.", {}, desk.cache.misses
    yield "cls_cache_bytes", "gauge", "Memory of the answers that are kept.", {}, desk.cache.bytes
    yield "cls_cache_entries", "gauge", "Answers that are kept.", {}, len(desk.cache)
