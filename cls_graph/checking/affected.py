"""What shapes look at from where: the nodes that a change touches, and the statements that a node needs.

From each changed statement the ways of the shapes (``checking.ways``) are gone backwards, to the nodes that
they begin at. Of a way with several changed statements the first is enough: what lies before it stands
unchanged in the data as they are now. Gone forwards from some nodes, the ways cover all statements that
results on these nodes rest on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Quad, Triple

from cls_graph.checking.ways import Step, Way

Node = Any
Statement = Triple | Quad
Tree = dict[Step, "Tree"]


class Ways:
    """The ways of some shapes: by the property that each of their steps takes, and as a tree of steps."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self._taken: dict[str | None, set[tuple[Way, Step]]] = defaultdict(set)
        self._tree: Tree = {}
        for way in ways:
            branch = self._tree
            for place, step in enumerate(way):
                branch = branch.setdefault(step, {})
                for name in (None,) if step.properties is None else step.properties:
                    self._taken[name].add((way[:place], step))

    def affected(self, changed: Iterable[Statement], data: Landscape) -> set[Node]:
        """The nodes from which a way leads over a changed statement.

        ``changed``: statements that came or went; ``data``: the statements as they are now.
        """
        found: set[Node] = set()
        for t in changed:
            for before, step in self._taken.get(t.predicate.value, set()) | self._taken.get(None, set()):
                start = t.object if step.backwards else t.subject
                for node in {start, *data.origins_again(start, step)} if step.repeated else {start}:
                    found |= data.origins(node, before)
        return found

    def seen_from(self, nodes: Iterable[Node], data: Landscape) -> list[Statement]:
        """The statements that the ways cover from some nodes."""
        found: dict[Statement, None] = {}
        todo = [(set(nodes), self._tree)]
        while todo:
            here, tree = todo.pop()
            for step, further in tree.items():
                near: set[Node] = set()
                new = here
                while new:
                    reached = set()
                    for node in new:
                        for t in data.along(node, step):
                            found[t] = None
                            reached.add(t.subject if step.backwards else t.object)
                    new = reached - near if step.repeated else set()
                    near |= reached
                if near and further:
                    todo.append((near, further))
        return list(found)


class Landscape:
    """Statements, to go along in both directions."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._out: dict[Node, list[Statement]] = defaultdict(list)
        self._into: dict[Node, list[Statement]] = defaultdict(list)
        self._known: dict[tuple[Node, Way], frozenset[Node]] = {}
        for t in statements:
            self._out[t.subject].append(t)
            self._into[t.object].append(t)

    def along(self, node: Node, step: Step) -> Iterable[Statement]:
        """The statements that one step takes from a node."""
        near = (self._into if step.backwards else self._out).get(node, ())
        names = step.properties
        return near if names is None else [t for t in near if t.predicate.value in names]

    def origins(self, node: Node, way: Way) -> frozenset[Node]:
        """The nodes from which a way leads to ``node``."""
        if not way:
            return frozenset([node])
        if (node, way) not in self._known:
            last = way[-1]
            nodes = self.origins_again(node, last) if last.repeated else self._origins_once(node, last)
            self._known[node, way] = frozenset(o for near in nodes for o in self.origins(near, way[:-1]))
        return self._known[node, way]

    def origins_again(self, node: Node, step: Step) -> set[Node]:
        """The nodes from which one or more such steps lead to ``node``."""
        found: set[Node] = set()
        todo = [node]
        while todo:
            for other in self._origins_once(todo.pop(), step):
                if other not in found:
                    found.add(other)
                    todo.append(other)
        return found

    def _origins_once(self, node: Node, step: Step) -> list[Node]:
        near = (self._out if step.backwards else self._into).get(node, ())
        return [
            t.object if step.backwards else t.subject
            for t in near
            if step.properties is None or t.predicate.value in step.properties
        ]
