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
from cls_graph.checking.affected import Landscape
from cls_graph.checking.claims import Claims, subjects
from cls_graph.checking.crew import Crew
from cls_graph.checking.engines import Engine, Prepared
from cls_graph.checking.fitted import UPWARD, Fitted
from cls_graph.checking.foci import classes_above, marked
from cls_graph.checking.results import Result, ntriples
from cls_graph.namespaces import RDFS
from cls_graph.rdf import RDF_TYPE


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
        for quad in quads:
            name = getattr(quad.graph_name, "value", "")
            if name.startswith(contracts):
                self._contracts.setdefault(name, []).append(quad)
            else:
                self._registry.append(quad.triple)
        self._fitted: Fitted | None = None
        self._described = _by_subject(self._registry)
        self._terms = _by_subject(self._background)
        self._above = classes_above(
            {
                name: [t.object.value for t in about if t.predicate.value == RDFS + "subClassOf"]  # type: ignore[union-attr]
                for name, about in self._terms.items()
            }
        )
        self._validated: dict[str, tuple[list[Quad], list[Result]]] = {}
        self._claims = Claims(
            self._contracts, contracts, lambda node: node in self._described or node in self._terms
        )

    # --- parts

    @property
    def contracts(self) -> list[str]:
        """The names of the graphs of contracts."""
        return list(self._contracts)

    def contract(self, name: str) -> list[Result]:
        """The results on nodes of one contract (and of those entangled with it)."""
        part = self._part(name)
        return self._told(part, self._fit().engine.validate(part.data) if part.data else [])

    def registry(self) -> list[Result]:
        """The results on nodes that are no contract's: registry, vocabularies, things named in vain."""
        return self._of_registry(self._for_registry.validate(self._registry_data()))

    def across(self) -> list[Result]:
        """The results of the shapes that look across contracts."""
        return self._for_all.validate(self._across_data()) if self._across else []

    def everything(
        self, progress: Callable[[int, int], None] = lambda done, of: None, workers: int = 1
    ) -> Iterator[Result]:
        """The results of all parts, each once: those of the whole graph.

        With several ``workers``, processes validate the parts side by side; the results are the same.
        """
        seen: set[tuple[str, ...]] = set()
        for part in self._parts(progress) if workers < 2 else self._shared(progress, workers):
            fresh = [result for result in part if result.key not in seen]
            seen.update(result.key for result in fresh)
            yield from fresh

    def _parts(self, progress: Callable[[int, int], None]) -> Iterator[list[Result]]:
        for done, name in enumerate(self._contracts):
            progress(done, len(self._contracts))
            yield self.contract(name)
        progress(len(self._contracts), len(self._contracts))
        yield self.registry()
        yield self.across()

    def _shared(self, progress: Callable[[int, int], None], workers: int) -> Iterator[list[Result]]:
        with Crew(self._engine, workers, (self._fit().marks.shapes, self._within, self._between)) as crew:
            cut = ((part, part.data) for part in map(self._part, self._contracts))
            for done, (part, found) in enumerate(crew.in_turn(0, cut)):
                progress(done, len(self._contracts))
                yield self._told(part, found)
            progress(len(self._contracts), len(self._contracts))
            registry = crew.ask(1, self._registry_data())
            across = crew.ask(2, self._across_data()) if self._across else None
            yield self._of_registry(crew.settled(registry))
            yield crew.settled(across)

    # --- what each part is validated on

    def _part(self, name: str) -> Part:
        """The slice of a contract, or of it only what must be looked at again."""
        fitted = self._fit()
        together = self._claims.entangled(name)
        quads = [quad for one in sorted(together) for quad in self._contracts.get(one, ())]
        data: list[Triple | Quad] = [*quads, *self._reached(quads, together, fitted.looked_at)]
        foci: set[object] = {quad.subject for quad in quads}
        known = self._validated.pop(name, None)
        if len(together) > 1:
            for one in together:
                self._validated.pop(one, None)
            return Part(name, None, [], _text(data, fitted.marks.of(quads, self._above, foci)))
        if known is None or (followed := fitted.ways) is None:
            return Part(name, quads, [], _text(data, fitted.marks.of(quads, self._above, foci)))
        old, new = set(known[0]), set(quads)
        landscape = Landscape(data)
        again = followed.affected([*(old - new), *(new - old)], landscape)
        still = {quad.subject.value for quad in quads if quad.subject not in again}  # type: ignore[union-attr]
        kept = [result for result in known[1] if str(result.focus) in still]
        marks = fitted.marks.of(quads, self._above, foci & again)
        return Part(name, quads, kept, _text([*followed.seen_from(marked(marks), landscape)], marks))

    def _told(self, part: Part, found: list[Result]) -> list[Result]:
        """All results of a part; those of a contract alone are remembered."""
        told = part.kept + found
        if part.quads is not None:
            self._validated[part.name] = (
                part.quads,
                [r for r in told if not isinstance(r.focus, RdfLiteral)],
            )
        return told

    def _registry_data(self) -> bytes:
        ways, claims = scopes.outward(self._within), self._claims
        pointing = [
            quad.triple
            for quads in self._contracts.values()
            for quad in quads
            if (quad.predicate.value in ways and not claims.owned(quad.object)) or claims.is_root_type(quad)
        ]
        return ntriples([*self._registry, *self._background, *pointing])

    def _of_registry(self, found: list[Result]) -> list[Result]:
        return [r for r in found if not self._claims.owners(str(r.focus))]

    def _across_data(self) -> bytes:
        looks = scopes.looks(self._across, self._shapes)
        every = [q for quads in self._contracts.values() for q in quads]
        data: list[Triple | Quad] = [*every, *self._registry, *self._background]
        return ntriples(t for t in data if looks.any or t.predicate.value in looks.properties)

    # --- edits

    def replace(self, name: str, quads: Sequence[Quad]) -> None:
        """Give a contract another graph; without quads it is gone."""
        if not name.startswith(self._prefix):
            raise ValueError(f"{name} is not the graph of a contract")
        before = self._contracts.pop(name, [])
        # What was found of the contracts that name a node whose type has changed no longer stands.
        for node in subjects(_types(before) ^ _types(quads)):
            for other in self._claims.naming(node):
                self._validated.pop(other, None)
        self._claims.drop(name, before)
        if quads:
            self._contracts[name] = list(quads)
            self._claims.add(name)
            self._seen |= self._kinds(quads)

    # --- what a slice reaches

    def _reached(self, quads: Iterable[Quad], own: set[str], looked_at: frozenset[str]) -> list[Triple]:
        found: list[Triple] = []
        todo = [quad.object.value for quad in quads if not isinstance(quad.object, Literal | Triple)]
        seen: set[str] = set()
        while todo:
            node = todo.pop()
            if node in seen:
                continue
            seen.add(node)
            for owner in set(self._claims.owners(node)) - own:
                found += [
                    quad.triple
                    for quad in self._contracts[owner]
                    if quad.predicate == RDF_TYPE and getattr(quad.subject, "value", "") == node
                ]
            described = [t for t in self._described.get(node, ()) if t.predicate.value in looked_at]
            terms = [t for t in self._terms.get(node, ()) if t.predicate.value in looked_at]
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

    def _fit(self) -> Fitted:
        """The shapes that can be about a contract, cut anew only when there is a new kind of thing."""
        kinds = frozenset(self._seen)
        if self._fitted is None or self._fitted.kinds != kinds:
            self._fitted = Fitted(kinds, self._within, self._shapes, self._engine)
            self._validated.clear()
        return self._fitted

    @cached_property
    def _for_registry(self) -> Prepared:
        return self._engine.prepare(self._within)

    @cached_property
    def _for_all(self) -> Prepared:
        return self._engine.prepare(self._between)


@dataclass(frozen=True)
class Part:
    """What is to be validated for a contract."""

    name: str
    quads: list[Quad] | None
    """Its graph, where the results are worth remembering: not of contracts that share a slice."""
    kept: list[Result]
    """Results of before that still stand."""
    data: bytes
    """The statements and the marks of the nodes to look at, in N-Triples; nothing where there are none."""


def _text(data: Sequence[Triple | Quad], marks: Sequence[Triple]) -> bytes:
    return ntriples([*data, *marks]) if marks else b""


def _types(quads: Iterable[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.predicate == RDF_TYPE}


def _by_subject(triples: Iterable[Triple]) -> dict[str, list[Triple]]:
    found: dict[str, list[Triple]] = {}
    for t in triples:
        found.setdefault(t.subject.value, []).append(t)  # type: ignore[union-attr]
    return found
