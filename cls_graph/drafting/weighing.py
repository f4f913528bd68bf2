"""What speaks for one name of a territory against another: who signs, the title, a longer form."""

from __future__ import annotations

import re

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.drafting.places import Candidate, Context, resolve
from cls_graph.geo import codes, fold_name
from cls_graph.geo.names import essential, without_article
from cls_graph.geo.people import town_of

TYPE = re.compile(
    r"(?:pole d'equilibre territorial(?: et rural)?|petr|syndicat mixte(?: (?:ferme|ouvert))?"
    r"|pole metropolitain|pole territorial)(?: \(?petr\)?)? (?:de la |de l'|du |des |de |d')?",
    re.IGNORECASE,
)
"""What a territory's name does without."""
BRACKETS = re.compile(r" ?\([^()]*\)")
"""Initials or a département, behind a name."""

GROUPED = re.compile(r"(?:agglo(?:meration)?|metropole|communaute|intercommunalite) (?P<folk>[a-z-]+)$")
"""What only describes a group of communes: "agglomération blésoise"."""
OF_TOWN = r"\b(?:contrat local de sante|cls) de la (?:ville|commune) (?:de la |de l'|de |du |des |d'){}\b"
TYPED = re.compile(r"communaute\b|c[acu]\b")
TERRITORY = re.compile(r"territoire (?P<folk>[a-z-]+)$")


def weigh_signing(found: dict[str, Candidate], signers: list[Mention], mentions: list[Mention]) -> None:
    """What the signing says of the level: a group against the town it is named after, one of two anchors."""
    signing = {fold_name(s.text) for s in signers}
    towns = {fold_name(s.name) for s in signers if s.kind == "commune"}
    unnamed = any(s.kind == "commune" and not s.name for s in signers)  # "la Ville" signs
    called = {without_article(fold_name(m.name)) for m in mentions if m.kind == "commune"}
    for candidate in found.values():
        if candidate.kind != "epci" or fold_name(candidate.label) not in signing:
            continue
        named = essential(candidate.label)
        seat = next((c for c in found.values() if c.kind == "commune" and essential(c.label) == named), None)
        if seat is None or seat.key in towns or (seat.anchored and unnamed):
            continue
        if not seat.anchored:
            candidate.score += 2  # the group signs, the town it is named after does not
        elif seat.key not in called:
            candidate.score += seat.score  # "le CLS de La Rochelle", and nothing speaks of the town
    _weigh_sole_group(found, signers, mentions)
    groups = [s.kind for s in {s.text: s for s in signers}.values()]
    alone = {s.kind for s in signers if not s.name}
    for candidate in found.values():
        if candidate.kind == "petr" and fold_name(candidate.label) in signing:
            # A pole signs with the groups of communes that it is made of, or for them.
            candidate.score += 5 if groups.count("epci") > 1 else 3 if "epci" in groups else 2
        if candidate.kind == "petr" and candidate.anchored and "petr" in alone:
            candidate.score += 3  # "le CLS du PETR du Pays X", which "le PETR" signs
        names = {candidate.key, fold_name(candidate.label)}
        if candidate.anchored and names & (signing | {without_article(t) for t in towns}):
            candidate.score += 2


def _weigh_sole_group(found: dict[str, Candidate], signers: list[Mention], mentions: list[Mention]) -> None:
    """Where no town signs, and one group of communes does, no town is meant that only stands beside it."""
    groups = [p for s in signers for p in (s.parts or (s,)) if p.kind in ("epci", "petr")]
    if not groups or any(m.own_town for m in mentions) or any(s.kind == "commune" for s in signers):
        return
    named = {fold_name(p.text) for p in groups if p.name}
    if not named:  # "le président a signé", of the one group that the text names
        named = {fold_name(m.text) for m in mentions if m.kind == "epci" and m.name and not m.parts}
    own = [c for c in found.values() if c.kind in ("epci", "petr") and fold_name(c.label) in named]
    for beside in found.values() if len(own) == 1 else ():
        if beside.kind == "commune" and not beside.anchored:
            beside.score -= 3


