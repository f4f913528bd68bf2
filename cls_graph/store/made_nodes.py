"""Blank nodes that the template of a CONSTRUCT makes, under names that are the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

import pyoxigraph as ox

_MAKING = re.compile(r"_:|[\[(]")
"""What a template that makes blank nodes has in it: a label, brackets, or a list."""
_RANDOM = re.compile(r"[a-f][0-9a-f]{19,31}")
"""The names that the engine makes up; those of a release are told apart by where they are from."""
_NAME = "made"
_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def makes_nodes(text: str) -> bool:
    """Whether the answer to a CONSTRUCT may have blank nodes of its own. Errs on the side of yes."""
    return _MAKING.search(text) is not None


def numbered(triples: Iterable[ox.Triple], known: Callable[[ox.BlankNode], bool]) -> Iterator[ox.Triple]:
    """The triples with the nodes that were made numbered in the order in which they come.

    ``known``: whether a node is in the data. It keeps its name, and none that is made takes it.
    """
    names: dict[str, ox.BlankNode] = {}
    candidates = (ox.BlankNode(f"{_NAME}{number}") for number in count(1))

    def named(node: _Node) -> _Node:
        if isinstance(node, ox.Triple):
            return ox.Triple(named(node.subject), node.predicate, named(node.object))  # type: ignore[arg-type]
        if not isinstance(node, ox.BlankNode) or not _RANDOM.fullmatch(node.value):
            return node
        if node.value not in names:
            names[node.value] = node if known(node) else next(n for n in candidates if not known(n))
        return names[node.value]

    for triple in triples:
        subject, value = named(triple.subject), named(triple.object)
        if subject is triple.subject and value is triple.object:
            yield triple
        else:
            yield ox.Triple(subject, triple.predicate, value)  # type: ignore[arg-type]
