"""Pairs that share something, against their count one by one; words with what CSV quotes."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

import cls_graph
from cls_graph.namespaces import CLS, DCTERMS, ORG, SKOS

pytest.importorskip("polars", reason="the extra analysis is not installed")


def test_pairs_are_those_counted_one_by_one() -> None:
    from cls_graph.analysis.incidence import Incidence, Pairs
    from cls_graph.analysis.signing import Signing

    signed = [(f"c{c}", f"b{b:02}") for c in range(40) for b in Random(c).sample(range(30), 5)]
    signed += signed[:7]  # told twice, counted once
    there = Incidence.of(Signing.of(*([f"<{name}>" for name in side] for side in zip(*signed, strict=True))))

    def counted(pairs: Pairs, names: list[str]) -> Counter[tuple[str, str]]:
        rows = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.common.tolist(), strict=True)
        return Counter({(names[one], names[other]): common for one, other, common in rows})

    by_contract: dict[str, set[str]] = {}
    by_body: dict[str, set[str]] = {}
    for contract, body in signed:
        by_contract.setdefault(contract, set()).add(body)
        by_body.setdefault(body, set()).add(contract)
    bodies_met = Counter(pair for met in by_contract.values() for pair in combinations(sorted(met), 2))
    contracts_met = Counter(pair for met in by_body.values() for pair in combinations(sorted(met), 2))
    assert counted(there.of_organisations(), there.organisations) == bodies_met
    assert counted(there.of_contracts(), there.contracts) == contracts_met


def test_rows_come_in_the_order_of_their_columns_one_after_the_other() -> None:
    import numpy as np

    from cls_graph.analysis.incidence import ordered

    seed, bounds = Random(1), (3, 2**20, 1, 2**33)
    # The large ones differ in their high digits, in their low ones, or not at all.
    drawn = [[seed.choice([0, 1, bound // 2, bound - 1]) for _ in range(200)] for bound in bounds]
    columns = [
        [min(value, bound - 1) for value in column] for column, bound in zip(drawn, bounds, strict=True)
    ]
    found = ordered(*((np.array(column), bound) for column, bound in zip(columns, bounds, strict=True)))
    rows = list(zip(*columns, strict=True))
    assert found.tolist() == sorted(range(200), key=rows.__getitem__)


def test_names_with_commas_quotes_and_ends_of_lines_stay_whole(tmp_path: Path) -> None:
    name = 'Ville de "Saint-Y", dite\r\n« la Haute »'
    kind = "<urn:kind>"
    lines = [f'{kind} <{SKOS}prefLabel> "Commune"@fr .']
    for key, label in (("x", "X"), ("y", name.replace('"', '\\"').replace("\r\n", "\\r\\n"))):
        body = f"<https://example.org/cls/id/organisation/{key}>"
        lines += [
            f"<urn:contract> <{CLS}signatory> {body} .",
            f"{body} <{ORG}classification> {kind} .",
            f'{body} <{SKOS}prefLabel> "{label}"@fr .',
            f'{body} <{DCTERMS}identifier> "{key}" .',
        ]
    file = tmp_path / "two.nt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = cls_graph.open(file).co_signatories("x")
    assert found["label"] == [name]
    assert found["contracts"] == [1]
