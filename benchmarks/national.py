"""The whole loop at national scale: ``python benchmarks/national.py --work DIR``.

For 150, 500 and 1,500 made-up contracts: records, build (reading, checks, entailment, writing), serving,
pages, all ready questions, publishing. Ten million triples served, and two million in the Oxigraph server and
in Virtuoso. It takes hours: each step writes its figures to ``DIR/figures`` as it ends, and is
not run again while they are there. The report is put together from them, also before all are there.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import external, laps, serving
from benchmarks.generate import Generator, write_records
from benchmarks.machine import load, machine

PACKAGES = ("openpyxl", "oxigraph", "pyoxigraph", "pyshacl", "pyshifty", "rdflib", "uvicorn")
OUT = Path(__file__).parent / "results" / "national.json"
SIZES = (150, 500, 1500)
LARGE = 10_000_000
NATIONAL = 2_000_000
"""Triples of 1,500 contracts, about."""
Figures = dict[str, Any]


def command(words: list[str], **settings: str) -> Figures:
    """Run a command of the product; seconds, processor seconds, peak of its largest process in MiB."""
    return process([sys.executable, "-m", "cls_graph", *words], **settings)


def process(words: list[str], **settings: str) -> Figures:
    """The same for any program; what it writes last, as JSON, is among the figures."""
    begun = time.perf_counter()
    run = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, **settings}, text=True)
    assert run.stdout is not None
    said = run.stdout.read().strip().splitlines()
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    figures: Figures = {
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": round(used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)),
        "exit_code": run.returncode,
    }
    if said and said[-1].startswith('{"'):
        figures |= json.loads(said[-1])
    return figures


class Run:
    """The steps of one run, in a folder that keeps what each found."""

    def __init__(self, work: Path) -> None:
        self.work = work
        (work / "figures").mkdir(parents=True, exist_ok=True)

    def step(self, name: str, measure: Callable[[], Figures]) -> None:
        """Do a step, unless its figures are there. A step that fails is said, and tried again next time."""
        file = self.work / "figures" / f"{name}.json"
        if file.exists():
            return
        print(f"{time.strftime('%H:%M:%S')} {name}", file=sys.stderr, flush=True)
        before = load()
        try:
            figures = measure()
        except Exception as error:
            print(f"{name}: {error!r}", file=sys.stderr, flush=True)
            return
        part = file.with_suffix(".part")
        part.write_text(json.dumps(figures | {"load": [before, load()]}, indent=1))
        part.replace(file)

    def contracts(self, size: int) -> None:
        """The loop for so many contracts, as far as a release that answers; it stays for later steps."""
        folder = self.work / str(size)
        folder.mkdir(exist_ok=True)
        corpus, release = folder / "corpus", folder / "release"
        here = [sys.executable, str(Path(__file__).resolve())]

        def built() -> Figures:
            shutil.rmtree(release, ignore_errors=True)
            return process([*here, "--lap", str(corpus), str(release)])

        self.step(f"{size}.records", lambda: _records(size, corpus))
        self.step(f"{size}.build", built)
        self.step(f"{size}.serve", lambda: serving.measure(release))

    def published(self, size: int) -> None:
        """The last of the loop: a static publication of the release, cleared away once it is measured."""
        release, public = (self.work / str(size) / name for name in ("release", "public"))

        def publish() -> Figures:
            figures = command(["publish", "--release", str(release), "--out", str(public), "--json"])
            files = [path for path in public.rglob("*") if path.is_file()]
            figures |= {"files": len(files), "mib": round(sum(f.stat().st_size for f in files) / 2**20)}
            shutil.rmtree(public)
            return figures

        self.step(f"{size}.publish", publish)

    def beyond(self, release: Path, large: int, stores: Sequence[str]) -> None:
        """What does not need contracts of their own: a release repeated, served from here and from stores."""
        for quads in {large, NATIONAL if stores else 0} - {0}:
            many = self.work / f"repeated-{quads}"
            self.step(f"{quads}.repeat", lambda: serving.repeated(release, many, quads))  # noqa: B023
        if large:
            self.step(f"{large}.large", lambda: serving.large(self.work / f"repeated-{large}"))
        for name in stores:
            national = self.work / f"repeated-{NATIONAL}"
            self.step(f"{name}.external", lambda: external.measure(name, national, self.work))  # noqa: B023
        if stores:
            self.step(f"{NATIONAL}.large", lambda: serving.large(self.work / f"repeated-{NATIONAL}"))

    def report(self, out: Path) -> None:
        """Put together what there is."""
        parts = {f.stem: json.loads(f.read_text()) for f in sorted((self.work / "figures").glob("*.json"))}
        found: Figures = {"machine": machine(PACKAGES), "steps": {}}
        for name, figures in parts.items():
            size, _, step = name.partition(".")
            found["steps"].setdefault(step, {})[size] = figures
        found["growth"] = growth(found["steps"])
        out.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _records(size: int, corpus: Path) -> Figures:
    shutil.rmtree(corpus, ignore_errors=True)
    begun, used = time.perf_counter(), time.process_time()
    write_records(Generator(size), corpus)
    return {
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(time.process_time() - used, 1),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "mib": round(sum(f.stat().st_size for f in corpus.rglob("*") if f.is_file()) / 2**20),
    }


def growth(steps: dict[str, dict[str, Figures]]) -> dict[str, dict[str, float]]:
    """By step, how many times the processor seconds and memory of the size before."""
    found: dict[str, dict[str, float]] = {}
    for step, by_size in steps.items():
        sizes = sorted((int(size) for size in by_size if size.isdigit()), key=int)
        for small, large in itertools.pairwise(sizes):
            one, two = by_size[str(small)], by_size[str(large)]
            for figure in ("processor_seconds", "peak_mib", "ready_processor_seconds", "memory_mib"):
                if one.get(figure) and two.get(figure) is not None:
                    row = found.setdefault(f"{small} to {large} (x{large / small:.1f})", {})
                    row[f"{step} {figure}"] = round(two[figure] / one[figure], 2)
    return found


def main() -> int:
    """Command line; 0, or 1 where a step is missing from the report."""
    parser = argparse.ArgumentParser(description="Measure the whole loop at national scale.")
    parser.add_argument("--work", type=Path, help="folder to work in, kept: a run goes on where it was")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="N", help="contracts")
    parser.add_argument("--large", type=int, default=LARGE, metavar="N", help="triples to serve; 0: none")
    parser.add_argument("--stores", nargs="*", default=list(external.STORES), help="external stores")
    parser.add_argument("--no-publish", dest="publish", action="store_false", help="leave publishing out")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--lap", nargs=2, type=Path, metavar=("CORPUS", "RELEASE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.lap:
        print(json.dumps(laps.build(*args.lap)))
        return 0
    if args.work is None:
        parser.error("--work DIR is needed")
    run = Run(args.work)
    for size in args.sizes:
        run.contracts(size)
        run.report(args.out)
    release = args.work / str(min(args.sizes, default=0)) / "release"
    if release.exists():
        run.beyond(release, args.large, args.stores)
    for size in args.sizes if args.publish else ():
        run.published(size)
    run.report(args.out)
    steps = (3 + args.publish) * len(args.sizes) + 2 * bool(args.large) + 2 * bool(args.stores)
    steps += len(args.stores)
    return 0 if len(list((args.work / "figures").glob("*.json"))) >= steps else 1


if __name__ == "__main__":
    sys.exit(main())
