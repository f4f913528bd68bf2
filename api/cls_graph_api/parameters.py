"""The parameters, the media type and the text of a request: what asking and writing read alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import parse_qsl

from cls_graph.errors import BadRequest, UnsupportedMediaType

FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 1000


def pairs(data: bytes) -> list[tuple[str, str]]:
    """The parameters in a query string or form. Raises ``BadRequest``."""
    if not data.isascii():
        raise BadRequest(
            "Les paramètres portent des caractères qui sont à coder, comme %C3%A9 pour é.",
            "The parameters hold characters that must be encoded, as %C3%A9 for é.",
        )
    if data.count(b"&") >= _MOST_FIELDS:
        raise BadRequest(f"{_MOST_FIELDS} paramètres au plus.", f"At most {_MOST_FIELDS} parameters.")
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


def text_of(body: bytes) -> str:
    """A body that is text. Raises ``BadRequest``."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8() from error


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
    """A media type in small letters and its parameters (RFC 9110, 8.3.1).

    Raises ``UnsupportedMediaType`` for a coding of characters that is not read.
    """
    kind, *rest = header.split(";")
    parameters = (part.partition("=") for part in rest)
    values = {name.strip().lower(): value.strip(" \"'") for name, _, value in parameters}
    if (values.get("charset") or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
        raise UnsupportedMediaType("Seul UTF-8 est lu.", "Only UTF-8 is read.")
    return kind.strip().lower(), values


def _not_utf8() -> BadRequest:
    return BadRequest("Le texte n'est pas en UTF-8.", "The text is not UTF-8.")
