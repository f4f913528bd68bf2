"""The keys of bodies that are proposed to the registry, where a town has several of a kind."""

from __future__ import annotations

from collections.abc import Container

from cls_graph.drafting.abbreviations import in_full

SEATED = frozenset(
    "hopital-public hopital-prive etablissement-sante-mentale chu cpts reseau-association autre".split()
)
"""Kinds of bodies that are proposed with the town that ends their name; a town may have several."""


class Given:
    """The keys that were given to the bodies of one text, all its contracts together.

    ``known`` are the keys of the registry, which none of them gets.
    """

    def __init__(self, known: Container[str]) -> None:
        self.known = known
        self._keys: dict[tuple[str, str], str] = {}
        self._reached: dict[str, int] = {}

    def key(self, base: str, label: str) -> str:
        """The key of a body: ``base`` for the first, then "-b" to "-z", "-27" and on.

        The same name, in short or in full, is the same body.
        """
        body = base, in_full(label)
        while body not in self._keys:
            number = self._reached[base] = self._reached.get(base, 0) + 1
            key = base + _end(number)
            if key not in self.known:
                self._keys[body] = key
        return self._keys[body]


def _end(number: int) -> str:
    if number == 1:
        return ""
    return f"-{chr(ord('a') + number - 1)}" if number <= 26 else f"-{number}"
