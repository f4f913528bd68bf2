"""What changed between two states, thing by thing; how much of a change each is.

The size of a change is a matter of identifiers: one that was published and is gone asks for a major
version, a new one for a minor version, anything else (a value mended, a quote moved) for a patch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Quad

from cls_graph.changes.differences import (
    ADDED,
    CHANGED,
    MAJOR,
    MINOR,
    PATCH,
    REKEYED,
    SIZES,
    WITHDRAWN,
    Change,
    differences,
    fields,
)
from cls_graph.changes.items import Item, items_of, owner
from cls_graph.changes.lines import quads
from cls_graph.changes.rekeying import rekeyed_contracts, rekeyed_things, renamed
from cls_graph.changes.states import State
from cls_graph.namespaces import CLS
from cls_graph.records.iris import Iris

MODEL = ("ontology", "vocab", "shapes", "rules")


@dataclass
class Group:
    """The changes of one thing: a contract, a body of the registry, a part of the model, the dataset.

    ``action`` says what became of the thing itself; ``items`` has it before and after, for its words.
    """

    kind: str
    iri: str
    key: str
    action: str
    changes: list[Change] = field(default_factory=list)
    items: tuple[dict[str, Item], dict[str, Item]] = field(default_factory=lambda: ({}, {}))
    former: str = ""
    """The key before, where it was changed."""

    @property
    def size(self) -> str:
        sizes = [change.size for change in self.changes]
        if self.action in (ADDED, WITHDRAWN, REKEYED):
            # A body's former key goes on answering (301); a contract's does not.
            gone = self.action == WITHDRAWN or (self.action == REKEYED and self.kind == "contract")
            sizes.append(MAJOR if gone else MINOR)
        return largest(sizes)


@dataclass
class Comparison:
    """Two states and their differences, in words of the domain (``groups``) and by graph (``graphs``)."""

    old: State
    new: State
    groups: list[Group]
    graphs: dict[str, tuple[int, int]]
    """Statements removed from and added to each graph that differs."""

    @property
    def size(self) -> str:
        """The size of the whole: ``patch``, ``minor``, ``major``, or empty where nothing changed."""
        return largest(group.size for group in self.groups)

    def gone(self) -> Iterator[str]:
        """The IRIs of the things that the old state has and the new one has not."""
        for group in self.groups:
            if group.action == REKEYED and group.kind == "contract":
                yield self.old.iris.thing("contract", group.former)
            elif group.action == WITHDRAWN:
                yield group.iri
            else:
                yield from (c.item for c in group.changes if c.action == WITHDRAWN and c.size == MAJOR)


def largest(sizes: Iterable[str]) -> str:
    """The largest of some sizes; empty where there is none."""
    return max((size for size in sizes if size), key=SIZES.index, default="")


def compare(old: State, new: State) -> Comparison:
    """What changed from ``old`` to ``new``."""
    differing = {
        graph: (old.graphs.get(graph, set()), new.graphs.get(graph, set()))
        for graph in sorted({*old.graphs, *new.graphs})
        if old.graphs.get(graph) != new.graphs.get(graph)
    }
    if not (old.whole and new.whole):
        people = ("registry", "contract/", "ontology", "vocab", "shapes")
        heads = tuple(iris.graph(name) for iris in (old.iris, new.iris) for name in people)
        differing = {graph: both for graph, both in differing.items() if graph.startswith(heads)}
    bodies = rekeyed_things(old, new)
    return Comparison(
        old,
        new,
        [
            *_contracts(old, new, differing, bodies),
            *_registry(old, new, bodies),
            *_model(new.iris, differing),
            *_about(old, new),
        ],
        {graph: (len(before - after), len(after - before)) for graph, (before, after) in differing.items()},
    )


Sides = dict[str, tuple[set[str], set[str]]]


def _contracts(old: State, new: State, differing: Sides, bodies: dict[str, str]) -> Iterator[Group]:
    before: dict[str, set[str]] = {}
    after: dict[str, set[str]] = {}
    for graph, (lines, others) in differing.items():
        for found, state, side in ((before, old, lines), (after, new, others)):
            head = state.iris.graph("contract/")
            if graph.startswith(head) and side:
                found[graph[len(head) :]] = side
    keys = rekeyed_contracts(old, new, before, after)
    for key in sorted({*before, *after}):
        if key in keys:
            continue
        former = next((was for was, now in keys.items() if now == key), "")
        lines = before.get(former or key, set())
        if former:
            lines = renamed(lines, {old.iris.thing("contract", former): new.iris.thing("contract", key)})
        lines = renamed(lines, bodies)
        iri = new.iris.thing("contract", key)
        one, two = (items_of(quads(side), new.iris) for side in (lines, after.get(key, set())))
        action = REKEYED if former else _became(one, two)
        group = Group("contract", iri, key, action, items=(one, two), former=former)
        if action in (CHANGED, REKEYED):
            group.changes = list(differences(one, two))
            if not group.changes and lines != after.get(key) and not former:
                group.changes = [Change(CHANGED, iri, "other")]
        if group.changes or action != CHANGED:
            yield group


def _became(one: object, two: object) -> str:
    if not one:
        return ADDED
    return CHANGED if two else WITHDRAWN


def _by_owner(lines: set[str], iris: Iris) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(owner(line[1:].partition(">")[0], iris), set()).add(line)
    return found


def _registry(old: State, new: State, bodies: dict[str, str]) -> Iterator[Group]:
    former = {now: was for was, now in bodies.items()}
    befores = renamed(old.graphs.get(old.iris.graph("registry"), set()), bodies)
    afters = new.graphs.get(new.iris.graph("registry"), set())
    before, after = _by_owner(befores - afters, new.iris), _by_owner(afters - befores, new.iris)
    touched = {*before, *after, *former}
    all_before = {k: v for k, v in _by_owner(befores, new.iris).items() if k in touched}
    all_after = {k: v for k, v in _by_owner(afters, new.iris).items() if k in touched}
    for iri in sorted(touched):
        kind, key = new.iris.kind_and_key(iri) or old.iris.kind_and_key(iri) or ("other", iri)
        one, two = (items_of(quads(side.get(iri, ())), new.iris) for side in (all_before, all_after))
        was = (old.iris.kind_and_key(former[iri]) or ("", ""))[1] if iri in former else ""
        group = Group(kind, iri, key, REKEYED if was else _became(one, two), items=(one, two), former=was)
        if group.action in (CHANGED, REKEYED):
            group.changes = [c for c in differences(one, two) if not (was and c.slot == CLS + "formerKey")]
            if not group.changes and not was:
                group.changes = [Change(CHANGED, iri, "other")]
        yield group


def _model(iris: Iris, differing: Sides) -> Iterator[Group]:
    """Terms, code lists and shapes: which came, went or are described otherwise."""
    for name in MODEL:
        before, after = differing.get(iris.graph(name), (set(), set()))
        if before == after:
            continue
        group = Group(name, iris.graph(name), name, CHANGED)
        one, two = _terms(before), _terms(after)
        for iri in sorted({*one, *two}):
            was, now = one.get(iri, []), two.get(iri, [])
            if was and now:
                group.changes += _described(iri, was, now)
            else:
                action, size = (ADDED, MINOR) if now else (WITHDRAWN, MAJOR)
                group.changes.append(Change(action, iri, "term", size=size))
        group.items = (_as_items(one), _as_items(two))
        # Inside expressions there are only blank nodes: nothing to name.
        yield (
            group
            if group.changes
            else Group(name, group.iri, name, CHANGED, [Change(CHANGED, group.iri, "other")])
        )


def _terms(lines: set[str]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads(line for line in lines if line.startswith("<")):
        found.setdefault(str(getattr(quad.subject, "value", "")), []).append(quad)
    return found


def _as_items(terms: dict[str, list[Quad]]) -> dict[str, Item]:
    items = {iri: Item(iri, "term") for iri in terms}
    for iri, described in terms.items():
        for quad in described:
            items[iri].add(quad.predicate.value, quad.object)
    return items


def _described(iri: str, was: list[Quad], now: list[Quad]) -> list[Change]:
    before, after = _as_items({iri: was})[iri], _as_items({iri: now})[iri]
    return list(fields(before, after))


def _about(old: State, new: State) -> Iterator[Group]:
    """What the dataset says of itself: only what both sides say, but for version and date."""
    group = Group("dataset", new.iris.base, "", CHANGED)
    for key in ("base_iri", "title", "description", "publisher", "licence", "withdrawn"):
        was, now = old.about.get(key), new.about.get(key)
        if key in old.about and key in new.about and _plain(was) != _plain(now):
            size = MAJOR if key == "base_iri" else PATCH
            group.changes.append(Change(CHANGED, new.iris.base, "dataset", key, size=size))
    if group.changes:
        yield group


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, (list, tuple)) else value
