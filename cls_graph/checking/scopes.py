"""Shapes cut to what they can be about in one part of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode, Triple
from rdflib import URIRef, Variable
from rdflib.paths import NegatedPath, Path
from rdflib.plugins.sparql import prepareQuery

from cls_graph.namespaces import RDF, RDFS, SH

CLASS, SUBJECTS, OBJECTS = (SH + name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf"))
TARGETS = frozenset([CLASS, SUBJECTS, OBJECTS, SH + "targetNode"])


def with_targets(shapes: Sequence[Triple], keep: Callable[[Triple], bool]) -> list[Triple]:
    """The shapes with only the targets that ``keep`` wants; shapes that others refer to stay whole."""
    return [t for t in shapes if t.predicate.value not in TARGETS or keep(t)]


def outward(shapes: Iterable[Triple]) -> frozenset[str]:
    """The properties by which a node is a focus, or is looked at, because something else points to it."""
    return frozenset(
        t.object.value
        for t in shapes
        if t.predicate.value in (OBJECTS, SH + "inversePath") and isinstance(t.object, NamedNode)
    )


@dataclass(frozen=True)
class Looks:
    """What shapes look at: properties by name, and whether a query looks at any property at all."""

    properties: frozenset[str]
    any: bool


def looks(shapes: Iterable[Triple], declared: Iterable[Triple]) -> Looks:
    """The properties in the paths, targets and queries of some shapes.

    ``declared`` declares the prefixes of the queries.
    """
    found, everything, prefixes = {RDF + "type", RDFS + "subClassOf"}, False, prefixes_of(declared)
    for t in shapes:
        if t.predicate.value == SH + "select":
            used, open_ended = _of_query(getattr(t.object, "value", ""), tuple(sorted(prefixes.items())))
            found |= used
            everything |= open_ended
        elif isinstance(t.object, NamedNode):
            found.add(t.object.value)
    return Looks(frozenset(found), everything)


def reachable(shapes: Sequence[Triple]) -> list[Triple]:
    """The shapes that have a target, and what they refer to."""
    by_subject: dict[object, list[Triple]] = {}
    for t in shapes:
        by_subject.setdefault(t.subject, []).append(t)
    todo: list[object] = [t.subject for t in shapes if t.predicate.value in TARGETS]
    seen: set[object] = set()
    kept: list[Triple] = []
    while todo:
        node = todo.pop()
        if node in by_subject and node not in seen:
            seen.add(node)
            kept += by_subject[node]
            todo += [t.object for t in by_subject[node]]
    return kept


def prefixes_of(declared: Iterable[Triple]) -> dict[str, str]:
    shapes = list(declared)
    names = {t.subject: t.object.value for t in shapes if t.predicate.value == SH + "prefix"}  # type: ignore[union-attr]
    spaces = {t.subject: t.object.value for t in shapes if t.predicate.value == SH + "namespace"}  # type: ignore[union-attr]
    return {name: spaces[node] for node, name in names.items() if node in spaces}


@lru_cache(maxsize=256)
def _of_query(text: str, prefixes: tuple[tuple[str, str], ...]) -> tuple[frozenset[str], bool]:
    """rdflib takes a tenth of a second to parse a query, and the shapes are cut again and again."""
    used: set[str] = set()
    everything = False
    todo: list[object] = [prepareQuery(text, initNs=dict(prefixes)).algebra]
    while todo:
        part = todo.pop()
        everything |= isinstance(part, NegatedPath)
        if isinstance(part, URIRef):
            used.add(str(part))
        elif isinstance(part, dict):
            todo += part.values()
        elif isinstance(part, list | tuple | set):
            # Patterns inside EXISTS are flat lists of subjects, predicates and objects.
            flat = len(part) % 3 == 0
            everything |= flat and any(isinstance(term, Variable) for term in list(part)[1::3])
            todo += part
        elif isinstance(part, Path):
            todo += [getattr(part, name) for name in ("args", "arg", "path") if hasattr(part, name)]
    return frozenset(used), everything
