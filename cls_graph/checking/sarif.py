"""Findings as SARIF 2.1.0, which code review tools show beside the lines concerned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from cls_graph import __version__
from cls_graph.findings import DOT, Finding, Group, grouped

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def as_sarif(findings: Sequence[Finding], lang: str, engine: str = "") -> str:
    """A log with one run (SARIF 2.1.0, sections 3.13 and 3.14)."""
    groups = grouped(findings)
    indexes = {(group.rule, group.severity): index for index, group in enumerate(groups)}
    driver: dict[str, Any] = {
        "name": "cls-graph",
        "version": __version__,
        "language": lang,
        "rules": [_rule(group, lang) for group in groups],
    }
    tool: dict[str, Any] = {"driver": driver}
    if engine:
        name, _, version = engine.partition(" ")
        tool["extensions"] = [{"name": name, "version": version}]
    run = {
        "tool": tool,
        "columnKind": "unicodeCodePoints",
        "language": lang,
        "results": [_result(f, indexes[f.rule, f.severity], lang) for f in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(group: Group, lang: str) -> dict[str, Any]:
    """A reporting descriptor (section 3.49): the rule at one severity."""
    first = group.first
    rule: dict[str, Any] = {
        "id": first.rule_name,
        "shortDescription": {"text": first.title[lang] or first.message[lang]},
        "defaultConfiguration": {"level": LEVELS[group.severity]},
    }
    if first.why[lang]:
        rule["fullDescription"] = {"text": first.why[lang]}
    if first.remedy[lang]:
        rule["help"] = {"text": first.remedy[lang]}
    return rule


def _result(f: Finding, index: int, lang: str) -> dict[str, Any]:
    """A result (section 3.27)."""
    subject = f.subject_in(lang)
    said = (f"{subject}{DOT[lang]}" if subject else "") + f.message[lang]
    advice = f.edit_in(lang) or f.remedy[lang]
    result: dict[str, Any] = {
        "ruleId": f.rule_name,
        "ruleIndex": index,
        "level": LEVELS[f.severity],
        "message": {"text": f"{said} {advice}".strip()},
        "locations": [_location(f, subject)],
        "partialFingerprints": {"clsGraph/v1": _fingerprint(f)},
    }
    if f.edit is not None and f.place.line:
        result["fixes"] = [_fix(f, lang)]
    return result


def _location(f: Finding, subject: str) -> dict[str, Any]:
    """The file and line, and the thing of the graph (sections 3.28, 3.29 and 3.33)."""
    location: dict[str, Any] = {}
    if not f.place.file.startswith(("http:", "https:", "urn:", "?")):
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(f.place.file)}}
        if f.place.line:
            physical["region"] = {"startLine": f.place.line, "startColumn": max(1, f.place.column)}
        location["physicalLocation"] = physical
    if f.node:
        named = {"name": subject} if subject else {}
        location["logicalLocations"] = [{**named, "fullyQualifiedName": f.node, "kind": "resource"}]
    return location


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(f: Finding) -> str:
    """What stays the same when lines move (section 3.27.17)."""
    parts = (f.rule, f.node or f.place.file, f.value, f.message["en"])
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _fix(f: Finding, lang: str) -> dict[str, Any]:
    """A fix (section 3.55)."""
    assert f.edit is not None
    column = max(1, f.place.column)
    region = {
        "startLine": f.place.line,
        "startColumn": column,
        "endColumn": column + len(f.edit.old),
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": f.edit.new}}
    change = {"artifactLocation": {"uri": _uri(f.place.file)}, "replacements": [replacement]}
    return {"description": {"text": f.edit_in(lang)}, "artifactChanges": [change]}
