"""``/compare``: contracts side by side, what they share, and what the sources say of one only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cls_graph.collation import by_words
from cls_graph.errors import BadRequest, NotFound
from cls_graph.geo.names import fold_name
from cls_graph.namespaces import VOCAB
from cls_graph_api import openapi
from cls_graph_api.i18n import language, translator
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.details import Details, details_of
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.shown import Link
from cls_graph_api.site import Site

router = Routes()
MOST = 8
"""Contracts side by side at most."""
OFFERED = 500
"""Contracts that can be ticked on the page; first those that are."""


@dataclass(frozen=True)
class Row:
    """A row: its words, a cell for each contract (empty: not mentioned), and who has it.

    ``shared`` is ``all``, ``some``, ``only`` or, where nothing is to be compared, empty.
    """

    head: Link
    cells: list[list[Link]]
    shared: str = ""


@dataclass(frozen=True)
class Section:
    """A table of the comparison."""

    name: str
    rows: list[Row]


class Comparison:
    """The tables for some contracts. ``link`` gives the address of an IRI."""

    def __init__(
        self, contracts: list[Contract], index: Index, details: Details, lang: str, link: Callable[[str], str]
    ) -> None:
        self.contracts, self.index, self.details, self.lang, self._link = (
            contracts,
            index,
            details,
            lang,
            link,
        )
        self._t = translator(lang)

    def sections(self) -> list[Section]:
        """All tables that have a row."""
        found = [
            Section("glance", self._glance()),
            Section("signing", self._signing()),
            Section("determinants_title", self._determinants()),
            Section("axes", self._per_contract(self.details.axes, "axes")),
            Section("counts_stated", self._keyed(self.details.counts)),
            Section("funding", self._per_contract(self.details.funding, "funding")),
            Section("milestones", self._keyed(self.details.milestones)),
        ]
        return [section for section in found if section.rows]

    def links(self, iris: Iterable[str]) -> list[Link]:
        """Names with their addresses."""
        return lists.links([i for i in iris if i], self.index, self.lang, self._link)

    def _glance(self) -> list[Row]:
        def roles(name: str) -> Callable[[Contract], Iterable[str]]:
            role = f"{VOCAB}party-role/{name}"
            return lambda c: {p.organisation for p in c.parties if p.role == role}

        linked: tuple[tuple[str, Callable[[Contract], Iterable[str]]], ...] = (
            ("col_territory", lambda c: c.territories),
            ("facet_departement", lambda c: c.departements),
            ("col_status", lambda c: [c.status]),
            ("carrier", roles("carrier")),
            ("co_pilot", roles("co-pilot")),
            ("frameworks_title", lambda c: c.frameworks),
            ("facet_population", lambda c: c.populations),
            ("col_after", lambda c: c.predecessors),
        )
        rows = [
            Row(Link(self._t("col_period")), [self._text(lists.period(c, self.lang)) for c in self.contracts])
        ]
        rows += [Row(Link(self._t(w)), [self.links(of(c)) for c in self.contracts]) for w, of in linked]
        return [row for row in rows if any(row.cells)]

    def _text(self, text: str) -> list[Link]:
        return [Link(text)] if text else []

    def _signing(self) -> list[Row]:
        """By kind of body, who signs; a body that the source does not name is there under its kind."""
        kinds = {kind for c in self.contracts for kind in c.signing_kinds}
        rows = []
        for head in self.links(kinds):
            cells = []
            for contract in self.contracts:
                parties = [p for p in contract.parties if p.signs and p.kind == head.iri]
                cell = self.links({p.organisation for p in parties})
                if parties and not cell:
                    cell = [Link(self._t("unnamed"))]
                cells.append(cell)
            rows.append(Row(head, cells, self._shared(cells)))
        return sorted(rows, key=_order)

    def _determinants(self) -> list[Row]:
        used = {iri for c in self.contracts for iri in c.determinants}
        rows = []
        for head in self.links(used):
            cells = [self._axes_of(c, head.iri) for c in self.contracts]
            rows.append(Row(head, cells, self._shared(cells)))
        return sorted(rows, key=_order)

    def _axes_of(self, contract: Contract, determinant: str) -> list[Link]:
        if determinant not in contract.determinants:
            return []
        types = [t for t in contract.determinants[determinant] if not t.endswith("/unspecified")]
        return [Link(link.text) for link in self.links(types)] or [Link(self._t("mentioned"))]

    def _per_contract(self, found: dict[str, list[Link]], word: str) -> list[Row]:
        cells = [found.get(c.iri, []) for c in self.contracts]
        return [Row(Link(self._t(word)), cells)] if any(cells) else []

    def _keyed(self, found: dict[str, dict[str, list[Link]]]) -> list[Row]:
        heads = self.links({key for rows in found.values() for key in rows})
        return [Row(h, [found.get(c.iri, {}).get(h.iri, []) for c in self.contracts]) for h in heads]

    def _shared(self, cells: list[list[Link]]) -> str:
        having = sum(bool(cell) for cell in cells)
        return "all" if having == len(cells) else "only" if having == 1 else "some"


def _order(row: Row) -> tuple[int, tuple[str, str]]:
    return ("all", "some", "only").index(row.shared), by_words(row.head.text)


@router.read(
    "/compare",
    "/compare.{suffix}",
    summary="Contracts side by side / Contrats côte à côte",
    described=openapi.listing(
        openapi.parameter("c", "Key of a contract; repeat / Clé d'un contrat ; répéter"),
        openapi.parameter("q", "Words in the names that the page offers / Mots des noms que la page propose"),
    ),
)
async def compare(request: Request) -> Response:
    """Two contracts or more: parties, determinants, axes, period, funding, counts; HTML, JSON or CSV."""
    site, lang = Site.of(request), language(request)
    form = answering.form_of(request)
    query = answering.parameters(request, ("q",), ("c",))
    etag = answering.tag(request, form, {**query})
    index = await while_connected(request, index_of(site))
    contracts = _chosen(query.get("c", []), index)
    if known := answering.unchanged(request, etag):
        return known
    link = site.urls(request).link if form == "html" else str
    iris = [c.iri for c in contracts]
    details = await while_connected(request, details_of(site, iris, index, lang, link)) if iris else Details()
    found = Comparison(contracts, index, details, lang, link)
    if form == "csv":
        return answering.respond(request, _csv(found), "text/csv", etag)
    if form == "json":
        return answering.respond(request, answering.as_json(_json(found)), "application/json", etag)
    page = _html(request, found, next(iter(query.get("q", [])), ""))
    return answering.respond(request, page, "text/html", etag)


def _chosen(keys: list[str], index: Index) -> list[Contract]:
    """The contracts of some keys. Raises ``NotFound`` and ``BadRequest``."""
    if len(keys) > MOST:
        raise BadRequest(
            f"{MOST} contrats au plus se comparent ; {len(keys)} sont demandés.",
            f"At most {MOST} contracts can be compared; {len(keys)} are asked for.",
            parameter="c",
        )
    by_key = index.by_key()
    for key in keys:
        if key not in by_key:
            raise NotFound(
                f"Aucun contrat n'a la clé « {key} ». Les clés sont dans la liste des contrats, /contracts.",
                f"No contract has the key '{key}'. The keys are in the list of contracts, /contracts.",
            )
    return [by_key[key] for key in keys]


def _html(request: Request, found: Comparison, words: str) -> str:
    site, index = Site.of(request), found.index
    query = {"c": sorted({c.key for c in found.contracts})}
    return site.page(
        request,
        "compare.html",
        compared=[(c, found.links([c.iri])[0]) for c in found.contracts],
        sections=found.sections() if len(found.contracts) > 1 else [],
        choices=offered(found.contracts, index, found.lang, words),
        words=words,
        offered=OFFERED if len(index.contracts) > OFFERED else 0,
        rest=lambda key: {"c": [c.key for c in found.contracts if c.key != key]},
        most=MOST,
        formats=answering.alternates(request, "/compare", query) if len(query["c"]) > 1 else [],
    )


def offered(
    chosen: list[Contract], index: Index, lang: str, words: str = ""
) -> list[tuple[str, tuple[str, str], bool]]:
    """Contracts to tick: key, name with its language, whether it is chosen; the chosen ones first.

    Of others those whose names and keys have all the ``words``. Names that several have are told apart by
    the period, or the key.
    """
    keys = {c.key for c in chosen}
    wanted = fold_name(words).split()

    def fits(contract: Contract) -> bool:
        text = fold_name(f"{index.name(contract.iri, lang)} {contract.key}")
        return contract.key in keys or all(word in text for word in wanted)

    ordered = sorted(
        filter(fits, index.contracts.values()),
        key=lambda c: (c.key not in keys, by_words(index.name(c.iri, lang)), c.begin or 0, c.iri),
    )
    many = Counter(index.name(c.iri, lang) for c in index.contracts.values())

    def named(contract: Contract) -> tuple[str, str]:
        text, code = index.named(contract.iri, lang)
        same = many[index.name(contract.iri, lang)] > 1
        return (f"{text} · {lists.period(contract, lang) or contract.key}" if same else text), code

    return [(c.key, named(c), c.key in keys) for c in ordered[:OFFERED]]


def _csv(found: Comparison) -> bytes:
    t = translator(found.lang)
    heads = [t("section"), t("property"), *(found.index.name(c.iri, found.lang) for c in found.contracts)]
    rows = [
        [t(section.name), row.head.text, *(" ; ".join(link.text for link in cell) for cell in row.cells)]
        for section in found.sections()
        for row in section.rows
    ]
    return answering.as_csv(heads, rows)


def _json(found: Comparison) -> dict[str, Any]:
    def cell(links: list[Link]) -> list[dict[str, str]] | None:
        return [{"label": k.text, **({"iri": k.iri} if k.iri else {})} for k in links] or None

    return {
        "contracts": [
            {"iri": c.iri, "key": c.key, "label": found.index.name(c.iri, found.lang)}
            for c in found.contracts
        ],
        "sections": [
            {
                "name": section.name,
                "rows": [
                    {"label": row.head.text, "iri": row.head.iri or None, "shared": row.shared or None}
                    | {"cells": [cell(links) for links in row.cells]}
                    for row in section.rows
                ],
            }
            for section in found.sections()
        ],
    }
