"""Bodies of the registry against rows of official files: ranked candidates, and what is certain.

A match is certain where name, category and place agree and one row alone has them. All else is shown only.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from cls_graph.errors import Text
from cls_graph.geo import codes
from cls_graph.identifiers.digits import possible
from cls_graph.identifiers.layouts import Official, Row
from cls_graph.identifiers.names import FINESS, LEGAL, PLACED, UNTOLD, form
from cls_graph.records.registry import Organisation, Registry

REASONS: dict[str, Text] = {
    "name": {"fr": "même nom", "en": "same name"},
    "near": {"fr": "nom très proche", "en": "almost the same name"},
    "category": {"fr": "même catégorie", "en": "same category"},
    "category-unknown": {"fr": "catégorie non vérifiable", "en": "category cannot be checked"},
    "place": {"fr": "même territoire", "en": "same territory"},
    "place-unknown": {"fr": "territoire non vérifiable", "en": "territory cannot be checked"},
    "digits": {"fr": "clé de contrôle fausse", "en": "wrong check digit"},
}
POINTS = {"name": 4, "near": 2, "category": 2, "place": 3, "digits": -5}
NEAR = 0.88
KEPT = 50
"""Candidates kept for a body; a body with more is ambiguous anyway."""


@dataclass
class Candidate:
    """A row that may be a body's, and why (keys of ``REASONS``)."""

    row: Row
    reasons: tuple[str, ...]

    @property
    def score(self) -> int:
        """How much speaks for it."""
        return sum(POINTS.get(reason, 0) for reason in self.reasons)

    @property
    def certain(self) -> bool:
        """Whether name, category and place agree and the numbers can be."""
        return {"name", "category", "place"} <= set(self.reasons) and "digits" not in self.reasons


@dataclass
class Proposal:
    """What the files say of one body. ``chosen`` where one row alone can be its."""

    entry: Organisation
    candidates: list[Candidate] = field(default_factory=list)
    dropped: int = 0

    @property
    def chosen(self) -> Candidate | None:
        """The only candidate that has name and category and is not known to be elsewhere, if certain."""
        rivals = [c for c in self.candidates if "name" in c.reasons]
        held = [c for c in rivals if _holds(self.entry, c.row)]
        if len(held) == 1 and "digits" not in held[0].reasons:
            return held[0]
        return rivals[0] if len(rivals) == 1 and rivals[0].certain and not self.dropped else None

    @property
    def ambiguous(self) -> bool:
        """Whether something bears the name, but not one thing for certain."""
        return self.chosen is None and any("name" in c.reasons for c in self.candidates)


class Matcher:
    """Holds the bodies of a registry against rows, in memory that does not grow with the file."""

    def __init__(self, registry: Registry) -> None:
        self.proposals = {key: Proposal(entry) for key, entry in sorted(registry.organisations.items())}
        self.by_form: dict[str, list[str]] = defaultdict(list)
        self.by_place: dict[str, list[str]] = defaultdict(list)
        self.forms: dict[str, set[str]] = {}
        for key, proposal in self.proposals.items():
            self.forms[key] = _forms(proposal.entry)
            for name in sorted(self.forms[key]):
                self.by_form[name].append(key)
            for departement in _departements(proposal.entry):
                self.by_place[departement].append(key)

    def read(self, files: Sequence[Official]) -> None:
        """Match every row; units first, so that a file of sites can say where their seats are."""
        for file in sorted(files, key=lambda f: f.kind == "site"):
            seats = self._seats() if file.kind == "site" else {}
            for row in file.rows():
                unit = seats.get(row.numbers.get("siren", ""))
                if unit is not None:
                    unit.commune, unit.numbers = row.commune, row.numbers
                elif row.names:
                    self._match(row, "finess" if file.kind == "finess" else "sirene")
            for proposal in self.proposals.values() if seats else ():
                self._again(proposal)
        for proposal in self.proposals.values():
            proposal.candidates.sort(key=lambda c: (-c.score, sorted(c.row.numbers.items())))

    def _seats(self) -> dict[str, Row]:
        return {
            c.row.numbers["siren"]: c.row
            for p in self.proposals.values()
            for c in p.candidates
            if "siren" in c.row.numbers
        }

    def _match(self, row: Row, kind: str) -> None:
        forms = [form(name) for name in row.names]
        exact = {key for name in forms for key in self.by_form.get(name, ())}
        for key in sorted(exact):
            self._consider(key, row, "name", kind)
        for key in self.by_place.get(_departement(row.commune), ()) if row.commune else ():
            table = FINESS if kind == "finess" else LEGAL
            if key in exact or row.category not in table.get(self.proposals[key].entry.kind, ()):
                continue
            if any(_near(mine, theirs) for mine in self.forms[key] for theirs in forms):
                self._consider(key, row, "near", kind)

    def _consider(self, key: str, row: Row, name: str, kind: str) -> None:
        proposal = self.proposals[key]
        reasons = _reasons(proposal.entry, row, name, kind)
        if reasons is None or any(c.row.numbers == row.numbers for c in proposal.candidates):
            return
        if len(proposal.candidates) >= KEPT:
            proposal.dropped += 1
            return
        proposal.candidates.append(Candidate(row, reasons))

    def _again(self, proposal: Proposal) -> None:
        kept = []
        for candidate in proposal.candidates:
            kind = "finess" if "finess" in candidate.row.numbers else "sirene"
            reasons = _reasons(proposal.entry, candidate.row, candidate.reasons[0], kind)
            kept += [Candidate(candidate.row, reasons)] if reasons else []
        proposal.candidates = kept


