"""The territory that a text means: names found, weighed, the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from cls_graph.drafting.actors import actors, dateline
from cls_graph.drafting.anchors import LANDS, Anchor, anchors, owners
from cls_graph.drafting.bearers import addressed, bearers, group_of_towns, unnamed_group
from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.common import (
    Names,
    is_one,
    join_common,
    joint_groups,
    joint_signers,
    joint_titled,
    joint_towns,
    names_from,
)
from cls_graph.drafting.covers import lands_named
from cls_graph.drafting.lands import INITIALS, in_full
from cls_graph.drafting.layout import Page
from cls_graph.drafting.peopled import inhabited, peopled
from cls_graph.drafting.places import LOCAL, Candidate, Context, resolve_after
from cls_graph.drafting.titles import beside_agency, headed, subject_of_title, told_of
from cls_graph.drafting.weighing import (
    POLE,
    TYPE,
    join_described,
    join_land,
    join_short,
    seat_described,
    weigh_cover,
    weigh_late,
    weigh_level,
    weigh_seat,
    weigh_signing,
    weigh_title,
    without_type,
)
from cls_graph.geo import codes, fold_name

BARE = (
    *("pays", "agglomération", "agglo", "métropole", "ville", "communauté", "bassin", "territoire"),
    *("intercommunalité", "pôle", "syndicat", "parc", "petr"),
)
PRESIDES = re.compile(r"(?:,| et|, et) (?:aussi |egalement )?presidente? (?:de la |de l'|du |des |de |d')")
""" "Le maire de Joigny et président de la communauté de communes": what is signed is the group's."""
OVERSEAS = 6
"""The codes of the regions overseas are up to this: a contract may cover one as a whole."""
RECALLED = re.compile(r"\b(?:apres|outre|rejoi\w+|s'ajoute(?:nt)? a) les (?:\w+ )?$")
""" "Le quatrième du département, après les contrats locaux de santé de A et de B"."""
OF_A_GROUP = re.compile(r"\b(?:metropolitain|communautaire)$")
""" "Le CLS métropolitain de Nantes"."""
WITH_OURS = re.compile(
    r"\bla (?:ville|municipalite|commune)(?:,| et) l'(?:ars|agence regionale)\b"
    r"|\bl'(?:ars|agence regionale de sante)\b[^.,;]{0,40} et la (?:ville|municipalite|commune)\b(?! d)"
)
""" "La Ville et l'ARS agissent ensemble": the town of the page, whatever groups it names."""
OF_GROUP = re.compile(
    r"\b(?:contrat local de sante|cls) (?:\w+ )?"
    r"(?:de la |de l'|du |a l'echelle de (?:la |l')|pour (?:la |l'))$"
    r"|\b(?:sign|paraph)\w+ au nom de (?:la |l')$"
)


def territories(
    page: Page, mentions: list[Mention], signers: list[Mention], context: Context
) -> list[Candidate]:
    """The territories the text may mean, the likeliest first."""
    mentions = [_in_full(m, mentions) for m in mentions]
    signers = [_in_full(m, mentions) for m in signers]
    weigher = _Weigher(page, mentions, signers, context)
    weigher.collect()
    return weigher.ranked()


