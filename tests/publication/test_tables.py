"""The tables of a release: valid CSV on the Web, the facts of the graph, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from csvw import CSVW
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from cls_graph.namespaces import CLS
from cls_graph.publication.turtle import write_turtle
from cls_graph.rdf import RDF_TYPE

BASE = "https://w3id.org/cls-sante/"


@pytest.fixture(scope="module")
def tables(bundled_release: Path) -> Path:
    return bundled_release / "tables"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def faults(folder: Path) -> list[str]:
    """What the W3C's rules find wrong with the tables: datatypes, required cells, keys, references."""
    description = CSVW(str(folder / "csv-metadata.json"), validate=True, strict=False)
    try:
        description.is_valid  # noqa: B018
    except ValueError as error:
        return [str(error)]
    return [str(w.message) for w in description.warnings]


def test_the_tables_are_valid(tables: Path) -> None:
    assert faults(tables) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("contracts", ",signed,", ",approved,"),
        ("contracts", ",2029,", ",someday,"),
        ("funding", ",15816,", ",much,"),
        ("funding", ",ars-84,", ",ars-99,"),
        ("engagements", "26362-3/engagement/02", "26362-3/engagement/01"),
    ],
)
def test_the_description_catches_what_is_wrong(
    tables: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(tables, tmp_path / "tables")
    path = tmp_path / "tables" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert faults(tmp_path / "tables")


def test_every_column_has_titles_in_both_languages_and_every_table_a_key(tables: Path) -> None:
    described = json.loads((tables / "csv-metadata.json").read_bytes())
    for table in described["tables"]:
        header = (tables / table["url"]).read_text(encoding="utf-8").splitlines()[0].split(",")
        schema = table["tableSchema"]
        assert [c["name"] for c in schema["columns"]] == header
        assert all(c["titles"]["fr"] and c["titles"]["en"] for c in schema["columns"]), table["url"]
        assert schema["primaryKey"], table["url"]
    assert {t["url"] for t in described["tables"]} == {p.name for p in tables.glob("*.csv")}


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("contracts", "LocalHealthContract"),
        ("engagements", "Engagement"),
        ("elements", "ProgrammeElement"),
        ("milestones", "Milestone"),
        ("funding", "FundingCommitment"),
        ("counts", "StatedCount"),
        ("evidence", "Evidence"),
        ("documents", "SourceDocument"),
    ],
)
def test_a_row_for_each_node_of_the_graph(
    tables: Path, bundled_quads: list[Quad], table: str, name: str
) -> None:
    nodes = {
        str(q.subject)
        for q in bundled_quads
        if q.predicate == RDF_TYPE and q.object == NamedNode(CLS + name) and "/graph/inferred/" not in str(q)
    }
    assert len(rows(tables, table)) == len(nodes) > 0


def test_the_facts_of_a_contract(tables: Path) -> None:
    valence = next(r for r in rows(tables, "contracts") if r["contract"] == "26362-3")
    assert (valence["ordinal"], valence["status"]) == ("3", "launched")
    assert (valence["period_begin"], valence["period_end"]) == ("2025", "2027")
    roles = Counter(r["role"] for r in rows(tables, "engagements") if r["contract"] == "26362-3")
    assert roles["signatory"] == 16
    annual = next(r for r in rows(tables, "funding") if r["contract"] == "243800984-2")
    assert (annual["amount"], annual["currency"], annual["frequency"]) == ("35000", "EUR", "annual")
    inferred = [r for r in rows(tables, "determinants") if r["assertion"] == "inferred"]
    assert inferred, "what is inferred must be told from what is stated"


def test_a_narrow_role_is_not_lost_in_the_broad_one(tables: Path, bundled_quads: list[Quad]) -> None:
    narrow = {
        q.object.value.rpartition("/")[2]
        for q in bundled_quads
        if q.predicate == NamedNode(CLS + "partyRole") and isinstance(q.object, NamedNode)
    }
    assert {r["role"] for r in rows(tables, "engagements")} >= narrow - {"signatory"}


