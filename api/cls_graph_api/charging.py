"""Work for one client in a thread of this process: maps, workbooks, what is computed over rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from starlette.requests import Request

from cls_graph_api.budgets import client_of
from cls_graph_api.site import Site

_P = ParamSpec("_P")
_T = TypeVar("_T")


def admit(request: Request) -> None:
    """Raise ``TooManyRequests`` where nothing is left of the share of who asks."""
    Site.of(request).desk.budgets.enter(client_of(request.scope))


async def charged(request: Request, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """What ``work`` gives. The processor time that it takes is charged to who asks, as that of a query is,
    also where they have gone meanwhile. Raises ``TooManyRequests`` where nothing of their share is left."""
    admit(request)
    return await charged_on(request, work, *args, **kwargs)


async def charged_on(request: Request, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """The same for the end of a request whose query was admitted: what it found is not refused after it."""
    budgets, client = Site.of(request).desk.budgets, client_of(request.scope)
    loop = asyncio.get_running_loop()

    def timed() -> _T:
        begun = time.thread_time()
        try:
            return work(*args, **kwargs)
        finally:
            # The accounts are those of the loop. This comes before the result does.
            spent = time.thread_time() - begun
            loop.call_soon_threadsafe(partial(budgets.leave, client, spent, long=False))

    return await asyncio.to_thread(timed)
