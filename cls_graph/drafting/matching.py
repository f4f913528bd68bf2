"""From a body as a text names it to an entry of the registry, with ranked candidates and reasons.

A body is matched by kind, territory, names and spelling. Two bodies of one kind are never taken for each
other: a stated place that differs rules a candidate out. A body that the registry lacks is proposed with
kind and territory; no identifier is made up.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field

from cls_graph.drafting.abbreviations import in_full
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.homonyms import away, told_beside
from cls_graph.drafting.kinds import DEPARTMENTAL
from cls_graph.drafting.places import Context, resolve, resolve_after
from cls_graph.drafting.proposing import SEATED, Given
from cls_graph.errors import Text
from cls_graph.geo import Place, codes, fold_name
from cls_graph.geo.brands import region_called
from cls_graph.records.registry import Organisation, Registry

REASONS: dict[str, Text] = {
    "name": {"fr": "même nom", "en": "same name"},
    "spelling": {"fr": "nom très proche", "en": "almost the same name"},
    "territory": {"fr": "même sorte, même territoire", "en": "same kind, same territory"},
    "context": {"fr": "même sorte, territoire du contrat", "en": "same kind, territory of the contract"},
    "kind": {"fr": "même sorte, territoire non dit", "en": "same kind, territory not stated"},
}
NEAR = 0.88
SEAT = re.compile(r" (?:de |du |des |d['’]|à )(?P<town>(?:(?:L[ae]s? |L['’])?[A-ZÀ-ÖØ-Þ][^ ]*))$")
ASIDE = re.compile(r" ?\([^()\n]{2,30}\)")


@dataclass(frozen=True)
class Candidate:
    """A registry entry that a mention may mean, how likely, and why (a key of ``REASONS``)."""

    key: str
    label: str
    score: float
    reason: str


@dataclass
class Match:
    """The outcome for one mention: ``key`` where one entry stands out, else candidates and a proposal.

    ``context`` tells that the text leaves the place out and the contract's territory gives it;
    ``known`` that the key is in the registry, else it is a proposed one.
    """

    kind: str
    key: str = ""
    known: bool = False
    context: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    proposal: Organisation | None = None
    places: list[Place] = field(default_factory=list)
    """Those of the name that a text gives, where it does not tell which of them is meant."""
    away: Place | None = None
    """The only place of its name, that lies where the text is not set."""


@dataclass(frozen=True)
class Where:
    """The territory that a mention says or implies, whether the text says it, and the places it may be."""

    place: Place | None = None
    stated: bool = False
    choices: tuple[Place, ...] = ()
    away: bool = False


class Matcher:
    """Matches the mentions of one contract. ``place`` is its territory, where it is resolved.

    ``text`` is what the mentions are of: brackets behind one may tell where it is. ``given`` holds the keys
    that were proposed for other contracts of the text.
    """

    def __init__(
        self,
        registry: Registry,
        context: Context,
        place: Place | None,
        text: str = "",
        given: Given | None = None,
    ) -> None:
        self.registry, self.place, self.text = registry, place, text
        self.given = given or Given(registry.organisations)
        here = codes().departements_of(place) if place else []
        self.departements = here or list(context.departements[:1] if len(context.departements) == 1 else ())
        regions = (
            [place.region]
            if place and place.region
            else list(context.regions[:1] if len(context.regions) == 1 else ())
        )
        self.region = regions[0] if regions else ""
        departements = tuple(dict.fromkeys([*here, *context.departements]))
        self.context = Context(departements, tuple(dict.fromkeys([*regions, *context.regions])))

    def match(self, mention: Mention) -> Match:
        """The entry of the registry that a mention means, or what is known to propose one."""
        told = self._where(mention)
        where, stated = told.place, told.stated
        ranked = sorted(self._candidates(mention, told), key=lambda c: (-c.score, c.key))
        best = ranked[0] if ranked else None
        clear = best is not None and best.score >= 0.8 and (len(ranked) == 1 or ranked[1].score < best.score)
        if best is not None and clear:
            kind = self.registry.organisations[best.key].kind
            away = where if told.away else None
            return Match(kind, best.key, True, best.reason == "context", ranked[:5], away=away)
        found = Match(mention.kind, candidates=ranked[:5], away=where if told.away else None)
        found.places = list(told.choices) if where is None else []
        seat = self._seat(mention) if where is None and not ranked else []
        found.proposal = self._proposal(mention, [where] if where else seat)
        if found.proposal is not None:
            found.key, found.context = found.proposal.key, not stated
        return found

    def _where(self, mention: Mention) -> Where:
        """The territory that a mention says or implies; and whether the text says it."""
        table = codes()
        behind = ASIDE.match(self.text, mention.end)
        aside = f" ({mention.acronym})" if mention.acronym else behind.group() if behind else ""
        name, beside = told_beside(mention.name + aside if mention.name else "")
        kind = mention.kind
        if kind in ("ars", "region", "collectivite-outre-mer"):
            if name:
                return Where(region_called(table, name), True)
            own = self.region and kind != "collectivite-outre-mer"
            return Where(table.by_code("region", self.region) if own else None)
        if kind in DEPARTMENTAL:
            if name and (name[:2].isdigit() or name in ("2A", "2B")):
                return Where(table.by_code("departement", name), True)
            if name:
                found = table.find(name, "departement") or (
                    table.find(name, "region") if kind == "prefecture" else []
                )
                return Where(next(iter(found), None), True)
            one = self.departements[0] if len(self.departements) == 1 else ""
            return Where(table.by_code("departement", one) if one else None)
        if kind in ("commune", "ccas", "epci", "cias"):
            level = "commune" if kind in ("commune", "ccas") else "epci"
            if name:
                return self._named(mention, name, level, beside)
            return Where(self.place if self.place and self.place.level == level else None)
        return Where(None, bool(name))

    def _named(self, mention: Mention, name: str, level: str, beside: Place | None) -> Where:
        """The place of a name of its level: that of the contract, or the one that the text tells."""
        context = self.context
        if beside is not None:
            lies = (beside.code,) if beside.level == "departement" else ()
            context = Context(lies, (beside.region,))
        said = told_beside(mention.text)[0]
        shown = said if level == "epci" else name
        before = said.removesuffix(name) if level == "commune" else ""
        fit = resolve_after(shown, before, level, context)
        if fit.place is None and shown != name:
            other = resolve(name, level, context)
            fit = other if other.place or not fit.choices else fit
        own = self.place is not None and fit.place is not None and self.place.key == fit.place.key
        far = fit.place is not None and not own and away(fit.place, context.departements, context.regions)
        if (len(fit.choices) > 1 and not own) or (far and beside is not None):
            return Where(None, True, tuple(fit.choices))
        return Where(fit.place, True, tuple(fit.choices), far)

    def _candidates(self, mention: Mention, told: Where) -> list[Candidate]:
        where, stated = told.place, told.stated
        unsure = {p.key for p in told.choices} if where is None else set()
        forms = {fold_name(mention.text), fold_name(re.sub(r"\s*\([^)]*\)", "", mention.text))}
        if mention.acronym:
            forms.add(fold_name(mention.acronym))
        if mention.name:
            lone = mention.name.isupper() and mention.name.isalpha()  # "l'hôpital CHAI"
            forms.add(fold_name(mention.name) if mention.kind == "epci" or lone else "")
        forms.discard("")
        whole = {in_full(form) for form in forms} if mention.name else set()
        found = []
        for key, entry in sorted(self.registry.organisations.items()):
            same_kind = entry.kind == mention.kind or (mention.kind == "autre" and mention.weak)
            names = {fold_name(n) for n in (entry.label, *entry.alt_labels, *entry.hidden_labels)}
            initials = {_initials(n) for n in (entry.label, *entry.alt_labels)}
            if not same_kind and not (mention.weak and forms & names):
                continue
            if self._elsewhere(entry, where, stated):
                continue
            same = forms & names or whole & {in_full(name) for name in names}
            sign = forms & names & initials  # "CHAI" is a body of its own, "CPAM" is a kind of body
            if (same and mention.name) or sign or (mention.weak and forms & initials):
                if (mention.weak or not mention.name) and not self._near(entry):
                    continue
                if unsure and not unsure & set(entry.territory):
                    continue  # of that name, and not where the text is
                found.append(Candidate(key, entry.label, 0.5 if unsure else 1.0, "name"))
            elif (
                where is not None
                and where.key in entry.territory
                and mention.kind in (*DEPARTMENTAL, "ars", "region", "commune", "ccas", "epci", "cias")
            ):
                found.append(
                    Candidate(
                        key, entry.label, 0.95 if stated else 0.85, "territory" if stated else "context"
                    )
                )
            elif mention.name and same_kind and (alike := _alike(forms | whole, names)):
                found.append(Candidate(key, entry.label, alike, "spelling"))
            elif not mention.name and same_kind and self._near(entry):
                found.append(Candidate(key, entry.label, 0.4, "kind"))
        return found

    def _near(self, entry: Organisation) -> bool:
        """Whether a body of the registry acts where the contract is."""
        mine = {f"departement/{d}" for d in self.departements} | ({self.place.key} if self.place else set())
        for key in entry.territory:
            level, _, code = key.partition("/")
            place = codes().by_code(level, code)
            if key in mine or (place and set(codes().departements_of(place)) & set(self.departements)):
                return True
        return False

    def _elsewhere(self, entry: Organisation, where: Place | None, stated: bool) -> bool:
        return bool(
            stated
            and where is not None
            and entry.territory
            and where.key not in entry.territory
            and where.level == entry.territory[0].partition("/")[0]
        )

    def _seat(self, mention: Mention) -> list[Place]:
        """Where a body is whose name ends with the town or the départements that it is of."""
        if mention.weak or mention.post or mention.parts or not mention.name:
            return []
        text = told_beside(mention.text)[0]
        if mention.kind == "msa":
            return departements_in(told_beside(mention.name)[0])
        said = SEAT.search(text) if mention.kind in SEATED else None
        town = resolve(said["town"], "commune", self.context) if said else None
        if town is None or town.place is None or len(town.choices) > 1:
            return []
        near = town.place.departement in self.departements or town.place == self.place
        return [town.place] if near else []

    def _proposal(self, mention: Mention, places: list[Place]) -> Organisation | None:
        """A new entry: kind, label, territory. Its key needs the code of a place: without, there is none."""
        if not places:
            return None
        label = mention.text if mention.name else f"{mention.text} ({places[0].name})"
        label = _capital(re.sub(r"\s+", " ", label))
        key = "-".join([mention.kind, *(place.code for place in places)])
        return Organisation.model_construct(
            key=self.given.key(key, label) if mention.kind in SEATED else key,
            label=label,
            kind=mention.kind,
            territory=tuple(place.key for place in places),
        )


def departements_in(names: str) -> list[Place]:
    """The départements that a name is made of and nothing else: "Ardèche Drôme Loire"."""
    table, rest, found = codes(), re.split(r"[\s,–]+|-(?=[A-ZÀ-Þ])", names), []
    while rest:
        for end in range(min(4, len(rest)), 0, -1):
            place = next(iter(table.find(" ".join(rest[:end]), "departement")), None)
            if place is not None:
                found.append(place)
                rest = rest[end:]
                break
        else:
            return []
    return sorted(found, key=lambda p: p.code)


def _initials(name: str) -> str:
    return "".join(
        w[0]
        for w in fold_name(name).split()
        if w not in ("de", "la", "le", "les", "du", "des", "l", "d", "et", "en")
    )


def _alike(forms: set[str], names: set[str]) -> float:
    """How sure it is that two names differ by a typing error alone: 0.8, 0.6, or 0 where they do not.

    It changes letters of a word; another place is another word.
    """
    best = 0.0
    for form in forms:
        for name in {*names, *map(in_full, names)}:
            left, right = form.split(), name.split()
            if len(left) != len(right) or difflib.SequenceMatcher(None, form, name).ratio() < NEAR:
                continue
            pairs = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
            worst = min((difflib.SequenceMatcher(None, *pair).ratio() for pair in pairs), default=1.0)
            if all(min(len(a), len(b)) > 3 for a, b in pairs) and worst >= 0.8:
                best = max(best, 0.8 if worst >= 0.84 else 0.6)
    return best


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
