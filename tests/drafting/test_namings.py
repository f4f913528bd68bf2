"""Every group of communes and every larger town, named as pages name them: its code, and never another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from cls_graph.geo import codes, fold_name

from . import namings
from .conftest import Read

FOUND = 0.99
"""The least share of places whose code the draft gives."""
LABELLED = 0.97
"""The least share of those whose name is the place's, with or without its type, and nothing else."""
KNOWN: dict[str, str] = {}
"""Places for which a text gives another's code, and why."""


Told = tuple[int, list[str], list[str], list[str]]


def swept(reads: Callable[[str], Read], texts: Iterable[namings.Naming]) -> Told:
    """How many texts were read; those with another code, with none, with another name."""
    wrong, none, named, count = [], [], [], 0
    for naming in texts:
        count += 1
        heads = [d.record["contract"] for d in reads(naming.text).drafts]
        got = [t["value"] for head in heads for t in head.get("territory", [])]
        shown = f"{naming.place.key} {naming.place.name} ({naming.template}): {got}"
        if got == [naming.place.key]:
            label = str(heads[0]["territory_label"])
            if namings.ARTICLE.sub("", fold_name(label)) not in naming.labels:
                named.append(f"{shown} {label}")
        elif got:
            wrong.append(shown)
        else:
            none.append(shown)
    return count, wrong, none, named


@pytest.mark.slow
@pytest.mark.parametrize("kind", namings.TEMPLATES)
def test_all_of_them_are_found_and_none_is_taken_for_another(reads: Callable[[str], Read], kind: str) -> None:
    places = [p for p in codes().places.values() if p.level == "commune" and p.population > 20000]
    texts = namings.towns(places) if kind == "towns" else namings.groups(kind)
    count, wrong, none, named = swept(reads, texts)
    assert count > 400
    assert [row for row in wrong if row.split()[0] not in KNOWN] == []
    assert len(none) <= (1 - FOUND) * count, none
    assert len(named) <= (1 - LABELLED) * count, named
