"""What goes wrong is told in the language of the graph; arguments of a wrong type are told of in words."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from cls_graph.errors import ClsGraphError, UsageError

PAIRS = {
    "fr": "Quels organismes signent ensemble, et combien de contrats ?",
    "en": "Which bodies sign together, and how many contracts?",
}
READY = {"fr": "Les questions toutes prêtes", "en": "The ready questions"}
IN_COMMON = {"fr": "Contrats communs", "en": "Contracts in common"}
OTHER = {
    "fr": {"other": "Autre organisation", "otherLabel": "Libellé de l'autre"},
    "en": {"other": "Other organisation", "otherLabel": "Label of the other"},
}
"""What tables that are computed here are called, and their columns."""

P = ParamSpec("P")
R = TypeVar("R")


def told(method: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """A method of something with a ``lang``, in which its errors are written out."""

    @wraps(method)
    def telling(self: Any, /, *args: P.args, **more: P.kwargs) -> R:
        try:
            return method(self, *args, **more)
        except ClsGraphError as error:
            error.args = (error.detail[self.lang],)
            raise

    return telling


def whole_number(name: str, value: object, least: int) -> int:
    """An argument that is a whole number, one of NumPy too, ``least`` or more. Raises ``UsageError``."""
    try:
        number = None if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or number < least:
        raise UsageError(
            f"{name} : un nombre entier d'au moins {least}, pas {value!r}.",
            f"{name}: a whole number of at least {least}, not {value!r}.",
        )
    return number


def words(name: str, value: object) -> str:
    """An argument that is a text. Raises ``UsageError``."""
    if not isinstance(value, str):
        raise UsageError(f"{name} : un texte, pas {value!r}.", f"{name}: a text, not {value!r}.")
    return value