def test_keys_lead_to_the_identifiers(tables: Path, bundled_quads: list[Quad]) -> None:
    described = json.loads((tables / "csv-metadata.json").read_bytes())
    subjects = {getattr(q.subject, "value", "") for q in bundled_quads}
    for table in described["tables"]:
        about = table["tableSchema"].get("aboutUrl")
        if not about:
            continue
        column = re.search(r"\{\+(\w+)\}", about)
        assert column is not None
        for row in rows(tables, table["url"].removesuffix(".csv")):
            assert about.replace(column[0], row[column[1]]) in subjects


def test_words_that_a_spreadsheet_would_run_are_set_off(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    tiny.edit('label: "agir sur le logement"', 'label: "=HYPERLINK(\\"http://x\\")"')
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "out").code == 0
    labels = [r["label"] for r in rows(tmp_path / "out" / "tables", "elements")]
    assert labels == ['\'=HYPERLINK("http://x")']


@pytest.mark.slow
def test_without_quotes_no_table_and_no_turtle_has_one(
    tiny: Any, cli: Callable[..., Any], tmp_path: Path
) -> None:
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "with").code == 0
    assert cli("build", "--corpus", tiny.root, "--out", tmp_path / "out", "--no-quotes").code == 0
    quoted = rows(tmp_path / "with" / "tables", "evidence")
    assert all(r["quote"] for r in quoted)
    bare = rows(tmp_path / "out" / "tables", "evidence")
    assert [r | {"quote": ""} for r in quoted] == bare
    for path in (tmp_path / "out").rglob("*.*"):
        assert b"Le 16 avril 2025" not in path.read_bytes(), path


def test_turtle_is_written_whatever_digits_are_in_it() -> None:
    named = [NamedNode(f"{BASE}id/{n}") for n in ("5²4", "10", "9", "٣")]
    triples = [Triple(thing, named[0], Literal("m² : 5²4 ③")) for thing in named]
    text = write_turtle(triples, BASE, {})
    assert {quad.triple for quad in parse(text, RdfFormat.TURTLE)} == set(triples)
    assert text.index("<id/9>") < text.index("<id/10>")


