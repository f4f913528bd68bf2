"""Measures the steward's loop on a made-up corpus: check, build, publish, each a process of its own.

``python benchmarks/steward.py --contracts 1000``

Seconds are of the clock and of the processor, memory is the peak of the largest process of a step. A run adds
its figures to those that the file already holds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import Generator, write_records
from benchmarks.machine import load, machine

PACKAGES = ("openpyxl", "pyoxigraph", "pyshacl", "pyshifty", "rdflib")
OUT = Path(__file__).parent / "results" / "steward.json"


def step(words: list[str], cache: Path) -> dict[str, Any]:
    """Run the command; its seconds, its peak of memory in MiB and its exit code."""
    begun = time.perf_counter()
    env = {**os.environ, "CLS_CACHE": str(cache)}
    process = subprocess.Popen(
        [sys.executable, "-m", "cls_graph", *words], stdout=subprocess.DEVNULL, env=env
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": round(_kib(used) / 1024),
        "exit_code": process.returncode,
    }


def _kib(used: resource.struct_rusage) -> int:
    return used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss


def run(contracts: int) -> dict[str, Any]:
    """The figures of each step for a corpus of so many contracts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_records(Generator(contracts), folder / "corpus")
        corpus, release = str(folder / "corpus"), str(folder / "release")
        steps = {
            "check": ["check", "--corpus", corpus],
            "build": ["build", "--corpus", corpus, "--out", release],
            "publish": ["publish", "--release", release, "--out", str(folder / "public")],
        }
        return {name: step(words, folder / "cache") for name, words in steps.items()}


def main() -> int:
    """Command line; 0, or 1 where a step did not end well."""
    parser = argparse.ArgumentParser(description="Measure check, build and publish.")
    parser.add_argument("--contracts", type=int, default=100, metavar="N")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    known = json.loads(args.out.read_text(encoding="utf-8")) if args.out.exists() else {"runs": {}}
    figures = {**run(args.contracts), "load": load(), "machine": machine(PACKAGES)}
    known["runs"][str(args.contracts)] = figures
    args.out.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0 if all(figures[name]["exit_code"] == 0 for name in ("check", "build", "publish")) else 1


if __name__ == "__main__":
    sys.exit(main())
