"""``cls_graph.open``: what it opens, and that every way in gives the same numbers."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import openpyxl
import pytest

import cls_graph
from cls_graph.analysis.opened import Graph
from cls_graph.errors import (
    BadRequest,
    ClsGraphError,
    CorpusError,
    NotFound,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    StoreFailed,
    TooLarge,
    UsageError,
)

MANY = ("contracts", "organisations", "co-signatories", "funding", "betweenness")


@pytest.fixture(scope="module")
def g() -> Graph:
    return cls_graph.open()


@pytest.mark.slow
def test_the_api_gives_the_rows_of_the_questions(g: Graph) -> None:
    asked = g.query("co-signatories", organisation="ars-84")
    assert len(asked) > 20
    found = g.co_signatories("ars-84")
    assert found.columns == asked.columns
    assert found.rows == asked.rows
    assert g.co_signatories(found["organisation"][0]).rows == g.co_signatories(_key(found)).rows
    for least in (1, 2):
        pairs = g.query("similar-contracts", minimum=least)
        alike = g.similarity(least)
        assert [row[:6] for row in alike.rows] == pairs.rows
        assert alike.columns[:6] == pairs.columns
    assert all(round(100 * j) == s or s - 100 * j == 0.5 for *_, s, j in g.similarity().rows)


def _key(table: Any) -> str:
    return str(table["organisation"][0]).rpartition("/")[2]


def test_all_pairs_of_co_signatories_are_those_of_each(g: Graph) -> None:
    pairs = {(a, b): n for a, _, b, _, n in g.co_signatories().rows}
    assert all(a < b for a, b in pairs)
    ends = sorted({end for pair in pairs for end in pair})
    for one in ends[:5]:
        for other, _, _, common in g.co_signatories(one).rows:
            assert pairs[min(one, other), max(one, other)] == common


def test_the_network_has_the_same_ties_and_draws_itself(g: Graph) -> None:
    network = g.network()
    assert network.number_of_edges() == len(g.co_signatories())
    ars = next(iri for iri in network if iri.endswith("/ars-84"))
    assert network.nodes[ars]["label"].startswith("Agence régionale de santé")
    assert network.degree[ars] == len(g.co_signatories("ars-84"))
    assert network._repr_svg_().startswith("<svg")
    assert "Agence régionale" in network.picture(limit=10, focus=ars).svg
    other = network.to_igraph()
    assert (other.vcount(), other.ecount()) == (network.number_of_nodes(), network.number_of_edges())
    partners = {row[0]: row[3] for row in g.query("betweenness").rows}
    assert dict(network.degree) == partners


@pytest.mark.parametrize("way", ["folder", "file", "service", "oxigraph"])
def test_every_way_in_gives_the_same_numbers(
    way: str, g: Graph, bundled_release: Path, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    place: str | Path = bundled_release
    if way == "file":
        place = bundled_release / "graph.nq"
    elif way == "service":
        place = str(request.getfixturevalue("bundled").base_url)
    elif way == "oxigraph":
        place = request.getfixturevalue("endpoint")
    other = cls_graph.open(place)
    for name in MANY:
        assert other.query(name).rows == g.query(name).rows, name
    assert other.contracts.to_csv() == g.contracts.to_csv()
    assert other.co_signatories().rows == g.co_signatories().rows
    assert other.similarity().rows == g.similarity().rows
    assert list(other.network().edges(data=True)) == list(g.network().edges(data=True))
    assert other.query("betweenness").labels == g.query("betweenness").labels


@pytest.fixture(scope="module")
def endpoint(bundled_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An Oxigraph server with the bundled release in it."""
    program = Path(sys.executable).with_name("oxigraph")
    home = tmp_path_factory.mktemp("oxigraph")
    load = [program, "load", "--location", home / "db", "--file", bundled_release / "graph.nq"]
    subprocess.run(load, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    with (home / "log").open("wb") as log:
        words = [program, "serve-read-only", "--location", home / "db", "--bind", at]
        server = subprocess.Popen(words, stdout=log, stderr=log)
    try:
        transport = httpx.HTTPTransport(retries=10)
        with httpx.Client(transport=transport, timeout=20) as client:
            client.get(f"http://{at}/query", params={"query": "ASK {}"}).raise_for_status()
        yield f"http://{at}/query"
    finally:
        server.terminate()
        server.wait(30)


def test_a_service_of_ours_knows_itself_what_is_inferred(bundled: httpx.Client, g: Graph) -> None:
    address = str(bundled.base_url)
    named = "GRAPH ?graph { ?s ?p ?o } FILTER (CONTAINS(STR(?graph), 'inferred'))"
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ {named} }}"
    assert cls_graph.open(address).query(text)["n"] == [0]
    inferred = cls_graph.open(address, infer=True)
    assert inferred.query(text)["n"][0] > 0
    everything = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert cls_graph.open(address).query(everything)["n"] == g.query(everything)["n"]
    assert inferred.query(everything)["n"] == cls_graph.open(infer=True).query(everything)["n"]


