"""Measures the steward's loop on a made-up corpus: check, build, publish, each a process of its own.

``python benchmarks/steward.py --contracts 1000``

Seconds are of the clock and of the processor, memory is the peak of the largest process of a step; ``told``
is what the bar on the terminal said. A run adds its figures to those that the file already holds.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pty
import re
import resource
import subprocess
import sys
import tempfile
import threading
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
    """Run the command at a terminal: its seconds, its peak of memory in MiB, its exit code, what it told."""
    begun = time.perf_counter()
    env = {**os.environ, "CLS_CACHE": str(cache), "CLS_LANG": "en", "COLUMNS": "200"}
    shown, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cls_graph", *words], stdout=subprocess.DEVNULL, stderr=its, env=env
    )
    os.close(its)
    told: list[str] = []
    reader = threading.Thread(target=_listen, args=(shown, told))
    reader.start()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    reader.join()
    return {
        "seconds": round(time.perf_counter() - begun, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_mib": round(_kib(used) / 1024),
        "exit_code": process.returncode,
        "told": _steps(told),
    }


def _listen(terminal: int, told: list[str]) -> None:
    """What is written to a terminal, until nobody has it open any more."""
    found = b""
    with contextlib.suppress(OSError):
        while block := os.read(terminal, 1 << 16):
            found += block
    os.close(terminal)
    told += found.decode(errors="replace").split("\r\x1b[K")


def _steps(told: list[str]) -> list[str]:
    """The last line of each step, where it tells how many parts it has, else its name."""
    found: dict[str, str] = {}
    for line in told:
        if match := re.match(r"… (.*?) (?:\[[#-]*\] (\d+/\d+), |\()", line):
            found[match[1]] = f"{match[1]} {match[2]}" if match[2] else match[1]
    return list(found.values())


def _kib(used: resource.struct_rusage) -> int:
    return used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss


def run(contracts: int, engine: str) -> dict[str, Any]:
    """The figures of each step for a corpus of so many contracts."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_records(Generator(contracts), folder / "corpus")
        corpus, release = str(folder / "corpus"), str(folder / "release")
        steps = {
            "check": ["check", "--corpus", corpus, "--engine", engine],
            "build": ["build", "--corpus", corpus, "--out", release, "--engine", engine],
            "publish": ["publish", "--release", release, "--out", str(folder / "public")],
        }
        return {name: step(words, folder / "cache") for name, words in steps.items()}


def main() -> int:
    """Command line; 0, or 1 where a step did not end well."""
    parser = argparse.ArgumentParser(description="Measure check, build and publish.")
    parser.add_argument("--contracts", type=int, default=100, metavar="N")
    parser.add_argument("--engine", default="pyshifty", help="engine of the shapes, for check and build")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    known = json.loads(args.out.read_text(encoding="utf-8")) if args.out.exists() else {"runs": {}}
    figures = {
        **run(args.contracts, args.engine),
        "engine": args.engine,
        "load": load(),
        "machine": machine(PACKAGES),
    }
    known["runs"][str(args.contracts)] = figures
    args.out.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))
    return 0 if all(figures[name]["exit_code"] == 0 for name in ("check", "build", "publish")) else 1


if __name__ == "__main__":
    sys.exit(main())
