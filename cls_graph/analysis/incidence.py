"""Who signs which contract, as one sparse matrix: pairs that share something are its products.

A join of SPARQL makes a row of every pair of signatories of every contract, then counts. The product of
the matrix with its transpose adds them up as it goes. Where there are few pairs, they are written out as
whole numbers and sorted, in half the time of the product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from cls_graph.analysis.extras import need
from cls_graph.collation import by_words

_FEW = 2**18
"""Pairs, each counted as often as it is there, that are sooner sorted than multiplied out."""


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
    def of(cls, signing: Sequence[bytes], signed_by: Sequence[bytes]) -> Incidence:
        """From contracts and, place by place, one that signs it: in any order, some pairs perhaps twice."""
        np, sparse = need("numpy"), need("scipy.sparse")
        (contracts, rows), (organisations, columns) = _placed(signing), _placed(signed_by)
        matrix = sparse.csr_array(
            (np.ones(len(rows), np.int32), (rows, columns)), shape=(len(contracts), len(organisations))
        )
        matrix.sum_duplicates()
        matrix.data[:] = 1
        return cls(contracts, organisations, matrix)

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


def _placed(words: Sequence[bytes]) -> tuple[list[str], Any]:
    """The words, each once and in order (UTF-8 has that of characters), and the place of each row's."""
    np = need("numpy")
    order = sorted(set(words))
    places = dict(zip(order, range(len(order)), strict=True))
    found = np.fromiter(map(places.__getitem__, words), np.int32, len(words))
    return [word.decode() for word in order], found


def _shared(matrix: Any) -> Pairs:
    """The columns of a matrix of 0 and 1 that meet in a row, two by two, and in how many rows."""
    np = need("numpy")
    sizes = np.diff(matrix.indptr).astype(np.int64)
    if int((sizes * (sizes - 1) // 2).sum()) <= _FEW:
        return _written_out(matrix, sizes)
    product = (matrix.T @ matrix).tocoo()
    above = product.row < product.col
    return Pairs(product.row[above], product.col[above], product.data[above])


def _written_out(matrix: Any, sizes: Any) -> Pairs:
    """The same by all pairs of each row: one number a pair, sorted, so that equal ones stand together."""
    np = need("numpy")
    matrix.sort_indices()
    places = np.arange(matrix.nnz)
    after = np.repeat(matrix.indptr[1:], sizes) - places - 1
    one = np.repeat(places, after)
    # Of each place, the pairs with those after it in its row: one step further each.
    steps = np.arange(len(one)) - np.repeat(np.cumsum(after) - after, after)
    many = matrix.shape[1]
    pairs = np.sort(matrix.indices[one].astype(np.int64) * many + matrix.indices[one + steps + 1])
    (begins,) = np.nonzero(np.diff(pairs, prepend=-1))
    first, second = np.divmod(pairs[begins], max(many, 1))
    return Pairs(first, second, np.diff(begins, append=len(pairs)))


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
    """The place of each name among all of them in the order of words; equal words have one place."""
    np = need("numpy")
    order = {word: place for place, word in enumerate(sorted(set(words), key=by_words))}
    return np.array([order[word] for word in words], np.int64)
