"""Which pictures a table of results can be shown as, and why not the others.

A chart needs a column of numbers, a tile grid a column of départements, a network two columns of
identifiers (or a graph). Terms are those of the query engine, read as plain values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from cls_graph.errors import Text
from cls_graph.namespaces import XSD
from cls_graph.pictures.bars import Bar, bars
from cls_graph.pictures.network import Link, Node, network
from cls_graph.pictures.svg import Picture
from cls_graph.pictures.tiles import PLACES, tiles

Term = NamedNode | BlankNode | Literal | Triple | None
Rows = Sequence[Sequence[Term]]

_NUMBERS = {
    XSD + name
    for name in "integer decimal double float int long short byte nonNegativeInteger positiveInteger "
    "unsignedInt unsignedLong unsignedShort unsignedByte negativeInteger nonPositiveInteger".split()
}
_DEPARTEMENT = re.compile(r"/territory/departement/([0-9][0-9AB][0-9]?)$")
_CODES = re.compile("dep|dép|code", re.IGNORECASE)
_WORDS_OF = re.compile("label|libell|name|nom|title|titre", re.IGNORECASE)

_NO_ROW: Text = {"fr": "aucune ligne à montrer", "en": "no row to show"}
_NO_NUMBER: Text = {"fr": "aucune colonne ne contient que des nombres", "en": "no column holds numbers only"}
_NO_PLACE: Text = {
    "fr": "aucune colonne ne contient que des départements (leur identifiant, ou leur code)",
    "en": "no column holds départements only (their identifier, or their code)",
}
_NO_PAIR: Text = {
    "fr": "il faut deux colonnes d'identifiants, ou un graphe (CONSTRUCT)",
    "en": "it takes two columns of identifiers, or a graph (CONSTRUCT)",
}
_TITLES = {
    "chart": {"fr": "{value} par {label}", "en": "{value} by {label}"},
    "sum": {"fr": "{value} par département (somme)", "en": "{value} by département (sum)"},
    "count": {"fr": "Nombre de lignes par département", "en": "Number of rows by département"},
    "network": {"fr": "Liens entre {source} et {target}", "en": "Links between {source} and {target}"},
}


@dataclass(frozen=True)
class Shape:
    """What a kind of picture takes of a table: the places of its columns (``None``: not needed)."""

    kind: str
    first: int
    second: int | None
    weight: int | None = None


def shapes(variables: Sequence[str], rows: Rows) -> dict[str, Shape | Text]:
    """For ``chart``, ``network`` and ``tiles``: how the table fills it, or why it cannot."""
    if not rows:
        return dict.fromkeys(("chart", "network", "tiles"), _NO_ROW)
    numbers = [i for i in range(len(variables)) if _all(rows, i, is_number)]
    return {
        "chart": _chart(variables, rows, numbers),
        "network": _pair(variables, rows, numbers),
        "tiles": _tiles(variables, rows, numbers),
    }


def _chart(variables: Sequence[str], rows: Rows, numbers: list[int]) -> Shape | Text:
    if not numbers:
        return _NO_NUMBER
    words = [i for i in range(len(variables)) if i not in numbers]
    texts = [i for i in words if _all(rows, i, lambda term: isinstance(term, Literal))]
    named = [i for i in texts if _WORDS_OF.search(variables[i])]
    label = next(iter([*named, *texts, *words]), None)
    if label is None and len(numbers) > 1:
        return Shape("chart", numbers[0], numbers[1])
    return Shape("chart", numbers[0] if label is None else label, numbers[0])


def _tiles(variables: Sequence[str], rows: Rows, numbers: list[int]) -> Shape | Text:
    for i, name in enumerate(variables):
        place = partial(departement, coded=bool(_CODES.search(name)))
        if _all(rows, i, place):
            return Shape("tiles", i, next((n for n in numbers if n != i), None))
    return _NO_PLACE


def _pair(variables: Sequence[str], rows: Rows, numbers: list[int]) -> Shape | Text:
    nodes = [i for i in range(len(variables)) if _all(rows, i, is_node)]
    if len(nodes) < 2:
        return _NO_PAIR
    return Shape("network", nodes[0], nodes[1], next(iter(numbers), None))


def _all(rows: Rows, column: int, holds: Callable[[Term], object]) -> bool:
    """Whether a column has values, and all of them are of a kind."""
    there = [row[column] for row in rows if row[column] is not None]
    return bool(there) and all(holds(term) for term in there)


def is_number(term: Term) -> bool:
    """Whether a term is a literal with the datatype and the form of a number."""
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS and _float(term) is not None


def is_node(term: Term) -> bool:
    """Whether a term names a thing."""
    return isinstance(term, NamedNode | BlankNode)


def departement(term: Term, *, coded: bool = False) -> str:
    """The code of the département that a term is, or nothing; with ``coded`` also a literal code."""
    if isinstance(term, NamedNode):
        found = _DEPARTEMENT.search(term.value)
        return found.group(1) if found else ""
    if coded and isinstance(term, Literal) and term.value in PLACES and term.datatype.value not in _NUMBERS:
        return term.value
    return ""


def _float(term: Term) -> float | None:
    try:
        return float(term.value) if isinstance(term, Literal) else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Words:
    """How terms are told: labels by IRI, links by IRI, and what a term without a label is written as."""

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
    """The picture of a table that ``shapes`` found to fit; ``heads`` is what its columns are called."""
    told = variables if heads is None else heads
    if shape.kind == "chart":
        return _draw_chart(shape, told, rows, words, lang)
    if shape.kind == "tiles":
        return _draw_tiles(shape, told, rows, words, lang)
    beside = {place: _beside(variables, rows, place) for place in (shape.first, shape.second or 0)}
    return _draw_network(shape, told, rows, words, lang, beside)


def _draw_chart(shape: Shape, variables: Sequence[str], rows: Rows, words: Words, lang: str) -> Picture:
    assert shape.second is not None
    found = []
    for row in rows:
        value = _float(row[shape.second])
        if value is not None:
            # The label is often a text beside the identifier that it belongs to.
            href = next((words.href(term) for term in row if words.href(term)), "")
            found.append(Bar(words.of(row[shape.first]) or "–", value, href))
    title = _TITLES["chart"][lang].format(value=variables[shape.second], label=variables[shape.first])
    return bars(found, title=title, lang=lang, name="result-chart")


def _draw_tiles(shape: Shape, variables: Sequence[str], rows: Rows, words: Words, lang: str) -> Picture:
    counted = shape.second is None
    sums: dict[str, float] = {}
    links: dict[str, str] = {}
    for row in rows:
        code = departement(row[shape.first], coded=True)
        amount = 1.0 if shape.second is None else _float(row[shape.second])
        if code and amount is not None:
            sums[code] = sums.get(code, 0.0) + amount
            if href := words.href(row[shape.first]):
                links[code] = href
    repeated = len(sums) < sum(1 for row in rows if row[shape.first] is not None)
    if counted:
        title = _TITLES["count"][lang]
    else:
        assert shape.second is not None
        kind = "sum" if repeated else "chart"
        title = _TITLES[kind][lang].format(value=variables[shape.second], label="département")
    return tiles(sums, title=title, links=links, lang=lang, name="result-tiles")


def _draw_network(
    shape: Shape,
    variables: Sequence[str],
    rows: Rows,
    words: Words,
    lang: str,
    named: Mapping[int, int | None],
) -> Picture:
    assert shape.second is not None
    nodes: dict[str, Node] = {}
    links: dict[tuple[str, str], float] = {}
    for row in rows:
        ends = []
        for place in (shape.first, shape.second):
            term = row[place]
            if not isinstance(term, NamedNode | BlankNode):
                continue
            at = named[place]
            beside = row[at] if at is not None else None
            label = beside.value if isinstance(beside, Literal) else words.of(term)
            nodes.setdefault(term.value, Node(term.value, label, variables[place], words.href(term)))
            ends.append(term.value)
        if len(ends) == 2:
            pair = (ends[0], ends[1])
            weight = _float(row[shape.weight]) if shape.weight is not None else None
            links[pair] = links.get(pair, 0.0) + (1.0 if weight is None else weight)
    most = max([1.0, *links.values()])
    title = _TITLES["network"][lang].format(source=variables[shape.first], target=variables[shape.second])
    scale = 8 / most if most > 8 else 1.0
    drawn = [Link(a, b, weight * scale) for (a, b), weight in links.items()]
    return network(list(nodes.values()), drawn, title=title, lang=lang, name="result-network")


def _beside(variables: Sequence[str], rows: Rows, place: int) -> int | None:
    """The column with the names of the things in another: next to it, or named after it."""
    name = variables[place].lower()
    for i, other in enumerate(variables):
        said = other.lower()
        own = said.startswith(name) and said != name and _WORDS_OF.search(said)
        following = i == place + 1 and _WORDS_OF.search(said)
        if (own or following) and _all(rows, i, lambda term: isinstance(term, Literal)):
            return i
    return None
