"""How much of a text all its quotes together may be (decision 15)."""

from __future__ import annotations

SHARE_LIMIT = 40
SHORT, MOST_OF_SHORT = 1000, 75
"""Of a shorter text as many characters may be quoted as of one of that length, but never so much of it."""


def share_limit(length: int) -> float:
    """How much of a text of some length may be quoted, in percent.

    >>> share_limit(5000), share_limit(640), share_limit(260)
    (40.0, 62.5, 75.0)
    """
    return min(max(SHARE_LIMIT * SHORT / max(length, 1), float(SHARE_LIMIT)), float(MOST_OF_SHORT))
