"""JSON Schemas of the files that stewards edit, made from the models: editors complete keys and codes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cls_graph.records.facts import Model
from cls_graph.records.mapping import FREQUENCIES
from cls_graph.records.model import Record
from cls_graph.records.registry import FILES, Dataset

RECORD = "contract"
SCHEMAS: dict[str, type[Model]] = {RECORD: Record, **dict(FILES.values()), "dataset": Dataset}
"""What has a schema: a contract record, and the files of the registry by their name."""
_ID = "https://w3id.org/cls-sante/schema/"


def file_of(name: str) -> str:
    """The file that holds the schema of this name, in ``docs/schema``."""
    return f"{name}.schema.json"


def header(name: str) -> str:
    """The line by which an editor finds the schema, from where the file is in ``data``."""
    up = "../.." if name == RECORD else ".."
    return f"# yaml-language-server: $schema={up}/docs/schema/{file_of(name)}\n"


def schema(name: str, schemes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """JSON Schema 2020-12 of one of ``SCHEMAS``; ``schemes`` gives the slugs of each code list."""
    made = SCHEMAS[name].model_json_schema()
    definitions = made.pop("$defs")
    lists = {**schemes, "frequency": FREQUENCIES}
    facts = {name: d for name, d in definitions.items() if "Fact" in name}
    kept = {name: _clean(d, facts, lists) for name, d in definitions.items() if name not in facts}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _ID + file_of(name),
        **_clean(made, facts, lists),
        "title": f"cls-graph {'contract record' if name == RECORD else f'{name}.yaml'}",
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


def schema_text(name: str, schemes: Mapping[str, Sequence[str]]) -> str:
    """The schema as it is published in ``docs/schema``."""
    return json.dumps(schema(name, schemes), ensure_ascii=False, indent=2) + "\n"
