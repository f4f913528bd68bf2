"""A network as a still picture: shape and colour for the kind of a node, names on the hubs."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cls_graph.pictures.beside import SIZE, Box, beside
from cls_graph.pictures.layout import layout
from cls_graph.pictures.svg import LINE, PAPER, SOFT, Picture, framed, link, tag, text, width_of

LIMIT = 300
LINKS = 1500
"""Links that are drawn: more of them hide each other."""

COLOURS = ("#0b5394", "#a63d00", "#14695a", "#6a3d9a", "#7a5a00", "#9c1c4b")
"""One for each kind of node, with the shape of the same place in ``_SHAPES``."""

_SHAPES = (None, 4, 3, -4, 6, 5)
"""A circle, or a polygon of so many corners (minus: it stands on one of its sides)."""
_EDGE, _ALL_NAMED, _NAMED, _MOST_NAMED = 16, 30, 24, 60
_BEGINNING, _WORTH = 8, 10
"""Words that names may begin with alike, at most; characters that it is worth to leave out."""
_WORDS = {
    "fr": {
        "all": "Nœuds : {n} ; liens : {links}. Les plus liés : {hubs}.",
        "none": "Aucun nœud.",
        "more": "{n} nœuds parmi les moins liés ne sont pas montrés",
        "weak": "{n} liens parmi les plus faibles ne sont pas montrés",
    },
    "en": {
        "all": "Nodes: {n}; links: {links}. Most linked: {hubs}.",
        "none": "No node.",
        "more": "{n} of the least linked nodes are not shown",
        "weak": "{n} of the weakest links are not shown",
    },
}


@dataclass(frozen=True)
class Node:
    """A node: its name, the words for its kind, where it leads, and a shorter name to write beside it.

    ``place`` is that of the shape and colour of its kind, which are the same in every picture then; by
    default it is the first that is free in this one.
    """

    id: str
    label: str
    kind: str = ""
    href: str = ""
    brief: str = ""
    place: int = -1


@dataclass(frozen=True)
class Link:
    """A link between two nodes; ``weight`` is how strong it is."""

    source: str
    target: str
    weight: float = 1.0


@dataclass(frozen=True)
class Shown:
    """What of a network is shown, and how many nodes, and links among those shown, are not."""

    nodes: list[Node]
    links: list[Link]
    degree: dict[str, int]
    left_out: int
    links_left_out: int = 0


def capped(
    nodes: Sequence[Node],
    links: Iterable[Link],
    limit: int = LIMIT,
    keep: str = "",
    most_links: int | None = None,
) -> Shown:
    """The ``limit`` nodes that have most links, always ``keep``, and the links among them.

    Of these the ``most_links`` strongest, and whatever is the strongest of a node.
    """
    ids = {node.id for node in nodes}
    usable = [one for one in links if one.source in ids and one.target in ids and one.source != one.target]
    degree = Counter(end for one in usable for end in (one.source, one.target))
    order = sorted(nodes, key=lambda node: (node.id != keep, -degree[node.id], node.id))
    shown = {node.id for node in order[:limit]}
    among = [one for one in usable if one.source in shown and one.target in shown]
    drawn = among if most_links is None else _strongest(among, most_links)
    kept = [node for node in nodes if node.id in shown]
    return Shown(kept, drawn, dict(degree), len(nodes) - len(shown), len(among) - len(drawn))


def _strongest(links: list[Link], most: int) -> list[Link]:
    """So many of the links, in their order, and the strongest of each node."""
    if len(links) <= most:
        return links
    order = sorted(range(len(links)), key=lambda place: -links[place].weight)
    kept = set(order[:most])
    tied = {end for place in kept for end in (links[place].source, links[place].target)}
    for place in order[most:]:
        ends = {links[place].source, links[place].target}
        if not ends <= tied:
            kept.add(place)
            tied |= ends
    return [links[place] for place in sorted(kept)]


def network(
    nodes: Sequence[Node],
    links: Iterable[Link],
    *,
    title: str,
    focus: str = "",
    limit: int = LIMIT,
    width: int = 720,
    lang: str = "fr",
    name: str = "network",
) -> Picture:
    """The network. ``focus`` is the id of the node that it is about, which is drawn with a ring."""
    shown = capped(nodes, links, limit, focus, LINKS)
    words = _WORDS[lang]
    kinds = places(shown.nodes)
    spots = layout([n.id for n in shown.nodes], [(one.source, one.target) for one in shown.links])
    across = max([1.0, *(x for x, _ in spots.values())])
    down = max([y for _, y in spots.values()], default=0.0)
    scale = min((width - 2 * _EDGE - 60) / across, 90.0)
    left = (width - across * scale) / 2
    points = {node: (left + x * scale, _EDGE + 12 + y * scale) for node, (x, y) in spots.items()}
    height = math.ceil(down * scale + 2 * _EDGE + 24)
    drawn = list(_lines(shown.links, points))
    most = max([1, *shown.degree.values()])
    drawn += [_node(n, points, kinds, shown.degree.get(n.id, 0) / most, n.id == focus) for n in shown.nodes]
    drawn += _names(shown, points, focus, (width, height - 12))
    for line in _legend(kinds, width):
        drawn += [part(height) for part in line]
        height += 20
    told = [] if shown.nodes else [words["none"]]
    told += [words["more"].format(n=shown.left_out)] if shown.left_out else []
    told += [words["weak"].format(n=shown.links_left_out)] if shown.links_left_out else []
    for said in told:
        drawn.append(text(said, _EDGE, height, 12, fill=SOFT, class_="soft"))
        height += 20
    hubs = sorted(shown.nodes, key=lambda n: (-shown.degree.get(n.id, 0), n.id))[:3]
    description = words["none"]
    if shown.nodes:
        description = words["all"].format(
            n=len(shown.nodes), links=len(shown.links), hubs=", ".join(n.label for n in hubs)
        )
    some = any(node.href for node in shown.nodes)
    return framed(drawn, width, height, title=title, description=description, name=name, links=some)


def legend(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """The kinds in a ``network`` of these nodes: the shape and colour of each as SVG, and its words."""
    size = {"width": 16, "height": 16, "viewBox": "0 0 16 16", "aria-hidden": "true", "class_": "picture key"}
    return [(tag("svg", _shape(place, 8, 8, 5.5), **size), kind) for kind, place in places(nodes).items()]


def places(nodes: Iterable[Node]) -> dict[str, int]:
    """The place of each kind, in the order of the legend: fixed ones, then others as they come."""
    found: dict[str, int] = {}
    for node in nodes:
        found.setdefault(node.kind, node.place)
    free = (place for place in itertools.count() if place not in found.values())
    given = {kind: place if place >= 0 else next(free) for kind, place in found.items()}
    return dict(sorted(given.items(), key=lambda row: row[1]))


def written(nodes: Sequence[Node]) -> dict[str, str]:
    """What is written beside each node: its short name, or its name without what most of its kind begin with.

    >>> names = ["CLS de la ville de Die", "CLS de la ville de Gap", "CLS de la ville de Foix", "CLS du Vif"]
    >>> list(written([Node(name, name) for name in names]).values())
    ['… Die', '… Gap', '… Foix', 'CLS du Vif']
    """
    labels: dict[str, list[str]] = {}
    for node in nodes:
        if not node.brief:
            labels.setdefault(node.kind, []).append(node.label)
    common = {kind: _beginnings(said) for kind, said in labels.items()}

    def of(node: Node) -> str:
        start = next((s for s in common.get(node.kind, ()) if s in node.label and s != node.label), "")
        return node.brief or (node.label.replace(start, "…", 1) if start else node.label)

    return {node.id: of(node) for node in nodes}


def _beginnings(labels: Sequence[str]) -> list[str]:
    """The words that half of the names begin with, three at least, the longest first; no short ones."""
    count = Counter(
        " ".join(words[:n])
        for words in (label.split() for label in labels)
        for n in range(1, min(len(words), _BEGINNING + 1))
    )
    often = [start for start, n in count.items() if n >= max(3, len(labels) / 2) and len(start) >= _WORTH]
    return sorted(often, key=len, reverse=True)


def _lines(links: Iterable[Link], points: dict[str, tuple[float, float]]) -> Iterator[str]:
    """The lines, one path for those of one width: a fifth of the bytes of an element each."""
    paths: dict[float, list[str]] = {}
    for one in links:
        (x1, y1), (x2, y2) = points[one.source], points[one.target]
        width = round(min(6.0, 0.8 + 0.6 * max(0.0, one.weight)), 1)
        paths.setdefault(width, []).append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
    for width, parts in sorted(paths.items()):
        path = {"d": "".join(parts), "fill": "none", "stroke": LINE, "stroke_width": width}
        yield tag("path", **path, class_="line")


def _node(
    node: Node, points: dict[str, tuple[float, float]], kinds: Mapping[str, int], share: float, focus: bool
) -> str:
    x, y = points[node.id]
    size = _size(share)
    drawn = _shape(kinds[node.kind], x, y, size)
    if focus:
        drawn = (
            tag("circle", cx=round(x, 1), cy=round(y, 1), r=round(size + 4, 1), fill="none",
                stroke=COLOURS[0], stroke_width=2, class_="ring") + drawn
        )  # fmt: skip
    return link(drawn, node.href, f"{node.label} ({node.kind})" if node.kind else node.label)


def _size(share: float) -> float:
    """Half the width of a node that has this share of the most links that one has."""
    return 4.5 + 6.5 * math.sqrt(share)


def _shape(kind: int, x: float, y: float, size: float) -> str:
    place = min(kind, len(_SHAPES) - 1)
    style = {"fill": COLOURS[place], "stroke": PAPER, "stroke_width": 1, "class_": f"kind-{place}"}
    corners = _SHAPES[place]
    if corners is None:
        return tag("circle", cx=round(x, 1), cy=round(y, 1), r=round(size, 1), **style)
    start = math.pi / 4 if corners < 0 else -math.pi / 2
    corners = abs(corners)
    turn = [start + 2 * math.pi * i / corners for i in range(corners)]
    outer = size * 1.2
    ends = " ".join(f"{x + outer * math.cos(a):.1f},{y + outer * math.sin(a):.1f}" for a in turn)
    return tag("polygon", points=ends, **style)


def _names(
    shown: Shown, points: dict[str, tuple[float, float]], focus: str, room: tuple[int, int]
) -> Iterator[str]:
    """The names of the hubs, each where it covers no other, and of others as there is room."""
    hubs = _ALL_NAMED if len(shown.nodes) <= _ALL_NAMED else _NAMED
    order = sorted(shown.nodes, key=lambda n: (n.id != focus, -shown.degree.get(n.id, 0), n.id))
    most, said = max([1, *shown.degree.values()]), written(shown.nodes)
    boxes: dict[str, Box] = {}
    for node in shown.nodes:
        (x, y), size = points[node.id], _size(shown.degree.get(node.id, 0) / most)
        boxes[node.id] = (x - size, y - size, x + size, y + size)
    halo = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke", "class_": "ink halo"}
    names = {node.id: (said[node.id], node.brief or node.label) for node in order[:_MOST_NAMED]}
    for name in beside(names, boxes, room, hubs):
        anchor = None if name.anchor == "start" else name.anchor
        yield text(name.said, name.x, name.base, SIZE, text_anchor=anchor, **halo)


class _Key:
    """A part of the legend, at a distance from the left, drawn once its height is known."""

    def __init__(self, kind: int, label: str, left: float) -> None:
        self._kind, self._label, self._left = kind, label, left

    def __call__(self, top: float) -> str:
        return _shape(self._kind, self._left, top - 4, 5.5) + text(self._label, self._left + 11, top, 12)


def _legend(kinds: Mapping[str, int], width: int) -> list[list[_Key]]:
    """The kinds, in lines; those past the last shape share it."""
    lines: list[list[_Key]] = []
    left = float(width)
    for kind, place in kinds.items():
        if not kind:
            continue
        room = 34 + width_of(kind, 12)
        if not lines or left + room > width - _EDGE:
            lines.append([])
            left = _EDGE + 6.0
        lines[-1].append(_Key(place, kind, left))
        left += room
    return lines
