"""Routes that are read: each answers GET and HEAD, at one address or several, and is described once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

Handler = Callable[..., Awaitable[Response]]


class Routes(APIRouter):
    """A router with a decorator for what is read."""

    def read(
        self, path: str, *also: str, summary: str, described: dict[str, Any]
    ) -> Callable[[Handler], Handler]:
        """Serve GET and HEAD at ``path``, and at ``also``, which the OpenAPI description leaves out.

        ``summary`` is in English and French, with a slash between; ``described`` comes from ``openapi``.
        """

        def install(handler: Handler) -> Handler:
            self.add_api_route(
                path, handler, methods=["GET"], summary=summary, response_class=Response, **described
            )
            self.add_api_route(path, handler, methods=["HEAD"], include_in_schema=False)
            for other in also:
                self.add_api_route(other, handler, methods=["GET", "HEAD"], include_in_schema=False)
            return handler

        return install
