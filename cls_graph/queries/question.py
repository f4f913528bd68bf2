"""A ready question: what the head of its ``.rq`` file says, and the query below it.

The head is YAML in lines that begin with ``#+``::

    #+ title: {fr: …, en: …}
    #+ description: {fr: …, en: …}
    #+ theme: partners                    # one of THEMES
    #+ view: chart                        # one of VIEWS: how the answer is shown first; else as a table
    #+ chart: {label: label, value: total, series: year}
    #+ parameters:
    #+   organisation: {type: organisation, default: ars-84}
    #+ columns:
    #+   keys: {fr: Contrats, en: Contracts}     # where the table in ``words`` does not do
    #+ types: {kind: thing}               # of columns, where the table in ``typed`` does not do
    #+ programs: [statusCode]             # columns that are for programs, not for people
    #+ empty: {fr: …, en: …}              # what it means that there is no row, and what to try
    #+ computed: betweenness              # what ``cls_graph.computing`` makes of the rows

``chart``, ``network`` and ``tiles`` name the columns of a picture by the part that they play in it: see
``ROLES``. ``label`` and ``value`` of a chart may be lists, labels side by side and values as series. The
first view has to be among them.
The query runs as it stands, with the defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib import resources
from typing import TypeVar

from cls_graph.computing import COMPUTATIONS
from cls_graph.errors import NotFound, Text
from cls_graph.kind import LOCAL, Kind
from cls_graph.pictures.columns import ROLES, Chosen
from cls_graph.queries.binding import unplaced
from cls_graph.queries.head import Head
from cls_graph.queries.parameters import Parameter
from cls_graph.queries.typed import COLUMN_TYPES
from cls_graph.queries.words import COLUMNS, THEMES
from cls_graph.suggesting import suggest

T = TypeVar("T")
_PROJECTION = re.compile(r"\bSELECT\b(.*?)\bWHERE\b", re.DOTALL)


@dataclass(frozen=True)
class Question:
    """A ready question: what it asks by language, its parameters, and its file as it stands."""

    name: str
    title: Text
    description: Text
    text: str
    theme: str = "contracts"
    view: str = "table"
    parameters: tuple[Parameter, ...] = ()
    computed: str = ""
    labels: dict[str, Text] = field(default_factory=dict)
    """What columns are called that have no entry in the table of words, or another one."""
    pictures: dict[str, Chosen] = field(default_factory=dict)
    """The columns of each kind of picture."""
    programs: tuple[str, ...] = ()
    """Columns that are for programs only: the codes of what people read in words."""
    types: dict[str, str] = field(default_factory=dict)
    """The types of columns that are not those of the table."""
    empty: Text = field(default_factory=dict)
    """What it means that there is no row."""
    kind: Kind = LOCAL
    """What its words call the contracts."""

    def of(self, kind: Kind) -> Question:
        """The same question, in whose words contracts are of a kind; its file stays as it is."""
        if kind.usual:
            return self
        labels = {column: self.labels.get(column) or COLUMNS[column] for column in self.columns}
        return replace(
            self,
            kind=kind,
            title=kind.told(self.title),
            description=kind.told(self.description),
            empty=kind.told(self.empty),
            labels={column: kind.told(words) for column, words in labels.items()},
            parameters=tuple(replace(p, label=kind.told(p.label)) for p in self.parameters),
        )

    @cached_property
    def query(self) -> str:
        """The query alone, without its head; one that is only computed on says so in its first lines."""
        lines = self.text.splitlines(keepends=True)
        said = "".join(f"# {self.how[lang]}\n" for lang in ("fr", "en") if self.how)
        return said + "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")

    @property
    def how(self) -> Text:
        """How the answer is computed from the rows of the query; nothing where these are the answer."""
        return self.kind.told(COMPUTATIONS[self.computed].how) if self.computed else {}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer, in order."""
        if self.computed:
            return COMPUTATIONS[self.computed].columns
        return projection(self.query)

    def for_people(self, rows: Iterable[Sequence[T]]) -> tuple[tuple[str, ...], list[tuple[T, ...]]]:
        """The columns that people read, and these rows of them."""
        kept = [i for i, column in enumerate(self.columns) if column not in self.programs]
        return tuple(self.columns[i] for i in kept), [tuple(row[i] for i in kept) for row in rows]

    def label(self, column: str, lang: str) -> str:
        """What a column is called, for a person."""
        return (self.labels.get(column) or COLUMNS[column])[lang]

    def type_of(self, column: str) -> str:
        """The type of a column: one of ``TYPES_OF_COLUMNS``."""
        return self.types.get(column) or COLUMN_TYPES.get(column, "text")

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name."""
        return next((p for p in self.parameters if p.name == name), None)


def projection(query: str) -> tuple[str, ...]:
    """The variables that the outermost SELECT of one of our queries gives, in order."""
    found = _PROJECTION.search(query)
    assert found, "a question is a SELECT query"
    text, depth, names, at = found[1], 0, [], 0
    while at < len(text):
        if text[at] == "(":
            depth += 1
        elif text[at] == ")":
            depth -= 1
        name = re.match(r"(AS\s+)?\?(\w+)", text[at:])
        if name and (depth == 0 or (depth == 1 and name[1])):
            names.append(name[2])
        at += name.end() if name else 1
    return tuple(names)


@cache
def library(kind: Kind = LOCAL) -> dict[str, Question]:
    """Every question by name, sorted, in words that speak of contracts of a kind."""
    if not kind.usual:
        return {name: question.of(kind) for name, question in library().items()}
    folder = resources.files("cls_graph.queries")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return {name[:-3]: read(name[:-3], (folder / name).read_text(encoding="utf-8")) for name in names}


@cache
def themes(kind: Kind = LOCAL) -> dict[str, Text]:
    """What the themes are called, in the order in which they are shown."""
    return {name: kind.told(words) for name, words in THEMES.items()}


def question(name: str, kind: Kind = LOCAL) -> Question:
    """The question of a name. Raises ``NotFound``, with the nearest name."""
    found = library(kind).get(name)
    if found is None:
        hint = suggest(name, library())
        raise NotFound(
            f"Aucune question toute prête ne s'appelle « {name} ».{hint['fr']}",
            f"No ready question is called '{name}'.{hint['en']}",
        )
    return found


def read(name: str, text: str) -> Question:
    """The question that a file holds. Raises ``QuestionError``: what is wrong in it, and its line."""
    head = Head(name, text)
    said = head.said
    made = Question(
        name=name,
        title=said["title"],
        description=said["description"],
        text=text,
        theme=said["theme"],
        view=said.get("view", "table"),
        parameters=tuple(Parameter.read(key, value) for key, value in said.get("parameters", {}).items()),
        computed=said.get("computed", ""),
        labels=said.get("columns", {}),
        empty=said.get("empty", {}),
    )
    _check(made, head)
    pictures = {kind: head.pictured(kind, made.columns) for kind in ROLES if kind in said}
    if made.view in ROLES and made.view not in pictures:
        head.fail(
            ("view",),
            f"nommez les colonnes de l'image : {made.view}: {{{', '.join(ROLES[made.view])}}}.",
            f"name the columns of the picture: {made.view}: {{{', '.join(ROLES[made.view])}}}.",
        )
    programs, types = head.programs(made.columns), head.types(made.columns)
    return replace(made, pictures=pictures, programs=programs, types=types)


def _check(made: Question, head: Head) -> None:
    """Hold the query against its head."""
    if not _PROJECTION.search(made.query):
        head.fail(
            ("title",),
            "sous la tête, il faut une requête SELECT … WHERE.",
            "below the head, a query SELECT … WHERE is needed.",
        )
    if "ORDER BY" not in made.query:
        head.fail(
            ("title",),
            "la requête n'a pas d'ORDER BY : donnez un ordre sans ex æquo, toujours le même.",
            "the query has no ORDER BY: give an order that leaves no tie, always the same.",
        )
    for parameter in unplaced(made):
        place = f"VALUES ?{parameter.variable} {{ … }}"
        head.fail(
            ("parameters", parameter.name),
            f"la requête n'a pas de place pour lui : écrivez {place}, avec sa valeur par défaut ou UNDEF.",
            f"the query has no place for it: write {place}, with its default or UNDEF.",
        )
    for column in made.columns:
        if column not in COLUMNS and column not in made.labels:
            head.fail(
                ("columns",),
                f"la colonne ?{column} n'a pas de nom : ajoutez « #+   {column}: {{fr: …, en: …}} ».",
                f"the column ?{column} has no name: add '#+   {column}: {{fr: …, en: …}}'.",
            )
