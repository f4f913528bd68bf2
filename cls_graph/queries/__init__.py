"""The query library: one ``.rq`` file a question, its titles in the ``#+`` comment at its head."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from cls_graph.errors import Text
from cls_graph.records.tree import parse


@dataclass(frozen=True)
class Question:
    """A ready question: its name, title and description by language, and the SPARQL text."""

    name: str
    title: Text
    description: Text
    text: str


@cache
def library() -> dict[str, Question]:
    """Every question by name, sorted."""
    folder = resources.files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return {name[:-3]: _question(name[:-3], (folder / name).read_text(encoding="utf-8")) for name in names}


def _question(name: str, text: str) -> Question:
    head = "\n".join(line[3:] for line in text.splitlines() if line.startswith("#+ "))
    said = parse(head).tree
    assert isinstance(said, dict)
    return Question(name, said["title"], said["description"], text)
