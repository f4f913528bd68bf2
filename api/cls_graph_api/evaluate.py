"""From an operation of the protocol to an answer of the pool."""

from __future__ import annotations

from starlette.requests import Request

from cls_graph.service import Answer
from cls_graph_api.protocol import Operation, need_query
from cls_graph_api.site import Site


async def run(site: Site, request: Request, operation: Operation, asked: str | None = None) -> Answer:
    """The answer of the pool to an operation, in the format ``asked`` or that of the request."""
    return await site.pool.query(
        need_query(operation),
        accept=request.headers.get("accept"),
        asked=asked or operation.format,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
        timeout=operation.timeout,
    )
