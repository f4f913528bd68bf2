"""The JSON Schema that editors use: it takes what the reader takes and refuses the commonest mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cls_graph.corpus import Corpus
from cls_graph.records.schema import RECORD, SCHEMAS, file_of, header, schema, schema_text


class CoreLoader(yaml.BaseLoader):
    """YAML as editors read it (the core schema of YAML 1.2): whole numbers and booleans, and text."""


CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))  # type: ignore[no-untyped-call]
CoreLoader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value == "true")
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", __import__("re").compile(r"^[-+]?[0-9]+$"), None)
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), None)


@pytest.fixture(scope="module")
def validator(bundle: Corpus) -> Draft202012Validator:
    return validator_of(RECORD, bundle)


def validator_of(name: str, corpus: Corpus) -> Draft202012Validator:
    found = schema(name, corpus.schemes)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def paths(validator: Draft202012Validator, record: Any) -> list[str]:
    return sorted("/".join(map(str, e.absolute_path)) for e in validator.iter_errors(record))


def test_every_bundled_record_is_valid(bundle: Corpus, validator: Draft202012Validator) -> None:
    files = bundle.files("data", ".yaml")
    records = [p for p in files if p.parent.name == "contracts"]
    assert len(records) >= 8
    for path in records:
        assert paths(validator, yaml.load(path.read_bytes(), CoreLoader)) == [], path.name


def minimal() -> dict[str, Any]:
    return {"contract": {"key": "26362-3", "carrier": "commune-26362"}}


def with_contract(**fields: Any) -> dict[str, Any]:
    return {"contract": {**minimal()["contract"], **fields}}


@pytest.mark.parametrize(
    "record",
    [
        with_contract(title="x", ordinal=3, open_list=True),
        with_contract(title={"value": "x", "assertion": "inferred", "note": "n"}),
        with_contract(period={"begin": 2025, "end": "2027-06"}),
        with_contract(period={"value": {"begin": 2025}, "note": "n"}),
        with_contract(territory={"value": ["commune/26362"], "note": "n"}),
        with_contract(determinants=["logement", {"value": "eau", "note": "n"}]),
        {**minimal(), "milestones": [{"id": "01", "type": "launch", "stated_date": "--04-16"}]},
        {**minimal(), "programme": [{"id": "01", "type": "axis", "label": "x", "children": []}]},
    ],
)
def test_plain_and_annotated_values_are_valid(validator: Draft202012Validator, record: Any) -> None:
    assert paths(validator, record) == []


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({}, ""),
        (with_contract(titel="x"), "contract"),
        (with_contract(status="sined"), "contract/status"),
        (with_contract(key="26362"), "contract/key"),
        (with_contract(ordinal=0), "contract/ordinal"),
        (with_contract(determinants=["logment"]), "contract/determinants"),
        ({**minimal(), "engagements": [{"id": "01"}]}, "engagements/0"),
        ({**minimal(), "programme": [{"id": "01", "type": "axe", "label": "x"}]}, "programme/0/type"),
        (
            {**minimal(), "programme": [{"id": "01", "type": "axis", "label": "x", "children": [{"ib": 1}]}]},
            "programme/0/children/0",
        ),
        (
            {**minimal(), "funding": [{"id": "01", "funder": "ars-84", "frequency": "weekly"}]},
            "funding/0/frequency",
        ),
    ],
)
def test_mistakes_are_refused_where_they_are(
    validator: Draft202012Validator, record: Any, place: str
) -> None:
    found = paths(validator, record)
    assert found
    assert all(p.startswith(place) for p in found)


REGISTRY = [name for name in SCHEMAS if name != RECORD]


@pytest.mark.parametrize("name", REGISTRY)
def test_every_bundled_file_of_the_registry_is_valid_and_leads_editors_to_its_schema(
    repo: Path, bundle: Corpus, name: str
) -> None:
    file = repo / "data" / f"{name}.yaml"
    assert paths(validator_of(name, bundle), yaml.load(file.read_bytes(), CoreLoader)) == []
    (first, *_) = file.read_text(encoding="utf-8").splitlines()
    assert first + "\n" == header(name)
    assert (file.parent / first.partition("$schema=")[2]).is_file()


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("organisations", {"organisations": [{"key": "ars-84", "label": "x", "kind": "arz"}]}, "/kind"),
        ("organisations", {"organisations": [{"key": "ARS 84", "label": "x", "kind": "ars"}]}, "/key"),
        ("organisations", {"organisation": []}, ""),
        ("persons", {"persons": [{"key": "p-1", "name": "x", "posts": [{"id": "01"}]}]}, "/posts/0"),
        ("frameworks", {"frameworks": [{"key": "prs", "title": "x", "type": "prs"}]}, "/type"),
        ("documents", {"documents": [{"key": "d", "title": "x", "sha256": "1"}]}, ""),
        ("dataset", {"title": "x"}, ""),
    ],
)
def test_mistakes_in_the_registry_are_refused_where_they_are(
    bundle: Corpus, name: str, content: Any, place: str
) -> None:
    found = paths(validator_of(name, bundle), content)
    assert found
    assert any(p.endswith(place) for p in found)


def test_the_published_schemas_are_those_that_the_command_gives(
    repo: Path, cli: Callable[..., Any], bundle: Corpus, tmp_path: Path
) -> None:
    written = cli("schema", "--out", tmp_path / "docs" / "schema")
    assert written.code == 0
    for name in SCHEMAS:
        published = (repo / "docs" / "schema" / file_of(name)).read_text(encoding="utf-8")
        assert published == schema_text(name, bundle.schemes)
        run = cli("schema", "--of", name)
        assert (run.code, run.out) == (0, published)
        assert (tmp_path / "docs" / "schema" / file_of(name)).read_text(encoding="utf-8") == published
    assert cli("schema").out == schema_text(RECORD, bundle.schemes)
    assert cli("schema", "--out", tmp_path / "docs" / "schema" / file_of(RECORD)).code == 2


def test_the_schema_lists_the_words_of_the_code_lists_of_a_corpus(tiny: Any, cli: Callable[..., Any]) -> None:
    folder = tiny.root / "ontology" / "vocab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "determinant.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/cls-sante/vocab/determinant/sommeil> a skos:Concept ;\n"
        "  skos:inScheme <https://w3id.org/cls-sante/vocab/determinant> .\n",
        encoding="utf-8",
    )
    said = cli("schema", "--corpus", tiny.root).out
    assert "sommeil" in said
    assert "logement" not in said
