"""What is computed over rows, against the plainest way to the same; every question on a larger corpus."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import networkx
import pyoxigraph as ox
import pytest

from benchmarks.generate import Generator, write_records
from benchmarks.places import population, with_populations
from cls_graph import queries
from cls_graph.computing import COMPUTATIONS
from cls_graph.computing.betweenness import betweenness
from cls_graph.corpus import Corpus
from cls_graph.queries import Parameter, library
from cls_graph.queries.choices import choices_in
from cls_graph.release import compose
from cls_graph.store import EmbeddedStore


def texts(rows: Sequence[Sequence[Any]]) -> list[tuple[str, ...]]:
    return [tuple("" if cell is None else cell.value for cell in row) for row in rows]


@pytest.mark.parametrize("minimum", [1, 3])
def test_similarity_is_the_jaccard_index_of_every_pair(minimum: int) -> None:
    rand = random.Random(1)
    signed = {f"c{n:02}": rand.sample(range(30), rand.randint(1, 12)) for n in range(40)}
    rows = [
        [
            ox.Literal(key),
            ox.Literal(key.upper()),
            ox.NamedNode(f"https://example.org/{party}"),
            ox.Literal(minimum),
        ]
        for key, parties in signed.items()
        for party in parties
    ]
    rand.shuffle(rows)
    expected = []
    for one in signed:
        for other in signed:
            common, either = set(signed[one]) & set(signed[other]), set(signed[one]) | set(signed[other])
            if one < other and len(common) >= minimum:
                share = int(Fraction(100 * len(common), len(either)) + Fraction(1, 2))
                expected.append((one, one.upper(), other, other.upper(), str(len(common)), str(share)))
    expected.sort(key=lambda row: (-int(row[5]), -int(row[4]), row[0], row[2]))
    assert texts(COMPUTATIONS["similarity"].run(rows)) == expected
    assert COMPUTATIONS["similarity"].run([]) == []


def missing(
    contracts: dict[str, tuple[str, int, str]], minimum: int = 1, wanted: str = ""
) -> list[tuple[str, ...]]:
    """Key, determinant, neighbours and similar; contracts as places, population, determinants."""
    rows = [
        [
            ox.Literal(key),
            ox.Literal("t"),
            ox.NamedNode(f"p:{place}") if place else None,
            ox.NamedNode(f"d:{determinant}"),
            ox.Literal(determinant),
            ox.Literal(population) if population else None,
            ox.Literal(minimum),
            ox.Literal(wanted) if wanted else None,
        ]
        for key, (places, population, determinants) in contracts.items()
        for place in places or [""]
        for determinant in determinants
    ]
    return [(row[0], row[3], *row[4:]) for row in texts(COMPUTATIONS["missing"].run(rows))]


def test_comparable_contracts_are_neighbours_or_of_half_to_twice_the_population() -> None:
    contracts = {
        "a": ("1", 1001, "x"),
        "b": ("1", 0, "y"),
        "c": ("2", 500, "z"),
        "d": ("2", 501, "z"),
        "e": ("3", 2002, "z"),
        "f": ("3", 2003, "z"),
        "g": ("12", 90, "w"),
    }
    rows = missing(contracts, wanted="a")
    assert rows == [("a", "w", "1", "0"), ("a", "y", "1", "0"), ("a", "z", "0", "2")]
    assert missing(contracts, minimum=2, wanted="a") == [("a", "z", "0", "2")]
    # A contract in two départements has the neighbours of both; one without a known population has no likes.
    assert ("g", "z", "2", "0") in missing(contracts)
    assert missing(contracts, wanted="b") == [("b", "w", "1", ""), ("b", "x", "1", "")]


def test_two_sources_that_disagree_on_a_period_are_a_row(tiny: Any, cli: Callable[..., Any]) -> None:
    tiny.edit(
        "  review: {state: reviewed",
        '  alternative_periods:\n    - {id: "01", begin: 2025, end: 2029, note: "Un autre passage.", '
        'evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]}\n'
        "  review: {state: reviewed",
    )
    run = cli("query", "period-conflicts", "--corpus", tiny.root, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["key"], row["begin"], row["end"]) == ("01999-2", "2025", "2027")
    assert (row["otherBegin"], row["otherEnd"], row["note"]) == ("2025", "2029", "Un autre passage.")


@dataclass(frozen=True)
class MadeUp:
    """A made-up corpus, its release in a store, and the rows that it was made to give."""

    corpus: Corpus
    store: EmbeddedStore
    rows: Counter[str]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> MadeUp:
    folder = tmp_path_factory.mktemp("made-up") / "corpus"
    generator = Generator(40, scale=0.4)
    write_records(generator, folder)
    corpus = Corpus.open(folder)
    with with_populations(corpus.registry):
        return MadeUp(corpus, EmbeddedStore.from_quads(compose(corpus)), generator.rows)


@pytest.mark.slow
def test_every_question_has_rows_on_a_made_up_corpus(made_up: MadeUp) -> None:
    choices = choices_in(made_up.store, "fr")

    def given(parameter: Parameter, rank: int) -> str | None:
        known = [choice.value for choice in choices(parameter) or ()]
        if parameter.default is None or not known or parameter.default in known:
            return parameter.default
        return known[rank % len(known)]

    def answers(name: str) -> bool:
        for rank in range(10):
            values = {p.name: given(p, rank) for p in library()[name].parameters}
            if queries.run(name, made_up.store, **values).rows:
                return True
        return False

    assert [name for name in library() if not answers(name)] == []


@pytest.mark.slow
def test_questions_have_the_rows_that_a_corpus_was_made_to_give(made_up: MadeUp) -> None:
    assert len(made_up.rows) >= 9
    assert all(made_up.rows.values()), made_up.rows
    found = {name: len(queries.run(name, made_up.store).rows) for name in made_up.rows}
    assert found == made_up.rows


@pytest.mark.slow
def test_the_communes_covered_are_those_that_were_made(made_up: MadeUp) -> None:
    covered: dict[str, set[str]] = {}
    for read in made_up.corpus.records:
        assert read.value is not None
        contract = read.value.contract
        keys = contract.communes.list if contract.communes else [fact.value for fact in contract.territory]
        for code in (key.removeprefix("commune/") for key in keys if key.startswith("commune/")):
            covered.setdefault(f"departement/{code[:2]}", set()).add(code)
    expected = {(key, str(sum(map(population, codes))), str(len(codes))) for key, codes in covered.items()}
    found = {
        (row[0].value.split("/id/territory/")[1], row[2].value, row[3].value)
        for row in queries.run("coverage", made_up.store).rows
    }
    assert found == expected


def ladder(steps: int) -> list[tuple[str, str]]:
    """Bodies in steps of two, each in a contract with both of the next step: ways double at each step."""
    return [
        (body, f"{one}{step}-{other}{step + 1}")
        for step in range(steps)
        for one in "ab"
        for other in "ab"
        for body in (f"{one}{step}", f"{other}{step + 1}")
    ]


def some_pairs(seed: int) -> list[tuple[str, str]]:
    rand = random.Random(seed)
    return [(f"b{rand.randint(0, 60)}", f"c{rand.randint(0, 25)}") for _ in range(110)]


@pytest.mark.parametrize("pairs", [ladder(5), ladder(70), some_pairs(1), some_pairs(2)])
def test_betweenness_is_that_of_the_network_however_many_shortest_ways(pairs: list[tuple[str, str]]) -> None:
    # After 70 steps there are more than 2 to the 64 shortest ways.
    inside: dict[str, set[str]] = {}
    for body, contract in pairs:
        inside.setdefault(contract, set()).add(body)
    graph = networkx.Graph()
    graph.add_nodes_from(body for body, _ in pairs)
    graph.add_edges_from(pair for bodies in inside.values() for pair in combinations(sorted(bodies), 2))
    found = {body: share for body, (_, _, share) in betweenness(pairs).items()}
    assert found == pytest.approx(networkx.betweenness_centrality(graph), abs=1e-12)
