"""A build, lap by lap: seconds, processor seconds (of its workers too) and the memory reached by each."""

from __future__ import annotations

import importlib
import resource
import time
from pathlib import Path
from typing import Any

from benchmarks.places import with_populations
from cls_graph.checking.crew import cores
from cls_graph.corpus import Corpus
from cls_graph.entailment import loading
from cls_graph.errors import Text
from cls_graph.release.build import build as _build

LAPS = {
    "Form and references": "form and references",
    "SHACL validation": "shapes",
    "Looking for contradictions": "contradictions",
    "Composing graphs": "composing, with entailment",
    "Writing": "writing",
}
"""What is said when each lap begins, and its name."""


class Clock:
    """Laps of this process and of the processes that it has waited for."""

    def __init__(self) -> None:
        self.laps: dict[str, dict[str, float]] = {}
        self._name = ""
        self._begun, self._used = time.perf_counter(), self._processor()

    def lap(self, name: str) -> None:
        """End the lap that runs, where it has another name, and begin this one."""
        if name == self._name:
            return
        now, used = time.perf_counter(), self._processor()
        if self._name:
            self.laps[self._name] = {
                "seconds": round(now - self._begun, 1),
                "processor_seconds": round(used - self._used, 1),
                "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            }
        self._name, self._begun, self._used = name, now, used

    @staticmethod
    def _processor() -> float:
        each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in each)


def build(folder: Path, release: Path, engine: str = "auto") -> dict[str, Any]:
    """Build a release with the engine of ``check`` and all cores."""
    clock, entailing = Clock(), Clock()

    def told(step: Text, done: int = 0, total: int = 0, /) -> None:
        clock.lap(next((name for said, name in LAPS.items() if step["en"].startswith(said)), "other"))

    def entail(*given: Any) -> Any:
        entailing.lap("entailment")
        found = loading.entail(*given)
        entailing.lap("")
        return found

    # The package has a function of the name of the module.
    setattr(importlib.import_module("cls_graph.release.compose"), "entail", entail)  # noqa: B010
    clock.lap("reading")
    corpus = Corpus.open(folder)
    records = len(corpus.records)
    with with_populations(corpus.registry):
        manifest, checked = _build(corpus, release, engine=engine, workers=cores(), progress=told)
    clock.lap("")
    return {
        "laps": clock.laps | entailing.laps,
        "records": records,
        "engine": checked.engine,
        "workers": cores(),
        "findings": len(checked.findings),
        "quads": manifest["counts"]["quads"],
        "inferred": manifest["counts"]["inferred"],
        "release_mib": round(sum(f.stat().st_size for f in release.rglob("*") if f.is_file()) / 2**20),
    }