def weigh_seat(found: dict[str, Candidate], signers: list[Mention], folded: str) -> None:
    """ "Le CLS de Guéret", which is "le CLS de l'agglomération du Grand Guéret" too: that of the group."""
    signing = {fold_name(p.text) for s in signers for p in (s.parts or (s,)) if p.kind == "epci" and p.name}
    for group in (c for c in found.values() if c.anchored and c.kind == "epci" and c.place):
        label, inside = (
            fold_name(group.label),
            codes().members.get(group.place.code if group.place else "", []),
        )
        if not (label in signing or TYPED.match(label)):
            continue
        for town in found.values():
            seat = town.kind == "commune" and town.anchored and town.place and town.place.code in inside
            own = OF_TOWN.format("[ '-]".join(map(re.escape, town.key.split())))
            if seat and f" {town.key} " in f" {label} " and not re.search(own, folded):
                group.score += town.score


def weigh_cover(found: dict[str, Candidate], signers: list[Mention]) -> None:
    """The land of a contract that several groups of communes sign comes before each of them."""
    groups = {fold_name(p.text) for s in signers for p in (s.parts or (s,)) if s.kind == "epci" and p.name}
    own = [c for c in found.values() if c.kind == "epci" and fold_name(c.label) in groups]
    if len(own) < 2 or any(c.anchored for c in own):
        return
    for candidate in found.values():
        if candidate.anchored and (candidate.place is None or candidate.kind != "commune"):
            candidate.score += 3


def weigh_level(found: dict[str, Candidate], signers: list[Mention], context: Context) -> None:
    """A town's name is that of its group where only a group signs: "le CLS du Puy-en-Velay"."""
    groups = [s for s in signers if s.kind == "epci"]
    if not groups or any(s.name or s.plural for s in groups) or any(s.kind == "commune" for s in signers):
        return
    for candidate in found.values():
        if candidate.anchored and candidate.kind == "commune":
            named = [
                p
                for p in codes().find(candidate.label, "epci")
                if essential(p.name) == essential(candidate.label)
            ]
            place, _ = resolve(candidate.label, "epci", context) if named else (None, [])
            if place is not None and place in named:
                candidate.kind, candidate.place, candidate.choices = "epci", place, [place]


def weigh_title(found: dict[str, Candidate], signers: list[Mention], title: str) -> None:
    """A town that signs and stands in the title comes before one whose contract is only told of beside it."""
    towns = {without_article(fold_name(s.name)) for s in signers if s.kind == "commune" and s.name}
    ours = [
        c for c in found.values() if c.key in towns and c.kind == "commune" and f" {c.key} " in f" {title} "
    ]
    for other in [c for c in found.values() if c.anchored and c.kind == "commune" and c.key not in towns]:
        if len(ours) == 1 and not ours[0].anchored and f" {other.key} " not in f" {title} ":
            ours[0].score += other.score


def join_described(found: dict[str, Candidate], signers: list[Mention]) -> None:
    """A group that is only described, "l'agglomération blésoise", is the one that signs: "Agglopolys"."""
    signing = {fold_name(p.text) for s in signers for p in (s.parts or (s,)) if s.kind == "epci" and p.name}
    own = [c for c in found.values() if c.kind == "epci" and fold_name(c.label) in signing]
    for key, other in list(found.items()):
        described = GROUPED.match(fold_name(other.label)) if other.place is None else None
        if other.place is None and len(own) == 1 and _around(own[0], other):
            described = TERRITORY.match(fold_name(other.label))
        if described and not signing:
            own = [c for c in found.values() if c.kind == "epci" and c.place]
            own = own if all(_same_stem(c.label, described.group("folk")) for c in own) else []
        if described and len(own) == 1 and own[0].place is not None and _says_better(own[0], other):
            own[0].score += other.score
            own[0].anchored += other.anchored
            del found[key]


def seat_described(found: dict[str, Candidate], context: Context) -> None:
    """A group that is only described, by the people of its largest town: "l'agglomération castraise"."""
    for candidate in found.values():
        described = GROUPED.match(fold_name(candidate.label)) if candidate.place is None else None
        told = (context.departements, context.regions)
        town = town_of(described.group("folk"), *told) if described else None
        group = codes().places.get(f"epci/{codes().group.get(town.code, '')}") if town else None
        inside = codes().communes_of(group) if group else []
        if group and town and max(inside, key=lambda p: p.population).code == town.code:
            candidate.place, candidate.choices, candidate.kind = group, [group], "epci"


def _around(group: Candidate, land: Candidate) -> bool:
    """Whether "le territoire dacquois" is that of a group: that of a town in it."""
    said = TERRITORY.match(fold_name(land.label))
    town = town_of(said.group("folk"), [], [group.place.region]) if said and group.place else None
    return town is not None and town.code in codes().members.get(group.place.code if group.place else "", [])


