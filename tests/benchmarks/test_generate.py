"""Made-up corpora: same seed, same bytes; the shape of the project’s own data; faults as announced."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from benchmarks.faults import FAULTS
from benchmarks.generate import NATURAL, SIZES, Generator, main, write_nquads, write_records
from benchmarks.world import luhn
from cls_graph.checking import form
from cls_graph.checking.references import References
from cls_graph.corpus import Corpus
from cls_graph.graphs import data_graphs

RECORD_FAULTS = {kind: 1 for kind, fault in FAULTS.items() if fault.level == "record"}


def nquads(path: Path, generator: Generator) -> set[str]:
    write_nquads(generator, path)
    return set(path.read_text(encoding="utf-8").splitlines())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_corpus(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.nq" for n in range(3)]
    for path, seed in zip(paths, (5, 5, 6), strict=True):
        write_nquads(Generator(12, seed, {"no-title": 2}), path)
    first, second, third = (path.read_bytes() for path in paths)
    assert first == second
    assert first != third


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    small = [name for name, _ in Generator(8).graphs() if "/contract/" in name]
    large = [name for name, _ in Generator(40).graphs() if "/contract/" in name]
    assert len(small) == 8
    assert large[:8] == small


@pytest.mark.slow
def test_records_and_quads_are_the_same_corpus(tmp_path: Path) -> None:
    quads = nquads(tmp_path / "corpus.nq", Generator(40, 3, RECORD_FAULTS))
    write_records(Generator(40, 3, RECORD_FAULTS), tmp_path / "corpus")
    corpus = Corpus.open(tmp_path / "corpus")
    read = {f"{quad} ." for quad in data_graphs(corpus).stated}
    assert corpus.findings == []
    assert read == quads


def test_the_records_pass_every_check_that_is_not_a_shape(tmp_path: Path) -> None:
    write_records(Generator(30), tmp_path / "corpus")
    corpus = Corpus.open(tmp_path / "corpus")
    references = References(corpus)
    found = [f for read in corpus.records for f in (*form.check_form(read), *references.record(read))]
    # Made-up records have been reviewed by nobody.
    assert [f for f in found if f.rule != "not-reviewed"] == []
    assert list(references.registry()) == []
    assert corpus.findings == []


@pytest.mark.slow
@pytest.mark.parametrize("size", ["10k", "100k"])
def test_sizes_are_what_they_say(size: str, tmp_path: Path) -> None:
    wanted = int(size.removesuffix("k")) * 1000
    assert write_nquads(Generator(SIZES[size]), tmp_path / "c.nq") == pytest.approx(wanted, rel=0.1)


@pytest.mark.slow
def test_bodies_and_contracts_are_skewed() -> None:
    sizes = sorted(len(triples) for name, triples in Generator(120).graphs() if "/contract/" in name)
    assert sizes[-1] > 2 * sizes[len(sizes) // 2], "a few contracts are long"
    named: dict[str, int] = {}
    series = [batch.records for batch in Generator(120).batches(mapped=False)]
    for record in (record for records in series for record in records):
        for engagement in (e for e in record["engagements"] if "party" in e):
            named[engagement["party"]] = named.get(engagement["party"], 0) + 1
    counts = sorted(named.values())
    assert counts[-1] > 10 * counts[len(counts) // 2], "a few bodies are everywhere"
    assert {len(records) for records in series} == {1, 2, 3}, "some territories are at their third contract"


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path: Path) -> None:
    peaks = []
    for contracts in (15, 75):
        tracemalloc.start()
        write_nquads(Generator(contracts), tmp_path / "c.nq")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2.5 * peaks[0]


@pytest.mark.slow
def test_each_kind_of_fault_changes_the_corpus_and_says_what_must_be_found(tmp_path: Path) -> None:
    clean = nquads(tmp_path / "clean.nq", Generator(12, scale=0.4))
    for kind in FAULTS:
        generator = Generator(12, faults={kind: 1}, scale=0.4)
        assert nquads(tmp_path / "faulty.nq", generator) != clean, kind
        injected = [e for e in generator.expected if e.kind != NATURAL]
        assert {e.kind for e in injected} == {kind}
        assert injected[0].focus.startswith("https://example.org/"), kind


def test_the_command_writes_the_corpus_and_what_must_be_found(tmp_path: Path) -> None:
    out = tmp_path / "corpus.nq"
    assert main(["--contracts", "5", "--faults", "no-title=1", "--out", str(out)]) == 0
    expected = json.loads(Path(f"{out}.expected.json").read_text(encoding="utf-8"))
    assert [e["severity"].rpartition("#")[2] for e in expected if e["kind"] == "no-title"] == ["Violation"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--contracts", "5", "--faults", "no-such=1"], "no-such"),
        (["--contracts", "5", "--faults", "no-title"], "KIND=n"),
        (["--contracts", "2", "--faults", "no-title=9"], "too few"),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_left(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--out", str(tmp_path / "c.nq")]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_fault_that_no_record_can_hold_is_refused_for_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--contracts", "5", "--faults", "two-keys=1", "--out", str(tmp_path / "corpus")]) == 2
    assert "two-keys" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_check_digits() -> None:
    assert luhn("00000001") == "000000018"
    assert luhn("21260362") == "212603625"
