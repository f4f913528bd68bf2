"""The known words that a wrong one may be meant for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from cls_graph.errors import Text


def suggest(wrong: str, known: Iterable[str]) -> Text:
    """ "Did you mean …": the nearest known words, as the end of a remedy; empty when none is near."""
    near = difflib.get_close_matches(wrong, sorted(known), n=3, cutoff=0.6)
    if not near:
        return {"fr": "", "en": ""}
    return {
        "fr": " Vouliez-vous dire " + " ou ".join(f"« {n} »" for n in near) + " ?",
        "en": " Did you mean " + " or ".join(f"'{n}'" for n in near) + "?",
    }
