"""What the ways of writing share: preferences, bodies, and the answer to a write."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import UnsupportedMediaType
from cls_graph.service.applying import Outcome
from cls_graph.service.operations import Operation
from cls_graph.service.writer import WritablePool
from cls_graph_api.headers import release_header
from cls_graph_api.protocol import read_body
from cls_graph_api.responses import while_connected
from cls_graph_api.site import Site


async def write(
    request: Request, writer: WritablePool, operation: Operation, location: str | None = None
) -> Response:
    """Do a write and answer it: 201 with ``location`` when it made a graph, else 204 (RFC 9110, 15.3).

    ``Prefer: handling=strict`` (RFC 7240) has the shapes decide; the answer says that they did.
    """
    strict = _handling(request) == "strict"
    outcome, manifest = await while_connected(request, writer.write(operation, strict=strict))
    headers = {"CLS-Release": release_header(manifest), "Cache-Control": "no-store"}
    if strict:
        headers["Preference-Applied"] = "handling=strict"
    if outcome.created and location is not None:
        headers["Location"] = location
    return Response(status_code=_status(outcome), headers=headers)


def _status(outcome: Outcome) -> int:
    return 201 if outcome.created else 204


def _handling(request: Request) -> str:
    """The value of the ``handling`` preference; the first one counts (RFC 7240, section 2)."""
    for header in request.headers.getlist("prefer"):
        for part in header.split(","):
            name, _, value = part.partition(";")[0].partition("=")
            if name.strip().lower() == "handling":
                return value.strip(' "').lower()
    return ""


async def body_of(request: Request) -> bytes:
    """The body of a write. Raises ``TooLarge``, ``SlowRequest``, ``UnsupportedMediaType``."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Envoyez le contenu sans compression.", "Send the content uncompressed.")
    settings = Site.of(request).settings
    return await read_body(request, replace(settings, max_body=settings.max_upload))
