"""The ways by which shapes go from a focus node to what they look at.

A *way* is a chain of steps, each along some properties, forwards or backwards, once or again and again.
What a shape says of a node can change only with a statement that lies on one of its ways from that node.
Ways are read from targets, from SHACL paths (section 2.3.1), from the constraints that look further, and
from the patterns of SPARQL constraints. Where a shape has something that cannot be followed so,
``Unfollowed`` is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import product
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple
from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql.algebra import translatePath, translatePName, translatePrologue, traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from cls_graph.checking.scopes import CLASS, OBJECTS, SUBJECTS, TARGETS, prefixes_of
from cls_graph.namespaces import RDF, RDFS, SH

MOST = 200
"""Ways of one shape; with more it is not followed."""


class Unfollowed(Exception):
    """A shape looks at something that no way leads to."""


@dataclass(frozen=True)
class Step:
    """From a node to the next: ``properties`` is ``None`` for any."""

    properties: frozenset[str] | None
    backwards: bool = False
    repeated: bool = False


Way = tuple[Step, ...]


def step(*properties: str, backwards: bool = False) -> Step:
    return Step(frozenset(properties), backwards)


TYPE: Way = (step(RDF + "type"), replace(step(RDFS + "subClassOf"), repeated=True))
SILENT = frozenset(
    SH + name
    for name in """
    name description message order group severity deactivated defaultValue datatype nodeKind minCount maxCount
    pattern flags minLength maxLength minInclusive maxInclusive minExclusive maxExclusive hasValue in
    languageIn uniqueLang qualifiedMinCount qualifiedMaxCount qualifiedValueShapesDisjoint path prefixes
    select declare ignoredProperties
    """.split()
)
"""What is said of a shape, or asked of the values of its path, without looking any further."""
NESTED = frozenset(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
LISTED = frozenset(SH + name for name in ("and", "or", "xone"))
BESIDE = frozenset(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))


def ways(shapes: Sequence[Triple], declared: Iterable[Triple]) -> set[Way]:
    """All ways of the shapes that have a target; ``declared`` declares the prefixes of their queries.

    Raises ``Unfollowed`` where a shape cannot be followed.
    """
    told: dict[object, dict[str, list[Any]]] = {}
    for t in shapes:
        told.setdefault(t.subject, {}).setdefault(t.predicate.value, []).append(t.object)
    follow = _Follow(told, prefixes_of(declared))
    found: set[Way] = set()
    for node, about in told.items():
        if any(name in TARGETS for name in about):
            found |= {TYPE} if CLASS in about else set()
            found |= {(step(o.value),) for o in about.get(SUBJECTS, ())}
            found |= {(step(o.value, backwards=True),) for o in about.get(OBJECTS, ())}
            found |= set(follow.shape(node, (), frozenset()))
    return found


@dataclass(frozen=True)
class _Follow:
    told: Mapping[object, Mapping[str, list[Any]]]
    prefixes: Mapping[str, str]

    def shape(self, node: object, before: Way, inside: frozenset[object]) -> Iterator[Way]:
        """The ways of one shape whose focus nodes are at the end of ``before``."""
        if node in inside:
            raise Unfollowed(f"{node} refers to itself")
        inside |= {node}
        about = self.told.get(node, {})
        ends = [before]
        if SH + "path" in about:
            ends = [before + way for way in self.path(about[SH + "path"][0])]
            yield from ends
        for name, values in about.items():
            for value in values:
                if name in NESTED:
                    for end in ends:
                        yield from self.shape(value, end, inside)
                elif name in LISTED:
                    for end, member in product(ends, self.members(value)):
                        yield from self.shape(member, end, inside)
                elif name == SH + "class":
                    yield from (end + TYPE for end in ends)
                elif name in BESIDE:
                    yield (*before, step(value.value))
                elif name == SH + "closed":
                    yield from ((*end, Step(None)) for end in ends)
                elif name == SH + "sparql":
                    if SH + "path" in about:
                        raise Unfollowed(f"{node} has a path and a query")
                    for select in self.told[value][SH + "select"]:
                        yield from (before + way for way in of_query(select.value, self.prefixes))
                elif name.startswith(SH) and name not in SILENT | TARGETS:
                    raise Unfollowed(f"{node}: {name}")

    def members(self, node: object) -> Iterator[Any]:
        while node != NamedNode(RDF + "nil"):
            cell = self.told[node]
            yield cell[RDF + "first"][0]
            node = cell[RDF + "rest"][0]

    def path(self, node: Any) -> list[Way]:
        """A SHACL path as ways."""
        about = self.told.get(node, {})
        if isinstance(node, Literal) or (not isinstance(node, NamedNode) and not about):
            raise Unfollowed(f"the path {node}")
        if RDF + "first" in about:
            return _limited(sum(parts, ()) for parts in product(*map(self.path, self.members(node))))
        for name, values in about.items():
            if name == SH + "alternativePath":
                return _merged(way for member in self.members(values[0]) for way in self.path(member))
            if name == SH + "inversePath":
                return [_reversed(way) for way in self.path(values[0])]
            if name in (SH + "zeroOrMorePath", SH + "oneOrMorePath", SH + "zeroOrOnePath"):
                many = [] if name == SH + "oneOrMorePath" else [()]
                once = self.path(values[0])
                return many + (once if name == SH + "zeroOrOnePath" else [_repeated(way) for way in once])
        return [(step(node.value),)]


def _reversed(way: Way) -> Way:
    return tuple(replace(one, backwards=not one.backwards) for one in reversed(way))


def _repeated(way: Way) -> Way:
    if len(way) != 1:
        raise Unfollowed("several steps again and again")
    return (replace(way[0], repeated=True),)


def _merged(found: Iterable[Way]) -> list[Way]:
    """Ways of one plain step in the same direction as one way."""
    properties: set[str] = set()
    rest = []
    for way in found:
        if len(way) == 1 and way[0] == Step(way[0].properties) and way[0].properties is not None:
            properties |= way[0].properties
        else:
            rest.append(way)
    return _limited([*([(step(*properties),)] if properties else []), *rest])


def _limited(found: Iterable[Way]) -> list[Way]:
    ways = list(dict.fromkeys(found))
    if len(ways) > MOST:
        raise Unfollowed(f"more than {MOST} ways")
    return ways


# --- SPARQL

Pattern = tuple[Any, list[Way], Any]


def of_query(text: str, prefixes: Mapping[str, str]) -> frozenset[Way]:
    """The ways from ``$this`` to all that the patterns of a SELECT query match.

    A pattern inside OPTIONAL, EXISTS or NOT EXISTS is reached by patterns around it and beside it only, so
    that each way is one that holds wherever its last step matters.
    """
    return _of_query(text, tuple(sorted(prefixes.items())))


@lru_cache(maxsize=256)
def _of_query(text: str, prefixes: tuple[tuple[str, str], ...]) -> frozenset[Way]:
    parsed = parseQuery(text)
    prologue = translatePrologue(parsed[0], None, dict(prefixes), None)
    tree = traverse(parsed[1], visitPost=partial(translatePName, prologue=prologue))
    tree = traverse(tree, visitPost=translatePath)
    if tree.name != "SelectQuery" or tree.valuesClause:
        raise Unfollowed(text)
    found: set[Way] = set()
    for patterns in _scopes(tree.where, ()):
        found |= _from_this(patterns)
    return frozenset(found)


def _scopes(group: CompValue, around: tuple[Pattern, ...]) -> Iterator[tuple[Pattern, ...]]:
    """The patterns of each group, with those around it."""
    if group.name != "GroupGraphPatternSub":
        raise Unfollowed(group.name)
    own = list(around)
    inner: list[CompValue] = []
    for part in group.part or ():
        if part.name == "TriplesBlock":
            for flat in part.triples:
                own += [(flat[i], _of_path(flat[i + 1]), flat[i + 2]) for i in range(0, len(flat), 3)]
        elif part.name == "OptionalGraphPattern":
            inner.append(part.graph)
        elif part.name in ("Filter", "Bind"):
            inner += _groups_in(part.expr)
        elif part.name == "GroupOrUnionGraphPattern" and len(part.graph) == 1:
            inner.append(part.graph[0])
        else:
            raise Unfollowed(part.name)
    yield tuple(own)
    for one in inner:
        yield from _scopes(one, tuple(own))


def _groups_in(part: Any) -> list[CompValue]:
    """The groups of EXISTS and NOT EXISTS in an expression."""
    if isinstance(part, CompValue):
        if part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return [part.graph]
        return [group for value in part.values() for group in _groups_in(value)]
    if isinstance(part, list | tuple) or type(part).__name__ in ("plist", "ParseResults"):
        return [group for value in part for group in _groups_in(value)]
    return []


def _of_path(path: Any) -> list[Way]:
    """A SPARQL property path as ways; a variable is any property."""
    if isinstance(path, URIRef):
        return [(step(str(path)),)]
    if isinstance(path, Variable | NegatedPath):
        # A negated path may hold inverse properties too.
        return (
            [(Step(None),), (Step(None, backwards=True),)]
            if isinstance(path, NegatedPath)
            else [(Step(None),)]
        )
    if isinstance(path, InvPath):
        return [_reversed(way) for way in _of_path(path.arg)]
    if isinstance(path, SequencePath):
        return _limited(sum(parts, ()) for parts in product(*map(_of_path, path.args)))
    if isinstance(path, AlternativePath):
        return _merged(way for member in path.args for way in _of_path(member))
    if isinstance(path, MulPath):
        once = _of_path(path.path)
        none: list[Way] = [] if path.mod == "+" else [()]
        return none + (once if path.mod == "?" else [_repeated(way) for way in once])
    raise Unfollowed(str(path))


def _from_this(patterns: Sequence[Pattern]) -> set[Way]:
    reached: dict[Any, list[Way]] = {Variable("this"): [()]}
    found: set[Way] = set()
    todo = list(patterns)
    while todo:
        ready = next((p for p in todo if p[0] in reached or p[2] in reached), None)
        if ready is None:
            raise Unfollowed("a pattern that $this does not lead to")
        todo.remove(ready)
        start, paths, end = ready
        if start not in reached:
            start, paths, end = end, [_reversed(way) for way in paths], start
        whole = _limited(before + way for before in reached[start] for way in paths)
        found |= set(whole)
        if isinstance(end, Variable):
            reached.setdefault(end, whole)
    return found