def _holds(entry: Organisation, row: Row) -> bool:
    """Whether the registry has a number of the row's already."""
    return any(getattr(entry, kind) == number for kind, number in row.numbers.items())


def _reasons(entry: Organisation, row: Row, name: str, kind: str) -> tuple[str, ...] | None:
    """Why a row may be a body's; None where category or place rule it out."""
    known = (FINESS if kind == "finess" else LEGAL).get(entry.kind)
    if known is None and kind == "finess" and entry.kind not in UNTOLD:
        return None  # an establishment of care is none of the other kinds
    if known is not None and row.category and row.category not in known:
        return None
    place: bool | None = _placed(entry, row)
    if place is False:
        return None
    found = [name, "category" if known and row.category else "category-unknown"]
    found.append("place" if place else "place-unknown")
    if not all(possible(k, n) for k, n in row.numbers.items()):
        found.append("digits")
    return tuple(found)


def _placed(entry: Organisation, row: Row) -> bool | None:
    """Whether a row's commune lies in a body's territory; None where one of them is not known."""
    territory = entry.seat or entry.territory
    if any(ref == f"epci/{row.numbers.get('siren')}" for ref in entry.territory) and entry.kind == "epci":
        return True
    if not row.commune or not territory:
        return None
    place = codes().by_code("commune", row.commune)
    mine = {f"commune/{row.commune}", f"departement/{_departement(row.commune)}"}
    if place is not None:
        mine |= {f"commune/{place.code}", f"region/{place.region}", f"departement/{place.departement}"}
        mine.add(f"epci/{codes().group.get(place.code, '')}")
        mine.add(f"arrondissement/{codes().arrondissement.get(place.code, '')}")
    return any(ref in mine for ref in territory)


def _forms(entry: Organisation) -> set[str]:
    names = {form(name) for name in (entry.label, *entry.alt_labels, *entry.hidden_labels)}
    for ref in entry.territory:
        level, _, code = ref.partition("/")
        place = codes().by_code(level, code)
        if place is not None:
            names |= {form(f"{head} {place.name}") for head in PLACED.get(entry.kind, ())}
    if entry.kind == "ccas":
        names.add("ccas")  # many are registered without the name of their commune
    return names - {""}


def _departements(entry: Organisation) -> list[str]:
    found: set[str] = set()
    for ref in (*entry.territory, *entry.seat):
        level, _, code = ref.partition("/")
        place = codes().by_code(level, code)
        found.update(codes().departements_of(place) if place else ())
    return sorted(found)


def _departement(commune: str) -> str:
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def _near(left: str, right: str) -> bool:
    matcher = difflib.SequenceMatcher(None, left, right)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR
