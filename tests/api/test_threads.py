"""What takes long is done in threads, and what they share is whole whenever one of them looks."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import pytest

from cls_graph.pictures import drawing, fitting
from cls_graph.release.archive import Archive
from cls_graph.service.alone import Alone
from cls_graph.settings import Settings
from cls_graph.store.embedded import EmbeddedStore
from cls_graph_api import asked, create_app, unknown_terms, woven
from cls_graph_api.manifest import read_manifest
from cls_graph_api.pages import networks
from cls_graph_api.pages.model import Index, Names
from cls_graph_api.pages.searching import search
from cls_graph_api.site import NQUADS

T = TypeVar("T")
THREADS = 8
HTML = {"Accept": "text/html"}
UNKNOWN = "/sparql?query=" + quote(
    "PREFIX cls: <https://w3id.org/cls-sante/ontology#> SELECT * { ?s cls:nowhere ?o }"
)
PAIRS = "/sparql?query=" + quote("SELECT * { VALUES (?a ?b) { (<urn:a> <urn:b>) } }")


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


@pytest.mark.parametrize(
    ("module", "name", "path"),
    [
        (asked, "parsed", "/queries/contracts.csv"),
        (networks, "web", "/network.json?centre=all"),
        (networks, "data", "/network.graphml"),
        (unknown_terms, "tokens", UNKNOWN),
        (unknown_terms, "suggest", UNKNOWN),
        (fitting, "shapes", f"{PAIRS}&network=csv"),
        (drawing, "web", f"{PAIRS}&network=csv"),
        (woven, "capped", f"{PAIRS}&network=csv"),
        (woven, "data", f"{PAIRS}&network=csv"),
        (woven, "network", f"{PAIRS}&network=svg"),
        (woven, "embedded", f"{PAIRS}&view=network"),
    ],
)
def test_others_are_answered_while_a_long_answer_is_made(
    release: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, path: str
) -> None:
    """Reading tens of megabytes, or the web of a country, takes seconds: not in the thread that answers."""
    work, threads = getattr(module, name), []

    def watched(*args: Any, **more: Any) -> Any:
        threads.append(threading.current_thread())
        return work(*args, **more)

    monkeypatch.setattr(module, name, watched)

    async def ask() -> int:
        manifest, settings = read_manifest(release), Settings()
        pool = Alone(EmbeddedStore.from_file(release / NQUADS, stated=True), settings, manifest)
        transport = httpx.ASGITransport(create_app(release, settings, pool=pool))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.get(path, headers={} if "network=" in path else HTML)).status_code

    assert asyncio.run(ask()) == 200
    assert 0 < len(threads) < 5, "once an answer, not for each thing it has"
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("form", ["network=csv", "view=network"])
def test_the_network_of_an_answer_asks_its_query_once(
    release: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    manifest, settings = read_manifest(release), Settings()
    pool = Alone(EmbeddedStore.from_file(release / NQUADS, stated=True), settings, manifest)
    query, texts = pool.query, []

    async def watched(text: str, **more: Any) -> Any:
        texts.append(text)
        return await query(text, **more)

    monkeypatch.setattr(pool, "query", watched)

    async def ask() -> int:
        transport = httpx.ASGITransport(create_app(release, settings, pool=pool))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return (await client.get(f"{PAIRS}&{form}", headers=HTML)).status_code

    assert asyncio.run(ask()) == 200
    assert len([text for text in texts if "<urn:a> <urn:b>" in text and "?name" not in text]) == 1
