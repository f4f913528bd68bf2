"""What threads of the service share is whole whenever one of them looks."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from cls_graph.release.archive import Archive
from cls_graph_api.pages.model import Index, Names
from cls_graph_api.pages.searching import search

T = TypeVar("T")
THREADS = 8


@pytest.fixture(autouse=True)
def restless() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def at_once(work: Callable[[int], T]) -> list[T]:
    """What each of several threads gets, which begin together."""
    barrier = threading.Barrier(THREADS)

    def run(number: int) -> T:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(run, range(THREADS)))


def test_searches_that_come_first_find_all() -> None:
    index = Index(names={f"urn:{n}": Names({"fr": f"Contrat de Valence {n}"}) for n in range(300)})
    assert at_once(lambda _: len(search(index, "valence", "fr"))) == [300] * THREADS


def test_a_release_that_is_kept_is_found_whoever_else_looks(tmp_path: Path) -> None:
    for n in range(20):
        (tmp_path / f"r{n}").mkdir()
        manifest = {"base_iri": "urn:", "digest": str(n), "version": f"1.0.{n}", "title": {}}
        (tmp_path / f"r{n}" / "manifest.json").write_text(json.dumps(manifest))
    archive = Archive(tmp_path)
    assert at_once(lambda _: [len(archive.releases()) for _ in range(10)]) == [[20] * 10] * THREADS
