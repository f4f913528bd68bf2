"""Who signs which contract, as one sparse matrix: pairs that share something are its products.

A join of SPARQL makes a row of every pair of signatories of every contract, then counts. The product of
the matrix with its transpose adds them up as it goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    def of(cls, signed: Iterable[tuple[str, str]]) -> Incidence:
        """From pairs of a contract and an organisation that signs it."""
        np, sparse = need("numpy"), need("scipy.sparse")
        pairs = set(signed)
        contracts = sorted({contract for contract, _ in pairs})
        organisations = sorted({organisation for _, organisation in pairs})
        row = {iri: place for place, iri in enumerate(contracts)}
        column = {iri: place for place, iri in enumerate(organisations)}
        rows = np.fromiter((row[contract] for contract, _ in pairs), np.int32, len(pairs))
        columns = np.fromiter((column[body] for _, body in pairs), np.int32, len(pairs))
        ones = np.ones(len(pairs), np.int32)
        shape = (len(contracts), len(organisations))
        return cls(contracts, organisations, sparse.csr_array((ones, (rows, columns)), shape=shape))

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
    found = need("scipy.sparse").triu(product, k=1, format="coo")
    return Pairs(found.row, found.col, found.data)


def ranks(words: list[str]) -> Any:
    """The place of each word among all of them in order; equal words have one place."""
    np = need("numpy")
    order = {word: place for place, word in enumerate(sorted(set(words)))}
    return np.array([order[word] for word in words], np.int64)
