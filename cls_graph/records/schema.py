"""The JSON Schema of a contract record, made from the model: editors complete keys and code lists with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cls_graph.records.mapping import FREQUENCIES
from cls_graph.records.model import Record

SCHEMA_ID = "https://w3id.org/cls-sante/schema/contract.schema.json"


def record_schema(schemes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """JSON Schema 2020-12 of a record; ``schemes`` gives the slugs of each code list."""
    schema = Record.model_json_schema()
    definitions = schema.pop("$defs")
    lists = {**schemes, "frequency": FREQUENCIES}
    facts = {name: d for name, d in definitions.items() if "Fact" in name}
    kept = {name: _clean(d, facts, lists) for name, d in definitions.items() if name not in facts}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **_clean(schema, facts, lists),
        "title": "cls-graph contract record",
        "$defs": dict(sorted(kept.items())),
    }


def _clean(node: Any, facts: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Any:
    """Inline the facts, list the codes, drop what the generator adds and no editor needs."""
    if isinstance(node, list):
        return [_clean(item, facts, lists) for item in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if name in facts:
        return _clean(facts[name], facts, lists)
    if "anyOf" in node:
        choices = [c for c in node["anyOf"] if c != {"type": "null"}]
        if len(choices) == 1:
            rest = {k: v for k, v in node.items() if k not in ("anyOf", "default", "title")}
            return _clean({**choices[0], **rest}, facts, lists)
    cleaned = {
        k: _clean(v, facts, lists) for k, v in node.items() if k not in ("default", "title", "properties")
    }
    if "properties" in node:
        # The names in here are keys of a record: "title" is one of them.
        cleaned["properties"] = {k: _clean(v, facts, lists) for k, v in node["properties"].items()}
    if cleaned.get("type") == "array" and "anyOf" in cleaned.get("items", {}):
        return _spread(cleaned)
    scheme = cleaned.pop("x-scheme", None)
    if scheme is not None:
        cleaned["enum"] = list(lists.get(scheme, []))
    return cleaned


def _spread(values: dict[str, Any]) -> dict[str, Any]:
    """A list of facts may also be annotated as a whole: ``{value: [...], note: ...}``."""
    plain, annotated = values["items"]["anyOf"]
    properties = {**annotated["properties"], "value": {"type": "array", "items": plain}}
    return {"anyOf": [values, {**annotated, "properties": properties}]}


def schema_text(schemes: Mapping[str, Sequence[str]]) -> str:
    """The schema as it is published in ``docs/schema``."""
    return json.dumps(record_schema(schemes), ensure_ascii=False, indent=2) + "\n"
