"""Where the engine stopped reading a query, when no usual fault is found."""

from __future__ import annotations

import re

from cls_graph.store.fault_words import Fault, fault, shown
from cls_graph.store.lexing import tokens

_WINDOW = 500
"""Characters looked at on either side, of a text that is too long."""


def stop_of(query: str, reached: int) -> Fault:
    """Where the engine stopped reading, when no more is known: the last token that it looked at."""
    found = tokens(query)
    last = next((token for token in reversed(found) if token.start < reached), None)
    if last is None or (last is found[-1] and reached >= len(query.rstrip())):
        return fault("short", len(query.rstrip()))
    return fault("here", last.start, shown(last.text))


def near_stop_of(query: str, reached: int) -> Fault:
    """The same for a text that is too long to read its tokens: the last word before that place."""
    begin = max(0, reached - _WINDOW)
    words = list(re.finditer(r"\S+", query[begin : reached + _WINDOW]))
    last = next((word for word in reversed(words) if begin + word.start() < reached), None)
    if last is None or (last is words[-1] and reached >= len(query.rstrip())):
        return fault("short", len(query.rstrip()))
    return fault("here", begin + last.start(), shown(last.group()))
