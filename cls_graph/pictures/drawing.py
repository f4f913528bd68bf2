"""The picture of a table, or its network, from the columns that ``fitting`` found for it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from cls_graph.pictures.bars import Bar, bars
from cls_graph.pictures.columns import Rows, Table, Term, as_float, departement, is_node, is_thing
from cls_graph.pictures.fitting import Shape
from cls_graph.pictures.groups import Group, groups
from cls_graph.pictures.network import Link, Node
from cls_graph.pictures.svg import Picture
from cls_graph.pictures.tiles import tiles

_TITLES = {
    "chart": {"fr": "{value} par {label}", "en": "{value} by {label}"},
    "sum": {"fr": "{value} par département (somme)", "en": "{value} by département (sum)"},
    "count": {"fr": "Nombre de lignes par département", "en": "Number of rows by département"},
    "network": {"fr": "Liens entre {source} et {target}", "en": "Links between {source} and {target}"},
    "and": {"fr": " et ", "en": " and "},
    "weight": {"fr": ", épaisseur : {weight}", "en": ", width: {weight}"},
}
_NOTHING = "–"


@dataclass(frozen=True)
class Words:
    """How terms are told: labels and links by IRI, and what a term without a label is written as."""

    labels: Mapping[str, str]
    links: Mapping[str, str]
    plain: Mapping[str, str]

    def of(self, term: Term) -> str:
        """The words for a term."""
        value = str(getattr(term, "value", "") if term is not None else "")
        return self.labels.get(value) or self.plain.get(value) or value

    def href(self, term: Term) -> str:
        """Where a term leads."""
        return self.links.get(term.value, "") if isinstance(term, NamedNode) else ""


def draw(
    shape: Shape,
    variables: Sequence[str],
    rows: Rows,
    words: Words,
    lang: str = "fr",
    heads: Sequence[str] | None = None,
) -> Picture:
    """The chart or the tiles that ``shapes`` found to fit; ``heads`` is what the columns are called."""
    told = variables if heads is None else heads
    if shape.kind == "chart":
        return _draw_chart(shape, Table(variables, rows), told, words, lang)
    return _draw_tiles(shape, told, rows, words, lang)


def title_of(shape: Shape, table: Table, heads: Sequence[str], lang: str) -> str:
    """What a chart or a network shows, in words; what only names things is told by what they are."""
    between = _TITLES["and"][lang]

    def by(column: int) -> str:
        things = table.named_by(column) if table.variables[column].lower().endswith("label") else None
        return _small(heads[column if things is None else things], 1)

    def said(columns: Iterable[int]) -> str:
        return between.join(_small(heads[i], place) for place, i in enumerate(columns))

    if shape.kind == "network":
        title = _TITLES["network"][lang].format(
            source=said(shape.of("source")), target=said(shape.of("target"))
        )
        weight = shape.one("weight")
        return title if weight is None else title + _TITLES["weight"][lang].format(weight=heads[weight])
    label = between.join(by(i) for i in (*shape.of("label"), *shape.of("series")))
    return _TITLES["chart"][lang].format(value=said(shape.of("value")), label=label)


def _small(head: str, place: int) -> str:
    """The head of a column as it stands within a sentence."""
    return head if not place or head[1:2].isupper() else head[:1].lower() + head[1:]


def _draw_chart(shape: Shape, table: Table, heads: Sequence[str], words: Words, lang: str) -> Picture:
    values, series = shape.of("value"), shape.one("series")
    things = [place for i in shape.of("label") if (place := table.named_by(i)) is not None]
    title = title_of(shape, table, heads, lang)
    found: dict[tuple[str, ...], Group] = {}
    names: dict[str, Term] = {}
    for row in table.rows:
        label = " · ".join(words.of(row[i]) for i in shape.of("label") if row[i] is not None) or _NOTHING
        # The label is often a text beside the identifier that it belongs to.
        own = [row[i] for i in things] or row
        href = next((words.href(term) for term in own if words.href(term)), "")
        key = (label, *(str(row[i]) for i in things))
        for place in values:
            value = as_float(row[place])
            if value is None:
                continue
            name = heads[place] if series is None else words.of(row[series]) or _NOTHING
            names.setdefault(name, None if series is None else row[series])
            if series is None and len(values) == 1:
                key = (*key, str(len(found)))
            found.setdefault(key, Group(label, href, [])).bars.append((name, value))
    if series is None and len(values) == 1:
        alone = [Bar(group.label, group.bars[0][1], group.href) for group in found.values()]
        return bars(alone, title=title, lang=lang, name="result-chart")
    order = sorted(names, key=lambda n: _year(names[n]))
    return groups(list(found.values()), order, title=title, lang=lang, name="result-chart")


def _year(term: Term) -> float:
    """What puts the years of a series in order; other names stay in theirs."""
    return as_float(term) or 0.0 if isinstance(term, Literal) and not term.language else 0.0


def _draw_tiles(shape: Shape, heads: Sequence[str], rows: Rows, words: Words, lang: str) -> Picture:
    place, value = shape.one("place"), shape.one("value")
    assert place is not None
    sums: dict[str, float] = {}
    links: dict[str, str] = {}
    for row in rows:
        code = departement(row[place], coded=True)
        amount = 1.0 if value is None else as_float(row[value])
        if code and amount is not None:
            sums[code] = sums.get(code, 0.0) + amount
            if href := words.href(row[place]):
                links[code] = href
    repeated = len(sums) < sum(1 for row in rows if row[place] is not None)
    if value is None:
        title = _TITLES["count"][lang]
    else:
        title = _TITLES["sum" if repeated else "chart"][lang].format(value=heads[value], label="département")
    return tiles(sums, title=title, links=links, lang=lang, name="result-tiles")


def web(
    shape: Shape, variables: Sequence[str], rows: Rows, words: Words, heads: Sequence[str]
) -> tuple[list[Node], list[Link]]:
    """The nodes and links of a table that is a network: each pair of things once, with its weight.

    Without a column for it the weight is the number of rows; what is no finite number counts as one row. A
    node is of the kind of its column.
    """
    source, target, weight = shape.one("source"), shape.one("target"), shape.one("weight")
    assert source is not None
    assert target is not None
    table = Table(variables, rows)
    named = {place: table.beside(place) for place in (source, target)}
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    links: dict[tuple[str, str], float] = {}
    hrefs: dict[str, str] = {}
    tied = {place: is_thing if table.some_things(place) else is_node for place in (source, target)}
    for row in rows:
        ends = []
        for place in (source, target):
            term = row[place]
            if not isinstance(term, NamedNode | BlankNode) or not tied[place](term):
                continue
            iri = term.value
            if iri not in labels:
                at = named[place]
                beside = row[at] if at is not None else None
                labels[iri] = beside.value if isinstance(beside, Literal) else words.of(term)
                kinds[iri], hrefs[iri] = heads[place], words.href(term)
            ends.append(iri)
        if len(ends) == 2:
            share = as_float(row[weight]) if weight is not None else None
            pair = ends[0], ends[1]
            summed = links.get(pair, 0.0) + (share if share is not None and math.isfinite(share) else 1.0)
            links[pair] = max(-sys.float_info.max, min(summed, sys.float_info.max))
    nodes = [Node(iri, labels[iri], kinds[iri], hrefs[iri]) for iri in labels]
    return nodes, [Link(a, b, weight) for (a, b), weight in links.items()]
