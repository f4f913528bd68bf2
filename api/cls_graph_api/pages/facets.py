"""Facets: what can be chosen of a list, with how many of its things each choice leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cls_graph_api.i18n import translator
from cls_graph_api.pages.model import Concept, Index

T = TypeVar("T")
SHOWN = 12
"""Choices of a facet at first; ``?more=`` its name shows them all."""

CONTRACTS: Mapping[str, str] = {
    "region": "facet_region",
    "departement": "facet_departement",
    "status": "facet_status",
    "determinant": "facet_determinant",
    "kind": "facet_kind",
    "year": "facet_year",
    "population": "facet_population",
    "organisation": "facet_organisation",
}
"""Facets of the contracts, in whatever form they are shown, and the word of each."""
ORGANISATIONS: Mapping[str, str] = {
    "kind": "facet_organisation_kind",
    "role": "facet_role",
    "territory": "facet_territory",
}
TERRITORIES: Mapping[str, str] = {"level": "facet_level", "within": "facet_within"}
DETERMINANTS: Mapping[str, str] = {"theme": "facet_theme", "axis": "facet_axis"}


@dataclass(frozen=True)
class Facet(Generic[T]):
    """A property by which a list is narrowed: its parameter, its word, and the IRIs that a thing has."""

    name: str
    word: str
    values: Callable[[T], Iterable[str]]
    tree: bool = False
    """Whether its terms are in the order of their code list, each below its broader one."""
    words: str = ""
    """What the keys of the words for its values begin with, where these are no IRIs."""


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, or is; ``count`` things of the list have it."""

    value: str
    text: str
    lang: str
    count: int
    chosen: bool
    depth: int = 0


@dataclass(frozen=True)
class Shown:
    """A facet as it is shown; ``left`` choices are not."""

    name: str
    word: str
    choices: list[Choice]
    left: int

    @property
    def active(self) -> int:
        """How many of its choices are chosen."""
        return sum(choice.chosen for choice in self.choices)


class Narrowed(Generic[T]):
    """A list under choices: within a facet any of them will do, all facets must be met."""

    def __init__(
        self, things: Sequence[T], facets: Sequence[Facet[T]], asked: Mapping[str, Sequence[str]]
    ) -> None:
        """``asked`` are short values (see ``short``) by name of facet."""
        self.facets = facets
        self.asked = {f.name: frozenset(asked.get(f.name, ())) for f in facets}
        self._values = {f.name: [{short(v) for v in f.values(t)} for t in things] for f in facets}
        self._iris = {f.name: {short(v): v for t in things for v in f.values(t)} for f in facets}
        self._things = things

    def things(self, without: str = "") -> list[int]:
        """The places of the things that meet all choices, but those of the facet ``without``."""
        wanted = [(n, chosen) for n, chosen in self.asked.items() if chosen and n != without]
        places = range(len(self._things))
        return [i for i in places if all(self._values[n][i] & chosen for n, chosen in wanted)]

    @property
    def found(self) -> list[T]:
        """The things that meet all choices."""
        return [self._things[i] for i in self.things()]

    def shown(self, index: Index, lang: str, more: Iterable[str] = ()) -> list[Shown]:
        """The facets with their choices: most frequent first, or in the order of the code list."""
        return [self._facet(f, index, lang, f.name in more) for f in self.facets]

    def _facet(self, facet: Facet[T], index: Index, lang: str, whole: bool) -> Shown:
        iris = self._iris[facet.name]
        counts = Counter(v for i in self.things(facet.name) for v in self._values[facet.name][i])
        chosen = self.asked[facet.name]
        choices = []
        for value in {*counts, *chosen}:
            text, code = index.named(iris.get(value, value), lang)
            if facet.words and (said := translator(lang)(facet.words + value)) != facet.words + value:
                text, code = said, ""
            depth = _depth(index, iris.get(value, "")) if facet.tree else 0
            choices.append(Choice(value, text, code, counts[value], value in chosen, depth))
        if facet.tree:
            order = {short(c.iri): n for n, c in enumerate(_in_order(index, iris.values()))}
            choices.sort(key=lambda c: (order.get(c.value, len(order)), c.value))
            kept = choices if whole else [c for c in choices if c.depth == 0 or c.chosen]
        else:
            choices.sort(key=lambda c: (not c.chosen, -c.count, c.text.casefold(), c.value))
            kept = choices if whole else choices[: max(SHOWN, len(chosen))]
        return Shown(facet.name, facet.word, kept, len(choices) - len(kept))


def short(iri: str) -> str:
    """What stands for an IRI in an address: its last part, with the level of a territory.

    >>> short("https://w3id.org/cls-sante/id/territory/departement/26")
    'departement/26'
    """
    head, _, last = iri.rpartition("/")
    above, _, level = head.rpartition("/")
    return f"{level}/{last}" if above.endswith("/territory") else last


def _in_order(index: Index, iris: Iterable[str]) -> list[Concept]:
    schemes = {index.concepts[i].scheme.rpartition("/")[2] for i in iris if i in index.concepts}
    return [concept for name in sorted(schemes) for concept in index.scheme(name)]


def _depth(index: Index, iri: str) -> int:
    return max(0, len(index.widened([iri])) - 1) if iri in index.concepts else 0
