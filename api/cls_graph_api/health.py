"""``/healthz``: whether this process can answer queries now."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from cls_graph_api.site import Site

router = APIRouter()


@router.api_route("/healthz", methods=["GET", "HEAD"], summary="Liveness / État du service")
async def healthz(request: Request) -> JSONResponse:
    """200 with the release, the workers and their sandbox; 503 while no worker can answer."""
    site = Site.of(request)
    alive = site.pool.workers
    state: dict[str, Any] = {
        "status": "ok" if alive else "unavailable",
        "version": site.manifest["version"],
        "digest": site.manifest["digest"],
        "quads": site.pool.quads,
        "workers": alive,
        "sandbox": site.pool.sandbox,
    }
    headers = {"Cache-Control": "no-store"}
    return JSONResponse(state, 200 if alive else 503, headers)
