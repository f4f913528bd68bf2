"""The answer of a ready question as a file: CSV and XLSX for people, TSV, JSON and XML for programs."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from cls_graph import media
from cls_graph.queries.solutions import solutions
from cls_graph.queries.tables import csv_table, named, workbook
from cls_graph.store.writing import write_results
from cls_graph_api import sheets
from cls_graph_api.asked import PATH, Asked, Found, address, fetch, headers_of, names_of
from cls_graph_api.charging import charged_on
from cls_graph_api.responses import not_modified
from cls_graph_api.sheets import ROWS
from cls_graph_api.site import Site

FORMATS = (*media.SOLUTIONS, media.XLSX, media.GEOJSON)
_IN_MEMORY = 8 << 20
_BLOCK = 1 << 16


async def data(request: Request, asked: Asked, fmt: media.Format) -> Response:
    """What was computed, in a format of SPARQL: all of it, up to the limit that every answer has."""
    headers = headers_of(request, asked, fmt.name)
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    most = Site.of(request).settings.max_rows
    found = await fetch(request, asked, most or None)
    if found.cut:
        headers["CLS-Truncated"] = f"rows={most}; limit=max_rows"
    # Written to its end before the first byte leaves: what goes wrong is an error, not half an answer.
    body, size = await charged_on(request, _written, found, fmt)
    headers["Content-Length"] = str(size)
    return StreamingResponse(_blocks(body), headers=headers, media_type=fmt.media_type)


def _written(found: Found, fmt: media.Format) -> tuple[IO[bytes], int]:
    out = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when it has been sent
    write_results(solutions(found.columns, found.rows), fmt, out)
    size = out.tell()
    out.seek(0)
    return out, size


def _blocks(body: IO[bytes]) -> Iterator[bytes]:
    with body:
        while block := body.read(_BLOCK):
            yield block


async def table(request: Request, asked: Asked, fmt: media.Format, *, plainly: bool) -> Response:
    """CSV or XLSX for people."""
    headers = headers_of(request, asked, fmt.name, str(plainly))
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    found = await fetch(request, asked, ROWS)
    # Under the names of its variables a table is for programs, which get all columns.
    columns, rows = (found.columns, found.rows) if plainly else asked.question.for_people(found.rows)
    names = await names_of(request, named(rows), asked.lang)
    heads = [c if plainly else asked.question.label(c, asked.lang) for c in columns]
    if found.cut:
        headers["CLS-Truncated"] = f"rows={len(found.rows)}; limit={found.limit}"
    headers["Content-Disposition"] = f'attachment; filename="{asked.question.name}.{fmt.extension}"'
    if fmt.name == "csv":
        body = await charged_on(request, csv_table, heads, rows, names, found.cut)
    else:
        about = _about(request, asked, found)
        title = asked.question.title[asked.lang]
        body = await charged_on(request, workbook, heads, rows, names, about, title=title, cut=found.cut)
    return Response(body, headers=headers, media_type=fmt.media_type)


def _about(request: Request, asked: Asked, found: Found) -> list[tuple[str, object]]:
    """What the second sheet says: the question, what was given, where the answer is from."""
    t = Site.of(request).words(request)
    q = asked.question
    path = f"{PATH}/{q.name}"
    return [
        (t("question"), q.title[asked.lang]),
        (t("definition"), q.description[asked.lang]),
        *asked.said(),
        (t("inferred"), t("yes") if asked.infer else t("no")),
        (t("row_count"), len(found.rows)),
        *sheets.origin(request, asked.lang),
        (t("web_address"), address(request, asked, path)),
        *([(t("computation"), q.how[asked.lang])] if q.how else []),
        (t("query_label"), asked.text),
    ]
