"""What the page of one thing has besides its facts: their groups, a small network, checks, ways on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from cls_graph.pictures import Link as Edge
from cls_graph.pictures import Picture, network
from cls_graph_api.i18n import language, translator
from cls_graph_api.pages import webs
from cls_graph_api.pages.answering import number
from cls_graph_api.pages.facets import short
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.pages.validation import report_of
from cls_graph_api.shown import Fact, Link, Member
from cls_graph_api.site import Site
from cls_graph_api.urls import Urls

INCOMING = "incoming"
PAGE = 50
"""Links to a thing that a page shows at once."""

COMPUTED = "computed"
"""The group of what the build worked out from other facts."""

DOTS = 30
"""Nodes of the small network at most."""

_QUERY = "SELECT ?property ?value WHERE {{\n  <{iri}> ?property ?value\n}}\nORDER BY ?property ?value\n"
_KEPT: dict[tuple[str, str, str], Picture] = {}
_MOST_KEPT = 200


@dataclass(frozen=True)
class Group:
    """Facts of one group of the shapes; those of none come last, without a name."""

    name: str
    facts: list[Fact]


def grouped(facts: Sequence[Fact], types: Iterable[str], index: Index, lang: str) -> list[Group]:
    """The facts that are not nodes, in the groups and the order of the shapes of their types."""
    kinds = list(types)
    found: dict[str, list[tuple[Any, Fact]]] = {}
    for place, fact in enumerate(facts):
        if fact.values[0].node is None:
            group, order = (COMPUTED, 0.0) if fact.computed else index.place_of(kinds, fact.property.iri)
            found.setdefault(group, []).append(((order, place), fact))
    ordered = sorted(found, key=lambda g: (g == COMPUTED, not g, index.group_order.get(g, 0), g))
    named = {"": "", COMPUTED: translator(lang)("computed_facts")}
    return [
        Group(named.get(g, index.name(g, lang)), [f for _, f in sorted(found[g], key=lambda row: row[0])])
        for g in ordered
    ]


def sections(facts: Sequence[Fact], types: Iterable[str], index: Index) -> list[Fact]:
    """The facts that lead to nodes, in the order of the shapes."""
    kinds = list(types)
    nodes = [
        (index.place_of(kinds, f.property.iri)[1], n, f) for n, f in enumerate(facts) if f.values[0].node
    ]
    return [fact for _, _, fact in sorted(nodes, key=lambda row: row[:2])]


async def around(request: Request, iri: str, index: Index) -> Picture | None:
    """The small network of a contract or a body; ``None`` for another thing, or one without links."""
    site, lang = Site.of(request), language(request)
    urls = site.urls(request)
    key = (str(site.manifest["digest"]), iri, f"{lang} {urls.local('/')}")
    if key in _KEPT:
        return _KEPT[key]
    if iri not in index.contracts and iri not in index.organisations:
        return None
    picture = await asyncio.to_thread(drawn, iri, index, lang, urls, site.words(request))
    if key[0] and picture is not None:
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = picture
    return picture


def drawn(iri: str, index: Index, lang: str, urls: Urls, t: Callable[..., str]) -> Picture | None:
    """The same, drawn at once; ``t`` gives the words."""
    found = _of_contract(iri, index) if iri in index.contracts else _of_body(iri, index)
    return _draw(iri, found, index, lang, urls, t) if len(found) > 1 else None


def _of_contract(iri: str, index: Index) -> list[tuple[str, str]]:
    """A contract with its bodies, and the contracts that share most of them."""
    mine = index.contracts[iri].organisations
    shared = {c.iri: len(c.organisations & mine) for c in index.contracts.values() if c.iri != iri}
    near = sorted((c for c in shared if shared[c]), key=lambda c: (-shared[c], c))[:6]
    bodies = sorted(mine)[: DOTS - 1]
    edges = [(iri, body) for body in bodies]
    return edges + [(c, b) for c in near for b in bodies if b in index.contracts[c].organisations]


def _of_body(iri: str, index: Index) -> list[tuple[str, str]]:
    """A body with its contracts, and the bodies that are in most of them."""
    body = index.organisations.get(iri)
    if body is None:
        return []
    contracts = sorted(body.roles)[:12]
    count: dict[str, int] = {}
    for contract in contracts:
        for other in index.contracts[contract].organisations - {iri}:
            count[other] = count.get(other, 0) + 1
    near = sorted(count, key=lambda o: (-count[o], o))[: DOTS - 1 - len(contracts)]
    edges = [(contract, iri) for contract in contracts]
    return edges + [(c, o) for c in contracts for o in near if o in index.contracts[c].organisations]


def _draw(
    iri: str, edges: list[tuple[str, str]], index: Index, lang: str, urls: Urls, t: Callable[..., str]
) -> Picture:
    ids = dict.fromkeys(end for edge in edges for end in edge)
    nodes = [webs.node_of(i, index, lang, t("contract_one"), urls.link) for i in ids]
    links = [Edge(one, other) for one, other in edges]
    dots = webs.grouped(nodes, t)
    return network(dots, links, title=t("around"), focus=iri, limit=DOTS, width=640, lang=lang, name="around")


def checks_of(site: Site, iri: str) -> list[dict[str, Any]] | None:
    """What the checks said of a thing and the nodes under it; ``None`` where no report is here."""
    report = report_of(site)
    if report is None:
        return None
    return report.under.get(iri, [])


@dataclass(frozen=True)
class Incoming:
    """One page of the links to a thing, by property; ``all`` of them are on ``last`` pages."""

    groups: list[tuple[Link, list[Link]]]
    all: int
    page: int
    last: int


def incoming_page(request: Request, groups: list[tuple[Link, list[Link]]]) -> Incoming:
    """The page of links that ``?incoming=`` asks for. Raises ``BadRequest``."""
    flat = [(name, link) for name, links in groups for link in links]
    last = max(1, -(-len(flat) // PAGE))
    asked = {INCOMING: [request.query_params[INCOMING]]} if request.query_params.get(INCOMING) else {}
    page = number(asked, INCOMING, 1, last)
    shown: dict[Link, list[Link]] = {}
    for name, link in flat[(page - 1) * PAGE : page * PAGE]:
        shown.setdefault(name, []).append(link)
    return Incoming(list(shown.items()), len(flat), page, last)


def ways_on(urls: Urls, iri: str, index: Index) -> list[tuple[str, str]]:
    """Where to go on from a thing: words and addresses."""
    found = [("open_as_query", urls.local("/sparql", query=_QUERY.format(iri=iri)))]
    value = short(iri)
    if iri in index.contracts:
        found.insert(0, ("compare_this", urls.local("/compare", c=index.contracts[iri].key)))
    elif iri in index.organisations:
        found.insert(0, ("its_contracts", urls.local("/contracts", organisation=value)))
    elif iri in index.territories and index.territories[iri].level in ("departement", "region"):
        level = index.territories[iri].level
        found.insert(0, ("its_contracts", urls.local("/contracts", **{level: value})))
    elif iri in index.concepts and index.concepts[iri].scheme.endswith(
        ("/determinant", "/organisation-kind")
    ):
        name = "determinant" if index.concepts[iri].scheme.endswith("/determinant") else "kind"
        found.insert(0, ("its_contracts", urls.local("/contracts", **{name: value})))
    return found


def term_counts(index: Index, members: Sequence[Member]) -> dict[str, tuple[int, str]]:
    """By term of a code list, in how many contracts it is used, and the parameter that lists them."""
    uses: dict[str, int] = {}
    facets = (
        ("determinant", _determinants),
        ("status", _status),
        ("kind", _kinds),
        ("population", _populations),
    )
    scheme = members[0].name.iri.rpartition("/")[0].rpartition("/")[2] if members else ""
    known = {"contract-status": "status", "organisation-kind": "kind", "target-population": "population"}
    name = known.get(scheme, scheme)
    of = dict(facets).get(name)
    if of is None:
        return {}
    for contract in index.contracts.values():
        for iri in of(contract, index):
            uses[iri] = uses.get(iri, 0) + 1
    return {m.name.iri: (uses.get(m.name.iri, 0), name) for m in members}


def _determinants(contract: Contract, index: Index) -> set[str]:
    return index.widened(contract.determinants)


def _status(contract: Contract, index: Index) -> set[str]:
    return {contract.status} - {""}


def _kinds(contract: Contract, index: Index) -> set[str]:
    return contract.signing_kinds


def _populations(contract: Contract, index: Index) -> set[str]:
    return contract.populations
