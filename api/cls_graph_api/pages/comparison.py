"""``/compare``: contracts that are chosen, side by side, as a page or as data."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response

from cls_graph import media
from cls_graph.collation import by_words
from cls_graph.errors import BadRequest, NotFound
from cls_graph.geo.names import fold_name
from cls_graph_api import openapi
from cls_graph_api.charging import charged
from cls_graph_api.i18n import language
from cls_graph_api.pages import answering, lists
from cls_graph_api.pages.details import Details, details_of
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Contract, Index
from cls_graph_api.pages.side_by_side import Comparison
from cls_graph_api.responses import while_connected
from cls_graph_api.routing import Routes
from cls_graph_api.site import Site

router = Routes()
MOST = 8
"""Contracts side by side at most."""
OFFERED = 500
"""Contracts that can be ticked on the page; first those that are."""


@router.read(
    "/compare",
    "/compare.{suffix}",
    summary="Contracts side by side / Contrats côte à côte",
    described=openapi.listing(
        openapi.parameter("c", "Key of a contract; repeat / Clé d'un contrat ; répéter"),
        openapi.parameter("q", "Words in the names that the page offers / Mots des noms que la page propose"),
        files=answering.SHEETS,
    ),
)
async def compare(request: Request) -> Response:
    """Two contracts or more: parties, determinants, axes, period, funding, counts; as page or data."""
    site, lang = Site.of(request), language(request)
    form = answering.form_of(request, answering.SHEETS)
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
        return answering.respond(request, answering.as_csv(*found.table()), "text/csv", etag)
    if form == "xlsx":
        asked = {"c": [c.key for c in contracts]}
        title = site.words(request)("compare_title")
        words = site.words(request)
        said = [(words("contract_one"), f"{index.name(c.iri, lang)} ({c.key})") for c in contracts]
        body = await charged(request, answering.as_sheet, request, title, *found.table(), asked, said)
        return answering.respond(request, body, media.XLSX.media_type, etag)
    if form == "json":
        return answering.respond(request, answering.as_json(found.as_json()), "application/json", etag)
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
    keys = [c.key for c in found.contracts]
    return site.page(
        request,
        "compare.html",
        compared=found.heads(),
        sections=found.sections() if len(found.contracts) > 1 else [],
        choices=offered(found.contracts, index, found.lang, words),
        words=words,
        offered=OFFERED if len(index.contracts) > OFFERED else 0,
        rest=lambda key: {"c": [other for other in keys if other != key]},
        most=MOST,
        formats=answering.alternates(request, "/compare", {"c": keys}, answering.SHEETS) if keys[1:] else [],
    )


def offered(
    chosen: list[Contract], index: Index, lang: str, words: str = ""
) -> list[tuple[str, tuple[str, str], bool]]:
    """Contracts to tick: key, name with its language, whether it is chosen; the chosen ones first.

    Of others those whose names and keys have all the ``words``. Names that several have are told apart by
    period and key.
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
        return (f"{text} · {lists.marks(contract, lang)}" if same else text), code

    return [(c.key, named(c), c.key in keys) for c in ordered[:OFFERED]]
