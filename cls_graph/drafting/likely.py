"""A second reading of who signs, by likeness: runs of bodies whose surroundings are those of signatories.

The rules read constructions that they know. This weighs the words around a run against those around the
signatories, and the other bodies, of the texts that the rules were made with: a sum of weights, one a trait
(logistic regression). ``signing-weights.tsv`` holds them; ``scripts/weigh_signing.py`` makes them.
"""

from __future__ import annotations

from collections.abc import Callable

from cls_graph.drafting.bodies import Mention
from cls_graph.drafting.layout import Page
from cls_graph.drafting.likelihood import likelihood, weights_of
from cls_graph.drafting.runs import Run, runs_of
from cls_graph.drafting.traits import Traits

SURE = 0.7
"""How likely a run signs, at least, to be given so."""
_WHERE = ("B", "A", "l", "p")
SAID = frozenset(f"f{where} {letter}" for where in _WHERE for letter in "fsigUp")
"""Verbs of signing, and words for those who sign: in the sentence, the one before, what announces a list."""
HINTED = frozenset(f"f{where} {letter}" for where in _WHERE for letter in "nLG") | {"h signat"}
"""Nouns of signing and words of binding, which also tell of a ceremony: "présents à la signature"."""
NEAR = frozenset(f"f{where} Z" for where in "BAl")
"""Words of presence, help or advice in the sentence."""
ASIDE = frozenset({"fb Z", "fl Z", "fa Z"} | {f"f{where} {letter}" for where in "bal" for letter in "NWx"})
"""Words of presence, help or advice just before or after; of denial, of a wish, of another agreement."""


def weights() -> dict[str, float]:
    """The weight of each trait; that of the empty one stands for all runs."""
    return weights_of("signing-weights.tsv")


def likely(
    page: Page, mentions: list[Mention], asked: Callable[[Run], bool] = lambda run: True
) -> list[tuple[Run, float]]:
    """The runs of bodies of a page that are ``asked`` for, each with how likely it signs, from 0 to 1."""
    known, runs = weights(), runs_of(page, mentions)
    traits = Traits(page, mentions, runs)
    found = []
    for run in filter(asked, runs):
        own = traits.of(run)
        found.append((run, likelihood(known, own) if _may(own) else 0.0))
    return found


def _may(traits: frozenset[str]) -> bool:
    """Whether anything says that somebody signs, and nothing that these do not."""
    hinted = bool(traits & HINTED) and not traits & NEAR
    return (bool(traits & SAID) or hinted) and not traits & ASIDE
