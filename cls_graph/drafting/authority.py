"""The authority that a contract is of, where a passage only points to it: "son président", "nous"."""

from __future__ import annotations

from dataclasses import replace

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.frames import Frame, Signer
from cls_graph.drafting.places import LOCAL, Candidate, Context, resolve
from cls_graph.geo import fold_name

GROUPS = ("epci", "petr", "collectivite-outre-mer")
ANY = ("nous", "elu", "elue", "edile", "magistrat", "magistrate")
"""Words for those who lead the authority, whichever its level."""
SPOKEN_OF = ("hopital-public", "chu", "hopital-prive", "etablissement-sante-mentale", "cpts")
"""Kinds that a text names once and then calls by their kind alone."""
POINTERS = ("president", "presidente", *ANY)


def point_out(
    frames: list[Frame], mentions: list[Mention], territory: Candidate | None, context: Context
) -> None:
    """Gives the authority its name in the passages that only point to it; drops pointers to nobody known."""
    for frame in frames:
        kept: list[Signer] = []
        for signer in frame.signers:
            if not _empty(signer.mention):
                kept.append(signer)
            elif named := _named(signer.mention, mentions, territory, context):
                kept.append(replace(signer, mention=named, named=True))
        frame.signers = kept


def take_names(frames: list[Frame], mentions: list[Mention]) -> None:
    """Gives a hospital or a community of professionals the name that the text gave it before."""
    for frame in frames:
        for index, signer in enumerate(frame.signers):
            mention = signer.mention
            if mention.name or mention.plural or mention.kind not in SPOKEN_OF:
                continue
            before = [m for m in mentions if m.end <= mention.start and m.kind == mention.kind and m.name]
            if before and not before[-1].parts and not _signs(before[-1], frames):
                frame.signers[index] = replace(signer, mention=before[-1], named=True)


def _signs(mention: Mention, frames: list[Frame]) -> bool:
    names = {fold_name(s.mention.name) for f in frames for s in f.signers if s.mention.kind == mention.kind}
    return fold_name(mention.name) in names


def _empty(mention: Mention) -> bool:
    """Whether a mention says nothing of what the body is: "son président", "nous"."""
    return (
        mention.kind in LOCAL
        and not mention.name
        and any(word in fold_name(mention.text).split() for word in POINTERS)
    )


def _named(
    pointer: Mention, mentions: list[Mention], territory: Candidate | None, context: Context
) -> Mention | None:
    """The fullest name that the text gives to the authority of the territory, of the kind pointed to."""
    if territory is None:
        return None
    ours = bool(set(ANY) & set(fold_name(pointer.text).split()))
    kinds = (*LOCAL, "collectivite-outre-mer") if ours else GROUPS
    own = [m for m in mentions if m.kind in kinds and m.name and not m.parts and _is(m, territory, context)]
    if own:
        return max(own, key=lambda m: (not m.post, len(m.text), -m.start))
    if territory.kind in kinds:
        return Mention(territory.start, territory.end, territory.kind, territory.label, territory.label)
    return None


def _is(mention: Mention, territory: Candidate, context: Context) -> bool:
    """Whether a mention names the territory: one code, or one name."""
    names = {fold_name(mention.name), fold_name(mention.text)}
    if territory.key in names or fold_name(territory.label) in names:
        return True
    place = resolve(mention.text if mention.kind == "epci" else mention.name, mention.kind, context)[0]
    return place is not None and place == territory.place
