"""RDF files of ``data``: all they say is found by queries, records may name what they describe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cls_graph.checking.run import check
from cls_graph.errors import UsageError
from cls_graph.release.compose import compose
from cls_graph.store import EmbeddedStore
from tests.conftest import Run, Tiny

BASE = "https://w3id.org/cls-sante/"
BODY = f"""
<{BASE}id/organisation/cpam-01> a <http://www.w3.org/ns/org#Organization> ;
  <http://www.w3.org/2004/02/skos/core#prefLabel> "CPAM"@fr .
<{BASE}id/territory/epci/200000001> a <http://rdf.insee.fr/def/geo#Intercommunalite> .
"""
OLDER = f"<{BASE}id/contract/01999-1> a <{BASE}ontology#LocalHealthContract> .\n"
NAMING = (
    ("party: ars-84", "party: cpam-01"),
    ("territory: [region/84]", "territory: [epci/200000001]"),
    ("  review:", "  succeeds: [{value: 01999-1, assertion: inferred, note: n}]\n  review:"),
)


@pytest.fixture
def mixed(tiny: Tiny) -> Tiny:
    """The tiny corpus with things that are described in RDF alone, and named by records."""
    (tiny.root / "data" / "more.trig").write_text(BODY, encoding="utf-8")
    titled = OLDER.replace(" .", ' ; <http://purl.org/dc/terms/title> "Premier contrat"@fr .')
    (tiny.root / "data" / "contracts" / "01999-1.ttl").write_text(titled, encoding="utf-8")
    for old, new in NAMING[::2]:
        tiny.edit(old, new)
    tiny.edit(*NAMING[1], name="organisations.yaml")
    return tiny


def test_records_name_what_rdf_describes(mixed: Tiny) -> None:
    assert [f.text("en") for f in mixed.violations()] == []
    mixed.edit("party: cpam-01", "party: cpam-02")
    (wrong,) = mixed.violations()
    assert (wrong.rule, wrong.value) == ("unknown-reference", "cpam-02")
    assert "cpam-01" in wrong.remedy["fr"] + str(wrong.edit)


def test_a_file_that_does_not_read_is_told_once(mixed: Tiny) -> None:
    with (mixed.root / "data" / "more.trig").open("a", encoding="utf-8") as file:
        file.write("<broken")
    assert {f.rule for f in mixed.violations()} == {"rdf-syntax"}


@pytest.mark.parametrize("name", ["more.trig", "more.nq", "contracts/01999-3.trig"])
def test_what_is_in_no_graph_is_found_by_queries(tiny: Tiny, name: str) -> None:
    said = f'<{BASE}id/organisation/ars-84> <http://purl.org/dc/terms/description> "Dit hors graphe" .\n'
    named = f'<{BASE}id/organisation/ars-84> <http://purl.org/dc/terms/abstract> "Dit ici" <urn:x:g> .\n'
    (tiny.root / "data" / name).write_text(said + (named if name.endswith("nq") else ""), encoding="utf-8")
    store = EmbeddedStore.from_quads(compose(tiny.corpus()))
    graph = "contract/01999-3" if name.startswith("contracts/") else "registry"
    assert store.ask('ASK { ?s ?p "Dit hors graphe" }')
    assert store.ask(f'ASK {{ GRAPH <{BASE}graph/{graph}> {{ ?s ?p "Dit hors graphe" }} }}')
    if name.endswith("nq"):
        assert store.ask('ASK { GRAPH <urn:x:g> { ?s ?p "Dit ici" } }')


def test_a_file_that_is_no_record_is_checked_with_its_corpus(tiny: Tiny, cli: Callable[..., Run]) -> None:
    data = tiny.root / "data"
    (data / "contracts" / "01999-7.ttl").write_text(OLDER.replace("01999-1", "01999-7"), encoding="utf-8")
    (data / "broken.ttl").write_text("<x", encoding="utf-8")
    tiny.edit("kind: ars, territory", "kind: arz, territory", "organisations.yaml")
    tiny.edit("party: ars-84", "party: ars-85")
    for path, rule in (
        (data / "contracts" / "01999-7.ttl", "Titled-title"),
        (data / "broken.ttl", "rdf-syntax"),
        (data / "organisations.yaml", "bad-code"),
    ):
        found = check(tiny.corpus(), [path]).findings
        assert {f.rule_name for f in found if f.severity == "violation"} == {rule}
        run = cli("check", path, "--lang", "en")
        assert (run.code, "01999-2" in run.out) == (1, False)
    both = check(tiny.corpus(), [data / "organisations.yaml", tiny.contract])
    assert {"bad-code"} <= {f.rule for f in both.findings}
    assert both.records == 1


@pytest.mark.parametrize("name", ["x.ttl", "x.csv", "organisations.yaml", "dataset.yaml"])
def test_what_stands_elsewhere_and_is_no_record(tiny: Tiny, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(OLDER, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        check(tiny.corpus(), [path])
    assert name in told.value.detail["fr"]
    assert "--corpus" in told.value.detail["en"]
    with pytest.raises(UsageError, match="No such file"):
        check(tiny.corpus(), [tmp_path / "none.ttl"])


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ('dcterms:abstract "a\\u0007b"', "a\x07b"),
        ("dcterms:relation <<( <urn:a> <urn:b> <urn:c> )>>", "<urn:a> <urn:b>"),
        (f"dcterms:relation <{BASE}id/contract/../../x>", f"{BASE}id/contract/../../x"),
    ],
)
def test_what_no_form_of_a_release_can_hold(tiny: Tiny, said: str, value: str) -> None:
    path = tiny.root / "data" / "more.ttl"
    head = "@prefix dcterms: <http://purl.org/dc/terms/> ."
    path.write_text(f"{head} <{BASE}id/organisation/ars-84> {said} .", encoding="utf-8")
    (wrong,) = tiny.violations()
    assert wrong.rule == "bad-value"
    assert wrong.place.file.endswith("more.ttl")
    assert wrong.value.startswith(value)
    assert wrong.message["fr"] != wrong.message["en"]
