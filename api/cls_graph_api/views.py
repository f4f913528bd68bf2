"""How a result can be shown: as a table or text, and as those pictures that fit it; the others say why not.

``present`` makes what the template ``result.html`` shows. All of it is drawn here, so that every view has
an address and needs no script.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pyoxigraph as ox
from starlette.requests import Request

from cls_graph.errors import BadRequest
from cls_graph.namespaces import RDF, RDFS, SKOS, prefixes
from cls_graph.pictures import Picture, fitting
from cls_graph.pictures.columns import Chosen, Term, is_node, is_number
from cls_graph.pictures.drawing import Words, draw
from cls_graph.pictures.fitting import Shape
from cls_graph.pictures.svg import number
from cls_graph_api.columns import Part, parts
from cls_graph_api.i18n import TEXTS, language, translator
from cls_graph_api.results import MAX_ROWS, Found, shorten
from cls_graph_api.site import Site
from cls_graph_api.urls import LANGUAGES
from cls_graph_api.woven import Woven, weave

VIEWS = ("table", "text", "chart", "network", "tiles")
SUMMED = ("network", "tiles")
"""Pictures that sum rows up: they are made of as many rows as a file has, not of those that a page lists."""
_LABELS = 400
"""Things of which the names are looked up for a picture."""
_AT_ONCE = 500
"""Things of which the names are asked for in one query."""


@dataclass(frozen=True)
class Cell:
    """A term in the table."""

    text: str
    href: str = ""
    lang: str = ""
    number: bool = False


@dataclass(frozen=True)
class Choice:
    """A way to show the result: where it is, or why it is not."""

    name: str
    url: str
    why: str = ""


@dataclass(frozen=True)
class Presented:
    """What ``result.html`` shows."""

    found: Found
    view: str
    choices: list[Choice]
    count: str
    seconds: str
    refused: Choice | None = None
    """The view that was asked for, where it does not fit."""
    picture: Picture | None = None
    title: str = ""
    """What the picture shows."""
    parts: list[Part] = field(default_factory=list)
    """The columns that the picture is made of, and could be."""
    woven: Woven | None = None
    """The network, where the view is one."""
    heads: list[tuple[str, str]] = field(default_factory=list)
    """Each column: its variable, and what it is called."""
    rows: list[list[Cell]] = field(default_factory=list)
    text: str = ""
    empty: str = ""
    """What it means that there is no row."""
    max_rows: int = MAX_ROWS

    def numeric(self, column: int) -> bool:
        """Whether a column holds numbers, which stand at its right, as its head then does."""
        cells = [row[column] for row in self.rows]
        return any(cell.number for cell in cells) and all(cell.number or not cell.text for cell in cells)


def known_view(asked: str) -> str:
    """The view itself, or nothing. Raises ``BadRequest`` for one that there is not."""
    if asked and asked not in VIEWS:
        raise BadRequest(*TEXTS["view_unknown"], parameter="view")
    return asked


async def present(
    request: Request,
    found: Found,
    asked: str,
    seconds: float,
    here: Callable[[str], str],
    *,
    heads: Sequence[str] | None = None,
    cell: Callable[[str, Term], Cell] | None = None,
    chosen: Chosen | None = None,
    usual: Mapping[str, Chosen] | None = None,
    hidden: Collection[str] = (),
    form: str = "",
) -> Presented:
    """The result as ``asked``, or as a table (a graph: as text) where that does not fit.

    ``here`` gives the address of the same result in another view; ``heads`` is what the columns are called,
    ``cell`` makes that of a column and a term. A picture is made of the columns ``chosen``, else of
    those that are ``usual`` for its kind. Raises ``BadRequest`` for a chosen one that does not
    do, with the choices. Columns that are ``hidden`` are for pictures only; with a ``form``
    only the network is made, for that file.
    """
    site, lang = Site.of(request), language(request)
    variables, rows = _table(found, lang)
    # Of a long answer this takes seconds, in which others are to be answered.
    columns, lines = await asyncio.to_thread(_pictured, found, variables, rows)
    told = list(heads or columns)
    fit = partial(fitting.shapes, view=asked, chosen=chosen, usual=usual, heads=told, quiet=hidden)
    shapes = {} if found.truth is not None else await asyncio.to_thread(fit, columns, lines)
    plain = "text" if found.graph else "table"
    names = [name for name in VIEWS if name != "text" or found.graph]
    choices = [
        Choice(name, here(name), why[lang] if isinstance(why := shapes.get(name), dict) else "")
        for name in names
        if found.truth is None
    ]
    refused = next((choice for choice in choices if choice.name == asked and choice.why), None)
    view = asked if asked in names and not refused and found.truth is None else plain
    if view not in SUMMED:
        found = found.beginning()
        rows = rows[: found.count] if found.truth is None else rows
    shape, picture, woven = shapes.get(view), None, None
    seen = [i for i, name in enumerate(variables) if name not in hidden]
    shown = [(variables[i], (heads or variables)[i]) for i in seen]
    made = cell or (lambda _, term: _cell(term, site, request))
    if isinstance(shape, Shape):
        words = await _words(request, shape, lines, whole=bool(form))
        if shape.kind == "network":
            address = here("network")
            woven = await weave(request, shape, columns, lines, words, told, address, chosen or {}, form=form)
            picture = woven.picture
        else:
            picture = await asyncio.to_thread(draw, shape, columns, lines, words, lang, heads)
    return Presented(
        found=found,
        view=view,
        choices=choices,
        count=_count(found, lang),
        seconds=number(round(seconds, 2 if seconds >= 0.1 else 3), lang),
        refused=refused,
        picture=picture,
        title=picture.title if picture else "",
        parts=parts(shape, columns, told, translator(lang)("no_column")) if isinstance(shape, Shape) else [],
        woven=woven,
        heads=shown,
        rows=[[made(variables[i], row[i]) for i in seen] for row in rows]
        if view == "table" and not form
        else [],
        text=found.turtle() if view == "text" and not form else "",
    )


def _table(found: Found, lang: str) -> tuple[list[str], list[list[Term]]]:
    """The columns and rows of a result; a statement of a graph is a row of three."""
    if found.triples is None:
        return found.variables, found.rows
    t = translator(lang)
    rows: list[list[Term]] = [[s.subject, s.predicate, s.object] for s in found.triples]
    return [t("subject"), t("predicate"), t("object")], rows


def _pictured(
    found: Found, variables: list[str], rows: list[list[Term]]
) -> tuple[list[str], list[list[Term]]]:
    """What of it pictures are made of: of a graph, what links two things."""
    if not found.graph:
        return variables, rows
    linking = [
        [row[0], row[2]] for row in rows if is_node(row[2]) and getattr(row[1], "value", "") != RDF + "type"
    ]
    return [variables[0], variables[2]], linking


def _count(found: Found, lang: str) -> str:
    t = translator(lang)
    if found.truth is not None:
        return ""
    shown = number(found.count, lang)
    if found.graph:
        return t("one_statement") if found.count == 1 else t("statements", n=shown)
    return t("one_row") if found.count == 1 else t("rows", n=shown) if found.count else t("no_rows")


def _cell(term: Term, site: Site, request: Request) -> Cell:
    if isinstance(term, ox.NamedNode):
        return Cell(shorten(term.value, prefixes(site.base)), site.urls(request).link(term.value))
    if isinstance(term, ox.Literal):
        return Cell(term.value, lang=term.language or "", number=is_number(term))
    return Cell("" if term is None else str(term))


async def _words(
    request: Request, shape: Shape, rows: Sequence[Sequence[Term]], *, whole: bool = False
) -> Words:
    """The names, links and short forms of the things in the columns that a picture shows.

    Of many things a page has the names of the ``_LABELS`` that come most, what is ``whole`` all of them.
    """
    site = Site.of(request)
    urls, names = site.urls(request), prefixes(site.base)
    columns = [column for role in shape.columns for column in shape.of(role)]

    def told() -> tuple[dict[str, str], dict[str, str]]:
        nodes = (row[column] for row in rows for column in columns)
        # Those that come most, and so may be shown, are first.
        iris = Counter(term.value for term in nodes if isinstance(term, ox.NamedNode)).most_common()
        linked = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
        return {iri: shorten(iri, names) for iri, _ in iris}, {iri: urls.link(iri) for iri in sorted(linked)}

    plain, links = await asyncio.to_thread(told)
    iris = list(plain) if whole else list(plain)[:_LABELS]
    return Words(labels=await labels_of(site, iris, language(request)), links=links, plain=plain)


async def labels_of(site: Site, iris: Iterable[str], lang: str) -> dict[str, str]:
    """The names of things, in ``lang`` where there is one; of many, in several queries."""
    found: dict[str, str] = {}
    several = list(iris)
    for start in range(0, len(several), _AT_ONCE):
        found |= await _labels(site, several[start : start + _AT_ONCE], lang)
    return found


async def _labels(site: Site, iris: Iterable[str], lang: str) -> dict[str, str]:
    values = " ".join(f"<{iri}>" for iri in iris)
    query = f"SELECT ?x ?name {{ VALUES ?x {{ {values} }} ?x <{SKOS}prefLabel>|<{RDFS}label> ?name }}"
    answer = await site.pool.query(query, asked="json")
    body = b"".join([block async for block in answer.body])
    order = [lang, *LANGUAGES]
    best: dict[str, tuple[int, str]] = {}
    for row in json.loads(body)["results"]["bindings"]:
        said = row["name"].get("xml:lang", "")
        rank = (order.index(said) if said in order else len(order), row["name"]["value"])
        iri = row["x"]["value"]
        best[iri] = min(best.get(iri, rank), rank)
    return {iri: name for iri, (_, name) in best.items()}
