"""The network view of an answer: its nodes and links as a picture, a table, and files for other tools."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from cls_graph.collation import by_words
from cls_graph.errors import BadRequest
from cls_graph.media import label_of
from cls_graph.pictures import Link, Node, Picture, drawing
from cls_graph.pictures.columns import Chosen, Rows, Table
from cls_graph.pictures.drawing import Words
from cls_graph.pictures.fitting import Shape
from cls_graph.pictures.network import LIMIT, LINKS, Shown, capped, legend, network, places
from cls_graph_api.i18n import language
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.model import Index
from cls_graph_api.pages.networks import DATA, data, embedded
from cls_graph_api.pages.webs import node_of
from cls_graph_api.site import Site

NETWORK = "network"
"""The parameter that asks for the network of an answer as a file."""


@dataclass(frozen=True)
class Woven:
    """A network: what of it is shown, its nodes in the kinds that shapes tell apart, and its picture."""

    shown: Shown
    few: list[Node]
    picture: Picture | None
    """Where it was asked for."""
    legend: list[tuple[Markup, str]]
    files: list[tuple[str, str, str]]
    """Name, format and address of each file that the network can be had as; a posted query has no address."""
    data: Markup
    """What is shown, for the script; nothing in a file."""

    @property
    def rows(self) -> list[tuple[Node, int]]:
        """The nodes with the number of their links, those with most first."""
        degree = self.shown.degree
        order = sorted(self.shown.nodes, key=lambda n: (-degree.get(n.id, 0), by_words(n.label), n.id))
        return [(node, degree.get(node.id, 0)) for node in order]


def wanted(given: str) -> str:
    """The format of a file, or nothing. Raises ``BadRequest`` for one that there is not."""
    if given and given not in DATA:
        those = ", ".join(DATA)
        raise BadRequest(
            f"{NETWORK} est l'un de : {those}.", f"{NETWORK} is one of: {those}.", parameter=NETWORK
        )
    return given


async def weave(
    request: Request,
    shape: Shape,
    columns: Sequence[str],
    rows: Rows,
    words: Words,
    heads: Sequence[str],
    here: str,
    chosen: Chosen,
    *,
    form: str = "",
) -> Woven:
    """The network of a table. Contracts are written by their territories, and look as on ``/network``.

    ``here`` is the address of the view; in a ``form`` that is a file nothing is left out.
    """
    index = await index_of(Site.of(request))
    # Of a long answer this takes seconds, in which others are to be answered.
    return await asyncio.to_thread(
        _woven, request, index, shape, columns, rows, words, heads, here, chosen, form
    )


def _woven(
    request: Request,
    index: Index,
    shape: Shape,
    columns: Sequence[str],
    rows: Rows,
    words: Words,
    heads: Sequence[str],
    here: str,
    chosen: Chosen,
    form: str,
) -> Woven:
    site, lang, whole = Site.of(request), language(request), bool(form)
    t, link = site.words(request), site.urls(request).link
    found, links = drawing.web(shape, columns, rows, words, heads)
    nodes = [
        node_of(node.id, index, lang, t("contract_one"), link)
        if node.id in index.contracts or node.id in index.organisations
        else node
        for node in found
    ]
    briefs = Counter(node.brief for node in nodes if node.brief)
    nodes = [
        replace(node, brief=f"{node.brief} ({index.contracts[node.id].key})")
        if briefs[node.brief] > 1
        else node
        for node in nodes
    ]
    shown = capped(nodes, links, len(nodes) if whole else LIMIT, "", None if whole else LINKS)
    few = [replace(n, kind=t(f"family_{n.place}")) if n.place >= 0 else n for n in shown.nodes]
    at = places(few)
    few = [replace(node, place=at[node.kind]) for node in few]
    title = drawing.title_of(shape, Table(columns, rows), heads, lang)
    picture = _picture(few, shown.links, title, lang) if form in ("", "svg") else None
    given = {role: ",".join(names) for role, names in chosen.items()}
    path = here.partition("#")[0]

    def address(form: str) -> str:
        return f"{path}{'&' if '?' in path else '?'}{urlencode({**given, NETWORK: form})}" if path else ""

    files = [(label_of(name), name, address(name)) for name in DATA]
    keys = [(Markup(key), kind) for key, kind in legend(few)]
    return Woven(shown, few, picture, keys, files, Markup() if whole else embedded(shown, few))


def _picture(nodes: list[Node], links: list[Link], title: str, lang: str) -> Picture:
    """The picture, the strongest links eight units wide at most."""
    most = max([1.0, *(one.weight for one in links)])
    scale = 8 / most if most > 8 else 1.0
    drawn = [replace(one, weight=one.weight * scale) for one in links]
    return network(nodes, drawn, title=title, lang=lang, name="result-network")


async def file(
    request: Request, woven: Woven | None, form: str, refused: Any, headers: dict[str, str]
) -> Response:
    """The network as a file. Raises ``BadRequest`` where the answer is none, ``refused`` saying why."""
    if woven is None:
        why = refused.why if refused else "ASK"
        raise BadRequest(
            f"Cette réponse n'est pas un réseau : {why}.",
            f"This answer is no network: {why}.",
            parameter=NETWORK,
        )
    t = Site.of(request).words(request)
    body: str | bytes = woven.picture.svg if woven.picture else ""
    if form != "svg":
        body = await asyncio.to_thread(data, form, woven.shown, "", t, woven.few)
    return Response(body, headers=headers, media_type=DATA[form])
