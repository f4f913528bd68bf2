"""The columns of which a picture is made: in an address, in a form, and what they are called there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cls_graph.pictures.columns import NONE, SEVERAL, Chosen
from cls_graph.pictures.fitting import Choice, Shape

COLUMNS = {
    "label": "With view=chart: the column of labels, or several parted by commas",
    "value": "With view=chart or tiles: the column of quantities; several in a chart, - for none in tiles",
    "series": "With view=chart: the column that parts the bars under a label into series; - for none",
    "place": "With view=tiles: the column of départements; with GeoJSON: the column that says where rows are",
    "source": "With view=network: the column of the things that links lead from",
    "target": "With view=network: the column of the things that they lead to",
    "weight": "With view=network: the column of the strength of links; - for none",
}
"""The parameters that name columns, by the part that these play, and what an API says of them."""


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
    if choice.optional:
        yield NONE, nothing, not choice.chosen
    if choice.role in SEVERAL and len(choice.chosen) > 1:
        yield (
            ",".join(variables[i] for i in choice.chosen),
            " + ".join(heads[i] for i in choice.chosen),
            True,
        )
    for i in choice.columns:
        yield variables[i], heads[i], choice.chosen == (i,)
