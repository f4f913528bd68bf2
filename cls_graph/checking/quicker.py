"""Changes to pyshacl while it runs, which leave its results as they are and take half of its time.

It looks every predicate of a shape up in a list, where a set does; it runs a property shape once for each
focus node, where once for all of them does; and it writes a paragraph about every result, also those it
then drops. They belong upstream. They are made only in a version that has been held to the W3C suite with
them, and undone afterwards; any other version runs as it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib import metadata
from threading import RLock
from typing import Any

from pyshacl import shape as shapes
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS, CONSTRAINT_PARAMETERS_MAP
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent

KNOWN = ("0.40.",)
_lock = RLock()


class Members(list[Any]):
    """A list that answers ``in`` from a set."""

    def __init__(self, members: Iterable[Any]) -> None:
        super().__init__(members)
        self._set = frozenset(self)

    def __contains__(self, member: object) -> bool:
        return member in self._set


@cache
def known() -> bool:
    """Whether this version of pyshacl is one that the changes were held to."""
    return metadata.version("pyshacl").startswith(KNOWN)


@contextmanager
def quicker(*, on: bool = True) -> Iterator[None]:
    """Make the changes for the time of a block. Other threads that validate wait."""
    if not on or not known():
        yield
        return
    evaluate: Any = PropertyConstraintComponent._evaluate_property_shape

    def together(
        self: Any, executor: Any, shape: Any, graph: Any, values: Any, recursive: Any, path: Any
    ) -> Any:
        found = self.shape.get_other_shape(shape)
        nodes = [node for several in values.values() for node in several]
        # What is wrong or unusual is left to the original, which has words for it.
        usual = found and found.is_property_shape and not recursive and not executor.abort_on_first
        if not usual or len(set(nodes)) != len(nodes):
            return evaluate(self, executor, shape, graph, values, recursive, path)
        if not nodes:
            return False, []
        conforms, reports = found.validate(executor, graph, focus=nodes, _evaluation_path=path[:])
        return not conforms, list(reports)

    parameters = (Members(ALL_CONSTRAINT_PARAMETERS), CONSTRAINT_PARAMETERS_MAP)
    with ExitStack() as changes:
        changes.enter_context(_lock)
        for owner, name, value in (
            (shapes.module, "CONSTRAINT_PARAMS", parameters),
            (PropertyConstraintComponent, "_evaluate_property_shape", together),
            (ConstraintComponent, "make_v_result_description", lambda *_, **__: ""),
        ):
            changes.enter_context(_changed(owner, name, value))
        yield


@contextmanager
def _changed(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name, (None, None))
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)
