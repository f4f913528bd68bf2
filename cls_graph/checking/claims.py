"""Which contract describes which nodes, and which nodes each names without describing them.

From this follows which contracts must be looked at together (they claim nodes of one another), and whose
results no longer stand when another contract changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from cls_graph.rdf import RDF_TYPE

Contracts = Mapping[str, Sequence[Quad]]


class Claims:
    """The claims of the contracts of a corpus on nodes; contracts go by the names of their graphs."""

    def __init__(self, contracts: Contracts, prefix: str, known: Callable[[str], bool]) -> None:
        """``prefix`` begins the names of graphs; ``known``: whether there is such a node outside."""
        self._contracts, self._prefix, self._known = contracts, prefix, known
        self._owners: dict[str, tuple[str, ...]] = {}
        self._pointers: dict[str, set[str]] = {}
        """By node that nobody describes: the contracts that name it."""
        self._pointing: dict[str, set[str]] = {}
        """The same by contract."""
        self._mentions: dict[str, set[str]] = {}
        """By contract as a node: the other contracts that name it."""
        for name in contracts:
            self._own(name)
        for name in contracts:
            self._point(name)

    def add(self, name: str) -> None:
        """A contract has a graph now."""
        self._own(name)
        self._point(name)

    def drop(self, name: str, quads: Iterable[Quad]) -> None:
        """A contract no longer has these statements, which were all of its graph."""
        for node in subjects(quads):
            left = tuple(owner for owner in self._owners[node] if owner != name)
            self._owners.pop(node)
            if left:
                self._owners[node] = left
        for node in self._pointing.pop(name, ()):
            self._pointers[node].discard(name)

    def owners(self, node: str) -> tuple[str, ...]:
        """The contracts that describe a node."""
        return self._owners.get(node, ())

    def owned(self, node: object) -> bool:
        """Whether a term is a literal, or a node of a contract."""
        return isinstance(node, Literal) or getattr(node, "value", "") in self._owners

    def naming(self, node: str) -> tuple[str, ...]:
        """The contracts that name a node of another, or of nobody."""
        return (*self._pointers.get(node, ()), *self._mentions.get(node, ()))

    def is_root(self, node: str) -> bool:
        """Whether a node is a contract itself, which others may name without claiming what is its own."""
        return any(name.removeprefix(self._prefix) == node.rpartition("/")[2] for name in self.owners(node))

    def is_root_type(self, quad: Quad) -> bool:
        """Whether a statement says of which class a contract is."""
        return quad.predicate == RDF_TYPE and self.is_root(getattr(quad.subject, "value", ""))

    def entangled(self, name: str) -> set[str]:
        """The contracts that claim nodes of one another, from one of them."""
        found, todo = {name}, [name]
        while todo:
            one = todo.pop()
            near: set[str] = set()
            for node in subjects(self._contracts.get(one, ())):
                near.update(self.owners(node), self._pointers.get(node, ()))
            for node in self._pointing.get(one, ()):
                near.update(self.owners(node))
            todo += near - found
            found |= near
        return found

    def _own(self, name: str) -> None:
        for node in subjects(self._contracts[name]):
            self._owners[node] = (*self.owners(node), name)

    def _point(self, name: str) -> None:
        for quad in self._contracts[name]:
            node = quad.object
            if (
                not isinstance(node, NamedNode)
                or quad.predicate == RDF_TYPE
                or name in self.owners(node.value)
            ):
                continue
            if self.is_root(node.value):
                self._mentions.setdefault(node.value, set()).add(name)
            elif not self._known(node.value):
                self._pointers.setdefault(node.value, set()).add(name)
                self._pointing.setdefault(name, set()).add(node.value)


def subjects(quads: Iterable[Quad]) -> set[str]:
    """The nodes that some statements are about."""
    return {quad.subject.value for quad in quads}  # type: ignore[union-attr]
