"""A release on disk, pools over it, and a listener that nobody must ever reach."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.service import Answer, QueryPool
from cls_graph.settings import Settings

DATA = Path(__file__).parent / "data" / "graph.trig"
Use = Callable[[QueryPool], Awaitable[Any]]


@pytest.fixture(scope="session")
def nquads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The N-Quads file of a small release."""
    path = tmp_path_factory.mktemp("release") / "graph.nq"
    quads = ox.parse(path=DATA, format=ox.RdfFormat.TRIG)
    path.write_bytes(b"".join(sorted(ox.serialize(quads, format=ox.RdfFormat.N_QUADS).splitlines(True))))
    return path


@pytest.fixture
def with_pool(nquads: Path) -> Callable[..., Any]:
    """Run a coroutine function on a started pool; keywords are settings."""

    def run(use: Use, **settings: Any) -> Any:
        async def session() -> Any:
            pool = QueryPool(nquads, Settings(**{"workers": 2, "query_timeout": 5.0, **settings}))
            await pool.start()
            try:
                return await asyncio.wait_for(use(pool), 30)
            finally:
                await pool.stop()

        return asyncio.run(session())

    return run


@pytest.fixture(scope="session")
def read() -> Callable[[Answer], Awaitable[bytes]]:
    """All the bytes of an answer."""

    async def body(answer: Answer) -> bytes:
        return b"".join([block async for block in answer.body])

    return body