class _Weigher:
    """The candidates of a page, by name, with what speaks for each."""

    def __init__(self, page: Page, mentions: list[Mention], signers: list[Mention], context: Context) -> None:
        self.page, self.mentions, self.signers, self.context = page, mentions, signers, context
        self.by_start = {m.start: m for m in mentions}
        self.found: dict[str, Candidate] = {}
        self.listed: list[Names] = []
        self.held_in: list[tuple[int, int]] = []
        """Where the text says that it was signed: "la signature du contrat local de santé à Lons"."""

    def collect(self) -> None:
        """Gathers the names, each with its weight."""
        self._anchored()
        self._unnamed()
        self._bodies()
        for told in lands_named(self.page, self.by_start):
            self.add(*told)
        unnamed = any(s.kind == "commune" and not s.name for s in self.signers)
        if (line := dateline(self.page)) is not None and not unnamed:
            self.held_in.append(line)
        for told in actors(self.page, self.by_start, self.context, unnamed=unnamed):
            self.add(*told)
        for label, start, end in owners(self.page, self.by_start):
            self.add(label, "", start, end, 4, 1)
        for told in headed(self.page, self.by_start, self.context):
            self.add(*told)
        for told in beside_agency(self.page, self.mentions):
            self.add(*told)
        self._people(peopled(self.page, self.context))
        if unnamed and not any(c.anchored for c in self.found.values()):
            self._people(inhabited(self.page, self.context, unnamed=True))
        known = None if self.found else group_of_towns(self.page, self.mentions)
        for told in () if known else subject_of_title(self.page, self.by_start, self.context):
            if not any(c.anchored or c.kind == "commune" for c in self.found.values()):
                self.add(*told)
        ours = WITH_OURS.search(self.page.folded)
        towns = [c for c in self.found.values() if c.kind in ("commune", "") or c.anchored or not ours]
        if known is None and all(c.kind == "departement" and not c.anchored for c in towns):
            for label, kind, start, end in bearers(self.page, self.mentions, self.signers, self.context):
                self.add(label, kind, start, end, 1.5 if not self.found else 3)
        if not self.found:
            known = known or unnamed_group(self.page, self.mentions, self.context)
        if known is not None:
            mention, place = known
            made = Candidate(mention.text, "epci", mention.start, mention.end, 1, 0, place, [place])
            self.found[made.key] = made
        if not self.found:
            self._people(inhabited(self.page, self.context, unnamed=False))
        if not self.found:
            self._people(addressed(self.page))

    def _people(self, told: Iterable[Candidate]) -> None:
        """Counts the towns that are told by their people."""
        for made in told:
            if made.anchored and any(c.anchored and c.key != made.key for c in self.found.values()):
                made.score, made.anchored = 1.0, 0  # "adossé au contrat local de santé parisien"
            known = self.found.setdefault(made.key, made)
            if known is not made:
                known.score, known.anchored = known.score + made.score, known.anchored + made.anchored
                known.kind = known.kind or made.kind

    def ranked(self) -> list[Candidate]:
        """The candidates with their codes, the likeliest first."""
        page, found = self.page, self.found
        title = page.text[: page.blocks[0].end] if page.blocks else ""
        for start, end in self.held_in:
            title = title[:start] + " " * len(title[start:end]) + title[end:]
        title = fold_name(title)
        poles = {m.name for m in self.mentions if m.kind == "petr" and POLE.search(fold_name(m.text))}
        poles -= {m.name for m in self.mentions if m.kind == "commune"}
        for candidate in found.values():
            if (
                candidate.key
                and candidate.key in title
                and (candidate.anchored or candidate.kind != "departement")
            ):
                candidate.once += 2.5
            pole = candidate.label in poles  # several groups make it up
            if pole and candidate.kind in ("", "commune"):
                candidate.kind = "petr"
            if candidate.place is None and not pole:
                town = candidate.kind in ("commune", "")
                before = page.folded[max(0, candidate.start - 4) : candidate.start] if town else ""
                told = candidate.label, before, candidate.kind, self.context
                candidate.place, candidate.choices = resolve_after(*told)
            if candidate.place is not None:
                candidate.once += 1.5
            elif candidate.kind == "commune" and not candidate.choices:
                candidate.score -= 3  # there is no town of that name
            elif candidate.kind == "petr" and TYPE.match(page.folded, candidate.start, candidate.end):
                candidate.score += 0 if any(c.anchored for c in found.values()) else 1.5  # it has no code
            candidate.score += candidate.once
            candidate.kind = candidate.kind or _kind(candidate)
        weigh_signing(found, self.signers, self.mentions)
        weigh_level(found, self.signers, self.context)
        weigh_title(found, self.signers, title)
        weigh_cover(found, self.signers)
        weigh_seat(found, self.signers, page.folded)
        anchored = any(c.anchored for c in found.values())
        self.listed += joint_signers(page, self.signers, self.mentions, anchored=anchored)
        self.listed += [] if anchored else joint_groups(page, self.mentions, self.context)
        self.listed += joint_titled(page, self.signers, anchored=anchored)
        for names in joint_towns(page, self.by_start, anchored=anchored):
            self.listed.append(names)
            self.add(*names[0], 5, 1)
        join_described(found, self.signers)
        seat_described(found, self.context)
        join_land(found, self.signers, page.folded)
        join_short(found)
        join_common(page, found, self.listed, self.context)
        weigh_late(found, self.signers, len(page.text))
        ranked = sorted(found.values(), key=lambda c: (-c.score, c.start))
        for candidate in ranked:
            without_type(candidate, page)
        return ranked

    def add(self, label: str, kind: str, start: int, end: int, score: float, anchored: int = 0) -> None:
        """Counts what speaks for a name."""
        if re.sub(r"^(?:L[ae] |L[’'])", "", label).lower() in BARE:
            return
        if self.page.text[start:end] != label:
            # A name that stands elsewhere: "la Ville et le CCAS d'Aubagne".
            start = max(self.page.text.find(label, start), self.page.text.find(label))
            if start < 0:
                return
            end = start + len(label)
        made = Candidate(label, kind, start, end)
        known = self.found.setdefault(made.key, made)
        if kind in ("epci", "petr") and known.kind in ("commune", ""):
            known.kind = kind
        known.score += score
        known.anchored += anchored

    def _body(self, mention: Mention, score: float, anchored: int = 0) -> None:
        """Counts a body: a town by its name, a group as the text writes it."""
        self.add(*told_of(mention, score, anchored))

    def _anchored(self) -> None:
        """What the words for the contract lead to."""
        own: set[str] = set()
        for anchor in anchors(self.page, self.by_start):
            at = anchor.cls[0]
            head = self.page.blocks[max(self.page.block_at(at), 0)].kind == "heading"
            weight, counted = (8.0 if head or at < 250 else 6.0), 1
            if anchor.how == "at":
                told = self.page.text[anchor.cls[1]] == ","  # "a signé le contrat, à Lons"
                inside = self.page.folded.endswith("en ", 0, anchor.start)
                weight, counted = (0.3 if told or inside else 1.5), 0
                if inside and LANDS.match(f"{self.page.text[anchor.start : anchor.end]} "):
                    weight, counted = 6.0, 1  # "le contrat local de santé en Ouest Cornouaille"
                else:
                    self.held_in.append((anchor.start, anchor.end))
            elif anchor.how == "mark":
                town = codes().find(self.page.text[anchor.start : anchor.end], "commune")
                weight, counted = (2.0, 0) if anchor.mention else (4.0, 1) if town else (6.0, 1)
            elif is_one(self.page, at):
                names = names_from(self.page, self.by_start, anchor.start)
                self.listed += [names] if len(names) > 1 else []
                own.update(self._keys(anchor, names))
            elif own and not own & self._keys(anchor, names_from(self.page, self.by_start, anchor.start)):
                weight, counted = 1.0, 0  # "les coordinatrices des CLS d'Angers et de Cholet"
            else:
                weight /= 2  # "vos homologues des CLS d'Angers et de Cholet": those of others, it may be
            regions = codes().find(self.page.text[anchor.start : anchor.end], "region")
            if RECALLED.search(self.page.folded, max(0, at - 30), at) or any(
                int(region.code) > OVERSEAS for region in regions
            ):
                weight, counted = 1.0, 0  # "le deuxième contrat local de santé de Corse"
            mention = anchor.mention
            level = "epci" if OF_A_GROUP.search(self.page.folded, *anchor.cls) else ""
            if mention is None:
                start, end = in_full(self.page, anchor.start, anchor.end)
                self.add(self.page.text[start:end], level, start, end, weight, counted)
            for part in (mention.parts or (mention,)) if mention else ():
                self._body(part, weight, counted)

    def _keys(self, anchor: Anchor, names: Names) -> set[str]:
        """How the places that an anchor leads to are known."""
        said = [(self.page.text[anchor.start : anchor.end], "", anchor.start, anchor.end), *names]
        if anchor.mention and anchor.mention.kind == "commune":
            said.append((anchor.mention.name, "", anchor.start, anchor.end))
        return {Candidate(*name).key for name in said}

    def _unnamed(self) -> None:
        """ "Le contrat local de santé de l'Agglo": of the one group of communes that the text names."""
        for mention in self.mentions:
            if mention.kind != "epci" or mention.name or mention.plural or mention.post:
                continue
            if not OF_GROUP.search(self.page.folded, max(0, mention.start - 60), mention.start):
                continue
            named = [m for m in self.mentions if m.kind == "epci" and m.name and not m.parts]
            if len({fold_name(m.text) for m in named}) == 1:
                self._body(named[0], 6.0, 1)
                return

    def _bodies(self) -> None:
        """Authorities that sign, and others that the text names."""
        signing = [m for s in self.signers for m in (s.parts or (s,))]
        local = [m for m in signing if m.kind in LOCAL and m.name]
        alone = len({(m.kind, fold_name(m.name)) for m in local}) == 1
        for index, mention in enumerate(signing):
            if mention.kind in LOCAL and mention.name:
                self._body(mention, (2.5 if index < 2 else 1.5) + alone)
        for mayor, president in pairwise(self.mentions):
            if mayor.post and PRESIDES.fullmatch(self.page.folded, mayor.end, president.start):
                as_mayor = mayor in self.signers and president not in self.signers
                self._body(president, 4 if as_mayor and president.name else 0.5)
        for mention in self.mentions:
            if mention.kind in LOCAL and mention.name and not mention.parts:
                block = self.page.blocks[max(self.page.block_at(mention.start), 0)]
                heads = block.kind == "heading" and mention.start < min(400, 0.7 * len(self.page.text))
                self._body(mention, 2 if heads else 0.4)
            elif mention.kind == "collectivite-outre-mer" and mention.name and not mention.acronym:
                start = mention.end - len(mention.name)
                self.add(mention.name, mention.kind, start, mention.end, 0.8)


def _kind(candidate: Candidate) -> str:
    """The kind of a name that nothing else tells."""
    if candidate.place:
        return candidate.place.level
    if INITIALS.fullmatch(f"la {candidate.label}", 3):
        return "epci"
    return "petr" if candidate.label.startswith("Pays") else "commune"


def _in_full(mention: Mention, mentions: list[Mention]) -> Mention:
    """A group named by its initials ("la CCPA"), as the text names it in full."""
    if mention.kind not in ("epci", "petr") or not mention.text.isupper() or " " in mention.text:
        return mention
    full = [
        m for m in mentions if m.kind == mention.kind and m.name == mention.name and m.text != mention.text
    ]
    return replace(mention, text=full[0].text) if full and mention.name else mention
