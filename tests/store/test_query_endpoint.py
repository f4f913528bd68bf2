"""``cls-graph query --endpoint``: real services, of ours and of another make, asked from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cls_graph.commands import query as command
from cls_graph.release.standing import Standing
from cls_graph.store import EmbeddedStore

CLI = Callable[..., Any]
CLS = "PREFIX cls: <https://w3id.org/cls-sante/ontology#> "
CONSTRUCT = CLS + "CONSTRUCT { ?c cls:signatory ?o } WHERE { ?c cls:signatory ?o }"
MANY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 70"


@pytest.fixture(scope="module")
def addresses(
    bundled: httpx.Client, own_oxigraph: Callable[..., Any], bundled_release: Path
) -> Iterator[dict[str, str]]:
    """Where the bundled release is served: by our own service, and by an Oxigraph server of its own."""
    with own_oxigraph() as server:
        server.load(bundled_release)
        yield {"service": str(bundled.base_url), "oxigraph": server.address.query}


@pytest.fixture(scope="module")
def release_itself(bundled_release: Path) -> Standing:
    """The release as it is read where it is kept; read once for all tests."""
    return Standing(EmbeddedStore.from_file(bundled_release / "graph.nq"), [])


@pytest.mark.parametrize(
    "words",
    [
        ("contracts", "--format", "csv"),
        ("co-signatories", "--param", "organisation=ars-84", "--format", "table"),
        ("betweenness", "--format", "json"),
        (CONSTRUCT,),
        (CONSTRUCT, "--json"),
        (CLS + "ASK { ?c a cls:LocalHealthContract }",),
        (CLS + "SELECT (COUNT(*) AS ?n) WHERE { ?c a cls:Contract }", "--infer", "--format", "tsv"),
    ],
)
def test_an_endpoint_answers_as_the_corpus_does(
    cli: CLI,
    addresses: dict[str, str],
    words: tuple[str, ...],
    release_itself: Standing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(command, "standing", lambda *_: release_itself)
    here = cli("query", *words)
    assert here.code == 0
    assert here.out.strip()
    for address in addresses.values():
        there = cli("query", *words, "--endpoint", address)
        assert (there.code, there.out) == (0, here.out), there.err


def test_the_choices_of_a_parameter_are_those_of_the_endpoint(cli: CLI, addresses: dict[str, str]) -> None:
    run = cli("query", "co-signatories", "--param", "organisation=x", "--endpoint", addresses["oxigraph"])
    assert run.code == 2
    assert "ars-84" in run.err


@pytest.mark.parametrize("words", [(MANY, "--format", "csv"), (CONSTRUCT,)])
def test_an_answer_that_the_server_cuts_is_never_written_as_if_it_were_whole(
    cli: CLI, serve: Callable[..., httpx.Client], bundled_release: Path, words: tuple[str, ...]
) -> None:
    address = str(serve(bundled_release, max_rows=20).base_url)
    run = cli("query", *words, "--endpoint", address, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert "cut its answer at 20 rows" in run.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--endpoint", "http://127.0.0.1:9/sparql"), "http://127.0.0.1:9/sparql"),
        (("--endpoint", "localhost:8000"), "http://"),
        (("--endpoint", "http://u:secret@127.0.0.1:9/"), "CLS_STORE_USER"),
        (("--endpoint", "http://127.0.0.1:9/sparql", "--corpus", "."), "--corpus"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_address_that_cannot_be_asked_is_told(
    cli: CLI, words: tuple[str, ...], said: str, lang: str
) -> None:
    run = cli("query", "contracts", *words, "--lang", lang)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert "secret" not in run.err
    assert "Traceback" not in run.err
