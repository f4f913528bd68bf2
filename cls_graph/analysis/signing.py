"""Who signs what, as a store says it: names, each once, and the places of those who go together.

All that the computations need of a store, in arrays that no library is needed for: they are read when a
graph is opened, also by who computes nothing of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from cls_graph.analysis.asking import columns
from cls_graph.namespaces import CLS
from cls_graph.store.base import Store

SIGNED = f"SELECT ?contract ?organisation WHERE {{ ?contract <{CLS}signatory> ?organisation }}"


@dataclass(frozen=True)
class Signing:
    """``contracts`` and ``organisations`` in the order of their IRIs. ``signing`` and ``signed_by`` hold,
    one by one, the place of a contract and that of one who signs it; some pairs are perhaps there twice."""

    contracts: list[str]
    organisations: list[str]
    signing: array[int]
    signed_by: array[int]

    @classmethod
    def of(cls, signing: Sequence[str], signed_by: Sequence[str]) -> Signing:
        """From contracts and, place by place, one that signs it."""
        (contracts, rows), (organisations, cells) = _placed(signing), _placed(signed_by)
        return cls(contracts, organisations, rows, cells)

    @classmethod
    def read(cls, store: Store, *, infer: bool = False) -> Signing:
        """What a store says. Raises as ``asking.answer``."""
        contracts, organisations = columns(store, SIGNED, infer=infer)
        return cls.of(contracts, organisations)


def _placed(cells: Sequence[str]) -> tuple[list[str], array[int]]:
    """What the cells say, each once and in order, and the place of each row's."""
    # A bracket comes after some letters of IRIs: the order is that of the names.
    names = {cell: cell.strip("<>") for cell in set(cells)}
    order = sorted(names, key=names.__getitem__)
    places = {cell: place for place, cell in enumerate(order)}
    return [names[cell] for cell in order], array("i", [places[cell] for cell in cells])
