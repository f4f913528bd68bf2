"""The registry: every reference is looked up, a file that does not read is told once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from cls_graph.checking.references import References
from cls_graph.records.registry import Registry

POST = """\
persons:
  - key: p-0001
    name: "Quelqu’un"
    posts:
      - id: "01"
        title: "maire"
        organisation: commune-01999
        document: texte
        evidence: [{document: texte, quote: "la Ville", start: 21, end: 29}]
"""
PLAN = """\
frameworks:
  - key: plan-x
    title: {value: "Un plan", evidence: [{document: texte, quote: "agir", start: 99, end: 103}]}
    type: policy-framework
    territory: [commune/01999]
    adopted_by: ars-84
    evidence: [{document: texte, quote: "agir", start: 99, end: 103}]
"""
CONTRACT = "contracts/01999-2.yaml"
BEFORE = "  succeeds: [{value: 01999-1, assertion: inferred, note: n}]\n"
LISTED = """\
  communes:
    list: [commune/01004, commune/01059]
    evidence: [{document: texte, quote: "la Ville", start: 21, end: 29}]
"""
"""One commune of today, and one that has gone into another."""
ELEMENT = "determinants: [logement]"
BUDGET = """\
determinants: [logement]
    budget:
      - id: "01"
        funder: {}
        amount: 5
        currency: EUR
        frequency: {}
        evidence: [{{document: texte, quote: "la Ville", start: 21, end: 29}}]
