"""Which nodes some shapes are about, told to an engine one by one.

An engine validates every node that a target names. To have it look at some of them only, each target is
put in other words: instead of "the instances of this class", "the subjects of a property that marks the
instances of this class". Data then say which nodes are marked. The results are the same, node for node.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad, Triple

from cls_graph.checking.scopes import CLASS, OBJECTS, SUBJECTS
from cls_graph.rdf import RDF_TYPE

MARK = "urn:cls-graph:focus:"
_SOME = NamedNode("urn:cls-graph:some")
_TO = NamedNode(OBJECTS)
_FROM = NamedNode(SUBJECTS)


class Marks:
    """Shapes with targets that are marks, and the marks that make nodes their focus."""

    def __init__(self, shapes: Sequence[Triple]) -> None:
        self.shapes = [self._reworded(t) for t in shapes]
        self._classes, self._subjects, self._objects = (
            {t.object.value: NamedNode(_name(t)) for t in shapes if t.predicate.value == kind}  # type: ignore[union-attr]
            for kind in (CLASS, SUBJECTS, OBJECTS)
        )

    @staticmethod
    def _reworded(t: Triple) -> Triple:
        if t.predicate.value not in (CLASS, SUBJECTS, OBJECTS):
            return t
        return Triple(t.subject, _TO if t.predicate.value == OBJECTS else _FROM, NamedNode(_name(t)))

    def of(
        self,
        quads: Iterable[Quad],
        above: Callable[[str], Collection[str]],
        foci: Collection[object],
    ) -> list[Triple]:
        """The marks of some nodes, as far as ``quads`` make them a focus, and of literals.

        ``above``: a class with all that are above it.
        """
        found: dict[Triple, None] = {}
        for quad in quads:
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if subject in foci:
                if predicate.value in self._subjects:
                    found[Triple(subject, self._subjects[predicate.value], _SOME)] = None
                if predicate == RDF_TYPE and isinstance(value, NamedNode):
                    for name in above(value.value):
                        if name in self._classes:
                            found[Triple(subject, self._classes[name], _SOME)] = None
            if predicate.value in self._objects and (isinstance(value, Literal) or value in foci):
                found[Triple(_SOME, self._objects[predicate.value], value)] = None
        return list(found)


def marked(marks: Iterable[Triple]) -> set[object]:
    """The nodes that some marks mark."""
    return {t.object if t.subject == _SOME else t.subject for t in marks}


def _name(t: Triple) -> str:
    kind = {CLASS: "class", SUBJECTS: "subjects", OBJECTS: "objects"}[t.predicate.value]
    return f"{MARK}{kind}:{t.object.value}"  # type: ignore[union-attr]


def classes_above(parents: Mapping[str, Collection[str]]) -> Callable[[str], Collection[str]]:
    """From a class to itself and all classes above it, each worked out once."""
    known: dict[str, tuple[str, ...]] = {}

    def above(name: str) -> tuple[str, ...]:
        if name not in known:
            found, todo = {name: None}, [name]
            while todo:
                for parent in parents.get(todo.pop(), ()):
                    if parent not in found:
                        found[parent] = None
                        todo.append(parent)
            known[name] = tuple(found)
        return known[name]

    return above
