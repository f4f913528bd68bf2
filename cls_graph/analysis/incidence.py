"""Who signs which contract, as one sparse matrix: pairs that share something are its products.

A join of SPARQL makes a row of every pair of signatories of every contract, then counts. The product of
the matrix with its transpose adds them up as it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from cls_graph.analysis.extras import need


@dataclass(frozen=True)
class Pairs:
    """Pairs of places in a list, ``one`` before ``other``, and how much they share: arrays."""

    one: Any
    other: Any
    common: Any


@dataclass(frozen=True)
class Incidence:
    """``matrix`` has a row a contract and a column an organisation, both sorted by IRI, of 0 and 1."""

    contracts: list[str]
    organisations: list[str]
    matrix: Any

    @classmethod
    def of(cls, signing: Sequence[str], signed_by: Sequence[str]) -> Incidence:
        """From contracts and, place by place, one that signs it: in any order, some pairs perhaps twice."""
        np, sparse = need("numpy"), need("scipy.sparse")
        contracts, organisations = sorted(set(signing)), sorted(set(signed_by))
        row = {iri: place for place, iri in enumerate(contracts)}
        column = {iri: place for place, iri in enumerate(organisations)}
        rows = np.fromiter(map(row.__getitem__, signing), np.int32, len(signing))
        columns = np.fromiter(map(column.__getitem__, signed_by), np.int32, len(signed_by))
        ones = np.ones(len(signing), np.int32)
        matrix = sparse.csr_array((ones, (rows, columns)), shape=(len(contracts), len(organisations)))
        matrix.sum_duplicates()
        matrix.data[:] = 1
        return cls(contracts, organisations, matrix)

    def of_contracts(self) -> Pairs:
        """Pairs of contracts with the number of signatories that both have."""
        return _above(self.matrix @ self.matrix.T)

    def of_organisations(self) -> Pairs:
        """Pairs of organisations with the number of contracts that both sign."""
        return _above(self.matrix.T @ self.matrix)

    def beside(self, organisation: str) -> tuple[Any, Any]:
        """The places of those who sign with one, and in how many contracts each."""
        np = need("numpy")
        if organisation not in self.organisations:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        place = self.organisations.index(organisation)
        common = self.matrix.T @ self.matrix[:, [place]].toarray()[:, 0]
        common[place] = 0
        (others,) = np.nonzero(common)
        return others, common[others]

    def signatories(self) -> Any:
        """How many sign each contract."""
        return self.matrix.sum(axis=1)

    def signed(self) -> Any:
        """How many contracts each organisation signs."""
        return self.matrix.sum(axis=0)


def _above(product: Any) -> Pairs:
    """The part of a symmetric matrix above its diagonal."""
    found = product.tocoo()
    above = found.row < found.col
    return Pairs(found.row[above], found.col[above], found.data[above])


def ordered(*keys: tuple[Any, int]) -> Any:
    """The order of rows by several columns of whole numbers, each from 0 to below its bound.

    One number is made of them where it has room: it is sorted several times as fast as column by column,
    and faster still with the row at its end, as no two are equal then. Rows that are alike keep their order.
    """
    np = need("numpy")
    rows = np.arange(len(keys[0][0]))
    keys = (*keys, (rows, len(rows)))
    if prod(max(bound, 1) for _, bound in keys) >= 2**62:
        return np.lexsort([column for column, _ in reversed(keys)])
    packed = keys[0][0].astype(np.int64)
    for column, bound in keys[1:]:
        packed = packed * bound + column
    return np.argsort(packed)


def ranks(words: list[str]) -> Any:
    """The place of each word among all of them in order; equal words have one place."""
    np = need("numpy")
    order = {word: place for place, word in enumerate(sorted(set(words)))}
    return np.array([order[word] for word in words], np.int64)
