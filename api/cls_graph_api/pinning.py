"""Each request sees one state of the data, whatever is swapped or written meanwhile."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from cls_graph.service.ticket import Ticket
from cls_graph_api.budgets import client_of
from cls_graph_api.site import Site


class Pinned:
    """ASGI middleware: holds the generation that answers now until the request is over.

    ``Site.of(request)`` gives the site as it is then: its manifest, its tags and its pool. Whatever is
    asked of the pool for the request is charged to its client.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        site: Site = scope["app"].state.site

        def tickets() -> Ticket:
            # Who the client is, is known only further in.
            return site.desk.admit(client_of(scope), None).ticket

        pinned = site.pinned(tickets)
        scope.setdefault("state", {})["site"] = pinned
        try:
            await self._app(scope, receive, send)
        finally:
            pinned.unpin()
