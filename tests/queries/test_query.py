"""``cls-graph query``: files, names and texts in; tables and standard formats out; clear refusals."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cls_graph.namespaces import prefixes
from cls_graph.queries import library
from cls_graph.release import ensure_release
from cls_graph.settings import Settings
from cls_graph.table import table
from tests import rfc7946

SELECT = (
    "SELECT ?key WHERE { ?c a <https://w3id.org/cls-sante/ontology#LocalHealthContract> ; "
    "<http://purl.org/dc/terms/identifier> ?key }"
)
CONSTRUCT = "CONSTRUCT { ?c a ?t } WHERE { ?c a ?t ; <http://purl.org/dc/terms/identifier> '01999-2' }"


def query(tiny: Any, cli: Callable[..., Any], text: str | Path, *words: str) -> Any:
    return cli("query", text, "--corpus", tiny.root, *words)


def test_a_text_a_file_and_a_name(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text(f"\ufeff# a comment\n{SELECT}", encoding="utf-8")
    for given in (SELECT, file):
        run = query(tiny, cli, given, "--format", "csv")
        assert (run.code, run.out.split()) == (0, ["key", "01999-2"])
    run = query(tiny, cli, "funding", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run.out))
    assert (row["amount"], row["frequency"], row["quote"]) == ("1000", "annuel", "1 000 euros par an")


@pytest.mark.slow
def test_a_kept_release_answers_until_the_data_changes(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLS_CACHE", str(tmp_path / "kept"))
    text = "SELECT ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?label"
    asked = text, "--format", "csv"
    composed = query(tiny, cli, *asked)
    assert "agir sur le logement" in composed.out
    graph = ensure_release(tiny.root, Settings.load()) / "graph.nq"
    assert query(tiny, cli, *asked) == composed
    graph.write_bytes(graph.read_bytes().replace(b"agir sur le logement", b"falsifier le logement"))
    assert query(tiny, cli, *asked) == composed
    ensure_release(tiny.root, Settings.load())
    tiny.edit('label: "agir sur le logement"', 'label: "construire"')
    assert "construire" in query(tiny, cli, *asked).out


def test_a_file_wins_over_a_name(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "funding").write_text("SELECT (1 AS ?one) WHERE {}", encoding="utf-8")
    assert query(tiny, cli, "funding", "--format", "csv").out.split() == ["one", "1"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_a_query_the_questions_are_listed(cli: Callable[..., Any], lang: str) -> None:
    run = cli("query", "--lang", lang)
    assert run.code == 0
    for name, question in library().items():
        assert f"{name} " in run.out
        assert question.title[lang] in run.out


def test_the_table_for_a_terminal(tiny: Any, cli: Callable[..., Any]) -> None:
    run = query(
        tiny,
        cli,
        "SELECT ?c ?key WHERE { ?c <http://purl.org/dc/terms/identifier> ?key "
        "FILTER (STRLEN(?key) < 20) } ORDER BY ?key",
    )
    head, rule, *rows = run.out.splitlines()
    assert head.split() == ["c", "│", "key"]
    assert set(rule) == {"─", "┼"}
    assert len({line.index("│") for line in (head, *rows)}) == 1
    assert any("01999-2" in row for row in rows)
    assert run.err.strip() == f"{len(rows)} lignes"
    one = query(tiny, cli, SELECT, "--lang", "en")
    assert one.err.strip() == "1 row"


def test_the_standard_formats_say_the_same(tiny: Any, cli: Callable[..., Any]) -> None:
    results = json.loads(query(tiny, cli, SELECT, "--json").out)["results"]["bindings"]
    assert [row["key"]["value"] for row in results] == ["01999-2"]
    assert query(tiny, cli, SELECT, "--format", "tsv").out.split() == ["?key", '"01999-2"']
    root = ET.fromstring(query(tiny, cli, SELECT, "--format", "xml").out)
    assert [e.text for e in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["01999-2"]


def test_a_map_of_places(tiny: Any, cli: Callable[..., Any]) -> None:
    query_text = (
        "SELECT ?c ?where { ?c a <https://w3id.org/cls-sante/ontology#LocalHealthContract> "
        "BIND ('26' AS ?where) }"
    )
    found = rfc7946.collection(query(tiny, cli, query_text, "--format", "geojson", "--lang", "en").out)
    (feature,) = found["features"]
    # Its commune is no real one.
    assert feature["geometry"] is None
    assert feature["properties"]["geometry:note"] == "no point is known of commune/01999"
    assert (found["dataset"], found["release"]) == ("Example", "1.2.3")
    run = query(tiny, cli, "contracts", "--format", "geojson")
    assert json.loads(run.out)["title"] == "Quels contrats le graphe connaît-il ?"
    refused = query(tiny, cli, "determinants", "--format", "geojson")
    assert (refused.code, refused.out) == (2, "")
    assert "Aucune colonne ne dit où placer les lignes" in refused.err
    assert query(tiny, cli, CONSTRUCT, "--format", "geojson").code == 2
    assert query(tiny, cli, "ASK {}", "--format", "geojson").code == 2


def test_the_formats_of_a_graph_hold_the_same_triples(tiny: Any, cli: Callable[..., Any]) -> None:
    formats = {
        "ttl": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    graphs = []
    for name, form in formats.items():
        run = query(tiny, cli, CONSTRUCT, "--format", name)
        graphs.append({str(q) for q in ox.parse(run.out.encode(), format=form)})
    assert {t.split()[0].rsplit("/", 2)[1] for t in graphs[0]} == {"contract"}
    assert all(graph == graphs[0] for graph in graphs)
    assert json.loads(query(tiny, cli, CONSTRUCT, "--json").out)
    assert "cls:LocalHealthContract" in query(tiny, cli, CONSTRUCT).out


def test_a_yes_or_no_question(tiny: Any, cli: Callable[..., Any]) -> None:
    assert query(tiny, cli, "ASK { ?a ?b ?c }").out.strip() == "true"
    assert query(tiny, cli, "ASK { <urn:x> ?b ?c }").out.strip() == "false"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_malformed_query_says_line_column_and_the_line_itself(
    tiny: Any, cli: Callable[..., Any], lang: str
) -> None:
    run = query(tiny, cli, "SELECT ?a WHERE {\n  ?a ?b \n  }}", "--lang", lang)
    assert run.code == 2
    assert ("Ligne 3, colonne 3" if lang == "fr" else "Line 3, column 3") in run.err
    assert "  3:3  " in run.err
    assert "}}" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_function_that_there_is_not_is_named(tiny: Any, cli: Callable[..., Any], form: str) -> None:
    run = query(tiny, cli, "SELECT (<urn:f>(1) AS ?x) {}", "--format", form, "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert "The engine says" in run.err
    assert "<urn:f>" in run.err


def test_a_prefix_that_everybody_knows_is_suggested(tiny: Any, cli: Callable[..., Any]) -> None:
    run = query(tiny, cli, "SELECT ?a WHERE { ?a skos:prefLabel ?b }")
    assert run.code == 2
    assert "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>" in run.err


def test_a_malformed_query_in_json(tiny: Any, cli: Callable[..., Any]) -> None:
    problem = query(tiny, cli, "SELECT ?a WHERE {", "--json").json()
    assert problem["type"].endswith("/query-syntax")
    assert problem["line"] == 1


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "Vouliez-vous dire « shared-parties »"), ("en", "Did you mean 'shared-parties'")],
)
def test_an_unknown_name_suggests_the_nearest(
    tiny: Any, cli: Callable[..., Any], lang: str, said: str
) -> None:
    run = query(tiny, cli, "share-parties", "--lang", lang)
    assert run.code == 2
    assert said in run.err


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://localhost:1/> { ?a ?b ?c } }",
        "SELECT * WHERE { sErViCe SILENT <http://localhost:1/> { ?a ?b ?c } }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
    ],
)
def test_nothing_is_fetched_and_nothing_is_changed(tiny: Any, cli: Callable[..., Any], text: str) -> None:
    run = query(tiny, cli, text)
    assert run.code == 2
    assert run.out == ""


def test_deep_nesting_does_not_crash_the_command(tiny: Any, cli: Callable[..., Any]) -> None:
    run = query(tiny, cli, "SELECT * WHERE " + "{" * 5000 + "}" * 5000)
    assert run.code == 2


def test_a_file_that_is_not_utf8(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_bytes(b"SELECT * WHERE { ?a ?b '\xe9' }")
    run = query(tiny, cli, file)
    assert run.code == 2
    assert "UTF-8" in run.err


def test_a_format_that_cannot_hold_the_answer(tiny: Any, cli: Callable[..., Any]) -> None:
    for text, form in ((SELECT, "ttl"), (CONSTRUCT, "csv")):
        run = query(tiny, cli, text, "--format", form)
        assert run.code == 2
        assert run.out == ""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_answer_over_part_of_the_data_says_so(tiny: Any, cli: Callable[..., Any], lang: str) -> None:
    tiny.edit("key: 01999-2", "key: x")
    run = query(tiny, cli, SELECT, "--format", "csv", "--lang", lang)
    assert (run.code, run.out.split()) == (0, ["key"])
    assert "01999-2.yaml" in run.err
    assert "cls-graph check" in run.err


# --- the table itself


def test_cells_are_wrapped_and_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("LINES", "20")
    words = "un texte assez long pour ne pas tenir sur une ligne " * 3 + "x" * 70
    row = {"a": ox.Literal(words), "b": ox.NamedNode("https://w3id.org/cls-sante/ontology#Axis"), "c": None}
    text = table(["a", "b", "c"], [row], prefixes())
    assert all(len(line) <= 40 for line in text.splitlines())
    first = "".join(line.split("│")[0].strip() for line in text.splitlines()[2:])
    assert first == words.replace(" ", "") or first.replace(" ", "") == words.replace(" ", "")
    assert "cls:Axis" in text.replace("\n", "")


def test_wide_and_invisible_characters_keep_the_columns_aligned() -> None:
    rows = [
        {"a": ox.Literal("日本"), "b": ox.Literal("x")},
        {"a": ox.Literal("e\u0301\x1b[31m"), "b": ox.Literal("y")},
    ]
    text = table(["a", "b"], rows, prefixes())
    assert "\x1b" not in text
    assert "日本" in text


def test_no_rows_is_a_table_with_its_head() -> None:
    assert table(["a", "b"], [], prefixes()).splitlines()[0].split() == ["a", "│", "b"]
