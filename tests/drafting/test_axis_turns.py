"""The axes of a contract are read however they are announced: sentences made by combination."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drafting.axis_turns import bare, combined, negative

EACH = 4
LEAST = 0.97
"""The part of the axes that must be found, and of those found that must be right."""


@pytest.mark.slow
def test_axes_are_found_however_they_are_announced(reads: Callable[[str], Any]) -> None:
    hits = expected = found = 0
    missed = []
    for told in combined(EACH):
        axes = [bare(axis) for axis in reads(told.text).axes()]
        right = len(set(axes) & {bare(axis) for axis in told.axes})
        hits, expected, found = hits + right, expected + len(told.axes), found + len(axes)
        missed += [told.text] if right < len(told.axes) else []
    assert hits >= LEAST * expected, missed[:3]
    assert hits >= LEAST * found


def test_aims_of_something_else_are_no_axes(reads: Callable[[str], Any]) -> None:
    invented = [text for text in negative(EACH) if reads(text).axes()]
    assert not invented, invented[:3]
