"""Pairs of contracts by the signatories that they share.

One contract at a time, over lists of integers: the pairs are never joined row by row, and the memory is that
of the pairs that share enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from cls_graph.store.base import Term


def similarity_rows(rows: Sequence[Sequence[Term | None]]) -> list[tuple[Term | None, ...]]:
    """The pairs that share ``minimum`` signatories, the most similar first, from rows of the four columns."""
    titles = {text(row[0]): row[1] for row in rows}
    keys = sorted(titles)
    place = {key: index for index, key in enumerate(keys)}
    signed: list[set[int]] = [set() for _ in keys]
    numbers: dict[Term | None, int] = {}
    for key, _, party, _ in rows:
        signed[place[text(key)]].add(numbers.setdefault(party, len(numbers)))
    named: list[tuple[Term | None, Term | None]] = [(ox.Literal(key), titles[key]) for key in keys]
    counted = [ox.Literal(n) for n in range(max([100, *map(len, signed)]) + 1)]
    found = pairs(signed, int(text(rows[0][3])) if rows else 1)
    return [
        (*named[one], *named[other], counted[common], counted[share]) for share, common, one, other in found
    ]


def pairs(signed: Sequence[set[int]], minimum: int) -> Iterator[tuple[int, int, int, int]]:
    """Every pair that has ``minimum`` in common, the most similar first: the Jaccard index in per cent, half
    rounded up, the signatories of both, and the two contracts, the smaller first."""
    many, most = len(signed), max(map(len, signed), default=0) + 1
    found: list[int] = []
    after: dict[int, list[int]] = defaultdict(list)
    for one in range(many - 1, -1, -1):
        shared: Counter[int] = Counter()
        for party in signed[one]:
            shared.update(after[party])
            after[party].append(one)
        for other, common in shared.items():
            if common >= minimum:
                either = len(signed[one]) + len(signed[other]) - common
                share = (200 * common + either) // (2 * either)
                # One number a pair, the smaller the sooner: these are sorted many times as fast as tuples.
                found.append((((100 - share) * most + most - common) * many + one) * many + other)
    for pair in sorted(found):
        rest, other = divmod(pair, many)
        rest, one = divmod(rest, many)
        less, lacking = divmod(rest, most)
        yield 100 - less, most - lacking, one, other


def text(term: Term | None) -> str:
    """The words of a literal."""
    assert isinstance(term, ox.Literal)
    return term.value
