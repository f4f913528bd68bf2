"""From an operation of the protocol to an answer of the pool."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

from cls_graph.service import Answer
from cls_graph_api.budgets import client_of
from cls_graph_api.protocol import Operation, need_query
from cls_graph_api.site import Site


async def run(site: Site, request: Request, operation: Operation, asked: str | None = None) -> Answer:
    """The answer of the pool to an operation, in the format ``asked`` or that of the request.

    Raises as ``QueryPool.query``, and ``TooManyRequests`` and ``QueryCancelled``.
    """
    entry = site.desk.admit(client_of(request.scope), operation.identifier)
    answer: Answer | None = None
    try:
        answer = await site.pool.query(
            need_query(operation),
            accept=request.headers.get("accept"),
            asked=asked or operation.format,
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            timeout=operation.timeout,
            ticket=entry.ticket,
            base=site.urls(request).absolute("/sparql"),
            infer=operation.infer,
        )
    except asyncio.CancelledError:
        # Stopped while it waited for a worker; otherwise the client has left.
        if entry.ticket.error is not None:
            if entry.task is not None:
                entry.task.uncancel()
            if not entry.ticket.taken_up:
                site.desk.metrics.dropped("cancelled")
            raise entry.ticket.error from None
        raise
    finally:
        if answer is not None and answer.whole is None and entry.ticket.working:
            entry.sending = True
        else:
            site.desk.running.remove(entry)
    return answer
