"""Answers as GeoJSON: of a query and of a ready question. Bounded as a workbook is, and never cut unsaid."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.errors import QueryTimeout
from cls_graph.queries.geojson import Collection, Feature, collection, features, members
from cls_graph.queries.placing import way_of, ways
from cls_graph.queries.spots import Placer, territories_in, territory_queries
from cls_graph.queries.tables import Rows, named
from cls_graph_api import sheets
from cls_graph_api.asked import PATH, Asked, Found, address, fetch, headers_of, names_of, rows_of
from cls_graph_api.charging import charged_on
from cls_graph_api.headers import licence_header
from cls_graph_api.i18n import language
from cls_graph_api.protocol import Operation, inference, need_query
from cls_graph_api.responses import not_modified, while_connected
from cls_graph_api.sheets import ROWS
from cls_graph_api.site import Site

MOST_BYTES = 48 << 20
"""Bytes of the features of a collection, at most; one that is cut there says so."""
MOST_READ = 8 << 20
"""Characters of geometry literals that are read for one: the work that a query can make of them."""
PLACE = "place"
"""The parameter that names the column that says where rows are."""
_PAIRS = 100_000
_LOOKED_AT = 500


async def sparql(request: Request, operation: Operation) -> Response:
    """The answer of a SELECT query. Raises ``NotAcceptable`` where no row has a place, and as ``sheet``."""
    site, lang, text = Site.of(request), language(request), need_query(operation)
    place = ",".join(operation.columns.get(PLACE, ()))
    etag, lasting = sheets.tag_of(request, operation, media.GEOJSON.name, place)
    if lasting and (unchanged := not_modified(request, etag)):
        return unchanged
    found = await rows_of(request, operation, ROWS)
    inferred = inference(operation) if operation.infer else ""
    about = [
        *sheets.known_origin(request, lang),
        ("web_address", site.urls(request).absolute("/sparql")),
        ("query_label", text),
    ]
    heads = {column: column for column in found.columns}
    headers = sheets.headers_of(request, operation, etag if lasting else "")
    extra = {"inference": inferred == "true"}
    return await _answer(request, found, about, heads, extra, place, headers, "sparql")


async def question(request: Request, asked: Asked) -> Response:
    """The answer of a ready question. Raises ``NotAcceptable`` where no row has a place."""
    q, place = asked.question, request.query_params.get(PLACE, "").strip()
    headers = headers_of(request, asked, media.GEOJSON.name, place)
    if unchanged := not_modified(request, headers["ETag"]):
        return unchanged
    headers |= licence_header(Site.of(request).manifest)
    found = await fetch(request, asked, ROWS)
    given = [(p.name, asked.value(p)) for p in q.parameters if p.type != "language"]
    about: list[tuple[str, object]] = [
        ("question", q.title[asked.lang]),
        ("definition", q.description[asked.lang]),
        *((name, value) for name, value in given if value),
        *sheets.known_origin(request, asked.lang),
        ("web_address", address(request, asked, f"{PATH}/{q.name}")),
        ("computation", q.how.get(asked.lang, "")),
        ("query_label", asked.text),
    ]
    heads = {column: q.label(column, asked.lang) for column in found.columns}
    extra = {"inference": asked.infer}
    return await _answer(request, found, about, heads, extra, place, headers, q.name)


async def _answer(
    request: Request,
    found: Found,
    about: Iterable[tuple[str, object]],
    heads: Mapping[str, str],
    extra: Mapping[str, object],
    place: str,
    headers: dict[str, str],
    name: str,
) -> Response:
    lang = language(request)
    reading = Reading(Site.of(request).settings.query_timeout)
    placer = await _placer(request, found, lang, place, reading)
    names = await names_of(request, named(found.rows), lang)
    said = {**members(about, heads, placer), **extra}
    rows = features(found.columns, found.rows, placer, names)
    try:
        # Who has gone wants no more of it.
        made = await while_connected(
            request,
            written(
                request,
                rows,
                said,
                lang,
                cut=found.cut,
                enough=lambda: placer is not None and placer.spent > MOST_READ,
            ),
        )
    finally:
        reading.end()
    if found.cut or made.full:
        limit = "sheet_bytes" if made.full else found.limit
        headers["CLS-Truncated"] = f"rows={made.count}; limit={limit}"
    headers["Content-Disposition"] = f'attachment; filename="{name}.{media.GEOJSON.extension}"'
    return Response(made.body, headers=headers, media_type=media.GEOJSON.media_type)


class Reading:
    """The time that geometries may take to be read: until it is called too late, or after its end.

    Raises ``QueryTimeout`` then.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds, self._begun, self._ended = seconds, 0.0, False

    def __call__(self) -> None:
        now = time.monotonic()
        self._begun = self._begun or now
        if self._ended or now - self._begun > self._seconds:
            raise QueryTimeout(
                f"Lire les géométries prend plus de {self._seconds:g} secondes.",
                f"Reading the geometries takes over {self._seconds:g} seconds.",
            )

    def end(self) -> None:
        """Nobody waits for it any more."""
        self._ended = True


async def written(
    request: Request,
    rows: Iterable[Feature],
    about: Mapping[str, object],
    lang: str,
    *,
    cut: bool = False,
    enough: Callable[[], bool] = lambda: False,
) -> Collection:
    """Features as a collection of a bounded size; of many it takes seconds, in which others are answered.

    What it costs is charged to who asks; whoever has not been let in by a query before is to be (``admit``).
    """

    def write() -> Collection:
        return collection(rows, about, lang=lang, most=MOST_BYTES, cut=cut, enough=enough)

    return await charged_on(request, write)


async def _placer(request: Request, found: Found, lang: str, place: str, reading: Reading) -> Placer | None:
    """What finds the spots of the rows, the territories of the things in them looked up."""
    base = Site.of(request).base
    way = await asyncio.to_thread(way_of, found.columns, found.rows, base, place)
    if way is None:
        return None
    things = await asyncio.to_thread(way.things, found.rows)
    return Placer(way, await _territories(request, things), lang, reading)


async def _territories(request: Request, things: Sequence[str]) -> dict[str, set[str]]:
    """The keys of the territories of things; where a limit cuts an answer, fewer are asked for at once."""
    known: dict[str, set[str]] = {}
    for start in range(0, len(things), _LOOKED_AT):
        some = things[start : start + _LOOKED_AT]
        for text in territory_queries(some):
            found = await rows_of(request, Operation(text), _PAIRS)
            if found.cut and len(some) > 1:
                half = len(some) // 2
                known |= await _territories(request, some[:half])
                known |= await _territories(request, some[half:])
            else:
                known |= territories_in(found.rows)
    return known


async def placing(columns: Sequence[str], rows: Rows, base: str) -> list[str]:
    """The columns that say where rows are, the likeliest first, by what the first rows hold."""
    return [way.name for way in await asyncio.to_thread(ways, columns, rows[:_LOOKED_AT], base)]


def offered(placed: Sequence[str], head: Callable[[str], str]) -> list[tuple[str, str]]:
    """Each GeoJSON that a page offers: what it is called, and the column that is to be asked for.

    Where one column alone says where rows are, nothing needs to be asked for. ``head`` gives the name of a
    column.
    """
    name = media.GEOJSON.label
    return [(f"{name} ({head(column)})", column) for column in placed] if len(placed) > 1 else [(name, "")]
