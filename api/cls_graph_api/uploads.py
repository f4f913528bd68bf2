"""The documents in the body of a write: one, or several in a form (RFC 7578)."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import HTTP

from starlette.requests import Request

from cls_graph import media
from cls_graph.errors import BadRequest, UnsupportedMediaType
from cls_graph.service.operations import Part
from cls_graph_api.parameters import content_type
from cls_graph_api.writes import body_of

MULTIPART = "multipart/form-data"
_FORMATS = tuple(f for f in media.FORMATS if f.graph or f.dataset)
_MOST_PARTS = 100


async def read_parts(request: Request) -> tuple[Part, ...]:
    """The documents of a request. Raises ``BadRequest``, ``UnsupportedMediaType``, ``TooLarge``."""
    header = request.headers.get("content-type", "")
    kind, parameters = content_type(header)
    multiple = kind == MULTIPART
    if not multiple and (kind or request.headers.get("content-length") != "0"):
        # Before the body is read: what nobody can parse need not be sent.
        format_of(kind)
    body = await body_of(request)
    if multiple:
        return _split(body, parameters.get("boundary", ""))
    # Nothing at all, of no type, is an empty graph.
    return (Part(format_of(kind).name, body),) if kind or body else ()


def format_of(kind: str) -> media.Format:
    """The format of a media type. Raises ``UnsupportedMediaType`` with those that would do."""
    found = media.by_name(kind, _FORMATS) if "/" in kind else None
    if found is None:
        names = ", ".join(f.media_type for f in _FORMATS)
        raise UnsupportedMediaType(
            f"Envoyez l'un de ces formats : {names}.",
            f"Send one of these formats: {names}.",
            accepted=[f.media_type for f in _FORMATS],
        )
    return found


def _split(body: bytes, boundary: str) -> tuple[Part, ...]:
    """The files of a form. A part without a type is known by the suffix of its file."""
    mark = b"--" + boundary.encode("latin-1", "replace")
    # The first boundary may stand at the very start; the others follow a line break.
    pieces = (b"\r\n" + body).split(b"\r\n" + mark)
    if not boundary or len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise BadRequest("Le formulaire est mal formé.", "The form is malformed.")
    if len(pieces) > _MOST_PARTS + 2:
        raise BadRequest(f"{_MOST_PARTS} fichiers au plus.", f"At most {_MOST_PARTS} files.")
    return tuple(_part(piece) for piece in pieces[1:-1])


def _part(piece: bytes) -> Part:
    head, separator, content = piece.partition(b"\r\n\r\n")
    if not separator:
        raise BadRequest("Le formulaire est mal formé.", "The form is malformed.")
    headers: Message = BytesHeaderParser(policy=HTTP).parsebytes(head.lstrip(b"\r\n") + b"\r\n\r\n")
    if headers["content-type"]:
        kind, _ = content_type(str(headers["content-type"]))
        return Part(format_of(kind).name, content)
    suffix = str(headers.get_filename() or "").rpartition(".")[2]
    found = media.by_name(suffix, _FORMATS) if suffix else None
    return Part((found or format_of("")).name, content)
