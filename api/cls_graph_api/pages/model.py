"""What the pages keep of a release in memory: the things that are listed, and how they are linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cls_graph.namespaces import VOCAB

SIGNING = frozenset(
    f"{VOCAB}party-role/{slug}" for slug in ("signatory", "lead-signatory", "associated-signatory")
)
"""The roles of those who sign (a lead or associated signatory is a signatory)."""


@dataclass(frozen=True, slots=True)
class Party:
    """A place in a contract: the role, the kind of body, and the body where it is known."""

    role: str
    kind: str
    organisation: str

    @property
    def signs(self) -> bool:
        """Whether it is one of those who sign."""
        return self.role in SIGNING


@dataclass(slots=True)
class Contract:
    """A contract by IRI, with all that lists and matrices ask of it. Sets hold IRIs."""

    iri: str
    key: str = ""
    status: str = ""
    ordinal: str = ""
    begin: int | None = None
    end: int | None = None
    duration: str = ""
    """How long the period is said to last (``P5Y``), whether or not its dates are known."""
    territories: set[str] = field(default_factory=set)
    departements: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    frameworks: set[str] = field(default_factory=set)
    populations: set[str] = field(default_factory=set)
    predecessors: set[str] = field(default_factory=set)
    parties: list[Party] = field(default_factory=list)
    determinants: dict[str, set[str]] = field(default_factory=dict)
    """By determinant, the types of the axes that address it (none where no axis does)."""
    reviewed: tuple[str, str, str] | None = None
    """How far its record has been reviewed: the state, who looked at it last, when."""
    earlier: list[tuple[str, str]] = field(default_factory=list)
    """When and by whom it was reviewed before, the oldest first."""
    where: dict[str, str] = field(default_factory=dict)
    """By determinant, and by kind of signatory, the first node of the contract that states it."""

    def states(self, iri: str, node: str) -> None:
        """Note a node that states a determinant or a kind of signatory."""
        self.where[iri] = min(self.where.get(iri, node), node, key=lambda name: (len(name), name))

    @property
    def signatories(self) -> set[str]:
        """The known bodies that sign."""
        return {p.organisation for p in self.parties if p.signs and p.organisation}

    @property
    def signing_kinds(self) -> set[str]:
        """The kinds of those who sign."""
        return {p.kind for p in self.parties if p.signs and p.kind}

    @property
    def organisations(self) -> set[str]:
        """The known bodies in any role."""
        return {p.organisation for p in self.parties if p.organisation}


@dataclass(slots=True)
class Organisation:
    """A body of the registry; ``roles`` by contract."""

    iri: str
    key: str = ""
    kind: str = ""
    siren: str = ""
    territories: set[str] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Territory:
    """A territory by its official code; ``within`` are those that it is part of."""

    iri: str
    code: str = ""
    level: str = ""
    within: set[str] = field(default_factory=set)
    contracts: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Concept:
    """A term of a code list."""

    iri: str
    scheme: str = ""
    notation: str = ""
    broader: str = ""


@dataclass(slots=True)
class Names:
    """What a thing is called, by language, and its other names."""

    best: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Index:
    """A release as the pages list it. ``limit`` is that of the service which left some of it out."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    territories: dict[str, Territory] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    """What sort of thing each name is of, as the last part of its class."""
    places: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    """By class and property, the group and the order that the shapes give it."""
    group_order: dict[str, float] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    """How often each class and property of ours is used, once somebody has asked (see ``terms``)."""
    limit: str = ""

    @property
    def cut(self) -> bool:
        """Whether some of it is missing."""
        return bool(self.limit)

    def place_of(self, kinds: Iterable[str], name: str) -> tuple[str, float]:
        """The group and order of a property of a thing of some classes; none, and last, by default."""
        found = [self.places[kind, name] for kind in kinds if (kind, name) in self.places]
        return min(found, key=lambda place: (place[1], place[0]), default=("", float("inf")))

    def name(self, iri: str, lang: str) -> str:
        """The name of a thing in a language, else in another, else the end of its IRI."""
        return self.named(iri, lang)[0]

    def named(self, iri: str, lang: str) -> tuple[str, str]:
        """The name of a thing and its language, empty where that is the one asked for."""
        names = self.names.get(iri)
        if names is None or not names.best:
            return iri.rpartition("/")[2], ""
        for code in (lang, "", "fr", "en"):
            if code in names.best:
                return names.best[code], "" if code in (lang, "") else code
        code = min(names.best)
        return names.best[code], code

    def scheme(self, name: str) -> list[Concept]:
        """The terms of a code list in the order of their codes."""
        found = [c for c in self.concepts.values() if c.scheme == f"{VOCAB}{name}"]
        return sorted(found, key=lambda c: (_numbers(c.notation), c.notation, c.iri))

    def widened(self, iris: Iterable[str]) -> set[str]:
        """Terms with all that are broader."""
        found: set[str] = set()
        for iri in iris:
            while iri and iri not in found:
                found.add(iri)
                concept = self.concepts.get(iri)
                iri = concept.broader if concept else ""
        return found

    def by_key(self) -> Mapping[str, Contract]:
        """The contracts by key."""
        return {c.key: c for c in self.contracts.values()}


def _numbers(notation: str) -> list[int]:
    return [int(n) for n in notation.lstrip("ABCDEFGH").split(".") if n.isdigit()]
