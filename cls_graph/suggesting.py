"""The known words that a wrong one may be meant for."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

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


class Suggester:
    """Suggestions of one run, in which a thousand words may be wrong: a word is looked up once, and only
    so many of them among many, as each takes as long as those are."""

    MANY = 100
    MOST = 200

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Text] = {}

    def near(self, wrong: str, known: Collection[str], among: str) -> Text:
        """As ``suggest``; ``among`` says which list of this run ``known`` is."""
        if len(known) <= self.MANY:
            return suggest(wrong, known)
        if (among, wrong) not in self._found:
            if len(self._found) >= self.MOST:
                return suggest(wrong, ())
            self._found[among, wrong] = suggest(wrong, known)
        return self._found[among, wrong]
