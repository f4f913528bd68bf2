"""Holding a dataset against the shapes before a write to it counts, in a process of its own.

``python -m cls_graph.service.strict PARENT DUMP BASE CORPUS`` prints the violations as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cls_graph.errors import QueryTimeout, ServiceError, ShapesBroken
from cls_graph.service import sandbox

_SHOWN = 100
_NOT_DATA = ("ontology", "vocab", "shapes", "rules")
"""Graphs that the corpus has itself; what is entailed is not stated either."""


class StrictCheck:
    """The shapes of a corpus (the bundled one for ``None``), held against dumps of data under ``base``."""

    def __init__(self, corpus: Path | None, base: str, seconds: float) -> None:
        self._corpus = corpus
        self._base = base
        self._seconds = seconds

    async def __call__(self, dump: Path) -> None:
        """Raise ``ShapesBroken`` with the findings, or ``QueryTimeout`` when it takes too long."""
        words = [sys.executable, "-P", "-m", "cls_graph.service.strict", str(os.getpid()), str(dump)]
        modules = os.pathsep.join(entry or os.getcwd() for entry in sys.path)
        process = await asyncio.create_subprocess_exec(
            *words,
            self._base,
            str(self._corpus or ""),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": modules, "CLS_WRITE_TOKEN": ""},
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self._seconds):
                out, _ = await process.communicate()
        except TimeoutError:
            raise QueryTimeout(
                f"Le contrôle des formes a été arrêté après {self._seconds:g} s ; rien n'a changé.",
                f"The check against the shapes was stopped after {self._seconds:g} s; nothing has changed.",
                seconds=self._seconds,
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0:
            raise ServiceError(
                "Le contrôle des formes a échoué ; rien n'a changé.",
                "The check against the shapes failed; nothing has changed.",
            )
        findings = json.loads(out)
        if findings:
            raise ShapesBroken(
                f"{len(findings)} point(s) contraire(s) aux formes ; rien n'a changé.",
                f"{len(findings)} finding(s) against the shapes; nothing has changed.",
                findings=findings[:_SHOWN],
            )


def violations(dump: Path, base: str, corpus_dir: Path | None) -> Iterator[dict[str, Any]]:
    """The violations of a dataset (N-Quads) under ``base``, each with its sentences in both languages."""
    from cls_graph.checking.shacl import validate
    from cls_graph.corpus import Corpus
    from cls_graph.graphs import Graphs
    from cls_graph.records.iris import Iris

    iris = Iris(base)
    known, inferred = {iris.graph(name) for name in _NOT_DATA}, iris.graph("inferred/")

    def is_data(quad: ox.Quad) -> bool:
        name = getattr(quad.graph_name, "value", "")
        return name not in known and not name.startswith(inferred)

    quads = filter(is_data, ox.parse(path=dump, format=ox.RdfFormat.N_QUADS))
    graphs = Graphs(Corpus.open(corpus_dir), list(quads))
    for finding in sorted(validate(graphs), key=lambda finding: finding.sort_key):
        if finding.severity == "violation":
            yield {
                "rule": finding.rule,
                "subject": finding.subject,
                "node": finding.node,
                "value": finding.value,
                "message": finding.message,
                "remedy": finding.remedy,
            }


if __name__ == "__main__":
    parent, dump, base, corpus = sys.argv[1:]
    sandbox.die_with_parent(int(parent))
    print(json.dumps(list(violations(Path(dump), base, Path(corpus) if corpus else None))))
