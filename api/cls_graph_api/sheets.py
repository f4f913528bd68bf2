"""The answer of a SELECT query as a workbook, with a second sheet that says what it is an answer to."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.queries.tables import named, workbook
from cls_graph.store import scan
from cls_graph_api.asked import names_of, rows_of
from cls_graph_api.charging import charged_on
from cls_graph_api.headers import licence_header
from cls_graph_api.i18n import grouped, language
from cls_graph_api.protocol import Operation, inference, need_query
from cls_graph_api.responses import CACHE, not_modified
from cls_graph_api.site import Site

ROWS = 50_000
"""Rows of a workbook, at most; one that is cut there says so on both sheets."""
OWN = (media.XLSX.name, media.GEOJSON.name)
"""The files of an answer of SPARQL that are made here, of as many rows."""


async def sheet(request: Request, operation: Operation) -> Response:
    """The workbook. Raises ``BadRequest`` for a query of another form, and as ``run``."""
    site, lang, text = Site.of(request), language(request), need_query(operation)
    etag, lasting = tag_of(request, operation, "sheet")
    if lasting and (unchanged := not_modified(request, etag)):
        return unchanged
    found = await rows_of(request, operation, ROWS)
    names = await names_of(request, named(found.rows), lang)
    t = Site.of(request).words(request)
    inferred = inference(operation) if operation.infer else ""
    about: list[tuple[str, object]] = [
        (t("inferred"), t("yes") if inferred == "true" else t("no")),
        (t("row_count"), len(found.rows)),
        *origin(request, lang),
        (t("web_address"), site.urls(request).absolute("/sparql")),
        (t("query_label"), text),
    ]
    body = await charged_on(request, workbook, found.columns, found.rows, names, about, cut=found.cut)
    headers = headers_of(request, operation, etag if lasting else "")
    if found.cut:
        headers["CLS-Truncated"] = f"rows={len(found.rows)}; limit={found.limit}"
    headers["Content-Disposition"] = 'attachment; filename="sparql.xlsx"'
    return Response(body, headers=headers, media_type=media.XLSX.media_type)


def lengths(
    request: Request, formats: Iterable[media.Format], own: Collection[str], *, graph: bool = False
) -> list[str]:
    """How long files can be, in sentences; those of ``own`` are made here and say where they are cut."""
    lang, most = language(request), Site.of(request).settings.max_rows
    t = Site.of(request).words(request)
    among = list(formats)
    said = []
    for key, names, number in (
        ("cut_limit", [f.label for f in among if f.name not in own], most),
        ("cut_sheets", [f.label for f in among if f.name in own], min(ROWS, most or ROWS)),
    ):
        if names and number:
            length = t("statements" if graph else "rows", n=grouped(number, lang))
            said.append(t(key, formats=", ".join(dict.fromkeys(names)), length=length))
    return said if graph or not said else [*said, t("cut_more")]


def tag_of(request: Request, operation: Operation, *form: str) -> tuple[str, bool]:
    """The ETag of an answer in a form, and whether it is the same the next time."""
    site, text = Site.of(request), need_query(operation)
    datasets = (operation.default_graphs, operation.named_graphs)
    asked = (text, repr(datasets), str(operation.infer), site.settings.inference)
    etag = site.of_query(site.etag_of(request, *form, *asked))
    return etag, not scan(text).volatile and bool(site.manifest["digest"])


def headers_of(request: Request, operation: Operation, etag: str) -> dict[str, str]:
    """The headers of an answer, which is not kept where it has no ``etag``."""
    headers = {"Cache-Control": CACHE, "ETag": etag} if etag else {"Cache-Control": "no-store"}
    headers |= licence_header(Site.of(request).manifest)
    return headers | ({"CLS-Inference": inference(operation)} if operation.infer else {})


def origin(request: Request, lang: str) -> list[tuple[str, object]]:
    """Where an answer is from: the dataset, its release and its licence."""
    t = Site.of(request).words(request)
    return [(t(name), value) for name, value in known_origin(request, lang)]


def known_origin(request: Request, lang: str) -> list[tuple[str, object]]:
    """The same, each item by its key in the table of words."""
    m = Site.of(request).manifest
    release = f"{m['version']} ({m['digest'][:12]})" if m.get("digest") else str(m["version"])
    rows = [
        ("data_set", m["title"][lang]),
        ("release", release),
        ("licence", m.get("licence", "")),
    ]
    return [(name, value) for name, value in rows if value]
