"""The engines that can run the shapes: the reference, and the fast one where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from typing import Protocol

from pyoxigraph import Triple

from cls_graph.checking.results import Result
from cls_graph.errors import UsageError

ENGINES = ("auto", "pyshacl", "pyshifty")


class Prepared(Protocol):
    """Shapes that an engine has read, for any number of data graphs."""

    def validate(self, data: bytes) -> list[Result]:
        """All results over data in N-Triples."""
        ...


@dataclass(frozen=True)
class Engine:
    """An engine by name and version, as reports name it."""

    name: str
    version: str
    prepare: Callable[[Sequence[Triple]], Prepared]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def choose(name: str = "auto") -> Engine:
    """The engine of a name of ``ENGINES``; ``auto`` is the fast one where it is installed.

    Raises ``UsageError`` for another name, and where the engine asked for is not installed.
    """
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise UsageError(f"Moteur inconnu : {name} ({known}).", f"Unknown engine: {name} ({known}).")
    if name != "pyshacl":
        try:
            return _fast()
        except ImportError:
            if name == "pyshifty":
                raise UsageError(
                    "pyshifty n'est pas installé : pip install 'cls-graph[fast]', ou --engine pyshacl.",
                    "pyshifty is not installed: pip install 'cls-graph[fast]', or --engine pyshacl.",
                ) from None
    from cls_graph.checking.pyshacl_engine import PreparedShapes  # takes a second to load

    return Engine("pyshacl", _version("pyshacl"), PreparedShapes)


def remembering(engine: Engine) -> Engine:
    """The same engine, which reads the same shapes once."""
    known: dict[frozenset[Triple], Prepared] = {}

    def prepare(shapes: Sequence[Triple]) -> Prepared:
        key = frozenset(shapes)
        if key not in known:
            known[key] = engine.prepare(shapes)
        return known[key]

    return replace(engine, prepare=prepare)


@cache
def _version(package: str) -> str:
    return metadata.version(package)


def _fast() -> Engine:
    import shifty  # noqa: F401

    from cls_graph.checking.pyshifty_engine import PreparedShapes

    return Engine("pyshifty", _version("pyshifty"), PreparedShapes)
