"""``query --infer``, and the expected rows of the ready questions with and without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad

from cls_graph.queries import bind, library
from cls_graph.store import EmbeddedStore, Row

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture(scope="module")
def store(bundled_quads: list[Quad]) -> EmbeddedStore:
    """The bundled release."""
    return EmbeddedStore.from_quads(bundled_quads)


def rows(store: EmbeddedStore, name: str, *, infer: bool) -> list[Row]:
    return store.rows(bind(library()[name], {}), infer=infer)[1]


@pytest.mark.parametrize("name", sorted(library()))
def test_every_ready_question_needs_no_inference(store: EmbeddedStore, name: str) -> None:
    without, with_inference = rows(store, name, infer=False), rows(store, name, infer=True)
    assert with_inference == without, f"{name}.rq answers otherwise, or in another order, with inference"


@pytest.mark.slow
def test_the_command_infers_when_it_is_told_to(
    cli: Callable[..., Any], bundled_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "ASK { ?x a <http://www.w3.org/ns/prov#Attribution> }"
    # Over the data as they are composed, and as they are kept.
    assert cli("query", query, "--format", "csv", "--infer").out.strip() == "true"
    monkeypatch.setenv("CLS_CACHE", str(bundled_cache))
    assert cli("query", query, "--format", "csv").out.strip() == "false"
    assert cli("query", query, "--format", "csv", "--infer").out.strip() == "true"
