"""The network view of an answer: its nodes and links as a picture, a table, and files for other tools."""

from __future__ import annotations

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
from cls_graph.pictures import Node, Picture, drawing
from cls_graph.pictures.columns import Chosen, Rows, Table
from cls_graph.pictures.drawing import Words
from cls_graph.pictures.fitting import Shape
from cls_graph.pictures.network import LIMIT, LINKS, Shown, capped, legend, network, places
from cls_graph_api.i18n import language, translator
from cls_graph_api.pages.index import index_of
from cls_graph_api.pages.networks import DATA, data
from cls_graph_api.pages.webs import node_of
from cls_graph_api.site import Site

NETWORK = "network"
"""The parameter that asks for the network of an answer as a file."""


@dataclass(frozen=True)
class Woven:
    """A network: what of it is shown, its nodes in the kinds that shapes tell apart, and its picture."""

    shown: Shown
    few: list[Node]
    picture: Picture
    legend: list[tuple[Markup, str]]
    files: list[tuple[str, str, str]]
    """Name, address and type of each file that the network can be had as."""

    @property
    def rows(self) -> list[tuple[Node, int]]:
        """The nodes with the number of their links, those with most first."""
        degree = self.shown.degree
        order = sorted(self.shown.nodes, key=lambda n: (-degree.get(n.id, 0), by_words(n.label), n.id))
        return [(node, degree.get(node.id, 0)) for node in order]

    def address(self, name: str) -> str:
        """Where the file of a format is."""
        return next((url for form, url, _ in self.files if form == name), "")


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
    whole: bool = False,
) -> Woven:
    """The network of a table. Contracts are written by their territories, and look as on ``/network``.

    ``here`` is the address of the view; with ``whole``, nothing is left out for a picture.
    """
    site, lang = Site.of(request), language(request)
    index, t, link = await index_of(site), translator(lang), site.urls(request).link
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
    most = max([1.0, *(one.weight for one in shown.links)])
    scale = 8 / most if most > 8 else 1.0
    drawn = [replace(one, weight=one.weight * scale) for one in shown.links]
    title = drawing.title_of(shape, Table(columns, rows), heads, lang)
    picture = network(few, drawn, title=title, lang=lang, name="result-network")
    given = {role: ",".join(names) for role, names in chosen.items()}
    path = here.partition("#")[0]
    files = [
        (form, f"{path}{'&' if '?' in path else '?'}{urlencode({**given, NETWORK: form})}", kind)
        for form, kind in DATA.items()
        if path
    ]
    return Woven(shown, few, picture, [(Markup(key), kind) for key, kind in legend(few)], files)


def file(request: Request, woven: Woven | None, form: str, refused: Any, headers: dict[str, str]) -> Response:
    """The network as a file. Raises ``BadRequest`` where the answer is none, ``refused`` saying why."""
    if woven is None:
        why = refused.why if refused else "ASK"
        raise BadRequest(
            f"Cette réponse n'est pas un réseau : {why}.",
            f"This answer is no network: {why}.",
            parameter=NETWORK,
        )
    t = translator(language(request))
    body = woven.picture.svg if form == "svg" else data(form, woven.shown, "", t, woven.few)
    return Response(body, headers=headers, media_type=DATA[form])
