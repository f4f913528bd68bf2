"""The table that an analyst gets: typed columns, data frames, CSV and XLSX, and itself in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from cls_graph.analysis.frames import pandas_frame, polars_frame
from cls_graph.analysis.speaking import told
from cls_graph.analysis.values import Column, Thing, column_of, term_of
from cls_graph.namespaces import prefixes
from cls_graph.queries.geojson import collection, features, members
from cls_graph.queries.spots import Atlas
from cls_graph.queries.tables import Names, csv_table, unnamed, workbook
from cls_graph.queries.words import ABOUT
from cls_graph.store.base import Term

Labels = Callable[[Sequence[str]], Mapping[str, str]]
_SHOWN = {"html": 20, "text": 10}
_MORE = {"fr": "{n} lignes, les {shown} premières sont montrées", "en": "{n} rows, the first {shown} shown"}
_ALL = {"fr": "{n} ligne(s)", "en": "{n} row(s)"}


class Table:
    """Rows with typed columns.

    ``rows`` are tuples of Python values: ``int``, ``Decimal``, ``float``, ``bool``, ``date``, ``datetime``,
    ``str``, a ``Thing`` (an IRI with its ``label``), and ``None`` for what is missing.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        lang: str = "fr",
        title: str = "",
        heads: Mapping[str, str] | None = None,
        about: Sequence[tuple[str, object]] = (),
        labels: Labels = lambda _: {},
        terms: Sequence[Sequence[Term | None]] | None = None,
        atlas: Callable[[], Atlas] = Atlas,
        infer: bool | None = None,
    ) -> None:
        """``heads``: what the columns are called; ``about``: what files say of the rows, by ``ABOUT``;
        ``infer``: whether what rules infer was asked too, where that is known."""
        self.lang, self.title = lang, title
        self._columns, self._heads, self._about = tuple(columns), heads or {}, about
        self._ask, self._terms, self._atlas, self._infer = labels, terms, atlas, infer

    @classmethod
    def of_terms(
        cls,
        names: Sequence[str],
        terms: Sequence[Sequence[Term | None]],
        *,
        types: Mapping[str, str] | None = None,
        **said: Any,
    ) -> Table:
        """The table of the rows that a query gave; ``types``: of those columns of which it is known."""
        known = types or {}
        columns = [
            column_of(name, [row[i] for row in terms], known.get(name, "text"))
            for i, name in enumerate(names)
        ]
        return cls(columns, terms=terms, **said)

    def __len__(self) -> int:
        return len(self._columns[0]) if self._columns else len(self._terms or ())

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __getitem__(self, name: str) -> list[Any]:
        """The values of a column. Raises ``KeyError``."""
        return self._named[self.columns.index(name)].values if name in self.columns else _no_column(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self._columns)

    @property
    def kinds(self) -> dict[str, str]:
        """The type of each column (see ``Column``)."""
        return {column.name: column.kind for column in self._columns}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the things in the table are called, by IRI; asked for when it is first needed."""
        things = list(dict.fromkeys(iri for column in self._columns for iri in column.things()))
        return self._ask(things) if things else {}

    @cached_property
    def _named(self) -> tuple[Column, ...]:
        return tuple(c.named(self.labels) if c.kind == "thing" else c for c in self._columns)

    @cached_property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows, all of them."""
        if not self._columns:
            return [()] * len(self)
        return list(zip(*(column.values for column in self._named), strict=True))

    @told
    def to_polars(self, *, labels: bool = True) -> Any:
        """A ``polars.DataFrame``. ``labels``: beside a column of things that has no names yet, one of them;
        ``False`` also leaves out those columns of a computed table that only name what another one holds.

        Raises ``UsageError`` where polars is not installed; so do the methods below with what they need.
        """
        return polars_frame(self._framed(labels))

    @told
    def to_pandas(self, *, labels: bool = True) -> Any:
        """A ``pandas.DataFrame``, with types that know what is missing."""
        return pandas_frame(self._framed(labels))

    def _framed(self, labels: bool) -> list[Column]:
        framed: list[Column] = []
        for place, column in enumerate(self._columns):
            if column.names and not labels:
                continue
            framed.append(column)
            if labels and column.kind == "thing" and unnamed(self.columns, place):
                held = [None if v is None else self.labels.get(v) for v in column.held]
                framed.append(Column(f"{column.name}Label", "text", held, column.codes))
        return framed

    def terms(self) -> Sequence[Sequence[Term | None]]:
        """The rows as terms of RDF."""
        if self._terms is None:
            self._terms = [tuple(map(term_of, row)) for row in self.rows]
        return self._terms

    @told
    def to_csv(self, path: str | Path | None = None) -> str:
        """CSV for spreadsheets (UTF-8 with its mark, no formula), written to ``path`` where one is given.

        Raises ``OutputError``.
        """
        body = csv_table(self._headings(), self.terms(), Names(self.lang))
        _write(path, body)
        return body.decode("utf-8-sig")

    @told
    def to_xlsx(self, path: str | Path) -> None:
        """A workbook: the rows, and a sheet that says what they answer. Raises ``OutputError``."""
        names = Names(self.lang, self.labels)
        about = [(ABOUT[name][self.lang] if name in ABOUT else name, said) for name, said in self._about]
        _write(path, workbook(self._headings(), self.terms(), names, about, title=self.title))

    @told
    def to_geojson(self, path: str | Path | None = None, *, place: str = "") -> str:
        """GeoJSON (RFC 7946), a feature a row, written to ``path`` where one is given.

        ``place`` is the column that says where rows are, the likeliest if not given; rows without a place
        have no geometry. Raises ``NotAcceptable`` where no column says it, ``BadRequest`` where ``place``
        does not, ``OutputError``.
        """
        columns, terms = self.columns, self.terms()
        placer = self._atlas().placer(columns, terms, self.lang, place)
        heads = dict(zip(columns, self._headings(), strict=True))
        found = features(columns, terms, placer, Names(self.lang, self.labels))
        said = members(self._about, heads, placer)
        if self._infer is not None:
            said["inference"] = self._infer
        body = collection(found, said, lang=self.lang).body
        _write(path, body)
        return body.decode()

    def _headings(self) -> list[str]:
        return [self._heads.get(name, name) for name in self.columns]

    def __repr__(self) -> str:
        from cls_graph.table import table

        first = self.terms()[: _SHOWN["text"]] if self._terms is not None else self._first("text")
        lines = [dict(zip(self.columns, row, strict=True)) for row in first]
        return table(self.columns, lines, prefixes()) + self._counted("text")

    def _first(self, form: str) -> list[tuple[Any, ...]]:
        return [tuple(map(term_of, row)) for row in islice(self.rows, _SHOWN[form])]

    def _counted(self, form: str) -> str:
        shown = _SHOWN[form]
        return (_MORE if len(self) > shown else _ALL)[self.lang].format(n=len(self), shown=shown)

    def _repr_html_(self) -> str:
        heads = "".join(f"<th scope='col'>{escape(head)}</th>" for head in self._headings())
        body = "".join(
            "<tr>" + "".join(_cell(value) for value in row) + "</tr>"
            for row in islice(self.rows, _SHOWN["html"])
        )
        caption = f"<caption>{escape(self.title)}</caption>" if self.title else ""
        table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        return f"{table}<p>{self._counted('html')}</p>"


def _cell(value: Any) -> str:
    if isinstance(value, Thing):
        if value.startswith(("http://", "https://")):
            return f'<td><a href="{escape(value)}" rel="noopener">{escape(value.label)}</a></td>'
        return f"<td>{escape(value.label)}</td>"
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def _no_column(name: str) -> list[Any]:
    raise KeyError(name)


def _write(path: str | Path | None, body: bytes) -> None:
    from cls_graph.files import replace_file

    if path is not None:
        replace_file(Path(path), body)
