"""``/matrix``: contracts by determinants, or by kinds of signatories, as a table that can be narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.namespaces import VOCAB
from cls_graph_api import openapi
from cls_graph_api.charging import charged
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.described import narrowed
from cls_graph_api.pages.facets import CONTRACTS
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.listing import Asked, in_words
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Link
from cls_graph_api.site import Site

router = Routes()
BY = ("determinants", "themes", "kinds")
AXES = ("transversal", "strategic", "thematic")
"""The types of axes that a cell tells apart; an axis of another type, or none, is only a mention."""


@dataclass(frozen=True)
class Mark:
    """A cell: the letters that are seen, the words that are read, empty for no mention; and the node of the
    contract that states it."""

    letters: str
    words: str
    node: str = ""


@dataclass(frozen=True)
class Head:
    """A column, and how many of the contracts have it."""

    link: Link
    count: int


class Matrix:
    """Contracts under the choices of a request, by columns of one sort."""

    def __init__(self, request: Request, index: Index) -> None:
        self.asked = Asked(request, lists.contracts(index), index, more=("by",))
        self.index, self.lang = index, self.asked.lang
        self.by = answering.choice(self.asked.query, "by", BY)
        counts: dict[str, int] = {}
        for contract in self.asked.found:
            for iri in self._of(contract):
                counts[iri] = counts.get(iri, 0) + 1
        scheme = "organisation-kind" if self.by == "kinds" else "determinant"
        order = {concept.iri: n for n, concept in enumerate(index.scheme(scheme))}
        self.columns = sorted(counts, key=lambda iri: (order.get(iri, len(order)), iri))
        self.counts = counts

    def _of(self, contract: Contract) -> dict[str, Any]:
        if self.by == "kinds":
            kinds: dict[str, int] = {}
            for party in {(p.kind, p.organisation or n) for n, p in enumerate(contract.parties) if p.signs}:
                if party[0]:
                    kinds[party[0]] = kinds.get(party[0], 0) + 1
            return kinds
        if self.by == "determinants":
            return dict(contract.determinants)
        themes: dict[str, set[str]] = {}
        for iri, types in contract.determinants.items():
            for above in self.index.widened([iri]):
                if not (concept := self.index.concepts.get(above)) or not concept.broader:
                    themes.setdefault(above, set()).update(types)
        return themes

    def marks(self, contract: Contract) -> list[Mark]:
        """The cells of a contract."""
        found = self._of(contract)
        where = self._where(contract)
        return [
            replace(self._mark(found[iri]), node=where.get(iri, "")) if iri in found else Mark("", "")
            for iri in self.columns
        ]

    def _where(self, contract: Contract) -> dict[str, str]:
        """By column, the node that states it; of a theme, the first of those that state a term of it."""
        if self.by != "themes":
            return contract.where
        found: dict[str, str] = {}
        for iri, node in sorted(contract.where.items()):
            for above in self.index.widened([iri]):
                found.setdefault(above, node)
        return found

    def _mark(self, value: int | set[str]) -> Mark:
        t = self.asked.t
        if isinstance(value, int):
            return Mark(str(value), "")
        known = [name for name in AXES if f"{VOCAB}axis-type/{name}" in value]
        if not known:
            return Mark("•", t("mentioned"))
        names = [self.index.name(f"{VOCAB}axis-type/{name}", self.lang) for name in known]
        return Mark(" ".join(t(f"letter_{name}") for name in known), ", ".join(names))

    def heads(self, link: Any) -> list[Head]:
        """The columns with their names."""
        named = [(iri, *self.index.named(iri, self.lang)) for iri in self.columns]
        return [Head(Link(text, link(iri), code, iri), self.counts[iri]) for iri, text, code in named]


@router.read(
    "/matrix",
    "/matrix.{suffix}",
    summary="Contracts by determinants or kinds of signatories / Contrats par déterminants ou signataires",
    described=narrowed(
        CONTRACTS,
        openapi.parameter("by", "Columns / Colonnes", {"type": "string", "enum": list(BY)}),
        files=answering.SHEETS,
    ),
)
async def matrix(request: Request) -> Response:
    """A row a contract, a column a determinant, theme or kind of signatory; HTML, JSON, CSV or XLSX."""
    site = Site.of(request)
    form = answering.form_of(request, answering.SHEETS)
    found = Matrix(request, await while_connected(request, index_of(site)))
    etag = answering.tag(request, form, {**found.asked.query})
    if known := answering.unchanged(request, etag):
        return known
    if form == "csv":
        return answering.respond(request, answering.as_csv(*_table(found)), "text/csv", etag)
    if form == "xlsx":
        title = found.asked.t(f"matrix_{found.by}")
        said = in_words(found.asked)
        body = await charged(
            request, answering.as_sheet, request, title, *_table(found), found.asked.query, said
        )
        return answering.respond(request, body, media.XLSX.media_type, etag)
    if form == "json":
        return answering.respond(request, answering.as_json(_json(found)), "application/json", etag)
    return answering.respond(request, _html(request, found), "text/html", etag)


def _html(request: Request, found: Matrix) -> str:
    site = Site.of(request)
    urls, asked = site.urls(request), found.asked
    rows = [(_link(found, c, urls.link), _cells(found, c, urls.link)) for c in asked.rows]
    return site.page(
        request,
        "matrix.html",
        asked=asked,
        by=found.by,
        ways=[(by, asked.address(by=by)) for by in BY],
        heads=found.heads(urls.link),
        rows=rows,
        letters=[
            (f"letter_{name}", found.index.name(f"{VOCAB}axis-type/{name}", found.lang)) for name in AXES
        ],
        facets=asked.narrowed.shown(found.index, found.lang, asked.query.get("more", [])),
        formats=answering.alternates(request, "/matrix", asked.address(), answering.SHEETS),
        cut=found.index.cut,
    )


def _link(found: Matrix, contract: Contract, link: Any) -> Link:
    text, code = found.index.named(contract.iri, found.lang)
    return Link(text, link(contract.iri), code, contract.iri)


def _cells(found: Matrix, contract: Contract, link: Any) -> list[tuple[Mark, str]]:
    """The cells of a contract, each with the place on its page where the words of the source stand."""
    page = link(contract.iri)

    def place(mark: Mark) -> str:
        # What a node of the contract does not state is stated of the contract itself.
        return f"{page}#{mark.node[len(contract.iri) + 1 :].replace('/', '-') if mark.node else 'facts'}"

    return [(mark, place(mark)) for mark in found.marks(contract)]


def _table(found: Matrix) -> tuple[list[str], list[Sequence[object]]]:
    """The matrix as data: heads, and rows with the IRI of each contract first."""
    heads = ["IRI", found.asked.t("col_contract"), *(h.link.text for h in found.heads(str))]
    rows: list[Sequence[object]] = []
    for contract in found.asked.found:
        marks = found.marks(contract)
        cells = [int(m.letters) if m.letters.isdigit() else m.words or m.letters for m in marks]
        rows.append([contract.iri, found.index.name(contract.iri, found.lang), *cells])
    return heads, rows


def _json(found: Matrix) -> dict[str, Any]:
    columns = [{"iri": h.link.iri, "label": h.link.text, "contracts": h.count} for h in found.heads(str)]
    rows = [
        {
            "iri": contract.iri,
            "label": found.index.name(contract.iri, found.lang),
            "cells": [mark.words or mark.letters or None for mark in found.marks(contract)],
        }
        for contract in found.asked.found
    ]
    return {"by": found.by, "total": len(rows), "columns": columns, "rows": rows}
