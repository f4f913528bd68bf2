"""Who signs which contract, as one sparse matrix: pairs that share something are its products.

A join of SPARQL makes a row of every pair of signatories of every contract, then counts. The product of
the matrix with its transpose adds them up as it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cls_graph.analysis.extras import need
from cls_graph.analysis.signing import Signing
from cls_graph.collation import by_words


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
    def of(cls, told: Signing) -> Incidence:
        """The matrix of who signs what."""
        np, sparse = need("numpy"), need("scipy.sparse")
        rows, columns = np.asarray(told.signing), np.asarray(told.signed_by)
        matrix = sparse.csr_array(
            (np.ones(len(rows), np.int32), (rows, columns)),
            shape=(len(told.contracts), len(told.organisations)),
        )
        matrix.sum_duplicates()
        matrix.data[:] = 1
        return cls(told.contracts, told.organisations, matrix)

    def of_contracts(self) -> Pairs:
        """Pairs of contracts with the number of signatories that both have."""
        return _shared(self.matrix.T.tocsr())

    def of_organisations(self) -> Pairs:
        """Pairs of organisations with the number of contracts that both sign."""
        return _shared(self.matrix)

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


def _shared(matrix: Any) -> Pairs:
    """The columns of a matrix of 0 and 1 that meet in a row, two by two, and in how many rows."""
    np = need("numpy")
    product = matrix.T @ matrix
    one = np.repeat(np.arange(product.shape[0], dtype=np.int32), np.diff(product.indptr))
    above = one < product.indices
    return Pairs(one[above], product.indices[above], product.data[above])


def ordered(*keys: tuple[Any, int]) -> Any:
    """The order of rows by several columns of whole numbers, each from 0 to below its bound; rows that are
    alike keep theirs.

    From the last column to the first, and in each from its lowest digits: NumPy sorts numbers of 16 bits by
    counting, in a third of the time of sorting whole rows as one number.
    """
    np = need("numpy")
    order = np.arange(len(keys[0][0]))
    for column, bound in reversed(keys):
        for low in range(0, (bound - 1).bit_length(), 16):
            digits = (column >> low).astype(np.uint16)
            order = order[np.argsort(digits[order], kind="stable")]
    return order


def ranks(words: list[str]) -> Any:
    """The place of each name among all of them in the order of words; equal words have one place."""
    np = need("numpy")
    order = {word: place for place, word in enumerate(sorted(set(words), key=by_words))}
    return np.array([order[word] for word in words], np.int64)
