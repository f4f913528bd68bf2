"""Responses: conditional, and streamed so that a broken answer is seen to be broken."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cls_graph.errors import ClsGraphError
from cls_graph.service import Answer

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
CACHE = "public, no-cache"
_LOOK_SECONDS = 0.02
_READING = ("GET", "HEAD", "QUERY")


class ClientGone(Exception):
    """The client closed the connection before there was an answer."""


def not_modified(request: Request, etag: str) -> Response | None:
    """A 304 when the client already has this representation (RFC 9110, 13.1.2), else ``None``.

    Of the methods that only read; the answer to a POST is not what a client may have kept.
    """
    if request.method not in _READING:
        return None
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if etag.removeprefix("W/") in known or known == ["*"]:
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": CACHE})
    return None


def weak(etag: str) -> str:
    """The tag of an answer that says the same in bytes that may differ (RFC 9110, 8.8.1)."""
    return f"W/{etag.removeprefix('W/')}"


async def while_connected(request: Request, work: Coroutine[Any, Any, _T]) -> _T:
    """The result of ``work``, which is cancelled (and its query killed) if the client goes away.

    The body of the request must have been read. Raises ``ClientGone``.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    watch: asyncio.Task[None] | None = None
    left = False

    def leave(_: asyncio.Task[None]) -> None:
        nonlocal left
        left = True
        task.cancel()

    def look() -> None:
        nonlocal watch
        watch = loop.create_task(_disconnection(request.receive))
        watch.add_done_callback(leave)

    # Most answers are there before anybody needs to look.
    timer = loop.call_later(_LOOK_SECONDS, look)
    try:
        return await work
    except asyncio.CancelledError:
        if left:
            task.uncancel()
            raise ClientGone from None
        raise
    finally:
        timer.cancel()
        if watch is not None:
            watch.remove_done_callback(leave)
            watch.cancel()


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Streamed(Response):
    """An answer sent as it comes. If it breaks off, so does the connection, before its end."""

    def __init__(self, answer: Answer, headers: Mapping[str, str]) -> None:
        super().__init__(media_type=answer.media_type, headers=headers)
        del self.headers["content-length"]
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            self._answer.close()
            await send({"type": "http.response.body", "body": b""})
            return
        gone = asyncio.create_task(_disconnection(receive))
        gone.add_done_callback(lambda _: self._answer.close())
        try:
            async for block in self._answer.body:
                await send({"type": "http.response.body", "body": block, "more_body": True})
        except ClsGraphError as error:
            # Returning without the last chunk makes the server drop the connection.
            _log.warning("an answer broke off: %s", error)
            return
        finally:
            gone.cancel()
            self._answer.close()
        await send({"type": "http.response.body", "body": b""})
