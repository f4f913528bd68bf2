"""Who signs is read by the grammar, not by listed phrases: several hundred sentences made by combination."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.turns import NEGATIVE, POSITIVE, Turn, combined

Reads = Callable[[str], Any]
EACH = 3
"""Texts of each shell."""
LEAST = 0.97
"""The part of the signatories that must be found: a few lists may be told in a way not yet known."""


def kinds_of(reads: Reads, turn: Turn) -> list[str]:
    """The kinds of the sure signatories of a text."""
    return [line.split(" ", 1)[0] for line in reads(turn.text).signatories()]


@pytest.mark.slow
def test_signatories_are_found_however_they_are_announced(reads: Reads) -> None:
    found = expected = 0
    invented, missed = [], []
    for turn in combined(POSITIVE, EACH):
        kinds = kinds_of(reads, turn)
        found += len(turn.kinds & set(kinds))
        expected += len(turn.kinds)
        invented += [turn.text] if len(kinds) > len(turn.kinds & set(kinds)) else []
        missed += [turn.text] if turn.kinds - set(kinds) else []
    assert not invented, invented[:3]
    assert found >= LEAST * expected, missed[:5]


@pytest.mark.slow
def test_whoever_is_only_near_is_no_signatory(reads: Reads) -> None:
    invented = [turn.text for turn in combined(NEGATIVE, EACH) if kinds_of(reads, turn)]
    assert not invented, invented[:3]