def _same_stem(name: str, folk: str) -> bool:
    """Whether an adjective is made of a name: "chartraine" of "Chartres métropole"."""
    stem = essential(name)[:5]
    return len(stem) > 3 and folk.startswith(stem)


POLE = re.compile(
    r"\bpetr\b|\bpoles? d[' ]equilibre|\bsyndicats? mixtes?\b|\bpoles? territoria(?:l|ux)\b(?! de)"
)


def join_land(found: dict[str, Candidate], signers: list[Mention], folded: str) -> None:
    """ "Le Pays de Redon" is the land of the one group named after its town: "Redon Agglomération"."""
    if POLE.search(folded):
        return
    lands = [c for c in found.values() if c.kind == "petr" and not c.place and c.label.startswith("Pays")]
    lands = (
        []
        if len({p.text for s in signers for p in (s.parts or (s,)) if p.kind == "epci" and p.name}) > 1
        else lands
    )
    for land in lands:
        named = essential(land.label).removeprefix("pays ")
        groups = [c for c in found.values() if c.kind == "epci" and c.place and essential(c.label) == named]
        if len(groups) == 1 and land.anchored and not groups[0].anchored:
            land.place, land.choices, land.kind = groups[0].place, groups[0].choices, "epci"
            land.score += groups[0].score
            del found[groups[0].key]


def join_short(found: dict[str, Candidate]) -> None:
    """A short name of a group, "la CC Terres du Lac" and "Terres du Lac", is the same candidate."""
    for key in sorted(found, key=len):
        for other in sorted(found, key=len, reverse=True):
            if key == other or key not in found or other not in found:
                continue
            small, large = found[key], found[other]
            inside = small.place is None and large.place is not None and f" {key} " in f" {other} "
            inside = (
                inside and len({c.place for o, c in found.items() if f" {key} " in f" {o} "} - {None}) == 1
            )
            if inside and not small.choices and large.kind != "commune":
                large.score += small.score
                if small.anchored > 1 and not large.anchored:
                    large.label, large.start, large.end = small.label, small.start, small.end
                large.anchored += small.anchored
                del found[key]
                continue
            cut = small.place is None and other.startswith(f"{key} ")
            pole = (
                cut and small.kind == large.kind == "petr"
            )  # "du Perche", in full "du Perche d'Eure-et-Loir"
            if pole or (cut and large.place is not None and large.kind == "commune" and "-" in large.label):
                large.score += small.score  # "Villeneuve renouvelle son contrat", in full further on
                large.anchored += small.anchored
                del found[key]
                continue
            same_place = small.place is not None and small.place == large.place
            tail = (
                large.kind in ("epci", "petr")
                and small.kind != "commune"
                and f" {other} ".endswith(f" {key} ")
                and sum(f" {o} ".endswith(f" {key} ") for o in found) == 2
            )
            if same_place or tail:
                large.score += small.score - min(small.once, large.once)
                large.once = max(small.once, large.once)
                named, described = _says_better(small, large), _says_better(large, small)
                if not described and (named or (small.anchored and not large.anchored)):
                    large.label, large.start, large.end = small.label, small.start, small.end
                large.anchored += small.anchored
                if large.place is None:
                    large.place, large.choices = small.place, small.choices
                del found[key]


def _says_better(one: Candidate, other: Candidate) -> bool:
    """Whether one is a name and the other describes: "Rodez Agglomération", "l'agglomération ruthénoise"."""
    return other.label.islower() and not one.label.islower()


def weigh_late(found: dict[str, Candidate], signers: list[Mention], length: int) -> None:
    """Takes weight from a contract told of at the end only, that no signatory is of: a neighbour's."""
    names = {fold_name(n) for s in signers for n in (s.name, s.text)}
    for candidate in found.values():
        late = length > 500 and candidate.start > 0.6 * length and candidate.anchored == 1
        own = names & {candidate.key, fold_name(candidate.label)}
        if late and candidate.kind == "commune" and not own:
            candidate.score -= 4


def without_type(candidate: Candidate, page: Page) -> None:
    """Takes what stands in brackets, and "Pôle d'équilibre territorial et rural du", off a name."""
    said = BRACKETS.search(page.text, candidate.start, candidate.end)
    if said and said.end() == candidate.end and said.start() > candidate.start and not candidate.others:
        candidate.end = said.start()
        candidate.label = page.text[candidate.start : candidate.end]
    typed = TYPE.match(page.folded, candidate.start, candidate.end)
    if typed and typed.end() < candidate.end and not candidate.others:
        candidate.start = typed.end()
        candidate.label = page.text[candidate.start : candidate.end]
