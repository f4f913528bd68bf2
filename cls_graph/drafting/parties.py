"""The engagements of a contract: the bodies of every passage brought together, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.layout import Page
from cls_graph.drafting.matching import Match, Matcher
from cls_graph.drafting.signing import Reader
from cls_graph.geo import fold_name

SURE = {
    "header": 0.98,
    "list": 0.97,
    "passive": 0.95,
    "noun": 0.93,
    "active": 0.94,
    "backward": 0.92,
    "likely": 0.8,
}


@dataclass
class Party:
    """A body in a role: how the text names it best, what it was matched to, how sure."""

    mention: Mention
    match: Match
    role: str
    sure: float
    doubt: str = ""
    note: str = ""
    order: tuple[int, int] = (0, 0)
    within: Mention | None = None
    new: bool = False
    others: list[Mention] = field(default_factory=list)


def signatories(page: Page, frames: list[Frame], matcher: Matcher, territory: str) -> list[Party]:
    """The signatories of a contract from its passages (those of earlier contracts left out by the caller)."""
    parties: list[Party] = []
    longest = max((len(f.signers) for f in frames), default=0)
    ranked = sorted(frames, key=lambda f: (-len(f.signers) if len(f.signers) == longest else 0, f.start))
    for rank, frame in enumerate(ranked):
        _capacity(frame, territory)
        for index, signer in enumerate(frame.signers):
            _join(parties, _party(signer, frame, (rank, index), matcher), territory)
    return _settled(parties)


def _capacity(frame: Frame, territory: str) -> None:
    """Of two posts of one person, the one at the territory of the contract is the one that signs."""
    for first, second in zip(frame.signers, frame.signers[1:], strict=False):
        if second.post_rank and territory and not first.post_rank:
            own = {fold_name(second.mention.text), fold_name(second.mention.name)}
            if territory in own and fold_name(first.mention.name) != territory:
                first.post_rank, second.post_rank = 1, 0


def _party(signer: Signer, frame: Frame, order: tuple[int, int], matcher: Matcher) -> Party:
    match = matcher.match(signer.mention)
    sure = SURE[frame.kind] - (0.05 if signer.mention.generic else 0) - (0.2 if signer.mention.weak else 0)
    doubt = signer.doubt or ("second-post" if signer.post_rank else "")
    sure = 0.35 if doubt else sure
    note = "attachment" if frame.doubt == "attachment" else "planned" if frame.future else ""
    if signer.named and not note:
        note = "named"
    if frame.kind == "likely":
        note = note or "likely"
    if doubt == "implied":
        doubt, sure, note = "", 0.7, "implied"
    if note == "attachment":
        sure = 0.6
    return Party(
        signer.mention, match, "signatory", round(sure, 2), doubt, note, order, signer.within, signer.new
    )


def _join(parties: list[Party], party: Party, territory: str) -> None:
    """Add a party, or merge it with the one that is the same body."""
    for known in parties:
        if not same_body(known, party):
            continue
        known.others.append(party.mention)
        known.new = known.new or party.new
        if known.doubt and not party.doubt:
            known.doubt, known.sure, known.note = "", party.sure, party.note
        known.sure = max(known.sure, party.sure) if not known.doubt else known.sure
        better = (bool(party.mention.name), not party.mention.post) > (
            bool(known.mention.name),
            not known.mention.post,
        )
        if better:
            known.mention, known.match = party.mention, party.match
        return
    if (
        party.doubt == "second-post"
        and party.mention.name
        and territory
        and territory in (fold_name(party.mention.name), fold_name(party.mention.text))
    ):
        party.doubt, party.sure = "", 0.85
    parties.append(party)


def same_body(first: Party, second: Party) -> bool:
    """Whether two mentions are one body: one key, or one kind and one name; different names never are."""
    a, b = first.match, second.match
    if a.key and b.key:
        return a.key == b.key
    local = {"epci", "petr"}
    if a.kind != b.kind and not (a.kind in local and b.kind in local):
        return False
    left, right = fold_name(first.mention.name), fold_name(second.mention.name)
    if not left and not right:
        return fold_name(first.mention.text) == fold_name(second.mention.text) or a.kind in ("ars", "etat")
    if not left or not right:
        return False
    if a.kind in ("ars", "region") and a.kind == b.kind and not (a.key and b.key):
        return True
    small, large = sorted((left, right), key=len)
    initials = "".join(w[0] for w in large.split())
    if a.kind != b.kind and large.endswith(f" {small}"):
        return False  # "le Pays Vendômois" and its member "Perche Haut Vendômois"
    return f" {small} " in f" {large} " or small == initials


def _settled(parties: list[Party]) -> list[Party]:
    """A body said by its kind alone goes with the one named of that kind."""
    out: list[Party] = []
    for party in parties:
        state = party.mention.post and party.match.kind == "prefecture"
        if state and any(p.match.kind == "etat" and p.order[0] != party.order[0] for p in parties):
            continue  # "l'État" among the parties, "le Préfet" below the text
        own = [p for p in parties if p.mention.name and p.match.kind == party.match.kind and not p.doubt]
        loose = party.mention.kind in ("commune", "epci") and not party.mention.parts
        if party.mention.plural and not party.mention.name and (len(own) > 1 or loose):
            continue  # "les cinq intercommunalités énumérées plus bas": the names are the bodies
        if not party.mention.name and not party.mention.plural:
            named = [
                p
                for p in parties
                if p is not party
                and p.mention.name
                and (p.match.kind == party.match.kind or {p.match.kind, party.match.kind} <= {"epci", "petr"})
            ]
            if named and not _listed_apart(party, named):
                if len(named) == 1:
                    named[0].others.append(party.mention)
                    if named[0].doubt and not party.doubt:
                        named[0].doubt, named[0].sure = "", party.sure
                continue
        out.append(party)
    return sorted(out, key=lambda p: p.order)


def _listed_apart(party: Party, named: list[Party]) -> bool:
    """Two bodies of a kind in one list are two: "la CPAM du Var et la CPAM"."""
    return all(
        p.order[0] == party.order[0] and abs(p.order[1] - party.order[1]) >= 1 for p in named
    ) and party.match.kind not in ("ars", "commune", "epci", "region")


ROLES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("co-pilot", re.compile(r"\bco-?pilot\w+(?: \w+){0,3}? (?:par|entre) "), 0.9),
    (
        "carrier",
        re.compile(
            r"\b(?:contrat|cls)\b(?:(?! qui | et )[^.;:,]){0,40}\bportee?s?(?: \w+){0,3}? (?:par|entre) "
        ),
        0.9,
    ),
    (
        "mobilised-partner",
        re.compile(
            r"\b(?:en partenariat (?:etroit )?avec|en lien avec|avec le soutien de|avec "
            r"l'appui de|parmi les partenaires ?:|partenaires ?: |dont) "
        ),
        0.6,
    ),
)


def other_roles(
    page: Page, reader: Reader, matcher: Matcher, signers: list[Party], holds: object
) -> list[Party]:
    """Carriers and co-pilots that the text says; and the partners it names that do not sign."""
    found: list[Party] = []
    for role, pattern, sure in ROLES:
        for start, end in page.sentences:
            if not callable(holds) or not holds(start):
                continue
            text = page.folded[start:end]
            if not re.search(r"contrat|\bcls\b|signature|signe", text):
                continue
            for match in pattern.finditer(text):
                frame = Frame("noun", start + match.start(), start + match.end())
                for signer in reader.chain(start + match.end(), end, frame):
                    if signer.mention.weak:
                        continue
                    party = replace(
                        _party(signer, frame, (99, signer.mention.start), matcher),
                        role=role,
                        sure=sure,
                        doubt="",
                        note="",
                    )
                    pool = [*found, *(signers if role == "mobilised-partner" else [])]
                    if not any(
                        same_body(p, party) or (not party.mention.name and p.match.kind == party.match.kind)
                        for p in pool
                        if p.role == role or role == "mobilised-partner"
                    ):
                        found.append(party)
    return found
