"""Contracts side by side: what they share, and what the sources say of one only; as tables, rows or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cls_graph.collation import by_words
from cls_graph.namespaces import VOCAB
from cls_graph_api.i18n import translator
from cls_graph_api.pages import lists
from cls_graph_api.pages.details import Details
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.shown import Link


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

    def heads(self) -> list[tuple[Contract, Link, str]]:
        """The contracts, each with its name and with what tells it from others of that name."""
        return [(c, self.links([c.iri])[0], lists.marks(c, self.lang)) for c in self.contracts]

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

    def table(self) -> tuple[list[str], list[list[object]]]:
        """As one table: its heads, each contract by title, period and key; and rows, first the IRIs."""
        t = self._t
        heads = [f"{name.text} · {marks}" for _, name, marks in self.heads()]
        first: list[object] = [t("glance").capitalize(), "IRI", *(c.iri for c in self.contracts), ""]
        rows: list[list[object]] = [
            [
                t(s.name),
                row.head.text,
                *map(_value, row.cells),
                t(f"shared_{row.shared}") if row.shared else "",
            ]
            for s in self.sections()
            for row in s.rows
        ]
        return [t("section"), t("property"), *heads, t("shared")], [first, *rows]

    def as_json(self) -> dict[str, Any]:
        """As JSON: the contracts, and the rows by section with a cell for each contract."""
        contracts = [
            {"iri": c.iri, "key": c.key, "label": name.text, "period": lists.period(c, self.lang) or None}
            for c, name, _ in self.heads()
        ]
        sections = [{"name": s.name, "rows": [_item(row) for row in s.rows]} for s in self.sections()]
        return {"contracts": contracts, "sections": sections}


def _order(row: Row) -> tuple[int, tuple[str, str]]:
    return ("all", "some", "only").index(row.shared), by_words(row.head.text)


def _value(cell: list[Link]) -> object:
    """A cell of a table: a number where it is one."""
    if len(cell) == 1 and cell[0].number is not None:
        return cell[0].number
    return " ; ".join(link.text for link in cell)


def _item(row: Row) -> dict[str, Any]:
    def said(link: Link) -> dict[str, Any]:
        found = {"label": link.text, "iri": link.iri or None, "value": link.number}
        return {name: value for name, value in found.items() if value is not None}

    return {
        "label": row.head.text,
        "iri": row.head.iri or None,
        "shared": row.shared or None,
        "cells": [[said(link) for link in cell] or None for cell in row.cells],
    }
