"""Which pictures a table of results can be shown as, and why not the others.

A chart needs a column of quantities, a tile grid a column of départements, a network two columns of
things (or a graph). Terms are those of the query engine, read as plain values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cls_graph.errors import Text
from cls_graph.pictures.columns import (
    OPTIONAL,
    ROLES,
    Chosen,
    Rows,
    Table,
    asked_for,
    chart_columns,
    network_columns,
)

_NO_ROW: Text = {"fr": "aucune ligne à montrer", "en": "no row to show"}
_NO_NUMBER: Text = {
    "fr": "aucune colonne ne contient que des quantités (une année n'en est pas une)",
    "en": "no column holds quantities only (a year is none)",
}
_NO_PLACE: Text = {
    "fr": "aucune colonne ne contient que des départements (leur identifiant, ou leur code)",
    "en": "no column holds départements only (their identifier, or their code)",
}
_NO_PAIR: Text = {
    "fr": "il faut deux colonnes de choses (ni classes, ni propriétés), ou un graphe (CONSTRUCT)",
    "en": "it takes two columns of things (not classes or properties), or a graph (CONSTRUCT)",
}


@dataclass(frozen=True)
class Choice:
    """A part that a column of the table plays in a picture: which can, and which do."""

    role: str
    columns: tuple[int, ...]
    chosen: tuple[int, ...]
    optional: bool = False


@dataclass(frozen=True)
class Shape:
    """What a kind of picture takes of a table: the places of its columns by the part that they play."""

    kind: str
    columns: Mapping[str, tuple[int, ...]]
    choices: tuple[Choice, ...] = ()

    def of(self, role: str) -> tuple[int, ...]:
        """The columns that play a part."""
        return tuple(self.columns.get(role, ()))

    def one(self, role: str) -> int | None:
        """The column that plays a part, where there is one."""
        return next(iter(self.of(role)), None)


def shapes(
    variables: Sequence[str],
    rows: Rows,
    *,
    view: str = "",
    chosen: Chosen | None = None,
    usual: Mapping[str, Chosen] | None = None,
    heads: Sequence[str] | None = None,
    quiet: Collection[str] = (),
) -> dict[str, Shape | Text]:
    """For ``chart``, ``network`` and ``tiles``: how the table fills it, or why it cannot.

    ``chosen`` are the columns that a person asks for in ``view``, ``usual`` by kind those that are taken
    otherwise, if they fit. Raises ``BadRequest`` where a column that is asked for does not fit, with those
    that do. Columns that are ``quiet`` are taken where ``usual`` names them, and offered to nobody.
    """
    table = Table(variables, rows, frozenset(quiet))
    asked = chosen or {}
    if view not in ROLES:
        view = "network" if {"source", "target", "weight"} & set(asked) else "chart"
    found: dict[str, Shape | Text] = {}
    for kind in ("chart", "network", "tiles"):
        given = asked_for(table, kind, asked, heads or variables) if kind == view else {}
        found[kind] = _shape(table, kind, {**_known(table, kind, usual or {}, given), **given})
    return found


def _known(
    table: Table, kind: str, usual: Mapping[str, Chosen], asked: Mapping[str, object]
) -> dict[str, tuple[int, ...]]:
    """The usual columns that the table has, of the parts for which nothing is asked."""
    found: dict[str, tuple[int, ...]] = {}
    places = {name: i for i, name in enumerate(table.variables)}
    said = usual.get(kind, {})
    for role, names in said.items():
        columns = tuple(places[name] for name in names if name in places)
        fitting = set(table.choices(role, quiet=True))
        if len(columns) == len(names) and set(columns) <= fitting:
            found[role] = columns
    if kind == "chart" and said and "series" not in said and not asked:
        found["series"] = ()
    return found


def _shape(table: Table, kind: str, given: Mapping[str, tuple[int, ...]]) -> Shape | Text:
    if not table.rows:
        return _NO_ROW
    if kind == "chart":
        columns, missing = chart_columns(table, given), _NO_NUMBER
    elif kind == "network":
        columns, missing = network_columns(table, given), _NO_PAIR
    else:
        places = given.get("place") or tuple(table.choices("place")[:1])
        numbers = [i for i in table.choices("value") if i not in places]
        values = tuple(given.get("value", numbers[:1]))[:1]
        columns, missing = ({"place": places, "value": values} if places else {}), _NO_PLACE
    if not columns:
        return missing
    shape = Shape(kind, columns)
    return replace(shape, choices=tuple(_choice(table, shape, role) for role in ROLES[kind]))


def _choice(table: Table, shape: Shape, role: str) -> Choice:
    return Choice(role, tuple(table.choices(role)), shape.of(role), role in OPTIONAL[shape.kind])
