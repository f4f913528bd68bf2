"""Who signs with whom, and contracts that are alike, as columns worked out from the incidence."""

from __future__ import annotations

from collections.abc import Sequence

from cls_graph.analysis.extras import need
from cls_graph.analysis.incidence import Incidence, ordered, ranks
from cls_graph.analysis.values import Column


def beside(there: Incidence, iri: str, heads: dict[str, list[str | None]]) -> list[Column]:
    """Who signs with one organisation: those with most contracts in common first, then by name.

    ``heads``: the ``label`` and ``kind`` of each organisation of the incidence, in its order.
    """
    others, common = there.beside(iri)
    rank, many = ranks([label or "" for label in heads["label"]]), len(there.organisations)
    order = ordered((common.max(initial=0) - common, many), (rank[others], many), (others, many))
    others, common = others[order], common[order]
    return [
        Column("organisation", "thing", there.organisations, others),
        Column("label", "text", heads["label"], others, names="organisation"),
        Column("kind", "text", heads["kind"], others),
        Column("contracts", "integer", common),
    ]


def pairs(there: Incidence, labels: Sequence[str | None]) -> list[Column]:
    """All pairs of co-signatories: those with most in common first, then by IRI."""
    met, many = there.of_organisations(), len(there.organisations)
    most = int(met.common.max(initial=0))
    order = ordered((most - met.common, most + 1), (met.one, many), (met.other, many))
    one, other = met.one[order], met.other[order]
    return [
        Column("organisation", "thing", there.organisations, one),
        Column("label", "text", labels, one, names="organisation"),
        Column("other", "thing", there.organisations, other),
        Column("otherLabel", "text", labels, other, names="other"),
        Column("contracts", "integer", met.common[order]),
    ]


def similar(
    there: Incidence, keys: list[str | None], titles: Sequence[str | None], minimum: int
) -> list[Column]:
    """Pairs of contracts with ``minimum`` shared signatories or more, the most alike first, then by key."""
    np = need("numpy")
    met, size = there.of_contracts(), there.signatories()
    kept = met.common >= minimum
    one, other, common = met.one[kept], met.other[kept], met.common[kept].astype(np.int64)
    either = size[one] + size[other] - common
    # In whole numbers: half of a per cent is rounded up, as by the query.
    percent = (200 * common + either) // (2 * either)
    rank, many, most = ranks([key or "" for key in keys]), len(there.contracts), int(size.max(initial=0))
    order = ordered((100 - percent, 101), (most - common, most + 1), (rank[one], many), (rank[other], many))
    one, other, common, either = one[order], other[order], common[order], either[order]
    return [
        Column("key", "text", keys, one),
        Column("title", "text", titles, one, names="key"),
        Column("otherKey", "text", keys, other),
        Column("otherTitle", "text", titles, other, names="otherKey"),
        Column("common", "integer", common),
        Column("similarity", "integer", percent[order]),
        Column("jaccard", "double", common / either),
    ]
