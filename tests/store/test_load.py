"""``cls-graph load``: releases into real stores, again, in part, and over what others hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.errors import CorpusError, UsageError
from cls_graph.release.split import by_graph, pieces
from cls_graph.store import record

BASE = "https://example.org/load/"
Make = Callable[..., Path]
FIRST = """
@base <https://example.org/load/> . @prefix : <https://example.org/load/> .
<graph/a> { :a :p "one"@fr , 5 , true ; :q _:x . _:x :r _:y . _:y :s "deep" . }
<graph/b> { :b :p "d'une \\"autre\\" main\\n" . }
<graph/c> { :c :p :a . }
"""
SECOND = """
@base <https://example.org/load/> . @prefix : <https://example.org/load/> .
<graph/a> { :a :p "one"@fr , 5 , true ; :q _:x . _:x :r _:y . _:y :s "deep" . }
<graph/b> { :b :p "changed" . }
<graph/d> { :d :p :a . }
"""


@pytest.fixture
def clean(server: Any) -> Iterator[Any]:
    """A server without anything of this corpus."""

    def clear() -> None:
        for name in "abcd":
            server.update(f"DROP SILENT GRAPH <{BASE}graph/{name}>")
        for kind in ("loaded", "stated"):
            server.update(f"DROP SILENT GRAPH <urn:x-cls-graph:{kind}:{BASE}>")

    clear()
    yield server
    clear()


@pytest.fixture
def bench(clean: Any, release_of: Make) -> tuple[Any, Path, Path]:
    """A server, and two releases one after the other."""
    return clean, release_of(FIRST, BASE, "1.0"), release_of(SECOND, BASE, "2.0")


def triples(server: Any, graph: str) -> list[str]:
    """What is in a graph, blank nodes without their names."""
    store = server.connect(BASE)
    return sorted(" ".join(map(plain, t)) for t in store.triples(BASE + graph))


def plain(term: Any) -> str:
    return "[]" if isinstance(term, ox.BlankNode) else str(term)


def stated(folder: Path, graph: str) -> list[str]:
    quads = ox.parse(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
    return sorted(" ".join(map(plain, q.triple)) for q in quads if q.graph_name == ox.NamedNode(BASE + graph))


def names(graphs: list[str]) -> list[str]:
    return [graph.removeprefix(BASE + "graph/") for graph in graphs]


def test_a_release_is_loaded_whole_and_only_once(bench: tuple[Any, Path, Path]) -> None:
    server, first, _ = bench
    done = server.load(first)
    assert (names(done.loaded), done.triples, done.merged) == (["a", "b", "c"], 8, {})
    for graph in ("graph/a", "graph/b", "graph/c"):
        assert triples(server, graph) == stated(first, graph)
    again = server.load(first)
    assert (again.loaded, names(again.unchanged), again.triples) == ([], ["a", "b", "c"], 8)


def test_the_next_release_takes_the_place_of_the_one_before(bench: tuple[Any, Path, Path]) -> None:
    server, first, second = bench
    server.load(first)
    server.update(f"INSERT DATA {{ GRAPH <{BASE}graph/foreign> {{ <urn:a> <urn:b> 'mine' }} }}")
    done = server.load(second)
    assert (names(done.loaded), names(done.unchanged), names(done.removed)) == (["b", "d"], ["a"], ["c"])
    assert triples(server, "graph/b") == stated(second, "graph/b")
    store = server.connect(BASE)
    assert store.about.manifest["version"] == "2.0"
    assert names(list(store.about.manifest["graphs"])) == ["a", "b", "d"]
    # Not of the release, and not ours to remove.
    assert store.query(f"ASK FROM <{BASE}graph/foreign> {{ ?s ?p 'mine' }}")
    assert not store.query("ASK { ?s ?p 'mine' }")
    server.update(f"DROP SILENT GRAPH <{BASE}graph/foreign>")


def test_an_interrupted_load_is_told_and_taken_up_again(bench: tuple[Any, Path, Path]) -> None:
    server, first, second = bench
    server.load(first)

    def stop(step: Any, done: int = 0, total: int = 0) -> None:
        if (done, total) == (2, 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        server.load(second, stop)
    with pytest.raises(CorpusError, match="load"):
        server.connect(BASE)
    done = server.load(second)
    assert (names(done.loaded), names(done.unchanged), names(done.removed)) == (["d"], ["a", "b"], ["c"])
    assert triples(server, "graph/d") == stated(second, "graph/d")


def test_what_was_changed_by_others_is_not_served_and_is_mended(bench: tuple[Any, Path, Path]) -> None:
    server, first, _ = bench
    server.load(first)
    server.update(f"INSERT DATA {{ GRAPH <{BASE}graph/b> {{ <urn:a> <urn:b> 'more' }} }}")
    with pytest.raises(CorpusError, match="graph/b"):
        server.connect(BASE)
    assert names(server.load(first).loaded) == ["b"]
    assert triples(server, "graph/b") == stated(first, "graph/b")


def test_many_graphs_are_asked_as_one(bench: tuple[Any, Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    server, first, second = bench
    monkeypatch.setattr(record, "MOST_NAMED", 2)
    done = server.load(first)
    assert (names(done.loaded), done.triples, done.united) == (["a", "b", "c"], 8, 8)
    store = server.connect(BASE)
    assert names(list(store.about.manifest["graphs"])) == ["a", "b", "c"]
    # Blank nodes stay joined, and graphs have their names as ever.
    assert store.query(f"ASK {{ <{BASE}a> <{BASE}q>/<{BASE}r>/<{BASE}s> 'deep' . <{BASE}c> ?p <{BASE}a> }}")
    assert store.query(f"ASK {{ GRAPH <{BASE}graph/c> {{ ?c ?p ?a }} ?a <{BASE}q> ?x }}")
    found = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert {"a", "b", "c"} <= set(names([row["g"].value for row in found]))
    server.update(f"INSERT DATA {{ GRAPH <{store.about.union}> {{ <urn:a> <urn:b> 'more' }} }}")
    with pytest.raises(CorpusError, match="stated"):
        server.connect(BASE)
    assert server.load(first).united == 8
    assert server.load(first).loaded == []
    done = server.load(second)
    assert (names(done.loaded), names(done.removed), done.united) == (["b", "d"], ["c"], 8)
    assert server.connect(BASE).query("ASK { ?s ?p 'changed' }")
    monkeypatch.undo()
    done = server.load(second)
    assert (done.loaded, done.removed, done.united) == ([], [f"urn:x-cls-graph:stated:{BASE}"], 0)
    assert server.connect(BASE).about.union == ""


def test_what_is_inferred_stays_apart_from_the_union(
    clean: Any, release_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST_NAMED", 2)
    inferred = "<graph/inferred/d> { :c :super :a . }"
    done = clean.load(release_of(FIRST + inferred, BASE, "1.0"))
    assert (done.triples, done.united) == (9, 8)
    store = clean.connect(BASE)
    text = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o OPTIONAL {{ ?s <{BASE}super> ?x }} }}"
    counts = [int(next(iter(store.query(text, infer=infer)))["n"].value) for infer in (False, True)]
    assert counts == [8, 9]
    clean.update(f"DROP SILENT GRAPH <{BASE}graph/inferred/d>")


def test_updates_alone_do_in_many_pieces(oxigraph_server: Any, release_of: Make) -> None:
    tied = " ".join(f'_:n{i} :next _:n{i + 1} ; :label "node {i}"@fr .' for i in range(700))
    single = " ".join(f':s{i} :p [ :q {i} ] ; :text "it\'s \\"{i}\\"" .' for i in range(900))
    folder = release_of(
        f"@base <{BASE}> . @prefix : <{BASE}> . <graph/a> {{ {tied} {single} }}", base=BASE, version="3"
    )
    server = replace(oxigraph_server, address=replace(oxigraph_server.address, graphs=""))
    done = server.load(folder)
    assert (done.triples, done.merged) == (1400 + 2700, {})
    assert triples(server, "graph/a") == stated(folder, "graph/a")
    store = server.connect(BASE)
    [row] = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?a <{BASE}next>/<{BASE}next> ?c }}")
    assert row["n"] == ox.Literal(699)
    [row] = store.query(f"SELECT (COUNT(*) AS ?n) {{ ?a <{BASE}p>/<{BASE}q> ?c }}")
    assert row["n"] == ox.Literal(900)


def test_spellings_that_a_store_makes_one_are_counted(
    bench: tuple[Any, Path, Path], release_of: Make
) -> None:
    server, _, _ = bench
    folder = release_of(
        f"@base <{BASE}> . @prefix : <{BASE}> . <graph/a> {{ :a :p 5 , 05 , 005 ; :q 1 . }}", base=BASE
    )
    done = server.load(folder)
    assert (done.triples, done.merged) == (2, {BASE + "graph/a": 2})
    assert server.load(folder).unchanged == [BASE + "graph/a"]
    assert len(server.connect(BASE)) == 2


def test_pieces_keep_blank_nodes_together(tmp_path: Path) -> None:
    lines = [f"_:a{i} <urn:p> _:a{i + 1} <urn:g> .\n" for i in range(0, 40, 2)]
    lines += [f"_:a{i} <urn:p> _:a{i + 1} <urn:g> .\n" for i in range(21, 39, 2)]
    lines += [f'<urn:s{i}> <urn:p> "not a _:node \\" _:b <urn:x> ." <urn:g> .\n' for i in range(50)]
    (tmp_path / "graph.nq").write_text("".join(sorted(lines)))
    [part] = by_graph(tmp_path / "graph.nq", tmp_path)
    assert (part.graph, part.triples) == ("urn:g", len(lines))
    found = [list(ox.parse(p, ox.RdfFormat.N_TRIPLES)) for p in pieces(part, lines=7, size=10_000)]
    assert sum(map(len, found)) == len(lines)
    nodes = [
        {t.value for q in p for t in (q.subject, q.object) if isinstance(t, ox.BlankNode)} for p in found
    ]
    assert sum(map(len, nodes)) == len(set().union(*nodes)), "a blank node is in two pieces"
    assert max(map(len, found)) == 19, "the chain of nineteen stays whole, the rest is in sevens"
    assert [len(p) for p in found if len(p) > 7] == [19]


def test_a_line_without_a_graph_is_told(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text('<urn:a> <urn:b> "c" .\n')
    with pytest.raises(CorpusError, match="line 1"):
        by_graph(tmp_path / "graph.nq", tmp_path)


# --- the command


def test_the_command_says_what_it_did(
    bench: tuple[Any, Path, Path], cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, first, second = bench
    for name, value in server.env.items():
        monkeypatch.setenv(name, value)
    said = cli("load", *server.options, "--release", first, "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert "8 triples; graphs loaded 3, unchanged 0, removed 0" in said.out
    done = cli("load", *server.options, "--release", second, "--json").json()
    assert (names(done["loaded"]), names(done["removed"])) == (["b", "d"], ["c"])


def test_without_a_password_nothing_is_written_and_the_variables_are_named(
    virtuoso_server: Any, release_of: Make, small: Path, cli: Callable[..., Any]
) -> None:
    said = cli("load", *virtuoso_server.options, "--release", release_of(FIRST, BASE), "--lang", "en")
    assert said.code == 2
    assert "CLS_STORE_USER" in said.err
    virtuoso_server.load(small)
    store = virtuoso_server.connect()
    assert not store.query(f"ASK {{ GRAPH <{BASE}graph/a> {{ ?s ?p ?o }} }}", named_graphs=[BASE + "graph/a"])


def test_a_release_that_was_changed_is_not_loaded(
    oxigraph_server: Any, release_of: Make, cli: Callable[..., Any]
) -> None:
    folder = release_of(FIRST, BASE)
    with (folder / "graph.nq").open("a") as file:
        file.write("<urn:a> <urn:b> <urn:c> <urn:d> .\n")
    said = cli("load", *oxigraph_server.options, "--release", folder, "--lang", "en")
    assert (said.code, "changed" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["http://127.0.0.1:1/query"], "127.0.0.1:1"),
        (["ftp://127.0.0.1/query"], "ftp://127.0.0.1/query"),
        (["http://127.0.0.1:1/query", "--corpus", "x"], "--corpus"),
    ],
)
def test_mistakes_are_told(release_of: Make, cli: Callable[..., Any], words: list[str], told: str) -> None:
    said = cli("load", *words, "--release", release_of(FIRST, BASE), "--lang", "en", "--json")
    assert said.code == 2
    problem = json.loads(said.out)
    assert told in problem["detail"]
    assert "Traceback" not in said.err


def test_two_releases_in_one_store_are_told_apart(bench: tuple[Any, Path, Path], small: Path) -> None:
    server, first, _ = bench
    server.load(first)
    server.load(small)
    assert server.connect(BASE).about.manifest["base_iri"] == BASE
    with pytest.raises(CorpusError, match="--store-base"):
        server.connect("")
    with pytest.raises(UsageError):
        replace(server, address=replace(server.address, query="nowhere")).connect(BASE)
