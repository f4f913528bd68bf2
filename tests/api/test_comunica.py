"""Comunica, the query engine of the Web of Data in JavaScript, on the service as it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

HERE = Path(__file__).parent / "comunica"
CLS = "https://w3id.org/cls-sante/ontology#"
CONTRACT = "https://w3id.org/cls-sante/id/contract/26362-3"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, missing: Callable[[str], NoReturn]) -> Iterator[Ask]:
    """Put a query to sources through Comunica; gives rows, triples or a truth value."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        missing("Comunica needs node and npm")
    folder = tmp_path_factory.mktemp("comunica")
    shutil.copytree(HERE, folder, dirs_exist_ok=True)
    words = ("install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
    installed = subprocess.run([npm, *words], cwd=folder, capture_output=True, text=True, timeout=600)
    if installed.returncode:
        missing(f"Comunica could not be installed: {installed.stderr[-500:]}")

    pipe = subprocess.PIPE
    with subprocess.Popen([node, str(folder / "ask.mjs")], stdin=pipe, stdout=pipe, text=True) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        late = threading.Timer(600, client.kill)
        late.start()

        def put(query: str, *sources: object) -> Any:
            print(json.dumps({"query": query, "sources": sources}), file=client.stdin, flush=True)
            answer = json.loads(client.stdout.readline())
            assert not (isinstance(answer, dict) and "error" in answer), answer
            return answer

        yield put
        late.cancel()


@pytest.fixture
def endpoint(bundled: httpx.Client) -> dict[str, str]:
    """The service, said to be a SPARQL endpoint."""
    return {"type": "sparql", "value": f"{bundled.base_url}/sparql"}


def test_every_form_of_query(ask: Ask, endpoint: dict[str, str]) -> None:
    rows = ask(f"SELECT ?p {{ <{CONTRACT}> <{CLS}ordinal> ?p }}", endpoint)
    assert rows == [{"p": "3"}]
    assert ask(f"ASK {{ <{CONTRACT}> a <{CLS}LocalHealthContract> }}", endpoint) is True
    triples = ask(f"CONSTRUCT {{ ?s <urn:is> ?t }} {{ BIND(<{CONTRACT}> AS ?s) ?s a ?t }}", endpoint)
    assert [CONTRACT, "urn:is", f"{CLS}LocalHealthContract"] in triples


def test_it_finds_out_by_itself_that_this_is_an_endpoint(ask: Ask, endpoint: dict[str, str]) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s a <{CLS}LocalHealthContract> }}"
    assert ask(query, endpoint["value"]) == [{"n": "8"}]


def test_a_document_is_data_whatever_format_is_preferred(ask: Ask, bundled: httpx.Client) -> None:
    for path in ("id", "data"):
        found = ask(
            f"ASK {{ <{CONTRACT}> a <{CLS}LocalHealthContract> }}",
            f"{bundled.base_url}/{path}/contract/26362-3",
        )
        assert found is True


def test_documents_and_the_endpoint_are_joined(
    ask: Ask, bundled: httpx.Client, endpoint: dict[str, str]
) -> None:
    """The determinants of a contract from its document, their labels from the endpoint."""
    document = f"{bundled.base_url}/data/contract/26362-3.ttl"
    labelled = f"?d {LABEL} ?l FILTER(LANG(?l) = 'en')"
    query = f"SELECT DISTINCT ?l {{ ?axis <{CLS}addressesDeterminant> ?d . {labelled} }}"
    joined = ask(query, document, endpoint)
    alone = ask(query, endpoint)
    assert joined
    assert {row["l"] for row in joined} <= {row["l"] for row in alone}
