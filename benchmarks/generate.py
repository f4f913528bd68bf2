"""Makes a corpus of N made-up contracts, as records or as N-Quads, with faults where one asks for them.

``python benchmarks/generate.py --contracts 1000 --faults no-title=3 --seed 1 --out corpus.nq``

The data have the shape of the project's own because they are made by its own mapping (``cls_graph.records``).
They are written as they are made, territory by territory: memory does not grow with the triples. The same
seed gives the same bytes, and more contracts of one seed begin with the same ones. What must be found is
written beside them (``….expected.json``), and the rows of some ready questions (``….rows.json``).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pyoxigraph import Triple

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.contracts import series
from benchmarks.faults import FAULTS, Batch, Level, one
from benchmarks.places import Entries, Places
from benchmarks.rarities import natural, rows
from benchmarks.world import Country, local_bodies
from cls_graph.records.iris import Iris
from cls_graph.records.model import Record
from cls_graph.records.registry import (
    FrameworkEntry,
    Organisation,
    Person,
    Registry,
    SourceDocument,
)
from cls_graph.records.registry_graph import registry_to_graph
from cls_graph.records.territories import COLUMNS
from cls_graph.records.to_graph import to_graph

BASE = "https://example.org/cls/"
NATURAL = "natural"
"""The kind of what is found without a fault: a made-up place has no page at the national institute of
statistics, few contracts have no agency, and few announce more than they enumerate."""

SIZES = {"10k": 9, "100k": 92, "1M": 910, "10M": 9100}
"""Contracts that give about so many triples (at most a tenth more or less, from 100k on)."""


@dataclass(frozen=True)
class Expected:
    """A result that must be found: of which fault, at which node, by which shape."""

    kind: str
    focus: str
    shape: str
    component: str
    severity: str


@dataclass
class Generator:
    """A corpus in the making. ``faults`` says how many of each kind; ``expected`` fills as it is made.

    ``rows`` fills too: the rows that some ready questions then have, where no fault is asked for.
    ``scale`` makes every contract longer or shorter.

    Raises ``ValueError`` for a kind that there is not.
    """

    contracts: int
    seed: int = 1
    faults: Mapping[str, int] = field(default_factory=dict)
    scale: float = 1.0
    iris: Iris = field(default_factory=lambda: Iris(BASE))
    expected: list[Expected] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.faults) - set(FAULTS))
        if unknown:
            raise ValueError(f"no fault is called {unknown[0]}; there are: {', '.join(sorted(FAULTS))}")

    def batches(self, *, mapped: bool = True) -> Iterator[Batch]:
        """The territories of the country, each with its contracts; ``mapped``: with their triples too.

        Raises ``ValueError`` where the corpus is too small for the faults asked for.
        """
        country, made, rank = Country(self.seed), 0, 0
        waiting = self._waiting()
        self.expected.clear()
        self.rows.clear()
        while made < self.contracts:
            territory = country.territory(rank)
            records = list(series(country, territory, self.scale))[: self.contracts - made]
            made, rank = made + len(records), rank + 1
            self.rows += rows(records)
            batch = Batch(territory, records, list(local_bodies(territory)), self.iris)
            if mapped:
                found = [f for record in records for f in natural(record, self.iris)]
                self.expected += [Expected(NATURAL, *result) for result in found]
            fault = self._inject(batch, waiting, "record")
            if mapped:
                fault = fault or self._inject(batch, waiting, "mapped")
                batch.triples = [to_graph(Record.model_validate(r), self.iris).triples for r in batch.records]
                if not fault:
                    self._inject(batch, waiting, "graph")
            yield batch
        if waiting:
            raise ValueError(f"{self.contracts} contracts are too few: {len(waiting)} faults have no place")

    def _waiting(self) -> list[str]:
        """The faults to inject, kinds in turn."""
        most = max(self.faults.values(), default=0)
        return [kind for turn in range(most) for kind in self.faults if self.faults[kind] > turn]

    def _inject(self, batch: Batch, waiting: list[str], level: Level) -> bool:
        """Give a batch the first fault waiting that suits it, so that each has one at most."""
        for kind in dict.fromkeys(waiting):
            if FAULTS[kind].level != level:
                continue
            found = FAULTS[kind].apply(batch)
            if found:
                waiting.remove(kind)
                self.expected += [Expected(kind, *result) for result in found]
                return True
        return False

    def graphs(self) -> Iterator[tuple[str, list[Triple]]]:
        """Named graphs with their triples: one a contract, then the registry in parts."""
        places = Places()
        for batch in self.batches():
            places.note(batch)
            for record, triples in zip(batch.records, batch.triples, strict=True):
                yield self.iris.graph(f"contract/{record['contract']['key']}"), triples
            yield self.iris.graph("registry"), self._registered(places.local(batch))
        yield self.iris.graph("registry"), self._registered(places.shared())

    def _registered(self, entries: Entries) -> list[Triple]:
        for row in entries.territory:
            node = self.iris.thing("territory", row.key)
            natural = one(node, "Territory-inseeLink", "QualifiedMinCount", "Info")
            self.expected += [Expected(NATURAL, *result) for result in natural]
        registry = Registry()
        for kind, model in (
            ("organisation", Organisation),
            ("framework", FrameworkEntry),
            ("document", SourceDocument),
            ("person", Person),
        ):
            for entry in getattr(entries, kind):
                registry.known(kind)[entry["key"]] = model.model_validate(entry)
                registry.paths[kind, entry["key"]] = ()
        registry.territories = {row.key: row for row in entries.territory}
        return registry_to_graph(registry, self.iris).triples


# --- writing


def write_nquads(generator: Generator, out: Path) -> int:
    """Write the corpus as N-Quads, one statement a line; the number of lines.

    The file appears when it is whole.
    """
    part, lines = out.with_name(out.name + ".part"), 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for name, triples in generator.graphs():
                statements = dict.fromkeys(f"{t} <{name}> .\n" for t in triples)
                file.writelines(statements)
                lines += len(statements)
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return lines


DATASET = {
    "title": {"fr": "Corpus fictif", "en": "Made-up corpus"},
    "description": {
        "fr": "Contrats inventés pour les mesures.",
        "en": "Contracts made up to measure with.",
    },
    "publisher": "personne",
    "version": "0.0.0",
    "date": "2025-01-01",
    "licence": "https://example.org/licence",
    "base_iri": BASE,
}


def write_records(generator: Generator, out: Path) -> int:
    """Write the corpus as a folder with ``data/``; the number of records.

    Raises ``ValueError`` for a fault that no record can express, and where the folder is not empty.
    """
    graph_faults = sorted(kind for kind in generator.faults if FAULTS[kind].level != "record")
    if graph_faults:
        raise ValueError(f"{graph_faults[0]} cannot be written in a record: give --out FILE.nq")
    if out.exists() and any(out.iterdir()):
        raise ValueError(f"{out} is not empty")
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    contracts = part / "data" / "contracts"
    contracts.mkdir(parents=True)
    try:
        number = _write_folder(generator, part / "data", contracts)
        if out.exists():
            out.rmdir()
        os.replace(part, out)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return number


def _write_folder(generator: Generator, data: Path, contracts: Path) -> int:
    places, number, rows = Places(), 0, []
    plurals = {kind: f"{kind}s" for kind in ("organisation", "framework", "document", "person")}
    files = {kind: (data / f"{plural}.yaml").open("w", encoding="utf-8") for kind, plural in plurals.items()}

    def register(entries: Entries) -> None:
        for kind, file in files.items():
            if getattr(entries, kind):
                file.write(("" if file.tell() else f"{plurals[kind]}:\n") + _yaml(getattr(entries, kind)))
        rows.extend(entries.territory)

    for batch in generator.batches(mapped=False):
        places.note(batch)
        register(places.local(batch))
        for record in batch.records:
            path = contracts / f"{record['contract']['key']}.yaml"
            path.write_text(_yaml(record), encoding="utf-8")
            number += 1
    register(places.shared())
    for kind, file in files.items():
        file.write("" if file.tell() else f"{plurals[kind]}: []\n")
        file.close()
    (data / "dataset.yaml").write_text(_yaml(DATASET), encoding="utf-8")
    cells = [",".join(getattr(row, column) for column in COLUMNS) for row in rows]
    (data / "territories.csv").write_text("\n".join([",".join(COLUMNS), *cells, ""]), encoding="utf-8")
    return number


def _yaml(content: Any) -> str:
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(content, Dumper=dumper, allow_unicode=True, sort_keys=False, width=200))


def write_expected(generator: Generator, path: Path) -> None:
    """Write what must be found, as a JSON list."""
    found = [vars(expected) for expected in generator.expected]
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_rows(generator: Generator, path: Path) -> None:
    """Write the rows that ready questions have, by their name."""
    path.write_text(json.dumps(generator.rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def parse_faults(words: Iterable[str]) -> dict[str, int]:
    """``["no-title=2", "all=1"]`` as numbers by kind. Raises ``ValueError`` for another form."""
    faults: dict[str, int] = {}
    for word in words:
        kind, _, number = word.partition("=")
        if not number.isdigit():
            raise ValueError(f"'{word}': write KIND=n, for example no-title=2")
        faults |= dict.fromkeys(FAULTS if kind == "all" else [kind], int(number))
    return faults


def main(argv: list[str] | None = None) -> int:
    """Command line; 0, or 2 where what is asked cannot be made."""
    parser = argparse.ArgumentParser(description="Make a corpus of made-up contracts.")
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--contracts", type=int, metavar="N", help="number of contracts")
    size.add_argument("--size", choices=SIZES, help="about so many triples")
    kinds = f"how many of a kind of fault (or of all): {', '.join(FAULTS)}"
    parser.add_argument("--faults", nargs="+", action="extend", default=[], metavar="KIND=n", help=kinds)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR|FILE.nq")
    args = parser.parse_args(argv)
    contracts = args.contracts if args.size is None else SIZES[args.size]
    if contracts < 1:
        parser.error("--contracts must be at least 1")
    write: Callable[[Generator, Path], int] = write_nquads if args.out.suffix == ".nq" else write_records
    try:
        generator = Generator(contracts, args.seed, parse_faults(args.faults))
        number = write(generator, args.out)
    except (ValueError, OSError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 2
    if generator.expected:
        write_expected(generator, args.out.with_name(f"{args.out.name}.expected.json"))
    write_rows(generator, args.out.with_name(f"{args.out.name}.rows.json"))
    injected = sum(e.kind != NATURAL for e in generator.expected)
    what = "quads" if write is write_nquads else "records"
    print(f"{args.out}: {contracts} contracts, {number} {what}, {injected} results of faults")
    return 0


if __name__ == "__main__":
    sys.exit(main())
