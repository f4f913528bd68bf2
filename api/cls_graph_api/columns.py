"""The columns of which a picture is made: in an address, in a form, and what they are called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cls_graph.pictures.columns import NONE, OPTIONAL, ROLES, SEVERAL, Chosen
from cls_graph.pictures.fitting import Choice, Shape

COLUMNS = tuple(dict.fromkeys(role for roles in ROLES.values() for role in roles))
"""The parameters that name columns: ``label``, ``value``, ``series``…; several are parted by commas."""


@dataclass(frozen=True)
class Part:
    """A part of a picture as a field of a form: its name, and its choices with the one that is made."""

    name: str
    options: list[tuple[str, str, bool]]


def chosen(given: Mapping[str, str]) -> Chosen:
    """The columns that an address names."""
    return {
        name: tuple(part.strip() for part in given[name].split(",") if part.strip())
        for name in COLUMNS
        if given.get(name, "").strip(" ,")
    }


def parts(shape: Shape, variables: Sequence[str], heads: Sequence[str], nothing: str) -> list[Part]:
    """What can be chosen for a picture; ``nothing`` is what no column is called."""
    return [Part(choice.role, list(_options(choice, variables, heads, nothing))) for choice in shape.choices]


def _options(
    choice: Choice, variables: Sequence[str], heads: Sequence[str], nothing: str
) -> Iterator[tuple[str, str, bool]]:
    if choice.role in OPTIONAL:
        yield NONE, nothing, not choice.chosen
    if choice.role in SEVERAL and len(choice.chosen) > 1:
        yield (
            ",".join(variables[i] for i in choice.chosen),
            " + ".join(heads[i] for i in choice.chosen),
            True,
        )
    for i in choice.columns:
        yield variables[i], heads[i], choice.chosen == (i,)
