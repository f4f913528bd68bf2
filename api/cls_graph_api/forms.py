"""Which form an answer is in: a page for a person, or data in one of the formats that there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from starlette.requests import Request

from cls_graph import media
from cls_graph_api.problems import not_found, wants_html
from cls_graph_api.site import request_path


def suffix_in(request: Request) -> str:
    """The suffix of the address, or nothing."""
    return str(request.path_params.get("suffix", ""))


def format_of(
    request: Request, formats: Sequence[media.Format], suffix: str | None = None
) -> media.Format | None:
    """By suffix, ``?format=`` or Accept, in this order; ``None`` for a page.

    Raises ``NotFound`` for a suffix that is none, and ``NotAcceptable``.
    """
    if suffix and suffix not in ("html", *_extensions(formats)):
        raise not_found(request_path(request))
    asked = suffix or request.query_params.get("format") or None
    if means_page(request, formats, asked):
        return None
    return media.choose(request.headers.get("accept"), tuple(formats), asked)


def means_page(request: Request, formats: Iterable[media.Format], asked: str | None) -> bool:
    """Whether a page is meant: by what the suffix or ``?format=`` says, and where neither does by Accept."""
    return asked == "html" or (asked is None and wants_html(request, formats))


def takes(request: Request, formats: Iterable[media.Format]) -> bool:
    """Whether the client accepts one of these formats."""
    types = [t for f in formats for t in (f.media_type, *f.aliases)]
    return media.negotiate(request.headers.get("accept"), types) is not None


def form_of(request: Request, formats: Sequence[media.Format], suffix: str | None = None) -> str:
    """The name of that format, or ``html``; raises as ``format_of``."""
    found = format_of(request, formats, suffix)
    return "html" if found is None else found.name


def is_page(request: Request, suffix: str | None = None) -> bool:
    """Of what is a page or JSON, whether the page is meant; raises as ``format_of``.

    Who accepts neither is given JSON.
    """
    if suffix or request.query_params.get("format"):
        return format_of(request, (media.JSON,), suffix) is None
    return wants_html(request, (media.JSON,))


def _extensions(formats: Iterable[media.Format]) -> set[str]:
    return {f.extension for f in formats}
