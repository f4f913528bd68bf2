"""A passage that says who signs, and the bodies it names."""

from __future__ import annotations

from dataclasses import dataclass, field

from cls_graph.drafting.bodies import Mention


@dataclass
class Signer:
    """A body that a passage says signs."""

    mention: Mention
    frame: int
    listed: bool = False
    doubt: str = ""
    """Why the claim is not sure, empty where it is: a key of ``doubts.NOTES``."""

    within: Mention | None = None
    post_rank: int = 0
    """0: the first post of a person, 1: one more post of the same person."""

    new: bool = False
    named: bool = False
    """The passage only points to it ("son président"): the name is from elsewhere in the text."""


@dataclass
class Frame:
    """A passage that says who signs. ``kind``: active, passive, noun, list, header, backward."""

    kind: str
    start: int
    end: int
    previous: bool = False
    future: bool = False
    doubt: str = ""
    signers: list[Signer] = field(default_factory=list)
