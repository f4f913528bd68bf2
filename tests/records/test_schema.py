"""The JSON Schema that editors use: it takes what the reader takes and refuses the commonest mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from cls_graph.corpus import Corpus
from cls_graph.records.schema import record_schema, schema_text


class CoreLoader(yaml.BaseLoader):
    """YAML as editors read it (the core schema of YAML 1.2): whole numbers and booleans, and text."""


CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))  # type: ignore[no-untyped-call]
CoreLoader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value == "true")
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", __import__("re").compile(r"^[-+]?[0-9]+$"), None)
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), None)


@pytest.fixture(scope="module")
def validator(bundle: Corpus) -> Draft202012Validator:
    schema = record_schema(bundle.schemes)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


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


def test_the_published_schema_is_the_one_that_the_command_prints(
    repo: Path, cli: Callable[..., Any], bundle: Corpus
) -> None:
    published = (repo / "docs" / "schema" / "contract.schema.json").read_text(encoding="utf-8")
    assert published == schema_text(bundle.schemes)
    run = cli("schema")
    assert (run.code, run.out) == (0, published)


def test_the_schema_lists_the_words_of_the_code_lists_of_a_corpus(tiny: Any, cli: Callable[..., Any]) -> None:
    folder = tiny.root / "ontology" / "vocab"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "determinant.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/cls-sante/vocab/determinant/sommeil> a skos:Concept ;\n"
        "  skos:inScheme <https://w3id.org/cls-sante/vocab/determinant> .\n",
        encoding="utf-8",
    )
    schema = json.loads(cli("schema", "--corpus", tiny.root).out)
    assert "sommeil" in json.dumps(schema)
    assert "logement" not in json.dumps(schema)
