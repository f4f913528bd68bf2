"""What the ways of writing share: preferences, parameters, and the answer to a write."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.errors import BadRequest, UnsupportedMediaType
from cls_graph.service.applying import Outcome
from cls_graph.service.operations import Operation
from cls_graph.service.writer import WritablePool
from cls_graph_api.headers import release_header
from cls_graph_api.protocol import read_body
from cls_graph_api.responses import while_connected
from cls_graph_api.site import Site

_MOST_FIELDS = 1000


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


def pairs(data: bytes) -> list[tuple[str, str]]:
    """The parameters in a query string or form. Raises ``BadRequest``."""
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise BadRequest("Les paramètres sont mal codés.", "The parameters are badly encoded.") from error


def check_names(found: Iterable[tuple[str, str]], once: Collection[str], more: Collection[str] = ()) -> None:
    """Raise ``BadRequest`` for a parameter that is unknown, or given twice where one is meant."""
    names = [name for name, _ in found]
    for name in names:
        if name not in once and name not in more:
            raise BadRequest(f"Paramètre inconnu : {name}.", f"Unknown parameter: {name}.", parameter=name)
        if name in once and names.count(name) > 1:
            raise BadRequest(
                f"Le paramètre {name} est donné plusieurs fois.",
                f"The parameter {name} is given more than once.",
                parameter=name,
            )


def content_type(header: str) -> tuple[str, dict[str, str]]:
    """A media type in small letters and its parameters (RFC 9110, 8.3.1)."""
    kind, *rest = header.split(";")
    parameters = (part.partition("=") for part in rest)
    values = {name.strip().lower(): value.strip(" \"'") for name, _, value in parameters}
    if values.get("charset", "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType("Seul UTF-8 est lu.", "Only UTF-8 is read.")
    return kind.strip().lower(), values
