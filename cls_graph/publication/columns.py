"""Columns and tables: what a table is made of, in both languages, and how each cell is found in the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from cls_graph.namespaces import CLS, SKOS, VOCAB
from cls_graph.publication.nodes import Nodes
from cls_graph.records.mapping import BROADER_ROLES

Row = tuple[str, ...]
"""The nodes that a row is about, the first of them first."""
Cell = Callable[[Nodes, Row], str]
"""How the text of a cell is found; empty where it is not known."""
SEPARATOR = "|"
_BROADER = frozenset(BROADER_ROLES.values())


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its titles, its cell of a row, and what the cell is.

    ``datatype`` is one of CSVW (``string``, ``integer``, ``gYear``, …) and ``pattern`` a regular expression
    for it; ``scheme`` names the code list of a code, ``kind`` the kind of thing of a key (``contract`` also
    for the parts of one); ``to`` the table and column that a key refers to.
    """

    name: str
    fr: str
    en: str
    cell: Cell
    datatype: str = "string"
    required: bool = False
    many: bool = False
    pattern: str = ""
    prop: str = ""
    scheme: str = ""
    kind: str = ""
    to: tuple[str, str] | None = None

    @property
    def free(self) -> bool:
        """Whether the cell holds words, which a spreadsheet may take for a formula."""
        coded = self.pattern or self.scheme or self.kind or self.to
        return self.datatype == "string" and not coded


@dataclass(frozen=True)
class Table:
    """A table: name, titles, what it holds, columns, the columns that tell its rows apart, its rows."""

    name: str
    fr: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Nodes], Iterable[Row]]

    def cells(self, nodes: Nodes) -> list[list[str]]:
        """The rows as text, in order, each once; an empty cell is a value that is not known."""
        found = {tuple(column.cell(nodes, row) for column in self.columns): None for row in self.rows(nodes)}
        return [list(cells) for cells in found]


# --- rows


def of_class(*classes: str) -> Callable[[Nodes], Iterable[Row]]:
    """A row for each node of the classes."""
    return lambda nodes: [(node,) for node in dict.fromkeys(n for c in classes for n in nodes.of_class(c))]


def links(prop: str, *classes: str) -> Callable[[Nodes], Iterable[Row]]:
    """A row for each value of a property of each node of the classes: the node, the value."""
    return lambda nodes: [
        (node, value) for (node,) in of_class(*classes)(nodes) for value in nodes.texts(node, prop)
    ]


# --- cells


def literal(prop: str, through: str = "") -> Cell:
    """The value of a property, of the node or of the one that ``through`` leads to."""

    def cell(nodes: Nodes, row: Row) -> str:
        node = nodes.text(row[0], through) if through else row[0]
        return nodes.text(node, prop)

    return cell


def value(name: str, fr: str, en: str, prop: str, datatype: str = "string", **more: object) -> Column:
    """A column of a literal."""
    return Column(name, fr, en, literal(prop), datatype, prop=prop, **more)  # type: ignore[arg-type]


def code(name: str, fr: str, en: str, prop: str, scheme: str, *, required: bool = False) -> Column:
    """A column of a code; of a narrower and a broader one that are both stated, the narrower."""

    def cell(nodes: Nodes, row: Row) -> str:
        slugs = [v.rpartition("/")[2] for v in nodes.texts(row[0], prop) if v.startswith(VOCAB)]
        return next((s for s in slugs if s not in _BROADER), slugs[0] if slugs else "")

    return Column(name, fr, en, cell, required=required, prop=prop, scheme=scheme)


def reference(
    name: str, fr: str, en: str, prop: str, kind: str, to: tuple[str, str], *, required: bool = False
) -> Column:
    """A column of the key of another thing."""

    def cell(nodes: Nodes, row: Row) -> str:
        return local_key(nodes, kind, nodes.text(row[0], prop))

    return Column(name, fr, en, cell, required=required, prop=prop, kind=kind, to=to)


def key_of(
    name: str,
    fr: str,
    en: str,
    kind: str,
    to: tuple[str, str] | None = None,
    *,
    at: int = 0,
    required: bool = True,
) -> Column:
    """A column of the key of a node of the row itself."""
    return Column(
        name,
        fr,
        en,
        lambda nodes, row: local_key(nodes, kind, row[at]),
        required=required,
        kind=kind,
        to=to,
    )


def contract_of(*, required: bool = True) -> Column:
    """The contract that the node is part of."""
    return Column(
        "contract",
        "contrat",
        "contract",
        lambda nodes, row: local_key(nodes, "contract", nodes.owner(row[0])),
        required=required,
        kind="contract",
        to=("contracts", "contract"),
    )


def local_key(nodes: Nodes, kind: str, iri: str) -> str:
    """The key of a thing of a kind; nothing for a thing of another."""
    start = nodes.iris.thing(kind, "")
    return iri[len(start) :] if iri.startswith(start) else ""


def listed(name: str, fr: str, en: str, prop: str, kind: str = "", *, datatype: str = "string") -> Column:
    """A column of all values of a property, keys of a kind or words."""

    def cell(nodes: Nodes, row: Row) -> str:
        texts = nodes.texts(row[0], prop)
        texts = [local_key(nodes, kind, text) for text in texts] if kind else texts
        return SEPARATOR.join(text.replace(SEPARATOR, "/") for text in texts if text)

    return Column(name, fr, en, cell, datatype, many=True, prop=prop, kind=kind)


def status() -> tuple[Column, Column]:
    """How a statement is known, and the note to it."""
    return (
        code("assertion", "fondement", "assertion", CLS + "assertionStatus", "assertion-status"),
        Column(
            "note",
            "note",
            "note",
            lambda nodes, row: nodes.text(row[0], CLS + "inferenceNote") or nodes.text(row[0], SKOS + "note"),
        ),
    )


def french(nodes: Nodes, node: str, props: Sequence[str]) -> str:
    """The first of some labels, in French where there is one."""
    for prop in props:
        terms = nodes.all(node, prop)
        words = [t.value for t in terms if isinstance(t, Literal) and t.language == "fr"]
        if words or terms:
            return words[0] if words else terms[0].value
    return ""
