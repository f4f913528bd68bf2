"""``/contracts``, ``/organisations``, ``/territories``, ``/determinants``: narrowed, sorted, paged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.collation import by_words
from cls_graph.geo.names import fold_name
from cls_graph_api.charging import charged
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering, lists, plotting
from cls_graph_api.pages.comparison import MOST
from cls_graph_api.pages.described import narrowed
from cls_graph_api.pages.facets import (
    CONTRACTS,
    DETERMINANTS,
    ORGANISATIONS,
    TERRITORIES,
    Narrowed,
    Shown,
    resolved,
)
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Link
from cls_graph_api.site import Site

router = Routes()
SIZE = 50
"""Rows of a page by default. Data has all of them, unless it is asked for by page."""

_FIXED = ("q", "sort", "page", "size", "more")


@dataclass(frozen=True)
class Cell:
    """A cell of a page: links, or a text; where it is ``open``, nothing means that nothing is mentioned."""

    links: list[Link]
    text: str = ""
    open: bool = True


class Asked:
    """A list under the parameters of a request. Raises ``BadRequest`` for those that mean nothing."""

    def __init__(
        self,
        request: Request,
        listing: lists.Listing[Any],
        index: Index,
        *,
        more: tuple[str, ...] = (),
        sort: str = "",
    ) -> None:
        """``more`` are parameters besides those of a list, ``sort`` the order by default."""
        usual = sort or listing.sort
        self.listing, self.index, self.lang = listing, index, language(request)
        self.t = Site.of(request).words(request)
        names = [f.name for f in listing.facets]
        said = answering.parameters(request, (*_FIXED, *more), names)
        self.query = resolved(listing.facets, said, listing.things(index), index, self.lang)
        sorts = [c.name for c in listing.columns if c.sort]
        both = [way for name in sorts for way in (name, "-" + name)]
        self.sort = answering.choice(self.query, "sort", [usual, *(way for way in both if way != usual)])
        self.size = answering.number(self.query, "size", SIZE, answering.LARGEST)
        self.page = answering.number(self.query, "page", 1, 1_000_000)
        self.words = next(iter(self.query.get("q", ())), "")
        self.narrowed = Narrowed(self._matching(), listing.facets, self.query)
        self.found = self._sorted(self.narrowed.found)

    def _matching(self) -> list[Any]:
        """The things whose names and codes have all the words that are asked for."""
        things = list(self.listing.things(self.index))
        if not self.words:
            return things
        # Signs alone name nothing, as in a search.
        words = fold_name(self.words).split()
        if not words:
            return []
        return [thing for thing in things if all(w in self._text(thing) for w in words)]

    def _text(self, thing: Any) -> str:
        names = self.index.names.get(thing.iri)
        texts = [*self.listing.aliases(thing), *(names.best.values() if names else ())]
        return " ".join(fold_name(text) for text in (*texts, *(names.others if names else ())))

    def _sorted(self, things: list[Any]) -> list[Any]:
        column = next(c for c in self.listing.columns if c.name == self.sort.lstrip("-"))
        # By name within the same key, whichever the direction.
        ordered = sorted(things, key=lambda t: (by_words(self.index.name(t.iri, self.lang)), t.iri))

        def key(thing: Any) -> Any:
            return column.sort(thing, self.index, self.lang) if column.sort else 0

        return sorted(ordered, key=key, reverse=self.sort.startswith("-"))

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-len(self.found) // self.size))

    @property
    def wanted(self) -> list[Any]:
        """The things that data have: all of them, unless a page of them is asked for."""
        return self.rows if {"page", "size"} & self.query.keys() else self.found

    @property
    def rows(self) -> list[Any]:
        """The things of the page that is asked for; none past the last: who reads on comes to an end."""
        return self.found[(self.page - 1) * self.size : self.page * self.size]

    def address(self, **changes: Any) -> dict[str, str | list[str]]:
        """The parameters of the list with some of them changed, the page the first one again."""
        kept: dict[str, str | list[str]] = {
            k: (v if len(v) > 1 else v[0]) for k, v in self.query.items() if k not in answering.USUAL
        }
        return {**kept, "page": "", **changes}


@router.read(
    "/contracts",
    "/contracts.{suffix}",
    summary="Contracts / Contrats",
    described=narrowed(CONTRACTS, files=answering.PLACES),
)
async def contracts(request: Request) -> Response:
    """The contracts, by region, status, determinant, kind of signatory, year, population, signatory."""
    return await _answer(request, lists.contracts)


@router.read(
    "/organisations",
    "/organisations.{suffix}",
    summary="Organisations / Organismes",
    described=narrowed(ORGANISATIONS, files=answering.PLACES),
)
async def organisations(request: Request) -> Response:
    """The bodies of the registry, by kind, role and territory."""
    return await _answer(request, lists.organisations)


@router.read(
    "/territories",
    "/territories.{suffix}",
    summary="Territories / Territoires",
    described=narrowed(TERRITORIES, files=answering.PLACES),
)
async def territories(request: Request) -> Response:
    """The territories, by level and by what they are part of."""
    return await _answer(request, lists.territories)


@router.read(
    "/determinants",
    "/determinants.{suffix}",
    summary="Determinants / Déterminants",
    described=narrowed(DETERMINANTS, files=answering.SHEETS),
)
async def determinants(request: Request) -> Response:
    """The determinants of health, by theme and type of axis, with the contracts that address them."""
    return await _answer(request, lists.determinants, answering.SHEETS)


async def _answer(
    request: Request,
    make: Callable[[Index], lists.Listing[Any]],
    files: Sequence[media.Format] = answering.PLACES,
) -> Response:
    site = Site.of(request)
    form = answering.form_of(request, files)
    index = await while_connected(request, index_of(site))
    asked = Asked(request, make(index), index)
    etag = answering.tag(request, form, {**asked.query})
    if known := answering.unchanged(request, etag):
        return known
    if form == "csv":
        return answering.respond(request, answering.as_csv(*_table(asked)), "text/csv", etag)
    if form == "xlsx":
        title = asked.t(asked.listing.word)
        sheet = await charged(
            request, answering.as_sheet, request, title, *_table(asked), asked.query, in_words(asked)
        )
        return answering.respond(request, sheet, media.XLSX.media_type, etag)
    links = _links(request, asked, files)
    if form == media.GEOJSON.name:
        return await plotting.answer(request, asked, etag)
    if form == "json":
        body = answering.as_json(_json(request, asked))
        return answering.respond(request, body, "application/json", etag, links)
    return answering.respond(request, _html(request, asked, files), "text/html", etag, links)


def _html(request: Request, asked: Asked, files: Sequence[media.Format]) -> str:
    site = Site.of(request)
    urls, listing = site.urls(request), asked.listing
    facets = asked.narrowed.shown(asked.index, asked.lang, asked.query.get("more", []))
    return site.page(
        request,
        "listing.html",
        listing=listing,
        asked=asked,
        facets=facets,
        rows=[[_cell(asked, c, thing, urls.link) for c in listing.columns] for thing in asked.rows],
        keys=[getattr(thing, "key", "") for thing in asked.rows],
        heads=[(c, *_sorting(asked, c)) for c in listing.columns],
        chips=_chips(asked, facets),
        formats=answering.alternates(request, listing.path, asked.address(), files),
        cut=asked.index.cut,
        most=MOST,
    )


def _cell(asked: Asked, column: lists.Column[Any], thing: Any, link: Callable[[str], str]) -> Cell:
    if column.iris is None:
        return Cell([], column.said(thing, asked.lang))
    iris = list(column.iris(thing))
    if column.folded:
        return Cell([], str(len(iris)))
    return Cell(lists.links(iris, asked.index, asked.lang, link), open=column.open(thing))


def _sorting(asked: Asked, column: lists.Column[Any]) -> tuple[str, dict[str, Any] | None]:
    """How a column is sorted now (for ``aria-sort``), and the address that sorts by it."""
    if column.sort is None:
        return "", None
    now = {column.name: "ascending", "-" + column.name: "descending"}.get(asked.sort, "none")
    first, second = ("-" + column.name, column.name) if column.number else (column.name, "-" + column.name)
    return now, asked.address(sort=second if asked.sort == first else first)


def _chips(asked: Asked, facets: list[Shown]) -> list[tuple[str, str, dict[str, Any]]]:
    """The choices that are in force, each with the address without it."""
    found = []
    for facet in facets:
        for choice in facet.choices:
            if choice.chosen:
                left = [v for v in asked.query.get(facet.name, ()) if v != choice.value]
                found.append((facet.word, choice.text, asked.address(**{facet.name: left or ""})))
    if asked.words:
        found.append(("q_label", asked.words, asked.address(q="")))
    return found


def in_words(asked: Asked) -> list[tuple[str, str]]:
    """The choices that are in force: each with what it is called."""
    facets = asked.narrowed.shown(asked.index, asked.lang)
    return [(asked.t(word), text) for word, text, _ in _chips(asked, facets)]


def _item(asked: Asked, thing: Any) -> dict[str, Any]:
    item: dict[str, Any] = {"iri": thing.iri, "label": asked.index.name(thing.iri, asked.lang)}
    for column in asked.listing.columns:
        if column.iris is None:
            item[column.name] = column.text(thing, asked.lang) if column.text else None
        elif list(column.iris(thing)) != [thing.iri]:
            linked = lists.links(column.iris(thing), asked.index, asked.lang, str)
            item[column.name] = [{"iri": link.iri, "label": link.text} for link in linked]
    return item


def _json(request: Request, asked: Asked) -> dict[str, Any]:
    paged, things = {"page", "size"} & asked.query.keys(), asked.wanted
    facets = asked.narrowed.shown(asked.index, asked.lang, asked.narrowed.asked)
    return {
        "release": Site.of(request).manifest["version"],
        "total": len(asked.found),
        "page": asked.page if paged else 1,
        "size": asked.size if paged else len(things),
        "facets": {f.name: _counts(f) for f in facets},
        "items": [_item(asked, thing) for thing in things],
    }


def _counts(facet: Shown) -> list[dict[str, Any]]:
    return [{"value": c.value, "label": c.text, "count": c.count} for c in facet.choices]


def _table(asked: Asked) -> tuple[list[str], list[list[object]]]:
    """The list as data: heads, and rows with the IRI of each thing first."""
    heads = ["IRI", *(asked.t(c.word) for c in asked.listing.columns)]
    rows: list[list[object]] = []
    for thing in asked.wanted:
        row: list[object] = [thing.iri]
        for column in asked.listing.columns:
            if column.iris is not None:
                named = lists.links(column.iris(thing), asked.index, asked.lang, str)
                row.append(" ; ".join(link.text for link in named))
            else:
                row.append(column.said(thing, asked.lang))
        rows.append(row)
    return heads, rows


def _links(request: Request, asked: Asked, files: Sequence[media.Format]) -> str:
    """The other pages of the list, and its other forms (RFC 8288)."""
    urls = Site.of(request).urls(request)
    path = asked.listing.path
    pages = {"first": 1, "last": asked.last}
    if asked.page > 1:
        pages["prev"] = min(asked.page - 1, asked.last)
    if asked.page < asked.last:
        pages["next"] = asked.page + 1
    found = [f'<{urls.local(path, **asked.address(page=str(n)))}>; rel="{rel}"' for rel, n in pages.items()]
    found += [
        f'<{url}>; rel="alternate"; type="{mime}"'
        for _, url, mime in answering.alternates(request, path, asked.address(), files)
    ]
    return ", ".join(found)
