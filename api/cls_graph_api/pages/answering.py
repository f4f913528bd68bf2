"""One list, three forms: a page, JSON or CSV, by suffix, ``?format=`` or Accept; and its parameters."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import BadRequest
from cls_graph.queries.tables import SHEETS as SHEET_WORDS
from cls_graph_api import forms
from cls_graph_api.headers import licence_links
from cls_graph_api.i18n import language
from cls_graph_api.protocol import RELEASE
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.sheets import origin
from cls_graph_api.site import Site, request_path

FORMATS = media.LISTS
SHEETS = (*FORMATS, media.XLSX)
"""Those of the lists that are one table, which people have as a workbook too."""
PLACES = (*SHEETS, media.GEOJSON)
"""Those of the lists whose things have places."""
LARGEST = 500
"""Rows of a page at most."""
USUAL = frozenset({"lang", "theme", "format", RELEASE})
"""Parameters that every page takes."""

_LONGEST = 200

Query = Mapping[str, str | list[str]]


def parameters(request: Request, once: Iterable[str], several: Iterable[str] = ()) -> dict[str, list[str]]:
    """The parameters of an address with their values, empty ones left out.

    Raises ``BadRequest`` for one that is not known, twice there where it may be ``once``, or too long.
    """
    single, many = {*once, *USUAL}, set(several)
    found: dict[str, list[str]] = {}
    for name in request.query_params:
        values = [v.strip() for v in request.query_params.getlist(name)]
        if name not in single | many:
            known = ", ".join(sorted((single | many) - USUAL))
            raise BadRequest(
                f"Paramètre inconnu : {name}. Paramètres possibles : {known}.",
                f"Unknown parameter: {name}. Possible parameters: {known}.",
                parameter=name,
            )
        if name in single and len(values) > 1:
            raise BadRequest(
                f"Le paramètre {name} est donné deux fois.",
                f"The parameter {name} is given twice.",
                parameter=name,
            )
        if any(len(v) > _LONGEST for v in values):
            raise BadRequest(
                f"Le paramètre {name} dépasse {_LONGEST} caractères.",
                f"The parameter {name} is over {_LONGEST} characters.",
                parameter=name,
            )
        if kept := list(dict.fromkeys(v for v in values if v)):
            found[name] = kept
    return found


def number(found: Mapping[str, Sequence[str]], name: str, default: int, most: int) -> int:
    """A parameter that is a number from 1 to ``most``. Raises ``BadRequest``."""
    text = next(iter(found.get(name, ())), str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most and len(text) < 10):
        raise BadRequest(
            f"Le paramètre {name} est un nombre de 1 à {most}, pas « {text} ».",
            f"The parameter {name} is a number from 1 to {most}, not '{text}'.",
            parameter=name,
        )
    return int(text)


def choice(found: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> str:
    """A parameter that is one of ``known``, the first by default. Raises ``BadRequest``."""
    text = next(iter(found.get(name, ())), known[0])
    if text not in known:
        words = ", ".join(filter(None, known))
        raise BadRequest(
            f"Le paramètre {name} est l'un de : {words} ; pas « {text} ».",
            f"The parameter {name} is one of: {words}; not '{text}'.",
            parameter=name,
        )
    return text


def form_of(request: Request, formats: Sequence[media.Format] = FORMATS) -> str:
    """``html`` or the name of a format. Raises ``NotFound`` for another suffix, and ``NotAcceptable``."""
    return forms.form_of(request, formats, forms.suffix_in(request))


def tag(request: Request, form: str, query: Query) -> str:
    """The ETag of a list in one form."""
    parts = [request_path(request), form, json.dumps(query, sort_keys=True)]
    return Site.of(request).etag_of(request, "list", *parts)


def unchanged(request: Request, etag: str) -> Response | None:
    """A 304 where the client has the answer already."""
    return not_modified(request, etag)


def respond(request: Request, body: str | bytes, media_type: str, etag: str, link: str = "") -> Response:
    """The answer, with the headers that all of them carry."""
    headers = {"ETag": etag, "Cache-Control": CACHE, "Content-Language": language(request)}
    if links := [text for text in (link, *licence_links(Site.of(request).manifest)) if text]:
        headers["Link"] = ", ".join(links)
    return Response(body, headers=headers, media_type=media_type)


def as_json(value: Any) -> str:
    """JSON that people can read too."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table; a text that a spreadsheet would run as a formula is set off with an apostrophe."""
    from cls_graph.workbooks import csv_safe  # which takes a while to load

    out = io.StringIO()
    # Spreadsheets take a file for UTF-8 by its mark.
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    for row in (heads, *rows):
        table.writerow([csv_safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


def as_sheet(
    request: Request,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    query: Query,
    said: Sequence[tuple[str, str]],
) -> bytes:
    """The table as a workbook, with a second sheet that says what it is and where it is from.

    ``said`` is what was asked for, in words.
    """
    from cls_graph.workbooks import Heading, Table, tables_bytes

    lang, site = language(request), Site.of(request)
    t, lines = site.words(request), list(rows)
    about: list[tuple[str, object]] = [
        (t("question"), title),
        *said,
        (t("row_count"), len(lines)),
        *origin(request, lang),
        (
            t("web_address"),
            site.urls(request).absolute(request_path(request), **_kept(query, lang)),
        ),
    ]
    what = [Heading(SHEET_WORDS["what"][lang], width=24), Heading(SHEET_WORDS["value"][lang], width=90)]
    tables = [
        Table(SHEET_WORDS["rows"][lang], [Heading(head) for head in heads], lines),
        Table(SHEET_WORDS["about"][lang], what, about),
    ]
    return tables_bytes(tables, title)


def _kept(query: Query, lang: str) -> dict[str, str | list[str]]:
    kept = {name: value for name, value in query.items() if value and name not in ("format", "page")}
    return {**kept, "lang": lang}


def alternates(
    request: Request, path: str, query: Query, formats: Sequence[media.Format] = FORMATS
) -> list[tuple[str, str, str]]:
    """Name, address and media type of a list as data, with all of its rows."""
    urls = Site.of(request).urls(request)
    kept = {k: v for k, v in query.items() if k not in ("page", "size")}
    return [(f.name, urls.local(f"{path}.{f.extension}", **kept), f.media_type) for f in formats]
