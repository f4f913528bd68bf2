"""Pages of the service, asked for in this process: no port, no HTTP client, no coding of answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message

from cls_graph.errors import CorpusError
from cls_graph_api.site import URLS, Site
from cls_graph_api.urls import Urls

HOST = "localhost"


@dataclass
class Answer:
    """An answer of the service, whole."""

    status: int = 0
    type: str = ""
    body: bytearray = field(default_factory=bytearray)

    @property
    def text(self) -> str:
        """The body, which is always UTF-8."""
        return self.body.decode()


class Client:
    """A client of an application that runs in this process."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page, as a browser does."""
        answer, asked = Answer(), False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                await asyncio.Event().wait()  # it never goes away
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                headers = dict(message.get("headers", ()))
                answer.type = headers.get(b"content-type", b"").decode()
            else:
                answer.body += message.get("body", b"")

        await self._app(scope(path, query), receive, send)
        return answer

    async def whole(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """The same. Raises ``CorpusError`` where there is no such page."""
        answer = await self.get(path, query)
        if answer.status != 200:
            raise missing(path)
        return answer


def scope(path: str, query: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A request for a page as a server hands it to the application."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "root_path": "",
        "query_string": urlencode(query or {}).encode(),
        "headers": [(b"host", HOST.encode()), (b"accept", b"text/html")],
        "server": (HOST, 80),
        "client": ("127.0.0.1", 0),
    }


def request_for(
    site: Site, path: str, query: Mapping[str, str] | None = None, urls: Urls | None = None
) -> Request:
    """The same as a handler of the application has it; ``urls`` are those of another such request."""
    return Request(scope(path, query) | {"state": {"site": site}} | ({URLS: urls} if urls else {}))


@asynccontextmanager
async def running(app: Starlette) -> AsyncIterator[Client]:
    """The service in this process, until the context ends."""
    async with app.router.lifespan_context(app):
        yield Client(app)


def missing(what: str) -> CorpusError:
    """The error for a page that a release has no data for."""
    return CorpusError(f"La page de {what} n'a pas pu être faite.", f"The page of {what} could not be made.")