def test_turtle_of_a_contract_is_its_graph(bundled_release: Path, bundled_quads: list[Quad]) -> None:
    for path in sorted((bundled_release / "contracts").iterdir()):
        graph = f"{BASE}graph/contract/{path.stem}"
        expected = {q.triple for q in bundled_quads if getattr(q.graph_name, "value", "") == graph}
        found = [q.triple for q in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
        assert set(found) == expected
        assert len(found) == len(expected)
        assert f"\n\n<contract/{path.stem}>\n    a " in path.read_text(encoding="utf-8")
    registry = {
        q.triple for q in bundled_quads if getattr(q.graph_name, "value", "") == f"{BASE}graph/registry"
    }
    found = ox.parse((bundled_release / "registry.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    assert {q.triple for q in found} == registry
    assert any(isinstance(t.object, Literal) for t in registry)


AMENDED = """  - id: "02"
    type: amendment
    stated_date: "2026-12-18"
    evidence: [{document: texte, quote: "Le 16 avril 2025", start: 0, end: 16}]
amendments:
  - id: "01"
    title: "Avenant n° 1"
    milestone: "02"
    in_force: "2027-01-01"
    period: {begin: "2025", end: "2028"}
    ended_parties: ["02"]
    added_elements: ["02"]
    evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]
  - id: "02"
    milestone: "02"
    revises: "01"
    evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]
"""
SHEET = """  - id: "02"
    type: action-sheet
    label: "=agir sur l’air"
    pilot: [commune-01999]
    partners: [ars-84]
    period: {begin: "2026", end: "2027"}
    milestones: ["01"]
    indicators:
      - id: "01"
        label: "capteurs posés"
        unit: "capteurs"
        target: 12.5
        target_year: 2027
        value: 3
        evidence: [{document: texte, quote: "agir sur l’air", start: 129, end: 143}]
    budget:
      - id: "01"
        funder: ars-84
        amount: 400
        currency: EUR
        frequency: annual
        year: 2026
        purpose: "air"
        evidence: [{document: texte, quote: "agir sur l’air", start: 129, end: 143}]
    evidence: [{document: texte, quote: "agir sur l’air", start: 129, end: 143}]
"""


@pytest.fixture
def amended(tiny: Any, cli: Callable[..., Any], tmp_path: Path) -> Path:
    """The tables of a contract with an amendment, an action sheet and a stated list of communes."""
    tiny.edit("milestones:\n", SHEET + "milestones:\n")
    tiny.edit("funding:\n", AMENDED + "funding:\n")
    tiny.edit(
        "  review:",
        '  communes: {list: [commune/01004], vintage: "2025", '
        'evidence: [{document: texte, quote: "2025-2027", start: 79, end: 88}]}\n  review:',
    )
    done = cli("build", "--corpus", tiny.root, "--out", tmp_path / "out")
    assert done.code == 0, done.err
    return tmp_path / "out" / "tables"


def test_amendments_action_sheets_and_communes_are_in_the_tables(amended: Path) -> None:
    assert faults(amended) == []
    first, later, second = rows(amended, "revisions")
    assert (later["revises"], later["current"], first["current"]) == ("01999-2/revision/01", "true", "false")
    assert (first["revision"], first["revises"]) == ("01999-2/revision/01", "01999-2/revision/initial")
    assert (first["milestone"], first["in_force"]) == ("01999-2/milestone/02", "2027-01-01")
    assert (first["period_end"], second["period_end"], second["current"]) == ("2028", "2027", "false")
    store = amended.parent / "contracts" / "01999-2.ttl"
    labels = [str(t.object) for t in ox.parse(store.read_bytes(), format=ox.RdfFormat.TURTLE)]
    assert {'"État d’origine"@fr', '"Original state"@en', '"Avenant 02"@fr', '"Amendment 02"@en'} <= set(
        labels
    )
    assert '"Avenant 01"@fr' not in labels  # it has a title
    changes = {(r["relation"], r["engagement"], r["element"]) for r in rows(amended, "revision-changes")}
    assert changes == {
        ("ends-engagement", "01999-2/engagement/02", ""),
        ("adds-element", "", "01999-2/element/02"),
    }
    sheet = next(r for r in rows(amended, "elements") if r["type"] == "action-sheet")
    assert (sheet["label"], sheet["period_begin"]) == ("'=agir sur l’air", "2026")
    assert sheet["milestones"] == "01999-2/milestone/01"
    bodies = {(r["relation"], r["organisation"]) for r in rows(amended, "element-bodies")}
    assert bodies == {("pilot", "commune-01999"), ("partner", "ars-84")}
    (indicator,) = rows(amended, "indicators")
    assert (indicator["element"], indicator["unit"]) == ("01999-2/element/02", "capteurs")
    assert (indicator["target"], indicator["target_year"], indicator["value"]) == ("12.5", "2027", "3")
    (budget,) = rows(amended, "budgets")
    assert (budget["amount"], budget["currency"], budget["frequency"]) == ("400", "EUR", "annual")
    assert (budget["funder"], budget["year"], budget["element"]) == ("ars-84", "2026", "01999-2/element/02")
    (commune,) = rows(amended, "contract-communes")
    assert (commune["commune"], commune["vintage"]) == ("commune/01004", "2025")
    assert int(commune["population"]) > 10_000


def test_the_communes_of_a_contract_are_worked_out_where_no_text_lists_them(tables: Path) -> None:
    found = rows(tables, "contract-communes")
    assert {r["assertion"] for r in found} == {"computed"}
    assert {r["commune"] for r in found if r["contract"] == "26362-3"} == {"commune/26362"}
    assert len({r["commune"] for r in found if r["contract"] == "243800984-2"}) > 20
