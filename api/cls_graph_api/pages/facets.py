"""Facets: what can be chosen of a list, with how many of its things each choice leaves."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cls_graph.collation import by_words
from cls_graph.errors import BadRequest
from cls_graph.geo.names import fold_name
from cls_graph.queries.parameters import nearest
from cls_graph_api.i18n import translator
from cls_graph_api.pages.model import Concept, Index

T = TypeVar("T")
SHOWN = 12
"""Choices of a facet at first; ``?more=`` its name shows them all."""
_NEAR = 5
"""Choices that the refusal of another value names."""

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
    pattern: str = ""
    """What its values look like, where those that no thing has mean something too."""


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


def resolved(
    facets: Sequence[Facet[T]], asked: Mapping[str, list[str]], things: Sequence[T], index: Index, lang: str
) -> dict[str, list[str]]:
    """The parameters with the values of facets as ``short`` gives them; a code alone will do for one.

    Raises ``BadRequest``, with the choices, for a value that the facet cannot have.
    """
    found = dict(asked)
    for facet in facets:
        if values := asked.get(facet.name):
            known = _domain(facet, things, index)
            found[facet.name] = list(dict.fromkeys(_resolve(facet, v, known, index, lang) for v in values))
    return found


def _domain(facet: Facet[T], things: Iterable[T], index: Index) -> dict[str, str]:
    """All values that the facet can have, as IRIs by their short form: those of things, and their like."""
    iris = {value for thing in things for value in facet.values(thing)}
    schemes = {index.concepts[iri].scheme for iri in iris if iri in index.concepts}
    levels = {index.territories[iri].level for iri in iris if iri in index.territories}
    iris |= {c.iri for c in index.concepts.values() if c.scheme in schemes}
    iris |= {t.iri for t in index.territories.values() if t.level in levels}
    if any(iri in index.organisations for iri in iris):
        iris |= index.organisations.keys()
    return {short(iri): iri for iri in iris}


def _resolve(facet: Facet[T], value: str, known: Mapping[str, str], index: Index, lang: str) -> str:
    wanted = short(value)
    if wanted in known or (facet.pattern and re.fullmatch(facet.pattern, value)):
        return wanted
    same = [name for name in known if name.rpartition("/")[2] == wanted]
    if len(same) == 1:
        return same[0]
    # Where nothing has any value, there is nothing to choose, and nothing is found.
    if not known:
        return wanted
    names = {fold_name(index.named(iri, lang)[0]): name for name, iri in sorted(known.items())}
    near = difflib.get_close_matches(fold_name(value), [*known, *names], n=_NEAR, cutoff=0.5)
    first = list(dict.fromkeys(names.get(text, text) for text in near))
    choices = [*first, *(name for name in nearest(value, sorted(known)) if name not in first)]
    told = ", ".join(
        f"{name} ({index.named(known[name], lang)[0]})" if known[name] != name else name
        for name in choices[:_NEAR]
    )
    more = "…" if len(choices) > _NEAR else ""
    raise BadRequest(
        f"{facet.name} : « {value} » n'est pas un choix de cette facette. Au choix : {told}{more}",
        f"{facet.name}: '{value}' is not a choice of this facet. Choices: {told}{more}",
        parameter=facet.name,
        choices=choices[:100],
    )


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
            choices.sort(key=lambda c: (not c.chosen, -c.count, by_words(c.text), c.value))
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