def test_an_answer_that_a_server_cuts_is_an_error(
    serve: Callable[..., httpx.Client], bundled_release: Path
) -> None:
    g = cls_graph.open(str(serve(bundled_release, max_rows=60).base_url), lang="en")
    assert len(g.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 50")) == 50
    with pytest.raises(TooLarge, match="60 rows"):
        g.query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 70")


@pytest.mark.parametrize(
    ("text", "params", "error", "said"),
    [
        ("co-signatorie", {}, NotFound, "co-signatories"),
        ("co-signatories", {"organisation": "nobody"}, BadRequest, "'nobody'"),
        ("co-signatories", {"organization": "ars-84"}, BadRequest, "organization"),
        ("SELECT * WHERE { ?s ?p }", {}, QuerySyntaxError, "Line 1, column 24"),
        ("SELECT * WHERE { ?s ?p ?o }", {"lang": "fr"}, UsageError, "ready question"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    text: str, params: dict[str, str], error: type[ClsGraphError], said: str
) -> None:
    with pytest.raises(error, match=said):
        cls_graph.open(lang="en").query(text, **params)


def test_an_address_that_cannot_be_opened_is_told_as_it_was_given() -> None:
    with pytest.raises(UsageError, match="« ftp://x/y » n'est pas une adresse"):
        cls_graph.open("ftp://x/y", lang="fr")


@pytest.mark.parametrize(("lang", "said"), [("fr", "Il manque polars"), ("en", "polars is missing")])
def test_a_library_that_is_missing_is_told_in_the_language_of_the_graph(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    table = cls_graph.open(lang=lang).query("contracts")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match=said):
        table.to_polars()


def test_a_query_that_would_leave_is_refused_and_nobody_is_asked(
    g: Graph, bundled: httpx.Client, canary: Any
) -> None:
    asked = f"SELECT * WHERE {{ SERVICE <{canary.url}> {{ ?s ?p ?o }} }}"
    for graph in (g, cls_graph.open(str(bundled.base_url))):
        with pytest.raises(QueryRefused, match="SERVICE est refusé"):
            graph.query(asked)
        with pytest.raises(QueryRefused, match="lecture seule"):
            graph.query(f"LOAD <{canary.url}>")
    assert canary.hits == 0


@pytest.mark.parametrize(("lang", "unknown"), [("fr", "n'est pas"), ("en", "is not")])
def test_the_errors_of_a_service_are_told_in_its_own_words(
    serve: Callable[..., httpx.Client], bundled_release: Path, lang: str, unknown: str
) -> None:
    service = serve(bundled_release, query_timeout=1.0)
    g = cls_graph.open(str(service.base_url), lang=lang)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(QueryTimeout) as caught:
        g.query(endless)
    told = service.get("/sparql", params={"query": endless}, headers={"Accept-Language": lang}).json()
    assert str(caught.value) == told["detail"]
    assert "{" not in str(caught.value)
    assert caught.value.describe(lang)["remedy"]
    with pytest.raises(ClsGraphError) as other:
        g.query("SELECT (<urn:f>(1) AS ?x) {}")
    asked = {"query": "SELECT (<urn:f>(1) AS ?x) {}"}
    said = service.get("/sparql", params=asked, headers={"Accept-Language": lang}).json()
    assert str(other.value) == said["detail"]
    with pytest.raises(BadRequest, match=unknown):
        g.query("co-signatories", organisation="nobody")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda g: g.similarity(minimum="x"), "minimum : un nombre entier d'au moins 1, pas 'x'"),
        (lambda g: g.similarity(-1), "minimum : un nombre entier"),
        (lambda g: g.similarity(True), "minimum : un nombre entier"),
        (lambda g: g.co_signatories(3), "org : un texte, pas 3"),
        (lambda g: g.query(None), "query : un texte, pas None"),
        (lambda g: g.network().picture(limit="x"), "limit : un nombre entier"),
        (lambda _: cls_graph.open(3), "Un dossier, un fichier ou une adresse, pas 3"),
    ],
)
def test_an_argument_of_a_wrong_type_is_told_of_in_words(
    g: Graph, wrong: Callable[[Graph], Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        wrong(g)


def test_a_whole_number_of_numpy_is_one(g: Graph) -> None:
    assert list(g.similarity(minimum=np.int64(2)).rows) == list(g.similarity(minimum=2).rows)
    assert "<svg" in g.network().picture(limit=np.int32(5), width=np.int16(500)).svg


def test_the_workbook_of_a_computed_table_says_what_it_holds(tmp_path: Path) -> None:
    for lang, graph in (("fr", cls_graph.open()), ("en", cls_graph.open(lang="en", infer=True))):
        tables = {
            "minimum": (graph.similarity(minimum=2), "2"),
            "org": (graph.co_signatories("ars-84"), "ars-84"),
            "": (graph.co_signatories(), ""),
        }
        for name, (table, value) in tables.items():
            table.to_xlsx(tmp_path / "table.xlsx")
            about = openpyxl.load_workbook(tmp_path / "table.xlsx").worksheets[1]
            said = {row[0]: row[1] for row in about.values}
            assert said["Question"]
            assert said["Question"] == table.title
            assert not name or said[name] == value
            assert {"fr": "non", "en": "yes"}[lang] in said.values()


def test_places_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a graph")
    (tmp_path / "broken.ttl").write_text("<a> <b> ")
    for name, said in (("", "data"), ("nowhere", "exist"), ("notes.txt", "format"), ("broken.ttl", "read")):
        with pytest.raises(CorpusError, match=said):
            cls_graph.open(tmp_path / name, lang="en")
    with pytest.raises(StoreFailed):
        cls_graph.open("http://127.0.0.1:9/sparql")
    with pytest.raises(UsageError):
        cls_graph.open("http://")
    (tmp_path / "good.ttl").write_text("")
    with pytest.raises(UsageError, match="'de'"):
        cls_graph.open(tmp_path / "good.ttl", lang="de")


def test_an_empty_graph_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "empty.ttl").write_text("")
    g = cls_graph.open(tmp_path / "empty.ttl", lang="en")
    assert len(g.co_signatories()) == len(g.similarity()) == len(g.contracts) == 0
    assert g.network().number_of_nodes() == 0
    assert g.network()._repr_svg_()
    assert g.similarity().to_polars().shape == (0, 7)
    assert g.query("ASK { ?s ?p ?o }") is False


def test_the_package_loads_nothing_before_it_is_opened() -> None:
    code = "import sys, cls_graph; print(*[m for m in sys.modules if m.startswith(HEAVY)])"
    heavy = "HEAVY = ('cls_graph.', 'pyoxigraph', 'numpy', 'polars', 'pandas', 'networkx', 'scipy'); "
    done = subprocess.run(
        [sys.executable, "-c", heavy + code], capture_output=True, text=True, check=True, cwd="/"
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("polars", "g.contracts.to_polars()"),
        ("pandas", "g.contracts.to_pandas()"),
        ("scipy", "g.similarity()"),
        ("numpy", "g.co_signatories('ars-84')"),
        ("networkx", "g.network()"),
    ],
)
def test_without_the_extra_the_error_says_how_to_install_it(
    module: str, call: str, g: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    for name in [name for name in sys.modules if name == "cls_graph.analysis.networks"]:
        monkeypatch.delitem(sys.modules, name)
    fresh = Graph(g.source)
    assert fresh.contracts.rows == g.contracts.rows
    if module == "scipy":
        for name in [name for name in sys.modules if name.startswith("scipy.")]:
            monkeypatch.delitem(sys.modules, name)
    with pytest.raises(UsageError, match=f"{module}.*pip install 'cls-graph\\[analysis\\]'"):
        eval(call, {"g": fresh})
