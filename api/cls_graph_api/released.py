"""``?release=``: a request answered from a release that was published before."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from cls_graph.errors import BadRequest, ClsGraphError
from cls_graph_api.problems import render
from cls_graph_api.protocol import RELEASE
from cls_graph_api.site import Site, request_path

_NOT_OF_A_RELEASE = (
    "/static",
    "/healthz",
    "/readyz",
    "/metrics",
    "/releases",
    "/feed",
    "/docs",
    "/openapi.json",
)
_WRITES = ("/update", "/store")


class Released:
    """ASGI middleware: the site of the request is the release that the address names, until it is over."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        state = scope.setdefault("state", {})
        state["lent"] = []
        try:
            if b"release" in scope.get("query_string", b"") and (name := _named(request)):
                try:
                    elsewhere = await choose(request, name)
                except ClsGraphError as error:
                    elsewhere = render(request, error)
                if elsewhere is not None:
                    await elsewhere(scope, receive, send)
                    return
            await self._app(scope, receive, send)
        finally:
            for site in state["lent"]:
                site.unpin()


def _named(request: Request) -> str:
    """The release that the address of a request names; empty where it names none, or none is meant."""
    if request_path(request).startswith(_NOT_OF_A_RELEASE):
        return ""
    query = request.scope.get("query_string", b"").decode("latin-1")
    names = {value for name, value in parse_qsl(query) if name == RELEASE}
    return next(iter(names)) if len(names) == 1 else "" if not names else " ".join(sorted(names))


async def choose(request: Request, name: str) -> Response | None:
    """Have the release ``name`` (a version or a digest) answer the rest of the request.

    A response where only its files are kept. Raises ``ReleaseMissing``, ``ReleaseDamaged``, ``Busy``,
    and ``BadRequest`` for a write.
    """
    site = Site.of(request)
    if str(request.scope["path"]).rstrip("/").endswith(_WRITES):
        raise BadRequest(
            "On n'écrit pas dans une version publiée : retirez release.",
            "A published version is not written to: leave out release.",
            parameter=RELEASE,
        )
    chosen = await site.at(name)
    if chosen is site:
        return None
    if isinstance(chosen, str):
        location = site.urls(request).plain(f"/releases/{chosen}")
        return Response(status_code=303, headers={"Location": location, "Cache-Control": "no-cache"})
    request.scope["state"]["site"] = chosen
    request.scope["state"]["lent"].append(chosen)
    return None
