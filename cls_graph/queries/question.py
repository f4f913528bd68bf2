"""A ready question: what the head of its ``.rq`` file says, and the query below it.

The head is YAML in lines that begin with ``#+``::

    #+ title: {fr: …, en: …}
    #+ description: {fr: …, en: …}
    #+ theme: partners                    # one of THEMES
    #+ view: table                        # one of VIEWS: how the answer is shown first
    #+ parameters:
    #+   organisation: {type: organisation, default: ars-84}
    #+ columns:
    #+   keys: {fr: Contrats, en: Contracts}     # where the table in ``words`` does not do
    #+ computed: betweenness              # what ``cls_graph.computing`` makes of the rows

The query runs as it stands, with the defaults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

from cls_graph.computing import COMPUTATIONS
from cls_graph.errors import NotFound, Text
from cls_graph.findings import suggest
from cls_graph.queries.parameters import Parameter
from cls_graph.queries.words import COLUMNS, THEMES
from cls_graph.records.tree import parse

VIEWS = ("table", "chart", "network", "tiles")
_PROJECTION = re.compile(r"\bSELECT\b(.*?)\bWHERE\b", re.DOTALL)
_PROJECTED = re.compile(r"\bAS\s+\?(\w+)\s*\)|\?(\w+)")


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

    @cached_property
    def query(self) -> str:
        """The query alone, without its head."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer, in order."""
        if self.computed:
            return COMPUTATIONS[self.computed].columns
        return projection(self.query)

    def label(self, column: str, lang: str) -> str:
        """What a column is called, for a person."""
        return (self.labels.get(column) or COLUMNS[column])[lang]

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
def library() -> dict[str, Question]:
    """Every question by name, sorted."""
    folder = resources.files("cls_graph.queries")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return {name[:-3]: read(name[:-3], (folder / name).read_text(encoding="utf-8")) for name in names}


def question(name: str) -> Question:
    """The question of a name. Raises ``NotFound``, with the nearest name."""
    found = library().get(name)
    if found is None:
        hint = suggest(name, library())
        raise NotFound(
            f"Aucune question toute prête ne s'appelle « {name} ».{hint['fr']}",
            f"No ready question is called '{name}'.{hint['en']}",
        )
    return found


def read(name: str, text: str) -> Question:
    """The question that a file holds."""
    head = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ "))
    said: Any = parse(head).tree
    assert said["theme"] in THEMES, f"{name}: theme"
    assert said["view"] in VIEWS, f"{name}: view"
    return Question(
        name=name,
        title=said["title"],
        description=said["description"],
        text=text,
        theme=said["theme"],
        view=said["view"],
        parameters=tuple(Parameter.read(key, value) for key, value in said.get("parameters", {}).items()),
        computed=said.get("computed", ""),
        labels=said.get("columns", {}),
    )