"""
FILES = [f"{name}.yaml" for name in ("organisations", "persons", "frameworks", "documents", "dataset")]


def fill(tiny: Any) -> None:
    """A person and a framework too, and a reference to each."""
    (tiny.root / "data" / "persons.yaml").write_text(POST, encoding="utf-8")
    (tiny.root / "data" / "frameworks.yaml").write_text(PLAN, encoding="utf-8")
    tiny.edit("    party: ars-84", "    party: ars-84\n    represented_by: [p-0001]")
    with tiny.contract.open("a", encoding="utf-8") as file:
        file.write(
            "frameworks:\n  - framework: plan-x\n    relation: implements\n"
            '    evidence: [{document: texte, quote: "la Ville", start: 21, end: 29}]\n'
        )


def test_a_registry_with_a_person_and_a_framework_is_sound(tiny: Any) -> None:
    fill(tiny)
    assert tiny.violations() == []


@pytest.mark.parametrize(
    ("name", "old", "new", "value", "nearest"),
    [
        (CONTRACT, "party: ars-84", "party: ars-48", "ars-48", "ars-84"),
        (CONTRACT, "[p-0001]", "[p-0002]", "p-0002", "p-0001"),
        (CONTRACT, "framework: plan-x", "framework: plan-y", "plan-y", "plan-x"),
        (CONTRACT, "funder: ars-84", "funder: ars-85", "ars-85", "ars-84"),
        (CONTRACT, "value: commune/01999", "value: commune/01998", "commune/01998", "commune/01999"),
        (CONTRACT, "document: texte", "document: textes", "textes", "texte"),
        (CONTRACT, "  carrier: commune-01999", "  carrier: epci-01999", "epci-01999", ""),
        (CONTRACT, "  carrier:", f"{BEFORE}  carrier:", "01999-1", "le rang suffit"),
        (CONTRACT, "  carrier:", f"{LISTED}  carrier:", "commune/01059", "commune/01453"),
        (CONTRACT, "state: reviewed", "state: reviewd", "reviewd", "reviewed"),
        (CONTRACT, "role: signatory", "role: signatory\n    assertion: statd", "statd", "stated"),
        (CONTRACT, ELEMENT, BUDGET.format("ars-85", "annual"), "ars-85", "ars-84"),
        (CONTRACT, ELEMENT, BUDGET.format("ars-84", "anual"), "anual", "annual"),
        ("organisations.yaml", "kind: ars", "kind: arz", "arz", "ars"),
        ("organisations.yaml", "[region/84]", "[region/85]", "region/85", "region/84"),
        ("organisations.yaml", "kind: ars,", "kind: ars, unit_of: ars-85,", "ars-85", "ars-84"),
        ("organisations.yaml", "kind: ars,", "kind: ars, seat: [region/85],", "region/85", "region/84"),
        ("persons.yaml", "organisation: commune-01999", "organisation: ars-48", "ars-48", "ars-84"),
        ("persons.yaml", "        document: texte\n", "        document: textes\n", "textes", "texte"),
        ("persons.yaml", "[{document: texte", "[{document: textes", "textes", "texte"),
        ("frameworks.yaml", "adopted_by: ars-84", "adopted_by: ars-85", "ars-85", "ars-84"),
        ("frameworks.yaml", "territory: [commune/01999]", "territory: [region/85]", "region/85", "region/84"),
        ("frameworks.yaml", "    evidence: [{document: t", "    evidence: [{document: s", "sexte", "texte"),
        ("frameworks.yaml", '", evidence: [{document: t', '", evidence: [{document: s', "sexte", "texte"),
        ("documents.yaml", "publisher: ars-84", "publisher: ars-85", "ars-85", "ars-84"),
        ("documents.yaml", "type: press-release", "type: press-releases", "press-releases", "press-release"),
        ("documents.yaml", "official-release", "oficial-release", "oficial-release", "official-release"),
        ("territories.csv", "Exemple,01,84", "Exemple,02,84", "departement/02", "departement/01"),
        ("territories.csv", "Exemple,01,84", "Exemple,01,85", "region/85", "region/84"),
    ],
)  # fmt: skip
def test_a_key_or_word_that_names_nothing_is_one_finding(
    tiny: Any, name: str, old: str, new: str, value: str, nearest: str
) -> None:
    fill(tiny)
    tiny.edit(old, new, name)
    found = [f for f in tiny.violations() if f.rule != "key-carrier"]
    assert [f.rule in ("unknown-reference", "bad-code") for f in found] == [True]
    assert found[0].place.file.endswith(name)
    line = Path(found[0].place.file).read_text(encoding="utf-8").splitlines()[found[0].place.line - 1]
    assert value.rpartition("/")[2] in line
    assert found[0].value == value
    assert f"« {value} »" in found[0].message["fr"]
    assert f"'{value}'" in found[0].message["en"]
    assert nearest in found[0].remedy["fr"]


@pytest.mark.parametrize("name", [*FILES, "territories.csv"])
@pytest.mark.parametrize(
    ("content", "rule"),
    [(b"", "empty-file"), (b"a: [", "yaml-syntax"), (b"# \xe9\n", "encoding"), (b"a: 1\n", "unknown-key")],
)
def test_a_file_of_the_registry_that_does_not_read_is_told_once(
    tiny: Any, name: str, content: bytes, rule: str
) -> None:
    fill(tiny)
    (tiny.root / "data" / name).write_bytes(content)
    if name == "territories.csv" and rule in ("yaml-syntax", "unknown-key"):
        rule = "csv-shape"
    found = tiny.violations()
    assert {f.place.file for f in found} == {str(tiny.root / "data" / name)}
    assert [f.rule for f in found if f.rule != "missing-key"] == [rule]


def test_a_folder_in_the_place_of_a_file_is_told(tiny: Any) -> None:
    path = tiny.root / "data" / "organisations.yaml"
    path.unlink()
    path.mkdir()
    found = tiny.violations()
    assert "unreadable-file" in {f.rule for f in found if f.place.file == str(path)}


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("commune,01999", "village,01999", "bad-value", 4),
        ("commune,01999", "commune,01 999", "bad-value", 4),
        ("Exemple,01,84,2025", "Exemple,01,84,20x5", "bad-value", 4),
        ("commune,01999,Exemple", "commune,01999,", "bad-value", 4),
        ("commune,01999,Exemple,01,84,2025", "commune,01999,Exemple,01", "csv-shape", 4),
        ("commune,01999,Exemple,01,84,2025", "commune,01999,Exemple,01,84,2025,x", "csv-shape", 4),
        ("commune,01999,Exemple", 'commune,01999,"Exemple', "csv-shape", 4),
        ("level,code", "code,level", "csv-shape", 1),
        ("commune,01999,Exemple", "commune,01999,Autre,01,84,2025\ncommune,01999,Exemple", "key-taken", 5),
    ],
)
def test_a_fault_of_the_table_of_territories_is_one_finding(
    tiny: Any, old: str, new: str, rule: str, line: int
) -> None:
    tiny.edit(old, new, "territories.csv")
    (found,) = tiny.violations()
    assert (found.rule, found.place.line) == (rule, line)
    assert found.place.file.endswith("territories.csv")


def test_a_table_saved_by_a_spreadsheet_reads(tiny: Any) -> None:
    path = tiny.root / "data" / "territories.csv"
    content = path.read_bytes().replace(b"\n", b"\r\n").replace(b"Exemple", b'"Exemple, le bourg"')
    path.write_bytes(b"\xef\xbb\xbf" + content + b"\r\n")
    assert tiny.violations() == []
    assert tiny.corpus().registry.territories["commune/01999"].name == "Exemple, le bourg"


@pytest.mark.parametrize("base", ["https://example.org/x", "example.org/", "https://example.org/#", "urn:x:"])
def test_the_base_of_the_iris_ends_with_a_slash(tiny: Any, base: str) -> None:
    tiny.edit("base_iri: https://w3id.org/cls-sante/", f'base_iri: "{base}"', "dataset.yaml")
    (found,) = tiny.violations()
    assert (found.rule, found.place.line) == ("bad-value", tiny.line("base_iri", "dataset.yaml"))


def test_a_quote_of_a_post_or_a_framework_needs_its_position_too(tiny: Any) -> None:
    fill(tiny)
    tiny.edit(", start: 21, end: 29", "", "persons.yaml")
    tiny.edit("    evidence: [{document: texte, quote: \"agir\", start: 99, end: 103}]",
              "    evidence: [{document: texte, quote: \"agir\"}]", "frameworks.yaml")  # fmt: skip
    found = tiny.violations()
    assert [(f.rule, Path(f.place.file).name) for f in found] == [
        ("no-position", "frameworks.yaml"),
        ("no-position", "persons.yaml"),
    ]


def test_rdf_files_of_the_data_are_taken_as_they_are(tiny: Any) -> None:
    (tiny.root / "data" / "more.ttl").write_text(
        "@prefix x: <https://example.org/> .\nx:a x:b [ x:c 05 ] .\n", encoding="utf-8"
    )
    (tiny.root / "data" / "contracts" / "01999-7.ttl").write_text("<https://x.org/a> a <https://x.org/B> .")
    (tiny.root / "data" / "more.trig").write_text(
        "<https://x.org/g> { <https://x.org/a> <https://x.org/b> 1.50 }", encoding="utf-8"
    )
    found = {str(q.predicate.value): q for q in tiny.corpus().rdf_data}
    assert found["https://example.org/b"].graph_name.value.endswith("/graph/registry")
    assert found["https://example.org/c"].object.value == "05"
    types = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert found[types].graph_name.value.endswith("/graph/contract/01999-7")
    assert found["https://x.org/b"].graph_name.value == "https://x.org/g"
    assert found["https://x.org/b"].object.value == "1.50"


def test_blank_nodes_of_the_data_have_the_same_names_every_time(tiny: Any) -> None:
    content = "@prefix x: <https://x.org/> .\nx:a x:b [ x:c 1 ] , [ x:c 2 ] .\n"
    (tiny.root / "data" / "one.ttl").write_text(content, encoding="utf-8")
    (tiny.root / "data" / "two.ttl").write_text(content, encoding="utf-8")
    first, second = tiny.corpus().rdf_data, tiny.corpus().rdf_data
    assert {str(q) for q in first} == {str(q) for q in second}
    assert len({q.object.value for q in first if q.predicate.value == "https://x.org/b"}) == 4


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("x.ttl", b"@prefix x: <https://x.org/> .\nx:a x:b ;; ] .\n", 2),
        ("x.ttl", b"@prefix x: <https://x.org/> .\n\nx:a x:b '\xe9' .\n", 3),
        ("x.ttl", b"<relative> a <https://x.org/B> .\n", 1),
        ("x.trig", b"<https://x.org/g> {\n  <https://x.org/a> <https://x.org/b>\n", 3),
        ("contracts/01999-7.ttl", b"a a a a .", 1),
        ("x.nq", b"<https://x.org/a> <https://x.org/b> nothing .\n", 1),
    ],
)
def test_rdf_that_does_not_parse_is_one_finding_with_its_line(
    tiny: Any, name: str, content: bytes, line: int
) -> None:
    (tiny.root / "data" / name).write_bytes(content)
    (found,) = tiny.violations()
    assert (found.rule, found.place.line) == ("rdf-syntax", line)
    assert found.place.file.endswith(name)


def test_two_files_of_one_contract_are_told(tiny: Any) -> None:
    shutil.copy(tiny.contract, tiny.contract.with_suffix(".yml"))
    (found,) = tiny.violations()
    assert found.rule == "key-taken"
    assert "01999-2.yaml:3" in found.message["fr"]


def test_keys_are_gathered_once_however_many_references_there_are(
    tiny: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = Registry.known

    def counted(registry: Registry, kind: str) -> dict[str, Any]:
        asked.append(kind)
        return real(registry, kind)

    corpus = tiny.corpus()
    references = References(corpus)
    monkeypatch.setattr(Registry, "known", counted)
    for _ in range(3):
        assert [f for read in corpus.records for f in references.record(read)] == []
    assert sorted(asked) == sorted({"document", "organisation", *asked})
