"""Validation by parts: what changes with one contract is found without reading the others.

A *slice* is the graph of a contract with what it reaches: the things of the registry that it names, the
places and bodies these name, concepts and classes, and of all these what the shapes look at by name (a query
that looks at any property does so on the contract's own nodes). It is validated by the shapes that can be
about it, and only results on nodes of its own are kept, because only these are described whole. The rest of
the data (registry, vocabularies) is a part of its own, and so are the shapes that look across contracts. All
parts together give exactly the results of the whole graph; for one edit, one slice is enough. Of a slice that
was validated before, only the nodes are validated again about which the edit can have changed anything
(``checking.affected``); the results on the others stand.

Contracts that claim nodes of one another are never right, but must be told right: they share a slice, and are
validated whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import Literal as RdfLiteral

from cls_graph.checking import scopes
from cls_graph.checking.affected import Landscape, Ways
from cls_graph.checking.engines import Engine, Prepared
from cls_graph.checking.foci import Marks, classes_above, marked
from cls_graph.checking.results import Result, ntriples
from cls_graph.checking.ways import Unfollowed, ways
from cls_graph.namespaces import RDFS, SKOS
from cls_graph.rdf import RDF_TYPE

UPWARD = frozenset([RDFS + "subClassOf", SKOS + "broader"])
"""From a class or a concept, the only ways that shapes go further."""


class Slices:
    """Data, background and shapes, cut into parts that are validated one by one."""

    def __init__(
        self,
        quads: Iterable[Quad],
        background: Iterable[Triple],
        shapes: Sequence[Triple],
        across: Sequence[Triple],
        engine: Engine,
        contracts: str,
    ) -> None:
        """``contracts`` begins the names of the graphs of contracts; every other graph is registry.

        ``background``: ontology and vocabularies; ``across``: those of ``shapes`` that need the whole.
        """
        self._shapes, self._engine, self._prefix = shapes, engine, contracts
        alone = {t.subject for t in across}
        self._within = scopes.with_targets(shapes, lambda t: t.subject not in alone)
        self._between = scopes.with_targets(shapes, lambda t: t.subject in alone)
        self._across = across
        self._background = list(background)
        self._registry: list[Triple] = []
        self._contracts: dict[str, list[Quad]] = {}
        self._owners: dict[str, tuple[str, ...]] = {}
        self._pointers: dict[str, set[str]] = {}
        self._mentions: dict[str, set[str]] = {}
        for quad in quads:
            name = getattr(quad.graph_name, "value", "")
            if name.startswith(contracts):
                self._contracts.setdefault(name, []).append(quad)
            else:
                self._registry.append(quad.triple)
        self._cut_to: frozenset[str] | None = None
        self._described = _by_subject(self._registry)
        self._terms = _by_subject(self._background)
        self._above = classes_above(
            {
                name: [t.object.value for t in about if t.predicate.value == RDFS + "subClassOf"]  # type: ignore[union-attr]
                for name, about in self._terms.items()
            }
        )
        self._validated: dict[str, tuple[list[Quad], list[Result]]] = {}
        for name in self._contracts:
            self._own(name)
        for name in self._contracts:
            self._point(name)

    # --- parts

    @property
    def contracts(self) -> list[str]:
        """The names of the graphs of contracts."""
        return list(self._contracts)

    def contract(self, name: str) -> list[Result]:
        """The results on nodes of one contract (and of those entangled with it)."""
        engine = self._for_contracts
        together = self._entangled(name)
        quads = [quad for one in sorted(together) for quad in self._contracts.get(one, ())]
        data: list[Triple | Quad] = [*quads, *self._reached(quads, together)]
        foci: set[object] = {quad.subject for quad in quads}
        known = self._validated.pop(name, None)
        if len(together) > 1:
            for one in together:
                self._validated.pop(one, None)
            return self._validate(engine, data, self._marks.of(quads, self._above, foci))
        kept: list[Result] = []
        if known is not None and (followed := self._followed.ways) is not None:
            old, new = set(known[0]), set(quads)
            landscape = Landscape(data)
            again = followed.affected([*(old - new), *(new - old)], landscape)
            still = {quad.subject.value for quad in quads if quad.subject not in again}  # type: ignore[union-attr]
            kept = [result for result in known[1] if str(result.focus) in still]
            marks = self._marks.of(quads, self._above, foci & again)
            data = list(followed.seen_from(marked(marks), landscape))
        else:
            marks = self._marks.of(quads, self._above, foci)
        found = kept + self._validate(engine, data, marks)
        self._validated[name] = (quads, [r for r in found if not isinstance(r.focus, RdfLiteral)])
        return found

    @staticmethod
    def _validate(engine: Prepared, data: Sequence[Triple | Quad], marks: Sequence[Triple]) -> list[Result]:
        return engine.validate(ntriples([*data, *marks])) if marks else []

    def registry(self) -> list[Result]:
        """The results on nodes that are no contract's: registry, vocabularies, things named in vain."""
        ways = scopes.outward(self._within)
        pointing = [
            quad.triple
            for quads in self._contracts.values()
            for quad in quads
            if (quad.predicate.value in ways and not self._owned(quad.object)) or self._is_root_type(quad)
        ]
        data = ntriples([*self._registry, *self._background, *pointing])
        found = self._for_registry.validate(data)
        return [r for r in found if str(r.focus) not in self._owners]

    def across(self) -> list[Result]:
        """The results of the shapes that look across contracts."""
        if not self._across:
            return []
        looks = scopes.looks(self._across, self._shapes)
        every = [q for quads in self._contracts.values() for q in quads]
        data: list[Triple | Quad] = [*every, *self._registry, *self._background]
        kept = [t for t in data if looks.any or t.predicate.value in looks.properties]
        return self._for_all.validate(ntriples(kept))

    def everything(self, progress: Callable[[int, int], None] = lambda done, of: None) -> Iterator[Result]:
        """The results of all parts, each once: those of the whole graph."""
        seen: set[tuple[str, ...]] = set()
        for part in self._parts(progress):
            fresh = [result for result in part if result.key not in seen]
            seen.update(result.key for result in fresh)
            yield from fresh

    def _parts(self, progress: Callable[[int, int], None]) -> Iterator[list[Result]]:
        for done, name in enumerate(self._contracts):
            progress(done, len(self._contracts))
            yield self.contract(name)
        yield self.registry()
        yield self.across()

    # --- edits

    def replace(self, name: str, quads: Sequence[Quad]) -> None:
        """Give a contract another graph; without quads it is gone."""
        if not name.startswith(self._prefix):
            raise ValueError(f"{name} is not the graph of a contract")
        before = self._contracts.pop(name, [])
        self._forget(_types(before) ^ _types(quads))
        for node in {quad.subject.value for quad in before}:  # type: ignore[union-attr]
            left = tuple(owner for owner in self._owners[node] if owner != name)
            self._owners.pop(node)
            if left:
                self._owners[node] = left
        for pointing in self._pointers.values():
            pointing.discard(name)
        if quads:
            self._contracts[name] = list(quads)
            self._own(name)
            self._point(name)
            self._seen |= self._kinds(quads)

    def _forget(self, typed: Iterable[Quad]) -> None:
        """What was found of the contracts that name some nodes no longer stands: their types have changed."""
        for node in {quad.subject.value for quad in typed}:  # type: ignore[union-attr]
            for name in (*self._pointers.get(node, ()), *self._mentions.get(node, ())):
                self._validated.pop(name, None)

    def _own(self, name: str) -> None:
        for node in {quad.subject.value for quad in self._contracts[name]}:  # type: ignore[union-attr]
            self._owners[node] = (*self._owners.get(node, ()), name)

    def _point(self, name: str) -> None:
        """Remember the nodes that a contract names and that are neither its own nor the registry's."""
        for quad in self._contracts[name]:
            node = quad.object
            if isinstance(node, NamedNode) and quad.predicate != RDF_TYPE:
                if name in self._owners.get(node.value, ()):
                    continue
                if self._root(node.value):
                    self._mentions.setdefault(node.value, set()).add(name)
                    continue
                if node.value not in self._described and node.value not in self._terms:
                    self._pointers.setdefault(node.value, set()).add(name)

    def _entangled(self, name: str) -> set[str]:
        """The contracts that claim nodes of one another, from one of them."""
        found, todo = {name}, [name]
        while todo:
            one = todo.pop()
            quads = self._contracts.get(one, ())
            nodes = {quad.subject.value for quad in quads}  # type: ignore[union-attr]
            near = {owner for node in nodes for owner in self._owners.get(node, ())}
            near |= {other for node in nodes for other in self._pointers.get(node, ())}
            if any(one in names for names in self._pointers.values()):
                near |= {
                    o for node, names in self._pointers.items() if one in names for o in self._owner(node)
                }
            todo += near - found
            found |= near
        return found

    def _owner(self, node: str) -> tuple[str, ...]:
        return self._owners.get(node, ())

    def _root(self, node: str) -> bool:
        """Whether a node is a contract itself, which others may name without claiming what is its own."""
        return any(name.removeprefix(self._prefix) == node.rpartition("/")[2] for name in self._owner(node))

    def _owned(self, node: object) -> bool:
        return isinstance(node, Literal) or getattr(node, "value", "") in self._owners

    def _is_root_type(self, quad: Quad) -> bool:
        return quad.predicate == RDF_TYPE and self._root(getattr(quad.subject, "value", ""))

    # --- what a slice reaches

    def _reached(self, quads: Iterable[Quad], own: set[str]) -> list[Triple]:
        found: list[Triple] = []
        todo = [quad.object.value for quad in quads if not isinstance(quad.object, Literal | Triple)]
        seen: set[str] = set()
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            for owner in set(self._owner(node)) - own:
                found += [
                    quad.triple
                    for quad in self._contracts[owner]
                    if quad.predicate == RDF_TYPE and getattr(quad.subject, "value", "") == node
                ]
            described = [t for t in self._described.get(node, ()) if t.predicate.value in self._looked_at]
            terms = [t for t in self._terms.get(node, ()) if t.predicate.value in self._looked_at]
            found += described + terms
            todo += [t.object.value for t in described if not isinstance(t.object, Literal | Triple)]
            todo += [t.object.value for t in terms if t.predicate.value in UPWARD]  # type: ignore[union-attr]
        return found

    # --- shapes, cut to what there is

    @cached_property
    def _seen(self) -> set[str]:
        return self._kinds(quad for quads in self._contracts.values() for quad in quads)

    def _kinds(self, quads: Iterable[Quad]) -> set[str]:
        """The properties and classes (with those above) that some quads use."""
        kinds = set()
        todo: list[str] = []
        for quad in quads:
            kinds.add(quad.predicate.value)
            if quad.predicate == RDF_TYPE and isinstance(quad.object, NamedNode):
                todo.append(quad.object.value)
        while todo:
            name = todo.pop()
            if name not in kinds:
                kinds.add(name)
                above = [t for t in self._terms.get(name, ()) if t.predicate.value == RDFS + "subClassOf"]
                todo += [t.object.value for t in above if isinstance(t.object, NamedNode)]
        return kinds

    @property
    def _for_contracts(self) -> Prepared:
        """The shapes that can be about a contract, read again only when there is a new kind of thing."""
        kinds = frozenset(self._seen)
        if self._cut_to != kinds:
            self._cut_to = kinds
            aimed = scopes.with_targets(self._within, lambda t: getattr(t.object, "value", "") in kinds)
            cut = scopes.reachable(aimed)
            self._marks = Marks(cut)
            self._contract_engine = self._engine.prepare(self._marks.shapes)
            self._looked_at = scopes.looks(cut, self._shapes).properties | UPWARD
            self._validated.clear()
            self._followed = Followed(cut, self._shapes)
        return self._contract_engine

    @cached_property
    def _for_registry(self) -> Prepared:
        return self._engine.prepare(self._within)

    @cached_property
    def _for_all(self) -> Prepared:
        return self._engine.prepare(self._between)


@dataclass
class Followed:
    """The ways of some shapes, worked out when first asked for."""

    shapes: Sequence[Triple]
    declared: Sequence[Triple]

    @cached_property
    def ways(self) -> Ways | None:
        """Where each shape can be followed; otherwise slices are validated whole."""
        try:
            return Ways(ways(self.shapes, self.declared))
        except Unfollowed:
            return None


def _types(quads: Iterable[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.predicate == RDF_TYPE}


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for t in triples:
        found.setdefault(t.subject.value, []).append(t)  # type: ignore[union-attr]
    return found
